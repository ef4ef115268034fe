//! Rows of `bidding_closed`: that no more bids are taken for a tender, and how many are in.

use crate::store::Tx;
use crate::{Error, Result};
use domain::ident::TenderId;
use domain::tendering::opening::BiddingClosed;
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "bidding_closed")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub closed_at: DateTimeUtc,
    pub bids: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// When the taking of bids ended, if it has.
pub(crate) async fn by_tender(db: &impl ConnectionTrait, tender: TenderId) -> Result<Option<BiddingClosed>> {
    let Some(row) = Entity::find_by_id(tender.0).one(db).await? else { return Ok(None) };
    Ok(Some(BiddingClosed { at: row.closed_at, bids: usize::try_from(row.bids).unwrap_or(usize::MAX) }))
}

/// Lets bids be taken again, for the final offers of those who were negotiated with. What ended is in the log.
pub(crate) async fn remove(tx: &Tx, tender: TenderId) -> Result<()> {
    Entity::delete_by_id(tender.0).exec(tx.db()).await?;
    Ok(())
}

/// Ends the taking of bids.
pub(crate) async fn insert(tx: &Tx, tender: TenderId, closed: BiddingClosed) -> Result<()> {
    let bids = i64::try_from(closed.bids).map_err(|error| Error::internal("count bids", error))?;
    ActiveModel { id: Set(tender.0), closed_at: Set(closed.at), bids: Set(bids) }.insert(tx.db()).await?;
    Ok(())
}
