//! Subscriptions over WebSocket, by the protocol `graphql-transport-ws`.

use super::Edge;
use super::asker::asker_with;
use super::pages::{cookies, is_own_origin};
use ::graphql::Asker;
use async_graphql::Data;
use async_graphql::http::{ClientMessage, WebSocketProtocols, WsMessage};
use axum::extract::State;
use axum::extract::ws::{CloseFrame, Message, WebSocket, WebSocketUpgrade};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use futures::stream::{self, StreamExt as _};
use futures::SinkExt as _;
use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Semaphore;

/// The most connections of this server.
const CONNECTIONS_MOST: usize = 4096;
/// The most subscriptions that run at once on a connection.
const SUBSCRIPTIONS_MOST: usize = 16;
/// The longest message of a client, in bytes.
const MESSAGE_MOST: usize = 64 * 1024;
/// A client that sends nothing for so long, not even a ping, is gone.
const SILENCE_MOST: Duration = Duration::from_mins(2);
/// The protocol that we speak.
const PROTOCOL: &str = "graphql-transport-ws";

/// Why a connection of a bad token is closed.
const UNKNOWN: &str = "UNAUTHENTICATED";

/// How many more connections may be opened.
#[derive(Clone)]
pub(super) struct Places(Arc<Semaphore>);

impl Default for Places {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(CONNECTIONS_MOST)))
    }
}

/// `GET /graphql` with an upgrade. The rights come with `connection_init` (`{"authorization": "Bearer …"}`), or from the
/// page's cookie when a page of ours opens the connection.
pub(super) fn open(State(edge): State<Edge>, headers: HeaderMap, upgrade: WebSocketUpgrade) -> Response {
    let Ok(place) = Arc::clone(&edge.places.0).try_acquire_owned() else {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    };
    upgrade.protocols([PROTOCOL]).max_message_size(MESSAGE_MOST).on_upgrade(async move |socket| {
        if socket.protocol().is_some_and(|chosen| chosen == PROTOCOL) {
            serve(edge, headers, socket).await;
        } else {
            close(socket, 4406, "Subprotocol not acceptable").await;
        }
        drop(place);
    })
}

async fn serve(edge: Edge, headers: HeaderMap, socket: WebSocket) {
    let (mut outward, inward) = socket.split();
    let running = Arc::new(std::sync::Mutex::new(HashSet::new()));
    let counted = Arc::clone(&running);
    let messages = stream::unfold((inward, counted, false), async move |(mut inward, counted, is_over)| {
        if is_over {
            return None;
        }
        loop {
            let text = match inward.next().await? {
                Ok(Message::Text(text)) => text,
                Ok(Message::Binary(_) | Message::Ping(_) | Message::Pong(_)) => continue,
                Ok(Message::Close(_)) | Err(_) => return None,
            };
            let message: serde_json::Result<ClientMessage> = serde_json::from_slice(text.as_bytes());
            let mut running = counted.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
            // The library replaces a subscription of the same id and counts none; the protocol wants them told apart.
            let broken = match &message {
                Ok(ClientMessage::Start { id, .. }) if running.contains(id) => Some("a subscription with this id is running"),
                Ok(ClientMessage::Start { .. }) if running.len() >= SUBSCRIPTIONS_MOST => Some("SUBSCRIPTIONS_TOO_MANY"),
                Ok(ClientMessage::Start { id, .. }) => {
                    running.insert(id.clone());
                    None
                }
                Ok(ClientMessage::Stop { id }) => {
                    running.remove(id);
                    None
                }
                _ => None,
            };
            drop(running);
            if let Some(reason) = broken {
                let refused = <serde_json::Error as serde::de::Error>::custom(reason);
                return Some((Err(refused), (inward, counted, true)));
            }
            return Some((message, (inward, counted, false)));
        }
    });
    let schema = edge.schema.clone();
    let answers = async_graphql::http::WebSocket::from_message_stream(schema, messages.boxed(), WebSocketProtocols::GraphQLWS)
        .keepalive_timeout(SILENCE_MOST)
        .on_connection_init(async move |payload| introduce(&edge, &headers, &payload).await);
    let mut answers = std::pin::pin!(answers);
    while let Some(answer) = answers.next().await {
        let message = match answer {
            WsMessage::Text(text) => {
                forget_ended(&running, &text);
                Message::Text(text.into())
            }
            WsMessage::Close(code, reason) => Message::Close(Some(CloseFrame { code: told(code, &reason), reason: short(&reason).into() })),
        };
        if outward.send(message).await.is_err() {
            return;
        }
    }
    // The client may be gone already.
    let _ = outward.close().await;
}

/// A subscription that has told its last makes room for another.
fn forget_ended(running: &std::sync::Mutex<HashSet<String>>, text: &str) {
    #[derive(serde::Deserialize)]
    struct Told {
        #[serde(rename = "type")]
        kind: String,
        id: Option<String>,
    }
    if let Ok(Told { kind, id: Some(id) }) = serde_json::from_str(text)
        && matches!(kind.as_str(), "complete" | "error")
    {
        running.lock().unwrap_or_else(std::sync::PoisonError::into_inner).remove(&id);
    }
}

/// The close codes of the protocol, where the library has others.
fn told(code: u16, reason: &str) -> u16 {
    match (code, reason) {
        (1002, "a subscription with this id is running") => 4409,
        (1002, "SUBSCRIPTIONS_TOO_MANY") => 4429,
        (1002, UNKNOWN) => 4403,
        (1002, _) => 4400,
        (1011, _) => 4401,
        (code, _) => code,
    }
}

/// A close frame carries at most 123 bytes of reason.
fn short(reason: &str) -> String {
    reason.chars().take(30).collect()
}

/// Finds out who asks. A cookie counts only when the page that opened the connection is ours.
async fn introduce(edge: &Edge, headers: &HeaderMap, payload: &serde_json::Value) -> async_graphql::Result<Data> {
    let authorization = payload.get("authorization").or_else(|| payload.get("Authorization")).and_then(|value| value.as_str());
    let cookies = if is_own_origin(headers) { cookies(headers) } else { Vec::new() };
    let cookie = cookies.iter().find(|(name, _)| name == frontend::ACCESS_COOKIE).map(|(_, value)| value.as_str());
    let bearer = authorization.and_then(|value| value.strip_prefix("Bearer ")).or(cookie);
    let (asker, known) = asker_with(edge, headers, None, bearer).await;
    if known.is_err() {
        return Err(async_graphql::Error::new(UNKNOWN));
    }
    let mut data = Data::default();
    data.insert::<Asker>(asker);
    Ok(data)
}

async fn close(mut socket: WebSocket, code: u16, reason: &'static str) {
    let _ = socket.send(Message::Close(Some(CloseFrame { code, reason: reason.into() }))).await;
}
