//! The opening of bids: shares in, record and contents out.

use super::consortium::{ConsortiumShare, parties, shares};
use super::lot;
use crate::ident;
use crate::identity::organization::Organization;
use crate::oversight::file::File;
use crate::payload::{UserError, found, settle};
use crate::request::{Asker, asker, once};
use crate::values::Money;
use app::Error;
use app::tendering::opening as openings;
use async_graphql::{Context, Enum, ID, InputObject, Object, Result, SimpleObject};
use chrono::{DateTime, Utc};
use domain::ident::{BidId, OrganizationId, TenderId, UserId};
use domain::tendering::bid;
use domain::tendering::opening::{HolderAct, OpenedBid as Witness, OpeningOutcome, OpeningRecord};

/// Why a bid could not be opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::tendering::bid::OpeningFault")]
pub enum OpeningFault {
    /// Fewer shares could be unsealed than are needed.
    TooFewShares,
    /// The envelope is not what it was committed to.
    EnvelopeBroken,
    /// What came out is no bid that can be read.
    ContentUnreadable,
}

/// That a holder has handed in shares.
#[derive(Clone, SimpleObject)]
pub struct OpeningHolder {
    /// The holder's global id.
    pub holder_id: ID,
    /// When.
    pub submitted_at: DateTime<Utc>,
}

impl From<HolderAct> for OpeningHolder {
    fn from(act: HolderAct) -> Self {
        Self { holder_id: ident::global(UserId::KIND, act.holder.0), submitted_at: act.at }
    }
}

/// One bid in the record of an opening.
#[derive(SimpleObject)]
pub struct OpeningLine {
    /// The bid's global id.
    pub bid_id: ID,
    /// The lot's global id.
    pub lot_id: ID,
    /// The lot's number; null where the tender is not divided.
    pub lot_number: Option<u32>,
    /// Who bids; of a consortium, its lead.
    pub bidder: Option<Organization>,
    /// The members of the consortium that bids, with their shares, the lead first; empty where one bids alone.
    pub consortium: Vec<ConsortiumShare>,
    /// What was committed to when the bid came in.
    pub commitment: String,
    /// When the bid came in.
    pub received_at: DateTime<Utc>,
    /// Whether the documents had changed since, without the bidder's confirmation.
    pub is_stale: bool,
    /// The price as read out; null when the bid could not be opened.
    pub price: Option<Money>,
    /// The brand of the core product as read out; null when the bid could not be opened or names none.
    pub brand: Option<String>,
    /// Whether its bidder revealed it because the holders could not open it.
    pub is_revealed: bool,
    /// Why it could not be opened; null when it was.
    pub fault: Option<OpeningFault>,
    /// When it was opened, or found not to open.
    pub settled_at: DateTime<Utc>,
}

/// The public record of an opening (开标记录).
#[derive(SimpleObject)]
pub struct Opening {
    /// When it began.
    pub opened_at: DateTime<Utc>,
    /// How many holders were needed.
    pub threshold: u32,
    /// Who opened.
    pub holders: Vec<OpeningHolder>,
    /// Each bid that was in at the deadline, in the order of reception.
    pub lines: Vec<OpeningLine>,
}

/// The organizations with these ids, in one statement.
async fn bidders(asker: &Asker, ids: &[OrganizationId]) -> Result<Vec<domain::identity::organization::Organization>, Error> {
    app::identity::organization::organizations(&asker.app, &asker.ctx, ids).await
}

