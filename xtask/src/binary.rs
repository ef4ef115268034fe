//! `cargo xtask build`: one `zhaocai` with the pages' files inside it.

use crate::pages::{Pages, root, run, say, target};
use anyhow::Result;
use std::path::PathBuf;
use std::process::Command;

/// Builds `zhaocai`, one file with the pages' files inside it.
#[derive(clap::Args)]
pub struct Build {
    /// As it is shipped: small pages, a fast server, a long build. Otherwise quick to build.
    #[arg(long)]
    pub release: bool,
}

impl Build {
    /// Builds pages and binary, and answers where the binary lies.
    pub fn run(&self) -> Result<PathBuf> {
        let root = root();
        let pages = Pages { release: self.release }.run()?;
        say("build", "zhaocai, with the pages inside");
        let mut cargo = cargo();
        cargo.current_dir(&root).args(["build", "--locked", "--package", "server", "--bin", "zhaocai"]);
        if self.release {
            cargo.arg("--release");
        }
        run(cargo.env("ZHAOCAI_EMBED_PAGES", pages.canonicalize()?))?;
        let binary = target(&root).join(if self.release { "release" } else { "debug" }).join("zhaocai");
        say("ready", &format!("{} ({} MB)", binary.display(), binary.metadata()?.len() / 1_000_000));
        Ok(binary)
    }
}

/// Cargo as it was called, without what it told this program about itself: build scripts look at that, and would build
/// half of the dependencies anew.
pub fn cargo() -> Command {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    for (name, _) in std::env::vars_os() {
        if name.to_str().is_some_and(|name| name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_")) {
            cargo.env_remove(name);
        }
    }
    cargo
}
