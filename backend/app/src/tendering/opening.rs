//! The opening: holders hand in their shares, enough of them open every bid, the record is public.

use super::bid_paper;
use super::closing::close;
use super::invitation::{self, Invitation, Phase};
use crate::jobs::NewJob;
use crate::store::Tx;
use crate::store::oversight::file;
use crate::store::tendering::opening::{self, SubmittedShare};
use crate::store::tendering::{bid, evaluation};
use crate::{App, Context, Error, Result};
use chrono::{DateTime, Utc};
use domain::ident::{BidId, TenderId, UserId};
use domain::identity::permission::{Action, Scope};
use domain::oversight::event::{Event, Visibility};
use domain::money::Currency;
use domain::oversight::file::File;
use domain::refusal::{Code, Refusal};
use domain::tendering::bid::{Bid, BidContent, BidState, OpeningFault};
use domain::tendering::opening::{HolderAct, OpenedBid, OpeningLine, OpeningOutcome, OpeningRecord};
use domain::tendering::opening::{check_begun, check_complete, check_reveal};
use sealing::envelope::{Manifest, SealedBid};
use sealing::opening::Share;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The kind of job that opens bids for which shares have been handed in.
pub(crate) const OPEN_BIDS: &str = "opening.open";

/// What a holder needs to take part.
#[derive(Clone, Debug)]
pub struct HolderView {
    /// The holder, as it stands in the manifests.
    pub holder: UserId,
    /// How many holders are needed.
    pub threshold: u32,
    /// Who has handed in.
    pub handed_in: Vec<HolderAct>,
    /// The manifest of each bid, as JSON; the holder's sealed share is in it.
    pub manifests: Vec<(BidId, String)>,
}

/// A share as its holder hands it in.
#[derive(Clone, Debug, Serialize)]
pub struct OfferedShare {
    /// Of which bid.
    pub bid: BidId,
    /// The opened share in base64; `None` when the sealed one can't be opened.
    pub share: Option<String>,
}

/// How far an opening has come.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct OpeningProgress {
    /// How many holders are needed.
    pub threshold: u32,
    /// Who has handed in.
    pub handed_in: Vec<HolderAct>,
}

/// What a tender's own people may know of its bids.
#[derive(Clone, Debug)]
pub struct TenderBids {
    /// How many count; `None` before the deadline, when nobody may know.
    pub count: Option<usize>,
    /// Those that have been opened.
    pub opened: Vec<OpenedBid>,
}

/// The tender's invitation, for one of its holders after the deadline.
async fn for_holder(app: &App, ctx: &Context, tender: TenderId) -> Result<(Invitation, UserId)> {
    let user = ctx.person()?.user;
    let invitation = invitation::by_tender(app.store.reader(), tender).await?;
    let named = invitation.holders.iter().map(|holder| UserId(holder.holder_id));
    // A stranger does not learn that there is something to open.
    ctx.allow(Action::OpenBids, &Scope::market().with_named(named)).map_err(|_| Error::NotFound)?;
    check_begun(invitation.terms.deadline_at, ctx.now())?;
    Ok((closed(app, ctx, invitation).await?, user))
}

/// The invitation once its list of bids is complete: nobody opens, or sees what there is to open, before.
async fn closed(app: &App, ctx: &Context, invitation: Invitation) -> Result<Invitation> {
    if invitation.phase != Phase::Taking || invitation.closed.is_some() {
        return Ok(invitation);
    }
    close(app, ctx, invitation.terms.tender).await?;
    invitation::by_tender(app.store.reader(), invitation.terms.tender).await
}

