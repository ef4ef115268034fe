//! Rows of `purchase_order`: what is filtered, sorted and summed as columns, the rest as the record.

use crate::store::Tx;
use crate::store::oversight::event;
use crate::{Error, Result};
use chrono::{DateTime, Utc};
use domain::contracting::order::Order;
use domain::ident::{OrderId, OrganizationId};
use domain::refusal::Code;
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::{Condition, QueryOrder, QuerySelect};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "purchase_order")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub version: i64,
    pub number: String,
    pub buyer_id: Uuid,
    pub supplier_id: Uuid,
    pub status: String,
    pub total_minor: i64,
    pub currency: String,
    pub placed_at: DateTimeUtc,
    pub record: Json,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl TryFrom<Model> for Order {
    type Error = Error;

    fn try_from(row: Model) -> Result<Self> {
        let order: Self = serde_json::from_value(row.record).map_err(|error| Error::internal("read an order", error))?;
        Ok(Self { version: row.version, ..order })
    }
}

/// Which orders of an organization.
#[derive(Clone, Debug)]
pub(crate) struct Wanted {
    /// Of whom, as buyer or supplier.
    pub of: OrganizationId,
    /// In these states by name; in any when empty.
    pub statuses: Vec<&'static str>,
    /// Older than this one.
    pub after: Option<(DateTime<Utc>, Uuid)>,
}

impl Wanted {
    fn condition(&self) -> Condition {
        let sides = Condition::any().add(Column::BuyerId.eq(self.of.0)).add(Column::SupplierId.eq(self.of.0));
        let mut condition = Condition::all().add(sides);
        if !self.statuses.is_empty() {
            condition = condition.add(Column::Status.is_in(self.statuses.iter().copied()));
        }
        if let Some((placed_at, id)) = self.after {
            let same_instant = Condition::all().add(Column::PlacedAt.eq(placed_at)).add(Column::Id.lt(id));
            condition = condition.add(Condition::any().add(Column::PlacedAt.lt(placed_at)).add(same_instant));
        }
        condition
    }
}

/// The order with this id.
pub(crate) async fn by_id(db: &impl ConnectionTrait, id: OrderId) -> Result<Option<Order>> {
    Entity::find_by_id(id.0).one(db).await?.map(Order::try_from).transpose()
}

/// At most `most` orders, the newest first.
pub(crate) async fn page(db: &impl ConnectionTrait, wanted: &Wanted, most: u64) -> Result<Vec<Order>> {
    let rows = Entity::find()
        .filter(wanted.condition())
        .order_by_desc(Column::PlacedAt)
        .order_by_desc(Column::Id)
        .limit(most)
        .all(db)
        .await?;
    rows.into_iter().map(Order::try_from).collect()
}

/// How many orders are wanted.
pub(crate) async fn count(db: &impl ConnectionTrait, wanted: &Wanted) -> Result<u64> {
    Ok(Entity::find().filter(wanted.condition()).count(db).await?)
}

/// Adds an order.
pub(crate) async fn insert(tx: &Tx, order: &Order) -> Result<()> {
    let value = order.value();
    ActiveModel {
        id: Set(order.id.0),
        version: Set(order.version),
        number: Set(order.number.clone()),
        buyer_id: Set(order.buyer.0),
        supplier_id: Set(order.supplier.0),
        status: Set(order.state.name().to_owned()),
        total_minor: Set(value.amount_minor),
        currency: Set(value.currency.code().to_owned()),
        placed_at: Set(order.placed_at),
        record: Set(record(order)?),
    }
    .insert(tx.db())
    .await?;
    Ok(())
}

/// Writes a changed order if nobody else has meanwhile, and gives it back with its new version.
pub(crate) async fn save(tx: &Tx, order: Order) -> Result<Order> {
    let read = order.version;
    let order = Order { version: read + 1, ..order };
    let updated = Entity::update_many()
        .col_expr(Column::Version, Expr::value(order.version))
        .col_expr(Column::Status, Expr::value(order.state.name()))
        .col_expr(Column::TotalMinor, Expr::value(order.value().amount_minor))
        .col_expr(Column::Record, Expr::value(record(&order)?))
        .filter(Column::Id.eq(order.id.0))
        .filter(Column::Version.eq(read))
        .exec(tx.db())
        .await?;
    if updated.rows_affected != 1 {
        return Err(Error::refused(Code::Conflict));
    }
    Ok(order)
}

/// What happened to an order, the oldest first.
pub(crate) async fn events(db: &impl ConnectionTrait, ids: &[OrderId]) -> Result<Vec<event::Model>> {
    let rows = event::Entity::find()
        .filter(event::Column::SubjectKind.eq(OrderId::KIND))
        .filter(event::Column::SubjectId.is_in(ids.iter().map(|id| id.0)))
        .order_by_asc(event::Column::OccurredAt)
        .order_by_asc(event::Column::Id)
        .all(db)
        .await?;
    Ok(rows)
}

/// Those with these ids.
pub(crate) async fn by_ids(db: &impl ConnectionTrait, ids: &[OrderId]) -> Result<Vec<Order>> {
    let rows = Entity::find().filter(Column::Id.is_in(ids.iter().map(|id| id.0))).all(db).await?;
    rows.into_iter().map(Order::try_from).collect()
}

fn record(order: &Order) -> Result<Json> {
    serde_json::to_value(order).map_err(|error| Error::internal("write an order", error))
}
