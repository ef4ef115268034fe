//! Persisted queries: a client sends a query with its SHA-256 once, and from then on the hash alone.

use domain::refusal::{Code, Refusal};
use sha2::{Digest as _, Sha256};
use std::collections::{HashMap, VecDeque};
use std::fmt::Write as _;
use std::sync::{Arc, Mutex, PoisonError};

/// The most queries that are kept; the oldest goes first. A client whose query has gone sends it again.
const KEPT_MOST: usize = 1000;
/// A longer query is run and not kept, in bytes.
const QUERY_MOST: usize = 16 * 1024;

/// The queries that clients have sent with their hashes.
#[derive(Clone, Default)]
pub(super) struct Persisted(Arc<Mutex<Kept>>);

#[derive(Default)]
struct Kept {
    queries: HashMap<String, String>,
    order: VecDeque<String>,
}

impl Persisted {
    /// The query meant by the hash; one that comes with its query is kept.
    ///
    /// # Errors
    /// `PERSISTED_QUERY_NOT_FOUND`, `PERSISTED_QUERY_MISMATCH`.
    pub fn resolve(&self, query: &str, sha256: &str) -> Result<String, Refusal> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if query.is_empty() {
            return kept.queries.get(sha256).cloned().ok_or_else(|| Refusal::new(Code::PersistedQueryNotFound));
        }
        let hash = Sha256::digest(query).iter().fold(String::new(), |mut hash, byte| {
            let _ = write!(hash, "{byte:02x}");
            hash
        });
        if hash != sha256 {
            return Err(Refusal::new(Code::PersistedQueryMismatch));
        }
        if query.len() <= QUERY_MOST && kept.queries.insert(hash.clone(), query.to_owned()).is_none() {
            kept.order.push_back(hash);
            if kept.order.len() > KEPT_MOST
                && let Some(oldest) = kept.order.pop_front()
            {
                kept.queries.remove(&oldest);
            }
        }
        Ok(query.to_owned())
    }
}
