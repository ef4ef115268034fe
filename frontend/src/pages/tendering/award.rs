//! The award of a tender: the public result, what a bidder was told, and what the buyer's people do next.

use crate::prelude::*;
use chrono::{DateTime, Utc};
use domain::identity::role::Role;

#[derive(cynic::QueryVariables, Debug)]
struct Which {
    id: cynic::Id,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Query", variables = "Which")]
struct AwardPage {
    #[arguments(id: $id)]
    tender: Option<Tender>,
    #[arguments(tenderId: $id)]
    award: Option<Award>,
    #[arguments(tenderId: $id)]
    award_notice: Option<AwardNotice>,
    #[arguments(tenderId: $id)]
    evaluation: Option<Evaluation>,
    #[arguments(tenderId: $id)]
    contract_of_tender: Option<Contract>,
}

#[derive(cynic::QueryFragment, Debug)]
struct Tender {
    title: Words,
}

#[derive(cynic::QueryFragment, Debug)]
struct Organization {
    name: Words,
}

#[derive(cynic::QueryFragment, Debug)]
struct Award {
    supplier: Option<Organization>,
    price: Sum,
    ranking: Vec<AwardPlace>,
    published_at: Option<DateTime<Utc>>,
}

#[derive(cynic::QueryFragment, Debug)]
struct AwardPlace {
    bidder: Option<Organization>,
    price: Sum,
    rank: i32,
    price_points: String,
    total_points: String,
}

#[derive(cynic::QueryFragment, Debug)]
struct AwardNotice {
    reason: Words,
    told_at: DateTime<Utc>,
}

#[derive(cynic::QueryFragment, Debug)]
struct Evaluation {
    report: Option<EvaluationReport>,
}

#[derive(cynic::QueryFragment, Debug)]
struct EvaluationReport {
    is_signed: bool,
    lines: Vec<ReportLine>,
}

#[derive(cynic::QueryFragment, Debug)]
struct ReportLine {
    bid_id: cynic::Id,
    bidder: Option<Organization>,
    price: Sum,
    rank: Option<i32>,
    deduction_arithmetic: Option<String>,
    price_arithmetic: Option<String>,
    criteria: Vec<CriterionResult>,
    total_points: Option<String>,
}

#[derive(cynic::QueryFragment, Debug)]
struct CriterionResult {
    criterion: String,
    arithmetic: String,
}

#[derive(cynic::QueryFragment, Debug)]
struct Contract {
    id: cynic::Id,
}

fn name(visit: &Visit, organization: Option<&Organization>) -> String {
    organization.map(|organization| visit.local(&organization.name).to_owned()).unwrap_or_default()
}

/// The page.
pub(super) async fn page(visit: &Visit, id: &str) -> Answered {
    let asked = visit.ask(AwardPage::build(Which { id: id.into() })).await?;
    let tender = asked.tender.ok_or(PageError::NotFound)?;
    let of = visit.local(&tender.title).to_owned();
    let (award, notice, contract) = (asked.award, asked.award_notice, asked.contract_of_tender);
    let report = asked.evaluation.and_then(|evaluation| evaluation.report);
    Page::titled(visit.say("award-page-title")).wide().crumb(visit.say("section-tenders"), "/tenders").crumb(of.clone(), format!("/tenders/{id}")).show(
        move || {
            let nothing = award.is_none() && notice.is_none() && report.is_none();
            let acts = acts(award.as_ref(), report.as_ref(), contract.as_ref());
            view! {
                <h1>{say("award-page-title")}</h1>
                <p class="quiet">{of}</p>
                {nothing.then(|| view! { <Notice tone=Tone::Info title=say("award-none")><p>{say("award-none-next")}</p></Notice> })}
                {notice.map(|notice| {
                    let reason = visit_local(&notice.reason);
                    view! { <Notice tone=Tone::Info title=say("award-notice-title")><p>{reason}</p><p><Instant at=notice.told_at/></p></Notice> }
                })}
                {award.map(result)}
                {report.map(arithmetic)}
                {acts}
            }
        },
    )
}

fn visit_local(words: &Words) -> String {
    crate::visit::visit().local(words).to_owned()
}

/// Winner, price and ranking.
fn result(award: Award) -> impl IntoView {
    let visit = crate::visit::visit();
    let published = award.published_at.map_or_else(
        || say("award-state-confirmed").into_any(),
        |at| view! { <Instant at/> }.into_any(),
    );
    let facts = vec![
        SummaryFact::new(say("award-winner"), name(&visit, award.supplier.as_ref())),
        SummaryFact::new(say("award-price"), view! { <Amount money=award.price.into() in_words=true/> }),
        SummaryFact::new(say("award-published"), published),
    ];
    let rows = award
        .ranking
        .into_iter()
        .map(|place| {
            view! {
                <tr>
                    <td class="number">{place.rank}</td>
                    <th scope="row">{name(&visit, place.bidder.as_ref())}</th>
                    <td class="number"><Amount money=place.price.into()/></td>
                    <td class="number">{place.price_points}</td>
                    <td class="number">{place.total_points}</td>
                </tr>
            }
        })
        .collect_view();
    let columns = vec![
        Column::number(say("award-rank")),
        Column::new(say("award-bidder")),
        Column::number(say("award-price")),
        Column::number(say("award-price-points")),
        Column::number(say("award-total-points")),
    ];
    view! {
        <SummaryList facts/>
        <Table caption=say("award-ranking") columns>{rows}</Table>
    }
}

/// The report's way to every figure, for those who may read it.
fn arithmetic(report: EvaluationReport) -> impl IntoView {
    let visit = crate::visit::visit();
    let rows = report
        .lines
        .into_iter()
        .map(|line| {
            let steps = line.deduction_arithmetic.into_iter().chain(line.price_arithmetic);
            let criteria = line.criteria.into_iter().map(|one| format!("{}: {}", one.criterion, one.arithmetic));
            let steps = steps.chain(criteria).map(|step| view! { <li>{step}</li> }).collect_view();
            view! {
                <tr>
                    <td class="number">{line.rank}</td>
                    <th scope="row">{name(&visit, line.bidder.as_ref())}</th>
                    <td class="number"><Amount money=line.price.into()/></td>
                    <td><ul>{steps}</ul></td>
                    <td class="number">{line.total_points}</td>
                </tr>
            }
        })
        .collect_view();
    let columns = vec![
        Column::number(say("award-rank")),
        Column::new(say("award-bidder")),
        Column::number(say("award-price")),
        Column::new(say("award-arithmetic")),
        Column::number(say("award-total-points")),
    ];
    view! { <Table caption=say("award-report") columns>{rows}</Table> }
}

/// What the reader may do next: confirm, publish, draw the contract up.
fn acts(award: Option<&Award>, report: Option<&EvaluationReport>, contract: Option<&Contract>) -> Option<AnyView> {
    let visit = crate::visit::visit();
    if let Some(contract) = contract {
        let to = format!("/contracts/{}", contract.id.inner());
        return Some(view! { <p><LinkButton label=say("award-contract") to/></p> }.into_any());
    }
    // Only the buyer's people and the supervisor are shown a report.
    let report = report?;
    let form = |act: &'static str, label: String, bid: Option<String>| {
        view! {
            <Form>
                {bid.map(|bid| view! { <input type="hidden" name="bidId" value=bid/> })}
                <Button label name="do" value=act kind=Kind::Primary/>
            </Form>
        }
        .into_any()
    };
    match award {
        None if report.is_signed && visit.has_role(Role::Approver) => {
            let first = report.lines.iter().find(|line| line.rank == Some(1))?;
            Some(form("confirm", say("award-confirm"), Some(first.bid_id.inner().to_owned())))
        }
        Some(award) if award.published_at.is_none() && visit.has_role(Role::Officer) => {
            Some(form("publish", say("award-publish"), None))
        }
        Some(award) if award.published_at.is_some() && visit.has_role(Role::Officer) => {
            Some(form("contract", say("award-make-contract"), None))
        }
        _ => None,
    }
}

