//! A form that saves itself while it is being filled in, and says when it did.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// How long nobody types before the form is sent, in milliseconds.
#[cfg(feature = "hydrate")]
const PAUSE_MS: u64 = 1_500;

/// What the saver says by itself; everything else comes from the server.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Words {
    /// Before anything was typed.
    pub ready: String,
    /// While the form is on its way.
    pub saving: String,
    /// The server could not be reached.
    pub unreachable: String,
}

/// What the server answers.
#[cfg(feature = "hydrate")]
#[derive(Deserialize)]
struct Told {
    /// What is to be said, with the time.
    said: String,
    /// The version of the draft from now on.
    version: Option<i32>,
}

/// Sends the form around the control `field` to its own address with `do=autosave` whenever typing has paused, and writes
/// the new version into that control. A form that somebody else has overtaken is not sent again.
#[island]
pub fn Autosave(
    /// The id of the control that carries the version.
    field: String,
    /// The words.
    words: Words,
) -> impl IntoView {
    let said = RwSignal::new(words.ready.clone());
    #[cfg(feature = "hydrate")]
    watch(field, said, words);
    #[cfg(not(feature = "hydrate"))]
    let _ = field;
    view! { <p class="autosave quiet" role="status">{move || said.get()}</p> }
}

#[cfg(feature = "hydrate")]
fn watch(field: String, said: RwSignal<String>, words: Words) {
    let typed = StoredValue::new(0_u32);
    let is_busy = StoredValue::new(false);
    let is_overtaken = StoredValue::new(false);
    let send = move |field: String, words: Words| async move {
        if is_busy.get_value() || is_overtaken.get_value() {
            return;
        }
        is_busy.set_value(true);
        loop {
            let before = typed.get_value();
            said.set(words.saving.clone());
            match crate::browser::post_form_around(&field, "autosave").await {
                Ok((status, text)) => {
                    let told: Option<Told> = serde_json::from_str(&text).ok();
                    is_overtaken.set_value(status == 409);
                    if let Some(version) = told.as_ref().and_then(|told| told.version) {
                        crate::browser::fill(&field, &version.to_string());
                    }
                    said.set(told.map_or_else(|| words.unreachable.clone(), |told| told.said));
                }
                Err(_) => said.set(words.unreachable.clone()),
            }
            // What was typed meanwhile goes with the next round.
            if typed.get_value() == before || is_overtaken.get_value() {
                break;
            }
        }
        is_busy.set_value(false);
    };
    crate::browser::on_form_input(field.clone(), move || {
        typed.update_value(|count| *count = count.wrapping_add(1));
        let (at, field, words) = (typed.get_value(), field.clone(), words.clone());
        set_timeout(
            move || {
                if typed.get_value() == at {
                    leptos::task::spawn_local(send(field, words));
                }
            },
            std::time::Duration::from_millis(PAUSE_MS),
        );
    });
}
