//! Overridden warnings of drafts, with their reasons; by which procedure a tender buys, as a column; and the order in which a
//! supplier reads its bids.

use crate::column::{id, index, instant, instant_null, json, reference, table, text, text_null, unique};
use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // `standing_key` names tender and warning while the override stands and is absent afterwards, so that the database
        // itself holds a warning to one reason.
        let columns = vec![
            id(),
            reference("tender_id"),
            reference("given_by"),
            instant("given_at"),
            instant_null("withdrawn_at"),
            text_null("standing_key"),
            json("record"),
        ];
        let kept = table("warning_override", columns)
            .foreign_key(ForeignKey::create().from("warning_override", "tender_id").to("tender", "id"))
            .to_owned();
        manager.create_table(kept).await?;
        manager.create_index(unique("warning_override", &["standing_key"])).await?;
        manager.create_index(index("warning_override", &["tender_id", "given_at"])).await?;
        // By which procedure, for sums over a buyer's purchases: the record says it, and every row before procedures was an
        // open tender.
        let mut procedure = text("procedure");
        procedure.default("open_tender");
        manager.alter_table(Table::alter().table("tender").add_column(procedure).to_owned()).await?;
        let said = match manager.get_database_backend() {
            DbBackend::Postgres => "record->'content'->'choice'->>'procedure'",
            _ => "json_extract(record, '$.content.choice.procedure')",
        };
        let filled = format!("UPDATE tender SET procedure = coalesce({said}, 'open_tender')");
        manager.get_connection().execute_unprepared(&filled).await?;
        // A buyer's purchases of one category, and the awards in it.
        manager.create_index(index("tender", &["buyer_id", "category_code", "listed_at"])).await?;
        manager.create_index(index("tender", &["category_code", "listed_at"])).await?;
        manager.create_index(index("bid", &["bidder_id", "received_at", "id"])).await
    }
}
