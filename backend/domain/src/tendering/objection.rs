//! An objection to an announced single source (单一来源公示异议; 政府采购法实施条例第三十八条, 财政部令第74号第三十八至四十条).
//!
//! Whoever can supply the same objects in writing while the notice is on display. The buyer argues the matter anew and
//! answers each objection with its reasons. The sole supplier is asked for its offer only once every objection has been
//! answered and none was upheld; where one was, the purchase is called off and begins again by another procedure.

use super::procedure::command::Command;
use super::tender::{Moved, Tender};
use crate::ident::{FileId, ObjectionId, OrganizationId, TenderId, UserId};
use crate::oversight::event::{Event, Visibility};
use crate::refusal::{Code, Refusal, Refusals, check_text};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::json;

/// The longest objection, and the longest reasons of an answer, in characters.
pub const OBJECTION_MOST_CHARS: usize = 4_000;
/// The figure of the working days after the notice's end within which the buyer argues the matter anew and answers.
pub const ANSWER_DAYS: &str = "single_source.answer_days";

/// The buyer's answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ObjectionAnswer {
    /// Whether the objection holds, so that the purchase does not go on by a single source.
    pub is_upheld: bool,
    /// Why; everybody reads it.
    pub reasons: String,
    /// By whom.
    pub answered_by: UserId,
    /// When.
    pub answered_at: DateTime<Utc>,
}

/// An objection, with its answer once there is one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Objection {
    /// Its number in the database.
    pub id: ObjectionId,
    /// Counts its changes.
    pub version: i64,
    /// To which tender.
    pub tender: TenderId,
    /// Who objects: known to itself and to the buyer.
    pub objector: OrganizationId,
    /// What is objected, in the objector's words.
    pub text: String,
    /// A file that shows it, if any: for the buyer, not for the public.
    pub file: Option<FileId>,
    /// When.
    pub raised_at: DateTime<Utc>,
    /// The answer.
    pub answer: Option<ObjectionAnswer>,
}

/// How the objections to a tender stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// How many there are.
    pub raised: usize,
    /// How many of them wait for an answer.
    pub unanswered: usize,
    /// How many of them were upheld.
    pub upheld: usize,
    /// When the last of the answers was given.
    pub last_answered_at: Option<DateTime<Utc>>,
}

impl Tally {
    /// Refuses to go on while an objection waits, or where one holds.
    ///
    /// # Errors
    /// `OBJECTIONS_UNANSWERED`, `OBJECTION_UPHELD`.
    pub fn check_settled(self) -> Result<(), Refusal> {
        // One that holds ends the matter, whatever the others say.
        if self.upheld > 0 {
            return Err(Refusal::new(Code::ObjectionUpheld));
        }
        if self.unanswered > 0 {
            return Err(Refusal::new(Code::ObjectionsUnanswered).with("count", self.unanswered));
        }
        Ok(())
    }
}

impl Objection {
    /// Objects to a tender that is announced, while the notice is on display. `has_objected` says whether this supplier has
    /// done so before.
    ///
    /// # Errors
    /// `WRONG_STATE`, `ANNOUNCEMENT_OVER`, `SOLE_SUPPLIER_OBJECTS`, `OBJECTED_ALREADY`, `REQUIRED` and `TOO_LONG` at `text`.
    pub fn raise(
        (id, objector): (ObjectionId, OrganizationId),
        tender: &Tender,
        (text, file): (&str, Option<FileId>),
        has_objected: bool,
        now: DateTime<Utc>,
    ) -> Result<(Self, Event), Refusals> {
        tender.check(Command::Object)?;
        if let Some(until) = tender.content.choice.announced_until.filter(|until| now > *until) {
            return Err(Refusal::new(Code::AnnouncementOver).with("until", until).into());
        }
        if tender.content.choice.sole_supplier == Some(objector) {
            return Err(Refusal::new(Code::SoleSupplierObjects).into());
        }
        if has_objected {
            return Err(Refusal::new(Code::ObjectedAlready).into());
        }
        let text = check_text(text, true, OBJECTION_MOST_CHARS).map_err(|refusal| refusal.under("text"))?;
        let content = json!({ "tender": tender.id, "text": text, "file": file });
        // Who objects is told to the buyer alone: the public reads the objection with its answer.
        let event = Event::new("objection.raised", ObjectionId::KIND, id.0, Visibility::Parties, &content).with_parties([tender.buyer.0]);
        Ok((Self { id, version: 1, tender: tender.id, objector, text, file, raised_at: now, answer: None }, event))
    }

    /// Answers it with reasons that everybody reads. The first event is the public one on the tender's timeline; the second
    /// tells the objector.
    ///
    /// # Errors
    /// `WRONG_STATE`, `CONFLICT` when it has been answered, `REQUIRED` and `TOO_LONG` at `reasons`.
    pub fn answer(
        mut self,
        tender: &Tender,
        (is_upheld, reasons): (bool, &str),
        by: UserId,
        now: DateTime<Utc>,
    ) -> Result<(Self, [Event; 2]), Refusals> {
        tender.check(Command::AnswerObjection)?;
        if self.answer.is_some() {
            return Err(Refusal::new(Code::Conflict).into());
        }
        let reasons = check_text(reasons, true, OBJECTION_MOST_CHARS).map_err(|refusal| refusal.under("reasons"))?;
        let public = json!({ "text": self.text, "is_upheld": is_upheld, "reasons": reasons });
        let told = json!({ "tender": self.tender, "is_upheld": is_upheld, "reasons": reasons });
        let events = [
            Event::new("objection.answered", TenderId::KIND, self.tender.0, Visibility::Public, &public),
            Event::new("objection.decided", ObjectionId::KIND, self.id.0, Visibility::Parties, &told)
                .with_parties([tender.buyer.0, self.objector.0]),
        ];
        self.answer = Some(ObjectionAnswer { is_upheld, reasons, answered_by: by, answered_at: now });
        Ok((self, events))
    }
}

impl Tender {
    /// Asks the sole supplier for its offer, once the notice is over and the objections to it are settled. A deadline that
    /// leaves too few days from now on must be moved: `deadline_at` says to when.
    ///
    /// # Errors
    /// `WRONG_STATE`, `ANNOUNCEMENT_RUNS`, `OBJECTION_UPHELD`, `OBJECTIONS_UNANSWERED`, and those of [`Tender::invite`].
    pub fn invite_sole_supplier(self, objections: Tally, deadline_at: Option<DateTime<Utc>>, now: DateTime<Utc>) -> Moved {
        // Of what is announced only a single source takes objections.
        self.check(Command::Object)?;
        let sole = self.content.choice.sole_supplier.ok_or_else(|| Refusal::at(Code::Required, "soleSupplier"))?;
        // While anybody may still object there is nothing to settle: that the time still runs comes first.
        if self.content.choice.announced_until.is_none_or(|until| now > until) {
            objections.check_settled()?;
        }
        self.invite(vec![sole], deadline_at, now)
    }
}

#[cfg(test)]
#[path = "objection_tests.rs"]
mod tests;
