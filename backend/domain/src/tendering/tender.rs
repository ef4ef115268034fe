//! A tender: from draft to notice, under the procedure that its officer has chosen. What may follow what is said by the
//! procedure's course ([`super::procedure`], printed in `docs/procedures.md`); a move consumes the tender and returns it
//! with its event. Moves after the notice stand in [`super::tender_course`], changes in [`super::tender_amend`].

use super::lot::FailedLot;
use super::mandate::{EndedMandate, Mandate};
use super::plan::Plan;
use super::procedure::Procedure;
use super::procedure::command::{Command, Target};
use super::procedure::ground::Ground;
use super::tender_change::TenderChange;
use super::tender_check;
pub use super::tender_state::{Publication, TenderState, TenderStateName};
use super::tender_content::{KeyHolding, TenderContent};
use crate::ident::{LotId, OrganizationId, PlanId, TenderId, UserId};
use crate::language::LocalText;
use crate::oversight::event::{Event, Visibility};
use crate::oversight::policy_pack::Rules;
use crate::refusal::{Code, Fact, Refusal, Refusals, check_text};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::json;

/// The longest reason, in characters.
pub const REASON_MOST_CHARS: usize = 2_000;

/// A change of a published tender (更正公告).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Amendment {
    /// The version of the documents that it made.
    pub document_version: u32,
    /// When.
    pub amended_at: DateTime<Utc>,
    /// What changed and why.
    pub reason: LocalText,
    /// The deadline from then on.
    pub deadline_at: DateTime<Utc>,
    /// What differs from the version before.
    #[serde(default)]
    pub changes: Vec<TenderChange>,
}

/// A tender.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tender {
    /// Its number in the database.
    pub id: TenderId,
    /// Counts its changes.
    pub version: i64,
    /// Its number on paper.
    pub number: String,
    /// Who buys.
    pub buyer: OrganizationId,
    /// The intention that it carries out.
    pub plan: Option<PlanId>,
    /// The tender that ended without a contract and that it repeats.
    #[serde(default)]
    pub follows: Option<TenderId>,
    /// The whole of it as its one lot, while it is not divided ([`Tender::lots`]).
    pub lot: LotId,
    /// The lots that have ended without an award while others go on.
    #[serde(default)]
    pub failed_lots: Vec<FailedLot>,
    /// What it says.
    pub content: TenderContent,
    /// The version of its documents, from 1; each amendment adds one.
    pub document_version: u32,
    /// Who drafts it.
    pub created_by: UserId,
    /// Since when.
    pub created_at: DateTime<Utc>,
    /// Its changes since the notice.
    pub amendments: Vec<Amendment>,
    /// Who is asked for bids, or for final offers; everybody while nobody is named.
    #[serde(default)]
    pub invited: Vec<OrganizationId>,
    /// The agency that acts for the buyer, or is asked to.
    #[serde(default)]
    pub mandate: Option<Mandate>,
    /// What agencies were entrusted with before.
    #[serde(default)]
    pub ended_mandates: Vec<EndedMandate>,
    /// The deadline of the first responses, once final offers have been asked for.
    #[serde(default)]
    pub first_deadline_at: Option<DateTime<Utc>>,
    /// Who evaluates.
    pub panel: Vec<UserId>,
    /// Where it stands.
    pub state: TenderState,
}

/// A tender after a move, and the event of the move.
pub type Moved = Result<(Tender, Event), Refusals>;

impl Tender {
    /// Writes the draft anew (autosave). Incomplete is fine; what does not fit its limits is not.
    ///
    /// # Errors
    /// `WRONG_STATE` once handed in, and those of [`TenderContent::check_draft`].
    pub fn write(mut self, content: TenderContent, by: UserId) -> Moved {
        let wrong_state = self.wrong_state();
        let TenderState::Draft { writers, .. } = &mut self.state else { return Err(wrong_state.into()) };
        if !writers.contains(&by) {
            writers.push(by);
        }
        content.check_draft().map_err(|faults| faults.under("content"))?;
        self.content = content;
        let event = self.event("tender.drafted", Visibility::Own, &json!({}));
        Ok((self, event))
    }

    /// Hands the draft in for approval. `spare` is the supervisor's key from [`super::holder_key::spare`]: who approves
    /// sees it among the holders.
    ///
    /// # Errors
    /// `WRONG_STATE`, and those of [`tender_check::ready`].
    pub fn submit(mut self, rules: &Rules, spare: Option<KeyHolding>, by: UserId, now: DateTime<Utc>) -> Moved {
        let TenderState::Draft { writers, .. } = &self.state else { return Err(self.wrong_state().into()) };
        // What is refused says what the officer wrote; the spare is no help to it.
        tender_check::ready(&self.content, rules, now)?;
        let event = self.event("tender.submitted", Visibility::Own, &json!({ "by": by, "spare": spare.as_ref().map(|spare| spare.user) }));
        self.state = TenderState::Submitted { by, writers: writers.clone() };
        self.content.holders.extend(spare);
        Ok((self, event))
    }

