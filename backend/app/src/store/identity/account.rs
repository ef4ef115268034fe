//! Rows of `account`: users and how they sign in.

use crate::store::Tx;
use crate::{Error, Result};
use chrono::{DateTime, Utc};
use domain::ident::{OrganizationId, UserId};
use domain::identity::user::User;
use domain::language::{Language, LocalText};
use domain::refusal::{Code, Refusal};
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::{Condition, QuerySelect as _};
use sea_orm::sea_query::{Expr, ExprTrait};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "account")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub version: i64,
    pub login: String,
    pub name_zh: String,
    pub name_en: String,
    pub language: String,
    pub password_hash: String,
    pub registered_at: DateTimeUtc,
    pub sign_ins_left: Option<i64>,
    pub added_by_id: Option<Uuid>,
    pub password_ends_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl TryFrom<Model> for User {
    type Error = Error;

    fn try_from(row: Model) -> Result<Self> {
        Ok(Self {
            id: UserId(row.id),
            version: row.version,
            language: Language::from_tag(&row.language)
                .ok_or_else(|| Error::internal("read account", format!("language of {} is impossible", row.id)))?,
            login: row.login,
            name: LocalText::new(row.name_zh, row.name_en),
            registered_at: row.registered_at,
        })
    }
}

/// Adds an account. Its login must be new.
pub(crate) async fn insert(tx: &Tx, user: &User, password_hash: String) -> Result<()> {
    if Entity::find().filter(Column::Login.eq(user.login.as_str())).count(tx.db()).await? > 0 {
        return Err(Refusal::at(Code::LoginTaken, "login").into());
    }
    ActiveModel {
        id: Set(user.id.0),
        version: Set(user.version),
        login: Set(user.login.clone()),
        name_zh: Set(user.name.zh.clone()),
        name_en: Set(user.name.en.clone()),
        language: Set(user.language.tag().to_owned()),
        password_hash: Set(password_hash),
        registered_at: Set(user.registered_at),
        sign_ins_left: Set(None),
        added_by_id: Set(None),
        password_ends_at: Set(None),
    }
    .insert(tx.db())
    .await?;
    Ok(())
}

/// The account with this login, and its password's hash.
pub(crate) async fn by_login(db: &impl ConnectionTrait, login: &str) -> Result<Option<(User, String)>> {
    let Some(row) = Entity::find().filter(Column::Login.eq(login)).one(db).await? else { return Ok(None) };
    let hash = row.password_hash.clone();
    Ok(Some((row.try_into()?, hash)))
}

/// The account with this id, and its password's hash.
pub(crate) async fn by_id(db: &impl ConnectionTrait, id: UserId) -> Result<Option<(User, String)>> {
    let Some(row) = Entity::find_by_id(id.0).one(db).await? else { return Ok(None) };
    let hash = row.password_hash.clone();
    Ok(Some((row.try_into()?, hash)))
}

/// The accounts with these ids.
pub(crate) async fn by_ids(db: &impl ConnectionTrait, ids: &[UserId]) -> Result<Vec<User>> {
    let rows = Entity::find().filter(Column::Id.is_in(ids.iter().map(|id| id.0))).all(db).await?;
    rows.into_iter().map(User::try_from).collect()
}

/// Whether there is any account.
pub(crate) async fn is_any(db: &impl ConnectionTrait) -> Result<bool> {
    Ok(Entity::find().one(db).await?.is_some())
}

/// Makes the password one that somebody else has given: good for one sign-in, until an instant. `by` is the organization
/// that may give another in its place.
pub(crate) async fn mark_given(tx: &Tx, id: UserId, by: Option<OrganizationId>, ends_at: DateTime<Utc>) -> Result<()> {
    let update = Entity::update_many()
        .col_expr(Column::SignInsLeft, Expr::value(1_i64))
        .col_expr(Column::PasswordEndsAt, Expr::value(ends_at))
        .col_expr(Column::AddedById, Expr::value(by.map(|by| by.0)));
    update.filter(Column::Id.eq(id.0)).exec(tx.db()).await?;
    Ok(())
}

/// The organization that made the account and may renew its given password; nothing for people who signed up themselves.
pub(crate) async fn added_by(db: &impl ConnectionTrait, id: UserId) -> Result<Option<OrganizationId>> {
    let found: Option<Option<Uuid>> = Entity::find_by_id(id.0).select_only().column(Column::AddedById).into_tuple().one(db).await?;
    Ok(found.flatten().map(OrganizationId))
}

/// Those of these people whose password somebody else has given them, and who have not chosen their own yet.
pub(crate) async fn with_given_passwords(db: &impl ConnectionTrait, ids: &[UserId]) -> Result<Vec<UserId>> {
    let wanted = Entity::find().filter(Column::Id.is_in(ids.iter().map(|id| id.0))).filter(Column::SignInsLeft.is_not_null());
    let found: Vec<Uuid> = wanted.select_only().column(Column::Id).into_tuple().all(db).await?;
    Ok(found.into_iter().map(UserId).collect())
}

/// Takes one from the sign-ins for which the password is good; nothing when none is left or its time is over. Answers whether
/// the password was given by somebody else.
pub(crate) async fn spend_sign_in(tx: &Tx, id: UserId) -> Result<Option<bool>> {
    let in_time = Condition::any().add(Column::PasswordEndsAt.is_null()).add(Column::PasswordEndsAt.gt(tx.ctx().now()));
    let given = Condition::all().add(Column::SignInsLeft.gt(0)).add(in_time);
    let spend = Entity::update_many().col_expr(Column::SignInsLeft, ExprTrait::sub(Expr::col(Column::SignInsLeft), 1));
    if spend.filter(Column::Id.eq(id.0)).filter(given).exec(tx.db()).await?.rows_affected == 1 {
        return Ok(Some(true));
    }
    let is_own = Entity::find_by_id(id.0).filter(Column::SignInsLeft.is_null()).count(tx.db()).await? == 1;
    Ok(is_own.then_some(false))
}

/// Replaces the password's hash, if nobody else has meanwhile. The new one is good for any number of sign-ins.
pub(crate) async fn set_password(tx: &Tx, id: UserId, version: i64, password_hash: String) -> Result<()> {
    let updated = Entity::update_many()
        .col_expr(Column::PasswordHash, Expr::value(password_hash))
        .col_expr(Column::SignInsLeft, Expr::value(Option::<i64>::None))
        .col_expr(Column::PasswordEndsAt, Expr::value(Option::<DateTimeUtc>::None))
        .col_expr(Column::Version, Expr::value(version + 1))
        .filter(Column::Id.eq(id.0))
        .filter(Column::Version.eq(version))
        .exec(tx.db())
        .await?;
    if updated.rows_affected == 1 { Ok(()) } else { Err(Error::refused(Code::Conflict)) }
}
