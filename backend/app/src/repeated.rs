//! Acts that are sent again under their idempotency key: how long they get their first answer.

use crate::jobs::NewJob;
use crate::store::idempotency;
use crate::{App, Context, Result};
use chrono::TimeDelta;

/// How long an answer is kept. Who sends an act again does so within minutes; what an answer says may be personal.
const KEPT_FOR: TimeDelta = TimeDelta::hours(24);
/// How often the old ones are looked for.
const LOOKED_FOR_EVERY: TimeDelta = TimeDelta::hours(1);
/// The kind of job that forgets answers.
pub(crate) const FORGET_ANSWERS: &str = "answers.forget";

/// Lets the answers that are kept be forgotten in time, from now on: a job that follows itself. Begun again, it is the same.
///
/// # Errors
/// When the store does not answer.
pub async fn begin_forgetting(app: &App) -> Result<()> {
    app.store.write(&app.platform_context(), (), |tx, ()| async move { tx.enqueue(forget_job()).await }).await
}

fn forget_job() -> NewJob {
    NewJob::new(FORGET_ANSWERS, "all", &())
}

/// The job [`FORGET_ANSWERS`].
pub(crate) async fn forget(app: &App, ctx: &Context) -> Result<()> {
    let work = |tx: crate::store::Tx, ()| async move {
        let now = tx.ctx().now();
        idempotency::forget(&tx, now - KEPT_FOR).await?;
        tx.enqueue(forget_job().at(now + LOOKED_FOR_EVERY)).await
    };
    app.store.write(ctx, (), work).await
}
