//! Rows of `negotiation`: the minutes of talks with suppliers. A row is never changed.

use crate::store::Tx;
use crate::{Error, Result};
use domain::ident::{OrganizationId, TenderId};
use domain::tendering::negotiation::{Negotiation, TALKS_MOST};
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder, QuerySelect};

/// The most talks of one tender that are read: those with as many suppliers as can be asked.
const READ_MOST: u64 = 50 * TALKS_MOST as u64;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "negotiation")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub tender_id: Uuid,
    pub bidder_id: Uuid,
    pub held_at: DateTimeUtc,
    pub record: Json,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Adds the minutes of a talk.
pub(crate) async fn insert(tx: &Tx, talk: &Negotiation) -> Result<()> {
    let row = ActiveModel {
        id: Set(talk.id.0),
        tender_id: Set(talk.tender.0),
        bidder_id: Set(talk.bidder.0),
        held_at: Set(talk.held_at),
        record: Set(serde_json::to_value(talk).map_err(|error| Error::internal("write a negotiation", error))?),
    };
    row.insert(tx.db()).await?;
    Ok(())
}

/// The talks about a tender in the order in which they were held; those with one supplier alone where it is named.
pub(crate) async fn of_tender(db: &impl ConnectionTrait, tender: TenderId, with: Option<OrganizationId>) -> Result<Vec<Negotiation>> {
    let mut found = Entity::find().filter(Column::TenderId.eq(tender.0));
    if let Some(bidder) = with {
        found = found.filter(Column::BidderId.eq(bidder.0));
    }
    let rows = found.order_by_asc(Column::HeldAt).order_by_asc(Column::Id).limit(READ_MOST).all(db).await?;
    rows.into_iter().map(|row| serde_json::from_value(row.record).map_err(|error| Error::internal("read a negotiation", error))).collect()
}
