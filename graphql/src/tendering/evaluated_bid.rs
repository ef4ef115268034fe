//! Bids under evaluation, and what their bidders must show.

use super::consortium::ConsortiumShare;
use super::evaluation::LowPriceTrigger;
use super::subcontract::DeclaredSubcontract;
use crate::contracting::bid_security::SecurityStanding;
use crate::identity::organization::Organization;
use crate::values::{LocalText, Money};
use async_graphql::{ID, SimpleObject};

/// A bid under evaluation.
#[derive(SimpleObject)]
pub struct EvaluatedBid {
    /// The bid's global id.
    pub bid_id: ID,
    /// The lot's global id.
    pub lot_id: ID,
    /// The lot's number; null where the tender is not divided.
    pub lot_number: Option<u32>,
    /// Whose; of a consortium, its lead's.
    pub bidder: Option<Organization>,
    /// The members of the consortium that bids, with their shares, the lead first; empty where one bids alone.
    pub consortium: Vec<ConsortiumShare>,
    /// What the bidder means to leave to others, each with what is wrong with it.
    pub subcontracts: Vec<DeclaredSubcontract>,
    /// Its price as bid.
    pub price: Money,
    /// Whether its bidder qualifies; null before that is judged.
    pub is_qualified: Option<bool>,
    /// What its bidder's security counts for; null where the notice asks for none.
    pub security: Option<SecurityStanding>,
    /// How much of the cost of its products is made at home, in percent, as its bidder declares; null where it declares
    /// nothing, and where the law of the notice does not ask.
    pub domestic_cost_percent: Option<i64>,
    /// Why its price counts as abnormally low; empty when it doesn't. A flag, no rejection.
    pub low_price: Vec<LowPriceTrigger>,
}

/// A paper that every bidder must show.
#[derive(SimpleObject)]
pub struct RequiredPaper {
    /// Its key in the tender.
    pub key: String,
    /// Its name.
    pub name: LocalText,
    /// The rule that asks for it.
    pub source: String,
}

/// What was found about one paper of one bidder.
#[derive(SimpleObject)]
pub struct PaperFinding {
    /// The bid's global id.
    pub bid_id: ID,
    /// The paper's key.
    pub paper: String,
    /// Whether it is good.
    pub is_met: bool,
    /// Why not.
    pub reason: String,
}
