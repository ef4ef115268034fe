//! What only the marketplace itself does, on the word of whoever runs its machine: enrol the bodies that can't sign up by
//! themselves, with their first person, and give somebody a password anew.

use crate::identity::account::{give_role, under};
use crate::identity::password::hash_password;
use crate::store::Tx;
use crate::store::identity::session::Which;
use crate::store::identity::{account, membership, organization, session};
use crate::{App, Context, Error, Result};
use chrono::TimeDelta;
use domain::ident::{OrganizationId, UserId};
use domain::identity::credit_code::CreditCode;
use domain::identity::organization::{Organization, OrganizationKind, Registration};
use domain::identity::permission::{Action, Scope};
use domain::identity::role::Role;
use domain::identity::user::{User, check_password, parse_login};
use domain::language::{Language, LocalText};
use domain::oversight::event::{Event, Visibility};
use domain::refusal::{Code, Refusal, Refusals, check_text};
use secrecy::{ExposeSecret as _, SecretString};

/// How long a password that was given by somebody else is good for its one sign-in.
pub(super) const GIVEN_LASTS: TimeDelta = TimeDelta::days(14);
/// The letters of a password that we make: none that is taken for another.
const LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";

/// A body that can't sign up by itself, and its first person.
#[derive(Clone, Debug)]
pub struct Enrolled {
    /// The platform or a supervisor.
    pub organization: Registration,
    /// The person's login.
    pub login: String,
    /// The person's name.
    pub name: LocalText,
    /// The language for mail.
    pub language: Language,
    /// A password for one sign-in.
    pub one_time_password: SecretString,
}

/// The roles of the first person in a body of this kind; none where people sign up by themselves.
const fn first_roles(kind: OrganizationKind) -> &'static [Role] {
    match kind {
        OrganizationKind::Platform => &[Role::Administrator, Role::Operator],
        OrganizationKind::Supervisor => &[Role::Administrator, Role::Supervisor],
        OrganizationKind::Buyer | OrganizationKind::Agency | OrganizationKind::Supplier => &[],
    }
}

/// Enrols the platform's own organization, or a supervisor, with the first person, who administers it.
///
/// # Errors
/// `Forbidden` for everybody but the marketplace; `NOT_ALLOWED` at `organization.kind` for buyers and suppliers, who sign up
/// by themselves; `LOGIN_TAKEN`, `CREDIT_CODE_TAKEN`, and everything that the registration says.
pub async fn enrol(app: &App, ctx: &Context, input: Enrolled) -> Result<(User, Organization)> {
    ctx.allow(Action::RunMachine, &Scope::market())?;
    let mut refusals = Refusals::default();
    let login = refusals.take("login", parse_login(&input.login));
    refusals.take("password", check_password(input.one_time_password.expose_secret(), input.login.trim()));
    let zh = refusals.take("name.zh", check_text(&input.name.zh, true, 60));
    let en = refusals.take("name.en", check_text(&input.name.en, false, 60));
    let roles = input.organization.kind.map_or(&[][..], first_roles);
    if roles.is_empty() {
        refusals.push(Refusal::at(Code::NotAllowed, "organization.kind"));
    }
    let registered = input.organization.register(ctx.new_id(), ctx.now());
    let organization = registered.map_err(|more| more.0.into_iter().for_each(|refusal| refusals.push(refusal.under("organization"))));
    refusals.into_result()?;
    let (Ok(organization), Some(login), Some(zh), Some(en)) = (organization, login, zh, en) else {
        return Err(Error::refused(Code::Required));
    };
    let name = LocalText { zh, en };
    let user = User { id: ctx.new_id(), version: 1, login, name, language: input.language, registered_at: ctx.now() };
    let hash = hash_password(ctx, input.one_time_password).await?;
    app.store
        .write(ctx, (user, organization, hash), move |tx, (user, organization, hash)| async move {
            organization::insert(&tx, &organization).await.map_err(|error| under(error, "organization"))?;
            account::insert(&tx, &user, hash).await?;
            account::mark_given(&tx, user.id, None, tx.ctx().now() + GIVEN_LASTS).await?;
            let id = organization.id.0;
            tx.record(Event::new("organization.registered", OrganizationId::KIND, id, Visibility::Public, &organization)).await?;
            for role in roles {
                give_role(&tx, user.id, organization.id, *role).await?;
            }
            Ok((user, organization))
        })
        .await
}

