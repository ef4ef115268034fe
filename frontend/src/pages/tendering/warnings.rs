//! What an auditor would ask about a draft: beside the fields, on the tender's page for those who approve and supervise, and
//! on a page of its own where the officer answers each.

use super::tenders::TenderStateName;
use super::warning_reading::{Asked, Override, Unchecked, Warning, ask};
use crate::prelude::*;
use domain::identity::role::Role;

/// Where a warning's line stands: the editor's step, and its row from 1.
struct Place {
    step: &'static str,
    row: Option<usize>,
}

/// The step of the editor in which a part of the content is written.
fn place(path: &[String]) -> Place {
    let row = path.get(1).and_then(|row| row.parse::<usize>().ok()).map(|row| row + 1);
    let step = match path.first().map(String::as_str) {
        Some("items") => "items",
        Some("requirements") => "requirements",
        Some("papers") => "papers",
        Some("criteria") => "criteria",
        Some("deadlineAt") => "terms",
        Some("reservation") => "policies",
        _ => "subject",
    };
    Place { step, row }
}

/// The address of a warning's field in the editor.
fn field_address(tender: &str, path: &[String]) -> String {
    let Place { step, .. } = place(path);
    // A scale has no field of its own: its criterion has.
    let field = match path {
        [list, row, last] if last == "anchors" => format!("{list}.{row}"),
        _ => path.join("."),
    };
    format!("/tenders/{tender}/edit/{step}#{}", field_id(&field))
}

fn field_link(tender: &str, path: &[String]) -> impl IntoView + use<> {
    let Place { step, row } = place(path);
    let row = row.map(|row| view! { " · " {say_with("tender-row", facts([("number", row.into())]))} });
    view! { <a href=field_address(tender, path)>{say(&format!("tender-step-{step}"))} {row}</a> }
}

/// What the fields of a step say beside them, by the field's name, and what the step says on top.
pub(super) struct InStep {
    /// By the names of the fields.
    pub(super) notes: Vec<(String, String)>,
    titles: Vec<(String, String)>,
    to_all: String,
}

/// The open warnings of one step of the editor.
pub(super) async fn in_step(visit: &Visit, id: &str, step: &str) -> Result<InStep, PageError> {
    let asked = ask(visit, id).await?;
    let warnings = asked.map(|asked| asked.warnings).unwrap_or_default();
    let open: Vec<Warning> = warnings.into_iter().filter(|one| one.overridden.is_none() && place(&one.path).step == step).collect();
    let notes = open.iter().map(|one| (one.path.join("."), format!("{} {}", one.found, one.remedy))).collect();
    let titles = open.iter().map(|one| (field_address(id, &one.path), one.title.clone())).collect();
    Ok(InStep { notes, titles, to_all: format!("/tenders/{id}/warnings") })
}

impl InStep {
    /// The box above the step's form; nothing when nothing is open.
    pub(super) fn shown(self) -> Option<AnyView> {
        if self.titles.is_empty() {
            return None;
        }
        let lines = self.titles.into_iter().map(|(to, title)| view! { <li><a href=to>{title}</a></li> }).collect_view();
        let title = say("warnings-in-step");
        Some(view! { <Notice tone=Tone::Warning title><ul>{lines}</ul><p><a href=self.to_all>{say("warnings-to-answer")}</a></p></Notice> }.into_any())
    }
}

/// What a tender's page says of warnings.
pub(super) struct OnTender {
    asked: Asked,
    address: String,
    is_officer: bool,
}

/// Read for the buyer's people and for supervisors: before the notice what is open and what was kept, afterwards what was kept.
pub(super) async fn on_tender(visit: &Visit, id: &str, is_own: bool) -> Result<Option<OnTender>, PageError> {
    let reads = visit.has_role(Role::Supervisor) || (is_own && (visit.has_role(Role::Officer) || visit.has_role(Role::Approver)));
    if !reads {
        return Ok(None);
    }
    let Some(asked) = ask(visit, id).await? else { return Ok(None) };
    Ok(Some(OnTender { asked, address: format!("/tenders/{id}/warnings"), is_officer: visit.has_role(Role::Officer) }))
}

