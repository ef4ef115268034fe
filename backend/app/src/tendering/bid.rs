//! Bids: handed in sealed, replaced, confirmed and withdrawn until the deadline, known to their bidder alone.

use super::consortium;
use super::invitation::{self, Invitation};
use super::reservation;
use crate::contracting::bid_security;
use crate::store::Tx;
use crate::store::tendering::bid;
use crate::{App, Context, Error, Result};
use domain::ident::{BidId, ConsortiumId, EventId, LotId, OrganizationId, TenderId};
use domain::identity::actor::Person;
use domain::identity::permission::{Action, Scope};
use domain::refusal::{Code, Refusal};
use domain::tendering::bid::{Bid, BidTerms, CIPHERTEXT_MOST_BYTES, CIPHERTEXT_MOST_MEBIBYTES, Sealing, Submission};
use sealing::SealingError;
use sealing::envelope::{Binding, Holder, Manifest, SealedBid};
use serde::Serialize;
use std::sync::Arc;

/// The media type in the header of receipts.
const RECEIPT_KIND: &str = "bid-receipt+jwt";
/// The largest manifest, in bytes: sixteen sealed shares are far smaller.
const MANIFEST_MOST_BYTES: usize = 64 * 1024;

/// A sealed bid to hand in.
#[derive(Clone, Debug)]
pub struct SubmitBid {
    /// For which tender.
    pub tender: TenderId,
    /// The manifest, as JSON.
    pub manifest: String,
    /// The age file.
    pub ciphertext: Vec<u8>,
    /// The bid whose place it takes.
    pub replaces: Option<BidId>,
    /// The consortium for which its lead hands it in.
    pub consortium: Option<ConsortiumId>,
}

/// A bid as its bidder sees it.
#[derive(Clone, Debug)]
pub struct OwnBid {
    /// The bid.
    pub bid: Bid,
    /// Whether the documents have changed since it was sealed or last confirmed.
    pub is_stale: bool,
    /// The marketplace's signed promise that it is in: a compact JWS (ES256, key by JWKS).
    pub receipt: String,
}

/// What an envelope for a tender must say, exactly.
#[derive(Clone, Debug)]
pub struct SealingTerms {
    /// Tender, version of the documents and deadline.
    pub terms: BidTerms,
    /// For which lot.
    pub lot: LotId,
    /// For whom.
    pub bidder: OrganizationId,
    /// To whom the shares are sealed, in this order.
    pub holders: Vec<Holder>,
    /// How many of them open it.
    pub threshold: u32,
}

#[derive(Serialize)]
struct Receipt<'a> {
    iss: &'a str,
    iat: i64,
    tender_id: TenderId,
    lot_id: LotId,
    bid_id: BidId,
    bidder_id: OrganizationId,
    commitment: &'a str,
    received_at: String,
    event_id: EventId,
    #[serde(skip_serializing_if = "Option::is_none")]
    consortium_id: Option<ConsortiumId>,
}

/// The person who bids for a supplier.
fn bidder(ctx: &Context) -> Result<&Person> {
    let person = ctx.person()?;
    ctx.allow(Action::KeepBid, &Scope::market())?;
    Ok(person)
}

/// What an envelope for this tender must say: for the lot that is named, which a tender that is not divided need not do.
///
/// # Errors
/// `NOT_INVITED`, `REQUIRED` and `NOT_FOUND` at `lotId`, `NotFound`, `Unauthenticated`, `Forbidden` for those who don't bid.
pub async fn sealing_terms(app: &App, ctx: &Context, tender: TenderId, lot: Option<LotId>) -> Result<SealingTerms> {
    let bidder = bidder(ctx)?.organization;
    let invitation = invitation::by_tender(app.store.reader(), tender).await?;
    invitation.terms.check_invited(bidder)?;
    let lot = named_lot(&invitation.terms, lot)?;
    Ok(SealingTerms { bidder, lot, holders: invitation.holders, threshold: invitation.threshold, terms: invitation.terms })
}

