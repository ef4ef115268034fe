//! The files of the pages under names that change with their content, so that browsers may keep them for ever.

use std::{collections::HashSet, fs, io::Write, path::Path};

use anyhow::Result;
use base64::{Engine, engine::general_purpose::STANDARD};
use sha2::{Digest, Sha256, Sha384};

/// What was built, in order, with the name that pages use and the name that it is kept under.
#[derive(Default)]
pub struct Assets {
    files: Vec<Asset>,
}

struct Asset {
    name: String,
    kept_as: String,
    bytes: Vec<u8>,
}

impl Assets {
    /// Takes a file in and answers the name that it will be kept under.
    pub fn add(&mut self, name: &str, bytes: Vec<u8>) -> String {
        let digest = Sha256::digest(&bytes);
        let mark: String = digest.iter().take(6).map(|byte| format!("{byte:02x}")).collect();
        let (stem, extension) = name.rsplit_once('.').unwrap_or((name, "bin"));
        let kept_as = format!("{stem}.{mark}.{extension}");
        self.files.push(Asset { name: name.to_owned(), kept_as: kept_as.clone(), bytes });
        kept_as
    }

    /// Writes the files, their brotli forms and `assets.json`, then removes what an earlier run left; answers what each
    /// weighs after brotli.
    pub fn write(&self, folder: &Path, thorough: bool) -> Result<Vec<(String, usize)>> {
        let mut keep = HashSet::from(["assets.json".to_owned()]);
        let mut weights = Vec::new();
        let mut listed = serde_json::Map::new();
        for asset in &self.files {
            let packed_as = format!("{}.br", asset.kept_as);
            let packed = folder.join(&packed_as);
            if !packed.exists() || thorough {
                fs::write(folder.join(&asset.kept_as), &asset.bytes)?;
                fs::write(&packed, brotli(&asset.bytes, if thorough { 11 } else { 4 })?)?;
            }
            weights.push((asset.name.clone(), usize::try_from(fs::metadata(&packed)?.len())?));
            let integrity = format!("sha384-{}", STANDARD.encode(Sha384::digest(&asset.bytes)));
            let path = format!("/pkg/{}", asset.kept_as);
            listed.insert(asset.name.clone(), serde_json::json!({ "path": path, "integrity": integrity }));
            keep.extend([asset.kept_as.clone(), packed_as]);
        }
        fs::write(folder.join("assets.json"), serde_json::to_vec_pretty(&listed)?)?;
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            if !keep.contains(entry.file_name().to_string_lossy().as_ref()) {
                fs::remove_file(entry.path())?;
            }
        }
        Ok(weights)
    }
}

fn brotli(bytes: &[u8], quality: u32) -> Result<Vec<u8>> {
    let mut packer = brotli::CompressorWriter::new(Vec::new(), 64 * 1024, quality, 22);
    packer.write_all(bytes)?;
    packer.flush()?;
    Ok(packer.into_inner())
}
