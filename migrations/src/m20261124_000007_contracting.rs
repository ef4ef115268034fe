//! The room `contracting`: baskets, orders, and what follows them.

use crate::column::{id, index, instant, json, one_of, reference, table, text, unique, version, whole};
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                // Lines are read and written with their basket only.
                table("basket", vec![id(), version(), reference("buyer_id"), reference("keeper_id"), json("lines"), instant("changed_at")])
                    .foreign_key(ForeignKey::create().from("basket", "buyer_id").to("organization", "id"))
                    .foreign_key(ForeignKey::create().from("basket", "keeper_id").to("account", "id"))
                    .to_owned(),
            )
            .await?;
        manager.create_index(unique("basket", &["buyer_id", "keeper_id"])).await?;

        // `order` is a reserved word of SQL. The record holds lines, shipments and receipts: they are read whole.
        manager
            .create_table(
                table(
                    "purchase_order",
                    vec![
                        id(),
                        version(),
                        text("number"),
                        reference("buyer_id"),
                        reference("supplier_id"),
                        one_of(
                            "status",
                            &[
                                "placed", "confirmed", "partly_despatched", "despatched", "partly_received", "received",
                                "closed", "refused", "cancelled",
                            ],
                        ),
                        whole("total_minor"),
                        text("currency"),
                        instant("placed_at"),
                        json("record"),
                    ],
                )
                .foreign_key(ForeignKey::create().from("purchase_order", "buyer_id").to("organization", "id"))
                .foreign_key(ForeignKey::create().from("purchase_order", "supplier_id").to("organization", "id"))
                .to_owned(),
            )
            .await?;
        manager.create_index(unique("purchase_order", &["number"])).await?;
        manager.create_index(index("purchase_order", &["buyer_id", "placed_at", "id"])).await?;
        manager.create_index(index("purchase_order", &["supplier_id", "placed_at", "id"])).await
    }
}
