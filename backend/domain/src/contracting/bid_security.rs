//! Bid security (投标保证金): what a bidder deposits so that its bid binds it, from lodging to return or forfeiture.
//!
//! ```text
//! Lodged ─accept→ Held ─(award, contract, end, withdrawal)→ Released ─return→ Returned
//!   │        └→ Exempt    └──────── propose ──────────┴→ ForfeitureProposed ─approve→ Forfeited
//!   └─refuse→ Refused ─return (what had arrived)→ Returned       └─reject→ as before
//! ```
//!
//! By transfer, a letter of guarantee or an exemption, never in cash (政府采购法实施条例第三十三条). Until the opening only
//! the supplier and the buyer's finance know of it: who has lodged one will bid.

use super::bid_security_means::{Means, REASON_MOST_CHARS, SecurityTerms, WORDS_MOST_CHARS};
use super::bid_security_state::{Acceptance, ForfeitureGround, Proposal, Release, ReleaseCause, SecurityState};
use crate::ident::{BidSecurityId, OrganizationId, TenderId, UserId};
use crate::identity::actor::Actor;
use crate::identity::role::Role;
use crate::money::Money;
use crate::oversight::event::{Event, Visibility};
use crate::refusal::{Code, Fact, Refusal, Refusals, check_text};
use crate::tendering::tender_state::TenderState;
use crate::text::ZONE;
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use serde_json::json;

/// A bid security.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BidSecurity {
    /// Its number.
    pub id: BidSecurityId,
    /// Counts its changes.
    pub version: i64,
    /// For which tender.
    pub tender: TenderId,
    /// Who buys: to whom it is lodged.
    pub buyer: OrganizationId,
    /// Who lodged it.
    pub supplier: OrganizationId,
    /// The sum that the notice asked.
    pub amount: Money,
    /// By what.
    pub means: Means,
    /// By whom.
    pub lodged_by: UserId,
    /// When.
    pub lodged_at: DateTime<Utc>,
    /// Where it stands.
    pub state: SecurityState,
}

/// Who lodges, under which number.
#[derive(Clone, Copy, Debug)]
pub struct Lodger {
    /// The number of the new security.
    pub id: BidSecurityId,
    /// For which supplier.
    pub supplier: OrganizationId,
    /// By whom.
    pub by: UserId,
}

/// A security after a move, and the event of the move.
pub type Moved = Result<(BidSecurity, Event), Refusal>;

impl BidSecurity {
    /// Lodges a security before the deadline.
    ///
    /// # Errors
    /// `DEADLINE_PASSED`, `NOT_ALLOWED` for the buyer itself, and all at once: `REQUIRED`, `TOO_LONG`, `HIDDEN_CHARACTERS`,
    /// `MALFORMED`, `DAY_IN_FUTURE`, `SECURITY_TOO_LOW`, `GUARANTEE_TOO_SHORT`.
    pub fn lodge(lodger: Lodger, terms: &SecurityTerms, means: Means, now: DateTime<Utc>) -> Result<(Self, Event), Refusals> {
        if now > terms.deadline_at {
            return Err(Refusal::new(Code::DeadlinePassed).with("deadline", terms.deadline_at).into());
        }
        if lodger.supplier == terms.buyer {
            return Err(Refusal::new(Code::NotAllowed).into());
        }
        let means = means.check(terms, now)?;
        let security = Self {
            id: lodger.id,
            version: 1,
            tender: terms.tender,
            buyer: terms.buyer,
            supplier: lodger.supplier,
            amount: terms.asked,
            means,
            lodged_by: lodger.by,
            lodged_at: now,
            state: SecurityState::Lodged,
        };
        let event = security.event("security.lodged", &json!({ "means": security.means.name() }));
        Ok((security, event))
    }

    /// Finance says that it is there: the money was credited in full on `credited_on`, or the paper is good.
    ///
    /// # Errors
    /// `WRONG_STATE`; `REQUIRED` and `DAY_IN_FUTURE` at `creditedOn` for a transfer; `SECURITY_TOO_LOW` and `GUARANTEE_TOO_SHORT` where
    /// the notice has been changed since.
    pub fn accept(self, terms: &SecurityTerms, credited_on: Option<NaiveDate>, by: UserId, now: DateTime<Utc>) -> Moved {
        let SecurityState::Lodged = self.state else { return Err(self.wrong_state()) };
        // A change of the notice may ask for more than was lodged.
        if terms.asked.amount_minor > self.amount.amount_minor {
            return Err(Refusal::new(Code::SecurityTooLow).with("asked", terms.asked));
        }
        let today = now.with_timezone(&ZONE).date_naive();
        let credited_on = match &self.means {
            Means::Transfer { .. } => {
                let day = credited_on.ok_or_else(|| Refusal::at(Code::Required, "creditedOn"))?;
                if day > today {
                    return Err(Refusal::at(Code::DayInFuture, "creditedOn").with("today", today));
                }
                Some(day)
            }
            Means::Guarantee { valid_until_on, .. } => {
                terms.check_validity(*valid_until_on)?;
                None
            }
            Means::Exemption { .. } => None,
        };
        let acceptance = Acceptance { by, at: now, credited_on };
        let is_exempt = matches!(self.means, Means::Exemption { .. });
        let state = if is_exempt { SecurityState::Exempt { acceptance } } else { SecurityState::Held { acceptance } };
        Ok(self.moved("security.accepted", state, &json!({ "credited_on": credited_on })))
    }

