//! The controls of the bid's form in the page: read into [`Fields`], filled from them.

use super::bid_offer::{Fields, Files, file_name};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use domain::tendering::bid::PaperFile;
use domain::tendering::bid_content::{PAPER_FILES_MOST, PAPER_FILES_MOST_BYTES};
use js_sys::Uint8Array;
use leptos::prelude::{document, window_event_listener};
use std::cell::Cell;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{DataTransfer, Element, Event, EventInit, File, HtmlInputElement, HtmlTextAreaElement};

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

/// Tells everything that listens that a control has changed.
fn tell(control: &Element) {
    let told = EventInit::new();
    told.set_bubbles(true);
    if let Ok(event) = Event::new_with_event_init_dict("input", &told) {
        let _ = control.dispatch_event(&event);
    }
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
        tell(&control);
    }
    FILLING.set(false);
}

/// A change of one control.
pub(super) struct Change {
    /// Whether a person made it.
    pub is_by_hand: bool,
    /// The control's name, where it takes a file.
    pub file: Option<String>,
}

/// Calls `changed` whenever a control of the form changes.
pub(super) fn on_change(changed: impl Fn(Change) + 'static) {
    let handle = window_event_listener(leptos::ev::input, move |event| {
        let control = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let control = control.filter(|control| control.closest("#bid-fields").ok().flatten().is_some());
        if let Some(control) = control {
            let input = control.dyn_into::<HtmlInputElement>().ok().filter(|input| input.type_() == "file");
            changed(Change { is_by_hand: !FILLING.get(), file: input.map(|input| input.name()) });
        }
    });
    leptos::prelude::on_cleanup(move || handle.remove());
}

fn file_input(name: &str) -> Option<HtmlInputElement> {
    controls().into_iter().filter_map(|control| control.dyn_into::<HtmlInputElement>().ok()).find(|input| input.name() == name)
}

/// The file that a control holds.
pub(super) fn file(name: &str) -> Option<File> {
    file_input(name)?.files()?.get(0)
}

/// Puts a file into its control, as if it had been chosen.
pub(super) fn put_file(name: &str, file: &File) {
    let Some(input) = file_input(name) else { return };
    let Ok(carried) = DataTransfer::new() else { return };
    if carried.items().add_with_file(file).is_ok() {
        input.set_files(carried.files().as_ref());
        FILLING.set(true);
        tell(&input);
        FILLING.set(false);
    }
}

/// The attached papers with their bytes; nothing when they are too many to fit into an envelope.
pub(super) async fn attached(papers: usize) -> Option<Files> {
    let chosen: Vec<(usize, File)> = (0..papers).filter_map(|place| Some((place, file(&file_name(place))?))).collect();
    #[expect(clippy::cast_precision_loss, reason = "a limit of some megabytes")]
    let most = PAPER_FILES_MOST_BYTES as f64;
    if chosen.len() > PAPER_FILES_MOST || chosen.iter().map(|(_, file)| file.size()).sum::<f64>() > most {
        return None;
    }
    let mut files = Files::new();
    for (place, file) in chosen {
        let bytes = JsFuture::from(file.array_buffer()).await.ok()?;
        let content = STANDARD.encode(Uint8Array::new(&bytes).to_vec());
        files.insert(place, PaperFile { name: file.name(), content, kept: None });
    }
    Some(files)
}
