//! The stock of catalogue items, as orders take it and give it back.
//!
//! One guarded statement an item: two buyers who order the last piece at once can't both have it, and neither is told
//! of a conflict that is none. Items are gone through in the order of their ids, so that two orders never wait for
//! each other.

use crate::Result;
use crate::store::Tx;
use crate::store::catalogue::catalogue_item::{Column, Entity};
use domain::ident::CatalogueItemId;
use domain::refusal::{Code, Refusal};
use sea_orm::ExprTrait as _;
use sea_orm::entity::prelude::*;

/// Takes quantities out of stock; an item whose supplier keeps no stock stays as it is. Gives the item of which too little is
/// left, with the refusal, when there is one.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn take(tx: &Tx, mut wanted: Vec<(CatalogueItemId, i64)>) -> Result<Option<(CatalogueItemId, Refusal)>> {
    wanted.sort_by_key(|(item, _)| item.0);
    for (item, quantity) in wanted {
        let updated = Entity::update_many()
            .col_expr(Column::Stock, Expr::col(Column::Stock).sub(quantity))
            .col_expr(Column::Version, Expr::col(Column::Version).add(1))
            .filter(Column::Id.eq(item.0))
            .filter(Column::Stock.gte(quantity))
            .exec(tx.db())
            .await?;
        if updated.rows_affected == 0 {
            let row = Entity::find_by_id(item.0).one(tx.db()).await?;
            if let Some(stock) = row.and_then(|row| row.stock) {
                return Ok(Some((item, Refusal::new(Code::StockTooLow).with("stock", stock))));
            }
        }
    }
    Ok(None)
}

/// Puts quantities back into stock, where the supplier keeps one.
pub(crate) async fn give_back(tx: &Tx, mut freed: Vec<(CatalogueItemId, i64)>) -> Result<()> {
    freed.sort_by_key(|(item, _)| item.0);
    for (item, quantity) in freed {
        Entity::update_many()
            .col_expr(Column::Stock, Expr::col(Column::Stock).add(quantity))
            .col_expr(Column::Version, Expr::col(Column::Version).add(1))
            .filter(Column::Id.eq(item.0))
            .filter(Column::Stock.is_not_null())
            .exec(tx.db())
            .await?;
    }
    Ok(())
}
