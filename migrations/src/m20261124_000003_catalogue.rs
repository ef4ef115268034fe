//! The room `catalogue`: categories, items with their price tiers, runs of price list imports.

use crate::column::{
    bytes, day_null, id, index, instant, instant_null, json, one_of, reference, table, text, text_null, unique, version, whole,
    whole_null,
};
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut code = text("code");
        code.primary_key();
        manager.create_table(table("category", vec![code, text("name_zh"), text("name_en")])).await?;

        manager
            .create_table(
                table(
                    "catalogue_item",
                    vec![
                        id(),
                        version(),
                        reference("supplier_id"),
                        text("number"),
                        text("category_code"),
                        text("name_zh"),
                        text("name_en"),
                        text("description_zh"),
                        text("description_en"),
                        text("brand"),
                        text("model"),
                        text("unit"),
                        text_null("gtin"),
                        json("attributes"),
                        // References to files by their SHA-256, with what they show: read whole, with the item only.
                        json("pictures"),
                        json("areas"),
                        whole_null("stock"),
                        whole_null("lead_time_days"),
                        day_null("valid_from_on"),
                        day_null("valid_until_on"),
                        // The first tier's price once more, since lists are filtered and sorted by it.
                        whole("list_price_minor"),
                        text("list_price_currency"),
                        one_of("status", &["draft", "listed", "suspended"]),
                        // When it came into its state, and why where the state has a reason.
                        instant_null("status_since_at"),
                        text_null("status_reason"),
                        instant("created_at"),
                        instant("changed_at"),
                    ],
                )
                .foreign_key(ForeignKey::create().from("catalogue_item", "supplier_id").to("organization", "id"))
                .foreign_key(ForeignKey::create().from("catalogue_item", "category_code").to("category", "code"))
                .to_owned(),
            )
            .await?;
        manager.create_index(unique("catalogue_item", &["supplier_id", "number"])).await?;
        manager.create_index(index("catalogue_item", &["status", "changed_at", "id"])).await?;
        manager.create_index(index("catalogue_item", &["status", "list_price_minor", "id"])).await?;
        manager.create_index(index("catalogue_item", &["category_code"])).await?;

        manager
            .create_table(
                table(
                    "price_tier",
                    vec![reference("item_id"), whole("least_quantity"), whole("price_minor"), text("currency")],
                )
                .primary_key(Index::create().col("item_id").col("least_quantity"))
                .foreign_key(ForeignKey::create().from("price_tier", "item_id").to("catalogue_item", "id"))
                .to_owned(),
            )
            .await?;

        manager
            .create_table(
                table(
                    "price_list_import",
                    vec![
                        id(),
                        version(),
                        reference("supplier_id"),
                        reference("uploaded_by"),
                        text("file_name"),
                        text("sha256"),
                        bytes("content"),
                        json("reading"),
                        one_of("status", &["read", "confirmed", "applied", "failed"]),
                        whole("rows_new"),
                        whole("rows_changed"),
                        whole("rows_unchanged"),
                        whole("rows_refused"),
                        whole("rows_skipped"),
                        whole("rows_done"),
                        instant("uploaded_at"),
                        instant_null("confirmed_at"),
                        instant_null("ended_at"),
                    ],
                )
                .foreign_key(ForeignKey::create().from("price_list_import", "supplier_id").to("organization", "id"))
                .to_owned(),
            )
            .await?;
        manager.create_index(index("price_list_import", &["supplier_id", "id"])).await
    }
}
