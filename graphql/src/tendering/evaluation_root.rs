//! Root fields of evaluation and award.

use super::award::{Award, AwardNotice};
use super::evaluation::Evaluation;
use super::evaluation_input::{
    AppointPanelInput, AppointPanelPayload, ConfirmAwardInput, ConfirmAwardPayload, DeclareConflictInput,
    DeclareConflictPayload, PublishAwardInput, PublishAwardPayload, QualifyBiddersInput, QualifyBiddersPayload,
    SaveScoresInput, SaveScoresPayload, SignReportInput, SignReportPayload, SubmitScoresInput, SubmitScoresPayload,
};
use super::lot;
use crate::ident;
use crate::payload::{UserError, coded, found, settle};
use crate::request::{Asker, asker, once};
use app::tendering::{award as awards, evaluation as evaluations, panel as panels};
use async_graphql::{Context, ID, Object, Result};
use domain::ident::{BidId, OrganizationId, TenderId};

/// Root fields that read evaluations and awards.
#[derive(Default)]
pub struct EvaluationQuery;

#[Object]
impl EvaluationQuery {
    /// The evaluation of a tender, for its buyer, its panel and the supervisor; null for everybody else and before the
    /// opening.
    async fn evaluation(
        &self,
        graphql: &Context<'_>,
        #[graphql(desc = "The tender's global id.")] tender_id: ID,
    ) -> Result<Option<Evaluation>> {
        let asker = asker(graphql)?;
        let id = tender(&tender_id).map_err(|error| coded(&asker.ctx, error))?;
        found(&asker.ctx, Evaluation::read(&asker.app, &asker.ctx, id).await)
    }

    /// The award of a lot: everybody's once it is published, before that its buyer's and the supervisor's.
    async fn award(
        &self,
        graphql: &Context<'_>,
        #[graphql(desc = "The tender's global id.")] tender_id: ID,
        #[graphql(desc = "The lot's global id; the first that is awarded unless told.")] lot_id: Option<ID>,
    ) -> Result<Option<Award>> {
        let asker = asker(graphql)?;
        let read = async {
            let (id, lot) = (tender(&tender_id)?, lot::named(lot_id.as_ref())?);
            let awards = awards::awards(&asker.app, &asker.ctx, id).await?;
            let award = awards.into_iter().find(|award| lot.is_none_or(|lot| award.lot == lot));
            Award::with_names(&asker.app, &asker.ctx, award.ok_or(app::Error::NotFound)?).await
        };
        found(&asker.ctx, read.await)
    }

    /// The awards of a tender's lots, in the order of the lots: those that you may know.
    #[graphql(complexity = "20 + child_complexity * 10")]
    async fn awards(
        &self,
        graphql: &Context<'_>,
        #[graphql(desc = "The tender's global id.")] tender_id: ID,
    ) -> Result<Vec<Award>> {
        let asker = asker(graphql)?;
        let read = async {
            let awards = awards::awards(&asker.app, &asker.ctx, tender(&tender_id)?).await?;
            Award::all_with_names(&asker.app, &asker.ctx, awards).await
        };
        Ok(found(&asker.ctx, read.await)?.unwrap_or_default())
    }

    /// The last published awards to a supplier, the newest first, at most 20.
    #[graphql(complexity = "20 + child_complexity * 10")]
    async fn supplier_awards(
        &self,
        graphql: &Context<'_>,
        #[graphql(desc = "The supplier's global id.")] supplier_id: ID,
    ) -> Result<Vec<Award>> {
        let asker = asker(graphql)?;
        let read = async {
            let supplier = ident::of_kind(&supplier_id, OrganizationId::KIND, "supplierId")?;
            let awards = awards::awards_to(&asker.app, &asker.ctx, supplier, 20).await?;
            Award::all_with_names(&asker.app, &asker.ctx, awards).await
        };
        read.await.map_err(|error: app::Error| coded(&asker.ctx, error))
    }

