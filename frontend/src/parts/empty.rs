//! An empty list says why it is empty and what would fill it.

use leptos::prelude::*;

/// In the place of a list that has nothing in it.
#[component]
pub fn Empty(
    /// Why it is empty.
    #[prop(into)]
    why: String,
    /// What would fill it: words, a link, a button.
    children: Children,
) -> impl IntoView {
    view! { <div class="empty"><p class="empty-why">{why}</p>{children()}</div> }
}
