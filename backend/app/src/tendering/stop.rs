//! What stops a tender for a while, and what begins anew after one has ended without a contract.

use super::tender::{act, number, tender};
use crate::store::tendering::tender as tenders;
use crate::{App, Context, Error, Result};
use domain::ident::TenderId;
use domain::identity::permission::Action;
use domain::language::LocalText;
use domain::tendering::procedure::Procedure;
use domain::tendering::tender::Tender;

/// Stops a published tender for a while, with a reason that everybody reads.
///
/// # Errors
/// `NotFound`, `Forbidden`, `WRONG_STATE`, `REQUIRED` at `reason.zh`.
pub async fn suspend(app: &App, ctx: &Context, id: TenderId, reason: LocalText) -> Result<Tender> {
    let how = ("suspendTender", Action::SuspendTender);
    act(app, ctx, (id, None), how, reason, |tx, tender, reason| tender.suspend(reason, tx.ctx().now())).await
}

/// Lets it go on where it was stopped; deadlines that still ran move by the days of the stop.
///
/// # Errors
/// `NotFound`, `Forbidden`, `WRONG_STATE`.
pub async fn resume(app: &App, ctx: &Context, id: TenderId) -> Result<Tender> {
    let how = ("resumeTender", Action::SuspendTender);
    act(app, ctx, (id, None), how, (), |tx, tender, ()| tender.resume(tx.ctx().now())).await
}

/// Begins what ended without a contract anew, by this procedure, as a draft that another person approves.
///
/// # Errors
/// `NotFound`, `Forbidden`, `WRONG_STATE` unless it failed or was called off.
pub async fn begin_again(app: &App, ctx: &Context, id: TenderId, procedure: Procedure) -> Result<Tender> {
    let by = ctx.person()?.user;
    let ended = tender(app, ctx, id).await?;
    ctx.allow(Action::DecideTender, &ended.scope())?;
    app.store
        .write_once(ctx, "beginTenderAgain", (id, procedure), move |tx, (id, procedure)| async move {
            let ended = tenders::by_id(tx.db(), id).await?.ok_or(Error::NotFound)?;
            let (new, now) = (tx.ctx().new_id(), tx.ctx().now());
            let ids = (new, tx.ctx().new_id(), number(new, now));
            let (mut draft, event) = ended.begin_again(ids, procedure, by, now)?;
            draft.content.name_lots(&[], || tx.ctx().new_id());
            tenders::insert(&tx, &draft).await?;
            tx.record(event).await?;
            Ok(draft)
        })
        .await
}
