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
fn counted(sentence: &str, opened: usize, total: usize) -> String {
    sentence.replace("{opened}", &opened.to_string()).replace("{total}", &total.to_string())
}

/// The holder's desk.
#[island]
pub fn ShareOpener(
    /// The tender's global id.
    tender: String,
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
        {
            let tender = tender.clone();
            leptos::task::spawn_local(async move {
                match asking::hand_in(&tender, &shares.get_value(), opened).await {
                    Ok(()) => {
                        said.set(word(|words| &words.done));
                        crate::browser::reload();
                    }
                    Err(refusal) => {
                        said.set(String::new());
                        wrong.set(refusal.unwrap_or_else(|| word(|words| &words.unanswered)));
                    }
                }
            });
        }
        #[cfg(not(feature = "hydrate"))]
        let _ = &tender;
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
                    <button type="button" id="opening-hand-in" class="button final" on:click=hand_in.clone()>{word(|words| &words.hand_in)}</button>
                }
            })}
            <p role="alert" class="field-error">{move || wrong.get()}</p>
        </div>
    }
}

/// The shares that did not open, each with its reason, and the tick without which they are not handed in as missing.
fn missing_shares(missing: Vec<(String, String)>, words: StoredValue<SharesWords>, is_confirmed: RwSignal<bool>) -> impl IntoView {
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
}

#[cfg(feature = "hydrate")]
mod asking {
    use super::{Outcome, SealedShare, SharesWords};
    use crate::islands::opening_key::{Fault, with_key};
    use crate::schema::{UserError, schema};
    use cynic::MutationBuilder as _;
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

    #[derive(cynic::InputObject, Clone, Debug)]
    struct OpenedShareInput {
        bid_id: cynic::Id,
        share: Option<String>,
    }

    #[derive(cynic::InputObject, Clone, Debug)]
    struct SubmitOpeningSharesInput {
        tender_id: cynic::Id,
        shares: Vec<OpenedShareInput>,
        idempotency_key: Option<String>,
    }

    #[derive(cynic::QueryVariables, Clone, Debug)]
    struct Which {
        input: SubmitOpeningSharesInput,
    }

    #[derive(cynic::QueryFragment, Debug)]
    #[cynic(graphql_type = "Mutation", variables = "Which")]
    struct HandIn {
        #[arguments(input: $input)]
        submit_opening_shares: SubmitOpeningSharesPayload,
    }

    #[derive(cynic::QueryFragment, Debug)]
    struct SubmitOpeningSharesPayload {
        user_errors: Vec<UserError>,
    }

    /// Hands in what came out, and that the rest did not. A refusal in words; nothing when the marketplace did not answer.
    pub(super) async fn hand_in(tender: &str, shares: &[SealedShare], opened: Vec<Outcome>) -> Result<(), Option<String>> {
        let share = |(share, opened): (&SealedShare, Outcome)| OpenedShareInput { bid_id: share.bid_id.as_str().into(), share: opened.ok() };
        let which = Which {
            input: SubmitOpeningSharesInput {
                tender_id: tender.into(),
                shares: shares.iter().zip(opened).map(share).collect(),
                // Once for each holder and tender, however often it is sent.
                idempotency_key: Some(format!("opening:{tender}")),
            },
        };
        let answer = match crate::browser::ask(HandIn::build(which.clone())).await {
            Ok(answer) => answer,
            Err(_) => {
                // The session's token may have run out while the page was open.
                crate::browser::renew_session().await;
                crate::browser::ask(HandIn::build(which)).await.map_err(|_| None)?
            }
        };
        let errors = answer.submit_opening_shares.user_errors;
        if errors.is_empty() {
            return Ok(());
        }
        Err(Some(errors.into_iter().map(|error| error.message).collect::<Vec<_>>().join(" ")))
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
