//! Organizations: read by everybody, registered by newcomers.

use crate::identity::account::give_role;
use crate::identity::session::check_attempts;
use crate::store::identity::{account, membership, organization};
use crate::{App, Context, Error, Result};
use domain::ident::{MembershipId, OrganizationId, UserId};
use domain::identity::credit_code::CreditCode;
use domain::identity::organization::{Organization, OrganizationKind};
use domain::identity::permission::{Action, Scope};
use domain::identity::role::Role;
use domain::oversight::event::{Event, Visibility};
use domain::identity::user::User;
use domain::refusal::{Code, Refusal};

pub use crate::store::identity::membership::Membership;

/// The organization with this id.
///
/// # Errors
/// `NotFound`.
pub async fn organization(app: &App, ctx: &Context, id: OrganizationId) -> Result<Organization> {
    organizations(app, ctx, &[id]).await?.pop().ok_or(Error::NotFound)
}

/// The organizations with these ids, in any order; unknown ids are left out.
///
/// # Errors
/// When the store does not answer.
pub async fn organizations(app: &App, ctx: &Context, ids: &[OrganizationId]) -> Result<Vec<Organization>> {
    ctx.allow(Action::ReadOrganization, &Scope::market())?;
    organization::by_ids(app.store.reader(), ids).await
}

/// The supplier with this unified social credit code.
///
/// # Errors
/// At `supplier`: `CREDIT_CODE_INVALID`, and `NOT_FOUND` for a code that is nobody's or another kind of organization's.
pub async fn supplier_by_credit_code(app: &App, ctx: &Context, code: &str) -> Result<Organization> {
    ctx.allow(Action::ReadOrganization, &Scope::market())?;
    let code = CreditCode::parse(code).map_err(|refusal| refusal.under("supplier"))?;
    let found = organization::by_credit_code(app.store.reader(), &code).await?;
    let supplier = found.filter(|organization| organization.kind == OrganizationKind::Supplier);
    supplier.ok_or_else(|| Refusal::at(Code::NotFound, "supplier").into())
}

/// Somebody's role in an organization.
#[derive(Clone, Debug)]
pub struct Member {
    /// The role.
    pub membership: Membership,
    /// Who.
    pub user: User,
    /// The other organizations in which the person holds a role: the login works for them too.
    pub elsewhere: Vec<Organization>,
    /// Whether the person has chosen its password; else the one that it was given can be renewed.
    pub has_chosen_password: bool,
}

/// Who is what in the organization for which the actor acts, with their names and where else they work.
///
/// # Errors
/// `Unauthenticated`, `Forbidden` for those who are no administrators of it.
pub async fn memberships(app: &App, ctx: &Context) -> Result<Vec<Member>> {
    let own = ctx.person()?.organization;
    ctx.allow(Action::ManageMemberships, &Scope::owned_by(own))?;
    let db = app.store.reader();
    let memberships = membership::of_organization(db, own).await?;
    let ids: Vec<_> = memberships.iter().map(|membership| membership.user).collect();
    let (users, all, given) =
        futures::try_join!(account::by_ids(db, &ids), membership::of_users(db, &ids), account::with_given_passwords(db, &ids))?;
    let mut others: Vec<_> = all.iter().map(|held| held.organization).filter(|other| *other != own).collect();
    others.sort_unstable();
    others.dedup();
    let others = organization::by_ids(db, &others).await?;
    let elsewhere = |user: UserId| {
        let works = |other: &Organization| all.iter().any(|held| held.user == user && held.organization == other.id);
        others.iter().filter(|other| works(other)).cloned().collect()
    };
    Ok(memberships
        .into_iter()
        .filter_map(|membership| {
            let user = users.iter().find(|user| user.id == membership.user)?.clone();
            Some(Member { elsewhere: elsewhere(user.id), has_chosen_password: !given.contains(&user.id), membership, user })
        })
        .collect())
}

/// Gives one of its people, named by login, a role in the organization for which the actor acts. Giving it again changes
/// nothing. Who works elsewhere only is nobody here: neither that there is such a login nor whose it is is told.
///
/// # Errors
/// `Forbidden` for those who are no administrators of it; `NOT_FOUND` at `login` for all but its own people; `NOT_ALLOWED` at
/// `role` when the organization's kind has no such role; `SAME_PERSON` for a role given to oneself; `TOO_MANY_ATTEMPTS`.
pub async fn grant_role(app: &App, ctx: &Context, login: &str, role: Role) -> Result<()> {
    let person = ctx.person()?.clone();
    ctx.allow(Action::ManageMemberships, &Scope::owned_by(person.organization))?;
    if !person.organization_kind.roles().contains(&role) {
        return Err(Refusal::at(Code::NotAllowed, "role").into());
    }
    // No login has a space in it: this counts nobody's sign-ins.
    check_attempts(app, &format!("roles of {}", person.organization))?;
    let db = app.store.reader();
    let nobody = || Error::from(Refusal::at(Code::NotFound, "login"));
    let (user, _) = account::by_login(db, &login.trim().to_lowercase()).await?.ok_or_else(nobody)?;
    let works_here = membership::of_user(db, user.id).await?.iter().any(|held| held.organization == person.organization);
    if !works_here && account::added_by(db, user.id).await? != Some(person.organization) {
        return Err(nobody());
    }
    if user.id == person.user {
        return Err(Refusal::at(Code::SamePerson, "login").into());
    }
    app.store
        .write_once(ctx, "grantRole", (user.id, person.organization, role), |tx, (user, organization, role)| async move {
            let held = membership::of_user(tx.db(), user).await?;
            if held.iter().any(|held| held.organization == organization && held.role == role) {
                return Ok(());
            }
            give_role(&tx, user, organization, role).await
        })
        .await
}

/// Takes a role in the organization for which the actor acts. Who holds it has it no longer from the next request on.
///
/// # Errors
/// `Forbidden` for those who are no administrators of it; `NotFound` for a role elsewhere or one that is gone;
/// `LAST_ADMINISTRATOR` when nobody would be left to manage it.
pub async fn revoke_role(app: &App, ctx: &Context, id: MembershipId) -> Result<()> {
    let own = ctx.person()?.organization;
    ctx.allow(Action::ManageMemberships, &Scope::owned_by(own))?;
    app.store
        .write_once(ctx, "revokeRole", (id, own), |tx, (id, own)| async move {
            let held = membership::of_organization(tx.db(), own).await?;
            let taken = held.iter().find(|held| held.id == id).ok_or(Error::NotFound)?;
            let administrators = held.iter().filter(|held| held.role == Role::Administrator).count();
            if taken.role == Role::Administrator && administrators == 1 {
                return Err(Error::refused(Code::LastAdministrator));
            }
            if !membership::delete(&tx, id).await? {
                return Err(Error::NotFound);
            }
            let event = Event::new("role.revoked", MembershipId::KIND, id.0, Visibility::Own, &(taken.user, taken.role));
            tx.record(event).await
        })
        .await
}

/// The organizations in which the actor holds a role, and for which it may act.
///
/// # Errors
/// `Unauthenticated`.
pub async fn own_organizations(app: &App, ctx: &Context) -> Result<Vec<Organization>> {
    let held = membership::of_user(app.store.reader(), ctx.person()?.user).await?;
    let mut ids: Vec<_> = held.into_iter().map(|held| held.organization).collect();
    ids.sort_unstable();
    ids.dedup();
    organizations(app, ctx, &ids).await
}
