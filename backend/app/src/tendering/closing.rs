//! The end of the taking of bids: from then on what is in is what is opened, and with too few the tender has failed.
//!
//! **Why no accepted bid can be missing from an opening.** A bid is judged by the clock inside its write, and its commit
//! comes a moment later; whoever reads the list of bids in that moment would miss it. So nobody reads the list of a tender
//! whose deadline has passed before a row in `bidding_closed` says that it is complete. That row and the bids stand in one
//! order, because writes are serializable: either the closing has counted a bid, or the bid finds the closing and is late,
//! whatever the clock of its server says. The tender's own row makes the closing wait for bids that are under way instead
//! of turning them away: every write that adds, replaces, withdraws or confirms a bid holds it shared until its commit
//! ([`invitation::held`]), and the write here takes it for itself. On `SQLite`, where rows have no locks, the one writer
//! puts the same writes in order, and the closing answers after the shared commit of all that went before it. The tender
//! moves on by a version, so that a change of its deadline that was under way can't open the taking of bids again.

use super::invitation::{self, Phase};
use crate::jobs::NewJob;
use crate::store::Tx;
use crate::store::tendering::{bid, closing, tender as tenders};
use crate::{App, Context, Error, Result};
use chrono::{DateTime, TimeDelta, Utc};
use domain::ident::TenderId;
use domain::identity::actor::Actor;
use domain::oversight::event::{Event, Visibility};
use domain::tendering::opening::{BiddingClosed, lots_too_few};

/// The kind of job that ends the taking of bids at the deadline.
pub(crate) const CLOSE_BIDDING: &str = "bidding.close";

/// Ends the taking of bids: past the deadline a lot with too few of them fails, and with the last lot the tender. Before it this does nothing; it may
/// run any number of times. The marketplace does it, whoever was the first to ask.
///
/// # Errors
/// When the store does not answer.
pub(crate) async fn close(app: &App, ctx: &Context, tender: TenderId) -> Result<()> {
    if closing::by_tender(app.store.reader(), tender).await?.is_some() {
        return Ok(());
    }
    let platform = ctx.acting_as(Actor::Platform).with_idempotency_key(None);
    app.store.write(&platform, tender, end_taking).await
}

async fn end_taking(tx: Tx, id: TenderId) -> Result<()> {
    tenders::hold_alone(tx.db(), id).await?;
    let invitation = invitation::by_tender(tx.db(), id).await?;
    if invitation.phase != Phase::Taking {
        return Ok(());
    }
    let now = tx.ctx().now();
    if now <= invitation.terms.deadline_at {
        // The deadline has been moved since this was enqueued.
        return tx.enqueue(close_job(id, invitation.terms.deadline_at)).await;
    }
    let (bids, fewest) = (bid::live(tx.db(), id).await?, invitation.fewest_bidders);
    let too_few = lots_too_few(&invitation.standing_lots, &bids, fewest);
    // What is opened are the bids for lots that stand; where none does, all that came in tell why.
    let opens = bids.iter().filter(|bid| !too_few.iter().any(|failed| failed.lot == bid.lot)).count();
    let has_failed = too_few.len() == invitation.standing_lots.len();
    let closed = BiddingClosed { at: now, bids: if has_failed { bids.len() } else { opens } };
    closing::insert(&tx, id, closed).await?;
    tx.record(Event::new("bidding.closed", TenderId::KIND, id.0, Visibility::Public, &closed)).await?;
    if !too_few.is_empty() {
        return invitation::fail(&tx, id, &too_few, fewest).await;
    }
    let tender = tenders::by_id(tx.db(), id).await?.ok_or(Error::NotFound)?;
    tenders::save(&tx, tender).await?;
    Ok(())
}

/// The job that ends the taking of bids, enqueued when a tender is published.
pub(crate) fn close_job(tender: TenderId, deadline_at: DateTime<Utc>) -> NewJob {
    NewJob::new(CLOSE_BIDDING, tender.to_string(), &tender).at(deadline_at + TimeDelta::seconds(1))
}
