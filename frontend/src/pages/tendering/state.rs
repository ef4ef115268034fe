//! A tender's state, in a word and a shape.

use super::tenders::TenderStateName;
use crate::prelude::*;

/// The tag of a state.
pub(in crate::pages) fn tag(state: TenderStateName) -> impl IntoView {
    use TenderStateName as Name;
    let (shape, key) = match state {
        Name::Draft => (State::Draft, "draft"),
        Name::Submitted => (State::Waiting, "submitted"),
        Name::Approved => (State::Good, "approved"),
        Name::Published => (State::Open, "published"),
        Name::Opened => (State::Open, "opened"),
        Name::Qualified => (State::Open, "qualified"),
        Name::InEvaluation => (State::Open, "in-evaluation"),
        Name::Reported => (State::Waiting, "reported"),
        Name::AwardConfirmed => (State::Waiting, "award-confirmed"),
        Name::Awarded => (State::Good, "awarded"),
        Name::Contracted => (State::Sealed, "contracted"),
        Name::Failed => (State::Refused, "failed"),
        Name::Cancelled => (State::Closed, "cancelled"),
    };
    view! { <Tag state=shape label=say(&format!("tender-state-{key}"))/> }
}
