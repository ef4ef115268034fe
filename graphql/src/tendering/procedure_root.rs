//! Root fields of procedures: advice, talks and final offers, stops and new beginnings.

use super::negotiation::{Negotiation, RecordNegotiationInput, RecordNegotiationPayload, RequestFinalOffersInput};
use super::procedure::{Procedure, ProcedureAdvice, ProcedureGround};
use super::tender_content::Nature;
use super::tender_input::{CancelTenderInput, TenderInput, TenderPayload};
use super::{tender_id, tender_payload};
use crate::payload::{coded, found, settle};
use crate::request::{asker, once};
use crate::values::MoneyInput;
use app::Error;
use app::tendering::{choice, negotiation as negotiations, stop};
use async_graphql::{Context, ID, InputObject, Object, Result};

/// Root fields that read procedures.
#[derive(Default)]
pub struct ProcedureQuery;

#[Object]
impl ProcedureQuery {
    /// What the law of the day says about every procedure for what you want to buy: which may be taken, on which grounds,
    /// with which approval. For a buyer, under its own policy pack.
    async fn procedure_advice(
        &self,
        graphql: &Context<'_>,
        #[graphql(desc = "Goods, works or services.")] nature: Nature,
        #[graphql(desc = "The budget.")] budget: MoneyInput,
        #[graphql(desc = "The ground that you claim, if any.")] ground: Option<ProcedureGround>,
    ) -> Result<Vec<ProcedureAdvice>> {
        let asker = asker(graphql)?;
        let read = async {
            let budget = budget.read("budget")?;
            choice::advise(&asker.app, &asker.ctx, nature.into(), budget, ground.map(Into::into)).await
        };
        let advice = read.await.map_err(|error: Error| coded(&asker.ctx, error))?;
        Ok(advice.into_iter().map(|(advice, grounds)| ProcedureAdvice::new(advice, grounds.into_iter().map(Into::into).collect())).collect())
    }

    /// The talks with suppliers about a tender, in the order in which they were held: all of them for its buyer, its
    /// supervisors and its panel, their own for a supplier. Null for everybody else.
    #[graphql(complexity = "20 + child_complexity * 10")]
    async fn negotiations(
        &self,
        graphql: &Context<'_>,
        #[graphql(desc = "The tender's global id.")] tender_id: ID,
    ) -> Result<Option<Vec<Negotiation>>> {
        let asker = asker(graphql)?;
        let id = self::tender_id(&tender_id).map_err(|error| coded(&asker.ctx, error))?;
        let talks = found(&asker.ctx, negotiations::negotiations(&asker.app, &asker.ctx, id).await)?;
        Ok(talks.map(|talks| talks.into_iter().map(Negotiation).collect()))
    }
}

/// Begins again what ended without a contract.
#[derive(Clone, Debug, InputObject)]
pub struct BeginTenderAgainInput {
    /// The tender that failed or was called off.
    pub tender_id: ID,
    /// By which procedure; another person approves the draft as any other.
    pub procedure: Procedure,
    /// The same key with the same input does this once.
    pub idempotency_key: Option<String>,
}

/// Root fields that move tenders along their procedures.
#[derive(Default)]
pub struct ProcedureMutation;

#[Object]
impl ProcedureMutation {
    /// Stops a published tender for a while, with a reason that everybody reads. Officers and supervisors.
    async fn suspend_tender(&self, graphql: &Context<'_>, #[graphql(desc = "Which, and why.")] input: CancelTenderInput) -> Result<TenderPayload> {
        let asker = once(graphql, input.idempotency_key)?;
        let work = async { stop::suspend(&asker.app, &asker.ctx, tender_id(&input.tender_id)?, input.reason.into()).await };
        tender_payload(&asker.ctx, work.await)
    }

    /// Lets a suspended tender go on; a deadline that still ran moves by the days of the stop. Officers and supervisors.
    async fn resume_tender(&self, graphql: &Context<'_>, #[graphql(desc = "Which.")] input: TenderInput) -> Result<TenderPayload> {
        let asker = once(graphql, input.idempotency_key)?;
        let work = async { stop::resume(&asker.app, &asker.ctx, tender_id(&input.tender_id)?).await };
        tender_payload(&asker.ctx, work.await)
    }

    /// Begins again what failed or was called off, as a draft by this procedure. Officers only.
    async fn begin_tender_again(&self, graphql: &Context<'_>, #[graphql(desc = "Which, and how.")] input: BeginTenderAgainInput) -> Result<TenderPayload> {
        let asker = once(graphql, input.idempotency_key)?;
        let work = async { stop::begin_again(&asker.app, &asker.ctx, tender_id(&input.tender_id)?, input.procedure.into()).await };
        tender_payload(&asker.ctx, work.await)
    }

    /// Writes a talk with one supplier down. Officers only.
    async fn record_negotiation(
        &self,
        graphql: &Context<'_>,
        #[graphql(desc = "The talk.")] input: RecordNegotiationInput,
    ) -> Result<RecordNegotiationPayload> {
        let asker = once(graphql, input.idempotency_key.clone())?;
        let work = async {
            let id = tender_id(&input.tender_id)?;
            negotiations::record_negotiation(&asker.app, &asker.ctx, id, input.talk()?).await
        };
        let (negotiation, user_errors) = settle(&asker.ctx, work.await)?;
        Ok(RecordNegotiationPayload { negotiation: negotiation.map(Negotiation), user_errors })
    }

    /// Asks every supplier that was negotiated with for its final sealed offer. Officers only.
    async fn request_final_offers(
        &self,
        graphql: &Context<'_>,
        #[graphql(desc = "Until when.")] input: RequestFinalOffersInput,
    ) -> Result<TenderPayload> {
        let asker = once(graphql, input.idempotency_key)?;
        let work = async {
            negotiations::request_final_offers(&asker.app, &asker.ctx, tender_id(&input.tender_id)?, input.deadline_at).await
        };
        tender_payload(&asker.ctx, work.await)
    }

    /// Puts opened final offers before the panel; with too few of them the tender fails. Officers only.
    async fn begin_scoring(&self, graphql: &Context<'_>, #[graphql(desc = "Which.")] input: TenderInput) -> Result<TenderPayload> {
        let asker = once(graphql, input.idempotency_key)?;
        let work = async { negotiations::begin_scoring(&asker.app, &asker.ctx, tender_id(&input.tender_id)?).await };
        tender_payload(&asker.ctx, work.await)
    }
}
