//! A sealed bid: what can be known of it before the opening, as a state machine.
//!
//! ```text
//! Sealed ─replace→ Replaced          Sealed ─open→ Opened
//!   └─withdraw→ Withdrawn              └─fail→ Unopened ─open (late shares, reveal)→ Opened
//! any that counts ─final offers are asked for→ Negotiated
//! ```
//!
//! Until the deadline a bidder replaces and withdraws at will; after it nothing but the opening moves a bid
//! (政府采购货物和服务招标投标管理办法, 财政部令第87号, 第三十三条、第三十四条).

use super::consortium::ConsortiumAgreement;
use super::lot::{LotCaps, check_bid_cap};
use crate::ident::{BidId, EventId, LotId, OrganizationId, TenderId, UserId};
use crate::oversight::event::{Event, Visibility};
use crate::refusal::{Code, Fact, Refusal};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::json;

pub use super::bid_content::{BidContent, DeclaredPaper, PaperFile, RequirementAnswer};

/// The largest ciphertext taken, in MiB.
pub const CIPHERTEXT_MOST_MEBIBYTES: usize = 20;
/// The largest ciphertext taken, in bytes.
pub const CIPHERTEXT_MOST_BYTES: usize = CIPHERTEXT_MOST_MEBIBYTES * 1024 * 1024;

/// What a tender says about the bids that it takes, at one version of its documents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BidTerms {
    /// The tender.
    pub tender: TenderId,
    /// Its lots: an envelope names one of them.
    pub lots: Vec<LotId>,
    /// How many of them one supplier may bid for.
    pub caps: LotCaps,
    /// Whether these are final offers: only for a lot for which the bidder was negotiated with.
    pub is_final: bool,
    /// Who buys; it can't bid.
    pub buyer: OrganizationId,
    /// The version of the documents.
    pub document_version: u32,
    /// The last instant at which bids are taken.
    pub deadline_at: DateTime<Utc>,
    /// Who may bid; everybody where nobody is named.
    pub invited: Vec<OrganizationId>,
    /// Whether a bid that is in stands and can't be replaced.
    pub is_once_for_all: bool,
}

impl BidTerms {
    /// Refuses a bidder that is not asked.
    ///
    /// # Errors
    /// `NOT_INVITED`.
    pub fn check_invited(&self, bidder: OrganizationId) -> Result<(), Refusal> {
        if self.invited.is_empty() || self.invited.contains(&bidder) { Ok(()) } else { Err(Refusal::new(Code::NotInvited)) }
    }

    /// Refuses what comes after the deadline.
    ///
    /// # Errors
    /// `BID_LATE`.
    pub fn check_in_time(&self, now: DateTime<Utc>) -> Result<(), Refusal> {
        if now <= self.deadline_at {
            return Ok(());
        }
        Err(Refusal::new(Code::BidLate).with("deadline", self.deadline_at).with("now", now))
    }
}

/// What the envelope says about itself, all of it checked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sealing {
    /// SHA-256 over the whole, in hexadecimal.
    pub commitment: String,
    /// The version of the documents for which it was sealed.
    pub document_version: u32,
    /// The size of the ciphertext.
    pub ciphertext_bytes: i64,
}

/// That a bid stands although the documents have changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BidConfirmation {
    /// The version of the documents that the bidder has read.
    pub document_version: u32,
    /// Who said so.
    pub by: UserId,
    /// When.
    pub at: DateTime<Utc>,
}

/// Why a bid could not be opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OpeningFault {
    /// Fewer shares could be unsealed than are needed.
    TooFewShares,
    /// The shares rebuild no key that fits, or the envelope is not what it was committed to.
    EnvelopeBroken,
    /// What came out is no bid that can be read.
    ContentUnreadable,
}

impl OpeningFault {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::TooFewShares, Self::EnvelopeBroken, Self::ContentUnreadable];

    /// The key of its words.
    pub const fn text_key(self) -> &'static str {
        match self {
            Self::TooFewShares => "opening-fault-too-few-shares",
            Self::EnvelopeBroken => "opening-fault-envelope-broken",
            Self::ContentUnreadable => "opening-fault-content-unreadable",
        }
    }
}

/// In what state a bid is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum BidState {
    /// In, sealed.
    Sealed,
    /// Another bid of the same bidder has taken its place.
    Replaced {
        /// Which.
        by: BidId,
        /// When.
        at: DateTime<Utc>,
    },
    /// Taken back by its bidder.
    Withdrawn {
        /// By whom.
        by: UserId,
        /// When.
        at: DateTime<Utc>,
    },
    /// Opened.
    Opened {
        /// When.
        at: DateTime<Utc>,
        /// Whether its bidder had to reveal it with its own key.
        is_revealed: bool,
    },
    /// Present at the opening, but it could not be opened.
    Unopened {
        /// When that was found.
        at: DateTime<Utc>,
        /// Why.
        fault: OpeningFault,
    },
    /// The first response of a bidder that was negotiated with: a final offer takes its place.
    Negotiated {
        /// When final offers were asked for.
        at: DateTime<Utc>,
    },
}

