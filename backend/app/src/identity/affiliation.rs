//! What a supplier states about who heads, holds and manages it: kept by its administrators, read by who judges its bids.

use crate::store::identity::{affiliation as kept, organization};
use crate::{App, Context, Error, Result};
use domain::ident::OrganizationId;
use domain::identity::affiliation::{Affiliation, Declaration};
use domain::identity::organization::OrganizationKind;
use domain::identity::permission::{Action, Scope};

/// The organization for which a supplier's administrator acts.
fn own(ctx: &Context) -> Result<OrganizationId> {
    let person = ctx.person()?;
    ctx.allow(Action::DeclareAffiliation, &Scope::owned_by(person.organization))?;
    if person.organization_kind == OrganizationKind::Supplier { Ok(person.organization) } else { Err(Error::Forbidden) }
}

/// What the actor's organization has stated; nothing while it has not.
///
/// # Errors
/// `Unauthenticated`, `Forbidden` for those who are no administrators of a supplier.
pub async fn viewer_affiliation(app: &App, ctx: &Context) -> Result<Option<Affiliation>> {
    Ok(kept::of(app.store.reader(), &[own(ctx)?]).await?.pop())
}

/// States it for the actor's organization, over what was stated before. Bids that are open are judged by it at once; what
/// has been judged stays as it was found.
///
/// # Errors
/// Those of [`Affiliation::declare`], `CONFLICT`; `Unauthenticated`, `Forbidden`.
pub async fn declare(app: &App, ctx: &Context, declaration: Declaration) -> Result<Affiliation> {
    own(ctx)?;
    app.store
        .write_once(ctx, "declareAffiliation", declaration, |tx, declaration| async move {
            let person = tx.ctx().person()?;
            let organization = organization::by_ids(tx.db(), &[person.organization]).await?.pop().ok_or(Error::NotFound)?;
            let before = kept::of(tx.db(), &[organization.id]).await?.pop();
            let whose = (organization.id, &organization.credit_code);
            let (affiliation, event) = Affiliation::declare(before.as_ref(), whose, &declaration, person.user, tx.ctx().now())?;
            kept::save(&tx, &affiliation).await?;
            tx.record(event).await?;
            Ok(affiliation)
        })
        .await
}
