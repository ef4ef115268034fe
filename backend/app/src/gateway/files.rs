//! Contents of files, each under its own SHA-256, so that the same content is kept once and can't change.

use crate::{Error, Result};
use object_store::local::LocalFileSystem;
use object_store::path::Path as Place;
use object_store::{ObjectStore, ObjectStoreExt as _, PutMode, PutOptions};
use std::path::Path;
use std::sync::Arc;

/// Where contents are kept: a local folder.
pub(crate) struct Files(Arc<dyn ObjectStore>);

impl Files {
    /// Opens the folder, making it when it isn't there.
    pub fn open(folder: &Path) -> Result<Self> {
        let failed = |error: String| Error::internal("open the folder of files", error);
        std::fs::create_dir_all(folder).map_err(|error| failed(error.to_string()))?;
        let local = LocalFileSystem::new_with_prefix(folder).map_err(|error| failed(error.to_string()))?;
        Ok(Self(Arc::new(local.with_fsync(true))))
    }

    /// Keeps a content. One that is there already stays as it is.
    pub async fn keep(&self, sha256: &str, bytes: Vec<u8>) -> Result<()> {
        match self.0.put_opts(&place(sha256), bytes.into(), PutOptions::from(PutMode::Create)).await {
            Ok(_) | Err(object_store::Error::AlreadyExists { .. }) => Ok(()),
            Err(error) => Err(Error::internal("keep a file", error)),
        }
    }

    /// Reads a content.
    pub async fn read(&self, sha256: &str) -> Result<Vec<u8>> {
        let failed = |error| Error::internal("read a file", error);
        let found = self.0.get(&place(sha256)).await.map_err(failed)?;
        Ok(found.bytes().await.map_err(failed)?.to_vec())
    }
}

/// Two levels, so that no folder grows too wide.
fn place(sha256: &str) -> Place {
    Place::from_iter([&sha256[..2], sha256])
}
