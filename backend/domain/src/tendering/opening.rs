//! The opening: when it may begin, what each holder handed in, and the public record of what came out.
//!
//! Bids are opened in public at the deadline, and not at all when there are too few of them
//! (财政部令第87号第三十九条至第四十一条、第四十三条).

use super::consortium::ConsortiumAgreement;
use super::tender::Tender;
use super::bid::{Bid, BidContent, BidState, OpeningFault};
use crate::ident::{BidId, LotId, OrganizationId, TenderId, UserId};
use crate::money::Money;
use crate::oversight::event::{Event, Visibility};
use crate::refusal::{Code, Refusal};
use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// A bid whose content may be read. Only an opened bid becomes one: whoever holds it knows that the opening has been.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenedBid {
    bid: Bid,
    content: BidContent,
}

impl OpenedBid {
    /// The witness; `None` while the bid is not open.
    pub fn new(bid: Bid, content: BidContent) -> Option<Self> {
        matches!(bid.state, BidState::Opened { .. }).then_some(Self { bid, content })
    }

    /// The bid.
    pub const fn bid(&self) -> &Bid {
        &self.bid
    }

    /// What it offers.
    pub const fn content(&self) -> &BidContent {
        &self.content
    }

    /// The price as bid.
    pub const fn price(&self) -> Money {
        self.content.price
    }
}

/// That the taking of bids has ended: from then on what is in is what is opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BiddingClosed {
    /// When.
    pub at: DateTime<Utc>,
    /// How many bids count, of all lots together.
    pub bids: usize,
}

/// A lot for which too few bids are in: they are not opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LotTooFew {
    /// Which.
    pub lot: LotId,
    /// How many are in.
    pub bids: usize,
}

/// The lots with fewer bids than competition needs (财政部令第87号第四十三条), of those that stand.
pub fn lots_too_few(standing: &[LotId], bids: &[Bid], fewest: usize) -> Vec<LotTooFew> {
    let counted = standing.iter().map(|lot| LotTooFew { lot: *lot, bids: bids.iter().filter(|bid| bid.is_live() && bid.lot == *lot).count() });
    counted.filter(|counted| counted.bids < fewest).collect()
}

/// That a holder has handed in shares.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HolderAct {
    /// Who.
    pub holder: UserId,
    /// When.
    pub at: DateTime<Utc>,
}

/// One bid in the public record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpeningLine {
    /// The bid.
    pub bid: BidId,
    /// For which lot.
    pub lot: LotId,
    /// Who bids; for a consortium, its lead.
    pub bidder: OrganizationId,
    /// The consortium that bids, with its members and their shares.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub consortium: Option<ConsortiumAgreement>,
    /// What was committed to when it came in.
    pub commitment: String,
    /// When it came in.
    pub received_at: DateTime<Utc>,
    /// Whether the documents had changed since, without the bidder's confirmation.
    pub is_stale: bool,
    /// What came out.
    pub outcome: OpeningOutcome,
}

/// What came out of an envelope.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum OpeningOutcome {
    /// A bid.
    Opened {
        /// Its price.
        price: Money,
        /// The brand of the core product, read out with the price; empty where none is offered.
        #[serde(default)]
        brand: String,
        /// When it was read out.
        at: DateTime<Utc>,
        /// Whether its bidder revealed it because the holders could not open it.
        is_revealed: bool,
    },
    /// Nothing.
    Failed {
        /// Why.
        fault: OpeningFault,
        /// When that was found.
        at: DateTime<Utc>,
    },
}

/// The public record of an opening (开标记录).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpeningRecord {
    /// The tender.
    pub tender: TenderId,
    /// When it began.
    pub opened_at: DateTime<Utc>,
    /// How many holders were needed.
    pub threshold: u32,
    /// Who opened.
    pub holders: Vec<HolderAct>,
    /// Each bid that was in at the deadline, in the order of reception.
    pub lines: Vec<OpeningLine>,
    /// The record of the first responses, where these are final offers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first: Option<Box<OpeningRecord>>,
}

impl OpeningRecord {
    /// The event that records it: public where prices are read out, else for the buyer alone.
    pub fn event(&self, is_read_out: bool, buyer: OrganizationId) -> Event {
        let visibility = if is_read_out { Visibility::Public } else { Visibility::Parties };
        Event::new("opening.recorded", TenderId::KIND, self.tender.0, visibility, self).with_parties([buyer.0])
    }

    /// Puts in what has become of a bid.
    pub fn settle(&mut self, bid: BidId, outcome: OpeningOutcome) {
        if let Some(line) = self.lines.iter_mut().find(|line| line.bid == bid) {
            line.outcome = outcome;
        }
    }
}

