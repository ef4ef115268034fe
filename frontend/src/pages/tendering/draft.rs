//! A draft: begun, read with what may be chosen in it, written back whole.

use super::draft_choice::{Organization, ProcedureChoiceInput};
use super::draft_content::{EvaluationMethod, LocalTextInput, MoneyInput, Nature, PaperInput, Tender, TenderContentInput};
use super::tenders::TenderStateName;
use crate::prelude::*;
use crate::schema::StoredFile;
use domain::tendering::standard_papers::standard_papers;
use std::collections::BTreeMap;

impl TenderContentInput {
    /// A new draft: what the law asks of every bidder stands in it from the first.
    pub(super) async fn begin(visit: &Visit) -> Result<Self, PageError> {
        let figures = figures(visit).await?;
        let figure = |key: &str| figures.get(key).and_then(|value| i32::try_from(*value).ok());
        let papers = standard_papers().into_iter().map(|paper| PaperInput {
            key: paper.key,
            name: paper.name.into(),
            source: paper.source,
            is_obligatory: paper.is_obligatory,
        });
        Ok(Self {
            title: LocalTextInput::default(),
            description: LocalTextInput::default(),
            category: String::new(),
            nature: Nature::Goods,
            budget: MoneyInput { amount_minor: 0, currency: "CNY".to_owned() },
            method: EvaluationMethod::Comprehensive,
            small_enterprise_deduction_percent: figure("small_enterprise.deduction_least_percent").unwrap_or(0),
            delivery_days: 30,
            items: Vec::new(),
            lots: Vec::new(),
            lot_caps: None,
            requirements: Vec::new(),
            papers: papers.collect(),
            criteria: Vec::new(),
            deadline_at: None,
            questions_until: None,
            holder_key_ids: Vec::new(),
            threshold: 2,
            bid_security: None,
            document_ids: Vec::new(),
            panel_size: figure("panel.fewest_members").unwrap_or(5),
            choice: Some(ProcedureChoiceInput::open_tender()),
            reservation: None,
            takes_consortia: false,
            consortium_members_most: None,
            subcontracting: None,
            joint_deduction_percent: None,
        })
    }
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Query")]
struct OwnPack {
    policy_pack: Option<Pack>,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "PolicyPack")]
struct Pack {
    figures: Vec<Figure>,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "PolicyFigure")]
struct Figure {
    key: String,
    value: i64,
}

/// The figures of today by whose law the reader buys. One that is not there is unknown, never nothing.
pub(super) async fn figures(visit: &Visit) -> Result<BTreeMap<String, i64>, PageError> {
    let pack = visit.ask(OwnPack::build(())).await?.policy_pack.ok_or(PageError::NotFound)?;
    Ok(pack.figures.into_iter().map(|figure| (figure.key, figure.value)).collect())
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
    #[arguments(tenderId: $id)]
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

/// A draft with what may be chosen in it.
pub(super) struct Editing {
    pub(super) version: i32,
    pub(super) content: TenderContentInput,
    pub(super) documents: Vec<StoredFile>,
    pub(super) holders: Vec<HolderKey>,
    pub(super) categories: Vec<Category>,
    /// The supplier of a single source, to be named beside its code.
    pub(super) sole_supplier: Option<Organization>,
}

/// The draft, for its officers; not found once it has been handed in.
pub(super) async fn load(visit: &Visit, id: &str) -> Result<Editing, PageError> {
    visit.signed_in()?;
    let asked = visit.ask(EditorPage::build(Which { id: id.into() })).await?;
    let tender = asked.tender.filter(|tender| tender.state == TenderStateName::Draft).ok_or(PageError::NotFound)?;
    let (version, holders, categories) = (tender.version, asked.possible_key_holders, asked.categories);
    let documents = tender.documents.clone();
    let sole_supplier = tender.choice.supplier();
    Ok(Editing { version, content: tender.into(), documents, holders, categories, sole_supplier })
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Query", variables = "Which")]
struct FromPlan {
    #[arguments(id: $id)]
    plan: Option<Plan>,
}

#[derive(cynic::QueryFragment, Debug)]
struct Plan {
    title: Words,
    description: Words,
    category: String,
    budget: Sum,
}

/// A new draft that carries out an intention: what that says stands in it.
pub(super) async fn begin_from(visit: &Visit, plan: &str) -> Result<TenderContentInput, PageError> {
    let plan = visit.ask(FromPlan::build(Which { id: plan.into() })).await?.plan.ok_or(PageError::NotFound)?;
    let begun = TenderContentInput::begin(visit).await?;
    Ok(TenderContentInput { title: plan.title.into(), description: plan.description.into(), category: plan.category, budget: plan.budget.into(), ..begun })
}

/// The categories, for a draft that begins.
pub(super) async fn categories(visit: &Visit) -> Result<Vec<Category>, PageError> {
    visit.signed_in()?;
    Ok(visit.ask(Beginning::build(())).await?.categories)
}

#[derive(cynic::InputObject, Debug)]
struct BeginTenderInput {
    plan_id: Option<cynic::Id>,
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
    version: i32,
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

/// Why a draft was not written.
pub(super) struct Unwritten {
    /// What is to be mended, at the form's fields.
    pub(super) errors: Vec<FormError>,
    /// Whether somebody else has written it since.
    pub(super) is_overtaken: bool,
}

/// Begins a draft; its id, or what is to be mended.
pub(super) async fn begin(visit: &Visit, plan: Option<&str>, content: TenderContentInput) -> Result<Result<String, Unwritten>, PageError> {
    let input = BeginTenderInput { plan_id: plan.map(cynic::Id::new), content };
    let payload = visit.ask(Begin::build(BeginWhich { input })).await?.begin_tender;
    Ok(kept(payload).map(|kept| kept.id.into_inner()))
}

/// Writes a draft anew; its version from then on, or what is to be mended.
pub(super) async fn write(visit: &Visit, id: &str, version: i32, content: TenderContentInput) -> Result<Result<i32, Unwritten>, PageError> {
    let input = WriteTenderInput { tender_id: id.into(), version, content };
    let payload = visit.ask(Write::build(WriteWhich { input })).await?.write_tender;
    Ok(kept(payload).map(|kept| kept.version))
}

fn kept(payload: TenderPayload) -> Result<Kept, Unwritten> {
    let is_overtaken = payload.user_errors.iter().any(|error| error.code == "CONFLICT");
    payload.tender.ok_or_else(|| Unwritten { errors: payload.user_errors.into_iter().map(at_field).collect(), is_overtaken })
}

/// The form names its fields within the content.
pub(super) fn at_field(mut error: UserError) -> FormError {
    if error.path.first().is_some_and(|first| first == "content") {
        error.path.remove(0);
    }
    // Files and holders stand in one field each.
    match error.path.first().map(String::as_str) {
        Some("documentIds") => FormError::at("documents", error.message),
        Some("holderKeyIds") => FormError::at("holders", error.message),
        _ => error.into(),
    }
}
