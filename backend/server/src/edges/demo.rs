//! What only a demonstration has: its accounts, and a clock that visitors move forward.

use super::Edge;
use super::pages::is_own_origin;
use app::demo::clock::{self, NotMoved};
use app::demo::organizations::{DEMO_PASSWORD, DemoOrganization, DemoUser, organizations};
use app::{Context, jobs};
use axum::extract::{Form, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Json, Response};
use axum::routing::get;
use axum::Router;
use chrono::{DateTime, TimeDelta, Utc};
use frontend::{Demo, DemoAccount};
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
    Router::new().route("/demo/accounts.json", get(accounts)).route("/demo/clock", get(show_clock).post(move_clock))
}

/// What pages show of a demonstration; nothing in production.
pub(super) fn shown(edge: &Edge, ctx: &Context) -> Option<Demo> {
    edge.app.settings().is_demo.then(|| {
        let accounts = PEOPLE.iter().take_while(|(user, _)| user.shown).map(|(user, organization)| DemoAccount {
            login: user.login.clone(),
            password: DEMO_PASSWORD.to_owned(),
            name: user.name.in_language(ctx.language).to_owned(),
            roles: user.roles.clone(),
            organization: organization.name.clone(),
        });
        Demo { accounts: accounts.collect(), next_deadline_at: None }
    })
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
            "organization": { "key": organization.key, "kind": organization.kind, "name": organization.name },
        })
    });
    Json(accounts.collect())
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
    /// `hour` or `day`.
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
        (None, Some(to)) => to,
        _ => return (StatusCode::UNPROCESSABLE_ENTITY, "send move=hour, move=day or to=INSTANT (RFC 3339)\n").into_response(),
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
    tracing::error!(%error, "the demo's clock was not moved");
    StatusCode::INTERNAL_SERVER_ERROR.into_response()
}
