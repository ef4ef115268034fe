//! The HTTP edges.

mod accept;
mod asker;
mod assets;
mod demo;
mod graphql;
mod pages;
mod posted;

use app::App;
use axum::Router;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Json, Response};
use axum::routing::get;
use std::path::Path;
use std::sync::Arc;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::set_header::SetResponseHeaderLayer;

/// What every edge is given.
#[derive(Clone)]
pub(crate) struct Edge {
    pub app: Arc<App>,
    pub schema: ::graphql::Schema,
    pub assets: Arc<frontend::Assets>,
    /// The largest posted form with its files.
    pub form_most_bytes: usize,
    pub request_most_bytes: usize,
}

/// How much is read of what is sent, in bytes.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// The largest GraphQL request.
    pub request_most_bytes: usize,
    /// The largest posted form with its files.
    pub form_most_bytes: usize,
}

/// All addresses of the server. The pages' files come from the folder `pages`, or from the binary when it is empty.
///
/// # Errors
/// When `pages` names a folder in which `cargo xtask pages` has not left its list.
pub fn router(app: Arc<App>, limits: Limits, pages: &Path) -> std::io::Result<Router> {
    let files = assets::Files::open(pages)?;
    let assets = files.addresses()?;
    let edge = Edge { app, schema: ::graphql::schema(), assets: Arc::new(assets), form_most_bytes: limits.form_most_bytes, request_most_bytes: limits.request_most_bytes };
    let same = |name: HeaderName, value: &'static str| {
        SetResponseHeaderLayer::if_not_present(name, HeaderValue::from_static(value))
    };
    let is_demo = edge.app.settings().is_demo;
    let router = Router::new()
        .merge(files.routes())
        .route("/graphql", get(graphql::get).post(graphql::post).layer(DefaultBodyLimit::max(limits.request_most_bytes)))
        .route("/schema.graphql", get(sdl))
        .route("/.well-known/jwks.json", get(jwks))
        .route("/healthz", get(|| async { "ok\n" }))
        .route("/readyz", get(ready))
        .merge(if is_demo { demo::routes() } else { Router::new() })
        .fallback(pages::page)
        // A page reads its form by its own limit.
        .layer(DefaultBodyLimit::disable())
        .layer(CatchPanicLayer::new())
        .layer(same(header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .layer(same(header::REFERRER_POLICY, "same-origin"))
        .layer(same(header::CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'"))
        .with_state(edge);
    Ok(router)
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
