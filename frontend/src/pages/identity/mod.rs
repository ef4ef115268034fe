//! Signing in, organizations and their people.

mod account;
mod affiliation;
mod colleague;
mod organization;
mod party;
mod sign_in;
mod sign_up;
mod value;

use crate::prelude::*;

/// The room's addresses.
pub(super) async fn route(visit: &Visit, path: &[&str]) -> Option<Answered> {
    let answered = match (visit.method(), path) {
        (Get, ["account"]) => account::page(visit).await,
        (Post, ["account"]) => account::act(visit).await,
        (Get, ["organization"]) => organization::page(visit).await,
        (Post, ["organization"]) => organization::act(visit).await,
        (Get, ["organization", "affiliation"]) => affiliation::page(visit).await,
        (Post, ["organization", "affiliation"]) => affiliation::act(visit).await,
        (Get, ["suppliers", id]) => party::supplier(visit, id).await,
        (Get, ["buyers", id]) => party::buyer(visit, id).await,
        (Get, ["sign-up"]) => sign_up::page(visit),
        (Post, ["sign-up"]) => sign_up::act(visit).await,
        (Get, ["sign-in"]) => sign_in::page(visit),
        (Post, ["sign-in"]) => sign_in::act(visit).await,
        (Post, ["sign-out"]) => sign_in::sign_out(visit).await,
        _ => return None,
    };
    Some(answered)
}
