//! The audit log: what it proves, and how anybody checks it.

use crate::prelude::*;

const ADDRESSES: [(&str, &str); 5] = [
    ("/log/checkpoint", "log-address-checkpoint"),
    ("/log/key", "log-address-key"),
    ("/log/proof/inclusion?event=…", "log-address-inclusion"),
    ("/log/proof/consistency?from=…&to=…", "log-address-consistency"),
    ("/pkg/hashes.json", "log-address-hashes"),
];

const COMMAND: &str = "zhaocai verify log --url https://HOST --remember seen.json";

/// The page.
pub(super) fn page(visit: &Visit) -> Answered {
    Page::titled(visit.say("log")).show(|| {
        let facts = ADDRESSES.iter().map(|(address, key)| SummaryFact::new(*address, say(key))).collect();
        view! {
            <h1>{say("log")}</h1>
            <p class="lead">{say("log-lead")}</p>
            <p><a href="/log/checkpoint">{say("log-newest")}</a></p>
            <h2>{say("log-proves")}</h2>
            <p>{say("log-proves-what")}</p>
            <h2>{say("log-check")}</h2>
            <p>{say("log-check-how")}</p>
            <pre lang="en" tabindex="0"><code>{COMMAND}</code></pre>
            <p>{say("log-check-event")}</p>
            <SummaryList facts/>
            <h2>{say("log-limits")}</h2>
            <p>{say("log-limits-which")}</p>
        }
    })
}
