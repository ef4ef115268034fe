//! A holder opens its shares: each is unsealed in the browser, shown, and only then handed in.

use super::opening_key::{Key, KeyWords};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// A sealed share of one bid.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SealedShare {
    /// The bid's global id.
    pub bid_id: String,
    /// The bid in words: its number in the order of reception.
    pub name: String,
    /// The share as it stands in the manifest, JSON.
    pub sealed: String,
}

/// What the holder's desk says beyond [`KeyWords`].
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SharesWords {
    /// At file and passphrase.
    pub key: KeyWords,
    /// The verb: unseal here.
    pub open: String,
    /// How many came out, with `{opened}` and `{total}`.
    pub opened: String,
    /// Above those that did not.
    pub failed: String,
    /// Why, when the key does not fit a share.
    pub unfit: String,
    /// Why, when what was sealed is not what its hash says.
    pub wrong_share: String,
    /// Why, when the sealed share can't be read.
    pub unreadable: String,
    /// At the tick: hand them in as missing.
    pub confirm: String,
    /// Nothing is handed in before that is ticked.
    pub unconfirmed: String,
    /// The verb: hand in.
    pub hand_in: String,
    /// While it is handed in.
    pub handing_in: String,
    /// The marketplace did not answer; nothing is lost.
    pub unanswered: String,
    /// It is in.
    pub done: String,
}

/// What came out of one sealed share: its text, or why there is none.
type Outcome = Result<String, String>;

/// Puts two figures into a sentence.
#[cfg(any(feature = "hydrate", test))]
fn counted(sentence: &str, opened: usize, total: usize) -> String {
    sentence.replace("{opened}", &opened.to_string()).replace("{total}", &total.to_string())
}

/// The holder's desk.
#[island]
pub fn ShareOpener(
    /// The sealed shares, in the order of reception of their bids.
    shares: Vec<SealedShare>,
    /// The words.
    words: SharesWords,
) -> impl IntoView {
    let key = Key::new();
    let (said, wrong) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let outcomes = RwSignal::new(None::<Vec<Outcome>>);
    let is_confirmed = RwSignal::new(false);
    let fields = key.fields(&words.key);
    let (shares, words) = (StoredValue::new(shares), StoredValue::new(words));
    let word = move |pick: fn(&SharesWords) -> &String| words.with_value(|words| pick(words).clone());
    let open = move |_| {
        wrong.set(String::new());
        said.set(String::new());
        outcomes.set(None);
        is_confirmed.set(false);
        match words.with_value(|words| key.read(&words.key)) {
            Err(missing) => wrong.set(missing),
            Ok(read) => {
                said.set(words.with_value(|words| words.key.working.clone()));
                #[cfg(feature = "hydrate")]
                leptos::task::spawn_local(async move {
                    let opened = asking::unseal(&shares.get_value(), read, &words.get_value()).await;
                    said.set(String::new());
                    match opened {
                        Ok(opened) => {
                            let count = opened.iter().filter(|outcome| outcome.is_ok()).count();
                            said.set(counted(&word(|words| &words.opened), count, opened.len()));
                            outcomes.set(Some(opened));
                        }
                        Err(fault) => wrong.set(fault),
                    }
                });
                #[cfg(not(feature = "hydrate"))]
                let _ = read;
            }
        }
    };
    let hand_in = move |_| {
        let opened = outcomes.get_untracked().unwrap_or_default();
        if opened.iter().any(Result::is_err) && !is_confirmed.get_untracked() {
            wrong.set(word(|words| &words.unconfirmed));
            return;
        }
        wrong.set(String::new());
        said.set(word(|words| &words.handing_in));
        #[cfg(feature = "hydrate")]
        leptos::task::spawn_local(async move {
            match asking::hand_in(&shares.get_value(), opened).await {
                Ok(address) => {
                    said.set(word(|words| &words.done));
                    crate::browser::go(&address);
                }
                Err(refusal) => {
                    said.set(String::new());
                    wrong.set(refusal.unwrap_or_else(|| word(|words| &words.unanswered)));
                }
            }
        });
    };
    view! {
        <div class="form opening-desk">
            {fields}
            <button type="button" id="opening-open-shares" class="button primary" on:click=open>{word(|words| &words.open)}</button>
            <p role="status" class="opening-said">{move || said.get()}</p>
            {move || outcomes.get().map(|outcomes| {
                let missing: Vec<(String, String)> = shares.with_value(|shares| {
                    let named = shares.iter().zip(outcomes).filter_map(|(share, outcome)| Some((share.name.clone(), outcome.err()?)));
                    named.collect()
                });
                view! {
                    {(!missing.is_empty()).then(|| missing_shares(missing, words, is_confirmed))}
                    <button type="button" id="opening-hand-in" class="button final" on:click=hand_in>{word(|words| &words.hand_in)}</button>
                }
            })}
            <p role="alert" class="field-error">{move || wrong.get()}</p>
        </div>
    }
}

