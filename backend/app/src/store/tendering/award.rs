//! Rows of `award`, and of `bidder_notice`: what those who did not win are told.

use crate::store::Tx;
use crate::{Error, Result};
use chrono::{DateTime, Utc};
use domain::ident::{AwardId, LotId, OrganizationId, TenderId};
use domain::money::{Currency, Money};
use domain::refusal::Code;
use domain::tendering::award::{Award, LoserNotice};
use sea_orm::ActiveValue::Set;
use sea_orm::{QueryOrder, QuerySelect, TryInsertResult};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::Expr;
use std::collections::BTreeMap;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "award")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub version: i64,
    pub tender_id: Uuid,
    pub lot_id: Option<Uuid>,
    pub buyer_id: Uuid,
    pub supplier_id: Uuid,
    pub status: String,
    pub price_minor: i64,
    pub currency: String,
    pub published_at: Option<DateTimeUtc>,
    pub record: Json,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

mod notice {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "bidder_notice")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub tender_id: Uuid,
        pub lot_id: Option<Uuid>,
        pub bidder_id: Uuid,
        pub told_at: DateTimeUtc,
        pub record: Json,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

fn record(award: &Award) -> Result<Json> {
    serde_json::to_value(award).map_err(|error| Error::internal("write an award", error))
}

/// Adds an award. A second one of the same lot is a `CONFLICT`.
pub(crate) async fn insert(tx: &Tx, award: &Award) -> Result<()> {
    ActiveModel {
        id: Set(award.id.0),
        version: Set(award.version),
        tender_id: Set(award.tender.0),
        lot_id: Set(Some(award.lot.0)),
        buyer_id: Set(award.buyer.0),
        supplier_id: Set(award.supplier.0),
        status: Set(award.state.name().to_owned()),
        price_minor: Set(award.price.amount_minor),
        currency: Set(award.price.currency.code().to_owned()),
        published_at: Set(award.published_at()),
        record: Set(record(award)?),
    }
    .insert(tx.db())
    .await?;
    Ok(())
}

/// Saves an award over the version that was read.
pub(crate) async fn save(tx: &Tx, mut award: Award) -> Result<Award> {
    let read = award.version;
    award.version += 1;
    let updated = Entity::update_many()
        .col_expr(Column::Version, Expr::value(award.version))
        .col_expr(Column::Status, Expr::value(award.state.name()))
        .col_expr(Column::PublishedAt, Expr::value(award.published_at()))
        .col_expr(Column::Record, Expr::value(record(&award)?))
        .filter(Column::Id.eq(award.id.0))
        .filter(Column::Version.eq(read))
        .exec(tx.db())
        .await?;
    if updated.rows_affected == 1 { Ok(award) } else { Err(Error::refused(Code::Conflict)) }
}

fn read(row: Model) -> Result<Award> {
    serde_json::from_value(row.record).map_err(|error| Error::internal("read an award", error))
}

/// The awards of a tender's lots, in the order of confirmation.
pub(crate) async fn by_tender(db: &impl ConnectionTrait, tender: TenderId) -> Result<Vec<Award>> {
    let rows = Entity::find().filter(Column::TenderId.eq(tender.0)).order_by_asc(Column::Id).all(db).await?;
    rows.into_iter().map(read).collect()
}

/// The award with this number.
pub(crate) async fn by_id(db: &impl ConnectionTrait, id: AwardId) -> Result<Option<Award>> {
    Entity::find_by_id(id.0).one(db).await?.map(read).transpose()
}

/// When the awards of these tenders were published.
pub(crate) async fn published(db: &impl ConnectionTrait, tenders: &[TenderId]) -> Result<BTreeMap<TenderId, DateTime<Utc>>> {
    let found = Entity::find().select_only().column(Column::TenderId).column(Column::PublishedAt);
    let known = found.filter(Column::TenderId.is_in(tenders.iter().map(|id| id.0))).filter(Column::PublishedAt.is_not_null());
    let rows: Vec<(Uuid, Option<DateTime<Utc>>)> = known.into_tuple().all(db).await?;
    Ok(rows.into_iter().filter_map(|(id, at)| Some((TenderId(id), at?))).collect())
}

