//! Sealing in the browser and handing in what was sealed. Only ciphertext leaves this file.

use super::bid_store::{bid_key_key, forget, keep, kept, pending_key};
use crate::browser::{self, Answered};
use js_sys::{Object, Reflect, Uint8Array};
use serde::Deserialize;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, FormData};

/// What an envelope must say, as the page gives it below its address.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Terms {
    document_version: u32,
    threshold: u32,
    most_bytes: f64,
    holders: serde_json::Value,
}

/// Why a bid has not been handed in.
pub(super) enum Refusal {
    /// The marketplace did not answer before anything was sent.
    Unreachable,
    /// It did not answer what was sent.
    NotSent,
    /// The session has ended.
    SignIn,
    /// The documents have changed since the page was drawn.
    DocumentsChanged,
    /// The sealing module could not be loaded or did not seal.
    NotSealed,
    /// What was sealed is larger than what is taken.
    TooLarge,
    /// The marketplace refused it, in its own words.
    Refused(Vec<String>),
}

/// An envelope on its way. It is kept until it is answered, so that it can be sent again as it is: under one commitment
/// a bid is taken once.
struct Pending {
    manifest: String,
    commitment: String,
    envelope: Blob,
}

impl Pending {
    fn read(value: &JsValue) -> Option<(u32, Self)> {
        let get = |name: &str| Reflect::get(value, &name.into()).ok();
        let pending = Self {
            manifest: get("manifest")?.as_string()?,
            commitment: get("commitment")?.as_string()?,
            envelope: get("envelope")?.dyn_into().ok()?,
        };
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it was written from a u32")]
        Some((get("documentVersion")?.as_f64()? as u32, pending))
    }

    fn write(&self, document_version: u32) -> JsValue {
        let value = Object::new();
        let set = |name: &str, to: JsValue| Reflect::set(&value, &name.into(), &to).unwrap_or_default();
        set("manifest", self.manifest.as_str().into());
        set("commitment", self.commitment.as_str().into());
        set("envelope", self.envelope.clone().into());
        set("documentVersion", document_version.into());
        value.into()
    }
}

/// Where the bid is sealed for and handed in.
pub(super) struct Way<'a> {
    /// Bidder and tender, as the store knows them.
    pub scope: &'a str,
    /// The address of the page.
    pub address: &'a str,
    /// The address of the terms.
    pub terms: &'a str,
    /// The version of the documents that the bidder has seen.
    pub document_version: u32,
    /// The bid whose place it takes.
    pub replaces: Option<&'a str>,
    /// The consortium for which it is handed in.
    pub consortium: Option<&'a str>,
}

/// Seals the content (or takes what is sealed already) and hands it in. Answers where the receipt is.
pub(super) async fn seal_and_submit(way: &Way<'_>, content: &[u8], sealing: impl Fn(), sending: impl Fn()) -> Result<String, Refusal> {
    let terms = terms(way).await?;
    let waiting = kept(&pending_key(way.scope)).await.ok().flatten();
    let waiting = waiting.as_ref().and_then(Pending::read).filter(|(version, _)| *version == way.document_version);
    let pending = match waiting {
        Some((_, pending)) => pending,
        None => {
            sealing();
            browser::painted().await;
            seal(way, &terms, content).await?
        }
    };
    sending();
    let answer = hand_in(way, &pending).await.map_err(|_| Refusal::NotSent)?;
    if answer.is_elsewhere && answer.address.contains("/sign-in") {
        return Err(Refusal::SignIn);
    }
    if answer.is_elsewhere {
        let _ = forget(&pending_key(way.scope)).await;
        return Ok(answer.address);
    }
    let reasons = browser::texts(&answer.body, ".error-summary li");
    if reasons.is_empty() {
        return Err(Refusal::NotSent);
    }
    // A definite no: what was sealed is not sent again. The draft stays, and so does the key: should an answer have been lost
    // before, the bid that it opens is in.
    let _ = forget(&pending_key(way.scope)).await;
    Err(Refusal::Refused(reasons))
}

/// Asks for the terms as they are now, which also renews the session.
async fn terms(way: &Way<'_>) -> Result<(String, Terms), Refusal> {
    let answer = browser::get(way.terms).await.map_err(|_| Refusal::Unreachable)?;
    if answer.is_elsewhere {
        return Err(Refusal::SignIn);
    }
    let terms: Terms = serde_json::from_str(&answer.body).map_err(|_| Refusal::Unreachable)?;
    if terms.document_version != way.document_version {
        return Err(Refusal::DocumentsChanged);
    }
    Ok((answer.body, terms))
}

async fn seal(way: &Way<'_>, (binding, terms): &(String, Terms), content: &[u8]) -> Result<Pending, Refusal> {
    let sealed = async {
        let module = browser::load("sealing").await?;
        let arguments = [
            binding.as_str().into(),
            terms.holders.to_string().into(),
            terms.threshold.into(),
            Uint8Array::from(content).into(),
        ];
        browser::call(&module, "seal_bid", &arguments).await
    };
    let sealed = sealed.await.map_err(|_| Refusal::NotSealed)?;
    let get = |name: &str| Reflect::get(&sealed, &name.into()).map_err(|_| Refusal::NotSealed);
    let text = |name: &str| get(name)?.as_string().ok_or(Refusal::NotSealed);
    let envelope: Uint8Array = get("envelope")?.dyn_into().map_err(|_| Refusal::NotSealed)?;
    if f64::from(envelope.length()) > terms.most_bytes {
        return Err(Refusal::TooLarge);
    }
    let envelope = Blob::new_with_u8_array_sequence(&js_sys::Array::of1(&envelope)).map_err(|_| Refusal::NotSealed)?;
    let pending = Pending { manifest: text("manifest")?, commitment: text("commitment")?, envelope };
    // Kept before anything is sent: a bid that is in and whose key is lost could never be revealed.
    let keys = keep(&bid_key_key(way.scope, &pending.commitment), &text("bidKey")?.into()).await;
    let kept = keep(&pending_key(way.scope), &pending.write(way.document_version)).await;
    keys.and(kept).map_err(|_| Refusal::NotSealed)?;
    Ok(pending)
}

async fn hand_in(way: &Way<'_>, pending: &Pending) -> Result<Answered, JsValue> {
    let form = FormData::new()?;
    form.append_with_str("do", "hand-in")?;
    form.append_with_str("idempotencyKey", &pending.commitment)?;
    if let Some(replaces) = way.replaces {
        form.append_with_str("replaces", replaces)?;
    }
    if let Some(consortium) = way.consortium {
        form.append_with_str("consortium", consortium)?;
    }
    let manifest = Blob::new_with_str_sequence(&js_sys::Array::of1(&pending.manifest.as_str().into()))?;
    form.append_with_blob_and_filename("manifest", &manifest, "manifest.json")?;
    form.append_with_blob_and_filename("envelope", &pending.envelope, "bid.age")?;
    browser::post_form(way.address, &form).await
}
