//! What bids and their opening need to know of a tender, and the two moves of the tender that they cause.

use super::award;
use super::evaluation::fewest_bidders;
use crate::store::Tx;
use crate::store::tendering::{bid, closing, tender as store};
use crate::{Error, Result};
use chrono::{DateTime, Utc};
use domain::identity::permission::Scope;
use domain::ident::{LotId, TenderId, UserId};
use domain::language::{Language, LocalText};
use domain::money::Currency;
use domain::refusal::{Code, Fact, Refusal};
use domain::tendering::award::{LoserNotice, LossReason};
use domain::tendering::bid::{Bid, BidTerms};
use domain::tendering::opening::{BiddingClosed, LotTooFew, check_competition, reveal_from};
use domain::tendering::procedure::Offers;
use domain::tendering::reservation::Reservation;
use domain::tendering::tender::Tender;
use sea_orm::ConnectionTrait;
use sealing::envelope::Holder;
use std::collections::BTreeMap;

/// Where a tender stands, as far as bids are concerned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Phase {
    /// Published, or asked for final offers: bids are taken until the deadline and wait for the opening after it.
    Taking,
    /// Opened: what could not be opened may still be.
    Opened,
    /// Bids are being judged, or the tender has ended.
    Over,
}

/// A published tender, as bids see it.
#[derive(Clone, Debug)]
pub(crate) struct Invitation {
    pub terms: BidTerms,
    /// As the subject of an action.
    pub scope: Scope,
    pub holders: Vec<Holder>,
    pub threshold: u32,
    pub fewest_bidders: usize,
    /// The lots that have not failed: only their bids are opened.
    pub standing_lots: Vec<LotId>,
    pub panel: Vec<UserId>,
    /// What of it only smaller enterprises may get.
    pub reservation: Reservation,
    /// The numbers of the lots.
    pub lot_numbers: BTreeMap<LotId, u32>,
    /// The currency of the budget, in which bids are priced.
    pub currency: Currency,
    /// Whether the opening is public.
    pub is_read_out: bool,
    /// From when on a bidder may reveal its own bid.
    pub reveal_from: DateTime<Utc>,
    pub phase: Phase,
    /// That the taking of bids has ended, once it has.
    pub closed: Option<BiddingClosed>,
    wrong_state: Refusal,
}

impl Invitation {
    /// Refuses whatever would change the list of bids once it is closed.
    pub fn check_unclosed(&self) -> Result<()> {
        let Some(closed) = self.closed else { return Ok(()) };
        Err(Refusal::new(Code::BidLate).with("deadline", self.terms.deadline_at).with("now", closed.at).into())
    }

    /// Refuses a bid for a tender that takes none.
    pub fn check_taking(&self) -> Result<()> {
        self.check_unclosed()?;
        if self.phase == Phase::Taking { Ok(()) } else { Err(self.wrong_state.clone().into()) }
    }

    /// Refuses to open bids that are too few: with the last lot the tender has failed at its deadline.
    pub fn check_competition(&self) -> Result<()> {
        let Some(closed) = self.closed.filter(|_| self.phase == Phase::Over) else { return Ok(()) };
        if self.standing_lots.is_empty() {
            return Err(Refusal::new(Code::LotFailed).into());
        }
        Ok(check_competition(closed.bids, self.fewest_bidders)?)
    }

    /// Whether a bid is for a lot that stands.
    pub fn stands(&self, bid: &Bid) -> bool {
        self.standing_lots.contains(&bid.lot)
    }

    /// The bids that are opened, in the order of reception: those that count, for lots that stand.
    pub async fn bids(&self, db: &impl ConnectionTrait) -> Result<Vec<Bid>> {
        let mut bids = bid::live(db, self.terms.tender).await?;
        bids.retain(|bid| self.stands(bid));
        Ok(bids)
    }

    /// Refuses to open bids that are being judged, or whose tender has ended.
    pub fn check_opening(&self) -> Result<()> {
        if self.phase == Phase::Over { Err(self.wrong_state.clone().into()) } else { Ok(()) }
    }
}

/// The invitation of a published tender; anything else is not there.
pub(crate) async fn by_tender(db: &impl ConnectionTrait, id: TenderId) -> Result<Invitation> {
    let tender = store::by_id(db, id).await?.ok_or(Error::NotFound)?;
    invitation(&tender, closing::by_tender(db, id).await?)
}

