//! One bid under a member's eyes: the bid on the left, the member's marks on the right.

use super::qualification::EvaluationStage;
use super::scores::{load, titled};
use super::sheet::{
    EssentialRequirement, EvaluatedBid, Evaluation, JudgementInput, PriceNoteInput, SaveScoresInput, ScoreInput, ScoringCriterion,
};
use super::members;
use super::paper_file::PaperFile;
use crate::islands::autosave::{self, Autosave};
use crate::prelude::*;
use domain::text::ZONE;

/// The control by which the saver finds the form.
const FORM: &str = "scores-form";

#[derive(cynic::QueryVariables, Debug)]
struct Which {
    id: cynic::Id,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Query", variables = "Which")]
struct BidsPage {
    #[arguments(tenderId: $id)]
    tender_bids: Option<TenderBids>,
    #[arguments(id: $id)]
    tender: Option<Tender>,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
struct Tender {
    requirements: Vec<Requirement>,
    papers: Vec<Paper>,
}

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
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
    key: String,
    name: Words,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
struct TenderBids {
    opened: Vec<OpenedBid>,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
struct OpenedBid {
    id: cynic::Id,
    answers: Vec<RequirementAnswer>,
    papers: Vec<DeclaredPaper>,
    technical: String,
    brand: String,
    domestic_cost_percent: Option<i32>,
    green_items: Vec<i32>,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
struct RequirementAnswer {
    requirement: i32,
    is_met: bool,
    text: String,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
struct DeclaredPaper {
    key: String,
    note: String,
    file: Option<PaperFile>,
}

/// The sheet that can be written on, and the bid's place on it.
async fn open(visit: &Visit, id: &str, bid: &str) -> Result<(Evaluation, usize), PageError> {
    let (evaluation, _) = load(visit, id).await?;
    let place = evaluation.bids.iter().position(|one| one.bid_id.inner() == bid).ok_or(PageError::NotFound)?;
    let is_open = evaluation.is_member && evaluation.stage == EvaluationStage::Scoring;
    if is_open { Ok((evaluation, place)) } else { Err(PageError::NotFound) }
}

/// The page.
pub(super) async fn page(visit: &Visit, id: &str, bid: &str) -> Answered {
    let (evaluation, place) = open(visit, id, bid).await?;
    let here = format!("/tenders/{id}/scores");
    if evaluation.submitted_at().is_some() {
        return Answer::go(here);
    }
    let asked = visit.ask(BidsPage::build(Which { id: id.into() })).await?;
    let tender = asked.tender.ok_or(PageError::NotFound)?;
    let opened = asked.tender_bids.and_then(|bids| bids.opened.into_iter().find(|one| one.id.inner() == bid));
    let opened = opened.ok_or(PageError::NotFound)?;
    let one = evaluation.bids[place].clone();
    let bidder = one.name(visit);
    titled(visit, id, &evaluation, &bidder).crumb(visit.say("scores-title"), here.clone()).show(move || {
        let count = evaluation.bids.len();
        let where_ = facts([("place", (place + 1).into()), ("count", count.into()), ("missing", evaluation.missing(&one).into())]);
        let others = evaluation.bids.iter().map(|other| (other.name(&crate::visit::visit()), format!("{here}/{}", other.bid_id.inner())));
        let others = others.collect();
        let saver = autosave::Words {
            ready: say("autosave-ready"),
            saving: say("autosave-saving"),
            unreachable: say("autosave-unreachable"),
        };
        let save = if place + 1 < count { "scores-save-next" } else { "scores-save-check" };
        view! {
            <h1>{bidder}</h1>
            <p class="quiet">{say_with("scores-bid-place", where_)}</p>
            <Tabs label=say("scores-bids") tabs=others/>
            <div class="scoring">
                <section class="scoring-bid" tabindex="0" aria-labelledby="bid-title">{content(&one, &opened, &tender)}</section>
                <section class="scoring-sheet" aria-labelledby="sheet-title">
                    <h2 id="sheet-title">{say("scores-sheet")}</h2>
                    <Form>
                        <input type="hidden" id=FORM name="form" value="scores"/>
                        {marks(&evaluation, &one)}
                        <Autosave field=FORM.to_owned() words=saver/>
                        <div class="buttons">
                            <Button label=say(save) name="do" value="next" kind=Kind::Primary/>
                            <Button label=say("scores-save") name="do" value="save"/>
                        </div>
                    </Form>
                </section>
            </div>
        }
    })
}

fn visit_local(words: &Words) -> String {
    visit().local(words).to_owned()
}

/// What the bid says. Of its bidder only the name stands here.
fn content(bid: &EvaluatedBid, opened: &OpenedBid, tender: &Tender) -> impl IntoView + use<> {
    let mut facts = vec![SummaryFact::new(say("award-price"), view! { <Amount money=bid.price.clone().into()/> })];
    if !opened.brand.trim().is_empty() {
        facts.push(SummaryFact::new(say("bid-brand-shown"), opened.brand.clone()));
    }
    if let Some(percent) = opened.domestic_cost_percent {
        facts.push(SummaryFact::new(say("bid-domestic"), format!("{percent}%")));
    }
    if !opened.green_items.is_empty() {
        facts.push(SummaryFact::new(say("bid-green-shown"), opened.green_items.iter().map(|place| (place + 1).to_string()).collect::<Vec<_>>().join(", ")));
    }
    let low = (!bid.low_price.is_empty()).then(|| {
        let why = bid.low_price.iter().map(|trigger| view! { <li>{say(trigger.text_key())}</li> }).collect_view();
        view! { <Notice tone=Tone::Warning title=say("low-price-title")><ul>{why}</ul><p>{say("low-price-next")}</p></Notice> }
    });
    let answers = (0_i32..).zip(&tender.requirements).map(|(place, requirement)| {
        let answer = opened.answers.iter().find(|answer| answer.requirement == place);
        let (state, key) = match answer {
            Some(answer) if answer.is_met => (State::Closed, "answer-met"),
            Some(_) => (State::Warning, "answer-unmet"),
            None => (State::Warning, "answer-none"),
        };
        let mark = match requirement.kind {
            RequirementKind::Essential => "★ ",
            RequirementKind::Important => "▲ ",
            RequirementKind::Plain => "",
        };
        let text = answer.map(|answer| answer.text.clone()).unwrap_or_default();
        view! {
            <li>
                <p><strong>{mark}{visit_local(&requirement.text)}</strong></p>
                <p><Tag state label=say(key)/>" "{text}</p>
            </li>
        }
    });
    let answers = answers.collect_view();
    let papers = opened.papers.iter().map(|declared| {
        let paper = tender.papers.iter().find(|paper| paper.key == declared.key);
        let paper = paper.map_or_else(|| declared.key.clone(), |paper| visit_local(&paper.name));
        let file = declared.file.as_ref().map(PaperFile::link);
        view! { <li><strong>{paper}</strong>" "{declared.note.clone()}" "{file}</li> }
    });
    let papers = papers.collect_view();
    view! {
        <h2 id="bid-title">{say("scores-bid")}</h2>
        <SummaryList facts/>
        {members::table(&bid.consortium, &bid.name(&visit()))}
        {members::subcontracts(&bid.subcontracts)}
        {low}
        <h3>{say("scores-technical")}</h3>
        <div class="prose">{opened.technical.clone()}</div>
        <h3>{say("scores-answers")}</h3>
        <ol class="answers">{answers}</ol>
        <h3>{say("tender-papers")}</h3>
        <ul>{papers}</ul>
    }
}

/// The member's marks for this bid.
fn marks(evaluation: &Evaluation, bid: &EvaluatedBid) -> impl IntoView + use<> {
    let essential = (0_usize..).zip(&evaluation.essential_requirements).map(|(place, one)| judgement(evaluation, bid, place, one));
    let essential = essential.collect_view();
    let essential = (!evaluation.essential_requirements.is_empty()).then(|| {
        view! { <fieldset class="draft-row"><legend>{say("scores-essential")}</legend><p class="help">{say("scores-essential-help")}</p>{essential}</fieldset> }
    });
    let criteria = (0_usize..).zip(&evaluation.criteria).map(|(place, criterion)| score(evaluation, bid, place, criterion));
    let criteria = criteria.collect_view();
    let criteria = (!evaluation.criteria.is_empty()).then(|| {
        view! { <fieldset class="draft-row"><legend>{say("tender-criteria")}</legend>{criteria}</fieldset> }
    });
    let note = (!bid.low_price.is_empty()).then(|| {
        let value = evaluation.note(&bid.bid_id).unwrap_or_default().to_owned();
        view! { <TextArea name="notes.0.text" label=say("low-price-note") help=say("low-price-note-help") rows=3 value/> }
    });
    view! { {essential} {criteria} {note} }
}

/// One criterion: its basis, its scale, and the points in a native field with its bounds.
fn score(evaluation: &Evaluation, bid: &EvaluatedBid, place: usize, criterion: &ScoringCriterion) -> impl IntoView + use<> {
    let anchors = criterion.anchors.iter().map(|anchor| view! { <li><strong>{anchor.points}</strong>" "{visit_local(&anchor.text)}</li> });
    let anchors = (!criterion.anchors.is_empty()).then(|| view! { <ul class="anchors">{anchors.collect_view()}</ul> });
    let most = || facts([("most", criterion.most_points.clone().into())]);
    let value = evaluation.score(&bid.bid_id, &criterion.key).unwrap_or_default().to_owned();
    view! {
        <div class="criterion">
            <NumberField
                name=format!("scores.{place}.points")
                label=visit_local(&criterion.name)
                help=say_with("scores-points-help", most())
                rule=visit_local(&criterion.basis)
                value
                most=criterion.most_points.clone()
            >{anchors}</NumberField>
        </div>
    }
}

fn judgement(evaluation: &Evaluation, bid: &EvaluatedBid, place: usize, one: &EssentialRequirement) -> impl IntoView + use<> {
    let kept = evaluation.judgement(&bid.bid_id, one.requirement);
    let values = kept.map(|kept| if kept.is_met { "met" } else { "unmet" }.to_owned()).into_iter().collect();
    let reason = kept.map(|kept| kept.reason.clone()).unwrap_or_default();
    let picks = vec![Pick::new("met", say("scores-met")), Pick::new("unmet", say("scores-unmet"))];
    view! {
        <Choices name=format!("judgements.{place}.isMet") label=format!("★ {}", visit_local(&one.text)) values picks/>
        <TextArea name=format!("judgements.{place}.reason") label=say("scores-unmet-reason") help=say("scores-unmet-reason-help") rows=2 value=reason optional=true/>
    }
}

#[derive(cynic::QueryVariables, Debug)]
struct SaveWhich {
    input: SaveScoresInput,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Mutation", variables = "SaveWhich")]
struct SaveScores {
    #[arguments(input: $input)]
    save_scores: SaveScoresPayload,
}

#[derive(cynic::QueryFragment, Debug)]
struct SaveScoresPayload {
    user_errors: Vec<UserError>,
}

/// Saves the marks for this bid; those for the others stay as they are.
pub(super) async fn act(visit: &Visit, id: &str, bid: &str) -> Answered {
    let (evaluation, place) = open(visit, id, bid).await?;
    let one = &evaluation.bids[place];
    let mut input = SaveScoresInput::but(id, &evaluation, &one.bid_id);
    // What is left empty is not sent: where each mark that is sent stands in the form, its refusal must find.
    let (mut scored, mut judged) = (Vec::new(), Vec::new());
    let (scores_before, judgements_before, notes_before) = (input.scores.len(), input.judgements.len(), input.notes.len());
    for (index, criterion) in evaluation.criteria.iter().enumerate() {
        if let Some(points) = visit.posted(&format!("scores.{index}.points")) {
            scored.push(index);
            input.scores.push(ScoreInput { bid_id: one.bid_id.clone(), criterion: criterion.key.clone(), points: points.to_owned() });
        }
    }
    for (index, requirement) in evaluation.essential_requirements.iter().enumerate() {
        if let Some(found) = visit.posted(&format!("judgements.{index}.isMet")) {
            judged.push(index);
            let reason = visit.posted(&format!("judgements.{index}.reason")).unwrap_or_default().to_owned();
            let (bid_id, requirement) = (one.bid_id.clone(), requirement.requirement);
            input.judgements.push(JudgementInput { bid_id, requirement, is_met: found == "met", reason });
        }
    }
    if let Some(text) = visit.posted("notes.0.text") {
        input.notes.push(PriceNoteInput { bid_id: one.bid_id.clone(), text: text.to_owned() });
    }
    let errors = visit.ask(SaveScores::build(SaveWhich { input })).await?.save_scores.user_errors;
    let placed = |error: UserError| {
        let error = FormError::from(error);
        let parts: Vec<&str> = error.field.splitn(3, '.').collect();
        let [list, number, field] = parts[..] else { return error };
        let number = number.parse::<usize>().unwrap_or_default();
        let found = match list {
            "scores" => number.checked_sub(scores_before).and_then(|number| scored.get(number)).copied(),
            "judgements" => number.checked_sub(judgements_before).and_then(|number| judged.get(number)).copied(),
            _ => number.checked_sub(notes_before),
        };
        FormError::at(found.map(|found| format!("{list}.{found}.{field}")).unwrap_or_default(), error.message.clone())
    };
    if visit.posted("do") == Some("autosave") {
        return told(visit, errors.first());
    }
    if !errors.is_empty() {
        return Answer::again(errors.into_iter().map(placed));
    }
    let here = format!("/tenders/{id}/scores");
    let to = match evaluation.bids.get(place + 1) {
        _ if visit.posted("do") != Some("next") => format!("{here}/{bid}"),
        Some(next) => format!("{here}/{}", next.bid_id.inner()),
        None => here,
    };
    Answer::done(to, "scores-saved")
}

/// What the saver says: when it saved, by the marketplace's clock, or why it did not.
fn told(visit: &Visit, error: Option<&UserError>) -> Answered {
    let at = visit.now().with_timezone(&ZONE).format("%H:%M:%S").to_string();
    let (status, said) = match error {
        None => (200, visit.say_with("autosave-saved", facts([("time", at.into())]))),
        Some(error) => (422, visit.say_with("autosave-unsaved", facts([("reason", error.message.clone().into())]))),
    };
    Answer::told(status, &serde_json::json!({ "said": said, "version": null }))
}
