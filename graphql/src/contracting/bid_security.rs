//! Bid securities, as their two sides may know them.

use crate::connection::cursor;
use crate::ident;
use crate::identity::organization::Organization;
use crate::loader;
use crate::oversight::file::File;
use crate::tendering::tender::Tender;
use crate::values::Money;
use app::contracting::bid_security::{SecurityFilter, SecurityView, key};
use async_graphql::connection::PageInfo;
use async_graphql::{Context, Enum, ID, Object, Result, SimpleObject};
use chrono::{DateTime, NaiveDate, Utc};
use domain::contracting::bid_security_due::DueBack;
use domain::contracting::bid_security_means::Means;
use domain::contracting::bid_security_state::{Acceptance, Proposal, Release, SecurityState};
use domain::ident::{BidSecurityId, TenderId};

/// By what a bid security is given. Cash is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum SecurityMeans {
    /// Money sent from the bidder's account.
    Transfer,
    /// A letter of a bank, an insurer or a guarantor.
    Guarantee,
    /// None need be given.
    Exemption,
}

/// Where a bid security stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::contracting::bid_security_state::SecurityStateName")]
pub enum BidSecurityState {
    /// Lodged; finance has not looked.
    Lodged,
    /// Finance says that it is not there in full, or not good.
    Refused,
    /// The buyer has it.
    Held,
    /// None need be lodged.
    Exempt,
    /// The buyer has it and owes it back.
    Released,
    /// Somebody proposes to keep it; an approver decides.
    ForfeitureProposed,
    /// It went back.
    Returned,
    /// The buyer keeps it.
    Forfeited,
}

/// Why a bid security is due back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::contracting::bid_security_state::ReleaseCause")]
pub enum SecurityReleaseCause {
    /// Its bidder took the bid back before the deadline.
    BidWithdrawn,
    /// The deadline passed and its supplier had no bid in.
    NoBid,
    /// The tender failed or was called off.
    TenderEnded,
    /// Another was awarded.
    NotAwarded,
    /// Its bidder has signed the contract.
    ContractSigned,
}

/// For what a bid security may be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::contracting::bid_security_state::ForfeitureGround")]
pub enum SecurityForfeitureGround {
    /// The bid was revoked while it bound its bidder (财政部令第87号第二十三条).
    BidRevoked,
    /// The winner refuses to sign the contract without a reason that holds (政府采购法实施条例第七十二条).
    ContractRefused,
    /// False papers were shown to win (政府采购法第七十七条).
    FalsePapers,
    /// The bidder colluded with the buyer, the agent or other bidders (政府采购法第七十七条).
    Collusion,
}

/// What a bidder's security counts for when bidders are judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::contracting::bid_security_due::SecurityStanding")]
pub enum SecurityStanding {
    /// It was accepted and came in time.
    Good,
    /// None need be lodged.
    Exempt,
    /// Finance has not decided.
    Undecided,
    /// There is none: the bid is invalid.
    Missing,
    /// It was not accepted: the bid is invalid.
    Refused,
    /// The money was credited after the day of the deadline: the bid is invalid.
    Late,
}

/// That a bid security should be kept.
#[derive(Clone, SimpleObject)]
pub struct SecurityForfeiture {
    /// For what.
    pub ground: SecurityForfeitureGround,
    /// The article that it rests on.
    pub source: String,
    /// What happened.
    pub reason: String,
    /// When it was proposed.
    pub proposed_at: DateTime<Utc>,
    /// When an approver agreed; null while nobody has.
    pub approved_at: Option<DateTime<Utc>>,
}

impl SecurityForfeiture {
    fn new(proposal: &Proposal, approved_at: Option<DateTime<Utc>>) -> Self {
        Self {
            ground: proposal.ground.into(),
            source: proposal.ground.source().to_owned(),
            reason: proposal.reason.clone(),
            proposed_at: proposal.at,
            approved_at,
        }
    }
}

/// A bid security.
pub struct BidSecurity(pub SecurityView);

impl BidSecurity {
    fn acceptance(&self) -> Option<&Acceptance> {
        match &self.0.security.state {
            SecurityState::Held { acceptance }
            | SecurityState::Exempt { acceptance }
            | SecurityState::Released { acceptance, .. }
            | SecurityState::ForfeitureProposed { acceptance, .. } => Some(acceptance),
            _ => None,
        }
    }

