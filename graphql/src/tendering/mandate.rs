//! Mandates: agencies that act for buyers.

use super::tender::Tender;
use super::tender_id;
use crate::identity::organization::Organization;
use crate::loader;
use crate::payload::{UserError, found, settle};
use crate::request::{asker, once};
use app::Error;
use app::tendering::mandate::{self as mandates, Proposal};
use async_graphql::{Context, Enum, ID, InputObject, Object, Result, SimpleObject};
use chrono::{DateTime, Utc};
use domain::tendering::mandate::{self, MandateState};

/// What a mandate lets an agency do for a buyer. To approve the draft, to confirm the award, to call the tender off and to
/// contract stays with the buyer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::identity::permission::MandatePower")]
pub enum MandatePower {
    /// Write the draft and hand it in.
    Prepare,
    /// Publish and change the notice, invite, answer questions.
    Publish,
    /// Judge bidders, appoint the panel, keep the minutes of talks, publish the award.
    Evaluate,
}

/// A mandate for a tender.
pub struct Mandate(mandate::Mandate);

/// A mandate by which an agency acts for a tender's buyer, or is asked to (委托代理协议, 政府采购法第二十条).
#[Object]
impl Mandate {
    /// The agency.
    async fn agency(&self, graphql: &Context<'_>) -> Result<Option<Organization>> {
        loader::organization(graphql, self.0.agency).await
    }

    /// What it may do.
    async fn powers(&self) -> Vec<MandatePower> {
        self.0.powers.iter().copied().map(Into::into).collect()
    }

    /// When the buyer proposed it.
    async fn proposed_at(&self) -> DateTime<Utc> {
        self.0.proposed_at
    }

    /// When the agency accepted; null while it has not. Until then it reads the tender and does nothing.
    async fn accepted_at(&self) -> Option<DateTime<Utc>> {
        match self.0.state {
            MandateState::Proposed => None,
            MandateState::Accepted { at, .. } => Some(at),
        }
    }
}

/// A mandate that has ended, was taken back or declined.
#[derive(SimpleObject)]
pub struct EndedMandate {
    /// As it stood.
    pub mandate: Mandate,
    /// When it ended.
    pub ended_at: DateTime<Utc>,
    /// Why, as the side that ended it wrote.
    pub reason: String,
}

/// The mandates of a tender.
#[derive(SimpleObject)]
pub struct TenderMandates {
    /// The one that stands or waits for an answer; null where there is none.
    pub present: Option<Mandate>,
    /// Those that have ended, the oldest first, at most 20; empty for an agency.
    pub ended: Vec<EndedMandate>,
}

impl From<mandates::Mandates> for TenderMandates {
    fn from(found: mandates::Mandates) -> Self {
        let ended = |one: mandate::EndedMandate| EndedMandate { mandate: Mandate(one.mandate), ended_at: one.at, reason: one.reason };
        Self { present: found.present.map(Mandate), ended: found.ended.into_iter().map(ended).collect() }
    }
}

/// Proposes a mandate.
#[derive(Clone, Debug, InputObject)]
pub struct ProposeMandateInput {
    /// The tender.
    pub tender_id: ID,
    /// The agency's unified social credit code.
    pub agency_code: String,
    /// What it may do, at least one.
    pub powers: Vec<MandatePower>,
    /// The same key with the same input does this once.
    pub idempotency_key: Option<String>,
}

/// Accepts a mandate.
#[derive(Clone, Debug, InputObject)]
pub struct AcceptMandateInput {
    /// The tender.
    pub tender_id: ID,
    /// The same key with the same input does this once.
    pub idempotency_key: Option<String>,
}

/// Ends a mandate.
#[derive(Clone, Debug, InputObject)]
pub struct EndMandateInput {
    /// The tender.
    pub tender_id: ID,
    /// Why; both sides read it. At most 2,000 characters.
    pub reason: String,
    /// The same key with the same input does this once.
    pub idempotency_key: Option<String>,
}

/// The tender after what was done.
#[derive(SimpleObject)]
pub struct MandatePayload {
    /// The tender; null when nothing was done.
    pub tender: Option<Tender>,
    /// What you can mend.
    pub user_errors: Vec<UserError>,
}

impl MandatePayload {
    fn new(ctx: &app::Context, result: Result<domain::tendering::tender::Tender, Error>) -> Result<Self> {
        let (tender, user_errors) = settle(ctx, result)?;
        Ok(Self { tender: tender.map(Tender), user_errors })
    }
}

/// Root fields that read mandates.
#[derive(Default)]
pub struct MandateQuery;

#[Object]
impl MandateQuery {
    /// The mandates of a tender: for its buyer's people, the supervisor and the agency that is named now; null for everybody
    /// else.
    #[graphql(complexity = "5 + child_complexity")]
    async fn tender_mandates(&self, graphql: &Context<'_>, #[graphql(desc = "The tender.")] tender_id: ID) -> Result<Option<TenderMandates>> {
        let asker = asker(graphql)?;
        let read = async { mandates::mandates(&asker.app, &asker.ctx, self::tender_id(&tender_id)?).await };
        Ok(found(&asker.ctx, read.await)?.map(Into::into))
    }
}

/// Root fields that make, accept and end mandates.
#[derive(Default)]
pub struct MandateMutation;

#[Object]
impl MandateMutation {
    /// Proposes to entrust an agency with a tender. One at a time; the agency reads the tender from then on.
    async fn propose_mandate(&self, graphql: &Context<'_>, #[graphql(desc = "The mandate.")] input: ProposeMandateInput) -> Result<MandatePayload> {
        let asker = once(graphql, input.idempotency_key.clone())?;
        let proposal = Proposal { agency_code: input.agency_code.clone(), powers: input.powers.iter().copied().map(Into::into).collect() };
        let done = async { mandates::propose(&asker.app, &asker.ctx, tender_id(&input.tender_id)?, proposal).await };
        MandatePayload::new(&asker.ctx, done.await)
    }

    /// Accepts a mandate for your agency, which from then on acts for the buyer as far as it goes.
    async fn accept_mandate(&self, graphql: &Context<'_>, #[graphql(desc = "The tender.")] input: AcceptMandateInput) -> Result<MandatePayload> {
        let asker = once(graphql, input.idempotency_key.clone())?;
        let done = async { mandates::accept(&asker.app, &asker.ctx, tender_id(&input.tender_id)?).await };
        MandatePayload::new(&asker.ctx, done.await)
    }

    /// Ends a mandate for the buyer or the agency, takes it back or declines it. What the agency has done stands.
    async fn end_mandate(&self, graphql: &Context<'_>, #[graphql(desc = "The tender and why.")] input: EndMandateInput) -> Result<MandatePayload> {
        let asker = once(graphql, input.idempotency_key.clone())?;
        let done = async { mandates::end(&asker.app, &asker.ctx, tender_id(&input.tender_id)?, input.reason.clone()).await };
        MandatePayload::new(&asker.ctx, done.await)
    }
}