/// At most `most` published awards to a supplier, the newest first.
pub(crate) async fn published_to(db: &impl ConnectionTrait, supplier: OrganizationId, most: u64) -> Result<Vec<Award>> {
    let found = Entity::find().filter(Column::SupplierId.eq(supplier.0)).filter(Column::PublishedAt.is_not_null());
    let rows = found.order_by_desc(Column::PublishedAt).order_by_desc(Column::Id).limit(most).all(db).await?;
    rows.into_iter().map(read).collect()
}

/// Keeps what a bidder is told. Told twice is told once.
pub(crate) async fn tell(tx: &Tx, told: &LoserNotice) -> Result<bool> {
    let record = serde_json::to_value(told).map_err(|error| Error::internal("write a notice", error))?;
    let row = notice::ActiveModel {
        id: Set(tx.ctx().new_id()),
        tender_id: Set(told.tender.0),
        lot_id: Set(Some(told.lot.0)),
        bidder_id: Set(told.bidder.0),
        told_at: Set(tx.ctx().now()),
        record: Set(record),
    };
    let inserted = notice::Entity::insert(row)
        .on_conflict_do_nothing_on([notice::Column::TenderId, notice::Column::BidderId, notice::Column::LotId])
        .exec(tx.db())
        .await?;
    Ok(matches!(inserted, TryInsertResult::Inserted(_)))
}

/// What a bidder was told about the lots of a tender, and when: the first told first.
pub(crate) async fn notices_of(
    db: &impl ConnectionTrait,
    tender: TenderId,
    bidder: OrganizationId,
) -> Result<Vec<(LoserNotice, DateTime<Utc>)>> {
    let found = notice::Entity::find().filter(notice::Column::TenderId.eq(tender.0)).filter(notice::Column::BidderId.eq(bidder.0));
    let rows = found.order_by_asc(notice::Column::ToldAt).order_by_asc(notice::Column::Id).all(db).await?;
    rows.into_iter().map(|row| {
        let told = serde_json::from_value(row.record).map_err(|error| Error::internal("read a notice", error))?;
        Ok((told, row.told_at))
    }).collect()
}

/// Who won a lot, and at which price.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Outcome {
    pub lot: LotId,
    pub supplier: OrganizationId,
    pub price: Money,
}

/// What the published awards of these tenders say: one statement for all.
pub(crate) async fn outcomes(db: &impl ConnectionTrait, tenders: &[TenderId]) -> Result<BTreeMap<TenderId, Vec<Outcome>>> {
    if tenders.is_empty() {
        return Ok(BTreeMap::new());
    }
    let found = Entity::find().filter(Column::TenderId.is_in(tenders.iter().map(|id| id.0))).filter(Column::PublishedAt.is_not_null());
    let columns = [Column::TenderId, Column::LotId, Column::SupplierId, Column::PriceMinor, Column::Currency];
    let rows: Vec<(Uuid, Option<Uuid>, Uuid, i64, String)> = found.select_only().columns(columns).into_tuple().all(db).await?;
    let mut outcomes: BTreeMap<TenderId, Vec<Outcome>> = BTreeMap::new();
    for (tender, lot, supplier, minor, code) in rows {
        let currency = Currency::from_code(&code).ok_or_else(|| Error::internal("read an award", format!("currency of {tender} is impossible")))?;
        let lot = lot.ok_or_else(|| Error::internal("read an award", format!("{tender} has one of no lot")))?;
        let outcome = Outcome { lot: LotId(lot), supplier: OrganizationId(supplier), price: Money::new(minor, currency) };
        outcomes.entry(TenderId(tender)).or_default().push(outcome);
    }
    Ok(outcomes)
}
