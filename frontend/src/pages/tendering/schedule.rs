//! The dates of tenders as the contract gives them, and how a date, its rule and its standing are said.

use crate::prelude::*;
use chrono::{DateTime, NaiveDate, Utc};
use domain::oversight::policy_pack::source;

mirror! {
    /// What a date is the date of.
    pub(super) enum ScheduleKind as "ScheduleKind" of domain::tendering::schedule::ScheduleKind {
        NoticePublished, NoticeDisplayed, AnnouncementEnded, ObjectionsAnswered, SuppliersInvited, QuestionsEnded, LastChange, DeadlineReached,
        BidsOpened, FinalDeadlineReached, EvaluationEnded, ReportGiven, AwardConfirmed, AwardPublished, SecuritiesReturned,
        ChallengesEnded, ContractSigned, ContractPublished, ContractFiled,
    }
}

impl ScheduleKind {
    /// What it is, in words.
    pub(super) fn words(self) -> String {
        say(&self.law().text_key())
    }
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
    is_unpublished: bool,
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
    let said = match time.after {
        Some(kind) => say_with("schedule-after", facts([("what", kind.words().into())])),
        None if time.is_unpublished => say("schedule-unpublished"),
        None => say("schedule-act-no-term"),
    };
    said.into_any()
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
            Standing::Done if self.done_at.is_none() && !self.due.is_unpublished => (State::Good, "schedule-standing-over"),
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
