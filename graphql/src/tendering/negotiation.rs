//! Negotiation: minutes of talks with suppliers, and final offers.

use crate::ident;
use crate::identity::organization::Organization;
use crate::payload::UserError;
use app::Error;
use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use chrono::{DateTime, Utc};
use domain::ident::{NegotiationId, OrganizationId};
use domain::tendering::negotiation;

/// The minutes of a talk with one supplier. Other suppliers don't learn of it.
pub struct Negotiation(pub negotiation::Negotiation);

/// The minutes of a talk with one supplier. Other suppliers don't learn of it.
#[Object]
impl Negotiation {
    /// Its global id.
    async fn id(&self) -> ID {
        ident::global(NegotiationId::KIND, self.0.id.0)
    }

    /// With whom.
    async fn bidder(&self, graphql: &Context<'_>) -> Result<Option<Organization>> {
        crate::loader::organization(graphql, self.0.bidder).await
    }

    /// With whom, by global id alone.
    async fn bidder_id(&self) -> ID {
        ident::global(OrganizationId::KIND, self.0.bidder.0)
    }

    /// The how-manyth talk with this supplier, from 1.
    async fn round(&self) -> u32 {
        self.0.round
    }

    /// When it was held.
    async fn held_at(&self) -> DateTime<Utc> {
        self.0.held_at
    }

    /// What was said and agreed.
    async fn minutes(&self) -> &str {
        &self.0.minutes
    }

    /// When it was written down.
    async fn recorded_at(&self) -> DateTime<Utc> {
        self.0.recorded_at
    }
}

/// Writes a talk down.
#[derive(Clone, Debug, InputObject)]
pub struct RecordNegotiationInput {
    /// The tender.
    pub tender_id: ID,
    /// The supplier.
    pub bidder_id: ID,
    /// When it was held: after the responses were opened, not ahead of now.
    pub held_at: DateTime<Utc>,
    /// What was said and agreed, at most 10,000 characters. The supplier reads it; other suppliers don't.
    pub minutes: String,
    /// The same key with the same input does this once.
    pub idempotency_key: Option<String>,
}

impl RecordNegotiationInput {
    /// The talk in the house's words.
    ///
    /// # Errors
    /// `MALFORMED` at `bidderId`.
    pub fn talk(self) -> Result<negotiation::Talk, Error> {
        Ok(negotiation::Talk { bidder: ident::of_kind(&self.bidder_id, OrganizationId::KIND, "bidderId")?, held_at: self.held_at, minutes: self.minutes })
    }
}

/// What was written down.
#[derive(SimpleObject)]
pub struct RecordNegotiationPayload {
    /// The minutes; null when nothing was done.
    pub negotiation: Option<Negotiation>,
    /// What you can mend.
    pub user_errors: Vec<UserError>,
}

/// Asks for final offers.
#[derive(Clone, Debug, InputObject)]
pub struct RequestFinalOffersInput {
    /// The tender.
    pub tender_id: ID,
    /// Until when final offers are taken.
    pub deadline_at: DateTime<Utc>,
    /// The same key with the same input does this once.
    pub idempotency_key: Option<String>,
}
