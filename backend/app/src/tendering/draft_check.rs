//! What the buyer's policy pack asks of a draft today.

use super::reservation;
use super::tender::tender;
use crate::store::tendering::plan;
use crate::{App, Context, Error, Result};
use domain::ident::TenderId;
use domain::tendering::tender_checks::{self, DraftCheck};

/// Every rule that a draft is held to under its buyer's pack, with the answer of today.
///
/// # Errors
/// `NotFound` once the notice is public, and for those who may not read the draft.
pub async fn checks(app: &App, ctx: &Context, id: TenderId) -> Result<Vec<DraftCheck>> {
    let found = tender(app, ctx, id).await?;
    if found.state.publication().is_some() {
        return Err(Error::NotFound);
    }
    let rules = app.rules_for(found.buyer, ctx.now()).await?;
    let plan = match found.plan {
        Some(plan) => plan::by_id(app.store.reader(), plan).await?,
        None => None,
    };
    let earlier = reservation::year(app, &found, &rules, ctx.now()).await?;
    Ok(tender_checks::checks(&found.content, plan.as_ref(), &rules, earlier, ctx.now()))
}
