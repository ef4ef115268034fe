//! The jobs' worker: runs what transactions have enqueued, one table from kind to use case.

use crate::catalogue::{price_list_import, search};
use crate::contracting::bid_security;
use crate::identity::session;
use crate::store::oversight::job;
use crate::tendering::{award, closing, opening, search as tender_search};
use crate::{App, Context, Error, Result, repeated};
use chrono::{DateTime, Utc};
use domain::ident::JobId;
use domain::identity::permission::{Action, Scope};
use domain::oversight::event::{Event, Visibility};
use futures::FutureExt as _;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;

/// How many jobs are taken at once.
const BATCH: u64 = 64;
/// How long an idle worker waits before it looks again.
const IDLE: Duration = Duration::from_millis(200);

/// A job to enqueue.
#[derive(Clone, Debug)]
pub struct NewJob {
    /// Which use case runs it: a key of [`run_one`].
    pub(crate) kind: &'static str,
    /// Makes it one job however often it is enqueued before it has run.
    pub(crate) key: String,
    /// What it needs.
    pub(crate) payload: serde_json::Value,
    /// Not before; at once when absent.
    pub(crate) run_at: Option<DateTime<Utc>>,
}

impl NewJob {
    /// A job that runs at once.
    pub(crate) fn new(kind: &'static str, key: impl Into<String>, payload: &impl Serialize) -> Self {
        let payload = serde_json::to_value(payload).unwrap_or(serde_json::Value::Null);
        Self { kind, key: key.into(), payload, run_at: None }
    }

    /// Not before this instant.
    #[must_use]
    pub(crate) fn at(mut self, run_at: DateTime<Utc>) -> Self {
        self.run_at = Some(run_at);
        self
    }
}

/// Runs all jobs that are due, until none is, and says how many ran. Tests and the demo call it to settle.
///
/// # Errors
/// When the store does not answer; a job that fails is put back or parked instead.
pub async fn run_due(app: &Arc<App>) -> Result<usize> {
    let ctx = app.platform_context();
    let mut ran = 0;
    loop {
        let jobs = job::claim(&app.store, &ctx, BATCH).await?;
        if jobs.is_empty() {
            return Ok(ran);
        }
        for job in jobs {
            ran += 1;
            match contained(Box::pin(run_one(app, &ctx, &job))).await {
                Ok(()) => job::finish(&app.store, &ctx, job.id).await?,
                Err(error) => {
                    tracing::warn!(job.kind, %job.id, attempts = job.attempts + 1, %error, "a job failed");
                    if job::is_last_try(&job) && let Err(error) = contained(give_up(app, &ctx, &job)).await {
                        tracing::error!(job.kind, %job.id, %error, "what a job was for could not be told that it failed");
                    }
                    job::fail(&app.store, &ctx, &job, &error).await?;
                }
            }
        }
    }
}

/// Works until the process ends.
pub async fn work(app: Arc<App>) {
    if let Err(error) = contained(search::reindex_if_needed(&app, &app.platform_context())).await {
        tracing::error!(%error, "the search index could not be written anew");
    }
    if let Err(error) = contained(repeated::begin_forgetting(&app)).await {
        tracing::error!(%error, "answers to idempotent requests are not forgotten");
    }
    loop {
        if let Err(error) = contained(run_due(&app)).await {
            tracing::error!(%error, "the worker could not reach its jobs");
        }
        tokio::time::sleep(IDLE).await;
    }
}

/// A panic of the work is a failure of this work alone: whatever runs it goes on.
pub(crate) async fn contained<T>(work: impl Future<Output = Result<T>>) -> Result<T> {
    AssertUnwindSafe(work).catch_unwind().await.unwrap_or_else(|panic| Err(Error::panicked("work", &*panic)))
}

/// A job that failed so often that it was parked, where a person sees it.
#[derive(Clone, Debug)]
pub struct ParkedJob {
    /// Its number.
    pub id: JobId,
    /// Which use case runs it.
    pub kind: String,
    /// How often it was tried.
    pub attempts: i64,
    /// What it failed of.
    pub last_error: String,
    /// When it was enqueued.
    pub enqueued_at: DateTime<Utc>,
}

/// The jobs that are parked, the oldest first.
///
/// # Errors
/// `Unauthenticated`, `Forbidden` for those who don't run the platform.
pub async fn parked(app: &App, ctx: &Context) -> Result<Vec<ParkedJob>> {
    ctx.allow(Action::ReadJobs, &Scope::market())?;
    let rows = job::parked(app.store.reader()).await?;
    let jobs = rows.into_iter().map(|row| ParkedJob {
        id: JobId(row.id),
        kind: row.kind,
        attempts: row.attempts,
        last_error: row.last_error.unwrap_or_default(),
        enqueued_at: row.created_at,
    });
    Ok(jobs.collect())
}

/// Lets a parked job run again, as if it had not been tried.
///
/// # Errors
/// `NotFound` for a job that is not parked; `Unauthenticated`, `Forbidden`.
pub async fn retry(app: &App, ctx: &Context, id: JobId) -> Result<()> {
    ctx.allow(Action::RetryJob, &Scope::market())?;
    app.store
        .write(ctx, id, |tx, id| async move {
            let job = job::unpark(&tx, id).await?.ok_or(Error::NotFound)?;
            tx.record(Event::new("job.retried", JobId::KIND, id.0, Visibility::Own, &job.kind)).await
        })
        .await
}

/// The table from a job's kind to the use case that runs it.
async fn run_one(app: &Arc<App>, ctx: &Context, job: &job::Model) -> Result<()> {
    match job.kind.as_str() {
        price_list_import::APPLY_IMPORT => price_list_import::apply(app, ctx, payload(job)?).await,
        search::SEARCH_ITEM => search::write_items(app, payload(job)?).await,
        tender_search::SEARCH_TENDER => tender_search::write_tender(app, payload(job)?).await,
        award::TELL_LOSER => award::tell_loser(app, ctx, payload(job)?).await,
        repeated::FORGET_ANSWERS => repeated::forget(app, ctx).await,
        session::FORGET_SESSION => session::forget(app, ctx, payload(job)?).await,
        closing::CLOSE_BIDDING => closing::close(app, ctx, payload(job)?).await,
        bid_security::SETTLE_SECURITIES => bid_security::settle(app, ctx, payload(job)?).await,
        opening::OPEN_BIDS => opening::open(app, ctx, payload(job)?).await,
        kind => Err(Error::internal("run a job", format!("{kind} is not a kind of job"))),
    }
}

/// The table from a job's kind to what is told to those who wait for it, once its tries are used up.
async fn give_up(app: &Arc<App>, ctx: &Context, job: &job::Model) -> Result<()> {
    match job.kind.as_str() {
        price_list_import::APPLY_IMPORT => price_list_import::give_up(app, ctx, payload(job)?).await,
        _ => Ok(()),
    }
}

fn payload<T: DeserializeOwned>(job: &job::Model) -> Result<T> {
    serde_json::from_value(job.payload.clone()).map_err(|error| Error::internal("read a job", error))
}
