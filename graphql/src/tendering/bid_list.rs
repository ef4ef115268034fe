//! The list of a supplier's own bids.

use super::bid::BidState;
use super::lot::{self, TenderLot};
use super::tender::Tender;
use crate::connection::{cursor, page};
use crate::ident;
use crate::payload::coded;
use crate::request::asker;
use app::tendering::bid_list as bids;
use async_graphql::connection::PageInfo;
use async_graphql::{Context, Enum, ID, Object, Result, SimpleObject};
use chrono::{DateTime, Utc};
use domain::ident::BidId;

/// What became of a bid, once that is public.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "app::tendering::bid_list::BidResult")]
pub enum BidResult {
    /// It won.
    Won,
    /// Another won.
    Lost,
    /// The tender failed (废标).
    Failed,
    /// The tender was called off.
    Cancelled,
}

impl BidState {
    /// The name in the database.
    const fn name(self) -> &'static str {
        match self {
            Self::Sealed => "sealed",
            Self::Replaced => "replaced",
            Self::Withdrawn => "withdrawn",
            Self::Opened => "opened",
            Self::Unopened => "unopened",
            Self::Negotiated => "negotiated",
        }
    }
}

/// A bid in the list of its bidder. Its content is sealed and stands nowhere here.
pub struct ViewerBid(bids::ListedBid);

/// A bid in the list of its bidder. Its content is sealed and stands nowhere here.
#[Object]
impl ViewerBid {
    /// Its global id.
    async fn id(&self) -> ID {
        ident::global(BidId::KIND, self.0.bid.id.0)
    }

    /// For which tender.
    async fn tender(&self) -> Tender {
        Tender(self.0.tender.clone())
    }

    /// For which lot; of a tender that is not divided, the whole.
    async fn lot(&self) -> Option<TenderLot> {
        let own = lot::global(self.0.bid.lot);
        lot::of_tender(&self.0.tender).into_iter().find(|lot| lot.id == own)
    }

    /// Its state.
    async fn state(&self) -> BidState {
        (&self.0.bid.state).into()
    }

    /// When it was in, by the marketplace's clock.
    async fn received_at(&self) -> DateTime<Utc> {
        self.0.bid.received_at
    }

    /// The version of the documents for which it was sealed.
    async fn document_version(&self) -> u32 {
        self.0.bid.sealing.document_version
    }

    /// Whether the documents have changed since it was sealed or last confirmed, while it can still be confirmed or replaced.
    async fn is_stale(&self) -> bool {
        self.0.is_stale
    }

    /// What became of it, once that is public; null before, and for a bid that was replaced or withdrawn.
    async fn result(&self) -> Option<BidResult> {
        self.0.result.map(Into::into)
    }
}

/// A bid in a list, with its place.
#[derive(SimpleObject)]
pub struct ViewerBidEdge {
    /// Its place: ask for what comes after it.
    pub cursor: String,
    /// The bid.
    pub node: ViewerBid,
}

/// A page of the list of your organization's bids.
pub struct ViewerBidConnection {
    bids: Vec<bids::ListedBid>,
    first: usize,
    states: Vec<&'static str>,
}

/// A page of the list of your organization's bids, the last received first.
#[Object]
impl ViewerBidConnection {
    /// The bids with their places.
    async fn edges(&self) -> Vec<ViewerBidEdge> {
        let page = self.bids.iter().take(self.first).cloned();
        page.map(|bid| ViewerBidEdge { cursor: cursor(&bid.place()), node: ViewerBid(bid) }).collect()
    }

    /// The bids.
    async fn nodes(&self) -> Vec<ViewerBid> {
        self.bids.iter().take(self.first).cloned().map(ViewerBid).collect()
    }

    /// Where the list goes on.
    async fn page_info(&self) -> PageInfo {
        let end = self.bids[..self.first.min(self.bids.len())].last().map(|bid| cursor(&bid.place()));
        PageInfo { has_previous_page: false, has_next_page: self.bids.len() > self.first, start_cursor: None, end_cursor: end }
    }

    /// How many there are in all.
    async fn total_count(&self, graphql: &Context<'_>) -> Result<u64> {
        let asker = asker(graphql)?;
        bids::viewer_bid_count(&asker.app, &asker.ctx, &self.states).await.map_err(|error| coded(&asker.ctx, error))
    }
}

/// Root fields that list one's bids.
#[derive(Default)]
pub struct BidListQuery;

#[Object]
impl BidListQuery {
    /// Every bid that your organization has handed in, whatever has become of it, the last received first. For suppliers.
    #[graphql(complexity = "20 + crate::connection::cost(first, child_complexity) / 4")]
    async fn viewer_bids(
        &self,
        graphql: &Context<'_>,
        #[graphql(desc = "In these states only; in all when left out.", default)] states: Vec<BidState>,
        #[graphql(desc = "How many, 20 unless told, at most 100.")] first: Option<i32>,
        #[graphql(desc = "Begin behind this cursor.")] after: Option<String>,
    ) -> Result<ViewerBidConnection> {
        let asker = asker(graphql)?;
        let read = async {
            let page = page(first, after.as_deref())?;
            let mut states: Vec<&'static str> = states.into_iter().map(BidState::name).collect();
            states.sort_unstable();
            states.dedup();
            let bids = bids::viewer_bids(&asker.app, &asker.ctx, &states, page.after.as_ref(), page.first + 1).await?;
            Ok(ViewerBidConnection { bids, first: page.first, states })
        };
        read.await.map_err(|error: app::Error| coded(&asker.ctx, error))
    }
}
