//! The way here.

use leptos::prelude::*;

use crate::visit::say;

/// The breadcrumb; nothing on pages that have no way to them.
#[component]
pub fn Crumbs(
    /// Label and address, outermost first.
    crumbs: Vec<(String, String)>,
    /// This page.
    #[prop(into)]
    here: String,
) -> impl IntoView {
    (!crumbs.is_empty()).then(|| {
        let steps = crumbs.into_iter().map(|(label, address)| view! { <li><a href=address>{label}</a></li> }).collect_view();
        view! {
            <nav class="crumbs" aria-label=say("crumbs-label")>
                <ol><li><a href="/">{say("home")}</a></li>{steps}<li aria-current="page">{here}</li></ol>
            </nav>
        }
    })
}
