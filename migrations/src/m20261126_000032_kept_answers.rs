//! Answers to idempotent requests are forgotten after a day: the old ones are found by when they were given.

use crate::column::index;
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_index(index("idempotent_answer", &["created_at"])).await
    }
}
