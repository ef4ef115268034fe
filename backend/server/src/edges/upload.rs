//! GraphQL requests with files, by the GraphQL multipart request specification.

use super::Edge;
use async_graphql::UploadValue;
use axum::body::Bytes;
use axum::extract::Multipart;
use axum::extract::multipart::{Field, MultipartError};
use axum::http::{HeaderMap, StatusCode};
use domain::refusal::{Code, Refusal};
use domain::tendering::bid::CIPHERTEXT_MOST_BYTES;
use serde_json::Value;
use std::collections::HashMap;

/// The most files of one request.
const FILES_MOST: usize = 10;
/// Headers that a form of another site can't send without the browser asking us first.
const PREFLIGHT: [&str; 3] = ["graphql-require-preflight", "apollo-require-preflight", "x-apollo-operation-name"];

/// A request with its files: its JSON, and the place in its variables for each.
pub(super) struct Uploaded {
    pub operations: Bytes,
    pub files: Vec<(String, UploadValue)>,
}

/// What is refused, with its status.
pub(super) type Refused = (StatusCode, Refusal);

/// Reads the parts in the order of the specification: `operations`, `map`, then the files.
///
/// # Errors
/// `PREFLIGHT_HEADER_MISSING`, `FILE_TOO_LARGE`, `REQUEST_TOO_LARGE`, `QUERY_INVALID`.
pub(super) async fn read(edge: &Edge, headers: &HeaderMap, mut parts: Multipart) -> Result<Uploaded, Refused> {
    if !PREFLIGHT.iter().any(|name| headers.get(*name).is_some_and(|value| !value.is_empty())) {
        return Err((StatusCode::FORBIDDEN, Refusal::new(Code::PreflightHeaderMissing)));
    }
    let operations = named(&mut parts, "operations", edge.request_most_bytes).await?;
    let map = named(&mut parts, "map", edge.request_most_bytes).await?;
    let map: HashMap<String, Vec<String>> = serde_json::from_slice(&map).map_err(|error| malformed(&error.to_string()))?;
    if map.len() > FILES_MOST {
        return Err((StatusCode::PAYLOAD_TOO_LARGE, Refusal::at(Code::OutOfRange, "map").with("least", 1_i64).with("most", FILES_MOST)));
    }
    let mut files = Vec::new();
    let mut left = edge.form_most_bytes;
    while let Some(part) = parts.next_field().await.map_err(|error| broken(&error))? {
        let places = part.name().and_then(|name| map.get(name)).cloned().unwrap_or_default();
        let name = part.file_name().unwrap_or_default().to_owned();
        let content_type = part.content_type().map(str::to_owned);
        let content = content(edge, part, &mut left).await?;
        for place in places {
            let content = content.clone();
            files.push((place, UploadValue { filename: name.clone(), content_type: content_type.clone(), content }));
        }
    }
    Ok(Uploaded { operations, files })
}

async fn named(parts: &mut Multipart, name: &str, most: usize) -> Result<Bytes, Refused> {
    let part = parts.next_field().await.map_err(|error| broken(&error))?;
    let mut part = part.filter(|part| part.name() == Some(name)).ok_or_else(|| malformed(&format!("{name} is missing")))?;
    let mut read = Vec::new();
    while let Some(chunk) = part.chunk().await.map_err(|error| broken(&error))? {
        read.extend_from_slice(&chunk);
        if read.len() > most {
            return Err((StatusCode::PAYLOAD_TOO_LARGE, Refusal::new(Code::RequestTooLarge).with("most", most)));
        }
    }
    Ok(read.into())
}

/// Reads a file up to the limit of one, then only throws away what comes, up to the limit of the whole: a client that is
/// still sending would not hear the refusal.
async fn content(edge: &Edge, mut part: Field<'_>, left: &mut usize) -> Result<Bytes, Refused> {
    // A sealed bid has a limit of its own, whatever the configuration says of files; what is kept as a file is judged again.
    let sealed_bid = u64::try_from(CIPHERTEXT_MOST_BYTES).unwrap_or(u64::MAX);
    let most = edge.app.settings().file_most_bytes.max(sealed_bid);
    let mut read = Vec::new();
    let mut length = 0_u64;
    while let Some(chunk) = part.chunk().await.map_err(|error| broken(&error))? {
        let whole = || (StatusCode::PAYLOAD_TOO_LARGE, Refusal::new(Code::RequestTooLarge).with("most", edge.form_most_bytes));
        *left = left.checked_sub(chunk.len()).ok_or_else(whole)?;
        length += u64::try_from(chunk.len()).unwrap_or(u64::MAX);
        if length <= most {
            read.extend_from_slice(&chunk);
        } else {
            read.clear();
        }
    }
    if length > most {
        return Err((StatusCode::PAYLOAD_TOO_LARGE, app::oversight::file::too_large(most)));
    }
    Ok(read.into())
}

fn broken(error: &MultipartError) -> Refused {
    (error.status(), Refusal::new(Code::QueryInvalid).with("reason", error.body_text()))
}

fn malformed(reason: &str) -> Refused {
    (StatusCode::BAD_REQUEST, Refusal::new(Code::QueryInvalid).with("reason", reason))
}

/// Whether several requests came in one.
pub(super) fn is_batch(body: &[u8]) -> bool {
    matches!(serde_json::from_slice(body), Ok(Value::Array(_)))
}
