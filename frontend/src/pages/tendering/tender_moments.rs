//! The timeline of a notice: the steps behind it, and those that are still to come.

use super::tender::{Tender, visit_local};
use super::tenders::TenderStateName;
use crate::prelude::*;
use chrono::{DateTime, Utc};

/// The events that are steps of the way, with the words for them; the last two end it.
pub(super) const MILESTONES: [(&str, &str); 6] = [
    ("tender.opened", "tender-moment-opening"),
    ("tender.evaluation_began", "tender-moment-evaluation"),
    ("award.published", "tender-moment-award"),
    ("tender.contracted", "tender-moment-contract"),
    ("tender.failed", "tender-moment-failed"),
    ("tender.cancelled", "tender-moment-cancelled"),
];

#[derive(cynic::QueryFragment, Debug)]
pub(super) struct Event {
    name: String,
    occurred_at: DateTime<Utc>,
}

/// The public steps behind the tender, and those that are still to come.
pub(super) fn moments(tender: &Tender, events: &[Event]) -> Vec<Moment> {
    let moment = |key: &str, at, note| Moment { label: say(key), at, note };
    let mut moments = vec![moment("tender-moment-published", tender.published_at, None)];
    for one in &tender.amendments {
        moments.push(moment("tender-moment-amended", Some(one.amended_at), Some(visit_local(&one.reason))));
    }
    if tender.announced_until().is_some() {
        moments.push(moment("choice-announced-until", tender.announced_until(), None));
    }
    if let Some(first) = tender.first_deadline_at {
        moments.push(moment("tender-moment-deadline", Some(first), None));
        moments.push(moment("tender-moment-final-deadline", tender.deadline_at, None));
    } else {
        moments.push(moment("tender-moment-deadline", tender.deadline_at, None));
    }
    let is_over = matches!(tender.state, TenderStateName::Failed | TenderStateName::Cancelled);
    for (place, (name, key)) in MILESTONES.iter().enumerate() {
        let at = events.iter().find(|event| event.name == *name).map(|event| event.occurred_at);
        let is_end = place >= MILESTONES.len() - 2;
        let note = tender.reason.as_ref().filter(|_| is_end).map(visit_local);
        if at.is_some() || !(is_end || is_over) {
            moments.push(moment(key, at, note));
        }
    }
    // What was called off early has no deadline to come.
    let now = visit().now();
    moments.retain(|moment| !is_over || moment.at.is_some_and(|at| at <= now));
    moments.sort_by_key(|moment| moment.at.unwrap_or(DateTime::<Utc>::MAX_UTC));
    moments
}
