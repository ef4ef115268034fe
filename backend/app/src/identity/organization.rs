//! Organizations: read by everybody, registered by newcomers.

use crate::store::identity::{account, membership, organization};
use crate::{App, Context, Error, Result};
use domain::ident::OrganizationId;
use domain::identity::credit_code::CreditCode;
use domain::identity::organization::{Organization, OrganizationKind};
use domain::identity::permission::{Action, Scope};
use domain::identity::role::Role;
use domain::ident::MembershipId;
use domain::oversight::event::{Event, Visibility};
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

/// Who is what in the organization for which the actor acts, with their names.
///
/// # Errors
/// `Unauthenticated`, `Forbidden` for those who are no administrators of it.
pub async fn memberships(app: &App, ctx: &Context) -> Result<Vec<(Membership, domain::identity::user::User)>> {
    let own = ctx.person()?.organization;
    ctx.allow(Action::ManageMemberships, &Scope::owned_by(own))?;
    let memberships = membership::of_organization(app.store.reader(), own).await?;
    let ids: Vec<_> = memberships.iter().map(|membership| membership.user).collect();
    let users = account::by_ids(app.store.reader(), &ids).await?;
    Ok(memberships
        .into_iter()
        .filter_map(|membership| {
            let user = users.iter().find(|user| user.id == membership.user)?.clone();
            Some((membership, user))
        })
        .collect())
}

/// Gives a person, named by login, a role in the organization for which the actor acts. Giving it again changes
/// nothing.
///
/// # Errors
/// `Forbidden` for those who are no administrators of it; `NOT_FOUND` at `login`; `NOT_ALLOWED` at `role` when the
/// organization's kind has no such role; `SAME_PERSON` for a role given to oneself.
pub async fn grant_role(app: &App, ctx: &Context, login: &str, role: Role) -> Result<()> {
    let person = ctx.person()?.clone();
    ctx.allow(Action::ManageMemberships, &Scope::owned_by(person.organization))?;
    if !person.organization_kind.roles().contains(&role) {
        return Err(Refusal::at(Code::NotAllowed, "role").into());
    }
    let found = account::by_login(app.store.reader(), &login.trim().to_lowercase()).await?;
    let (user, _) = found.ok_or_else(|| Refusal::at(Code::NotFound, "login"))?;
    if user.id == person.user {
        return Err(Refusal::at(Code::SamePerson, "login").into());
    }
    app.store
        .write_once(ctx, "grantRole", (user.id, person.organization, role), |tx, (user, organization, role)| async move {
            let held = membership::of_user(tx.db(), user).await?;
            if held.iter().any(|held| held.organization == organization && held.role == role) {
                return Ok(());
            }
            let id = membership::insert(&tx, user, organization, role).await?;
            let event = Event::new("role.granted", MembershipId::KIND, id.0, Visibility::Own, &(user, role));
            tx.record(event).await
        })
        .await
}
