//! Lots (采购包): the parts of a tender that are bid on, evaluated, awarded and contracted apart.
//!
//! A tender that is not divided has one lot, which is the whole of it. Deadline, papers, requirements, criteria, panel and
//! key holders are the tender's; what is bought, its ceiling, its competition, its ranking, its award and its contract are
//! the lot's. How many lots one supplier may bid for and win is for the notice to say.

use super::tender::Tender;
use super::tender_content::{BUDGET_MOST_MINOR, ENTRIES_MOST, TITLE_MOST_CHARS, TenderContent, check_local};
use crate::ident::{BidId, LotId, OrganizationId};
use crate::language::LocalText;
use crate::money::Money;
use crate::refusal::{Code, Refusal, Refusals};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// The most lots of a tender.
pub const LOTS_MOST: usize = 100;

/// A lot of a tender: of one that is divided as its notice says, else the whole of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TenderLot {
    /// By which an envelope names it.
    pub id: LotId,
    /// Its number in the notice (包号), from 1.
    pub number: u32,
    /// What it is.
    pub title: LocalText,
    /// Its budget, which is also the ceiling of its prices.
    pub budget: Money,
}

impl TenderLot {
    /// A lot as it is written: its id comes from [`TenderContent::name_lots`].
    pub const fn written(number: u32, title: LocalText, budget: Money) -> Self {
        Self { id: LotId(Uuid::nil()), number, title, budget }
    }
}

/// How many lots of a divided tender one supplier may have; no limit where nothing stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LotCaps {
    /// For how many it may bid.
    pub bid_most: Option<u32>,
    /// How many it may win: in the order of the lots, it is passed over where it would win more.
    pub award_most: Option<u32>,
}

/// A lot that has ended without an award while others go on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FailedLot {
    /// Which.
    pub lot: LotId,
    /// Why, as its notice says it.
    pub reason: LocalText,
    /// When.
    pub failed_at: DateTime<Utc>,
}

impl TenderContent {
    /// Whether it is divided into lots.
    pub const fn is_divided(&self) -> bool {
        !self.lots.is_empty()
    }

    /// Gives each lot its id: the one it had under its number, or a new one.
    pub fn name_lots(&mut self, before: &[TenderLot], mut new_id: impl FnMut() -> LotId) {
        for lot in &mut self.lots {
            let known = before.iter().find(|known| known.number == lot.number);
            lot.id = known.map_or_else(&mut new_id, |known| known.id);
        }
    }

    /// What even a draft keeps to in its lots.
    pub(super) fn check_lots(&self, faults: &mut Refusals) {
        if self.lots.len() > LOTS_MOST {
            faults.push(Refusal::at(Code::OutOfRange, "lots").with("least", 2_i64).with("most", LOTS_MOST));
        }
        for (index, lot) in self.lots.iter().enumerate() {
            check_local(faults, &format!("lots.{index}.title"), &lot.title, false, TITLE_MOST_CHARS);
            if u32::try_from(index + 1) != Ok(lot.number) {
                faults.push(Refusal::at(Code::OutOfRange, &format!("lots.{index}.number")).with("least", index + 1).with("most", index + 1));
            }
            if !(0..=BUDGET_MOST_MINOR).contains(&lot.budget.amount_minor) || lot.budget.currency != self.budget.currency {
                let money = |amount_minor| Money { amount_minor, currency: self.budget.currency };
                let refusal = Refusal::at(Code::OutOfRange, &format!("lots.{index}.budget"));
                faults.push(refusal.with("least", money(0)).with("most", money(BUDGET_MOST_MINOR)));
            }
        }
        let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
        for item in &self.items {
            *counts.entry(item.lot).or_default() += 1;
        }
        if counts.values().any(|count| *count > ENTRIES_MOST) {
            faults.push(Refusal::at(Code::OutOfRange, "items").with("least", 0_i64).with("most", ENTRIES_MOST));
        }
        for (cap, path) in [(self.lot_caps.bid_most, "lotCaps.bidMost"), (self.lot_caps.award_most, "lotCaps.awardMost")] {
            if cap.is_some_and(|cap| !(1..=LOTS_MOST).contains(&usize::try_from(cap).unwrap_or(usize::MAX))) {
                faults.push(Refusal::at(Code::OutOfRange, path).with("least", 1_i64).with("most", LOTS_MOST));
            }
        }
    }

