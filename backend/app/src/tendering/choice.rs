//! What the law of the day says about the procedures for a purchase.

use crate::oversight::policy_pack;
use crate::{App, Context, Result};
use domain::identity::permission::{Action, Scope};
use domain::money::Money;
use domain::tendering::procedure::choice::{self, Advice};
use domain::tendering::procedure::ground::Ground;
use domain::tendering::tender_content::Nature;

/// What is said about each procedure, with the grounds that allow it.
///
/// # Errors
/// When the store does not answer.
pub async fn advise(app: &App, ctx: &Context, nature: Nature, budget: Money, ground: Option<Ground>) -> Result<Vec<(Advice, Vec<Ground>)>> {
    ctx.allow(Action::ReadNotice, &Scope::market())?;
    let own = policy_pack::own(app, ctx, None).await?;
    let rules = own.pack.on(own.on);
    let advice = choice::advise(&rules, nature, budget, ground).into_iter();
    Ok(advice
        .map(|advice| {
            let grounds = advice.procedure.grounds(&rules).into_iter().map(|(ground, _)| ground).collect();
            (advice, grounds)
        })
        .collect())
}
