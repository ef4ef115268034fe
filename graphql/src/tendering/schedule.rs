//! Where a tender stands: its dates, its way, and who must act next.

use super::procedure::PossibleCommand;
use super::tender::TenderStateName;
use crate::identity::user::Role;
use crate::values::LocalText;
use app::tendering::schedule;
use async_graphql::{ComplexObject, Enum, Object, SimpleObject};
use chrono::{DateTime, NaiveDate, Utc};
use domain::language::Language;
use domain::oversight::policy_pack::{Rules, Unit};
use domain::tendering::schedule::{ScheduleEntry, When};
use domain::tendering::schedule_acts;

/// What a date of a tender is the date of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::tendering::schedule::ScheduleKind")]
pub enum ScheduleKind {
    /// The notice was published.
    NoticePublished,
    /// The notice has been on display for as long as is due.
    NoticeDisplayed,
    /// Applications or objections are no longer taken.
    AnnouncementEnded,
    /// Objections to a single source are answered.
    ObjectionsAnswered,
    /// Those drawn or named have been asked for bids.
    SuppliersInvited,
    /// Questions are no longer taken.
    QuestionsEnded,
    /// The last day on which a change that affects bids leaves the deadline where it is.
    LastChange,
    /// Bids, or first responses, are no longer taken.
    DeadlineReached,
    /// Bids are opened.
    BidsOpened,
    /// Final offers are no longer taken.
    FinalDeadlineReached,
    /// The evaluation has ended: all members have signed.
    EvaluationEnded,
    /// The buyer has the report.
    ReportGiven,
    /// The buyer confirms the award.
    AwardConfirmed,
    /// The award is public.
    AwardPublished,
    /// Losers have their bid security back.
    SecuritiesReturned,
    /// The award can no longer be challenged by who learnt of it from its notice.
    ChallengesEnded,
    /// Both sides have signed the contract.
    ContractSigned,
    /// The contract is public.
    ContractPublished,
    /// The contract is filed with the finance authority.
    ContractFiled,
}

/// How a date stands to now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::tendering::schedule::Standing")]
pub enum ScheduleStanding {
    /// It happened.
    Done,
    /// It should have happened.
    Late,
    /// It is what comes next.
    Next,
    /// It comes later.
    Ahead,
    /// Its last day is over, and whether it was done is not recorded in the marketplace.
    Unrecorded,
}

/// Where a tender stands to a state of its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::tendering::schedule::Place")]
pub enum WayPlace {
    /// Behind it.
    Done,
    /// There.
    Here,
    /// Ahead of it.
    Ahead,
}

/// A state of a tender's way.
#[derive(Clone, Copy, Debug, SimpleObject)]
pub struct WayStep {
    /// The state.
    pub state: TenderStateName,
    /// Whether the tender is behind it, there, or has it ahead.
    pub place: WayPlace,
}

/// When something is due: at an instant, in the course of a day, or not known, and why.
#[derive(Clone, Copy, Debug, Default, SimpleObject)]
pub struct ScheduleTime {
    /// The instant.
    pub at: Option<DateTime<Utc>>,
    /// The day in China, its end at the latest.
    pub on: Option<NaiveDate>,
    /// The year whose public holidays are not published yet, so that working days can't be counted: nothing is guessed.
    pub unknown_year: Option<i32>,
    /// What has not happened yet, from which it is counted.
    pub after: Option<ScheduleKind>,
    /// Whether it has happened, or is counted from what has, and its day is public with the award only. Where this is false
    /// and nothing else is given, no rule sets a term.
    pub is_unpublished: bool,
}

impl From<When> for ScheduleTime {
    fn from(when: When) -> Self {
        match when {
            When::At(at) => Self { at: Some(at), ..Self::default() },
            When::On(on) => Self { on: Some(on), ..Self::default() },
            When::UnknownYear(year) => Self { unknown_year: Some(year), ..Self::default() },
            When::After(kind) => Self { after: Some(kind.into()), ..Self::default() },
            When::Unpublished => Self { is_unpublished: true, ..Self::default() },
            When::NoTerm => Self::default(),
        }
    }
}