    fn release(&self) -> Option<&Release> {
        match &self.0.security.state {
            SecurityState::Released { release, .. } => Some(release),
            SecurityState::ForfeitureProposed { release, .. } | SecurityState::Returned { release, .. } => release.as_ref(),
            _ => None,
        }
    }
}

/// A bid security (投标保证金). Until bids are open only its supplier and the buyer's finance know of it.
#[Object]
impl BidSecurity {
    /// Its global id.
    pub async fn id(&self) -> ID {
        ident::global(BidSecurityId::KIND, self.0.security.id.0)
    }

    /// The tender's global id.
    async fn tender_id(&self) -> ID {
        ident::global(TenderId::KIND, self.0.security.tender.0)
    }

    /// The tender.
    async fn tender(&self, graphql: &Context<'_>) -> Result<Option<Tender>> {
        Ok(loader::one_beside(graphql, self.0.security.tender).await?.map(Tender))
    }

    /// To whom it is lodged.
    async fn buyer(&self, graphql: &Context<'_>) -> Result<Option<Organization>> {
        loader::organization(graphql, self.0.security.buyer).await
    }

    /// Who lodged it.
    async fn supplier(&self, graphql: &Context<'_>) -> Result<Option<Organization>> {
        loader::organization(graphql, self.0.security.supplier).await
    }

    /// The sum that the notice asked.
    async fn amount(&self) -> Money {
        self.0.security.amount.into()
    }

    /// By what it is given.
    async fn means(&self) -> SecurityMeans {
        match &self.0.security.means {
            Means::Transfer { .. } => SecurityMeans::Transfer,
            Means::Guarantee { .. } => SecurityMeans::Guarantee,
            Means::Exemption { .. } => SecurityMeans::Exemption,
        }
    }

    /// The reference of the transfer, or the number of the letter; null for an exemption.
    async fn reference(&self) -> Option<&str> {
        match &self.0.security.means {
            Means::Transfer { reference, .. } => Some(reference),
            Means::Guarantee { number, .. } => Some(number),
            Means::Exemption { .. } => None,
        }
    }

    /// The last four digits of the account that paid; the rest is not kept.
    async fn account_end(&self) -> Option<&str> {
        if let Means::Transfer { account_end, .. } = &self.0.security.means { Some(account_end) } else { None }
    }

    /// The day of payment of a transfer.
    async fn paid_on(&self) -> Option<NaiveDate> {
        if let Means::Transfer { paid_on, .. } = &self.0.security.means { Some(*paid_on) } else { None }
    }

    /// Who gave the letter of guarantee.
    async fn issuer(&self) -> Option<&str> {
        if let Means::Guarantee { issuer, .. } = &self.0.security.means { Some(issuer) } else { None }
    }

    /// For how much the letter of guarantee is.
    async fn guaranteed(&self) -> Option<Money> {
        if let Means::Guarantee { amount, .. } = &self.0.security.means { Some((*amount).into()) } else { None }
    }

    /// The last day of the letter of guarantee.
    async fn valid_until_on(&self) -> Option<NaiveDate> {
        if let Means::Guarantee { valid_until_on, .. } = &self.0.security.means { Some(*valid_until_on) } else { None }
    }

    /// The letter of guarantee.
    async fn letter(&self, graphql: &Context<'_>) -> Result<Option<File>> {
        let Means::Guarantee { letter, .. } = &self.0.security.means else { return Ok(None) };
        Ok(loader::files(graphql, &[*letter]).await?.pop())
    }

    /// Why none need be given.
    async fn exemption_reason(&self) -> Option<&str> {
        if let Means::Exemption { reason, .. } = &self.0.security.means { Some(reason) } else { None }
    }

    /// The rule or the clause of the notice by which none need be given.
    async fn exemption_source(&self) -> Option<&str> {
        if let Means::Exemption { source, .. } = &self.0.security.means { Some(source) } else { None }
    }

    /// When it was lodged.
    async fn lodged_at(&self) -> DateTime<Utc> {
        self.0.security.lodged_at
    }

    /// Where it stands.
    async fn state(&self) -> BidSecurityState {
        self.0.security.state.name().into()
    }

    /// When finance decided; null before, and once it went back or was kept.
    async fn decided_at(&self) -> Option<DateTime<Utc>> {
        match &self.0.security.state {
            SecurityState::Refused { at, .. } => Some(*at),
            _ => self.acceptance().map(|acceptance| acceptance.at),
        }
    }

