//! `cargo xtask test` and `cargo xtask lint`.

use crate::postgres::Cluster;
use std::io::{BufRead as _, BufReader};
use std::process::{Command, Stdio};

type Result<T> = std::result::Result<T, String>;

/// Runs a program and waits for it, showing what it does.
fn run_program(program: &str, arguments: &[&str], environment: &[(&str, &str)]) -> Result<()> {
    eprintln!("── {program} {}", arguments.join(" "));
    let status = Command::new(program)
        .args(arguments)
        .envs(environment.iter().copied())
        .status()
        .map_err(|error| format!("{program} does not start: {error}"))?;
    if status.success() { Ok(()) } else { Err(format!("{program} {} failed", arguments.join(" "))) }
}

/// Every ring: the pure packages for the browser, all tests with a PostgreSQL cluster of their own, then others' clients
/// against a running server.
pub fn run() -> Result<()> {
    run_program("rustup", &["target", "add", "wasm32-unknown-unknown"], &[])?;
    run_program("cargo", &["check", "--locked", "-p", "domain", "-p", "sealing", "--target", "wasm32-unknown-unknown"], &[])?;
    let cluster = Cluster::start()?;
    run_tests(cluster.url())?;
    crate::conformance::run().map_err(|error| format!("{error:#}"))
}

/// Writes the schema to its committed file: the test that compares them does it on request.
pub fn sdl() -> Result<()> {
    let test = ["test", "--locked", "-p", "graphql", "--lib", "the_committed_schema_is_fresh"];
    run_program("cargo", &test, &[("UPDATE_SDL", "1")])
}

/// Clippy over everything, warnings as errors.
pub fn lint() -> Result<()> {
    run_program("cargo", &["clippy", "--locked", "--workspace", "--all-targets", "--", "-D", "warnings"], &[])
}

/// Runs `cargo test`, shows what it says, and closes with the sum of its binaries' totals.
fn run_tests(postgres_url: &str) -> Result<()> {
    let arguments = ["test", "--locked", "--workspace", "--lib", "--bins", "--tests", "--no-fail-fast"];
    eprintln!("── cargo {}", arguments.join(" "));
    let mut child = Command::new("cargo")
        .args(arguments)
        .env("ZHAOCAI_TEST_POSTGRES_URL", postgres_url)
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|error| format!("cargo does not start: {error}"))?;
    let output = child.stdout.take().ok_or("cargo has no output")?;
    let mut totals = Totals::default();
    for line in BufReader::new(output).lines() {
        let line = line.map_err(|error| format!("cargo's output breaks off: {error}"))?;
        println!("{line}");
        totals.add(&line);
    }
    let status = child.wait().map_err(|error| error.to_string())?;
    println!("total: {} passed, {} failed, {} skipped", totals.passed, totals.failed, totals.ignored);
    match (status.success(), totals.passed) {
        (true, 0) => Err("no test ran".to_owned()),
        (true, _) => Ok(()),
        (false, _) => Err("some tests failed".to_owned()),
    }
}

/// What the test binaries counted.
#[derive(Default)]
struct Totals {
    passed: u64,
    failed: u64,
    ignored: u64,
}

impl Totals {
    /// Adds a closing line of a test binary: `test result: ok. 3 passed; 0 failed; 1 ignored; …`.
    fn add(&mut self, line: &str) {
        let Some(counts) = line.strip_prefix("test result: ").and_then(|rest| rest.split_once(". ")) else { return };
        for part in counts.1.split("; ") {
            match part.split_once(' ') {
                Some((number, "passed")) => self.passed += number.parse().unwrap_or(0),
                Some((number, "failed")) => self.failed += number.parse().unwrap_or(0),
                Some((number, "ignored")) => self.ignored += number.parse().unwrap_or(0),
                _ => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn totals_are_summed_over_binaries() {
        let mut totals = Totals::default();
        totals.add("test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.01s");
        totals.add("test result: FAILED. 2 passed; 1 failed; 0 ignored; 0 measured; 0 filtered out");
        totals.add("running 5 tests");
        assert_eq!((totals.passed, totals.failed, totals.ignored), (5, 1, 1));
    }
}
