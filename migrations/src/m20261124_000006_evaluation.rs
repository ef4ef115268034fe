//! The rooms `tendering` and `contracting`: evaluations, score sheets, awards and what losers are told, contracts.

use crate::column::{id, index, instant, instant_null, json, one_of, reference, table, text, unique, version, whole};
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        evaluation(manager).await?;
        award(manager).await?;
        contract(manager).await
    }
}

async fn evaluation(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    // Its id is the tender's: a tender is evaluated once.
    let stages = ["qualified", "panel_appointed", "scoring", "reported", "signed", "failed"];
    manager
        .create_table(table(
            "evaluation",
            vec![id(), version(), reference("buyer_id"), one_of("status", &stages), json("record")],
        ))
        .await?;

    // Apart from `evaluation`, so that members who save at once don't wait for each other and nobody reads another's
    // sheet by reading the evaluation.
    manager
        .create_table(
            table(
                "score_sheet",
                vec![
                    id(),
                    version(),
                    reference("tender_id"),
                    reference("member_id"),
                    instant_null("submitted_at"),
                    json("record"),
                ],
            )
            .foreign_key(ForeignKey::create().from("score_sheet", "tender_id").to("evaluation", "id"))
            .foreign_key(ForeignKey::create().from("score_sheet", "member_id").to("account", "id"))
            .to_owned(),
        )
        .await?;
    manager.create_index(unique("score_sheet", &["tender_id", "member_id"])).await
}

async fn award(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    // One award for a tender, however many confirm at once.
    manager
        .create_table(
            table(
                "award",
                vec![
                    id(),
                    version(),
                    reference("tender_id"),
                    reference("buyer_id"),
                    reference("supplier_id"),
                    one_of("status", &["confirmed", "published"]),
                    whole("price_minor"),
                    text("currency"),
                    instant_null("published_at"),
                    json("record"),
                ],
            )
            .foreign_key(ForeignKey::create().from("award", "tender_id").to("evaluation", "id"))
            .foreign_key(ForeignKey::create().from("award", "supplier_id").to("organization", "id"))
            .to_owned(),
        )
        .await?;
    manager.create_index(unique("award", &["tender_id"])).await?;
    manager.create_index(index("award", &["published_at"])).await?;

    manager
        .create_table(
            table(
                "loser_notice",
                vec![id(), reference("tender_id"), reference("bidder_id"), instant("told_at"), json("record")],
            )
            .foreign_key(ForeignKey::create().from("loser_notice", "tender_id").to("evaluation", "id"))
            .to_owned(),
        )
        .await?;
    manager.create_index(unique("loser_notice", &["tender_id", "bidder_id"])).await
}

async fn contract(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            table(
                "contract",
                vec![
                    id(),
                    version(),
                    text("number"),
                    reference("tender_id"),
                    reference("award_id"),
                    reference("buyer_id"),
                    reference("supplier_id"),
                    one_of("status", &["drawn_up", "partly_signed", "signed"]),
                    whole("value_minor"),
                    text("currency"),
                    instant("made_at"),
                    json("record"),
                ],
            )
            .foreign_key(ForeignKey::create().from("contract", "award_id").to("award", "id"))
            .to_owned(),
        )
        .await?;
    manager.create_index(unique("contract", &["award_id"])).await?;
    manager.create_index(index("contract", &["buyer_id", "made_at"])).await?;
    manager.create_index(index("contract", &["supplier_id", "made_at"])).await
}
