//! What is asked of tenders and done to them.

use super::amendment::Amendment;
use super::tender::{Tender, TenderStateName};
use super::tender_content::TenderContentInput;
use crate::ident;
use crate::payload::UserError;
use crate::values::LocalTextInput;
use app::tendering::tender as tenders;
use async_graphql::{Enum, ID, InputObject, SimpleObject};
use chrono::{DateTime, Utc};
use domain::ident::OrganizationId;
use domain::tendering::tender;

/// What a list of tenders is narrowed down to.
#[derive(Clone, Debug, Default, InputObject)]
pub struct TenderFilter {
    /// Of this buyer.
    pub buyer_id: Option<ID>,
    /// In one of these states; empty for all.
    #[graphql(default)]
    pub states: Vec<TenderStateName>,
    /// In the category whose code begins so.
    pub category: Option<String>,
    /// Only those that still take bids.
    #[graphql(default)]
    pub is_open: bool,
    /// Only those whose deadline is this instant or earlier.
    pub deadline_before: Option<DateTime<Utc>>,
}

/// The order of a list of tenders.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "app::tendering::tender::TenderSort")]
pub enum TenderSort {
    /// The last published first.
    Newest,
    /// The next deadline first; what has none yet is left out.
    Deadline,
    /// The largest budget first.
    Budget,
}

impl TenderFilter {
    /// The filter in the house's words.
    ///
    /// # Errors
    /// `MALFORMED` at `buyerId`.
    pub fn read(self, sort: Option<TenderSort>, now: DateTime<Utc>) -> Result<tenders::TenderFilter, app::Error> {
        let mut states: Vec<tender::TenderStateName> = self.states.into_iter().map(Into::into).collect();
        if self.is_open && states.is_empty() {
            states.push(tender::TenderStateName::Published);
        }
        Ok(tenders::TenderFilter {
            buyer: self.buyer_id.map(|id| ident::of_kind(&id, OrganizationId::KIND, "filter.buyerId")).transpose()?,
            states,
            category: self.category,
            deadline_after: self.is_open.then_some(now),
            deadline_before: self.deadline_before,
            sort: sort.map(Into::into).unwrap_or_default(),
        })
    }
}

/// Begins a tender.
#[derive(Clone, Debug, InputObject)]
pub struct BeginTenderInput {
    /// The published plan that it carries out.
    pub plan_id: Option<ID>,
    /// What it says so far.
    pub content: TenderContentInput,
    /// The same key with the same input does this once.
    pub idempotency_key: Option<String>,
}

/// Writes a draft anew, whole.
#[derive(Clone, Debug, InputObject)]
pub struct WriteTenderInput {
    /// The tender.
    pub tender_id: ID,
    /// The version that you have seen.
    pub version: i64,
    /// What it says.
    pub content: TenderContentInput,
    /// The same key with the same input does this once.
    pub idempotency_key: Option<String>,
}

/// Names a tender on which to act.
#[derive(Clone, Debug, InputObject)]
pub struct TenderInput {
    /// The tender.
    pub tender_id: ID,
    /// The same key with the same input does this once.
    pub idempotency_key: Option<String>,
}

/// Sends a draft back.
#[derive(Clone, Debug, InputObject)]
pub struct ReturnTenderInput {
    /// The tender.
    pub tender_id: ID,
    /// What its writer should mend.
    pub reason: String,
    /// The same key with the same input does this once.
    pub idempotency_key: Option<String>,
}

/// Changes a published tender.
#[derive(Clone, Debug, InputObject)]
pub struct AmendTenderInput {
    /// The tender.
    pub tender_id: ID,
    /// The version that you have seen.
    pub version: i64,
    /// What it says from now on. Holders and their number stay as published.
    pub content: TenderContentInput,
    /// What changed and why; everybody reads it.
    pub reason: LocalTextInput,
    /// The same key with the same input does this once.
    pub idempotency_key: Option<String>,
}

/// A change of a published tender, to be looked at before it is made.
#[derive(Clone, Debug, InputObject)]
pub struct PreviewAmendmentInput {
    /// The tender.
    pub tender_id: ID,
    /// What it would say. Holders and their number stay as published.
    pub content: TenderContentInput,
    /// What would change and why.
    pub reason: LocalTextInput,
}

/// What a change would do.
#[derive(SimpleObject)]
pub struct PreviewAmendmentPayload {
    /// The change as it would stand in the notice; null when it would be refused.
    pub amendment: Option<Amendment>,
    /// The rule by which the deadline would be later than you wrote it, and why bids must be confirmed or sealed anew;
    /// null when it moves by your own wish only.
    pub moved_by: Option<DeadlineRule>,
    /// What you would have to mend.
    pub user_errors: Vec<UserError>,
}

/// The rule by which a deadline is moved.
#[derive(SimpleObject)]
pub struct DeadlineRule {
    /// How many days must lie between the change and the deadline.
    pub days: i64,
    /// Rule and article.
    pub source: String,
}

/// Calls a tender off.
#[derive(Clone, Debug, InputObject)]
pub struct CancelTenderInput {
    /// The tender.
    pub tender_id: ID,
    /// Why; everybody reads it.
    pub reason: LocalTextInput,
    /// The same key with the same input does this once.
    pub idempotency_key: Option<String>,
}

/// The tender after what was done to it.
#[derive(SimpleObject)]
pub struct TenderPayload {
    /// The tender; null when nothing was done.
    pub tender: Option<Tender>,
    /// What you can mend.
    pub user_errors: Vec<UserError>,
}