impl BidState {
    /// The names of all states, as the database lists them.
    pub const NAMES: [&'static str; 6] = ["sealed", "replaced", "withdrawn", "opened", "unopened", "negotiated"];

    /// The name of the state.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Sealed => "sealed",
            Self::Replaced { .. } => "replaced",
            Self::Withdrawn { .. } => "withdrawn",
            Self::Opened { .. } => "opened",
            Self::Unopened { .. } => "unopened",
            Self::Negotiated { .. } => "negotiated",
        }
    }

    /// The key of its words.
    pub fn text_key(&self) -> String {
        format!("bid-state-{}", self.name())
    }
}

/// A bid, without its content: that is sealed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bid {
    /// Its number.
    pub id: BidId,
    /// Counts its changes.
    pub version: i64,
    /// For which tender.
    pub tender: TenderId,
    /// For which lot.
    pub lot: LotId,
    /// Who bids; for a consortium, its lead.
    pub bidder: OrganizationId,
    /// The consortium for which it bids, with what its members had agreed; nothing for one that bids alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub consortium: Option<ConsortiumAgreement>,
    /// Who handed it in.
    pub submitted_by: UserId,
    /// When it was in, by the marketplace's clock.
    pub received_at: DateTime<Utc>,
    /// The event under which it stands in the audit log.
    pub receipt_event: EventId,
    /// What its envelope says about itself.
    pub sealing: Sealing,
    /// The bid that it replaced.
    pub replaces: Option<BidId>,
    /// That it stands for later versions of the documents.
    pub confirmations: Vec<BidConfirmation>,
    /// Its state.
    pub state: BidState,
}

/// Who hands in which envelope under which numbers.
#[derive(Clone, Debug)]
pub struct Submission {
    /// The number of the new bid.
    pub id: BidId,
    /// The number of its event.
    pub receipt_event: EventId,
    /// For which lot, as its envelope says.
    pub lot: LotId,
    /// For whom; for a consortium, its lead.
    pub bidder: OrganizationId,
    /// The consortium for which it bids.
    pub consortium: Option<ConsortiumAgreement>,
    /// By whom.
    pub by: UserId,
    /// The checked envelope.
    pub sealing: Sealing,
    /// For how many other lots those who bid by it bid already, alone or in a consortium: of whoever bids for most.
    pub other_lots: usize,
    /// What the bidder has handed in for this tender before, whatever became of it, for all lots.
    pub own: Vec<Bid>,
}

impl Bid {
    /// Takes in a bid. The bidder's live bid for the same lot must be named by `replaces`, to take its place.
    ///
    /// # Errors
    /// `BID_LATE`, `NOT_INVITED`, `OFFER_STANDS`, `BID_ALREADY_IN`, `BID_FOR_OLD_DOCUMENTS`, `LOT_CAP_REACHED`,
    /// `BID_FOR_SOMETHING_ELSE` for a lot that is none of the tender's, `NOT_ALLOWED` for the buyer itself.
    pub fn submit(
        submission: Submission,
        terms: &BidTerms,
        replaces: Option<BidId>,
        now: DateTime<Utc>,
    ) -> Result<Submitted, Refusal> {
        terms.check_in_time(now)?;
        if submission.bidder == terms.buyer {
            return Err(Refusal::new(Code::NotAllowed));
        }
        terms.check_invited(submission.bidder)?;
        if !terms.lots.contains(&submission.lot) {
            return Err(Refusal::at(Code::BidForSomethingElse, "manifest"));
        }
        let own: Vec<Self> = submission.own.iter().filter(|bid| bid.lot == submission.lot).cloned().collect();
        if terms.is_once_for_all && !own.is_empty() {
            return Err(Refusal::new(Code::OfferStands));
        }
        if terms.is_final && !own.iter().any(|bid| matches!(bid.state, BidState::Negotiated { .. })) {
            return Err(Refusal::new(Code::NotInvited));
        }
        check_bid_cap(terms.caps, submission.other_lots)?;
        if submission.sealing.document_version != terms.document_version {
            let refusal = Refusal::at(Code::BidForOldDocuments, "manifest");
            return Err(refusal
                .with("sealed", i64::from(submission.sealing.document_version))
                .with("current", i64::from(terms.document_version)));
        }
        let earlier = match own.into_iter().find(Self::is_live) {
            Some(present) if replaces != Some(present.id) => {
                return Err(Refusal::at(Code::BidAlreadyIn, "replaces").with("received", present.received_at));
            }
            present => present.map(|present| present.replaced_by(submission.id, now)),
        };
        let bid = Self {
            id: submission.id,
            version: 1,
            tender: terms.tender,
            lot: submission.lot,
            bidder: submission.bidder,
            consortium: submission.consortium,
            submitted_by: submission.by,
            received_at: now,
            receipt_event: submission.receipt_event,
            sealing: submission.sealing,
            replaces,
            confirmations: Vec::new(),
            state: BidState::Sealed,
        };
        let content = json!({
            "tender_id": bid.tender, "lot_id": bid.lot, "bid_id": bid.id, "bidder_id": bid.bidder, "commitment": bid.sealing.commitment,
            "received_at": bid.received_at, "replaces": bid.replaces,
            "consortium_id": bid.consortium.as_ref().map(|agreement| agreement.consortium),
        });
        let event = bid.event("bid.submitted", &content);
        Ok(Submitted { bid, replaced: earlier, event })
    }

