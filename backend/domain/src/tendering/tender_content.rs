//! What a tender says: structured data, not prose, so that a bid can be checked and scored against it.

use super::green::GreenRequirement;
use super::lot::{LotCaps, TenderLot};
use super::procedure::choice::ProcedureChoice;
use super::reservation::Reservation;
use crate::ident::{FileId, HolderKeyId, UserId};
use crate::language::LocalText;
use crate::money::Money;
use crate::refusal::{Code, Refusal, Refusals, check_text};
use chrono::{DateTime, Datelike as _, Utc};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::ops::RangeInclusive;

/// The longest title, in characters.
pub const TITLE_MOST_CHARS: usize = 200;
/// The longest description, specification or basis, in characters.
pub const TEXT_MOST_CHARS: usize = 10_000;
/// The most requirements, papers, criteria or documents of each kind, and the most items of one lot.
pub const ENTRIES_MOST: usize = 200;
/// The most items of all lots together.
pub const ITEMS_MOST: usize = 10_000;
/// The most pieces of one item.
pub const QUANTITY_MOST: i64 = 1_000_000_000;
/// The years in which a deadline can lie.
const DEADLINE_YEARS: RangeInclusive<i32> = 2000..=2199;
/// The largest budget, in minor units: a trillion yuan.
pub const BUDGET_MOST_MINOR: i64 = 100_000_000_000_000;
/// All points of all criteria together.
pub const POINTS_TOTAL: u32 = 100;

/// What is bought (政府采购法第二条).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Nature {
    /// Goods (货物).
    Goods,
    /// Works (工程).
    Works,
    /// Services (服务).
    Services,
}

impl Nature {
    /// The word by which figures of the policy pack tell natures apart.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Goods => "goods",
            Self::Works => "works",
            Self::Services => "services",
        }
    }
}

/// How bids are compared (财政部令第87号第五十三条).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EvaluationMethod {
    /// Points over all criteria (综合评分法).
    Comprehensive,
    /// The lowest price among those that meet everything (最低评标价法).
    LowestPrice,
}

/// A thing that is bought.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TenderItem {
    /// Its name.
    pub name: LocalText,
    /// How many, at least one.
    pub quantity: i64,
    /// Of which unit.
    pub unit: String,
    /// What it must be.
    pub specification: LocalText,
    /// The number of the lot to which it belongs (`relatedLot`); 1 where the tender is not divided.
    #[serde(default = "first_lot")]
    pub lot: u32,
    /// What it must or should be, to save energy or the environment.
    #[serde(default)]
    pub green: Option<GreenRequirement>,
}

const fn first_lot() -> u32 {
    1
}

/// How strictly a requirement is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RequirementKind {
    /// ★: a bid that does not meet it is invalid.
    Essential,
    /// ▲: not meeting it costs points.
    Important,
    /// To be met, at little cost in points.
    Plain,
}

/// A requirement that every bid answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Requirement {
    /// How strictly.
    pub kind: RequirementKind,
    /// What.
    pub text: LocalText,
}

/// A paper by which a bidder shows that it qualifies.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paper {
    /// Its short name, unique in the tender.
    pub key: String,
    /// Its name.
    pub name: LocalText,
    /// The article that asks for it.
    pub source: String,
    /// Whether a bidder without it fails to qualify.
    pub is_obligatory: bool,
}

/// What a criterion judges.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CriterionKind {
    /// The price, by formula.
    Price,
    /// What is offered.
    Technical,
    /// Who offers it.
    Business,
}

/// A step on a criterion's scale.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Anchor {
    /// The points given, or taken where negative.
    pub points: i32,
    /// For what.
    pub text: LocalText,
}

/// A criterion of comprehensive scoring.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Criterion {
    /// Its short name, unique in the tender.
    pub key: String,
    /// What it judges.
    pub kind: CriterionKind,
    /// Its name.
    pub name: LocalText,
    /// Its points of [`POINTS_TOTAL`].
    pub weight_points: u32,
    /// By what it is judged: papers of the bid, or the formula.
    pub basis: LocalText,
    /// The scale; empty for the price.
    pub anchors: Vec<Anchor>,
}

/// Who holds a share of the keys to the bids.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyHolding {
    /// The person.
    pub user: UserId,
    /// The registered key.
    pub key: HolderKeyId,
    /// Its public half, `age1…`.
    pub recipient: String,
}