    /// What the lots of a tender that is handed in must have: two at least, a title and something to buy in each, and
    /// budgets that make up the whole.
    pub(super) fn check_lots_ready(&self, faults: &mut Refusals) {
        let most = self.lots.len().max(1);
        for (index, item) in self.items.iter().enumerate() {
            if !(1..=most).contains(&usize::try_from(item.lot).unwrap_or(usize::MAX)) {
                faults.push(Refusal::at(Code::OutOfRange, &format!("items.{index}.lot")).with("least", 1_i64).with("most", most));
            }
        }
        if !self.is_divided() {
            return;
        }
        if self.lots.len() < 2 {
            faults.push(Refusal::at(Code::OutOfRange, "lots").with("least", 2_i64).with("most", LOTS_MOST));
        }
        // Nobody bids for more lots than there are, or wins more than it may bid for.
        let lots = u32::try_from(self.lots.len()).unwrap_or(u32::MAX);
        let bids = self.lot_caps.bid_most.unwrap_or(lots);
        for (cap, most, path) in [(self.lot_caps.bid_most, lots, "lotCaps.bidMost"), (self.lot_caps.award_most, bids.min(lots), "lotCaps.awardMost")] {
            if cap.is_some_and(|cap| cap > most) {
                faults.push(Refusal::at(Code::OutOfRange, path).with("least", 1_i64).with("most", i64::from(most)));
            }
        }
        for (index, lot) in self.lots.iter().enumerate() {
            if lot.title.zh.trim().is_empty() {
                faults.push(Refusal::at(Code::Required, &format!("lots.{index}.title.zh")));
            }
            if lot.budget.amount_minor == 0 {
                faults.push(Refusal::at(Code::Required, &format!("lots.{index}.budget")));
            }
            if !self.items.iter().any(|item| item.lot == lot.number) {
                faults.push(Refusal::at(Code::LotEmpty, &format!("lots.{index}")).with("lot", i64::from(lot.number)));
            }
        }
        let sum = self.lots.iter().map(|lot| lot.budget.amount_minor).fold(0_i64, i64::saturating_add);
        if sum != self.budget.amount_minor {
            let sum = Money { amount_minor: sum, currency: self.budget.currency };
            faults.push(Refusal::at(Code::LotBudgetsDiffer, "budget").with("sum", sum).with("budget", self.budget));
        }
    }
}

impl Tender {
    /// Its lots in the order of their numbers; of one that is not divided, the whole as its one lot.
    pub fn lots(&self) -> Vec<TenderLot> {
        if self.content.is_divided() {
            return self.content.lots.clone();
        }
        vec![TenderLot { id: self.lot, number: 1, title: self.content.title.clone(), budget: self.content.budget }]
    }

    /// One of its lots.
    ///
    /// # Errors
    /// `NOT_FOUND` at `lotId` for a lot of another tender.
    pub fn lot(&self, id: LotId) -> Result<TenderLot, Refusal> {
        self.lots().into_iter().find(|lot| lot.id == id).ok_or_else(|| Refusal::at(Code::NotFound, "lotId"))
    }

    /// The lots that have not failed, in the order of their numbers.
    pub fn standing_lots(&self) -> Vec<LotId> {
        self.lots().into_iter().map(|lot| lot.id).filter(|id| !self.has_failed(*id)).collect()
    }

    /// Whether a lot has ended without an award while the tender went on.
    pub fn has_failed(&self, lot: LotId) -> bool {
        self.failed_lots.iter().any(|failed| failed.lot == lot)
    }

    /// Whether all lots that stand are among these.
    pub fn are_all_lots(&self, done: impl IntoIterator<Item = LotId>) -> bool {
        let done: BTreeSet<LotId> = done.into_iter().collect();
        self.standing_lots().iter().all(|lot| done.contains(lot))
    }
}

/// Refuses a bid for one lot more than the notice lets a supplier bid for. `other_lots` tells for how many others it bids
/// already, alone or in a consortium; of a consortium, the member that bids for most.
///
/// # Errors
/// `LOT_CAP_REACHED`, with the cap.
pub fn check_bid_cap(caps: LotCaps, other_lots: usize) -> Result<(), Refusal> {
    let Some(most) = caps.bid_most else { return Ok(()) };
    if other_lots < usize::try_from(most).unwrap_or(usize::MAX) {
        return Ok(());
    }
    Err(Refusal::at(Code::LotCapReached, "manifest").with("most", i64::from(most)))
}

/// A ranked bid: which, and all who bid by it.
pub type Ranked = (BidId, Vec<OrganizationId>);

/// Who wins which lot. `rankings` tell each lot's bids, the first first, in the order of the lots' numbers; a bid is passed
/// over when one of those who bid by it has won as many as it may, alone or in a consortium. A lot in which everybody is
/// passed over has no winner.
pub fn winners(caps: LotCaps, rankings: &[(LotId, Vec<Ranked>)]) -> BTreeMap<LotId, BidId> {
    let most = caps.award_most.map_or(usize::MAX, |most| usize::try_from(most).unwrap_or(usize::MAX));
    let mut won: BTreeMap<OrganizationId, usize> = BTreeMap::new();
    let mut winners = BTreeMap::new();
    for (lot, ranking) in rankings {
        let may_win = |party: &OrganizationId| won.get(party).copied().unwrap_or(0) < most;
        let first = ranking.iter().find(|(_, parties)| parties.iter().all(may_win));
        if let Some((bid, parties)) = first {
            for party in parties {
                *won.entry(*party).or_default() += 1;
            }
            winners.insert(*lot, *bid);
        }
    }
    winners
}

#[cfg(test)]
#[path = "lot_tests.rs"]
mod tests;
