//! Accounts: sign up with an organization, change the password.

use super::password::{hash_in_turn, is_password};
use super::session::check_attempts;
use crate::store::Tx;
use crate::store::identity::{account, membership, organization, session};
use crate::{App, Context, Error, Result};
use domain::ident::{MembershipId, OrganizationId, UserId};
use domain::identity::organization::{Organization, OrganizationKind, Registration};
use domain::identity::permission::{Action, Scope};
use domain::identity::role::Role;
use domain::identity::user::{User, check_password, parse_login};
use domain::language::{Language, LocalText};
use domain::oversight::event::{Event, Visibility};
use domain::refusal::{Code, Refusal, Refusals, check_text};
use secrecy::{ExposeSecret, SecretString};
use serde::Serialize;

pub use super::password::hash_password;

/// What a newcomer types.
#[derive(Clone, Debug)]
pub struct SignUp {
    /// The login.
    pub login: String,
    /// The password.
    pub password: SecretString,
    /// The person's name.
    pub name: LocalText,
    /// The language for mail.
    pub language: Language,
    /// The organization.
    pub organization: Registration,
}

/// Registers an organization with its first person, who administers it and does its daily work. Sent again under the same
/// key it answers as before; the password is then neither compared nor changed.
///
/// # Errors
/// `LOGIN_TAKEN`, `CREDIT_CODE_TAKEN`, and everything that the registration says; `TOO_MANY_ATTEMPTS`.
pub async fn sign_up(app: &App, ctx: &Context, input: SignUp) -> Result<(User, Organization)> {
    ctx.allow(Action::SignIn, &Scope::market())?;
    let mut refusals = Refusals::default();
    let login = refusals.take("login", parse_login(&input.login));
    refusals.take("password", check_password(input.password.expose_secret(), input.login.trim()));
    let name_zh = refusals.take("name.zh", check_text(&input.name.zh, true, 60));
    let name_en = refusals.take("name.en", check_text(&input.name.en, false, 60));
    let kind = input.organization.kind;
    if !matches!(kind, None | Some(OrganizationKind::Buyer | OrganizationKind::Agency | OrganizationKind::Supplier)) {
        refusals.push(Refusal::at(Code::NotAllowed, "organization.kind"));
    }
    let registered = input.organization.clone().register(ctx.new_id(), ctx.now());
    let organization = match registered {
        Ok(organization) => Some(organization),
        Err(more) => {
            more.0.into_iter().for_each(|refusal| refusals.push(refusal.under("organization")));
            None
        }
    };
    refusals.into_result()?;
    let (Some(organization), Some(login), Some(zh), Some(en)) = (organization, login, name_zh, name_en) else {
        return Err(Error::refused(Code::Required));
    };
    let user = User {
        id: ctx.new_id(),
        version: 1,
        login,
        name: LocalText { zh, en },
        language: input.language,
        registered_at: ctx.now(),
    };
    let said = (user.login.clone(), user.name.clone(), user.language, input.organization);
    let password_hash = hash_in_turn(app, ctx, input.password).await?;
    app.store.write_once(ctx, "signUp", Newcomer { said, user, organization, password_hash }, take_in).await
}

/// A newcomer on its way in. What idempotency compares is what was said: numbers and times are new each time, and no
/// quick hash of a password is kept anywhere.
#[derive(Clone, Serialize)]
struct Newcomer {
    said: (String, LocalText, Language, Registration),
    #[serde(skip)]
    user: User,
    #[serde(skip)]
    organization: Organization,
    #[serde(skip)]
    password_hash: String,
}

async fn take_in(tx: Tx, Newcomer { user, organization, password_hash, .. }: Newcomer) -> Result<(User, Organization)> {
    let roles = match organization.kind {
        OrganizationKind::Buyer | OrganizationKind::Agency => [Role::Administrator, Role::Officer],
        _ => [Role::Administrator, Role::Seller],
    };
    organization::insert(&tx, &organization).await.map_err(|error| under(error, "organization"))?;
    account::insert(&tx, &user, password_hash).await?;
    let id = organization.id.0;
    tx.record(Event::new("organization.registered", OrganizationId::KIND, id, Visibility::Public, &organization)).await?;
    for role in roles {
        give_role(&tx, user.id, organization.id, role).await?;
    }
    Ok((user, organization))
}

/// Gives somebody a role, and records it. Refuses what would put a person on both sides of a purchase.
pub(super) async fn give_role(tx: &Tx, user: UserId, organization: OrganizationId, role: Role) -> Result<()> {
    check_sides(tx, user, organization).await?;
    let membership = membership::insert(tx, user, organization, role).await?;
    let granted = Event::new("role.granted", MembershipId::KIND, membership.0, Visibility::Parties, &(user, role));
    tx.record(granted.with_parties([organization.0])).await
}

