//! Rows of `session`: families of refresh tokens.

use crate::store::Tx;
use crate::{Error, Result};
use chrono::{DateTime, Utc};
use domain::ident::{OrganizationId, SessionId, UserId};
use domain::refusal::Code;
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::Expr;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "session")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub user_id: Uuid,
    pub organization_id: Uuid,
    pub token_hash: String,
    pub generation: i64,
    pub started_at: DateTimeUtc,
    pub expires_at: DateTimeUtc,
    pub ended_at: Option<DateTimeUtc>,
    pub ended_because: Option<String>,
    pub is_begun_with_given_password: bool,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// A sign-in on one device.
#[derive(Clone, Debug)]
pub(crate) struct Session {
    pub id: SessionId,
    pub user: UserId,
    pub organization: OrganizationId,
    pub token_hash: String,
    pub generation: i64,
    pub expires_at: DateTime<Utc>,
    pub ended_at: Option<DateTime<Utc>>,
    /// Whether it was begun with a password that somebody else has given, and its owner has not chosen another yet.
    pub is_begun_with_given_password: bool,
}

impl From<Model> for Session {
    fn from(row: Model) -> Self {
        Self {
            id: SessionId(row.id),
            user: UserId(row.user_id),
            organization: OrganizationId(row.organization_id),
            token_hash: row.token_hash,
            generation: row.generation,
            expires_at: row.expires_at,
            ended_at: row.ended_at,
            is_begun_with_given_password: row.is_begun_with_given_password,
        }
    }
}

/// Adds a session.
pub(crate) async fn insert(tx: &Tx, session: &Session) -> Result<()> {
    ActiveModel {
        id: Set(session.id.0),
        user_id: Set(session.user.0),
        organization_id: Set(session.organization.0),
        token_hash: Set(session.token_hash.clone()),
        generation: Set(session.generation),
        started_at: Set(tx.ctx().now()),
        expires_at: Set(session.expires_at),
        ended_at: Set(None),
        ended_because: Set(None),
        is_begun_with_given_password: Set(session.is_begun_with_given_password),
    }
    .insert(tx.db())
    .await?;
    Ok(())
}

/// The session with this id.
pub(crate) async fn by_id(db: &impl ConnectionTrait, id: SessionId) -> Result<Option<Session>> {
    Ok(Entity::find_by_id(id.0).one(db).await?.map(Session::from))
}

/// Puts the next refresh token in the place of the last, if nobody else has meanwhile.
pub(crate) async fn rotate(tx: &Tx, id: SessionId, generation: i64, token_hash: String, expires_at: DateTime<Utc>) -> Result<()> {
    let updated = Entity::update_many()
        .col_expr(Column::TokenHash, Expr::value(token_hash))
        .col_expr(Column::Generation, Expr::value(generation + 1))
        .col_expr(Column::ExpiresAt, Expr::value(expires_at))
        .filter(Column::Id.eq(id.0))
        .filter(Column::Generation.eq(generation))
        .filter(Column::EndedAt.is_null())
        .exec(tx.db())
        .await?;
    if updated.rows_affected == 1 { Ok(()) } else { Err(Error::refused(Code::Conflict)) }
}

/// Says that the owner of a session has chosen a password: it is a session like any other from the next request on.
pub(crate) async fn set_free(tx: &Tx, id: SessionId) -> Result<()> {
    let update = Entity::update_many().col_expr(Column::IsBegunWithGivenPassword, Expr::value(false));
    update.filter(Column::Id.eq(id.0)).exec(tx.db()).await?;
    Ok(())
}

/// Makes the session act for another organization.
pub(crate) async fn act_for(tx: &Tx, id: SessionId, organization: OrganizationId) -> Result<()> {
    Entity::update_many()
        .col_expr(Column::OrganizationId, Expr::value(organization.0))
        .filter(Column::Id.eq(id.0))
        .filter(Column::EndedAt.is_null())
        .exec(tx.db())
        .await?;
    Ok(())
}

/// Ends sessions of a user: one, all but one, or all.
pub(crate) async fn end(tx: &Tx, user: UserId, which: Which, because: &str) -> Result<()> {
    let mut update = Entity::update_many()
        .col_expr(Column::EndedAt, Expr::value(tx.ctx().now()))
        .col_expr(Column::EndedBecause, Expr::value(because))
        .filter(Column::UserId.eq(user.0))
        .filter(Column::EndedAt.is_null());
    update = match which {
        Which::Only(id) => update.filter(Column::Id.eq(id.0)),
        Which::AllBut(id) => update.filter(Column::Id.ne(id.0)),
        Which::All => update,
    };
    update.exec(tx.db()).await?;
    Ok(())
}

/// Removes a session that ended or expired before an instant; says when to look again if it has not.
pub(crate) async fn forget(tx: &Tx, id: SessionId, before: DateTime<Utc>) -> Result<Option<DateTime<Utc>>> {
    let Some(session) = by_id(tx.db(), id).await? else { return Ok(None) };
    let ends_at = session.ended_at.unwrap_or(session.expires_at);
    if ends_at > before {
        return Ok(Some(ends_at));
    }
    Entity::delete_by_id(id.0).exec(tx.db()).await?;
    Ok(None)
}

/// Which sessions to end.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Which {
    /// This one.
    Only(SessionId),
    /// All others.
    AllBut(SessionId),
    /// All.
    All,
}
