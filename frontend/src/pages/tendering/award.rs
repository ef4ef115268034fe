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
    number: String,
    title: Words,
    buyer: Option<Organization>,
    reason: Option<Words>,
    items: Vec<TenderItem>,
}

#[derive(cynic::QueryFragment, Debug)]
struct TenderItem {
    name: Words,
    quantity: i32,
    unit: String,
    specification: Words,
}

#[derive(cynic::QueryFragment, Debug)]
struct Organization {
    name: Words,
    address: Words,
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
    total_points: Option<String>,
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
    let to = format!("/tenders/{id}");
    Page::titled(visit.say("award-page-title")).wide().crumb(visit.say("section-tenders"), "/tenders").crumb(of.clone(), to.clone()).show(
        move || {
            let acts = acts(award.as_ref(), report.as_ref(), contract.as_ref());
            let nothing = award.is_none() && notice.is_none() && acts.is_none();
            let nothing = nothing.then(|| match &tender.reason {
                Some(reason) => {
                    let reason = visit_local(reason);
                    view! { <Notice tone=Tone::Warning title=say("award-failed")><p>{reason}</p></Notice> }.into_any()
                }
                None => view! { <Empty why=say("award-none")><p>{say("award-none-next")}</p></Empty> }.into_any(),
            });
            view! {
                <h1>{say("award-page-title")}</h1>
                <p class="quiet">{of}</p>
                {nothing}
                {notice.map(|notice| {
                    let reason = visit_local(&notice.reason);
                    view! { <Notice tone=Tone::Info title=say("award-notice-title")><p>{reason}</p><p><Instant at=notice.told_at/></p></Notice> }
                })}
                {acts}
                {award.map(|award| result(award, &tender))}
                {report.map(|_| view! { <p><a href=format!("{to}/report")>{say("report-read")}</a></p> })}
            }
        },
    )
}

fn visit_local(words: &Words) -> String {
    crate::visit::visit().local(words).to_owned()
}

/// What the notice of an award says: for what, who won where, at which price, and the ranking.
fn result(award: Award, tender: &Tender) -> impl IntoView + use<> {
    let visit = crate::visit::visit();
    let published = award.published_at.map_or_else(
        || view! { <Tag state=State::Waiting label=say("award-state-confirmed")/> }.into_any(),
        |at| view! { <Instant at/> }.into_any(),
    );
    let address = award.supplier.as_ref().map(|supplier| visit.local(&supplier.address).to_owned());
    let facts = vec![
        SummaryFact::new(say("report-tender-number"), tender.number.clone()),
        SummaryFact::new(say("tender-buyer"), name(&visit, tender.buyer.as_ref())),
        SummaryFact::new(say("award-winner"), name(&visit, award.supplier.as_ref())),
        SummaryFact::new(say("award-winner-address"), address),
        SummaryFact::new(say("award-sum"), view! { <Amount money=award.price.into() in_words=true/> }),
        SummaryFact::new(say("award-published"), published),
    ];
    let is_scored = award.ranking.iter().any(|place| place.total_points != "0.00");
    let rows = award
        .ranking
        .into_iter()
        .map(|place| {
            let points = is_scored.then(|| {
                view! { <td class="number">{place.price_points.clone()}</td><td class="number">{place.total_points.clone()}</td> }
            });
            view! {
                <tr>
                    <td class="number">{place.rank}</td>
                    <th scope="row">{name(&visit, place.bidder.as_ref())}</th>
                    <td class="number"><Amount money=place.price.into()/></td>
                    {points}
                </tr>
            }
        })
        .collect_view();
    let mut columns = vec![Column::number(say("award-rank")), Column::new(say("award-bidder")), Column::number(say("award-price"))];
    if is_scored {
        columns.extend([Column::number(say("award-price-points")), Column::number(say("award-total-points"))]);
    }
    view! {
        <SummaryList facts/>
        <Table caption=say("award-ranking") columns>{rows}</Table>
        {items(tender)}
    }
}

fn items(tender: &Tender) -> impl IntoView + use<> {
    let rows = tender.items.iter().map(|item| {
        view! {
            <tr>
                <th scope="row">{visit_local(&item.name)}</th>
                <td class="number">{item.quantity}" "{item.unit.clone()}</td>
                <td>{visit_local(&item.specification)}</td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    let columns = vec![
        Column::new(say("tender-item-name")),
        Column::number(say("tender-item-quantity")),
        Column::new(say("tender-item-specification")),
    ];
    view! { <div class="brief"><Table caption=say("tender-items") columns>{rows}</Table></div> }
}

/// What the reader may do next: confirm, publish, draw the contract up. Each says what follows from it.
fn acts(award: Option<&Award>, report: Option<&EvaluationReport>, contract: Option<&Contract>) -> Option<AnyView> {
    let visit = crate::visit::visit();
    if let Some(contract) = contract {
        let to = format!("/contracts/{}", contract.id.inner());
        return Some(view! { <p><LinkButton label=say("award-contract") to kind=Kind::Primary/></p> }.into_any());
    }
    // Only the buyer's people and the supervisor are shown a report.
    let report = report?;
    match award {
        None if report.is_signed && visit.has_role(Role::Approver) => {
            let first = report.lines.iter().find(|line| line.rank == Some(1))?;
            Some(confirming(&visit, first))
        }
        None if report.is_signed => Some(view! { <Empty why=say("award-unconfirmed")><p>{say("award-unconfirmed-next")}</p></Empty> }.into_any()),
        Some(award) if award.published_at.is_none() && visit.has_role(Role::Officer) => Some(step("publish", Kind::Final)),
        Some(award) if award.published_at.is_some() && visit.has_role(Role::Officer) => Some(step("make-contract", Kind::Primary)),
        _ => None,
    }
}

/// The approver sees whom it confirms, at which price, before it does.
fn confirming(visit: &Visit, first: &ReportLine) -> AnyView {
    let points = first.total_points.clone().filter(|points| points != "0.00");
    let mut facts = vec![
        SummaryFact::new(say("award-first"), name(visit, first.bidder.as_ref())),
        SummaryFact::new(say("award-price"), view! { <Amount money=first.price.clone().into() in_words=true/> }),
    ];
    facts.extend(points.map(|points| SummaryFact::new(say("award-total-points"), points)));
    let bid = first.bid_id.inner().to_owned();
    view! {
        <section class="acts" aria-labelledby="act-title">
            <h2 id="act-title">{say("award-confirm")}</h2>
            <SummaryList facts/>
            <p>{say("award-confirm-lead")}</p>
            <Form>
                <input type="hidden" name="bidId" value=bid/>
                <Button label=say("award-confirm") name="do" value="confirm" kind=Kind::Final/>
            </Form>
        </section>
    }
    .into_any()
}

fn step(act: &'static str, kind: Kind) -> AnyView {
    let value = if act == "make-contract" { "contract" } else { act };
    view! {
        <section class="acts">
            <p>{say(&format!("award-{act}-lead"))}</p>
            <Form><Button label=say(&format!("award-{act}")) name="do" value kind/></Form>
        </section>
    }
    .into_any()
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