/// The section; nothing where there is nothing to say.
pub(super) fn shown(on_tender: OnTender) -> Option<AnyView> {
    let OnTender { asked, address, is_officer } = on_tender;
    let state = asked.state;
    let open = asked.warnings.iter().filter(|one| one.overridden.is_none()).count();
    let to_answer = is_officer && state == TenderStateName::Draft && open > 0;
    let to_page = view! { <p><a href=address>{say(if to_answer { "warnings-to-answer" } else { "warnings-kept" })}</a></p> };
    if !is_before_notice(state) {
        return (!asked.warning_overrides.is_empty()).then(|| to_page.into_any());
    }
    if asked.warnings.is_empty() {
        return None;
    }
    let tone = if open == 0 { Tone::Info } else { Tone::Warning };
    let count = (state == TenderStateName::Draft).then(|| view! { <p>{open_count(open)}</p> });
    let lines = asked.warnings.into_iter().map(|one| line(one, state)).collect_view();
    Some(view! { <Notice tone title=say("warnings-title")>{count}<ul class="warnings">{lines}</ul>{to_page}</Notice> }.into_any())
}

fn open_count(open: usize) -> String {
    say_with("warnings-open-count", facts([("count", open.into())]))
}

const fn is_before_notice(state: TenderStateName) -> bool {
    matches!(state, TenderStateName::Draft | TenderStateName::Submitted | TenderStateName::Approved)
}

fn state_tag(is_overridden: bool, state: TenderStateName) -> impl IntoView {
    let (kind, key) = match (is_overridden, state) {
        (true, _) => (State::Good, "warnings-state-overridden"),
        (false, TenderStateName::Draft) => (State::Warning, "warnings-state-open"),
        (false, _) => (State::Warning, "warnings-state-arisen"),
    };
    view! { <Tag state=kind label=say(key)/> }
}

fn line(warning: Warning, state: TenderStateName) -> impl IntoView {
    let tag = state_tag(warning.overridden.is_some(), state);
    let reason = warning.overridden.map(|given| view! { <p class="warning-reason"><strong>{say("warnings-reason")} ": "</strong>{given.reason.clone()} " " <span class="quiet">{signed(&given)}</span></p> });
    view! { <li><p><strong>{warning.title}</strong> " " {tag}</p><p>{warning.found}</p>{reason}</li> }
}

fn signed(given: &Override) -> String {
    let visit = visit();
    let name = given.given_by.as_ref().map(|user| visit.local(&user.name).to_owned()).unwrap_or_default();
    let at = domain::text::instant(visit.language(), given.given_at);
    say_with("warnings-kept-by", facts([("name", name.into()), ("at", at.into())]))
}

/// The page on which the officer answers each, and others read.
pub(super) async fn page(visit: &Visit, id: &str) -> Answered {
    visit.signed_in()?;
    let asked = ask(visit, id).await?.ok_or(PageError::NotFound)?;
    let may_read = asked.is_own || visit.has_role(Role::Supervisor);
    if !may_read {
        return Err(PageError::NotFound);
    }
    let tender = id.to_owned();
    let (title, here) = (visit.local(&asked.title).to_owned(), format!("/tenders/{id}"));
    let may_answer = asked.is_own && visit.has_role(Role::Officer) && asked.state == TenderStateName::Draft;
    Page::titled(visit.say("warnings-title")).wide().crumb(visit.say("section-tenders"), "/tenders").crumb(title.clone(), here.clone()).show(move || {
        let open = asked.warnings.iter().filter(|one| one.overridden.is_none()).count();
        let standing: Vec<cynic::Id> = asked.warnings.iter().filter_map(|one| one.overridden.as_ref()).map(|given| given.id.clone()).collect();
        let count = (asked.state == TenderStateName::Draft && !asked.warnings.is_empty()).then(|| view! { <p>{open_count(open)}</p> });
        let none = (asked.warnings.is_empty() && is_before_notice(asked.state))
            .then(|| view! { <Empty why=say("warnings-none")><p>{say("warnings-none-next")}</p></Empty> });
        let state = asked.state;
        let entries = asked.warnings.into_iter().map(|one| entry(&tender, one, state, may_answer)).collect_view();
        view! {
            <h1>{say("warnings-title")}</h1>
            <p class="quiet">{title}</p>
            <p class="lead">{say("warnings-lead")}</p>
            {count}
            {none}
            {entries}
            {unchecked(asked.unchecked_warnings)}
            {kept(asked.warning_overrides, &standing, state)}
            {may_answer.then(|| view! { <p><LinkButton label=say("warnings-back") to=here.clone()/></p> })}
        }
    })
}

