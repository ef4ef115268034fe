//! Awards, and what those who did not win are told.

use super::consortium::{ConsortiumShare, parties, shares};
use super::evaluation::{bid, place};
use super::lot;
use super::tender::Tender;
use crate::ident;
use crate::identity::organization::Organization;
use crate::values::{LocalText, Money};
use async_graphql::{Context, Enum, ID, Object, Result, SimpleObject};
use chrono::{DateTime, Utc};
use domain::ident::{AwardId, OrganizationId, TenderId};
use domain::tendering::award::{self, LoserNotice};
use domain::tendering::score_sheet::points;

/// Where an award stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum AwardState {
    /// The approver has confirmed it; it is not public.
    Confirmed,
    /// Everybody knows.
    Published,
}

/// A bid's place in the published ranking.
#[derive(SimpleObject)]
pub struct AwardPlace {
    /// The bid's global id.
    pub bid_id: ID,
    /// Whose; of a consortium, its lead's.
    pub bidder: Option<Organization>,
    /// The members of the consortium that bid, with their shares, the lead first; empty where one bid alone.
    pub consortium: Vec<ConsortiumShare>,
    /// Its price as bid.
    pub price: Money,
    /// Its place, from 1.
    pub rank: i32,
    /// The points of its price.
    pub price_points: String,
    /// All its points.
    pub total_points: String,
}

/// An award with the organizations that it names.
pub struct Award {
    award: award::Award,
    organizations: Vec<domain::identity::organization::Organization>,
}

impl Award {
    /// The award with what it names.
    pub(crate) async fn with_names(app: &app::App, ctx: &app::Context, award: award::Award) -> app::Result<Self> {
        let bidders = named(&award);
        let organizations = app::identity::organization::organizations(app, ctx, &bidders).await?;
        Ok(Self { award, organizations })
    }

    /// Awards with what they name, in as many statements as for one.
    pub(super) async fn all_with_names(app: &app::App, ctx: &app::Context, awards: Vec<award::Award>) -> app::Result<Vec<Self>> {
        let mut bidders: Vec<_> = awards.iter().flat_map(named).collect();
        bidders.sort_unstable();
        bidders.dedup();
        let organizations = app::identity::organization::organizations(app, ctx, &bidders).await?;
        Ok(awards.into_iter().map(|award| Self { award, organizations: organizations.clone() }).collect())
    }
}

/// Everybody whom an award names.
fn named(award: &award::Award) -> Vec<OrganizationId> {
    award.ranking.iter().flat_map(|place| parties(place.bidder, place.consortium.as_ref())).collect()
}

/// The award of one lot of a tender: who won, at what price, and how everybody was ranked.
#[Object]
impl Award {
    /// Its global id.
    pub async fn id(&self) -> ID {
        ident::global(AwardId::KIND, self.award.id.0)
    }

    /// The tender's global id.
    async fn tender_id(&self) -> ID {
        ident::global(TenderId::KIND, self.award.tender.0)
    }

    /// The tender itself.
    #[graphql(complexity = "5 + child_complexity")]
    async fn tender(&self, graphql: &Context<'_>) -> Result<Option<Tender>> {
        Ok(crate::loader::one_beside(graphql, self.award.tender).await?.map(Tender))
    }

    /// The lot's global id.
    async fn lot_id(&self) -> ID {
        lot::global(self.award.lot)
    }

    /// Where it stands.
    async fn state(&self) -> AwardState {
        if self.award.published_at().is_some() { AwardState::Published } else { AwardState::Confirmed }
    }

    /// The winning bid's global id.
    async fn bid_id(&self) -> ID {
        bid(self.award.bid_id)
    }

    /// The members of the consortium that won, with their shares, the lead first; empty where one supplier won.
    async fn consortium(&self) -> Vec<ConsortiumShare> {
        shares(self.award.consortium.as_ref(), &self.organizations)
    }

    /// The winner; of a consortium, its lead.
    async fn supplier(&self) -> Option<Organization> {
        self.organizations.iter().find(|one| one.id == self.award.supplier).cloned().map(Organization)
    }

    /// The price as bid, which is the contract's.
    async fn price(&self) -> Money {
        self.award.price.into()
    }

    /// All ranked bids of the lot, the first first. The winner is not the first where the caps of the notice pass another over.
    async fn ranking(&self) -> Vec<AwardPlace> {
        let places = self.award.ranking.iter().map(|ranked| AwardPlace {
            bid_id: bid(ranked.bid_id),
            bidder: self.organizations.iter().find(|one| one.id == ranked.bidder).cloned().map(Organization),
            consortium: shares(ranked.consortium.as_ref(), &self.organizations),
            price: ranked.price.into(),
            rank: place(ranked.rank),
            price_points: points(ranked.price_hundredths),
            total_points: points(ranked.total_hundredths),
        });
        places.collect()
    }

    /// When the approver confirmed it.
    async fn confirmed_at(&self) -> DateTime<Utc> {
        self.award.confirmed_at
    }

    /// When it was made public.
    async fn published_at(&self) -> Option<DateTime<Utc>> {
        self.award.published_at()
    }
}

/// What your organization was told about a lot of a tender that it did not win.
#[derive(SimpleObject)]
pub struct AwardNotice {
    /// The tender's global id.
    pub tender_id: ID,
    /// The lot's global id.
    pub lot_id: ID,
    /// Your bid's global id.
    pub bid_id: ID,
    /// Why, with your own rank and points.
    pub reason: LocalText,
    /// When you were told.
    pub told_at: DateTime<Utc>,
}

impl AwardNotice {
    pub(super) fn new(told: &LoserNotice, told_at: DateTime<Utc>) -> Self {
        Self {
            tender_id: ident::global(TenderId::KIND, told.tender.0),
            lot_id: lot::global(told.lot),
            bid_id: bid(told.bid_id),
            reason: told.reason.words().into(),
            told_at,
        }
    }
}
