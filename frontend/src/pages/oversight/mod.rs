//! The public log and what happened when.

pub(super) mod file;
mod log;
mod rules;

use crate::prelude::*;

/// The room's addresses.
pub(super) async fn route(visit: &Visit, path: &[&str]) -> Option<Answered> {
    match (visit.method(), path) {
        (Get, ["log"]) => Some(log::page(visit)),
        (Get, ["rules"]) => Some(rules::list(visit).await),
        (Get, ["rules", "compare"]) => Some(rules::compare(visit).await),
        (Get, ["rules", id]) => Some(rules::pack(visit, id).await),
        _ => None,
    }
}
