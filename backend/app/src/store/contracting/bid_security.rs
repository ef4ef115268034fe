//! Rows of `bid_security`.

use crate::store::Tx;
use crate::store::tendering::tender as tenders;
use crate::{Error, Result};
use chrono::{DateTime, Utc};
use domain::contracting::bid_security::BidSecurity;
use domain::contracting::bid_security_state::SecurityStateName;
use domain::ident::{BidSecurityId, OrganizationId, TenderId};
use domain::refusal::Code;
use sea_orm::ActiveValue::{NotSet, Set};
use sea_orm::entity::prelude::*;
use sea_orm::{Condition, QueryOrder, QuerySelect};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "bid_security")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub version: i64,
    pub tender_id: Uuid,
    pub buyer_id: Uuid,
    pub supplier_id: Uuid,
    pub status: String,
    pub lodged_at: DateTimeUtc,
    pub owed_since: Option<DateTimeUtc>,
    pub record: Json,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

fn read(row: Model) -> Result<BidSecurity> {
    serde_json::from_value(row.record).map_err(|error| Error::internal("read a bid security", error))
}

fn row(security: &BidSecurity) -> Result<ActiveModel> {
    Ok(ActiveModel {
        id: Set(security.id.0),
        version: Set(security.version),
        tender_id: Set(security.tender.0),
        buyer_id: Set(security.buyer.0),
        supplier_id: Set(security.supplier.0),
        status: Set(security.state.name().as_str().to_owned()),
        lodged_at: Set(security.lodged_at),
        owed_since: Set(security.owed_since()),
        record: Set(serde_json::to_value(security).map_err(|error| Error::internal("write a bid security", error))?),
    })
}

/// Adds a security. A second one that stands for the same supplier's bid is a `CONFLICT`.
pub(crate) async fn insert(tx: &Tx, security: &BidSecurity) -> Result<()> {
    row(security)?.insert(tx.db()).await?;
    Ok(())
}

/// Saves a security over the version that was read.
pub(crate) async fn save(tx: &Tx, security: BidSecurity) -> Result<BidSecurity> {
    let read = security.version;
    let security = BidSecurity { version: read + 1, ..security };
    let changed = ActiveModel { id: NotSet, ..row(&security)? };
    let guarded = Entity::update_many().set(changed).filter(Column::Id.eq(security.id.0)).filter(Column::Version.eq(read));
    if guarded.exec(tx.db()).await?.rows_affected == 1 { Ok(security) } else { Err(Error::refused(Code::Conflict)) }
}

/// The security with this number.
pub(crate) async fn by_id(db: &impl ConnectionTrait, id: BidSecurityId) -> Result<Option<BidSecurity>> {
    Entity::find_by_id(id.0).one(db).await?.map(read).transpose()
}

/// All securities that were lodged for a tender, the oldest first.
pub(crate) async fn of_tender(db: &impl ConnectionTrait, tender: TenderId) -> Result<Vec<BidSecurity>> {
    let found = Entity::find().filter(Column::TenderId.eq(tender.0)).order_by_asc(Column::LodgedAt).order_by_asc(Column::Id);
    found.all(db).await?.into_iter().map(read).collect()
}

/// The securities of these tenders that were due back, whether they have gone back or not, in one statement.
pub(crate) async fn due_back_of(db: &impl ConnectionTrait, tenders: &[TenderId]) -> Result<Vec<BidSecurity>> {
    if tenders.is_empty() {
        return Ok(Vec::new());
    }
    let states = [SecurityStateName::Released, SecurityStateName::Returned].map(SecurityStateName::as_str);
    let found = Entity::find().filter(Column::TenderId.is_in(tenders.iter().map(|tender| tender.0)));
    found.filter(Column::Status.is_in(states)).all(db).await?.into_iter().map(read).collect()
}

