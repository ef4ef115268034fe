//! The key of a sealed bid, where the receipt is: this browser has kept it since the sealing, and the bidder saves it.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// What stands there.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Words {
    /// While it is looked for.
    pub looking: String,
    /// This browser has it.
    pub here: String,
    /// This browser has it not.
    pub elsewhere: String,
    /// The link that saves it.
    pub save: String,
}

/// Offers the key of the bid with this commitment as a file that any age tool takes.
#[island]
pub fn BidKey(
    /// Bidder and tender, under which the key is kept.
    scope: String,
    /// The commitment of the bid.
    commitment: String,
    /// What the file says before the key, one line.
    about: String,
    /// The words.
    words: Words,
) -> impl IntoView {
    let said = RwSignal::new(words.looking.clone());
    let file = RwSignal::new(None::<String>);
    let name = format!("zhaocai-bid-key-{}.txt", commitment.get(..8).unwrap_or_default());
    let save = words.save.clone();
    #[cfg(feature = "hydrate")]
    leptos::task::spawn_local(async move {
        use super::bid_store::{bid_key_key, kept};
        let key = kept(&bid_key_key(&scope, &commitment)).await.ok().flatten().and_then(|key| key.as_string());
        said.set(if key.is_some() { words.here } else { words.elsewhere });
        file.set(key.map(|key| crate::browser::text_address(&format!("# {about}\n# {commitment}\n{key}\n"))));
    });
    #[cfg(not(feature = "hydrate"))]
    let _ = (scope, commitment, about, words);
    view! {
        <div class="bid-key">
            <p role="status">{move || said.get()}</p>
            {move || file.get().map(|address| {
                let (name, save) = (name.clone(), save.clone());
                view! { <p><a id="bid-key-save" class="button primary" href=address download=name>{save}</a></p> }
            })}
        </div>
    }
}

/// A button that prints the page.
#[island]
pub fn Print(
    /// The verb.
    label: String,
) -> impl IntoView {
    let print = move |_| {
        #[cfg(feature = "hydrate")]
        drop(window().print());
    };
    view! { <button type="button" id="print" class="button" on:click=print>{label}</button> }
}
