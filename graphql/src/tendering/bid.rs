//! Bids, as their bidders see them.

use super::opening::OpeningFault;
use super::lot;
use crate::ident;
use crate::payload::{UserError, coded, found, settle};
use crate::request::{Asker, asker, once};
use app::Error;
use app::tendering::bid as bids;
use async_graphql::{Context, Enum, ID, InputObject, Object, Result, SimpleObject, Upload};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, Utc};
use domain::ident::{BidId, ConsortiumId, TenderId};
use domain::refusal::{Code, Refusal};
use domain::tendering::bid;

/// In what state a bid is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum BidState {
    /// In, sealed.
    Sealed,
    /// Another bid of the same bidder has taken its place.
    Replaced,
    /// Taken back by its bidder.
    Withdrawn,
    /// Opened.
    Opened,
    /// Present at the opening, but it could not be opened. Its bidder can reveal it.
    Unopened,
    /// The first response of a supplier that was negotiated with: a final offer takes its place.
    Negotiated,
}

impl From<&bid::BidState> for BidState {
    fn from(state: &bid::BidState) -> Self {
        match state {
            bid::BidState::Sealed => Self::Sealed,
            bid::BidState::Replaced { .. } => Self::Replaced,
            bid::BidState::Withdrawn { .. } => Self::Withdrawn,
            bid::BidState::Opened { .. } => Self::Opened,
            bid::BidState::Unopened { .. } => Self::Unopened,
            bid::BidState::Negotiated { .. } => Self::Negotiated,
        }
    }
}

/// A bid of your organization.
pub struct Bid(pub bids::OwnBid);

/// A bid of your organization. Its content is sealed and stands nowhere here.
#[Object]
impl Bid {
    /// Its global id.
    pub async fn id(&self) -> ID {
        ident::global(BidId::KIND, self.0.bid.id.0)
    }

    /// Its number on paper, as it stands in the receipt (a UUID).
    async fn number(&self) -> String {
        self.0.bid.id.to_string()
    }

    /// The tender's global id.
    async fn tender_id(&self) -> ID {
        ident::global(TenderId::KIND, self.0.bid.tender.0)
    }

    /// The lot's global id.
    async fn lot_id(&self) -> ID {
        lot::global(self.0.bid.lot)
    }

    /// Its state.
    async fn state(&self) -> BidState {
        (&self.0.bid.state).into()
    }

    /// When it was in, by the marketplace's clock.
    async fn received_at(&self) -> DateTime<Utc> {
        self.0.bid.received_at
    }

    /// SHA-256 over the whole envelope, in hexadecimal: what was committed to.
    async fn commitment(&self) -> &str {
        &self.0.bid.sealing.commitment
    }

    /// The version of the documents for which it was sealed.
    async fn document_version(&self) -> u32 {
        self.0.bid.sealing.document_version
    }

    /// Whether the documents have changed since it was sealed or last confirmed: confirm or replace it.
    async fn is_stale(&self) -> bool {
        self.0.is_stale
    }

    /// The consortium for which it bids; null where you bid alone.
    async fn consortium_id(&self) -> Option<ID> {
        self.0.bid.consortium.as_ref().map(|agreement| ident::global(ConsortiumId::KIND, agreement.consortium.0))
    }

    /// The bid whose place it took.
    async fn replaces(&self) -> Option<ID> {
        self.0.bid.replaces.map(|id| ident::global(BidId::KIND, id.0))
    }

    /// The marketplace's signed promise that it is in: a compact JWS (ES256; key by `/.well-known/jwks.json`) over
    /// tender, bidder, commitment, time of reception and the event in the audit log.
    async fn receipt(&self) -> &str {
        &self.0.receipt
    }

    /// Where the audit log proves that the reception stands in it, below the address of the marketplace; within seconds
    /// of the reception.
    async fn proof_address(&self) -> String {
        format!("/log/proof/inclusion?event={}", self.0.bid.receipt_event)
    }

    /// Why it could not be opened; null unless its state says so.
    async fn fault(&self) -> Option<OpeningFault> {
        match &self.0.bid.state {
            bid::BidState::Unopened { fault, .. } => Some((*fault).into()),
            _ => None,
        }
    }
}

/// Somebody to whom a share of the bid's key is sealed.
#[derive(Clone, SimpleObject)]
pub struct SealingHolder {
    /// The number as it stands in the manifest (a UUID).
    pub holder_id: String,
    /// The public key in age's form.
    pub recipient: String,
}

/// What an envelope must say, exactly: input of `zhaocai seal` and of the bid page.
#[derive(Clone, SimpleObject)]
pub struct SealingTerms {
    /// The tender, as it stands in the binding (a UUID).
    pub tender_id: String,
    /// The lot, as it stands in the binding (a UUID).
    pub lot_id: String,
    /// The version of the documents.
    pub document_version: u32,
    /// Your organization, as it stands in the binding (a UUID).
    pub bidder_id: String,
    /// To whom the shares are sealed, in this order.
    pub holders: Vec<SealingHolder>,
    /// How many of them open it.
    pub threshold: u32,
    /// The largest ciphertext taken, in bytes.
    pub most_bytes: i64,
    /// The last instant at which bids are taken.
    pub deadline_at: DateTime<Utc>,
    /// The marketplace's time, for countdowns.
    pub now: DateTime<Utc>,
}

