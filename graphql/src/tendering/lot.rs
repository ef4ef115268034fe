//! Lots (采购包) of a tender, read and written.

use crate::ident;
use crate::values::{LocalText, LocalTextInput, Money, MoneyInput};
use async_graphql::{ID, InputObject, SimpleObject};
use chrono::{DateTime, Utc};
use domain::ident::LotId;
use domain::tendering::lot;
use domain::tendering::tender::Tender;
use std::collections::BTreeMap;

/// The global id of a lot.
pub fn global(lot: LotId) -> ID {
    ident::global(LotId::KIND, lot.0)
}

/// A lot that a field or input names, if it names one.
///
/// # Errors
/// `MALFORMED` at `lotId`.
pub fn named(id: Option<&ID>) -> Result<Option<LotId>, app::Error> {
    id.map(|id| ident::of_kind(id, LotId::KIND, "lotId")).transpose()
}

/// A part of a tender that is bid on, evaluated, awarded and contracted apart.
#[derive(Clone, Debug, SimpleObject)]
pub struct TenderLot {
    /// Its global id.
    pub id: ID,
    /// Its number in the notice (包号), from 1.
    pub number: u32,
    /// What it is; of a tender that is not divided, the tender's title.
    pub title: LocalText,
    /// Its budget, which is also the ceiling of its prices.
    pub budget: Money,
    /// How many items it buys.
    pub item_count: usize,
    /// Why it ended without an award while others went on; null unless it did.
    pub failure_reason: Option<LocalText>,
    /// When it ended so.
    pub failed_at: Option<DateTime<Utc>>,
}

/// All lots of a tender, in the order of their numbers.
pub fn of_tender(tender: &Tender) -> Vec<TenderLot> {
    let lot = |lot: lot::TenderLot| {
        let failed = tender.failed_lots.iter().find(|failed| failed.lot == lot.id);
        TenderLot {
            id: global(lot.id),
            number: lot.number,
            title: lot.title.into(),
            budget: lot.budget.into(),
            item_count: tender.content.items.iter().filter(|item| item.lot == lot.number).count(),
            failure_reason: failed.map(|failed| failed.reason.clone().into()),
            failed_at: failed.map(|failed| failed.failed_at),
        }
    };
    tender.lots().into_iter().map(lot).collect()
}

/// The numbers of a divided tender's lots; none where it is not divided and nothing has to be told apart.
pub(super) fn numbers(tender: &Tender) -> BTreeMap<LotId, u32> {
    tender.content.lots.iter().map(|lot| (lot.id, lot.number)).collect()
}

/// How many lots one supplier may have; no limit where nothing stands.
#[derive(Clone, Copy, Debug, SimpleObject)]
pub struct LotCaps {
    /// For how many it may bid (限投).
    pub bid_most: Option<u32>,
    /// How many it may win (限中): in the order of the lots, it is passed over where it would win more.
    pub award_most: Option<u32>,
}

impl From<lot::LotCaps> for LotCaps {
    fn from(caps: lot::LotCaps) -> Self {
        Self { bid_most: caps.bid_most, award_most: caps.award_most }
    }
}

/// A lot of a tender that is divided.
#[derive(Clone, Debug, InputObject)]
pub struct TenderLotInput {
    /// Its number: 1, 2, … in the order of the list. It keeps its id as long as it keeps its number.
    pub number: u32,
    /// What it is.
    pub title: LocalTextInput,
    /// Its budget; together they make up the tender's.
    pub budget: MoneyInput,
}

impl TenderLotInput {
    /// The lot; the use case gives it its id.
    pub(super) fn read(self, index: usize) -> Result<lot::TenderLot, app::Error> {
        let budget = self.budget.read(&format!("content.lots.{index}.budget"))?;
        Ok(lot::TenderLot::written(self.number, self.title.into(), budget))
    }
}

/// How many lots one supplier may have; no limit where nothing stands.
#[derive(Clone, Copy, Debug, InputObject)]
pub struct LotCapsInput {
    /// For how many it may bid.
    pub bid_most: Option<u32>,
    /// How many it may win.
    pub award_most: Option<u32>,
}

impl From<LotCapsInput> for lot::LotCaps {
    fn from(caps: LotCapsInput) -> Self {
        Self { bid_most: caps.bid_most, award_most: caps.award_most }
    }
}
