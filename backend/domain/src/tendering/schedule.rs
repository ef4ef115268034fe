//! The dates of a tender: what was set, what has happened, and what the law of its notice computes from that.
//!
//! Nothing is guessed. A date that hangs on something that has not happened yet says on what; one that falls into a year
//! whose holiday notice is not known says which year. Who must act next is read off the procedure's course
//! ([`super::schedule_acts`]).

use super::objection::{ANSWER_DAYS, Tally};
pub use super::schedule_milestones::{LosersSecurities, Milestones};
use super::procedure::{Announcement, CHANGE_TO_DEADLINE};
use super::tender::{Tender, TenderStateName};
use super::tender_state::TenderState;
use crate::contracting::bid_security_due::RETURN_DAYS;
use crate::oversight::policy_pack::calendar::UnknownYear;
use crate::oversight::policy_pack::{Figure, Rules};
use crate::text::ZONE;
use chrono::{DateTime, NaiveDate, Utc};

macro_rules! kinds {
    ($( $(#[$meta:meta])* $name:ident: $key:literal, $is_act:literal; )*) => {
        /// What a date of a tender is the date of.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum ScheduleKind { $( $(#[$meta])* $name ),* }

        impl ScheduleKind {
            /// All of them, in the order of a tender's life.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The name in texts: `schedule-<name>`.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $key),* }
            }

            /// Whether somebody must do it; a period ends by itself.
            pub const fn is_act(self) -> bool {
                match self { $(Self::$name => $is_act),* }
            }
        }
    };
}

kinds! {
    /// The notice was published.
    NoticePublished: "notice-published", true;
    /// The notice has been on display for as long as is due.
    NoticeDisplayed: "notice-displayed", false;
    /// Applications or objections are no longer taken.
    AnnouncementEnded: "announcement-ended", false;
    /// Objections to a single source are answered.
    ObjectionsAnswered: "objections-answered", true;
    /// Those drawn or named have been asked for bids.
    SuppliersInvited: "suppliers-invited", true;
    /// Questions are no longer taken.
    QuestionsEnded: "questions-ended", false;
    /// The last day on which a change that affects bids leaves the deadline where it is.
    LastChange: "last-change", false;
    /// Bids, or first responses, are no longer taken.
    DeadlineReached: "deadline-reached", false;
    /// Bids are opened.
    BidsOpened: "bids-opened", true;
    /// Final offers are no longer taken.
    FinalDeadlineReached: "final-deadline-reached", false;
    /// The evaluation has ended: all members have signed.
    EvaluationEnded: "evaluation-ended", true;
    /// The buyer has the report.
    ReportGiven: "report-given", true;
    /// The buyer confirms the award.
    AwardConfirmed: "award-confirmed", true;
    /// The award is public.
    AwardPublished: "award-published", true;
    /// Losers have their bid security back.
    SecuritiesReturned: "securities-returned", true;
    /// The award can no longer be challenged by who learnt of it from its notice.
    ChallengesEnded: "challenges-ended", false;
    /// Both sides have signed the contract.
    ContractSigned: "contract-signed", true;
    /// The contract is public.
    ContractPublished: "contract-published", true;
    /// The contract is filed with the finance authority.
    ContractFiled: "contract-filed", true;
}

impl ScheduleKind {
    /// The key of its words.
    pub fn text_key(self) -> String {
        format!("schedule-{}", self.as_str())
    }

    /// Whether the marketplace learns that it was done. A contract is published and filed outside it: nobody can record it
    /// here, so nothing may be said of it but its day.
    pub const fn is_recorded(self) -> bool {
        !matches!(self, Self::ContractPublished | Self::ContractFiled)
    }
}

/// When.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// At this instant.
    At(DateTime<Utc>),
    /// In the course of this day in China, its end at the latest.
    On(NaiveDate),
    /// In a year whose working days are not known.
    UnknownYear(i32),
    /// Counted from something that has not happened yet.
    After(ScheduleKind),
    /// No rule sets a term.
    NoTerm,
    /// It has happened, or is counted from what has: when, is told to everybody with the award.
    Unpublished,
}

impl When {
    /// The day in China, where it is known.
    pub fn day(self) -> Option<NaiveDate> {
        match self {
            Self::At(at) => Some(day(at)),
            Self::On(on) => Some(on),
            Self::UnknownYear(_) | Self::After(_) | Self::NoTerm | Self::Unpublished => None,
        }
    }

    /// Whether it lies behind an instant.
    fn is_past(self, now: DateTime<Utc>) -> bool {
        match self {
            Self::At(at) => at < now,
            Self::On(on) => on < day(now),
            Self::UnknownYear(_) | Self::After(_) | Self::NoTerm | Self::Unpublished => false,
        }
    }
}

/// How a date stands to now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
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

/// One date of a tender.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScheduleEntry {
    /// Of what.
    pub kind: ScheduleKind,
    /// When it is due; of what has no term, when it happened.
    pub due: When,
    /// The figure of the law that computes it, with its article; none for what was set or just happened.
    pub figure: Option<Figure>,
    /// When it happened, as far as the reader may know.
    pub done_at: Option<DateTime<Utc>>,
    /// How it stands to now.
    pub standing: Standing,
}

