//! A mandate (委托代理协议): a buyer entrusts an agency (采购代理机构) with one of its tenders, and says what the agency may do
//! (政府采购法第十八条至第二十条). To approve the draft and to confirm the award stays with the buyer, whatever it says.
//!
//! ```text
//! none ─propose→ Proposed ─accept→ Accepted
//!                   └───────end────────┴──→ none, kept among those that ended
//! ```

use super::tender::{Moved, REASON_MOST_CHARS, Tender, TenderStateName};
use crate::ident::{OrganizationId, UserId};
use crate::identity::organization::{Organization, OrganizationKind};
use crate::identity::permission::{Agent, MandatePower, Scope};
use crate::oversight::event::Visibility;
use crate::refusal::{Code, Refusal, Refusals, check_text};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::json;

/// The rule.
pub const SOURCE: &str = "政府采购法第二十条";
/// The most mandates that a tender can have had.
pub const ENDED_MOST: usize = 20;

/// Where a mandate stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "name", rename_all = "snake_case")]
pub enum MandateState {
    /// The agency has not answered. It may read the tender, and nothing else.
    Proposed,
    /// The agency has accepted.
    Accepted {
        /// Who accepted for it.
        by: UserId,
        /// When.
        at: DateTime<Utc>,
    },
}

/// A mandate for a tender.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mandate {
    /// The agency.
    pub agency: OrganizationId,
    /// What it may do.
    pub powers: Vec<MandatePower>,
    /// Who proposed it for the buyer.
    pub proposed_by: UserId,
    /// When.
    pub proposed_at: DateTime<Utc>,
    /// Where it stands.
    pub state: MandateState,
}

/// A mandate that has ended, or was never accepted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EndedMandate {
    /// As it stood.
    pub mandate: Mandate,
    /// Who ended it.
    pub by: UserId,
    /// For which of the two.
    pub organization: OrganizationId,
    /// When.
    pub at: DateTime<Utc>,
    /// Why.
    pub reason: String,
}

impl Mandate {
    /// Whether the agency has accepted.
    pub const fn is_accepted(&self) -> bool {
        matches!(self.state, MandateState::Accepted { .. })
    }
}

impl Tender {
    /// The tender as the subject of an action: its buyer's, with its agency as far as that is entrusted.
    pub fn scope(&self) -> Scope {
        let scope = Scope::owned_by(self.buyer);
        match &self.mandate {
            None => scope,
            Some(mandate) => {
                let powers = if mandate.is_accepted() { mandate.powers.clone() } else { Vec::new() };
                scope.with_party(mandate.agency).with_agent(Agent { organization: mandate.agency, powers })
            }
        }
    }

    /// The buyer, and every agency that acts for it or has acted for it on this tender.
    pub fn sides(&self) -> Vec<OrganizationId> {
        let ended = self.ended_mandates.iter().map(|ended| &ended.mandate);
        let agencies = self.mandate.iter().chain(ended).map(|mandate| mandate.agency);
        std::iter::once(self.buyer).chain(agencies).collect()
    }

    /// The agency that acts for the buyer, once it has accepted.
    pub fn agency(&self) -> Option<OrganizationId> {
        self.mandate.as_ref().filter(|mandate| mandate.is_accepted()).map(|mandate| mandate.agency)
    }

    /// Proposes to entrust an agency with the tender.
    ///
    /// # Errors
    /// `NOT_AN_AGENCY` at `agencyCode`, `REQUIRED` at `powers`, `MANDATE_STANDS` while another one is there, `OUT_OF_RANGE` after
    /// too many, `WRONG_STATE` once the tender has ended.
    pub fn propose_mandate(mut self, agency: &Organization, powers: &[MandatePower], by: UserId, now: DateTime<Utc>) -> Moved {
        if self.state.name().is_ended() || self.state.name() == TenderStateName::Contracted {
            return Err(self.wrong_state().into());
        }
        let mut faults = Refusals::default();
        if agency.kind != OrganizationKind::Agency {
            faults.push(Refusal::at(Code::NotAnAgency, "agencyCode"));
        }
        if powers.is_empty() {
            faults.push(Refusal::at(Code::Required, "powers"));
        }
        if self.mandate.is_some() {
            faults.push(Refusal::new(Code::MandateStands));
        }
        if self.ended_mandates.len() >= ENDED_MOST {
            faults.push(Refusal::at(Code::OutOfRange, "agencyCode").with("least", 0_i64).with("most", ENDED_MOST));
        }
        faults.into_result()?;
        let powers = MandatePower::ALL.into_iter().filter(|power| powers.contains(power)).collect();
        let mandate = Mandate { agency: agency.id, powers, proposed_by: by, proposed_at: now, state: MandateState::Proposed };
        let content = json!({ "agency": mandate.agency, "powers": mandate.powers, "by": by });
        self.mandate = Some(mandate);
        let event = self.event("tender.mandate_proposed", Visibility::Parties, &content);
        Ok((self, event))
    }

    /// The agency accepts.
    ///
    /// # Errors
    /// `NO_MANDATE` where none waits for it, `WRONG_STATE` once the tender has ended.
    pub fn accept_mandate(mut self, by: UserId, now: DateTime<Utc>) -> Moved {
        if self.state.name().is_ended() || self.state.name() == TenderStateName::Contracted {
            return Err(self.wrong_state().into());
        }
        let waiting = self.mandate.as_mut().filter(|mandate| mandate.state == MandateState::Proposed);
        let mandate = waiting.ok_or_else(|| Refusal::new(Code::NoMandate))?;
        mandate.state = MandateState::Accepted { by, at: now };
        let content = json!({ "buyer": self.buyer, "agency": mandate.agency, "powers": mandate.powers, "by": by });
        let event = self.event("tender.mandate_accepted", Visibility::Parties, &content);
        Ok((self, event))
    }

    /// Either side ends it, or takes it back, or declines it. What the agency has done stands.
    ///
    /// # Errors
    /// `NO_MANDATE`; `REQUIRED`, `TOO_LONG` at `reason`.
    pub fn end_mandate(mut self, reason: &str, (by, organization): (UserId, OrganizationId), now: DateTime<Utc>) -> Moved {
        let reason = check_text(reason, true, REASON_MOST_CHARS).map_err(|refusal| refusal.under("reason"))?;
        let content = json!({ "agency": self.mandate.as_ref().map(|mandate| mandate.agency), "by": by, "organization": organization, "reason": reason });
        // Told while both are still parties.
        let event = self.event("tender.mandate_ended", Visibility::Parties, &content);
        let mandate = self.mandate.take().ok_or_else(|| Refusal::new(Code::NoMandate))?;
        self.ended_mandates.push(EndedMandate { mandate, by, organization, at: now, reason });
        Ok((self, event))
    }
}

#[cfg(test)]
#[path = "mandate_tests.rs"]
mod tests;
