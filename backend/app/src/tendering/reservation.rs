//! What is reserved for smaller enterprises: who may hand in a bid for it, and what a buyer has reserved in a year.

use super::invitation::Invitation;
use crate::store::Tx;
use crate::store::identity::organization;
use crate::store::tendering::like_purchase;
use crate::{App, Result};
use chrono::{DateTime, Datelike as _, NaiveDate, NaiveTime, Utc};
use domain::ident::{LotId, OrganizationId};
use domain::oversight::policy_pack::Rules;
use domain::tendering::reservation_check::{ReservedYear, is_counted_with};
use domain::tendering::tender::Tender;
use domain::text::ZONE;

/// Refuses a bid of which a party, alone or in a consortium, is too large for what it is for.
///
/// # Errors
/// `BIDDER_TOO_LARGE`.
pub(super) async fn check_bidders(tx: &Tx, invitation: &Invitation, lot: LotId, parties: &[OrganizationId]) -> Result<()> {
    let reservation = &invitation.reservation;
    let Some(lot) = invitation.lot_numbers.get(&lot).copied() else { return Ok(()) };
    // Who bids is looked up only where it matters: most bids come in the last minute.
    if reservation.bidders_for(lot).is_none() {
        return Ok(());
    }
    for organization in organization::by_ids(tx.db(), parties).await? {
        reservation.check_bidder(lot, organization.enterprise_size)?;
    }
    Ok(())
}

/// What the buyer of a draft has bought of its kind in the fiscal year, which is the calendar's (预算法第十八条), this draft
/// left out.
pub(super) async fn year(app: &App, draft: &Tender, rules: &Rules, now: DateTime<Utc>) -> Result<ReservedYear> {
    let today = now.with_timezone(&ZONE).date_naive();
    let first = NaiveDate::from_ymd_opt(today.year(), 1, 1).unwrap_or(today).and_time(NaiveTime::MIN);
    let since = first.and_local_timezone(ZONE).single().map(|at| at.to_utc()).unwrap_or_default();
    let earlier = like_purchase::of_year(app.store.reader(), draft, since).await?;
    let counted = earlier.iter().filter(|tender| is_counted_with(tender.content.nature, draft.content.nature));
    Ok(counted.fold(ReservedYear::default(), |year, tender| year.plus(&tender.content, rules)))
}
