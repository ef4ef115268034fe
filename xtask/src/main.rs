//! The few commands that people and CI run: `cargo xtask …`.

mod binary;
mod conformance;
mod demo;
mod pages;
mod postgres;
mod running;
mod test;

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
    /// Prints the schema to graphql/schema.graphql.
    Sdl,
    /// Formats nothing, complains about everything: clippy with warnings as errors.
    Lint,
}

fn main() -> ExitCode {
    let result = match Arguments::parse().command {
        Command::Demo(demo) => demo.run().map_err(|error| format!("{error:#}")),
        Command::Build(build) => build.run().map(drop).map_err(|error| format!("{error:#}")),
        Command::Pages(pages) => pages.run().map(drop).map_err(|error| format!("{error:#}")),
        Command::Test => test::run(),
        Command::Sdl => test::sdl(),
        Command::Lint => test::lint(),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask: {error}");
            ExitCode::FAILURE
        }
    }
}