/// Gives a person a new password that is good for one sign-in, and ends all sessions.
///
/// # Errors
/// `Forbidden` for everybody but the marketplace; `NOT_FOUND` at `login`, `PASSWORD_TOO_WEAK` at `password`, `CONFLICT`.
pub async fn reset_password(app: &App, ctx: &Context, login: &str, one_time: SecretString) -> Result<User> {
    ctx.allow(Action::RunMachine, &Scope::market())?;
    let found = account::by_login(app.store.reader(), &login.trim().to_lowercase()).await?;
    let (user, _) = found.ok_or_else(|| Refusal::at(Code::NotFound, "login"))?;
    check_password(one_time.expose_secret(), &user.login).map_err(|refusal| refusal.under("password"))?;
    let hash = hash_password(ctx, one_time).await?;
    app.store
        .write(ctx, (user, hash), |tx, (user, hash)| async move {
            replace_password(&tx, &user, hash, None).await?;
            Ok(user)
        })
        .await
}

/// Puts a password for one sign-in in the place of a person's own, ends all sessions, and records it. `by` is the
/// organization that renews it; nothing when whoever runs the machine resets it, after which no organization renews it.
pub(super) async fn replace_password(tx: &Tx, user: &User, hash: String, by: Option<OrganizationId>) -> Result<()> {
    account::set_password(tx, user.id, user.version, hash).await?;
    account::mark_given(tx, user.id, by, tx.ctx().now() + GIVEN_LASTS).await?;
    session::end(tx, user.id, Which::All, "password reset").await?;
    let parties = membership::of_user(tx.db(), user.id).await?.into_iter().map(|membership| membership.organization.0);
    let name = if by.is_some() { "user.password_renewed" } else { "user.password_reset" };
    let event = Event::new(name, UserId::KIND, user.id.0, Visibility::Parties, &());
    tx.record(event.with_parties(parties)).await
}

/// Gives somebody a role in an organization in which the person works not yet: an administrator gives roles to its own people
/// only, and who they are elsewhere is not told to it.
///
/// # Errors
/// `Forbidden` for everybody but the marketplace; `NOT_FOUND` at `login` or `organization`; `NOT_ALLOWED` at `role` when the
/// organization's kind has no such role; `MEMBER_ELSEWHERE` at `login` for somebody who works on the other side of a purchase.
pub async fn give_role_to(app: &App, ctx: &Context, login: &str, credit_code: &str, role: Role) -> Result<()> {
    ctx.allow(Action::RunMachine, &Scope::market())?;
    let db = app.store.reader();
    let found = account::by_login(db, &login.trim().to_lowercase()).await?;
    let (user, _) = found.ok_or_else(|| Refusal::at(Code::NotFound, "login"))?;
    let code = CreditCode::parse(credit_code).map_err(|refusal| refusal.under("organization"))?;
    let found = organization::by_credit_code(db, &code).await?;
    let organization = found.ok_or_else(|| Refusal::at(Code::NotFound, "organization"))?;
    if !organization.kind.roles().contains(&role) {
        return Err(Refusal::at(Code::NotAllowed, "role").into());
    }
    app.store
        .write(ctx, (user.id, organization.id, role), |tx, (user, organization, role)| async move {
            let held = membership::of_user(tx.db(), user).await?;
            if held.iter().any(|held| held.organization == organization && held.role == role) {
                return Ok(());
            }
            give_role(&tx, user, organization, role).await
        })
        .await
}

/// A password for one sign-in: four groups of five letters, a hundred bits by chance.
pub fn new_password(ctx: &Context) -> SecretString {
    let letters = ctx.chance().bytes::<20>().map(|byte| char::from(LETTERS[usize::from(byte % 32)]));
    let groups: Vec<String> = letters.chunks(5).map(|group| group.iter().collect()).collect();
    groups.join("-").into()
}