/// The sealed shares of a tender's bids, for one of its holders.
///
/// # Errors
/// `OPENING_TOO_EARLY`, `NotFound` for everybody but its holders, `Unauthenticated`.
pub async fn holder_view(app: &App, ctx: &Context, tender: TenderId) -> Result<HolderView> {
    let (invitation, holder) = for_holder(app, ctx, tender).await?;
    let db = app.store.reader();
    // What has failed is never opened, and what is being judged has been.
    let bids = if invitation.phase == Phase::Over { Vec::new() } else { invitation.bids(db).await? };
    let ids: Vec<_> = bids.iter().map(|bid| bid.id).collect();
    let mut manifests: BTreeMap<_, _> = bid::manifests(db, &ids).await?.into_iter().collect();
    let manifests = ids.iter().filter_map(|id| manifests.remove_entry(id)).collect();
    let handed_in = opening::acts(&opening::shares(db, tender).await?);
    Ok(HolderView { holder, threshold: invitation.threshold, handed_in, manifests })
}

/// Hands in the actor's share of every bid. With the last one that is needed all bids are opened.
///
/// # Errors
/// `OPENING_TOO_EARLY`, `TOO_FEW_BIDS` (the tender has failed then), `SHARES_IN_ALREADY`, `SHARES_MISSING`,
/// `LINE_TWICE`, `SHARE_WRONG`, `WRONG_STATE`, `NotFound`, `Unauthenticated`.
pub async fn submit_shares(app: &App, ctx: &Context, tender: TenderId, shares: Vec<OfferedShare>) -> Result<OpeningProgress> {
    let (invitation, holder) = for_holder(app, ctx, tender).await?;
    invitation.check_competition()?;
    app.store.write_once(ctx, "submitOpeningShares", (tender, holder, shares), hand_in).await?;
    open(app, ctx, tender).await?;
    // Read anew: another holder may have handed in at the same instant.
    let handed_in = opening::acts(&opening::shares(app.store.reader(), tender).await?);
    Ok(OpeningProgress { threshold: invitation.threshold, handed_in })
}

async fn hand_in(tx: Tx, (tender, holder, offered): (TenderId, UserId, Vec<OfferedShare>)) -> Result<()> {
    let invitation = invitation::by_tender(tx.db(), tender).await?;
    invitation.check_opening()?;
    let bids = invitation.bids(tx.db()).await?;
    let ids: Vec<_> = bids.iter().map(|bid| bid.id).collect();
    let acts = opening::acts(&opening::shares(tx.db(), tender).await?);
    let given: Vec<_> = offered.iter().map(|share| share.bid).collect();
    check_complete(&ids.iter().copied().collect(), &given, &acts, holder)?;
    let manifests: BTreeMap<_, _> = bid::manifests(tx.db(), &ids).await?.into_iter().collect();
    for (place, offer) in offered.iter().enumerate() {
        let Some(share) = &offer.share else { continue };
        let manifest = read_manifest(manifests.get(&offer.bid).map_or("", String::as_str))?;
        let share = Share { holder_id: holder.0, share: share.clone() };
        if sealing::opening::check_share(&manifest, &share).is_err() {
            let refusal = Refusal::at(Code::ShareWrong, &format!("shares.{place}.share"));
            return Err(refusal.with("bid", offer.bid.to_string()).into());
        }
    }
    let at = tx.ctx().now();
    let rows = offered.into_iter().map(|offer| SubmittedShare { bid: offer.bid, holder, share: offer.share, at });
    opening::insert_shares(&tx, tender, rows.collect()).await?;
    let act = HolderAct { holder, at };
    tx.record(Event::new("opening.shares_submitted", TenderId::KIND, tender.0, Visibility::Public, &act)).await?;
    // Should this server die before it has opened them, another one will.
    tx.enqueue(NewJob::new(OPEN_BIDS, tender.to_string(), &tender)).await
}

fn read_manifest(json: &str) -> Result<Manifest> {
    serde_json::from_str(json).map_err(|error| Error::internal("read a manifest", error))
}

/// What came out of an envelope.
type Outcome = Result<Found, OpeningFault>;
/// What came out of each.
type Outcomes = BTreeMap<BidId, Outcome>;

