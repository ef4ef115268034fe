//! The tenders of the demonstration: what is bought, by which criteria it is judged, who bids, and how far each has come.

use super::consortia::DemoConsortium;
use domain::catalogue::category::CategoryCode;
use domain::language::LocalText;
use domain::money::Money;
use domain::tendering::green::GreenRequirement;
use domain::tendering::lot::LotCaps;
use domain::tendering::procedure::Procedure;
use domain::tendering::procedure::ground::Ground;
use domain::tendering::reservation::{Reservation, ReservedFor, UnreservedGround};
use domain::tendering::warning::WarningKind;
use serde::Deserialize;
use std::collections::BTreeMap;

/// How far a demo tender has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DemoTenderState {
    /// Only the intention is published.
    Plan,
    /// The officer still writes.
    Draft,
    /// Handed in, not yet approved.
    AwaitingApproval,
    /// Approved, not yet published.
    Approved,
    /// Published, the deadline ahead.
    Open,
    /// Published and changed since; the deadline ahead.
    OpenChanged,
    /// Published, the deadline tomorrow.
    ClosingTomorrow,
    /// The deadline is past, enough bids are in, and no holder has acted yet.
    AwaitingOpening,
    /// The panel talks with each supplier; final offers are not asked for yet.
    Negotiating,
    /// Final offers are taken; their deadline is ahead.
    FinalOffers,
    /// Bids opened, bidders not yet qualified.
    Opened,
    /// It is known who qualifies; the panel is appointed and has not declared.
    Qualified,
    /// The panel scores.
    InEvaluation,
    /// The panel has reported, nothing is confirmed.
    Reported,
    /// The award is confirmed, not yet published.
    AwardConfirmed,
    /// The award is published.
    Awarded,
    /// The contract is signed.
    Contracted,
    /// Too few competitors (废标).
    Failed,
    /// Called off before the deadline.
    Cancelled,
}

impl DemoTenderState {
    /// Whether the notice is public.
    pub const fn is_published(self) -> bool {
        !matches!(self, Self::Plan | Self::Draft | Self::AwaitingApproval | Self::Approved)
    }

    /// Whether the deadline is still ahead.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Open | Self::OpenChanged | Self::ClosingTomorrow)
    }
}

/// What a tender is about, which decides the least weight of the price.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DemoNature {
    /// Goods (货物).
    Goods,
    /// Services (服务).
    Services,
}

/// A paper that a bidder shows to qualify.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DemoPaper {
    /// Its short name.
    pub key: String,
    /// Its name.
    pub name: LocalText,
    /// The article that asks for it.
    pub source: String,
    /// Whether a bidder without it fails to qualify.
    pub obligatory: bool,
    /// Whether every tender asks for it.
    pub common: bool,
}

/// What a criterion judges.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DemoCriterionKind {
    /// The price, by formula.
    Price,
    /// What is offered.
    Technical,
    /// Who offers it.
    Business,
}

/// A step on a criterion's scale.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DemoAnchor {
    /// The points given, or taken where it is negative.
    pub points: i32,
    /// For what.
    pub text: LocalText,
}

/// A criterion with its scale.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DemoCriterion {
    /// What it judges.
    pub kind: DemoCriterionKind,
    /// Its name.
    pub name: LocalText,
    /// Its points of a hundred.
    pub weight: u32,
    /// By what it is judged: the papers in the bid, or the formula.
    pub basis: LocalText,
    /// The scale; empty for the price.
    #[serde(default)]
    pub anchors: Vec<DemoAnchor>,
}

/// How strictly a requirement is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DemoRequirementKind {
    /// ★: a bid that does not meet it is invalid.
    Essential,
    /// ▲: not meeting it costs points.
    Important,
    /// To be met, at little cost in points.
    Plain,
}

/// A requirement.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DemoRequirement {
    /// How strictly.
    pub kind: DemoRequirementKind,
    /// What.
    pub text: LocalText,
    /// What the documents asked before they were changed.
    #[serde(default)]
    pub before: Option<LocalText>,
}

/// A thing that is bought.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DemoTenderItem {
    /// Its name.
    pub name: LocalText,
    /// How many.
    pub quantity: i64,
    /// Of which unit.
    pub unit: String,
    /// Its specification.
    pub specification: LocalText,
    /// The number of its lot.
    #[serde(default = "first")]
    pub lot: u32,
    /// What it must or should be, to save energy or the environment.
    pub green: Option<GreenRequirement>,
}

