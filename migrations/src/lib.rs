//! The schema of the database, forward only, for `SQLite` and `PostgreSQL` from one source.
//!
//! One file for each room and change. A change is made in three steps, each in a release of its own: expand
//! (add), backfill, contract (remove what nothing reads any more).

use sea_orm_migration::prelude::*;

pub mod column;
pub use sea_orm_migration::MigratorTrait;

mod m20261124_000001_core;
mod m20261124_000002_identity;
mod m20261124_000003_catalogue;
mod m20261124_000004_tendering;
mod m20261124_000005_bids;
mod m20261124_000006_evaluation;
mod m20261124_000007_contracting;
mod m20261125_000008_bidding_closed;
mod m20261125_000020_one_time_password;
mod m20261126_000030_one_queued_job;
mod m20261126_000031_notices_of_tenders;
mod m20261126_000032_kept_answers;
mod m20261127_000033_given_passwords;
mod m20261127_000040_policy_packs;
mod m20261127_000060_warnings;
mod m20261127_000070_securities;
mod m20261127_000080_procedures;
mod m20261127_000090_applications;
mod m20261127_000100_objections;
mod m20261128_000120_consortia;
mod m20261128_000130_agencies;
mod m20261128_000140_lots;

/// Applies all migrations, in order, once.
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20261124_000001_core::Migration),
            Box::new(m20261124_000002_identity::Migration),
            Box::new(m20261124_000003_catalogue::Migration),
            Box::new(m20261124_000004_tendering::Migration),
            Box::new(m20261124_000005_bids::Migration),
            Box::new(m20261124_000006_evaluation::Migration),
            Box::new(m20261124_000007_contracting::Migration),
            Box::new(m20261125_000008_bidding_closed::Migration),
            Box::new(m20261125_000020_one_time_password::Migration),
            Box::new(m20261126_000030_one_queued_job::Migration),
            Box::new(m20261126_000031_notices_of_tenders::Migration),
            Box::new(m20261126_000032_kept_answers::Migration),
            Box::new(m20261127_000033_given_passwords::Migration),
            Box::new(m20261127_000040_policy_packs::Migration),
            Box::new(m20261127_000060_warnings::Migration),
            Box::new(m20261127_000070_securities::Migration),
            Box::new(m20261127_000080_procedures::Migration),
            Box::new(m20261127_000090_applications::Migration),
            Box::new(m20261127_000100_objections::Migration),
            Box::new(m20261128_000120_consortia::Migration),
            Box::new(m20261128_000130_agencies::Migration),
            Box::new(m20261128_000140_lots::Migration),
        ]
    }
}
