//! The award: confirmed by the approver, published by the officer; those who did not win are told.

use super::evaluation::{allowed, load, load_evaluation};
use crate::jobs::NewJob;
use crate::store::Tx;
use crate::store::tendering::{award as kept, bid, tender as tenders};
use crate::{App, Context, Error, Result};
use chrono::{DateTime, Utc};
use domain::ident::{AwardId, BidId, OrganizationId, TenderId};
use domain::identity::permission::{Action, Scope};
use domain::oversight::event::{Event, Visibility};
use domain::tendering::award::{Award, LoserNotice, LossReason, loser_notices};
use domain::tendering::bid::BidState;
use domain::tendering::evaluation::Evaluation;

/// The kind of job that tells a bidder that it was not awarded.
pub(crate) const TELL_LOSER: &str = "award.tell_loser";

/// The award of a tender: public once published, before that the buyer's and the supervisor's.
///
/// # Errors
/// `NotFound`.
pub async fn award(app: &App, ctx: &Context, tender: TenderId) -> Result<Award> {
    known(ctx, kept::by_tender(app.store.reader(), tender).await?)
}

/// The award with this number, for the same people as [`award`].
///
/// # Errors
/// `NotFound`.
pub async fn award_by_id(app: &App, ctx: &Context, id: AwardId) -> Result<Award> {
    known(ctx, kept::by_id(app.store.reader(), id).await?)
}

fn known(ctx: &Context, award: Option<Award>) -> Result<Award> {
    let award = award.ok_or(Error::NotFound)?;
    let may_know = award.published_at().is_some()
        || ctx.allow(Action::ReadEvaluation, &Scope::owned_by(award.buyer)).is_ok();
    if may_know { Ok(award) } else { Err(Error::NotFound) }
}

/// The last published awards to a supplier, the newest first: everybody may know who won what.
///
/// # Errors
/// When the store does not answer.
pub async fn awards_to(app: &App, ctx: &Context, supplier: OrganizationId, most: u64) -> Result<Vec<Award>> {
    ctx.allow(Action::ReadNotice, &Scope::market())?;
    kept::published_to(app.store.reader(), supplier, most).await
}

/// What the actor's organization was told about a tender that it did not win, and when.
///
/// # Errors
/// `NotFound` when it was told nothing.
pub async fn loser_notice(app: &App, ctx: &Context, tender: TenderId) -> Result<(LoserNotice, DateTime<Utc>)> {
    let own = ctx.actor.organization().ok_or(Error::NotFound)?;
    ctx.allow(Action::KeepBid, &Scope::market()).map_err(|_| Error::NotFound)?;
    kept::notice_of(app.store.reader(), tender, own).await?.ok_or(Error::NotFound)
}

/// Confirms the bid that is ranked first. Of two who confirm at once, one does.
///
/// # Errors
/// `REPORT_UNSIGNED`, `NOT_FIRST_RANKED`, `SAME_PERSON`, `WRONG_STATE`, `CONFLICT`; `NotFound`, `Unauthenticated`,
/// `Forbidden`.
pub async fn confirm_award(app: &App, ctx: &Context, tender: TenderId, bid: BidId) -> Result<Award> {
    app.store
        .write_once(ctx, "confirmAward", (tender, bid), |tx, (id, bid_id)| async move {
            let tender = load(&tx, id).await?;
            let by = allowed(&tx, Action::ConfirmAward, &Scope::owned_by(tender.buyer))?;
            let evaluation = load_evaluation(&tx, &tender).await?;
            let (number, now) = (tx.ctx().new_id::<AwardId>(), tx.ctx().now());
            let (award, event) = Award::confirm(number, &evaluation, bid_id, tender.created_by, by, now)?;
            let (tender, moved) = tender.confirm_award()?;
            tenders::save(&tx, tender).await?;
            kept::insert(&tx, &award).await?;
            tx.record(event).await?;
            tx.record(moved).await?;
            Ok(award)
        })
        .await
}

/// Publishes the confirmed award; everybody else who bid is told its own score and the reason.
///
/// # Errors
/// `WRONG_STATE`, `CONFLICT`; `NotFound`, `Unauthenticated`, `Forbidden`.
pub async fn publish_award(app: &App, ctx: &Context, tender: TenderId) -> Result<Award> {
    app.store
        .write_once(ctx, "publishAward", tender, |tx, id| async move {
            let tender = load(&tx, id).await?;
            let by = allowed(&tx, Action::PublishAward, &Scope::owned_by(tender.buyer))?;
            let evaluation = load_evaluation(&tx, &tender).await?;
            let award = kept::by_tender(tx.db(), id).await?.ok_or_else(|| Error::from(tender.wrong_state()))?;
            let now = tx.ctx().now();
            let (award, event) = award.publish(by, now)?;
            let (tender, moved) = tender.publish_award()?;
            tenders::save(&tx, tender).await?;
            let award = kept::save(&tx, award).await?;
            tx.record(event).await?;
            tx.record(moved).await?;
            tell_losers(&tx, &evaluation, Some(award.bid_id)).await?;
            Ok(award)
        })
        .await
}

/// Enqueues a notice to each bidder but the winner; to all of them without one. Whose bid could not be opened is told too.
pub(super) async fn tell_losers(tx: &Tx, evaluation: &Evaluation, winner: Option<BidId>) -> Result<()> {
    for told in loser_notices(evaluation, winner) {
        tell(tx, &told).await?;
    }
    for bid in bid::live(tx.db(), evaluation.tender).await? {
        let BidState::Unopened { fault, .. } = bid.state else { continue };
        let reason = LossReason::Unopened { fault };
        tell(tx, &LoserNotice { tender: evaluation.tender, bid_id: bid.id, bidder: bid.bidder, reason }).await?;
    }
    Ok(())
}

/// Enqueues a notice.
pub(super) async fn tell(tx: &Tx, told: &LoserNotice) -> Result<()> {
    tx.enqueue(NewJob::new(TELL_LOSER, told.bid_id.to_string(), told)).await
}

/// Tells one bidder, once.
pub(crate) async fn tell_loser(app: &App, ctx: &Context, told: LoserNotice) -> Result<()> {
    app.store
        .write(ctx, told, |tx, told| async move {
            if !kept::tell(&tx, &told).await? {
                return Ok(());
            }
            let event = Event::new("award.loser_told", BidId::KIND, told.bid_id.0, Visibility::Parties, &told.reason);
            tx.record(event.with_parties([told.bidder.0])).await
        })
        .await
}
