//! Signing in, organizations and their people.

mod account;
mod sign_in;

use crate::prelude::*;

/// The room's addresses.
pub(super) async fn route(visit: &Visit, path: &[&str]) -> Option<Answered> {
    let answered = match (visit.method(), path) {
        (Get, ["account"]) => account::page(visit).await,
        (Get, ["sign-in"]) => sign_in::page(visit),
        (Post, ["sign-in"]) => sign_in::act(visit).await,
        (Post, ["sign-out"]) => sign_in::sign_out(visit).await,
        _ => return None,
    };
    Some(answered)
}
