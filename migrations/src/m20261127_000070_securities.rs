//! The room `contracting`: bid securities. The room `tendering`: registrations for documents.

use crate::column::{id, index, instant, instant_null, json, one_of, reference, table, unique, version};
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

/// The states in which a security stands for its bid.
const LIVE: [&str; 5] = ["lodged", "held", "exempt", "released", "forfeiture_proposed"];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let states = ["lodged", "refused", "held", "exempt", "released", "forfeiture_proposed", "returned", "forfeited"];
        manager
            .create_table(
                table(
                    "bid_security",
                    vec![
                        id(),
                        version(),
                        reference("tender_id"),
                        reference("buyer_id"),
                        reference("supplier_id"),
                        one_of("status", &states),
                        instant("lodged_at"),
                        // Since when money or a letter waits to go back.
                        instant_null("owed_since"),
                        json("record"),
                    ],
                )
                .foreign_key(ForeignKey::create().from("bid_security", "tender_id").to("tender", "id"))
                .foreign_key(ForeignKey::create().from("bid_security", "buyer_id").to("organization", "id"))
                .foreign_key(ForeignKey::create().from("bid_security", "supplier_id").to("organization", "id"))
                .to_owned(),
            )
            .await?;
        // Of those that stand for a bid a supplier has one.
        let one_live = unique("bid_security", &["tender_id", "supplier_id"]).cond_where(Expr::col("status").is_in(LIVE)).to_owned();
        manager.create_index(one_live).await?;
        manager.create_index(index("bid_security", &["buyer_id", "lodged_at", "id"])).await?;
        manager.create_index(index("bid_security", &["buyer_id", "owed_since", "id"])).await?;
        manager.create_index(index("bid_security", &["supplier_id", "lodged_at", "id"])).await?;
        manager
            .create_table(
                table(
                    "document_registration",
                    vec![id(), version(), reference("tender_id"), reference("supplier_id"), instant("registered_at"), json("record")],
                )
                .foreign_key(ForeignKey::create().from("document_registration", "tender_id").to("tender", "id"))
                .foreign_key(ForeignKey::create().from("document_registration", "supplier_id").to("organization", "id"))
                .to_owned(),
            )
            .await?;
        manager.create_index(unique("document_registration", &["tender_id", "supplier_id"])).await?;
        manager.create_index(index("document_registration", &["tender_id", "registered_at", "id"])).await?;
        manager.create_index(index("document_registration", &["supplier_id", "registered_at", "id"])).await
    }
}
