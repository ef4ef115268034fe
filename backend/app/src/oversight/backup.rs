//! Backups: everything that a market needs to stand again, copied while it is served, and checked before anybody relies on
//! it. The search index is left out, since it is written anew from the database.

use crate::gateway::files::Files;
use crate::gateway::folder;
use crate::oversight::log;
use crate::store::copy::{self, Held};
use crate::{App, Context, Error, Result};
use chrono::{DateTime, Utc};
use domain::identity::permission::{Action, Scope};
use domain::oversight::event::{Event, Visibility};
use sea_orm::DatabaseConnection;
use sealing::log::{Checkpoint, LogKey};
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// The embedded database's file in data folders and backups.
const DATABASE: &str = "zhaocai.sqlite";
/// Written last: the backup is whole.
const NOTE: &str = "backup.json";
/// The folder of the search index.
const SEARCH: &str = "search";

/// What a backup says of itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BackupNote {
    /// When it was made.
    pub made_at: DateTime<Utc>,
    /// Whether the database is in it; else it is dumped apart by its own tools.
    pub has_database: bool,
    /// How many events were recorded.
    pub events: u64,
    /// How many events the newest checkpoint covers.
    pub checkpoint_size: u64,
    /// Its root, in hexadecimal digits.
    pub checkpoint_root: String,
    /// How many contents of files are kept.
    pub contents: u64,
}

/// What was found in a copy of a market.
#[derive(Clone, Debug)]
pub struct Checked {
    /// What the backup says of itself.
    pub note: BackupNote,
    /// All that is wrong, in words for who runs the machine; empty when all is well.
    pub faults: Vec<String>,
}

/// Copies the market into a folder and checks the copy. Where the database is not embedded, only files and keys are copied:
/// dump the database *before*, so that every file that it names is there.
///
/// # Errors
/// `Forbidden` for everybody but the marketplace; `Internal` when the folder is not empty or can't be written.
pub async fn back_up(app: &App, ctx: &Context, to: &Path) -> Result<Checked> {
    ctx.allow(Action::RunMachine, &Scope::market())?;
    let data = &app.settings().data_folder;
    must_be_empty(to)?;
    folder::make(to)?;
    must_lie_apart(data, to)?;
    // The database first: contents are kept before the rows that name them, and are never removed.
    let has_database = app.store.copy_to(&to.join(DATABASE)).await?;
    folder::copy(data, to, |name| name.starts_with(DATABASE) || name == SEARCH).await?;
    let database = if has_database { copy::open_to_read(&to.join(DATABASE)).await? } else { app.store.reader().clone() };
    let checked = check(&database, to, ctx.now(), has_database).await?;
    if checked.faults.is_empty() {
        write_note(to, &checked.note)?;
        record(app, ctx, "market.backed_up", &checked.note).await?;
    }
    Ok(checked)
}

/// A market that was put back.
#[derive(Clone, Debug)]
pub struct Restored {
    /// What was found in it.
    pub checked: Checked,
    /// Where the market lies that stood in its place.
    pub aside: Option<PathBuf>,
}

/// Puts a backup in the place of a data folder, which must be empty unless `replaces`; what was there is set aside, not
/// removed. The copy is checked before it takes the place. No server may run on the folder meanwhile.
///
/// `database` is the address of a database that is not embedded and has been restored by its own tools.
///
/// # Errors
/// `Forbidden` for everybody but the marketplace; `Internal`, in words for who runs the machine, when the backup is not whole or a place is taken.
pub async fn restore(ctx: &Context, from: &Path, data: &Path, database: Option<&SecretString>, replaces: bool) -> Result<Restored> {
    ctx.allow(Action::RunMachine, &Scope::market())?;
    let note = read_note(from)?;
    if note.has_database == database.is_some() {
        return Err(failed(if note.has_database {
            "the backup holds an embedded database, and another is configured"
        } else {
            "the backup holds no database: restore it by its own tools and configure its address"
        }));
    }
    let is_taken = must_be_empty(data).is_err();
    if is_taken && !replaces {
        return Err(failed(format!("{} is not empty", data.display())));
    }
    let (staged, aside) = (beside(data, "restoring"), beside(data, "before-restore"));
    for place in [&staged, &aside] {
        if place.exists() {
            return Err(failed(format!("{} is there already: look at it and remove it", place.display())));
        }
    }
    folder::copy(from, &staged, |name| name == NOTE).await?;
    let opened = match database {
        Some(address) => copy::open(address).await?,
        None => copy::open_to_read(&staged.join(DATABASE)).await?,
    };
    let mut checked = check(&opened, &staged, note.made_at, note.has_database).await?;
    opened.close().await?;
    if checked.note != note && note.has_database {
        checked.faults.push("the backup does not hold what it says of itself".to_owned());
    }
    if !checked.faults.is_empty() {
        std::fs::remove_dir_all(&staged).map_err(failed)?;
        return Ok(Restored { checked, aside: None });
    }
    let aside = is_taken.then_some(aside);
    match &aside {
        Some(aside) => std::fs::rename(data, aside).map_err(failed)?,
        None if data.exists() => std::fs::remove_dir(data).map_err(failed)?,
        None => {}
    }
    std::fs::rename(&staged, data).map_err(failed)?;
    Ok(Restored { checked, aside })
}

