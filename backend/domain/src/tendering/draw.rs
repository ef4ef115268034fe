//! The draw of those who are asked for bids (政府采购法第三十四条: at random, at least three of those who qualify).
//!
//! Nobody can choose who is drawn after it is known who applied, and anybody can draw again and find the same. The seed is
//! chosen at random when the prequalification is announced, and its SHA-256 is public from then on. At the draw it is joined
//! with a value made of the applications that qualify, and the order of suppliers is that of
//!
//! ```text
//! SHA-256( seed ‖ mixed ‖ supplier )      mixed = SHA-256( application ‖ application ‖ … in the order of receipt )
//! ```
//!
//! All of them are text: seed and digests 64 hexadecimal digits, suppliers and applications their numbers (UUID) with
//! hyphens, all in lower case. So `printf %s … | sha256sum` is enough to check it. What this guards against, and against
//! whom it does not, stands in `docs/draw.md`.

use super::procedure::Announcement;
use super::tender::{Tender, TenderState, TenderStateName};
use crate::ident::{ApplicationId, OrganizationId, TenderId, UserId};
use crate::oversight::event::{Event, Visibility};
use crate::refusal::{Code, Refusal};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::json;
use sha2::{Digest as _, Sha256};
use std::fmt::Write as _;

/// A supplier that may be drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Candidate {
    /// Its application.
    pub application: ApplicationId,
    /// The supplier.
    pub supplier: OrganizationId,
}

/// A candidate after the draw.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ticket {
    /// Who.
    pub candidate: Candidate,
    /// The digest by which candidates are ordered, 64 hexadecimal digits.
    pub order: String,
    /// Whether it is among those who are asked.
    pub is_drawn: bool,
}

/// What a draw came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Drawn {
    /// The value that the applications add to the seed, 64 hexadecimal digits.
    pub mixed: String,
    /// How many the notice asks for; fewer are drawn where fewer qualify.
    pub count: usize,
    /// The applications of those who qualify, in the order in which they came in.
    pub received: Vec<ApplicationId>,
    /// All who qualify, in the order of the draw.
    pub tickets: Vec<Ticket>,
}

/// The digest under which a seed is promised: of its hexadecimal text.
pub fn commitment(seed: &str) -> String {
    digest(&[seed])
}

/// Draws `count` of the candidates, which stand in the order in which their applications came in.
pub fn draw(seed: &str, candidates: &[Candidate], count: usize) -> Drawn {
    let mixed = candidates.iter().fold(Sha256::new(), |sum, one| sum.chain_update(one.application.to_string()));
    let mixed = hex(&mixed.finalize());
    let order = |candidate: &Candidate| digest(&[seed, &mixed, &candidate.supplier.to_string()]);
    let mut tickets: Vec<Ticket> =
        candidates.iter().map(|candidate| Ticket { candidate: *candidate, order: order(candidate), is_drawn: false }).collect();
    tickets.sort_by(|left, right| left.order.cmp(&right.order));
    for ticket in tickets.iter_mut().take(count) {
        ticket.is_drawn = true;
    }
    let received = candidates.iter().map(|candidate| candidate.application).collect();
    Drawn { mixed, count, received, tickets }
}

fn digest(parts: &[&str]) -> String {
    let sum = parts.iter().fold(Sha256::new(), Sha256::chain_update);
    hex(&sum.finalize())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a text can't fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// When the buyer judged who qualifies.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Judged {
    /// Who judged.
    pub by: UserId,
    /// When.
    pub at: DateTime<Utc>,
    /// How many applications there were.
    pub applications: usize,
    /// How many of them qualify.
    pub qualified: usize,
}

/// The draw of one tender, from the promise of its seed to its result.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvitationDraw {
    /// For which tender.
    pub tender: TenderId,
    /// Counts its changes.
    pub version: i64,
    /// The seed, 64 hexadecimal digits; nobody is told before the draw.
    pub seed: String,
    /// When it was chosen and promised.
    pub committed_at: DateTime<Utc>,
    /// That it is known who qualifies.
    pub judged: Option<Judged>,
    /// What it came to, and when.
    pub drawn: Option<(Drawn, DateTime<Utc>)>,
}

/// Whether a tender draws those whom it asks.
pub fn is_drawn_for(tender: &Tender) -> bool {
    tender.procedure().course().announcement == Announcement::Prequalification
}

/// Whether everybody may read who was drawn: bidders are hidden from each other until their bids are open.
pub fn is_public(tender: &Tender) -> bool {
    let is_opened = |name: TenderStateName| {
        use TenderStateName::{Announced, Approved, Cancelled, Draft, Published, Submitted};
        !matches!(name, Draft | Submitted | Approved | Announced | Published | Cancelled)
    };
    match &tender.state {
        TenderState::Suspended { before, .. } => is_opened(*before),
        TenderState::Failed { publication, .. } => publication.invited_at.is_some(),
        state => is_opened(state.name()),
    }
}

impl InvitationDraw {
    /// Promises a seed when the prequalification is announced; its digest is public at once.
    pub fn commit(tender: &Tender, seed: String, now: DateTime<Utc>) -> (Self, Event) {
        let made = Self { tender: tender.id, version: 1, seed, committed_at: now, judged: None, drawn: None };
        let event = made.event("draw.committed", Visibility::Public, &json!({ "commitment": made.commitment() }));
        (made, event)
    }

    /// The public digest of the seed.
    pub fn commitment(&self) -> String {
        commitment(&self.seed)
    }

    /// It is known who qualifies: from then on nothing can change the result.
    ///
    /// # Errors
    /// `CONFLICT` when that has been judged.
    pub fn judge(mut self, judged: Judged) -> Result<(Self, Event), Refusal> {
        if self.judged.is_some() {
            return Err(Refusal::new(Code::Conflict));
        }
        let content = json!({ "applications": judged.applications, "qualified": judged.qualified });
        let event = self.event("applications.judged", Visibility::Own, &content);
        self.judged = Some(judged);
        Ok((self, event))
    }

    /// Draws `count` of the candidates, which stand in the order in which their applications came in. `waiting` is how many
    /// applications nobody has judged.
    ///
    /// # Errors
    /// `APPLICATIONS_UNJUDGED`, `CONFLICT` when it has been drawn.
    pub fn draw(mut self, candidates: &[Candidate], count: usize, waiting: usize, now: DateTime<Utc>) -> Result<(Self, Drawn, Event), Refusal> {
        if self.judged.is_none() {
            return Err(Refusal::new(Code::ApplicationsUnjudged).with("count", waiting));
        }
        if self.drawn.is_some() {
            return Err(Refusal::new(Code::Conflict));
        }
        let drawn = draw(&self.seed, candidates, count);
        let event = self.event("draw.made", Visibility::Own, &json!({ "seed": self.seed, "mixed": drawn.mixed, "received": drawn.received, "tickets": drawn.tickets }));
        self.drawn = Some((drawn.clone(), now));
        Ok((self, drawn, event))
    }

    fn event(&self, name: &str, visibility: Visibility, content: &impl Serialize) -> Event {
        Event::new(name, TenderId::KIND, self.tender.0, visibility, content)
    }
}

#[cfg(test)]
#[path = "draw_tests.rs"]
mod tests;