async fn record(asker: &Asker, record: OpeningRecord) -> Result<Opening, Error> {
    let ids: Vec<_> = record.lines.iter().flat_map(|line| parties(line.bidder, line.consortium.as_ref())).collect();
    let bidders = bidders(asker, &ids).await?;
    let numbers = lot::numbers(&app::tendering::tender::tender(&asker.app, &asker.ctx, record.tender).await?);
    let lines = record.lines.into_iter().map(|line| {
        let (price, brand, is_revealed, fault, settled_at) = match line.outcome {
            OpeningOutcome::Opened { price, brand, at, is_revealed } => (Some(price.into()), brand, is_revealed, None, at),
            OpeningOutcome::Failed { fault, at } => (None, String::new(), false, Some(fault.into()), at),
        };
        OpeningLine {
            bid_id: ident::global(BidId::KIND, line.bid.0),
            lot_id: lot::global(line.lot),
            lot_number: numbers.get(&line.lot).copied(),
            bidder: bidders.iter().find(|one| one.id == line.bidder).cloned().map(Organization),
            consortium: shares(line.consortium.as_ref(), &bidders),
            commitment: line.commitment,
            received_at: line.received_at,
            is_stale: line.is_stale,
            price,
            brand: Some(brand).filter(|brand| !brand.is_empty()),
            is_revealed,
            fault,
            settled_at,
        }
    });
    Ok(Opening {
        opened_at: record.opened_at,
        threshold: record.threshold,
        lines: lines.collect(),
        holders: record.holders.into_iter().map(Into::into).collect(),
    })
}

/// The answer to one requirement.
#[derive(Clone, SimpleObject)]
pub struct RequirementAnswer {
    /// Its place in the tender's list, from 0.
    pub requirement: i32,
    /// Whether it is met.
    pub is_met: bool,
    /// How.
    pub text: String,
}

/// A paper that the bidder declares to hold.
#[derive(SimpleObject)]
pub struct DeclaredPaper {
    /// Its key in the tender's list.
    pub key: String,
    /// Whose it is in a consortium, by the organization's global id; null for the bidder that handed in.
    pub member_id: Option<ID>,
    /// What it is, where it can be checked.
    pub note: String,
    /// The paper itself, when it came inside the bid.
    pub file: Option<File>,
}

/// An opened bid.
pub struct OpenedBid {
    bid: Witness,
    bidder: Option<domain::identity::organization::Organization>,
    /// Of its papers, when they are asked for.
    files: Vec<domain::oversight::file::File>,
}

/// An opened bid with its content.
#[Object]
impl OpenedBid {
    /// The bid's global id.
    async fn id(&self) -> ID {
        ident::global(BidId::KIND, self.bid.bid().id.0)
    }

    /// The lot's global id.
    async fn lot_id(&self) -> ID {
        lot::global(self.bid.bid().lot)
    }

    /// Who bids.
    async fn bidder(&self) -> Option<Organization> {
        self.bidder.clone().map(Organization)
    }

    /// The price as bid.
    async fn price(&self) -> Money {
        self.bid.price().into()
    }

    /// The answers to the requirements.
    async fn answers(&self) -> Vec<RequirementAnswer> {
        let answer = |answer: &bid::RequirementAnswer| RequirementAnswer {
            requirement: i32::try_from(answer.requirement).unwrap_or(i32::MAX),
            is_met: answer.is_met,
            text: answer.text.clone(),
        };
        self.bid.content().answers.iter().map(answer).collect()
    }

    /// The papers that the bidder declares to hold.
    async fn papers(&self) -> Vec<DeclaredPaper> {
        let paper = |paper: &bid::DeclaredPaper| {
            let kept = paper.file.as_ref().and_then(|file| file.kept);
            let file = self.files.iter().find(|file| Some(file.id) == kept).cloned().map(File);
            DeclaredPaper { key: paper.key.clone(), member_id: paper.member.map(|id| ident::global(OrganizationId::KIND, id.0)), note: paper.note.clone(), file }
        };
        self.bid.content().papers.iter().map(paper).collect()
    }

    /// The technical offer.
    async fn technical(&self) -> &str {
        &self.bid.content().technical
    }

    /// How much of the cost of its products is made at home, in percent, as declared.
    async fn domestic_cost_percent(&self) -> Option<i64> {
        self.bid.content().domestic_cost_percent
    }

    /// The places, from 0, of the tender's items for which its bidder holds a certificate as the notice prefers it.
    async fn green_items(&self) -> &[u32] {
        &self.bid.content().green_items
    }

