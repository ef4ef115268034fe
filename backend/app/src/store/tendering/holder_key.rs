//! Rows of `holder_key`: public keys of those who open bids.

use crate::store::Tx;
use crate::{Error, Result};
use domain::ident::{HolderKeyId, OrganizationId, UserId};
use domain::identity::role::Role;
use domain::refusal::{Code, Refusal};
use domain::tendering::holder_key::HolderKey;
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::{Condition, QueryOrder};
use std::collections::BTreeSet;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "holder_key")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub user_id: Uuid,
    pub organization_id: Uuid,
    pub role: String,
    pub recipient: String,
    pub registered_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl TryFrom<Model> for HolderKey {
    type Error = Error;

    fn try_from(row: Model) -> Result<Self> {
        Ok(Self {
            id: HolderKeyId(row.id),
            user: UserId(row.user_id),
            organization: OrganizationId(row.organization_id),
            role: Role::from_name(&row.role)
                .ok_or_else(|| Error::internal("read holder key", format!("role of {} is impossible", row.id)))?,
            recipient: row.recipient,
            registered_at: row.registered_at,
        })
    }
}

/// Adds a key, which must be new.
pub(crate) async fn insert(tx: &Tx, key: &HolderKey) -> Result<()> {
    if Entity::find().filter(Column::Recipient.eq(key.recipient.as_str())).count(tx.db()).await? > 0 {
        return Err(Refusal::at(Code::RecipientTaken, "recipient").into());
    }
    ActiveModel {
        id: Set(key.id.0),
        user_id: Set(key.user.0),
        organization_id: Set(key.organization.0),
        role: Set(key.role.as_str().to_owned()),
        recipient: Set(key.recipient.clone()),
        registered_at: Set(key.registered_at),
    }
    .insert(tx.db())
    .await?;
    Ok(())
}

/// The newest key of each possible holder of an organization's tenders: its own key holders, and every supervisor.
pub(crate) async fn possible(db: &impl ConnectionTrait, organization: OrganizationId) -> Result<Vec<HolderKey>> {
    let own = Condition::all().add(Column::OrganizationId.eq(organization.0)).add(Column::Role.eq(Role::KeyHolder.as_str()));
    let wanted = Condition::any().add(own).add(Column::Role.eq(Role::Supervisor.as_str()));
    newest(Entity::find().filter(wanted).order_by_desc(Column::RegisteredAt).order_by_desc(Column::Id).all(db).await?)
}

/// The newest key of each supervisor. The platform registers supervisors, so there are few.
pub(crate) async fn of_supervisors(db: &impl ConnectionTrait) -> Result<Vec<HolderKey>> {
    let found = Entity::find().filter(Column::Role.eq(Role::Supervisor.as_str()));
    newest(found.order_by_desc(Column::RegisteredAt).order_by_desc(Column::Id).all(db).await?)
}

/// A person's keys, the newest first.
pub(crate) async fn of_user(db: &impl ConnectionTrait, user: UserId) -> Result<Vec<HolderKey>> {
    let found = Entity::find().filter(Column::UserId.eq(user.0)).order_by_desc(Column::RegisteredAt).order_by_desc(Column::Id);
    found.all(db).await?.into_iter().map(HolderKey::try_from).collect()
}

/// The keys with these numbers, in no order.
pub(crate) async fn by_ids(db: &impl ConnectionTrait, ids: &[HolderKeyId]) -> Result<Vec<HolderKey>> {
    let found = Entity::find().filter(Column::Id.is_in(ids.iter().map(|id| id.0)));
    found.all(db).await?.into_iter().map(HolderKey::try_from).collect()
}

fn newest(rows: Vec<Model>) -> Result<Vec<HolderKey>> {
    let mut seen = BTreeSet::new();
    rows.into_iter().filter(|row| seen.insert(row.user_id)).map(HolderKey::try_from).collect()
}
