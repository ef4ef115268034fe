//! Handing a draft in for approval: what the law asks, and what an auditor would ask, all at once.

use super::tender::tender;
use super::warning;
use crate::store::Tx;
use crate::store::identity::organization;
use crate::store::tendering::{holder_key as keys_kept, tender as tenders_kept, warning_override as overrides_kept};
use crate::{App, Context, Error, Result};
use domain::ident::TenderId;
use domain::identity::permission::Action;
use domain::refusal::Code;
use domain::tendering::holder_key::{HolderKey, spare};
use domain::tendering::tender::Tender;
use domain::tendering::warning::open;

/// Hands a draft in for approval. One share more goes to a supervisor, for loss, where none is named.
///
/// # Errors
/// `NotFound`, `Forbidden`, `WRONG_STATE`, `CONFLICT` when the draft is written meanwhile; what the law of the day asks, and
/// `WARNINGS_OPEN` for each warning that is neither mended nor overridden, all at once.
pub async fn submit(app: &App, ctx: &Context, id: TenderId) -> Result<Tender> {
    let by = ctx.person()?.user;
    let seen = tender(app, ctx, id).await?;
    ctx.allow(Action::KeepTender, &seen.scope())?;
    let rules = app.rules_for(seen.buyer, ctx.now()).await?;
    let supervisors = supervisors(app).await?;
    let region = organization::by_ids(app.store.reader(), &[seen.buyer]).await?.pop().map(|buyer| buyer.region_code).unwrap_or_default();
    // What surrounds the draft is read beforehand, so that the one writer does not wait for it.
    let warnings = warning::review(app, ctx, &seen).await?.warnings;
    app.store
        .write_once(ctx, "submitTender", (id, None::<i64>, ()), move |tx: Tx, (id, ..)| {
            let (rules, supervisors, region, warnings) = (rules.clone(), supervisors.clone(), region.clone(), warnings.clone());
            async move {
                tenders_kept::hold_alone(tx.db(), id).await?;
                let found = tenders_kept::by_id(tx.db(), id).await?.ok_or(Error::NotFound)?;
                if found.version != seen.version {
                    return Err(Error::refused(Code::Conflict));
                }
                let overrides = overrides_kept::of_tender(tx.db(), id).await?;
                let spare = spare(&found.content.holders, &supervisors, &region);
                let moved = found.submit(&rules, spare, by, tx.ctx().now());
                let mut faults = moved.as_ref().err().cloned().unwrap_or_default();
                // A tender that is no draft any more is not asked about its text.
                if !faults.0.iter().any(|refusal| refusal.code == Code::WrongState) {
                    faults.0.extend(open(&warnings, &overrides));
                }
                faults.into_result()?;
                let (moved, event) = moved?;
                let saved = tenders_kept::save(&tx, moved).await?;
                tx.record(event).await?;
                Ok(saved)
            }
        })
        .await
}

/// The newest key of each supervisor, with the region for which its organization stands.
async fn supervisors(app: &App) -> Result<Vec<(HolderKey, String)>> {
    let keys = keys_kept::of_supervisors(app.store.reader()).await?;
    let ids: Vec<_> = keys.iter().map(|key| key.organization).collect();
    let organizations = organization::by_ids(app.store.reader(), &ids).await?;
    let with_region = keys.into_iter().filter_map(|key| {
        let region = organizations.iter().find(|organization| organization.id == key.organization)?.region_code.clone();
        Some((key, region))
    });
    Ok(with_region.collect())
}
