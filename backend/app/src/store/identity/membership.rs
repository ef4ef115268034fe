//! Rows of `membership`: who is what in which organization.

use crate::store::Tx;
use crate::{Error, Result};
use chrono::{DateTime, Utc};
use domain::ident::{MembershipId, OrganizationId, UserId};
use domain::identity::role::Role;
use sea_orm::ActiveValue::Set;
use sea_orm::QueryOrder;
use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "membership")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub user_id: Uuid,
    pub organization_id: Uuid,
    pub role: String,
    pub granted_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// A role that a person holds in an organization.
#[derive(Clone, Debug)]
pub struct Membership {
    /// Its number.
    pub id: MembershipId,
    /// Who.
    pub user: UserId,
    /// Where.
    pub organization: OrganizationId,
    /// As what.
    pub role: Role,
    /// Since when.
    pub granted_at: DateTime<Utc>,
}

impl TryFrom<Model> for Membership {
    type Error = Error;

    fn try_from(row: Model) -> Result<Self> {
        Ok(Self {
            id: MembershipId(row.id),
            user: UserId(row.user_id),
            organization: OrganizationId(row.organization_id),
            role: Role::from_name(&row.role)
                .ok_or_else(|| Error::internal("read membership", format!("role of {} is impossible", row.id)))?,
            granted_at: row.granted_at,
        })
    }
}

/// Gives a role.
pub(crate) async fn insert(tx: &Tx, user: UserId, organization: OrganizationId, role: Role) -> Result<MembershipId> {
    let id: MembershipId = tx.ctx().new_id();
    ActiveModel {
        id: Set(id.0),
        user_id: Set(user.0),
        organization_id: Set(organization.0),
        role: Set(role.as_str().to_owned()),
        granted_at: Set(tx.ctx().now()),
    }
    .insert(tx.db())
    .await?;
    Ok(id)
}

/// All roles of a person, the oldest first.
pub(crate) async fn of_user(db: &impl ConnectionTrait, user: UserId) -> Result<Vec<Membership>> {
    let rows = Entity::find().filter(Column::UserId.eq(user.0)).order_by_asc(Column::Id).all(db).await?;
    rows.into_iter().map(Membership::try_from).collect()
}

/// All roles in an organization, the oldest first.
pub(crate) async fn of_organization(db: &impl ConnectionTrait, organization: OrganizationId) -> Result<Vec<Membership>> {
    let rows = Entity::find().filter(Column::OrganizationId.eq(organization.0)).order_by_asc(Column::Id).all(db).await?;
    rows.into_iter().map(Membership::try_from).collect()
}

/// All roles of these people.
pub(crate) async fn of_users(db: &impl ConnectionTrait, users: &[UserId]) -> Result<Vec<Membership>> {
    let rows = Entity::find().filter(Column::UserId.is_in(users.iter().map(|user| user.0))).all(db).await?;
    rows.into_iter().map(Membership::try_from).collect()
}

/// Everybody who holds a role, wherever, once each.
pub(crate) async fn holders(db: &impl ConnectionTrait, role: Role) -> Result<Vec<UserId>> {
    let rows = Entity::find().filter(Column::Role.eq(role.as_str())).order_by_asc(Column::Id).all(db).await?;
    let mut seen = std::collections::BTreeSet::new();
    Ok(rows.into_iter().map(|row| UserId(row.user_id)).filter(|user| seen.insert(*user)).collect())
}

/// Takes a role; whether it was there.
pub(crate) async fn delete(tx: &Tx, id: MembershipId) -> Result<bool> {
    Ok(Entity::delete_by_id(id.0).exec(tx.db()).await?.rows_affected == 1)
}
