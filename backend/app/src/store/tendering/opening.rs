//! Rows of `opening_share`, `opened_bid` and `opening`: what holders handed in and what came out.

use super::bid;
use crate::store::Tx;
use crate::{Error, Result};
use chrono::{DateTime, Utc};
use domain::ident::{BidId, TenderId, UserId};
use domain::refusal::Code;
use domain::tendering::bid::{Bid, BidContent};
use domain::tendering::opening::{HolderAct, OpenedBid, OpeningRecord};
use sea_orm::ActiveValue::Set;
use sea_orm::{QueryOrder, QuerySelect};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::Expr;
use std::collections::{BTreeMap, BTreeSet};

mod share {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "opening_share")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub tender_id: Uuid,
        pub bid_id: Uuid,
        pub holder_id: Uuid,
        pub share: Option<String>,
        pub submitted_at: DateTimeUtc,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

mod opened {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "opened_bid")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub tender_id: Uuid,
        pub price_minor: i64,
        pub currency: String,
        pub opened_at: DateTimeUtc,
        pub content: Json,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "opening")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub version: i64,
    pub opened_at: DateTimeUtc,
    pub record: Json,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// A share that a holder handed in; `None` where the holder could not unseal it.
#[derive(Clone, Debug)]
pub(crate) struct SubmittedShare {
    pub bid: BidId,
    pub holder: UserId,
    pub share: Option<String>,
    pub at: DateTime<Utc>,
}

/// Adds a holder's shares.
pub(crate) async fn insert_shares(tx: &Tx, tender: TenderId, shares: Vec<SubmittedShare>) -> Result<()> {
    let rows = shares.into_iter().map(|share| share::ActiveModel {
        id: Set(tx.ctx().new_id()),
        tender_id: Set(tender.0),
        bid_id: Set(share.bid.0),
        holder_id: Set(share.holder.0),
        share: Set(share.share),
        submitted_at: Set(share.at),
    });
    share::Entity::insert_many(rows).exec_without_returning(tx.db()).await?;
    Ok(())
}

/// All shares of a tender's bids that count, in the order in which they were handed in.
pub(crate) async fn shares(db: &impl ConnectionTrait, tender: TenderId) -> Result<Vec<SubmittedShare>> {
    let counts = share::Column::BidId.in_subquery(bid::live_ids([tender]));
    let found = share::Entity::find().filter(share::Column::TenderId.eq(tender.0)).filter(counts);
    let rows = found.order_by_asc(share::Column::SubmittedAt).order_by_asc(share::Column::Id).all(db).await?;
    Ok(rows
        .into_iter()
        .map(|row| SubmittedShare { bid: BidId(row.bid_id), holder: UserId(row.holder_id), share: row.share, at: row.submitted_at })
        .collect())
}

/// Those of these tenders for which a holder has handed its shares in.
pub(crate) async fn handed_in_by(db: &impl ConnectionTrait, holder: UserId, tenders: &[TenderId]) -> Result<BTreeSet<TenderId>> {
    let found = share::Entity::find().select_only().column(share::Column::TenderId).distinct();
    // Shares of first responses are none of final offers.
    let counts = share::Column::BidId.in_subquery(bid::live_ids(tenders.iter().copied()));
    let own = found.filter(share::Column::HolderId.eq(holder.0)).filter(counts);
    let ids: Vec<Uuid> = own.into_tuple().all(db).await?;
    Ok(ids.into_iter().map(TenderId).collect())
}

/// Who has handed in, in order.
pub(crate) fn acts(shares: &[SubmittedShare]) -> Vec<HolderAct> {
    let mut seen = BTreeSet::new();
    let first = shares.iter().filter(|share| seen.insert(share.holder));
    first.map(|share| HolderAct { holder: share.holder, at: share.at }).collect()
}

/// Keeps the content of a bid that has just been opened.
pub(crate) async fn insert_content(tx: &Tx, bid: &Bid, content: &BidContent) -> Result<()> {
    let row = opened::ActiveModel {
        id: Set(bid.id.0),
        tender_id: Set(bid.tender.0),
        price_minor: Set(content.price.amount_minor),
        currency: Set(content.price.currency.code().to_owned()),
        opened_at: Set(tx.ctx().now()),
        content: Set(serde_json::to_value(content).map_err(|error| Error::internal("write an opened bid", error))?),
    };
    opened::Entity::insert(row).exec_without_returning(tx.db()).await?;
    Ok(())
}

/// The opened bids of a tender, in the order of reception.
pub(crate) async fn opened_bids(db: &impl ConnectionTrait, tender: TenderId) -> Result<Vec<OpenedBid>> {
    let rows = opened::Entity::find().filter(opened::Column::TenderId.eq(tender.0)).all(db).await?;
    let mut contents: BTreeMap<Uuid, Json> = rows.into_iter().map(|row| (row.id, row.content)).collect();
    let mut found = Vec::new();
    for bid in bid::live(db, tender).await? {
        let Some(content) = contents.remove(&bid.id.0) else { continue };
        let content = serde_json::from_value(content).map_err(|error| Error::internal("read an opened bid", error))?;
        found.extend(OpenedBid::new(bid, content));
    }
    Ok(found)
}

/// The record of a tender's opening, with its version.
pub(crate) async fn record(db: &impl ConnectionTrait, tender: TenderId) -> Result<Option<(OpeningRecord, i64)>> {
    let Some(row) = Entity::find_by_id(tender.0).one(db).await? else { return Ok(None) };
    let record = serde_json::from_value(row.record).map_err(|error| Error::internal("read an opening", error))?;
    Ok(Some((record, row.version)))
}

/// Keeps a record: a new one, or the next after `version`.
pub(crate) async fn save_record(tx: &Tx, record: &OpeningRecord, version: Option<i64>) -> Result<()> {
    let json = serde_json::to_value(record).map_err(|error| Error::internal("write an opening", error))?;
    let Some(version) = version else {
        let row = ActiveModel {
            id: Set(record.tender.0),
            version: Set(1),
            opened_at: Set(record.opened_at),
            record: Set(json),
        };
        row.insert(tx.db()).await?;
        return Ok(());
    };
    let updated = Entity::update_many()
        .col_expr(Column::Version, Expr::value(version + 1))
        .col_expr(Column::Record, Expr::value(json))
        .filter(Column::Id.eq(record.tender.0))
        .filter(Column::Version.eq(version))
        .exec(tx.db())
        .await?;
    if updated.rows_affected == 1 { Ok(()) } else { Err(Error::refused(Code::Conflict)) }
}
