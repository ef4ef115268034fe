//! Tenders.

use super::amendment::Amendment;
use super::clarification::Clarification;
use super::consortium::JointBidding;
use super::lot::{self, LotCaps, TenderLot};
use super::plan::Plan;
use super::procedure::{PossibleCommand, ProcedureChoice, ProcurementMethod};
use super::reservation::{DomesticPreference, Reservation};
use super::schedule::TenderSchedule;
use super::warning::{self, TenderWarning, UncheckedWarning, WarningOverride};
use super::tender_content::{Criterion, EvaluationMethod, Nature, Paper, Requirement, TenderItem};
use crate::loader;
use crate::connection::cursor;
use crate::ident;
use crate::contracting::bid_validity::BidValidity;
use crate::identity::organization::Organization;
use crate::oversight::file::File;
use crate::payload::coded;
use crate::request::asker;
use crate::values::{LocalText, Money};
use app::tendering::tender as tenders;
use async_graphql::connection::PageInfo;
use async_graphql::{Context, Enum, ID, Object, Result, SimpleObject};
use chrono::{DateTime, Utc};
use domain::ident::{FileId, HolderKeyId, OrganizationId, PlanId, TenderId, UserId};
use domain::tendering::preference::DomesticTerms;
use domain::tendering::procedure::table;
use domain::tendering::tender;

/// Where a tender stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::tendering::tender::TenderStateName")]
pub enum TenderStateName {
    /// The officer writes.
    Draft,
    /// Handed in for approval.
    Submitted,
    /// Approved; not public yet.
    Approved,
    /// It is public that suppliers will be asked: they apply, or object.
    Announced,
    /// The notice is public; bids are taken until the deadline.
    Published,
    /// Bids are open.
    Opened,
    /// It is known who qualifies.
    Qualified,
    /// The panel talks with each supplier apart.
    Negotiating,
    /// Final offers are taken until their deadline.
    FinalOffers,
    /// Final offers are open.
    FinalOpened,
    /// The panel scores.
    InEvaluation,
    /// The panel has reported.
    Reported,
    /// The buyer has confirmed the award.
    AwardConfirmed,
    /// The award is public.
    Awarded,
    /// Both sides have signed.
    Contracted,
    /// Too few competitors (废标).
    Failed,
    /// Called off by the buyer.
    Cancelled,
    /// Stopped for a while.
    Suspended,
}

/// Who holds a key to the bids.
#[derive(Clone, Debug, SimpleObject)]
pub struct KeyHolding {
    /// The person.
    pub user_id: ID,
    /// The registered key.
    pub key_id: ID,
    /// Its public half, `age1…`, to which shares are sealed.
    pub recipient: String,
}

/// A tender. Public from its notice on; before, for its buyer's own people.
pub struct Tender(pub tender::Tender);

/// A tender. Public from its notice on; before, for its buyer's own people.
#[Object]
impl Tender {
    /// Its global id.
    pub async fn id(&self) -> ID {
        ident::global(TenderId::KIND, self.0.id.0)
    }

    /// Counts its changes; a change names the one that it has seen.
    async fn version(&self) -> i64 {
        self.0.version
    }

    /// Its number on paper.
    async fn number(&self) -> &str {
        &self.0.number
    }

    /// Where it stands.
    async fn state(&self) -> TenderStateName {
        self.0.state.name().into()
    }

    /// Why it failed, was called off or suspended, or was sent back to its writer.
    async fn reason(&self) -> Option<LocalText> {
        match &self.0.state {
            tender::TenderState::Failed { reason, .. }
            | tender::TenderState::Cancelled { reason, .. }
            | tender::TenderState::Suspended { reason, .. } => Some(reason.clone().into()),
            tender::TenderState::Draft { returned: Some(reason), .. } => Some(LocalText { zh: reason.clone(), en: String::new() }),
            _ => None,
        }
    }

    /// Who buys.
    async fn buyer(&self, graphql: &Context<'_>) -> Result<Option<Organization>> {
        crate::loader::organization(graphql, self.0.buyer).await
    }

    /// The agency that acts for the buyer; null where none does.
    async fn agency(&self, graphql: &Context<'_>) -> Result<Option<Organization>> {
        match self.0.agency() {
            Some(agency) => crate::loader::organization(graphql, agency).await,
            None => Ok(None),
        }
    }

