//! The bidder's workspace: the tasks with how far each is, and the draft that saves itself in this browser. The controls
//! below are plain HTML; the check at their end is an island of its own.

use super::bid_offer::{Asked, Fields, Progress, Task};
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
    super::bid_draft::keep_draft(scope.clone(), asked, words, fields, saved, is_stale);
    let discard = move |_| {
        #[cfg(feature = "hydrate")]
        super::bid_draft::discard(scope.clone(), asked, words, saved);
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
