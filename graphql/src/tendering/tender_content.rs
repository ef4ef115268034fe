//! What a tender says, read and written.

use super::lot::{LotCapsInput, TenderLotInput};
use super::procedure::ProcedureChoiceInput;
use super::reservation::{GreenRequirement, ReservationInput};
use crate::ident;
use crate::values::{LocalText, LocalTextInput, MoneyInput};
use app::Error;
use app::tendering::tender::Draft;
use async_graphql::{Enum, ID, InputObject, SimpleObject};
use chrono::{DateTime, Utc};
use domain::ident::{FileId, HolderKeyId};
use domain::tendering::tender_content as content;

/// What is bought.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::tendering::tender_content::Nature")]
pub enum Nature {
    /// Goods (货物).
    Goods,
    /// Works (工程).
    Works,
    /// Services (服务).
    Services,
}

/// How bids are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::tendering::tender_content::EvaluationMethod")]
pub enum EvaluationMethod {
    /// Points over all criteria (综合评分法).
    Comprehensive,
    /// The lowest price among those that meet everything (最低评标价法).
    LowestPrice,
}

/// How strictly a requirement is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::tendering::tender_content::RequirementKind")]
pub enum RequirementKind {
    /// ★: a bid that does not meet it is invalid.
    Essential,
    /// ▲: not meeting it costs points.
    Important,
    /// To be met, at little cost in points.
    Plain,
}

/// What a criterion judges.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::tendering::tender_content::CriterionKind")]
pub enum CriterionKind {
    /// The price, by formula.
    Price,
    /// What is offered.
    Technical,
    /// Who offers it.
    Business,
}

/// A thing that is bought.
#[derive(Clone, Debug, SimpleObject)]
pub struct TenderItem {
    /// Its name.
    pub name: LocalText,
    /// How many.
    pub quantity: i64,
    /// Of which unit.
    pub unit: String,
    /// What it must be.
    pub specification: LocalText,
    /// The number of its lot; 1 where the tender is not divided.
    pub lot: u32,
    /// What it must or should be, to save energy or the environment.
    pub green: Option<GreenRequirement>,
}

/// A requirement that every bid answers.
#[derive(Clone, Debug, SimpleObject)]
pub struct Requirement {
    /// How strictly.
    pub kind: RequirementKind,
    /// What.
    pub text: LocalText,
}

/// A paper by which a bidder shows that it qualifies.
#[derive(Clone, Debug, SimpleObject)]
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

/// A step on a criterion's scale.
#[derive(Clone, Debug, SimpleObject)]
pub struct Anchor {
    /// The points given, or taken where negative.
    pub points: i32,
    /// For what.
    pub text: LocalText,
}

/// A criterion of comprehensive scoring.
#[derive(Clone, Debug, SimpleObject)]
pub struct Criterion {
    /// Its short name, unique in the tender.
    pub key: String,
    /// What it judges.
    pub kind: CriterionKind,
    /// Its name.
    pub name: LocalText,
    /// Its points of a hundred.
    pub weight_points: u32,
    /// By what it is judged.
    pub basis: LocalText,
    /// The scale; empty for the price.
    pub anchors: Vec<Anchor>,
}

/// A thing that is bought.
#[derive(Clone, Debug, InputObject)]
pub struct TenderItemInput {
    /// Its name.
    pub name: LocalTextInput,
    /// How many, at least one.
    pub quantity: i64,
    /// Of which unit.
    pub unit: String,
    /// What it must be.
    pub specification: LocalTextInput,
    /// The number of its lot.
    #[graphql(default = 1)]
    pub lot: u32,
    /// What it must or should be, to save energy or the environment. Where it is obligatory, its certificate becomes a paper
    /// without which no bidder qualifies.
    pub green: Option<GreenRequirement>,
}

/// A requirement that every bid answers.
#[derive(Clone, Debug, InputObject)]
pub struct RequirementInput {
    /// How strictly.
    pub kind: RequirementKind,
    /// What.
    pub text: LocalTextInput,
}

/// A paper by which a bidder shows that it qualifies.
#[derive(Clone, Debug, InputObject)]
pub struct PaperInput {
    /// Its short name, unique in the tender.
    pub key: String,
    /// Its name.
    pub name: LocalTextInput,
    /// The article that asks for it.
    pub source: String,
    /// Whether a bidder without it fails to qualify.
    pub is_obligatory: bool,
}

