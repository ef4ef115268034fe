//! The accessibility statement.

use crate::prelude::*;

/// The page.
pub(super) fn page(visit: &Visit) -> Answered {
    Page::titled(visit.say("accessibility")).show(|| {
        let list = |keys: &[&str]| keys.iter().map(|key| view! { <li>{say(key)}</li> }).collect_view();
        view! {
            <h1>{say("accessibility")}</h1>
            <p class="lead">{say("accessibility-lead")}</p>
            <h2>{say("accessibility-works")}</h2>
            <ul>{list(&["accessibility-keyboard", "accessibility-reader", "accessibility-zoom", "accessibility-display", "accessibility-colour", "accessibility-motion", "accessibility-scripts", "accessibility-language"])}</ul>
            <h2>{say("accessibility-limits")}</h2>
            <ul>{list(&["accessibility-limit-sealing", "accessibility-limit-documents"])}</ul>
            <h2>{say("accessibility-standard")}</h2>
            <p>{say("accessibility-standard-which")}</p>
            <h2>{say("accessibility-help")}</h2>
            <p>{say("accessibility-help-how")}</p>
        }
    })
}