/// The shares that did not open, each with its reason, and the tick without which they are not handed in as missing.
fn missing_shares(missing: Vec<(String, String)>, words: StoredValue<SharesWords>, is_confirmed: RwSignal<bool>) -> AnyView {
    let lines = missing.into_iter().map(|(name, reason)| view! { <li><strong>{name}</strong>" "{reason}</li> }).collect_view();
    view! {
        <div class="opening-missing">
            <p>{words.with_value(|words| words.failed.clone())}</p>
            <ul>{lines}</ul>
            <label class="choice" for="opening-confirm-missing">
                <input id="opening-confirm-missing" type="checkbox" on:change=move |event| is_confirmed.set(event_target_checked(&event))/>
                <span>{words.with_value(|words| words.confirm.clone())}</span>
            </label>
        </div>
    }
    .into_any()
}

#[cfg(feature = "hydrate")]
mod asking {
    use super::{Outcome, SealedShare, SharesWords};
    use crate::islands::bidding::opening_key::{Fault, with_key};
    use serde::Deserialize;

    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Unsealed {
        Share { share: String },
        Fault(Fault),
    }

    /// Unseals every share. A key that opens none of them is another one than the notice names.
    pub(super) async fn unseal(shares: &[SealedShare], key: (String, String), words: &SharesWords) -> Result<Vec<Outcome>, String> {
        let sealed = shares.iter().map(|share| share.sealed.as_str()).collect::<Vec<_>>().join(",");
        let answer = with_key("open_shares", Some(format!("[{sealed}]")), key, &words.key).await?;
        let unsealed: Vec<Unsealed> = serde_json::from_str(&answer).map_err(|_| words.key.no_module.clone())?;
        let is_unfit = |one: &Unsealed| matches!(one, Unsealed::Fault(fault) if fault.code == "KEY_DOES_NOT_FIT");
        if !unsealed.is_empty() && unsealed.iter().all(is_unfit) {
            return Err(words.key.other_key.clone());
        }
        let outcome = |one: Unsealed| match one {
            Unsealed::Share { share } => Ok(share),
            Unsealed::Fault(fault) => Err(match fault.code.as_str() {
                "WRONG_SHARE" => words.wrong_share.clone(),
                "KEY_DOES_NOT_FIT" => words.unfit.clone(),
                _ => words.unreadable.clone(),
            }),
        };
        Ok(unsealed.into_iter().map(outcome).collect())
    }

    /// Posts what came out, and that the rest did not, to this very page, which answers as it would to its own form: where
    /// to go on, or why not. Nothing when the marketplace did not answer.
    pub(super) async fn hand_in(shares: &[SealedShare], opened: Vec<Outcome>) -> Result<String, Option<String>> {
        let form = web_sys::FormData::new().map_err(|_| None)?;
        for (place, (share, opened)) in shares.iter().zip(opened).enumerate() {
            let _ = form.append_with_str(&format!("shares.{place}.bidId"), &share.bid_id);
            if let Ok(opened) = opened {
                let _ = form.append_with_str(&format!("shares.{place}.share"), &opened);
            }
        }
        let here = crate::browser::here();
        let answer = crate::browser::post_form(&here, &form).await.map_err(|_| None)?;
        if answer.is_elsewhere && !answer.address.contains("/sign-in") {
            return Ok(answer.address);
        }
        let refusals = crate::browser::texts(&answer.body, ".error-summary li");
        Err(Some(refusals.join(" ")).filter(|said| !said.is_empty()))
    }
}

#[cfg(test)]
mod tests {
    use super::counted;

    #[test]
    fn a_sentence_tells_how_many_of_how_many() {
        assert_eq!(counted("{opened}/{total}", 2, 3), "2/3");
    }
}
