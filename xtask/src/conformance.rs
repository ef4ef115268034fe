//! The server against others' clients: the audits of GraphQL over HTTP, and a subscription.

use crate::binary::cargo;
use crate::pages::{root, run as done, target};
use crate::running::{Running, free_address};
use crate::totals::Totals;
use anyhow::{Context as _, Result};
use std::process::Command;

/// Serves a fresh demonstration and runs `e2e/conformance` against it.
///
/// # Errors
/// When npm, Node or the server can't be had.
pub fn run() -> Result<Totals> {
    let suite = root().join("e2e");
    done(Command::new("npm").current_dir(&suite).args(["ci", "--no-audit", "--no-fund"])).context("Node 20 with npm is needed")?;
    done(cargo().current_dir(root()).args(["build", "--locked", "--bin", "zhaocai"]))?;
    let data = target(&root()).join("conformance");
    if data.exists() {
        std::fs::remove_dir_all(&data)?;
    }
    let binary = target(&root()).join("debug").join("zhaocai");
    let running = Running::start(&binary, &free_address()?, &data)?;
    Totals::of(Command::new("node").current_dir(&suite).args(["conformance/run.mjs", &format!("http://{}", running.address)]))
}