/// A sealed bid.
#[derive(InputObject)]
pub struct SubmitBidInput {
    /// The tender.
    pub tender_id: ID,
    /// The consortium for which you bid, as its lead: all its members have agreed. Left out, you bid alone.
    pub consortium_id: Option<ID>,
    /// The manifest, as JSON text.
    pub manifest: String,
    /// The age file, at most 20 MiB, by the GraphQL multipart request specification.
    pub envelope: Option<Upload>,
    /// The age file in base64, in place of `envelope`, as long as the whole request stays within its limit.
    pub ciphertext: Option<String>,
    /// Makes the act happen once however often it is sent; at most 200 bytes. The `Idempotency-Key` header serves too.
    pub idempotency_key: Option<String>,
}

/// A sealed bid that takes the place of another.
#[derive(InputObject)]
pub struct ReplaceBidInput {
    /// The bid whose place it takes.
    pub bid_id: ID,
    /// The tender.
    pub tender_id: ID,
    /// The consortium for which you bid, as its lead: all its members have agreed. Left out, you bid alone.
    pub consortium_id: Option<ID>,
    /// The manifest, as JSON text.
    pub manifest: String,
    /// The age file, at most 20 MiB, by the GraphQL multipart request specification.
    pub envelope: Option<Upload>,
    /// The age file in base64, in place of `envelope`, as long as the whole request stays within its limit.
    pub ciphertext: Option<String>,
    /// Makes the act happen once however often it is sent; at most 200 bytes. The `Idempotency-Key` header serves too.
    pub idempotency_key: Option<String>,
}

/// One of your bids.
#[derive(Clone, InputObject)]
pub struct BidActInput {
    /// The bid.
    pub bid_id: ID,
    /// Makes the act happen once however often it is sent; at most 200 bytes. The `Idempotency-Key` header serves too.
    pub idempotency_key: Option<String>,
}

/// Your bid after the act.
#[derive(SimpleObject)]
pub struct BidPayload {
    /// The bid.
    pub bid: Option<Bid>,
    /// What to mend.
    pub user_errors: Vec<UserError>,
}

impl BidPayload {
    fn new(ctx: &app::Context, result: Result<bids::OwnBid, Error>) -> Result<Self> {
        let (bid, user_errors) = settle(ctx, result)?;
        Ok(Self { bid: bid.map(Bid), user_errors })
    }
}

/// What the inputs that hand in an envelope have in common.
struct HandedIn {
    tender_id: ID,
    replaces: Option<ID>,
    consortium: Option<ID>,
    manifest: String,
    envelope: Option<Upload>,
    ciphertext: Option<String>,
}

impl HandedIn {
    /// Reads the global ids and the age file, in whichever form it came.
    fn read(self, graphql: &Context<'_>) -> Result<bids::SubmitBid, Error> {
        let ciphertext = match (self.envelope, self.ciphertext) {
            (Some(upload), None) => {
                let upload = upload.value(graphql).map_err(|_| Refusal::at(Code::Malformed, "envelope").with("expected", "multipart"))?;
                upload.content.to_vec()
            }
            (None, Some(ciphertext)) => {
                let ciphertext = STANDARD.decode(ciphertext.trim());
                ciphertext.map_err(|_| Refusal::at(Code::Malformed, "ciphertext").with("expected", "base64"))?
            }
            (None, None) => return Err(Refusal::at(Code::Required, "envelope").into()),
            (Some(_), Some(_)) => {
                return Err(Refusal::at(Code::Malformed, "ciphertext").with("expected", "envelope / ciphertext").into());
            }
        };
        Ok(bids::SubmitBid {
            tender: ident::of_kind(&self.tender_id, TenderId::KIND, "tenderId")?,
            replaces: self.replaces.as_ref().map(|id| ident::of_kind(id, BidId::KIND, "bidId")).transpose()?,
            consortium: self.consortium.as_ref().map(|id| ident::of_kind(id, ConsortiumId::KIND, "consortiumId")).transpose()?,
            manifest: self.manifest,
            ciphertext,
        })
    }
}

/// Root fields that read one's bid.
#[derive(Default)]
pub struct BidQuery;

#[Object]
impl BidQuery {
    /// Your organization's bid for a lot: the one that counts, or the last that did; null when there is none.
    async fn viewer_bid(
        &self,
        graphql: &Context<'_>,
        #[graphql(desc = "The tender.")] tender_id: ID,
        #[graphql(desc = "The lot; the first for which there is one unless told.")] lot_id: Option<ID>,
    ) -> Result<Option<Bid>> {
        let asker = asker(graphql)?;
        let lot = lot::named(lot_id.as_ref()).map_err(|error| coded(&asker.ctx, error))?;
        let mut bids = own(asker, &tender_id).await?.into_iter();
        Ok(bids.find(|one| lot.is_none_or(|lot| one.0.bid.lot == lot)))
    }

