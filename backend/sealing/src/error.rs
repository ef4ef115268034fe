//! Why an envelope can't be sealed, taken or opened.

use uuid::Uuid;

/// The result of sealing and opening.
pub type Result<T, E = SealingError> = std::result::Result<T, E>;

/// Each names a fact that the other side can be told.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SealingError {
    /// A key, recovery file or manifest does not read.
    #[error("{0} does not read")]
    Malformed(&'static str),
    /// The passphrase or key does not open what it was tried on.
    #[error("the key does not fit")]
    KeyDoesNotFit,
    /// The content is larger than an envelope takes.
    #[error("the content has {bytes} bytes, at most {most} are taken")]
    TooLarge {
        /// What was given.
        bytes: usize,
        /// What is taken.
        most: usize,
    },
    /// The threshold is not between two and the number of holders, or there are too many holders.
    #[error("{threshold} of {holders} holders is no threshold that is taken")]
    ThresholdOutOfRange {
        /// How many are needed.
        threshold: usize,
        /// How many there are.
        holders: usize,
    },
    /// A holder stands twice in a list.
    #[error("holder {0} stands twice")]
    HolderTwice(Uuid),
    /// Somebody who holds no share of this bid.
    #[error("{0} holds no share of this bid")]
    NotAHolder(Uuid),
    /// The holders of the envelope are not those of the tender.
    #[error("the envelope is sealed to other holders than the tender's")]
    OtherHolders,
    /// A share that is not the one that was sealed to this holder.
    #[error("the share of holder {0} is not the one that was sealed")]
    WrongShare(Uuid),
    /// Fewer shares than the threshold.
    #[error("{given} shares of the {needed} that are needed")]
    TooFewShares {
        /// How many are needed.
        needed: usize,
        /// How many there are.
        given: usize,
    },
    /// The commitment does not belong to the manifest, or the ciphertext not to the commitment.
    #[error("the envelope is not what its commitment says")]
    CommitmentDoesNotMatch,
    /// Sealed for another tender, lot, version of the documents or bidder.
    #[error("the envelope is sealed for something else")]
    OtherBinding,
    /// The random source or a library failed.
    #[error("sealing failed")]
    Failed,
}

impl SealingError {
    /// The reason as a code that never changes its meaning, for programs in other languages.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Malformed(_) => "MALFORMED",
            Self::KeyDoesNotFit => "KEY_DOES_NOT_FIT",
            Self::TooLarge { .. } => "TOO_LARGE",
            Self::ThresholdOutOfRange { .. } => "THRESHOLD_OUT_OF_RANGE",
            Self::HolderTwice(_) => "HOLDER_TWICE",
            Self::NotAHolder(_) => "NOT_A_HOLDER",
            Self::OtherHolders => "OTHER_HOLDERS",
            Self::WrongShare(_) => "WRONG_SHARE",
            Self::TooFewShares { .. } => "TOO_FEW_SHARES",
            Self::CommitmentDoesNotMatch => "COMMITMENT_DOES_NOT_MATCH",
            Self::OtherBinding => "OTHER_BINDING",
            Self::Failed => "SEALING_FAILED",
        }
    }
}
