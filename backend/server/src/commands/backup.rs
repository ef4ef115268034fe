//! `zhaocai backup` and `zhaocai restore`.

use super::{Failure, Place, told};
use app::context::{Chance, Clock, Context};
use app::oversight::backup::{self, Checked};
use app::App;
use domain::identity::actor::Actor;
use std::path::PathBuf;

/// Copies the market into a new folder, while the server runs, and checks the copy.
///
/// The copy holds the embedded database as it is at one instant, the files and the keys. Keep it like the keys of a house.
/// PostgreSQL is dumped by its own tool, before this: `pg_dump --format=custom --file=market.dump ADDRESS`.
#[derive(clap::Args)]
pub struct Backup {
    #[command(flatten)]
    place: Place,
    /// The folder to make; outside the data folder, and empty if it is there.
    #[arg(long)]
    to: PathBuf,
}

impl Backup {
    /// Does it, and says what was copied.
    ///
    /// # Errors
    /// When the copy can't be made, or is not what it should be.
    pub async fn run(&self) -> Result<(), Failure> {
        let app = self.place.open().await?;
        let checked = backup::back_up(&app, &app.platform_context(), &self.to).await.map_err(told)?;
        sound(&checked)?;
        if !checked.note.has_database {
            eprintln!("zhaocai: the database is PostgreSQL and is not in this copy, which holds files and keys. Keep a dump with it that is older:");
            eprintln!("zhaocai:   pg_dump --format=custom --file=market.dump ADDRESS");
        }
        println!("backed up to {}: {}", self.to.display(), summary(&checked));
        Ok(())
    }
}

/// Puts a backup in the place of the data folder. No server may run on it meanwhile.
///
/// The copy is checked first: the database's pages, every event against the audit log, the log against its signed root, every
/// file against its hash. What stood there before is set aside as `FOLDER.before-restore`.
///
/// An embedded database is restored from the backup. PostgreSQL is restored by its own tool, before this: `pg_restore
/// --dbname=ADDRESS market.dump`. Whoever remembers a newer state of the audit log will see that it does not continue: the
/// restored market records, for everybody to read, to which state it was put back.
#[derive(clap::Args)]
pub struct Restore {
    #[command(flatten)]
    place: Place,
    /// The folder that `zhaocai backup` made.
    #[arg(long)]
    from: PathBuf,
    /// Takes the place of a data folder that is not empty, which is set aside.
    #[arg(long)]
    replace: bool,
}

impl Restore {
    /// Does it, and says what was found.
    ///
    /// # Errors
    /// When the backup is not whole, or the place is taken and `--replace` is not given.
    pub async fn run(&self) -> Result<(), Failure> {
        let configuration = self.place.configure()?;
        let ctx = Context::new(Actor::Platform, super::language(), "restore".to_owned(), Clock::system(), Chance::system());
        let data = &configuration.storage.data;
        let restored = backup::restore(&ctx, &self.from, data, configuration.own_database(), self.replace).await.map_err(told)?;
        sound(&restored.checked)?;
        let app = App::open(configuration.settings()).await?;
        backup::record_restore(&app, &app.platform_context(), &restored.checked.note).await.map_err(told)?;
        if let Some(aside) = &restored.aside {
            println!("set aside: {}", aside.display());
        }
        println!("restored to {}: {}", data.display(), summary(&restored.checked));
        Ok(())
    }
}

fn sound(checked: &Checked) -> Result<(), Failure> {
    if checked.faults.is_empty() { Ok(()) } else { Err(format!("DAMAGED: {}", checked.faults.join("\nzhaocai: DAMAGED: ")).into()) }
}

fn summary(checked: &Checked) -> String {
    let note = &checked.note;
    let root = if note.checkpoint_root.is_empty() { "no checkpoint yet".to_owned() } else { format!("checkpoint over {}, root {}", note.checkpoint_size, note.checkpoint_root) };
    format!("{} events ({root}), {} contents of files; all checked", note.events, note.contents)
}