    /// What your organization was told about a lot of a tender that it did not win: its own points and the reason.
    async fn award_notice(
        &self,
        graphql: &Context<'_>,
        #[graphql(desc = "The tender's global id.")] tender_id: ID,
        #[graphql(desc = "The lot's global id; the first about which you were told unless told.")] lot_id: Option<ID>,
    ) -> Result<Option<AwardNotice>> {
        let asker = asker(graphql)?;
        let lot = lot::named(lot_id.as_ref()).map_err(|error| coded(&asker.ctx, error))?.map(lot::global);
        let told = notices(asker, &tender_id).await?;
        Ok(told.into_iter().find(|told| lot.as_ref().is_none_or(|lot| told.lot_id == *lot)))
    }

    /// What your organization was told about the lots of a tender that it did not win, the first told first.
    async fn award_notices(
        &self,
        graphql: &Context<'_>,
        #[graphql(desc = "The tender's global id.")] tender_id: ID,
    ) -> Result<Vec<AwardNotice>> {
        notices(asker(graphql)?, &tender_id).await
    }
}

/// Root fields that evaluate and award.
#[derive(Default)]
pub struct EvaluationMutation;

#[Object]
impl EvaluationMutation {
    /// Judges every bidder by every required paper (资格审查), and every pair of related ones. With fewer than three qualified the tender fails.
    async fn qualify_bidders(
        &self,
        graphql: &Context<'_>,
        #[graphql(desc = "The findings.")] input: QualifyBiddersInput,
    ) -> Result<QualifyBiddersPayload> {
        let asker = &once(graphql, input.idempotency_key.clone())?;
        let done = async {
            let id = tender(&input.tender_id)?;
            evaluations::judge_bidders(&asker.app, &asker.ctx, id, input.findings()?).await?;
            Ok(id)
        };
        let (evaluation, user_errors) = evaluated(asker, done.await).await?;
        Ok(QualifyBiddersPayload { evaluation, user_errors })
    }

    /// Appoints the panel, or fills the places of those who stepped back.
    async fn appoint_panel(
        &self,
        graphql: &Context<'_>,
        #[graphql(desc = "The members.")] input: AppointPanelInput,
    ) -> Result<AppointPanelPayload> {
        let asker = &once(graphql, input.idempotency_key.clone())?;
        let done = async {
            let id = tender(&input.tender_id)?;
            panels::appoint_panel(&asker.app, &asker.ctx, id, input.members()?).await?;
            Ok(id)
        };
        let (evaluation, user_errors) = evaluated(asker, done.await).await?;
        Ok(AppointPanelPayload { evaluation, user_errors })
    }

    /// Declares that you have no conflict of interest, or steps back with the reason. You see bids once all members
    /// have declared.
    async fn declare_conflict(
        &self,
        graphql: &Context<'_>,
        #[graphql(desc = "The declaration.")] input: DeclareConflictInput,
    ) -> Result<DeclareConflictPayload> {
        let asker = &once(graphql, input.idempotency_key.clone())?;
        let done = async {
            let id = tender(&input.tender_id)?;
            panels::declare_conflict(&asker.app, &asker.ctx, id, input.conflict.clone()).await?;
            Ok(id)
        };
        let (evaluation, user_errors) = evaluated(asker, done.await).await?;
        Ok(DeclareConflictPayload { evaluation, user_errors })
    }

    /// Saves the draft of your own score sheet; it may be incomplete. Nobody else reads it.
    async fn save_scores(
        &self,
        graphql: &Context<'_>,
        #[graphql(desc = "The whole sheet.")] input: SaveScoresInput,
    ) -> Result<SaveScoresPayload> {
        let asker = asker(graphql)?;
        let done = async {
            let id = tender(&input.tender_id)?;
            evaluations::save_scores(&asker.app, &asker.ctx, id, input.marks()?).await?;
            Ok(id)
        };
        let (evaluation, user_errors) = evaluated(asker, done.await).await?;
        Ok(SaveScoresPayload { evaluation, user_errors })
    }

