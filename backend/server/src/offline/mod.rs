//! Commands that need no database: sealing, holders' keys and checking, for people who don't trust our pages, and for
//! programs.

pub mod holder_key;
pub mod seal;
pub mod verify;
mod verify_draw;
mod verify_log;

use serde::de::DeserializeOwned;
use std::path::Path;

/// Why a command ended without doing what it was asked.
pub type Failure = Box<dyn std::error::Error + Send + Sync>;

/// Reads a file, naming it when that fails.
pub(crate) fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    std::fs::read(path).map_err(|error| format!("{}: {error}", path.display()).into())
}

pub(crate) fn read_text(path: &Path) -> Result<String, Failure> {
    String::from_utf8(read(path)?).map_err(|_| format!("{} is not a text", path.display()).into())
}

fn read_json<T: DeserializeOwned>(path: &Path) -> Result<T, Failure> {
    serde_json::from_slice(&read(path)?).map_err(|error| format!("{}: {error}", path.display()).into())
}

/// Writes a new file; one that is there already is left alone, since it may hold the only copy of a key.
pub(crate) fn write_new(path: &Path, content: &[u8], is_secret: bool) -> Result<(), Failure> {
    use std::io::Write as _;
    use std::os::unix::fs::OpenOptionsExt as _;
    let mode = if is_secret { 0o600 } else { 0o644 };
    let file = std::fs::OpenOptions::new().write(true).create_new(true).mode(mode).open(path);
    file.and_then(|mut file| file.write_all(content).and_then(|()| file.sync_all()))
        .map_err(|error| format!("{}: {error}", path.display()).into())
}

/// A reason with its code, as programs look for it.
fn coded(code: &str, error: &dyn std::fmt::Display) -> Failure {
    format!("{code}: {error}").into()
}

#[expect(clippy::needless_pass_by_value, reason = "map_err hands errors over")]
fn sealing_failed(error: sealing::SealingError) -> Failure {
    coded(error.code(), &error)
}
