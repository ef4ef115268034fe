//! Fills an empty market, once, room by room.

use super::people::People;
use super::{catalogue, orders, walk};
use super::organizations::{self, DEMO_PASSWORD, DemoOrganization, DemoUser};
use crate::oversight::policy_pack;
use crate::catalogue::search;
use crate::context::Chance;
use crate::identity::account::{self, Enrolment};
use crate::store::identity::account as accounts;
use crate::{App, Clock, Context, Error, Result};
use chrono::TimeDelta;
use domain::identity::actor::Actor;
use domain::ident::OrganizationId;
use domain::identity::organization::{Organization, OrganizationKind, Registration};
use domain::language::Language;
use std::path::PathBuf;
use std::sync::Arc;

/// Written last: the market is whole.
const MARKER: &str = "demo-market";
/// How long ago the organizations registered: long enough to have lists of prices and a past.
const REGISTERED_AGO: TimeDelta = TimeDelta::days(400);
/// The randomness of the demonstration, so that two of them are alike.
const SEED: u64 = 20_261_124;

/// What [`seed`] found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seeded {
    /// The market was empty and has been filled.
    Now,
    /// It had been filled before.
    Before,
}

/// The buyers that buy by another policy pack than `cn`: two invented cities' and the agreement's.
const PACKS: [(&str, &str); 3] = [("library-hz", "cn-demo-jiashe"), ("museum-cd", "cn-demo-nixiang"), ("school-cd", "gpa-2012")];

/// Fills an empty market with the demonstration's organizations, people, catalogue, orders and tenders; one that has been filled stays as it is.
///
/// # Errors
/// When the data folder holds another market, or one whose filling broke off: neither is ours to change.
pub async fn seed(app: &Arc<App>) -> Result<Seeded> {
    let marker = marker(app);
    if marker.exists() {
        return Ok(Seeded::Before);
    }
    let organizations = organizations::organizations();
    refuse_another_market(app).await?;
    let chance = Chance::seeded(SEED);
    let registered_at = app.clock().now() - REGISTERED_AGO;
    let ctx = Context::new(Actor::Platform, Language::Chinese, "demo".to_owned(), Clock::fixed(registered_at), chance);
    let (ids, people) = enrol(app, &ctx, &organizations).await?;
    let suppliers: Vec<_> = organizations.iter().zip(ids.iter().copied()).filter(|(described, _)| described.kind == OrganizationKind::Supplier).collect();
    catalogue::seed(app, &ctx, &suppliers).await?;
    let now = app.clock().now();
    orders::seed(app, &ctx, &people, &organizations, now).await?;
    walk::seed(app, &ctx, &people, &organizations, now).await?;
    // Last: what the demonstration has published keeps the law of its notice, drafts are asked by the new one.
    for (described, id) in organizations.iter().zip(&ids) {
        if let Some((_, pack)) = PACKS.iter().find(|(key, _)| *key == described.key) {
            policy_pack::choose(app, &app.platform_context(), *id, pack).await?;
        }
    }
    search::reindex(app, &app.platform_context()).await?;
    std::fs::write(marker, "filled\n").map_err(|error| Error::internal("mark the demo market", error))?;
    Ok(Seeded::Now)
}

fn marker(app: &App) -> PathBuf {
    app.settings().data_folder.join(MARKER)
}

async fn refuse_another_market(app: &App) -> Result<()> {
    if accounts::is_any(app.store.reader()).await? {
        let folder = app.settings().data_folder.display();
        let why = format!("{folder} holds another market, or one whose filling broke off; name an empty folder or remove it");
        return Err(Error::internal("fill the demo market", why));
    }
    Ok(())
}

pub(super) async fn enrol(app: &App, ctx: &Context, organizations: &[DemoOrganization]) -> Result<(Vec<OrganizationId>, People)> {
    // One hash for all: hundreds would take minutes, and the password is no secret.
    let password_hash = account::hash_password(ctx, DEMO_PASSWORD.to_owned().into()).await?;
    let mut registered = Vec::with_capacity(organizations.len());
    let mut people = Vec::new();
    for described in organizations {
        let organization = register(ctx, described)?;
        people.extend(described.users.iter().map(|user| enrolment(user, &organization, &password_hash)));
        registered.push(organization);
    }
    let ids: Vec<_> = registered.iter().map(|organization| organization.id).collect();
    let users = account::enrol(app, ctx, registered, people).await?;
    let people = People::new(organizations, &ids, &users);
    Ok((ids, people))
}

fn register(ctx: &Context, described: &DemoOrganization) -> Result<Organization> {
    let registration = Registration {
        kind: Some(described.kind),
        name: described.name.clone(),
        credit_code: described.credit_code.as_str().to_owned(),
        enterprise_size: described.enterprise_size,
        region_code: described.region_code.clone(),
        address: described.address.clone(),
    };
    Ok(registration.register(ctx.new_id(), ctx.now())?)
}

fn enrolment(user: &DemoUser, organization: &Organization, password_hash: &str) -> Enrolment {
    Enrolment {
        login: user.login.clone(),
        name: user.name.clone(),
        language: user.language,
        password_hash: password_hash.to_owned(),
        roles: user.roles.iter().map(|role| (organization.id, *role)).collect(),
    }
}
