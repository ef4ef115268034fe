//! Rows of `bid_party`: every organization that bids by a bid, one live bid for a lot each.

use crate::Result;
use crate::store::Tx;
use domain::ident::{BidId, LotId, OrganizationId, TenderId};
use domain::tendering::bid::Bid;
use sea_orm::ActiveValue::Set;
use sea_orm::QuerySelect as _;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::Expr;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "bid_party")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub bid_id: Uuid,
    pub organization_id: Uuid,
    pub live_key: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

fn key(tender: TenderId, lot: LotId, organization: OrganizationId) -> String {
    format!("{tender}:{lot}:{organization}")
}

/// Adds those who bid by a new bid. A second live bid of one of them for the lot is a `CONFLICT`.
pub(super) async fn insert(tx: &Tx, bid: &Bid) -> Result<()> {
    let party = |organization: OrganizationId| ActiveModel {
        id: Set(if organization == bid.bidder { bid.id.0 } else { tx.ctx().new_id() }),
        bid_id: Set(bid.id.0),
        organization_id: Set(organization.0),
        live_key: Set(bid.is_live().then(|| key(bid.tender, bid.lot, organization))),
    };
    Entity::insert_many(bid.parties().into_iter().map(party)).exec_without_returning(tx.db()).await?;
    Ok(())
}

/// Frees those who bid by a bid that no longer counts.
pub(super) async fn release(tx: &Tx, bid: BidId) -> Result<()> {
    let freed = Entity::update_many().col_expr(Column::LiveKey, Expr::value(None::<String>));
    freed.filter(Column::BidId.eq(bid.0)).exec(tx.db()).await?;
    Ok(())
}

/// For how many of these lots each of these organizations has a live bid, alone or in a consortium: the most of them.
pub(super) async fn most_lots(db: &impl ConnectionTrait, tender: TenderId, lots: &[LotId], organizations: &[OrganizationId]) -> Result<usize> {
    let keys = organizations.iter().flat_map(|organization| lots.iter().map(|lot| key(tender, *lot, *organization)));
    let found = Entity::find().select_only().column(Column::OrganizationId).filter(Column::LiveKey.is_in(keys));
    let rows: Vec<Uuid> = found.into_tuple().all(db).await?;
    let of = |organization: &OrganizationId| rows.iter().filter(|row| **row == organization.0).count();
    Ok(organizations.iter().map(of).max().unwrap_or(0))
}

/// Those of these organizations that have a live bid for a lot, other than `but`.
pub(super) async fn live(
    db: &impl ConnectionTrait,
    tender: TenderId,
    lot: LotId,
    organizations: &[OrganizationId],
    but: Option<BidId>,
) -> Result<Vec<OrganizationId>> {
    let keys = organizations.iter().map(|organization| key(tender, lot, *organization));
    let rows = Entity::find().filter(Column::LiveKey.is_in(keys)).all(db).await?;
    let others = rows.into_iter().filter(|row| but.is_none_or(|but| row.bid_id != but.0));
    Ok(others.map(|row| OrganizationId(row.organization_id)).collect())
}
