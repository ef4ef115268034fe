//! The content of a tender, as the editor reads it from the contract and writes it back whole.

use super::draft_choice::{ProcedureChoice, ProcedureChoiceInput};
use super::draft_policies::{Reservation, ReservationInput};
use super::tender_policies::GreenRequirement;
use super::tenders::TenderStateName;
use crate::prelude::*;
use crate::schema::StoredFile;
use chrono::{DateTime, Utc};
use domain::money::{Currency, Money};
use domain::tendering::lot::TenderLot;
use domain::tendering::tender_content::{self, TenderContent};

macro_rules! choices {
    ($($name:ident { $($variant:ident = $value:literal),* }),*) => {
        $(#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
        pub(super) enum $name { $($variant),* }

        impl $name {
            /// Each with its posted value.
            pub(super) const ALL: &'static [(Self, &'static str)] = &[$((Self::$variant, $value)),*];

            /// The posted value.
            pub(super) fn value(self) -> &'static str {
                Self::ALL.iter().find(|(one, _)| *one == self).map_or("", |(_, value)| value)
            }

            /// What was posted, or the first.
            pub(super) fn posted(value: Option<&str>) -> Self {
                Self::ALL.iter().find(|(_, known)| Some(*known) == value).map_or(Self::ALL[0].0, |(one, _)| *one)
            }
        })*
    };
}
choices! {
    Nature { Goods = "goods", Services = "services", Works = "works" },
    EvaluationMethod { Comprehensive = "comprehensive", LowestPrice = "lowest-price" },
    RequirementKind { Essential = "essential", Important = "important", Plain = "plain" },
    CriterionKind { Technical = "technical", Business = "business", Price = "price" }
}

#[derive(cynic::InputObject, Clone, Debug, Default)]
pub(super) struct LocalTextInput {
    pub(super) zh: String,
    pub(super) en: String,
}

impl From<Words> for LocalTextInput {
    fn from(words: Words) -> Self {
        Self { zh: words.zh, en: words.en }
    }
}

impl From<LocalText> for LocalTextInput {
    fn from(text: LocalText) -> Self {
        Self { zh: text.zh, en: text.en }
    }
}

#[derive(cynic::InputObject, Clone, Debug)]
pub(super) struct MoneyInput {
    pub(super) amount_minor: i64,
    pub(super) currency: String,
}

impl From<Sum> for MoneyInput {
    fn from(sum: Sum) -> Self {
        Self { amount_minor: sum.amount_minor, currency: sum.currency }
    }
}

