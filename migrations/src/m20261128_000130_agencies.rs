//! Agencies (采购代理机构): a kind of organization, and by column which one acts for the buyer of a tender.

use crate::column::{index, one_of, reference_null};
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // `SQLite` can't change a check, so a new column takes the old one's place.
        let altered = || Table::alter().table("organization").to_owned();
        manager.drop_index(Index::drop().name("organization_by_kind_id").table("organization").to_owned()).await?;
        let wider = one_of("kind_next", &["buyer", "supplier", "supervisor", "platform", "agency"]).default("buyer").to_owned();
        manager.alter_table(altered().add_column(wider).to_owned()).await?;
        let copy = Query::update().table("organization").value("kind_next", Expr::col("kind")).to_owned();
        manager.exec_stmt(copy).await?;
        manager.alter_table(altered().drop_column("kind").to_owned()).await?;
        manager.alter_table(altered().rename_column("kind_next", "kind").to_owned()).await?;
        manager.create_index(index("organization", &["kind", "id"])).await?;
        // Also while it has not answered: the record says which.
        manager.alter_table(Table::alter().table("tender").add_column(reference_null("agency_id")).to_owned()).await?;
        manager.create_index(index("tender", &["agency_id", "deadline_at"])).await
    }
}
