//! A holder's key, made in the browser: the private half leaves it only as a file that the passphrase locks.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// The fewest characters of a passphrase.
pub const PASSPHRASE_FEWEST_CHARS: usize = 12;

/// What the maker says.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Words {
    /// The label of the passphrase.
    pub passphrase: String,
    /// How long it must be and what it is for.
    pub help: String,
    /// The verb.
    pub make: String,
    /// While the key is made.
    pub making: String,
    /// A passphrase is too short.
    pub too_short: String,
    /// The key could not be made.
    pub failed: String,
    /// The key is made and its file has been tried.
    pub made: String,
    /// The link that saves the file.
    pub save: String,
}

/// Makes a key, tries its recovery file, offers it, and writes the public half into the field `field`.
#[island]
pub fn HolderKeyMaker(
    /// The id of the control that takes the public half.
    field: String,
    /// The words.
    words: Words,
) -> impl IntoView {
    let passphrase = RwSignal::new(String::new());
    let said = RwSignal::new(String::new());
    let file = RwSignal::new(None::<String>);
    let words = StoredValue::new(words);
    let make = move |_| {
        file.set(None);
        if passphrase.get_untracked().chars().count() < PASSPHRASE_FEWEST_CHARS {
            said.set(words.with_value(|words| words.too_short.clone()));
            return;
        }
        said.set(words.with_value(|words| words.making.clone()));
        #[cfg(feature = "hydrate")]
        {
            let field = field.clone();
            leptos::task::spawn_local(async move {
                let made = make_key(&passphrase.get_untracked()).await;
                said.set(words.with_value(|words| if made.is_some() { words.made.clone() } else { words.failed.clone() }));
                if let Some(made) = made {
                    crate::browser::fill(&field, &made.recipient);
                    file.set(Some(crate::browser::text_address(&made.recovery_file)));
                }
            });
        }
        #[cfg(not(feature = "hydrate"))]
        let _ = &field;
    };
    view! {
        <div class="field">
            <label for="holder-key-passphrase">{words.with_value(|words| words.passphrase.clone())}</label>
            <p class="help" id="holder-key-passphrase-help">{words.with_value(|words| words.help.clone())}</p>
            <input
                id="holder-key-passphrase"
                type="password"
                autocomplete="new-password"
                aria-describedby="holder-key-passphrase-help"
                on:input=move |event| passphrase.set(event_target_value(&event))
            />
        </div>
        <button type="button" class="button" on:click=make>{words.with_value(|words| words.make.clone())}</button>
        <p role="status">{move || said.get()}</p>
        {move || file.get().map(|address| {
            view! { <p><a class="button" href=address download="zhaocai-holder-key.age">{words.with_value(|words| words.save.clone())}</a></p> }
        })}
    }
}

#[cfg(feature = "hydrate")]
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Made {
    recipient: String,
    recovery_file: String,
}

/// Nothing when the module can't be had, or when the file that it gave does not open.
#[cfg(feature = "hydrate")]
async fn make_key(passphrase: &str) -> Option<Made> {
    let module = crate::browser::load("sealing").await.ok()?;
    let made = crate::browser::call(&module, "generate_holder_key", &[passphrase.into()]).await.ok()?;
    let made: Made = serde_json::from_str(&made.as_string()?).ok()?;
    let tried = crate::browser::call(&module, "test_recovery", &[made.recovery_file.as_str().into(), passphrase.into()]).await.ok()?;
    tried.as_string()?.contains(&made.recipient).then_some(made)
}
