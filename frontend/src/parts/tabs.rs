//! Tabs that are pages of their own, each with its address.

use leptos::prelude::*;

use crate::visit::visit;

/// Links to the pages of one thing; the one at this visit's path is current.
#[component]
pub fn Tabs(
    /// What the pages are about.
    #[prop(into)]
    label: String,
    /// Label and address of each.
    tabs: Vec<(String, String)>,
) -> impl IntoView {
    let visit = visit();
    let links = tabs
        .into_iter()
        .map(|(label, address)| {
            let current = (visit.path() == address).then_some("page");
            view! { <li><a href=address aria-current=current>{label}</a></li> }
        })
        .collect_view();
    view! { <nav class="tabs" aria-label=label><ul>{links}</ul></nav> }
}
