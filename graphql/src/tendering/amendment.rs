//! Changes of published tenders.

use crate::values::LocalText;
use async_graphql::SimpleObject;
use chrono::{DateTime, Utc};
use domain::tendering::{tender, tender_change};

/// A change of a published tender (更正公告).
#[derive(Clone, Debug, SimpleObject)]
pub struct Amendment {
    /// The version of the documents that it made.
    pub document_version: u32,
    /// When.
    pub amended_at: DateTime<Utc>,
    /// What changed and why.
    pub reason: LocalText,
    /// The deadline from then on.
    pub deadline_at: DateTime<Utc>,
    /// What differs from the version before, line by line.
    pub changes: Vec<TenderChange>,
}

/// A line of a tender that a change made differ.
#[derive(Clone, Debug, SimpleObject)]
pub struct TenderChange {
    /// What it is a line of: `deadline`, `requirement`, `document`, `criterion`, `description` and so on.
    pub field: String,
    /// How it read, in words; null when it was not there.
    pub before: Option<LocalText>,
    /// How it reads, in words; null when it is gone.
    pub after: Option<LocalText>,
}

impl From<tender_change::TenderChange> for TenderChange {
    fn from(change: tender_change::TenderChange) -> Self {
        Self { field: change.field, before: change.before.map(Into::into), after: change.after.map(Into::into) }
    }
}

impl From<tender::Amendment> for Amendment {
    fn from(one: tender::Amendment) -> Self {
        Self {
            document_version: one.document_version,
            amended_at: one.amended_at,
            reason: one.reason.into(),
            deadline_at: one.deadline_at,
            changes: one.changes.into_iter().map(Into::into).collect(),
        }
    }
}
