//! The bid securities and registrations of the demonstration: bidders register for the documents, lodge what the notice asks,
//! and the buyer's finance decides.

use super::people::acting;
use super::tenders::{DemoBid, DemoTenderState};
use super::walk::Walk;
use crate::Result;
use crate::contracting::bid_security;
use crate::store::contracting::bid_security as kept;
use crate::tendering::document_registration;
use chrono::{DateTime, TimeDelta, Utc};
use domain::contracting::bid_security_means::Means;
use domain::contracting::bid_security_state::SecurityState;
use domain::ident::TenderId;
use domain::identity::actor::Actor;
use domain::identity::role::Role;
use domain::money::Money;
use domain::text::ZONE;

/// One in so many tenders asks for none.
const NONE_ASKED_ONE_IN: usize = 3;

impl Walk<'_> {
    /// What this tender asks of its bidders: a hundredth of the budget, in whole yuan, or nothing. Tenders that visitors open
    /// and judge themselves ask for none: their own bids would need the word of finance first.
    pub(super) fn security(&self) -> Option<Money> {
        use DemoTenderState::{Awarded, Contracted, OpenChanged};
        let is_walked = matches!(self.described.state, Awarded | Contracted | OpenChanged);
        let budget = self.described.budget;
        let asked = Money::new(budget.amount_minor / 10_000 * 100, budget.currency);
        (is_walked && self.number % NONE_ASKED_ONE_IN != 1).then_some(asked)
    }

    /// A bidder registers and lodges its security some hours before its bid. Finance decides at once, but on the last one of a
    /// tender that still takes bids.
    pub(super) async fn before_bid(&self, id: TenderId, bid: &DemoBid, place: usize, at: DateTime<Utc>) -> Result<()> {
        let seller = self.at(self.seller(bid)?, at - TimeDelta::minutes(90));
        document_registration::register(self.app, &seller, id).await?;
        if self.security().is_none() {
            return Ok(());
        }
        let paid_on = seller.now().with_timezone(&ZONE).date_naive();
        let means = Means::Transfer {
            reference: format!("{}{:04}", paid_on.format("%Y%m%d"), self.number * 10 + place),
            account_end: format!("62220202{:08}", self.number * 1_000 + place * 7 + 13),
            paid_on,
        };
        let lodged = bid_security::lodge(self.app, &seller, id, means).await?.security;
        let is_last = place + 1 == self.described.bids.len();
        if self.described.state.is_open() && is_last {
            return Ok(());
        }
        let finance = self.as_buyer(Role::Finance, at - TimeDelta::minutes(30))?;
        let credited_on = finance.now().with_timezone(&ZONE).date_naive();
        bid_security::accept(self.app, &finance, lodged.id, Some(credited_on)).await.map(drop)
    }

    /// Finance sends back what award and contract have made due, three days later: what is not that old still waits.
    pub(super) async fn give_back(&self, id: TenderId) -> Result<()> {
        bid_security::settle(self.app, &acting(&self.ctx, Actor::Platform, self.now), id).await?;
        for (place, security) in kept::of_tender(self.app.store.reader(), id).await?.into_iter().enumerate() {
            let SecurityState::Released { release, .. } = &security.state else { continue };
            let at = release.since + TimeDelta::days(3);
            if at > self.now {
                continue;
            }
            let reference = format!("TH{}{:04}", at.with_timezone(&ZONE).format("%Y%m%d"), self.number * 10 + place);
            bid_security::give_back(self.app, &self.as_buyer(Role::Finance, at)?, security.id, reference).await?;
        }
        Ok(())
    }
}
