//! The dates of tenders as the contract gives them, and how a date, its rule and its standing are said.

use crate::prelude::*;
use chrono::{DateTime, NaiveDate, Utc};
use domain::oversight::policy_pack::source;

macro_rules! kinds {
    ($($name:ident: $key:literal,)*) => {
        /// What a date is the date of.
        #[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
        pub(super) enum ScheduleKind { $($name),* }

        impl ScheduleKind {
            /// The key of its words.
            pub(super) const fn key(self) -> &'static str {
                match self { $(Self::$name => $key),* }
            }
        }
    };
}
kinds! {
    NoticePublished: "schedule-notice-published",
    NoticeDisplayed: "schedule-notice-displayed",
    AnnouncementEnded: "schedule-announcement-ended",
    ObjectionsAnswered: "schedule-objections-answered",
    SuppliersInvited: "schedule-suppliers-invited",
    LastChange: "schedule-last-change",
    DeadlineReached: "schedule-deadline-reached",
    BidsOpened: "schedule-bids-opened",
    FinalDeadlineReached: "schedule-final-deadline-reached",
    EvaluationEnded: "schedule-evaluation-ended",
    ReportGiven: "schedule-report-given",
    AwardConfirmed: "schedule-award-confirmed",
    AwardPublished: "schedule-award-published",
    SecuritiesReturned: "schedule-securities-returned",
    ChallengesEnded: "schedule-challenges-ended",
    ContractSigned: "schedule-contract-signed",
    ContractPublished: "schedule-contract-published",
    ContractFiled: "schedule-contract-filed",
}

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[cynic(graphql_type = "ScheduleStanding")]
pub(super) enum Standing {
    Done,
    Late,
    Next,
    Ahead,
    Unrecorded,
}

#[derive(cynic::Scalar, Clone, Copy, Debug)]
#[cynic(graphql_type = "NaiveDate")]
pub(super) struct OnDay(pub(super) NaiveDate);

#[derive(cynic::QueryFragment, Clone, Debug)]
pub(super) struct ScheduleTime {
    pub(super) at: Option<DateTime<Utc>>,
    pub(super) on: Option<OnDay>,
    unknown_year: Option<i32>,
    after: Option<ScheduleKind>,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
pub(super) struct ScheduleRule {
    days: i32,
    is_working_days: bool,
    source: String,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
pub(super) struct ScheduleDate {
    pub(super) kind: ScheduleKind,
    pub(super) due: ScheduleTime,
    rule: Option<ScheduleRule>,
    done_at: Option<DateTime<Utc>>,
    pub(super) standing: Standing,
}

/// A source as the reader knows it.
pub(super) fn cited(found: &str) -> String {
    source::in_language(visit().language(), found)
}

/// When: the instant, the day, or why it is not known.
pub(super) fn due(time: &ScheduleTime) -> AnyView {
    if let Some(at) = time.at {
        return view! { <Instant at/> }.into_any();
    }
    if let Some(OnDay(on)) = time.on {
        return view! { <Day on/> }.into_any();
    }
    if let Some(year) = time.unknown_year {
        // A year is no number to be grouped.
        return say_with("schedule-unknown-year", facts([("year", year.to_string().into())])).into_any();
    }
    let what = time.after.map(|kind| say(kind.key())).unwrap_or_default();
    say_with("schedule-after", facts([("what", what.into())])).into_any()
}

impl ScheduleDate {
    /// The figure that computes it, or that the notice sets it.
    pub(super) fn rule(&self) -> String {
        match &self.rule {
            Some(rule) => {
                let unit = if rule.is_working_days { "working" } else { "calendar" };
                let told = facts([("unit", unit.into()), ("days", i64::from(rule.days).into()), ("source", cited(&rule.source).into())]);
                say_with("schedule-term", told)
            }
            None if self.due.at.is_some() && self.done_at.is_none() => say("schedule-set"),
            None => String::new(),
        }
    }

    /// How it stands, in a word and a shape.
    pub(super) fn standing(&self) -> AnyView {
        let (state, key) = match self.standing {
            // A period just runs out.
            Standing::Done if self.done_at.is_none() => (State::Good, "schedule-standing-over"),
            Standing::Done => (State::Good, "schedule-standing-done"),
            Standing::Late => (State::Warning, "schedule-standing-late"),
            Standing::Next => (State::Open, "schedule-standing-next"),
            Standing::Ahead => (State::Draft, "schedule-standing-ahead"),
            Standing::Unrecorded => (State::Draft, "schedule-standing-unrecorded"),
        };
        let done = self.done_at.filter(|at| Some(*at) != self.due.at);
        let done = done.map(|at| view! { <br/> <small class="quiet">{say_with("schedule-done-at", facts([("at", at.into())]))}</small> });
        view! { <Tag state label=say(key)/> {done} }.into_any()
    }
}