/// As [`by_tender`], for a write that touches bids: the tender stays as it is and its list of bids open until the commit.
pub(crate) async fn held(tx: &Tx, id: TenderId) -> Result<Invitation> {
    store::hold(tx.db(), id).await?;
    by_tender(tx.db(), id).await
}

fn invitation(tender: &Tender, closed: Option<BiddingClosed>) -> Result<Invitation> {
    tender.state.publication().ok_or(Error::NotFound)?;
    let content = &tender.content;
    let holders = content.holders.iter();
    Ok(Invitation {
        scope: tender.scope(),
        terms: BidTerms {
            tender: tender.id,
            lots: tender.lots().into_iter().map(|lot| lot.id).collect(),
            caps: tender.content.lot_caps,
            is_final: tender.first_deadline_at.is_some(),
            buyer: tender.buyer,
            document_version: tender.document_version,
            deadline_at: tender.deadline()?,
            invited: tender.invited.clone(),
            is_once_for_all: tender.procedure().course().offers == Offers::OnceForAll,
        },
        holders: holders.map(|one| Holder { holder_id: one.user.0, recipient: one.recipient.clone() }).collect(),
        threshold: content.threshold,
        fewest_bidders: fewest_bidders(tender)?,
        standing_lots: tender.standing_lots(),
        panel: tender.panel.clone(),
        reservation: content.reservation.clone(),
        lot_numbers: tender.lots().into_iter().map(|lot| (lot.id, lot.number)).collect(),
        currency: content.budget.currency,
        is_read_out: tender.procedure().course().is_read_out,
        reveal_from: reveal_from(tender)?,
        phase: match tender.state.name() {
            name if name.takes_bids() => Phase::Taking,
            name if name.is_opened() => Phase::Opened,
            _ => Phase::Over,
        },
        closed,
        wrong_state: tender.wrong_state(),
    })
}

/// Moves the tender on: its bids are open.
pub(crate) async fn open(tx: &Tx, id: TenderId) -> Result<()> {
    let tender = store::by_id(tx.db(), id).await?.ok_or(Error::NotFound)?;
    let (tender, event) = tender.open(tx.ctx().now())?;
    store::save(tx, tender).await?;
    tx.record(event).await
}

/// Ends lots for want of bidders, with the reason that the law gives, and with the last lot the tender; those who bid for
/// them are told.
pub(crate) async fn fail(tx: &Tx, id: TenderId, failed: &[LotTooFew], fewest: usize) -> Result<()> {
    let tender = store::by_id(tx.db(), id).await?.ok_or(Error::NotFound)?;
    let bids = bid::live(tx.db(), id).await?;
    let now = tx.ctx().now();
    let reasons = failed.iter().map(|failed| (failed.lot, too_few(failed.bids, fewest))).collect();
    let (mut tender, events) = if tender.content.is_divided() { tender.fail_lots(reasons, now) } else { (tender, Vec::new()) };
    for event in events {
        tx.record(event).await?;
    }
    if !tender.content.is_divided() || tender.standing_lots().is_empty() {
        let reason = if tender.content.is_divided() { every_lot() } else { too_few(bids.len(), fewest) };
        let (ended, event) = tender.fail(reason, now)?;
        tender = ended;
        tx.record(event).await?;
    }
    store::save(tx, tender).await?;
    for bid in bids {
        let Some(lot) = failed.iter().find(|failed| failed.lot == bid.lot) else { continue };
        let reason = LossReason::TooFewBids { bids: lot.bids, fewest };
        award::tell(tx, &LoserNotice { tender: id, lot: bid.lot, bid_id: bid.id, bidder: bid.bidder, reason }).await?;
    }
    Ok(())
}

/// The reason of a divided tender that has lost its last lot: each lot has told its own.
fn every_lot() -> LocalText {
    let say = |language| domain::text::say(language, "tender-failed-every-lot");
    LocalText::new(say(Language::Chinese), say(Language::English))
}

fn too_few(bids: usize, fewest: usize) -> LocalText {
    let facts = [("bids".to_owned(), Fact::from(bids)), ("fewest".to_owned(), Fact::from(fewest))].into();
    let say = |language| domain::text::say_with(language, "tender-failed-too-few-bids", &facts);
    LocalText::new(say(Language::Chinese), say(Language::English))
}
