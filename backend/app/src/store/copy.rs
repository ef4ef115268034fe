//! The whole database at once: copied while others write, and checked.

use super::Store;
use super::oversight::event::{self, leaf};
use super::oversight::{file, log};
use crate::{Error, Result};
use sea_orm::entity::prelude::*;
use sea_orm::{ConnectOptions, Database, DatabaseConnection, DbBackend, QueryOrder, QuerySelect, Statement};
use sealing::log::LogTree;
use secrecy::SecretString;
use std::path::Path;

/// How many rows are read at once.
const READ_MOST: u64 = 5_000;

impl Store {
    /// Writes the embedded database to a new file as it is at this instant, while others read and write; says no where the
    /// database is not embedded.
    pub(crate) async fn copy_to(&self, file: &Path) -> Result<bool> {
        if self.reader.get_database_backend() != DbBackend::Sqlite {
            return Ok(false);
        }
        let name = file.to_str().ok_or_else(|| Error::internal("copy the database", "the file's name is no text"))?;
        self.reader.execute_raw(Statement::from_sql_and_values(DbBackend::Sqlite, "VACUUM INTO ?", [name.into()])).await?;
        Ok(true)
    }
}

/// Opens an embedded database to read it only.
pub(crate) async fn open_to_read(file: &Path) -> Result<DatabaseConnection> {
    let mut options = ConnectOptions::new(format!("sqlite://{}?mode=ro", file.display()));
    options.max_connections(1).sqlx_logging(false);
    Ok(Database::connect(options).await?)
}

/// Opens a database that is not embedded.
pub(crate) async fn open(address: &SecretString) -> Result<DatabaseConnection> {
    super::connect(address, 1).await
}

/// What a database was found to hold.
#[derive(Clone, Debug, Default)]
pub(crate) struct Held {
    /// How many events.
    pub events: u64,
    /// How many of them have their places in the log.
    pub log_size: u64,
    /// The newest checkpoint.
    pub checkpoint: Option<log::KeptCheckpoint>,
    /// The contents of files that rows name.
    pub contents: Vec<String>,
    /// All that is wrong.
    pub faults: Vec<String>,
}

/// Reads all that can be checked: the engine's own pages and references, each event against its leaf, and the leaves against
/// the root of the newest checkpoint.
pub(crate) async fn check(db: &DatabaseConnection) -> Result<Held> {
    let mut held = Held::default();
    if db.get_database_backend() == DbBackend::Sqlite {
        check_engine(db, &mut held.faults).await?;
    }
    check_events(db, &mut held).await?;
    held.log_size = log::size(db).await?;
    held.checkpoint = log::newest(db).await?;
    check_root(db, &mut held).await?;
    held.contents = file::contents(db).await?;
    Ok(held)
}

async fn check_engine(db: &DatabaseConnection, faults: &mut Vec<String>) -> Result<()> {
    for row in db.query_all_raw(Statement::from_string(DbBackend::Sqlite, "PRAGMA integrity_check")).await? {
        let said: String = row.try_get_by_index(0)?;
        if said != "ok" {
            faults.push(format!("SQLite: {said}"));
        }
    }
    for row in db.query_all_raw(Statement::from_string(DbBackend::Sqlite, "PRAGMA foreign_key_check")).await? {
        let (table, parent): (String, String) = (row.try_get_by_index(0)?, row.try_get_by_index(2)?);
        faults.push(format!("SQLite: a row of {table} names a row of {parent} that is not there"));
    }
    Ok(())
}

/// Each event must be what its leaf commits to, and each leaf must have its event.
async fn check_events(db: &DatabaseConnection, held: &mut Held) -> Result<()> {
    let mut after = Uuid::nil();
    loop {
        let events = event::Entity::find().filter(event::Column::Id.gt(after)).order_by_asc(event::Column::Id).limit(READ_MOST);
        let events = events.all(db).await?;
        let Some(last) = events.last() else { break };
        after = last.id;
        let leaves = leaf::Entity::find().filter(leaf::Column::Id.is_in(events.iter().map(|event| event.id))).all(db).await?;
        let leaves: std::collections::HashMap<Uuid, leaf::Model> = leaves.into_iter().map(|leaf| (leaf.id, leaf)).collect();
        for event in &events {
            held.events += 1;
            let entry = event::entry_of(event)?;
            let is_kept = leaves.get(&event.id).is_some_and(|leaf| sealing::log::leaf(&leaf.salt, entry.as_bytes())[..] == leaf.leaf);
            if !is_kept {
                held.faults.push(format!("audit log: event {} is not what was logged", event.id));
            }
        }
    }
    let leaves = leaf::Entity::find().count(db).await?;
    if leaves != held.events {
        held.faults.push(format!("audit log: {leaves} leaves and {} events", held.events));
    }
    Ok(())
}

/// The leaves that the newest checkpoint covers must make its root.
async fn check_root(db: &DatabaseConnection, held: &mut Held) -> Result<()> {
    let Some(checkpoint) = &held.checkpoint else { return Ok(()) };
    let mut tree = LogTree::default();
    while tree.size() < checkpoint.size {
        let leaves = log::leaves(db, tree.size(), checkpoint.size.min(tree.size() + READ_MOST)).await?;
        if leaves.is_empty() {
            break;
        }
        for leaf in leaves {
            tree.push(leaf);
        }
    }
    if tree.size() != checkpoint.size || tree.root()[..] != checkpoint.root {
        held.faults.push(format!("audit log: its {} events do not make the root that was signed", checkpoint.size));
    }
    Ok(())
}
