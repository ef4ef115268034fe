//! Questions about tenders and their answers.

use crate::ident;
use crate::payload::UserError;
use async_graphql::{ID, InputObject, Object, SimpleObject};
use chrono::{DateTime, Utc};
use domain::ident::ClarificationId;
use domain::tendering::clarification;

/// A question about a tender, with its answer once there is one. Who asked is never told.
pub struct Clarification(pub clarification::Clarification);

/// A question about a tender, with its answer once there is one. Who asked is never told.
#[Object]
impl Clarification {
    /// Its global id.
    async fn id(&self) -> ID {
        ident::global(ClarificationId::KIND, self.0.id.0)
    }

    /// What was asked, in the asker's words.
    async fn question(&self) -> &str {
        &self.0.question
    }

    /// When.
    async fn asked_at(&self) -> DateTime<Utc> {
        self.0.asked_at
    }

    /// The buyer's answer.
    async fn answer(&self) -> Option<&str> {
        self.0.answer.as_ref().map(|(answer, _)| answer.as_str())
    }

    /// When it was answered.
    async fn answered_at(&self) -> Option<DateTime<Utc>> {
        self.0.answer.as_ref().map(|(_, at)| *at)
    }
}

/// Asks about a tender.
#[derive(Clone, Debug, InputObject)]
pub struct AskClarificationInput {
    /// The tender.
    pub tender_id: ID,
    /// The question, at most 4,000 characters. Everybody reads it once answered: don't say who you are.
    pub question: String,
    /// The same key with the same input does this once.
    pub idempotency_key: Option<String>,
}

/// Answers a question.
#[derive(Clone, Debug, InputObject)]
pub struct AnswerClarificationInput {
    /// The question.
    pub clarification_id: ID,
    /// The answer, at most 4,000 characters; everybody reads it.
    pub answer: String,
    /// The same key with the same input does this once.
    pub idempotency_key: Option<String>,
}

/// The question after what was done.
#[derive(SimpleObject)]
pub struct ClarificationPayload {
    /// The question; null when nothing was done.
    pub clarification: Option<Clarification>,
    /// What you can mend.
    pub user_errors: Vec<UserError>,
}
