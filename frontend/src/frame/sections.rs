//! The sections below the top bar: only those that this person uses.

use domain::identity::role::Role;
use leptos::prelude::*;

use crate::visit::{Visit, say, visit};

/// Who uses a section.
enum For {
    Everybody,
    SignedIn,
    Roles(&'static [Role]),
}

/// Address and who uses it. Its name is `section-<address>`.
const SECTIONS: [(&str, For); 13] = [
    ("plans", For::Everybody),
    ("tenders", For::Everybody),
    ("calendar", For::Everybody),
    ("items", For::Everybody),
    ("bids", For::Roles(&[Role::Seller])),
    ("catalogue", For::Roles(&[Role::Seller])),
    ("basket", For::Roles(&[Role::Officer])),
    ("orders", For::Roles(&[Role::Officer, Role::Seller, Role::Finance])),
    ("securities", For::Roles(&[Role::Finance, Role::Seller])),
    ("registrations", For::Roles(&[Role::Seller])),
    ("holder-keys", For::Roles(&[Role::KeyHolder, Role::Supervisor])),
    ("organization", For::SignedIn),
    ("account", For::SignedIn),
];

pub(super) fn navigation() -> impl IntoView {
    let visit = visit();
    let links = SECTIONS
        .iter()
        .filter(|(_, reader)| uses(&visit, reader))
        .map(|(address, _)| {
            let path = format!("/{address}");
            let here = visit.path() == path || visit.path().starts_with(&format!("{path}/"));
            let current = here.then_some(if visit.path() == path { "page" } else { "true" });
            view! { <li><a href=path aria-current=current>{say(&format!("section-{address}"))}</a></li> }
        })
        .collect::<Vec<_>>();
    (!links.is_empty()).then(|| view! { <nav class="sections" aria-label=say("sections")><ul>{links}</ul></nav> })
}

fn uses(visit: &Visit, reader: &For) -> bool {
    match reader {
        For::Everybody => true,
        For::SignedIn => visit.viewer().is_some(),
        For::Roles(roles) => roles.iter().any(|role| visit.has_role(*role)),
    }
}
