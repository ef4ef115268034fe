//! The journeys of `e2e/journeys`: people of the market in a real browser, in both languages, against a fresh demonstration.

use crate::binary::cargo;
use crate::install::install;
use crate::pages::{Pages, root, run as done, target};
use crate::running::{Running, free_address};
use crate::totals::Totals;
use anyhow::{Context as _, Result};
use std::path::PathBuf;
use std::process::Command;

/// Under these names Chromium is found.
const BROWSERS: [&str; 2] = ["chromium", "chromium-browser"];

/// Builds pages and server, serves a fresh demonstration and runs the journeys. `ZHAOCAI_SCREENSHOTS=FOLDER` keeps a picture
/// of each page.
///
/// # Errors
/// When Chromium, Node or the server can't be had.
pub fn run() -> Result<Totals> {
    let browser = browser()?;
    let suite = root().join("e2e");
    done(Command::new("npm").current_dir(&suite).args(["ci", "--no-audit", "--no-fund"])).context("Node 20 with npm is needed")?;
    let pages = Pages { release: false }.run()?.canonicalize()?;
    done(cargo().current_dir(root()).args(["build", "--locked", "--bin", "zhaocai"]))?;
    let folder = target(&root()).join("journeys");
    if folder.exists() {
        std::fs::remove_dir_all(&folder)?;
    }
    let data = folder.join("data");
    std::fs::create_dir_all(&data)?;
    let log = folder.join("server.log");
    let binary = target(&root()).join("debug").join("zhaocai");
    eprintln!("── a fresh demonstration; what the server says stands in {}", log.display());
    let running = Running::start_logged(&binary, &free_address()?, &data, &pages, &log)?;
    let mut journeys = Command::new("node");
    journeys.current_dir(&suite).args(["node_modules/@playwright/test/cli.js", "test"]);
    Totals::of(
        journeys
            .env("ZHAOCAI_ADDRESS", format!("http://{}", running.address))
            .env("ZHAOCAI_CHROMIUM", browser)
            .env("ZHAOCAI_DATA", data.canonicalize()?)
            .env("ZHAOCAI_LOG", log.canonicalize()?)
            .env("ZHAOCAI_RESULTS", folder.canonicalize()?.join("results")),
    )
}

/// Where Chromium is; with letters for Chinese pages it is installed when it is missing.
fn browser() -> Result<PathBuf> {
    if let Some(browser) = found() {
        return Ok(browser);
    }
    install("chromium")?;
    install("fonts-noto-cjk")?;
    found().context("Chromium is installed and not on the PATH")
}

fn found() -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    let folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    BROWSERS.iter().find_map(|name| folders.iter().map(|folder| folder.join(name)).find(|program| program.is_file()))
}
