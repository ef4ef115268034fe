//! The steps of something that is made over several pages.

use leptos::prelude::*;

use crate::visit::say;

/// One step.
#[derive(Clone, Debug)]
pub struct Step {
    /// Its name.
    pub label: String,
    /// Its address, once it can be reached.
    pub to: Option<String>,
    /// Whether it is complete.
    pub done: bool,
}

/// The list of steps; the one at `current` is where the reader is.
#[component]
pub fn Steps(
    /// The steps in order.
    steps: Vec<Step>,
    /// The index of the one being done.
    current: usize,
) -> impl IntoView {
    let entries = steps
        .into_iter()
        .enumerate()
        .map(|(index, step)| {
            let here = index == current;
            let class = if here { "step now" } else if step.done { "step done" } else { "step" };
            let word = if here { "step-now" } else if step.done { "step-done" } else { "step-next" };
            let label = match step.to {
                Some(to) if !here => view! { <a href=to>{step.label}</a> }.into_any(),
                _ => view! { <span>{step.label}</span> }.into_any(),
            };
            view! { <li class=class aria-current=here.then_some("step")>{label} <span class="hidden">{say(word)}</span></li> }
        })
        .collect_view();
    view! { <nav class="steps" aria-label=say("steps-label")><ol>{entries}</ol></nav> }
}
