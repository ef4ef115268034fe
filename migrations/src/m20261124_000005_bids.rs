//! The room `tendering`: holders' keys, sealed bids, their opening.

use crate::column::{bytes, id, index, instant, json, one_of, reference, table, text, text_null, unique, version, whole};
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                table(
                    "holder_key",
                    vec![
                        id(),
                        reference("user_id"),
                        reference("organization_id"),
                        one_of("role", &["key_holder", "supervisor"]),
                        text("recipient"),
                        instant("registered_at"),
                    ],
                )
                .foreign_key(ForeignKey::create().from("holder_key", "user_id").to("account", "id"))
                .to_owned(),
            )
            .await?;
        manager.create_index(unique("holder_key", &["recipient"])).await?;
        manager.create_index(index("holder_key", &["organization_id"])).await?;
        manager.create_index(index("holder_key", &["user_id"])).await?;

        // `live_key` names tender, lot and bidder while the bid counts and is absent afterwards, so that the database
        // itself holds a supplier to one live bid.
        manager
            .create_table(
                table(
                    "bid",
                    vec![
                        id(),
                        version(),
                        reference("tender_id"),
                        reference("lot_id"),
                        reference("bidder_id"),
                        one_of("status", &["sealed", "replaced", "withdrawn", "opened", "unopened"]),
                        text_null("live_key"),
                        instant("received_at"),
                        json("record"),
                    ],
                )
                .foreign_key(ForeignKey::create().from("bid", "bidder_id").to("organization", "id"))
                .to_owned(),
            )
            .await?;
        manager.create_index(unique("bid", &["live_key"])).await?;
        manager.create_index(index("bid", &["tender_id", "received_at"])).await?;
        manager.create_index(index("bid", &["bidder_id"])).await?;

        // Apart from `bid`, so that lists never read megabytes of ciphertext.
        manager
            .create_table(
                table("bid_envelope", vec![id(), text("manifest"), bytes("ciphertext")])
                    .foreign_key(ForeignKey::create().from("bid_envelope", "id").to("bid", "id"))
                    .to_owned(),
            )
            .await?;

        manager
            .create_table(
                table(
                    "opening_share",
                    vec![
                        id(),
                        reference("tender_id"),
                        reference("bid_id"),
                        reference("holder_id"),
                        text_null("share"),
                        instant("submitted_at"),
                    ],
                )
                .foreign_key(ForeignKey::create().from("opening_share", "bid_id").to("bid", "id"))
                .to_owned(),
            )
            .await?;
        manager.create_index(unique("opening_share", &["bid_id", "holder_id"])).await?;
        manager.create_index(index("opening_share", &["tender_id"])).await?;

        manager
            .create_table(
                table(
                    "opened_bid",
                    vec![
                        id(),
                        reference("tender_id"),
                        whole("price_minor"),
                        text("currency"),
                        instant("opened_at"),
                        json("content"),
                    ],
                )
                .foreign_key(ForeignKey::create().from("opened_bid", "id").to("bid", "id"))
                .to_owned(),
            )
            .await?;
        manager.create_index(index("opened_bid", &["tender_id"])).await?;

        // Its id is the tender's.
        manager.create_table(table("opening", vec![id(), version(), instant("opened_at"), json("record")])).await
    }
}