/// The securities that a supplier lodged for a tender, the newest first.
pub(crate) async fn of_supplier(db: &impl ConnectionTrait, tender: TenderId, supplier: OrganizationId) -> Result<Vec<BidSecurity>> {
    let found = Entity::find().filter(Column::TenderId.eq(tender.0)).filter(Column::SupplierId.eq(supplier.0));
    let rows = found.order_by_desc(Column::LodgedAt).order_by_desc(Column::Id).all(db).await?;
    rows.into_iter().map(read).collect()
}

/// Up to `most` securities of a buyer that wait for somebody: to be decided on or to go back, the longest waiting first.
pub(crate) async fn waiting(db: &impl ConnectionTrait, buyer: OrganizationId, most: u64) -> Result<Vec<BidSecurity>> {
    let undecided = [SecurityStateName::Lodged, SecurityStateName::ForfeitureProposed].map(SecurityStateName::as_str);
    let waits = Condition::any().add(Column::Status.is_in(undecided)).add(Column::OwedSince.is_not_null());
    let found = Entity::find().filter(Column::BuyerId.eq(buyer.0)).filter(waits);
    let rows = found.order_by_asc(Column::LodgedAt).order_by_asc(Column::Id).limit(most).all(db).await?;
    rows.into_iter().map(read).collect()
}

/// As which side somebody reads securities.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Reading {
    /// For whom.
    pub organization: OrganizationId,
    /// Its own as a supplier.
    pub lodged: bool,
    /// Those lodged to it as a buyer.
    pub taken: bool,
    /// Also those of tenders whose bids are not open.
    pub secret: bool,
}

/// Which securities are listed.
#[derive(Clone, Debug)]
pub(crate) struct Wanted {
    pub reading: Reading,
    pub tender: Option<TenderId>,
    /// In these states; in all when empty.
    pub states: Vec<SecurityStateName>,
    /// Only those that wait to go back, the longest waiting first; otherwise all, the newest first.
    pub owed: bool,
    pub after: Option<Key>,
}

/// The sort key of a list.
pub type Key = (DateTime<Utc>, Uuid);

/// Up to `most` securities.
pub(crate) async fn page(db: &impl ConnectionTrait, wanted: &Wanted, most: u64) -> Result<Vec<BidSecurity>> {
    let mut found = Entity::find().filter(readable(&wanted.reading));
    if let Some(tender) = wanted.tender {
        found = found.filter(Column::TenderId.eq(tender.0));
    }
    if !wanted.states.is_empty() {
        found = found.filter(Column::Status.is_in(wanted.states.iter().map(|state| state.as_str())));
    }
    let column = if wanted.owed { Column::OwedSince } else { Column::LodgedAt };
    if wanted.owed {
        found = found.filter(Column::OwedSince.is_not_null());
    }
    if let Some((at, id)) = wanted.after {
        let (beyond, next) = if wanted.owed { (column.gt(at), Column::Id.gt(id)) } else { (column.lt(at), Column::Id.lt(id)) };
        let is_same_moment = Condition::all().add(column.eq(at)).add(next);
        found = found.filter(Condition::any().add(beyond).add(is_same_moment));
    }
    let sorted = if wanted.owed {
        found.order_by_asc(column).order_by_asc(Column::Id)
    } else {
        found.order_by_desc(column).order_by_desc(Column::Id)
    };
    sorted.limit(most).all(db).await?.into_iter().map(read).collect()
}

/// What somebody may know of.
fn readable(reading: &Reading) -> Condition {
    let mut sides = Condition::any();
    if reading.lodged {
        sides = sides.add(Column::SupplierId.eq(reading.organization.0));
    }
    if reading.taken {
        let own = Condition::all().add(Column::BuyerId.eq(reading.organization.0));
        let disputed = [SecurityStateName::ForfeitureProposed, SecurityStateName::Forfeited].map(SecurityStateName::as_str);
        let open = Condition::any().add(Column::Status.is_in(disputed)).add(Column::TenderId.in_subquery(tenders::with_opened_bids()));
        sides = sides.add(if reading.secret { own } else { own.add(open) });
    }
    sides
}
