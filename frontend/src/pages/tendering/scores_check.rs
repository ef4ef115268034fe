//! The whole sheet before it is handed in, for good.

use super::qualification::EvaluationStage;
use super::scores::{load, titled};
use super::sheet::Evaluation;
use crate::prelude::*;

/// The page.
pub(super) async fn page(visit: &Visit, id: &str) -> Answered {
    let (evaluation, _) = load(visit, id).await?;
    let here = format!("/tenders/{id}/scores");
    if !evaluation.is_member || evaluation.stage != EvaluationStage::Scoring {
        return Err(PageError::NotFound);
    }
    if evaluation.submitted_at().is_some() {
        return Answer::go(here);
    }
    titled(visit, id, &evaluation, &visit.say("scores-check-title")).crumb(visit.say("scores-title"), here.clone()).show(move || {
        let missing: usize = evaluation.bids.iter().map(|bid| evaluation.missing(bid)).sum();
        let act = if missing == 0 {
            view! {
                <p>{say("scores-final")}</p>
                <Form>
                    <Button label=say("scores-submit") name="do" value="submit" kind=Kind::Final/>
                </Form>
            }
            .into_any()
        } else {
            let count = facts([("missing", missing.into())]);
            view! { <Notice tone=Tone::Warning title=say_with("scores-missing", count)><p>{say("scores-missing-next")}</p></Notice> }.into_any()
        };
        view! {
            <h1>{say("scores-check-title")}</h1>
            <p class="lead">{say("scores-check-lead")}</p>
            {sheet(&evaluation, &here)}
            {act}
            <p><LinkButton label=say("scores-back") to=here.clone()/></p>
        }
    })
}

/// Criteria down, bids across; each bid's head leads to where it is mended.
fn sheet(evaluation: &Evaluation, here: &str) -> impl IntoView + use<> {
    let heads = evaluation.bids.iter().map(|bid| {
        let to = format!("{here}/{}", bid.bid_id.inner());
        view! { <th scope="col" class="number"><a href=to>{bid.name(&visit())}</a></th> }
    });
    let heads = heads.collect_view();
    let essential = evaluation.essential_requirements.iter().map(|one| {
        let cells = evaluation.bids.iter().map(|bid| match evaluation.judgement(&bid.bid_id, one.requirement) {
            Some(judged) if judged.is_met => view! { <td class="number">{say("scores-met")}</td> }.into_any(),
            Some(judged) => view! { <td class="number wraps">{say("scores-unmet")}": "{judged.reason.clone()}</td> }.into_any(),
            None => missing_cell(),
        });
        let cells = cells.collect_view();
        view! { <tr><th scope="row">"★ "{visit().local(&one.text).to_owned()}</th>{cells}</tr> }
    });
    let essential = essential.collect_view();
    let criteria = evaluation.criteria.iter().map(|criterion| {
        let cells = evaluation.bids.iter().map(|bid| match evaluation.score(&bid.bid_id, &criterion.key) {
            Some(points) => view! { <td class="number">{points.to_owned()}</td> }.into_any(),
            None => missing_cell(),
        });
        let cells = cells.collect_view();
        let label = format!("{} (0–{})", visit().local(&criterion.name), criterion.most_points);
        view! { <tr><th scope="row">{label}</th>{cells}</tr> }
    });
    let criteria = criteria.collect_view();
    let notes = evaluation.bids.iter().filter(|bid| !bid.low_price.is_empty()).map(|bid| {
        let note = evaluation.note(&bid.bid_id).unwrap_or_default().to_owned();
        SummaryFact::new(bid.name(&visit()), note)
    });
    let notes: Vec<SummaryFact> = notes.collect();
    let notes = (!notes.is_empty()).then(|| view! { <h2>{say("low-price-note")}</h2><SummaryList facts=notes/> });
    view! {
        <div class="table" role="region" tabindex="0" aria-label=say("scores-sheet")>
            <table>
                <caption>{say("scores-sheet")}</caption>
                <thead><tr><th scope="col">{say("criterion-name")}</th>{heads}</tr></thead>
                <tbody>{essential}{criteria}</tbody>
            </table>
        </div>
        {notes}
    }
}

fn missing_cell() -> AnyView {
    view! { <td class="number"><Tag state=State::Warning label=say("scores-cell-missing")/></td> }.into_any()
}

#[derive(cynic::InputObject, Debug)]
struct SubmitScoresInput {
    tender_id: cynic::Id,
}

#[derive(cynic::QueryVariables, Debug)]
struct SubmitWhich {
    input: SubmitScoresInput,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Mutation", variables = "SubmitWhich")]
struct SubmitScores {
    #[arguments(input: $input)]
    submit_scores: SubmitScoresPayload,
}

#[derive(cynic::QueryFragment, Debug)]
struct SubmitScoresPayload {
    user_errors: Vec<UserError>,
}

/// Hands the sheet in.
pub(super) async fn act(visit: &Visit, id: &str) -> Answered {
    let input = SubmitScoresInput { tender_id: id.into() };
    let errors = visit.ask(SubmitScores::build(SubmitWhich { input })).await?.submit_scores.user_errors;
    if errors.is_empty() {
        return Answer::done(format!("/tenders/{id}/scores"), "scores-submitted");
    }
    // The fields stand on the bids' own pages.
    Answer::again(errors.into_iter().map(|error| FormError::at("", error.message)))
}
