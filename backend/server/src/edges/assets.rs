//! The pages' files, from a folder or from the binary itself. Each is named by its content, so browsers keep it for ever.

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::Path as Named;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

/// What `cargo xtask build` put into the binary; empty in other builds.
static EMBEDDED: &[(&str, &[u8])] = &include!(concat!(env!("OUT_DIR"), "/pages.in"));

/// The list that `cargo xtask pages` leaves beside the files.
const LIST: &str = "assets.json";

/// The files by name.
#[derive(Clone, Default)]
pub(super) struct Files(Arc<HashMap<String, Bytes>>);

impl Files {
    /// The files of `folder`, or those in the binary when it names none.
    ///
    /// # Errors
    /// When the folder can't be read or holds no list.
    pub fn open(folder: &Path) -> std::io::Result<Self> {
        if folder.as_os_str().is_empty() {
            return Ok(Self(Arc::new(EMBEDDED.iter().map(|(name, bytes)| ((*name).to_owned(), Bytes::from_static(bytes))).collect())));
        }
        let mut files = HashMap::new();
        for entry in std::fs::read_dir(folder)? {
            let entry = entry?;
            files.insert(entry.file_name().to_string_lossy().into_owned(), Bytes::from(std::fs::read(entry.path())?));
        }
        if files.contains_key(LIST) {
            Ok(Self(Arc::new(files)))
        } else {
            let missing = format!("{} holds no {LIST}: fill it with `cargo xtask pages`", folder.display());
            Err(std::io::Error::new(std::io::ErrorKind::NotFound, missing))
        }
    }

    /// The addresses by which pages ask for them.
    ///
    /// # Errors
    /// When the list is not what `cargo xtask pages` writes.
    pub fn addresses(&self) -> Result<frontend::Assets, serde_json::Error> {
        self.0.get(LIST).map_or_else(|| Ok(frontend::Assets::default()), |list| frontend::Assets::from_json(list))
    }

    /// Answers each under its name, in brotli where the browser takes it.
    pub fn routes<S: Clone + Send + Sync + 'static>(self) -> Router<S> {
        let answer = move |Named(name): Named<String>, headers: HeaderMap| {
            let response = self.answer(&name, &headers);
            async move { response }
        };
        Router::new().route("/pkg/{name}", get(answer))
    }

    fn answer(&self, name: &str, headers: &HeaderMap) -> Response {
        let Some(plain) = self.0.get(name) else { return StatusCode::NOT_FOUND.into_response() };
        let accepted = headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let takes_brotli = accepted.split(',').map(str::trim).any(|coding| coding == "br" || coding.starts_with("br;") && !coding.ends_with("q=0"));
        let packed = self.0.get(&format!("{name}.br")).filter(|_| takes_brotli);
        let mut response = Response::new(Body::from(packed.unwrap_or(plain).clone()));
        let said = response.headers_mut();
        said.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind(name)));
        // `stem.hash.ext` never changes; the lasting names (`sealing.js`, `hashes.json`) change with a release.
        let is_named_by_content = name.split('.').count() > 2;
        let kept = if is_named_by_content { "public, max-age=31536000, immutable" } else { "no-cache" };
        said.insert(header::CACHE_CONTROL, HeaderValue::from_static(kept));
        said.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
        if packed.is_some() {
            said.insert(header::CONTENT_ENCODING, HeaderValue::from_static("br"));
        }
        response
    }
}

/// The media type of a file that `cargo xtask pages` builds.
fn kind(name: &str) -> &'static str {
    match name.rsplit_once('.').map(|(_, extension)| extension) {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("json") => "application/json",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_comes_in_brotli_to_those_who_take_it() {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in [(LIST, "{}"), ("style.1a.css", "plain"), ("style.1a.css.br", "packed")] {
            std::fs::write(folder.path().join(name), text).unwrap();
        }
        let files = Files::open(folder.path()).unwrap();
        let ask = |accepted: &'static str| {
            let headers = HeaderMap::from_iter([(header::ACCEPT_ENCODING, HeaderValue::from_static(accepted))]);
            files.answer("style.1a.css", &headers)
        };
        assert_eq!(ask("gzip, br").headers()[header::CONTENT_ENCODING], "br");
        assert_eq!(ask("gzip").headers().get(header::CONTENT_ENCODING), None);
        assert_eq!(ask("gzip").headers()[header::CONTENT_TYPE], "text/css; charset=utf-8");
        assert_eq!(files.answer("none.css", &HeaderMap::new()).status(), StatusCode::NOT_FOUND);
    }

    #[test]
    fn a_folder_without_the_list_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        assert!(Files::open(folder.path()).is_err());
    }
}
