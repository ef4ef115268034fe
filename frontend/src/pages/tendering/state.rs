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
    let shape = match state {
        Name::Draft => State::Draft,
        Name::Submitted | Name::Reported | Name::AwardConfirmed => State::Waiting,
        Name::Approved | Name::Awarded => State::Good,
        Name::Announced | Name::Published | Name::Opened | Name::Qualified | Name::Negotiating | Name::FinalOffers
        | Name::FinalOpened | Name::InEvaluation => State::Open,
        Name::Contracted => State::Sealed,
        Name::Failed => State::Refused,
        Name::Cancelled => State::Closed,
        Name::Suspended => State::Warning,
    };
    view! { <Tag state=shape label=say(&state.text_key())/> }
}
