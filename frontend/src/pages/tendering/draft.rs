//! The content of a draft, as the editor reads it from the contract and writes it back whole.

use crate::prelude::*;
use chrono::{DateTime, Utc};
use domain::oversight::policy_pack::{CN, PolicyPack};
use domain::tendering::standard_papers::standard_papers;
use domain::text::ZONE;
use std::sync::LazyLock;

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
    pub(super) requirements: Vec<RequirementInput>,
    pub(super) papers: Vec<PaperInput>,
    pub(super) criteria: Vec<CriterionInput>,
    pub(super) deadline_at: Option<DateTime<Utc>>,
    pub(super) holder_key_ids: Vec<cynic::Id>,
    pub(super) threshold: i32,
    pub(super) bid_security: Option<MoneyInput>,
    pub(super) document_ids: Vec<cynic::Id>,
    pub(super) panel_size: i32,
}

impl TenderContentInput {
    /// A new draft: what the law asks of every bidder stands in it from the first.
    pub(super) fn begin(visit: &Visit) -> Self {
        let papers = standard_papers().into_iter().map(|paper| PaperInput {
            key: paper.key,
            name: paper.name.into(),
            source: paper.source,
            is_obligatory: paper.is_obligatory,
        });
        Self {
            title: LocalTextInput::default(),
            description: LocalTextInput::default(),
            category: String::new(),
            nature: Nature::Goods,
            budget: MoneyInput { amount_minor: 0, currency: "CNY".to_owned() },
            method: EvaluationMethod::Comprehensive,
            small_enterprise_deduction_percent: figure(visit, "small_enterprise.deduction_least_percent").unwrap_or(10),
            delivery_days: 30,
            items: Vec::new(),
            requirements: Vec::new(),
            papers: papers.collect(),
            criteria: Vec::new(),
            deadline_at: None,
            holder_key_ids: Vec::new(),
            threshold: 2,
            bid_security: None,
            document_ids: Vec::new(),
            panel_size: figure(visit, "panel.fewest_members").unwrap_or(5),
        }
    }
}

static PACK: LazyLock<Option<PolicyPack>> = LazyLock::new(|| PolicyPack::load(CN).ok());

/// A figure of the law of the day.
pub(super) fn figure(visit: &Visit, key: &str) -> Option<i32> {
    let rules = PACK.as_ref()?.on(visit.now().with_timezone(&ZONE).date_naive());
    rules.figure(key).and_then(|figure| i32::try_from(figure.value).ok())
}

#[derive(cynic::QueryVariables, Debug)]
struct Which {
    id: cynic::Id,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Query", variables = "Which")]
struct EditorPage {
    #[arguments(id: $id)]
    tender: Option<Tender>,
    possible_key_holders: Vec<HolderKey>,
    categories: Vec<Category>,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Query")]
struct Beginning {
    categories: Vec<Category>,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
pub(super) struct Category {
    pub(super) code: String,
    pub(super) name: Words,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
pub(super) struct HolderKey {
    pub(super) id: cynic::Id,
    pub(super) holder: User,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
pub(super) struct User {
    pub(super) name: Words,
}

#[derive(cynic::QueryFragment, Debug)]
struct Tender {
    version: i32,
    state: super::tenders::TenderStateName,
    title: Words,
    description: Words,
    category: String,
    nature: Nature,
    budget: Sum,
    method: EvaluationMethod,
    small_enterprise_deduction_percent: i32,
    delivery_days: i32,
    items: Vec<TenderItem>,
    requirements: Vec<Requirement>,
    papers: Vec<Paper>,
    criteria: Vec<Criterion>,
    deadline_at: Option<DateTime<Utc>>,
    holders: Vec<KeyHolding>,
    threshold: i32,
    bid_security: Option<Sum>,
    document_ids: Vec<cynic::Id>,
    panel_size: i32,
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
        };
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
            requirements: tender.requirements.into_iter().map(|one| RequirementInput { kind: one.kind, text: one.text.into() }).collect(),
            papers: tender.papers.into_iter().map(paper).collect(),
            criteria: tender.criteria.into_iter().map(criterion).collect(),
            deadline_at: tender.deadline_at,
            holder_key_ids: tender.holders.into_iter().map(|holding| holding.key_id).collect(),
            threshold: tender.threshold,
            bid_security: tender.bid_security.map(Into::into),
            document_ids: tender.document_ids,
            panel_size: tender.panel_size,
        }
    }
}

/// A draft with what may be chosen in it.
pub(super) struct Editing {
    pub(super) version: i32,
    pub(super) content: TenderContentInput,
    pub(super) holders: Vec<HolderKey>,
    pub(super) categories: Vec<Category>,
}

/// The draft, for its officers; not found once it has been handed in.
pub(super) async fn load(visit: &Visit, id: &str) -> Result<Editing, PageError> {
    visit.signed_in()?;
    let asked = visit.ask(EditorPage::build(Which { id: id.into() })).await?;
    let tender = asked.tender.filter(|tender| tender.state == super::tenders::TenderStateName::Draft).ok_or(PageError::NotFound)?;
    let (version, holders, categories) = (tender.version, asked.possible_key_holders, asked.categories);
    Ok(Editing { version, content: tender.into(), holders, categories })
}

/// The categories, for a draft that begins.
pub(super) async fn categories(visit: &Visit) -> Result<Vec<Category>, PageError> {
    visit.signed_in()?;
    Ok(visit.ask(Beginning::build(())).await?.categories)
}

#[derive(cynic::InputObject, Debug)]
struct BeginTenderInput {
    content: TenderContentInput,
}

#[derive(cynic::QueryVariables, Debug)]
struct BeginWhich {
    input: BeginTenderInput,
}

#[derive(cynic::InputObject, Debug)]
struct WriteTenderInput {
    tender_id: cynic::Id,
    version: i32,
    content: TenderContentInput,
}

#[derive(cynic::QueryVariables, Debug)]
struct WriteWhich {
    input: WriteTenderInput,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Tender")]
struct Kept {
    id: cynic::Id,
}

#[derive(cynic::QueryFragment, Debug)]
struct TenderPayload {
    tender: Option<Kept>,
    user_errors: Vec<UserError>,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Mutation", variables = "BeginWhich")]
struct Begin {
    #[arguments(input: $input)]
    begin_tender: TenderPayload,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Mutation", variables = "WriteWhich")]
struct Write {
    #[arguments(input: $input)]
    write_tender: TenderPayload,
}

/// Begins a draft; its id, or what is to be mended.
pub(super) async fn begin(visit: &Visit, content: TenderContentInput) -> Result<Result<String, Vec<FormError>>, PageError> {
    let payload = visit.ask(Begin::build(BeginWhich { input: BeginTenderInput { content } })).await?.begin_tender;
    Ok(kept(payload))
}

/// Writes a draft anew; its id, or what is to be mended.
pub(super) async fn write(visit: &Visit, id: &str, version: i32, content: TenderContentInput) -> Result<Result<String, Vec<FormError>>, PageError> {
    let input = WriteTenderInput { tender_id: id.into(), version, content };
    let payload = visit.ask(Write::build(WriteWhich { input })).await?.write_tender;
    Ok(kept(payload))
}

fn kept(payload: TenderPayload) -> Result<String, Vec<FormError>> {
    match payload.tender {
        Some(tender) => Ok(tender.id.inner().to_owned()),
        None => Err(payload.user_errors.into_iter().map(at_field).collect()),
    }
}

/// The form names its fields within the content.
fn at_field(mut error: UserError) -> FormError {
    if error.path.first().is_some_and(|first| first == "content") {
        error.path.remove(0);
    }
    error.into()
}
