//! Sessions: sign in, renew, act for another organization, sign out.

use crate::identity::password::is_password;
use crate::identity::token::RefreshToken;
use crate::jobs::NewJob;
use crate::store::identity::session::{Session, Which};
use crate::store::identity::{account, membership, organization, session};
use crate::{App, Context, Error, Result};
use chrono::{DateTime, TimeDelta, Utc};
use domain::ident::{OrganizationId, SessionId};
use domain::identity::actor::{Actor, Person};
use domain::identity::permission::{Action, Scope};
use domain::identity::user::parse_login;
use domain::oversight::event::{Event, Visibility};
use domain::refusal::{Code, Refusal};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use secrecy::SecretString;
use std::num::NonZeroU32;
use std::sync::atomic::{AtomicU32, Ordering};

/// How long a session lasts without being renewed.
const SESSION_LASTS: TimeDelta = TimeDelta::days(14);
/// A hash of nothing, checked when a login is unknown, so that the time taken tells nothing.
const NO_HASH: &str = "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$h7K0mHPbxQqMhxHuAxNk2jJcCvCh4y7CWYHwbjuuFvQ";

/// After so many attempts the logins that nobody has tried of late are forgotten.
const FORGET_EVERY: u32 = 1024;

/// Attempts by login: ten at once, then one every six seconds, for each.
pub(crate) struct SignInLimit {
    attempts: DefaultKeyedRateLimiter<String>,
    counted: AtomicU32,
}

impl Default for SignInLimit {
    fn default() -> Self {
        let attempts = RateLimiter::keyed(Quota::per_minute(NonZeroU32::MIN.saturating_add(9)));
        Self { attempts, counted: AtomicU32::new(0) }
    }
}

impl SignInLimit {
    /// Counts an attempt, and says whether it is one too many.
    fn is_over(&self, login: &str) -> bool {
        if self.counted.fetch_add(1, Ordering::Relaxed) % FORGET_EVERY == FORGET_EVERY - 1 {
            self.attempts.retain_recent();
            self.attempts.shrink_to_fit();
        }
        self.attempts.check_key(&login.to_owned()).is_err()
    }
}

/// Counts an attempt to tell the password of a login.
///
/// # Errors
/// `TOO_MANY_ATTEMPTS`.
pub(super) fn check_attempts(app: &App, login: &str) -> Result<()> {
    if app.sign_in_limit.is_over(login) { Err(Refusal::new(Code::TooManyAttempts).with("seconds", 6_i64).into()) } else { Ok(()) }
}

/// What a client holds after signing in.
#[derive(Clone, Debug)]
pub struct Tokens {
    /// The access token, to be sent as a bearer.
    pub access: SecretString,
    /// When it ends.
    pub access_expires_at: DateTime<Utc>,
    /// The refresh token, good once.
    pub refresh: SecretString,
    /// When it ends.
    pub refresh_expires_at: DateTime<Utc>,
    /// The person and for whom it acts.
    pub person: Person,
}

/// Signs in with login and password, to act for the person's first organization. With a password that somebody else has
/// given, the session holds no role until its owner has chosen another: whoever knows such a password acts for nobody.
///
/// # Errors
/// `SIGN_IN_FAILED`, whatever was wrong; `TOO_MANY_ATTEMPTS`.
pub async fn sign_in(app: &App, ctx: &Context, login: &str, password: SecretString) -> Result<Tokens> {
    ctx.allow(Action::SignIn, &Scope::market())?;
    // What can't be a login is nobody's: it is neither kept nor compared with anything.
    let login = parse_login(login).map_err(|_| Error::refused(Code::SignInFailed))?;
    check_attempts(app, &login)?;
    let found = account::by_login(app.store.reader(), &login).await?;
    let hash = found.as_ref().map_or(NO_HASH, |(_, hash)| hash).to_owned();
    let is_right = is_password(app, password, hash).await?;
    let (Some((user, _)), true) = (found, is_right) else {
        return Err(Error::refused(Code::SignInFailed));
    };
    let Some(first) = membership::of_user(app.store.reader(), user.id).await?.into_iter().next() else {
        return Err(Error::refused(Code::SignInFailed));
    };
    let id: SessionId = ctx.new_id();
    let token = RefreshToken::new(ctx, id, 1);
    let session = Session {
        id,
        user: user.id,
        organization: first.organization,
        token_hash: token.hash(),
        generation: 1,
        expires_at: ctx.now() + SESSION_LASTS,
        ended_at: None,
        is_begun_with_given_password: false,
    };
    let session = app
        .store
        .write(ctx, session, |tx, new| async move {
            let spent = account::spend_sign_in(&tx, new.user).await?;
            let is_begun_with_given_password = spent.ok_or_else(|| Error::refused(Code::SignInFailed))?;
            let new = Session { is_begun_with_given_password, ..new };
            session::insert(&tx, &new).await?;
            tx.enqueue(forget_job(new.id, new.expires_at)).await?;
            tx.record(Event::new("session.started", SessionId::KIND, new.id.0, Visibility::Own, &new.user)).await?;
            Ok(new)
        })
        .await?;
    tokens(app, ctx, &session, &token).await
}