    /// Finance says that it is not there, or not good. `arrived` is what did arrive of a transfer, and goes back.
    ///
    /// # Errors
    /// `WRONG_STATE`; `REQUIRED`, `TOO_LONG`, `HIDDEN_CHARACTERS` at `reason`; `OUT_OF_RANGE` at `arrived`.
    pub fn refuse(self, reason: &str, arrived: Option<Money>, by: UserId, now: DateTime<Utc>) -> Moved {
        let SecurityState::Lodged = self.state else { return Err(self.wrong_state()) };
        let reason = check_text(reason, true, REASON_MOST_CHARS).map_err(|refusal| refusal.under("reason"))?;
        let arrived = arrived.filter(|money| money.amount_minor != 0);
        if let Some(money) = arrived {
            let is_transfer = matches!(self.means, Means::Transfer { .. });
            if !is_transfer || money.amount_minor < 0 || money.amount_minor > Money::MOST_MINOR || money.currency != self.amount.currency {
                let most = Money { amount_minor: if is_transfer { Money::MOST_MINOR } else { 0 }, currency: self.amount.currency };
                let none = Money { amount_minor: 0, ..most };
                return Err(Refusal::at(Code::OutOfRange, "arrived").with("least", none).with("most", most));
            }
        }
        let content = json!({ "reason": reason, "arrived": arrived });
        Ok(self.moved("security.refused", SecurityState::Refused { reason, by, at: now, arrived }, &content))
    }

    /// What has happened to bid, tender and contract makes it due back, or takes that back: a supplier that had withdrawn
    /// its bid bids again. Nothing where nothing follows.
    pub fn settle(self, release: Option<Release>) -> Option<(Self, Event)> {
        match (&self.state, release) {
            (SecurityState::Held { acceptance }, Some(release)) => {
                let state = SecurityState::Released { acceptance: acceptance.clone(), release };
                Some(self.moved("security.released", state, &release))
            }
            (SecurityState::Released { acceptance, release: before }, None) if before.cause == ReleaseCause::BidWithdrawn => {
                let state = SecurityState::Held { acceptance: acceptance.clone() };
                Some(self.moved("security.kept", state, &json!({})))
            }
            (SecurityState::ForfeitureProposed { acceptance, release: None, proposal }, Some(_)) => {
                let state = SecurityState::ForfeitureProposed { acceptance: acceptance.clone(), release, proposal: proposal.clone() };
                Some(self.moved("security.released", state, &release))
            }
            _ => None,
        }
    }

    /// Finance has sent it back: what is due back, or what had arrived of one that was refused.
    ///
    /// # Errors
    /// `SECURITY_NOT_DUE` while the buyer holds it, `WRONG_STATE`; `REQUIRED`, `TOO_LONG`, `HIDDEN_CHARACTERS` at `reference`.
    pub fn give_back(self, reference: &str, by: UserId, now: DateTime<Utc>) -> Moved {
        let (paid, release) = match &self.state {
            SecurityState::Released { release, .. } => (self.in_hand(), Some(*release)),
            SecurityState::Refused { arrived: Some(arrived), .. } => (Some(*arrived), None),
            SecurityState::Held { .. } => return Err(Refusal::new(Code::SecurityNotDue)),
            _ => return Err(self.wrong_state()),
        };
        let reference = check_text(reference, true, WORDS_MOST_CHARS).map_err(|refusal| refusal.under("reference"))?;
        let content = json!({ "reference": reference, "paid": paid });
        Ok(self.moved("security.returned", SecurityState::Returned { by, at: now, reference, paid, release }, &content))
    }

