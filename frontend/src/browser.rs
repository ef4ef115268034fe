//! The browser's half: asking the contract over HTTP, time, and modules that are loaded when they are needed.

pub mod live;

use cynic::{GraphQlResponse, Operation};
use js_sys::{Function, Promise, Reflect};
use leptos::prelude::*;
use serde::{Serialize, de::DeserializeOwned};
use wasm_bindgen::{JsCast, JsValue, prelude::wasm_bindgen};
use wasm_bindgen_futures::JsFuture;

/// Called once by `start.js` before it wakes the islands.
#[wasm_bindgen]
pub fn hydrate() {
    leptos::mount::hydrate_islands();
}

/// Calls `tick` every second with the milliseconds since now, until the island goes.
pub fn every_second(tick: impl Fn(i64) + 'static) {
    let start = now_ms();
    #[expect(clippy::cast_possible_truncation, reason = "a page is not open for 292 million years")]
    let handle = set_interval_with_handle(move || tick((now_ms() - start) as i64), std::time::Duration::from_secs(1));
    if let Ok(handle) = handle {
        on_cleanup(move || handle.clear());
    }
}

/// Calls `typed` with the value of the input `id` whenever it changes.
pub fn on_input(id: String, typed: impl Fn(String) + 'static) {
    let handle = window_event_listener(leptos::ev::input, move |event| {
        let input = event.target().and_then(|target| target.dyn_into::<web_sys::HtmlInputElement>().ok());
        if let Some(input) = input.filter(|input| input.id() == id) {
            typed(input.value());
        }
    });
    on_cleanup(move || handle.remove());
}

/// Milliseconds since the page began; setting the clock of the computer doesn't move it.
fn now_ms() -> f64 {
    window().performance().map_or(0.0, |performance| performance.now())
}

/// Asks the contract over HTTP, as [`Visit::ask`](crate) does in process. The browser sends the session's cookie along.
///
/// # Errors
/// The first top-level error's message, or what kept the answer from being read.
pub async fn ask<Fragment, Variables>(operation: Operation<Fragment, Variables>) -> Result<Fragment, String>
where
    Fragment: DeserializeOwned,
    Variables: Serialize,
{
    let body = serde_json::to_string(&operation).map_err(|error| error.to_string())?;
    let text = post("/graphql", &body).await.map_err(|error| format!("{error:?}"))?;
    let answer: GraphQlResponse<Fragment> = serde_json::from_str(&text).map_err(|error| error.to_string())?;
    match answer.errors.into_iter().flatten().next() {
        Some(error) => Err(error.message),
        None => answer.data.ok_or_else(|| "the answer is empty".to_owned()),
    }
}

async fn post(address: &str, body: &str) -> Result<String, JsValue> {
    let options = web_sys::RequestInit::new();
    options.set_method("POST");
    options.set_body(&JsValue::from_str(body));
    let headers = web_sys::Headers::new()?;
    headers.set("Content-Type", "application/json")?;
    headers.set("Accept", "application/graphql-response+json")?;
    options.set_headers(&headers);
    let answer: web_sys::Response = JsFuture::from(window().fetch_with_str_and_init(address, &options)).await?.dyn_into()?;
    JsFuture::from(answer.text()?).await?.as_string().ok_or(JsValue::NULL)
}

/// Loads a WebAssembly module of its own by the name under which the page lists it (`sealing`), once.
///
/// # Errors
/// When the page doesn't list it or it can't be fetched.
pub async fn load(name: &str) -> Result<JsValue, JsValue> {
    let zhaocai = Reflect::get(&js_sys::global(), &"zhaocai".into())?;
    let load: Function = Reflect::get(&zhaocai, &"load".into())?.dyn_into()?;
    let promise: Promise = load.call1(&zhaocai, &name.into())?.dyn_into()?;
    JsFuture::from(promise).await
}

/// Calls an exported function of a module that [`load`] brought, and waits when it answers with a promise.
///
/// # Errors
/// What the function throws, or that there is none of this name.
pub async fn call(module: &JsValue, name: &str, arguments: &[JsValue]) -> Result<JsValue, JsValue> {
    let function: Function = Reflect::get(module, &name.into())?.dyn_into()?;
    let answer = function.apply(&JsValue::NULL, &arguments.iter().collect())?;
    match answer.dyn_into::<Promise>() {
        Ok(promise) => JsFuture::from(promise).await,
        Err(value) => Ok(value),
    }
}

/// The form around the control `id`.
fn form_around(id: &str) -> Option<web_sys::HtmlFormElement> {
    let control = document().get_element_by_id(id)?;
    control.closest("form").ok().flatten()?.dyn_into().ok()
}

/// Calls `typed` whenever something in the form around the control `id` changes.
pub fn on_form_input(id: String, typed: impl Fn() + 'static) {
    let handle = window_event_listener(leptos::ev::input, move |event| {
        let element = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        let form = form_around(&id).map(web_sys::Node::from);
        if form.is_some() && element.is_some_and(|element| form.is_some_and(|form| form.contains(Some(&element)))) {
            typed();
        }
    });
    on_cleanup(move || handle.remove());
}

