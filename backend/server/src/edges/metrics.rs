//! `/metrics`: how many requests came to each edge, how long they took, and how many jobs wait, in Prometheus' text form.

use super::Edge;
use axum::extract::{Request, State};
use axum::http::header;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::fmt::Write as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

/// The edges that are counted apart, by the beginnings of their addresses; pages are all the rest.
const EDGES: [(&str, &str); 4] = [("/graphql", "graphql"), ("/files/", "files"), ("/pkg/", "assets"), ("", "pages")];
/// Classes of status, from 1xx to 5xx.
const CLASSES: usize = 5;

/// What has been counted since the start.
#[derive(Clone, Default)]
pub(super) struct Metrics(Arc<[Counted; EDGES.len()]>);

#[derive(Default)]
struct Counted {
    by_class: [AtomicU64; CLASSES],
    micros: AtomicU64,
}

/// Counts each request with its status and duration.
pub(super) async fn count(State(edge): State<Edge>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let place = EDGES.iter().position(|(beginning, _)| path.starts_with(beginning)).unwrap_or(EDGES.len() - 1);
    let begun = Instant::now();
    let response = next.run(request).await;
    let counted = &edge.metrics.0[place];
    let class = usize::from(response.status().as_u16() / 100).clamp(1, CLASSES) - 1;
    counted.by_class[class].fetch_add(1, Ordering::Relaxed);
    counted.micros.fetch_add(u64::try_from(begun.elapsed().as_micros()).unwrap_or(u64::MAX), Ordering::Relaxed);
    response
}

/// `GET /metrics`
pub(super) async fn show(State(edge): State<Edge>) -> Response {
    let mut text = String::from("# HELP zhaocai_requests_total Requests answered.\n# TYPE zhaocai_requests_total counter\n");
    let mut seconds = String::from("# HELP zhaocai_request_seconds_total Time spent on answers.\n# TYPE zhaocai_request_seconds_total counter\n");
    for ((_, name), counted) in EDGES.iter().zip(edge.metrics.0.iter()) {
        for (class, count) in counted.by_class.iter().enumerate() {
            let count = count.load(Ordering::Relaxed);
            let _ = writeln!(text, "zhaocai_requests_total{{edge=\"{name}\",status=\"{}xx\"}} {count}", class + 1);
        }
        let micros = counted.micros.load(Ordering::Relaxed);
        let _ = writeln!(seconds, "zhaocai_request_seconds_total{{edge=\"{name}\"}} {}.{:06}", micros / 1_000_000, micros % 1_000_000);
    }
    text += &seconds;
    if let Ok((waiting, parked)) = edge.app.job_counts().await {
        let _ = write!(
            text,
            "# HELP zhaocai_jobs Jobs that are not done.\n# TYPE zhaocai_jobs gauge\nzhaocai_jobs{{state=\"waiting\"}} {waiting}\nzhaocai_jobs{{state=\"parked\"}} {parked}\n"
        );
    }
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], text).into_response()
}