    /// The agency that acts for the buyer or is asked to, by global id alone: for both of them; null for everybody else.
    async fn mandate_agency_id(&self, graphql: &Context<'_>) -> Result<Option<ID>> {
        let own = asker(graphql)?.ctx.actor.organization();
        let mandate = self.0.mandate.as_ref().filter(|mandate| own.is_some_and(|own| own == self.0.buyer || own == mandate.agency));
        Ok(mandate.map(|mandate| ident::global(OrganizationId::KIND, mandate.agency.0)))
    }

    /// Who buys, by global id alone.
    async fn buyer_id(&self) -> ID {
        ident::global(OrganizationId::KIND, self.0.buyer.0)
    }

    /// The plan that it carries out.
    async fn plan_id(&self) -> Option<ID> {
        self.0.plan.map(|plan| ident::global(PlanId::KIND, plan.0))
    }

    /// The plan itself; null when it names none.
    #[graphql(complexity = "5 + child_complexity")]
    async fn plan(&self, graphql: &Context<'_>) -> Result<Option<Plan>> {
        let Some(plan) = self.0.plan else { return Ok(None) };
        Ok(loader::one_beside(graphql, plan).await?.map(Plan))
    }

    /// By which procedure it buys, and why.
    async fn choice(&self) -> ProcedureChoice {
        ProcedureChoice(self.0.content.choice.clone())
    }

    /// The kind of its procedure in OCDS.
    async fn procurement_method(&self) -> ProcurementMethod {
        self.0.procedure().course().method.into()
    }

    /// The states that a tender of its procedure passes when all goes well, in order.
    async fn way(&self) -> Vec<TenderStateName> {
        self.0.procedure().course().way().into_iter().map(Into::into).collect()
    }

    /// Where it stood when it was suspended; null unless it is.
    async fn state_before(&self) -> Option<TenderStateName> {
        match &self.0.state {
            tender::TenderState::Suspended { before, .. } => Some((*before).into()),
            _ => None,
        }
    }

    /// Where it stands: its dates by the law of its notice, its way, and who must act next.
    #[graphql(complexity = "10 + child_complexity")]
    async fn schedule(&self, graphql: &Context<'_>) -> Result<Option<TenderSchedule>> {
        Ok(loader::one_beside(graphql, loader::ScheduleOf(self.0.id)).await?.map(TenderSchedule))
    }

    /// What you may do to it as it stands, by its state and your roles. Whether it is the time for it, the act itself says.
    async fn viewer_commands(&self, graphql: &Context<'_>) -> Result<Vec<PossibleCommand>> {
        let asker = asker(graphql)?;
        let rules = self.0.state.publication().map(|publication| &publication.rules);
        Ok(table::possible(&self.0, &asker.ctx.actor).into_iter().map(|command| PossibleCommand::under(command, rules)).collect())
    }

    /// Whether your organization may bid as far as the invitation goes: where only some are asked, you are among them.
    async fn is_viewer_invited(&self, graphql: &Context<'_>) -> Result<bool> {
        let viewer = asker(graphql)?.ctx.actor.organization();
        Ok(self.0.invited.is_empty() || viewer.is_some_and(|viewer| self.0.invited.contains(&viewer)))
    }

    /// The tender that ended without a contract and that it repeats, by global id.
    async fn follows_id(&self) -> Option<ID> {
        self.0.follows.map(|tender| ident::global(TenderId::KIND, tender.0))
    }

    /// Its one lot while it is not divided.
    #[graphql(deprecation = "2026-11-28: a tender may be divided; read `lots`.")]
    async fn lot_id(&self) -> ID {
        lot::global(self.0.lot)
    }

    /// Whether it is divided into lots, for each of which suppliers bid apart.
    async fn is_divided(&self) -> bool {
        self.0.content.is_divided()
    }

    /// Its lots in the order of their numbers; of a tender that is not divided, the whole as one.
    async fn lots(&self) -> Vec<TenderLot> {
        lot::of_tender(&self.0)
    }

