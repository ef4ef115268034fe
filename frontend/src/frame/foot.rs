//! The foot of every page: the promise to everybody, the contract for builders, the design.

use leptos::prelude::*;

use crate::visit::{say, visit};

const LINKS: [(&str, &str); 5] = [
    ("/accessibility", "foot-accessibility"),
    ("/docs", "foot-docs"),
    ("/rules", "foot-rules"),
    ("/log", "foot-log"),
    ("/design", "foot-design"),
];

pub(super) fn foot() -> impl IntoView {
    let links = LINKS.map(|(address, key)| view! { <li><a href=address>{say(key)}</a></li> }).into_iter().collect_view();
    let visit = visit();
    view! {
        <footer class="foot">
            <div class="foot-row">
                <nav aria-label=say("foot-label")><ul>{links}</ul></nav>
                <p class="quiet">{say("foot-clock")} " " <crate::parts::Instant at=visit.now()/></p>
            </div>
        </footer>
    }
}
