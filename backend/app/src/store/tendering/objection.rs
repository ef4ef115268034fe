//! Rows of `objection`.

use crate::store::Tx;
use crate::{Error, Result};
use domain::ident::{ObjectionId, OrganizationId, TenderId};
use domain::refusal::Code;
use domain::tendering::objection::{Objection, Tally};
use sea_orm::ActiveValue::{NotSet, Set};
use sea_orm::entity::prelude::*;
use sea_orm::{Condition, QueryOrder, QuerySelect};
use std::collections::BTreeMap;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "objection")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub version: i64,
    pub tender_id: Uuid,
    pub objector_id: Uuid,
    pub raised_at: DateTimeUtc,
    pub answered_at: Option<DateTimeUtc>,
    pub is_upheld: Option<bool>,
    pub record: Json,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl TryFrom<Model> for Objection {
    type Error = Error;

    fn try_from(row: Model) -> Result<Self> {
        serde_json::from_value(row.record).map_err(|error| Error::internal("read objection", error))
    }
}

fn row(objection: &Objection) -> Result<ActiveModel> {
    Ok(ActiveModel {
        id: Set(objection.id.0),
        version: Set(objection.version),
        tender_id: Set(objection.tender.0),
        objector_id: Set(objection.objector.0),
        raised_at: Set(objection.raised_at),
        answered_at: Set(objection.answer.as_ref().map(|answer| answer.answered_at)),
        is_upheld: Set(objection.answer.as_ref().map(|answer| answer.is_upheld)),
        record: Set(serde_json::to_value(objection).map_err(|error| Error::internal("write objection", error))?),
    })
}

/// Adds an objection.
pub(crate) async fn insert(tx: &Tx, objection: &Objection) -> Result<()> {
    row(objection)?.insert(tx.db()).await?;
    Ok(())
}

/// Writes it back, one version on.
///
/// # Errors
/// `CONFLICT` when somebody else has written it since it was read.
pub(crate) async fn save(tx: &Tx, objection: Objection) -> Result<Objection> {
    let read = objection.version;
    let objection = Objection { version: read + 1, ..objection };
    let changed = ActiveModel { id: NotSet, ..row(&objection)? };
    let guarded = Entity::update_many().set(changed).filter(Column::Id.eq(objection.id.0)).filter(Column::Version.eq(read));
    if guarded.exec(tx.db()).await?.rows_affected != 1 {
        return Err(Error::refused(Code::Conflict));
    }
    Ok(objection)
}

/// The one with this id.
pub(crate) async fn by_id(db: &impl ConnectionTrait, id: ObjectionId) -> Result<Option<Objection>> {
    Entity::find_by_id(id.0).one(db).await?.map(Objection::try_from).transpose()
}

/// Whether a supplier has objected to a tender.
pub(crate) async fn has_objected(db: &impl ConnectionTrait, tender: TenderId, objector: OrganizationId) -> Result<bool> {
    let own = Entity::find().filter(Column::TenderId.eq(tender.0)).filter(Column::ObjectorId.eq(objector.0));
    Ok(own.count(db).await? > 0)
}

/// Whose objections are read.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Readable {
    /// All of them: the buyer's.
    All,
    /// Those that have been answered, and this supplier's own.
    AnsweredAndOwn(Option<OrganizationId>),
}

fn readable(tender: TenderId, readable: Readable) -> Select<Entity> {
    let found = Entity::find().filter(Column::TenderId.eq(tender.0));
    match readable {
        Readable::All => found,
        Readable::AnsweredAndOwn(own) => {
            let mut known = Condition::any().add(Column::AnsweredAt.is_not_null());
            if let Some(own) = own {
                known = known.add(Column::ObjectorId.eq(own.0));
            }
            found.filter(known)
        }
    }
}

/// At most `most` objections to a tender behind a place, the oldest first.
pub(crate) async fn page(
    db: &impl ConnectionTrait,
    tender: TenderId,
    whose: Readable,
    after: Option<(DateTimeUtc, Uuid)>,
    most: u64,
) -> Result<Vec<Objection>> {
    let mut found = readable(tender, whose);
    if let Some((at, id)) = after {
        let same = Condition::all().add(Column::RaisedAt.eq(at)).add(Column::Id.gt(id));
        found = found.filter(Condition::any().add(Column::RaisedAt.gt(at)).add(same));
    }
    let rows = found.order_by_asc(Column::RaisedAt).order_by_asc(Column::Id).limit(most).all(db).await?;
    rows.into_iter().map(Objection::try_from).collect()
}

/// How many of them may be read.
pub(crate) async fn count(db: &impl ConnectionTrait, tender: TenderId, whose: Readable) -> Result<u64> {
    Ok(readable(tender, whose).count(db).await?)
}

/// How the objections to each of these tenders stand; a tender without any is not among them.
pub(crate) async fn tallies(db: &impl ConnectionTrait, tenders: &[TenderId]) -> Result<BTreeMap<TenderId, Tally>> {
    if tenders.is_empty() {
        return Ok(BTreeMap::new());
    }
    let grouped = Entity::find()
        .select_only()
        .column(Column::TenderId)
        .column(Column::IsUpheld)
        .column_as(Column::Id.count(), "objections")
        .column_as(Column::AnsweredAt.max(), "last_answered_at")
        .filter(Column::TenderId.is_in(tenders.iter().map(|id| id.0)))
        .group_by(Column::TenderId)
        .group_by(Column::IsUpheld);
    let rows: Vec<(Uuid, Option<bool>, i64, Option<DateTimeUtc>)> = grouped.into_tuple().all(db).await?;
    let mut tallies: BTreeMap<TenderId, Tally> = BTreeMap::new();
    for (tender, is_upheld, count, last_answered_at) in rows {
        let (tally, count) = (tallies.entry(TenderId(tender)).or_default(), usize::try_from(count).unwrap_or(0));
        tally.raised += count;
        tally.last_answered_at = tally.last_answered_at.max(last_answered_at);
        match is_upheld {
            None => tally.unanswered += count,
            Some(true) => tally.upheld += count,
            Some(false) => {}
        }
    }
    Ok(tallies)
}
