//! What the buyer's people do with an award, lot by lot: confirm, publish, draw the contract up.

use super::award::{Award, Contract, EvaluationReport, ReportLine, Tender, name};
use super::lots::Lot;
use super::members;
use crate::prelude::*;
use domain::identity::role::Role;

/// What the reader may do next. Each says what follows from it.
pub(super) fn acts(tender: &Tender, awards: &[Award], report: Option<&EvaluationReport>, contracts: &[Contract]) -> Vec<AnyView> {
    let visit = visit();
    let is_officer = visit.has_role(Role::Officer);
    let awarded = |lot: &Lot| awards.iter().find(|award| award.lot_id == lot.id);
    let mut acts = Vec::new();
    for lot in tender.standing() {
        let Some(contract) = contracts.iter().find(|contract| contract.lot_id == lot.id) else { continue };
        let label = match tender.heading(&lot.id) {
            Some(lot) => format!("{} · {lot}", say("award-contract")),
            None => say("award-contract"),
        };
        let to = format!("/contracts/{}", contract.id.inner());
        acts.push(view! { <p><LinkButton label to kind=Kind::Primary/></p> }.into_any());
    }
    // Only the buyer's people and the supervisor are shown a report.
    let Some(report) = report.filter(|report| report.is_signed) else { return acts };
    let waiting: Vec<&Lot> = tender.standing().filter(|lot| awarded(lot).is_none()).collect();
    for lot in &waiting {
        let candidate = report.lines.iter().find(|line| line.lot_id == lot.id && line.is_candidate);
        match candidate.filter(|_| visit.has_role(Role::Approver)) {
            Some(candidate) => acts.push(confirming(&visit, candidate, tender.heading(&lot.id))),
            None => acts.push(unconfirmed(tender.heading(&lot.id))),
        }
    }
    if is_officer && waiting.is_empty() && awards.iter().any(|award| award.published_at.is_none()) {
        acts.push(step("publish", Kind::Final, None));
    }
    let public = |lot: &&Lot| awarded(lot).is_some_and(|award| award.published_at.is_some());
    let undrawn = tender.standing().filter(public).filter(|lot| !contracts.iter().any(|contract| contract.lot_id == lot.id));
    acts.extend(undrawn.filter(|_| is_officer).map(|lot| step("make-contract", Kind::Primary, Some((lot, tender.heading(&lot.id))))));
    acts
}

/// For those who wait for the approver.
fn unconfirmed(lot: Option<String>) -> AnyView {
    let heading = lot.map(|name| view! { <h2>{name}</h2> });
    view! { {heading} <Empty why=say("award-unconfirmed")><p>{say("award-unconfirmed-next")}</p></Empty> }.into_any()
}

/// The approver sees whom it confirms, at which price, before it does.
fn confirming(visit: &Visit, first: &ReportLine, lot: Option<String>) -> AnyView {
    let points = first.total_points.clone().filter(|points| points != "0.00");
    let mut facts = vec![
        SummaryFact::new(say("award-first"), name(visit, first.bidder.as_ref())),
        SummaryFact::new(say("award-price"), view! { <Amount money=first.price.clone().into() in_words=true/> }),
    ];
    facts.extend(points.map(|points| SummaryFact::new(say("award-total-points"), points)));
    let bid = first.bid_id.inner().to_owned();
    let title = format!("act-{bid}");
    let labelled = title.clone();
    let whose = lot.clone().unwrap_or_else(|| name(visit, first.bidder.as_ref()));
    let members = members::table(&first.consortium, &whose);
    let label = match &lot {
        Some(lot) => format!("{} · {lot}", say("award-confirm")),
        None => say("award-confirm"),
    };
    view! {
        <section class="acts" aria-labelledby=labelled>
            <h2 id=title>{label.clone()}</h2>
            <SummaryList facts/>
            {members}
            <p>{say("award-confirm-lead")}</p>
            <Form>
                <input type="hidden" name="bidId" value=bid/>
                <Button label name="do" value="confirm" kind=Kind::Final/>
            </Form>
        </section>
    }
    .into_any()
}

fn step(act: &'static str, kind: Kind, lot: Option<(&Lot, Option<String>)>) -> AnyView {
    let value = if act == "make-contract" { "contract" } else { act };
    let id = lot.as_ref().map(|(lot, _)| view! { <input type="hidden" name="lotId" value=lot.id.inner().to_owned()/> });
    let label = match lot.and_then(|(_, name)| name) {
        Some(lot) => format!("{} · {lot}", say(&format!("award-{act}"))),
        None => say(&format!("award-{act}")),
    };
    view! {
        <section class="acts">
            <p>{say(&format!("award-{act}-lead"))}</p>
            <Form>{id}<Button label name="do" value kind/></Form>
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
    lot_id: Option<cynic::Id>,
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
#[cynic(graphql_type = "Contract")]
struct MadeContract {
    id: cynic::Id,
}

#[derive(cynic::QueryFragment, Debug)]
struct MakeContractPayload {
    contract: Option<MadeContract>,
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
            let lot_id = visit.posted("lotId").map(cynic::Id::new);
            let input = MakeContractInput { tender_id, lot_id };
            let payload = visit.ask(MakeContract::build(MakeWhich { input })).await?.make_contract;
            match payload.contract {
                Some(contract) => Answer::done(format!("/contracts/{}", contract.id.inner()), "contract-made"),
                None => Answer::again(payload.user_errors),
            }
        }
        _ => Err(PageError::NotFound),
    }
}
