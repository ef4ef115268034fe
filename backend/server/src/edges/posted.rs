//! What a form posted: its fields, and its files when it has any.

use axum::body::{Bytes, to_bytes};
use axum::extract::{FromRequest as _, Multipart, Request};
use axum::http::{StatusCode, header};
use frontend::PostedFile;

/// The fields and files of a form, in order.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Posted {
    pub fields: Vec<(String, String)>,
    pub files: Vec<PostedFile>,
}

/// Reads a form of either encoding, at most `most_bytes` with its files. A file field in which nothing was chosen is
/// left out.
///
/// # Errors
/// 413 when it is larger, 400 when it is not a form.
pub(super) async fn read(request: Request, most_bytes: usize) -> Result<Posted, StatusCode> {
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if kind.starts_with("multipart/form-data") {
        let parts = Multipart::from_request(request, &()).await.map_err(|refused| refused.status())?;
        return read_parts(parts, most_bytes).await;
    }
    let body = to_bytes(request.into_body(), most_bytes).await.map_err(|_| StatusCode::PAYLOAD_TOO_LARGE)?;
    Ok(Posted { fields: form_urlencoded::parse(&body).into_owned().collect(), files: Vec::new() })
}

async fn read_parts(mut parts: Multipart, most_bytes: usize) -> Result<Posted, StatusCode> {
    let mut posted = Posted::default();
    let mut left = most_bytes;
    while let Some(part) = parts.next_field().await.map_err(|refused| refused.status())? {
        let field = part.name().unwrap_or_default().to_owned();
        let file_name = part.file_name().map(str::to_owned);
        let content_type = part.content_type().unwrap_or("application/octet-stream").to_owned();
        let bytes: Bytes = part.bytes().await.map_err(|refused| refused.status())?;
        left = left.checked_sub(bytes.len()).ok_or(StatusCode::PAYLOAD_TOO_LARGE)?;
        match file_name {
            None => posted.fields.push((field, String::from_utf8(bytes.into()).map_err(|_| StatusCode::BAD_REQUEST)?)),
            Some(name) if name.is_empty() && bytes.is_empty() => {}
            Some(file_name) => posted.files.push(PostedFile { field, file_name, content_type, bytes: bytes.into() }),
        }
    }
    Ok(posted)
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::Body;

    fn request(kind: &str, body: &str) -> Request {
        Request::builder().method("POST").header(header::CONTENT_TYPE, kind).body(Body::from(body.to_owned())).unwrap()
    }

    #[tokio::test]
    async fn a_form_with_files_gives_both_and_leaves_out_what_was_not_chosen() {
        let body = "--b\r\nContent-Disposition: form-data; name=\"title.zh\"\r\n\r\n复印纸\r\n\
            --b\r\nContent-Disposition: form-data; name=\"none\"; filename=\"\"\r\nContent-Type: application/octet-stream\r\n\r\n\r\n\
            --b\r\nContent-Disposition: form-data; name=\"annex\"; filename=\"a.csv\"\r\nContent-Type: text/csv\r\n\r\n1,2\r\n--b--\r\n";
        let posted = read(request("multipart/form-data; boundary=b", body), 1000).await.unwrap();
        assert_eq!(posted.fields, [("title.zh".to_owned(), "复印纸".to_owned())]);
        assert_eq!(posted.files.len(), 1);
        assert_eq!((posted.files[0].file_name.as_str(), posted.files[0].bytes.as_slice()), ("a.csv", b"1,2".as_slice()));
    }

    #[tokio::test]
    async fn a_form_that_is_too_large_is_refused_in_either_encoding() {
        let plain = request("application/x-www-form-urlencoded", "a=12345678901");
        assert_eq!(read(plain, 10).await, Err(StatusCode::PAYLOAD_TOO_LARGE));
        let body = "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n12345678901\r\n--b--\r\n";
        assert_eq!(read(request("multipart/form-data; boundary=b", body), 10).await, Err(StatusCode::PAYLOAD_TOO_LARGE));
    }
}
