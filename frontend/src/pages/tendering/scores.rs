//! A member's scores: the declaration first, then the bids one by one, then the whole sheet to look at and hand in.

use super::qualification::EvaluationStage;
use super::sheet::{Evaluation, Opening, ScoresPage, Which, name};
use crate::prelude::*;

/// The evaluation as the reader may know it, and the public record of the opening.
pub(super) async fn load(visit: &Visit, id: &str) -> Result<(Evaluation, Option<Opening>), PageError> {
    visit.signed_in()?;
    let asked = visit.ask(ScoresPage::build(Which { id: id.into() })).await?;
    Ok((asked.evaluation.ok_or(PageError::NotFound)?, asked.opening))
}

/// A page about a tender's scores, with the way to it.
pub(super) fn titled(visit: &Visit, id: &str, evaluation: &Evaluation, title: &str) -> Page {
    let about = visit.local(&evaluation.tender_title).to_owned();
    Page::titled(title.to_owned()).wide().crumb(visit.say("section-tenders"), "/tenders").crumb(about, format!("/tenders/{id}"))
}

/// The page.
pub(super) async fn page(visit: &Visit, id: &str) -> Answered {
    let (evaluation, opening) = load(visit, id).await?;
    let here = format!("/tenders/{id}");
    titled(visit, id, &evaluation, &visit.say("scores-title")).show(move || {
        let submitted_at = evaluation.submitted_at();
        let about = crate::visit::visit().local(&evaluation.tender_title).to_owned();
        let body = match evaluation.stage {
            EvaluationStage::PanelAppointed if evaluation.is_member && evaluation.declared_at.is_none() => {
                declaring(opening.as_ref()).into_any()
            }
            EvaluationStage::PanelAppointed if evaluation.is_member => waiting_for_declarations(&evaluation).into_any(),
            EvaluationStage::Scoring if evaluation.is_member && submitted_at.is_none() => progress(&evaluation, &here).into_any(),
            EvaluationStage::Scoring => waiting_for_sheets(&evaluation).into_any(),
            EvaluationStage::Reported | EvaluationStage::Signed | EvaluationStage::Failed => over(&here).into_any(),
            _ => view! { <Empty why=say("scores-none")><p>{say("scores-none-next")}</p></Empty> }.into_any(),
        };
        view! {
            <h1>{say("scores-title")}</h1>
            <p class="quiet">{about}</p>
            {body}
        }
    })
}

/// Whom the member declares about: the names are public since the opening, and nothing else of the bids stands here.
fn declaring(opening: Option<&Opening>) -> impl IntoView + use<> {
    let bidders = opening.iter().flat_map(|opening| &opening.lines).map(|line| view! { <li>{name(line.bidder.as_ref())}</li> });
    let bidders = bidders.collect_view();
    view! {
        <h2>{say("declare-title")}</h2>
        <p class="lead">{say("declare-lead")}</p>
        <h3>{say("declare-bidders")}</h3>
        <ul>{bidders}</ul>
        <p>{say("declare-rule")}</p>
        <Form>
            <Tick name="none" label=say("declare-none")/>
            <Button label=say("declare-sign") name="do" value="declare" kind=Kind::Primary/>
        </Form>
        <h2>{say("recuse-title")}</h2>
        <p>{say("recuse-lead")}</p>
        <Form>
            <TextArea name="conflict" label=say("recuse-reason") help=say("recuse-reason-help") rows=3/>
            <Button label=say("recuse-step-back") name="do" value="recuse"/>
        </Form>
    }
}

fn waiting_for_declarations(evaluation: &Evaluation) -> impl IntoView + use<> {
    let declared = evaluation.panel.iter().filter(|member| member.declared_at.is_some()).count();
    let all = evaluation.panel.len() + usize::try_from(evaluation.panel_vacancies).unwrap_or_default();
    let counts = facts([("declared", declared.into()), ("members", all.into())]);
    let declared_at = evaluation.declared_at;
    view! {
        <Notice tone=Tone::Good title=say("declared-title")><p>{declared_at.map(|at| view! { <Instant at/> })}</p></Notice>
        <Empty why=say_with("declared-waiting", counts)><p>{say("declared-waiting-next")}</p></Empty>
    }
}