/// One warning: rule, facts, what would satisfy, and the form that keeps it with a reason.
fn entry(tender: &str, warning: Warning, state: TenderStateName, may_answer: bool) -> impl IntoView + use<> {
    let whereabouts = if may_answer {
        field_link(tender, &warning.path).into_any()
    } else {
        let Place { step, row } = place(&warning.path);
        let row = row.map(|row| format!(" · {}", say_with("tender-row", facts([("number", row.into())]))));
        format!("{}{}", say(&format!("tender-step-{step}")), row.unwrap_or_default()).into_any()
    };
    let mut told = vec![
        SummaryFact::new(say("warnings-found"), warning.found),
        SummaryFact::new(say("warnings-rule"), warning.source),
        SummaryFact::new(say("warnings-remedy"), warning.remedy),
        SummaryFact::new(say("warnings-where"), whereabouts),
    ];
    let tag = state_tag(warning.overridden.is_some(), state);
    let form = match warning.overridden {
        Some(given) => {
            let reason = view! { {given.reason.clone()} <br/> <span class="quiet">{signed(&given)}</span> };
            told.push(SummaryFact::new(say("warnings-reason"), reason));
            may_answer.then(|| view! {
                <Form>
                    <input type="hidden" name="override" value=given.id.into_inner()/>
                    <Button label=say("warnings-withdraw") name="do" value="withdraw"/>
                </Form>
            }.into_any())
        }
        None => may_answer.then(|| view! {
            <Form>
                <input type="hidden" name="key" value=warning.key.clone()/>
                <TextArea name=reason_name(&warning.key) label=say("warnings-reason") help=say("warnings-reason-help") rows=2/>
                <Button label=say("warnings-override") name="do" value="override"/>
            </Form>
        }.into_any()),
    };
    view! { <section class="warning-entry"><h2>{warning.title} " " {tag}</h2><SummaryList facts=told/>{form}</section> }
}

/// Each form's reason has a name of its own, so that errors find their form.
fn reason_name(key: &str) -> String {
    format!("reason-{}", key.get(..12).unwrap_or(key))
}

fn unchecked(unchecked: Vec<Unchecked>) -> Option<AnyView> {
    if unchecked.is_empty() {
        return None;
    }
    let lines = unchecked.into_iter().map(|one| view! { <li><strong>{one.title}</strong> " " {one.missing}</li> }).collect_view();
    Some(view! { <h2>{say("warnings-unchecked")}</h2><p>{say("warnings-unchecked-lead")}</p><ul>{lines}</ul> }.into_any())
}

/// Every reason that was given, with the facts of its time; `standing` are those that cover what is asked now.
fn kept(overrides: Vec<Override>, standing: &[cynic::Id], state: TenderStateName) -> AnyView {
    if overrides.is_empty() {
        return if is_before_notice(state) { ().into_any() } else { view! { <Empty why=say("warnings-kept-none")>""</Empty> }.into_any() };
    }
    let rows = overrides
        .into_iter()
        .map(|given| {
            let is_outdated = is_before_notice(state) && given.withdrawn_at.is_none() && !standing.contains(&given.id);
            let outdated = is_outdated.then(|| view! { <p><Tag state=State::Warning label=say("warnings-kept-outdated")/></p> });
            let withdrawn = given.withdrawn_at.map(|at| view! { <p class="quiet">{say("event-tender-override-withdrawn")} " " <Instant at/></p> });
            view! {
                <tr>
                    <th scope="row">{given.title.clone()}</th>
                    <td>{given.found.clone()}</td>
                    <td>{given.reason.clone()}{outdated}{withdrawn}</td>
                    <td>{signed(&given)}</td>
                </tr>
            }
        })
        .collect_view();
    let columns = ["warnings-column-what", "warnings-column-facts", "warnings-column-reason", "warnings-column-who"].map(|key| Column::new(say(key)));
    view! {
        <h2>{say("warnings-kept")}</h2>
        <p>{say("warnings-kept-lead")}</p>
        <Table caption=say("warnings-kept-caption") columns=columns.into()>{rows}</Table>
    }
    .into_any()
}

/// Keeps a warning with its reason, or takes a reason back.
pub(super) async fn act(visit: &Visit, id: &str) -> Answered {
    let posted = |name: &str| visit.posted(name).unwrap_or_default().to_owned();
    let here = format!("/tenders/{id}/warnings");
    match visit.posted("do") {
        Some("override") => {
            let key = posted("key");
            let field = reason_name(&key);
            let errors = super::warning_reading::give(visit, id, key, posted(&field)).await?;
            if errors.is_empty() {
                return Answer::done(here, "warning-overridden");
            }
            let at = |error: UserError| match error.path.first().map(String::as_str) {
                Some("reason") => FormError::at(&field, error.message),
                _ => FormError::at("", error.message),
            };
            Answer::again(errors.into_iter().map(at).collect::<Vec<_>>())
        }
        Some("withdraw") => {
            let errors = super::warning_reading::withdraw(visit, posted("override")).await?;
            if errors.is_empty() { Answer::done(here, "warning-override-withdrawn") } else { Answer::again(errors) }
        }
        _ => Err(PageError::NotFound),
    }
}
