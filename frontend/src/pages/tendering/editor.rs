//! The tender editor: a draft in steps. Each step posts its own part and the draft is written whole.

use super::draft::{self, Category, Editing, TenderContentInput};
use super::draft_form::{self, Reading};
use crate::prelude::*;

/// The steps, in the order of the work. `tender-step-<name>` says them.
pub(super) const STEPS: [&str; 6] = ["subject", "items", "requirements", "papers", "criteria", "terms"];

/// Where a draft begins.
pub(super) async fn begin_page(visit: &Visit) -> Answered {
    let categories = draft::categories(visit).await?;
    let content = TenderContentInput::begin(visit);
    Page::titled(visit.say("tender-begin")).crumb(visit.say("section-tenders"), "/tenders").show(move || {
        let fields = draft_form::subject(&content, &categories);
        view! {
            <h1>{say("tender-begin")}</h1>
            <p class="lead">{say("tender-begin-lead")}</p>
            <Form>{fields} <Button label=say("tender-save-next") kind=Kind::Primary/></Form>
        }
    })
}

/// Begins the draft with its subject.
pub(super) async fn begin(visit: &Visit) -> Answered {
    visit.signed_in()?;
    let mut content = TenderContentInput::begin(visit);
    let mut reading = Reading::new(visit);
    reading.subject(&mut content);
    if let Some(errors) = reading.errors() {
        return Answer::again(errors);
    }
    match draft::begin(visit, content).await? {
        Ok(id) => Answer::done(format!("/tenders/{id}/edit/items"), "tender-saved"),
        Err(errors) => Answer::again(errors),
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
    Page::titled(visit.say(&format!("tender-step-{step}"))).wide().crumb(visit.say("section-tenders"), "/tenders").crumb(title.clone(), here.clone()).show(
        move || {
            let Editing { version, content, holders, categories } = editing;
            let step = STEPS[current];
            let fields = match step {
                "items" => draft_form::items(&content),
                "requirements" => draft_form::requirements(&content),
                "papers" => draft_form::papers(&content),
                "criteria" => draft_form::criteria(&content),
                "terms" => draft_form::terms(&content, &holders),
                _ => draft_form::subject(&content, &categories),
            };
            let next = if current + 1 == STEPS.len() { "tender-save-check" } else { "tender-save-next" };
            view! {
                <h1>{say(&format!("tender-step-{step}"))}</h1>
                <p class="quiet">{title}</p>
                <Steps steps current/>
                <p class="lead">{say(&format!("tender-step-{step}-lead"))}</p>
                <Form>
                    <input type="hidden" name="version" value=version/>
                    {fields}
                    <div class="buttons">
                        <Button label=say(next) kind=Kind::Primary name="do" value="next"/>
                        <Button label=say("tender-save-more") name="do" value="save"/>
                    </div>
                </Form>
            }
        },
    )
}

fn steps(visit: &Visit, here: &str, content: &TenderContentInput) -> Vec<Step> {
    let is_done = |step: &str| match step {
        "items" => !content.items.is_empty(),
        "requirements" => !content.requirements.is_empty(),
        "papers" => !content.papers.is_empty(),
        "criteria" => !content.criteria.is_empty() || content.method == draft::EvaluationMethod::LowestPrice,
        "terms" => content.deadline_at.is_some() && content.holder_key_ids.len() >= 2,
        _ => !content.description.zh.is_empty() && !content.category.is_empty(),
    };
    let step = |name: &&str| Step { label: visit.say(&format!("tender-step-{name}")), to: Some(format!("{here}/edit/{name}")), done: is_done(name) };
    STEPS.iter().map(step).collect()
}

/// Saves one step and goes on.
pub(super) async fn act(visit: &Visit, id: &str, step: &str) -> Answered {
    let current = place(step)?;
    let Editing { version: kept, mut content, .. } = draft::load(visit, id).await?;
    let mut reading = Reading::new(visit);
    match STEPS[current] {
        "items" => reading.items(&mut content),
        "requirements" => reading.requirements(&mut content),
        "papers" => reading.papers(&mut content),
        "criteria" => reading.criteria(&mut content),
        "terms" => reading.terms(&mut content),
        _ => reading.subject(&mut content),
    }
    if let Some(errors) = reading.errors() {
        return Answer::again(errors);
    }
    // The version that the writer has seen, so that two officers don't overwrite each other.
    let version = visit.posted("version").and_then(|version| version.parse().ok()).unwrap_or(kept);
    match draft::write(visit, id, version, content).await? {
        Err(errors) => Answer::again(errors.into_iter().map(|error| reading.placed(error))),
        Ok(id) => match STEPS.get(current + 1).filter(|_| visit.posted("do") == Some("next")) {
            Some(next) => Answer::done(format!("/tenders/{id}/edit/{next}"), "tender-saved"),
            None if visit.posted("do") == Some("next") => Answer::done(format!("/tenders/{id}"), "tender-saved"),
            None => Answer::done(format!("/tenders/{id}/edit/{step}"), "tender-saved"),
        },
    }
}

/// The categories to choose from.
pub(super) fn category_picks(categories: &[Category]) -> Vec<Pick> {
    let visit = visit();
    categories.iter().map(|one| Pick::new(one.code.clone(), format!("{} {}", one.code, visit.local(&one.name)))).collect()
}
