//! The room `tendering`: root fields of plans, tenders and questions.

pub mod amendment;
pub mod application;
pub mod application_root;
pub mod award;
pub mod bid;
pub mod bid_list;
pub mod clarification;
pub mod consortium;
pub mod document_registration;
pub mod draw;
pub mod draft_check;
pub mod evaluated_bid;
pub mod evaluation;
mod evaluation_input;
mod evaluation_root;
pub mod holder_key;
pub mod lot;
pub mod mandate;
pub mod negotiation;
pub mod objection;
pub mod opening;
pub mod opening_table;
pub mod panel;
pub mod plan;
pub mod procedure;
mod procedure_root;
pub mod related;
pub mod report;
pub mod reservation;
pub mod schedule;
pub mod score_sheet;
pub mod scoring_scheme;
pub mod search;
pub mod subcontract;
pub mod tender;
pub mod tender_content;
pub mod tender_input;
pub mod warning;

pub use evaluation_root::{EvaluationMutation, EvaluationQuery};
pub use procedure_root::{ProcedureMutation, ProcedureQuery};

use crate::connection::page;
use crate::ident;
use crate::payload::{coded, found, settle};
use crate::request::{asker, once};
use app::Error;
use app::tendering::{clarification as clarifications, plan as plans, tender as tenders};
use async_graphql::{Context, ID, Object, Result};
use clarification::{AnswerClarificationInput, AskClarificationInput, Clarification, ClarificationPayload};
use domain::ident::{ClarificationId, PlanId, TenderId};
use plan::{CreatePlanInput, Plan, PlanConnection, PlanPayload, PublishPlanInput};
use tender::{Tender, TenderConnection};
use tender_input::{
    AmendTenderInput, BeginTenderInput, CancelTenderInput, DeadlineRule, PreviewAmendmentInput, PreviewAmendmentPayload,
    ReturnTenderInput, TenderFilter, TenderInput, TenderSort, TenderPayload,
    WriteTenderInput,
};

/// Root fields that read plans and tenders.
#[derive(Default)]
pub struct TenderingQuery;

#[Object]
impl TenderingQuery {
    /// A tender; null when there is none, or none for you to know.
    async fn tender(&self, graphql: &Context<'_>, #[graphql(desc = "Its global id.")] id: ID) -> Result<Option<Tender>> {
        let asker = asker(graphql)?;
        let id = ident::of_kind(&id, TenderId::KIND, "id").map_err(|error| coded(&asker.ctx, error))?;
        Ok(found(&asker.ctx, tenders::tender(&asker.app, &asker.ctx, id).await)?.map(Tender))
    }

    /// Tenders in the order that you ask for; your own organization's drafts among them if you may read them.
    #[graphql(complexity = "20 + crate::connection::cost(first, child_complexity) / 4")]
    async fn tenders(
        &self,
        graphql: &Context<'_>,
        #[graphql(desc = "What to narrow the list down to.")] filter: Option<TenderFilter>,
        #[graphql(desc = "In which order, the last published first unless told.")] sort: Option<TenderSort>,
        #[graphql(desc = "How many, 20 unless told, at most 100.")] first: Option<i32>,
        #[graphql(desc = "Begin behind this cursor.")] after: Option<String>,
    ) -> Result<TenderConnection> {
        let asker = asker(graphql)?;
        let read = async {
            let page = page(first, after.as_deref())?;
            let filter = filter.unwrap_or_default().read(sort, asker.ctx.now())?;
            let most = page.first + 1;
            let tenders = tenders::tenders(&asker.app, &asker.ctx, &filter, page.after.as_ref(), most).await?;
            Ok(TenderConnection { tenders, first: page.first, filter })
        };
        read.await.map_err(|error: Error| coded(&asker.ctx, error))
    }

    /// What a change of a published tender would do, without doing it: the lines that would differ and the deadline after
    /// the rule. Officers only.
    async fn preview_amendment(
        &self,
        graphql: &Context<'_>,
        #[graphql(desc = "The change.")] input: PreviewAmendmentInput,
    ) -> Result<PreviewAmendmentPayload> {
        let asker = asker(graphql)?;
        let asked = input.content.deadline_at;
        let work = async {
            let change = tenders::Change { content: input.content.draft()?.content, reason: input.reason.into() };
            tenders::preview_amendment(&asker.app, &asker.ctx, tender_id(&input.tender_id)?, change).await
        };
        let (tender, user_errors) = settle(&asker.ctx, work.await)?;
        let moved_by = tender.as_ref().and_then(|tender| tender.deadline_rule(asked));
        let moved_by = moved_by.map(|figure| DeadlineRule { days: figure.value, source: figure.source.clone() });
        let amendment = tender.as_ref().and_then(|tender| tender.amendments.last()).cloned().map(Into::into);
        Ok(PreviewAmendmentPayload { amendment, moved_by, user_errors })
    }

