//! Where the browser finds the files that `cargo xtask pages` built.

use std::collections::BTreeMap;

use serde::Deserialize;

/// The files of the pages by the name that pages use: `style.css`, `start.js`, `frontend.js`, `bidding.js`, `sealing.js`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(transparent)]
pub struct Assets(BTreeMap<String, Asset>);

/// One file, named by its content.
#[derive(Clone, Debug, Deserialize)]
pub struct Asset {
    /// The address, with the content's hash in it: it may be kept for ever.
    pub path: String,
    /// The Subresource Integrity value.
    pub integrity: String,
}

impl Assets {
    /// Reads `assets.json`.
    ///
    /// # Errors
    /// When it isn't what `cargo xtask pages` writes.
    pub fn from_json(json: &[u8]) -> Result<Self, serde_json::Error> {
        serde_json::from_slice(json)
    }

    /// The file under the name that pages use.
    pub fn get(&self, name: &str) -> Option<&Asset> {
        self.0.get(name)
    }

    /// The address of a file; empty when it hasn't been built, so that a page without it still reads.
    pub(crate) fn path(&self, name: &str) -> String {
        self.get(name).map(|asset| asset.path.clone()).unwrap_or_default()
    }

    pub(crate) fn integrity(&self, name: &str) -> String {
        self.get(name).map(|asset| asset.integrity.clone()).unwrap_or_default()
    }
}
