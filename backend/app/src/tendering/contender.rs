//! The bids that were opened, as far as their evaluation needs them.

use crate::contracting::bid_security;
use super::related::stated;
use crate::store::identity::{affiliation, organization};
use crate::store::tendering::opening;
use crate::{Error, Result};
use domain::identity::organization::{EnterpriseSize, Organization};
use domain::ident::OrganizationId;
use domain::tendering::contender::{Contender, exceeded};
use domain::tendering::green::preferred_shown;
use domain::tendering::enterprise_share::{JointRule, SizedShare, joint_size};
use domain::tendering::lot::TenderLot;
use domain::tendering::opening::OpenedBid;
use domain::tendering::related::{Stated, is_held_within};
use domain::tendering::subcontract::{DeclaredSubcontract, judge};
use domain::tendering::tender::Tender;
use sea_orm::ConnectionTrait;

/// The opened bids of a tender, in the order of reception, each with the declared sizes of those who bid by it and what
/// they mean to leave to others.
pub(super) async fn of_tender(db: &impl ConnectionTrait, tender: &Tender) -> Result<Vec<Contender>> {
    let mut opened = opening::opened_bids(db, tender.id).await?;
    opened.retain(|bid| !tender.has_failed(bid.bid().lot));
    let parties: Vec<OrganizationId> = opened.iter().flat_map(|bid| bid.bid().parties()).collect();
    let organizations = organization::by_ids(db, &parties).await?;
    let affiliations = affiliation::of(db, &parties).await?;
    let stated = stated(&affiliations, &organizations);
    let lots = tender.lots();
    let mut contenders: Vec<Contender> = opened.iter().map(|bid| contender(tender, &lots, bid, (&organizations, &stated))).collect::<Result<_>>()?;
    bid_security::mark(db, tender, &mut contenders).await?;
    Ok(contenders)
}

fn contender(tender: &Tender, lots: &[TenderLot], opened: &OpenedBid, (organizations, stated): (&[Organization], &[Stated<'_>])) -> Result<Contender> {
    let (bid, content) = (opened.bid(), opened.content());
    let found = |id: OrganizationId| {
        let found = organizations.iter().find(|organization| organization.id == id);
        found.ok_or_else(|| Error::internal("read a bidder", format!("{id} is not registered")))
    };
    let lot = lots.iter().find(|lot| lot.id == bid.lot).ok_or_else(|| Error::internal("read a bid", format!("{} is for no lot", bid.id)))?;
    let parties: Vec<&Organization> = bid.parties().into_iter().map(found).collect::<Result<_>>()?;
    // A supplier always declares one; without it no preference is due.
    let size = |organization: &Organization| organization.enterprise_size.unwrap_or(EnterpriseSize::Large);
    let codes: Vec<_> = parties.iter().map(|organization| organization.credit_code.clone()).collect();
    let subcontracts = judge(&content.subcontracts, tender.content.subcontracting.is_some(), &codes);
    let members = bid.consortium.iter().flat_map(|agreement| &agreement.members);
    let members = members.zip(&parties).map(|(member, organization)| SizedShare { size: size(organization), basis_points: member.share_basis_points });
    let parts: Vec<SizedShare> = members.chain(subcontracts.iter().filter_map(DeclaredSubcontract::sized)).collect();
    let rule = tender.state.publication().and_then(|publication| JointRule::of(&tender.content, &publication.rules));
    Ok(Contender {
        bid_id: bid.id,
        lot: lot.id,
        bidder: bid.bidder,
        consortium: bid.consortium.clone(),
        price: opened.price(),
        size: joint_size(parties.iter().map(|organization| size(organization))),
        joint_deduction_percent: rule.map_or(0, |rule| rule.deduction_percent(&parts, is_held_within(&bid.parties(), stated))),
        subcontracts,
        brand: content.brand.clone(),
        exceeded_ceiling: exceeded(lot.budget, opened.price()),
        has_withdrawn: false,
        security: None,
        domestic_cost_percent: content.domestic_cost_percent,
        is_reserved: !tender.content.reservation.leaves_preference(lot.number),
        green_items: preferred_shown(&tender.content, lot.number, &content.green_items),
    })
}
