//! The bidder's workspace: the tasks with how far each is, the draft that saves itself in this browser, the check before
//! sealing, and the button that seals and hands in. The controls between the two islands are plain HTML.

use super::bid_offer::{Asked, Doubt, Fields, Lack, MET, Progress, Task, answer_name, met_name, note_name};
use super::amount::amount_in_words;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// What the list of tasks says. `{done}`, `{of}` and `{time}` stand where the numbers and the time go.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct TaskWords {
    /// The heading.
    pub heading: String,
    /// The tasks, in the order of [`Task::ALL`], and the check.
    pub tasks: [String; 5],
    /// Nothing of it is done.
    pub not_begun: String,
    /// Some of it is done.
    pub begun: String,
    /// All of it is done.
    pub done: String,
    /// The check can't be passed yet.
    pub blocked: String,
    /// The check can be passed.
    pub ready: String,
    /// Nothing has been saved yet.
    pub unsaved: String,
    /// When the draft was saved.
    pub saved: String,
    /// The draft could not be saved.
    pub save_failed: String,
    /// The draft was begun for an earlier version of the documents.
    pub stale: String,
    /// The verb that throws the draft away.
    pub discard: String,
    /// The question before that.
    pub discard_title: String,
    /// What will happen.
    pub discard_what: String,
    /// The way back.
    pub back: String,
}

/// A draft as it is kept.
#[cfg(feature = "hydrate")]
#[derive(Serialize, Deserialize)]
struct Draft {
    document_version: u32,
    saved_at_ms: f64,
    fields: Fields,
}

/// The tasks, and the draft of the controls in `#bid-fields`: taken from this browser, saved in it after every change.
#[island]
pub fn BidTasks(
    /// Bidder and tender, under which the draft is kept.
    scope: String,
    /// What the tender asks.
    asked: Asked,
    /// The words.
    words: TaskWords,
) -> impl IntoView {
    let fields = RwSignal::new(Fields::new());
    let saved = RwSignal::new(words.unsaved.clone());
    let is_stale = RwSignal::new(false);
    let (asked, words) = (StoredValue::new(asked), StoredValue::new(words));
    #[cfg(feature = "hydrate")]
    keep_draft(scope.clone(), asked, words, fields, saved, is_stale);
    let discard = move |_| {
        #[cfg(feature = "hydrate")]
        {
            let scope = scope.clone();
            leptos::task::spawn_local(async move {
                use super::bid_store::{draft_key, forget, pending_key};
                let gone = forget(&draft_key(&scope)).await.and(forget(&pending_key(&scope)).await);
                match gone {
                    Ok(()) => drop(window().location().reload()),
                    Err(_) => saved.set(words.with_value(|words| words.save_failed.clone())),
                }
            });
        }
        #[cfg(not(feature = "hydrate"))]
        let _ = &scope;
    };
    let say = move |pick: fn(&TaskWords) -> String| words.with_value(pick);
    view! {
        <section class="bid-tasks" aria-labelledby="bid-tasks">
            <h2 id="bid-tasks">{say(|words| words.heading.clone())}</h2>
            {move || task_list(asked, words, fields)}
            <p id="bid-saved" class="help" role="status">{move || saved.get()}</p>
            {move || is_stale.get().then(|| view! { <p id="bid-stale" class="bid-warning">{say(|words| words.stale.clone())}</p> })}
            <button type="button" id="bid-discard-ask" class="button small opens" popovertarget="bid-discard">{say(|words| words.discard.clone())}</button>
            <dialog id="bid-discard" popover="auto" aria-labelledby="bid-discard-title">
                <h2 id="bid-discard-title">{say(|words| words.discard_title.clone())}</h2>
                <p>{say(|words| words.discard_what.clone())}</p>
                <button type="button" id="bid-discard-do" class="button final" on:click=discard>{say(|words| words.discard.clone())}</button>
                <button type="button" class="button closes" popovertarget="bid-discard" popovertargetaction="hide">{say(|words| words.back.clone())}</button>
            </dialog>
        </section>
    }
}

