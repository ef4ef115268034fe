//! Passwords that were given by somebody else are good for so many sign-ins only.

use crate::column::whole_null;
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.alter_table(Table::alter().table("account").add_column(whole_null("sign_ins_left")).to_owned()).await
    }
}