/// Judges whether a person with the roles that it holds may hold one in `joined` too.
///
/// # Errors
/// `MEMBER_ELSEWHERE` at `login`; `NotFound` when there is no such organization.
async fn check_sides(tx: &Tx, user: UserId, joined: OrganizationId) -> Result<()> {
    let mut ids: Vec<_> = membership::of_user(tx.db(), user).await?.into_iter().map(|held| held.organization).collect();
    ids.push(joined);
    let (joined, held): (Vec<_>, Vec<_>) =
        organization::by_ids(tx.db(), &ids).await?.into_iter().partition(|organization| organization.id == joined);
    let joined = joined.first().ok_or(Error::NotFound)?;
    Ok(joined.check_sides(&held).map_err(|refusal| refusal.under("login"))?)
}

/// What the platform writes when it fills an empty market: an account with roles in organizations that are there.
#[derive(Clone, Debug)]
pub struct Enrolment {
    /// The login.
    pub login: String,
    /// The name.
    pub name: LocalText,
    /// The language for mail.
    pub language: Language,
    /// The password's hash, made once for all.
    pub password_hash: String,
    /// Roles in organizations.
    pub roles: Vec<(OrganizationId, Role)>,
}

/// Adds organizations and accounts in one write. Only the platform does this: demo market, command line.
///
/// # Errors
/// `Forbidden` for anybody else; `LOGIN_TAKEN`, `CREDIT_CODE_TAKEN`.
pub async fn enrol(app: &App, ctx: &Context, organizations: Vec<Organization>, people: Vec<Enrolment>) -> Result<Vec<User>> {
    if !matches!(ctx.actor, domain::identity::actor::Actor::Platform) {
        return Err(Error::Forbidden);
    }
    app.store
        .write(ctx, (organizations, people), |tx, (organizations, people)| async move {
            for organization in &organizations {
                organization::insert(&tx, organization).await?;
                let id = organization.id.0;
                tx.record(Event::new("organization.registered", OrganizationId::KIND, id, Visibility::Public, organization))
                    .await?;
            }
            let mut users = Vec::with_capacity(people.len());
            for person in people {
                let user = User {
                    id: tx.ctx().new_id(),
                    version: 1,
                    login: parse_login(&person.login)?,
                    name: person.name,
                    language: person.language,
                    registered_at: tx.ctx().now(),
                };
                account::insert(&tx, &user, person.password_hash).await?;
                for (organization, role) in person.roles {
                    give_role(&tx, user.id, organization, role).await?;
                }
                users.push(user);
            }
            Ok(users)
        })
        .await
}

/// Changes the actor's password and ends all its other sessions.
///
/// # Errors
/// `PASSWORD_WRONG`, `PASSWORD_TOO_WEAK`, `PASSWORD_UNCHANGED`, `TOO_MANY_ATTEMPTS`, `Unauthenticated`.
pub async fn change_password(app: &App, ctx: &Context, present: SecretString, new: SecretString) -> Result<()> {
    let person = ctx.person()?.clone();
    ctx.allow(Action::ChangeOwnAccount, &Scope::market().with_named([person.user]))?;
    let (user, hash) = account::by_id(app.store.reader(), person.user).await?.ok_or(Error::Unauthenticated)?;
    check_attempts(app, &user.login)?;
    let is_same = present.expose_secret() == new.expose_secret();
    if !is_password(app, present, hash).await? {
        return Err(Refusal::at(Code::PasswordWrong, "presentPassword").into());
    }
    check_password(new.expose_secret(), &user.login).map_err(|refusal| refusal.under("newPassword"))?;
    // Who gave the present one knows it.
    if is_same {
        return Err(Refusal::at(Code::PasswordUnchanged, "newPassword").into());
    }
    let hash = hash_in_turn(app, ctx, new).await?;
    app.store
        .write(ctx, (user, person.session, hash), |tx, (user, present, hash)| async move {
            account::set_password(&tx, user.id, user.version, hash).await?;
            session::set_free(&tx, present).await?;
            session::end(&tx, user.id, session::Which::AllBut(present), "password changed").await?;
            tx.record(Event::new("user.password_changed", UserId::KIND, user.id.0, Visibility::Own, &())).await
        })
        .await
}

/// The account of the actor.
///
/// # Errors
/// `Unauthenticated`.
pub async fn viewer(app: &App, ctx: &Context) -> Result<User> {
    let (user, _) = account::by_id(app.store.reader(), ctx.person()?.user).await?.ok_or(Error::Unauthenticated)?;
    Ok(user)
}

/// The accounts with these ids: their names stand beside what they did.
///
/// # Errors
/// When the store does not answer.
pub async fn users(app: &App, ids: &[UserId]) -> Result<Vec<User>> {
    account::by_ids(app.store.reader(), ids).await
}

/// Puts the paths of refusals under a parent.
pub(super) fn under(error: Error, parent: &str) -> Error {
    match error {
        Error::Refused(refusals) => Error::Refused(refusals.into_iter().map(|refusal| refusal.under(parent)).collect()),
        other => other,
    }
}
