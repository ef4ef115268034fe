//! What bid securities want of somebody.

use super::policy_pack::calendar::Calendar;
use super::task::{About, Reader, Subject, Task, TaskKind, about, end_of};
use crate::contracting::bid_security::{BidSecurity, may_know};
use crate::contracting::bid_security_due::{DueBack, RETURN_DAYS, due_back};
use crate::contracting::bid_security_state::SecurityState;
use crate::identity::permission::Scope;
use crate::tendering::tender::Tender;
use chrono::{DateTime, Utc};

impl Reader<'_> {
    /// What a bid security wants of its buyer: a decision of finance by the deadline, the return by its day, the decision
    /// of an approver on a forfeiture. Nothing of those who may not know of it.
    pub fn of_security(&self, security: &BidSecurity, tender: &Tender) -> Option<Task> {
        if !may_know(self.actor, &tender.state, &security.state) {
            return None;
        }
        let (kind, due_at) = match &security.state {
            SecurityState::Lodged => (TaskKind::DecideSecurity, tender.content.deadline_at),
            SecurityState::ForfeitureProposed { proposal, .. } => {
                if self.actor.person().is_some_and(|person| person.user == proposal.by) {
                    return None;
                }
                (TaskKind::DecideForfeiture, None)
            }
            _ => (TaskKind::ReturnSecurity, due_at(security.owed_since()?, tender, self.pack.calendar())),
        };
        let rules = tender.state.publication().map(|publication| &publication.rules);
        let source = rules.and_then(|rules| rules.figure(RETURN_DAYS)).map(|figure| figure.source.clone());
        let about = About { subject: Subject::BidSecurity(security.id), ..about(tender, Some(security.supplier)) };
        let task = self.task(kind, &Scope::owned_by(security.buyer), due_at, about)?;
        Some(Task { rule: source.filter(|_| kind == TaskKind::ReturnSecurity), ..task })
    }
}

/// The end of the day by which a security goes back; nothing where that day is not known.
fn due_at(since: DateTime<Utc>, tender: &Tender, calendar: &Calendar) -> Option<DateTime<Utc>> {
    match due_back(since, &tender.state.publication()?.rules, calendar) {
        DueBack::On(day) => end_of(day),
        DueBack::YearUnknown(_) | DueBack::NoFigure => None,
    }
}
