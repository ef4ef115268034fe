//! Plans, tenders, clarifications, bids, openings, evaluations, awards.

mod amend;
mod award;
mod changes;
mod draft;
mod draft_content;
mod draft_form;
mod editor;
mod holder_keys;
mod plans;
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
        (Get, ["plans"]) => plans::list(visit).await,
        (Get, ["plans", "new"]) => plans::begin_page(visit).await,
        (Post, ["plans", "new"]) => plans::begin(visit).await,
        (Get, ["plans", id]) => plans::page(visit, id).await,
        (Post, ["plans", id]) => plans::act(visit, id).await,
        (Get, ["tenders", "new"]) => editor::begin_page(visit).await,
        (Post, ["tenders", "new"]) => editor::begin(visit).await,
        (Get, ["tenders", id, "edit", step]) => editor::page(visit, id, step).await,
        (Post, ["tenders", id, "edit", step]) => editor::act(visit, id, step).await,
        (Get, ["tenders", id, "amend"]) => amend::page(visit, id).await,
        (Post, ["tenders", id, "amend"]) => amend::act(visit, id).await,
        (Get, ["tenders", id]) => tender::page(visit, id).await,
        (Post, ["tenders", id]) => tender_acts::act(visit, id).await,
        (Get, ["tenders", id, "award"]) => award::page(visit, id).await,
        (Post, ["tenders", id, "award"]) => award::act(visit, id).await,
        _ => return None,
    })
}
