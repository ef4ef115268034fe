//! The binary `zhaocai`.

use app::{App, Settings, demo};
use clap::{Parser, Subcommand};
use server::commands::{Failure, Place, admin, backup, import};
use server::configuration::Configuration;
use server::{edges, offline};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

/// Zhaocai (招采), a government procurement marketplace.
///
/// `zhaocai serve` is the marketplace. `migrate`, `import`, `reindex`, `backup`, `restore` and `admin` are for those who run it; they work
/// on the same configuration (--config) and data folder (--data), beside a running server unless they say otherwise. `seal`,
/// `holder-key` and `verify` are for everybody and need no marketplace. `zhaocai help COMMAND` says all of a command.
#[derive(Parser)]
#[command(name = "zhaocai", version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serves the marketplace.
    Serve {
        #[command(flatten)]
        common: Common,
        /// Fills an empty data folder with a demonstration, shows its accounts, and lets visitors move its clock.
        #[arg(long)]
        demo: bool,
    },
    /// Brings the database's schema up to date and ends.
    Migrate(Place),
    /// Seals a bid without a browser.
    Seal(offline::seal::Seal),
    /// Makes a holder's key, or opens a share with it.
    #[command(subcommand)]
    HolderKey(offline::holder_key::HolderKeyCommand),
    /// Checks a sealed bid, or the audit log.
    #[command(subcommand)]
    Verify(offline::verify::Verify),
    /// Writes the search index anew from the database and swaps it at once. The server must not run meanwhile: one process
    /// at a time has the index open.
    Reindex(Place),
    /// Imports categories, or a supplier's price list.
    #[command(subcommand)]
    Import(import::Import),
    Backup(backup::Backup),
    Restore(backup::Restore),
    /// Enrols the platform's operator or a supervisor, gives a password anew, looks after parked jobs.
    #[command(subcommand)]
    Admin(admin::Admin),
}

#[derive(clap::Args)]
struct Common {
    #[command(flatten)]
    place: Place,
    /// The address to listen on, over the configuration's.
    #[arg(long)]
    listen: Option<String>,
    /// The folder of the pages' files, over the configuration's.
    #[arg(long)]
    pages: Option<PathBuf>,
}

#[tokio::main]
async fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match run(arguments.command).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("zhaocai: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(command: Command) -> Result<(), Failure> {
    match command {
        Command::Serve { common, demo } => {
            let configuration = configure(common)?;
            serve(Settings { is_demo: demo, ..configuration.settings() }, configuration).await
        }
        Command::Seal(seal) => seal.run(),
        Command::HolderKey(command) => command.run(),
        Command::Verify(verify) => verify.run().await,
        Command::Import(import) => import.run().await,
        Command::Backup(backup) => backup.run().await,
        Command::Restore(restore) => restore.run().await,
        Command::Admin(admin) => admin.run().await,
        Command::Migrate(place) => App::open(place.configure()?.settings()).await.map(drop).map_err(Into::into),
        Command::Reindex(place) => {
            let app = App::open(place.configure()?.settings()).await?;
            let written = app::catalogue::search::reindex(&app, &app.platform_context()).await?;
            println!("{} items and {} tenders are in the search index", written.items, written.tenders);
            Ok(())
        }
    }
}

fn configure(common: Common) -> Result<Configuration, Failure> {
    let mut configuration = common.place.configure()?;
    if let Some(listen) = common.listen {
        configuration.server.public_url = format!("http://{listen}");
        configuration.server.listen = listen;
    }
    if let Some(pages) = common.pages {
        configuration.server.pages = pages;
    }
    Ok(configuration)
}

async fn serve(settings: Settings, configuration: Configuration) -> Result<(), Failure> {
    let app = App::open(settings).await?;
    if app.settings().is_demo {
        prepare_demo(&app).await?;
    }
    let listener = tokio::net::TcpListener::bind(&configuration.server.listen).await?;
    tracing::info!(address = %listener.local_addr()?, "serving");
    app.keep_running("the jobs' worker", app::jobs::work(app.clone()));
    app.keep_running("the log's sequencer", app::oversight::log::work(app.clone()));
    let limits = edges::Limits {
        request_most_bytes: configuration.server.request_most_bytes,
        form_most_bytes: configuration.server.form_most_bytes,
    };
    let router = edges::router(app, limits, &configuration.server.pages)?;
    axum::serve(listener, router).with_graceful_shutdown(asked_to_stop()).await?;
    Ok(())
}

/// Fills the demo market when it is empty, and puts its clock where it was.
async fn prepare_demo(app: &Arc<App>) -> Result<(), Failure> {
    tracing::info!(folder = %app.settings().data_folder.display(), "looking for the demo market");
    match demo::seed(app).await? {
        demo::Seeded::Now => tracing::info!("the demo market has been filled"),
        demo::Seeded::Before => tracing::info!("the demo market is there"),
    }
    demo::clock::restore(app)?;
    Ok(())
}

/// Waits for Ctrl-C or SIGTERM.
async fn asked_to_stop() {
    let terminate = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => drop(signal.recv().await),
            Err(_) => std::future::pending().await,
        }
    };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        () = terminate => {}
    }
}
