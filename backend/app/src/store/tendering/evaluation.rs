//! Rows of `evaluation` and of `score_sheet` beside them.

use crate::store::Tx;
use crate::{Error, Result};
use domain::ident::{TenderId, UserId};
use domain::refusal::Code;
use domain::tendering::evaluation::Evaluation;
use domain::tendering::score_sheet::ScoreSheet;
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::Expr;
use sea_orm::{QueryOrder, QuerySelect};
use std::collections::BTreeSet;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "evaluation")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub version: i64,
    pub buyer_id: Uuid,
    pub status: String,
    pub record: Json,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

mod sheet {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "score_sheet")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub version: i64,
        pub tender_id: Uuid,
        pub member_id: Uuid,
        pub submitted_at: Option<DateTimeUtc>,
        pub record: Json,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

fn record(evaluation: &Evaluation) -> Result<Json> {
    serde_json::to_value(evaluation).map_err(|error| Error::internal("write an evaluation", error))
}

/// Adds an evaluation. A second one of the same tender is a `CONFLICT`.
pub(crate) async fn insert(tx: &Tx, evaluation: &Evaluation) -> Result<()> {
    ActiveModel {
        id: Set(evaluation.tender.0),
        version: Set(evaluation.version),
        buyer_id: Set(evaluation.buyer.0),
        status: Set(evaluation.stage.name().to_owned()),
        record: Set(record(evaluation)?),
    }
    .insert(tx.db())
    .await?;
    Ok(())
}

/// Saves an evaluation over the version that was read.
pub(crate) async fn save(tx: &Tx, mut evaluation: Evaluation) -> Result<Evaluation> {
    let read = evaluation.version;
    evaluation.version += 1;
    let updated = Entity::update_many()
        .col_expr(Column::Version, Expr::value(evaluation.version))
        .col_expr(Column::Status, Expr::value(evaluation.stage.name()))
        .col_expr(Column::Record, Expr::value(record(&evaluation)?))
        .filter(Column::Id.eq(evaluation.tender.0))
        .filter(Column::Version.eq(read))
        .exec(tx.db())
        .await?;
    if updated.rows_affected == 1 { Ok(evaluation) } else { Err(Error::refused(Code::Conflict)) }
}

/// The evaluation of a tender.
pub(crate) async fn by_tender(db: &impl ConnectionTrait, tender: TenderId) -> Result<Option<Evaluation>> {
    let Some(row) = Entity::find_by_id(tender.0).one(db).await? else { return Ok(None) };
    let found = serde_json::from_value(row.record).map_err(|error| Error::internal("read an evaluation", error))?;
    Ok(Some(found))
}

/// The evaluations of these tenders.
pub(crate) async fn by_tenders(db: &impl ConnectionTrait, tenders: &[TenderId]) -> Result<Vec<Evaluation>> {
    read_all(Entity::find().filter(Column::Id.is_in(tenders.iter().map(|id| id.0))).all(db).await?)
}

/// At most `most` evaluations that wait for members of their panels, the newest first.
pub(crate) async fn waiting_for_panels(db: &impl ConnectionTrait, most: u64) -> Result<Vec<Evaluation>> {
    let found = Entity::find().filter(Column::Status.is_in(["panel_appointed", "scoring", "reported"]));
    read_all(found.order_by_desc(Column::Id).limit(most).all(db).await?)
}

fn read_all(rows: Vec<Model>) -> Result<Vec<Evaluation>> {
    let read = |row: Model| serde_json::from_value(row.record).map_err(|error| Error::internal("read an evaluation", error));
    rows.into_iter().map(read).collect()
}

/// Those of these tenders for which a member has handed its sheet in.
pub(crate) async fn handed_in_by(db: &impl ConnectionTrait, member: UserId, tenders: &[TenderId]) -> Result<BTreeSet<TenderId>> {
    let found = sheet::Entity::find().select_only().column(sheet::Column::TenderId).filter(sheet::Column::MemberId.eq(member.0));
    let own = found.filter(sheet::Column::SubmittedAt.is_not_null()).filter(sheet::Column::TenderId.is_in(tenders.iter().map(|id| id.0)));
    let ids: Vec<Uuid> = own.into_tuple().all(db).await?;
    Ok(ids.into_iter().map(TenderId).collect())
}

fn read_sheet(row: &sheet::Model) -> Result<ScoreSheet> {
    serde_json::from_value(row.record.clone()).map_err(|error| Error::internal("read a score sheet", error))
}

/// All sheets of a tender's evaluation. For drawing up the report, and nothing else.
pub(crate) async fn sheets(db: &impl ConnectionTrait, tender: TenderId) -> Result<Vec<ScoreSheet>> {
    let rows = sheet::Entity::find().filter(sheet::Column::TenderId.eq(tender.0)).all(db).await?;
    rows.iter().map(read_sheet).collect()
}

/// How many sheets have been handed in.
pub(crate) async fn count_submitted(db: &impl ConnectionTrait, tender: TenderId) -> Result<usize> {
    let found = sheet::Entity::find().filter(sheet::Column::TenderId.eq(tender.0));
    let count = found.filter(sheet::Column::SubmittedAt.is_not_null()).count(db).await?;
    Ok(usize::try_from(count).unwrap_or(usize::MAX))
}

/// A member's own sheet, with its version; nothing before the first draft.
pub(crate) async fn sheet_of(
    db: &impl ConnectionTrait,
    tender: TenderId,
    member: UserId,
) -> Result<Option<(ScoreSheet, i64)>> {
    let found = sheet::Entity::find().filter(sheet::Column::TenderId.eq(tender.0));
    let row = found.filter(sheet::Column::MemberId.eq(member.0)).one(db).await?;
    row.map(|row| Ok((read_sheet(&row)?, row.version))).transpose()
}

/// Saves a member's sheet: a first one, or over the version that was read.
pub(crate) async fn save_sheet(tx: &Tx, tender: TenderId, written: &ScoreSheet, version: Option<i64>) -> Result<()> {
    let record = serde_json::to_value(written).map_err(|error| Error::internal("write a score sheet", error))?;
    let Some(version) = version else {
        sheet::ActiveModel {
            id: Set(tx.ctx().new_id()),
            version: Set(1),
            tender_id: Set(tender.0),
            member_id: Set(written.member.0),
            submitted_at: Set(written.submitted_at),
            record: Set(record),
        }
        .insert(tx.db())
        .await?;
        return Ok(());
    };
    let updated = sheet::Entity::update_many()
        .col_expr(sheet::Column::Version, Expr::value(version + 1))
        .col_expr(sheet::Column::SubmittedAt, Expr::value(written.submitted_at))
        .col_expr(sheet::Column::Record, Expr::value(record))
        .filter(sheet::Column::TenderId.eq(tender.0))
        .filter(sheet::Column::MemberId.eq(written.member.0))
        .filter(sheet::Column::Version.eq(version))
        .exec(tx.db())
        .await?;
    if updated.rows_affected == 1 { Ok(()) } else { Err(Error::refused(Code::Conflict)) }
}