/// Posts the form around the control `id` to its own address, as if its button `do` of this value had been pressed, and
/// answers the status and the text.
///
/// # Errors
/// When there is no form or the server can't be reached.
pub async fn post_form_around(id: &str, act: &str) -> Result<(u16, String), JsValue> {
    let form = form_around(id).ok_or(JsValue::NULL)?;
    let fields = web_sys::FormData::new_with_form(&form)?;
    fields.append_with_str("do", act)?;
    let options = web_sys::RequestInit::new();
    options.set_method("POST");
    options.set_body(&fields);
    let address = form.action();
    let answer: web_sys::Response = JsFuture::from(window().fetch_with_str_and_init(&address, &options)).await?.dyn_into()?;
    let text = JsFuture::from(answer.text()?).await?.as_string().unwrap_or_default();
    Ok((answer.status(), text))
}

/// Writes into the input `id`, as if it had been typed.
pub fn fill(id: &str, value: &str) {
    let found = document().get_element_by_id(id).and_then(|element| element.dyn_into::<web_sys::HtmlInputElement>().ok());
    if let Some(input) = found {
        input.set_value(value);
    }
}

/// An address under which a link saves this text.
pub fn text_address(text: &str) -> String {
    format!("data:application/octet-stream,{}", String::from(js_sys::encode_uri_component(text)))
}

/// What a page of ours answered.
pub struct Answered {
    /// Where the answer came from in the end.
    pub address: String,
    /// Whether that is elsewhere than was asked: something was done, or somebody must sign in.
    pub is_elsewhere: bool,
    /// What it says.
    pub body: String,
}

/// Reads an address of this site as its pages do: with the session's cookies, which it renews.
///
/// # Errors
/// When nothing answers.
pub async fn get(address: &str) -> Result<Answered, JsValue> {
    answered(window().fetch_with_str(address)).await
}

/// Posts a form to an address of this site, as the form itself would.
///
/// # Errors
/// When nothing answers.
pub async fn post_form(address: &str, form: &web_sys::FormData) -> Result<Answered, JsValue> {
    let options = web_sys::RequestInit::new();
    options.set_method("POST");
    options.set_body(form);
    answered(window().fetch_with_str_and_init(address, &options)).await
}

async fn answered(promise: Promise) -> Result<Answered, JsValue> {
    let answer: web_sys::Response = JsFuture::from(promise).await?.dyn_into()?;
    let body = JsFuture::from(answer.text()?).await?.as_string().unwrap_or_default();
    Ok(Answered { address: answer.url(), is_elsewhere: answer.redirected(), body })
}

/// The texts of what a selector finds in a page that was fetched.
pub fn texts(page: &str, selector: &str) -> Vec<String> {
    let parser = web_sys::DomParser::new().ok();
    let parsed = parser.and_then(|parser| parser.parse_from_string(page, web_sys::SupportedType::TextHtml).ok());
    let Some(found) = parsed.and_then(|page| page.query_selector_all(selector).ok()) else { return Vec::new() };
    (0..found.length()).filter_map(|place| found.get(place)?.text_content()).collect()
}

/// Waits until the browser has drawn what was changed: before work that holds it up.
pub async fn painted() {
    let promise = Promise::new(&mut |resolve, _| {
        let _ = window().set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, 50);
    });
    let _ = JsFuture::from(promise).await;
}

/// The time of day of an instant in the clock of this computer, to the second.
pub fn clock(at_ms: f64) -> String {
    String::from(js_sys::Date::new(&at_ms.into()).to_locale_time_string("zh-CN"))
}

/// The file that was chosen in the control from which an event came.
pub fn chosen_file(event: &web_sys::Event) -> Option<web_sys::File> {
    let input: web_sys::HtmlInputElement = event.target()?.dyn_into().ok()?;
    input.files()?.get(0)
}

/// The text of a chosen file, read here and sent nowhere.
///
/// # Errors
/// When the browser can't read it.
pub async fn file_text(file: &web_sys::File) -> Result<String, JsValue> {
    JsFuture::from(file.text()).await?.as_string().ok_or(JsValue::NULL)
}

/// Loads this page again.
pub fn reload() {
    let _ = window().location().reload();
}

/// The path of this page.
pub fn here() -> String {
    window().location().pathname().unwrap_or_default()
}

/// Goes to an address.
pub fn go(address: &str) {
    let _ = window().location().set_href(address);
}

/// Whether a file has been chosen on this page, which loading it again would lose.
pub fn has_chosen_file() -> bool {
    let found = document().query_selector("input[type=file]").ok().flatten();
    let input = found.and_then(|element| element.dyn_into::<web_sys::HtmlInputElement>().ok());
    input.and_then(|input| input.files()).is_some_and(|files| files.length() > 0)
}