/// A step on a criterion's scale.
#[derive(Clone, Debug, InputObject)]
pub struct AnchorInput {
    /// The points given, or taken where negative.
    pub points: i32,
    /// For what.
    pub text: LocalTextInput,
}

/// A criterion of comprehensive scoring.
#[derive(Clone, Debug, InputObject)]
pub struct CriterionInput {
    /// Its short name, unique in the tender.
    pub key: String,
    /// What it judges.
    pub kind: CriterionKind,
    /// Its name.
    pub name: LocalTextInput,
    /// Its points of a hundred.
    pub weight_points: u32,
    /// By what it is judged.
    pub basis: LocalTextInput,
    /// The scale; empty for the price.
    #[graphql(default)]
    pub anchors: Vec<AnchorInput>,
}

/// Everything that a tender says. In a draft all but title and budget may still be empty.
#[derive(Clone, Debug, InputObject)]
pub struct TenderContentInput {
    /// Its title, at most 200 characters.
    pub title: LocalTextInput,
    /// What is wanted and why, at most 10,000 characters.
    pub description: LocalTextInput,
    /// The category's code.
    pub category: String,
    /// Goods, works or services.
    pub nature: Nature,
    /// The budget, which is also the ceiling of prices.
    pub budget: MoneyInput,
    /// How bids are compared.
    pub method: EvaluationMethod,
    /// Taken off the prices of micro and small enterprises for evaluation, in percent.
    pub small_enterprise_deduction_percent: i64,
    /// Days from the contract to delivery.
    pub delivery_days: u32,
    /// What is bought; at most 200 in each lot.
    #[graphql(default)]
    pub items: Vec<TenderItemInput>,
    /// The lots, at least two and at most 100; none where it is not divided.
    #[graphql(default)]
    pub lots: Vec<TenderLotInput>,
    /// How many of the lots one supplier may bid for and win.
    pub lot_caps: Option<LotCapsInput>,
    /// What it must be; at most 200.
    #[graphql(default)]
    pub requirements: Vec<RequirementInput>,
    /// What bidders show to qualify; at most 200.
    #[graphql(default)]
    pub papers: Vec<PaperInput>,
    /// By what bids are judged; empty when the lowest price decides.
    #[graphql(default)]
    pub criteria: Vec<CriterionInput>,
    /// Until when bids are taken.
    pub deadline_at: Option<DateTime<Utc>>,
    /// Until when questions are taken; until the deadline when left out. An answer that affects bids must leave bidders as
    /// many days as the law asks for. In a change of what is published, left out leaves it as it was.
    pub questions_until: Option<DateTime<Utc>>,
    /// The registered keys of those who open the bids.
    #[graphql(default)]
    pub holder_key_ids: Vec<ID>,
    /// How many of them are needed, at least two.
    pub threshold: u32,
    /// What a bidder deposits, if anything.
    pub bid_security: Option<MoneyInput>,
    /// Files of the tender, uploaded before.
    #[graphql(default)]
    pub document_ids: Vec<ID>,
    /// How many evaluators judge: an odd number.
    pub panel_size: u32,
    /// By which procedure, and why; an open tender unless told. A change of a published tender leaves it as it is.
    pub choice: Option<ProcedureChoiceInput>,
    /// What of it only small and medium enterprises may get; undecided unless told. A change of a published tender leaves it as
    /// it is.
    pub reservation: Option<ReservationInput>,
    /// Whether suppliers may bid together (联合体).
    #[graphql(default)]
    pub takes_consortia: bool,
    /// The most members of a consortium; as many as the rules let it have unless told.
    pub consortium_members_most: Option<u32>,
    /// What a bidder may leave to others (分包), never the core of the contract; left out where it may not.
    pub subcontracting: Option<LocalTextInput>,
    /// Taken off the prices of bids that leave enough to micro and small enterprises in a consortium or by subcontract, in
    /// percent; the least that is lawful unless told.
    pub joint_deduction_percent: Option<i64>,
}

