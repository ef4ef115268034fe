//! The confirmation with the seal: something is done, and this is the proof of it.

use leptos::prelude::*;

use super::{seal::SealMark, summary::{Fact, SummaryList}};
use crate::visit::say;

/// What was done, with number, time and fingerprint; what happens next stands below as children.
#[component]
pub fn Confirmation(
    /// What was done: `Your bid is sealed and received`.
    #[prop(into)]
    title: String,
    /// Number, time and what else must be kept.
    facts: Vec<Fact>,
    /// The SHA-256 fingerprint in hexadecimal, shown in groups of four.
    #[prop(into, optional)]
    fingerprint: Option<String>,
    /// The level of its heading; 1 where it is the page.
    #[prop(default = 1)]
    level: u8,
    /// What happens next.
    children: Children,
) -> impl IntoView {
    let fingerprint = fingerprint.map(|hex| {
        let groups: Vec<&str> = hex.as_bytes().chunks(4).filter_map(|group| std::str::from_utf8(group).ok()).collect();
        view! { <p class="fingerprint"><span class="quiet">{say("confirmation-fingerprint")}</span> <code>{groups.join(" ")}</code></p> }
    });
    let next = say("confirmation-next");
    let (heading, next) = match level {
        1 => (view! { <h1 id="confirmation">{title}</h1> }.into_any(), view! { <h2>{next}</h2> }.into_any()),
        2 => (view! { <h2 id="confirmation">{title}</h2> }.into_any(), view! { <h3>{next}</h3> }.into_any()),
        _ => (view! { <h3 id="confirmation">{title}</h3> }.into_any(), view! { <h4>{next}</h4> }.into_any()),
    };
    view! {
        <section class="confirmation" aria-labelledby="confirmation">
            <div class="confirmation-head"><SealMark/>{heading}</div>
            <SummaryList facts/>
            {fingerprint}
            {next}
            {children()}
        </section>
    }
}
