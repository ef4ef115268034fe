//! The evaluation report (评审报告): the ranking, the way to every figure, what was rejected and why, and the members'
//! signatures. Printed, it is the paper that is kept.

use super::qualification::EvaluationStage;
use super::lots::Lot;
use super::report_lines;
use crate::prelude::*;
use chrono::{DateTime, Utc};

#[derive(cynic::QueryVariables, Debug)]
struct Which {
    id: cynic::Id,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Query", variables = "Which")]
struct ReportPage {
    #[arguments(tenderId: $id)]
    evaluation: Option<Evaluation>,
    #[arguments(id: $id)]
    tender: Option<Tender>,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
struct Tender {
    buyer: Option<Organization>,
    budget: Sum,
    is_divided: bool,
    lots: Vec<Lot>,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
pub(super) struct Organization {
    pub(super) name: Words,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
pub(super) struct Evaluation {
    tender_number: String,
    tender_title: Words,
    stage: EvaluationStage,
    failure: Option<Words>,
    is_member: bool,
    submitted_count: i32,
    panel: Vec<PanelMember>,
    price_weight_points: i32,
    pub(super) papers: Vec<RequiredPaper>,
    pub(super) findings: Vec<PaperFinding>,
    pub(super) bids: Vec<EvaluatedBid>,
    pub(super) criteria: Vec<ScoringCriterion>,
    pub(super) essential_requirements: Vec<EssentialRequirement>,
    pub(super) report: Option<EvaluationReport>,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
struct PanelMember {
    declared_at: Option<DateTime<Utc>>,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
pub(super) struct RequiredPaper {
    pub(super) key: String,
    pub(super) name: Words,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
pub(super) struct PaperFinding {
    pub(super) bid_id: cynic::Id,
    pub(super) paper: String,
    pub(super) is_met: bool,
    pub(super) reason: String,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
pub(super) struct EvaluatedBid {
    pub(super) bid_id: cynic::Id,
    pub(super) lot_number: Option<i32>,
    pub(super) bidder: Option<Organization>,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
pub(super) struct ScoringCriterion {
    pub(super) key: String,
    pub(super) name: Words,
    pub(super) most_points: String,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
pub(super) struct EssentialRequirement {
    pub(super) requirement: i32,
    pub(super) text: Words,
}

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RankingMethod {
    Comprehensive,
    LowestPrice,
}

#[derive(cynic::Enum, Clone, Copy, Debug)]
pub(super) enum TieBreak {
    Price,
    Technical,
    Green,
    Draw,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
pub(super) struct EvaluationReport {
    pub(super) method: RankingMethod,
    benchmark: Option<Sum>,
    drawn_up_at: DateTime<Utc>,
    is_signed: bool,
    pub(super) members: Vec<ReportSignature>,
    pub(super) lines: Vec<ReportLine>,
    my_signed_at: Option<DateTime<Utc>>,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
pub(super) struct ReportSignature {
    pub(super) name: Words,
    signed_at: Option<DateTime<Utc>>,
    dissent: String,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
pub(super) struct ReportLine {
    pub(super) lot_number: Option<i32>,
    pub(super) is_passed_over: bool,
    pub(super) bidder: Option<Organization>,
    pub(super) consortium: Vec<super::members::ConsortiumShare>,
    pub(super) subcontracts: Vec<super::members::DeclaredSubcontract>,
    pub(super) price: Sum,
    pub(super) rank: Option<i32>,
    pub(super) evaluated_price: Option<Sum>,
    pub(super) deduction_arithmetic: Option<String>,
    pub(super) price_points: Option<String>,
    pub(super) price_arithmetic: Option<String>,
    pub(super) criteria: Vec<CriterionResult>,
    pub(super) total_points: Option<String>,
    pub(super) tie_break: Option<TieBreak>,
    pub(super) unmet: Vec<UnmetRequirement>,
    pub(super) invalidity: Option<Words>,
    pub(super) low_price: Vec<super::sheet::LowPriceTrigger>,
    pub(super) price_notes: Vec<String>,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
pub(super) struct CriterionResult {
    pub(super) criterion: String,
    pub(super) given: Vec<String>,
    pub(super) points: String,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
pub(super) struct UnmetRequirement {
    pub(super) requirement: i32,
    pub(super) members: i32,
    pub(super) reasons: Vec<String>,
}

pub(super) fn name(organization: Option<&Organization>) -> String {
    organization.map(|one| visit().local(&one.name).to_owned()).unwrap_or_default()
}

/// The page.
pub(super) async fn page(visit: &Visit, id: &str) -> Answered {
    visit.signed_in()?;
    let asked = visit.ask(ReportPage::build(Which { id: id.into() })).await?;
    let evaluation = asked.evaluation.ok_or(PageError::NotFound)?;
    let tender = asked.tender.ok_or(PageError::NotFound)?;
    let about = visit.local(&evaluation.tender_title).to_owned();
    let to = format!("/tenders/{id}");
    Page::titled(visit.say("report-title")).wide().crumb(visit.say("section-tenders"), "/tenders").crumb(about.clone(), to.clone()).show(
        move || {
            let body = match &evaluation.report {
                Some(report) => whole(&evaluation, report, &tender).into_any(),
                None => waiting(&evaluation),
            };
            view! {
                <h1>{say("report-title")}</h1>
                <p class="quiet">{about}</p>
                {body}
            }
        },
    )
}

fn waiting(evaluation: &Evaluation) -> AnyView {
    if let Some(failure) = &evaluation.failure {
        let why = visit().local(failure).to_owned();
        return view! { <Empty why=say("report-none-failed")><p>{why}</p></Empty> }.into_any();
    }
    let members = evaluation.panel.iter().filter(|member| member.declared_at.is_some()).count();
    let counts = facts([("submitted", i64::from(evaluation.submitted_count).into()), ("members", members.into())]);
    let key = if evaluation.stage == EvaluationStage::Scoring { "report-none-sheets" } else { "report-none-next" };
    view! { <Empty why=say("report-none")><p>{say_with(key, counts)}</p></Empty> }.into_any()
}

fn whole(evaluation: &Evaluation, report: &EvaluationReport, tender: &Tender) -> impl IntoView + use<> {
    let visit = visit();
    let failure = evaluation.failure.as_ref().map(|failure| {
        let why = visit.local(failure).to_owned();
        view! { <Notice tone=Tone::Warning title=say("report-failed")><p>{why}</p></Notice> }
    });
    let method = match report.method {
        RankingMethod::Comprehensive => "tender-method-comprehensive",
        RankingMethod::LowestPrice => "tender-method-lowest-price",
    };
    let mut summary = vec![
        SummaryFact::new(say("report-tender-number"), evaluation.tender_number.clone()),
        SummaryFact::new(say("tender-buyer"), name(tender.buyer.as_ref())),
        SummaryFact::new(say("tender-budget"), view! { <Amount money=tender.budget.clone().into()/> }),
        SummaryFact::new(say("tender-method"), say(method)),
        SummaryFact::new(say("report-drawn-up"), view! { <Instant at=report.drawn_up_at/> }),
    ];
    if let Some(benchmark) = report.benchmark.clone().filter(|_| !tender.is_divided) {
        summary.push(SummaryFact::new(say("report-benchmark"), view! { <Amount money=benchmark.into()/> }));
    }
    let signed = report.members.iter().filter(|member| member.signed_at.is_some()).count();
    let counts = facts([("signed", signed.into()), ("members", report.members.len().into())]);
    let (state, key) = if report.is_signed { (State::Sealed, "report-signed") } else { (State::Waiting, "report-unsigned") };
    let state = evaluation.failure.is_none().then(|| view! { <p><Tag state label=say_with(key, counts)/></p> });
    let weight = facts([("points", i64::from(evaluation.price_weight_points).into())]);
    let formula = (report.method == RankingMethod::Comprehensive).then(|| view! { <p class="help">{say_with("report-formula", weight)}</p> });
    view! {
        {failure}
        {state}
        {sign(evaluation, report)}
        <SummaryList facts=summary/>
        {formula}
        {lots(evaluation, report, tender)}
        {signatures(evaluation, report)}
    }
}

/// The bids, lot by lot where the tender is divided.
fn lots(evaluation: &Evaluation, report: &EvaluationReport, tender: &Tender) -> AnyView {
    if !tender.is_divided {
        return of_lot(evaluation, report, None);
    }
    let lots = tender.lots.iter().map(|lot| {
        let failed = lot.failure_reason.as_ref().map(|reason| {
            let why = visit().local(reason).to_owned();
            view! { <Notice tone=Tone::Warning title=say("lot-failed")><p>{why}</p></Notice> }
        });
        view! { <section class="lot"><h2>{lot.name()}</h2>{failed}{of_lot(evaluation, report, Some(lot.number))}</section> }
    });
    lots.collect_view().into_any()
}

fn of_lot(evaluation: &Evaluation, report: &EvaluationReport, lot: Option<i32>) -> AnyView {
    let mut own = report.clone();
    own.lines.retain(|line| line.lot_number == lot);
    let mut judged = evaluation.clone();
    judged.bids.retain(|bid| bid.lot_number == lot);
    let has_lines = !own.lines.is_empty();
    view! {
        {has_lines.then(|| view! { {report_lines::ranking(&own)} {report_lines::ways(evaluation, &own)} })}
        {report_lines::rejected(evaluation, &own)}
        {report_lines::unqualified(&judged)}
    }
    .into_any()
}

/// What a member does here, once.
fn sign(evaluation: &Evaluation, report: &EvaluationReport) -> Option<AnyView> {
    if let Some(at) = report.my_signed_at {
        let facts = vec![
            SummaryFact::new(say("report-tender-number"), evaluation.tender_number.clone()),
            SummaryFact::new(say("report-signed-at"), view! { <Instant at/> }),
        ];
        return visit().done().map(|_| {
            view! { <Confirmation title=say("report-signed-own") facts level=2><p>{say("report-signed-own-next")}</p></Confirmation> }.into_any()
        });
    }
    (evaluation.is_member && evaluation.stage == EvaluationStage::Reported).then(|| {
        view! {
            <section class="acts" aria-labelledby="sign-title">
                <h2 id="sign-title">{say("report-sign-title")}</h2>
                <p>{say("report-sign-lead")}</p>
                <Form>
                    <TextArea name="dissent" label=say("report-dissent") help=say("report-dissent-help") rule=say("report-dissent-rule") rows=3 optional=true/>
                    <Button label=say("report-sign") name="do" value="sign" kind=Kind::Final/>
                </Form>
            </section>
        }
        .into_any()
    })
}

fn signatures(evaluation: &Evaluation, report: &EvaluationReport) -> impl IntoView + use<> {
    let visit = visit();
    let rows = report.members.iter().map(|member| {
        let signed = match member.signed_at {
            Some(at) => view! { <Tag state=State::Sealed label=say("report-member-signed")/>" "<Instant at/> }.into_any(),
            // A report of a failed tender is not signed: its notice stands instead.
            None if evaluation.failure.is_some() => say("report-member-none").into_any(),
            None => view! { <Tag state=State::Waiting label=say("report-member-unsigned")/> }.into_any(),
        };
        let dissent = match (member.signed_at, member.dissent.as_str()) {
            (None, _) => String::new(),
            (Some(_), "") => say("report-agrees"),
            (Some(_), dissent) => dissent.to_owned(),
        };
        view! { <tr><th scope="row">{visit.local(&member.name).to_owned()}</th><td>{signed}</td><td>{dissent}</td></tr> }
    });
    let rows = rows.collect_view();
    let columns = vec![Column::new(say("panel-member")), Column::new(say("report-signature")), Column::new(say("report-dissent-column"))];
    view! { <div class="brief"><Table caption=say("report-signatures") columns>{rows}</Table></div> }
}

#[derive(cynic::InputObject, Debug)]
struct SignReportInput {
    tender_id: cynic::Id,
    dissent: String,
}

#[derive(cynic::QueryVariables, Debug)]
struct SignWhich {
    input: SignReportInput,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Mutation", variables = "SignWhich")]
struct SignReport {
    #[arguments(input: $input)]
    sign_report: SignReportPayload,
}

#[derive(cynic::QueryFragment, Debug)]
struct SignReportPayload {
    user_errors: Vec<UserError>,
}

/// Signs for the member who reads.
pub(super) async fn act(visit: &Visit, id: &str) -> Answered {
    let input = SignReportInput { tender_id: id.into(), dissent: visit.posted("dissent").unwrap_or_default().to_owned() };
    let errors = visit.ask(SignReport::build(SignWhich { input })).await?.sign_report.user_errors;
    if errors.is_empty() { Answer::done(format!("/tenders/{id}/report"), "report-signed") } else { Answer::again(errors) }
}
