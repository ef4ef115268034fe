//! Places of leaves, and checkpoints.

use super::event::{self, leaf};
use crate::store::{Store, Tx};
use crate::{Context, Error, Result};
use chrono::{DateTime, Utc};
use domain::ident::EventId;
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::{ConnectionTrait, DbBackend, QueryOrder, QuerySelect, TryInsertResult};

/// How many leaves get their places in one transaction.
const PLACED_MOST: u32 = 10_000;
/// Held while leaves get their places, so that replicas do it one after the other. `SQLite` has one writer anyhow.
const SEQUENCER_LOCK: &str = "SELECT pg_advisory_xact_lock(6962)";

/// A row of `log_checkpoint`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "log_checkpoint")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub size: i64,
    pub root: Vec<u8>,
    pub note: String,
    pub made_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// A signed checkpoint, as kept.
#[derive(Clone, Debug)]
pub(crate) struct KeptCheckpoint {
    pub size: u64,
    pub root: Vec<u8>,
    pub note: String,
    pub made_at: DateTime<Utc>,
}

/// Whether leaves wait for their places.
pub(crate) async fn has_waiting(store: &Store) -> Result<bool> {
    let waiting = leaf::Entity::find().filter(leaf::Column::Position.is_null()).limit(1).one(store.reader()).await?;
    Ok(waiting.is_some())
}

/// Gives waiting leaves the next places, in the order in which they were recorded.
pub(crate) async fn place(store: &Store, ctx: &Context) -> Result<()> {
    store.write(ctx, (), |tx, ()| async move { place_in(&tx).await }).await
}

async fn place_in(tx: &Tx) -> Result<()> {
    if tx.db().get_database_backend() == DbBackend::Postgres {
        tx.db().execute_unprepared(SEQUENCER_LOCK).await?;
    }
    // One statement for both engines: places continue the largest there is.
    let statement = format!(
        "UPDATE log_leaf SET position = ranked.place FROM (\
             SELECT id, row_number() OVER (ORDER BY recorded_at, id) - 1 \
                 + COALESCE((SELECT MAX(position) + 1 FROM log_leaf), 0) AS place \
             FROM log_leaf WHERE position IS NULL ORDER BY recorded_at, id LIMIT {PLACED_MOST}\
         ) AS ranked WHERE log_leaf.id = ranked.id"
    );
    tx.db().execute_unprepared(&statement).await?;
    Ok(())
}

/// How many leaves have places.
pub(crate) async fn size(db: &impl ConnectionTrait) -> Result<u64> {
    let last: Option<Option<i64>> =
        leaf::Entity::find().select_only().column_as(leaf::Column::Position.max(), "last").into_tuple().one(db).await?;
    last.flatten().map_or(Ok(0), |last| count(last).map(|last| last + 1))
}

/// The leaves in `from..to`, in their order.
pub(crate) async fn leaves(db: &impl ConnectionTrait, from: u64, to: u64) -> Result<Vec<[u8; 32]>> {
    let rows: Vec<Vec<u8>> = leaf::Entity::find()
        .select_only()
        .column(leaf::Column::Leaf)
        .filter(leaf::Column::Position.gte(kept(from)?))
        .filter(leaf::Column::Position.lt(kept(to)?))
        .order_by_asc(leaf::Column::Position)
        .into_tuple()
        .all(db)
        .await?;
    let wrong = |_| Error::internal("read the log", "a leaf is no hash");
    rows.into_iter().map(|leaf| leaf.try_into().map_err(wrong)).collect()
}

/// The newest checkpoint.
pub(crate) async fn newest(db: &impl ConnectionTrait) -> Result<Option<KeptCheckpoint>> {
    let row = Entity::find().order_by_desc(Column::Size).limit(1).one(db).await?;
    row.map(|row| Ok(KeptCheckpoint { size: count(row.size)?, root: row.root, note: row.note, made_at: row.made_at })).transpose()
}

/// Keeps a checkpoint. Another replica may have kept the same one.
pub(crate) async fn keep(store: &Store, ctx: &Context, checkpoint: KeptCheckpoint) -> Result<()> {
    store
        .write(ctx, checkpoint, |tx, checkpoint| async move {
            let row = ActiveModel {
                id: Set(tx.ctx().new_id()),
                size: Set(kept(checkpoint.size)?),
                root: Set(checkpoint.root),
                note: Set(checkpoint.note),
                made_at: Set(checkpoint.made_at),
            };
            match Entity::insert(row).on_conflict_do_nothing_on([Column::Size]).exec(tx.db()).await? {
                TryInsertResult::Empty | TryInsertResult::Conflicted | TryInsertResult::Inserted(_) => Ok(()),
            }
        })
        .await
}

/// A leaf with its event.
#[derive(Debug)]
pub(crate) struct KeptLeaf {
    pub position: Option<u64>,
    pub leaf: Vec<u8>,
    pub salt: Vec<u8>,
    /// The event as it was hashed, if everybody may read it.
    pub public_entry: Option<String>,
}

/// The leaf of an event.
pub(crate) async fn leaf_of(store: &Store, id: EventId) -> Result<Option<KeptLeaf>> {
    let Some(row) = leaf::Entity::find_by_id(id.0).one(store.reader()).await? else { return Ok(None) };
    let event = event::Entity::find_by_id(id.0).filter(event::Column::Visibility.eq("public")).one(store.reader()).await?;
    let public_entry = event.map(|event| event::entry_of(&event)).transpose()?;
    let position = row.position.map(count).transpose()?;
    Ok(Some(KeptLeaf { position, leaf: row.leaf, salt: row.salt, public_entry }))
}

fn count(number: i64) -> Result<u64> {
    u64::try_from(number).map_err(|error| Error::internal("read the log", error))
}

fn kept(number: u64) -> Result<i64> {
    i64::try_from(number).map_err(|error| Error::internal("write the log", error))
}