    /// How many of the lots one supplier may bid for and win.
    async fn lot_caps(&self) -> LotCaps {
        self.0.content.lot_caps.into()
    }

    /// Its title.
    async fn title(&self) -> LocalText {
        self.0.content.title.clone().into()
    }

    /// What is wanted and why.
    async fn description(&self) -> LocalText {
        self.0.content.description.clone().into()
    }

    /// The category's code.
    async fn category(&self) -> &str {
        &self.0.content.category
    }

    /// Goods, works or services.
    async fn nature(&self) -> Nature {
        self.0.content.nature.into()
    }

    /// The budget, which is also the ceiling of prices.
    async fn budget(&self) -> Money {
        self.0.content.budget.into()
    }

    /// How bids are compared.
    async fn method(&self) -> EvaluationMethod {
        self.0.content.method.into()
    }

    /// Taken off the prices of micro and small enterprises for evaluation, in percent.
    async fn small_enterprise_deduction_percent(&self) -> i64 {
        self.0.content.small_enterprise_deduction_percent
    }

    /// What of it is reserved for smaller enterprises.
    async fn reservation(&self) -> Reservation {
        Reservation::of(&self.0.content)
    }

    /// By which terms products made at home are preferred under the law of its notice, so that bids declare their share; null
    /// where they are not, and before the notice.
    async fn domestic_preference(&self) -> Option<DomesticPreference> {
        let publication = self.0.state.publication()?;
        DomesticTerms::of(&self.0.content, &publication.rules).map(Into::into)
    }

    /// Whether and how suppliers bid together and leave parts to others.
    async fn joint_bidding(&self) -> JointBidding {
        JointBidding::of(&self.0)
    }

    /// Days from the contract to delivery.
    async fn delivery_days(&self) -> u32 {
        self.0.content.delivery_days
    }

    /// What is bought: all of it, or by one lot.
    async fn items(&self, #[graphql(desc = "Only those of the lot with this number.")] lot: Option<u32>) -> Vec<TenderItem> {
        let items = self.0.content.items.iter().filter(|item| lot.is_none_or(|lot| item.lot == lot));
        items.cloned().map(Into::into).collect()
    }

    /// What it must be.
    async fn requirements(&self) -> Vec<Requirement> {
        self.0.content.requirements.iter().cloned().map(Into::into).collect()
    }

    /// What bidders show to qualify.
    async fn papers(&self) -> Vec<Paper> {
        self.0.content.papers.iter().cloned().map(Into::into).collect()
    }

    /// By what bids are judged; empty when the lowest price decides.
    async fn criteria(&self) -> Vec<Criterion> {
        self.0.content.criteria.iter().cloned().map(Into::into).collect()
    }

    /// Until when bids are taken.
    async fn deadline_at(&self) -> Option<DateTime<Utc>> {
        self.0.content.deadline_at
    }

    /// Until when questions are taken; null where they are taken until the deadline.
    async fn questions_until(&self) -> Option<DateTime<Utc>> {
        self.0.content.questions_until
    }

    /// For how long bids bind and guarantees must be good; null where no bid security is asked for.
    async fn bid_validity(&self) -> Option<BidValidity> {
        BidValidity::of(&self.0)
    }

    /// The deadline of the first responses, once final offers have been asked for.
    async fn first_deadline_at(&self) -> Option<DateTime<Utc>> {
        self.0.first_deadline_at
    }

    /// Who opens the bids.
    async fn holders(&self) -> Vec<KeyHolding> {
        let holders = self.0.content.holders.iter();
        holders
            .map(|one| KeyHolding {
                user_id: ident::global(UserId::KIND, one.user.0),
                key_id: ident::global(HolderKeyId::KIND, one.key.0),
                recipient: one.recipient.clone(),
            })
            .collect()
    }

    /// How many of the holders are needed.
    async fn threshold(&self) -> u32 {
        self.0.content.threshold
    }

    /// What a bidder deposits, if anything.
    async fn bid_security(&self) -> Option<Money> {
        self.0.content.bid_security.map(Into::into)
    }

    /// Files of the tender, by global id.
    async fn document_ids(&self) -> Vec<ID> {
        self.0.content.documents.iter().map(|file| ident::global(FileId::KIND, file.0)).collect()
    }

