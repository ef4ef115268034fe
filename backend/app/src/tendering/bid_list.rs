//! A supplier's own bids, whatever has become of them.

use crate::store::tendering::{award, bid, tender as tenders_kept};
use crate::{App, Context, Error, Result};
use chrono::{DateTime, Utc};
use domain::ident::{OrganizationId, TenderId};
use domain::identity::permission::{Action, Scope};
use domain::tendering::bid::{Bid, BidState};
use domain::tendering::tender::{Tender, TenderState};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use uuid::Uuid;

/// The place of a bid in the list: when it was in, and its number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BidPlace(pub DateTime<Utc>, pub Uuid);

/// What became of a bid, once it is public.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BidResult {
    /// It won.
    Won,
    /// Another won.
    Lost,
    /// Its lot failed, or with the last lot the tender.
    Failed,
    /// The tender was called off.
    Cancelled,
}

/// A bid in its bidder's list.
#[derive(Clone, Debug)]
pub struct ListedBid {
    /// The bid.
    pub bid: Bid,
    /// For which tender.
    pub tender: Tender,
    /// Whether the documents have changed since it was sealed or last confirmed, while it can still be mended.
    pub is_stale: bool,
    /// What became of it, once that is public; nothing for one that did not count.
    pub result: Option<BidResult>,
}

impl ListedBid {
    /// Where it stands in the list.
    pub fn place(&self) -> BidPlace {
        BidPlace(self.bid.received_at, self.bid.id.0)
    }
}

/// Whose bids the actor may list.
fn bidder(ctx: &Context) -> Result<OrganizationId> {
    ctx.allow(Action::KeepBid, &Scope::market())?;
    Ok(ctx.person()?.organization)
}

/// At most `most` bids of the actor's organization behind a place, the last received first; in one of these states, or in any
/// when none is named.
///
/// # Errors
/// `Unauthenticated`, `Forbidden` for those who don't bid.
pub async fn viewer_bids(app: &App, ctx: &Context, states: &[&str], after: Option<&BidPlace>, most: usize) -> Result<Vec<ListedBid>> {
    let (db, own) = (app.store.reader(), bidder(ctx)?);
    let bids = bid::page_of(db, own, states, after, u64::try_from(most).unwrap_or(u64::MAX)).await?;
    let mut ids: Vec<TenderId> = bids.iter().map(|bid| bid.tender).collect();
    ids.sort_unstable();
    ids.dedup();
    let tenders: BTreeMap<TenderId, Tender> = tenders_kept::by_ids(db, &ids).await?.into_iter().map(|tender| (tender.id, tender)).collect();
    let outcomes = award::outcomes(db, &ids).await?;
    let listed = |bid: Bid| {
        let tender = tenders.get(&bid.tender).cloned().ok_or_else(|| Error::internal("list bids", format!("{} has no tender", bid.id)))?;
        let is_stale = matches!((&bid.state, &tender.state), (BidState::Sealed, TenderState::Published(_))) && bid.is_stale(tender.document_version);
        let winner = outcomes.get(&tender.id).into_iter().flatten().find(|outcome| outcome.lot == bid.lot);
        let result = result(&bid, &tender, winner.map(|outcome| outcome.supplier));
        Ok(ListedBid { bid, tender, is_stale, result })
    };
    bids.into_iter().map(listed).collect()
}

fn result(bid: &Bid, tender: &Tender, winner: Option<OrganizationId>) -> Option<BidResult> {
    match &tender.state {
        _ if !bid.is_live() => None,
        _ if tender.has_failed(bid.lot) => Some(BidResult::Failed),
        TenderState::Failed { .. } => Some(BidResult::Failed),
        TenderState::Cancelled { .. } => Some(BidResult::Cancelled),
        TenderState::Awarded(_) | TenderState::Contracted(_) => {
            winner.map(|winner| if winner == bid.bidder { BidResult::Won } else { BidResult::Lost })
        }
        _ => None,
    }
}

/// How many there are in all.
///
/// # Errors
/// `Unauthenticated`, `Forbidden`.
pub async fn viewer_bid_count(app: &App, ctx: &Context, states: &[&str]) -> Result<u64> {
    bid::count_of(app.store.reader(), bidder(ctx)?, states).await
}
