//! Suppliers of the demonstration that bid together: proposed by their lead, agreed by each, signed by all.

use super::tenders::DemoBid;
use super::walk::{Walk, missing};
use crate::contracting::contract;
use crate::tendering::consortium::{self, MemberAct, NamedMember, ProposeConsortium};
use crate::tendering::tender;
use crate::Result;
use chrono::{DateTime, TimeDelta, Utc};
use domain::ident::{ConsortiumId, ContractId, TenderId};
use domain::identity::role::Role;
use domain::language::LocalText;
use serde::Deserialize;

/// With whom a bid is made, and who does what.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DemoConsortium {
    /// What the lead does; its part of the contract is what the others leave.
    pub own_work: LocalText,
    /// The others.
    pub partners: Vec<DemoPartner>,
}

/// A member besides the lead.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DemoPartner {
    /// The supplier's key.
    pub supplier: String,
    /// Its part of the contract, in percent.
    pub share_percent: u32,
    /// What it does.
    pub work: LocalText,
}

/// The partners of a bid, each as if it bid itself.
pub(super) fn partners(bid: &DemoBid) -> Vec<DemoBid> {
    let partners = bid.consortium.iter().flat_map(|consortium| &consortium.partners);
    partners.map(|partner| DemoBid { supplier: partner.supplier.clone(), consortium: None, ..bid.clone() }).collect()
}

impl Walk<'_> {
    /// The lead proposes, a day before it bids, and each partner agrees; nothing for one that bids alone.
    pub(super) async fn join(&self, id: TenderId, bid: &DemoBid, at: DateTime<Utc>) -> Result<Option<ConsortiumId>> {
        let Some(described) = &bid.consortium else { return Ok(None) };
        let begun = at - TimeDelta::days(1);
        let lead = self.at(self.seller(bid)?, begun);
        let lots = tender::tender(self.app, &lead, id).await?.lots();
        let lot = lots.iter().find(|lot| lot.number == bid.lot).ok_or_else(|| missing("a lot"))?;
        let mut members = Vec::new();
        for (partner, organization) in described.partners.iter().zip(partners(bid)) {
            let credit_code = self.supplier(&organization)?.credit_code.as_str().to_owned();
            members.push(NamedMember { credit_code, share_basis_points: partner.share_percent * 100, work: partner.work.clone() });
        }
        let others: u32 = members.iter().map(|member| member.share_basis_points).sum();
        let proposal = ProposeConsortium {
            tender: id,
            lots: vec![lot.id],
            own_share_basis_points: 10_000 - others,
            own_work: described.own_work.clone(),
            members,
        };
        let proposed = consortium::propose(self.app, &lead, proposal).await?.consortium.id;
        for (place, partner) in (1..).zip(partners(bid)) {
            let member = self.at(self.seller(&partner)?, begun + TimeDelta::hours(2 * place));
            consortium::act(self.app, &member, proposed, MemberAct::Agree).await?;
        }
        Ok(Some(proposed))
    }

    /// Every supplier signs: the lead of a consortium, then its partners.
    pub(super) async fn suppliers_sign(&self, bid: &DemoBid, id: ContractId, at: DateTime<Utc>) -> Result<()> {
        contract::sign_contract(self.app, &self.at(self.seller(bid)?, at), id).await?;
        for (place, partner) in (1..).zip(partners(bid)) {
            let member = self.people.of(self.supplier(&partner)?, Role::Seller)?;
            contract::sign_contract(self.app, &self.at(member, at + TimeDelta::hours(place)), id).await?;
        }
        Ok(())
    }
}
