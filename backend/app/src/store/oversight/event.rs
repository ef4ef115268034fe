//! Events and their leaves.

use crate::store::Tx;
use crate::{Error, Result};
use domain::ident::EventId;
use domain::oversight::event::Event;
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sha2::{Digest, Sha256};

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

/// Writes an event and its leaf: a commitment, `SHA-256(salt ‖ canonical event)`, so that the log can be public
/// while the content isn't.
///
/// `id` is made beforehand where a receipt must name it.
pub(crate) async fn record(tx: &Tx, id: EventId, event: Event) -> Result<()> {
    let ctx = tx.ctx();
    let person = ctx.actor.person();
    let visibility = match event.visibility {
        domain::oversight::event::Visibility::Public => "public",
        domain::oversight::event::Visibility::Parties => "parties",
        domain::oversight::event::Visibility::Own => "own",
    };
    let occurred_at = ctx.now();
    let canonical = serde_json::to_vec(&(id, occurred_at.timestamp_micros(), &event))
        .map_err(|error| Error::internal("write an event", error))?;
    let salt: [u8; 32] = ctx.chance().bytes();
    let mut hash = Sha256::new();
    hash.update(salt);
    hash.update(&canonical);
    let parties = serde_json::to_value(&event.parties).map_err(|error| Error::internal("write an event", error))?;
    ActiveModel {
        id: Set(id.0),
        name: Set(event.name),
        subject_kind: Set(event.subject.kind),
        subject_id: Set(event.subject.id),
        visibility: Set(visibility.to_owned()),
        organization_id: Set(person.map(|person| person.organization.0)),
        user_id: Set(person.map(|person| person.user.0)),
        parties: Set(parties),
        content: Set(event.content),
        occurred_at: Set(occurred_at),
        request_id: Set(ctx.request_id.clone()),
    }
    .insert(tx.db())
    .await?;
    leaf::ActiveModel {
        id: Set(id.0),
        salt: Set(salt.to_vec()),
        leaf: Set(hash.finalize().to_vec()),
        position: Set(None),
        recorded_at: Set(occurred_at),
    }
    .insert(tx.db())
    .await?;
    Ok(())
}
