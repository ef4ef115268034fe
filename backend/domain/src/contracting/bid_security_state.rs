//! Where a bid security stands, and the facts of its life: whose word, when, why.

use crate::ident::UserId;
use crate::money::Money;
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// Finance's word that a security is there: the money has arrived, or the paper is good.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Acceptance {
    /// Who said so.
    pub by: UserId,
    /// When.
    pub at: DateTime<Utc>,
    /// The day on which a transfer was credited, by the bank's statement; nothing for papers.
    pub credited_on: Option<NaiveDate>,
}

/// Why a security is due back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReleaseCause {
    /// Its bidder took the bid back before the deadline (财政部令第87号第三十八条).
    BidWithdrawn,
    /// The deadline passed and its supplier had no bid in.
    NoBid,
    /// The tender failed or was called off.
    TenderEnded,
    /// Another was awarded (政府采购法实施条例第三十三条).
    NotAwarded,
    /// Its bidder has signed the contract (政府采购法实施条例第三十三条).
    ContractSigned,
}

impl ReleaseCause {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::BidWithdrawn, Self::NoBid, Self::TenderEnded, Self::NotAwarded, Self::ContractSigned];

    /// The key of its words.
    pub const fn text_key(self) -> &'static str {
        match self {
            Self::BidWithdrawn => "security-release-bid-withdrawn",
            Self::NoBid => "security-release-no-bid",
            Self::TenderEnded => "security-release-tender-ended",
            Self::NotAwarded => "security-release-not-awarded",
            Self::ContractSigned => "security-release-contract-signed",
        }
    }
}

/// That a security is due back: the time of return runs from here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Release {
    /// Why.
    pub cause: ReleaseCause,
    /// Since when.
    pub since: DateTime<Utc>,
}

/// For what a security may be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ForfeitureGround {
    /// The bid was revoked while it bound its bidder.
    BidRevoked,
    /// The winner refuses to sign the contract without a reason that holds.
    ContractRefused,
    /// False papers were shown to win.
    FalsePapers,
    /// The bidder colluded with the buyer, the agent or other bidders.
    Collusion,
}

impl ForfeitureGround {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::BidRevoked, Self::ContractRefused, Self::FalsePapers, Self::Collusion];

    /// The article that it rests on.
    pub const fn source(self) -> &'static str {
        match self {
            Self::BidRevoked => "财政部令第87号第二十三条",
            Self::ContractRefused => "政府采购法实施条例第七十二条",
            Self::FalsePapers | Self::Collusion => "政府采购法第七十七条",
        }
    }

    /// The key of its words.
    pub const fn text_key(self) -> &'static str {
        match self {
            Self::BidRevoked => "security-ground-bid-revoked",
            Self::ContractRefused => "security-ground-contract-refused",
            Self::FalsePapers => "security-ground-false-papers",
            Self::Collusion => "security-ground-collusion",
        }
    }
}

/// That a security should be kept, as one person proposes and another decides.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposal {
    /// For what.
    pub ground: ForfeitureGround,
    /// What happened.
    pub reason: String,
    /// Who proposes it.
    pub by: UserId,
    /// When.
    pub at: DateTime<Utc>,
}

/// Where a bid security stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "name", rename_all = "snake_case")]
pub enum SecurityState {
    /// Lodged; finance has not looked.
    Lodged,
    /// Finance says that the money did not arrive in full, or that the paper is not good.
    Refused {
        /// Why.
        reason: String,
        /// Who said so.
        by: UserId,
        /// When.
        at: DateTime<Utc>,
        /// What did arrive and goes back.
        arrived: Option<Money>,
    },
    /// The buyer has it.
    Held {
        /// Finance's word.
        acceptance: Acceptance,
    },
    /// The supplier need not lodge any: the buyer has nothing.
    Exempt {
        /// Finance's word.
        acceptance: Acceptance,
    },
    /// The buyer has it and owes it back.
    Released {
        /// Finance's word.
        acceptance: Acceptance,
        /// Why, since when.
        release: Release,
    },
    /// Somebody proposes to keep it; an approver decides.
    ForfeitureProposed {
        /// Finance's word.
        acceptance: Acceptance,
        /// That it was due back, if it was.
        release: Option<Release>,
        /// What is proposed.
        proposal: Proposal,
    },
    /// It went back.
    Returned {
        /// By whom.
        by: UserId,
        /// When.
        at: DateTime<Utc>,
        /// The payment's reference, or how the letter was handed back.
        reference: String,
        /// The money that went back; nothing for a letter.
        paid: Option<Money>,
        /// Since when it was due back; nothing for what arrived of a refused one.
        release: Option<Release>,
    },
    /// The buyer keeps it.
    Forfeited {
        /// What was proposed.
        proposal: Proposal,
        /// Who decided: another person.
        by: UserId,
        /// When.
        at: DateTime<Utc>,
    },
}

macro_rules! names {
    ($($(#[$meta:meta])* $name:ident = $key:literal),* $(,)?) => {
        /// The state of a security without what it carries: for lists and filters.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum SecurityStateName { $($(#[$meta])* $name),* }

        impl SecurityStateName {
            /// All of them, in the order of a security's life.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The name in the database.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $key),* }
            }

            /// The key of its text.
            pub fn text_key(self) -> String {
                format!("security-state-{}", self.as_str().replace('_', "-"))
            }
        }

        impl SecurityState {
            /// Its name.
            pub const fn name(&self) -> SecurityStateName {
                match self { $(Self::$name { .. } => SecurityStateName::$name),* }
            }
        }
    };
}
names! {
    /// Lodged; finance has not looked.
    Lodged = "lodged",
    /// Not accepted.
    Refused = "refused",
    /// The buyer has it.
    Held = "held",
    /// None need be lodged.
    Exempt = "exempt",
    /// Due back.
    Released = "released",
    /// Somebody proposes to keep it.
    ForfeitureProposed = "forfeiture_proposed",
    /// It went back.
    Returned = "returned",
    /// The buyer keeps it.
    Forfeited = "forfeited",
}

impl SecurityStateName {
    /// Whether it still stands for its bid: of these a supplier has one for a tender at most.
    pub const fn is_live(self) -> bool {
        matches!(self, Self::Lodged | Self::Held | Self::Exempt | Self::Released | Self::ForfeitureProposed)
    }
}
