//! Whose account it is to renew a given password of, until when such a password is good, and sessions that were begun with
//! one: they may do nothing but choose another.

use crate::column::{flag, instant_null, reference_null};
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let account = || Table::alter().table("account").to_owned();
        manager.alter_table(account().add_column(reference_null("added_by_id")).to_owned()).await?;
        manager.alter_table(account().add_column(instant_null("password_ends_at")).to_owned()).await?;
        let is_given = flag("is_begun_with_given_password").default(false).to_owned();
        manager.alter_table(Table::alter().table("session").add_column(is_given).to_owned()).await
    }
}
