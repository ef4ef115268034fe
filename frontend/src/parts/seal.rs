//! The seal (印章): vermilion, and only where something is sealed, signed or final. The small one is the marketplace's mark.

use leptos::prelude::*;

/// The marketplace's mark in the top bar. Says nothing to screen readers: the name stands beside it.
#[component]
pub fn Seal() -> impl IntoView {
    view! {
        <svg class="seal" viewBox="0 0 32 32" width="28" height="28" aria-hidden="true" focusable="false">
            <rect x="1.5" y="1.5" width="29" height="29" rx="3" fill="currentColor"></rect>
            {glyph(false)}
        </svg>
    }
}

/// The large seal of a confirmation or a signed document: a double frame, as pressed on paper.
#[component]
pub fn SealMark() -> impl IntoView {
    view! {
        <svg class="seal-mark" viewBox="0 0 32 32" width="72" height="72" aria-hidden="true" focusable="false">
            <rect x="1" y="1" width="30" height="30" rx="2.5" fill="none" stroke="currentColor" stroke-width="1.6"></rect>
            <rect x="3.6" y="3.6" width="24.8" height="24.8" rx="1" fill="none" stroke="currentColor" stroke-width="0.7"></rect>
            {glyph(true)}
        </svg>
    }
}

/// 招 (to call for), drawn with straight strokes as seals are cut.
fn glyph(pressed: bool) -> impl IntoView {
    let stroke = if pressed { "currentColor" } else { "var(--on-seal)" };
    view! {
        <path
            d="M7 11h6M10 7v16.5l-2.4-1.4M7 18.5l6-2.6M16 8h9v5.5h-2.6M20 8c0 4-1.2 6.2-4 7.6M16.8 18h8v6.4h-8zM24.8 24.4h-8"
            fill="none"
            stroke=stroke
            stroke-width="1.9"
            stroke-linejoin="miter"
        ></path>
    }
}
