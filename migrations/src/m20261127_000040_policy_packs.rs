//! The room `oversight`: by the rules of which policy pack an organization buys.

use crate::column::text;
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let pack = text("policy_pack").default("cn").to_owned();
        manager.alter_table(Table::alter().table("organization").add_column(pack).to_owned()).await
    }
}
