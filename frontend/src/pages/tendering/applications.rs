//! The prequalification of an invited tender: the officer judges applications and draws those who are asked; everybody
//! reads what was promised, and after the opening draws again to check.

use super::applied::{ApplicationPaper, ApplicationPaperFinding, Tender};
use super::draft_form::moment;
use super::draft_reading::Reading as Moments;
use super::draw_record;
use super::prequalification::ApplicationState;
use super::qualification::RequiredPaper;
use super::qualification_form::{Reading, note, row};
use super::state::tag;
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
struct ApplicationsPage {
    #[arguments(id: $id)]
    tender: Option<Tender>,
    #[arguments(tenderId: $id)]
    prequalification: Option<Prequalification>,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
pub(super) struct Prequalification {
    until: Option<DateTime<Utc>>,
    is_open: bool,
    pub(super) invite_count: i32,
    pub(super) commitment: String,
    pub(super) committed_at: DateTime<Utc>,
    judged_at: Option<DateTime<Utc>>,
    pub(super) drawn_at: Option<DateTime<Utc>>,
    invited_count: Option<i32>,
    applications: Option<Vec<Application>>,
    pub(super) draw: Option<draw_record::DrawResult>,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
struct Application {
    id: cynic::Id,
    applicant: Option<Organization>,
    received_at: DateTime<Utc>,
    state: ApplicationState,
    papers: Vec<ApplicationPaper>,
    findings: Vec<ApplicationPaperFinding>,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
pub(super) struct Organization {
    pub(super) name: Words,
}

impl Application {
    fn name(&self) -> String {
        self.applicant.as_ref().map(|one| visit().local(&one.name).to_owned()).unwrap_or_default()
    }
}

/// What the page knows.
struct Room {
    tender: Tender,
    found: Prequalification,
}

impl Room {
    fn required(&self) -> Vec<RequiredPaper> {
        let required = self.tender.papers.iter().filter(|paper| paper.is_obligatory).cloned();
        required.map(|paper| RequiredPaper { key: paper.key, name: paper.name, source: paper.source }).collect()
    }

    fn paper(&self, key: &str) -> String {
        self.tender.papers.iter().find(|paper| paper.key == key).map(|paper| visit().local(&paper.name).to_owned()).unwrap_or_default()
    }