    /// A plan; null when there is none, or none for you to know.
    async fn plan(&self, graphql: &Context<'_>, #[graphql(desc = "Its global id.")] id: ID) -> Result<Option<Plan>> {
        let asker = asker(graphql)?;
        let id = ident::of_kind(&id, PlanId::KIND, "id").map_err(|error| coded(&asker.ctx, error))?;
        Ok(found(&asker.ctx, plans::plan(&asker.app, &asker.ctx, id).await)?.map(Plan))
    }

    /// Plans, the last published first; your own organization's drafts among them if you may read them.
    #[graphql(complexity = "20 + crate::connection::cost(first, child_complexity) / 4")]
    async fn plans(
        &self,
        graphql: &Context<'_>,
        #[graphql(desc = "How many, 20 unless told, at most 100.")] first: Option<i32>,
        #[graphql(desc = "Begin behind this cursor.")] after: Option<String>,
    ) -> Result<PlanConnection> {
        let asker = asker(graphql)?;
        let read = async {
            let page = page(first, after.as_deref())?;
            let plans = plans::plans(&asker.app, &asker.ctx, page.after.as_ref(), page.first + 1).await?;
            Ok(PlanConnection { plans, first: page.first })
        };
        read.await.map_err(|error: Error| coded(&asker.ctx, error))
    }
}

fn tender_id(id: &ID) -> Result<TenderId, Error> {
    ident::of_kind(id, TenderId::KIND, "tenderId")
}

fn tender_payload(ctx: &app::Context, result: Result<domain::tendering::tender::Tender, Error>) -> Result<TenderPayload> {
    let (tender, user_errors) = settle(ctx, result)?;
    Ok(TenderPayload { tender: tender.map(Tender), user_errors })
}

/// Root fields that change plans and tenders.
#[derive(Default)]
pub struct TenderingMutation;

#[Object]
impl TenderingMutation {
    /// Drafts a plan. Officers only.
    async fn create_plan(&self, graphql: &Context<'_>, #[graphql(desc = "What it says.")] input: CreatePlanInput) -> Result<PlanPayload> {
        let asker = once(graphql, input.idempotency_key.clone())?;
        let done = match input.content() {
            Ok(content) => plans::create(&asker.app, &asker.ctx, content).await,
            Err(error) => Err(error),
        };
        let (plan, user_errors) = settle(&asker.ctx, done)?;
        Ok(PlanPayload { plan: plan.map(Plan), user_errors })
    }

    /// Makes a plan public. Officers only.
    async fn publish_plan(&self, graphql: &Context<'_>, #[graphql(desc = "Which.")] input: PublishPlanInput) -> Result<PlanPayload> {
        let asker = once(graphql, input.idempotency_key)?;
        let done = match ident::of_kind(&input.plan_id, PlanId::KIND, "planId") {
            Ok(id) => plans::publish(&asker.app, &asker.ctx, id).await,
            Err(error) => Err(error),
        };
        let (plan, user_errors) = settle(&asker.ctx, done)?;
        Ok(PlanPayload { plan: plan.map(Plan), user_errors })
    }

    /// Begins a tender as a draft. Officers only.
    async fn begin_tender(&self, graphql: &Context<'_>, #[graphql(desc = "What it says so far.")] input: BeginTenderInput) -> Result<TenderPayload> {
        let asker = once(graphql, input.idempotency_key)?;
        let work = async {
            let plan = input.plan_id.map(|id| ident::of_kind(&id, PlanId::KIND, "planId")).transpose()?;
            tenders::begin_draft(&asker.app, &asker.ctx, plan, input.content.draft()?).await
        };
        tender_payload(&asker.ctx, work.await)
    }

    /// Writes a draft anew, whole; an unfinished one is kept all the same. Officers only.
    async fn write_tender(&self, graphql: &Context<'_>, #[graphql(desc = "What it says.")] input: WriteTenderInput) -> Result<TenderPayload> {
        let asker = once(graphql, input.idempotency_key)?;
        let work = async {
            let id = tender_id(&input.tender_id)?;
            tenders::write_draft(&asker.app, &asker.ctx, id, input.version, input.content.draft()?).await
        };
        tender_payload(&asker.ctx, work.await)
    }

