//! How records are kept. Private to this package: use cases speak in domain types.

pub(crate) mod catalogue;
pub(crate) mod contracting;
pub(crate) mod copy;
pub(crate) mod identity;
pub(crate) mod idempotency;
pub(crate) mod oversight;
pub(crate) mod tendering;
#[cfg(test)]
mod tests;
mod write;

use crate::oversight::timeline::Changes;
use crate::{Error, Result};
use migrations::Migrator;
use sea_orm::{ConnectOptions, Database, DatabaseConnection, DbBackend};
use sea_orm::sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous};
use secrecy::{ExposeSecret, SecretString};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

pub(crate) use write::Tx;

/// The database: readers apart from the one way to write.
pub struct Store {
    reader: DatabaseConnection,
    writer: write::Writer,
    counter: StatementCounter,
    changes: Changes,
}

/// Counts the statements that readers send, for the tests that hold a query to a number.
#[derive(Clone, Debug, Default)]
pub struct StatementCounter(Arc<AtomicU64>);

impl StatementCounter {
    /// How many so far.
    pub fn count(&self) -> u64 {
        self.0.load(Ordering::SeqCst)
    }
}

impl Store {
    /// Opens the database, bringing its schema up to date.
    ///
    /// # Errors
    /// `Unavailable` when it can't be reached, `Internal` when a migration fails.
    pub async fn open(url: &SecretString, pool: u32) -> Result<Self> {
        use migrations::MigratorTrait;
        let is_sqlite = url.expose_secret().starts_with("sqlite");
        let writer = connect(url, if is_sqlite { 1 } else { pool }).await?;
        Migrator::up(&writer, None).await.map_err(|error| Error::internal("migrate", error))?;
        let mut reader = connect(url, pool).await?;
        let counter = StatementCounter::default();
        let reads = counter.clone();
        reader.set_metric_callback(move |_| {
            reads.0.fetch_add(1, Ordering::SeqCst);
        });
        let writer = match writer.get_database_backend() {
            DbBackend::Sqlite => write::Writer::one_by_one(writer),
            _ => write::Writer::side_by_side(writer),
        };
        Ok(Self { reader, writer, counter, changes: Changes::default() })
    }

    /// The connection for reading.
    pub(crate) fn reader(&self) -> &DatabaseConnection {
        &self.reader
    }

    /// What is told after each commit.
    pub(crate) fn changes(&self) -> &Changes {
        &self.changes
    }

    /// Counts what readers send.
    pub fn statements(&self) -> StatementCounter {
        self.counter.clone()
    }

    /// Whether the database answers and takes writes.
    pub(crate) async fn ping(&self) -> Result<()> {
        self.writer.check()?;
        Ok(self.reader.ping().await?)
    }
}

async fn connect(url: &SecretString, connections: u32) -> Result<DatabaseConnection> {
    let mut options = ConnectOptions::new(url.expose_secret().to_owned());
    options
        .max_connections(connections)
        .connect_timeout(Duration::from_secs(10))
        .acquire_timeout(Duration::from_secs(20))
        .sqlx_logging(false);
    // A commit that has been answered survives a power cut: WAL with a sync on every commit.
    options.map_sqlx_sqlite_opts(|sqlite| {
        sqlite
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(Duration::from_secs(20))
            .create_if_missing(true)
    });
    Database::connect(options).await.map_err(Error::from)
}