/// Refuses an opening before the deadline.
///
/// # Errors
/// `OPENING_TOO_EARLY`.
pub fn check_begun(deadline_at: DateTime<Utc>, now: DateTime<Utc>) -> Result<(), Refusal> {
    if now > deadline_at { Ok(()) } else { Err(Refusal::new(Code::OpeningTooEarly).with("deadline", deadline_at)) }
}

/// The figure of the hours after the deadline for which the holders have the opening to themselves: before, no bidder reveals
/// a bid that they have not tried to open. What one bidder reveals alone would begin the opening without the others.
pub const HOLDERS_HAVE: (&str, usize) = ("opening.holders_hours", 24);
/// The figure of the hours after the deadline within which what is not open can still be opened before bidders are judged
/// without it.
pub const OPENED_BY: (&str, usize) = ("opening.complete_hours", 72);

/// From when on a bidder may reveal a bid that the holders have not tried to open.
///
/// # Errors
/// `REQUIRED` for a draft without a deadline.
pub fn reveal_from(tender: &Tender) -> Result<DateTime<Utc>, Refusal> {
    hours_after(tender, HOLDERS_HAVE)
}

/// Until when bids that are not open are waited for.
///
/// # Errors
/// `REQUIRED` for a draft without a deadline.
pub fn opened_by(tender: &Tender) -> Result<DateTime<Utc>, Refusal> {
    hours_after(tender, OPENED_BY)
}

/// So many hours after its deadline as the rules of a tender say.
fn hours_after(tender: &Tender, (key, before): (&str, usize)) -> Result<DateTime<Utc>, Refusal> {
    let hours = tender.state.publication().map_or(before, |publication| publication.rules.count_or(key, before));
    let hours = i64::try_from(hours).ok().and_then(TimeDelta::try_hours);
    let deadline_at = tender.deadline()?;
    Ok(hours.and_then(|hours| deadline_at.checked_add_signed(hours)).unwrap_or(DateTime::<Utc>::MAX_UTC))
}

/// Checks that a bidder may reveal its bid: the holders have failed to open it, or had their time, until [`reveal_from`].
///
/// # Errors
/// `REVEAL_TOO_EARLY`.
pub fn check_reveal(bid: &Bid, from: DateTime<Utc>, now: DateTime<Utc>) -> Result<(), Refusal> {
    let has_failed = matches!(bid.state, BidState::Unopened { .. });
    if has_failed || now >= from { Ok(()) } else { Err(Refusal::new(Code::RevealTooEarly).with("from", from)) }
}

/// Checks that nobody is judged while a bid of another waits to be opened: for want of shares, and not for longer than
/// [`opened_by`].
///
/// # Errors
/// `BIDS_UNOPENED`.
pub fn check_all_opened<'a>(bids: impl IntoIterator<Item = &'a Bid>, until: DateTime<Utc>, now: DateTime<Utc>) -> Result<(), Refusal> {
    let waits = |bid: &&Bid| match bid.state {
        BidState::Sealed => true,
        BidState::Unopened { fault, .. } => fault == OpeningFault::TooFewShares,
        _ => false,
    };
    let count = bids.into_iter().filter(waits).count();
    if count == 0 || now >= until { Ok(()) } else { Err(Refusal::new(Code::BidsUnopened).with("count", count).with("until", until)) }
}

/// Checks that a holder hands in its share of every bid, once.
///
/// # Errors
/// `SHARES_IN_ALREADY`, `LINE_TWICE`, `NOT_FOUND` for a bid that is none of these, `SHARES_MISSING`.
pub fn check_complete(
    bids: &BTreeSet<BidId>,
    given: &[BidId],
    acts: &[HolderAct],
    holder: UserId,
) -> Result<(), Refusal> {
    if let Some(act) = acts.iter().find(|act| act.holder == holder) {
        return Err(Refusal::new(Code::SharesInAlready).with("at", act.at));
    }
    let mut seen = BTreeSet::new();
    for (place, bid) in given.iter().enumerate() {
        if !bids.contains(bid) {
            return Err(Refusal::at(Code::NotFound, &format!("shares.{place}.bidId")));
        }
        if !seen.insert(*bid) {
            return Err(Refusal::at(Code::LineTwice, &format!("shares.{place}.bidId")));
        }
    }
    let missing = bids.len() - seen.len();
    if missing == 0 { Ok(()) } else { Err(Refusal::at(Code::SharesMissing, "shares").with("missing", missing)) }
}

/// Checks that there are bidders enough for competition.
///
/// # Errors
/// `TOO_FEW_BIDS`.
pub fn check_competition(bids: usize, fewest: usize) -> Result<(), Refusal> {
    if bids >= fewest {
        return Ok(());
    }
    Err(Refusal::new(Code::TooFewBids).with("bids", bids).with("fewest", fewest))
}
