//! What must be said first: what to mend, or what was just done. The frame places both.

use leptos::prelude::*;

use super::{
    field::field_id,
    notice::{Notice, Tone},
};
use crate::visit::{facts, say, say_with, visit};

/// The list of what to mend, each linked to its field. It takes the focus when the page comes.
#[component]
pub fn ErrorSummary() -> impl IntoView {
    let visit = visit();
    let errors = visit.errors();
    (!errors.is_empty()).then(|| {
        let count = i64::try_from(errors.len()).unwrap_or(i64::MAX);
        let entries = errors
            .iter()
            .map(|error| {
                let message = error.message.clone();
                if error.field.is_empty() {
                    view! { <li>{message}</li> }.into_any()
                } else {
                    view! { <li><a href=format!("#{}", field_id(&error.field))>{message}</a></li> }.into_any()
                }
            })
            .collect_view();
        view! {
            <section class="error-summary" role="alert" aria-labelledby="error-summary" tabindex="-1" autofocus=true>
                <h2 id="error-summary">{say_with("error-summary", facts([("count", count.into())]))}</h2>
                <ul>{entries}</ul>
            </section>
        }
    })
}

/// What was just done. It stays on the page.
#[component]
pub fn Done() -> impl IntoView {
    visit().done().map(|key| {
        view! { <div role="status"><Notice tone=Tone::Good title=say(&format!("done-{key}"))>""</Notice></div> }
    })
}
