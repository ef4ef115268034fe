//! Objections to announced single sources, their answers, and the invitation of the sole supplier.

use super::tender_input::{DeadlineRule, TenderPayload};
use super::{tender_id, tender_payload};
use crate::connection::{cursor, page};
use crate::ident;
use crate::identity::organization::Organization;
use crate::loader;
use crate::oversight::file::File;
use crate::payload::{UserError, coded, found, settle};
use crate::request::{asker, once};
use app::tendering::objection as objections;
use async_graphql::connection::PageInfo;
use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use chrono::{DateTime, Utc};
use domain::ident::{FileId, ObjectionId, TenderId};
use domain::tendering::objection::{self, ANSWER_DAYS};

/// An objection to an announced single source. Once answered everybody reads it; who objected, the buyer alone.
pub struct Objection {
    /// The objection.
    pub objection: objection::Objection,
    /// Whether the viewer learns who objects: the buyer's people and supervisors, and the objector itself.
    pub is_told: bool,
}

impl Objection {
    fn of(asker: &crate::request::Asker, objection: objection::Objection, is_buyer: bool) -> Self {
        let is_told = is_buyer || asker.ctx.actor.organization() == Some(objection.objector);
        Self { objection, is_told }
    }
}

/// An objection to an announced single source. Once answered everybody reads it; who objected, the buyer alone.
#[Object]
impl Objection {
    /// Its global id.
    async fn id(&self) -> ID {
        ident::global(ObjectionId::KIND, self.objection.id.0)
    }

    /// To which tender, by global id.
    async fn tender_id(&self) -> ID {
        ident::global(TenderId::KIND, self.objection.tender.0)
    }

    /// Who objects; null unless you are the buyer, a supervisor or the objector.
    async fn objector(&self, graphql: &Context<'_>) -> Result<Option<Organization>> {
        if self.is_told { loader::organization(graphql, self.objection.objector).await } else { Ok(None) }
    }

    /// Whether your own organization raised it.
    async fn is_own(&self, graphql: &Context<'_>) -> Result<bool> {
        Ok(asker(graphql)?.ctx.actor.organization() == Some(self.objection.objector))
    }

    /// What is objected, in the objector's words.
    async fn text(&self) -> &str {
        &self.objection.text
    }

    /// A file that shows it; null where there is none, and for everybody but the buyer and the objector.
    #[graphql(complexity = "5 + child_complexity")]
    async fn file(&self, graphql: &Context<'_>) -> Result<Option<File>> {
        let Some(file) = self.objection.file.filter(|_| self.is_told) else { return Ok(None) };
        Ok(loader::files(graphql, &[file]).await?.pop())
    }

    /// When it was raised.
    async fn raised_at(&self) -> DateTime<Utc> {
        self.objection.raised_at
    }

    /// The buyer's answer, once there is one.
    async fn answer(&self) -> Option<ObjectionAnswer> {
        let answer = self.objection.answer.as_ref()?;
        Some(ObjectionAnswer { is_upheld: answer.is_upheld, reasons: answer.reasons.clone(), answered_at: answer.answered_at })
    }
}

/// The buyer's answer to an objection.
#[derive(Clone, Debug, SimpleObject)]
pub struct ObjectionAnswer {
    /// Whether the objection holds, so that the purchase does not go on by a single source.
    pub is_upheld: bool,
    /// Why.
    pub reasons: String,
    /// When it was given.
    pub answered_at: DateTime<Utc>,
}

/// An objection in a list.
#[derive(SimpleObject)]
pub struct ObjectionEdge {
    /// Its place: ask for what comes after it.
    pub cursor: String,
    /// The objection.
    pub node: Objection,
}

/// A page of the objections to a tender.
pub struct ObjectionConnection {
    tender: TenderId,
    found: objections::Objections,
    first: usize,
}

/// A page of the objections to a tender, the oldest first.
#[Object]
impl ObjectionConnection {
    /// The objections with their places.
    async fn edges(&self, graphql: &Context<'_>) -> Result<Vec<ObjectionEdge>> {
        let asker = asker(graphql)?;
        let page = self.found.page.iter().take(self.first).cloned();
        let edge = |one: objection::Objection| {
            ObjectionEdge { cursor: cursor(&objections::key(&one)), node: Objection::of(asker, one, self.found.is_buyer) }
        };
        Ok(page.map(edge).collect())
    }

