//! A box for what must not be missed.

use leptos::prelude::*;

use super::tag::{State, shape};
use crate::visit::say;

/// What kind of notice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Good to know.
    Info,
    /// It worked.
    Good,
    /// Look out.
    Warning,
    /// It did not work.
    Error,
    /// Sealed, signed, final.
    Sealed,
}

impl Tone {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Info, Self::Good, Self::Warning, Self::Error, Self::Sealed];

    const fn parts(self) -> (&'static str, &'static str, State) {
        match self {
            Self::Info => ("notice info", "notice-info", State::Open),
            Self::Good => ("notice good", "notice-good", State::Good),
            Self::Warning => ("notice warning", "notice-warning", State::Warning),
            Self::Error => ("notice error", "notice-error", State::Refused),
            Self::Sealed => ("notice sealed", "notice-sealed", State::Sealed),
        }
    }
}

/// A notice box. Its kind is said in a word for those who don't see shape and colour.
#[component]
pub fn Notice(
    /// What kind.
    tone: Tone,
    /// Its first line.
    #[prop(into, optional)]
    title: Option<String>,
    /// The rest.
    children: Children,
) -> impl IntoView {
    let (class, word, state) = tone.parts();
    view! {
        <div class=class>
            {shape(state)}
            <div>
                <p class="notice-title"><span class="hidden">{say(word)} ": "</span>{title}</p>
                {children()}
            </div>
        </div>
    }
}
