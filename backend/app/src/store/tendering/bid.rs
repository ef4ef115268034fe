//! Rows of `bid`, and of `bid_envelope` beside them: what came in, sealed.

use super::bid_party;
use crate::store::Tx;
use crate::tendering::bid_list::BidPlace;
use crate::{Error, Result};
use domain::ident::{BidId, ConsortiumId, LotId, OrganizationId, TenderId};
use domain::refusal::Code;
use domain::tendering::bid::Bid;
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Expr, SelectStatement};
use sea_orm::{Condition, QueryOrder, QuerySelect, QueryTrait, Select};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "bid")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub version: i64,
    pub tender_id: Uuid,
    pub lot_id: Uuid,
    pub bidder_id: Uuid,
    pub consortium_id: Option<Uuid>,
    pub status: String,
    pub live_key: Option<String>,
    pub received_at: DateTimeUtc,
    pub record: Json,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

mod envelope {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "bid_envelope")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub manifest: String,
        pub ciphertext: Vec<u8>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

fn read(row: Model) -> Result<Bid> {
    serde_json::from_value(row.record).map_err(|error| Error::internal("read a bid", error))
}

fn record(bid: &Bid) -> Result<Json> {
    serde_json::to_value(bid).map_err(|error| Error::internal("write a bid", error))
}

fn live_key(bid: &Bid) -> Option<String> {
    bid.is_live().then(|| format!("{}:{}:{}", bid.tender, bid.lot, bid.bidder))
}

/// Adds a bid with its envelope.
pub(crate) async fn insert(tx: &Tx, bid: &Bid, manifest: String, ciphertext: Vec<u8>) -> Result<()> {
    ActiveModel {
        id: Set(bid.id.0),
        version: Set(bid.version),
        tender_id: Set(bid.tender.0),
        lot_id: Set(bid.lot.0),
        bidder_id: Set(bid.bidder.0),
        consortium_id: Set(bid.consortium.as_ref().map(|agreement| agreement.consortium.0)),
        status: Set(bid.state.name().to_owned()),
        live_key: Set(live_key(bid)),
        received_at: Set(bid.received_at),
        record: Set(record(bid)?),
    }
    .insert(tx.db())
    .await?;
    let envelope = envelope::ActiveModel { id: Set(bid.id.0), manifest: Set(manifest), ciphertext: Set(ciphertext) };
    envelope::Entity::insert(envelope).exec_without_returning(tx.db()).await?;
    bid_party::insert(tx, bid).await
}

/// Saves a bid that has moved on by one version.
pub(crate) async fn save(tx: &Tx, bid: &Bid) -> Result<()> {
    let updated = Entity::update_many()
        .col_expr(Column::Version, Expr::value(bid.version))
        .col_expr(Column::Status, Expr::value(bid.state.name()))
        .col_expr(Column::LiveKey, Expr::value(live_key(bid)))
        .col_expr(Column::Record, Expr::value(record(bid)?))
        .filter(Column::Id.eq(bid.id.0))
        .filter(Column::Version.eq(bid.version - 1))
        .exec(tx.db())
        .await?;
    if updated.rows_affected != 1 {
        return Err(Error::refused(Code::Conflict));
    }
    if bid.is_live() { Ok(()) } else { bid_party::release(tx, bid.id).await }
}

/// For how many of these lots each of these organizations bids by a bid that counts, alone or in a consortium: the most.
pub(crate) async fn most_lots(db: &impl ConnectionTrait, tender: TenderId, lots: &[LotId], organizations: &[OrganizationId]) -> Result<usize> {
    bid_party::most_lots(db, tender, lots, organizations).await
}

/// Those of these organizations that bid for a lot by a bid that counts, other than `but`.
pub(crate) async fn bidding_for(
    db: &impl ConnectionTrait,
    tender: TenderId,
    lot: LotId,
    organizations: &[OrganizationId],
    but: Option<BidId>,
) -> Result<Vec<OrganizationId>> {
    bid_party::live(db, tender, lot, organizations, but).await
}

/// The bids of consortia that were neither replaced nor taken back, in the order of reception.
pub(crate) async fn of_consortia(db: &impl ConnectionTrait, consortia: &[ConsortiumId]) -> Result<Vec<Bid>> {
    if consortia.is_empty() {
        return Ok(Vec::new());
    }
    let found = Entity::find().filter(Column::ConsortiumId.is_in(consortia.iter().map(|id| id.0)));
    let found = found.filter(Column::Status.is_not_in(["replaced", "withdrawn"]));
    let rows = found.order_by_asc(Column::ReceivedAt).order_by_asc(Column::Id).all(db).await?;
    rows.into_iter().map(read).collect()
}

/// The bid with this number.
pub(crate) async fn by_id(db: &impl ConnectionTrait, id: BidId) -> Result<Option<Bid>> {
    Entity::find_by_id(id.0).one(db).await?.map(read).transpose()
}

/// The bids with these numbers, in no order.
pub(crate) async fn by_ids(db: &impl ConnectionTrait, ids: &[BidId]) -> Result<Vec<Bid>> {
    let found = Entity::find().filter(Column::Id.is_in(ids.iter().map(|id| id.0)));
    found.all(db).await?.into_iter().map(read).collect()
}

