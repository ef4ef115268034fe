//! A supplier's own application to be invited to a tender: handed in, replaced, withdrawn, and its result.

use super::applied::{ApplicationPaper, ApplicationPaperFinding, Paper, Tender};
use super::prequalification::ApplicationState;
use super::tenders::TenderStateName;
use crate::pages::oversight::file::{by_ids, keep};
use crate::prelude::*;
use crate::schema::StoredFile;
use chrono::{DateTime, Utc};
use domain::oversight::policy_pack::source;

/// What a form takes: what can be read everywhere.
const PAPER_KINDS: &str = ".pdf,.jpg,.png";
/// The largest file of a paper, in megabytes.
const FILE_MOST_MB: i64 = 20;

#[derive(cynic::QueryVariables, Debug)]
struct Which {
    id: cynic::Id,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Query", variables = "Which")]
struct ApplicationPage {
    #[arguments(id: $id)]
    tender: Option<Tender>,
    #[arguments(tenderId: $id)]
    prequalification: Option<Prequalification>,
    #[arguments(tenderId: $id)]
    viewer_application: Option<Application>,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
struct Prequalification {
    until: Option<DateTime<Utc>>,
    is_open: bool,
    invite_count: i32,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
struct Application {
    id: cynic::Id,
    number: String,
    received_at: DateTime<Utc>,
    state: ApplicationState,
    papers: Vec<ApplicationPaper>,
    findings: Vec<ApplicationPaperFinding>,
}

/// What the page knows.
struct Room {
    id: String,
    tender: Tender,
    prequalification: Prequalification,
    own: Option<Application>,
    /// Files that an earlier round of the form has brought.
    brought: Vec<StoredFile>,
}

impl Room {
    /// The application that is in, if one is.
    fn live(&self) -> Option<&Application> {
        self.own.as_ref().filter(|own| own.state != ApplicationState::Withdrawn)
    }
}

async fn load(visit: &Visit, id: &str) -> Result<Room, PageError> {
    visit.signed_in()?;
    let asked = visit.ask(ApplicationPage::build(Which { id: id.into() })).await?;
    let (Some(tender), Some(prequalification)) = (asked.tender, asked.prequalification) else { return Err(PageError::NotFound) };
    let brought = (0..tender.papers.len()).filter_map(|place| visit.posted(&file_field(place))).filter(|id| !id.is_empty());
    let brought: Vec<cynic::Id> = brought.map(cynic::Id::new).collect();
    let brought = by_ids(visit, &brought).await?;
    Ok(Room { id: id.to_owned(), tender, prequalification, own: asked.viewer_application, brought })
}

fn file_field(place: usize) -> String {
    format!("papers.{place}.fileId")
}

fn local(words: &Words) -> String {
    visit().local(words).to_owned()
}

/// The page.
pub(super) async fn page(visit: &Visit, id: &str) -> Answered {
    let room = load(visit, id).await?;
    let replaces = visit.query("replace").is_some() || visit.posted("replacesId").is_some();
    let title = visit.local(&room.tender.title).to_owned();
    let page = Page::titled(visit.say("application-title")).crumb(visit.say("section-tenders"), "/tenders");
    page.crumb(title.clone(), format!("/tenders/{id}")).show(move || {
        let countdown = room.prequalification.until.filter(|_| room.prequalification.is_open).map(|at| view! { <Countdown at/> });
        let body = match (room.live(), room.prequalification.is_open) {
            (Some(own), true) if replaces => view! { <p>{say("application-replace-lead")}</p> {form(&room, Some(own))} }.into_any(),
            (Some(own), _) => receipt(&room, own).into_any(),
            (None, true) => view! { <p>{say("application-lead")}</p> {form(&room, None)} }.into_any(),
            (None, false) => {
                view! { <Empty why=say("application-none")><p>{say("application-none-next")}</p></Empty> }.into_any()
            }
        };
        // A receipt is the page's heading by itself.
        let is_receipt = room.live().is_some() && !(replaces && room.prequalification.is_open);
        view! {
            {(!is_receipt).then(|| view! { <h1>{say("application-title")}</h1> })}
            {(!is_receipt).then(|| view! { <p class="lead">{title}" "<span class="quiet">{room.tender.number.clone()}</span></p> })}
            {countdown}
            {body}
        }
    })
}

/// What is in, what came of it, and what can still be done.
fn receipt(room: &Room, own: &Application) -> impl IntoView + use<> {
    let (state, key) = own.state.tag();
    let count = facts([("count", i64::from(room.prequalification.invite_count).into())]);
    let to = format!("/tenders/{}", room.id);
    let told = vec![
        SummaryFact::new(say("application-tender"), view! { <a href=to.clone()>{local(&room.tender.title)}</a> }),
        SummaryFact::new(say("application-number"), own.number.clone()),
        SummaryFact::new(say("application-received-at"), view! { <Instant at=own.received_at/> }),
        SummaryFact::new(say("application-state"), view! { <Tag state label=say(key)/> }),
    ];
    let next = match own.state {
        ApplicationState::Received if room.prequalification.is_open => say("application-next-open"),
        ApplicationState::Received => say("application-next-waiting"),
        ApplicationState::Qualified if room.tender.state == TenderStateName::Announced => say_with("application-next-qualified", count),
        ApplicationState::Qualified => say("application-next-ended"),
        ApplicationState::Invited => say("application-next-invited"),
        ApplicationState::NotDrawn => say_with("application-next-not-drawn", count),
        ApplicationState::Refused | ApplicationState::Withdrawn => say("application-next-refused"),
    };
    let is_invited = own.state == ApplicationState::Invited && room.tender.state.takes_bids();
    let bid = is_invited.then(|| {
        let deadline = room.tender.deadline_at.map(|at| view! { <Countdown at/> });
        view! { {deadline} <p><LinkButton label=say("bid-prepare") to=format!("{to}/bid") kind=Kind::Primary/></p> }
    });
    let title = if own.state == ApplicationState::Received { "application-in" } else { "application-result" };
    let reasons = reasons(room, own);
    view! {
        <Confirmation title=say(title) facts=told>
            <p>{next}</p>
            {reasons}
            {bid}
        </Confirmation>
        <h2>{say("application-papers")}</h2>
        {papers(room, own)}
        {change(room, own)}
    }
}

/// Why it was refused, paper by paper.
fn reasons(room: &Room, own: &Application) -> Option<AnyView> {
    let refused = own.findings.iter().filter(|finding| !finding.is_met).map(|finding| {
        let paper = room.tender.papers.iter().find(|paper| paper.key == finding.paper);
        let paper = paper.map(|paper| local(&paper.name)).unwrap_or_default();
        view! { <li><strong>{paper}</strong>": "{finding.reason.clone()}</li> }
    });
    let refused = refused.collect::<Vec<_>>();
    (!refused.is_empty()).then(|| view! { <ul>{refused}</ul> }.into_any())
}

fn papers(room: &Room, own: &Application) -> impl IntoView + use<> {
    let rows = room.tender.papers.iter().map(|paper| {
        let shown = own.papers.iter().find(|one| one.key == paper.key);
        let note = shown.map(|one| one.note.clone()).filter(|note| !note.is_empty());
        let file = shown.and_then(|one| one.file.as_ref()).map(|file| file.link.link());
        let none = shown.is_none().then(|| say("application-paper-none"));
        view! { <tr><th scope="row">{local(&paper.name)}</th><td>{none}{note}</td><td>{file}</td></tr> }
    });
    let rows = rows.collect_view();
    let columns = ["application-paper", "application-note", "application-file"].map(|key| Column::new(say(key)));
    view! { <div class="brief"><Table caption=say("application-papers-shown") columns=columns.into()>{rows}</Table></div> }
}

/// Replace and withdraw, until the end.
fn change(room: &Room, own: &Application) -> Option<AnyView> {
    let may = room.prequalification.is_open && own.state == ApplicationState::Received;
    let id = own.id.inner().to_owned();
    may.then(|| {
        view! {
            <h2>{say("application-change")}</h2>
            <p>{say("application-change-why")}</p>
            <p><LinkButton label=say("application-replace") to=format!("/tenders/{}/application?replace=1", room.id)/></p>
            <Form>
                <input type="hidden" name="applicationId" value=id/>
                <Button label=say("application-withdraw") name="do" value="withdraw"/>
            </Form>
        }
        .into_any()
    })
}

fn form(room: &Room, replaced: Option<&Application>) -> impl IntoView + use<> {
    let fields = room.tender.papers.iter().enumerate().map(|(place, paper)| row(room, place, paper, replaced)).collect_view();
    let replaces = replaced.map(|own| view! { <input type="hidden" name="replacesId" value=own.id.inner().to_owned()/> });
    let label = if replaced.is_some() { "application-replace-do" } else { "application-do" };
    view! {
        <Form files=true>
            {replaces}
            {fields}
            <p>{say("application-promise")}</p>
            <Button label=say(label) name="do" value="apply" kind=Kind::Primary/>
        </Form>
    }
}

fn row(room: &Room, place: usize, paper: &Paper, replaced: Option<&Application>) -> impl IntoView + use<> {
    let shown = replaced.and_then(|own| own.papers.iter().find(|one| one.key == paper.key));
    let posted = visit().posted(&file_field(place)).and_then(|id| room.brought.iter().find(|file| file.id.inner() == id));
    let held = posted.map(|file| (file.id.inner().to_owned(), file.name.clone()));
    let held = held.or_else(|| shown?.file.as_ref().map(|file| (file.id.inner().to_owned(), file.link.name().to_owned())));
    let held = held.map(|(id, name)| {
        view! {
            <p class="help">{say_with("application-file-held", facts([("name", name.into())]))}</p>
            <input type="hidden" name=file_field(place) value=id/>
        }
    });
    let must = say(if paper.is_obligatory { "paper-obligatory" } else { "paper-optional" });
    let rule = if paper.source.is_empty() { String::new() } else { source::in_language(visit().language(), &paper.source) };
    let note = shown.map(|one| one.note.clone()).unwrap_or_default();
    view! {
        <fieldset class="draft-row">
            <legend>{local(&paper.name)}" · "{must}</legend>
            <input type="hidden" name=format!("papers.{place}.key") value=paper.key.clone()/>
            <TextArea name=format!("papers.{place}.note") label=say("application-note") help=say("application-note-help") rule=rule value=note rows=2 optional=true/>
            {held}
            <FileField name=format!("papers.{place}.file") label=say("application-file") accept=PAPER_KINDS most_mb=FILE_MOST_MB optional=true/>
        </fieldset>
    }
}

#[derive(cynic::InputObject, Debug)]
struct ApplyForInvitationInput {
    tender_id: cynic::Id,
    papers: Vec<ApplicationPaperInput>,
    replaces_id: Option<cynic::Id>,
}

#[derive(cynic::InputObject, Debug)]
struct ApplicationPaperInput {
    key: String,
    note: String,
    file_id: Option<cynic::Id>,
}

#[derive(cynic::QueryVariables, Debug)]
struct Applying {
    input: ApplyForInvitationInput,
}

#[derive(cynic::QueryFragment, Debug)]
struct ApplicationPayload {
    user_errors: Vec<UserError>,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Mutation", variables = "Applying")]
struct Apply {
    #[arguments(input: $input)]
    apply_for_invitation: ApplicationPayload,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Mutation", variables = "Which")]
struct Withdraw {
    #[arguments(input: { applicationId: $id })]
    withdraw_application: ApplicationPayload,
}

/// Does what the pressed button says.
pub(super) async fn act(visit: &Visit, id: &str) -> Answered {
    visit.signed_in()?;
    let here = format!("/tenders/{id}/application");
    if visit.posted("do") == Some("withdraw") {
        let which = Which { id: cynic::Id::new(visit.posted("applicationId").unwrap_or_default()) };
        let errors = visit.ask(Withdraw::build(which)).await?.withdraw_application.user_errors;
        return if errors.is_empty() { Answer::done(here, "application-withdrawn") } else { Answer::again(errors) };
    }
    let room = load(visit, id).await?;
    let (papers, mut errors) = posted_papers(visit, &room).await?;
    let held = papers.iter().enumerate().filter_map(|(place, paper)| Some((file_field(place), paper.file_id.as_ref()?.inner().to_owned())));
    let held: Vec<(String, String)> = held.collect();
    if errors.is_empty() {
        let replaces_id = visit.posted("replacesId").filter(|id| !id.is_empty()).map(cynic::Id::new);
        let input = ApplyForInvitationInput { tender_id: id.into(), papers, replaces_id };
        let refused = visit.ask(Apply::build(Applying { input })).await?.apply_for_invitation.user_errors;
        errors.extend(refused.into_iter().map(FormError::from));
    }
    // What was kept is named from then on, so that nobody chooses it twice.
    if errors.is_empty() { Answer::done(here, "application-received") } else { Answer::again_with(errors, held) }
}

/// What was posted for the papers of the notice, in their order; a file that comes anew takes the place of the one before.
async fn posted_papers(visit: &Visit, room: &Room) -> Result<(Vec<ApplicationPaperInput>, Vec<FormError>), PageError> {
    let (mut papers, mut errors) = (Vec::new(), Vec::new());
    for (place, paper) in room.tender.papers.iter().enumerate() {
        let (mut files, refused) = keep(visit, &format!("papers.{place}.file")).await?;
        errors.extend(refused);
        let before = visit.posted(&file_field(place)).filter(|id| !id.is_empty()).map(cynic::Id::new);
        let note = visit.posted(&format!("papers.{place}.note")).unwrap_or_default().to_owned();
        papers.push(ApplicationPaperInput { key: paper.key.clone(), note, file_id: files.pop().map(|file| file.id).or(before) });
    }
    Ok((papers, errors))
}