    /// Hands a draft in for approval. Refused with everything that the law of the day asks and it lacks.
    async fn submit_tender(&self, graphql: &Context<'_>, #[graphql(desc = "Which.")] input: TenderInput) -> Result<TenderPayload> {
        let asker = once(graphql, input.idempotency_key)?;
        let work = async { tenders::submit(&asker.app, &asker.ctx, tender_id(&input.tender_id)?).await };
        tender_payload(&asker.ctx, work.await)
    }

    /// Sends a draft back to its writer. Approvers only.
    async fn return_tender(&self, graphql: &Context<'_>, #[graphql(desc = "Which, and why.")] input: ReturnTenderInput) -> Result<TenderPayload> {
        let asker = once(graphql, input.idempotency_key)?;
        let work = async { tenders::send_back(&asker.app, &asker.ctx, tender_id(&input.tender_id)?, input.reason).await };
        tender_payload(&asker.ctx, work.await)
    }

    /// Approves a draft: never one's own. Approvers only.
    async fn approve_tender(&self, graphql: &Context<'_>, #[graphql(desc = "Which.")] input: TenderInput) -> Result<TenderPayload> {
        let asker = once(graphql, input.idempotency_key)?;
        let work = async { tenders::approve(&asker.app, &asker.ctx, tender_id(&input.tender_id)?).await };
        tender_payload(&asker.ctx, work.await)
    }

    /// Publishes the notice; the law of the day is frozen into it. Officers only.
    async fn publish_tender(&self, graphql: &Context<'_>, #[graphql(desc = "Which.")] input: TenderInput) -> Result<TenderPayload> {
        let asker = once(graphql, input.idempotency_key)?;
        let work = async { tenders::publish(&asker.app, &asker.ctx, tender_id(&input.tender_id)?).await };
        tender_payload(&asker.ctx, work.await)
    }

    /// Changes a published tender; the deadline moves when the rule says so. Officers only.
    async fn amend_tender(&self, graphql: &Context<'_>, #[graphql(desc = "What changes, and why.")] input: AmendTenderInput) -> Result<TenderPayload> {
        let asker = once(graphql, input.idempotency_key)?;
        let work = async {
            let id = tender_id(&input.tender_id)?;
            let change = tenders::Change { content: input.content.draft()?.content, reason: input.reason.into() };
            tenders::amend(&asker.app, &asker.ctx, (id, input.version), change).await
        };
        tender_payload(&asker.ctx, work.await)
    }

    /// Calls a published tender off. Officers only.
    async fn cancel_tender(&self, graphql: &Context<'_>, #[graphql(desc = "Which, and why.")] input: CancelTenderInput) -> Result<TenderPayload> {
        let asker = once(graphql, input.idempotency_key)?;
        let work = async { tenders::cancel(&asker.app, &asker.ctx, tender_id(&input.tender_id)?, input.reason.into()).await };
        tender_payload(&asker.ctx, work.await)
    }

    /// Asks about a published tender, before its deadline. Sellers only.
    async fn ask_clarification(
        &self,
        graphql: &Context<'_>,
        #[graphql(desc = "The question.")] input: AskClarificationInput,
    ) -> Result<ClarificationPayload> {
        let asker = once(graphql, input.idempotency_key)?;
        let work = async { clarifications::ask(&asker.app, &asker.ctx, tender_id(&input.tender_id)?, input.question).await };
        let (clarification, user_errors) = settle(&asker.ctx, work.await)?;
        Ok(ClarificationPayload { clarification: clarification.map(Clarification), user_errors })
    }

    /// Answers a question for all to read. Officers only.
    async fn answer_clarification(
        &self,
        graphql: &Context<'_>,
        #[graphql(desc = "The answer.")] input: AnswerClarificationInput,
    ) -> Result<ClarificationPayload> {
        let asker = once(graphql, input.idempotency_key)?;
        let work = async {
            let id = ident::of_kind(&input.clarification_id, ClarificationId::KIND, "clarificationId")?;
            clarifications::answer(&asker.app, &asker.ctx, id, input.answer).await
        };
        let (clarification, user_errors) = settle(&asker.ctx, work.await)?;
        Ok(ClarificationPayload { clarification: clarification.map(Clarification), user_errors })
    }
}
