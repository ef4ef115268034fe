//! The page of one tender: the notice, its timeline, its questions, and what this reader may do next.

use super::consortium::JointBidding;
use super::draft_choice::Procedure;
use super::state::tag;
use super::stop::PossibleCommand;
use super::tender_policies::{self, DomesticPreference, ReservationSaid};
use super::tender_moments::{Event, MILESTONES, moments};
use super::tender_questions::{Clarification, questions};
use super::tender_versions::{Amendment, versions};
use super::tenders::TenderStateName;
use crate::prelude::*;
use crate::schema::StoredFile;
use domain::identity::role::Role;
use chrono::{DateTime, Utc};

#[derive(cynic::QueryVariables, Debug)]
struct Which {
    id: cynic::Id,
    milestones: Vec<&'static str>,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Query", variables = "Which")]
struct TenderPage {
    #[arguments(id: $id)]
    tender: Option<Tender>,
    #[arguments(subjectId: $id, names: $milestones, first: 100)]
    events: EventConnection,
    viewer: Option<Viewer>,
}

#[derive(cynic::QueryFragment, Debug)]
struct EventConnection {
    nodes: Vec<Event>,
}

#[derive(cynic::QueryFragment, Debug)]
struct Viewer {
    organization: Reader,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Organization")]
struct Reader {
    id: cynic::Id,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
pub(super) struct Tender {
    number: String,
    buyer_id: cynic::Id,
    plan: Option<Plan>,
    pub(super) state: TenderStateName,
    pub(super) reason: Option<Words>,
    buyer: Option<Organization>,
    agency: Option<Agency>,
    mandate_agency_id: Option<cynic::Id>,
    title: Words,
    description: Words,
    category: String,
    budget: Sum,
    choice: Choice,
    is_viewer_invited: bool,
    follows_id: Option<cynic::Id>,
    pub(super) first_deadline_at: Option<DateTime<Utc>>,
    viewer_commands: Vec<PossibleCommand>,
    method: EvaluationMethod,
    small_enterprise_deduction_percent: i32,
    joint_bidding: JointBidding,
    reservation: ReservationSaid,
    domestic_preference: Option<DomesticPreference>,
    delivery_days: i32,
    requirements: Vec<Requirement>,
    papers: Vec<Paper>,
    criteria: Vec<Criterion>,
    pub(super) deadline_at: Option<DateTime<Utc>>,
    questions_until: Option<DateTime<Utc>>,
    pub(super) published_at: Option<DateTime<Utc>>,
    threshold: i32,
    panel_size: i32,
    bid_security: Option<Sum>,
    holders: Vec<KeyHolding>,
    documents: Vec<StoredFile>,
    pub(super) amendments: Vec<Amendment>,
    clarifications: Vec<Clarification>,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "Organization")]
struct Agency {
    name: Words,
    address: Words,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
struct Organization {
    name: Words,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "ProcedureChoice")]
struct Choice {
    procedure: Procedure,
    ground_words: Option<Words>,
    reason: Words,
    approval_number: String,
    announced_until: Option<DateTime<Utc>>,
    sole_supplier: Option<Organization>,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
struct Plan {
    id: cynic::Id,
    title: Words,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
struct KeyHolding {
    recipient: String,
}

#[derive(cynic::Enum, Clone, Copy, Debug)]
enum EvaluationMethod {
    Comprehensive,
    LowestPrice,
}

#[derive(cynic::Enum, Clone, Copy, Debug)]
enum RequirementKind {
    Essential,
    Important,
    Plain,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
struct Requirement {
    kind: RequirementKind,
    text: Words,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
struct Paper {
    name: Words,
    source: String,
    is_obligatory: bool,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
struct Criterion {
    name: Words,
    weight_points: i32,
    basis: Words,
    anchors: Vec<Anchor>,
}

/// A step on a criterion's scale.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "Anchor")]
struct Anchor {
    points: i32,
    text: Words,
}

impl Tender {
    /// Until when suppliers apply or object, where something is announced beforehand.
    pub(super) const fn announced_until(&self) -> Option<DateTime<Utc>> {
        self.choice.announced_until
    }
}

/// The page.
pub(super) async fn page(visit: &Visit, id: &str) -> Answered {
    let asked = visit.ask(TenderPage::build(Which { id: cynic::Id::new(id), milestones: MILESTONES.iter().map(|(name, _)| *name).collect() })).await?;
    let tender = asked.tender.ok_or(PageError::NotFound)?;
    let own = asked.viewer.map(|viewer| viewer.organization.id);
    let is_own = own.is_some() && (own.as_ref() == Some(&tender.buyer_id) || own == tender.mandate_agency_id);
    let events = asked.events.nodes;
    let title = visit.local(&tender.title).to_owned();
    let subject = super::lots::subject(visit, id).await?;
    let bid = super::bid::way(visit, id, (tender.state, tender.is_viewer_invited)).await?;
    let next = super::next::of(visit, id, tender.state).await?;
    let prequalification = super::prequalification::way(visit, id, (tender.choice.procedure, tender.state), is_own).await?;
    let warned = super::warnings::on_tender(visit, id, is_own).await?;
    let checked = if is_own { super::draft_checks::on_tender(visit, id).await? } else { None };
    let id = id.to_owned();
    Page::titled(title.clone()).crumb(visit.say("section-tenders"), "/tenders").wide().show(move || {
        let countdown = tender.state.takes_bids().then_some(tender.deadline_at).flatten();
        let reason = tender.reason.clone().map(|reason| {
            view! { <Notice tone=Tone::Warning title=say("tender-reason")>{visit_local(&reason)}</Notice> }
        });
        view! {
            <h1>{title}</h1>
            <p>{tag(tender.state, tender.deadline_at)}" "{tender.number.clone()}</p>
            {reason}
            {checked.map(super::draft_checks::shown)}
            {warned.and_then(super::warnings::shown)}
            {countdown.map(|at| view! { <Countdown at/> })}
            {prequalification.as_ref().map(super::prequalification::shown)}
            <div class="acts">
                {super::objections::way(tender.choice.procedure, tender.choice.announced_until, tender.state, is_own)}
                {bid.map(|(to, key)| view! { <p><LinkButton label=say(key) to kind=Kind::Primary/></p> })}
                {super::tender_acts::acts(tender.state)}
                {next.map(super::next::shown)}
                {to_opening(tender.state)}
                {to_amend(&tender, is_own)}
                {to_stop(&tender)}
                {super::mandate::way(is_own)}
                {super::registrations::way(&id, tender.state, is_own)}
                {to_security(&tender, &id)}
                {tender.joint_bidding.way(&id, tender.state)}
            </div>
            <p class="lead">{visit_local(&tender.description)}</p>
            {summary(&tender)}
            <h2>{say("tender-timeline")}</h2>
            <Timeline moments=moments(&tender, &events)/>
            {super::process::link()}
            {super::lots::shown(&subject)}
            <h2>{say("tender-requirements")}</h2>
            {requirements(&tender)}
            <h2>{say("tender-papers")}</h2>
            {papers(&tender)}
            <h2>{say("tender-criteria")}</h2>
            {criteria(&tender)}
            <h2 id="documents">{say("tender-documents")}</h2>
            {documents(&tender)}
            {versions(&tender.amendments)}
            <h2 id="questions">{say("tender-questions")}</h2>
            {questions(&tender.clarifications, is_own, (tender.state, tender.questions_until))}
        }
    })
}

/// The way to the opening, from the notice on: beforehand it says who opens and how, and holders try their keys.
fn to_opening(state: TenderStateName) -> Option<AnyView> {
    let to = format!("{}/opening", visit().path());
    state.takes_bids().then(|| view! { <p><LinkButton label=say("opening-page-title") to/></p> }.into_any())
}

/// The way to a change, for the officers who answer for the notice.
fn to_amend(tender: &Tender, is_own: bool) -> Option<AnyView> {
    let visit = visit();
    let is_negotiated = tender.state == TenderStateName::Negotiating;
    let is_open = super::amend::can_change(tender.state) && (is_negotiated || tender.deadline_at.is_some_and(|at| at > visit.now()));
    let may = is_own && visit.has_role(Role::Officer) && is_open;
    may.then(|| view! { <p><LinkButton label=say("amend-title") to=format!("{}/amend", visit.path())/></p> }.into_any())
}

/// The way to a supplier's security, where the notice asks for one.
fn to_security(tender: &Tender, id: &str) -> Option<AnyView> {
    let may = tender.bid_security.is_some() && tender.published_at.is_some() && visit().has_role(Role::Seller);
    may.then(|| view! { <p><a href=format!("/tenders/{id}/security")>{say("security-title")}</a></p> }.into_any())
}

/// The way to where it is stopped, called off, or begun again.
fn to_stop(tender: &Tender) -> Option<AnyView> {
    let visit = visit();
    let is_staff = visit.has_role(Role::Officer) || visit.has_role(Role::Supervisor);
    let may = is_staff && tender.viewer_commands.iter().any(|one| one.command.is_stop());
    may.then(|| view! { <p><a href=format!("{}/stop", visit.path())>{say("stop-title")}</a></p> }.into_any())
}

pub(super) fn visit_local(words: &Words) -> String {
    visit().local(words).to_owned()
}

fn summary(tender: &Tender) -> impl IntoView + use<> {
    let method = match tender.method {
        EvaluationMethod::Comprehensive => say("tender-method-comprehensive"),
        EvaluationMethod::LowestPrice => say("tender-method-lowest-price"),
    };
    let held = tender.holders.iter().filter(|holder| !holder.recipient.is_empty()).count();
    let keys = facts([("needed", i64::from(tender.threshold).into()), ("held", held.into())]);
    let buyer = tender.buyer.as_ref().map(|buyer| {
        let to = format!("/buyers/{}", tender.buyer_id.inner());
        view! { <a href=to>{visit_local(&buyer.name)}</a> }
    });
    let budget = tender.budget.clone();
    let security = match tender.bid_security.clone() {
        Some(sum) => view! { <Amount money=sum.into()/> }.into_any(),
        None => say("tender-bid-security-none").into_any(),
    };
    let mut facts = vec![
        SummaryFact::new(say("tender-buyer"), buyer),
        SummaryFact::new(say("choice-procedure"), tender.choice.procedure.words()),
        SummaryFact::new(say("tender-category"), tender.category.clone()),
        SummaryFact::new(say("tender-budget"), view! { <Amount money=budget.into()/> }),
        SummaryFact::new(say("tender-deadline"), tender.deadline_at.map(|at| view! { <Instant at/> })),
        SummaryFact::new(say("tender-questions-until"), tender.questions_until.or(tender.deadline_at).map(|at| view! { <Instant at/> })),
        SummaryFact::new(say("tender-method"), method),
        SummaryFact::new(say("tender-delivery"), say_with("tender-days", facts([("days", i64::from(tender.delivery_days).into())]))),
        SummaryFact::new(say("tender-panel"), say_with("tender-panel-of", facts([("members", i64::from(tender.panel_size).into())]))),
        SummaryFact::new(say("tender-bid-security"), security),
        SummaryFact::new(say("tender-keys"), say_with("tender-keys-needed", keys)),
    ];
    facts.extend(tender.joint_bidding.facts());
    if let Some(agency) = &tender.agency {
        let said = format!("{} · {}", visit_local(&agency.name), visit_local(&agency.address));
        facts.insert(1, SummaryFact::new(say("tender-agency"), said));
    }
    facts.extend(tender_policies::facts(&tender.reservation, tender.domestic_preference.as_ref(), tender.small_enterprise_deduction_percent));
    facts.extend(choice(tender));
    if let Some(plan) = &tender.plan {
        let to = format!("/plans/{}", plan.id.inner());
        facts.push(SummaryFact::new(say("tender-plan"), view! { <a href=to>{visit_local(&plan.title)}</a> }));
    }
    view! { <SummaryList facts/> }
}

/// Why another procedure than an open tender, and what came before it.
fn choice(tender: &Tender) -> Vec<SummaryFact> {
    let choice = &tender.choice;
    let mut told = Vec::new();
    if let Some(ground) = &choice.ground_words {
        told.push(SummaryFact::new(say("choice-ground"), visit_local(ground)));
        told.push(SummaryFact::new(say("choice-reason"), visit_local(&choice.reason)));
    }
    if !choice.approval_number.is_empty() {
        told.push(SummaryFact::new(say("choice-approval"), choice.approval_number.clone()));
    }
    if let Some(supplier) = &choice.sole_supplier {
        told.push(SummaryFact::new(say("choice-sole-supplier"), visit_local(&supplier.name)));
    }
    if let Some(at) = choice.announced_until {
        told.push(SummaryFact::new(say("choice-announced-until"), view! { <Instant at/> }));
    }
    if let Some(follows) = &tender.follows_id {
        let to = format!("/tenders/{}", follows.inner());
        told.push(SummaryFact::new(say("choice-follows"), view! { <a href=to>{say("choice-follows-link")}</a> }));
    }
    told
}

fn requirements(tender: &Tender) -> impl IntoView + use<> {
    let lines = tender.requirements.iter().map(|one| {
        let mark = match one.kind {
            RequirementKind::Essential => say("requirement-essential"),
            RequirementKind::Important => say("requirement-important"),
            RequirementKind::Plain => String::new(),
        };
        view! { <li>{visit_local(&one.text)}" "<strong>{mark}</strong></li> }
    });
    let lines = lines.collect_view();
    view! { <ol>{lines}</ol> }
}

fn papers(tender: &Tender) -> impl IntoView + use<> {
    let lines = tender.papers.iter().map(|paper| {
        let must = say(if paper.is_obligatory { "paper-obligatory" } else { "paper-optional" });
        view! { <li>{visit_local(&paper.name)}" · "{must}" · "<small>{paper.source.clone()}</small></li> }
    });
    let lines = lines.collect_view();
    view! { <ul>{lines}</ul> }
}

fn criteria(tender: &Tender) -> AnyView {
    if tender.criteria.is_empty() {
        return view! { <p>{say("tender-method-lowest-price-why")}</p> }.into_any();
    }
    let columns = vec![
        Column::new(say("criterion-name")),
        Column::number(say("criterion-points")),
        Column::new(say("criterion-basis")),
    ];
    let rows = tender.criteria.iter().map(|one| {
        view! {
            <tr>
                <th scope="row">{visit_local(&one.name)}</th>
                <td class="number">{one.weight_points}</td>
                <td>{visit_local(&one.basis)}{scale(&one.anchors)}</td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! { <div class="brief"><Table caption=say("tender-criteria-total") columns>{rows}</Table></div> }.into_any()
}

/// The scale by which points are given, so that every bidder knows it (财政部令第87号第五十五条).
fn scale(anchors: &[Anchor]) -> Option<impl IntoView + use<>> {
    let steps = anchors.iter().map(|anchor| view! { <li>{anchor.points}": "{visit_local(&anchor.text)}</li> }).collect::<Vec<_>>();
    (!steps.is_empty()).then(|| view! { <details><summary>{say("criterion-anchors")}</summary><ul class="plain">{steps}</ul></details> })
}

fn documents(tender: &Tender) -> AnyView {
    if tender.documents.is_empty() {
        return view! { <p>{say("tender-documents-none")}</p> }.into_any();
    }
    let hint = tender.published_at.is_none().then(|| view! { <p class="help">{say("tender-documents-draft")}</p> });
    view! { {hint} <FileList files=tender.documents.clone()/> }.into_any()
}
