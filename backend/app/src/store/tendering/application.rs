//! Rows of `application`.

use crate::store::Tx;
use crate::{Error, Result};
use domain::ident::{ApplicationId, OrganizationId, TenderId};
use domain::refusal::Code;
use domain::tendering::application::{APPLICATIONS_MOST, Application};
use sea_orm::ActiveValue::{NotSet, Set};
use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder, QuerySelect};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "application")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub version: i64,
    pub tender_id: Uuid,
    pub applicant_id: Uuid,
    pub status: String,
    pub received_at: DateTimeUtc,
    pub record: Json,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl TryFrom<Model> for Application {
    type Error = Error;

    fn try_from(row: Model) -> Result<Self> {
        serde_json::from_value(row.record).map_err(|error| Error::internal("read application", error))
    }
}

fn row(application: &Application) -> Result<ActiveModel> {
    Ok(ActiveModel {
        id: Set(application.id.0),
        version: Set(application.version),
        tender_id: Set(application.tender.0),
        applicant_id: Set(application.applicant.0),
        status: Set(application.state.as_str().to_owned()),
        received_at: Set(application.received_at),
        record: Set(serde_json::to_value(application).map_err(|error| Error::internal("write application", error))?),
    })
}

/// Adds an application.
pub(crate) async fn insert(tx: &Tx, application: &Application) -> Result<()> {
    row(application)?.insert(tx.db()).await?;
    Ok(())
}

/// Writes it back, one version on.
///
/// # Errors
/// `CONFLICT` when somebody else has written it since it was read.
pub(crate) async fn save(tx: &Tx, application: Application) -> Result<Application> {
    let read = application.version;
    let application = Application { version: read + 1, ..application };
    let changed = ActiveModel { id: NotSet, ..row(&application)? };
    let guarded = Entity::update_many().set(changed).filter(Column::Id.eq(application.id.0)).filter(Column::Version.eq(read));
    if guarded.exec(tx.db()).await?.rows_affected != 1 {
        return Err(Error::refused(Code::Conflict));
    }
    Ok(application)
}

/// Those with these ids.
pub(crate) async fn by_ids(db: &impl ConnectionTrait, ids: &[Uuid]) -> Result<Vec<Application>> {
    let rows = Entity::find().filter(Column::Id.is_in(ids.iter().copied())).all(db).await?;
    rows.into_iter().map(Application::try_from).collect()
}

/// The one with this id.
pub(crate) async fn by_id(db: &impl ConnectionTrait, id: ApplicationId) -> Result<Option<Application>> {
    Entity::find_by_id(id.0).one(db).await?.map(Application::try_from).transpose()
}

/// A supplier's own for a tender, withdrawn or not.
pub(crate) async fn own(db: &impl ConnectionTrait, tender: TenderId, applicant: OrganizationId) -> Result<Option<Application>> {
    let own = Entity::find().filter(Column::TenderId.eq(tender.0)).filter(Column::ApplicantId.eq(applicant.0));
    own.one(db).await?.map(Application::try_from).transpose()
}

/// How many a tender has, withdrawn ones among them.
pub(crate) async fn count(db: &impl ConnectionTrait, tender: TenderId) -> Result<usize> {
    let count = Entity::find().filter(Column::TenderId.eq(tender.0)).count(db).await?;
    Ok(usize::try_from(count).unwrap_or(usize::MAX))
}

/// Those for a tender that count, in the order in which they came in.
pub(crate) async fn live(db: &impl ConnectionTrait, tender: TenderId) -> Result<Vec<Application>> {
    let found = Entity::find().filter(Column::TenderId.eq(tender.0)).filter(Column::Status.ne("withdrawn"));
    let found = found.order_by_asc(Column::ReceivedAt).order_by_asc(Column::Id).limit(APPLICATIONS_MOST as u64);
    found.all(db).await?.into_iter().map(Application::try_from).collect()
}

/// The tenders to which a supplier was invited after its application, the last application first.
pub(crate) async fn inviting(db: &impl ConnectionTrait, applicant: OrganizationId, most: u64) -> Result<Vec<TenderId>> {
    let found = Entity::find().select_only().column(Column::TenderId).filter(Column::ApplicantId.eq(applicant.0));
    let found = found.filter(Column::Status.eq("invited")).order_by_desc(Column::ReceivedAt).limit(most);
    let ids: Vec<Uuid> = found.into_tuple().all(db).await?;
    Ok(ids.into_iter().map(TenderId).collect())
}
