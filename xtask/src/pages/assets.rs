//! The files of the pages under names that change with their content, so that browsers may keep them for ever.

use std::{collections::HashSet, fs, io::Write, path::Path};

use anyhow::Result;
use base64::{Engine, engine::general_purpose::STANDARD};
use sha2::{Digest, Sha256, Sha384};

/// The list of hashes of everything that browsers load.
const HASHES: &str = "hashes.json";

/// What was built, in order, with the name that pages use and the name that it is kept under.
#[derive(Default)]
pub struct Assets {
    files: Vec<Asset>,
    lasting: Vec<(&'static str, Vec<u8>)>,
}

struct Asset {
    name: String,
    kept_as: String,
    bytes: Vec<u8>,
}

impl Assets {
    /// Takes a file in and answers the name that it will be kept under.
    pub fn add(&mut self, name: &str, bytes: Vec<u8>) -> String {
        let mark = &hash(&bytes)[..12];
        let (stem, extension) = name.rsplit_once('.').unwrap_or((name, "bin"));
        let kept_as = format!("{stem}.{mark}.{extension}");
        self.files.push(Asset { name: name.to_owned(), kept_as: kept_as.clone(), bytes });
        kept_as
    }

    /// Takes a file in under a name that lasts, for programs of others that ask for it by that name.
    pub fn publish(&mut self, name: &'static str, bytes: Vec<u8>) {
        self.lasting.push((name, bytes));
    }

    /// Writes the files, their brotli forms and `assets.json`, then removes what an earlier run left; answers what each
    /// weighs after brotli.
    pub fn write(&self, folder: &Path, thorough: bool) -> Result<Vec<(String, usize)>> {
        let mut keep = HashSet::from(["assets.json".to_owned(), HASHES.to_owned()]);
        let mut weights = Vec::new();
        let mut listed = serde_json::Map::new();
        let mut hashes = serde_json::Map::new();
        for asset in &self.files {
            let packed_as = format!("{}.br", asset.kept_as);
            let packed = folder.join(&packed_as);
            if !packed.exists() || thorough {
                fs::write(folder.join(&asset.kept_as), &asset.bytes)?;
                fs::write(&packed, brotli(&asset.bytes, if thorough { 11 } else { 4 })?)?;
            }
            weights.push((asset.name.clone(), usize::try_from(fs::metadata(&packed)?.len())?));
            let integrity = integrity(&asset.bytes);
            let path = format!("/pkg/{}", asset.kept_as);
            hashes.insert(asset.kept_as.clone(), fingerprint(&asset.bytes));
            listed.insert(asset.name.clone(), serde_json::json!({ "path": path, "integrity": integrity }));
            keep.extend([asset.kept_as.clone(), packed_as]);
        }
        for (name, bytes) in &self.lasting {
            let packed_as = format!("{name}.br");
            if thorough || fs::read(folder.join(name)).ok().as_ref() != Some(bytes) {
                fs::write(folder.join(name), bytes)?;
                fs::write(folder.join(&packed_as), brotli(bytes, if thorough { 11 } else { 4 })?)?;
            }
            hashes.insert((*name).to_owned(), fingerprint(bytes));
            keep.extend([(*name).to_owned(), packed_as]);
        }
        write_changed(&folder.join(HASHES), &serde_json::to_vec_pretty(&hashes)?)?;
        write_changed(&folder.join("assets.json"), &serde_json::to_vec_pretty(&listed)?)?;
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            if !keep.contains(entry.file_name().to_string_lossy().as_ref()) {
                fs::remove_file(entry.path())?;
            }
        }
        Ok(weights)
    }
}

/// Writes a file unless it says so already: what embeds the pages is built anew when one of them is newer.
fn write_changed(path: &Path, bytes: &[u8]) -> Result<()> {
    if fs::read(path).ok().as_deref() != Some(bytes) {
        fs::write(path, bytes)?;
    }
    Ok(())
}

/// What anybody can compare: the file's length and hashes, in the forms of `sha256sum` and of Subresource Integrity.
fn fingerprint(bytes: &[u8]) -> serde_json::Value {
    let sha256 = hash(bytes);
    serde_json::json!({ "bytes": bytes.len(), "sha256": sha256, "integrity": integrity(bytes) })
}

/// The SHA-256 of a file in hexadecimal digits.
pub fn hash(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

fn hex(bytes: &[u8]) -> String {
    let digit = |half: u8| char::from_digit(u32::from(half), 16).unwrap_or_default();
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

fn integrity(bytes: &[u8]) -> String {
    format!("sha384-{}", STANDARD.encode(Sha384::digest(bytes)))
}

fn brotli(bytes: &[u8], quality: u32) -> Result<Vec<u8>> {
    let mut packer = brotli::CompressorWriter::new(Vec::new(), 64 * 1024, quality, 22);
    packer.write_all(bytes)?;
    packer.flush()?;
    Ok(packer.into_inner())
}
