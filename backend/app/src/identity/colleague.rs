//! Colleagues: an administrator makes accounts for the people of its organization.

use super::account::give_role;
use super::enrolment::{GIVEN_LASTS, new_password, replace_password};
use super::password::hash_in_turn;
use super::session::check_attempts;
use crate::store::Tx;
use crate::store::identity::{account, membership};
use crate::{App, Context, Error, Result};
use domain::ident::{MembershipId, OrganizationId, UserId};
use domain::identity::permission::{Action, Scope};
use domain::identity::role::Role;
use domain::identity::user::{User, check_renewal, parse_login};
use domain::language::{Language, LocalText};
use domain::oversight::event::{Event, Visibility};
use domain::refusal::{Code, Refusal, Refusals, check_text};
use secrecy::SecretString;
use serde::Serialize;

/// Somebody who is to join an organization.
#[derive(Clone, Debug)]
pub struct Colleague {
    /// The login.
    pub login: String,
    /// The person's name.
    pub name: LocalText,
    /// The first role.
    pub role: Role,
    /// The language for mail.
    pub language: Language,
}

/// Makes an account with a role in the organization for which the actor acts. Answers the account and a password for one sign-in, in which
/// its owner chooses another; only its hash is kept, so that it can't be told again.
///
/// # Errors
/// `Forbidden` for those who are no administrators of it; `LOGIN_TAKEN` and what else is wrong at `login`, `name.zh`,
/// `name.en`; `NOT_ALLOWED` at `role` when the organization's kind has no such role; `TOO_MANY_ATTEMPTS`; `ANSWERED_ONCE`
/// for the same request under the same idempotency key.
pub async fn add(app: &App, ctx: &Context, input: Colleague) -> Result<(User, SecretString)> {
    let person = ctx.person()?.clone();
    ctx.allow(Action::AddColleague, &Scope::owned_by(person.organization))?;
    let mut refusals = Refusals::default();
    let login = refusals.take("login", parse_login(&input.login));
    let zh = refusals.take("name.zh", check_text(&input.name.zh, true, 60));
    let en = refusals.take("name.en", check_text(&input.name.en, false, 60));
    if !person.organization_kind.roles().contains(&input.role) {
        refusals.push(Refusal::at(Code::NotAllowed, "role"));
    }
    refusals.into_result()?;
    let (Some(login), Some(zh), Some(en)) = (login, zh, en) else { return Err(Error::refused(Code::Required)) };
    // No login has a space in it: this counts nobody's sign-ins.
    check_attempts(app, &format!("colleague of {}", person.organization))?;
    let name = LocalText { zh, en };
    let user = User { id: ctx.new_id(), version: 1, login, name, language: input.language, registered_at: ctx.now() };
    let one_time = new_password(ctx);
    let password_hash = hash_in_turn(app, ctx, one_time.clone()).await?;
    let said = (person.organization, user.login.clone(), user.name.clone(), input.role, user.language);
    let made = user.clone();
    let added = app.store.write_once(ctx, "addColleague", Newcomer { said, user, password_hash }, take_in).await?;
    // Another number is that of the first time: what was told then is kept nowhere.
    if added == made.id { Ok((made, one_time)) } else { Err(Error::refused(Code::AnsweredOnce)) }
}

/// A colleague on its way in. What idempotency compares is what was said, and what it keeps is the account's number: neither
/// holds the password or its hash.
#[derive(Clone, Serialize)]
struct Newcomer {
    said: (OrganizationId, String, LocalText, Role, Language),
    #[serde(skip)]
    user: User,
    #[serde(skip)]
    password_hash: String,
}

async fn take_in(tx: Tx, Newcomer { said, user, password_hash }: Newcomer) -> Result<UserId> {
    let (organization, _, _, role, _) = said;
    account::insert(&tx, &user, password_hash).await?;
    account::mark_given(&tx, user.id, Some(organization), tx.ctx().now() + GIVEN_LASTS).await?;
    let added = Event::new("user.added", UserId::KIND, user.id.0, Visibility::Parties, &());
    tx.record(added.with_parties([organization.0])).await?;
    give_role(&tx, user.id, organization, role).await?;
    Ok(user.id)
}

/// Gives a colleague another password for one sign-in, because the first was lost; the first is good no more. Only the
/// organization that made the account does so, and only as [`check_renewal`] says.
///
/// # Errors
/// `Forbidden` for those who are no administrators of the colleague's organization; `NotFound` for a role elsewhere or one that
/// is gone; `PASSWORD_CHOSEN`, `ACCOUNT_OF_OTHERS`; `TOO_MANY_ATTEMPTS`; `CONFLICT`.
pub async fn renew_password(app: &App, ctx: &Context, id: MembershipId) -> Result<(User, SecretString)> {
    let own = ctx.person()?.organization;
    ctx.allow(Action::AddColleague, &Scope::owned_by(own))?;
    let db = app.store.reader();
    let held = membership::of_organization(db, own).await?.into_iter().find(|held| held.id == id).ok_or(Error::NotFound)?;
    // Read before the question whether it is chosen: choosing one raises the account's version.
    let (user, _) = account::by_id(db, held.user).await?.ok_or(Error::NotFound)?;
    let has_chosen = account::with_given_passwords(db, &[held.user]).await?.is_empty();
    let works_for: Vec<_> = membership::of_user(db, held.user).await?.into_iter().map(|held| held.organization).collect();
    check_renewal(own, account::added_by(db, held.user).await?, has_chosen, &works_for)?;
    check_attempts(app, &format!("colleague of {own}"))?;
    let one_time = new_password(ctx);
    let hash = hash_in_turn(app, ctx, one_time.clone()).await?;
    let renewed = app.store.write(ctx, (user, hash, own), |tx, (user, hash, own)| async move {
        replace_password(&tx, &user, hash, Some(own)).await?;
        Ok(user)
    });
    Ok((renewed.await?, one_time))
}
