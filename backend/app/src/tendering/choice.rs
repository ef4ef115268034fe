//! What the law of the day says about the procedures for a purchase.

use crate::{App, Context, Result};
use domain::identity::organization::OrganizationKind;
use domain::identity::permission::{Action, Scope};
use domain::money::Money;
use domain::tendering::procedure::choice::{self, Advice};
use domain::tendering::procedure::ground::Ground;
use domain::tendering::tender_content::Nature;
use domain::text::ZONE;

/// What is said about each procedure, with the grounds that allow it.
///
/// # Errors
/// When the store does not answer.
pub async fn advise(app: &App, ctx: &Context, nature: Nature, budget: Money, ground: Option<Ground>) -> Result<Vec<(Advice, Vec<Ground>)>> {
    ctx.allow(Action::ReadNotice, &Scope::market())?;
    let rules = match ctx.actor.person().filter(|person| person.organization_kind == OrganizationKind::Buyer) {
        Some(person) => app.rules_for(person.organization, ctx.now()).await?,
        None => app.default_pack()?.on(ctx.now().with_timezone(&ZONE).date_naive()),
    };
    let advice = choice::advise(&rules, nature, budget, ground).into_iter();
    Ok(advice
        .map(|advice| {
            let grounds = advice.procedure.grounds(&rules).into_iter().map(|(ground, _)| ground).collect();
            (advice, grounds)
        })
        .collect())
}
