//! Rows of `price_list_import`. File and reading are large: they are read only where they are needed.

use crate::catalogue::import::{Counts, Reading};
use crate::catalogue::price_list_import::{ImportStatus, PriceListImport};
use crate::store::Tx;
use crate::{Error, Result};
use domain::ident::{OrganizationId, PriceListImportId, UserId};
use domain::refusal::Code;
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::Expr;
use sea_orm::{DerivePartialModel, QueryOrder, QuerySelect};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "price_list_import")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub version: i64,
    pub supplier_id: Uuid,
    pub uploaded_by: Uuid,
    pub file_name: String,
    pub sha256: String,
    pub content: Vec<u8>,
    pub reading: Json,
    pub status: String,
    pub rows_new: i64,
    pub rows_changed: i64,
    pub rows_unchanged: i64,
    pub rows_refused: i64,
    pub rows_skipped: i64,
    pub rows_done: i64,
    pub uploaded_at: DateTimeUtc,
    pub confirmed_at: Option<DateTimeUtc>,
    pub ended_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// A row without file and reading.
#[derive(Clone, Debug, DerivePartialModel)]
#[sea_orm(entity = "Entity")]
struct Head {
    id: Uuid,
    version: i64,
    supplier_id: Uuid,
    uploaded_by: Uuid,
    file_name: String,
    sha256: String,
    status: String,
    rows_new: i64,
    rows_changed: i64,
    rows_unchanged: i64,
    rows_refused: i64,
    rows_skipped: i64,
    rows_done: i64,
    uploaded_at: DateTimeUtc,
    confirmed_at: Option<DateTimeUtc>,
    ended_at: Option<DateTimeUtc>,
}

fn whole(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

impl TryFrom<Head> for PriceListImport {
    type Error = Error;

    fn try_from(row: Head) -> Result<Self> {
        let broken = |column: &str| Error::internal("read price list import", format!("{column} of {} is impossible", row.id));
        let count = |column: &str, value: i64| usize::try_from(value).map_err(|_| broken(column));
        let status = ImportStatus::ALL.into_iter().find(|status| status.as_str() == row.status).ok_or_else(|| broken("status"))?;
        let counts = Counts {
            new: count("rows_new", row.rows_new)?,
            changed: count("rows_changed", row.rows_changed)?,
            unchanged: count("rows_unchanged", row.rows_unchanged)?,
            refused: count("rows_refused", row.rows_refused)?,
            skipped: count("rows_skipped", row.rows_skipped)?,
        };
        Ok(Self {
            id: PriceListImportId(row.id),
            version: row.version,
            supplier_id: OrganizationId(row.supplier_id),
            uploaded_by: Some(UserId(row.uploaded_by)).filter(|user| !user.0.is_nil()),
            file_name: row.file_name,
            sha256: row.sha256,
            status,
            counts,
            rows_done: row.rows_done,
            uploaded_at: row.uploaded_at,
            confirmed_at: row.confirmed_at,
            ended_at: row.ended_at,
        })
    }
}

/// Adds a run with its file and what was read in it.
pub(crate) async fn insert(tx: &Tx, run: &PriceListImport, content: &[u8], reading: &Reading) -> Result<()> {
    let reading = serde_json::to_value(reading).map_err(|error| Error::internal("write a reading", error))?;
    let row = ActiveModel {
        id: Set(run.id.0),
        version: Set(run.version),
        supplier_id: Set(run.supplier_id.0),
        // Nobody has the nil number: whoever runs the marketplace is no user.
        uploaded_by: Set(run.uploaded_by.map_or(Uuid::nil(), |user| user.0)),
        file_name: Set(run.file_name.clone()),
        sha256: Set(run.sha256.clone()),
        content: Set(content.to_vec()),
        reading: Set(reading),
        status: Set(run.status.as_str().to_owned()),
        rows_new: Set(whole(run.counts.new)),
        rows_changed: Set(whole(run.counts.changed)),
        rows_unchanged: Set(whole(run.counts.unchanged)),
        rows_refused: Set(whole(run.counts.refused)),
        rows_skipped: Set(whole(run.counts.skipped)),
        rows_done: Set(run.rows_done),
        uploaded_at: Set(run.uploaded_at),
        confirmed_at: Set(run.confirmed_at),
        ended_at: Set(run.ended_at),
    };
    Entity::insert(row).exec_without_returning(tx.db()).await?;
    Ok(())
}

/// The run with this id.
pub(crate) async fn by_id(db: &impl ConnectionTrait, id: PriceListImportId) -> Result<Option<PriceListImport>> {
    let row = Entity::find_by_id(id.0).into_partial_model::<Head>().one(db).await?;
    row.map(PriceListImport::try_from).transpose()
}

/// The newest runs of a supplier.
pub(crate) async fn of_supplier(db: &impl ConnectionTrait, supplier: OrganizationId, most: u64) -> Result<Vec<PriceListImport>> {
    let query = Entity::find().filter(Column::SupplierId.eq(supplier.0)).order_by_desc(Column::UploadedAt).order_by_desc(Column::Id);
    let rows = query.limit(most).into_partial_model::<Head>().all(db).await?;
    rows.into_iter().map(PriceListImport::try_from).collect()
}

/// The file as it was uploaded.
pub(crate) async fn content(db: &impl ConnectionTrait, id: PriceListImportId) -> Result<Option<Vec<u8>>> {
    Ok(Entity::find_by_id(id.0).select_only().column(Column::Content).into_tuple::<Vec<u8>>().one(db).await?)
}

/// What was read in it.
pub(crate) async fn reading(db: &impl ConnectionTrait, id: PriceListImportId) -> Result<Option<Reading>> {
    let kept = Entity::find_by_id(id.0).select_only().column(Column::Reading).into_tuple::<Json>().one(db).await?;
    kept.map(|reading| serde_json::from_value(reading).map_err(|error| Error::internal("read a reading", error))).transpose()
}

/// Writes how far a run has come, if nobody else has meanwhile, and gives it back with its new version.
pub(crate) async fn save(tx: &Tx, run: PriceListImport) -> Result<PriceListImport> {
    let read = run.version;
    let run = PriceListImport { version: read + 1, ..run };
    let updated = Entity::update_many()
        .col_expr(Column::Version, Expr::value(run.version))
        .col_expr(Column::Status, Expr::value(run.status.as_str()))
        .col_expr(Column::RowsDone, Expr::value(run.rows_done))
        .col_expr(Column::ConfirmedAt, Expr::value(run.confirmed_at))
        .col_expr(Column::EndedAt, Expr::value(run.ended_at))
        .filter(Column::Id.eq(run.id.0))
        .filter(Column::Version.eq(read))
        .exec(tx.db())
        .await?;
    if updated.rows_affected == 1 { Ok(run) } else { Err(Error::refused(Code::Conflict)) }
}

/// Notes how many rows the job is done with; no change of the run itself.
pub(crate) async fn note_progress(tx: &Tx, id: PriceListImportId, done: usize) -> Result<()> {
    let update = Entity::update_many().col_expr(Column::RowsDone, Expr::value(whole(done)));
    update.filter(Column::Id.eq(id.0)).exec(tx.db()).await?;
    Ok(())
}
