//! The controls of the bid's form in the page: read into [`Fields`], filled from them.

use super::bid_offer::Fields;
use leptos::prelude::{document, window_event_listener};
use std::cell::Cell;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, EventInit, HtmlInputElement, HtmlTextAreaElement};

thread_local! {
    /// Whether the controls are being filled, so that what follows from it is not taken for typing.
    static FILLING: Cell<bool> = const { Cell::new(false) };
}

/// Every control of the form.
fn controls() -> Vec<Element> {
    let Ok(found) = document().query_selector_all("#bid-fields [name]") else { return Vec::new() };
    (0..found.length()).filter_map(|place| found.get(place)?.dyn_into().ok()).collect()
}

/// What stands in the controls now.
pub(super) fn read() -> Fields {
    let mut fields = Fields::new();
    for control in controls() {
        let (name, value) = if let Some(input) = control.dyn_ref::<HtmlInputElement>() {
            if matches!(input.type_().as_str(), "radio" | "checkbox") && !input.checked() {
                continue;
            }
            let file = input.files().and_then(|files| files.get(0)).map(|file| file.name());
            (input.name(), if input.type_() == "file" { file.unwrap_or_default() } else { input.value() })
        } else if let Some(area) = control.dyn_ref::<HtmlTextAreaElement>() {
            (area.name(), area.value())
        } else {
            continue;
        };
        if !value.is_empty() {
            fields.insert(name, value);
        }
    }
    fields
}

/// Puts a draft into the controls and tells everything that listens to them.
pub(super) fn fill(fields: &Fields) {
    FILLING.set(true);
    for control in controls() {
        if let Some(input) = control.dyn_ref::<HtmlInputElement>() {
            let value = fields.get(&input.name()).map(String::as_str).unwrap_or_default();
            match input.type_().as_str() {
                "radio" | "checkbox" => input.set_checked(input.value() == value),
                "file" => continue,
                _ => input.set_value(value),
            }
        } else if let Some(area) = control.dyn_ref::<HtmlTextAreaElement>() {
            area.set_value(fields.get(&area.name()).map(String::as_str).unwrap_or_default());
        }
        let told = EventInit::new();
        told.set_bubbles(true);
        if let Ok(event) = Event::new_with_event_init_dict("input", &told) {
            let _ = control.dispatch_event(&event);
        }
    }
    FILLING.set(false);
}

/// Calls `changed` whenever a control of the form changes: with whether a person changed it.
pub(super) fn on_change(changed: impl Fn(bool) + 'static) {
    let handle = window_event_listener(leptos::ev::input, move |event| {
        let control = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        if control.and_then(|control| control.closest("#bid-fields").ok().flatten()).is_some() {
            changed(!FILLING.get());
        }
    });
    leptos::prelude::on_cleanup(move || handle.remove());
}
