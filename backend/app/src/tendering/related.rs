//! Related bidders, as far as suppliers have stated it: looked for when bids are open, never before.

use crate::Result;
use crate::store::identity::{affiliation, organization};
use domain::ident::OrganizationId;
use domain::identity::affiliation::Affiliation;
use domain::identity::organization::Organization;
use domain::tendering::contender::Contender;
use domain::tendering::related::{RelatedBids, Stated, related};
use sea_orm::ConnectionTrait;

/// What these organizations have stated, each with its code.
pub(super) fn stated<'a>(affiliations: &'a [Affiliation], organizations: &'a [Organization]) -> Vec<Stated<'a>> {
    let stated = affiliations.iter().filter_map(|affiliation| {
        let organization = organizations.iter().find(|organization| organization.id == affiliation.organization)?;
        Some(Stated { credit_code: &organization.credit_code, affiliation })
    });
    stated.collect()
}

/// Every pair of opened bids for one lot whose bidders are related.
pub(super) async fn of_bids(db: &impl ConnectionTrait, contenders: &[Contender]) -> Result<Vec<RelatedBids>> {
    let parties: Vec<OrganizationId> = contenders.iter().flat_map(Contender::parties).collect();
    let affiliations = affiliation::of(db, &parties).await?;
    if affiliations.len() < 2 {
        return Ok(Vec::new());
    }
    let organizations = organization::by_ids(db, &parties).await?;
    Ok(related(contenders, &stated(&affiliations, &organizations)))
}
