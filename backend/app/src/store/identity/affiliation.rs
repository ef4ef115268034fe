//! Rows of `affiliation`: what suppliers have stated of their heads and holdings. A row's id is its organization's.

use crate::store::Tx;
use crate::{Error, Result};
use domain::ident::OrganizationId;
use domain::identity::affiliation::Affiliation;
use domain::refusal::Code;
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::Expr;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "affiliation")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub version: i64,
    pub record: Json,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

fn read(row: Model) -> Result<Affiliation> {
    serde_json::from_value(row.record).map_err(|error| Error::internal("read an affiliation", error))
}

/// What these organizations have stated; those that have stated nothing are left out.
pub(crate) async fn of(db: &impl ConnectionTrait, organizations: &[OrganizationId]) -> Result<Vec<Affiliation>> {
    let found = Entity::find().filter(Column::Id.is_in(organizations.iter().map(|id| id.0)));
    found.all(db).await?.into_iter().map(read).collect()
}

/// Keeps what is stated: the first, or the next version.
///
/// # Errors
/// `CONFLICT` when somebody else has stated something since it was read.
pub(crate) async fn save(tx: &Tx, affiliation: &Affiliation) -> Result<()> {
    let record = serde_json::to_value(affiliation).map_err(|error| Error::internal("write an affiliation", error))?;
    if affiliation.version == 1 {
        ActiveModel { id: Set(affiliation.organization.0), version: Set(1), record: Set(record) }.insert(tx.db()).await?;
        return Ok(());
    }
    let updated = Entity::update_many()
        .col_expr(Column::Version, Expr::value(affiliation.version))
        .col_expr(Column::Record, Expr::value(record))
        .filter(Column::Id.eq(affiliation.organization.0))
        .filter(Column::Version.eq(affiliation.version - 1))
        .exec(tx.db())
        .await?;
    if updated.rows_affected == 1 { Ok(()) } else { Err(Error::refused(Code::Conflict)) }
}
