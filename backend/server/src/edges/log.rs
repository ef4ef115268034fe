//! The audit log, for everybody: its key, its checkpoint, its proofs.

use super::Edge;
use app::{Error, oversight::log};
use axum::Router;
use axum::extract::{Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Json, Response};
use axum::routing::get;
use domain::ident::EventId;
use serde::{Deserialize, Serialize};

const TEXT: [(header::HeaderName, &str); 2] =
    [(header::CONTENT_TYPE, "text/plain; charset=utf-8"), (header::CACHE_CONTROL, "no-cache")];

#[derive(Deserialize)]
struct OfEvent {
    event: EventId,
}

#[derive(Deserialize)]
struct Sizes {
    from: u64,
    to: u64,
}

/// The log's addresses.
pub(super) fn routes() -> Router<Edge> {
    Router::new()
        .route("/log/key", get(key))
        .route("/log/checkpoint", get(checkpoint))
        .route("/log/proof/inclusion", get(inclusion))
        .route("/log/proof/consistency", get(consistency))
}

async fn key(State(edge): State<Edge>) -> Response {
    (TEXT, format!("{}\n", log::key(&edge.app))).into_response()
}

async fn checkpoint(State(edge): State<Edge>) -> Response {
    match log::checkpoint(&edge.app).await {
        Ok(checkpoint) => (TEXT, checkpoint.note).into_response(),
        Err(error) => refused(&error),
    }
}

async fn inclusion(State(edge): State<Edge>, Query(of): Query<OfEvent>) -> Response {
    proof(log::inclusion_proof(&edge.app, of.event).await)
}

async fn consistency(State(edge): State<Edge>, Query(sizes): Query<Sizes>) -> Response {
    proof(log::consistency_proof(&edge.app, sizes.from, sizes.to).await)
}

fn proof(answer: app::Result<impl Serialize>) -> Response {
    match answer {
        Ok(proof) => ([(header::CACHE_CONTROL, "no-cache")], Json(proof)).into_response(),
        Err(error) => refused(&error),
    }
}

fn refused(error: &Error) -> Response {
    match error {
        Error::NotFound => (StatusCode::NOT_FOUND, "the log holds nothing like that\n").into_response(),
        Error::Unavailable(_) => {
            (StatusCode::SERVICE_UNAVAILABLE, [(header::RETRY_AFTER, "1")], "not yet: try again in a second\n").into_response()
        }
        error => {
            tracing::error!(%error, "the log could not answer");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}
