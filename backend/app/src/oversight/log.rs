//! The audit log: leaves get their places soon after they are committed, checkpoints are signed, proofs are given to
//! anybody who asks.

use crate::store::oversight::log::{self as kept, KeptCheckpoint};
use crate::{App, Error, Result};
use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair as _};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, Utc};
use domain::ident::EventId;
use sealing::log::{Checkpoint, Consistency, Inclusion, LogError, LogKey, LogTree, sign_note};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Mutex;

/// The key's file.
const KEY: &str = "log-ed25519.p8";
/// How long the sequencer waits before it looks for new leaves again.
const IDLE: Duration = Duration::from_millis(500);
/// How many leaves are read from the database at once.
const READ_MOST: u64 = 10_000;

/// The log's key, and its tree as far as this process has read it.
pub(crate) struct Log {
    signing: Ed25519KeyPair,
    key: LogKey,
    tree: Mutex<LogTree>,
}

impl Log {
    /// Reads the key from its folder, or makes one at the first start. The log's origin is the public address without
    /// its scheme, and `/log`.
    pub fn open(folder: &Path, public_url: &str) -> Result<Self> {
        let wrong = |error: &dyn std::fmt::Display| Error::internal("use the log's key", error);
        let pkcs8 = crate::identity::token::secret(folder, KEY, || {
            let key = Ed25519KeyPair::generate().map_err(|error| wrong(&error))?;
            Ok(key.to_pkcs8().map_err(|error| wrong(&error))?.as_ref().to_vec())
        })?;
        let signing = Ed25519KeyPair::from_pkcs8(&pkcs8).map_err(|error| wrong(&error))?;
        let host = public_url.split_once("://").map_or(public_url, |(_, host)| host).trim_end_matches('/');
        let key = LogKey::new(&format!("{host}/log"), signing.public_key().as_ref()).map_err(|error| wrong(&error))?;
        Ok(Self { signing, key, tree: Mutex::default() })
    }

    fn sign(&self, size: u64, root: [u8; 32]) -> Result<String> {
        let checkpoint = Checkpoint { origin: self.key.name().to_owned(), size, root };
        let signature = self.signing.sign(checkpoint.body().as_bytes());
        let signature = <[u8; 64]>::try_from(signature.as_ref()).map_err(|error| Error::internal("sign the log", error))?;
        Ok(sign_note(&checkpoint, &self.key, |_| signature))
    }
}

/// The public half of a log's key in its folder, which must be there.
pub(crate) fn kept_public_key(folder: &Path) -> Result<Vec<u8>> {
    let wrong = |error: &dyn std::fmt::Display| Error::internal("use the log's key", error);
    let pkcs8 = crate::identity::token::secret(folder, KEY, || Err(wrong(&"it is not there")))?;
    Ok(Ed25519KeyPair::from_pkcs8(&pkcs8).map_err(|error| wrong(&error))?.public_key().as_ref().to_vec())
}

/// What the log says of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedCheckpoint {
    /// How many leaves it covers.
    pub size: u64,
    /// The note in the form of C2SP `tlog-checkpoint`.
    pub note: String,
    /// When it was signed.
    pub made_at: DateTime<Utc>,
}

/// The log's public key, as a C2SP `vkey`.
pub fn key(app: &App) -> String {
    app.log.key.to_string()
}

/// The newest checkpoint.
///
/// # Errors
/// `NotFound` while the log is empty.
pub async fn checkpoint(app: &App) -> Result<SignedCheckpoint> {
    let newest = kept::newest(app.store.reader()).await?.ok_or(Error::NotFound)?;
    Ok(SignedCheckpoint { size: newest.size, note: newest.note, made_at: newest.made_at })
}