    /// The objections.
    async fn nodes(&self, graphql: &Context<'_>) -> Result<Vec<Objection>> {
        let asker = asker(graphql)?;
        let page = self.found.page.iter().take(self.first).cloned();
        Ok(page.map(|one| Objection::of(asker, one, self.found.is_buyer)).collect())
    }

    /// Where the list goes on.
    async fn page_info(&self) -> PageInfo {
        let page = &self.found.page;
        let end = page.iter().take(self.first).next_back().map(|one| cursor(&objections::key(one)));
        PageInfo { has_previous_page: false, has_next_page: page.len() > self.first, start_cursor: None, end_cursor: end }
    }

    /// How many there are that you may read.
    async fn total_count(&self, graphql: &Context<'_>) -> Result<u64> {
        let asker = asker(graphql)?;
        objections::objection_count(&asker.app, &asker.ctx, self.tender).await.map_err(|error| coded(&asker.ctx, error))
    }
}

/// The rules and the standing of an announced single source (单一来源公示).
pub struct SingleSourceNotice(objections::SingleSourceNotice);

impl SingleSourceNotice {
    fn rule(&self, key: &str) -> Option<DeadlineRule> {
        let figure = self.0.tender.state.publication()?.rules.figure(key)?;
        Some(DeadlineRule { days: figure.value, source: figure.source.clone() })
    }
}

/// The rules and the standing of an announced single source (单一来源公示).
#[Object]
impl SingleSourceNotice {
    /// The article under which the ground lets the buyer ask one supplier, by the law of the day of the notice.
    async fn ground_source(&self) -> Option<String> {
        let ground = self.0.tender.content.choice.ground?;
        let rules = &self.0.tender.state.publication()?.rules;
        rules.figure(&ground.figure_key(self.0.tender.procedure())).map(|figure| figure.source.clone())
    }

    /// How many working days the notice is on display at the least.
    async fn notice_rule(&self) -> Option<DeadlineRule> {
        self.rule(&self.0.tender.content.choice.announcement_figure()?)
    }

    /// Within how many working days after the notice's end the buyer answers objections.
    async fn answer_rule(&self) -> Option<DeadlineRule> {
        self.rule(ANSWER_DAYS)
    }

    /// How many objections wait for an answer; null unless you are the buyer or a supervisor.
    async fn unanswered(&self) -> Option<u64> {
        self.0.is_buyer.then(|| u64::try_from(self.0.tally.unanswered).unwrap_or(u64::MAX))
    }

    /// Whether an objection was upheld, so that the purchase does not go on by a single source.
    async fn is_upheld(&self) -> bool {
        self.0.tally.upheld > 0
    }

    /// Whether your organization has objected.
    async fn has_viewer_objected(&self) -> bool {
        self.0.has_objected
    }

    /// Whether your organization is the one that is to be asked.
    async fn is_viewer_sole_supplier(&self, graphql: &Context<'_>) -> Result<bool> {
        let viewer = asker(graphql)?.ctx.actor.organization();
        Ok(viewer.is_some() && viewer == self.0.tender.content.choice.sole_supplier)
    }
}

/// Root fields that read objections.
#[derive(Default)]
pub struct ObjectionQuery;

#[Object]
impl ObjectionQuery {
    /// The objections to a tender, the oldest first: all of them for its buyer's people and supervisors, for everybody else
    /// the answered and their own. Null for a tender that you may not know of.
    #[graphql(complexity = "20 + crate::connection::cost(first, child_complexity) / 4")]
    async fn objections(
        &self,
        graphql: &Context<'_>,
        #[graphql(desc = "The tender's global id.")] tender_id: ID,
        #[graphql(desc = "How many, 20 unless told, at most 100.")] first: Option<i32>,
        #[graphql(desc = "Begin behind this cursor.")] after: Option<String>,
    ) -> Result<Option<ObjectionConnection>> {
        let asker = asker(graphql)?;
        let read = async {
            let tender = self::tender_id(&tender_id)?;
            let page = page(first, after.as_deref())?;
            let found = objections::objections(&asker.app, &asker.ctx, tender, page.after, page.first + 1).await?;
            Ok(ObjectionConnection { tender, found, first: page.first })
        };
        found(&asker.ctx, read.await)
    }

