//! Of the jobs of one kind and key one waits; how many of them run or are parked is no matter of an index.
//!
//! The index before this one allowed one job of a key in each state. So a job that a dying server had left running and its
//! successor could not both be marked as running, and nothing was taken up any more.

use crate::column::{index, unique};
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_index(Index::drop().name("job_by_kind_key_state").table("job").to_owned()).await?;
        let one_queued = unique("job", &["kind", "key"]).cond_where(Expr::col("state").eq("queued")).to_owned();
        manager.create_index(one_queued).await?;
        // Who looks for a running one of the same key finds it at once.
        manager.create_index(index("job", &["kind", "key", "state"])).await
    }
}
