//! The draft of a bid: read from this browser when the workspace opens, and saved in it after every change.

use super::bid::TaskWords;
use super::bid_fields;
use super::bid_offer::{Asked, Fields, file_name};
use super::bid_store::{draft_key, file_key, forget, keep, kept, pending_key};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use wasm_bindgen::JsCast as _;

/// A draft as it is kept.
#[derive(Serialize, Deserialize)]
struct Draft {
    document_version: u32,
    saved_at_ms: f64,
    fields: Fields,
}

/// Takes the draft from this browser, and saves it after every change.
pub(super) fn keep_draft(
    scope: String,
    asked: StoredValue<Asked>,
    words: StoredValue<TaskWords>,
    fields: RwSignal<Fields>,
    saved: RwSignal<String>,
    is_stale: RwSignal<bool>,
) {
    let version = asked.with_value(|asked| asked.document_version);
    let tell = move |at_ms: f64| {
        let time = crate::browser::clock(at_ms);
        saved.set(words.with_value(|words| words.saved.replace("{time}", &time)));
    };
    let key = draft_key(&scope);
    let pending = pending_key(&scope);
    let (from, of) = (key.clone(), scope.clone());
    bid_fields::on_change(move |change| {
        let now = bid_fields::read();
        fields.set(now.clone());
        if !change.is_by_hand {
            return;
        }
        let file = change.file.map(|control| (file_key(&scope, &control), bid_fields::file(&control)));
        let draft = Draft { document_version: version, saved_at_ms: js_sys::Date::now(), fields: now };
        let (key, pending) = (key.clone(), pending.clone());
        leptos::task::spawn_local(async move {
            let text = serde_json::to_string(&draft).unwrap_or_default();
            // What was sealed before is no longer what is written: it must not be sent.
            let mut done = keep(&key, &text.into()).await.and(forget(&pending).await);
            if let Some((key, file)) = file {
                done = done.and(match file {
                    Some(file) => keep(&key, &file).await,
                    None => forget(&key).await,
                });
            }
            match done {
                Ok(()) => tell(draft.saved_at_ms),
                Err(_) => saved.set(words.with_value(|words| words.save_failed.clone())),
            }
        });
    });
    leptos::task::spawn_local(async move {
        let Ok(Some(text)) = kept(&from).await else { return };
        let Some(draft) = text.as_string().and_then(|text| serde_json::from_str::<Draft>(&text).ok()) else { return };
        bid_fields::fill(&draft.fields);
        for place in 0..asked.with_value(|asked| asked.papers.len()) {
            let control = file_name(place);
            let file = kept(&file_key(&of, &control)).await.ok().flatten();
            if let Some(file) = file.and_then(|file| file.dyn_into::<web_sys::File>().ok()) {
                bid_fields::put_file(&control, &file);
            }
        }
        tell(draft.saved_at_ms);
        is_stale.set(draft.document_version != version);
    });
}

/// Throws the draft, its files and what was sealed of it away, and shows the workspace as it was at first.
pub(super) fn discard(scope: String, asked: StoredValue<Asked>, words: StoredValue<TaskWords>, saved: RwSignal<String>) {
    leptos::task::spawn_local(async move {
        let mut gone = forget(&draft_key(&scope)).await.and(forget(&pending_key(&scope)).await);
        for place in 0..asked.with_value(|asked| asked.papers.len()) {
            gone = gone.and(forget(&file_key(&scope, &file_name(place))).await);
        }
        match gone {
            Ok(()) => drop(window().location().reload()),
            Err(_) => saved.set(words.with_value(|words| words.save_failed.clone())),
        }
    });
}