    /// Proposes to keep it.
    ///
    /// # Errors
    /// `WRONG_STATE` unless the buyer has it; `REQUIRED`, `TOO_LONG`, `HIDDEN_CHARACTERS` at `reason`.
    pub fn propose_forfeiture(self, ground: ForfeitureGround, reason: &str, by: UserId, now: DateTime<Utc>) -> Moved {
        let (acceptance, release) = match &self.state {
            SecurityState::Held { acceptance } => (acceptance.clone(), None),
            SecurityState::Released { acceptance, release } => (acceptance.clone(), Some(*release)),
            _ => return Err(self.wrong_state()),
        };
        let reason = check_text(reason, true, REASON_MOST_CHARS).map_err(|refusal| refusal.under("reason"))?;
        let proposal = Proposal { ground, reason, by, at: now };
        let content = json!({ "ground": ground, "reason": proposal.reason });
        Ok(self.moved("security.forfeiture_proposed", SecurityState::ForfeitureProposed { acceptance, release, proposal }, &content))
    }

    /// An approver decides on the proposal: never who made it.
    ///
    /// # Errors
    /// `WRONG_STATE`, `SAME_PERSON`.
    pub fn decide_forfeiture(self, is_approved: bool, by: UserId, now: DateTime<Utc>) -> Moved {
        let SecurityState::ForfeitureProposed { acceptance, release, proposal } = self.state.clone() else {
            return Err(self.wrong_state());
        };
        if proposal.by == by {
            return Err(Refusal::new(Code::SamePerson));
        }
        if is_approved {
            let content = json!({ "ground": proposal.ground, "reason": proposal.reason, "amount": self.amount });
            return Ok(self.moved("security.forfeited", SecurityState::Forfeited { proposal, by, at: now }, &content));
        }
        let state = match release {
            Some(release) => SecurityState::Released { acceptance, release },
            None => SecurityState::Held { acceptance },
        };
        Ok(self.moved("security.forfeiture_rejected", state, &json!({})))
    }

    /// The money of it that the buyer has in hand and has not earned.
    pub fn in_hand(&self) -> Option<Money> {
        let is_transfer = matches!(self.means, Means::Transfer { .. });
        match &self.state {
            SecurityState::Held { .. } | SecurityState::Released { .. } | SecurityState::ForfeitureProposed { .. } if is_transfer => {
                Some(self.amount)
            }
            SecurityState::Refused { arrived, .. } => *arrived,
            _ => None,
        }
    }

    /// Whether money or a letter waits to go back.
    pub const fn is_owed_back(&self) -> bool {
        matches!(self.state, SecurityState::Released { .. } | SecurityState::Refused { arrived: Some(_), .. })
    }

    /// Since when it waits to go back, and why where something has happened to the tender.
    pub const fn owed_since(&self) -> Option<DateTime<Utc>> {
        match &self.state {
            SecurityState::Released { release, .. } => Some(release.since),
            SecurityState::Refused { at, arrived: Some(_), .. } => Some(*at),
            _ => None,
        }
    }

    /// `WRONG_STATE`, with the state in the reader's words.
    fn wrong_state(&self) -> Refusal {
        Refusal::new(Code::WrongState).with("state", Fact::word(self.state.name().text_key()))
    }

    fn moved(self, name: &str, state: SecurityState, content: &impl Serialize) -> (Self, Event) {
        let moved = Self { state, ..self };
        let event = moved.event(name, content);
        (moved, event)
    }

    /// Its two sides read it, by its number, which the buyer's other people are not told before the opening; so the event
    /// names neither tender nor supplier.
    fn event(&self, name: &str, content: &impl Serialize) -> Event {
        Event::new(name, BidSecurityId::KIND, self.id.0, Visibility::Parties, content).with_parties([self.buyer.0, self.supplier.0])
    }
}

/// Whether somebody of the buyer may know of a security, as far as secrecy goes. Who has lodged one will bid: until bids
/// are open finance alone may know, and not where the same person has a hand in the purchase. A forfeiture that is decided
/// on is known to those who decide.
pub fn may_know(actor: &Actor, tender: &TenderState, security: &SecurityState) -> bool {
    let is_in_dispute = matches!(security, SecurityState::ForfeitureProposed { .. } | SecurityState::Forfeited { .. });
    tender.has_opened_bids() || is_in_dispute || keeps_secrets(actor)
}

/// Whether somebody is finance alone, without a hand in the purchase.
pub fn keeps_secrets(actor: &Actor) -> bool {
    let has_hand_in_it = [Role::Officer, Role::Approver, Role::KeyHolder, Role::Evaluator, Role::Supervisor];
    actor.has_role(Role::Finance) && !has_hand_in_it.iter().any(|role| actor.has_role(*role))
}

#[cfg(test)]
#[path = "bid_security_tests.rs"]
mod tests;