    /// The brand of the core product, for goods.
    async fn brand(&self) -> &str {
        &self.bid.content().brand
    }
}

/// What a tender's own people may know of its bids.
#[derive(SimpleObject)]
pub struct TenderBids {
    /// How many are in; null until the deadline, when nobody may know.
    pub count: Option<i32>,
    /// Those that have been opened.
    pub opened: Vec<OpenedBid>,
}

/// A bid's manifest, in which the holder's sealed share stands.
#[derive(Clone, SimpleObject)]
pub struct SealedShares {
    /// The bid's global id.
    pub bid_id: ID,
    /// The manifest, as JSON text.
    pub manifest: String,
}

/// What you need to open your shares.
#[derive(Clone, SimpleObject)]
pub struct OpeningShares {
    /// You, as you stand in the manifests (a UUID).
    pub holder_id: String,
    /// How many holders are needed.
    pub threshold: u32,
    /// Who has handed in already.
    pub handed_in: Vec<OpeningHolder>,
    /// A manifest for each bid.
    pub bids: Vec<SealedShares>,
}

/// An opened share.
#[derive(Clone, InputObject)]
pub struct OpenedShareInput {
    /// Of which bid.
    pub bid_id: ID,
    /// The share in base64; leave it out when the sealed one can't be opened.
    pub share: Option<String>,
}

/// Your opened shares.
#[derive(Clone, InputObject)]
pub struct SubmitOpeningSharesInput {
    /// The tender.
    pub tender_id: ID,
    /// One for each bid.
    pub shares: Vec<OpenedShareInput>,
    /// Makes the act happen once however often it is sent; at most 200 bytes. The `Idempotency-Key` header serves too.
    pub idempotency_key: Option<String>,
}

/// How far the opening has come.
#[derive(SimpleObject)]
pub struct SubmitOpeningSharesPayload {
    /// How many holders are needed.
    pub threshold: Option<u32>,
    /// Who has handed in.
    pub handed_in: Vec<OpeningHolder>,
    /// What to mend.
    pub user_errors: Vec<UserError>,
}

/// The key of your own bid.
#[derive(Clone, InputObject)]
pub struct RevealBidInput {
    /// The bid.
    pub bid_id: ID,
    /// The key that was kept when it was sealed, `AGE-SECRET-KEY-1…`.
    pub bid_key: String,
    /// Makes the act happen once however often it is sent; at most 200 bytes. The `Idempotency-Key` header serves too.
    pub idempotency_key: Option<String>,
}

/// A revealed bid.
#[derive(SimpleObject)]
pub struct RevealBidPayload {
    /// What to mend.
    pub user_errors: Vec<UserError>,
}

/// Root fields that read openings.
#[derive(Default)]
pub struct OpeningQuery;

#[Object]
impl OpeningQuery {
    /// The public record of a tender's opening; null until bids are open.
    async fn opening(
        &self,
        graphql: &Context<'_>,
        #[graphql(desc = "The tender.")] tender_id: ID,
    ) -> Result<Option<Opening>> {
        let asker = asker(graphql)?;
        let opening = async {
            let tender = ident::of_kind(&tender_id, TenderId::KIND, "tenderId")?;
            record(asker, openings::record(&asker.app, &asker.ctx, tender).await?).await
        };
        found(&asker.ctx, opening.await)
    }

    /// The sealed shares of a tender's bids, after the deadline; null for everybody but its key holders.
    async fn opening_shares(
        &self,
        graphql: &Context<'_>,
        #[graphql(desc = "The tender.")] tender_id: ID,
    ) -> Result<Option<OpeningShares>> {
        let asker = asker(graphql)?;
        let view = async {
            openings::holder_view(&asker.app, &asker.ctx, ident::of_kind(&tender_id, TenderId::KIND, "tenderId")?).await
        };
        let sealed = |(bid, manifest): (BidId, String)| SealedShares { bid_id: ident::global(BidId::KIND, bid.0), manifest };
        Ok(found(&asker.ctx, view.await)?.map(|view| OpeningShares {
            holder_id: view.holder.to_string(),
            threshold: view.threshold,
            handed_in: view.handed_in.into_iter().map(Into::into).collect(),
            bids: view.manifests.into_iter().map(sealed).collect(),
        }))
    }

