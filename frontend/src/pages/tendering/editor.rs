//! The tender editor: a draft in steps. Each step posts its own part and the draft is written whole.

use super::draft::{self, Category, Editing};
use super::draft_checks;
use super::draft_choice;
use super::draft_content::{EvaluationMethod, TenderContentInput};
use super::draft_form;
use super::draft_lots;
use super::draft_policies;
use super::draft_reading::Reading;
use super::warnings;
use crate::pages::oversight::file::keep;
use super::changes::{Line, changes_table};
use crate::islands::autosave::{self, Autosave};
use crate::prelude::*;
use domain::identity::role::Role;
use domain::tendering::tender_change::{self, FileNames, TenderChange};
use domain::text::ZONE;

/// The steps, in the order of the work. `tender-step-<name>` says them.
pub(super) const STEPS: [&str; 10] = ["subject", "procedure", "lots", "items", "policies", "requirements", "papers", "criteria", "documents", "terms"];

/// Where a draft begins.
pub(super) async fn begin_page(visit: &Visit) -> Answered {
    let categories = draft::categories(visit).await?;
    visit.signed_in()?;
    if !visit.has_role(Role::Officer) {
        return Err(PageError::Forbidden);
    }
    let plan = visit.query("plan").or_else(|| visit.posted("plan")).map(str::to_owned);
    let content = match &plan {
        Some(plan) => draft::begin_from(visit, plan).await?,
        None => TenderContentInput::begin(visit).await?,
    };
    Page::titled(visit.say("tender-begin")).crumb(visit.say("section-tenders"), "/tenders").show(move || {
        let fields = draft_form::subject(&content, &categories);
        view! {
            <h1>{say("tender-begin")}</h1>
            <p class="lead">{say("tender-begin-lead")}</p>
            {plan.is_none().then(|| view! { <Notice tone=Tone::Info title=say("tender-without-plan")><p>{say("tender-without-plan-next")} " " <a href="/plans">{say("plans-title")}</a></p></Notice> })}
            <Form>{plan.map(|plan| view! { <input type="hidden" name="plan" value=plan/> })} {fields} <Button label=say("tender-save-next") kind=Kind::Primary/></Form>
        }
    })
}

/// Begins the draft with its subject.
pub(super) async fn begin(visit: &Visit) -> Answered {
    visit.signed_in()?;
    let mut content = TenderContentInput::begin(visit).await?;
    let mut reading = Reading::new(visit);
    reading.subject(&mut content);
    if let Some(errors) = reading.errors() {
        return Answer::again(errors);
    }
    match draft::begin(visit, visit.posted("plan"), content).await? {
        Ok(id) => Answer::done(format!("/tenders/{id}/edit/procedure"), "tender-saved"),
        Err(unwritten) => Answer::again(unwritten.errors),
    }
}

fn place(step: &str) -> Result<usize, PageError> {
    STEPS.iter().position(|one| *one == step).ok_or(PageError::NotFound)
}

/// One step.
pub(super) async fn page(visit: &Visit, id: &str, step: &str) -> Answered {
    let current = place(step)?;
    let editing = draft::load(visit, id).await?;
    let here = format!("/tenders/{id}");
    let title = Words { zh: editing.content.title.zh.clone(), en: editing.content.title.en.clone() };
    let title = visit.local(&title).to_owned();
    let steps = steps(visit, &here, &editing.content);
    let overtaken = overtaken(visit, STEPS[current], &editing);
    let advice = if STEPS[current] == "procedure" { draft_choice::advice(visit, &editing.content).await? } else { Vec::new() };
    let asked = warnings::in_step(visit, id, STEPS[current]).await?;
    let rules = draft_checks::beside_fields(visit, id).await?;
    Page::titled(visit.say(&format!("tender-step-{step}"))).wide().crumb(visit.say("section-tenders"), "/tenders").crumb(title.clone(), here.clone()).show(
        move || {
            let step = STEPS[current];
            let version = editing.version;
            provide_context(FieldNotes(asked.notes.clone()));
            provide_context(FieldRules(rules.clone()));
            let fields = fields(step, editing, &advice);
            let next = if current + 1 == STEPS.len() { "tender-save-check" } else { "tender-save-next" };
            let has_rows = matches!(step, "lots" | "items" | "requirements" | "papers" | "criteria");
            let save = if has_rows { "tender-save-more" } else { "tender-save" };
            // Files are not sent again and again by themselves.
            let saver = (step != "documents").then(saver);
            view! {
                <h1>{say(&format!("tender-step-{step}"))}</h1>
                <p class="quiet">{title}</p>
                <Steps steps current/>
                <p class="lead">{say(&format!("tender-step-{step}-lead"))}</p>
                {differences(overtaken)}
                {asked.shown()}
                <Form files={step == "documents"}>
                    <input type="hidden" name="version" id=VERSION value=version/>
                    {fields}
                    {saver}
                    <div class="buttons">
                        <Button label=say(next) kind=Kind::Primary name="do" value="next"/>
                        <Button label=say(save) name="do" value="save"/>
                    </div>
                </Form>
            }
        },
    )
}