/// The lot that is named, or the only one there is.
fn named_lot(terms: &BidTerms, lot: Option<LotId>) -> Result<LotId> {
    match (lot, terms.lots.as_slice()) {
        (Some(lot), lots) if lots.contains(&lot) => Ok(lot),
        (Some(_), _) => Err(Refusal::at(Code::NotFound, "lotId").into()),
        (None, [only]) => Ok(*only),
        (None, _) => Err(Refusal::at(Code::Required, "lotId").into()),
    }
}

/// Hands in a sealed bid.
///
/// # Errors
/// `FILE_TOO_LARGE`, `MALFORMED`, `COMMITMENT_WRONG`, `BID_FOR_SOMETHING_ELSE`, `BID_SEALED_TO_OTHERS`, `BID_LATE`,
/// `NOT_INVITED`, `BIDDER_TOO_LARGE`, `OFFER_STANDS`, `BID_ALREADY_IN`, `BID_FOR_OLD_DOCUMENTS`, those of [`consortium::check_bid`], `BID_WITHDRAWN` and `WRONG_STATE` for what it would replace,
/// `NotFound`, `Unauthenticated`, `Forbidden`.
pub async fn submit(app: &App, ctx: &Context, input: SubmitBid) -> Result<OwnBid> {
    let person = bidder(ctx)?;
    let invitation = invitation::by_tender(app.store.reader(), input.tender).await?;
    let (tender, replaces, consortium) = (input.tender, input.replaces, input.consortium);
    let (sealed, lot, sealing) = check_envelope(input, &invitation, person.organization).await?;
    let work = Work { tender, lot, replaces, consortium, sealing, sealed: Arc::new(sealed) };
    let bid = app.store.write_once(ctx, "submitBid", work, take_in).await?;
    own(app, bid).await
}

/// A checked bid on its way in. The commitment in `sealing` stands for the envelope in what idempotency compares.
#[derive(Clone, Serialize)]
struct Work {
    tender: TenderId,
    lot: LotId,
    replaces: Option<BidId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    consortium: Option<ConsortiumId>,
    sealing: Sealing,
    #[serde(skip)]
    sealed: Arc<(String, Vec<u8>)>,
}

async fn take_in(tx: Tx, work: Work) -> Result<Bid> {
    // The clock is read once the tender is held: see `closing` for why no bid can slip in behind the opening.
    let invitation = invitation::held(&tx, work.tender).await?;
    let now = tx.ctx().now();
    invitation.terms.check_in_time(now)?;
    invitation.check_taking()?;
    let (bidder, by) = tx.ctx().person().map(|person| (person.organization, person.user))?;
    let present = bid::of_bidder(tx.db(), work.tender, bidder).await?;
    if let Some(named) = work.replaces {
        let named = present.iter().find(|bid| bid.id == named).ok_or(Error::NotFound)?;
        named.check_sealed().map_err(|refusal| refusal.under("replaces"))?;
    }
    let consortium = consortium::check_bid(&tx, (work.tender, work.lot), bidder, work.consortium, &present).await?;
    let members = consortium.iter().flat_map(|agreement| &agreement.members).map(|member| member.organization);
    let parties: Vec<OrganizationId> = members.chain([bidder]).collect();
    reservation::check_bidders(&tx, &invitation, work.lot, &parties).await?;
    if !present.is_empty() && !present.iter().any(Bid::is_live) {
        // A security that was due back with the withdrawn bid stands again.
        bid_security::bid_moved(&tx, work.tender, bidder).await?;
    }
    // Nothing is asked where the notice sets no cap.
    let others: Vec<LotId> = invitation.terms.lots.iter().copied().filter(|lot| *lot != work.lot).collect();
    let is_capped = invitation.terms.caps.bid_most.is_some();
    let other_lots = if is_capped { bid::most_lots(tx.db(), work.tender, &others, &parties).await? } else { 0 };
    let submission = Submission {
        id: tx.ctx().new_id(),
        receipt_event: tx.ctx().new_id(),
        lot: work.lot,
        bidder,
        consortium,
        by,
        sealing: work.sealing,
        other_lots,
        own: present,
    };
    let submitted = Bid::submit(submission, &invitation.terms, work.replaces, now)?;
    if let Some(replaced) = &submitted.replaced {
        bid::save(&tx, replaced).await?;
    }
    let (manifest, ciphertext) = (*work.sealed).clone();
    bid::insert(&tx, &submitted.bid, manifest, ciphertext).await?;
    tx.record_as(submitted.bid.receipt_event, submitted.event).await?;
    Ok(submitted.bid)
}

