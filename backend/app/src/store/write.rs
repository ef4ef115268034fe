//! Writes: closures handed to the store.
//!
//! So the store can put many of them into one COMMIT (`SQLite`, where each commit costs a sync of the disk), retry one
//! that the database could not serialize (`PostgreSQL`), or run on another engine, without a use case knowing.

use super::{Store, idempotency, oversight};
use crate::jobs::NewJob;
use crate::oversight::timeline::{Changes, Recorded};
use crate::{Context, Error, Result};
use backon::{ExponentialBuilder, Retryable as _};
use domain::ident::EventId;
use domain::oversight::event::Event;
use domain::refusal::Code;
use futures::FutureExt as _;
use futures::future::BoxFuture;
use sea_orm::{
    DatabaseConnection, DatabaseTransaction, DbErr, IsolationLevel, SqliteTransactionMode, TransactionOptions, TransactionTrait,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::panic::AssertUnwindSafe;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::mpsc::error::TrySendError;
use tokio::sync::{mpsc, oneshot};

/// The most writes that share one COMMIT.
const GROUP_MOST: usize = 128;
/// How many writes may wait before a caller is told to try later.
const QUEUE_MOST: usize = 4096;
/// How often a write is tried again when the database undid it for the sake of another.
const RETRIES_MOST: usize = 9;
/// How long the first of them waits; each further one about twice as long.
const RETRY_AFTER: Duration = Duration::from_millis(2);

/// A transaction in which a use case writes.
#[derive(Clone)]
pub struct Tx {
    db: Arc<DatabaseTransaction>,
    ctx: Context,
    /// What was recorded, to be told once it is committed.
    recorded: Arc<Mutex<Vec<Recorded>>>,
}

impl Tx {
    /// The connection.
    pub(crate) fn db(&self) -> &DatabaseTransaction {
        &self.db
    }

    /// The context of the write.
    pub(crate) fn ctx(&self) -> &Context {
        &self.ctx
    }

    /// Records what happened: the event and its leaf in the audit log.
    pub(crate) async fn record(&self, event: Event) -> Result<()> {
        self.record_as(self.ctx.new_id(), event).await
    }

    /// As [`Tx::record`], under a number that a receipt has named.
    pub(crate) async fn record_as(&self, id: EventId, event: Event) -> Result<()> {
        let recorded = oversight::event::record(self, id, event).await?;
        self.recorded.lock().unwrap_or_else(PoisonError::into_inner).push(recorded);
        Ok(())
    }

    /// Enqueues a job that runs once this is committed. The same kind and key a second time is the same job.
    pub(crate) async fn enqueue(&self, job: NewJob) -> Result<()> {
        oversight::job::enqueue(self, job).await
    }
}

type Group = Box<dyn FnOnce(DatabaseTransaction) -> BoxFuture<'static, Settle> + Send>;
/// Tells the caller how its write ended, once the shared COMMIT is known to have succeeded or failed.
type Settle = Box<dyn FnOnce(std::result::Result<(), String>) + Send>;

/// How writes reach the database.
pub enum Writer {
    /// One after the other in shared commits: `SQLite` has one writer anyhow.
    OneByOne(mpsc::Sender<Group>),
    /// Each in a transaction of its own: `PostgreSQL`.
    SideBySide(DatabaseConnection),
}

impl Writer {
    /// Starts the task through which all writes go.
    pub fn one_by_one(db: DatabaseConnection) -> Self {
        let (sender, receiver) = mpsc::channel(QUEUE_MOST);
        tokio::spawn(async move {
            if let Err(panic) = AssertUnwindSafe(write_groups(db, receiver)).catch_unwind().await {
                tracing::error!(error = %Error::panicked("write", &*panic), "the writer has ended: nothing can be written any more");
            }
        });
        Self::OneByOne(sender)
    }

    /// Whether writes are still taken.
    ///
    /// # Errors
    /// `Unavailable` when the task through which they go has ended.
    pub fn check(&self) -> Result<()> {
        match self {
            Self::OneByOne(sender) if sender.is_closed() => Err(ended()),
            Self::OneByOne(_) | Self::SideBySide(_) => Ok(()),
        }
    }

    /// Writes in a transaction each.
    pub fn side_by_side(db: DatabaseConnection) -> Self {
        Self::SideBySide(db)
    }
}

/// Takes what is waiting, runs each in a savepoint of its own, and commits them together.
async fn write_groups(db: DatabaseConnection, mut receiver: mpsc::Receiver<Group>) {
    let options = TransactionOptions { sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate), ..Default::default() };
    let mut waiting = Vec::with_capacity(GROUP_MOST);
    while receiver.recv_many(&mut waiting, GROUP_MOST).await > 0 {
        let mut settled: Vec<Settle> = Vec::with_capacity(waiting.len());
        let outcome: std::result::Result<(), DbErr> = async {
            // From its begin on it is the one that writes: what it reads is still true when it writes, also beside a command
            // that another process runs on the same file. (A transaction that only became a writer after its first read
            // would be refused, with everybody in it, where another has committed in between.)
            let outer = db.begin_with_options(options).await?;
            for write in waiting.drain(..) {
                let inner = outer.begin().await?;
                settled.push(write(inner).await);
            }
            outer.commit().await
        }
        .await;
        let outcome = outcome.map_err(|error| error.to_string());
        for settle in settled {
            settle(outcome.clone());
        }
        // A failed begin leaves its writes unsettled: dropping them tells their callers.
        waiting.clear();
    }
}