/// That an event is in the log, with the event itself where everybody may read it.
///
/// # Errors
/// `NotFound` for an unknown event, `Unavailable` for the moment in which it has no place yet.
pub async fn inclusion_proof(app: &App, event: EventId) -> Result<Inclusion> {
    let leaf = kept::leaf_of(&app.store, event).await?.ok_or(Error::NotFound)?;
    let no_place = || Error::Unavailable(crate::error::Internal("the event has no place in the log yet".to_owned()));
    let position = leaf.position.ok_or_else(no_place)?;
    let mut tree = app.log.tree.lock().await;
    let newest = kept::newest(app.store.reader()).await?.filter(|newest| position < newest.size).ok_or_else(no_place)?;
    grow(app, &mut tree, newest.size).await?;
    let proof = if tree.size() == newest.size { tree.prove_inclusion(position) } else { tree.at(newest.size).prove_inclusion(position) };
    let salt = leaf.public_entry.as_ref().map(|_| STANDARD.encode(&leaf.salt));
    Ok(Inclusion {
        event: event.0,
        position,
        leaf: STANDARD.encode(&leaf.leaf),
        proof: proof.map_err(out_of_range)?,
        checkpoint: newest.note,
        entry: leaf.public_entry,
        salt,
    })
}

/// That the log of `to` leaves begins with the log of `from` leaves.
///
/// # Errors
/// `NotFound` when the log has not been that long, or `from` is 0 or more than `to`.
pub async fn consistency_proof(app: &App, from: u64, to: u64) -> Result<Consistency> {
    let newest = kept::newest(app.store.reader()).await?.ok_or(Error::NotFound)?;
    if from == 0 || from > to || to > newest.size {
        return Err(Error::NotFound);
    }
    let mut tree = app.log.tree.lock().await;
    grow(app, &mut tree, newest.size).await?;
    let proof = if tree.size() == to { tree.prove_consistency(from) } else { tree.at(to).prove_consistency(from) };
    Ok(Consistency { from, to, proof: proof.map_err(out_of_range)? })
}

fn out_of_range(error: LogError) -> Error {
    Error::internal("prove", error)
}

/// Reads leaves into the tree until it has `size`.
async fn grow(app: &App, tree: &mut LogTree, size: u64) -> Result<()> {
    while tree.size() < size {
        let leaves = kept::leaves(app.store.reader(), tree.size(), size.min(tree.size() + READ_MOST)).await?;
        if leaves.is_empty() {
            return Err(Error::internal("read the log", "a place is empty"));
        }
        for leaf in leaves {
            tree.push(leaf);
        }
    }
    Ok(())
}

/// Gives new leaves their places and signs a checkpoint over all that have one. Replicas may call it at once: places are
/// given one after the other, and the same size has the same root.
///
/// # Errors
/// When the database does not answer; `Internal` when the kept leaves no longer make the root that was signed.
pub async fn sequence(app: &App) -> Result<()> {
    let ctx = app.platform_context();
    while kept::has_waiting(&app.store).await? {
        kept::place(&app.store, &ctx).await?;
    }
    let size = kept::size(app.store.reader()).await?;
    let newest = kept::newest(app.store.reader()).await?;
    if newest.as_ref().map_or(0, |newest| newest.size) >= size {
        return Ok(());
    }
    let mut tree = app.log.tree.lock().await;
    if let Some(newest) = &newest {
        grow(app, &mut tree, newest.size).await?;
        let root = if tree.size() == newest.size { tree.root() } else { tree.at(newest.size).root() };
        // A log that was changed behind our back is not signed on: what was signed before must stay provable.
        if root.as_slice() != newest.root {
            return Err(Error::internal("sign the log", "the kept leaves are not those of the last checkpoint"));
        }
    }
    grow(app, &mut tree, size).await?;
    let (size, root) = (tree.size(), tree.root());
    let note = app.log.sign(size, root)?;
    kept::keep(&app.store, &ctx, KeptCheckpoint { size, root: root.to_vec(), note, made_at: ctx.now() }).await
}

/// Sequences until the process ends.
pub async fn work(app: Arc<App>) {
    loop {
        if let Err(error) = crate::jobs::contained(sequence(&app)).await {
            tracing::error!(%error, "the log could not be continued");
        }
        tokio::time::sleep(IDLE).await;
    }
}