/// A bid that is open.
#[derive(Clone)]
struct Found {
    /// What it offers; its files are named by their numbers.
    content: BidContent,
    /// Its files, whose bytes are kept.
    files: Vec<File>,
    /// Whether its bidder revealed it.
    is_revealed: bool,
}

/// Opens what the shares at hand open. Does nothing while too few holders have handed in; may run any number of times.
///
/// # Errors
/// When the store does not answer.
pub(crate) async fn open(app: &App, ctx: &Context, tender: TenderId) -> Result<()> {
    let db = app.store.reader();
    let invitation = invitation::by_tender(db, tender).await?;
    let shares = opening::shares(db, tender).await?;
    let has_enough = opening::acts(&shares).len() >= invitation.threshold as usize;
    if !has_enough || invitation.check_opening().is_err() {
        return Ok(());
    }
    let mut outcomes = BTreeMap::new();
    for bid in invitation.bids(db).await?.into_iter().filter(is_closed) {
        let own: Vec<Share> = shares
            .iter()
            .filter(|share| share.bid == bid.id)
            .filter_map(|share| Some(Share { holder_id: share.holder.0, share: share.share.clone()? }))
            .collect();
        let outcome = if own.len() < invitation.threshold as usize {
            Err(OpeningFault::TooFewShares)
        } else {
            unseal(app, ctx, &bid, invitation.currency, false, move |sealed| sealing::opening::open(sealed, &own)).await?
        };
        if is_news(&bid, &outcome) {
            outcomes.insert(bid.id, outcome);
        }
    }
    match settle(app, ctx, tender, outcomes).await {
        // Another holder's request or the job has just done the same.
        Err(error) if error.has_code(Code::Conflict) => Ok(()),
        result => result,
    }
}

fn is_closed(bid: &Bid) -> bool {
    matches!(bid.state, BidState::Sealed | BidState::Unopened { .. })
}

/// Whether an outcome moves a bid on: one that could not be opened may still be, and does not fail twice.
fn is_news(bid: &Bid, outcome: &Outcome) -> bool {
    bid.state == BidState::Sealed || (is_closed(bid) && outcome.is_ok())
}

async fn unseal(
    app: &App,
    ctx: &Context,
    bid: &Bid,
    currency: Currency,
    is_revealed: bool,
    how: impl FnOnce(&SealedBid) -> sealing::Result<Vec<u8>> + Send + 'static,
) -> Result<Outcome> {
    let (manifest, ciphertext) = bid::envelope(app.store.reader(), bid.id).await?;
    let sealed = SealedBid { manifest: read_manifest(&manifest)?, ciphertext };
    let work = move || {
        let content = how(&sealed).map_err(|_| OpeningFault::EnvelopeBroken)?;
        BidContent::read(&content, currency)
    };
    match tokio::task::spawn_blocking(work).await.map_err(|error| Error::internal("open a bid", error))? {
        Ok(content) => {
            let taken = bid_paper::take_out(app, ctx, bid, content).await?;
            Ok(taken.map(|(content, files)| Found { content, files, is_revealed }))
        }
        Err(fault) => Ok(Err(fault)),
    }
}

/// Writes what came out in a transaction of its own.
async fn settle(app: &App, ctx: &Context, tender: TenderId, outcomes: Outcomes) -> Result<()> {
    app.store.write(ctx, (tender, outcomes), |tx, (tender, outcomes)| write_down(tx, tender, outcomes)).await
}

