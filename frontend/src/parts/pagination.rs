//! The pages of a list, by cursor: forth, back, and to the beginning.

use leptos::prelude::*;

use crate::visit::{say, visit};

/// Where a page of a connection stands: its `pageInfo`.
#[derive(Clone, Debug, Default)]
pub struct Cursors {
    /// The cursor of the first row, when there are rows before it.
    pub before: Option<String>,
    /// The cursor of the last row, when there are rows after it.
    pub after: Option<String>,
}

/// Links to the neighbouring pages of the list at this address: they set `?after=` or `?before=`.
#[component]
pub fn Pagination(
    /// Where this page stands.
    cursors: Cursors,
    /// What is counted, in words: `1–20 of 312 notices`.
    #[prop(into, optional)]
    count: Option<String>,
) -> impl IntoView {
    let visit = visit();
    let first = (cursors.before.is_some()).then(|| {
        view! { <a href=visit.address_with("after", None, &["before"])>{say("pagination-first")}</a> }
    });
    let before = cursors.before.map(|cursor| {
        view! { <a rel="prev" href=visit.address_with("before", Some(&cursor), &["after"])>{say("pagination-before")}</a> }
    });
    let after = cursors.after.map(|cursor| {
        view! { <a rel="next" href=visit.address_with("after", Some(&cursor), &["before"])>{say("pagination-after")}</a> }
    });
    view! { <nav class="pagination" aria-label=say("pagination-label")>{count.map(|count| view! { <span class="quiet">{count}</span> })}{first}{before}{after}</nav> }
}
