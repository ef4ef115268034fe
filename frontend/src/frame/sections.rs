//! The sections below the top bar: only those that this person uses.

use domain::identity::{organization::OrganizationKind, role::Role};
use leptos::prelude::*;

use crate::visit::{Visit, say, visit};

/// Who uses a section.
enum For {
    Everybody,
    SignedIn,
    Kind(OrganizationKind),
    Roles(&'static [Role]),
}

/// Address and who uses it. Its name is `section-<address>`.
const SECTIONS: [(&str, For); 13] = [
    ("desk", For::SignedIn),
    ("tenders", For::Everybody),
    ("items", For::Everybody),
    ("plans", For::Roles(&[Role::Officer, Role::Approver, Role::Supervisor])),
    ("bids", For::Kind(OrganizationKind::Supplier)),
    ("openings", For::Roles(&[Role::KeyHolder])),
    ("evaluations", For::Roles(&[Role::Evaluator])),
    ("basket", For::Kind(OrganizationKind::Buyer)),
    ("orders", For::Roles(&[Role::Officer, Role::Approver, Role::Finance, Role::Seller])),
    ("contracts", For::Roles(&[Role::Officer, Role::Approver, Role::Finance, Role::Seller])),
    ("price-lists", For::Kind(OrganizationKind::Supplier)),
    ("organization", For::Roles(&[Role::Administrator])),
    ("log", For::Roles(&[Role::Supervisor, Role::Operator])),
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
        .collect_view();
    view! { <nav class="sections" aria-label=say("sections")><ul>{links}</ul></nav> }
}

fn uses(visit: &Visit, reader: &For) -> bool {
    match reader {
        For::Everybody => true,
        For::SignedIn => visit.viewer().is_some(),
        For::Kind(kind) => visit.viewer().is_some_and(|viewer| viewer.organization_kind == *kind),
        For::Roles(roles) => roles.iter().any(|role| visit.has_role(*role)),
    }
}