    /// Files of the tender. Everybody reads those of a notice; those of a draft, its buyer's own people.
    #[graphql(complexity = "5 + child_complexity * 5")]
    async fn documents(&self, graphql: &Context<'_>) -> Result<Vec<File>> {
        crate::loader::files(graphql, &self.0.content.documents).await
    }

    /// How many evaluators judge.
    async fn panel_size(&self) -> u32 {
        self.0.content.panel_size
    }

    /// The version of its documents, from 1; each amendment adds one.
    async fn document_version(&self) -> u32 {
        self.0.document_version
    }

    /// When the notice was published.
    async fn published_at(&self) -> Option<DateTime<Utc>> {
        self.0.state.publication().map(|publication| publication.published_at)
    }

    /// Its changes since the notice.
    async fn amendments(&self) -> Vec<Amendment> {
        self.0.amendments.iter().cloned().map(Into::into).collect()
    }

    /// Questions and answers: the answered, one's own, and all for the buyer; the newest 500, the oldest of them first.
    #[graphql(complexity = "20 + child_complexity * 5")]
    async fn clarifications(&self, graphql: &Context<'_>) -> Result<Vec<Clarification>> {
        let questions = loader::one_beside(graphql, loader::QuestionsOf(self.0.id)).await?;
        Ok(questions.unwrap_or_default().into_iter().map(Clarification).collect())
    }

    /// What an auditor would ask about the draft, until the notice is public: for those who may read drafts, empty for all
    /// others. Each is mended or overridden before the draft can be handed in.
    #[graphql(complexity = "1100 + child_complexity * 5")]
    async fn warnings(&self, graphql: &Context<'_>) -> Result<Vec<TenderWarning>> {
        warning::of_tender(graphql, self.0.id).await
    }

    /// Which of these questions could not be put, and which fact is missing.
    #[graphql(complexity = "1100 + child_complexity")]
    async fn unchecked_warnings(&self, graphql: &Context<'_>) -> Result<Vec<UncheckedWarning>> {
        warning::unchecked(graphql, self.0.id).await
    }

    /// The reasons kept with the tender, those that were taken back among them, the newest first: for those who may read
    /// drafts, also once the notice is public; empty for all others.
    #[graphql(complexity = "1100 + child_complexity * 5")]
    async fn warning_overrides(&self, graphql: &Context<'_>) -> Result<Vec<WarningOverride>> {
        warning::overrides(graphql, &self.0).await
    }
}

/// A tender in a list.
#[derive(SimpleObject)]
pub struct TenderEdge {
    /// Its place: ask for what comes after it.
    pub cursor: String,
    /// The tender.
    pub node: Tender,
}

/// A page of a list of tenders.
pub struct TenderConnection {
    /// The tenders, perhaps one more than asked for.
    pub tenders: Vec<tender::Tender>,
    /// How many were asked for.
    pub first: usize,
    /// The filter, for the count.
    pub filter: tenders::TenderFilter,
}

/// A page of a list of tenders, the last published first.
#[Object]
impl TenderConnection {
    /// The tenders with their places.
    async fn edges(&self) -> Vec<TenderEdge> {
        let page = self.tenders.iter().take(self.first).cloned();
        page.map(|tender| TenderEdge { cursor: cursor(&tenders::key(&tender, self.filter.sort)), node: Tender(tender) }).collect()
    }

    /// The tenders.
    async fn nodes(&self) -> Vec<Tender> {
        self.tenders.iter().take(self.first).cloned().map(Tender).collect()
    }

    /// Where the list goes on.
    async fn page_info(&self) -> PageInfo {
        let last = self.tenders[..self.first.min(self.tenders.len())].last();
        let end = last.map(|tender| cursor(&tenders::key(tender, self.filter.sort)));
        PageInfo { has_previous_page: false, has_next_page: self.tenders.len() > self.first, start_cursor: None, end_cursor: end }
    }

    /// How many there are in all.
    async fn total_count(&self, graphql: &Context<'_>) -> Result<u64> {
        let asker = asker(graphql)?;
        tenders::tender_count(&asker.app, &asker.ctx, &self.filter).await.map_err(|error| coded(&asker.ctx, error))
    }
}
