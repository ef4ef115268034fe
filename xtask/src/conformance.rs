//! The server against others' clients: the audits of GraphQL over HTTP, and a subscription.

use crate::pages::{root, target};
use crate::running::{Running, free_address};
use anyhow::{Context as _, Result, ensure};
use std::process::Command;

/// Serves a fresh demonstration and runs `e2e/conformance` against it.
///
/// # Errors
/// When npm, Node or the server can't be had, or when an audit that must pass fails.
pub fn run() -> Result<()> {
    let suite = root().join("e2e");
    let done = |program: &str, arguments: &[&str]| -> Result<()> {
        eprintln!("── {program} {}", arguments.join(" "));
        let started = Command::new(program).args(arguments).current_dir(&suite).status();
        let status = started.with_context(|| format!("{program} is missing: install Node 20 with npm"))?;
        ensure!(status.success(), "{program} {} failed", arguments.join(" "));
        Ok(())
    };
    done("npm", &["ci", "--no-audit", "--no-fund"])?;
    let status = Command::new("cargo").args(["build", "--locked", "--bin", "zhaocai"]).current_dir(root()).status()?;
    ensure!(status.success(), "zhaocai does not build");
    let data = target(&root()).join("conformance");
    if data.exists() {
        std::fs::remove_dir_all(&data)?;
    }
    let binary = target(&root()).join("debug").join("zhaocai");
    let running = Running::start(&binary, &free_address()?, &data)?;
    done("node", &["conformance/run.mjs", &format!("http://{}", running.address)])
}
