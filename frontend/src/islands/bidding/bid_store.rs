//! What a bidder's browser keeps until the bid is handed in: the draft, the sealed envelope on its way, the keys of bids.
//! All of it is in an `IndexedDB` of this origin; the server never sees it.

use js_sys::Promise;
use leptos::prelude::window;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{IdbDatabase, IdbObjectStore, IdbOpenDbRequest, IdbRequest, IdbTransaction, IdbTransactionMode};

const DATABASE: &str = "zhaocai-bids";
const STORE: &str = "kept";

/// The key of the draft of a bidder and tender.
pub(super) fn draft_key(scope: &str) -> String {
    format!("{scope}/draft")
}

/// The key of a paper that is attached by the control of this name.
pub(super) fn file_key(scope: &str, control: &str) -> String {
    format!("{scope}/{control}")
}

/// The key of the envelope that is sealed and not yet answered.
pub(super) fn pending_key(scope: &str) -> String {
    format!("{scope}/pending")
}

/// The key under which the key of a sealed bid is kept.
pub(super) fn bid_key_key(scope: &str, commitment: &str) -> String {
    format!("{scope}/bid-key/{commitment}")
}

/// A promise of a request's success. The events settle it, so that nothing need be kept alive meanwhile.
fn settled(request: &IdbRequest) -> JsFuture {
    let promise = Promise::new(&mut |resolve, reject| {
        request.set_onsuccess(Some(&resolve));
        request.set_onerror(Some(&reject));
    });
    JsFuture::from(promise)
}

fn committed(transaction: &IdbTransaction) -> JsFuture {
    let promise = Promise::new(&mut |resolve, reject| {
        transaction.set_oncomplete(Some(&resolve));
        transaction.set_onerror(Some(&reject));
        transaction.set_onabort(Some(&reject));
    });
    JsFuture::from(promise)
}

async fn open() -> Result<IdbDatabase, JsValue> {
    let factory = window().indexed_db()?.ok_or(JsValue::NULL)?;
    let request: IdbOpenDbRequest = factory.open_with_u32(DATABASE, 1)?;
    let opening = request.clone();
    let prepare = Closure::once_into_js(move || {
        let database = opening.result().and_then(JsCast::dyn_into::<IdbDatabase>);
        // A store that could not be made is found missing by the first transaction.
        let _ = database.map(|database| database.create_object_store(STORE));
    });
    request.set_onupgradeneeded(Some(prepare.unchecked_ref()));
    settled(&request).await?;
    request.result()?.dyn_into()
}

/// Does something in a transaction of its own and waits until it is written.
async fn write(what: impl FnOnce(&IdbObjectStore) -> Result<IdbRequest, JsValue>) -> Result<(), JsValue> {
    let database = open().await?;
    let transaction = database.transaction_with_str_and_mode(STORE, IdbTransactionMode::Readwrite)?;
    let done = committed(&transaction);
    what(&transaction.object_store(STORE)?)?;
    let result = done.await;
    database.close();
    result.map(|_| ())
}

/// Keeps a value under its key.
pub(super) async fn keep(key: &str, value: &JsValue) -> Result<(), JsValue> {
    write(|store| store.put_with_key(value, &key.into())).await
}

/// Throws away what is kept under a key.
pub(super) async fn forget(key: &str) -> Result<(), JsValue> {
    write(|store| store.delete(&key.into())).await
}

/// What is kept under a key; nothing when there is none.
pub(super) async fn kept(key: &str) -> Result<Option<JsValue>, JsValue> {
    let database = open().await?;
    let request = database.transaction_with_str(STORE)?.object_store(STORE)?.get(&key.into())?;
    settled(&request).await?;
    let value = request.result()?;
    database.close();
    Ok((!value.is_undefined()).then_some(value))
}