/// The dates of a published tender by the law of its notice, in the order of its life; nothing before the notice. What has
/// ended keeps only what had happened. The days are counted by the calendar that was frozen with the law.
pub fn schedule(tender: &Tender, happened: Milestones, now: DateTime<Utc>) -> Vec<ScheduleEntry> {
    let Some(publication) = tender.state.publication() else { return Vec::new() };
    // While a tender is suspended its time stands still: what still ran then moves when it goes on.
    let now = match &tender.state {
        TenderState::Suspended { suspended_at, .. } => now.min(*suspended_at),
        _ => now,
    };
    let dates = Dates { tender, rules: &publication.rules, lines: Vec::new() };
    let mut lines = dates.computed(publication.published_at, publication.invited_at, happened, now);
    if tender.state.name().is_ended() {
        lines.retain(|line| line.done_at.is_some() || (!line.kind.is_act() && line.due.is_past(now)));
    }
    let mut has_next = false;
    for line in &mut lines {
        line.standing = match (line.done_at.is_some(), line.due.is_past(now)) {
            (true, _) => Standing::Done,
            (false, _) if has_passed(tender, line.kind) => Standing::Done,
            (false, true) if !line.kind.is_act() => Standing::Done,
            (false, true) if !line.kind.is_recorded() => Standing::Unrecorded,
            (false, true) => Standing::Late,
            (false, false) if !has_next => Standing::Next,
            (false, false) => Standing::Ahead,
        };
        has_next |= line.standing == Standing::Next;
    }
    lines
}

/// Whether a step lies behind a tender by its state, which is public before the day of the step is.
fn has_passed(tender: &Tender, kind: ScheduleKind) -> bool {
    use TenderStateName::{AwardConfirmed, Awarded, Contracted, Reported};
    let state = tender.state.stood();
    match kind {
        ScheduleKind::EvaluationEnded | ScheduleKind::ReportGiven => matches!(state, Reported | AwardConfirmed | Awarded | Contracted),
        ScheduleKind::AwardConfirmed => matches!(state, AwardConfirmed | Awarded | Contracted),
        _ => false,
    }
}

struct Dates<'a> {
    tender: &'a Tender,
    rules: &'a Rules,
    lines: Vec<ScheduleEntry>,
}

