//! Who must act next on a tender, by when, and under which rule: read off the procedure's course and the dates.

use super::procedure::command::Command;
use super::procedure::table::roles;
use super::schedule::{ScheduleEntry, ScheduleKind, When};
use super::tender::{Tender, TenderStateName};
use crate::identity::role::Role;
use chrono::{DateTime, Utc};

/// What is to be done next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NextAct {
    /// What.
    pub command: Command,
    /// Who may, each of them by the permission table.
    pub roles: Vec<Role>,
    /// By when, where a date of the tender says so.
    pub due: Option<When>,
    /// The article: of the date where one is due, otherwise the one on which the act rests; empty for the house's own order.
    pub source: String,
}

/// Who must act next, with the dates that [`super::schedule::schedule`] gives.
pub fn next_acts(tender: &Tender, dates: &[ScheduleEntry], now: DateTime<Utc>) -> Vec<NextAct> {
    let state = tender.state.name();
    // Where nobody has objected, or all are answered, nothing is to be answered.
    let is_answered = !dates.iter().any(|entry| entry.kind == ScheduleKind::ObjectionsAnswered && entry.done_at.is_none());
    let is_awaited = |command| awaited(tender, command, now) && !(command == Command::AnswerObjection && is_answered);
    let moves = tender.procedure().course().moves().filter(|one| one.from == state && is_awaited(one.command));
    // The law of a draft is not known before its notice.
    let rules = tender.state.publication().map(|publication| &publication.rules);
    let act = |command: Command| {
        let date = date_of(command, state).and_then(|kind| dates.iter().rfind(|entry| entry.kind == kind && entry.done_at.is_none()));
        let article = date.and_then(|entry| entry.figure.as_ref()).map(|figure| figure.source.clone());
        NextAct {
            command,
            roles: roles(command),
            due: date.map(|entry| entry.due),
            source: article.unwrap_or_else(|| rules.map_or("", |rules| command.source(rules)).to_owned()),
        }
    };
    moves.map(|one| act(one.command)).collect()
}

/// Whether a command is what a tender waits for in its state, at this time.
fn awaited(tender: &Tender, command: Command, now: DateTime<Utc>) -> bool {
    let (state, content) = (tender.state.name(), &tender.content);
    // An end is reached with its last second: bids and objections that come in it are in time.
    let runs = |end: Option<DateTime<Utc>>| end.is_some_and(|end| now <= end);
    match state {
        TenderStateName::Announced if runs(content.choice.announced_until) => matches!(command, Command::Apply | Command::Object),
        TenderStateName::Announced => matches!(command, Command::JudgeApplications | Command::AnswerObjection | Command::Invite),
        _ if state.takes_bids() && runs(content.deadline_at) => command == Command::SubmitBid,
        _ if state.takes_bids() => command == Command::OpenBids,
        TenderStateName::Approved => command == announcement(tender),
        TenderStateName::Suspended => matches!(command, Command::Resume | Command::Cancel),
        _ if state.is_ended() => command == Command::BeginAgain,
        // Opened bids can be opened further, which leads nowhere.
        _ if state.is_opened() => command.is_onward() && command != Command::OpenBids,
        _ => command.is_onward() || is_preparation(command),
    }
}

/// What publishes an approved tender: the notice itself, or what is announced before suppliers are asked.
fn announcement(tender: &Tender) -> Command {
    let is_announced = tender.content.choice.announced_until.is_some();
    let can = |command| tender.check(command).is_ok();
    if can(Command::Announce) && (is_announced || !can(Command::Publish)) { Command::Announce } else { Command::Publish }
}

/// What must be done in a state before its onward command can be.
const fn is_preparation(command: Command) -> bool {
    matches!(command, Command::AppointPanel | Command::Negotiate | Command::Score | Command::MakeContract)
}

/// The date by which a command is due.
fn date_of(command: Command, state: TenderStateName) -> Option<ScheduleKind> {
    Some(match command {
        Command::Apply | Command::Object => ScheduleKind::AnnouncementEnded,
        Command::AnswerObjection => ScheduleKind::ObjectionsAnswered,
        Command::SubmitBid if state == TenderStateName::FinalOffers => ScheduleKind::FinalDeadlineReached,
        Command::SubmitBid => ScheduleKind::DeadlineReached,
        Command::OpenBids if state == TenderStateName::Published => ScheduleKind::BidsOpened,
        Command::ConfirmAward => ScheduleKind::AwardConfirmed,
        Command::PublishAward => ScheduleKind::AwardPublished,
        Command::MakeContract | Command::SignContract => ScheduleKind::ContractSigned,
        _ => return None,
    })
}
