//! A task list: what is to do, and how far each is.

use leptos::prelude::*;

use super::tag::{State, Tag};

/// One task.
#[derive(Clone, Debug)]
pub struct Task {
    /// What is to do.
    pub label: String,
    /// Where it is done; nothing while it can't be begun.
    pub to: Option<String>,
    /// A line about it: by when, why, under which rule.
    pub hint: Option<String>,
    /// How far it is.
    pub state: State,
    /// The word for that.
    pub said: String,
}

/// The task list.
#[component]
pub fn TaskList(
    /// The tasks, in the order of their deadlines or of the work.
    tasks: Vec<Task>,
) -> impl IntoView {
    let entries = tasks
        .into_iter()
        .map(|task| {
            let label = match task.to {
                Some(to) => view! { <a href=to>{task.label}</a> }.into_any(),
                None => view! { <span>{task.label}</span> }.into_any(),
            };
            let hint = task.hint.map(|hint| view! { <p class="help">{hint}</p> });
            view! { <li><div class="task-words">{label}{hint}</div><Tag state=task.state label=task.said/></li> }
        })
        .collect_view();
    view! { <ul class="tasks">{entries}</ul> }
}
