//! A number to be given within bounds, such as points.

use leptos::prelude::*;

use super::field::Around;

/// A native number field from nothing to `most`, by hundredths. What helps to choose stands before it as children.
#[component]
pub fn NumberField(
    /// As in [`Field`](super::Field).
    #[prop(into)]
    name: String,
    /// The label.
    #[prop(into)]
    label: String,
    /// Help above the control.
    #[prop(into, optional)]
    help: Option<String>,
    /// The rule or the basis that governs this field.
    #[prop(into, optional)]
    rule: Option<String>,
    /// The stored value.
    #[prop(into, optional)]
    value: String,
    /// The most that can be given.
    #[prop(into)]
    most: String,
    /// What helps to choose.
    children: Children,
) -> impl IntoView {
    let around = Around::new(name, label, help, rule, false);
    let value = around.value(value);
    let control = view! {
        {children()}
        <input
            id=around.id()
            name=around.name.clone()
            type="number"
            inputmode="decimal"
            min="0"
            max=most
            step="0.01"
            class="narrow number"
            value=value
            autocomplete="off"
            aria-describedby=around.described_by()
            aria-invalid=around.invalid()
            aria-required=around.required()
        />
    };
    around.draw(control.into_any())
}