impl Dates<'_> {
    fn computed(
        mut self,
        published_at: DateTime<Utc>,
        invited_at: Option<DateTime<Utc>>,
        happened: Milestones,
        now: DateTime<Utc>,
    ) -> Vec<ScheduleEntry> {
        use ScheduleKind as Kind;
        let procedure = self.tender.procedure();
        self.set(Kind::NoticePublished, When::At(published_at), Some(published_at));
        self.term(Kind::NoticeDisplayed, &procedure.figure_key(NOTICE_DISPLAY), Kind::NoticePublished, None);
        self.announcement(invited_at, happened.objections, now);
        let deadline = self.tender.first_deadline_at.or(self.tender.content.deadline_at);
        if let Some(deadline) = deadline {
            if let Some(until) = self.tender.content.questions_until {
                self.set(Kind::QuestionsEnded, When::At(until), None);
            }
            self.last_change(deadline, published_at);
            self.set(Kind::DeadlineReached, When::At(deadline), None);
            // The law opens bids at the deadline (财政部令第87号第三十九条); holders have the day.
            self.set(Kind::BidsOpened, When::On(day(deadline)), happened.opened_at);
        }
        if let Some(last) = self.tender.content.deadline_at.filter(|_| self.tender.first_deadline_at.is_some()) {
            self.set(Kind::FinalDeadlineReached, When::At(last), None);
        }
        let after = if self.tender.first_deadline_at.is_some() { Kind::FinalDeadlineReached } else { Kind::BidsOpened };
        let evaluated = match happened.reported_at {
            Some(at) => When::At(at),
            None if has_passed(self.tender, Kind::EvaluationEnded) => When::Unpublished,
            None if happened.opened_at.is_some() && after == Kind::BidsOpened => When::NoTerm,
            None => When::After(after),
        };
        self.set(Kind::EvaluationEnded, evaluated, happened.reported_at);
        self.term(Kind::ReportGiven, "award.report_days", Kind::EvaluationEnded, happened.reported_at);
        self.term(Kind::AwardConfirmed, "award.confirmation_days", Kind::ReportGiven, happened.confirmed_at);
        self.term(Kind::AwardPublished, "award.publication_days", Kind::AwardConfirmed, happened.awarded_at);
        // Where none is asked, and where no loser had lodged any, there is nothing to go back.
        if self.tender.content.bid_security.is_some() && happened.securities != LosersSecurities::NoneLodged {
            self.term(Kind::SecuritiesReturned, RETURN_DAYS, Kind::AwardPublished, happened.securities.returned_at());
        }
        self.term(Kind::ChallengesEnded, "challenge.window_days", Kind::AwardPublished, None);
        self.term(Kind::ContractSigned, "contract.signature_days", Kind::AwardPublished, happened.contracted_at);
        self.term(Kind::ContractPublished, "contract.publication_days", Kind::ContractSigned, None);
        self.term(Kind::ContractFiled, "contract.filing_days", Kind::ContractSigned, None);
        self.lines
    }

    /// What comes before suppliers are asked.
    fn announcement(&mut self, invited_at: Option<DateTime<Utc>>, objections: Tally, now: DateTime<Utc>) {
        use ScheduleKind as Kind;
        let choice = &self.tender.content.choice;
        let is_announced = choice.is_announced(self.rules, self.tender.content.nature, self.tender.content.budget);
        let Some(until) = choice.announced_until.filter(|_| is_announced) else { return };
        self.set(Kind::AnnouncementEnded, When::At(until), None);
        let can_object = self.tender.procedure().course().announcement == Announcement::SingleSource;
        // Where nobody has objected in time there is nothing to answer.
        if can_object && (objections.raised > 0 || now <= until) {
            let answered_at = objections.last_answered_at.filter(|_| objections.unanswered == 0 && now > until);
            self.term(Kind::ObjectionsAnswered, ANSWER_DAYS, Kind::AnnouncementEnded, answered_at);
        }
        self.set(Kind::SuppliersInvited, invited_at.map_or(When::After(Kind::AnnouncementEnded), When::At), invited_at);
    }

    /// The last day on which a change leaves as many days as are due.
    fn last_change(&mut self, deadline: DateTime<Utc>, published_at: DateTime<Utc>) {
        let key = self.tender.procedure().figure_key(CHANGE_TO_DEADLINE);
        let Some(figure) = self.rules.figure(&key).cloned() else { return };
        let due = match self.rules.last_day_before(&key, day(deadline)) {
            Some(Ok(on)) if on >= day(published_at) => When::On(on),
            Some(Err(UnknownYear(year))) => When::UnknownYear(year),
            _ => return,
        };
        self.push(ScheduleKind::LastChange, due, Some(figure), None);
    }

    fn set(&mut self, kind: ScheduleKind, due: When, done_at: Option<DateTime<Utc>>) {
        self.push(kind, due, None, done_at);
    }

    /// A date that the law counts from another: from when that happened, or from its own last day where it has not.
    fn term(&mut self, kind: ScheduleKind, key: &str, from: ScheduleKind, done_at: Option<DateTime<Utc>>) {
        let Some(figure) = self.rules.figure(key).cloned() else { return };
        let base = self.lines.iter().rfind(|line| line.kind == from);
        let start = base.map_or(When::After(from), |line| line.done_at.map_or(line.due, When::At));
        let due = match start.day() {
            Some(start) => match self.rules.period_end(key, start) {
                Some(Ok(end)) => When::On(end),
                Some(Err(UnknownYear(year))) => When::UnknownYear(year),
                None => return,
            },
            None => match start {
                When::UnknownYear(year) => When::UnknownYear(year),
                _ if has_passed(self.tender, from) => When::Unpublished,
                _ => When::After(from),
            },
        };
        self.push(kind, due, Some(figure), done_at);
    }

    fn push(&mut self, kind: ScheduleKind, due: When, figure: Option<Figure>, done_at: Option<DateTime<Utc>>) {
        self.lines.push(ScheduleEntry { kind, due, figure, done_at, standing: Standing::Ahead });
    }
}

/// The figure of the working days for which a notice stays on display, behind a procedure's prefix.
const NOTICE_DISPLAY: &str = "notice_display_days";

fn day(at: DateTime<Utc>) -> NaiveDate {
    at.with_timezone(&ZONE).date_naive()
}

/// Where a tender stands on its procedure's way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Behind it.
    Done,
    /// There.
    Here,
    /// Ahead of it.
    Ahead,
}

/// The states of the tender's way in order, with where it stands: a suspended one stands where it was stopped, one that has
/// ended without a contract stands nowhere on it any more, `reached` being the last state that it had.
pub fn way(tender: &Tender) -> Vec<(TenderStateName, Place)> {
    let mut way = tender.procedure().course().way();
    if tender.state.publication().is_some() && !is_announced(tender) {
        way.retain(|state| *state != TenderStateName::Announced);
    }
    let here = tender.state.stood();
    let at = way.iter().position(|state| *state == here);
    let place = |(index, state): (usize, TenderStateName)| {
        let place = match at {
            Some(at) if index < at => Place::Done,
            Some(at) if index == at => Place::Here,
            _ => Place::Ahead,
        };
        (state, place)
    };
    way.into_iter().enumerate().map(place).collect()
}

fn is_announced(tender: &Tender) -> bool {
    let rules = tender.state.publication().map(|publication| &publication.rules);
    rules.is_some_and(|rules| tender.content.choice.is_announced(rules, tender.content.nature, tender.content.budget))
}

#[cfg(test)]
#[path = "schedule_tests.rs"]
mod tests;
