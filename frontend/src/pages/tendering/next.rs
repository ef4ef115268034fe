//! From the opened bids to the contract: the one thing that this reader does next with a tender, and the pages that it may
//! read.

use super::qualification::EvaluationStage;
use super::tenders::TenderStateName;
use crate::prelude::*;
use chrono::{DateTime, Utc};
use domain::identity::role::Role;

#[derive(cynic::QueryVariables, Debug)]
struct Which {
    id: cynic::Id,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Query", variables = "Which")]
struct NextOfTender {
    #[arguments(id: $id)]
    tender: Option<Tender>,
    #[arguments(tenderId: $id)]
    evaluation: Option<Evaluation>,
    #[arguments(tenderId: $id)]
    awards: Vec<Award>,
    #[arguments(tenderId: $id)]
    award_notices: Vec<AwardNotice>,
    #[arguments(tenderId: $id)]
    contracts_of_tender: Vec<Contract>,
}

#[derive(cynic::QueryFragment, Debug)]
struct Tender {
    way: Vec<TenderStateName>,
}

#[derive(cynic::QueryFragment, Debug)]
struct Evaluation {
    stage: EvaluationStage,
    is_member: bool,
    declared_at: Option<DateTime<Utc>>,
    panel_vacancies: i32,
    my_sheet: Option<ScoreSheet>,
    report: Option<EvaluationReport>,
}

#[derive(cynic::QueryFragment, Debug)]
struct ScoreSheet {
    submitted_at: Option<DateTime<Utc>>,
}

#[derive(cynic::QueryFragment, Debug)]
struct EvaluationReport {
    my_signed_at: Option<DateTime<Utc>>,
}

#[derive(cynic::QueryFragment, Debug)]
struct Award {
    published_at: Option<DateTime<Utc>>,
}

#[derive(cynic::QueryFragment, Debug)]
struct AwardNotice {
    told_at: DateTime<Utc>,
}

#[derive(cynic::QueryFragment, Debug)]
struct Contract {
    id: cynic::Id,
    buyer_signed_at: Option<DateTime<Utc>>,
    supplier_signed_at: Option<DateTime<Utc>>,
}

/// A button's words and where it leads.
type Way = (&'static str, String);

/// What this reader does next, and what it may read.
pub(super) struct Next {
    act: Option<Way>,
    pages: Vec<Way>,
}

/// Reads it; nothing before the opening.
pub(super) async fn of(visit: &Visit, id: &str, state: TenderStateName) -> Result<Option<Next>, PageError> {
    use TenderStateName as Name;
    let is_open = matches!(
        state,
        Name::Opened | Name::Qualified | Name::Negotiating | Name::FinalOffers | Name::FinalOpened | Name::Suspended | Name::InEvaluation | Name::Reported | Name::AwardConfirmed | Name::Awarded | Name::Contracted | Name::Failed
    );
    if !is_open {
        return Ok(None);
    }
    let asked = visit.ask(NextOfTender::build(Which { id: id.into() })).await?;
    let here = format!("/tenders/{id}");
    let act = act(visit, &asked, state).map(|(key, page)| (key, if page.starts_with('/') { page } else { format!("{here}/{page}") }));
    let pages = pages(visit, &asked, state).into_iter().map(|(key, page)| (key, format!("{here}/{page}")));
    let pages = pages.filter(|(_, page)| act.as_ref().is_none_or(|(_, to)| to != page)).collect();
    Ok(Some(Next { act, pages }))
}

fn act(visit: &Visit, asked: &NextOfTender, state: TenderStateName) -> Option<Way> {
    let way = |key: &'static str, page: &str| Some((key, page.to_owned()));
    let (is_officer, is_approver) = (visit.has_role(Role::Officer), visit.has_role(Role::Approver));
    // An approver signs for the buyer, a seller for the supplier; others are not shown the contract.
    let is_mine = |contract: &&Contract| {
        (is_approver && contract.buyer_signed_at.is_none()) || (visit.has_role(Role::Seller) && contract.supplier_signed_at.is_none())
    };
    if let Some(contract) = asked.contracts_of_tender.iter().find(is_mine) {
        return Some(("contract-sign-go", format!("/contracts/{}", contract.id.inner())));
    }
    if is_officer && matches!(state, TenderStateName::Negotiating | TenderStateName::FinalOpened) && asked.evaluation.is_some() {
        return way(if state == TenderStateName::Negotiating { "negotiation-go" } else { "negotiation-score-go" }, "negotiation");
    }
    let evaluation = asked.evaluation.as_ref()?;
    if evaluation.is_member {
        let is_submitted = evaluation.my_sheet.as_ref().is_some_and(|sheet| sheet.submitted_at.is_some());
        let is_signed = evaluation.report.as_ref().is_some_and(|report| report.my_signed_at.is_some());
        return match evaluation.stage {
            EvaluationStage::PanelAppointed if evaluation.declared_at.is_none() => way("declare-go", "scores"),
            EvaluationStage::Scoring if !is_submitted && state == TenderStateName::InEvaluation => way("scores-go", "scores"),
            EvaluationStage::Reported if !is_signed => way("report-sign-go", "report"),
            _ => None,
        };
    }
    match evaluation.stage {
        EvaluationStage::Opened if is_officer => way("qualification-go", "qualification"),
        EvaluationStage::Qualified if is_officer => way("panel-appoint", "panel"),
        EvaluationStage::PanelAppointed if is_officer && evaluation.panel_vacancies > 0 => way("panel-fill", "panel"),
        _ => match state {
            TenderStateName::Reported if is_approver => way("award-confirm-go", "award"),
            TenderStateName::AwardConfirmed if is_officer && asked.awards.iter().any(|award| award.published_at.is_none()) => way("award-publish-go", "award"),
            TenderStateName::Awarded if is_officer && asked.contracts_of_tender.len() < asked.awards.len() => way("award-make-contract", "award"),
            _ => None,
        },
    }
}

fn pages(visit: &Visit, asked: &NextOfTender, state: TenderStateName) -> Vec<Way> {
    let mut pages = Vec::new();
    let mut add = |is_there: bool, key: &'static str, page: &str| pages.extend(is_there.then(|| (key, page.to_owned())));
    let is_buyers = visit.has_role(Role::Officer) || visit.has_role(Role::Approver) || visit.has_role(Role::Supervisor);
    add(true, "opening-page-title", "opening");
    // Talks stay readable for those who took part, after the award too.
    let is_negotiated = asked.tender.as_ref().is_some_and(|tender| tender.way.contains(&TenderStateName::Negotiating));
    let has_begun = !matches!(state, TenderStateName::Opened | TenderStateName::Qualified);
    add(is_negotiated && has_begun && (asked.evaluation.is_some() || visit.has_role(Role::Seller)), "negotiation-title", "negotiation");
    if let Some(evaluation) = &asked.evaluation {
        let has_panel = !matches!(evaluation.stage, EvaluationStage::Opened | EvaluationStage::Qualified | EvaluationStage::Failed);
        add(is_buyers && evaluation.stage != EvaluationStage::Opened, "qualification-title", "qualification");
        add(has_panel, "panel-title", "panel");
        add(has_panel && evaluation.report.is_none(), "scores-title", "scores");
        add(evaluation.report.is_some(), "report-title", "report");
    }
    let is_told = asked.award_notices.iter().any(|notice| notice.told_at <= visit.now());
    add(!asked.awards.is_empty() || is_told, "award-page-title", "award");
    pages
}

/// The button and the pages.
pub(super) fn shown(next: Next) -> impl IntoView {
    let act = next.act.map(|(key, to)| view! { <p><LinkButton label=say(key) to kind=Kind::Primary/></p> });
    let pages = next.pages.into_iter().map(|(key, to)| view! { <li><a href=to>{say(key)}</a></li> }).collect::<Vec<_>>();
    let pages = (!pages.is_empty()).then(|| view! { <nav aria-label=say("next-pages")><ul class="links">{pages}</ul></nav> });
    view! { {act} {pages} }
}
