//! Rows of `warning_override`: warnings of drafts that were kept with a reason.

use crate::store::Tx;
use crate::{Error, Result};
use domain::ident::{TenderId, WarningOverrideId};
use domain::refusal::Code;
use domain::tendering::warning::WarningOverride;
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::Expr;
use sea_orm::{QueryOrder, QuerySelect};

/// The most overrides of a tender that are read, the newest.
const READ_MOST: u64 = 300;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "warning_override")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub tender_id: Uuid,
    pub given_by: Uuid,
    pub given_at: DateTimeUtc,
    pub withdrawn_at: Option<DateTimeUtc>,
    pub standing_key: Option<String>,
    pub record: Json,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl TryFrom<Model> for WarningOverride {
    type Error = Error;

    fn try_from(row: Model) -> Result<Self> {
        serde_json::from_value(row.record).map_err(|error| Error::internal("read an overridden warning", error))
    }
}

fn record(given: &WarningOverride) -> Result<Json> {
    serde_json::to_value(given).map_err(|error| Error::internal("write an overridden warning", error))
}

/// Adds one, under the key of its warning.
pub(crate) async fn insert(tx: &Tx, given: &WarningOverride, key: &str) -> Result<()> {
    ActiveModel {
        id: Set(given.id.0),
        tender_id: Set(given.tender.0),
        given_by: Set(given.by.0),
        given_at: Set(given.given_at),
        withdrawn_at: Set(None),
        standing_key: Set(Some(format!("{}:{key}", given.tender))),
        record: Set(record(given)?),
    }
    .insert(tx.db())
    .await?;
    Ok(())
}

/// Writes one that was withdrawn.
///
/// # Errors
/// `CONFLICT` when somebody else has withdrawn it meanwhile.
pub(crate) async fn save_withdrawn(tx: &Tx, given: &WarningOverride) -> Result<()> {
    let updated = Entity::update_many()
        .col_expr(Column::WithdrawnAt, Expr::value(given.withdrawn_at))
        .col_expr(Column::StandingKey, Expr::value(None::<String>))
        .col_expr(Column::Record, Expr::value(record(given)?))
        .filter(Column::Id.eq(given.id.0))
        .filter(Column::WithdrawnAt.is_null())
        .exec(tx.db())
        .await?;
    if updated.rows_affected == 1 { Ok(()) } else { Err(Error::refused(Code::Conflict)) }
}

/// The one with this number.
pub(crate) async fn by_id(db: &impl ConnectionTrait, id: WarningOverrideId) -> Result<Option<WarningOverride>> {
    Entity::find_by_id(id.0).one(db).await?.map(WarningOverride::try_from).transpose()
}

/// Those of a tender, withdrawn ones among them, the newest first.
pub(crate) async fn of_tender(db: &impl ConnectionTrait, tender: TenderId) -> Result<Vec<WarningOverride>> {
    let found = Entity::find().filter(Column::TenderId.eq(tender.0)).order_by_desc(Column::GivenAt).order_by_desc(Column::Id);
    found.limit(READ_MOST).all(db).await?.into_iter().map(WarningOverride::try_from).collect()
}

/// How many of a tender stand.
pub(crate) async fn count_standing(db: &impl ConnectionTrait, tender: TenderId) -> Result<u64> {
    let found = Entity::find().filter(Column::TenderId.eq(tender.0)).filter(Column::WithdrawnAt.is_null());
    Ok(found.count(db).await?)
}