    /// The day on which a transfer was credited, by the bank's statement.
    async fn credited_on(&self) -> Option<NaiveDate> {
        self.acceptance().and_then(|acceptance| acceptance.credited_on)
    }

    /// Why finance did not accept it.
    async fn refusal_reason(&self) -> Option<&str> {
        if let SecurityState::Refused { reason, .. } = &self.0.security.state { Some(reason) } else { None }
    }

    /// What did arrive of a transfer that was not accepted, and goes back.
    async fn arrived(&self) -> Option<Money> {
        if let SecurityState::Refused { arrived, .. } = &self.0.security.state { arrived.map(Money::from) } else { None }
    }

    /// Why it is, or was, due back.
    async fn release_cause(&self) -> Option<SecurityReleaseCause> {
        self.release().map(|release| release.cause.into())
    }

    /// Since when it is, or was, due back.
    async fn released_at(&self) -> Option<DateTime<Utc>> {
        self.release().map(|release| release.since)
    }

    /// Whether money or a letter waits to go back.
    async fn is_owed_back(&self) -> bool {
        self.0.security.is_owed_back()
    }

    /// The last day on which it goes back; null while it is not due back, and where the day is not known.
    async fn due_back_on(&self) -> Option<NaiveDate> {
        if let Some(DueBack::On(day)) = self.0.due { Some(day) } else { None }
    }

    /// The year whose holidays are not published, so that the last day can't be computed.
    async fn due_back_unknown_year(&self) -> Option<i32> {
        if let Some(DueBack::YearUnknown(year)) = self.0.due { Some(year) } else { None }
    }

    /// Within how many working days it goes back, by the law of the tender.
    async fn return_days(&self) -> Option<i32> {
        self.0.return_rule.as_ref().and_then(|(days, _)| i32::try_from(*days).ok())
    }

    /// The article that says so.
    async fn return_source(&self) -> Option<&str> {
        self.0.return_rule.as_ref().map(|(_, source)| source.as_str())
    }

    /// When it went back.
    async fn returned_at(&self) -> Option<DateTime<Utc>> {
        if let SecurityState::Returned { at, .. } = &self.0.security.state { Some(*at) } else { None }
    }

    /// The reference of the return, or how the letter was handed back.
    async fn return_reference(&self) -> Option<&str> {
        if let SecurityState::Returned { reference, .. } = &self.0.security.state { Some(reference) } else { None }
    }

    /// The money that went back; null for a letter.
    async fn returned(&self) -> Option<Money> {
        if let SecurityState::Returned { paid, .. } = &self.0.security.state { paid.map(Money::from) } else { None }
    }

    /// That it should be kept, or is.
    async fn forfeiture(&self) -> Option<SecurityForfeiture> {
        match &self.0.security.state {
            SecurityState::ForfeitureProposed { proposal, .. } => Some(SecurityForfeiture::new(proposal, None)),
            SecurityState::Forfeited { proposal, at, .. } => Some(SecurityForfeiture::new(proposal, Some(*at))),
            _ => None,
        }
    }
}

/// A security in a list.
#[derive(SimpleObject)]
pub struct BidSecurityEdge {
    /// Its place: ask for what comes after it.
    pub cursor: String,
    /// The security.
    pub node: BidSecurity,
}

/// A page of bid securities.
#[derive(SimpleObject)]
pub struct BidSecurityConnection {
    /// The securities with their places.
    pub edges: Vec<BidSecurityEdge>,
    /// Where the list goes on.
    pub page_info: PageInfo,
}

impl BidSecurityConnection {
    /// Of what was found, perhaps one more than asked for.
    pub(super) fn of(mut found: Vec<SecurityView>, first: usize, filter: &SecurityFilter) -> Self {
        let has_next_page = found.len() > first;
        found.truncate(first);
        let edges = found.into_iter().map(|view| BidSecurityEdge { cursor: cursor(&key(&view.security, filter)), node: BidSecurity(view) });
        let edges: Vec<BidSecurityEdge> = edges.collect();
        let end_cursor = edges.last().map(|edge| edge.cursor.clone());
        Self { edges, page_info: PageInfo { has_previous_page: false, has_next_page, start_cursor: None, end_cursor } }
    }
}
