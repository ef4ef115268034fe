//! Rows of `basket`: one for each person and the buyer for whom it acts.

use crate::store::Tx;
use crate::{Error, Result};
use domain::contracting::basket::Basket;
use domain::ident::{BasketId, OrganizationId, UserId};
use domain::refusal::Code;
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "basket")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub version: i64,
    pub buyer_id: Uuid,
    pub keeper_id: Uuid,
    pub lines: Json,
    pub changed_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl TryFrom<Model> for Basket {
    type Error = Error;

    fn try_from(row: Model) -> Result<Self> {
        Ok(Self {
            id: BasketId(row.id),
            version: row.version,
            buyer: OrganizationId(row.buyer_id),
            keeper: UserId(row.keeper_id),
            lines: serde_json::from_value(row.lines).map_err(|error| Error::internal("read a basket", error))?,
            changed_at: row.changed_at,
        })
    }
}

/// The basket of a person for a buyer.
pub(crate) async fn of(db: &impl ConnectionTrait, buyer: OrganizationId, keeper: UserId) -> Result<Option<Basket>> {
    let row = Entity::find().filter(Column::BuyerId.eq(buyer.0)).filter(Column::KeeperId.eq(keeper.0)).one(db).await?;
    row.map(Basket::try_from).transpose()
}

/// Adds an empty basket.
pub(crate) async fn insert(tx: &Tx, basket: &Basket) -> Result<()> {
    ActiveModel {
        id: Set(basket.id.0),
        version: Set(basket.version),
        buyer_id: Set(basket.buyer.0),
        keeper_id: Set(basket.keeper.0),
        lines: Set(lines(basket)?),
        changed_at: Set(basket.changed_at),
    }
    .insert(tx.db())
    .await?;
    Ok(())
}

/// Writes a changed basket if nobody else has meanwhile, and gives it back with its new version.
pub(crate) async fn save(tx: &Tx, basket: Basket) -> Result<Basket> {
    let updated = Entity::update_many()
        .col_expr(Column::Version, Expr::value(basket.version + 1))
        .col_expr(Column::Lines, Expr::value(lines(&basket)?))
        .col_expr(Column::ChangedAt, Expr::value(basket.changed_at))
        .filter(Column::Id.eq(basket.id.0))
        .filter(Column::Version.eq(basket.version))
        .exec(tx.db())
        .await?;
    if updated.rows_affected != 1 {
        return Err(Error::refused(Code::Conflict));
    }
    Ok(Basket { version: basket.version + 1, ..basket })
}

fn lines(basket: &Basket) -> Result<Json> {
    serde_json::to_value(&basket.lines).map_err(|error| Error::internal("write a basket", error))
}
