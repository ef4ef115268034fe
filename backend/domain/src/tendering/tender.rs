//! An open tender (公开招标): from draft to notice to award, as a state machine.
//!
//! ```text
//! Draft ─submit→ Submitted ─approve→ Approved ─publish→ Published ─open→ Opened ─ … → Awarded → Contracted
//!   ↑─────return────┘                                     ├─fail→ Failed     └─cancel→ Cancelled
//! ```
//!
//! A move consumes the tender and returns it with its event.

use super::tender_check;
use super::tender_content::TenderContent;
use crate::ident::{LotId, OrganizationId, PlanId, TenderId, UserId};
use crate::language::LocalText;
use crate::oversight::event::{Event, Visibility};
use crate::oversight::policy_pack::{Rules, check};
use crate::refusal::{Code, Fact, Refusal, Refusals, check_text};
use crate::text::ZONE;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::json;

/// The longest reason, in characters.
pub const REASON_MOST_CHARS: usize = 2_000;

/// The notice and the law that governs it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Publication {
    /// When.
    pub published_at: DateTime<Utc>,
    /// By whom.
    pub published_by: UserId,
    /// Who approved it: another person.
    pub approved_by: UserId,
    /// The law of the day of the notice, which holds to the end.
    pub rules: Rules,
}

/// Where a tender stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "name", rename_all = "snake_case")]
pub enum TenderState {
    /// The officer writes.
    Draft {
        /// Why the approver sent it back, if so.
        returned: Option<String>,
    },
    /// Handed in for approval.
    Submitted {
        /// By whom.
        by: UserId,
    },
    /// Approved; not public yet.
    Approved {
        /// By whom.
        by: UserId,
    },
    /// The notice is public; bids are taken until the deadline.
    Published(Publication),
    /// Bids are open.
    Opened(Publication),
    /// It is known who qualifies.
    Qualified(Publication),
    /// The panel scores.
    InEvaluation(Publication),
    /// The panel has reported.
    Reported(Publication),
    /// The buyer has confirmed the award.
    AwardConfirmed(Publication),
    /// The award is public.
    Awarded(Publication),
    /// Both sides have signed.
    Contracted(Publication),
    /// Too few competitors (废标).
    Failed {
        /// The notice.
        publication: Publication,
        /// Why.
        reason: LocalText,
    },
    /// Called off by the buyer.
    Cancelled {
        /// The notice.
        publication: Publication,
        /// Why.
        reason: LocalText,
    },
}