    /// Sends a submitted draft back with a reason.
    ///
    /// # Errors
    /// `WRONG_STATE`, `REQUIRED` or `TOO_LONG` at `reason`.
    pub fn send_back(mut self, reason: &str) -> Moved {
        let TenderState::Submitted { writers, .. } = &self.state else { return Err(self.wrong_state().into()) };
        let writers = writers.clone();
        let reason = check_text(reason, true, REASON_MOST_CHARS).map_err(|refusal| refusal.under("reason"))?;
        let event = self.event("tender.returned", Visibility::Own, &json!({ "reason": reason }));
        self.state = TenderState::Draft { returned: Some(reason), writers };
        Ok((self, event))
    }

    /// Whether a person began the draft, wrote in it or handed it in.
    pub fn is_written_by(&self, user: UserId) -> bool {
        let wrote = match &self.state {
            TenderState::Draft { writers, .. } => writers.contains(&user),
            TenderState::Submitted { by, writers } => *by == user || writers.contains(&user),
            _ => false,
        };
        wrote || user == self.created_by
    }

    /// Approves a submitted draft: nobody approves what they wrote or handed in.
    ///
    /// # Errors
    /// `WRONG_STATE`, `SAME_PERSON`.
    pub fn approve(mut self, by: UserId) -> Moved {
        let TenderState::Submitted { .. } = &self.state else { return Err(self.wrong_state().into()) };
        if self.is_written_by(by) {
            return Err(Refusal::new(Code::SamePerson).into());
        }
        self.state = TenderState::Approved { by };
        let event = self.event("tender.approved", Visibility::Own, &json!({ "by": by }));
        Ok((self, event))
    }

    /// Publishes the notice under the law of the day, which is frozen into the tender. `plan` is the intention that it
    /// names.
    ///
    /// # Errors
    /// `WRONG_STATE`, those of [`tender_check::intention`], and those of [`tender_check::ready`]: a deadline that was fine
    /// when handed in may not be now.
    pub fn publish(mut self, plan: Option<&Plan>, rules: Rules, by: UserId, now: DateTime<Utc>) -> Moved {
        let TenderState::Approved { by: approved_by } = self.state else { return Err(self.wrong_state().into()) };
        let mut faults = tender_check::ready(&self.content, &rules, now).err().unwrap_or_default();
        if self.procedure().course().is_foretold {
            faults.take("", tender_check::intention(plan, &rules, now));
        }
        faults.into_result()?;
        let is_announced = self.content.choice.is_announced(&rules, self.content.nature, self.content.budget);
        let (command, name) =
            if is_announced { (Command::Announce, "tender.announced") } else { (Command::Publish, "tender.published") };
        if !is_announced {
            self.invited.extend(self.content.choice.sole_supplier);
        }
        let to = self.target(command)?;
        let publication = Publication { published_at: now, published_by: by, invited_at: None, approved_by, rules };
        self.state = TenderState::carrying(to, publication).ok_or_else(|| self.wrong_state())?;
        let content = json!({
            "number": self.number, "title": self.content.title, "procedure": self.procedure(),
            "deadline_at": self.content.deadline_at, "announced_until": self.content.choice.announced_until,
        });
        let event = self.event(name, Visibility::Public, &content);
        Ok((self, event))
    }

    /// By which procedure it buys.
    pub const fn procedure(&self) -> Procedure {
        self.content.choice.procedure
    }

    /// Whether it repeats one that found no bid or none that conformed, on that ground.
    pub fn is_after_failure(&self) -> bool {
        self.follows.is_some() && self.content.choice.ground == Some(Ground::NoBidsOrFailed)
    }

    /// With fewer bidders it fails, by the law of its notice; nothing before the notice, or where that law has no such figure.
    pub fn fewest_bidders(&self) -> Option<usize> {
        let rules = &self.state.publication()?.rules;
        let figure = self.procedure().fewest_bidders(rules, self.is_after_failure())?;
        usize::try_from(figure.value).ok()
    }

    /// Refuses what its procedure does not allow in its state.
    ///
    /// # Errors
    /// `WRONG_STATE`.
    pub fn check(&self, command: Command) -> Result<(), Refusal> {
        self.procedure().course().target(self.state.name(), command).map(|_| ()).ok_or_else(|| self.wrong_state())
    }

    /// Where a command leads it.
    pub(super) fn target(&self, command: Command) -> Result<TenderStateName, Refusal> {
        let target = self.procedure().course().target(self.state.name(), command);
        target.and_then(Target::state).ok_or_else(|| self.wrong_state())
    }

    /// Until when bids are taken.
    ///
    /// # Errors
    /// `REQUIRED` at `deadlineAt` in a draft without one.
    pub fn deadline(&self) -> Result<DateTime<Utc>, Refusal> {
        self.content.deadline_at.ok_or_else(|| Refusal::at(Code::Required, "deadlineAt"))
    }

    /// `WRONG_STATE`, with the state in the reader's words.
    pub fn wrong_state(&self) -> Refusal {
        Refusal::new(Code::WrongState).with("state", Fact::word(self.state.name().text_key()))
    }

    pub(super) fn event(&self, name: &str, visibility: Visibility, content: &impl Serialize) -> Event {
        Event::new(name, TenderId::KIND, self.id.0, visibility, content).with_parties([self.buyer.0].into_iter().chain(self.mandate.as_ref().map(|mandate| mandate.agency.0)))
    }
}

#[cfg(test)]
#[path = "tender_tests.rs"]
mod tests;
