//! `cargo xtask bench`: builds for speed and prints ratios.

use crate::binary::cargo;
use crate::pages::{root, run as done, say};
use crate::postgres::{Cluster, Durability};
use anyhow::Result;

/// Measures: lists, search, sealed bids, start. Prints what was measured beside what was aimed at.
#[derive(clap::Args)]
pub struct Bench {
    /// Only these parts: list, search, bids, start.
    parts: Vec<String>,
}

impl Bench {
    /// Builds, which takes many minutes the first time, and measures on `SQLite` and a `PostgreSQL` cluster of its own.
    ///
    /// # Errors
    /// When something does not build or does not run.
    pub fn run(self) -> Result<()> {
        say("build", "for speed: many minutes the first time");
        let bench = ["bench", "--locked", "--package", "server", "--bench", "market"];
        done(cargo().current_dir(root()).args(bench).arg("--no-run"))?;
        // What is measured must survive a power cut, as in production.
        let cluster = Cluster::start(Durability::Synced)?;
        let mut measure = cargo();
        measure.current_dir(root()).args(bench).arg("--").args(self.parts);
        done(measure.env("ZHAOCAI_TEST_POSTGRES_URL", cluster.url()))
    }
}