impl TenderState {
    /// All names, as in the database.
    pub const NAMES: &'static [&'static str] = &[
        "draft", "submitted", "approved", "published", "opened", "qualified", "in_evaluation", "reported",
        "award_confirmed", "awarded", "contracted", "failed", "cancelled",
    ];

    /// Its name.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Draft { .. } => "draft",
            Self::Submitted { .. } => "submitted",
            Self::Approved { .. } => "approved",
            Self::Published(_) => "published",
            Self::Opened(_) => "opened",
            Self::Qualified(_) => "qualified",
            Self::InEvaluation(_) => "in_evaluation",
            Self::Reported(_) => "reported",
            Self::AwardConfirmed(_) => "award_confirmed",
            Self::Awarded(_) => "awarded",
            Self::Contracted(_) => "contracted",
            Self::Failed { .. } => "failed",
            Self::Cancelled { .. } => "cancelled",
        }
    }

    /// The notice, once there is one.
    pub const fn publication(&self) -> Option<&Publication> {
        match self {
            Self::Draft { .. } | Self::Submitted { .. } | Self::Approved { .. } => None,
            Self::Published(publication) | Self::Opened(publication) | Self::Qualified(publication)
            | Self::InEvaluation(publication) | Self::Reported(publication) | Self::AwardConfirmed(publication)
            | Self::Awarded(publication) | Self::Contracted(publication)
            | Self::Failed { publication, .. } | Self::Cancelled { publication, .. } => Some(publication),
        }
    }
}

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
    pub fn write(mut self, content: TenderContent) -> Moved {
        let TenderState::Draft { .. } = self.state else { return Err(self.wrong_state().into()) };
        content.check_draft()?;
        self.content = content;
        let event = self.event("tender.drafted", Visibility::Own, &json!({}));
        Ok((self, event))
    }

    /// Hands the draft in for approval.
    ///
    /// # Errors
    /// `WRONG_STATE`, and those of [`tender_check::ready`].
    pub fn submit(mut self, rules: &Rules, by: UserId, now: DateTime<Utc>) -> Moved {
        let TenderState::Draft { .. } = self.state else { return Err(self.wrong_state().into()) };
        tender_check::ready(&self.content, rules, now)?;
        self.state = TenderState::Submitted { by };
        let event = self.event("tender.submitted", Visibility::Own, &json!({ "by": by }));
        Ok((self, event))
    }

    /// Sends a submitted draft back with a reason.
    ///
    /// # Errors
    /// `WRONG_STATE`, `REQUIRED` or `TOO_LONG` at `reason`.
    pub fn send_back(mut self, reason: &str) -> Moved {
        let TenderState::Submitted { .. } = self.state else { return Err(self.wrong_state().into()) };
        let reason = check_text(reason, true, REASON_MOST_CHARS).map_err(|refusal| refusal.under("reason"))?;
        let event = self.event("tender.returned", Visibility::Own, &json!({ "reason": reason }));
        self.state = TenderState::Draft { returned: Some(reason) };
        Ok((self, event))
    }

    /// Approves a submitted draft: never by its writer nor by who handed it in (政府采购法实施条例: 不相容岗位分离).
    ///
    /// # Errors
    /// `WRONG_STATE`, `SAME_PERSON`.
    pub fn approve(mut self, by: UserId) -> Moved {
        let TenderState::Submitted { by: submitter } = self.state else { return Err(self.wrong_state().into()) };
        if by == submitter || by == self.created_by {
            return Err(Refusal::new(Code::SamePerson).into());
        }
        self.state = TenderState::Approved { by };
        let event = self.event("tender.approved", Visibility::Own, &json!({ "by": by }));
        Ok((self, event))
    }

    /// Publishes the notice under the law of the day, which is frozen into the tender.
    ///
    /// # Errors
    /// `WRONG_STATE`, and those of [`tender_check::ready`]: a deadline that was fine when handed in may not be now.
    pub fn publish(mut self, rules: Rules, by: UserId, now: DateTime<Utc>) -> Moved {
        let TenderState::Approved { by: approved_by } = self.state else { return Err(self.wrong_state().into()) };
        tender_check::ready(&self.content, &rules, now)?;
        self.state = TenderState::Published(Publication { published_at: now, published_by: by, approved_by, rules });
        let content = json!({ "number": self.number, "title": self.content.title, "deadline_at": self.content.deadline_at });
        let event = self.event("tender.published", Visibility::Public, &content);
        Ok((self, event))
    }

    /// Changes a published tender before its deadline; a change that affects bids moves the deadline when too few days
    /// are left (财政部令第87号第二十七条: fifteen).
    ///
    /// # Errors
    /// `WRONG_STATE`, `DEADLINE_PASSED`, `REQUIRED` at `reason.zh`, and those of [`TenderContent::check_draft`].
    pub fn amend(mut self, mut content: TenderContent, reason: LocalText, now: DateTime<Utc>) -> Moved {
        let TenderState::Published(publication) = &self.state else { return Err(self.wrong_state().into()) };
        let old = self.deadline()?;
        if now > old {
            return Err(Refusal::new(Code::DeadlinePassed).with("deadline", old).into());
        }
        check_text(&reason.zh, true, REASON_MOST_CHARS).map_err(|refusal| refusal.under("reason.zh"))?;
        content.check_draft()?;
        // Who opens the bids can't change once bids may be sealed to them.
        content.holders.clone_from(&self.content.holders);
        content.threshold = self.content.threshold;
        let asked = content.deadline_at.unwrap_or(old).max(old);
        let (today, day) = (now.with_timezone(&ZONE).date_naive(), asked.with_timezone(&ZONE).date_naive());
        let moved = check::deadline_after_change(&publication.rules, today, day);
        let deadline_at = asked + (moved - day);
        content.deadline_at = Some(deadline_at);
        self.content = content;
        self.document_version += 1;
        let amendment = Amendment { document_version: self.document_version, amended_at: now, reason, deadline_at };
        let event = self.event("tender.amended", Visibility::Public, &amendment);
        self.amendments.push(amendment);
        Ok((self, event))
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
        self.step("published", TenderState::Opened, "tender.opened")
    }

    /// It is known who qualifies.
    ///
    /// # Errors
    /// `WRONG_STATE`.
    pub fn qualify(self, _now: DateTime<Utc>) -> Moved {
        self.step("opened", TenderState::Qualified, "tender.qualified")
    }

    /// The panel begins to score.
    ///
    /// # Errors
    /// `WRONG_STATE`.
    pub fn begin_evaluation(mut self, panel: Vec<UserId>, _now: DateTime<Utc>) -> Moved {
        self.panel = panel;
        self.step("qualified", TenderState::InEvaluation, "tender.evaluation_began")
    }

    /// The panel has reported.
    ///
    /// # Errors
    /// `WRONG_STATE`.
    pub fn report(self, _now: DateTime<Utc>) -> Moved {
        self.step("in_evaluation", TenderState::Reported, "tender.reported")
    }

    /// The buyer confirms the award: not the person who drafted the tender.
    ///
    /// # Errors
    /// `WRONG_STATE`, `SAME_PERSON`.
    pub fn confirm_award(self, by: UserId, _now: DateTime<Utc>) -> Moved {
        if by == self.created_by {
            return Err(Refusal::new(Code::SamePerson).into());
        }
        self.step("reported", TenderState::AwardConfirmed, "tender.award_confirmed")
    }

    /// The award is public.
    ///
    /// # Errors
    /// `WRONG_STATE`.
    pub fn publish_award(self, _by: UserId, _now: DateTime<Utc>) -> Moved {
        self.step("award_confirmed", TenderState::Awarded, "tender.awarded")
    }

    /// Both sides have signed.
    ///
    /// # Errors
    /// `WRONG_STATE`.
    pub fn contract(self, _now: DateTime<Utc>) -> Moved {
        self.step("awarded", TenderState::Contracted, "tender.contracted")
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
        Refusal::new(Code::WrongState).with("state", Fact::word(format!("tender-state-{}", self.state.name().replace('_', "-"))))
    }

    fn after_deadline(&self, now: DateTime<Utc>) -> Result<(), Refusal> {
        let deadline = self.deadline()?;
        if now > deadline { Ok(()) } else { Err(Refusal::new(Code::DeadlineNotReached).with("deadline", deadline)) }
    }

    /// The steps after the deadline that only carry the publication on.
    fn step(mut self, from: &str, to: impl FnOnce(Publication) -> TenderState, name: &str) -> Moved {
        let publication = self.state.publication().filter(|_| self.state.name() == from).cloned();
        let publication = publication.ok_or_else(|| self.wrong_state())?;
        self.state = to(publication);
        // What the panel and the buyer do in between is public once the award is.
        let is_public = !matches!(self.state, TenderState::Qualified(_) | TenderState::Reported(_) | TenderState::AwardConfirmed(_));
        let visibility = if is_public { Visibility::Public } else { Visibility::Own };
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