    /// Hands your saved sheet in, for good. With the last one the report is drawn up; with fewer than three bids left
    /// the tender fails.
    async fn submit_scores(
        &self,
        graphql: &Context<'_>,
        #[graphql(desc = "The tender.")] input: SubmitScoresInput,
    ) -> Result<SubmitScoresPayload> {
        let asker = &once(graphql, input.idempotency_key.clone())?;
        let done = async {
            let id = tender(&input.tender_id)?;
            evaluations::submit_scores(&asker.app, &asker.ctx, id).await?;
            Ok(id)
        };
        let (evaluation, user_errors) = evaluated(asker, done.await).await?;
        Ok(SubmitScoresPayload { evaluation, user_errors })
    }

    /// Signs the report as a member, agreeing or with what you disagree on. With the last signature the panel has reported.
    async fn sign_report(
        &self,
        graphql: &Context<'_>,
        #[graphql(desc = "The tender, and your dissent if you have one.")] input: SignReportInput,
    ) -> Result<SignReportPayload> {
        let asker = &once(graphql, input.idempotency_key.clone())?;
        let done = async {
            let id = tender(&input.tender_id)?;
            evaluations::sign_report(&asker.app, &asker.ctx, id, input.dissent).await?;
            Ok(id)
        };
        let (evaluation, user_errors) = evaluated(asker, done.await).await?;
        Ok(SignReportPayload { evaluation, user_errors })
    }

    /// Confirms the bid that is to be awarded in its lot: the first, unless the caps of the notice pass its bidder over. With
    /// the last lot the awards can be published. Approvers only, never who drafted the tender; of two at once, one does.
    async fn confirm_award(
        &self,
        graphql: &Context<'_>,
        #[graphql(desc = "The tender and the bid.")] input: ConfirmAwardInput,
    ) -> Result<ConfirmAwardPayload> {
        let asker = &once(graphql, input.idempotency_key.clone())?;
        let done = async {
            let id = tender(&input.tender_id)?;
            let bid: BidId = ident::of_kind(&input.bid_id, BidId::KIND, "bidId")?;
            let award = awards::confirm_award(&asker.app, &asker.ctx, id, bid).await?;
            Award::with_names(&asker.app, &asker.ctx, award).await
        };
        let (award, user_errors) = settle(&asker.ctx, done.await)?;
        Ok(ConfirmAwardPayload { award, user_errors })
    }

    /// Publishes the confirmed awards of all lots in one notice; everybody else who bid is told its own points and the reason.
    async fn publish_award(
        &self,
        graphql: &Context<'_>,
        #[graphql(desc = "The tender.")] input: PublishAwardInput,
    ) -> Result<PublishAwardPayload> {
        let asker = &once(graphql, input.idempotency_key.clone())?;
        let done = async {
            let awards = awards::publish_award(&asker.app, &asker.ctx, tender(&input.tender_id)?).await?;
            let first = awards.first().cloned().ok_or(app::Error::NotFound)?;
            let award = Award::with_names(&asker.app, &asker.ctx, first).await?;
            Ok((award, Award::all_with_names(&asker.app, &asker.ctx, awards).await?))
        };
        let (done, user_errors) = settle(&asker.ctx, done.await)?;
        let (award, awards) = done.map_or((None, Vec::new()), |(award, awards)| (Some(award), awards));
        Ok(PublishAwardPayload { award, awards, user_errors })
    }
}

/// What the actor's organization was told.
async fn notices(asker: &Asker, tender_id: &ID) -> Result<Vec<AwardNotice>> {
    let read = async { awards::loser_notices_of(&asker.app, &asker.ctx, tender(tender_id)?).await };
    let told = found(&asker.ctx, read.await)?.unwrap_or_default();
    Ok(told.iter().map(|(told, told_at)| AwardNotice::new(told, *told_at)).collect())
}

fn tender(id: &ID) -> app::Result<TenderId> {
    ident::of_kind(id, TenderId::KIND, "tenderId")
}

/// The evaluation after an act, as the actor may know it now: who has stepped back knows it no more.
async fn evaluated(asker: &Asker, done: app::Result<TenderId>) -> Result<(Option<Evaluation>, Vec<UserError>)> {
    let (done, user_errors) = settle(&asker.ctx, done)?;
    let Some(id) = done else { return Ok((None, user_errors)) };
    let evaluation = found(&asker.ctx, Evaluation::read(&asker.app, &asker.ctx, id).await)?;
    Ok((evaluation, user_errors))
}
