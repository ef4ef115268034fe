//! A holder's recovery file and passphrase, used in the browser and sent nowhere; and the rehearsal of the opening.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// The largest recovery file that is read, in bytes; ours have under one thousand.
#[cfg(feature = "hydrate")]
const FILE_MOST_BYTES: f64 = 65_536.0;

/// What stands at file and passphrase.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct KeyWords {
    /// The label of the file.
    pub file: String,
    /// Which file, and that it stays here.
    pub file_help: String,
    /// The label of the passphrase.
    pub passphrase: String,
    /// Which passphrase.
    pub passphrase_help: String,
    /// No file has been chosen.
    pub no_file: String,
    /// No passphrase has been typed.
    pub no_passphrase: String,
    /// While the key is being unlocked.
    pub working: String,
    /// The file is no recovery file.
    pub wrong_file: String,
    /// The passphrase does not open the file.
    pub wrong_passphrase: String,
    /// The file holds another key than the one that is registered for this tender.
    pub other_key: String,
    /// The module that seals and opens could not be had.
    pub no_module: String,
}

/// File and passphrase as they stand in the form.
#[derive(Clone, Copy)]
pub(super) struct Key {
    /// The text of the chosen file.
    file: RwSignal<Option<String>>,
    passphrase: RwSignal<String>,
}

impl Key {
    pub(super) fn new() -> Self {
        Self { file: RwSignal::new(None), passphrase: RwSignal::new(String::new()) }
    }

    /// The two fields.
    pub(super) fn fields(self, words: &KeyWords) -> AnyView {
        let words = words.clone();
        let choose = move |event: leptos::ev::Event| {
            #[cfg(feature = "hydrate")]
            {
                let chosen = crate::browser::chosen_file(&event);
                leptos::task::spawn_local(async move {
                    self.file.set(match chosen.filter(|file| file.size() <= FILE_MOST_BYTES) {
                        Some(file) => crate::browser::file_text(&file).await.ok(),
                        None => None,
                    });
                });
            }
            #[cfg(not(feature = "hydrate"))]
            let _ = event;
        };
        view! {
            <div class="field">
                <label for="opening-key-file">{words.file}</label>
                <p class="help" id="opening-key-file-help">{words.file_help}</p>
                <input id="opening-key-file" class="file" type="file" accept=".age,text/plain" aria-describedby="opening-key-file-help" on:change=choose/>
            </div>
            <div class="field">
                <label for="opening-passphrase">{words.passphrase}</label>
                <p class="help" id="opening-passphrase-help">{words.passphrase_help}</p>
                <input
                    id="opening-passphrase"
                    class="short"
                    type="password"
                    autocomplete="off"
                    aria-describedby="opening-passphrase-help"
                    on:input=move |event| self.passphrase.set(event_target_value(&event))
                />
            </div>
        }
        .into_any()
    }

    /// File and passphrase, or the words for what is missing.
    pub(super) fn read(self, words: &KeyWords) -> Result<(String, String), String> {
        let file = self.file.get_untracked().ok_or_else(|| words.no_file.clone())?;
        let passphrase = self.passphrase.get_untracked();
        if passphrase.is_empty() { Err(words.no_passphrase.clone()) } else { Ok((file, passphrase)) }
    }
}

/// What the sealing module throws, and what stands in the place of a share that does not open.
#[cfg(feature = "hydrate")]
#[derive(Deserialize)]
pub(super) struct Fault {
    pub(super) code: String,
}

/// Calls a function of the sealing module that takes recovery file and passphrase last. What it throws becomes words.
#[cfg(feature = "hydrate")]
pub(super) async fn with_key(function: &str, first: Option<String>, key: (String, String), words: &KeyWords) -> Result<String, String> {
    let module = crate::browser::load("sealing").await.map_err(|_| words.no_module.clone())?;
    // Unlocking keeps the browser busy for a second or two.
    crate::browser::painted().await;
    let arguments: Vec<wasm_bindgen::JsValue> = first.into_iter().chain([key.0, key.1]).map(Into::into).collect();
    match crate::browser::call(&module, function, &arguments).await {
        Ok(answer) => answer.as_string().ok_or_else(|| words.no_module.clone()),
        Err(thrown) => {
            let fault = thrown.as_string().and_then(|json| serde_json::from_str::<Fault>(&json).ok());
            Err(match fault.as_ref().map(|fault| fault.code.as_str()) {
                Some("KEY_DOES_NOT_FIT") => words.wrong_passphrase.clone(),
                Some("MALFORMED") => words.wrong_file.clone(),
                _ => words.no_module.clone(),
            })
        }
    }
}

/// What the rehearsal says beyond [`KeyWords`].
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RehearsalWords {
    /// At file and passphrase.
    pub key: KeyWords,
    /// The verb.
    pub try_it: String,
    /// The key works.
    pub works: String,
}

/// Tries a recovery file and its passphrase against the registered public key, in the browser alone.
#[island]
pub fn KeyRehearsal(
    /// The public half that is registered for the tender.
    recipient: String,
    /// The words.
    words: RehearsalWords,
) -> impl IntoView {
    let key = Key::new();
    let (said, wrong) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let fields = key.fields(&words.key);
    let verb = words.try_it.clone();
    let attempt = move |_| {
        said.set(String::new());
        wrong.set(String::new());
        match key.read(&words.key) {
            Err(missing) => wrong.set(missing),
            Ok(read) => {
                said.set(words.key.working.clone());
                #[cfg(feature = "hydrate")]
                {
                    let (words, recipient) = (words.clone(), recipient.clone());
                    leptos::task::spawn_local(async move {
                        let tried = with_key("test_recovery", None, read, &words.key).await;
                        said.set(String::new());
                        match tried {
                            Ok(answer) if answer.contains(&recipient) => said.set(words.works),
                            Ok(_) => wrong.set(words.key.other_key),
                            Err(fault) => wrong.set(fault),
                        }
                    });
                }
                #[cfg(not(feature = "hydrate"))]
                let _ = (read, &recipient, &words.works);
            }
        }
    };
    view! {
        <div class="form">
            {fields}
            <button type="button" id="opening-try-key" class="button" on:click=attempt>{verb}</button>
            <p role="status" class="opening-said">{move || said.get()}</p>
            <p role="alert" class="field-error">{move || wrong.get()}</p>
        </div>
    }
}
