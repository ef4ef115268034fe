//! A bid that was opened, as far as its evaluation needs it.

use super::consortium::ConsortiumAgreement;
use super::subcontract::DeclaredSubcontract;
use crate::contracting::bid_security_due::SecurityStanding;
use crate::ident::{BidId, LotId, OrganizationId};
use crate::identity::organization::EnterpriseSize;
use crate::money::Money;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// A bid that was opened: whose, at what price.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contender {
    /// The bid.
    pub bid_id: BidId,
    /// For which lot.
    pub lot: LotId,
    /// Whose; for a consortium, its lead's.
    pub bidder: OrganizationId,
    /// The consortium that bids, with its members and their shares.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub consortium: Option<ConsortiumAgreement>,
    /// As bid; the contract's price is the same.
    pub price: Money,
    /// The size that the bidder declared, on which the price preference rests; a consortium counts as its largest member.
    pub size: EnterpriseSize,
    /// What is taken off its price for evaluation because enough of the contract goes to micro and small enterprises
    /// (财库〔2020〕46号第九条), in percent. One that is micro or small itself has the full preference instead.
    #[serde(default)]
    pub joint_deduction_percent: i64,
    /// What it means to leave to others, each with what is wrong with it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub subcontracts: Vec<DeclaredSubcontract>,
    /// The brand of the core product as its bidder wrote it; empty where none is offered.
    #[serde(default)]
    pub brand: String,
    /// The ceiling that the price exceeds: such a bid is invalid (财政部令第87号第六十三条).
    #[serde(default)]
    pub exceeded_ceiling: Option<Money>,
    /// Whether its bidder was negotiated with and made no final offer: it has withdrawn.
    #[serde(default)]
    pub has_withdrawn: bool,
    /// What its bidder's security counts for; nothing where the notice asks for none.
    #[serde(default)]
    pub security: Option<SecurityStanding>,
    /// How much of the cost of its products is made at home, in percent, as its bidder declares.
    #[serde(default)]
    pub domestic_cost_percent: Option<i64>,
    /// Whether its lot is reserved for smaller enterprises, so that its bidder's size takes nothing off its price.
    #[serde(default)]
    pub is_reserved: bool,
    /// For how many preferred items its bidder shows a certificate ([`super::green`]).
    #[serde(default)]
    pub green_items: u32,
}

impl Contender {
    /// Every organization that bids by it.
    pub fn parties(&self) -> Vec<OrganizationId> {
        self.consortium.as_ref().map_or_else(|| vec![self.bidder], |agreement| agreement.organizations().collect())
    }

    /// Whether the bid is invalid for want of a security (政府采购法实施条例第三十三条, 财政部令第87号第六十三条).
    pub fn lacks_security(&self) -> bool {
        self.security.is_some_and(|standing| !standing.is_valid())
    }

    /// The brand as it is compared: of two spellings that differ in case, width of spaces or ends there is one brand.
    pub fn brand_key(&self) -> Option<String> {
        let words: Vec<String> = self.brand.split_whitespace().map(str::to_lowercase).collect();
        (!words.is_empty()).then(|| words.join(" "))
    }
}

/// The ceiling, where a price exceeds it: such a bid is invalid (财政部令第87号第六十三条). A price that equals the ceiling
/// stands. Both are in the tender's currency; a bid in another one is refused when it is sealed and when it is opened.
pub fn exceeded(ceiling: Money, price: Money) -> Option<Money> {
    (price.amount_minor > ceiling.amount_minor).then_some(ceiling)
}

/// How many competitors bids stand for: those with one brand of the core product are one (财政部令第87号第三十一条).
pub fn competitors<'a>(contenders: impl IntoIterator<Item = &'a Contender>) -> usize {
    let mut brands = BTreeSet::new();
    contenders.into_iter().filter(|contender| contender.brand_key().is_none_or(|brand| brands.insert(brand))).count()
}
