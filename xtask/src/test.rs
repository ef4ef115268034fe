//! `cargo xtask test`: every ring, and the runners' totals as the last words.

use crate::binary::cargo;
use crate::{conformance, journeys};
use crate::pages::{root, run as done};
use crate::postgres::{Cluster, Durability};
use crate::totals::Totals;
use anyhow::Result;
use std::process::{Command, ExitCode};

/// Every ring: the pure packages for the browser, all tests with a PostgreSQL cluster of their own, then others' clients
/// and the journeys in a browser against running servers. A ring that fails does not stop the next, and the totals are the last words.
///
/// # Errors
/// When the first ring can't be begun.
pub fn run() -> Result<ExitCode> {
    done(Command::new("rustup").args(["target", "add", "wasm32-unknown-unknown"]))?;
    let pure = ["check", "--locked", "-p", "domain", "-p", "sealing", "--target", "wasm32-unknown-unknown"];
    done(cargo().current_dir(root()).args(pure))?;
    let mut totals = rust_tests()?;
    totals += or_failure(conformance::run());
    totals += or_failure(journeys::run());
    Ok(told(totals))
}

/// The journeys without the other rings.
///
/// # Errors
/// When they can't be begun.
pub fn journeys_alone() -> Result<ExitCode> {
    journeys::run().map(told)
}

/// Says the totals, and whether they are good.
fn told(totals: Totals) -> ExitCode {
    println!("{totals}");
    if totals.are_good() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// A ring that could not be begun has failed.
fn or_failure(ring: Result<Totals>) -> Totals {
    ring.unwrap_or_else(|error| {
        eprintln!("xtask: {error:#}");
        Totals::FAILURE
    })
}

/// All tests in Rust, on both databases.
fn rust_tests() -> Result<Totals> {
    let cluster = Cluster::start(Durability::None)?;
    let mut tests = cargo();
    tests.current_dir(root()).env("ZHAOCAI_TEST_POSTGRES_URL", cluster.url());
    Totals::of(tests.args(["test", "--locked", "--workspace", "--lib", "--bins", "--tests", "--no-fail-fast"]))
}

/// Writes the table of procedures to its committed page, in the same way.
///
/// # Errors
/// When it can't be built.
pub fn procedures() -> Result<()> {
    let test = ["test", "--locked", "-p", "domain", "--lib", "the_printed_table_is_fresh"];
    done(cargo().current_dir(root()).args(test).env("UPDATE_PROCEDURES", "1"))
}

/// Writes the schema to its committed file: the test that compares them does it on request.
///
/// # Errors
/// When the schema can't be built.
pub fn sdl() -> Result<()> {
    let test = ["test", "--locked", "-p", "graphql", "--lib", "the_committed_schema_is_fresh"];
    done(cargo().current_dir(root()).args(test).env("UPDATE_SDL", "1"))
}