/// Takes the draft from this browser, and saves it after every change.
#[cfg(feature = "hydrate")]
fn keep_draft(
    scope: String,
    asked: StoredValue<Asked>,
    words: StoredValue<TaskWords>,
    fields: RwSignal<Fields>,
    saved: RwSignal<String>,
    is_stale: RwSignal<bool>,
) {
    use super::bid_fields;
    use super::bid_store::{draft_key, forget, keep, kept, pending_key};
    let version = asked.with_value(|asked| asked.document_version);
    let tell = move |at_ms: f64| {
        let time = crate::browser::clock(at_ms);
        saved.set(words.with_value(|words| words.saved.replace("{time}", &time)));
    };
    let key = draft_key(&scope);
    let pending = pending_key(&scope);
    let from = key.clone();
    bid_fields::on_change(move |by_hand| {
        let now = bid_fields::read();
        fields.set(now.clone());
        if !by_hand {
            return;
        }
        let draft = Draft { document_version: version, saved_at_ms: js_sys::Date::now(), fields: now };
        let (key, pending) = (key.clone(), pending.clone());
        leptos::task::spawn_local(async move {
            let text = serde_json::to_string(&draft).unwrap_or_default();
            // What was sealed before is no longer what is written: it must not be sent.
            let done = keep(&key, &text.into()).await.and(forget(&pending).await);
            match done {
                Ok(()) => tell(draft.saved_at_ms),
                Err(_) => saved.set(words.with_value(|words| words.save_failed.clone())),
            }
        });
    });
    leptos::task::spawn_local(async move {
        let Ok(Some(text)) = kept(&from).await else { return };
        let Some(draft) = text.as_string().and_then(|text| serde_json::from_str::<Draft>(&text).ok()) else { return };
        bid_fields::fill(&draft.fields);
        tell(draft.saved_at_ms);
        is_stale.set(draft.document_version != version);
    });
}

fn task_list(asked: StoredValue<Asked>, words: StoredValue<TaskWords>, fields: RwSignal<Fields>) -> impl IntoView {
    let fields = fields.get();
    let asked = asked.get_value();
    let words = words.get_value();
    let is_ready = asked.lacks(&fields).is_empty();
    let progress = Task::ALL.map(|task| (task.section(), asked.progress(task, &fields)));
    let check = if is_ready { (Mark::Done, words.ready.clone()) } else { (Mark::NotBegun, words.blocked.clone()) };
    let rows = progress.map(|(section, progress)| (section, mark(progress, &words))).into_iter().chain([("bid-check", check)]);
    let rows = words.tasks.clone().into_iter().zip(rows).map(|(label, (section, (mark, said)))| {
        view! {
            <li>
                <div class="task-words"><a href=format!("#{section}")>{label}</a></div>
                <span class=mark.class()>
                    <svg class="shape" viewBox="0 0 16 16" width="14" height="14" aria-hidden="true" focusable="false">
                        <path d=mark.shape() fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"></path>
                    </svg>
                    " "<span>{said}</span>
                </span>
            </li>
        }
    });
    view! { <ul class="tasks">{rows.collect_view()}</ul> }
}

/// How far a task is, as a shape.
#[derive(Clone, Copy)]
enum Mark {
    NotBegun,
    Begun,
    Done,
}

impl Mark {
    const fn class(self) -> &'static str {
        match self {
            Self::NotBegun => "tag draft",
            Self::Begun => "tag open",
            Self::Done => "tag good",
        }
    }

    const fn shape(self) -> &'static str {
        match self {
            Self::NotBegun => "M8 2a6 6 0 0 1 5 2.7M14 8a6 6 0 0 1-2.7 5M8 14a6 6 0 0 1-5-2.7M2 8a6 6 0 0 1 2.7-5",
            Self::Begun => "M8 2a6 6 0 1 1 0 12A6 6 0 1 1 8 2M8 7a1 1 0 1 1 0 2 1 1 0 1 1 0-2",
            Self::Done => "m2.5 8.5 3.7 3.7 7.3-8",
        }
    }
}

fn mark(progress: Progress, words: &TaskWords) -> (Mark, String) {
    let counted = |text: &str| text.replace("{done}", &progress.done.to_string()).replace("{of}", &progress.of.to_string());
    match progress {
        progress if progress.is_done() => (Mark::Done, counted(&words.done)),
        Progress { done: 0, .. } => (Mark::NotBegun, counted(&words.not_begun)),
        _ => (Mark::Begun, counted(&words.begun)),
    }
}