macro_rules! read {
    ($($name:ident { $($field:ident),* $(; $kind:ident)? }),* $(,)?) => {
        $(impl From<content::$name> for $name {
            fn from(value: content::$name) -> Self {
                Self { $($field: value.$field.into(),)* $($kind: value.$kind.into())? }
            }
        })*
    };
}
read! {
    Requirement { kind, text },
    Paper { key, name, source, is_obligatory },
    Anchor { points, text },
}

impl From<content::TenderItem> for TenderItem {
    fn from(one: content::TenderItem) -> Self {
        Self {
            name: one.name.into(),
            quantity: one.quantity,
            unit: one.unit,
            specification: one.specification.into(),
            lot: one.lot,
            green: one.green.map(Into::into),
        }
    }
}

impl From<content::Criterion> for Criterion {
    fn from(one: content::Criterion) -> Self {
        Self {
            key: one.key,
            kind: one.kind.into(),
            name: one.name.into(),
            weight_points: one.weight_points,
            basis: one.basis.into(),
            anchors: one.anchors.into_iter().map(Into::into).collect(),
        }
    }
}

fn criterion(one: CriterionInput) -> content::Criterion {
    let anchor = |anchor: AnchorInput| content::Anchor { points: anchor.points, text: anchor.text.into() };
    content::Criterion {
        key: one.key,
        kind: one.kind.into(),
        name: one.name.into(),
        weight_points: one.weight_points,
        basis: one.basis.into(),
        anchors: one.anchors.into_iter().map(anchor).collect(),
    }
}

impl TenderContentInput {
    /// The draft: the use case looks its holders up.
    ///
    /// # Errors
    /// `MALFORMED` for an id, `CURRENCY_NOT_TAKEN`, `OUT_OF_RANGE` for an amount.
    pub fn draft(self) -> Result<Draft, Error> {
        let keys = self.holder_key_ids.iter().map(|id| ident::of_kind(id, HolderKeyId::KIND, "content.holderKeyIds"));
        let holder_keys = keys.collect::<Result<_, _>>()?;
        Ok(Draft { content: self.content()?, holder_keys })
    }

    fn content(self) -> Result<content::TenderContent, Error> {
        let item = |item: TenderItemInput| content::TenderItem {
            name: item.name.into(),
            quantity: item.quantity,
            unit: item.unit,
            specification: item.specification.into(),
            lot: item.lot,
            green: item.green.map(Into::into),
        };
        let paper = |paper: PaperInput| content::Paper {
            key: paper.key,
            name: paper.name.into(),
            source: paper.source,
            is_obligatory: paper.is_obligatory,
        };
        let requirement = |one: RequirementInput| content::Requirement { kind: one.kind.into(), text: one.text.into() };
        let documents = self.document_ids.iter().map(|id| ident::of_kind(id, FileId::KIND, "content.documentIds"));
        Ok(content::TenderContent {
            title: self.title.into(),
            description: self.description.into(),
            category: self.category,
            nature: self.nature.into(),
            budget: self.budget.read("content.budget")?,
            method: self.method.into(),
            small_enterprise_deduction_percent: self.small_enterprise_deduction_percent,
            delivery_days: self.delivery_days,
            items: self.items.into_iter().map(item).collect(),
            lots: self.lots.into_iter().enumerate().map(|(index, lot)| lot.read(index)).collect::<Result<_, _>>()?,
            lot_caps: self.lot_caps.map(Into::into).unwrap_or_default(),
            requirements: self.requirements.into_iter().map(requirement).collect(),
            papers: self.papers.into_iter().map(paper).collect(),
            criteria: self.criteria.into_iter().map(criterion).collect(),
            deadline_at: self.deadline_at,
            questions_until: self.questions_until,
            holders: Vec::new(),
            threshold: self.threshold,
            bid_security: self.bid_security.map(|money| money.read("content.bidSecurity")).transpose()?,
            documents: documents.collect::<Result<_, _>>()?,
            panel_size: self.panel_size,
            choice: self.choice.map(ProcedureChoiceInput::read).transpose()?.unwrap_or_default(),
            reservation: self.reservation.map(ReservationInput::read).transpose()?.unwrap_or_default(),
            takes_consortia: self.takes_consortia,
            consortium_members_most: self.consortium_members_most,
            subcontracting: self.subcontracting.map(Into::into),
            joint_deduction_percent: self.joint_deduction_percent,
        })
    }
}