/// The figure of the law of a tender's notice that computes a date.
#[derive(Clone, Debug, SimpleObject)]
pub struct ScheduleRule {
    /// The figure's name in the policy pack.
    pub key: String,
    /// How many days.
    pub days: i64,
    /// Whether they are working days.
    pub is_working_days: bool,
    /// Rule and article.
    pub source: String,
}

/// One date of a tender.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(complex)]
pub struct ScheduleDate {
    /// Of what.
    kind: ScheduleKind,
    /// When it is due; of what has no term, when it happened.
    due: ScheduleTime,
    /// The figure that computes it; null for what the notice sets or what just happened.
    rule: Option<ScheduleRule>,
    /// When it happened, as far as you may know.
    done_at: Option<DateTime<Utc>>,
    /// How it stands to now.
    standing: ScheduleStanding,
    #[graphql(skip)]
    text_key: String,
}

#[ComplexObject]
impl ScheduleDate {
    /// What it is the date of, in words.
    async fn text(&self) -> LocalText {
        let say = |language| domain::text::say(language, &self.text_key);
        domain::language::LocalText::new(say(Language::Chinese), say(Language::English)).into()
    }
}

impl From<ScheduleEntry> for ScheduleDate {
    fn from(entry: ScheduleEntry) -> Self {
        let rule = entry.figure.map(|figure| ScheduleRule {
            is_working_days: figure.unit == Unit::WorkingDays,
            key: figure.key,
            days: figure.value,
            source: figure.source,
        });
        Self {
            kind: entry.kind.into(),
            due: entry.due.into(),
            rule,
            done_at: entry.done_at,
            standing: entry.standing.into(),
            text_key: entry.kind.text_key(),
        }
    }
}

/// What is to be done next on a tender.
#[derive(Clone, Debug, SimpleObject)]
pub struct NextAct {
    /// What.
    pub act: PossibleCommand,
    /// Who may, each of them; empty for what the marketplace does by itself.
    pub roles: Vec<Role>,
    /// By when, where a date of the tender says so.
    pub due: Option<ScheduleTime>,
    /// The article: of the date where one is due, otherwise that on which the act rests; empty for the house's own order.
    pub source: String,
}

impl NextAct {
    fn under(act: schedule_acts::NextAct, rules: Option<&Rules>) -> Self {
        Self {
            act: PossibleCommand::under(act.command, rules),
            roles: act.roles.into_iter().map(Into::into).collect(),
            due: act.due.map(Into::into),
            source: act.source,
        }
    }
}

/// Where a tender stands: its dates by the law of its notice, its way, and who must act next.
pub struct TenderSchedule(pub schedule::TenderSchedule);

/// Where a tender stands: its dates by the law of its notice, its way, and who must act next.
#[Object]
impl TenderSchedule {
    /// Its dates, in the order of its life; empty before the notice, whose day decides the law. Steps that are not public yet
    /// are for those who take part.
    async fn dates(&self) -> Vec<ScheduleDate> {
        self.0.dates.iter().cloned().map(Into::into).collect()
    }

    /// What is to be done next, by whom, by when and under which rule; empty when nothing waits.
    async fn next_acts(&self) -> Vec<NextAct> {
        let rules = self.0.tender.state.publication().map(|publication| &publication.rules);
        self.0.acts.iter().cloned().map(|act| NextAct::under(act, rules)).collect()
    }

    /// The states of its procedure's way in order, with where it stands; where it has ended without a contract it stands
    /// nowhere on it.
    async fn way(&self) -> Vec<WayStep> {
        self.0.way.iter().map(|(state, place)| WayStep { state: (*state).into(), place: (*place).into() }).collect()
    }
}