impl Store {
    /// Runs a write and commits it. `work` gets the transaction and a copy of `input`; it may run more than once,
    /// so it must do nothing but write through the transaction.
    ///
    /// # Errors
    /// Whatever `work` returns (nothing is written then), `CONFLICT`, `Unavailable`.
    pub(crate) async fn write<I, T, W, F>(&self, ctx: &Context, input: I, work: W) -> Result<T>
    where
        I: Clone + Send + Sync + 'static,
        T: Send + 'static,
        W: Fn(Tx, I) -> F + Send + Sync + 'static,
        F: Future<Output = Result<T>> + Send + 'static,
    {
        let result = match &self.writer {
            Writer::OneByOne(sender) => write_in_group(sender, self.changes.clone(), ctx.clone(), input, work).await,
            Writer::SideBySide(db) => {
                let wait = ExponentialBuilder::default().with_min_delay(RETRY_AFTER).with_max_times(RETRIES_MOST).with_jitter();
                let written = (|| write_alone(db, ctx, input.clone(), &work))
                    .retry(wait)
                    .when(|error| matches!(error, Error::Contended(_)))
                    .await;
                written.map(|(value, recorded)| self.changes.tell(recorded, value))
            }
        };
        result.map_err(|error| match error {
            Error::Contended(_) => Error::refused(Code::Conflict),
            error => error,
        })
    }

    /// As [`Store::write`], and with the context's idempotency key (if there is one) exactly once: the same key
    /// with the same input returns the first answer; with another input it is refused.
    ///
    /// # Errors
    /// As [`Store::write`], and `IDEMPOTENCY_KEY_REUSED`.
    pub(crate) async fn write_once<I, T, W, F>(&self, ctx: &Context, operation: &'static str, input: I, work: W) -> Result<T>
    where
        I: Clone + Serialize + Send + Sync + 'static,
        T: Serialize + DeserializeOwned + Send + 'static,
        W: Fn(Tx, I) -> F + Clone + Send + Sync + 'static,
        F: Future<Output = Result<T>> + Send + 'static,
    {
        self.write(ctx, input, move |tx, input| {
            let work = work.clone();
            async move {
                let input_hash = idempotency::hash(&input)?;
                if let Some(answer) = idempotency::answer(&tx, operation, &input_hash).await? {
                    return Ok(answer);
                }
                let answer = work(tx.clone(), input).await?;
                let kept = serde_json::to_value(&answer).map_err(|error| Error::internal("keep an answer", error))?;
                idempotency::keep(&tx, operation, input_hash, kept).await?;
                Ok(answer)
            }
        })
        .await
    }
}

fn ended() -> Error {
    Error::Unavailable(crate::error::Internal("the writer has ended".into()))
}

async fn write_in_group<I, T, W, F>(sender: &mpsc::Sender<Group>, changes: Changes, ctx: Context, input: I, work: W) -> Result<T>
where
    I: Send + 'static,
    T: Send + 'static,
    W: Fn(Tx, I) -> F + Send + Sync + 'static,
    F: Future<Output = Result<T>> + Send + 'static,
{
    let (answer, answered) = oneshot::channel();
    let group: Group = Box::new(move |transaction| {
        Box::pin(async move {
            let result = run(transaction, ctx, input, &work).await;
            let settle: Settle = Box::new(move |outcome| {
                let result = match outcome {
                    Ok(()) => result.map(|(value, recorded)| changes.tell(recorded, value)),
                    Err(cause) => result.and_then(|_| Err(Error::internal("commit", cause))),
                };
                // A caller that has gone away does not hear the answer; its write stands.
                let _ = answer.send(result);
            });
            settle
        })
    });
    sender.try_send(group).map_err(|error| match error {
        TrySendError::Full(_) => Error::Unavailable(crate::error::Internal("too many writes are waiting".into())),
        TrySendError::Closed(_) => ended(),
    })?;
    answered.await.unwrap_or_else(|_| Err(Error::Unavailable(crate::error::Internal("the writer did not begin".into()))))
}

async fn write_alone<I, T, W, F>(db: &DatabaseConnection, ctx: &Context, input: I, work: &W) -> Result<(T, Vec<Recorded>)>
where
    W: Fn(Tx, I) -> F,
    F: Future<Output = Result<T>>,
{
    // What was read is still true at the commit: a check before a write needs no lock of its own.
    let transaction = db.begin_with_config(Some(IsolationLevel::Serializable), None).await?;
    run(transaction, ctx.clone(), input, work).await
}

/// Runs the work in the transaction and commits it (in a group: releases its savepoint), or undoes all of it. Answers
/// also what was recorded. A panic of the work is its own failure and nobody else's: the others of its group go on.
async fn run<I, T, W, F>(transaction: DatabaseTransaction, ctx: Context, input: I, work: &W) -> Result<(T, Vec<Recorded>)>
where
    W: Fn(Tx, I) -> F,
    F: Future<Output = Result<T>>,
{
    let db = Arc::new(transaction);
    let recorded = Arc::default();
    let tx = Tx { db: Arc::clone(&db), ctx, recorded: Arc::clone(&recorded) };
    // Nothing of what the work had in hand is used afterwards but the transaction, which is undone.
    // Boxed: what a use case holds across its statements is large, and would be moved with every future around it.
    let worked = AssertUnwindSafe(async { Box::pin(work(tx, input)).await }).catch_unwind().await;
    let result = worked.unwrap_or_else(|panic| Err(Error::panicked("write", &*panic)));
    let transaction =
        Arc::try_unwrap(db).map_err(|_| Error::internal("write", "the work kept its transaction after its end"))?;
    match result {
        Ok(value) => {
            transaction.commit().await?;
            let recorded = std::mem::take(&mut *recorded.lock().unwrap_or_else(PoisonError::into_inner));
            Ok((value, recorded))
        }
        Err(error) => {
            transaction.rollback().await?;
            Err(error)
        }
    }
}
