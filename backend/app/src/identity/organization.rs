//! Organizations: read by everybody, registered by newcomers.

use crate::store::identity::{membership, organization};
use crate::{App, Context, Error, Result};
use domain::ident::OrganizationId;
use domain::identity::organization::Organization;
use domain::identity::permission::{Action, Scope};

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

/// Who is what in the organization for which the actor acts, with their names.
///
/// # Errors
/// `Unauthenticated`, `Forbidden` for those who are no administrators of it.
pub async fn memberships(app: &App, ctx: &Context) -> Result<Vec<(Membership, domain::identity::user::User)>> {
    let own = ctx.person()?.organization;
    ctx.allow(Action::ManageMemberships, &Scope::owned_by(own))?;
    let memberships = membership::of_organization(app.store.reader(), own).await?;
    let ids: Vec<_> = memberships.iter().map(|membership| membership.user).collect();
    let users = crate::store::identity::account::by_ids(app.store.reader(), &ids).await?;
    Ok(memberships
        .into_iter()
        .filter_map(|membership| {
            let user = users.iter().find(|user| user.id == membership.user)?.clone();
            Some((membership, user))
        })
        .collect())
}
