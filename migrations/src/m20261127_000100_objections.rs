//! The room `tendering`: objections to announced single sources.

use crate::column::{id, instant, instant_null, index, json, reference, table, unique, version};
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let upheld = ColumnDef::new("is_upheld").boolean().to_owned();
        let columns = vec![
            id(),
            version(),
            reference("tender_id"),
            reference("objector_id"),
            instant("raised_at"),
            instant_null("answered_at"),
            upheld,
            json("record"),
        ];
        let objections = table("objection", columns)
            .foreign_key(ForeignKey::create().from("objection", "tender_id").to("tender", "id"))
            .foreign_key(ForeignKey::create().from("objection", "objector_id").to("organization", "id"))
            .to_owned();
        manager.create_table(objections).await?;
        // A supplier objects to a tender once.
        manager.create_index(unique("objection", &["tender_id", "objector_id"])).await?;
        manager.create_index(index("objection", &["tender_id", "raised_at"])).await
    }
}
