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
    /// When suppliers were asked for bids, where that came after the first notice (prequalification, single source).
    #[serde(default)]
    pub invited_at: Option<DateTime<Utc>>,
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
    /// It is public that suppliers will be asked: they apply, or object.
    Announced(Publication),
    /// The notice is public; bids are taken until the deadline.
    Published(Publication),
    /// Bids are open.
    Opened(Publication),
    /// It is known who qualifies.
    Qualified(Publication),
    /// The panel talks with each supplier apart.
    Negotiating(Publication),
    /// Final offers are taken until their deadline.
    FinalOffers(Publication),
    /// Final offers are open.
    FinalOpened(Publication),
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
    /// Stopped for a while.
    Suspended {
        /// The notice.
        publication: Publication,
        /// Why.
        reason: LocalText,
        /// Where it stood.
        before: TenderStateName,
        /// Since when.
        suspended_at: DateTime<Utc>,
    },
}

macro_rules! states {
    ($($(#[$meta:meta])* $name:ident = $key:literal),* $(,)?) => {
        /// The state of a tender without what it carries: for lists and filters.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
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
    /// It is public that suppliers will be asked: they apply, or object.
    Announced = "announced",
    /// The notice is public; bids are taken until the deadline.
    Published = "published",
    /// Bids are open.
    Opened = "opened",
    /// It is known who qualifies.
    Qualified = "qualified",
    /// The panel talks with each supplier apart.
    Negotiating = "negotiating",
    /// Final offers are taken until their deadline.
    FinalOffers = "final_offers",
    /// Final offers are open.
    FinalOpened = "final_opened",
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
    /// Stopped for a while.
    Suspended = "suspended",
}

impl TenderState {
    /// Its name.
    pub const fn name(&self) -> TenderStateName {
        match self {
            Self::Draft { .. } => TenderStateName::Draft,
            Self::Submitted { .. } => TenderStateName::Submitted,
            Self::Approved { .. } => TenderStateName::Approved,
            Self::Announced(_) => TenderStateName::Announced,
            Self::Published(_) => TenderStateName::Published,
            Self::Opened(_) => TenderStateName::Opened,
            Self::Qualified(_) => TenderStateName::Qualified,
            Self::Negotiating(_) => TenderStateName::Negotiating,
            Self::FinalOffers(_) => TenderStateName::FinalOffers,
            Self::FinalOpened(_) => TenderStateName::FinalOpened,
            Self::InEvaluation(_) => TenderStateName::InEvaluation,
            Self::Reported(_) => TenderStateName::Reported,
            Self::AwardConfirmed(_) => TenderStateName::AwardConfirmed,
            Self::Awarded(_) => TenderStateName::Awarded,
            Self::Contracted(_) => TenderStateName::Contracted,
            Self::Failed { .. } => TenderStateName::Failed,
            Self::Cancelled { .. } => TenderStateName::Cancelled,
            Self::Suspended { .. } => TenderStateName::Suspended,
        }
    }

    /// The state of this name that carries the notice and nothing else; the other names have none.
    pub fn carrying(name: TenderStateName, publication: Publication) -> Option<Self> {
        let state = match name {
            TenderStateName::Announced => Self::Announced(publication),
            TenderStateName::Published => Self::Published(publication),
            TenderStateName::Opened => Self::Opened(publication),
            TenderStateName::Qualified => Self::Qualified(publication),
            TenderStateName::Negotiating => Self::Negotiating(publication),
            TenderStateName::FinalOffers => Self::FinalOffers(publication),
            TenderStateName::FinalOpened => Self::FinalOpened(publication),
            TenderStateName::InEvaluation => Self::InEvaluation(publication),
            TenderStateName::Reported => Self::Reported(publication),
            TenderStateName::AwardConfirmed => Self::AwardConfirmed(publication),
            TenderStateName::Awarded => Self::Awarded(publication),
            TenderStateName::Contracted => Self::Contracted(publication),
            TenderStateName::Draft | TenderStateName::Submitted | TenderStateName::Approved | TenderStateName::Failed
            | TenderStateName::Cancelled | TenderStateName::Suspended => return None,
        };
        Some(state)
    }

    /// Whether bids have been opened and the tender stands: who has bid is no secret from the buyer's people any more. One
    /// that ended is not among them: its bids may never have been opened, and who would have bid may bid again.
    pub const fn has_opened_bids(&self) -> bool {
        match self {
            Self::Suspended { before, .. } => before.has_opened_bids(),
            state => state.name().has_opened_bids(),
        }
    }

    /// Where it stands, or stood when it was stopped.
    pub const fn stood(&self) -> TenderStateName {
        match self {
            Self::Suspended { before, .. } => *before,
            _ => self.name(),
        }
    }

    /// The notice, once there is one.
    pub const fn publication(&self) -> Option<&Publication> {
        match self {
            Self::Draft { .. } | Self::Submitted { .. } | Self::Approved { .. } => None,
            Self::Announced(publication) | Self::Published(publication) | Self::Opened(publication)
            | Self::Qualified(publication) | Self::Negotiating(publication) | Self::FinalOffers(publication)
            | Self::FinalOpened(publication) | Self::InEvaluation(publication) | Self::Reported(publication)
            | Self::AwardConfirmed(publication) | Self::Awarded(publication) | Self::Contracted(publication)
            | Self::Failed { publication, .. } | Self::Cancelled { publication, .. }
            | Self::Suspended { publication, .. } => Some(publication),
        }
    }
}

impl TenderStateName {
    /// Whether bids have been opened in it or before it, and the tender stands.
    pub const fn has_opened_bids(self) -> bool {
        matches!(
            self,
            Self::Opened | Self::Qualified | Self::Negotiating | Self::FinalOffers | Self::FinalOpened | Self::InEvaluation
                | Self::Reported | Self::AwardConfirmed | Self::Awarded | Self::Contracted
        )
    }

    /// Whether bids, first or final, are taken in it.
    pub const fn takes_bids(self) -> bool {
        matches!(self, Self::Published | Self::FinalOffers)
    }

    /// Whether bids, first or final, have just been opened in it, so that what could not be opened still may be.
    pub const fn is_opened(self) -> bool {
        matches!(self, Self::Opened | Self::FinalOpened)
    }

    /// Whether only the buyer's people know of the tender.
    pub const fn is_before_notice(self) -> bool {
        matches!(self, Self::Draft | Self::Submitted | Self::Approved)
    }

    /// Whether it has ended without a contract.
    pub const fn is_ended(self) -> bool {
        matches!(self, Self::Failed | Self::Cancelled)
    }
}
