//! What only a demonstration has: its accounts, its holders' keys, and a clock that visitors move forward.

use super::Edge;
use super::pages::is_own_origin;
use app::demo::clock::{self, NotMoved};
use app::demo::holder_keys::{DEMO_PASSPHRASE, is_holder, recovery_file};
use app::demo::organizations::{DEMO_PASSWORD, DemoOrganization, DemoUser, organizations};
use app::{Context, jobs};
use axum::extract::{Form, Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Json, Response};
use axum::routing::get;
use axum::Router;
use chrono::{DateTime, TimeDelta, Utc};
use frontend::{Demo, DemoAccount, DemoHolderKey};
use serde::Deserialize;
use serde_json::{Value, json};
use std::sync::LazyLock;

/// The people of the table with their organizations, those that the sign-in page shows first.
static PEOPLE: LazyLock<Vec<(DemoUser, DemoOrganization)>> = LazyLock::new(|| {
    let each = organizations().into_iter();
    let mut people: Vec<_> =
        each.flat_map(|organization| organization.users.clone().into_iter().map(move |user| (user, organization.clone()))).collect();
    people.sort_by_key(|(user, _)| !user.shown);
    people
});

/// The addresses of a demonstration.
pub(super) fn routes() -> Router<Edge> {
    Router::new()
        .route("/demo/accounts.json", get(accounts))
        .route("/demo/clock", get(show_clock).post(move_clock))
        .route("/demo/holder-keys/{file}", get(holder_key))
}

fn holder_key_address(user: &DemoUser) -> Option<String> {
    is_holder(user).then(|| format!("/demo/holder-keys/{}.age", user.login))
}

/// What pages show of a demonstration; nothing in production.
pub(super) async fn shown(edge: &Edge, ctx: &Context) -> Option<Demo> {
    if !edge.app.settings().is_demo {
        return None;
    }
    let accounts = PEOPLE.iter().take_while(|(user, _)| user.shown).map(|(user, organization)| DemoAccount {
        login: user.login.clone(),
        password: DEMO_PASSWORD.to_owned(),
        name: user.name.in_language(ctx.language).to_owned(),
        roles: user.roles.clone(),
        organization: organization.name.clone(),
        holder_key: holder_key_address(user)
            .map(|address| DemoHolderKey { address, passphrase: DEMO_PASSPHRASE.to_owned() }),
    });
    // A page is worth more than a button of the demo's bar: without an answer the button is not there.
    let next_deadline_at = clock::after_next_deadline(&edge.app).await.ok().flatten();
    Some(Demo { accounts: accounts.collect(), next_deadline_at })
}

async fn accounts() -> Json<Value> {
    let accounts = PEOPLE.iter().map(|(user, organization)| {
        json!({
            "login": user.login,
            "password": DEMO_PASSWORD,
            "name": user.name,
            "role": user.roles.first(),
            "roles": user.roles,
            "shown": user.shown,
            "holderKey": holder_key_address(user).map(|file| json!({ "file": file, "passphrase": DEMO_PASSPHRASE })),
            "organization": { "key": organization.key, "kind": organization.kind, "name": organization.name },
        })
    });
    Json(accounts.collect())
}

/// The recovery file of a demo holder's key: made when somebody asks, for locking it takes a moment.
async fn holder_key(Path(file): Path<String>) -> Response {
    let login = file.strip_suffix(".age").unwrap_or_default().to_owned();
    let made = tokio::task::spawn_blocking(move || recovery_file(&login)).await;
    match made {
        Ok(Ok(Some(text))) => {
            let disposition = format!("attachment; filename=\"{file}\"");
            let headers = [(header::CONTENT_TYPE, "text/plain; charset=utf-8".to_owned()), (header::CONTENT_DISPOSITION, disposition)];
            (headers, text).into_response()
        }
        Ok(Ok(None)) => StatusCode::NOT_FOUND.into_response(),
        Ok(Err(error)) => failed(&error),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

async fn show_clock(State(edge): State<Edge>) -> Response {
    state_of_clock(&edge)
}

fn state_of_clock(edge: &Edge) -> Response {
    let ahead_most = clock::AHEAD_MOST.num_seconds();
    ([(header::CACHE_CONTROL, "no-store")], Json(json!({ "now": edge.app.clock().now(), "aheadMostSeconds": ahead_most }))).into_response()
}

/// Where to move the clock: one of the bar's steps, or an instant.
#[derive(Deserialize)]
struct Move {
    /// `hour`, `day` or `next-deadline`.
    #[serde(rename = "move")]
    step: Option<String>,
    /// An instant, RFC 3339.
    to: Option<DateTime<Utc>>,
    /// The page to go back to.
    back: Option<String>,
}

async fn move_clock(State(edge): State<Edge>, headers: HeaderMap, Form(wanted): Form<Move>) -> Response {
    if !is_own_origin(&headers) {
        return (StatusCode::FORBIDDEN, "the clock is moved from the demo's own pages: send its Origin\n").into_response();
    }
    let now = edge.app.clock().now();
    let to = match (wanted.step.as_deref(), wanted.to) {
        (Some("hour"), None) => now + TimeDelta::hours(1),
        (Some("day"), None) => now + TimeDelta::days(1),
        (Some("next-deadline"), None) => match clock::after_next_deadline(&edge.app).await {
            Ok(Some(to)) => to,
            Ok(None) => return (StatusCode::UNPROCESSABLE_ENTITY, "no tender takes bids\n").into_response(),
            Err(error) => return failed(&error),
        },
        (None, Some(to)) => to,
        _ => return (StatusCode::UNPROCESSABLE_ENTITY, "send move=hour, move=day, move=next-deadline or to=INSTANT (RFC 3339)\n").into_response(),
    };
    match clock::move_to(&edge.app, to) {
        Ok(Ok(())) => {}
        Ok(Err(NotMoved::Backward)) => return (StatusCode::UNPROCESSABLE_ENTITY, "time goes forward only\n").into_response(),
        Ok(Err(NotMoved::TooFar)) => {
            let days = clock::AHEAD_MOST.num_days();
            return (StatusCode::UNPROCESSABLE_ENTITY, format!("the demo goes at most {days} days ahead\n")).into_response();
        }
        Err(error) => return failed(&error),
    }
    // What has become due happens before the visitor looks again.
    if let Err(error) = jobs::run_due(&edge.app).await {
        return failed(&error);
    }
    match wanted.back.filter(|back| back.starts_with('/') && !back.starts_with("//") && !back.contains('\\')) {
        Some(back) => match header::HeaderValue::from_str(&back) {
            Ok(back) => (StatusCode::SEE_OTHER, [(header::LOCATION, back)]).into_response(),
            Err(_) => state_of_clock(&edge),
        },
        None => state_of_clock(&edge),
    }
}

fn failed(error: &app::Error) -> Response {
    tracing::error!(%error, "the demo does not answer");
    StatusCode::INTERNAL_SERVER_ERROR.into_response()
}
