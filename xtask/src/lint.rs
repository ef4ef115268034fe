//! `cargo xtask lint`: clippy with warnings as errors, and who may depend on what.

use crate::binary::cargo;
use crate::pages::{root, run};
use anyhow::Result;
use std::process::{Command, Stdio};

/// Complains about everything that clippy and cargo-deny find.
///
/// # Errors
/// When one of them finds something.
pub fn lint() -> Result<()> {
    let mut clippy = cargo();
    clippy.current_dir(root()).args(["clippy", "--locked", "--workspace", "--all-targets", "--", "-D", "warnings"]);
    announced(&mut clippy)?;
    if !answers(Command::new("cargo-deny").arg("--version")) {
        eprintln!("── cargo-deny is not installed, so licences, bans and sources are not checked here: cargo install --locked cargo-deny");
        return Ok(());
    }
    announced(Command::new("cargo-deny").current_dir(root()).args(["check", "licenses", "bans", "sources"]))?;
    // The advisories are a Git repository, which not every machine can reach.
    if answers(Command::new("cargo-deny").current_dir(root()).args(["fetch", "db"])) {
        announced(Command::new("cargo-deny").current_dir(root()).args(["check", "--disable-fetch", "advisories"]))?;
    } else {
        eprintln!("── the advisory database can't be fetched from here: advisories are not checked");
    }
    Ok(())
}

fn announced(command: &mut Command) -> Result<()> {
    let arguments: Vec<_> = command.get_args().map(|argument| argument.to_string_lossy().into_owned()).collect();
    eprintln!("── {} {}", command.get_program().to_string_lossy(), arguments.join(" "));
    run(command)
}

/// Whether a program is there and says that all is well.
fn answers(command: &mut Command) -> bool {
    command.stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok_and(|status| status.success())
}
