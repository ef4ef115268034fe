//! Who bid is told of a tender's end also where there was no evaluation: a notice belongs to the tender.

use crate::column::{id, instant, json, reference, table, unique};
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let columns = vec![id(), reference("tender_id"), reference("bidder_id"), instant("told_at"), json("record")];
        let notice = table("bidder_notice", columns)
            .foreign_key(ForeignKey::create().from("bidder_notice", "tender_id").to("tender", "id"))
            .foreign_key(ForeignKey::create().from("bidder_notice", "bidder_id").to("organization", "id"))
            .to_owned();
        manager.create_table(notice).await?;
        manager.create_index(unique("bidder_notice", &["tender_id", "bidder_id"])).await?;
        let copy = "INSERT INTO bidder_notice (id, tender_id, bidder_id, told_at, record) \
                    SELECT id, tender_id, bidder_id, told_at, record FROM loser_notice";
        manager.get_connection().execute_unprepared(copy).await?;
        manager.drop_table(Table::drop().table("loser_notice").to_owned()).await
    }
}