/// Everything that a tender says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TenderContent {
    /// Its title.
    pub title: LocalText,
    /// What is wanted and why.
    pub description: LocalText,
    /// The category's code.
    pub category: String,
    /// Goods, works or services.
    pub nature: Nature,
    /// The budget, which is also the ceiling of prices.
    pub budget: Money,
    /// How bids are compared.
    pub method: EvaluationMethod,
    /// Taken off the prices of micro and small enterprises for evaluation, in percent.
    pub small_enterprise_deduction_percent: i64,
    /// Days from the contract to delivery, or the term of a service.
    pub delivery_days: u32,
    /// What is bought.
    pub items: Vec<TenderItem>,
    /// The lots, in the order of their numbers; none where it is not divided.
    #[serde(default)]
    pub lots: Vec<TenderLot>,
    /// How many of the lots one supplier may bid for and win.
    #[serde(default)]
    pub lot_caps: LotCaps,
    /// What it must be.
    pub requirements: Vec<Requirement>,
    /// What bidders show to qualify.
    pub papers: Vec<Paper>,
    /// By what bids are judged; empty when the lowest price decides.
    pub criteria: Vec<Criterion>,
    /// Until when bids are taken; open in an early draft.
    pub deadline_at: Option<DateTime<Utc>>,
    /// Until when questions are taken; until the deadline where none is set.
    #[serde(default)]
    pub questions_until: Option<DateTime<Utc>>,
    /// Who opens the bids; the last may be the supervisor's spare.
    pub holders: Vec<KeyHolding>,
    /// How many of them are needed.
    pub threshold: u32,
    /// What a bidder deposits, if anything.
    pub bid_security: Option<Money>,
    /// Files of the tender.
    pub documents: Vec<FileId>,
    /// How many evaluators judge.
    pub panel_size: u32,
    /// By which procedure, and why.
    #[serde(default)]
    pub choice: ProcedureChoice,
    /// What of it only small and medium enterprises may get.
    #[serde(default)]
    pub reservation: Reservation,
    /// Whether suppliers may bid together (联合体).
    #[serde(default)]
    pub takes_consortia: bool,
    /// The most members of a consortium; as many as the law of the notice lets it have unless told.
    #[serde(default)]
    pub consortium_members_most: Option<u32>,
    /// What a bidder may leave to others (分包), which is never the core of the contract; nothing where it may not.
    #[serde(default)]
    pub subcontracting: Option<LocalText>,
    /// Taken off the prices of bids that leave enough to micro and small enterprises in a consortium or by subcontract, in
    /// percent; the least that is lawful unless told.
    #[serde(default)]
    pub joint_deduction_percent: Option<i64>,
}

impl TenderContent {
    /// An empty draft with nothing but a title and a budget.
    pub fn begin(title: LocalText, category: String, nature: Nature, budget: Money) -> Self {
        Self {
            title,
            description: LocalText::default(),
            category,
            nature,
            budget,
            method: EvaluationMethod::Comprehensive,
            small_enterprise_deduction_percent: 10,
            delivery_days: 30,
            items: Vec::new(),
            lots: Vec::new(),
            lot_caps: LotCaps::default(),
            requirements: Vec::new(),
            papers: Vec::new(),
            criteria: Vec::new(),
            deadline_at: None,
            questions_until: None,
            holders: Vec::new(),
            threshold: 2,
            bid_security: None,
            documents: Vec::new(),
            panel_size: 5,
            choice: ProcedureChoice::default(),
            reservation: Reservation::default(),
            takes_consortia: false,
            consortium_members_most: None,
            subcontracting: None,
            joint_deduction_percent: None,
        }
    }

    /// The weight of the price in points: all of them when the lowest price decides.
    pub fn price_weight(&self) -> u32 {
        match self.method {
            EvaluationMethod::LowestPrice => POINTS_TOTAL,
            EvaluationMethod::Comprehensive => {
                self.criteria.iter().filter(|one| one.kind == CriterionKind::Price).map(|one| one.weight_points).sum()
            }
        }
    }

    /// Whether micro and small bidders are compared at a lower price in any of its lots: not in what is reserved for them.
    pub fn leaves_small_enterprise_preference(&self) -> bool {
        self.lot_budgets().iter().any(|(number, _)| self.reservation.leaves_preference(*number))
    }

    /// The numbers and budgets of its lots: the one that it is where it is not divided.
    pub fn lot_budgets(&self) -> Vec<(u32, Money)> {
        if self.is_divided() {
            return self.lots.iter().map(|lot| (lot.number, lot.budget)).collect();
        }
        vec![(1, self.budget)]
    }