    /// What the people of a tender's buyer, its supervisors and its panel may know of its bids: nothing until the
    /// deadline, their number after it, their contents once opened. Null for everybody else.
    async fn tender_bids(
        &self,
        graphql: &Context<'_>,
        #[graphql(desc = "The tender.")] tender_id: ID,
    ) -> Result<Option<TenderBids>> {
        let asker = asker(graphql)?;
        let bids = async {
            let tender = ident::of_kind(&tender_id, TenderId::KIND, "tenderId")?;
            let bids = openings::tender_bids(&asker.app, &asker.ctx, tender).await?;
            let ids: Vec<_> = bids.opened.iter().map(|bid| bid.bid().bidder).collect();
            let bidders = bidders(asker, &ids).await?;
            // The papers of all bids at once, and only for those who look at them.
            let looks_at_files = graphql.look_ahead().field("opened").field("papers").field("file").exists();
            let files = if looks_at_files { app::tendering::bid_paper::papers(&asker.app, &bids.opened).await? } else { Vec::new() };
            let opened = bids.opened.into_iter().map(|bid| {
                let bidder = bidders.iter().find(|one| one.id == bid.bid().bidder).cloned();
                let kept = bid.content().papers.iter().filter_map(|paper| paper.file.as_ref()?.kept);
                let files = kept.filter_map(|id| files.iter().find(|file| file.id == id).cloned()).collect();
                OpenedBid { bid, bidder, files }
            });
            let count = bids.count.map(|count| i32::try_from(count).unwrap_or(i32::MAX));
            Ok(TenderBids { count, opened: opened.collect() })
        };
        found(&asker.ctx, bids.await)
    }
}

/// Root fields that open bids.
#[derive(Default)]
pub struct OpeningMutation;

#[Object]
impl OpeningMutation {
    /// Hands in your opened share of every bid. With the last holder that is needed, all bids are opened.
    async fn submit_opening_shares(
        &self,
        graphql: &Context<'_>,
        #[graphql(desc = "The opened shares.")] input: SubmitOpeningSharesInput,
    ) -> Result<SubmitOpeningSharesPayload> {
        let asker = once(graphql, input.idempotency_key)?;
        let done = async {
            let tender = ident::of_kind(&input.tender_id, TenderId::KIND, "tenderId")?;
            let read = |(place, offer): (usize, OpenedShareInput)| {
                let bid = ident::of_kind(&offer.bid_id, BidId::KIND, &format!("shares.{place}.bidId"))?;
                Ok(openings::OfferedShare { bid, share: offer.share })
            };
            let shares = input.shares.into_iter().enumerate().map(read).collect::<Result<_, Error>>()?;
            openings::submit_shares(&asker.app, &asker.ctx, tender, shares).await
        };
        let (progress, user_errors) = settle(&asker.ctx, done.await)?;
        let threshold = progress.as_ref().map(|progress| progress.threshold);
        let handed_in = progress.into_iter().flat_map(|progress| progress.handed_in).map(Into::into).collect();
        Ok(SubmitOpeningSharesPayload { threshold, handed_in, user_errors })
    }

    /// Opens your own bid with the key that you kept, when the holders can't. The record says so.
    async fn reveal_bid(
        &self,
        graphql: &Context<'_>,
        #[graphql(desc = "The bid and its key.")] input: RevealBidInput,
    ) -> Result<RevealBidPayload> {
        let asker = once(graphql, input.idempotency_key)?;
        let done = async {
            let bid = ident::of_kind(&input.bid_id, BidId::KIND, "bidId")?;
            openings::reveal(&asker.app, &asker.ctx, bid, &input.bid_key).await
        };
        let (_, user_errors) = settle(&asker.ctx, done.await)?;
        Ok(RevealBidPayload { user_errors })
    }
}