/// The control that carries the version, by which the form is found.
const VERSION: &str = "draft-version";

fn fields(step: &str, editing: Editing, advice: &[draft_choice::ProcedureAdvice]) -> AnyView {
    let Editing { content, documents, holders, categories, sole_supplier, .. } = editing;
    match step {
        "procedure" => draft_choice::form(&content, advice, sole_supplier),
        "lots" => draft_lots::form(&content),
        "items" => draft_form::items(&content),
        "policies" => draft_policies::form(&content),
        "requirements" => draft_form::requirements(&content),
        "papers" => draft_form::papers(&content),
        "criteria" => draft_form::criteria(&content),
        "documents" => draft_form::documents(documents),
        "terms" => draft_form::terms(&content, &holders),
        _ => draft_form::subject(&content, &categories),
    }
}

fn saver() -> impl IntoView {
    let words = autosave::Words {
        ready: say("autosave-ready"),
        saving: say("autosave-saving"),
        unreachable: say("autosave-unreachable"),
    };
    view! { <Autosave field=VERSION.to_owned() words/> }
}

/// What another officer has written into this step since the reader loaded it, against what the reader has posted.
fn overtaken(visit: &Visit, step: &str, editing: &Editing) -> Vec<TenderChange> {
    let seen: Option<i32> = visit.posted("version").and_then(|version| version.parse().ok());
    if !visit.is_again() || matches!(step, "documents" | "procedure" | "policies") || seen.is_none_or(|seen| seen == editing.version) {
        return Vec::new();
    }
    let mut own = editing.content.clone();
    read(&mut Reading::new(visit), step, &mut own);
    tender_change::changes(&editing.content.said(), &own.said(), &FileNames::new())
}

/// Both texts side by side: nothing is lost, and whoever saves next knows what it replaces.
fn differences(lines: Vec<TenderChange>) -> Option<impl IntoView> {
    (!lines.is_empty()).then(|| {
        let columns = ["tender-change-what", "tender-overtaken-theirs", "tender-overtaken-yours"].map(|key| Column::new(say(key)));
        view! {
            <Notice tone=Tone::Warning title=say("tender-overtaken")><p>{say("tender-overtaken-next")}</p></Notice>
            {changes_table(say("tender-overtaken-differences"), columns.into(), lines.into_iter().map(Line::from).collect())}
        }
    })
}

/// Reads what was posted of a step.
fn read(reading: &mut Reading<'_>, step: &str, content: &mut TenderContentInput) {
    match step {
        "lots" => reading.lots(content),
        "items" => reading.items(content),
        "policies" => draft_policies::read(reading, content),
        "requirements" => reading.requirements(content),
        "papers" => reading.papers(content),
        "criteria" => reading.criteria(content),
        "terms" => reading.terms(content),
        _ => reading.subject(content),
    }
}

fn steps(visit: &Visit, here: &str, content: &TenderContentInput) -> Vec<Step> {
    let is_done = |step: &str| match step {
        // An open tender needs no ground, and so is chosen from the first.
        "procedure" => content.choice.as_ref().is_some_and(|choice| choice.ground.is_some() || choice.procedure == draft_choice::Procedure::OpenTender),
        // Whole is a choice too, which is made once something is bought.
        "lots" => content.lots.len() >= 2 || !content.items.is_empty(),
        "items" if !content.lots.is_empty() => content.lots.iter().all(|lot| content.items.iter().any(|item| item.lot == lot.number)),
        "items" => !content.items.is_empty(),
        "policies" => content.reservation.as_ref().is_some_and(draft_policies::is_decided),
        "requirements" => !content.requirements.is_empty(),
        "papers" => !content.papers.is_empty(),
        "criteria" => !content.criteria.is_empty() || content.method == EvaluationMethod::LowestPrice,
        "documents" => !content.document_ids.is_empty(),
        "terms" => content.deadline_at.is_some() && content.holder_key_ids.len() >= 2,
        _ => !content.description.zh.is_empty() && !content.category.is_empty(),
    };
    let step = |name: &&str| Step { label: visit.say(&format!("tender-step-{name}")), to: Some(format!("{here}/edit/{name}")), done: is_done(name) };
    STEPS.iter().map(step).collect()
}

