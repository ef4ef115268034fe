//! The room `tendering`: applications to be invited to a tender, and the draw of those who are.

use crate::column::{id, index, instant, json, one_of, reference, table, unique, version};
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let states = ["received", "withdrawn", "refused", "qualified", "invited", "not_drawn"];
        let columns = vec![
            id(),
            version(),
            reference("tender_id"),
            reference("applicant_id"),
            one_of("status", &states),
            instant("received_at"),
            json("record"),
        ];
        let applications = table("application", columns)
            .foreign_key(ForeignKey::create().from("application", "tender_id").to("tender", "id"))
            .foreign_key(ForeignKey::create().from("application", "applicant_id").to("organization", "id"))
            .to_owned();
        manager.create_table(applications).await?;
        // A supplier has one for each tender, which it changes and takes back.
        manager.create_index(unique("application", &["tender_id", "applicant_id"])).await?;
        manager.create_index(index("application", &["tender_id", "received_at"])).await?;
        manager.create_index(index("application", &["applicant_id", "status", "received_at"])).await?;
        // Its id is the tender's.
        let draws = table("invitation_draw", vec![id(), version(), json("record")])
            .foreign_key(ForeignKey::create().from("invitation_draw", "id").to("tender", "id"))
            .to_owned();
        manager.create_table(draws).await
    }
}
