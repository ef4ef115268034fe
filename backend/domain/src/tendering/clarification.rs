//! Questions about a tender and their answers (澄清). Who asked is never told (财政部令第87号第三十一条).

use super::tender::Tender;
use crate::ident::{ClarificationId, OrganizationId, TenderId};
use crate::oversight::event::{Event, Visibility};
use crate::refusal::{Code, Refusal, Refusals, check_text};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::json;

/// The longest question or answer, in characters.
pub const CLARIFICATION_MOST_CHARS: usize = 4_000;

/// A question with its answer, once there is one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clarification {
    /// Its number in the database.
    pub id: ClarificationId,
    /// Counts its changes.
    pub version: i64,
    /// About which tender.
    pub tender: TenderId,
    /// Who asked: known to itself alone.
    pub asker: OrganizationId,
    /// What was asked, in the asker's words.
    pub question: String,
    /// When.
    pub asked_at: DateTime<Utc>,
    /// The answer and its time.
    pub answer: Option<(String, DateTime<Utc>)>,
}

impl Clarification {
    /// Asks, while questions are taken.
    ///
    /// # Errors
    /// Those of [`Tender::check_takes_questions`], `REQUIRED` and `TOO_LONG` at `question`.
    pub fn ask(
        (id, asker): (ClarificationId, OrganizationId),
        question: &str,
        tender: &Tender,
        now: DateTime<Utc>,
    ) -> Result<(Self, Event), Refusals> {
        tender.check_takes_questions(now)?;
        let tender = tender.id;
        let question = check_text(question, true, CLARIFICATION_MOST_CHARS).map_err(|refusal| refusal.under("question"))?;
        let event = Event::new("clarification.asked", ClarificationId::KIND, id.0, Visibility::Own, &json!({ "tender": tender }));
        Ok((Self { id, version: 1, tender, asker, question, asked_at: now, answer: None }, event))
    }

    /// Answers for all to read.
    ///
    /// # Errors
    /// `CONFLICT` when it has been answered, `REQUIRED` and `TOO_LONG` at `answer`.
    pub fn answer(mut self, answer: &str, now: DateTime<Utc>) -> Result<(Self, Event), Refusals> {
        if self.answer.is_some() {
            return Err(Refusal::new(Code::Conflict).into());
        }
        let answer = check_text(answer, true, CLARIFICATION_MOST_CHARS).map_err(|refusal| refusal.under("answer"))?;
        // Told on the tender's own timeline: there it is looked for.
        let content = json!({ "question": self.question, "answer": answer });
        let event = Event::new("clarification.answered", TenderId::KIND, self.tender.0, Visibility::Public, &content);
        self.answer = Some((answer, now));
        Ok((self, event))
    }
}
