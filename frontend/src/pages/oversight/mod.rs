//! The public log and what happened when.

pub(super) mod file;
mod log;

use crate::prelude::*;

/// The room's addresses.
pub(super) async fn route(visit: &Visit, path: &[&str]) -> Option<Answered> {
    match (visit.method(), path) {
        (Get, ["log"]) => Some(log::page(visit)),
        _ => None,
    }
}