/// Checks an envelope without being able to read it.
async fn check_envelope(
    input: SubmitBid,
    invitation: &Invitation,
    bidder: OrganizationId,
) -> Result<((String, Vec<u8>), LotId, Sealing)> {
    if input.ciphertext.len() > CIPHERTEXT_MOST_BYTES {
        return Err(Refusal::at(Code::FileTooLarge, "ciphertext").with("most", CIPHERTEXT_MOST_MEBIBYTES).into());
    }
    if input.ciphertext.is_empty() {
        return Err(Refusal::at(Code::Required, "ciphertext").into());
    }
    let malformed = || Error::from(Refusal::at(Code::Malformed, "manifest").with("expected", sealing::envelope::FORMAT));
    if input.manifest.len() > MANIFEST_MOST_BYTES {
        return Err(malformed());
    }
    let manifest: Manifest = serde_json::from_str(&input.manifest).map_err(|_| malformed())?;
    let statement = &manifest.statement;
    let sealing = Sealing {
        commitment: manifest.commitment.clone(),
        document_version: statement.binding.document_version,
        ciphertext_bytes: i64::try_from(input.ciphertext.len()).unwrap_or(i64::MAX),
    };
    let lot = LotId(statement.binding.lot_id);
    if !invitation.terms.lots.contains(&lot) {
        return Err(Refusal::at(Code::BidForSomethingElse, "manifest").into());
    }
    // The version is judged with the deadline, inside the write: the documents may change meanwhile.
    let binding = Binding {
        tender_id: invitation.terms.tender.0,
        lot_id: lot.0,
        document_version: sealing.document_version,
        bidder_id: bidder.0,
    };
    let (holders, threshold) = (invitation.holders.clone(), invitation.threshold as usize);
    let sealed = SealedBid { manifest, ciphertext: input.ciphertext };
    let checked = tokio::task::spawn_blocking(move || {
        let verdict = sealing::envelope::verify(&sealed, &binding, &holders, threshold);
        (sealed.ciphertext, verdict)
    });
    let (ciphertext, verdict) = checked.await.map_err(|error| Error::internal("check an envelope", error))?;
    verdict.map_err(|error| envelope_refusal(&error))?;
    Ok(((input.manifest, ciphertext), lot, sealing))
}

fn envelope_refusal(error: &SealingError) -> Error {
    match error {
        SealingError::CommitmentDoesNotMatch => Refusal::at(Code::CommitmentWrong, "manifest").into(),
        SealingError::OtherBinding => Refusal::at(Code::BidForSomethingElse, "manifest").into(),
        SealingError::OtherHolders | SealingError::ThresholdOutOfRange { .. } | SealingError::HolderTwice(_) => {
            Refusal::at(Code::BidSealedToOthers, "manifest").into()
        }
        SealingError::TooLarge { .. } => {
            Refusal::at(Code::FileTooLarge, "ciphertext").with("most", CIPHERTEXT_MOST_MEBIBYTES).into()
        }
        SealingError::Malformed(_) => {
            Refusal::at(Code::Malformed, "manifest").with("expected", sealing::envelope::FORMAT).into()
        }
        error => Error::internal("check an envelope", error),
    }
}

/// Takes the actor's bid back.
///
/// # Errors
/// `BID_LATE`, `BID_WITHDRAWN`, `WRONG_STATE`, `NotFound`, `Unauthenticated`, `Forbidden`.
pub async fn withdraw(app: &App, ctx: &Context, id: BidId) -> Result<OwnBid> {
    change(app, ctx, "withdrawBid", id, Act::Withdraw).await
}

