//! Subscriptions over a socket (`graphql-transport-ws`), taken up again where they broke off.

use cynic::{GraphQlResponse, StreamingOperation};
use leptos::prelude::*;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{MessageEvent, WebSocket};

/// How long to wait before a broken socket is opened again, in seconds; each time twice as long.
const FIRST_WAIT_SECONDS: u64 = 2;
/// The longest wait, in seconds.
const LONGEST_WAIT_SECONDS: u64 = 60;

struct Following<Begin, Heard, Told> {
    begin: Begin,
    heard: Heard,
    told: Told,
    /// The last event that was heard, from which to go on.
    last: RefCell<Option<String>>,
    wait_seconds: Cell<u64>,
}

#[derive(Deserialize)]
struct Message {
    #[serde(rename = "type")]
    kind: String,
    payload: Option<serde_json::Value>,
}

#[derive(Serialize)]
struct Subscribe<'a, Operation> {
    id: &'a str,
    #[serde(rename = "type")]
    kind: &'a str,
    payload: Operation,
}

/// Follows a subscription until the page goes. `begin` makes the operation, to be resumed after an event; `heard` gets
/// what is told and answers the event's id; `told` learns whether the line stands.
pub fn follow<Fragment, Variables, Begin, Heard, Told>(begin: Begin, heard: Heard, told: Told)
where
    Fragment: DeserializeOwned + 'static,
    Variables: Serialize + 'static,
    Begin: Fn(Option<String>) -> StreamingOperation<Fragment, Variables> + 'static,
    Heard: Fn(Fragment) -> String + 'static,
    Told: Fn(bool) + 'static,
{
    let wait_seconds = Cell::new(FIRST_WAIT_SECONDS);
    connect(Rc::new(Following { begin, heard, told, last: RefCell::new(None), wait_seconds }));
}

fn connect<Fragment, Variables, Begin, Heard, Told>(following: Rc<Following<Begin, Heard, Told>>)
where
    Fragment: DeserializeOwned + 'static,
    Variables: Serialize + 'static,
    Begin: Fn(Option<String>) -> StreamingOperation<Fragment, Variables> + 'static,
    Heard: Fn(Fragment) -> String + 'static,
    Told: Fn(bool) + 'static,
{
    let location = window().location();
    let scheme = if location.protocol().as_deref() == Ok("https:") { "wss" } else { "ws" };
    let address = format!("{scheme}://{}/graphql", location.host().unwrap_or_default());
    let Ok(socket) = WebSocket::new_with_str(&address, "graphql-transport-ws") else {
        (following.told)(false);
        return;
    };
    let (opened, listened) = (socket.clone(), socket.clone());
    let on_open = Closure::<dyn FnMut()>::new(move || {
        let _ = opened.send_with_str(r#"{"type":"connection_init"}"#);
    });
    let hearing = Rc::clone(&following);
    let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        let text = event.data().as_string().unwrap_or_default();
        let Ok(message) = serde_json::from_str::<Message>(&text) else { return };
        match message.kind.as_str() {
            "connection_ack" => {
                hearing.wait_seconds.set(FIRST_WAIT_SECONDS);
                let payload = (hearing.begin)(hearing.last.borrow().clone());
                let subscribe = Subscribe { id: "1", kind: "subscribe", payload };
                let _ = listened.send_with_str(&serde_json::to_string(&subscribe).unwrap_or_default());
                (hearing.told)(true);
            }
            "ping" => {
                let _ = listened.send_with_str(r#"{"type":"pong"}"#);
            }
            "next" => {
                let answer = message.payload.and_then(|payload| serde_json::from_value::<GraphQlResponse<Fragment>>(payload).ok());
                if let Some(data) = answer.and_then(|answer| answer.data) {
                    let id = (hearing.heard)(data);
                    *hearing.last.borrow_mut() = Some(id);
                }
            }
            "error" | "complete" => {
                let _ = listened.close();
            }
            _ => {}
        }
    });
    let on_close = Closure::<dyn FnMut()>::new(move || {
        (following.told)(false);
        let wait = following.wait_seconds.get();
        following.wait_seconds.set((wait * 2).min(LONGEST_WAIT_SECONDS));
        let again = Rc::clone(&following);
        set_timeout(move || connect(again), Duration::from_secs(wait));
    });
    socket.set_onopen(Some(on_open.as_ref().unchecked_ref()));
    socket.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    socket.set_onclose(Some(on_close.as_ref().unchecked_ref()));
    // They live as long as the page, as the socket does.
    on_open.forget();
    on_message.forget();
    on_close.forget();
}
