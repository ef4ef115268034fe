//! Where a tender stands, with what each state carries.

use crate::ident::UserId;
use crate::language::LocalText;
use crate::oversight::policy_pack::Rules;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// The notice and the law that governs it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Publication {
    /// When.
    pub published_at: DateTime<Utc>,
    /// By whom.
    pub published_by: UserId,
    /// Who approved it: another person.
    pub approved_by: UserId,
    /// The law of the day of the notice, which holds to the end.
    pub rules: Rules,
}

/// Where a tender stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "name", rename_all = "snake_case")]
pub enum TenderState {
    /// The officer writes.
    Draft {
        /// Why the approver sent it back, if so.
        returned: Option<String>,
        /// Who has written it, besides who began it.
        #[serde(default)]
        writers: Vec<UserId>,
    },
    /// Handed in for approval.
    Submitted {
        /// By whom.
        by: UserId,
        /// Who has written it, besides who began it.
        #[serde(default)]
        writers: Vec<UserId>,
    },
    /// Approved; not public yet.
    Approved {
        /// By whom.
        by: UserId,
    },
    /// The notice is public; bids are taken until the deadline.
    Published(Publication),
    /// Bids are open.
    Opened(Publication),
    /// It is known who qualifies.
    Qualified(Publication),
    /// The panel scores.
    InEvaluation(Publication),
    /// The panel has reported.
    Reported(Publication),
    /// The buyer has confirmed the award.
    AwardConfirmed(Publication),
    /// The award is public.
    Awarded(Publication),
    /// Both sides have signed.
    Contracted(Publication),
    /// Too few competitors (废标).
    Failed {
        /// The notice.
        publication: Publication,
        /// Why.
        reason: LocalText,
    },
    /// Called off by the buyer.
    Cancelled {
        /// The notice.
        publication: Publication,
        /// Why.
        reason: LocalText,
    },
}

macro_rules! states {
    ($($(#[$meta:meta])* $name:ident = $key:literal),* $(,)?) => {
        /// The state of a tender without what it carries: for lists and filters.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum TenderStateName { $($(#[$meta])* $name),* }

        impl TenderStateName {
            /// All of them, in the order of a tender's life.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The name in the database.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $key),* }
            }

            /// The key of its text.
            pub fn text_key(self) -> String {
                format!("tender-state-{}", self.as_str().replace('_', "-"))
            }
        }
    };
}
states! {
    /// The officer writes.
    Draft = "draft",
    /// Handed in for approval.
    Submitted = "submitted",
    /// Approved; not public yet.
    Approved = "approved",
    /// The notice is public; bids are taken until the deadline.
    Published = "published",
    /// Bids are open.
    Opened = "opened",
    /// It is known who qualifies.
    Qualified = "qualified",
    /// The panel scores.
    InEvaluation = "in_evaluation",
    /// The panel has reported.
    Reported = "reported",
    /// The buyer has confirmed the award.
    AwardConfirmed = "award_confirmed",
    /// The award is public.
    Awarded = "awarded",
    /// Both sides have signed.
    Contracted = "contracted",
    /// Too few competitors (废标).
    Failed = "failed",
    /// Called off by the buyer.
    Cancelled = "cancelled",
}

impl TenderState {
    /// Its name.
    pub const fn name(&self) -> TenderStateName {
        match self {
            Self::Draft { .. } => TenderStateName::Draft,
            Self::Submitted { .. } => TenderStateName::Submitted,
            Self::Approved { .. } => TenderStateName::Approved,
            Self::Published(_) => TenderStateName::Published,
            Self::Opened(_) => TenderStateName::Opened,
            Self::Qualified(_) => TenderStateName::Qualified,
            Self::InEvaluation(_) => TenderStateName::InEvaluation,
            Self::Reported(_) => TenderStateName::Reported,
            Self::AwardConfirmed(_) => TenderStateName::AwardConfirmed,
            Self::Awarded(_) => TenderStateName::Awarded,
            Self::Contracted(_) => TenderStateName::Contracted,
            Self::Failed { .. } => TenderStateName::Failed,
            Self::Cancelled { .. } => TenderStateName::Cancelled,
        }
    }

    /// The notice, once there is one.
    pub const fn publication(&self) -> Option<&Publication> {
        match self {
            Self::Draft { .. } | Self::Submitted { .. } | Self::Approved { .. } => None,
            Self::Published(publication) | Self::Opened(publication) | Self::Qualified(publication)
            | Self::InEvaluation(publication) | Self::Reported(publication) | Self::AwardConfirmed(publication)
            | Self::Awarded(publication) | Self::Contracted(publication)
            | Self::Failed { publication, .. } | Self::Cancelled { publication, .. } => Some(publication),
        }
    }
}