/// Says that the actor's bid stands although the documents have changed.
///
/// # Errors
/// `BID_LATE`, `BID_WITHDRAWN`, `WRONG_STATE`, `BID_NOT_STALE`, `NotFound`, `Unauthenticated`, `Forbidden`.
pub async fn confirm(app: &App, ctx: &Context, id: BidId) -> Result<OwnBid> {
    change(app, ctx, "confirmBid", id, Act::Confirm).await
}

#[derive(Clone, Copy, Serialize)]
enum Act {
    Withdraw,
    Confirm,
}

async fn change(app: &App, ctx: &Context, operation: &'static str, id: BidId, act: Act) -> Result<OwnBid> {
    bidder(ctx)?;
    let work = |tx: Tx, (id, act): (BidId, Act)| async move {
        let person = tx.ctx().person()?;
        let found = bid::by_id(tx.db(), id).await?.filter(|bid| bid.bidder == person.organization);
        let found = found.ok_or(Error::NotFound)?;
        let invitation = invitation::held(&tx, found.tender).await?;
        let terms = &invitation.terms;
        let (bid, event) = match act {
            Act::Withdraw => found.withdraw(terms, person.user, tx.ctx().now())?,
            Act::Confirm => found.confirm(terms, person.user, tx.ctx().now())?,
        };
        invitation.check_unclosed()?;
        bid::save(&tx, &bid).await?;
        tx.record(event).await?;
        bid_security::bid_moved(&tx, bid.tender, bid.bidder).await?;
        Ok(bid)
    };
    let bid = app.store.write_once(ctx, operation, (id, act), work).await?;
    own(app, bid).await
}

/// The bids of the actor's organization for a tender, one for each lot for which there is one: that which counts, or the
/// last that did.
///
/// # Errors
/// `Unauthenticated`, `Forbidden`.
pub async fn viewer_bids(app: &App, ctx: &Context, tender: TenderId) -> Result<Vec<OwnBid>> {
    let bidder = bidder(ctx)?.organization;
    let bids = bid::of_bidder(app.store.reader(), tender, bidder).await?;
    if bids.is_empty() {
        return Ok(Vec::new());
    }
    let invitation = invitation::by_tender(app.store.reader(), tender).await?;
    let of_lot = |lot: &LotId| {
        let mut own = bids.iter().filter(|bid| bid.lot == *lot);
        own.clone().find(|bid| bid.is_live()).or_else(|| own.next()).cloned()
    };
    invitation.terms.lots.iter().filter_map(of_lot).map(|bid| receipted(app, &invitation, bid)).collect()
}

/// A bid of the actor's organization by its number, whatever has become of it.
///
/// # Errors
/// `NotFound`, also for the bids of others; `Unauthenticated`, `Forbidden`.
pub async fn own_bid(app: &App, ctx: &Context, id: BidId) -> Result<OwnBid> {
    let bidder = bidder(ctx)?.organization;
    let found = bid::by_id(app.store.reader(), id).await?.filter(|bid| bid.bidder == bidder);
    own(app, found.ok_or(Error::NotFound)?).await
}

async fn own(app: &App, bid: Bid) -> Result<OwnBid> {
    let invitation = invitation::by_tender(app.store.reader(), bid.tender).await?;
    receipted(app, &invitation, bid)
}

/// A bid with the receipt for it.
fn receipted(app: &App, invitation: &Invitation, bid: Bid) -> Result<OwnBid> {
    let receipt = Receipt {
        iss: &app.settings().public_url,
        // As of the reception, whenever it is read: what the receipt of a bid says is one and the same, signed each time.
        iat: bid.received_at.timestamp(),
        tender_id: bid.tender,
        lot_id: bid.lot,
        bid_id: bid.id,
        bidder_id: bid.bidder,
        commitment: &bid.sealing.commitment,
        received_at: bid.received_at.to_rfc3339(),
        event_id: bid.receipt_event,
        consortium_id: bid.consortium.as_ref().map(|agreement| agreement.consortium),
    };
    let receipt = app.keys.sign(&receipt, RECEIPT_KIND)?;
    Ok(OwnBid { is_stale: bid.is_stale(invitation.terms.document_version), bid, receipt })
}
