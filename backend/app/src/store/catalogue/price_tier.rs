//! Rows of `price_tier`.

use crate::store::Tx;
use crate::{Error, Result};
use domain::catalogue::catalogue_item::CatalogueItem;
use domain::catalogue::price_tier::PriceTier;
use domain::money::{Currency, Money};
use sea_orm::ActiveValue::Set;
use sea_orm::QueryOrder;
use sea_orm::entity::prelude::*;
use std::collections::HashMap;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "price_tier")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub item_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub least_quantity: i64,
    pub price_minor: i64,
    pub currency: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// The tiers of these items, by item, each item's in the order of quantities: one statement for all.
pub(super) async fn of_items(db: &impl ConnectionTrait, items: Vec<Uuid>) -> Result<HashMap<Uuid, Vec<PriceTier>>> {
    let mut tiers: HashMap<Uuid, Vec<PriceTier>> = HashMap::with_capacity(items.len());
    if items.is_empty() {
        return Ok(tiers);
    }
    let rows = Entity::find().filter(Column::ItemId.is_in(items)).order_by_asc(Column::LeastQuantity).all(db).await?;
    for row in rows {
        let currency = Currency::from_code(&row.currency)
            .ok_or_else(|| Error::internal("read price tier", format!("currency of {} is impossible", row.item_id)))?;
        let price = Money::new(row.price_minor, currency);
        tiers.entry(row.item_id).or_default().push(PriceTier { least_quantity: row.least_quantity, price });
    }
    Ok(tiers)
}

/// Writes the tiers of items that have none yet.
pub(super) async fn insert_all(tx: &Tx, items: &[CatalogueItem]) -> Result<()> {
    let rows: Vec<ActiveModel> = items
        .iter()
        .flat_map(|item| {
            item.content.tiers.iter().map(|tier| ActiveModel {
                item_id: Set(item.id.0),
                least_quantity: Set(tier.least_quantity),
                price_minor: Set(tier.price.amount_minor),
                currency: Set(tier.price.currency.code().to_owned()),
            })
        })
        .collect();
    for chunk in rows.chunks(2000) {
        Entity::insert_many(chunk.iter().cloned()).exec_without_returning(tx.db()).await?;
    }
    Ok(())
}

/// Puts an item's tiers in the place of those that it had.
pub(super) async fn replace(tx: &Tx, item: &CatalogueItem) -> Result<()> {
    Entity::delete_many().filter(Column::ItemId.eq(item.id.0)).exec(tx.db()).await?;
    insert_all(tx, std::slice::from_ref(item)).await
}