#[derive(cynic::InputObject, Debug)]
struct ConfirmAwardInput {
    tender_id: cynic::Id,
    bid_id: cynic::Id,
}

#[derive(cynic::InputObject, Debug)]
struct PublishAwardInput {
    tender_id: cynic::Id,
}

#[derive(cynic::InputObject, Debug)]
struct MakeContractInput {
    tender_id: cynic::Id,
}

#[derive(cynic::QueryVariables, Debug)]
struct ConfirmWhich {
    input: ConfirmAwardInput,
}

#[derive(cynic::QueryVariables, Debug)]
struct PublishWhich {
    input: PublishAwardInput,
}

#[derive(cynic::QueryVariables, Debug)]
struct MakeWhich {
    input: MakeContractInput,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Mutation", variables = "ConfirmWhich")]
struct ConfirmAward {
    #[arguments(input: $input)]
    confirm_award: ConfirmAwardPayload,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Mutation", variables = "PublishWhich")]
struct PublishAward {
    #[arguments(input: $input)]
    publish_award: PublishAwardPayload,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Mutation", variables = "MakeWhich")]
struct MakeContract {
    #[arguments(input: $input)]
    make_contract: MakeContractPayload,
}

#[derive(cynic::QueryFragment, Debug)]
struct ConfirmAwardPayload {
    user_errors: Vec<UserError>,
}

#[derive(cynic::QueryFragment, Debug)]
struct PublishAwardPayload {
    user_errors: Vec<UserError>,
}

#[derive(cynic::QueryFragment, Debug)]
struct MakeContractPayload {
    contract: Option<Contract>,
    user_errors: Vec<UserError>,
}

/// Confirms, publishes, or draws the contract up.
pub(super) async fn act(visit: &Visit, id: &str) -> Answered {
    let tender_id = cynic::Id::from(id);
    let here = format!("/tenders/{id}/award");
    match visit.posted("do") {
        Some("confirm") => {
            let input = ConfirmAwardInput { tender_id, bid_id: visit.posted("bidId").unwrap_or_default().into() };
            let payload = visit.ask(ConfirmAward::build(ConfirmWhich { input })).await?.confirm_award;
            if payload.user_errors.is_empty() { Answer::done(here, "award-confirmed") } else { Answer::again(payload.user_errors) }
        }
        Some("publish") => {
            let input = PublishAwardInput { tender_id };
            let payload = visit.ask(PublishAward::build(PublishWhich { input })).await?.publish_award;
            if payload.user_errors.is_empty() { Answer::done(here, "award-published") } else { Answer::again(payload.user_errors) }
        }
        Some("contract") => {
            let input = MakeContractInput { tender_id };
            let payload = visit.ask(MakeContract::build(MakeWhich { input })).await?.make_contract;
            match payload.contract {
                Some(contract) => Answer::done(format!("/contracts/{}", contract.id.inner()), "contract-made"),
                None => Answer::again(payload.user_errors),
            }
        }
        _ => Err(PageError::NotFound),
    }
}
