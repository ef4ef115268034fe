//! The bids that were opened, as far as their evaluation needs them.

use crate::contracting::bid_security;
use crate::store::identity::organization;
use crate::store::tendering::opening;
use crate::{Error, Result};
use domain::identity::organization::EnterpriseSize;
use domain::tendering::contender::{Contender, exceeded};
use domain::tendering::green::preferred_shown;
use domain::tendering::tender::Tender;
use sea_orm::ConnectionTrait;

/// The opened bids of a tender, in the order of reception, each with its bidder's declared size.
pub(super) async fn of_tender(db: &impl ConnectionTrait, tender: &Tender) -> Result<Vec<Contender>> {
    let lots = tender.lots();
    let mut opened = opening::opened_bids(db, tender.id).await?;
    opened.retain(|bid| !tender.has_failed(bid.bid().lot));
    let bidders: Vec<_> = opened.iter().map(|bid| bid.bid().bidder).collect();
    let organizations = organization::by_ids(db, &bidders).await?;
    let contender = |bid: &domain::tendering::opening::OpenedBid| {
        let bidder = bid.bid().bidder;
        let found = organizations.iter().find(|organization| organization.id == bidder);
        let found = found.ok_or_else(|| Error::internal("read a bidder", format!("{bidder} is not registered")))?;
        let lot = lots.iter().find(|lot| lot.id == bid.bid().lot);
        let lot = lot.ok_or_else(|| Error::internal("read a bid", format!("{} is for no lot", bid.bid().id)))?;
        let size = found.enterprise_size.unwrap_or(EnterpriseSize::Large);
        Ok(Contender {
            bid_id: bid.bid().id,
            lot: lot.id,
            bidder,
            price: bid.price(),
            size,
            brand: bid.content().brand.clone(),
            exceeded_ceiling: exceeded(lot.budget, bid.price()),
            has_withdrawn: false,
            security: None,
            domestic_cost_percent: bid.content().domestic_cost_percent,
            green_items: preferred_shown(&tender.content, lot.number, &bid.content().green_items),
            is_reserved: !tender.content.reservation.leaves_preference(lot.number),
        })
    };
    let mut contenders: Vec<Contender> = opened.iter().map(contender).collect::<Result<_>>()?;
    bid_security::mark(db, tender, &mut contenders).await?;
    Ok(contenders)
}
