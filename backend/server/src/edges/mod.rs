//! The HTTP edges.

mod accept;
mod asker;
mod graphql;

use app::App;
use axum::Router;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Json, Response};
use axum::routing::get;
use std::sync::Arc;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::set_header::SetResponseHeaderLayer;

/// What every edge is given.
#[derive(Clone)]
pub(crate) struct Edge {
    pub app: Arc<App>,
    pub schema: ::graphql::Schema,
}

/// All addresses of the server.
pub fn router(app: Arc<App>, request_most_bytes: usize) -> Router {
    let edge = Edge { app, schema: ::graphql::schema() };
    let same = |name: HeaderName, value: &'static str| {
        SetResponseHeaderLayer::if_not_present(name, HeaderValue::from_static(value))
    };
    Router::new()
        .route("/graphql", get(graphql::get).post(graphql::post))
        .route("/schema.graphql", get(sdl))
        .route("/.well-known/jwks.json", get(jwks))
        .route("/healthz", get(|| async { "ok\n" }))
        .route("/readyz", get(ready))
        .layer(DefaultBodyLimit::max(request_most_bytes))
        .layer(CatchPanicLayer::new())
        .layer(same(header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .layer(same(header::REFERRER_POLICY, "same-origin"))
        .layer(same(header::CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'"))
        .with_state(edge)
}

async fn sdl() -> Response {
    ([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], ::graphql::sdl()).into_response()
}

async fn jwks(State(edge): State<Edge>) -> Response {
    ([(header::CACHE_CONTROL, "public, max-age=300")], Json(edge.app.jwks().clone())).into_response()
}

async fn ready(State(edge): State<Edge>) -> Response {
    match edge.app.ready().await {
        Ok(()) => "ready\n".into_response(),
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n").into_response(),
    }
}
