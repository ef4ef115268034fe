//! The few commands that people and CI run: `cargo xtask …`.

#[cfg(test)]
mod arrows;
mod bench;
mod binary;
mod conformance;
mod demo;
mod install;
mod journeys;
mod keeper;
mod lint;
mod pages;
mod postgres;
mod running;
mod test;
mod totals;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// Commands of the house.
#[derive(Parser)]
#[command(name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Builds what the browser loads: islands, sealing module, style sheet.
    Pages(pages::Pages),
    /// Builds all and serves the marketplace with demo data.
    Demo(demo::Demo),
    /// Builds `zhaocai`, one file with the pages' files inside it.
    Build(binary::Build),
    /// Installs what the tests need, or says which package is missing; then runs every ring.
    Test,
    /// The journeys in a browser alone, of all that `test` runs.
    Journeys,
    /// Builds for speed and prints ratios: lists, search, sealed bids, start.
    Bench(bench::Bench),
    /// Prints the schema to graphql/schema.graphql.
    Sdl,
    /// Prints the table of procedures to docs/procedures.md.
    Procedures,
    /// Formats nothing, complains about everything: clippy with warnings as errors, cargo-deny.
    Lint,
}

fn main() -> ExitCode {
    let result = match Arguments::parse().command {
        Command::Demo(demo) => demo.run(),
        Command::Build(build) => build.run().map(drop),
        Command::Pages(pages) => pages.run().map(drop),
        Command::Bench(bench) => bench.run(),
        Command::Test => return said(test::run()),
        Command::Journeys => return said(test::journeys_alone()),
        Command::Sdl => test::sdl(),
        Command::Procedures => test::procedures(),
        Command::Lint => lint::lint(),
    };
    said(result.map(|()| ExitCode::SUCCESS))
}

/// Says why a command could not be done.
fn said(result: anyhow::Result<ExitCode>) -> ExitCode {
    result.unwrap_or_else(|error| {
        eprintln!("xtask: {error:#}");
        ExitCode::FAILURE
    })
}
