//! The audit log's proofs, for those who keep the log and for those who don't trust them.
//!
//! The log is a Merkle tree with the hashing of RFC 6962 (`ct-merkle`). Its state is told by a checkpoint: a note in the
//! form of C2SP `tlog-checkpoint`, signed with Ed25519 as C2SP `signed-note` says. A leaf is `SHA-256(salt ‖ entry)`, where
//! the entry is an event's JSON: who knows both can check the leaf, who doesn't learns nothing from it.

mod checkpoint;
mod proof;

pub use checkpoint::{Checkpoint, LogKey, SIGNATURE_KIND, sign_note};
pub use proof::{Consistency, Inclusion, LogTree, leaf};

/// Why a log, or what was said to be of one, is not believed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LogError {
    /// A key, checkpoint or proof does not read.
    #[error("{0} does not read")]
    Malformed(&'static str),
    /// The checkpoint has no good signature by the log's key.
    #[error("the checkpoint is not signed by the log's key")]
    NotSigned,
    /// The proof does not lead from the leaf to the checkpoint's root.
    #[error("the proof does not lead to the checkpoint: the event is not in that log, or not as it is shown")]
    NotIncluded,
    /// The content that is shown is not the content that was logged.
    #[error("the content shown is not the content that was logged")]
    OtherContent,
    /// The newer checkpoint does not continue the older one: something was changed or taken out.
    #[error("the newer checkpoint does not continue the older one: the log was changed")]
    NotConsistent,
    /// A position or size that the log has not reached.
    #[error("the log is not as long as that")]
    OutOfRange,
}

impl LogError {
    /// The reason as a code that never changes its meaning, for programs in other languages.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Malformed(_) => "MALFORMED",
            Self::NotSigned => "NOT_SIGNED",
            Self::NotIncluded => "NOT_INCLUDED",
            Self::OtherContent => "OTHER_CONTENT",
            Self::NotConsistent => "NOT_CONSISTENT",
            Self::OutOfRange => "OUT_OF_RANGE",
        }
    }
}

#[cfg(test)]
mod tests;