#[derive(cynic::InputObject, Clone, Debug)]
pub(super) struct TenderItemInput {
    pub(super) name: LocalTextInput,
    pub(super) quantity: i32,
    pub(super) unit: String,
    pub(super) specification: LocalTextInput,
    pub(super) green: Option<GreenRequirement>,
    /// The number of its lot.
    pub(super) lot: i32,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub(super) struct TenderLotInput {
    pub(super) number: i32,
    pub(super) title: LocalTextInput,
    pub(super) budget: MoneyInput,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub(super) struct LotCapsInput {
    pub(super) bid_most: Option<i32>,
    pub(super) award_most: Option<i32>,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub(super) struct RequirementInput {
    pub(super) kind: RequirementKind,
    pub(super) text: LocalTextInput,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub(super) struct PaperInput {
    pub(super) key: String,
    pub(super) name: LocalTextInput,
    pub(super) source: String,
    pub(super) is_obligatory: bool,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub(super) struct AnchorInput {
    pub(super) points: i32,
    pub(super) text: LocalTextInput,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub(super) struct CriterionInput {
    pub(super) key: String,
    pub(super) kind: CriterionKind,
    pub(super) name: LocalTextInput,
    pub(super) weight_points: i32,
    pub(super) basis: LocalTextInput,
    pub(super) anchors: Vec<AnchorInput>,
}

/// Everything that a draft says.
#[derive(cynic::InputObject, Clone, Debug)]
pub(super) struct TenderContentInput {
    pub(super) title: LocalTextInput,
    pub(super) description: LocalTextInput,
    pub(super) category: String,
    pub(super) nature: Nature,
    pub(super) budget: MoneyInput,
    pub(super) method: EvaluationMethod,
    pub(super) small_enterprise_deduction_percent: i32,
    pub(super) delivery_days: i32,
    pub(super) items: Vec<TenderItemInput>,
    pub(super) lots: Vec<TenderLotInput>,
    pub(super) lot_caps: Option<LotCapsInput>,
    pub(super) requirements: Vec<RequirementInput>,
    pub(super) papers: Vec<PaperInput>,
    pub(super) criteria: Vec<CriterionInput>,
    pub(super) deadline_at: Option<DateTime<Utc>>,
    pub(super) questions_until: Option<DateTime<Utc>>,
    pub(super) holder_key_ids: Vec<cynic::Id>,
    pub(super) threshold: i32,
    pub(super) bid_security: Option<MoneyInput>,
    pub(super) document_ids: Vec<cynic::Id>,
    pub(super) panel_size: i32,
    pub(super) choice: Option<ProcedureChoiceInput>,
    pub(super) reservation: Option<ReservationInput>,
    pub(super) takes_consortia: bool,
    pub(super) consortium_members_most: Option<i32>,
    pub(super) subcontracting: Option<LocalTextInput>,
    pub(super) joint_deduction_percent: Option<i32>,
}

#[derive(cynic::QueryFragment, Debug)]
pub(super) struct Tender {
    pub(super) version: i32,
    pub(super) state: TenderStateName,
    title: Words,
    description: Words,
    category: String,
    nature: Nature,
    budget: Sum,
    method: EvaluationMethod,
    small_enterprise_deduction_percent: i32,
    delivery_days: i32,
    items: Vec<TenderItem>,
    is_divided: bool,
    lots: Vec<KnownLot>,
    lot_caps: LotCaps,
    requirements: Vec<Requirement>,
    papers: Vec<Paper>,
    criteria: Vec<Criterion>,
    pub(super) deadline_at: Option<DateTime<Utc>>,
    pub(super) questions_until: Option<DateTime<Utc>>,
    holders: Vec<KeyHolding>,
    threshold: i32,
    bid_security: Option<Sum>,
    pub(super) documents: Vec<StoredFile>,
    document_ids: Vec<cynic::Id>,
    panel_size: i32,
    pub(super) choice: ProcedureChoice,
    reservation: Reservation,
    joint_bidding: JointBidding,
}

#[derive(cynic::QueryFragment, Debug)]
struct JointBidding {
    takes_consortia: bool,
    consortium_members_most: Option<i32>,
    subcontracting: Option<Words>,
    joint_deduction_percent: Option<i32>,
}

#[derive(cynic::QueryFragment, Debug)]
struct KeyHolding {
    key_id: cynic::Id,
}

#[derive(cynic::QueryFragment, Debug)]
struct TenderItem {
    name: Words,
    quantity: i32,
    unit: String,
    specification: Words,
    green: Option<GreenRequirement>,
    lot: i32,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "TenderLot")]
struct KnownLot {
    number: i32,
    title: Words,
    budget: Sum,
}

#[derive(cynic::QueryFragment, Debug)]
struct LotCaps {
    bid_most: Option<i32>,
    award_most: Option<i32>,
}

#[derive(cynic::QueryFragment, Debug)]
struct Requirement {
    kind: RequirementKind,
    text: Words,
}

#[derive(cynic::QueryFragment, Debug)]
struct Paper {
    key: String,
    name: Words,
    source: String,
    is_obligatory: bool,
}

#[derive(cynic::QueryFragment, Debug)]
struct Anchor {
    points: i32,
    text: Words,
}

#[derive(cynic::QueryFragment, Debug)]
struct Criterion {
    key: String,
    kind: CriterionKind,
    name: Words,
    weight_points: i32,
    basis: Words,
    anchors: Vec<Anchor>,
}

impl From<Tender> for TenderContentInput {
    fn from(tender: Tender) -> Self {
        let item = |one: TenderItem| TenderItemInput {
            name: one.name.into(),
            quantity: one.quantity,
            unit: one.unit,
            specification: one.specification.into(),
            lot: one.lot,
            green: one.green,
        };
        let lot = |one: KnownLot| TenderLotInput { number: one.number, title: one.title.into(), budget: one.budget.into() };
        let paper = |one: Paper| PaperInput { key: one.key, name: one.name.into(), source: one.source, is_obligatory: one.is_obligatory };
        let anchor = |one: Anchor| AnchorInput { points: one.points, text: one.text.into() };
        let criterion = |one: Criterion| CriterionInput {
            key: one.key,
            kind: one.kind,
            name: one.name.into(),
            weight_points: one.weight_points,
            basis: one.basis.into(),
            anchors: one.anchors.into_iter().map(anchor).collect(),
        };
        Self {
            title: tender.title.into(),
            description: tender.description.into(),
            category: tender.category,
            nature: tender.nature,
            budget: tender.budget.into(),
            method: tender.method,
            small_enterprise_deduction_percent: tender.small_enterprise_deduction_percent,
            delivery_days: tender.delivery_days,
            items: tender.items.into_iter().map(item).collect(),
            lots: tender.lots.into_iter().filter(|_| tender.is_divided).map(lot).collect(),
            lot_caps: Some(LotCapsInput { bid_most: tender.lot_caps.bid_most, award_most: tender.lot_caps.award_most }),
            requirements: tender.requirements.into_iter().map(|one| RequirementInput { kind: one.kind, text: one.text.into() }).collect(),
            papers: tender.papers.into_iter().map(paper).collect(),
            criteria: tender.criteria.into_iter().map(criterion).collect(),
            deadline_at: tender.deadline_at,
            questions_until: tender.questions_until,
            holder_key_ids: tender.holders.into_iter().map(|holding| holding.key_id).collect(),
            threshold: tender.threshold,
            bid_security: tender.bid_security.map(Into::into),
            document_ids: tender.document_ids,
            panel_size: tender.panel_size,
            choice: Some(tender.choice.into()),
            reservation: Some(tender.reservation.into()),
            takes_consortia: tender.joint_bidding.takes_consortia,
            consortium_members_most: tender.joint_bidding.consortium_members_most,
            subcontracting: tender.joint_bidding.subcontracting.map(Into::into),
            joint_deduction_percent: tender.joint_bidding.joint_deduction_percent,
        }
    }
}

impl TenderContentInput {
    /// The content in the domain's words, to be compared with another; whatever can't differ in words is left out.
    pub(super) fn said(&self) -> TenderContent {
        let money = |money: &MoneyInput| Money::new(money.amount_minor, Currency::from_code(&money.currency).unwrap_or(Currency::CNY));
        let text = |text: &LocalTextInput| LocalText { zh: text.zh.clone(), en: text.en.clone() };
        let count = |number: i32| u32::try_from(number).unwrap_or_default();
        let nature = match self.nature {
            Nature::Goods => tender_content::Nature::Goods,
            Nature::Services => tender_content::Nature::Services,
            Nature::Works => tender_content::Nature::Works,
        };
        let mut said = TenderContent::begin(text(&self.title), self.category.clone(), nature, money(&self.budget));
        said.description = text(&self.description);
        said.method = match self.method {
            EvaluationMethod::Comprehensive => tender_content::EvaluationMethod::Comprehensive,
            EvaluationMethod::LowestPrice => tender_content::EvaluationMethod::LowestPrice,
        };
        said.small_enterprise_deduction_percent = self.small_enterprise_deduction_percent.into();
        said.delivery_days = count(self.delivery_days);
        let item = |one: &TenderItemInput| tender_content::TenderItem {
            name: text(&one.name),
            quantity: one.quantity.into(),
            unit: one.unit.clone(),
            specification: text(&one.specification),
            lot: count(one.lot),
            green: one.green.map(GreenRequirement::said),
        };
        said.items = self.items.iter().map(item).collect();
        let lot = |one: &TenderLotInput| TenderLot::written(count(one.number), text(&one.title), money(&one.budget));
        said.lots = self.lots.iter().map(lot).collect();
        let caps = self.lot_caps.as_ref();
        said.lot_caps.bid_most = caps.and_then(|caps| caps.bid_most).map(count);
        said.lot_caps.award_most = caps.and_then(|caps| caps.award_most).map(count);
        let requirement = |one: &RequirementInput| tender_content::Requirement {
            kind: match one.kind {
                RequirementKind::Essential => tender_content::RequirementKind::Essential,
                RequirementKind::Important => tender_content::RequirementKind::Important,
                RequirementKind::Plain => tender_content::RequirementKind::Plain,
            },
            text: text(&one.text),
        };
        said.requirements = self.requirements.iter().map(requirement).collect();
        let paper = |one: &PaperInput| tender_content::Paper {
            key: one.key.clone(),
            name: text(&one.name),
            source: one.source.clone(),
            is_obligatory: one.is_obligatory,
        };
        said.papers = self.papers.iter().map(paper).collect();
        let anchor = |one: &AnchorInput| tender_content::Anchor { points: one.points, text: text(&one.text) };
        let criterion = |one: &CriterionInput| tender_content::Criterion {
            key: one.key.clone(),
            kind: tender_content::CriterionKind::Technical,
            name: text(&one.name),
            weight_points: count(one.weight_points),
            basis: text(&one.basis),
            anchors: one.anchors.iter().map(anchor).collect(),
        };
        said.criteria = self.criteria.iter().map(criterion).collect();
        said.deadline_at = self.deadline_at;
        said.questions_until = self.questions_until;
        said.threshold = count(self.threshold);
        said.bid_security = self.bid_security.as_ref().map(money);
        said.panel_size = count(self.panel_size);
        said.subcontracting = self.subcontracting.as_ref().map(text);
        said.joint_deduction_percent = self.joint_deduction_percent.map(Into::into);
        said
    }
}