/// Writes what came out: bids, contents, the tender's move and the public record, all or nothing.
async fn write_down(tx: Tx, tender: TenderId, outcomes: Outcomes) -> Result<()> {
    let now = tx.ctx().now();
    let invitation = invitation::by_tender(tx.db(), tender).await?;
    invitation.check_opening()?;
    invitation.check_competition()?;
    let bids = invitation.bids(tx.db()).await?;
    let is_first = invitation.phase == Phase::Taking;
    if is_first {
        invitation::open(&tx, tender).await?;
    } else if outcomes.is_empty() {
        return Ok(());
    }
    let acts = opening::acts(&opening::shares(tx.db(), tender).await?);
    let (mut record, version) = match opening::record(tx.db(), tender).await? {
        Some((record, version)) if !is_first => (record, Some(version)),
        // What stands there is the record of the first responses.
        Some((first, version)) => (begin_record(&invitation, &bids, Some(first), now), Some(version)),
        None => (begin_record(&invitation, &bids, None, now), None),
    };
    record.holders = acts;
    for bid in bids {
        // Another holder's hand may have settled it since it was read.
        let Some(outcome) = outcomes.get(&bid.id).filter(|outcome| is_news(&bid, outcome)).cloned() else { continue };
        let id = bid.id;
        let bid = bid.settle(outcome.as_ref().map(|found| found.is_revealed).map_err(|fault| *fault), now)?;
        bid::save(&tx, &bid).await?;
        let line = match outcome {
            Ok(Found { content, files, is_revealed }) => {
                opening::insert_content(&tx, &bid, &content).await?;
                for file in &files {
                    file::insert(&tx, file).await?;
                }
                OpeningOutcome::Opened { price: content.price, brand: content.brand, at: now, is_revealed }
            }
            Err(fault) => OpeningOutcome::Failed { fault, at: now },
        };
        record.settle(id, line);
    }
    opening::save_record(&tx, &record, version).await?;
    tx.record(record.event(invitation.is_read_out, invitation.terms.buyer)).await
}

/// A record in which nothing has come out yet.
fn begin_record(invitation: &Invitation, bids: &[Bid], first: Option<OpeningRecord>, now: DateTime<Utc>) -> OpeningRecord {
    let line = |bid: &Bid| OpeningLine {
        bid: bid.id,
        lot: bid.lot,
        bidder: bid.bidder,
        consortium: bid.consortium.clone(),
        commitment: bid.sealing.commitment.clone(),
        received_at: bid.received_at,
        is_stale: bid.is_stale(invitation.terms.document_version),
        outcome: OpeningOutcome::Failed { fault: OpeningFault::TooFewShares, at: now },
    };
    OpeningRecord {
        tender: invitation.terms.tender,
        opened_at: now,
        threshold: invitation.threshold,
        holders: Vec::new(),
        lines: bids.iter().map(line).collect(),
        first: first.map(Box::new),
    }
}

/// Opens the actor's own bid with the key that its bidder kept, when the holders can't. The record says so.
///
/// # Errors
/// `OPENING_TOO_EARLY`, `REVEAL_TOO_EARLY`, `BID_KEY_WRONG`, `TOO_FEW_BIDS`, `LOT_FAILED`, `BID_WITHDRAWN`, `WRONG_STATE`, `NotFound`, `Unauthenticated`.
pub async fn reveal(app: &App, ctx: &Context, id: BidId, bid_key: &str) -> Result<()> {
    let organization = ctx.person()?.organization;
    ctx.allow(Action::KeepBid, &Scope::market())?;
    let found = bid::by_id(app.store.reader(), id).await?.filter(|bid| bid.bidder == organization);
    let found = found.ok_or(Error::NotFound)?;
    let invitation = invitation::by_tender(app.store.reader(), found.tender).await?;
    check_begun(invitation.terms.deadline_at, ctx.now())?;
    if matches!(found.state, BidState::Opened { .. }) {
        // Done already: a request that is sent again changes nothing and is no error.
        return Ok(());
    }
    if !matches!(found.state, BidState::Unopened { .. }) {
        found.check_sealed()?;
    }
    check_reveal(&found, invitation.reveal_from, ctx.now())?;
    let invitation = closed(app, ctx, invitation).await?;
    invitation.check_competition()?;
    invitation.check_opening()?;
    if !invitation.stands(&found) {
        return Err(Refusal::new(Code::LotFailed).into());
    }
    let bid_key = bid_key.to_owned();
    let outcome = match unseal(app, ctx, &found, invitation.currency, true, move |sealed| sealing::opening::reveal(sealed, &bid_key)).await? {
        Err(OpeningFault::EnvelopeBroken) => return Err(Refusal::at(Code::BidKeyWrong, "bidKey").into()),
        outcome => outcome,
    };
    // The others stay closed until holders or their bidders open them.
    let others = invitation.bids(app.store.reader()).await?;
    let others = others.into_iter().filter(|bid| bid.id != id && bid.state == BidState::Sealed);
    let mut outcomes: Outcomes = others.map(|bid| (bid.id, Err(OpeningFault::TooFewShares))).collect();
    outcomes.insert(id, outcome);
    let revealed = Revealed { bid: id, tender: found.tender, outcomes };
    app.store.write_once(ctx, "revealBid", revealed, |tx, revealed| write_down(tx, revealed.tender, revealed.outcomes)).await
}

