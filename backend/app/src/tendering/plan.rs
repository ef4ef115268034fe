//! Plans: what buyers will buy, told in time.

use crate::store::tendering::plan as kept;
use crate::{App, Context, Error, Result};
use chrono::{DateTime, Utc};
use domain::ident::PlanId;
use domain::identity::permission::{Action, Scope};
use domain::oversight::event::{Event, Visibility};
use domain::tendering::plan::{Plan, PlanContent};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The place of a plan in a list: its time there, and its number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanKey(pub DateTime<Utc>, pub Uuid);

/// A plan, once public; a draft for its buyer's officers alone.
///
/// # Errors
/// `NotFound`.
pub async fn plan(app: &App, ctx: &Context, id: PlanId) -> Result<Plan> {
    let plan = kept::by_id(app.store.reader(), id).await?;
    plan.filter(|plan| may_know(ctx, plan)).ok_or(Error::NotFound)
}

/// Those of the plans with these ids that the actor may know of.
///
/// # Errors
/// When the store does not answer.
pub async fn plans_by_ids(app: &App, ctx: &Context, ids: &[PlanId]) -> Result<Vec<Plan>> {
    let found = kept::by_ids(app.store.reader(), ids).await?;
    Ok(found.into_iter().filter(|plan| may_know(ctx, plan)).collect())
}

fn may_know(ctx: &Context, plan: &Plan) -> bool {
    plan.published_at.is_some() || ctx.allow(Action::KeepPlan, &Scope::owned_by(plan.buyer)).is_ok()
}

/// Where a plan stands in lists.
pub fn key(plan: &Plan) -> PlanKey {
    PlanKey(plan.published_at.unwrap_or(plan.created_at), plan.id.0)
}

/// At most `most` plans behind a key, the newest first.
///
/// # Errors
/// When the store does not answer.
pub async fn plans(app: &App, ctx: &Context, after: Option<&PlanKey>, most: usize) -> Result<Vec<Plan>> {
    ctx.allow(Action::ReadNotice, &Scope::market())?;
    let own = ctx.actor.organization().filter(|own| ctx.allow(Action::KeepPlan, &Scope::owned_by(*own)).is_ok());
    kept::page(app.store.reader(), own, after, u64::try_from(most).unwrap_or(u64::MAX)).await
}

/// Drafts a plan.
///
/// # Errors
/// `Forbidden` for those who are no officers, and those of the content.
pub async fn create(app: &App, ctx: &Context, content: PlanContent) -> Result<Plan> {
    let buyer = ctx.person()?.organization;
    ctx.allow(Action::KeepPlan, &Scope::owned_by(buyer))?;
    content.check()?;
    app.store
        .write_once(ctx, "createPlan", content, move |tx, content| async move {
            let (id, created_at) = (tx.ctx().new_id(), tx.ctx().now());
            let plan = Plan { id, version: 1, buyer, content, created_at, published_at: None };
            kept::insert(&tx, &plan).await?;
            tx.record(Event::new("plan.drafted", PlanId::KIND, id.0, Visibility::Own, &plan.content)).await?;
            Ok(plan)
        })
        .await
}

/// Makes a plan public.
///
/// # Errors
/// `NotFound`, `Forbidden`, `WRONG_STATE`.
pub async fn publish(app: &App, ctx: &Context, id: PlanId) -> Result<Plan> {
    ctx.person()?;
    let seen = plan(app, ctx, id).await?;
    ctx.allow(Action::KeepPlan, &Scope::owned_by(seen.buyer))?;
    app.store
        .write_once(ctx, "publishPlan", id, |tx, id| async move {
            let found = kept::by_id(tx.db(), id).await?.ok_or(Error::NotFound)?;
            let (published, event) = found.publish(tx.ctx().now())?;
            let saved = kept::save(&tx, published).await?;
            tx.record(event).await?;
            Ok(saved)
        })
        .await
}
