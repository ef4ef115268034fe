//! What tenders want of suppliers: those that bid, are drawn, negotiated with, or have registered for the documents.

use super::task::{Reader, Task, TaskKind, about};
use crate::ident::OrganizationId;
use crate::identity::permission::Scope;
use crate::tendering::bid::Bid;
use crate::tendering::consortium::{Consortium, ConsortiumState};
use crate::tendering::document_registration::DocumentRegistration;
use crate::tendering::tender::{Tender, TenderState};

impl Reader<'_> {
    /// What a tender wants of a bidder: its word that the bid stands.
    pub fn of_bid(&self, tender: &Tender, bid: &Bid) -> Option<Task> {
        let deadline = tender.content.deadline_at.filter(|deadline| *deadline > self.now)?;
        let is_open = matches!(tender.state, TenderState::Published(_)) && bid.check_sealed().is_ok();
        let is_own = self.actor.organization() == Some(bid.bidder);
        let wants = is_open && is_own && bid.is_stale(tender.document_version);
        wants.then(|| self.task(TaskKind::ConfirmBid, &Scope::market(), Some(deadline), about(tender, Some(tender.buyer)))).flatten()
    }

    /// What a consortium wants of one of its members: its answer, or, once all have agreed, the lead's bid.
    pub fn of_consortium(&self, tender: &Tender, consortium: &Consortium, has_bid: bool) -> Option<Task> {
        let deadline = tender.content.deadline_at.filter(|deadline| *deadline > self.now)?;
        let own = self.actor.organization().filter(|_| matches!(tender.state, TenderState::Published(_)))?;
        let is_asked = consortium.members.iter().any(|member| member.organization == own && !member.has_agreed());
        let scope = consortium.organizations().fold(Scope::market(), Scope::with_party);
        let kind = match consortium.state {
            ConsortiumState::Proposed if is_asked => TaskKind::AnswerConsortium,
            ConsortiumState::Standing { .. } if consortium.lead() == Some(own) && !has_bid => TaskKind::BidForConsortium,
            _ => return None,
        };
        self.task(kind, &scope, Some(deadline), about(tender, Some(tender.buyer)))
    }

    /// What a tender wants of a supplier that was negotiated with and has made no final offer.
    pub fn of_final_offer(&self, tender: &Tender, has_offered: bool) -> Option<Task> {
        let deadline = tender.content.deadline_at.filter(|deadline| *deadline > self.now)?;
        let is_asked = self.actor.organization().is_some_and(|own| tender.invited.contains(&own));
        let wants = matches!(tender.state, TenderState::FinalOffers(_)) && is_asked && !has_offered;
        wants.then(|| self.task(TaskKind::MakeFinalOffer, &Scope::market(), Some(deadline), about(tender, Some(tender.buyer)))).flatten()
    }

    /// What a tender wants of a supplier that was drawn and has not bid.
    pub fn of_invitation(&self, tender: &Tender, has_bid: bool) -> Option<Task> {
        let deadline = tender.content.deadline_at.filter(|deadline| *deadline > self.now)?;
        let is_asked = self.actor.organization().is_some_and(|own| tender.invited.contains(&own));
        let wants = matches!(tender.state, TenderState::Published(_)) && is_asked && !has_bid;
        wants.then(|| self.task(TaskKind::BidAsInvited, &Scope::market(), Some(deadline), about(tender, Some(tender.buyer)))).flatten()
    }

    /// What a tender wants of a supplier that is negotiated with, once the needs have changed: to read them, before it is asked
    /// for a final offer (政府采购法第三十八条, 财政部令第74号第三十二条).
    pub fn of_changed_needs(&self, tender: &Tender, negotiated_with: &[OrganizationId]) -> Option<Task> {
        let is_told = self.actor.organization().is_some_and(|own| negotiated_with.contains(&own));
        let deadline = tender.content.deadline_at?;
        let has_changed = tender.amendments.last().is_some_and(|last| last.amended_at > deadline);
        let wants = matches!(tender.state, TenderState::Negotiating(_)) && is_told && has_changed;
        wants.then(|| self.task(TaskKind::ReadChangedNeeds, &Scope::market(), None, about(tender, Some(tender.buyer)))).flatten()
    }

    /// What a tender wants of a supplier that has registered for its documents: to read what is new.
    pub fn of_registration(&self, registration: &DocumentRegistration, tender: &Tender, has_news: bool) -> Option<Task> {
        let deadline = tender.content.deadline_at.filter(|deadline| *deadline > self.now)?;
        let wants = has_news && matches!(tender.state, TenderState::Published(_)) && self.actor.organization() == Some(registration.supplier);
        wants.then(|| self.task(TaskKind::ReadChanges, &Scope::market(), Some(deadline), about(tender, Some(tender.buyer)))).flatten()
    }
}
