//! The qualification of a tender's bidders (资格审查): the officer judges every bidder by every required paper, looks at
//! what follows from it, and confirms.

use super::qualification_form::{self, Judged, Reading};
use super::members::{self, ConsortiumShare, DeclaredSubcontract};
use super::paper_file::PaperFile;
use super::lots::{behind, short};
use super::related::{self, RelatedBids, RelationFindingInput};
use crate::prelude::*;
use std::collections::BTreeMap;
use domain::identity::role::Role;

#[derive(cynic::QueryVariables, Debug)]
struct Which {
    id: cynic::Id,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Query", variables = "Which")]
struct QualificationPage {
    #[arguments(tenderId: $id)]
    evaluation: Option<Evaluation>,
    #[arguments(tenderId: $id)]
    tender_bids: Option<TenderBids>,
}

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum EvaluationStage {
    Opened,
    Qualified,
    PanelAppointed,
    Scoring,
    Reported,
    Signed,
    Failed,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
pub(super) struct Evaluation {
    tender_title: Words,
    stage: EvaluationStage,
    failure: Option<Words>,
    pub(super) fewest_bidders: i32,
    pub(super) papers: Vec<RequiredPaper>,
    findings: Vec<PaperFinding>,
    related_bids: Vec<RelatedBids>,
    pub(super) bids: Vec<EvaluatedBid>,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
pub(super) struct RequiredPaper {
    pub(super) key: String,
    pub(super) name: Words,
    pub(super) source: String,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
struct PaperFinding {
    bid_id: cynic::Id,
    paper: String,
    is_met: bool,
    reason: String,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
pub(super) struct EvaluatedBid {
    pub(super) bid_id: cynic::Id,
    lot_number: Option<i32>,
    pub(super) bidder: Option<Organization>,
    pub(super) consortium: Vec<ConsortiumShare>,
    pub(super) subcontracts: Vec<DeclaredSubcontract>,
    is_qualified: Option<bool>,
    pub(super) security: Option<SecurityStanding>,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
pub(super) struct Organization {
    pub(super) name: Words,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
struct TenderBids {
    opened: Vec<OpenedBid>,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
pub(super) struct OpenedBid {
    pub(super) id: cynic::Id,
    pub(super) papers: Vec<DeclaredPaper>,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
pub(super) struct DeclaredPaper {
    pub(super) key: String,
    pub(super) member_id: Option<cynic::Id>,
    pub(super) note: String,
    pub(super) file: Option<PaperFile>,
}

/// What a bidder's security counts for.
#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SecurityStanding {
    Good,
    Exempt,
    Undecided,
    Missing,
    Refused,
    Late,
}

impl SecurityStanding {
    /// The tag that tells it.
    pub(super) fn tag(self) -> impl IntoView {
        let (state, key) = match self {
            Self::Good => (State::Good, "security-standing-good"),
            Self::Exempt => (State::Good, "security-standing-exempt"),
            Self::Undecided => (State::Waiting, "security-standing-undecided"),
            Self::Missing => (State::Refused, "security-standing-missing"),
            Self::Refused => (State::Refused, "security-standing-refused"),
            Self::Late => (State::Refused, "security-standing-late"),
        };
        view! { <Tag state label=say(key)/> }
    }

    /// Whether the bid is valid as far as its security goes.
    pub(super) const fn is_valid(self) -> bool {
        matches!(self, Self::Good | Self::Exempt)
    }
}

impl EvaluatedBid {
    /// What is said of a security that makes the bid invalid, or that finance has not decided on.
    fn want_of_security(&self) -> Option<AnyView> {
        let standing = self.security.filter(|standing| !standing.is_valid())?;
        Some(view! { <li><strong>{say("qualification-security")}</strong>": "{standing.tag()}</li> }.into_any())
    }

    /// Whose it is, behind its lot where the tender is divided.
    pub(super) fn name(&self) -> String {
        let visit = visit();
        let bidder = self.bidder.as_ref().map(|bidder| visit.local(&bidder.name).to_owned()).unwrap_or_default();
        behind(&visit, self.lot_number, bidder)
    }
}

async fn load(visit: &Visit, id: &str) -> Result<(Evaluation, Vec<OpenedBid>), PageError> {
    visit.signed_in()?;
    let asked = visit.ask(QualificationPage::build(Which { id: id.into() })).await?;
    let evaluation = asked.evaluation.ok_or(PageError::NotFound)?;
    // The panel is not shown what the buyer found: it has no page here.
    if evaluation.stage != EvaluationStage::Opened && evaluation.findings.is_empty() {
        return Err(PageError::NotFound);
    }
    Ok((evaluation, asked.tender_bids.map(|bids| bids.opened).unwrap_or_default()))
}

fn titled(visit: &Visit, id: &str, evaluation: &Evaluation, title: &str) -> Page {
    let about = visit.local(&evaluation.tender_title).to_owned();
    Page::titled(visit.say(title)).wide().crumb(visit.say("section-tenders"), "/tenders").crumb(about, format!("/tenders/{id}"))
}

/// The page.
pub(super) async fn page(visit: &Visit, id: &str) -> Answered {
    let (evaluation, opened) = load(visit, id).await?;
    let judges = evaluation.stage == EvaluationStage::Opened && visit.has_role(Role::Officer);
    let next = format!("/tenders/{id}/panel");
    titled(visit, id, &evaluation, "qualification-title").show(move || {
        let body = match evaluation.stage {
            EvaluationStage::Opened if judges => judging(&evaluation, &opened).into_any(),
            EvaluationStage::Opened => {
                view! { <Empty why=say("qualification-none")><p>{say("qualification-none-next")}</p></Empty> }.into_any()
            }
            _ => result(&evaluation, next).into_any(),
        };
        view! {
            <h1>{say("qualification-title")}</h1>
            <p class="quiet">{visit_local(&evaluation.tender_title)}</p>
            {body}
        }
    })
}

fn visit_local(words: &Words) -> String {
    visit().local(words).to_owned()
}

fn judging(evaluation: &Evaluation, opened: &[OpenedBid]) -> impl IntoView + use<> {
    let count = facts([("fewest", i64::from(evaluation.fewest_bidders).into())]);
    let fields = qualification_form::fields(evaluation, opened);
    let related = related::fields(&evaluation.related_bids);
    let asks_security = evaluation.bids.iter().any(|bid| bid.security.is_some());
    view! {
        <p class="lead">{say("qualification-lead")}</p>
        <p>{say("qualification-reason-help")}</p>
        {asks_security.then(|| view! { <p>{say("qualification-security-lead")}</p> })}
        <Notice tone=Tone::Info title=say_with("qualification-fewest", count)>""</Notice>
        <Form>
            {related}
            {fields}
            <Button label=say("qualification-check") name="do" value="check" kind=Kind::Primary/>
        </Form>
    }
}

/// What was found, for everybody who may read it.
fn result(evaluation: &Evaluation, next: String) -> impl IntoView + use<> {
    let failure = evaluation.failure.as_ref().map(|failure| {
        let why = visit_local(failure);
        view! { <Notice tone=Tone::Warning title=say("qualification-failed")><p>{why}</p></Notice> }
    });
    let rows = evaluation.bids.iter().map(|bid| {
        let is_qualified = bid.is_qualified == Some(true);
        let (state, key) = if is_qualified { (State::Good, "qualification-passed") } else { (State::Refused, "qualification-refused") };
        let refused = evaluation.findings.iter().filter(|finding| finding.bid_id == bid.bid_id && !finding.is_met);
        let reasons = refused.map(|finding| {
            let paper = evaluation.papers.iter().find(|paper| paper.key == finding.paper);
            let paper = paper.map(|paper| visit_local(&paper.name)).unwrap_or_default();
            view! { <li><strong>{paper}</strong>": "{finding.reason.clone()}</li> }
        });
        let reasons = reasons.collect_view();
        view! { <tr><th scope="row">{bid.name()}{members::beside(&bid.consortium)}</th><td><Tag state label=say(key)/></td><td><ul class="plain">{bid.want_of_security()}{reasons}</ul></td></tr> }
    });
    let rows = rows.collect_view();
    let columns = vec![
        Column::new(say("award-bidder")),
        Column::new(say("qualification-result")),
        Column::new(say("qualification-reasons")),
    ];
    let related = related::found(&evaluation.related_bids, false);
    let appoints = evaluation.stage == EvaluationStage::Qualified && visit().has_role(Role::Officer);
    view! {
        {failure}
        {related}
        <div class="brief"><Table caption=say("qualification-results") columns>{rows}</Table></div>
        {appoints.then(|| view! { <p><LinkButton label=say("panel-appoint") to=next kind=Kind::Primary/></p> })}
    }
}

/// What follows from the posted judgement, before it is confirmed.
fn check(visit: &Visit, id: &str, evaluation: Evaluation, reading: Reading) -> Answered {
    titled(visit, id, &evaluation, "qualification-check-title").show(move || {
        let lacks_security = |bid: &EvaluatedBid| bid.security.is_some_and(|standing| !standing.is_valid());
        let is_out = |bid: &EvaluatedBid| related::is_out(&crate::visit::visit(), &evaluation.related_bids, &bid.bid_id);
        let is_refused = |bid: &EvaluatedBid| lacks_security(bid) || is_out(bid) || reading.refused(&bid.bid_id).next().is_some();
        let qualified = evaluation.bids.iter().filter(|bid| !is_refused(bid)).count();
        let fewest = usize::try_from(evaluation.fewest_bidders).unwrap_or_default();
        let count = || facts([("qualified", qualified.into()), ("bidders", evaluation.bids.len().into()), ("fewest", fewest.into())]);
        let lots = by_lot(&evaluation, &is_refused);
        let most = lots.values().copied().max().unwrap_or(qualified);
        let (tone, key) = if most < fewest { (Tone::Warning, "qualification-will-fail") } else { (Tone::Info, "qualification-will-go-on") };
        let (title, follows) = (say_with(&format!("{key}-title"), count()), say_with(key, count()));
        let rows = evaluation.bids.iter().map(|bid| {
            let (state, word) = if is_refused(bid) { (State::Refused, "qualification-refused") } else { (State::Good, "qualification-passed") };
            let reasons = reading.refused(&bid.bid_id).map(|one| reason(&evaluation, one)).collect_view();
            view! { <tr><th scope="row">{bid.name()}</th><td><Tag state label=say(word)/></td><td><ul class="plain">{bid.want_of_security()}{reasons}</ul></td></tr> }
        });
        let rows = rows.collect_view();
        let columns = vec![
            Column::new(say("award-bidder")),
            Column::new(say("qualification-result")),
            Column::new(say("qualification-reasons")),
        ];
        view! {
            <h1>{say("qualification-check-title")}</h1>
            <Notice tone title><p>{follows}</p>{lots_follow(&lots, fewest)}</Notice>
            {related::found(&evaluation.related_bids, true)}
            <div class="brief"><Table caption=say("qualification-results") columns>{rows}</Table></div>
            <p>{say("qualification-final")}</p>
            <Form>
                {related::hidden(&crate::visit::visit(), &evaluation.related_bids)}
                {reading.hidden()}
                <div class="buttons">
                    <Button label=say("qualification-confirm") name="do" value="confirm" kind=Kind::Final/>
                    <Button label=say("qualification-change") name="do" value="change"/>
                </div>
            </Form>
        }
    })
}

/// How many qualify for each lot; nothing where the tender is not divided.
fn by_lot(evaluation: &Evaluation, is_refused: &impl Fn(&EvaluatedBid) -> bool) -> BTreeMap<i32, usize> {
    let mut lots = BTreeMap::new();
    for bid in &evaluation.bids {
        let Some(lot) = bid.lot_number else { continue };
        *lots.entry(lot).or_default() += usize::from(!is_refused(bid));
    }
    lots
}

/// What follows for each lot.
fn lots_follow(lots: &BTreeMap<i32, usize>, fewest: usize) -> Option<AnyView> {
    let lines = lots.iter().map(|(lot, qualified)| {
        let told = facts([("lot", short(*lot).into()), ("qualified", (*qualified).into()), ("fewest", fewest.into())]);
        view! { <li>{say_with(if *qualified < fewest { "lot-will-fail" } else { "lot-qualified" }, told)}</li> }
    });
    let lines = lines.collect_view();
    (!lots.is_empty()).then(|| view! { <ul>{lines}</ul> }.into_any())
}

fn reason(evaluation: &Evaluation, judged: &Judged) -> impl IntoView + use<> {
    let paper = evaluation.papers.iter().find(|paper| paper.key == judged.paper);
    let paper = paper.map(|paper| visit_local(&paper.name)).unwrap_or_default();
    view! { <li><strong>{paper}</strong>": "{judged.reason.clone()}</li> }
}

#[derive(cynic::InputObject, Debug)]
struct QualifyBiddersInput {
    tender_id: cynic::Id,
    findings: Vec<PaperFindingInput>,
    relations: Vec<RelationFindingInput>,
}

#[derive(cynic::InputObject, Debug)]
struct PaperFindingInput {
    bid_id: cynic::Id,
    paper: String,
    is_met: bool,
    reason: String,
}

#[derive(cynic::QueryVariables, Debug)]
struct QualifyWhich {
    input: QualifyBiddersInput,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Mutation", variables = "QualifyWhich")]
struct QualifyBidders {
    #[arguments(input: $input)]
    qualify_bidders: QualifyBiddersPayload,
}

#[derive(cynic::QueryFragment, Debug)]
struct QualifyBiddersPayload {
    user_errors: Vec<UserError>,
}

/// Shows what follows, goes back to the judgement, or confirms it.
pub(super) async fn act(visit: &Visit, id: &str) -> Answered {
    let (evaluation, _) = load(visit, id).await?;
    if visit.posted("do") == Some("change") {
        return Answer::again(Vec::<FormError>::new());
    }
    let reading = Reading::of(visit);
    let mut errors = related::errors(visit, &evaluation.related_bids);
    errors.extend(reading.errors(visit));
    if !errors.is_empty() {
        return Answer::again(errors);
    }
    if visit.posted("do") != Some("confirm") {
        return check(visit, id, evaluation, reading);
    }
    let finding = |judged: Judged| PaperFindingInput {
        bid_id: judged.of.into(),
        paper: judged.paper,
        is_met: judged.is_met,
        reason: judged.reason,
    };
    let input = QualifyBiddersInput { tender_id: id.into(), findings: reading.judged.into_iter().map(finding).collect(), relations: related::input(visit, &evaluation.related_bids) };
    let errors = visit.ask(QualifyBidders::build(QualifyWhich { input })).await?.qualify_bidders.user_errors;
    if errors.is_empty() {
        return Answer::done(format!("/tenders/{id}/qualification"), "bidders-qualified");
    }
    Answer::again(errors)
}
