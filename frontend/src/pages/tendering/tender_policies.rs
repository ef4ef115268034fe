//! What a notice says of reserved contracts, of the prices of small bidders and of products made at home.

use crate::prelude::*;

/// What is reserved, in words.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "Reservation")]
pub(super) struct ReservationSaid {
    pub(super) measure: ReservationMeasure,
    pub(super) reserved_for: Option<ReservedFor>,
    pub(super) words: Words,
    reason: Option<Words>,
    leaves_preference: bool,
}

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ReservationMeasure {
    Undecided,
    Unreserved,
    Whole,
    Lots,
    Consortium,
    Subcontract,
}

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ReservedFor {
    SmallAndMedium,
    MicroAndSmall,
}

/// By which terms products made at home are preferred.
#[derive(cynic::QueryFragment, Clone, Debug)]
pub(super) struct DomesticPreference {
    deduction_percent: i32,
    cost_least_percent: i32,
    source: Words,
}

/// How products made at home are preferred, in words.
pub(super) fn domestic_words(terms: &DomesticPreference) -> String {
    let source = visit().local(&terms.source).to_owned();
    say_with("tender-domestic-said", crate::prelude::facts([("least", i64::from(terms.cost_least_percent).into()), ("percent", i64::from(terms.deduction_percent).into()), ("source", source.into())]))
}

/// The lines of the notice's summary.
pub(super) fn facts(reservation: &ReservationSaid, domestic: Option<&DomesticPreference>, deduction_percent: i32) -> Vec<SummaryFact> {
    let visit = visit();
    let reason = reservation.reason.as_ref().map(|reason| visit.local(reason).to_owned()).unwrap_or_default();
    let reserved = format!("{} {reason}", visit.local(&reservation.words));
    let deduction = if reservation.leaves_preference { format!("{deduction_percent}%") } else { say("tender-preference-none") };
    let mut told = vec![SummaryFact::new(say("tender-reservation"), reserved.trim().to_owned()), SummaryFact::new(say("tender-deduction"), deduction)];
    told.extend(domestic.map(|terms| {
        let both = if reservation.leaves_preference { say("tender-domestic-both") } else { String::new() };
        SummaryFact::new(say("tender-domestic"), format!("{} {both}", domestic_words(terms)).trim().to_owned())
    }));
    told
}