    fn applications(&self) -> &[Application] {
        self.found.applications.as_deref().unwrap_or_default()
    }
}

async fn load(visit: &Visit, id: &str) -> Result<Room, PageError> {
    let asked = visit.ask(ApplicationsPage::build(Which { id: id.into() })).await?;
    let (Some(tender), Some(found)) = (asked.tender, asked.prequalification) else { return Err(PageError::NotFound) };
    Ok(Room { tender, found })
}

fn titled(visit: &Visit, id: &str, room: &Room, title: &str) -> Page {
    let about = visit.local(&room.tender.title).to_owned();
    Page::titled(visit.say(title)).wide().crumb(visit.say("section-tenders"), "/tenders").crumb(about, format!("/tenders/{id}"))
}

/// The page.
pub(super) async fn page(visit: &Visit, id: &str) -> Answered {
    let room = load(visit, id).await?;
    titled(visit, id, &room, "applications-title").show(move || {
        let visit = visit_here();
        let is_officer = visit.has_role(Role::Officer) && room.found.applications.is_some();
        let waits = room.tender.state == TenderStateName::Announced && !room.found.is_open;
        let title = visit.local(&room.tender.title).to_owned();
        let countdown = room.found.until.filter(|_| room.found.is_open).map(|at| view! { <Countdown at/> });
        let body = match room.found.judged_at {
            None if waits && is_officer => judging(&room).into_any(),
            None => {
                let key = if room.found.is_open { "applications-hidden" } else { "applications-waiting" };
                view! { <Empty why=say(key)><p>{say(&format!("{key}-next"))}</p></Empty> }.into_any()
            }
            Some(_) => view! { {results(&room)} {(waits && is_officer).then(|| invitation(&room))} }.into_any(),
        };
        view! {
            <h1>{say("applications-title")}</h1>
            <p class="lead">{title}" "<span class="quiet">{room.tender.number.clone()}</span></p>
            <p>{tag(room.tender.state, room.tender.deadline_at)}</p>
            {countdown}
            {summary(&room)}
            {body}
            {draw_record::shown(&room.found)}
        }
    })
}

fn summary(room: &Room) -> impl IntoView + use<> {
    let found = &room.found;
    let count = say_with("applications-invite-count-of", facts([("count", i64::from(found.invite_count).into())]));
    let mut told = vec![SummaryFact::new(say("applications-invite-count"), count)];
    if let Some(at) = found.until {
        told.insert(0, SummaryFact::new(say("applications-until"), view! { <Instant at/> }));
    }
    if let Some(at) = found.judged_at {
        told.push(SummaryFact::new(say("applications-judged-at"), view! { <Instant at/> }));
    }
    if let Some(at) = found.drawn_at {
        told.push(SummaryFact::new(say("applications-drawn-at"), view! { <Instant at/> }));
    }
    if let Some(invited) = found.invited_count {
        let invited = say_with("applications-invited-of", facts([("count", i64::from(invited).into())]));
        told.push(SummaryFact::new(say("applications-invited"), invited));
    }
    view! { <SummaryList facts=told/> }
}

fn judging(room: &Room) -> impl IntoView + use<> {
    let papers = room.required();
    let applicants = room.applications().iter().enumerate().map(|(place, one)| {
        let rows = papers.iter().enumerate().map(|(number, paper)| {
            let shown = one.papers.iter().find(|shown| shown.key == paper.key);
            let file = shown.and_then(|shown| shown.file.as_ref()).map(|file| file.link.link());
            row(place * papers.len() + number, &one.id, paper, (note(shown.map(|shown| shown.note.as_str())), file))
        });
        let rows = rows.collect_view();
        view! {
            <fieldset class="draft-row judged">
                <legend>{one.name()}</legend>
                <p class="quiet">{say("application-received-at")}" "<Instant at=one.received_at/></p>
                {rows}
            </fieldset>
        }
    });
    let applicants = applicants.collect_view();
    let none = room.applications().is_empty().then(|| view! { <Notice tone=Tone::Warning title=say("applications-none")><p>{say("applications-none-why")}</p></Notice> });
    view! {
        <h2>{say("applications-judge")}</h2>
        <p>{say("applications-judge-lead")}</p>
        {none}
        <Form>
            {applicants}
            <Button label=say("qualification-check") name="do" value="check" kind=Kind::Primary/>
        </Form>
    }
}

/// Who qualifies, for those who may read it.
fn results(room: &Room) -> Option<AnyView> {
    if room.applications().is_empty() {
        return None;
    }
    let rows = room.applications().iter().map(|one| {
        let (state, key) = one.state.tag();
        let refused = one.findings.iter().filter(|finding| !finding.is_met);
        let reasons = refused.map(|finding| view! { <li><strong>{room.paper(&finding.paper)}</strong>": "{finding.reason.clone()}</li> });
        let reasons = reasons.collect_view();
        view! { <tr><th scope="row">{one.name()}</th><td><Tag state label=say(key)/></td><td><ul class="plain">{reasons}</ul></td></tr> }
    });
    let rows = rows.collect_view();
    let table = view! { <div class="brief"><Table caption=say("applications-results") columns=columns()>{rows}</Table></div> };
    Some(table.into_any())
}

fn columns() -> Vec<Column> {
    ["applications-applicant", "qualification-result", "qualification-reasons"].map(|key| Column::new(say(key))).into()
}

/// The draw, which nobody steers and nobody repeats.
fn invitation(room: &Room) -> impl IntoView + use<> {
    let qualified = room.applications().iter().filter(|one| one.state == ApplicationState::Qualified).count();
    let count = usize::try_from(room.found.invite_count).unwrap_or_default();
    let told = facts([("qualified", qualified.into()), ("count", count.min(qualified).into())]);
    let key = if qualified > count { "applications-draw-lead" } else { "applications-invite-all" };
    let deadline = moment("deadlineAt", room.tender.deadline_at, (say("tender-deadline"), say("applications-deadline-rule")), false);
    view! {
        <h2>{say("applications-invite")}</h2>
        <p>{say_with(key, told)}</p>
        <Form>
            {deadline}
            <Button label=say("applications-invite-do") name="do" value="invite" kind=Kind::Final/>
        </Form>
    }
}

/// What follows from the posted judgement, before it is confirmed.
fn check(visit: &Visit, id: &str, (room, reading): (Room, Reading), fewest: Option<i64>) -> Answered {
    titled(visit, id, &room, "qualification-check-title").show(move || {
        let is_refused = |one: &Application| reading.refused(&one.id).next().is_some();
        let qualified = room.applications().iter().filter(|one| !is_refused(one)).count();
        let fewest = fewest.and_then(|value| usize::try_from(value).ok()).unwrap_or(1);
        let told = || facts([("qualified", qualified.into()), ("all", room.applications().len().into()), ("fewest", fewest.into())]);
        let (tone, key) = if qualified < fewest { (Tone::Warning, "applications-will-fail") } else { (Tone::Info, "applications-will-go-on") };
        let (title, follows) = (say_with(&format!("{key}-title"), told()), say_with(key, told()));
        let rows = room.applications().iter().map(|one| {
            let state = if is_refused(one) { ApplicationState::Refused } else { ApplicationState::Qualified };
            let (state, word) = state.tag();
            let reasons = reading.refused(&one.id).map(|found| view! { <li><strong>{room.paper(&found.paper)}</strong>": "{found.reason.clone()}</li> });
            let reasons = reasons.collect_view();
            view! { <tr><th scope="row">{one.name()}</th><td><Tag state label=say(word)/></td><td><ul class="plain">{reasons}</ul></td></tr> }
        });
        let rows = rows.collect_view();
        view! {
            <h1>{say("qualification-check-title")}</h1>
            <Notice tone title><p>{follows}</p></Notice>
            <div class="brief"><Table caption=say("applications-results") columns=columns()>{rows}</Table></div>
            <p>{say("qualification-final")}</p>
            <Form>
                {reading.hidden()}
                <div class="buttons">
                    <Button label=say("qualification-confirm") name="do" value="confirm" kind=Kind::Final/>
                    <Button label=say("qualification-change") name="do" value="change"/>
                </div>
            </Form>
        }
    })
}

fn visit_here() -> Visit {
    visit()
}

#[derive(cynic::InputObject, Debug)]
struct JudgeApplicationsInput {
    tender_id: cynic::Id,
    findings: Vec<ApplicationFindingInput>,
}

#[derive(cynic::InputObject, Debug)]
struct ApplicationFindingInput {
    application_id: cynic::Id,
    paper: String,
    is_met: bool,
    reason: String,
}

#[derive(cynic::QueryVariables, Debug)]
struct Judging {
    input: JudgeApplicationsInput,
}

#[derive(cynic::QueryFragment, Debug)]
struct TenderPayload {
    user_errors: Vec<UserError>,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Mutation", variables = "Judging")]
struct Judge {
    #[arguments(input: $input)]
    judge_applications: TenderPayload,
}

#[derive(cynic::QueryVariables, Debug)]
struct Inviting {
    id: cynic::Id,
    deadline_at: Option<DateTime<Utc>>,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Mutation", variables = "Inviting")]
struct Invite {
    #[arguments(input: { tenderId: $id, deadlineAt: $deadline_at })]
    invite_suppliers: TenderPayload,
}

/// Shows what follows, goes back to the judgement, confirms it, or draws.
pub(super) async fn act(visit: &Visit, id: &str) -> Answered {
    visit.signed_in()?;
    let here = format!("/tenders/{id}/applications");
    match visit.posted("do").unwrap_or_default() {
        "invite" => return invite(visit, id, here).await,
        "change" => return Answer::again(Vec::<FormError>::new()),
        _ => {}
    }
    let room = load(visit, id).await?;
    let reading = Reading::of(visit);
    let errors = reading.errors(visit);
    if !errors.is_empty() {
        return Answer::again(errors);
    }
    if visit.posted("do") != Some("confirm") {
        let fewest = super::draft::figures(visit).await?.get("invited_tender.fewest_invited").copied();
        return check(visit, id, (room, reading), fewest);
    }
    let findings = reading.judged.into_iter().map(|judged| ApplicationFindingInput {
        application_id: judged.of.into(),
        paper: judged.paper,
        is_met: judged.is_met,
        reason: judged.reason,
    });
    let input = JudgeApplicationsInput { tender_id: id.into(), findings: findings.collect() };
    let errors = visit.ask(Judge::build(Judging { input })).await?.judge_applications.user_errors;
    if errors.is_empty() { Answer::done(here, "applications-judged") } else { Answer::again(errors) }
}

async fn invite(visit: &Visit, id: &str, here: String) -> Answered {
    let mut moments = Moments::new(visit);
    let deadline_at = moments.moment("deadlineAt");
    if let Some(errors) = moments.errors() {
        return Answer::again(errors);
    }
    // The field has no seconds: what was not touched stays as it was announced.
    let minute = |at: DateTime<Utc>| at.timestamp().div_euclid(60);
    let announced = load(visit, id).await?.tender.deadline_at;
    let deadline_at = deadline_at.filter(|at| announced.map(minute) != Some(minute(*at)));
    let errors = visit.ask(Invite::build(Inviting { id: id.into(), deadline_at })).await?.invite_suppliers.user_errors;
    if errors.is_empty() { Answer::done(here, "suppliers-invited") } else { Answer::again(errors) }
}