/// A bidder's bids for a tender, the newest first.
pub(crate) async fn of_bidder(db: &impl ConnectionTrait, tender: TenderId, bidder: OrganizationId) -> Result<Vec<Bid>> {
    let found = Entity::find().filter(Column::TenderId.eq(tender.0)).filter(Column::BidderId.eq(bidder.0));
    let rows = found.order_by_desc(Column::ReceivedAt).order_by_desc(Column::Id).all(db).await?;
    rows.into_iter().map(read).collect()
}

fn of(bidder: OrganizationId, states: &[&str]) -> Select<Entity> {
    let found = Entity::find().filter(Column::BidderId.eq(bidder.0));
    if states.is_empty() { found } else { found.filter(Column::Status.is_in(states.iter().copied())) }
}

/// At most `most` bids of a bidder behind a place, the last received first; in these states, or in any.
pub(crate) async fn page_of(
    db: &impl ConnectionTrait,
    bidder: OrganizationId,
    states: &[&str],
    after: Option<&BidPlace>,
    most: u64,
) -> Result<Vec<Bid>> {
    let mut found = of(bidder, states);
    if let Some(BidPlace(received_at, id)) = after {
        let same_instant = Condition::all().add(Column::ReceivedAt.eq(*received_at)).add(Column::Id.lt(*id));
        found = found.filter(Condition::any().add(Column::ReceivedAt.lt(*received_at)).add(same_instant));
    }
    let rows = found.order_by_desc(Column::ReceivedAt).order_by_desc(Column::Id).limit(most).all(db).await?;
    rows.into_iter().map(read).collect()
}

/// How many bids of a bidder there are.
pub(crate) async fn count_of(db: &impl ConnectionTrait, bidder: OrganizationId, states: &[&str]) -> Result<u64> {
    Ok(of(bidder, states).count(db).await?)
}

/// All bids that these bidders have had in for a tender, whatever became of them.
pub(crate) async fn of_bidders(db: &impl ConnectionTrait, tender: TenderId, bidders: &[OrganizationId]) -> Result<Vec<Bid>> {
    let found = Entity::find().filter(Column::TenderId.eq(tender.0)).filter(Column::BidderId.is_in(bidders.iter().map(|bidder| bidder.0)));
    found.all(db).await?.into_iter().map(read).collect()
}

/// At most `most` sealed bids of a bidder, the newest first.
pub(crate) async fn sealed_of(db: &impl ConnectionTrait, bidder: OrganizationId, most: u64) -> Result<Vec<Bid>> {
    let found = Entity::find().filter(Column::BidderId.eq(bidder.0)).filter(Column::Status.eq("sealed"));
    let rows = found.order_by_desc(Column::ReceivedAt).order_by_desc(Column::Id).limit(most).all(db).await?;
    rows.into_iter().map(read).collect()
}

/// The bids of a tender that count, in the order of reception.
pub(crate) async fn live(db: &impl ConnectionTrait, tender: TenderId) -> Result<Vec<Bid>> {
    let found = Entity::find().filter(Column::TenderId.eq(tender.0)).filter(Column::LiveKey.is_not_null());
    let rows = found.order_by_asc(Column::ReceivedAt).order_by_asc(Column::Id).all(db).await?;
    rows.into_iter().map(read).collect()
}

/// How many bids of a tender count.
pub(crate) async fn count_live(db: &impl ConnectionTrait, tender: TenderId) -> Result<usize> {
    let count = Entity::find().filter(Column::TenderId.eq(tender.0)).filter(Column::LiveKey.is_not_null()).count(db).await?;
    Ok(usize::try_from(count).unwrap_or(usize::MAX))
}

/// The tenders for which a bidder has a bid that counts, as a part of another statement.
pub(super) fn tenders_of(bidder: OrganizationId) -> SelectStatement {
    let live = Entity::find().select_only().column(Column::TenderId).filter(Column::BidderId.eq(bidder.0));
    live.filter(Column::LiveKey.is_not_null()).into_query()
}

/// The numbers of the bids of these tenders that count, as a part of another statement.
pub(super) fn live_ids(tenders: impl IntoIterator<Item = TenderId>) -> SelectStatement {
    let ids: Vec<Uuid> = tenders.into_iter().map(|id| id.0).collect();
    let live = Entity::find().select_only().column(Column::Id).filter(Column::TenderId.is_in(ids));
    live.filter(Column::LiveKey.is_not_null()).into_query()
}

/// The manifests of these bids, without their ciphertexts.
pub(crate) async fn manifests(db: &impl ConnectionTrait, ids: &[BidId]) -> Result<Vec<(BidId, String)>> {
    let rows: Vec<(Uuid, String)> = envelope::Entity::find()
        .select_only()
        .column(envelope::Column::Id)
        .column(envelope::Column::Manifest)
        .filter(envelope::Column::Id.is_in(ids.iter().map(|id| id.0)))
        .into_tuple()
        .all(db)
        .await?;
    Ok(rows.into_iter().map(|(id, manifest)| (BidId(id), manifest)).collect())
}

/// Manifest and ciphertext of a bid.
pub(crate) async fn envelope(db: &impl ConnectionTrait, id: BidId) -> Result<(String, Vec<u8>)> {
    let row = envelope::Entity::find_by_id(id.0).one(db).await?;
    let row = row.ok_or_else(|| Error::internal("read a bid", format!("{id} has no envelope")))?;
    Ok((row.manifest, row.ciphertext))
}
