//! The award: confirmed by the approver, published by the officer; those who did not win are told.

use super::evaluation::{allowed, load, load_evaluation};
use crate::jobs::NewJob;
use crate::store::Tx;
use crate::store::tendering::{award as kept, bid, tender as tenders};
use crate::{App, Context, Error, Result};
use chrono::{DateTime, Utc};
use domain::ident::{AwardId, BidId, LotId, OrganizationId, TenderId};
use domain::identity::permission::{Action, Scope};
use domain::oversight::event::{Event, Visibility};
use domain::tendering::award::{Award, LoserNotice, LossReason, loser_notices};
use domain::tendering::bid::BidState;
use domain::tendering::evaluation::Evaluation;
use domain::tendering::procedure::command::Command;
use domain::tendering::tender::Tender;

/// The kind of job that tells a bidder that it was not awarded.
pub(crate) const TELL_LOSER: &str = "award.tell_loser";

/// The awards of a tender's lots, in the order of the lots: public once published, before that the buyer's and the
/// supervisor's; none for those who may not know.
///
/// # Errors
/// `NotFound` when the tender is not one that the actor may know of.
pub async fn awards(app: &App, ctx: &Context, id: TenderId) -> Result<Vec<Award>> {
    let db = app.store.reader();
    let tender = super::tender::known(ctx, tenders::by_id(db, id).await?)?;
    // An agency that runs the evaluation reads as the buyer does.
    let reads_all = ctx.allow(Action::ReadEvaluation, &tender.scope()).is_ok();
    let awards = kept::by_tender(db, id).await?.into_iter().filter(|award| reads_all || may_know(ctx, award)).collect();
    Ok(in_order(&tender, awards))
}

/// Awards in the order of the lots' numbers.
fn in_order(tender: &Tender, mut awards: Vec<Award>) -> Vec<Award> {
    let lots = tender.lots();
    awards.sort_by_key(|award| lots.iter().position(|lot| lot.id == award.lot));
    awards
}

/// The award with this number, for the same people as [`awards`].
///
/// # Errors
/// `NotFound`.
pub async fn award_by_id(app: &App, ctx: &Context, id: AwardId) -> Result<Award> {
    known(ctx, kept::by_id(app.store.reader(), id).await?)
}

fn known(ctx: &Context, award: Option<Award>) -> Result<Award> {
    award.filter(|award| may_know(ctx, award)).ok_or(Error::NotFound)
}

fn may_know(ctx: &Context, award: &Award) -> bool {
    award.published_at().is_some() || ctx.allow(Action::ReadEvaluation, &Scope::owned_by(award.buyer)).is_ok()
}

/// The last published awards to a supplier, the newest first: everybody may know who won what.
///
/// # Errors
/// When the store does not answer.
pub async fn awards_to(app: &App, ctx: &Context, supplier: OrganizationId, most: u64) -> Result<Vec<Award>> {
    ctx.allow(Action::ReadNotice, &Scope::market())?;
    kept::published_to(app.store.reader(), supplier, most).await
}

/// What the actor's organization was told about lots of a tender that it did not win, and when; the first told first.
///
/// # Errors
/// `NotFound` for those who don't bid.
pub async fn loser_notices_of(app: &App, ctx: &Context, tender: TenderId) -> Result<Vec<(LoserNotice, DateTime<Utc>)>> {
    let own = ctx.actor.organization().ok_or(Error::NotFound)?;
    ctx.allow(Action::KeepBid, &Scope::market()).map_err(|_| Error::NotFound)?;
    kept::notices_of(app.store.reader(), tender, own).await
}

/// Confirms the bid that is to be awarded in its lot; with the last lot the tender moves on. Of two who confirm at once,
/// one does.
///
/// # Errors
/// `REPORT_UNSIGNED`, `NOT_FIRST_RANKED`, `SAME_PERSON`, `WRONG_STATE`, `CONFLICT`; `NotFound`, `Unauthenticated`,
/// `Forbidden`.
pub async fn confirm_award(app: &App, ctx: &Context, tender: TenderId, bid: BidId) -> Result<Award> {
    app.store
        .write_once(ctx, "confirmAward", (tender, bid), |tx, (id, bid_id)| async move {
            let tender = load(&tx, id).await?;
            let by = allowed(&tx, Action::ConfirmAward, &tender.scope())?;
            let evaluation = load_evaluation(&tx, &tender).await?;
            let (number, now) = (tx.ctx().new_id::<AwardId>(), tx.ctx().now());
            let (award, event) = Award::confirm(number, &evaluation, bid_id, tender.created_by, by, now)?;
            tender.check(Command::ConfirmAward)?;
            kept::insert(&tx, &award).await?;
            tx.record(event).await?;
            let confirmed = kept::by_tender(tx.db(), id).await?;
            if tender.are_all_lots(confirmed.iter().map(|award| award.lot)) {
                let (tender, moved) = tender.confirm_award()?;
                tenders::save(&tx, tender).await?;
                tx.record(moved).await?;
            } else {
                // Two who confirm the last two lots at once: one of them finds the other's.
                tenders::save(&tx, tender).await?;
            }
            Ok(award)
        })
        .await
}

/// Publishes the confirmed awards of all lots in one notice; everybody else who bid is told its own score and the reason.
///
/// # Errors
/// `WRONG_STATE`, `CONFLICT`; `NotFound`, `Unauthenticated`, `Forbidden`.
pub async fn publish_award(app: &App, ctx: &Context, tender: TenderId) -> Result<Vec<Award>> {
    app.store
        .write_once(ctx, "publishAward", tender, |tx, id| async move {
            let tender = load(&tx, id).await?;
            let by = allowed(&tx, Action::PublishAward, &tender.scope())?;
            let evaluation = load_evaluation(&tx, &tender).await?;
            let confirmed = in_order(&tender, kept::by_tender(tx.db(), id).await?);
            let (tender, moved) = tender.publish_award()?;
            tenders::save(&tx, tender).await?;
            let mut awards = Vec::with_capacity(confirmed.len());
            for award in confirmed {
                let (award, event) = award.publish(by, tx.ctx().now())?;
                let award = kept::save(&tx, award).await?;
                tx.record(event).await?;
                tell_losers(&tx, &evaluation, award.lot, Some(award.bid_id)).await?;
                awards.push(award);
            }
            tx.record(moved).await?;
            Ok(awards)
        })
        .await
}

/// Enqueues a notice to each bidder of a lot but the winner; to all of them without one. Whose bid could not be opened is
/// told too.
pub(super) async fn tell_losers(tx: &Tx, evaluation: &Evaluation, lot: LotId, winner: Option<BidId>) -> Result<()> {
    for told in loser_notices(evaluation, lot, winner) {
        tell(tx, &told).await?;
    }
    for bid in bid::live(tx.db(), evaluation.tender).await?.into_iter().filter(|bid| bid.lot == lot) {
        let BidState::Unopened { fault, .. } = bid.state else { continue };
        let reason = LossReason::Unopened { fault };
        tell(tx, &LoserNotice { tender: evaluation.tender, lot, bid_id: bid.id, bidder: bid.bidder, reason }).await?;
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
