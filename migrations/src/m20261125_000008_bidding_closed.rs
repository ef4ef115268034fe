//! The room `tendering`: that the taking of bids for a tender has ended.

use crate::column::{id, instant, table, whole};
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // Its id is the tender's. A row is never changed: what was in when it was written is what is opened.
        let closed = table("bidding_closed", vec![id(), instant("closed_at"), whole("bids")])
            .foreign_key(ForeignKey::create().from("bidding_closed", "id").to("tender", "id"))
            .to_owned();
        manager.create_table(closed).await
    }
}
