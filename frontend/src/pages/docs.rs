//! For those who build: the contract, a first request, refusals.

use crate::prelude::*;

const CONTRACT: [(&str, &str); 2] = [("/graphql", "docs-graphql"), ("/schema.graphql", "docs-schema")];

/// The page.
pub(super) fn page(visit: &Visit) -> Answered {
    Page::titled(visit.say("docs")).show(|| {
        view! {
            <h1>{say("docs")}</h1>
            <p class="lead">{say("docs-lead")}</p>
            <h2>{say("docs-contract")}</h2>
            <p>{say("docs-contract-why")}</p>
            {addresses(&CONTRACT)}
            <h2>{say("docs-first")}</h2>
            <p>{say("docs-first-how")}</p>
            <pre lang="en" tabindex="0"><code>{EXAMPLE}</code></pre>
            <h2>{say("docs-errors")}</h2>
            <p>{say("docs-errors-how")}</p>
        }
    })
}

const EXAMPLE: &str = "curl https://HOST/graphql \\\n  -H 'Content-Type: application/json' \\\n  -H 'Accept: application/graphql-response+json' \\\n  -d '{\"query\": \"{ __schema { queryType { name } } }\"}'";

fn addresses(list: &[(&'static str, &str)]) -> impl IntoView + use<> {
    let facts = list
        .iter()
        .map(|(address, key)| SummaryFact::new(*address, say(key)))
        .collect();
    view! { <SummaryList facts/> }
}
