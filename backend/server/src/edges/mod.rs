//! The HTTP edges.

mod accept;
mod asker;
mod assets;
mod calendar;
mod demo;
mod files;
mod graphiql;
mod graphql;
mod metrics;
mod log;
mod pages;
mod persisted;
mod posted;
mod renewal;
mod subscriptions;
mod upload;

use app::App;
use axum::Router;
use axum::extract::ws::WebSocketUpgrade;
use axum::extract::{DefaultBodyLimit, FromRequestParts as _, Query, Request, State};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse, Json, Response};
use axum::routing::get;
use std::path::Path;
use std::sync::Arc;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
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
    persisted: persisted::Persisted,
    places: subscriptions::Places,
    metrics: metrics::Metrics,
    renewals: renewal::Renewals,
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
    let edge = Edge {
        app,
        schema: ::graphql::schema(),
        assets: Arc::new(assets),
        form_most_bytes: limits.form_most_bytes,
        request_most_bytes: limits.request_most_bytes,
        persisted: persisted::Persisted::default(),
        places: subscriptions::Places::default(),
        metrics: metrics::Metrics::default(),
        renewals: renewal::Renewals::default(),
    };
    let same = |name: HeaderName, value: &'static str| {
        SetResponseHeaderLayer::if_not_present(name, HeaderValue::from_static(value))
    };
    let is_secure = edge.app.settings().public_url.starts_with("https:");
    let strict = is_secure.then(|| HeaderValue::from_static("max-age=31536000; includeSubDomains"));
    let is_demo = edge.app.settings().is_demo;
    let router = Router::new()
        .merge(files.routes())
        .route("/graphql", get(ask_or_follow).post(graphql::post))
        .route("/graphiql", get(graphiql::page))
        .route("/files/{id}", get(files::file))
        .route("/schema.graphql", get(sdl))
        .route("/.well-known/jwks.json", get(jwks))
        .route("/healthz", get(|| async { "ok\n" }))
        .route("/readyz", get(ready))
        .route("/metrics", get(metrics::show))
        .merge(log::routes())
        .merge(calendar::routes())
        .merge(if is_demo { demo::routes() } else { Router::new() })
        .fallback(pages::page)
        // A page reads its form by its own limit.
        .layer(DefaultBodyLimit::disable())
        .layer(CatchPanicLayer::new())
        .layer(from_fn_with_state(edge.clone(), metrics::count))
        .layer(CompressionLayer::new())
        .layer(SetResponseHeaderLayer::if_not_present(header::STRICT_TRANSPORT_SECURITY, strict))
        .layer(same(header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .layer(same(header::REFERRER_POLICY, "same-origin"))
        .layer(same(header::CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'"))
        .with_state(edge);
    Ok(router)
}

/// `GET /graphql`: a query in the address, or the opening of a connection for subscriptions.
async fn ask_or_follow(State(edge): State<Edge>, request: Request) -> Response {
    let (mut parts, _) = request.into_parts();
    let headers = parts.headers.clone();
    if headers.contains_key(header::UPGRADE) {
        return match WebSocketUpgrade::from_request_parts(&mut parts, &edge).await {
            Ok(upgrade) => subscriptions::open(State(edge), headers, upgrade),
            Err(refused) => refused.into_response(),
        };
    }
    match Query::try_from_uri(&parts.uri) {
        Ok(address) => graphql::get(State(edge), headers, address).await,
        Err(refused) => refused.into_response(),
    }
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
        Err(error) => {
            tracing::warn!(%error, "not ready");
            (StatusCode::SERVICE_UNAVAILABLE, "not ready: the process's log says why\n").into_response()
        }
    }
}