    fn replaced_by(self, by: BidId, at: DateTime<Utc>) -> Self {
        Self { version: self.version + 1, state: BidState::Replaced { by, at }, ..self }
    }

    /// Takes the bid back.
    ///
    /// # Errors
    /// `BID_LATE`, `BID_WITHDRAWN`, `WRONG_STATE`.
    pub fn withdraw(self, terms: &BidTerms, by: UserId, now: DateTime<Utc>) -> Result<(Self, Event), Refusal> {
        self.check_sealed()?;
        terms.check_in_time(now)?;
        let bid = Self { version: self.version + 1, state: BidState::Withdrawn { by, at: now }, ..self };
        let event = bid.event("bid.withdrawn", &json!({ "by": by }));
        Ok((bid, event))
    }

    /// Says that the bid stands although the documents have changed. Its envelope keeps its binding.
    ///
    /// # Errors
    /// `BID_LATE`, `BID_WITHDRAWN`, `WRONG_STATE`, `BID_NOT_STALE`.
    pub fn confirm(self, terms: &BidTerms, by: UserId, now: DateTime<Utc>) -> Result<(Self, Event), Refusal> {
        self.check_sealed()?;
        terms.check_in_time(now)?;
        if !self.is_stale(terms.document_version) {
            return Err(Refusal::new(Code::BidNotStale));
        }
        let confirmation = BidConfirmation { document_version: terms.document_version, by, at: now };
        let mut bid = Self { version: self.version + 1, ..self };
        let event = bid.event("bid.confirmed", &confirmation);
        bid.confirmations.push(confirmation);
        Ok((bid, event))
    }

    /// Records how its opening ended. The content goes into [`super::opening::OpenedBid`].
    ///
    /// # Errors
    /// `BID_WITHDRAWN`, `WRONG_STATE` for a bid that is open already or was replaced.
    pub fn settle(self, outcome: Result<bool, OpeningFault>, now: DateTime<Utc>) -> Result<Self, Refusal> {
        if !matches!(self.state, BidState::Unopened { .. }) {
            self.check_sealed()?;
        }
        let state = match outcome {
            Ok(is_revealed) => BidState::Opened { at: now, is_revealed },
            Err(fault) => BidState::Unopened { at: now, fault },
        };
        Ok(Self { version: self.version + 1, state, ..self })
    }

    /// Gives way to a final offer.
    ///
    /// # Errors
    /// `WRONG_STATE` for one that counts no more.
    pub fn negotiated(self, now: DateTime<Utc>) -> Result<Self, Refusal> {
        if !self.is_live() {
            return Err(Refusal::new(Code::WrongState).with("state", Fact::word(self.state.text_key())));
        }
        Ok(Self { version: self.version + 1, state: BidState::Negotiated { at: now }, ..self })
    }

    /// Whether the documents have changed since it was sealed or last confirmed.
    pub fn is_stale(&self, document_version: u32) -> bool {
        let confirmed = self.confirmations.iter().map(|confirmation| confirmation.document_version).max();
        confirmed.unwrap_or(0).max(self.sealing.document_version) < document_version
    }

    /// Whether it is the one that counts for its bidder.
    pub fn is_live(&self) -> bool {
        !matches!(self.state, BidState::Replaced { .. } | BidState::Withdrawn { .. } | BidState::Negotiated { .. })
    }

    /// Refuses whatever needs a sealed bid when it is none.
    ///
    /// # Errors
    /// `BID_WITHDRAWN`, `WRONG_STATE`.
    pub fn check_sealed(&self) -> Result<(), Refusal> {
        match &self.state {
            BidState::Sealed => Ok(()),
            BidState::Withdrawn { at, .. } => Err(Refusal::new(Code::BidWithdrawn).with("at", *at)),
            state => Err(Refusal::new(Code::WrongState).with("state", Fact::word(state.text_key()))),
        }
    }

    /// Every organization that bids by it: the bidder, and the others of its consortium.
    pub fn parties(&self) -> Vec<OrganizationId> {
        self.consortium.as_ref().map_or_else(|| vec![self.bidder], |agreement| agreement.organizations().collect())
    }

    /// An event that only those who bid may read: before the opening nobody else learns even that there is a bid.
    fn event(&self, name: &str, content: &impl Serialize) -> Event {
        let visibility = if self.consortium.is_some() { Visibility::Parties } else { Visibility::Own };
        let others = self.parties().into_iter().filter(|party| *party != self.bidder).map(|party| party.0);
        Event::new(name, BidId::KIND, self.id.0, visibility, content).with_parties(others)
    }
}

/// A bid that has come in.
#[derive(Clone, Debug)]
pub struct Submitted {
    /// The bid.
    pub bid: Bid,
    /// The one whose place it took.
    pub replaced: Option<Bid>,
    /// What happened, to be recorded under the bid's `receipt_event`.
    pub event: Event,
}