/// A revealed bid with what became of the others. Under an idempotency key it is the bid that counts.
#[derive(Clone, Serialize)]
struct Revealed {
    bid: BidId,
    #[serde(skip)]
    tender: TenderId,
    #[serde(skip)]
    outcomes: Outcomes,
}

/// The record of a tender's opening: public where prices are read out, else for the buyer, its supervisors and the panel,
/// since no supplier may learn another's price while it is negotiated with (政府采购法第三十八条).
///
/// # Errors
/// `NotFound` while there is none, and for those who may not read it.
pub async fn record(app: &App, ctx: &Context, tender: TenderId) -> Result<OpeningRecord> {
    ctx.allow(Action::ReadNotice, &Scope::market())?;
    let invitation = invitation::by_tender(app.store.reader(), tender).await?;
    if !invitation.is_read_out {
        let scope = invitation.scope.clone().with_named(invitation.panel);
        let reads = ctx.allow(Action::ReadEvaluation, &scope).is_ok() || ctx.allow(Action::Evaluate, &scope).is_ok();
        if !reads {
            return Err(Error::NotFound);
        }
    }
    Ok(opening::record(app.store.reader(), tender).await?.ok_or(Error::NotFound)?.0)
}

/// What a tender's own people may know of its bids: nothing before the deadline, their number after it, their
/// contents once opened.
///
/// # Errors
/// `NotFound` for everybody but the buyer's people, its supervisors and the panel; `Unauthenticated`.
pub async fn tender_bids(app: &App, ctx: &Context, tender: TenderId) -> Result<TenderBids> {
    ctx.person()?;
    let invitation = invitation::by_tender(app.store.reader(), tender).await?;
    let owner = invitation.scope.clone().with_named(invitation.panel.iter().copied());
    let reads_all = ctx.allow(Action::ReadEvaluation, &owner).is_ok();
    if !reads_all && ctx.allow(Action::Evaluate, &owner).is_err() {
        return Err(Error::NotFound);
    }
    if ctx.now() <= invitation.terms.deadline_at {
        return Ok(TenderBids { count: None, opened: Vec::new() });
    }
    let invitation = closed(app, ctx, invitation).await?;
    if invitation.phase == Phase::Taking && invitation.closed.is_none() {
        // The deadline has just been moved.
        return Ok(TenderBids { count: None, opened: Vec::new() });
    }
    let count = Some(bid::count_live(app.store.reader(), tender).await?);
    let mut opened = opening::opened_bids(app.store.reader(), tender).await?;
    if !reads_all {
        // The panel sees what it evaluates, and no others.
        let evaluated = evaluation::by_tender(app.store.reader(), tender).await?.map(|found| found.evaluated());
        opened.retain(|bid| evaluated.iter().flatten().any(|contender| contender.bid_id == bid.bid().id));
    }
    Ok(TenderBids { count, opened })
}
