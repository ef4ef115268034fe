//! Plans, tenders, clarifications, bids, openings, evaluations, awards.

mod state;
mod tender;
mod tender_acts;
mod tenders;

use crate::prelude::*;

/// The room's addresses.
pub(super) async fn route(visit: &Visit, path: &[&str]) -> Option<Answered> {
    Some(match (visit.method(), path) {
        (Get, ["tenders"]) => tenders::page(visit).await,
        (Get, ["tenders", id]) => tender::page(visit, id).await,
        (Post, ["tenders", id]) => tender_acts::act(visit, id).await,
        _ => return None,
    })
}