const fn first() -> u32 {
    1
}

/// A lot of a tender that is divided.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DemoLot {
    /// What it is.
    pub title: LocalText,
    /// Its part of the budget, in fen.
    pub budget_minor: i64,
}

impl DemoLot {
    /// Its part of the budget, which is also the ceiling of its prices.
    pub const fn budget(&self) -> Money {
        Money::cny(self.budget_minor)
    }
}

/// A question and its answer.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DemoClarification {
    /// What a supplier asked.
    pub question: LocalText,
    /// What the officer answered.
    pub answer: LocalText,
}

/// A bid.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DemoBid {
    /// The supplier's key.
    pub supplier: String,
    /// For which lot, by its number.
    #[serde(default = "first")]
    pub lot: u32,
    /// Its price in thousandths of the lot's budget.
    pub price_thousandths: i64,
    /// How good it is, in hundredths of the points that a perfect bid gets.
    pub quality: u32,
    /// The brand of the core product, where the tender names one.
    #[serde(default)]
    pub brand: Option<String>,
    /// The paper for want of which the bidder does not qualify.
    #[serde(default)]
    pub lacks: Option<DemoLack>,
    /// With whom it is made; nobody where the supplier bids alone.
    #[serde(default)]
    pub consortium: Option<DemoConsortium>,
}

/// A paper that a bidder did not show, or not a good one.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DemoLack {
    /// The paper's key.
    pub paper: String,
    /// What the officer wrote.
    pub reason: String,
}

/// Why the officer keeps what an auditor would ask about.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DemoOverride {
    /// What is asked about.
    pub kind: WarningKind,
    /// The reason.
    pub reason: String,
}

/// A tender of the demonstration.
#[derive(Clone, Debug)]
pub struct DemoTender {
    /// Its short name.
    pub key: String,
    /// The buyer's key.
    pub buyer: String,
    /// How far it has come.
    pub state: DemoTenderState,
    /// What it is about.
    pub category: CategoryCode,
    /// Goods or services.
    pub nature: DemoNature,
    /// The budget, which is also the ceiling of prices.
    pub budget: Money,
    /// The price deduction of micro and small enterprises.
    pub small_enterprise_deduction_percent: i64,
    /// For whom it is reserved as a whole; where for nobody, competition would be too little.
    pub reserved_for: Option<ReservedFor>,
    /// Days from the contract to delivery, or the term of a service.
    pub delivery_days: u32,
    /// How long ago the notice was published; 0 when it was not.
    pub published_days_ago: u32,
    /// Days from the notice to the deadline.
    pub open_days: u32,
    /// Its title.
    pub title: LocalText,
    /// What is wanted and why.
    pub description: LocalText,
    /// What is bought.
    pub items: Vec<DemoTenderItem>,
    /// Its lots; none where it is not divided.
    pub lots: Vec<DemoLot>,
    /// How many of them a supplier may bid for and win.
    pub lot_caps: LotCaps,
    /// What it must be.
    pub requirements: Vec<DemoRequirement>,
    /// What bidders show to qualify: the common papers first.
    pub papers: Vec<DemoPaper>,
    /// By what it is judged; empty when the lowest price decides.
    pub criteria: Vec<DemoCriterion>,
    /// Questions and answers.
    pub clarifications: Vec<DemoClarification>,
    /// What the change notice says, in [`DemoTenderState::OpenChanged`].
    pub change: Option<LocalText>,
    /// Why it failed or was called off.
    pub reason: Option<LocalText>,
    /// Whether the contract of an awarded tender has been drawn up and waits for the supplier.
    pub is_contract_drawn_up: bool,
    /// By which procedure it buys.
    pub procedure: Procedure,
    /// On which ground; none for an open tender.
    pub ground: Option<Ground>,
    /// Why the ground holds.
    pub ground_reason: LocalText,
    /// What is kept although it is asked about.
    pub overrides: Vec<DemoOverride>,
    /// Whether suppliers may bid together.
    pub takes_consortia: bool,
    /// What may be left to others; nothing where nothing may.
    pub subcontracting: Option<LocalText>,
    /// Who bids.
    pub bids: Vec<DemoBid>,
}

impl DemoTender {
    /// The budget of a lot, by its number.
    pub fn budget_of(&self, lot: u32) -> Money {
        let place = usize::try_from(lot).unwrap_or(1).saturating_sub(1);
        self.lots.get(place).map_or(self.budget, DemoLot::budget)
    }