/// What the check and the button say. `{what}` stands where a requirement, a paper or a reason goes.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SealWords {
    /// The heading.
    pub heading: String,
    /// What the check is for.
    pub lead: String,
    /// The label of the price.
    pub price: String,
    /// The label of the technical offer.
    pub technical: String,
    /// The label of the brand.
    pub brand: String,
    /// A requirement is met.
    pub met: String,
    /// A requirement is not met.
    pub not_met: String,
    /// Nothing is said.
    pub nothing: String,
    /// The heading over what is missing.
    pub lacks: String,
    /// A requirement has no answer.
    pub lack_requirement: String,
    /// A paper is not shown.
    pub lack_paper: String,
    /// The offer is not described.
    pub lack_offer: String,
    /// There is no price.
    pub lack_price: String,
    /// The heading over what is doubtful.
    pub doubts: String,
    /// An essential requirement is not met.
    pub doubt_essential: String,
    /// The price is above the budget.
    pub doubt_budget: String,
    /// What the button does, before it is pressed.
    pub seal_what: String,
    /// The verb.
    pub seal: String,
    /// While the terms are fetched.
    pub asking: String,
    /// While the bid is sealed.
    pub sealing: String,
    /// While it is sent.
    pub sending: String,
    /// It could not be sent.
    pub not_sent: String,
    /// The session has ended.
    pub sign_in: String,
    /// The documents have changed.
    pub documents_changed: String,
    /// It could not be sealed.
    pub not_sealed: String,
    /// It is too large.
    pub too_large: String,
    /// The heading over what the marketplace refuses.
    pub refused: String,
}

/// The check of everything that is written, and the button that seals and hands in.
#[island]
pub fn BidSeal(
    /// Bidder and tender, under which envelope and key are kept.
    scope: String,
    /// The address of the page.
    address: String,
    /// The bid whose place the new one takes; empty when there is none.
    replaces: String,
    /// What the tender asks.
    asked: Asked,
    /// The words.
    words: SealWords,
) -> impl IntoView {
    let fields = RwSignal::new(Fields::new());
    let said = RwSignal::new(String::new());
    let refused = RwSignal::new(Vec::<String>::new());
    let is_busy = RwSignal::new(false);
    let is_tried = RwSignal::new(false);
    let (asked, words) = (StoredValue::new(asked), StoredValue::new(words));
    #[cfg(feature = "hydrate")]
    super::bid_fields::on_change(move |_| fields.set(super::bid_fields::read()));
    let seal = move |_| {
        is_tried.set(true);
        refused.set(Vec::new());
        let is_whole = asked.with_value(|asked| asked.lacks(&fields.get_untracked()).is_empty());
        if is_busy.get_untracked() || !is_whole {
            return;
        }
        #[cfg(feature = "hydrate")]
        {
            is_busy.set(true);
            let way = (scope.clone(), address.clone(), replaces.clone());
            leptos::task::spawn_local(async move {
                submit(way, asked, words, said, refused).await;
                is_busy.set(false);
            });
        }
        #[cfg(not(feature = "hydrate"))]
        let _ = (&scope, &address, &replaces);
    };
    let say = move |pick: fn(&SealWords) -> String| words.with_value(pick);
    view! {
        <section id="bid-check" class="bid-check" aria-labelledby="bid-check-title">
            <h2 id="bid-check-title">{say(|words| words.heading.clone())}</h2>
            <p class="help">{say(|words| words.lead.clone())}</p>
            {move || summary(&asked.get_value(), &words.get_value(), &fields.get())}
            {move || doubts(&asked.get_value(), &words.get_value(), &fields.get())}
            {move || is_tried.get().then(|| lacks(&asked.get_value(), &words.get_value(), &fields.get()))}
            {move || refusals(&words.get_value(), &refused.get())}
            <p class="help">{say(|words| words.seal_what.clone())}</p>
            <button type="button" id="bid-seal" class="button primary" aria-disabled=move || is_busy.get().to_string() on:click=seal>{say(|words| words.seal.clone())}</button>
            <p id="bid-progress" role="status">{move || said.get()}</p>
        </section>
    }
}

fn summary(asked: &Asked, words: &SealWords, fields: &Fields) -> impl IntoView + use<> {
    let text = |name: &str| fields.get(name).filter(|text| !text.trim().is_empty()).cloned();
    let or_nothing = |text: Option<String>| text.unwrap_or_else(|| words.nothing.clone());
    let price = asked.price(fields);
    let capitals = price.and_then(amount_in_words).map(|capitals| view! { <span class="amount-words" lang="zh-CN">{capitals}</span> });
    let mut rows = vec![view! {
        <div><dt>{words.price.clone()}</dt><dd><span class="value"><span class="amount">{or_nothing(price.map(|price| price.to_string()))}</span>" "{capitals}</span></dd></div>
    }
    .into_any()];
    let mut row = |label: String, value: String| {
        rows.push(view! { <div><dt>{label}</dt><dd><span class="value">{value}</span></dd></div> }.into_any());
    };
    for (place, one) in asked.requirements.iter().enumerate() {
        let met = text(&met_name(place)).map(|met| if met == MET { words.met.clone() } else { words.not_met.clone() });
        let said = [met, text(&answer_name(place))].into_iter().flatten().collect::<Vec<_>>().join(" · ");
        row(one.text.clone(), or_nothing((!said.is_empty()).then_some(said)));
    }
    for (place, paper) in asked.papers.iter().enumerate() {
        row(paper.name.clone(), or_nothing(text(&note_name(place))));
    }
    row(words.technical.clone(), or_nothing(text("technical")));
    row(words.brand.clone(), or_nothing(text("brand")));
    view! { <dl class="summary">{rows}</dl> }
}

