//! The room `tendering`: consortia, and every organization that bids by a bid.

use crate::column::{id, index, instant, json, one_of, reference, reference_null, table, text_null, unique, version};
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let states = ["proposed", "standing", "declined", "left", "dissolved"];
        let columns = vec![
            id(),
            version(),
            reference("tender_id"),
            reference("lead_id"),
            one_of("status", &states),
            instant("proposed_at"),
            json("record"),
        ];
        let consortia = table("consortium", columns)
            .foreign_key(ForeignKey::create().from("consortium", "tender_id").to("tender", "id"))
            .foreign_key(ForeignKey::create().from("consortium", "lead_id").to("organization", "id"))
            .to_owned();
        manager.create_table(consortia).await?;
        manager.create_index(index("consortium", &["tender_id", "proposed_at"])).await?;

        // A member and a lot a row. `bound_key` names tender, lot and organization while the consortium binds it and is
        // absent otherwise, so that the database itself holds a supplier to one consortium for a lot.
        let columns = vec![
            id(),
            reference("consortium_id"),
            reference("tender_id"),
            reference("lot_id"),
            reference("organization_id"),
            text_null("bound_key"),
        ];
        let members = table("consortium_member", columns)
            .foreign_key(ForeignKey::create().from("consortium_member", "consortium_id").to("consortium", "id"))
            .foreign_key(ForeignKey::create().from("consortium_member", "organization_id").to("organization", "id"))
            .to_owned();
        manager.create_table(members).await?;
        manager.create_index(unique("consortium_member", &["bound_key"])).await?;
        manager.create_index(index("consortium_member", &["consortium_id"])).await?;
        manager.create_index(index("consortium_member", &["organization_id", "tender_id"])).await?;

        manager.alter_table(Table::alter().table("bid").add_column(reference_null("consortium_id")).to_owned()).await?;
        manager.create_index(index("bid", &["consortium_id"])).await?;

        // Who bids by a bid: its bidder, and the other members of its consortium. `live_key` names tender, lot and
        // organization while the bid counts, so that nobody has two bids for a lot, alone or together.
        let parties = table("bid_party", vec![id(), reference("bid_id"), reference("organization_id"), text_null("live_key")])
            .foreign_key(ForeignKey::create().from("bid_party", "bid_id").to("bid", "id"))
            .foreign_key(ForeignKey::create().from("bid_party", "organization_id").to("organization", "id"))
            .to_owned();
        manager.create_table(parties).await?;
        manager.create_index(unique("bid_party", &["live_key"])).await?;
        manager.create_index(index("bid_party", &["bid_id"])).await?;
        // A bidder's own row has the number of its bid.
        let present = Query::select()
            .column("id")
            .expr_as(Expr::col("id"), "bid_id")
            .expr_as(Expr::col("bidder_id"), "organization_id")
            .column("live_key")
            .from("bid")
            .to_owned();
        let mut copy = Query::insert();
        copy.into_table("bid_party").columns(["id", "bid_id", "organization_id", "live_key"]);
        copy.select_from(present).map_err(|error| DbErr::Custom(error.to_string()))?;
        manager.exec_stmt(copy).await?;

        // Its id is the organization's.
        let affiliations = table("affiliation", vec![id(), version(), json("record")])
            .foreign_key(ForeignKey::create().from("affiliation", "id").to("organization", "id"))
            .to_owned();
        manager.create_table(affiliations).await?;

        // The members of a consortium that sign a contract besides its lead.
        let signers = table("contract_member", vec![id(), reference("contract_id"), reference("organization_id")])
            .foreign_key(ForeignKey::create().from("contract_member", "contract_id").to("contract", "id"))
            .foreign_key(ForeignKey::create().from("contract_member", "organization_id").to("organization", "id"))
            .to_owned();
        manager.create_table(signers).await?;
        manager.create_index(unique("contract_member", &["contract_id", "organization_id"])).await?;
        manager.create_index(index("contract_member", &["organization_id"])).await
    }
}
