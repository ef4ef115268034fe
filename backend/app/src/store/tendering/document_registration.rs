//! Rows of `document_registration`.

use crate::store::Tx;
use crate::{Error, Result};
use chrono::{DateTime, Utc};
use domain::ident::{OrganizationId, TenderId};
use domain::refusal::Code;
use domain::tendering::document_registration::DocumentRegistration;
use sea_orm::ActiveValue::{NotSet, Set};
use sea_orm::entity::prelude::*;
use sea_orm::{Condition, QueryOrder, QuerySelect};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "document_registration")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub version: i64,
    pub tender_id: Uuid,
    pub supplier_id: Uuid,
    pub registered_at: DateTimeUtc,
    pub record: Json,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

fn read(row: Model) -> Result<DocumentRegistration> {
    serde_json::from_value(row.record).map_err(|error| Error::internal("read a registration", error))
}

fn row(registration: &DocumentRegistration) -> Result<ActiveModel> {
    Ok(ActiveModel {
        id: Set(registration.id.0),
        version: Set(registration.version),
        tender_id: Set(registration.tender.0),
        supplier_id: Set(registration.supplier.0),
        registered_at: Set(registration.registered_at),
        record: Set(serde_json::to_value(registration).map_err(|error| Error::internal("write a registration", error))?),
    })
}

/// Adds a registration. A second one of the same supplier is a `CONFLICT`.
pub(crate) async fn insert(tx: &Tx, registration: &DocumentRegistration) -> Result<()> {
    row(registration)?.insert(tx.db()).await?;
    Ok(())
}

/// Saves a registration over the version that was read.
pub(crate) async fn save(tx: &Tx, registration: DocumentRegistration) -> Result<DocumentRegistration> {
    let read = registration.version;
    let registration = DocumentRegistration { version: read + 1, ..registration };
    let changed = ActiveModel { id: NotSet, ..row(&registration)? };
    let guarded = Entity::update_many().set(changed).filter(Column::Id.eq(registration.id.0)).filter(Column::Version.eq(read));
    if guarded.exec(tx.db()).await?.rows_affected == 1 { Ok(registration) } else { Err(Error::refused(Code::Conflict)) }
}

/// A supplier's registration for a tender.
pub(crate) async fn of_supplier(
    db: &impl ConnectionTrait,
    tender: TenderId,
    supplier: OrganizationId,
) -> Result<Option<DocumentRegistration>> {
    let found = Entity::find().filter(Column::TenderId.eq(tender.0)).filter(Column::SupplierId.eq(supplier.0));
    found.one(db).await?.map(read).transpose()
}

/// The sort key of a list.
pub type Key = (DateTime<Utc>, Uuid);

/// Up to `most` registrations of a supplier, the newest first, after `after`.
pub(crate) async fn page_of_supplier(
    db: &impl ConnectionTrait,
    supplier: OrganizationId,
    after: Option<Key>,
    most: u64,
) -> Result<Vec<DocumentRegistration>> {
    page(db, Condition::all().add(Column::SupplierId.eq(supplier.0)), after, most).await
}

/// Up to `most` registrations for a tender, the newest first, after `after`.
pub(crate) async fn page_of_tender(
    db: &impl ConnectionTrait,
    tender: TenderId,
    after: Option<Key>,
    most: u64,
) -> Result<Vec<DocumentRegistration>> {
    page(db, Condition::all().add(Column::TenderId.eq(tender.0)), after, most).await
}

async fn page(db: &impl ConnectionTrait, mut wanted: Condition, after: Option<Key>, most: u64) -> Result<Vec<DocumentRegistration>> {
    if let Some((at, id)) = after {
        let is_same_moment = Condition::all().add(Column::RegisteredAt.eq(at)).add(Column::Id.lt(id));
        wanted = wanted.add(Condition::any().add(Column::RegisteredAt.lt(at)).add(is_same_moment));
    }
    let found = Entity::find().filter(wanted).order_by_desc(Column::RegisteredAt).order_by_desc(Column::Id);
    found.limit(most).all(db).await?.into_iter().map(read).collect()
}
