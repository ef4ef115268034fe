//! Answers that were given to requests with an idempotency key, kept with what they did.

use super::Tx;
use crate::context::KEY_MOST_BYTES;
use crate::{Error, Result};
use chrono::{DateTime, Utc};
use domain::identity::actor::Actor;
use domain::refusal::{Code, Refusal};
use sea_orm::entity::prelude::*;
use sea_orm::{ActiveValue::Set, QueryFilter};
use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};

mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "idempotent_answer")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub user_id: Uuid,
        pub key: String,
        pub operation: String,
        pub input_hash: Vec<u8>,
        pub answer: Json,
        pub created_at: DateTimeUtc,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// The key with whom it belongs to. Somebody who has not signed in is known by nothing but what they send: then the key
/// belongs to the input, so that strangers never meet under one key.
fn key(tx: &Tx, input_hash: &[u8]) -> Result<Option<(Uuid, String)>> {
    let Some(key) = tx.ctx().idempotency_key.clone() else { return Ok(None) };
    if key.is_empty() || key.len() > KEY_MOST_BYTES {
        return Err(Refusal::at(Code::TooLong, "idempotencyKey").with("most", KEY_MOST_BYTES).with("length", key.len()).into());
    }
    let of_input = || input_hash.first_chunk().map(|bytes| uuid::Builder::from_random_bytes(*bytes).into_uuid());
    let owner = match &tx.ctx().actor {
        Actor::Person(person) => Some(person.user.0),
        Actor::Public => of_input(),
        Actor::Platform => None,
    };
    Ok(owner.map(|owner| (owner, key)))
}

pub(super) fn hash(input: &impl Serialize) -> Result<Vec<u8>> {
    let bytes = serde_json::to_vec(input).map_err(|error| Error::internal("hash an input", error))?;
    Ok(Sha256::digest(bytes).to_vec())
}

/// The answer given before, if the key was used for the same.
pub(super) async fn answer<T: DeserializeOwned>(tx: &Tx, operation: &str, input_hash: &[u8]) -> Result<Option<T>> {
    let Some((user_id, key)) = key(tx, input_hash)? else { return Ok(None) };
    let found = row::Entity::find()
        .filter(row::Column::UserId.eq(user_id))
        .filter(row::Column::Key.eq(key))
        .one(tx.db())
        .await?;
    let Some(found) = found else { return Ok(None) };
    if found.operation != operation || found.input_hash != input_hash {
        return Err(Refusal::at(Code::IdempotencyKeyReused, "idempotencyKey").into());
    }
    let answer = serde_json::from_value(found.answer).map_err(|error| Error::internal("read a kept answer", error))?;
    Ok(Some(answer))
}

/// Keeps an answer with what it did.
pub(super) async fn keep(tx: &Tx, operation: &str, input_hash: Vec<u8>, answer: serde_json::Value) -> Result<()> {
    let Some((user_id, key)) = key(tx, &input_hash)? else { return Ok(()) };
    row::ActiveModel {
        id: Set(tx.ctx().new_id()),
        user_id: Set(user_id),
        key: Set(key),
        operation: Set(operation.to_owned()),
        input_hash: Set(input_hash),
        answer: Set(answer),
        created_at: Set(tx.ctx().now()),
    }
    .insert(tx.db())
    .await?;
    Ok(())
}

/// Forgets the answers that were given before an instant, and says how many.
pub(crate) async fn forget(tx: &Tx, before: DateTime<Utc>) -> Result<u64> {
    Ok(row::Entity::delete_many().filter(row::Column::CreatedAt.lt(before)).exec(tx.db()).await?.rows_affected)
}
