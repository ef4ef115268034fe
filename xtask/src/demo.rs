//! `cargo xtask demo`: builds all and serves the marketplace with demo data on the embedded parts.

use crate::binary::Build;
use crate::pages::{root, say, target};
use crate::install;
use crate::running::Running;
use anyhow::Result;
use serde_json::Value;
use std::path::PathBuf;

/// Builds all and serves the marketplace with demo data.
#[derive(clap::Args)]
pub struct Demo {
    /// The address to listen on.
    #[arg(long, default_value = "127.0.0.1:8080")]
    listen: String,
    /// The folder that keeps the demonstration; the target folder's own when absent.
    #[arg(long)]
    data: Option<PathBuf>,
    /// As it is shipped: faster to use, much longer to build.
    #[arg(long)]
    release: bool,
}

impl Demo {
    /// Builds, fills the market at the first start, says where it is and who can sign in, and serves until Ctrl-C.
    pub fn run(self) -> Result<()> {
        install::require("cc", "gcc libc6-dev")?;
        install::require("rustup", "rustup (and then: rustup default stable)")?;
        let profile = if self.release { "release, small and fast" } else { "dev, quick to build; --release for a fast one" };
        say("profile", profile);
        let binary = Build { release: self.release }.run()?;
        let data = self.data.unwrap_or_else(|| target(&root()).join("demo"));
        say("data", &data.display().to_string());
        let running = Running::start(&binary, &self.listen, &data)?;
        let accounts: Vec<Value> = serde_json::from_str(&running.get("/demo/accounts.json")?)?;
        println!("\nThe marketplace is at  http://{}/  (Ctrl-C ends it)\n", running.address);
        println!("{:<28} {:<16} organization", "login", "role");
        for account in accounts.iter().filter(|account| account["shown"] == true) {
            let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
            let organization = &account["organization"]["name"];
            let organization = format!("{} / {}", text(&organization["zh"]), text(&organization["en"]));
            println!("{:<28} {:<16} {organization}", text(&account["login"]), text(&account["role"]));
        }
        let password = accounts.first().and_then(|account| account["password"].as_str()).unwrap_or_default();
        println!("\nThe password of each is  {password}\n");
        running.wait()
    }
}