    /// The rules and the standing of an announced single source. Null for a tender that is none, or that you may not know of.
    async fn single_source_notice(
        &self,
        graphql: &Context<'_>,
        #[graphql(desc = "The tender's global id.")] tender_id: ID,
    ) -> Result<Option<SingleSourceNotice>> {
        let asker = asker(graphql)?;
        let read = async {
            let tender = self::tender_id(&tender_id)?;
            objections::single_source_notice(&asker.app, &asker.ctx, tender).await
        };
        Ok(found(&asker.ctx, read.await)?.map(SingleSourceNotice))
    }
}

/// Objects to an announced single source.
#[derive(Clone, Debug, InputObject)]
pub struct RaiseObjectionInput {
    /// The tender.
    pub tender_id: ID,
    /// The objection, at most 4,000 characters. Everybody reads it once answered: don't say who you are.
    pub text: String,
    /// A file that shows it, uploaded before; only the buyer reads it.
    pub file_id: Option<ID>,
    /// The same key with the same input does this once.
    pub idempotency_key: Option<String>,
}

/// Answers an objection.
#[derive(Clone, Debug, InputObject)]
pub struct AnswerObjectionInput {
    /// The objection.
    pub objection_id: ID,
    /// Whether it holds: then the purchase does not go on by a single source.
    pub is_upheld: bool,
    /// Why, at most 4,000 characters; everybody reads it.
    pub reasons: String,
    /// The same key with the same input does this once.
    pub idempotency_key: Option<String>,
}

/// Asks the sole supplier for its offer.
#[derive(Clone, Debug, InputObject)]
pub struct InviteSoleSupplierInput {
    /// The tender.
    pub tender_id: ID,
    /// Until when its offer is taken: as announced unless told, never earlier.
    pub deadline_at: Option<DateTime<Utc>>,
    /// The same key with the same input does this once.
    pub idempotency_key: Option<String>,
}

/// The objection after what was done.
#[derive(SimpleObject)]
pub struct ObjectionPayload {
    /// The objection; null when nothing was done.
    pub objection: Option<Objection>,
    /// What you can mend.
    pub user_errors: Vec<UserError>,
}

/// Root fields that raise and settle objections.
#[derive(Default)]
pub struct ObjectionMutation;

#[Object]
impl ObjectionMutation {
    /// Objects to an announced single source, while its notice is on display, once. Sellers only, and not the sole supplier.
    async fn raise_objection(
        &self,
        graphql: &Context<'_>,
        #[graphql(desc = "The objection.")] input: RaiseObjectionInput,
    ) -> Result<ObjectionPayload> {
        let asker = once(graphql, input.idempotency_key)?;
        let work = async {
            let file = input.file_id.map(|id| ident::of_kind(&id, FileId::KIND, "fileId")).transpose()?;
            objections::raise(&asker.app, &asker.ctx, tender_id(&input.tender_id)?, input.text, file).await
        };
        let (objection, user_errors) = settle(&asker.ctx, work.await)?;
        Ok(ObjectionPayload { objection: objection.map(|objection| Objection { objection, is_told: true }), user_errors })
    }

    /// Answers an objection with reasons that everybody reads; the objector is told. Officers only.
    async fn answer_objection(
        &self,
        graphql: &Context<'_>,
        #[graphql(desc = "The answer.")] input: AnswerObjectionInput,
    ) -> Result<ObjectionPayload> {
        let asker = once(graphql, input.idempotency_key)?;
        let work = async {
            let id = ident::of_kind(&input.objection_id, ObjectionId::KIND, "objectionId")?;
            objections::answer(&asker.app, &asker.ctx, id, input.is_upheld, input.reasons).await
        };
        let (objection, user_errors) = settle(&asker.ctx, work.await)?;
        Ok(ObjectionPayload { objection: objection.map(|objection| Objection { objection, is_told: true }), user_errors })
    }

    /// Asks the sole supplier of an announced single source for its offer: once the notice is over, every objection is
    /// answered and none was upheld. Officers only.
    async fn invite_sole_supplier(
        &self,
        graphql: &Context<'_>,
        #[graphql(desc = "Which, and until when.")] input: InviteSoleSupplierInput,
    ) -> Result<TenderPayload> {
        let asker = once(graphql, input.idempotency_key)?;
        let work = async {
            objections::invite_sole_supplier(&asker.app, &asker.ctx, tender_id(&input.tender_id)?, input.deadline_at).await
        };
        tender_payload(&asker.ctx, work.await)
    }
}
