//! The room `tendering`: the states of procedures other than the open tender.

use crate::column::{id, index, instant, json, one_of, reference, table};
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_index(Index::drop().name("tender_by_status_deadline_at").table("tender").to_owned()).await?;
        let states = [
            "draft", "submitted", "approved", "announced", "published", "opened", "qualified", "negotiating", "final_offers",
            "final_opened", "in_evaluation", "reported", "award_confirmed", "awarded", "contracted", "failed", "cancelled", "suspended",
        ];
        widen(manager, "tender", &states).await?;
        manager.create_index(index("tender", &["status", "deadline_at"])).await?;
        widen(manager, "bid", &["sealed", "replaced", "withdrawn", "opened", "unopened", "negotiated"]).await?;
        let talks = table(
            "negotiation",
            vec![id(), reference("tender_id"), reference("bidder_id"), instant("held_at"), json("record")],
        );
        let talks = talks.clone().foreign_key(ForeignKey::create().from("negotiation", "tender_id").to("tender", "id")).to_owned();
        manager.create_table(talks).await?;
        manager.create_index(index("negotiation", &["tender_id", "held_at"])).await
    }
}

/// Lets the column `status` hold these values. `SQLite` can't change a check, so a new column takes the old one's place.
async fn widen(manager: &SchemaManager<'_>, table: &'static str, values: &[&str]) -> Result<(), DbErr> {
    let altered = || Table::alter().table(table).to_owned();
    let wider = one_of("status_next", values).default(values[0]).to_owned();
    manager.alter_table(altered().add_column(wider).to_owned()).await?;
    let copy = Query::update().table(table).value("status_next", Expr::col("status")).to_owned();
    manager.exec_stmt(copy).await?;
    manager.alter_table(altered().drop_column("status").to_owned()).await?;
    manager.alter_table(altered().rename_column("status_next", "status").to_owned()).await
}
