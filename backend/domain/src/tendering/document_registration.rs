//! A supplier's registration for a tender's documents (获取采购文件登记): from then on it is told of every change and answer.
//!
//! The documents are public to read; registering is what the law calls getting them, and they are on offer from the notice
//! to the deadline. Who has registered, and how many, nobody but the supplier learns before bids are open: names and number
//! of those who got the documents are no matter of other bidders (政府采购货物和服务招标投标管理办法, 财政部令第87号, 第二十八条).

use super::tender::{Tender, TenderStateName};
use crate::ident::{DocumentRegistrationId, OrganizationId, TenderId, UserId};
use crate::identity::actor::Person;
use crate::oversight::event::{Event, Visibility};
use crate::refusal::{Code, Refusal};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::json;

/// A supplier's registration.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentRegistration {
    /// Its number.
    pub id: DocumentRegistrationId,
    /// Counts its changes.
    pub version: i64,
    /// For which tender.
    pub tender: TenderId,
    /// Who has registered.
    pub supplier: OrganizationId,
    /// By whom.
    pub registered_by: UserId,
    /// When.
    pub registered_at: DateTime<Utc>,
    /// The version of the documents that the supplier has read last.
    pub read_version: u32,
    /// Until when it has read answers.
    pub read_at: DateTime<Utc>,
}

impl DocumentRegistration {
    /// Registers while the documents are on offer. That a supplier registers once only, the store sees to.
    ///
    /// # Errors
    /// `WRONG_STATE`, `DEADLINE_PASSED`, `NOT_INVITED`, `NOT_ALLOWED` for the buyer itself.
    pub fn register(id: DocumentRegistrationId, tender: &Tender, by: &Person, now: DateTime<Utc>) -> Result<(Self, Event), Refusal> {
        if tender.state.name() != TenderStateName::Published {
            return Err(tender.wrong_state());
        }
        let deadline = tender.deadline()?;
        if now > deadline {
            return Err(Refusal::new(Code::DeadlinePassed).with("deadline", deadline));
        }
        if by.organization == tender.buyer {
            return Err(Refusal::new(Code::NotAllowed));
        }
        if !tender.invited.is_empty() && !tender.invited.contains(&by.organization) {
            return Err(Refusal::new(Code::NotInvited));
        }
        let registration = Self {
            id,
            version: 1,
            tender: tender.id,
            supplier: by.organization,
            registered_by: by.user,
            registered_at: now,
            read_version: tender.document_version,
            read_at: now,
        };
        let event = registration.event("documents.registered", &json!({ "tender_id": tender.id, "document_version": tender.document_version }));
        Ok((registration, event))
    }

    /// The supplier has read the documents and answers as they stand.
    pub fn read(self, document_version: u32, now: DateTime<Utc>) -> (Self, Event) {
        let read = Self { read_version: document_version, read_at: now, ..self };
        let event = read.event("documents.read", &json!({ "document_version": document_version }));
        (read, event)
    }

    /// Whether there is something that its supplier has not read: a change, or an answer.
    pub fn has_news(&self, document_version: u32, answered_at: Option<DateTime<Utc>>) -> bool {
        self.read_version < document_version || answered_at.is_some_and(|at| at > self.read_at)
    }

    /// An event that only the supplier reads.
    fn event(&self, name: &str, content: &impl Serialize) -> Event {
        Event::new(name, DocumentRegistrationId::KIND, self.id.0, Visibility::Own, content)
    }
}

#[cfg(test)]
#[path = "document_registration_tests.rs"]
mod tests;
