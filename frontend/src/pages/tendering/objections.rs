//! The notice of an announced single source: why one supplier, until when anybody may object, the objections and their
//! answers, and the invitation of the sole supplier.

use super::draft_choice::Procedure;
use super::draft_form::{DOCUMENT_KINDS, FILE_MOST_MB, moment};
use super::state::tag;
use super::tenders::TenderStateName;
use crate::prelude::*;
use crate::schema::StoredFile;
use chrono::{DateTime, Utc};
use domain::identity::role::Role;
use domain::oversight::policy_pack::source;

#[derive(cynic::QueryVariables, Debug)]
struct Which {
    id: cynic::Id,
    after: Option<String>,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Query", variables = "Which")]
struct ObjectionsPage {
    #[arguments(id: $id)]
    tender: Option<Tender>,
    #[arguments(tenderId: $id)]
    single_source_notice: Option<SingleSourceNotice>,
    #[arguments(tenderId: $id, first: 20, after: $after)]
    objections: Option<ObjectionConnection>,
    viewer: Option<Viewer>,
}

#[derive(cynic::QueryFragment, Debug)]
struct Viewer {
    organization: Party,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "Organization")]
struct Party {
    id: cynic::Id,
    name: Words,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
struct Tender {
    title: Words,
    number: String,
    state: TenderStateName,
    buyer_id: cynic::Id,
    published_at: Option<DateTime<Utc>>,
    deadline_at: Option<DateTime<Utc>>,
    choice: Choice,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "ProcedureChoice")]