fn doubts(asked: &Asked, words: &SealWords, fields: &Fields) -> Option<impl IntoView + use<>> {
    let found = asked.doubts(fields);
    (!found.is_empty()).then(|| {
        let lines = found.into_iter().map(|doubt| match doubt {
            Doubt::EssentialNotMet(place) => words.doubt_essential.replace("{what}", &asked.requirements[place].text),
            Doubt::AboveBudget => words.doubt_budget.clone(),
        });
        let lines = lines.map(|line| view! { <li>{line}</li> }).collect_view();
        view! { <div id="bid-doubts" class="bid-warning"><p><strong>{words.doubts.clone()}</strong></p><ul>{lines}</ul></div> }
    })
}

fn lacks(asked: &Asked, words: &SealWords, fields: &Fields) -> Option<impl IntoView + use<>> {
    let found = asked.lacks(fields);
    (!found.is_empty()).then(|| {
        let line = |lack: Lack| match lack {
            Lack::Requirement(place) => words.lack_requirement.replace("{what}", &asked.requirements[place].text),
            Lack::Paper(place) => words.lack_paper.replace("{what}", &asked.papers[place].name),
            Lack::Offer => words.lack_offer.clone(),
            Lack::Price => words.lack_price.clone(),
        };
        let lines = found.into_iter().map(|lack| view! { <li><a href=format!("#{}", control_id(&lack.control()))>{line(lack)}</a></li> });
        let lines = lines.collect_view();
        view! { <section id="bid-lacks" class="error-summary" role="alert"><h3>{words.lacks.clone()}</h3><ul>{lines}</ul></section> }
    })
}

fn refusals(words: &SealWords, reasons: &[String]) -> Option<impl IntoView + use<>> {
    (!reasons.is_empty()).then(|| {
        let lines = reasons.iter().map(|reason| view! { <li>{reason.clone()}</li> }).collect_view();
        view! { <section id="bid-refused" class="error-summary" role="alert"><h3>{words.refused.clone()}</h3><ul>{lines}</ul></section> }
    })
}

/// The id of a control, as the parts of pages make it from its name.
pub fn control_id(name: &str) -> String {
    let plain: String = name.chars().map(|letter| if letter.is_ascii_alphanumeric() { letter } else { '-' }).collect();
    format!("field-{plain}")
}

#[cfg(feature = "hydrate")]
async fn submit(
    (scope, address, replaces): (String, String, String),
    asked: StoredValue<Asked>,
    words: StoredValue<SealWords>,
    said: RwSignal<String>,
    refused: RwSignal<Vec<String>>,
) {
    use super::bid_seal::{Refusal, Way, seal_and_submit};
    let tell = |pick: fn(&SealWords) -> String| said.set(words.with_value(pick));
    let content = asked.with_value(|asked| asked.content(&super::bid_fields::read()));
    let Some(content) = content.and_then(|content| serde_json::to_vec(&content).ok()) else { return };
    tell(|words| words.asking.clone());
    let way = Way {
        scope: &scope,
        address: &address,
        document_version: asked.with_value(|asked| asked.document_version),
        replaces: Some(replaces.as_str()).filter(|replaces| !replaces.is_empty()),
    };
    let done = seal_and_submit(&way, &content, || tell(|words| words.sealing.clone()), || tell(|words| words.sending.clone())).await;
    let reasons = match done {
        Ok(receipt) => {
            // The confirmation is a page of its own.
            drop(window().location().assign(&receipt));
            return;
        }
        Err(Refusal::SignIn) => vec![words.with_value(|words| words.sign_in.clone())],
        Err(Refusal::NotSent) => vec![words.with_value(|words| words.not_sent.clone())],
        Err(Refusal::DocumentsChanged) => vec![words.with_value(|words| words.documents_changed.clone())],
        Err(Refusal::NotSealed) => vec![words.with_value(|words| words.not_sealed.clone())],
        Err(Refusal::TooLarge) => vec![words.with_value(|words| words.too_large.clone())],
        Err(Refusal::Refused(reasons)) => reasons,
    };
    said.set(String::new());
    refused.set(reasons);
}
