//! What happened, what is happening, what comes.

use chrono::{DateTime, Utc};
use leptos::prelude::*;

use super::{moment::Instant, tag::{State, shape}};
use crate::visit::{say, visit};

/// One moment of a timeline.
#[derive(Clone, Debug)]
pub struct Moment {
    /// What.
    pub label: String,
    /// When; nothing when it isn't set yet.
    pub at: Option<DateTime<Utc>>,
    /// A line about it.
    pub note: Option<String>,
}

/// A timeline: moments past are done, the first one to come is next.
#[component]
pub fn Timeline(
    /// The moments in order.
    moments: Vec<Moment>,
) -> impl IntoView {
    let now = visit().now();
    let next = moments.iter().position(|moment| moment.at.is_none_or(|at| at > now)).unwrap_or(moments.len());
    let entries = moments
        .into_iter()
        .enumerate()
        .map(|(index, moment)| {
            let (class, state, word) = match index.cmp(&next) {
                std::cmp::Ordering::Less => ("past", State::Good, "timeline-done"),
                std::cmp::Ordering::Equal => ("next", State::Open, "timeline-next"),
                std::cmp::Ordering::Greater => ("ahead", State::Draft, "timeline-ahead"),
            };
            let at = moment.at.map(|at| view! { <Instant at/> });
            let note = moment.note.map(|note| view! { <p class="help">{note}</p> });
            view! {
                <li class=class>
                    <span class="timeline-mark">{shape(state)}</span>
                    <div><p class="timeline-label">{moment.label} <span class="timeline-word">{say(word)}</span></p>{at}{note}</div>
                </li>
            }
        })
        .collect_view();
    view! { <ol class="timeline">{entries}</ol> }
}