    /// Your organization's bids for the lots of a tender, in the order of the lots: for each the one that counts, or the last
    /// that did.
    async fn viewer_bids_for_tender(
        &self,
        graphql: &Context<'_>,
        #[graphql(desc = "The tender.")] tender_id: ID,
    ) -> Result<Vec<Bid>> {
        own(asker(graphql)?, &tender_id).await
    }

    /// What an envelope for a lot of this tender must say; null when there is no such tender. For suppliers.
    async fn sealing_terms(
        &self,
        graphql: &Context<'_>,
        #[graphql(desc = "The tender.")] tender_id: ID,
        #[graphql(desc = "The lot; needed where the tender is divided.")] lot_id: Option<ID>,
    ) -> Result<Option<SealingTerms>> {
        let asker = asker(graphql)?;
        let terms = async {
            let (tender, lot) = (ident::of_kind(&tender_id, TenderId::KIND, "tenderId")?, lot::named(lot_id.as_ref())?);
            bids::sealing_terms(&asker.app, &asker.ctx, tender, lot).await
        };
        let holder = |holder: sealing::envelope::Holder| SealingHolder {
            holder_id: holder.holder_id.to_string(),
            recipient: holder.recipient,
        };
        Ok(found(&asker.ctx, terms.await)?.map(|terms| SealingTerms {
            tender_id: terms.terms.tender.to_string(),
            lot_id: terms.lot.to_string(),
            document_version: terms.terms.document_version,
            bidder_id: terms.bidder.to_string(),
            holders: terms.holders.into_iter().map(holder).collect(),
            threshold: terms.threshold,
            most_bytes: i64::try_from(bid::CIPHERTEXT_MOST_BYTES).unwrap_or(i64::MAX),
            deadline_at: terms.terms.deadline_at,
            now: asker.ctx.now(),
        }))
    }
}

/// The bids of the actor's organization for a tender; none where there is no such tender.
async fn own(asker: &Asker, tender_id: &ID) -> Result<Vec<Bid>> {
    let bids = async {
        bids::viewer_bids(&asker.app, &asker.ctx, ident::of_kind(tender_id, TenderId::KIND, "tenderId")?).await
    };
    Ok(found(&asker.ctx, bids.await)?.unwrap_or_default().into_iter().map(Bid).collect())
}

/// Root fields that hand in, replace, confirm and withdraw bids.
#[derive(Default)]
pub struct BidMutation;

#[Object]
impl BidMutation {
    /// Hands in a sealed bid for your organization. Until the deadline it can be replaced and withdrawn.
    async fn submit_bid(
        &self,
        graphql: &Context<'_>,
        #[graphql(desc = "The sealed bid.")] input: SubmitBidInput,
    ) -> Result<BidPayload> {
        let asker = once(graphql, input.idempotency_key)?;
        let SubmitBidInput { tender_id, consortium_id: consortium, manifest, envelope, ciphertext, .. } = input;
        let new = HandedIn { tender_id, replaces: None, consortium, manifest, envelope, ciphertext };
        let done = async { bids::submit(&asker.app, &asker.ctx, new.read(graphql)?).await };
        BidPayload::new(&asker.ctx, done.await)
    }

    /// Hands in a sealed bid that takes the place of the one that is in.
    async fn replace_bid(
        &self,
        graphql: &Context<'_>,
        #[graphql(desc = "The sealed bid and the one that it replaces.")] input: ReplaceBidInput,
    ) -> Result<BidPayload> {
        let asker = once(graphql, input.idempotency_key)?;
        let ReplaceBidInput { bid_id, tender_id, consortium_id: consortium, manifest, envelope, ciphertext, .. } = input;
        let new = HandedIn { tender_id, replaces: Some(bid_id), consortium, manifest, envelope, ciphertext };
        let done = async { bids::submit(&asker.app, &asker.ctx, new.read(graphql)?).await };
        BidPayload::new(&asker.ctx, done.await)
    }

    /// Takes your bid back, before the deadline.
    async fn withdraw_bid(
        &self,
        graphql: &Context<'_>,
        #[graphql(desc = "The bid.")] input: BidActInput,
    ) -> Result<BidPayload> {
        let asker = once(graphql, input.idempotency_key)?;
        let done =
            async { bids::withdraw(&asker.app, &asker.ctx, ident::of_kind(&input.bid_id, BidId::KIND, "bidId")?).await };
        BidPayload::new(&asker.ctx, done.await)
    }

    /// Says that your bid stands although the documents have changed since it was sealed.
    async fn confirm_bid(
        &self,
        graphql: &Context<'_>,
        #[graphql(desc = "The bid.")] input: BidActInput,
    ) -> Result<BidPayload> {
        let asker = once(graphql, input.idempotency_key)?;
        let done = async { bids::confirm(&asker.app, &asker.ctx, ident::of_kind(&input.bid_id, BidId::KIND, "bidId")?).await };
        BidPayload::new(&asker.ctx, done.await)
    }
}
