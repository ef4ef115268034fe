//! Plans, tenders, clarifications, bids, openings, evaluations, awards.

mod award;
mod bid;
mod bid_acts;
mod bid_receipt;
mod bid_work;
mod draft;
mod draft_form;
mod editor;
mod holder_keys;
mod opening;
mod opening_desk;
mod opening_record;
mod opening_stage;
mod state;
mod tender;
mod tender_acts;
mod tenders;

use crate::prelude::*;

/// The room's addresses.
pub(super) async fn route(visit: &Visit, path: &[&str]) -> Option<Answered> {
    Some(match (visit.method(), path) {
        (Get, ["tenders"]) => tenders::page(visit).await,
        (Get, ["holder-keys"]) => holder_keys::page(visit).await,
        (Post, ["holder-keys"]) => holder_keys::act(visit).await,
        (Get, ["tenders", "new"]) => editor::begin_page(visit).await,
        (Post, ["tenders", "new"]) => editor::begin(visit).await,
        (Get, ["tenders", id, "edit", step]) => editor::page(visit, id, step).await,
        (Post, ["tenders", id, "edit", step]) => editor::act(visit, id, step).await,
        (Get, ["tenders", id]) => tender::page(visit, id).await,
        (Post, ["tenders", id]) => tender_acts::act(visit, id).await,
        (Get, ["tenders", id, "opening"]) => opening::page(visit, id).await,
        (Post, ["tenders", id, "opening"]) => opening::act(visit, id).await,
        (Get, ["tenders", id, "award"]) => award::page(visit, id).await,
        (Post, ["tenders", id, "award"]) => award::act(visit, id).await,
        (Get, ["tenders", id, "bid"]) => bid::page(visit, id).await,
        (Post, ["tenders", id, "bid"]) => bid_acts::act(visit, id).await,
        (Get, ["tenders", id, "bid", "terms"]) => bid::terms(visit, id).await,
        (Get, ["tenders", id, "bid", "receipt"]) => bid::receipt(visit, id).await,
        _ => return None,
    })
}
