//! A tender's state, in a word and a shape.

use super::tenders::TenderStateName;
use crate::prelude::*;
use chrono::{DateTime, Utc};

/// The tag of a state. Between the deadline and the opening a published tender takes no bids any more, and says so.
pub(in crate::pages) fn tag(state: TenderStateName, deadline_at: Option<DateTime<Utc>>) -> impl IntoView {
    use TenderStateName as Name;
    if state.takes_bids() && deadline_at.is_some_and(|at| at <= visit().now()) {
        return view! { <Tag state=State::Waiting label=say("opening-state-waiting")/> };
    }
    let (shape, key) = match state {
        Name::Draft => (State::Draft, "draft"),
        Name::Submitted => (State::Waiting, "submitted"),
        Name::Approved => (State::Good, "approved"),
        Name::Announced => (State::Open, "announced"),
        Name::Published => (State::Open, "published"),
        Name::Opened => (State::Open, "opened"),
        Name::Qualified => (State::Open, "qualified"),
        Name::Negotiating => (State::Open, "negotiating"),
        Name::FinalOffers => (State::Open, "final-offers"),
        Name::FinalOpened => (State::Open, "final-opened"),
        Name::InEvaluation => (State::Open, "in-evaluation"),
        Name::Reported => (State::Waiting, "reported"),
        Name::AwardConfirmed => (State::Waiting, "award-confirmed"),
        Name::Awarded => (State::Good, "awarded"),
        Name::Contracted => (State::Sealed, "contracted"),
        Name::Failed => (State::Refused, "failed"),
        Name::Cancelled => (State::Closed, "cancelled"),
        Name::Suspended => (State::Warning, "suspended"),
    };
    view! { <Tag state=shape label=say(&format!("tender-state-{key}"))/> }
}
