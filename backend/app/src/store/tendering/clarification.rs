//! Rows of `clarification`.

use crate::store::Tx;
use crate::{Error, Result};
use domain::ident::{ClarificationId, OrganizationId, TenderId};
use domain::refusal::Code;
use domain::tendering::clarification::Clarification;
use sea_orm::ActiveValue::{NotSet, Set};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Expr, ExprTrait as _, Query};
use sea_orm::{Condition, QueryOrder, QuerySelect};
use std::collections::BTreeMap;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "clarification")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub version: i64,
    pub tender_id: Uuid,
    pub asker_id: Uuid,
    pub asked_at: DateTimeUtc,
    pub answered_at: Option<DateTimeUtc>,
    pub record: Json,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl TryFrom<Model> for Clarification {
    type Error = Error;

    fn try_from(row: Model) -> Result<Self> {
        serde_json::from_value(row.record).map_err(|error| Error::internal("read clarification", error))
    }
}

fn row(clarification: &Clarification) -> Result<ActiveModel> {
    Ok(ActiveModel {
        id: Set(clarification.id.0),
        version: Set(clarification.version),
        tender_id: Set(clarification.tender.0),
        asker_id: Set(clarification.asker.0),
        asked_at: Set(clarification.asked_at),
        answered_at: Set(clarification.answer.as_ref().map(|(_, at)| *at)),
        record: Set(serde_json::to_value(clarification).map_err(|error| Error::internal("write clarification", error))?),
    })
}

/// Adds a question.
pub(crate) async fn insert(tx: &Tx, clarification: &Clarification) -> Result<()> {
    row(clarification)?.insert(tx.db()).await?;
    Ok(())
}

/// Writes it back, one version on.
///
/// # Errors
/// `CONFLICT` when somebody else has written it since it was read.
pub(crate) async fn save(tx: &Tx, clarification: Clarification) -> Result<Clarification> {
    let read = clarification.version;
    let clarification = Clarification { version: read + 1, ..clarification };
    let changed = ActiveModel { id: NotSet, ..row(&clarification)? };
    let mine = Column::Id.eq(clarification.id.0);
    let guarded = Entity::update_many().set(changed).filter(mine).filter(Column::Version.eq(read));
    if guarded.exec(tx.db()).await?.rows_affected != 1 {
        return Err(Error::refused(Code::Conflict));
    }
    Ok(clarification)
}

/// When questions about these tenders were answered last.
pub(crate) async fn last_answers(db: &impl ConnectionTrait, tenders: &[TenderId]) -> Result<BTreeMap<TenderId, DateTimeUtc>> {
    let found = Entity::find().select_only().column(Column::TenderId).column_as(Column::AnsweredAt.max(), "answered_at");
    let found = found.filter(Column::TenderId.is_in(tenders.iter().map(|id| id.0))).filter(Column::AnsweredAt.is_not_null());
    let rows = found.group_by(Column::TenderId).into_tuple::<(Uuid, DateTimeUtc)>().all(db).await?;
    Ok(rows.into_iter().map(|(id, at)| (id.into(), at)).collect())
}

/// The one with this id.
pub(crate) async fn by_id(db: &impl ConnectionTrait, id: ClarificationId) -> Result<Option<Clarification>> {
    Entity::find_by_id(id.0).one(db).await?.map(Clarification::try_from).transpose()
}

/// How many questions about each of these tenders wait for an answer.
pub(crate) async fn unanswered(db: &impl ConnectionTrait, tenders: &[TenderId]) -> Result<BTreeMap<TenderId, usize>> {
    let found = Entity::find().select_only().column(Column::TenderId).column_as(Column::Id.count(), "waiting");
    let waiting = found.filter(Column::AnsweredAt.is_null()).filter(Column::TenderId.is_in(tenders.iter().map(|id| id.0)));
    let rows: Vec<(Uuid, i64)> = waiting.group_by(Column::TenderId).into_tuple().all(db).await?;
    Ok(rows.into_iter().map(|(id, count)| (TenderId(id), usize::try_from(count).unwrap_or(0))).collect())
}

/// The newest of those about each of these tenders, at most `most` of each, the oldest first: all about one's own, the
/// answered and one's own about the others.
pub(crate) async fn of_tenders(
    db: &impl ConnectionTrait,
    own: &[TenderId],
    others: &[TenderId],
    organization: Option<OrganizationId>,
    most: i64,
) -> Result<Vec<Clarification>> {
    let about = |tenders: &[TenderId]| Column::TenderId.is_in(tenders.iter().map(|id| id.0));
    let mut known = Condition::any().add(Column::AnsweredAt.is_not_null());
    if let Some(organization) = organization {
        known = known.add(Column::AskerId.eq(organization.0));
    }
    let scope = Condition::any().add(about(own)).add(Condition::all().add(about(others)).add(known));
    let place = Expr::cust("row_number() OVER (PARTITION BY tender_id ORDER BY asked_at DESC, id DESC)");
    let placed = Query::select().column(Column::Id).expr_as(place, "place").from(Entity).cond_where(scope).to_owned();
    let newest = Query::select().column(Column::Id).from_subquery(placed, "placed").and_where(Expr::col("place").lte(most)).to_owned();
    let rows = Entity::find().filter(Column::Id.in_subquery(newest)).order_by_asc(Column::AskedAt).order_by_asc(Column::Id).all(db).await?;
    rows.into_iter().map(Clarification::try_from).collect()
}

/// How many questions of one supplier about a tender wait for an answer.
pub(crate) async fn count_open(db: &impl ConnectionTrait, tender: TenderId, asker: OrganizationId) -> Result<u64> {
    let open = Entity::find().filter(Column::TenderId.eq(tender.0)).filter(Column::AskerId.eq(asker.0));
    Ok(open.filter(Column::AnsweredAt.is_null()).count(db).await?)
}