/// The bids, how far each is, and the way to hand in.
fn progress(evaluation: &Evaluation, here: &str) -> impl IntoView + use<> {
    let tasks: Vec<Task> = evaluation.bids.iter().map(|bid| {
        let (missing, wanted) = (evaluation.missing(bid), evaluation.wanted(bid));
        let (state, key) = match missing {
            0 => (State::Good, "scores-bid-complete"),
            _ if missing == wanted => (State::Draft, "scores-bid-begin"),
            _ => (State::Open, "scores-bid-missing"),
        };
        Task {
            label: bid.name(&visit()),
            to: Some(format!("{here}/scores/{}", bid.bid_id.inner())),
            hint: (!bid.low_price.is_empty()).then(|| say("scores-bid-low-price")),
            state,
            said: say_with(key, facts([("missing", missing.into())])),
        }
    }).collect();
    let missing: usize = evaluation.bids.iter().map(|bid| evaluation.missing(bid)).sum();
    let next = evaluation.bids.iter().find(|bid| evaluation.missing(bid) > 0);
    let act = match next {
        Some(bid) => {
            let to = format!("{here}/scores/{}", bid.bid_id.inner());
            view! { <p><LinkButton label=say("scores-go-on") to kind=Kind::Primary/></p> }.into_any()
        }
        None => view! { <p><LinkButton label=say("scores-check") to=format!("{here}/scores/check") kind=Kind::Primary/></p> }.into_any(),
    };
    let count = facts([("missing", missing.into())]);
    let price = facts([("points", i64::from(evaluation.price_weight_points).into())]);
    view! {
        <p class="lead">{say("scores-lead")}</p>
        <p>{say_with("scores-price-computed", price)}</p>
        <h2>{say("scores-bids")}</h2>
        <TaskList tasks/>
        <p role="status">{say_with("scores-missing", count)}</p>
        {act}
    }
}

fn waiting_for_sheets(evaluation: &Evaluation) -> impl IntoView + use<> {
    let counts = facts([("submitted", i64::from(evaluation.submitted_count).into()), ("members", evaluation.panel.len().into())]);
    let own = evaluation.submitted_at().map(|at| {
        let facts = vec![
            SummaryFact::new(say("scores-submitted-at"), view! { <Instant at/> }),
            SummaryFact::new(say("scores-submitted-bids"), evaluation.bids.len()),
        ];
        view! { <Confirmation title=say("scores-submitted") facts level=2><p>{say("scores-submitted-next")}</p></Confirmation> }
    });
    view! {
        {own}
        <p role="status" class="lead">{say_with("scores-waiting", counts)}</p>
        <p>{say("scores-secret")}</p>
    }
}

fn over(here: &str) -> impl IntoView + use<> {
    let to = format!("{here}/report");
    view! {
        <p class="lead">{say("scores-over")}</p>
        <p><LinkButton label=say("report-read") to kind=Kind::Primary/></p>
    }
}

#[derive(cynic::InputObject, Debug)]
struct DeclareConflictInput {
    tender_id: cynic::Id,
    conflict: Option<String>,
}

#[derive(cynic::QueryVariables, Debug)]
struct DeclareWhich {
    input: DeclareConflictInput,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Mutation", variables = "DeclareWhich")]
struct DeclareConflict {
    #[arguments(input: $input)]
    declare_conflict: DeclareConflictPayload,
}

#[derive(cynic::QueryFragment, Debug)]
struct DeclareConflictPayload {
    user_errors: Vec<UserError>,
}

/// Declares, or steps back.
pub(super) async fn act(visit: &Visit, id: &str) -> Answered {
    let declare = async |conflict: Option<String>| {
        let input = DeclareConflictInput { tender_id: id.into(), conflict };
        Ok::<_, PageError>(visit.ask(DeclareConflict::build(DeclareWhich { input })).await?.declare_conflict.user_errors)
    };
    let here = format!("/tenders/{id}");
    let (errors, to, done) = match visit.posted("do") {
        Some("declare") if visit.posted("none").is_none() => {
            return Answer::again([FormError::at("none", visit.say("declare-none-missing"))]);
        }
        Some("declare") => (declare(None).await?, format!("{here}/scores"), "conflict-none"),
        // Who has stepped back has no page of scores any more.
        Some("recuse") => (declare(Some(visit.posted("conflict").unwrap_or_default().to_owned())).await?, here, "recused"),
        _ => return Err(PageError::NotFound),
    };
    if errors.is_empty() { Answer::done(to, done) } else { Answer::again(errors) }
}
