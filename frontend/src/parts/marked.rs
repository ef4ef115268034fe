//! Words that were looked for, marked where they matched.

use leptos::prelude::*;

use crate::schema::TextFragment;

/// Text with its matches marked.
pub fn marked(fragments: Vec<TextFragment>) -> impl IntoView {
    let pieces = fragments.into_iter().map(|fragment| {
        if fragment.is_match { view! { <mark>{fragment.text}</mark> }.into_any() } else { fragment.text.into_any() }
    });
    pieces.collect_view()
}
