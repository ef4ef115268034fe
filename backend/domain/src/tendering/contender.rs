//! A bid that was opened, as far as its evaluation needs it.

use crate::ident::{BidId, OrganizationId};
use crate::identity::organization::EnterpriseSize;
use crate::money::Money;
use serde::{Deserialize, Serialize};

/// A bid that was opened: whose, at what price.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contender {
    /// The bid.
    pub bid_id: BidId,
    /// Whose.
    pub bidder: OrganizationId,
    /// As bid; the contract's price is the same.
    pub price: Money,
    /// The size that the bidder declared, on which the price preference rests.
    pub size: EnterpriseSize,
}
