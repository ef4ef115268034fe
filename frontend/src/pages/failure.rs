//! Pages for when there is no page: each says what happened and what to do.

use crate::prelude::*;

/// The page of an error. `SignIn` never comes here: it leads to the sign-in page.
pub(crate) fn page(visit: &Visit, error: &PageError) -> Answered {
    let (status, key) = match error {
        PageError::SignIn => (401, "sign-in"),
        PageError::Forbidden => (403, "forbidden"),
        PageError::NotFound => (404, "not-found"),
        PageError::Unavailable => (503, "unavailable"),
        PageError::Internal(_) => (500, "internal"),
    };
    let id = (status == 500).then(|| visit.request().request_id.clone());
    Page::titled(visit.say(&format!("failure-{key}"))).status(status).show(move || {
        view! {
            <h1>{say(&format!("failure-{key}"))}</h1>
            <p class="lead">{say(&format!("failure-{key}-why"))}</p>
            {id.map(|id| view! { <p>{say("failure-request-id")} " " <code>{id}</code></p> })}
            <p><LinkButton label=say("failure-home") to="/"/></p>
        }
    })
}
