//! Plans, tenders, clarifications, bids, openings, evaluations, awards.

mod amend;
mod application;
mod applications;
mod applied;
mod award;
mod award_acts;
mod bid;
mod bid_acts;
mod bid_lots;
mod bid_policies;
mod bid_receipt;
mod bid_work;
mod bids;
mod bid_scores;
mod calendar;
mod changes;
mod consortium;
mod consortium_acts;
mod draft;
mod draft_checks;
mod draft_choice;
mod draft_content;
mod draft_form;
mod draft_lots;
mod draft_reading;
mod draft_policies;
mod draw_record;
mod editor;
mod holder_keys;
mod opening;
mod opening_desk;
mod opening_record;
mod opening_stage;
mod lots;
mod mandate;
mod negotiation;
pub(super) mod members;
mod next;
mod objection_acts;
mod objections;
mod panel;
mod paper_file;
mod qualification;
mod qualification_form;
mod registrations;
mod related;
mod report;
mod report_lines;
mod scores;
mod scores_check;
mod sheet;
mod plans;
mod process;
mod schedule;
mod prequalification;
pub(super) mod state;
mod stop;
mod tender;
mod tender_acts;
mod tender_moments;
mod tender_policies;
mod tender_questions;
mod tender_versions;
pub(super) mod tenders;
mod tender_search;
mod warning_reading;
mod warnings;

use crate::prelude::*;

/// The room's addresses.
pub(super) async fn route(visit: &Visit, path: &[&str]) -> Option<Answered> {
    Some(match (visit.method(), path) {
        (Get, ["tenders"]) => tenders::page(visit).await,
        (Get, ["calendar"]) => calendar::page(visit).await,
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
        (Get, ["bids"]) => bids::page(visit).await,
        (Get, ["tenders", id, "checks"]) => draft_checks::page(visit, id).await,
        (Get, ["tenders", id, "warnings"]) => warnings::page(visit, id).await,
        (Post, ["tenders", id, "warnings"]) => warnings::act(visit, id).await,
        (Get, ["tenders", id, "amend"]) => amend::page(visit, id).await,
        (Post, ["tenders", id, "amend"]) => amend::act(visit, id).await,
        (Get, ["tenders", id]) => tender::page(visit, id).await,
        (Post, ["tenders", id]) => tender_acts::act(visit, id).await,
        (Get, ["tenders", id, "opening"]) => opening::page(visit, id).await,
        (Post, ["tenders", id, "opening"]) => opening::act(visit, id).await,
        (Get, ["tenders", id, "negotiation"]) => negotiation::page(visit, id).await,
        (Post, ["tenders", id, "negotiation"]) => negotiation::act(visit, id).await,
        (Get, ["tenders", id, "objections"]) => objections::page(visit, id).await,
        (Post, ["tenders", id, "objections"]) => objection_acts::act(visit, id).await,
        (Get, ["tenders", id, "process"]) => process::page(visit, id).await,
        (Get, ["tenders", id, "application"]) => application::page(visit, id).await,
        (Post, ["tenders", id, "application"]) => application::act(visit, id).await,
        (Get, ["tenders", id, "applications"]) => applications::page(visit, id).await,
        (Post, ["tenders", id, "applications"]) => applications::act(visit, id).await,
        (Get, ["tenders", id, "mandate"]) => mandate::page(visit, id).await,
        (Post, ["tenders", id, "mandate"]) => mandate::act(visit, id).await,
        (Get, ["tenders", id, "stop"]) => stop::page(visit, id).await,
        (Post, ["tenders", id, "stop"]) => stop::act(visit, id).await,
        (Get, ["tenders", id, "award"]) => award::page(visit, id).await,
        (Post, ["tenders", id, "award"]) => award_acts::act(visit, id).await,
        (Get, ["registrations"]) => registrations::list(visit).await,
        (Get, ["tenders", id, "registration"]) => registrations::page(visit, id).await,
        (Post, ["tenders", id, "registration"]) => registrations::act(visit, id).await,
        (Get, ["tenders", id, "bid"]) => bid::page(visit, id).await,
        (Post, ["tenders", id, "bid"]) => bid_acts::act(visit, id).await,
        (Get, ["tenders", id, "bid", "terms"]) => bid::terms(visit, id).await,
        (Get, ["tenders", id, "bid", "receipt"]) => bid::receipt(visit, id).await,
        (Get, ["tenders", id, "consortium"]) => consortium::page(visit, id).await,
        (Post, ["tenders", id, "consortium"]) => consortium_acts::act(visit, id).await,
        (Get, ["tenders", id, "qualification"]) => qualification::page(visit, id).await,
        (Post, ["tenders", id, "qualification"]) => qualification::act(visit, id).await,
        (Get, ["tenders", id, "panel"]) => panel::page(visit, id).await,
        (Post, ["tenders", id, "panel"]) => panel::act(visit, id).await,
        (Get, ["tenders", id, "scores"]) => scores::page(visit, id).await,
        (Post, ["tenders", id, "scores"]) => scores::act(visit, id).await,
        (Get, ["tenders", id, "scores", "check"]) => scores_check::page(visit, id).await,
        (Post, ["tenders", id, "scores", "check"]) => scores_check::act(visit, id).await,
        (Get, ["tenders", id, "scores", bid]) => bid_scores::page(visit, id, bid).await,
        (Post, ["tenders", id, "scores", bid]) => bid_scores::act(visit, id, bid).await,
        (Get, ["tenders", id, "report"]) => report::page(visit, id).await,
        (Post, ["tenders", id, "report"]) => report::act(visit, id).await,
        _ => return None,
    })
}