struct Choice {
    ground_words: Option<Words>,
    reason: Words,
    approval_number: String,
    announced_until: Option<DateTime<Utc>>,
    sole_supplier: Option<Party>,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
struct SingleSourceNotice {
    ground_source: Option<String>,
    notice_rule: Option<DeadlineRule>,
    answer_rule: Option<DeadlineRule>,
    unanswered: Option<i32>,
    is_upheld: bool,
    has_viewer_objected: bool,
    is_viewer_sole_supplier: bool,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
struct DeadlineRule {
    days: i32,
    source: String,
}

#[derive(cynic::QueryFragment, Debug)]
struct ObjectionConnection {
    nodes: Vec<Objection>,
    page_info: PageInfo,
}

#[derive(cynic::QueryFragment, Debug)]
struct PageInfo {
    has_next_page: bool,
    end_cursor: Option<String>,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
struct Objection {
    id: cynic::Id,
    objector: Option<Party>,
    is_own: bool,
    text: String,
    file: Option<StoredFile>,
    raised_at: DateTime<Utc>,
    answer: Option<ObjectionAnswer>,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
struct ObjectionAnswer {
    is_upheld: bool,
    reasons: String,
    answered_at: DateTime<Utc>,
}

/// What the page knows.
struct Room {
    tender: Tender,
    notice: SingleSourceNotice,
    is_officer: bool,
    is_own: bool,
}

impl Room {
    /// Whether objections are still taken.
    fn is_open(&self) -> bool {
        let runs = self.tender.choice.announced_until.is_some_and(|until| visit().now() <= until);
        self.tender.state == TenderStateName::Announced && runs
    }
}

/// The way to the notice and its objections from a tender's page, with what this reader does there.
pub(super) fn way(procedure: Procedure, announced_until: Option<DateTime<Utc>>, state: TenderStateName, is_own: bool) -> Option<AnyView> {
    let (visit, until) = (visit(), announced_until.filter(|_| procedure == Procedure::SingleSource)?);
    let to = format!("{}/objections", visit.path());
    let is_open = state == TenderStateName::Announced;
    let key = match (is_open, is_own && visit.has_role(Role::Officer), visit.now() > until) {
        (true, true, true) => "objections-invite-go",
        (true, false, false) if visit.has_role(Role::Seller) => "objections-raise-go",
        _ => "objections-go",
    };
    let countdown = (is_open && visit.now() <= until).then(|| view! { <Countdown at=until/> });
    let kind = if key == "objections-go" { Kind::Secondary } else { Kind::Primary };
    let is_public = !matches!(state, TenderStateName::Draft | TenderStateName::Submitted | TenderStateName::Approved);
    is_public.then(|| view! { {countdown} <p><LinkButton label=say(key) to kind/></p> }.into_any())
}

/// The page.
pub(super) async fn page(visit: &Visit, id: &str) -> Answered {
    let wanted = Which { id: id.into(), after: visit.query("after").map(str::to_owned) };
    let asked = visit.ask(ObjectionsPage::build(wanted)).await?;
    let (Some(tender), Some(notice), Some(objections)) = (asked.tender, asked.single_source_notice, asked.objections) else {
        return Err(PageError::NotFound);
    };
    let is_own = asked.viewer.is_some_and(|viewer| viewer.organization.id == tender.buyer_id);
    let room = Room { is_officer: is_own && visit.has_role(Role::Officer), is_own, tender, notice };
    let title = visit.local(&room.tender.title).to_owned();
    let page = Page::titled(visit.say("objections-title")).crumb(visit.say("section-tenders"), "/tenders");
    page.crumb(title.clone(), format!("/tenders/{id}")).show(move || {
        let until = room.tender.choice.announced_until.filter(|_| room.is_open());
        view! {
            <h1>{say("objections-title")}</h1>
            <p class="lead">{title}" "<span class="quiet">{room.tender.number.clone()}</span></p>
            <p>{tag(room.tender.state, room.tender.deadline_at)}</p>
            {until.map(|at| view! { <Countdown at/> })}
            <p>{say("objections-lead")}</p>
            <h2>{say("objections-notice")}</h2>
            {summary(&room)}
            {standing(&room)}
            <h2 id="objections">{say("objections-list")}</h2>
            {list(&room, objections)}
            {object(&room)}
            {invite(&room)}
        }
    })
}

fn local(words: &Words) -> String {
    visit().local(words).to_owned()
}

fn cited(found: &str) -> String {
    source::in_language(visit().language(), found)
}

fn rule(key: &str, rule: &DeadlineRule) -> String {
    say_with(key, facts([("days", i64::from(rule.days).into()), ("source", cited(&rule.source).into())]))
}

/// Why one supplier, on which ground, and until when.
fn summary(room: &Room) -> impl IntoView + use<> {
    let (choice, notice) = (&room.tender.choice, &room.notice);
    let mut told = Vec::new();
    if let Some(supplier) = &choice.sole_supplier {
        let to = format!("/suppliers/{}", supplier.id.inner());
        told.push(SummaryFact::new(say("objections-supplier"), view! { <a href=to>{local(&supplier.name)}</a> }));
    }
    if let Some(ground) = &choice.ground_words {
        told.push(SummaryFact::new(say("objections-ground"), local(ground)));
    }
    if let Some(article) = &notice.ground_source {
        told.push(SummaryFact::new(say("objections-article"), cited(article)));
    }
    told.push(SummaryFact::new(say("objections-reason"), local(&choice.reason)));
    if !choice.approval_number.is_empty() {
        told.push(SummaryFact::new(say("objections-approval"), choice.approval_number.clone()));
    }
    if let (Some(from), Some(until)) = (room.tender.published_at, choice.announced_until) {
        let between = say_with("objections-period-between", facts([("from", from.into()), ("until", until.into())]));
        let rule = notice.notice_rule.as_ref().map(|found| view! { <br/> <span class="help">{rule("objections-period-rule", found)}</span> });
        told.push(SummaryFact::new(say("objections-period"), view! { {between} {rule} }));
    }
    view! { <SummaryList facts=told/> }
}

/// What holds for this reader at this moment.
fn standing(room: &Room) -> Option<AnyView> {
    let is_announced = room.tender.state == TenderStateName::Announced;
    if room.notice.is_upheld {
        let to = (is_announced && room.is_officer).then(|| {
            let to = visit().path().replace("/objections", "/stop");
            view! { <p><LinkButton label=say("objections-upheld-do") to kind=Kind::Primary/></p> }
        });
        return Some(view! { <Notice tone=Tone::Warning title=say("objections-upheld-title")><p>{say("objections-upheld-why")}</p>{to}</Notice> }.into_any());
    }
    if is_announced && room.notice.is_viewer_sole_supplier {
        return Some(view! { <Notice tone=Tone::Info title=say("objections-sole")><p>{say("objections-sole-why")}</p></Notice> }.into_any());
    }
    if is_announced && room.notice.has_viewer_objected {
        return Some(view! { <Notice tone=Tone::Info title=say("objections-raised-already")><p>{say("objections-raised-already-why")}</p></Notice> }.into_any());
    }
    (is_announced && !room.is_open()).then(|| {
        let due = room.notice.answer_rule.as_ref().map(|found| rule("objections-answer-due", found));
        view! { <Notice tone=Tone::Info title=say("objections-over")><p>{say("objections-over-why")}" "{due}</p></Notice> }.into_any()
    })
}

fn list(room: &Room, objections: ObjectionConnection) -> AnyView {
    if objections.nodes.is_empty() {
        let key = if room.is_own { "objections-none-buyer" } else { "objections-none" };
        return view! { <Empty why=say(key)><p>{say(&format!("{key}-next"))}</p></Empty> }.into_any();
    }
    let cursors = Cursors { before: None, after: objections.page_info.end_cursor.filter(|_| objections.page_info.has_next_page) };
    let can_answer = room.is_officer && room.tender.state == TenderStateName::Announced;
    let entries = objections.nodes.into_iter().enumerate().map(|(place, one)| objection(place, one, can_answer)).collect_view();
    view! { <div class="questions">{entries}</div> <Pagination cursors/> }.into_any()
}

fn objection(place: usize, one: Objection, can_answer: bool) -> impl IntoView {
    let heading = say_with("objections-number", facts([("number", (place + 1).into())]));
    let (state, key) = match &one.answer {
        None => (State::Waiting, "objections-waiting"),
        Some(answer) if answer.is_upheld => (State::Warning, "objections-upheld"),
        Some(_) => (State::Closed, "objections-dismissed"),
    };
    let by = match (&one.objector, one.is_own) {
        (_, true) => Some(say("objections-own")),
        (Some(objector), false) => Some(local(&objector.name)),
        (None, false) => None,
    };
    let by = by.map(|name| view! { {say("objections-by")}" "{name}" · " });
    let lines = |text: &str| text.lines().map(|line| view! { <p>{line.to_owned()}</p> }).collect_view();
    let file = one.file.map(|file| view! { <p class="quiet">{say("objections-file")}</p> <FileList files=vec![file]/> });
    let form = (can_answer && one.answer.is_none()).then(|| answer_form(place, one.id.clone()));
    let answer = one.answer.map(|answer| {
        view! {
            <h4>{say("objections-answer")}</h4>
            {lines(&answer.reasons)}
            <p class="quiet"><Instant at=answer.answered_at/></p>
        }
    });
    view! {
        <article>
            <h3>{heading}" "<Tag state label=say(key)/></h3>
            <p class="quiet">{by}<Instant at=one.raised_at/></p>
            {lines(&one.text)}
            {file}
            {answer}
            {form}
        </article>
    }
}

/// The answer to one objection; its fields bear the objection's place, so that what is to mend is shown there.
fn answer_form(place: usize, id: cynic::Id) -> impl IntoView {
    let picks = vec![Pick::new("false", say("objections-dismiss-pick")), Pick::new("true", say("objections-uphold-pick"))];
    view! {
        <Form>
            <input type="hidden" name="objection" value=id.inner().to_owned()/>
            <input type="hidden" name="place" value=place.to_string()/>
            <Choices name=format!("{place}.isUpheld") label=say("objections-verdict") picks/>
            <TextArea name=format!("{place}.reasons") label=say("objections-reasons") help=say("objections-reasons-help")/>
            <Button label=say("objections-answer-do") name="do" value="answer"/>
        </Form>
    }
}

/// The form of a supplier that may object.
fn object(room: &Room) -> Option<AnyView> {
    let visit = visit();
    if !room.is_open() || room.notice.has_viewer_objected || room.notice.is_viewer_sole_supplier {
        return None;
    }
    if visit.viewer().is_none() {
        let to = format!("/sign-in?next={}", visit.path());
        return Some(view! { <p><a href=to>{say("objections-sign-in")}</a></p> }.into_any());
    }
    visit.has_role(Role::Seller).then(|| {
        view! {
            <h2>{say("objections-form")}</h2>
            <p>{say("objections-form-lead")}</p>
            <Form files=true>
                <TextArea name="text" label=say("objections-text") help=say("objections-text-help") rows=8/>
                <FileField name="fileId" label=say("objections-attach") help=say("objections-attach-help") accept=DOCUMENT_KINDS most_mb=FILE_MOST_MB optional=true/>
                <Button label=say("objections-raise-do") name="do" value="raise" kind=Kind::Primary/>
            </Form>
        }
        .into_any()
    })
}

/// What the officer does once nobody can object any more.
fn invite(room: &Room) -> Option<AnyView> {
    let is_over = room.tender.state == TenderStateName::Announced && !room.is_open();
    if !(is_over && room.is_officer) || room.notice.is_upheld {
        return None;
    }
    let waiting = i64::from(room.notice.unanswered.unwrap_or_default());
    if waiting > 0 {
        let title = say_with("objections-unanswered-title", facts([("count", waiting.into())]));
        return Some(view! { <Notice tone=Tone::Warning title><p>{say("objections-unanswered-why")}</p></Notice> }.into_any());
    }
    let announced = room.tender.deadline_at;
    let form = view! {
        <h2>{say("objections-invite")}</h2>
        <p>{say("objections-invite-lead")}</p>
        <Form>
            {moment("deadlineAt", announced, (say("objections-deadline"), say("objections-deadline-rule")), false)}
            <Button label=say("objections-invite-do") name="do" value="invite" kind=Kind::Primary/>
        </Form>
    };
    Some(form.into_any())
}
