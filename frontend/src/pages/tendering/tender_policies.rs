//! What a notice says of reserved contracts, of the prices of small bidders and of products made at home.

use crate::prelude::*;
use domain::tendering::green;

/// What is reserved, in words.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "Reservation")]
pub(super) struct ReservationSaid {
    pub(super) measure: ReservationMeasure,
    pub(super) reserved_for: Option<ReservedFor>,
    pub(super) lots: Vec<i32>,
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

/// What an item must or should be, to save energy or the environment.
#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum GreenRequirement {
    EnergySavingObligatory,
    EnergySavingPreferred,
    EnvironmentalPreferred,
}

impl GreenRequirement {
    /// In the rules' words.
    pub(super) const fn said(self) -> green::GreenRequirement {
        match self {
            Self::EnergySavingObligatory => green::GreenRequirement::EnergySavingObligatory,
            Self::EnergySavingPreferred => green::GreenRequirement::EnergySavingPreferred,
            Self::EnvironmentalPreferred => green::GreenRequirement::EnvironmentalPreferred,
        }
    }

    /// What was posted: the key of its words.
    pub(super) fn posted(value: &str) -> Option<Self> {
        let all = [Self::EnergySavingObligatory, Self::EnergySavingPreferred, Self::EnvironmentalPreferred];
        all.into_iter().find(|one| one.said().text_key() == value)
    }

    /// The mark beside an item of the notice.
    pub(super) fn tag(self) -> impl IntoView {
        let state = if self.said().is_preferred() { State::Open } else { State::Warning };
        view! { <Tag state label=say(self.said().text_key())/> }
    }
}

/// The control by which an officer says it of an item.
pub(super) fn green_field(name: String, value: Option<GreenRequirement>) -> AnyView {
    let picks = green::GreenRequirement::ALL.map(|one| Pick::new(one.text_key(), say(one.text_key()))).into();
    let value = value.map(|one| one.said().text_key()).unwrap_or_default();
    view! { <Select name label=say("tender-item-green") help=say("tender-item-green-help") picks value optional=true/> }.into_any()
}
