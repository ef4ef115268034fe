//! `/files/…`: contents of files, under the rights of the asker.

use super::Edge;
use super::asker::{Visitor, visitor};
use app::Error;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::oversight::event::Visibility;
use domain::oversight::file::File;

/// A file, shown by the browser only when it is inert, and never with rights of this origin.
pub(super) async fn file(State(edge): State<Edge>, Path(id): Path<String>, headers: HeaderMap) -> Response {
    let visitor = visitor(&edge, &headers, None).await;
    let mut response = found(&visitor, &id, &headers).await;
    let cookies = visitor.cookies.iter().filter_map(|cookie| HeaderValue::from_str(cookie).ok());
    response.headers_mut().extend(cookies.map(|cookie| (header::SET_COOKIE, cookie)));
    response
}

async fn found(Visitor { asker, known, .. }: &Visitor, id: &str, headers: &HeaderMap) -> Response {
    if known.is_err() {
        return StatusCode::UNAUTHORIZED.into_response();
    }
    let Ok(id) = id.parse() else { return StatusCode::NOT_FOUND.into_response() };
    match app::oversight::file::read_file(&asker.app, &asker.ctx, id).await {
        Ok((file, bytes)) => answer(&file, bytes, headers),
        Err(Error::NotFound) => StatusCode::NOT_FOUND.into_response(),
        Err(Error::Unavailable(_)) => StatusCode::SERVICE_UNAVAILABLE.into_response(),
        Err(error) => {
            tracing::error!(request_id = asker.ctx.request_id, %error, "a file can't be read");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

fn answer(file: &File, bytes: Vec<u8>, headers: &HeaderMap) -> Response {
    let mark = format!("\"{}\"", file.sha256);
    let keep = if file.visibility == Visibility::Public { "public, max-age=300" } else { "private, no-cache" };
    let same = [
        (header::ETAG, mark.clone()),
        (header::CACHE_CONTROL, keep.to_owned()),
        (header::VARY, "Authorization, Cookie".to_owned()),
        (header::CONTENT_SECURITY_POLICY, "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'".to_owned()),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
    ];
    let known = headers.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if known.split(',').any(|each| each.trim().trim_start_matches("W/") == mark) {
        return (StatusCode::NOT_MODIFIED, same).into_response();
    }
    let shown = if file.is_inert() { "inline" } else { "attachment" };
    let own = [
        (header::CONTENT_TYPE, content_type(&file.media_type)),
        (header::CONTENT_DISPOSITION, format!("{shown}; filename*=UTF-8''{}", percent(&file.name))),
    ];
    (same, own, bytes).into_response()
}

fn content_type(media_type: &str) -> String {
    // Text without a charset would be read by the browser's guess.
    if media_type.starts_with("text/") { format!("{media_type}; charset=utf-8") } else { media_type.to_owned() }
}

/// A name as RFC 8187 writes it in a header.
fn percent(name: &str) -> String {
    use std::fmt::Write as _;
    name.bytes().fold(String::new(), |mut written, byte| {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            written.push(char::from(byte));
        } else {
            let _ = write!(written, "%{byte:02X}");
        }
        written
    })
}