/// Exchanges a refresh token for the next pair. An old one used again ends the whole family: it was stolen, either then
/// or now.
///
/// # Errors
/// `TOKEN_REUSED`, `SESSION_ENDED`.
pub async fn refresh(app: &App, ctx: &Context, refresh: &str) -> Result<Tokens> {
    ctx.allow(Action::SignIn, &Scope::market())?;
    let presented = RefreshToken::parse(refresh).ok_or_else(|| Error::refused(Code::SessionEnded))?;
    let found = session::by_id(app.store.reader(), presented.session).await?;
    let Some(mut session) = found.filter(|session| session.ended_at.is_none() && session.expires_at > ctx.now()) else {
        return Err(Error::refused(Code::SessionEnded));
    };
    if presented.generation != session.generation || presented.hash() != session.token_hash {
        end_family(app, ctx, &session).await?;
        return Err(Error::refused(Code::TokenReused));
    }
    let next = RefreshToken::new(ctx, session.id, session.generation + 1);
    session.expires_at = ctx.now() + SESSION_LASTS;
    let input = (session.id, session.generation, next.hash(), session.expires_at);
    let rotated = app
        .store
        .write(ctx, input, |tx, (id, generation, hash, expires_at)| async move {
            session::rotate(&tx, id, generation, hash, expires_at).await
        })
        .await;
    match rotated {
        Ok(()) => tokens(app, ctx, &session, &next).await,
        // Somebody used the same token at the same moment.
        Err(error) if error.has_code(Code::Conflict) => {
            end_family(app, ctx, &session).await?;
            Err(Error::refused(Code::TokenReused))
        }
        Err(error) => Err(error),
    }
}

async fn end_family(app: &App, ctx: &Context, session: &Session) -> Result<()> {
    app.store
        .write(ctx, (session.id, session.user), |tx, (id, user)| async move {
            session::end(&tx, user, Which::Only(id), "token reused").await?;
            tx.record(Event::new("session.token_reused", SessionId::KIND, id.0, Visibility::Own, &user)).await
        })
        .await
}

/// How long an ended session is kept, so that its owner can see it.
const KEPT_AFTER_END: TimeDelta = TimeDelta::days(30);

fn forget_job(id: SessionId, ends_at: DateTime<Utc>) -> NewJob {
    NewJob::new(FORGET_SESSION, id.to_string(), &id).at(ends_at + KEPT_AFTER_END)
}

/// The kind of job that forgets a session.
pub(crate) const FORGET_SESSION: &str = "session.forget";

/// Forgets a session a month after its end: personal data goes when it is no longer needed (个人信息保护法第十九条).
/// One that has been renewed meanwhile is looked at again later.
pub(crate) async fn forget(app: &App, ctx: &Context, id: SessionId) -> Result<()> {
    app.store
        .write(ctx, id, |tx, id| async move {
            match session::forget(&tx, id, tx.ctx().now() - KEPT_AFTER_END).await? {
                Some(ends_at) => tx.enqueue(forget_job(id, ends_at)).await,
                None => Ok(()),
            }
        })
        .await
}

/// Ends the actor's session.
///
/// # Errors
/// `Unauthenticated`.
pub async fn sign_out(app: &App, ctx: &Context) -> Result<()> {
    let person = ctx.person()?.clone();
    app.store
        .write(ctx, person, |tx, person| async move {
            session::end(&tx, person.user, Which::Only(person.session), "signed out").await?;
            tx.record(Event::new("session.ended", SessionId::KIND, person.session.0, Visibility::Own, &person.user)).await
        })
        .await
}

