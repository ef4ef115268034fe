//! A state in a word and a shape: never by colour alone.

use leptos::prelude::*;

/// The kinds of state, each with its shape.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Being written: a dashed ring.
    Draft,
    /// Waits for somebody or for time: a clock.
    Waiting,
    /// Open, under way: a ring with a dot.
    Open,
    /// Good and finished: a tick.
    Good,
    /// Needs attention: a triangle.
    Warning,
    /// Refused, failed, cancelled: a cross.
    Refused,
    /// Sealed, signed, final: the seal's square.
    Sealed,
    /// Over, without judgement: a bar.
    Closed,
}

impl State {
    /// All of them.
    pub const ALL: [Self; 8] =
        [Self::Draft, Self::Waiting, Self::Open, Self::Good, Self::Warning, Self::Refused, Self::Sealed, Self::Closed];

    const fn class(self) -> &'static str {
        match self {
            Self::Draft => "tag draft",
            Self::Waiting => "tag waiting",
            Self::Open => "tag open",
            Self::Good => "tag good",
            Self::Warning => "tag warning",
            Self::Refused => "tag refused",
            Self::Sealed => "tag sealed",
            Self::Closed => "tag closed",
        }
    }

    const fn shape(self) -> &'static str {
        match self {
            Self::Draft => "M8 2a6 6 0 0 1 5 2.7M14 8a6 6 0 0 1-2.7 5M8 14a6 6 0 0 1-5-2.7M2 8a6 6 0 0 1 2.7-5",
            Self::Waiting => "M8 2a6 6 0 1 1 0 12A6 6 0 1 1 8 2M8 5v3.2l2.4 1.6",
            Self::Open => "M8 2a6 6 0 1 1 0 12A6 6 0 1 1 8 2M8 7a1 1 0 1 1 0 2 1 1 0 1 1 0-2",
            Self::Good => "m2.5 8.5 3.7 3.7 7.3-8",
            Self::Warning => "M8 2.2 14.4 13.6H1.6zM8 6.4v3.4M8 11.4v.6",
            Self::Refused => "m3.4 3.4 9.2 9.2M12.6 3.4l-9.2 9.2",
            Self::Sealed => "M2.6 2.6h10.8v10.8H2.6zM5.4 5.4h5.2v5.2H5.4z",
            Self::Closed => "M3 8h10",
        }
    }
}

/// A state tag: `<Tag state=State::Open label=say("tender-state-open")/>`.
#[component]
pub fn Tag(
    /// Which kind of state.
    state: State,
    /// The state's word.
    #[prop(into)]
    label: String,
) -> impl IntoView {
    view! { <span class=state.class()>{shape(state)} <span>{label}</span></span> }
}

/// The shape alone, where the word stands beside it anyway.
pub(super) fn shape(state: State) -> impl IntoView {
    view! {
        <svg class="shape" viewBox="0 0 16 16" width="14" height="14" aria-hidden="true" focusable="false">
            <path d=state.shape() fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"></path>
        </svg>
    }
}
