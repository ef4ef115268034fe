//! Events and their leaves.

use crate::store::Tx;
use crate::{Error, Result};
use crate::oversight::timeline::Recorded;
use chrono::{DateTime, Utc};
use domain::ident::{EventId, OrganizationId};
use domain::oversight::event::{Event, Subject, Visibility};
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::{Condition, QueryOrder, QuerySelect};
use std::collections::HashSet;

/// A row of `event`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "event")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub name: String,
    pub subject_kind: String,
    pub subject_id: Uuid,
    pub visibility: String,
    pub organization_id: Option<Uuid>,
    pub user_id: Option<Uuid>,
    pub parties: Json,
    pub content: Json,
    pub occurred_at: DateTimeUtc,
    pub request_id: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// A row of `log_leaf`.
pub(crate) mod leaf {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "log_leaf")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub salt: Vec<u8>,
        pub leaf: Vec<u8>,
        pub position: Option<i64>,
        pub recorded_at: DateTimeUtc,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

impl TryFrom<Model> for Recorded {
    type Error = Error;

    fn try_from(row: Model) -> Result<Self> {
        let broken = |column: &str| Error::internal("read event", format!("{column} of {} is impossible", row.id));
        Ok(Self {
            id: EventId(row.id),
            visibility: Visibility::from_name(&row.visibility).ok_or_else(|| broken("visibility"))?,
            parties: serde_json::from_value(row.parties).map_err(|_| broken("parties"))?,
            name: row.name,
            subject_kind: row.subject_kind,
            subject_id: row.subject_id,
            organization: row.organization_id.map(OrganizationId),
            content: row.content,
            occurred_at: row.occurred_at,
        })
    }
}

/// Up to `most` events of a subject after the one named, oldest first, that are public, the organization's own, or
/// shared among parties; which parties, the use case looks at. Only those with one of the names, when any are given.
pub(crate) async fn of_subject(
    db: &impl ConnectionTrait,
    subject: Uuid,
    names: &[String],
    organization: Option<OrganizationId>,
    after: Option<EventId>,
    most: u64,
) -> Result<Vec<Recorded>> {
    let mut readable = Condition::any().add(Column::Visibility.eq(Visibility::Public.as_str()));
    if let Some(organization) = organization {
        readable = readable.add(Column::OrganizationId.eq(organization.0)).add(Column::Visibility.eq(Visibility::Parties.as_str()));
    }
    let mut query = Entity::find().filter(Column::SubjectId.eq(subject)).filter(readable);
    if !names.is_empty() {
        query = query.filter(Column::Name.is_in(names));
    }
    if let Some(after) = after {
        query = query.filter(Column::Id.gt(after.0));
    }
    query.order_by_asc(Column::Id).limit(most).all(db).await?.into_iter().map(Recorded::try_from).collect()
}

/// The events with one of these names about any of these subjects, oldest first, whoever may read them; names stand for few
/// events of each subject, and at most twenty of each are read.
pub(crate) async fn of_subjects(db: &impl ConnectionTrait, subjects: &[Uuid], names: &[&str]) -> Result<Vec<Recorded>> {
    if subjects.is_empty() {
        return Ok(Vec::new());
    }
    let most = u64::try_from(subjects.len()).unwrap_or(u64::MAX).saturating_mul(20);
    let found = Entity::find().filter(Column::SubjectId.is_in(subjects.iter().copied())).filter(Column::Name.is_in(names.iter().copied()));
    found.order_by_asc(Column::Id).limit(most).all(db).await?.into_iter().map(Recorded::try_from).collect()
}

/// Those of the subjects in whose events an organization takes part, in one statement.
pub(crate) async fn taking_part(db: &impl ConnectionTrait, subjects: &[Uuid], organization: OrganizationId) -> Result<HashSet<Uuid>> {
    let query = Entity::find().filter(Column::SubjectId.is_in(subjects.iter().copied()));
    let query = query.filter(Column::Visibility.eq(Visibility::Parties.as_str()));
    let recorded: Vec<Recorded> = query.all(db).await?.into_iter().map(Recorded::try_from).collect::<Result<_>>()?;
    let takes_part = |event: &Recorded| event.organization == Some(organization) || event.parties.contains(&organization.0);
    Ok(recorded.into_iter().filter(takes_part).map(|event| event.subject_id).collect())
}

/// Writes an event and its leaf: a commitment, `SHA-256(salt ‖ canonical event)`, so that the log can be public
/// while the content isn't.
///
/// `id` is made beforehand where a receipt must name it.
pub(crate) async fn record(tx: &Tx, id: EventId, event: Event) -> Result<Recorded> {
    let ctx = tx.ctx();
    let person = ctx.actor.person();
    let occurred_at = ctx.now();
    let entry = entry(id, occurred_at, &event)?;
    let salt: [u8; 32] = ctx.chance().bytes();
    let leaf = sealing::log::leaf(&salt, entry.as_bytes());
    let parties = serde_json::to_value(&event.parties).map_err(|error| Error::internal("write an event", error))?;
    let recorded = Recorded {
        id,
        name: event.name,
        subject_kind: event.subject.kind,
        subject_id: event.subject.id,
        visibility: event.visibility,
        organization: person.map(|person| person.organization),
        parties: event.parties,
        content: event.content,
        occurred_at,
    };
    ActiveModel {
        id: Set(id.0),
        name: Set(recorded.name.clone()),
        subject_kind: Set(recorded.subject_kind.clone()),
        subject_id: Set(recorded.subject_id),
        visibility: Set(recorded.visibility.as_str().to_owned()),
        organization_id: Set(person.map(|person| person.organization.0)),
        user_id: Set(person.map(|person| person.user.0)),
        parties: Set(parties),
        content: Set(recorded.content.clone()),
        occurred_at: Set(occurred_at),
        request_id: Set(ctx.request_id.clone()),
    }
    .insert(tx.db())
    .await?;
    leaf::ActiveModel {
        id: Set(id.0),
        salt: Set(salt.to_vec()),
        leaf: Set(leaf.to_vec()),
        position: Set(None),
        recorded_at: Set(occurred_at),
    }
    .insert(tx.db())
    .await?;
    Ok(recorded)
}

/// The event as it is hashed: JSON of its number, its time in microseconds since 1970, and itself.
fn entry(id: EventId, occurred_at: DateTime<Utc>, event: &Event) -> Result<String> {
    let entry = (id, occurred_at.timestamp_micros(), event);
    serde_json::to_string(&entry).map_err(|error| Error::internal("write an event", error))
}

/// The same, of an event that was kept.
pub(crate) fn entry_of(row: &Model) -> Result<String> {
    let visibility = match row.visibility.as_str() {
        "public" => Visibility::Public,
        "parties" => Visibility::Parties,
        _ => Visibility::Own,
    };
    let event = Event {
        name: row.name.clone(),
        subject: Subject { kind: row.subject_kind.clone(), id: row.subject_id },
        visibility,
        parties: serde_json::from_value(row.parties.clone()).map_err(|error| Error::internal("read an event", error))?,
        content: row.content.clone(),
    };
    entry(row.id.into(), row.occurred_at, &event)
}