/// Makes the actor's session act for another organization in which the person holds a role.
///
/// # Errors
/// `NotFound` when it holds none there, `Unauthenticated`.
pub async fn act_for(app: &App, ctx: &Context, organization: OrganizationId) -> Result<Tokens> {
    let person = ctx.person()?.clone();
    ctx.allow(Action::ChangeOwnAccount, &Scope::market().with_named([person.user]))?;
    let memberships = membership::of_user(app.store.reader(), person.user).await?;
    if !memberships.iter().any(|membership| membership.organization == organization) {
        return Err(Error::NotFound);
    }
    let current = session::by_id(app.store.reader(), person.session).await?.ok_or(Error::Unauthenticated)?;
    let next = RefreshToken::new(ctx, current.id, current.generation + 1);
    let input = (current.clone(), organization, next.hash());
    app.store
        .write(ctx, input, |tx, (current, organization, hash)| async move {
            session::rotate(&tx, current.id, current.generation, hash, current.expires_at).await?;
            session::act_for(&tx, current.id, organization).await?;
            let event = Event::new("session.acts_for", SessionId::KIND, current.id.0, Visibility::Own, &organization);
            tx.record(event).await
        })
        .await?;
    let session = Session { organization, ..current };
    tokens(app, ctx, &session, &next).await
}

/// The person behind an access token, with the roles that it holds now.
///
/// # Errors
/// `Unauthenticated` when the token is not good or its session has ended.
pub async fn authenticate(app: &App, ctx: &Context, access: &str) -> Result<Actor> {
    let claims = app.keys.check(ctx, &app.settings().public_url, access)?;
    let found = session::by_id(app.store.reader(), claims.sid).await?;
    let session = found.filter(|session| session.ended_at.is_none()).ok_or(Error::Unauthenticated)?;
    let person = person(app, &session, claims.org).await?;
    Ok(Actor::Person(person))
}

/// Who a long-lived connection belongs to by now: its session may have ended and its roles may have changed since it
/// was opened.
///
/// # Errors
/// `Unauthenticated` when the session has ended.
pub async fn reaffirm(app: &App, ctx: &Context) -> Result<Actor> {
    let Some(known) = ctx.actor.person() else { return Ok(ctx.actor.clone()) };
    let found = session::by_id(app.store.reader(), known.session).await?;
    let session = found.filter(|session| session.ended_at.is_none()).ok_or(Error::Unauthenticated)?;
    let person = person(app, &session, known.organization).await?;
    Ok(Actor::Person(person))
}

async fn person(app: &App, session: &Session, organization_id: OrganizationId) -> Result<Person> {
    let (db, user) = (app.store.reader(), session.user);
    let (memberships, organizations) =
        futures::try_join!(membership::of_user(db, user), async { organization::by_ids(db, &[organization_id]).await })?;
    let mut roles: Vec<_> = memberships
        .iter()
        .filter(|membership| membership.organization == organization_id)
        .map(|membership| membership.role)
        .collect();
    let organization = organizations.into_iter().next().filter(|_| !roles.is_empty()).ok_or(Error::Unauthenticated)?;
    if session.is_begun_with_given_password {
        roles.clear();
    }
    Ok(Person { user, organization: organization_id, organization_kind: organization.kind, roles, session: session.id })
}

async fn tokens(app: &App, ctx: &Context, session: &Session, refresh: &RefreshToken) -> Result<Tokens> {
    let person = person(app, session, session.organization).await?;
    let access = app.keys.issue(ctx, &app.settings().public_url, person.user, person.organization, person.session)?;
    Ok(Tokens {
        access: access.into(),
        access_expires_at: ctx.now() + crate::identity::token::ACCESS_LASTS,
        refresh: refresh.encode().into(),
        refresh_expires_at: session.expires_at,
        person,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn logins_of_long_ago_are_forgotten() {
        let limit = SignInLimit::default();
        let quota = Quota::per_second(NonZeroU32::new(1_000_000).unwrap());
        // Each is tried once: by the end of a round the first of them are as good as never tried.
        let quick = SignInLimit { attempts: RateLimiter::keyed(quota), ..SignInLimit::default() };
        for number in 0..10 * FORGET_EVERY {
            assert!(!quick.is_over(&format!("nobody-{number}")));
        }
        assert!(quick.attempts.len() <= FORGET_EVERY as usize, "{} are kept", quick.attempts.len());
        let over = (0..20).filter(|_| limit.is_over("wang")).count();
        assert_eq!(over, 10, "who is tried again and again is not forgotten");
    }
}