    /// What even a draft keeps to, so that it can be stored: texts and lists within their limits, nothing hidden.
    ///
    /// # Errors
    /// `TOO_LONG`, `HIDDEN_CHARACTERS`, `OUT_OF_RANGE`, all at once with their paths.
    pub fn check_draft(&self) -> Result<(), Refusals> {
        let mut faults = Refusals::default();
        check_local(&mut faults, "title", &self.title, true, TITLE_MOST_CHARS);
        check_local(&mut faults, "description", &self.description, false, TEXT_MOST_CHARS);
        let money = |amount_minor| Money { amount_minor, currency: self.budget.currency };
        if !(1..=BUDGET_MOST_MINOR).contains(&self.budget.amount_minor) {
            faults.push(Refusal::at(Code::OutOfRange, "budget").with("least", money(1)).with("most", money(BUDGET_MOST_MINOR)));
        }
        // Days are counted from it, which the calendar's own ends don't bear.
        if self.deadline_at.is_some_and(|at| !DEADLINE_YEARS.contains(&at.year())) {
            let expected = format!("{}-01-01 … {}-12-31", DEADLINE_YEARS.start(), DEADLINE_YEARS.end());
            faults.push(Refusal::at(Code::Malformed, "deadlineAt").with("expected", expected));
        }
        if self.items.len() > ITEMS_MOST {
            faults.push(Refusal::at(Code::OutOfRange, "items").with("least", 0_i64).with("most", ITEMS_MOST));
        }
        check_count(&mut faults, "requirements", self.requirements.len());
        check_count(&mut faults, "papers", self.papers.len());
        check_count(&mut faults, "criteria", self.criteria.len());
        check_count(&mut faults, "documentIds", self.documents.len());
        check_count(&mut faults, "holders", self.holders.len());
        for (index, item) in self.items.iter().enumerate() {
            check_local(&mut faults, &format!("items.{index}.name"), &item.name, false, TITLE_MOST_CHARS);
            check_local(&mut faults, &format!("items.{index}.specification"), &item.specification, false, TEXT_MOST_CHARS);
            if !(1..=QUANTITY_MOST).contains(&item.quantity) {
                let path = format!("items.{index}.quantity");
                faults.push(Refusal::at(Code::OutOfRange, &path).with("least", 1_i64).with("most", QUANTITY_MOST));
            }
        }
        for (index, requirement) in self.requirements.iter().enumerate() {
            check_local(&mut faults, &format!("requirements.{index}.text"), &requirement.text, false, TEXT_MOST_CHARS);
        }
        for (index, criterion) in self.criteria.iter().enumerate() {
            check_local(&mut faults, &format!("criteria.{index}.name"), &criterion.name, false, TITLE_MOST_CHARS);
            check_local(&mut faults, &format!("criteria.{index}.basis"), &criterion.basis, false, TEXT_MOST_CHARS);
        }
        if let Some(parts) = &self.subcontracting {
            check_local(&mut faults, "subcontracting", parts, false, TEXT_MOST_CHARS);
        }
        for (index, document) in self.documents.iter().enumerate() {
            if self.documents[..index].contains(document) {
                faults.push(Refusal::at(Code::LineTwice, &format!("documentIds.{index}")));
            }
        }
        if let Err(more) = self.choice.check_draft() {
            faults.0.extend(more.under("choice").0);
        }
        self.check_lots(&mut faults);
        if let Err(more) = self.reservation.check_draft() {
            faults.0.extend(more.under("reservation").0);
        }
        unique_keys(&mut faults, "criteria", self.criteria.iter().map(|one| one.key.as_str()));
        unique_keys(&mut faults, "papers", self.papers.iter().map(|one| one.key.as_str()));
        faults.into_result()
    }
}

pub(super) fn check_local(faults: &mut Refusals, path: &str, text: &LocalText, is_required: bool, most: usize) {
    faults.take(&format!("{path}.zh"), check_text(&text.zh, is_required, most));
    faults.take(&format!("{path}.en"), check_text(&text.en, false, most));
}

fn check_count(faults: &mut Refusals, path: &str, count: usize) {
    if count > ENTRIES_MOST {
        faults.push(Refusal::at(Code::OutOfRange, path).with("least", 0_i64).with("most", ENTRIES_MOST));
    }
}

fn unique_keys<'a>(faults: &mut Refusals, path: &str, keys: impl Iterator<Item = &'a str>) {
    let mut seen = BTreeSet::new();
    for (index, key) in keys.enumerate() {
        if key.is_empty() || !seen.insert(key) {
            faults.push(Refusal::at(Code::LineTwice, &format!("{path}.{index}.key")));
        }
    }
}
