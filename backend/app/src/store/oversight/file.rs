//! Rows of `file`.

use crate::store::Tx;
use crate::{Error, Result};
use domain::ident::{FileId, OrganizationId, UserId};
use domain::oversight::event::Visibility;
use domain::oversight::file::File;
use sea_orm::ActiveValue::Set;
use sea_orm::{QueryOrder, QuerySelect};
use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "file")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub sha256: String,
    pub name: String,
    pub media_type: String,
    pub size_bytes: i64,
    pub organization_id: Uuid,
    pub visibility: String,
    pub subject_id: Option<Uuid>,
    pub uploaded_by: Uuid,
    pub uploaded_at: DateTimeUtc,
    pub removed_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl TryFrom<Model> for File {
    type Error = Error;

    fn try_from(row: Model) -> Result<Self> {
        let visibility = Visibility::from_name(&row.visibility);
        Ok(Self {
            id: FileId(row.id),
            sha256: row.sha256,
            name: row.name,
            media_type: row.media_type,
            size_bytes: row.size_bytes,
            organization: OrganizationId(row.organization_id),
            visibility: visibility.ok_or_else(|| Error::internal("read file", format!("visibility of {} is impossible", row.id)))?,
            subject: row.subject_id,
            uploaded_by: UserId(row.uploaded_by),
            uploaded_at: row.uploaded_at,
        })
    }
}

/// Adds a file.
pub(crate) async fn insert(tx: &Tx, file: &File) -> Result<()> {
    ActiveModel {
        id: Set(file.id.0),
        sha256: Set(file.sha256.clone()),
        name: Set(file.name.clone()),
        media_type: Set(file.media_type.clone()),
        size_bytes: Set(file.size_bytes),
        organization_id: Set(file.organization.0),
        visibility: Set(file.visibility.as_str().to_owned()),
        subject_id: Set(file.subject),
        uploaded_by: Set(file.uploaded_by.0),
        uploaded_at: Set(file.uploaded_at),
        removed_at: Set(None),
    }
    .insert(tx.db())
    .await?;
    Ok(())
}

/// The files with these ids, in any order; unknown and removed ones are left out.
pub(crate) async fn by_ids(db: &impl ConnectionTrait, ids: &[FileId]) -> Result<Vec<File>> {
    let query = Entity::find().filter(Column::Id.is_in(ids.iter().map(|id| id.0))).filter(Column::RemovedAt.is_null());
    query.all(db).await?.into_iter().map(File::try_from).collect()
}

/// The files of these organizations with these contents, the newest last; removed ones are left out.
pub(crate) async fn by_contents(db: &impl ConnectionTrait, wanted: &[(OrganizationId, String)]) -> Result<Vec<File>> {
    let owners = wanted.iter().map(|(owner, _)| owner.0);
    let hashes = wanted.iter().map(|(_, sha256)| sha256.as_str());
    let query = Entity::find().filter(Column::OrganizationId.is_in(owners)).filter(Column::Sha256.is_in(hashes));
    let rows = query.filter(Column::RemovedAt.is_null()).order_by_asc(Column::UploadedAt).all(db).await?;
    rows.into_iter().map(File::try_from).collect()
}

/// Makes those pictures of an organization public that are its own alone and belong to no record.
pub(crate) async fn publish_pictures(tx: &Tx, owner: OrganizationId, hashes: &[String]) -> Result<()> {
    let update = Entity::update_many().col_expr(Column::Visibility, Expr::value(Visibility::Public.as_str()));
    let update = update.filter(Column::OrganizationId.eq(owner.0)).filter(Column::Sha256.is_in(hashes));
    let update = update.filter(Column::Visibility.eq(Visibility::Own.as_str())).filter(Column::SubjectId.is_null());
    update.filter(Column::MediaType.starts_with("image/")).exec(tx.db()).await?;
    Ok(())
}

/// Says anew who may read a file.
pub(crate) async fn set_visibility(tx: &Tx, id: FileId, visibility: Visibility) -> Result<()> {
    let update = Entity::update_many().col_expr(Column::Visibility, Expr::value(visibility.as_str()));
    update.filter(Column::Id.eq(id.0)).exec(tx.db()).await?;
    Ok(())
}

/// Says to which record a file belongs, if to any; who may read it stays as it is.
pub(crate) async fn set_subject(tx: &Tx, id: FileId, subject: Option<Uuid>) -> Result<()> {
    let update = Entity::update_many().col_expr(Column::SubjectId, Expr::value(subject));
    update.filter(Column::Id.eq(id.0)).exec(tx.db()).await?;
    Ok(())
}

/// The contents that files name, once each.
pub(crate) async fn contents(db: &impl ConnectionTrait) -> Result<Vec<String>> {
    let named = Entity::find().filter(Column::RemovedAt.is_null()).select_only().column(Column::Sha256).distinct();
    Ok(named.into_tuple().all(db).await?)
}

/// Attaches a file to a record, whose parties may read it from then on.
pub(crate) async fn attach(tx: &Tx, id: FileId, subject: Uuid) -> Result<()> {
    let update = Entity::update_many()
        .col_expr(Column::Visibility, Expr::value(Visibility::Parties.as_str()))
        .col_expr(Column::SubjectId, Expr::value(subject));
    update.filter(Column::Id.eq(id.0)).exec(tx.db()).await?;
    Ok(())
}
