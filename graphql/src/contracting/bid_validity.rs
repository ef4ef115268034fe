//! For how long bids bind, and until when a letter of guarantee must be good.

use async_graphql::SimpleObject;
use chrono::NaiveDate;
use domain::contracting::bid_security_means::{BID_VALIDITY_DAYS, SecurityTerms};
use domain::tendering::tender::Tender;

/// For how long bids bind after the deadline, and until when a letter of guarantee must be good.
#[derive(Clone, Debug, SimpleObject)]
pub struct BidValidity {
    /// How many days after the deadline.
    pub days: usize,
    /// The first day until which a guarantee may be good, in China.
    pub earliest_end_on: NaiveDate,
    /// Rule and article, by the law of the notice; empty before the notice.
    pub source: String,
}

impl BidValidity {
    /// Of a tender that asks for a security by a deadline.
    pub fn of(tender: &Tender) -> Option<Self> {
        let terms = SecurityTerms::of(tender).ok()?;
        let rule = tender.state.publication().and_then(|publication| publication.rules.figure(BID_VALIDITY_DAYS.0));
        let source = rule.map(|rule| rule.source.clone()).unwrap_or_default();
        Some(Self { days: terms.validity_days, earliest_end_on: terms.earliest_end_on(), source })
    }
}