/// Records in a market that it was put back from a backup.
///
/// # Errors
/// `Forbidden` for everybody but the marketplace.
pub async fn record_restore(app: &App, ctx: &Context, note: &BackupNote) -> Result<()> {
    ctx.allow(Action::RunMachine, &Scope::market())?;
    record(app, ctx, "market.restored", note).await
}

/// Public: whoever remembers a newer checkpoint of the log should know why it no longer continues.
async fn record(app: &App, ctx: &Context, name: &'static str, note: &BackupNote) -> Result<()> {
    app.store
        .write(ctx, note.clone(), move |tx, note| async move {
            let id = tx.ctx().new_id::<uuid::Uuid>();
            tx.record(Event::new(name, "Market", id, Visibility::Public, &note)).await
        })
        .await
}

/// Checks a copy: its database, the signature of its log's newest checkpoint, its keys, its contents of files.
async fn check(database: &DatabaseConnection, folder: &Path, made_at: DateTime<Utc>, has_database: bool) -> Result<Checked> {
    let Held { events, checkpoint, contents, mut faults, .. } = copy::check(database).await?;
    let keys = folder.join("keys");
    if let Some(checkpoint) = &checkpoint {
        let origin = checkpoint.note.lines().next().unwrap_or_default();
        let public_key = log::kept_public_key(&keys)?;
        let key = LogKey::new(origin, &public_key).map_err(|error| Error::internal("read the log's key", error))?;
        match Checkpoint::open(&checkpoint.note, &key) {
            Ok(signed) if signed.root[..] == checkpoint.root && signed.size == checkpoint.size => {}
            Ok(_) => faults.push("audit log: the checkpoint that was signed is another".to_owned()),
            Err(error) => faults.push(format!("audit log: {error}")),
        }
    }
    let files = Files::open(&folder.join("files"))?;
    let contents: BTreeSet<String> = contents.into_iter().collect();
    for content in &contents {
        let hash = files.read(content).await.map(|bytes| sealing::hex(&Sha256::digest(&bytes)));
        match hash {
            Ok(hash) if hash == *content => {}
            Ok(_) => faults.push(format!("files: the content {content} is another")),
            Err(_) => faults.push(format!("files: the content {content} is not there")),
        }
    }
    let note = BackupNote {
        made_at,
        has_database,
        events,
        checkpoint_size: checkpoint.as_ref().map_or(0, |checkpoint| checkpoint.size),
        checkpoint_root: checkpoint.map(|checkpoint| sealing::hex(&checkpoint.root)).unwrap_or_default(),
        contents: u64::try_from(contents.len()).unwrap_or(u64::MAX),
    };
    Ok(Checked { note, faults })
}

fn failed(why: impl std::fmt::Display) -> Error {
    Error::internal("backup", why)
}

fn must_be_empty(folder: &Path) -> Result<()> {
    let is_empty = match std::fs::read_dir(folder) {
        Ok(mut entries) => entries.next().is_none(),
        Err(error) => error.kind() == std::io::ErrorKind::NotFound,
    };
    if is_empty { Ok(()) } else { Err(failed(format!("{} is not empty", folder.display()))) }
}

/// A backup inside of what it copies would hold itself.
fn must_lie_apart(data: &Path, to: &Path) -> Result<()> {
    let real = |path: &Path| path.canonicalize().map_err(|error| failed(format!("{}: {error}", path.display())));
    let (data, to) = (real(data)?, real(to)?);
    if to.starts_with(&data) || data.starts_with(&to) { Err(failed("the backup must lie outside the data folder")) } else { Ok(()) }
}

fn beside(folder: &Path, what: &str) -> PathBuf {
    let mut name = folder.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{what}"));
    folder.with_file_name(name)
}

fn write_note(folder: &Path, note: &BackupNote) -> Result<()> {
    let text = serde_json::to_vec_pretty(note).map_err(failed)?;
    std::fs::write(folder.join(NOTE), text).map_err(failed)?;
    std::fs::File::open(folder.join(NOTE)).and_then(|file| file.sync_all()).map_err(failed)
}

fn read_note(folder: &Path) -> Result<BackupNote> {
    let place = folder.join(NOTE);
    let text = std::fs::read(&place).map_err(|error| failed(format!("{}: {error}; is this a whole backup?", place.display())))?;
    serde_json::from_slice(&text).map_err(|error| failed(format!("{}: {error}", place.display())))
}
