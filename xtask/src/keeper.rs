//! What must end with us, however we end: a shell that waits for our death and then cleans up.

use anyhow::{Context as _, Result};
use std::os::unix::process::CommandExt as _;
use std::process::{Child, ChildStdin, Command, Stdio};

/// A shell that waits for the end of a pipe. Only we hold the other end, so it wakes when we drop it or die, be it by
/// SIGKILL; it stands in a process group of its own, so that Ctrl-C in a terminal does not reach it before us.
pub struct Keeper {
    process: Child,
    pipe: Option<ChildStdin>,
}

impl Keeper {
    /// The script of a keeper that runs `end` when we are gone.
    pub fn script(end: &str) -> String {
        format!("trap '' INT TERM HUP; read -r _; {end}")
    }

    /// Starts a command that runs such a script.
    ///
    /// # Errors
    /// When it does not start.
    pub fn start(mut command: Command) -> Result<Self> {
        command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).process_group(0);
        let mut process = command.spawn().context("the keeper does not start")?;
        let pipe = process.stdin.take();
        Ok(Self { process, pipe })
    }

    /// A keeper that ends a process which we have started.
    ///
    /// # Errors
    /// When it does not start.
    pub fn of(child: &Child) -> Result<Self> {
        let mut shell = Command::new("sh");
        shell.args(["-c", &Self::script("kill \"$1\""), "sh", &child.id().to_string()]);
        Self::start(shell)
    }
}

impl Drop for Keeper {
    fn drop(&mut self) {
        drop(self.pipe.take());
        if let Err(error) = self.process.wait() {
            eprintln!("xtask: the keeper was lost: {error}");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_ends_when_its_keeper_is_dropped() {
        let mut kept = Command::new("sleep").arg("600").spawn().unwrap();
        drop(Keeper::of(&kept).unwrap());
        assert!(!kept.wait().unwrap().success(), "it was ended, not done");
    }
}
