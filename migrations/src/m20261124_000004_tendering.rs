//! The room `tendering`: plans, tenders, questions and answers.

use crate::column::{id, index, instant, instant_null, json, one_of, reference, table, text, unique, version, whole};
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let buyer = |table: &'static str| ForeignKey::create().from(table, "buyer_id").to("organization", "id").to_owned();
        manager
            .create_table(
                table(
                    "plan",
                    vec![
                        id(),
                        version(),
                        reference("buyer_id"),
                        one_of("status", &["draft", "published"]),
                        // The day of publication, or of the draft: what lists go by.
                        instant("listed_at"),
                        json("record"),
                    ],
                )
                .foreign_key(&mut buyer("plan"))
                .to_owned(),
            )
            .await?;
        manager.create_index(index("plan", &["status", "listed_at"])).await?;
        manager.create_index(index("plan", &["buyer_id", "listed_at"])).await?;

        manager
            .create_table(
                table(
                    "tender",
                    vec![
                        id(),
                        version(),
                        reference("buyer_id"),
                        text("number"),
                        one_of(
                            "status",
                            &[
                                "draft", "submitted", "approved", "published", "opened", "qualified", "in_evaluation",
                                "reported", "award_confirmed", "awarded", "contracted", "failed", "cancelled",
                            ],
                        ),
                        text("category_code"),
                        whole("budget_minor"),
                        text("budget_currency"),
                        instant("listed_at"),
                        instant_null("deadline_at"),
                        json("record"),
                    ],
                )
                .foreign_key(&mut buyer("tender"))
                .to_owned(),
            )
            .await?;
        manager.create_index(unique("tender", &["number"])).await?;
        manager.create_index(index("tender", &["listed_at", "id"])).await?;
        manager.create_index(index("tender", &["buyer_id", "listed_at"])).await?;
        manager.create_index(index("tender", &["status", "deadline_at"])).await?;

        manager
            .create_table(
                table(
                    "clarification",
                    vec![
                        id(),
                        version(),
                        reference("tender_id"),
                        reference("asker_id"),
                        instant("asked_at"),
                        instant_null("answered_at"),
                        json("record"),
                    ],
                )
                .foreign_key(ForeignKey::create().from("clarification", "tender_id").to("tender", "id"))
                .foreign_key(ForeignKey::create().from("clarification", "asker_id").to("organization", "id"))
                .to_owned(),
            )
            .await?;
        manager.create_index(index("clarification", &["tender_id", "asked_at"])).await
    }
}
