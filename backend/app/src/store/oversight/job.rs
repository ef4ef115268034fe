//! Jobs: work that runs after its cause has been committed, at least once.

use crate::jobs::NewJob;
use crate::store::{Store, Tx};
use crate::{Context, Error, Result};
use chrono::{DateTime, TimeDelta, Utc};
use domain::ident::JobId;
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Expr, ExprTrait, LockBehavior, LockType, OnConflict, Query};
use sea_orm::{Condition, DbBackend, QueryOrder, QuerySelect, TryInsertResult};

/// A row of `job`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "job")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub kind: String,
    pub key: String,
    pub payload: Json,
    pub state: String,
    pub attempts: i64,
    pub run_at: DateTimeUtc,
    pub last_error: Option<String>,
    pub created_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Attempts before a job is parked where a person sees it.
const ATTEMPTS_MOST: i64 = 8;
/// After so long a job that still says it runs was dropped by a server that died.
const ABANDONED_AFTER: TimeDelta = TimeDelta::minutes(5);

/// Adds a job; the same kind and key again is the same job while it waits. One that runs already may have missed what this one
/// is for, so it gets a successor.
pub(crate) async fn enqueue(tx: &Tx, job: NewJob) -> Result<()> {
    let ctx = tx.ctx();
    let row = ActiveModel {
        id: Set(ctx.new_id::<JobId>().0),
        kind: Set(job.kind.to_owned()),
        key: Set(job.key),
        payload: Set(job.payload),
        state: Set("queued".to_owned()),
        attempts: Set(0),
        run_at: Set(job.run_at.unwrap_or_else(|| ctx.now())),
        last_error: Set(None),
        created_at: Set(ctx.now()),
    };
    let inserted = Entity::insert(row)
        .on_conflict(one_queued())
        .try_insert()
        .exec(tx.db())
        .await?;
    match inserted {
        TryInsertResult::Empty | TryInsertResult::Conflicted | TryInsertResult::Inserted(_) => Ok(()),
    }
}

/// The unique index of what waits, by its columns and its condition: as a literal, from which alone `PostgreSQL` knows it.
fn one_queued() -> OnConflict {
    let mut conflict = OnConflict::columns([Column::Kind, Column::Key]);
    conflict.target_and_where(Expr::cust("state = 'queued'")).do_nothing();
    conflict
}

/// That no job of the same kind and key runs since later than `since`: a successor waits for the end of the one before it.
fn has_no_running_sibling(since: DateTime<Utc>) -> Expr {
    let sibling = |column: Column| Expr::col(("sibling", column));
    let mut running = Query::select();
    running
        .expr(Expr::val(1))
        .from_as(Entity, "sibling")
        .and_where(sibling(Column::Kind).equals((Entity, Column::Kind)))
        .and_where(sibling(Column::Key).equals((Entity, Column::Key)))
        .and_where(sibling(Column::State).eq("running"))
        .and_where(sibling(Column::RunAt).gt(since));
    Expr::not_exists(running)
}

/// Takes up to `most` jobs that are due and marks them as running. One that was left running is taken up again; its successor
/// comes after it.
pub(crate) async fn claim(store: &Store, ctx: &Context, most: u64) -> Result<Vec<Model>> {
    store
        .write(ctx, most, |tx, most| async move {
            let now = tx.ctx().now();
            let since = now - ABANDONED_AFTER;
            let is_waiting = Condition::all()
                .add(Column::State.eq("queued"))
                .add(Column::RunAt.lte(now))
                .add(has_no_running_sibling(since));
            let is_abandoned = Condition::all().add(Column::State.eq("running")).add(Column::RunAt.lte(since));
            let is_due = Condition::any().add(is_waiting).add(is_abandoned);
            let mut query = Entity::find().filter(is_due).order_by_asc(Column::RunAt).order_by_asc(Column::Id).limit(most);
            if tx.db().get_database_backend() == DbBackend::Postgres {
                query = query.lock_with_behavior(LockType::Update, LockBehavior::SkipLocked);
            }
            let jobs = query.all(tx.db()).await?;
            if !jobs.is_empty() {
                Entity::update_many()
                    .col_expr(Column::State, Expr::value("running"))
                    .col_expr(Column::RunAt, Expr::value(now))
                    .col_expr(Column::Attempts, ExprTrait::add(Expr::col(Column::Attempts), 1))
                    .filter(Column::Id.is_in(jobs.iter().map(|job| job.id)))
                    .exec(tx.db())
                    .await?;
            }
            Ok(jobs)
        })
        .await
}