    /// What it says of small and medium enterprises.
    pub fn reservation(&self) -> Reservation {
        let reason = LocalText::new(
            "市场调查显示本地具备供货能力的中小企业不足三家，整体预留无法保证充分竞争。",
            "The market survey found fewer than three small or medium enterprises that can supply it: reserved as a whole, competition would be too little.",
        );
        let none = Reservation::Unreserved { ground: UnreservedGround::CompetitionTooLittle, reason };
        self.reserved_for.map_or(none, |reserved_for| Reservation::Whole { reserved_for })
    }

    /// The price of a bid, in whole yuan.
    pub fn price_of(&self, bid: &DemoBid) -> Money {
        let fen = self.budget_of(bid.lot).amount_minor / 1000 * bid.price_thousandths;
        Money::new(fen / 100 * 100, self.budget.currency)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    paper: Vec<DemoPaper>,
    criteria_set: Vec<CriteriaSet>,
    tender: Vec<Row>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CriteriaSet {
    key: String,
    nature: DemoNature,
    criterion: Vec<DemoCriterion>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    key: String,
    buyer: String,
    state: DemoTenderState,
    category: CategoryCode,
    criteria: Option<String>,
    budget_minor: i64,
    small_enterprise_deduction_percent: i64,
    reserved_for: Option<ReservedFor>,
    delivery_days: u32,
    #[serde(default)]
    published_days_ago: u32,
    #[serde(default)]
    open_days: u32,
    title: LocalText,
    description: LocalText,
    #[serde(default)]
    papers: Vec<String>,
    change: Option<LocalText>,
    reason: Option<LocalText>,
    #[serde(default)]
    is_contract_drawn_up: bool,
    #[serde(default)]
    procedure: Procedure,
    ground: Option<Ground>,
    #[serde(default)]
    ground_reason: LocalText,
    items: Vec<DemoTenderItem>,
    #[serde(default)]
    lots: Vec<DemoLot>,
    #[serde(default)]
    lot_caps: LotCaps,
    requirements: Vec<DemoRequirement>,
    #[serde(default)]
    clarifications: Vec<DemoClarification>,
    #[serde(default)]
    overrides: Vec<DemoOverride>,
    #[serde(default)]
    takes_consortia: bool,
    subcontracting: Option<LocalText>,
    #[serde(default)]
    bids: Vec<DemoBid>,
}

impl Row {
    fn resolve(self, papers: &[DemoPaper], sets: &BTreeMap<String, CriteriaSet>) -> DemoTender {
        let set = self.criteria.as_ref().map(|key| &sets[key]);
        let common = papers.iter().filter(|paper| paper.common);
        let named = self.papers.iter().map(|key| {
            papers.iter().find(|paper| paper.key == *key).unwrap_or_else(|| panic!("{}: no paper {key}", self.key))
        });
        DemoTender {
            papers: common.chain(named).cloned().collect(),
            nature: set.map_or(DemoNature::Goods, |set| set.nature),
            criteria: set.map(|set| set.criterion.clone()).unwrap_or_default(),
            key: self.key,
            buyer: self.buyer,
            state: self.state,
            category: self.category,
            budget: Money::cny(self.budget_minor),
            small_enterprise_deduction_percent: self.small_enterprise_deduction_percent,
            reserved_for: self.reserved_for,
            delivery_days: self.delivery_days,
            published_days_ago: self.published_days_ago,
            open_days: self.open_days,
            title: self.title,
            description: self.description,
            items: self.items,
            lots: self.lots,
            lot_caps: self.lot_caps,
            requirements: self.requirements,
            clarifications: self.clarifications,
            change: self.change,
            reason: self.reason,
            is_contract_drawn_up: self.is_contract_drawn_up,
            procedure: self.procedure,
            ground: self.ground,
            ground_reason: self.ground_reason,
            overrides: self.overrides,
            takes_consortia: self.takes_consortia,
            subcontracting: self.subcontracting,
            bids: self.bids,
        }
    }
}

/// All tenders of the demonstration.
///
/// # Panics
/// Never: the table is part of the program, and the tests read it.
pub fn tenders() -> Vec<DemoTender> {
    let table: Table = toml::from_str(include_str!("../../demo/tenders.toml")).expect("the demo's own table");
    let sets = table.criteria_set.into_iter().map(|set| (set.key.clone(), set)).collect();
    table.tender.into_iter().map(|row| row.resolve(&table.paper, &sets)).collect()
}

#[cfg(test)]
#[path = "tenders_tests.rs"]
mod tests;
