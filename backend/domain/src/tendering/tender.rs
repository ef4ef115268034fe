//! An open tender (公开招标): from draft to notice to award, as a state machine.
//!
//! ```text
//! Draft ─submit→ Submitted ─approve→ Approved ─publish→ Published ─open→ Opened ─ … → Awarded → Contracted
//!   ↑─────return────┘                                     ├─fail→ Failed     └─cancel→ Cancelled
//! ```
//!
//! A move consumes the tender and returns it with its event.

use super::plan::Plan;
use super::tender_change::{self, FileNames, TenderChange};
use super::tender_check;
pub use super::tender_state::{Publication, TenderState, TenderStateName};
use super::tender_content::{KeyHolding, TenderContent};
use crate::ident::{LotId, OrganizationId, PlanId, TenderId, UserId};
use crate::language::LocalText;
use crate::oversight::event::{Event, Visibility};
use crate::oversight::policy_pack::{Figure, Rules, check};
use crate::refusal::{Code, Fact, Refusal, Refusals, check_text};
use crate::text::ZONE;
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
    /// Its one lot.
    pub lot: LotId,
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
        faults.take("", tender_check::intention(plan, &rules, now));
        faults.into_result()?;
        self.state = TenderState::Published(Publication { published_at: now, published_by: by, approved_by, rules });
        let content = json!({ "number": self.number, "title": self.content.title, "deadline_at": self.content.deadline_at });
        let event = self.event("tender.published", Visibility::Public, &content);
        Ok((self, event))
    }

    /// Changes a published tender before its deadline, under the law of its notice; a change that affects bids moves the
    /// deadline when too few days are left (财政部令第87号第二十七条: fifteen).
    ///
    /// # Errors
    /// `WRONG_STATE`, `DEADLINE_PASSED`, `DEADLINE_MOVED_NEARER`, `REQUIRED` at `reason.zh`, `NOTHING_CHANGED`, those of
    /// [`tender_change::check_fixed`] and [`tender_check::lawful`] under `content`.
    pub fn amend(mut self, mut content: TenderContent, reason: LocalText, names: &FileNames, now: DateTime<Utc>) -> Moved {
        let TenderState::Published(publication) = &self.state else { return Err(self.wrong_state().into()) };
        let old = self.deadline()?;
        if now > old {
            return Err(Refusal::new(Code::DeadlinePassed).with("deadline", old).into());
        }
        check_text(&reason.zh, true, REASON_MOST_CHARS).map_err(|refusal| refusal.under("reason.zh"))?;
        check_text(&reason.en, false, REASON_MOST_CHARS).map_err(|refusal| refusal.under("reason.en"))?;
        content.check_draft().map_err(|faults| faults.under("content"))?;
        // Who opens the bids can't change once bids may be sealed to them.
        content.holders.clone_from(&self.content.holders);
        content.threshold = self.content.threshold;
        let asked = content.deadline_at.unwrap_or(old);
        if asked < old {
            return Err(Refusal::at(Code::DeadlineMovedNearer, "content.deadlineAt").with("deadline", old).into());
        }
        content.deadline_at = Some(asked);
        tender_change::check_fixed(&self.content, &content).map_err(|faults| faults.under("content"))?;
        tender_check::lawful(&content, &publication.rules).map_err(|faults| faults.under("content"))?;
        if content == self.content {
            return Err(Refusal::new(Code::NothingChanged).into());
        }
        let (today, day) = (now.with_timezone(&ZONE).date_naive(), asked.with_timezone(&ZONE).date_naive());
        let moved = check::deadline_after_change(&publication.rules, today, day);
        let deadline_at = asked + (moved - day);
        content.deadline_at = Some(deadline_at);
        let changes = tender_change::changes(&self.content, &content, names);
        self.content = content;
        self.document_version += 1;
        let amendment = Amendment { document_version: self.document_version, amended_at: now, reason, deadline_at, changes };
        let event = self.event("tender.amended", Visibility::Public, &amendment);
        self.amendments.push(amendment);
        Ok((self, event))
    }

    /// The figure by which the last change moved the deadline behind the one that was `asked` for, if it did.
    pub fn deadline_rule(&self, asked: Option<DateTime<Utc>>) -> Option<&Figure> {
        let last = self.amendments.last()?;
        let moved = match asked {
            Some(asked) => last.deadline_at > asked,
            None => last.changes.iter().any(|change| change.field == "deadline"),
        };
        let rules = &self.state.publication()?.rules;
        rules.figure(check::CHANGE_TO_DEADLINE).filter(|_| moved)
    }

    /// Calls it off before bids are open, with a reason that everybody reads.
    ///
    /// # Errors
    /// `WRONG_STATE`, `REQUIRED` at `reason.zh`.
    pub fn cancel(mut self, reason: LocalText) -> Moved {
        let TenderState::Published(publication) = self.state.clone() else { return Err(self.wrong_state().into()) };
        check_text(&reason.zh, true, REASON_MOST_CHARS).map_err(|refusal| refusal.under("reason.zh"))?;
        let event = self.event("tender.cancelled", Visibility::Public, &json!({ "reason": reason }));
        self.state = TenderState::Cancelled { publication, reason };
        Ok((self, event))
    }

    /// Ends it without an award, at any time between deadline and award.
    ///
    /// # Errors
    /// `WRONG_STATE`, `DEADLINE_NOT_REACHED`.
    pub fn fail(mut self, reason: LocalText, now: DateTime<Utc>) -> Moved {
        use TenderState::{InEvaluation, Opened, Published, Qualified, Reported};
        let (Published(publication) | Opened(publication) | Qualified(publication) | InEvaluation(publication)
        | Reported(publication)) = self.state.clone()
        else {
            return Err(self.wrong_state().into());
        };
        self.after_deadline(now)?;
        let event = self.event("tender.failed", Visibility::Public, &json!({ "reason": reason }));
        self.state = TenderState::Failed { publication, reason };
        Ok((self, event))
    }

    /// Bids are open.
    ///
    /// # Errors
    /// `WRONG_STATE`, `DEADLINE_NOT_REACHED`.
    pub fn open(self, now: DateTime<Utc>) -> Moved {
        self.after_deadline(now)?;
        self.step(TenderStateName::Published, TenderState::Opened, "tender.opened")
    }

    /// It is known who qualifies.
    ///
    /// # Errors
    /// `WRONG_STATE`.
    pub fn qualify(self) -> Moved {
        self.step(TenderStateName::Opened, TenderState::Qualified, "tender.qualified")
    }

    /// The panel begins to score.
    ///
    /// # Errors
    /// `WRONG_STATE`.
    pub fn begin_evaluation(mut self, panel: Vec<UserId>) -> Moved {
        self.panel = panel;
        self.step(TenderStateName::Qualified, TenderState::InEvaluation, "tender.evaluation_began")
    }

    /// The panel has reported.
    ///
    /// # Errors
    /// `WRONG_STATE`.
    pub fn report(self) -> Moved {
        self.step(TenderStateName::InEvaluation, TenderState::Reported, "tender.reported")
    }

    /// The buyer has confirmed the award; who may is the award's affair ([`super::award::Award::confirm`]).
    ///
    /// # Errors
    /// `WRONG_STATE`.
    pub fn confirm_award(self) -> Moved {
        self.step(TenderStateName::Reported, TenderState::AwardConfirmed, "tender.award_confirmed")
    }

    /// The award is public.
    ///
    /// # Errors
    /// `WRONG_STATE`.
    pub fn publish_award(self) -> Moved {
        self.step(TenderStateName::AwardConfirmed, TenderState::Awarded, "tender.awarded")
    }

    /// Both sides have signed.
    ///
    /// # Errors
    /// `WRONG_STATE`.
    pub fn contract(self) -> Moved {
        self.step(TenderStateName::Awarded, TenderState::Contracted, "tender.contracted")
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

    fn after_deadline(&self, now: DateTime<Utc>) -> Result<(), Refusal> {
        let deadline = self.deadline()?;
        if now > deadline { Ok(()) } else { Err(Refusal::new(Code::DeadlineNotReached).with("deadline", deadline)) }
    }

    /// The steps after the deadline that only carry the publication on.
    fn step(mut self, from: TenderStateName, to: impl FnOnce(Publication) -> TenderState, name: &str) -> Moved {
        let publication = self.state.publication().filter(|_| self.state.name() == from).cloned();
        let publication = publication.ok_or_else(|| self.wrong_state())?;
        self.state = to(publication);
        // What the panel and the buyer do in between is public once the award is.
        let is_public = !matches!(self.state, TenderState::Qualified(_) | TenderState::Reported(_) | TenderState::AwardConfirmed(_));
        // Who acts may be a member of the panel: the buyer takes part and must be able to read it.
        let visibility = if is_public { Visibility::Public } else { Visibility::Parties };
        let event = self.event(name, visibility, &json!({}));
        Ok((self, event))
    }

    fn event(&self, name: &str, visibility: Visibility, content: &impl Serialize) -> Event {
        Event::new(name, TenderId::KIND, self.id.0, visibility, content).with_parties([self.buyer.0])
    }
}

#[cfg(test)]
#[path = "tender_tests.rs"]
mod tests;