/// Marks a job as done: it is removed, since its effect is what counts and its key may come again.
pub(crate) async fn finish(store: &Store, ctx: &Context, id: Uuid) -> Result<()> {
    store
        .write(ctx, id, |tx, id| async move {
            Entity::delete_by_id(id).exec(tx.db()).await?;
            Ok(())
        })
        .await
}

/// Whether a job that fails now is parked.
pub(crate) const fn is_last_try(job: &Model) -> bool {
    job.attempts + 1 >= ATTEMPTS_MOST
}

/// Puts a job back with a growing delay, or parks it.
pub(crate) async fn fail(store: &Store, ctx: &Context, job: &Model, cause: &Error) -> Result<()> {
    let attempts = job.attempts + 1;
    let is_parked = is_last_try(job);
    let delay = TimeDelta::seconds(1_i64 << attempts.clamp(0, 10));
    let input: (Uuid, bool, DateTime<Utc>, String) = (job.id, is_parked, ctx.now() + delay, cause.to_string());
    store
        .write(ctx, input, |tx, (id, is_parked, run_at, cause)| async move {
            // A successor that waits already does the same work: this one need not come back.
            let Some(job) = Entity::find_by_id(id).one(tx.db()).await? else { return Ok(()) };
            let of_its_key = Column::Kind.eq(job.kind.as_str()).and(Column::Key.eq(job.key.as_str()));
            if Entity::find().filter(of_its_key.clone()).filter(Column::State.eq("queued")).count(tx.db()).await? > 0 {
                Entity::delete_by_id(id).exec(tx.db()).await?;
                return Ok(());
            }
            // What a person sees is the newest of them.
            if is_parked {
                let elder = Entity::delete_many().filter(of_its_key).filter(Column::State.eq("parked"));
                elder.exec(tx.db()).await?;
            }
            Entity::update_many()
                .col_expr(Column::State, Expr::value(if is_parked { "parked" } else { "queued" }))
                .col_expr(Column::RunAt, Expr::value(run_at))
                .col_expr(Column::LastError, Expr::value(cause))
                .filter(Column::Id.eq(id))
                .exec(tx.db())
                .await?;
            Ok(())
        })
        .await
}

/// How many jobs wait and how many are parked.
pub(crate) async fn counts(store: &Store) -> Result<(u64, u64)> {
    let waiting = Entity::find().filter(Column::State.is_in(["queued", "running"])).count(store.reader()).await?;
    let parked = Entity::find().filter(Column::State.eq("parked")).count(store.reader()).await?;
    Ok((waiting, parked))
}

/// The jobs that are parked, the oldest first.
pub(crate) async fn parked(db: &impl ConnectionTrait) -> Result<Vec<Model>> {
    Ok(Entity::find().filter(Column::State.eq("parked")).order_by_asc(Column::CreatedAt).order_by_asc(Column::Id).all(db).await?)
}

/// Puts a parked job back into the queue, or drops it where a successor waits that does the same work. Gives the job, if it
/// was parked.
pub(crate) async fn unpark(tx: &Tx, id: JobId) -> Result<Option<Model>> {
    let Some(job) = Entity::find_by_id(id.0).filter(Column::State.eq("parked")).one(tx.db()).await? else { return Ok(None) };
    let successor = Entity::find().filter(Column::Kind.eq(job.kind.as_str())).filter(Column::Key.eq(job.key.as_str()));
    if successor.filter(Column::State.eq("queued")).count(tx.db()).await? > 0 {
        Entity::delete_by_id(id.0).exec(tx.db()).await?;
        return Ok(Some(job));
    }
    Entity::update_many()
        .col_expr(Column::State, Expr::value("queued"))
        .col_expr(Column::Attempts, Expr::value(0))
        .col_expr(Column::RunAt, Expr::value(tx.ctx().now()))
        .filter(Column::Id.eq(id.0))
        .exec(tx.db())
        .await?;
    Ok(Some(job))
}
