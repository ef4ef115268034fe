//! Folders copied whole, so that a power cut after the answer loses nothing.

use crate::{Error, Result};
use std::fs;
use std::io;
use std::os::unix::fs::DirBuilderExt as _;
use std::path::Path;

/// Makes a folder that only its owner may read.
pub(crate) fn make(folder: &Path) -> Result<()> {
    let made = fs::DirBuilder::new().recursive(true).mode(0o700).create(folder);
    made.map_err(|error| Error::internal("make a folder", format!("{}: {error}", folder.display())))
}

/// Copies a folder's files and folders, off the threads that answer requests, leaving out those at its top that `leaves_out`
/// names and those that are still being written.
pub(crate) async fn copy(from: &Path, to: &Path, leaves_out: fn(&str) -> bool) -> Result<()> {
    let (from, to) = (from.to_owned(), to.to_owned());
    let copied = tokio::task::spawn_blocking(move || {
        copy_tree(&from, &to, leaves_out).map_err(|error| Error::internal("copy", format!("{}: {error}", from.display())))
    });
    copied.await.map_err(|error| Error::internal("copy a folder", error))?
}

fn copy_tree(from: &Path, to: &Path, leaves_out: fn(&str) -> bool) -> io::Result<()> {
    fs::DirBuilder::new().recursive(true).mode(0o700).create(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let name = entry.file_name();
        let text = name.to_string_lossy();
        // `object_store` writes `name#1` and renames it to `name`.
        if leaves_out(&text) || text.contains('#') {
            continue;
        }
        let (kind, target) = (entry.file_type()?, to.join(&name));
        if kind.is_dir() {
            copy_tree(&entry.path(), &target, |_| false)?;
        } else if kind.is_file() {
            fs::copy(entry.path(), &target)?;
            fs::File::open(&target)?.sync_all()?;
        }
    }
    fs::File::open(to)?.sync_all()
}
