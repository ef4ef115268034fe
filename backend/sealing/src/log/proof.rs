//! Proofs: that a leaf is in the log, and that a log continues an earlier one.

use super::{Checkpoint, LogError, LogKey};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ct_merkle::mem_backed_tree::MemoryBackedTree;
use ct_merkle::{ConsistencyProof, InclusionProof, RootHash};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use uuid::Uuid;

const HASH_BYTES: usize = 32;

/// That an event is in the log: everything that a stranger needs but the log's key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inclusion {
    /// The event.
    pub event: Uuid,
    /// The place of its leaf, from 0.
    pub position: u64,
    /// The leaf, in base64.
    pub leaf: String,
    /// The hashes on the way to the root, in base64.
    pub proof: Vec<String>,
    /// The signed checkpoint to whose root they lead.
    pub checkpoint: String,
    /// The event's JSON as it was logged, where everybody may read it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entry: Option<String>,
    /// The salt of the leaf, in base64, where everybody may read the event.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub salt: Option<String>,
}

impl Inclusion {
    /// Checks the checkpoint's signature, the content against its leaf where it is shown, and the leaf's way to the root.
    ///
    /// # Errors
    /// `Malformed`, `NotSigned`, `OtherContent`, `OutOfRange`, `NotIncluded`.
    pub fn verify(&self, key: &LogKey) -> Result<Checkpoint, LogError> {
        let checkpoint = Checkpoint::open(&self.checkpoint, key)?;
        let read = |text: &str| STANDARD.decode(text).map_err(|_| LogError::Malformed("the proof"));
        let kept = read(&self.leaf)?;
        if let (Some(entry), Some(salt)) = (&self.entry, &self.salt) {
            // The entry begins with the event's number, so that one event can't be shown for another.
            let is_of_event = entry.starts_with(&format!("[\"{}\",", self.event));
            if !is_of_event || leaf(&read(salt)?, entry.as_bytes()).as_slice() != kept {
                return Err(LogError::OtherContent);
            }
        }
        if self.position >= checkpoint.size {
            return Err(LogError::OutOfRange);
        }
        let proof = InclusionProof::<Sha256>::try_from_bytes(joined(&self.proof)?).map_err(|_| LogError::Malformed("the proof"))?;
        let root = root(&checkpoint);
        root.verify_inclusion(&kept, self.position, &proof).map_err(|_| LogError::NotIncluded)?;
        Ok(checkpoint)
    }
}

/// That a log of `to` leaves begins with the log of `from` leaves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consistency {
    /// The earlier size.
    pub from: u64,
    /// The later size.
    pub to: u64,
    /// The hashes of the proof, in base64.
    pub proof: Vec<String>,
}

impl Consistency {
    /// Checks that `newer` continues `older`, both opened before.
    ///
    /// # Errors
    /// `Malformed`, `OutOfRange` when the proof is for other sizes, `NotConsistent`.
    pub fn verify(&self, older: &Checkpoint, newer: &Checkpoint) -> Result<(), LogError> {
        if self.from == 0 || self.from > self.to || self.from != older.size || self.to != newer.size {
            return Err(LogError::OutOfRange);
        }
        if older.size == newer.size {
            return if older.root == newer.root { Ok(()) } else { Err(LogError::NotConsistent) };
        }
        let proof = ConsistencyProof::<Sha256>::try_from_bytes(joined(&self.proof)?).map_err(|_| LogError::Malformed("the proof"))?;
        root(newer).verify_consistency(&root(older), &proof).map_err(|_| LogError::NotConsistent)
    }
}

fn root(checkpoint: &Checkpoint) -> RootHash<Sha256> {
    RootHash::new(checkpoint.root.into(), checkpoint.size)
}

fn joined(hashes: &[String]) -> Result<Vec<u8>, LogError> {
    let mut bytes = Vec::with_capacity(hashes.len() * HASH_BYTES);
    for hash in hashes {
        let hash = STANDARD.decode(hash).ok().filter(|hash| hash.len() == HASH_BYTES);
        bytes.extend(hash.ok_or(LogError::Malformed("the proof"))?);
    }
    Ok(bytes)
}

/// The leaf of an entry under its salt: `SHA-256(salt ‖ entry)`.
pub fn leaf(salt: &[u8], entry: &[u8]) -> [u8; HASH_BYTES] {
    let mut hash = Sha256::new();
    hash.update(salt);
    hash.update(entry);
    hash.finalize().into()
}

/// The tree of those who keep the log: about a hundred bytes of memory for each leaf.
#[derive(Default)]
pub struct LogTree(MemoryBackedTree<Sha256, [u8; HASH_BYTES]>);

impl LogTree {
    /// Appends a leaf.
    pub fn push(&mut self, leaf: [u8; HASH_BYTES]) {
        self.0.push(leaf);
    }

    /// How many leaves it has.
    pub fn size(&self) -> u64 {
        self.0.len()
    }

    /// The root.
    pub fn root(&self) -> [u8; HASH_BYTES] {
        (*self.0.root().as_bytes()).into()
    }

    /// The tree as it was at an earlier size; hashes every leaf anew.
    #[must_use]
    pub fn at(&self, size: u64) -> Self {
        let mut tree = Self::default();
        for leaf in self.0.items().iter().take(usize::try_from(size).unwrap_or(usize::MAX)) {
            tree.push(*leaf);
        }
        tree
    }

    /// The hashes that lead from a leaf to the root, in base64.
    ///
    /// # Errors
    /// `OutOfRange`.
    pub fn prove_inclusion(&self, position: u64) -> Result<Vec<String>, LogError> {
        let index = usize::try_from(position).ok().filter(|_| position < self.size()).ok_or(LogError::OutOfRange)?;
        Ok(hashes(self.0.prove_inclusion(index).as_bytes()))
    }

    /// The hashes that show that this tree begins with its first `from` leaves, in base64.
    ///
    /// # Errors
    /// `OutOfRange`.
    pub fn prove_consistency(&self, from: u64) -> Result<Vec<String>, LogError> {
        let additions = self.size().checked_sub(from).filter(|_| from > 0).and_then(|more| usize::try_from(more).ok());
        match additions.ok_or(LogError::OutOfRange)? {
            0 => Ok(Vec::new()),
            additions => Ok(hashes(self.0.prove_consistency(additions).as_bytes())),
        }
    }
}

fn hashes(bytes: &[u8]) -> Vec<String> {
    bytes.chunks(HASH_BYTES).map(|hash| STANDARD.encode(hash)).collect()
}
