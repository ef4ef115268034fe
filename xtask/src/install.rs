//! Debian's packages that a command needs.

use anyhow::{Context as _, Result, ensure};
use std::process::{Command, Stdio};

/// Whether we may install packages (and must not run PostgreSQL as ourselves).
///
/// # Errors
/// When `id` can't be asked.
pub fn is_root() -> Result<bool> {
    let done = Command::new("id").arg("-u").output().context("id does not start")?;
    Ok(String::from_utf8_lossy(&done.stdout).trim() == "0")
}

/// Whether a program is there and tells its version.
pub fn is_there(program: &str) -> bool {
    let status = Command::new(program).arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status();
    status.is_ok_and(|status| status.success())
}

/// Makes sure that a program is there, or says which of Debian's packages brings it.
///
/// # Errors
/// When it isn't.
pub fn require(program: &str, package: &str) -> Result<()> {
    ensure!(is_there(program), "{program} is missing: install Debian's package with `apt-get install {package}` and start again");
    Ok(())
}

/// Installs a package where we may, else says which one to install.
///
/// # Errors
/// When we may not, or apt-get fails.
pub fn install(package: &str) -> Result<()> {
    ensure!(is_root()?, "install Debian's package `{package}` (apt-get install {package}) and start again");
    for arguments in [&["update", "-qq"][..], &["install", "-y", "-qq", package]] {
        eprintln!("── apt-get {}", arguments.join(" "));
        let status = Command::new("apt-get").args(arguments).env("DEBIAN_FRONTEND", "noninteractive").stdin(Stdio::null()).status();
        ensure!(status.context("apt-get does not start")?.success(), "apt-get {} failed", arguments.join(" "));
    }
    Ok(())
}