/// Saves one step and goes on; or stays, when the form has sent itself.
pub(super) async fn act(visit: &Visit, id: &str, step: &str) -> Answered {
    let step = STEPS[place(step)?];
    let Editing { version: kept, mut content, .. } = draft::load(visit, id).await?;
    // The version that the writer has seen, so that two officers don't overwrite each other.
    let version = visit.posted("version").and_then(|version| version.parse().ok()).unwrap_or(kept);
    let by_itself = visit.posted("do") == Some("autosave");
    if step == "documents" {
        return attach(visit, id, version, content).await;
    }
    let mut reading = Reading::new(visit);
    if step == "procedure" {
        draft_choice::read(visit, &mut reading, &mut content).await?;
    } else {
        read(&mut reading, step, &mut content);
    }
    if let Some(errors) = reading.errors() {
        return if by_itself { unsaved(visit, 422, errors.first()) } else { Answer::again(errors) };
    }
    let lot = draft_lots::chosen(visit, &content);
    let (own, following) = ((!content.lots.is_empty()).then_some(lot), draft_lots::following(&content, lot));
    match draft::write(visit, id, version, content).await? {
        Ok(version) if by_itself => saved(visit, version),
        Ok(_) if step == "items" && own.is_some() => {
            let goes_on = visit.posted("do") == Some("next");
            match if goes_on { following } else { own } {
                Some(lot) => Answer::done(format!("/tenders/{id}/edit/items?lot={lot}"), "tender-saved"),
                None => go_on(visit, id, step),
            }
        }
        Ok(_) => go_on(visit, id, step),
        Err(unwritten) => {
            let status = if unwritten.is_overtaken { 409 } else { 422 };
            let errors: Vec<FormError> = unwritten.errors.into_iter().map(|error| reading.placed(error)).collect();
            if by_itself { unsaved(visit, status, errors.first()) } else { Answer::again(errors) }
        }
    }
}

/// Keeps what was sent, and writes the draft with it; what was refused is named with its reason.
async fn attach(visit: &Visit, id: &str, version: i32, mut content: TenderContentInput) -> Answered {
    let (kept, refused) = keep(visit, "documents").await?;
    let reading = Reading::new(visit);
    reading.documents(&mut content, kept);
    match draft::write(visit, id, version, content).await? {
        Err(unwritten) => Answer::again(unwritten.errors),
        Ok(_) if !refused.is_empty() => Answer::again(refused),
        Ok(_) => go_on(visit, id, "documents"),
    }
}

fn go_on(visit: &Visit, id: &str, step: &str) -> Answered {
    let goes_on = visit.posted("do") == Some("next");
    let next = STEPS.iter().skip_while(|one| **one != step).nth(1);
    match next.filter(|_| goes_on) {
        Some(next) => Answer::done(format!("/tenders/{id}/edit/{next}"), "tender-saved"),
        None if goes_on => Answer::done(format!("/tenders/{id}"), "tender-saved"),
        None => Answer::done(format!("/tenders/{id}/edit/{step}"), "tender-saved"),
    }
}

/// What the saver says: when it was done, by the marketplace's clock.
fn saved(visit: &Visit, version: i32) -> Answered {
    let at = visit.now().with_timezone(&ZONE).format("%H:%M:%S").to_string();
    let said = visit.say_with("autosave-saved", facts([("time", at.into())]));
    Answer::told(200, &serde_json::json!({ "said": said, "version": version }))
}

/// Or why it was not.
fn unsaved(visit: &Visit, status: u16, error: Option<&FormError>) -> Answered {
    let key = if status == 409 { "autosave-overtaken" } else { "autosave-unsaved" };
    let reason = error.map(|error| error.message.clone()).unwrap_or_default();
    let said = visit.say_with(key, facts([("reason", reason.into())]));
    Answer::told(status, &serde_json::json!({ "said": said, "version": null }))
}

/// The categories to choose from.
pub(super) fn category_picks(categories: &[Category]) -> Vec<Pick> {
    let visit = visit();
    categories.iter().map(|one| Pick::new(one.code.clone(), format!("{} {}", one.code, visit.local(&one.name)))).collect()
}
