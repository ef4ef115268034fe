//! Consortia: proposed by their lead, agreed by every member, known to nobody else before the opening.

use crate::store::Tx;
use crate::store::identity::organization;
use crate::store::tendering::{bid, consortium as kept, tender as tenders};
use crate::{App, Context, Error, Result};
use chrono::{DateTime, Utc};
use domain::ident::{ConsortiumId, LotId, OrganizationId, TenderId};
use domain::identity::actor::Person;
use domain::identity::credit_code::CreditCode;
use domain::identity::organization::OrganizationKind;
use domain::identity::permission::{Action, Scope};
use domain::language::LocalText;
use domain::oversight::event::Event;
use domain::refusal::{Code, Fact, Refusal, Refusals};
use domain::tendering::bid::Bid;
use domain::tendering::consortium::{
    Consortium, ConsortiumAgreement, ConsortiumTerms, MEMBERS_LIMIT, ONCE_SOURCE, Proposal, ProposedShare, check_alone,
};
use domain::tendering::tender::Tender;
use serde::Serialize;

/// The most consortia for a tender that are told to one member.
const TOLD_MOST: u64 = 50;
/// The most consortia that one supplier proposes for a tender, whatever becomes of them: each asks others for an answer.
const LED_MOST: u64 = 20;

/// A member as its lead names it.
#[derive(Clone, Debug, Serialize)]
pub struct NamedMember {
    /// Its unified social credit code, as typed.
    pub credit_code: String,
    /// Its part of the contract, in hundredths of a percent.
    pub share_basis_points: u32,
    /// What it does.
    pub work: LocalText,
}

/// What a lead proposes.
#[derive(Clone, Debug, Serialize)]
pub struct ProposeConsortium {
    /// For which tender.
    pub tender: TenderId,
    /// For which of its lots; none means all of them.
    pub lots: Vec<LotId>,
    /// The lead's own part, in hundredths of a percent.
    pub own_share_basis_points: u32,
    /// What the lead does.
    pub own_work: LocalText,
    /// The others.
    pub members: Vec<NamedMember>,
}

/// A consortium as its members see it.
#[derive(Clone, Debug)]
pub struct ConsortiumView {
    /// The consortium.
    pub consortium: Consortium,
    /// When its bid came in, while one is in.
    pub bid_received_at: Option<DateTime<Utc>>,
}

/// What a member does.
#[derive(Clone, Copy, Debug, Serialize)]
pub enum MemberAct {
    /// It agrees.
    Agree,
    /// It declines.
    Decline,
    /// It leaves.
    Leave,
    /// The lead dissolves it.
    Dissolve,
}

fn seller(ctx: &Context) -> Result<&Person> {
    let person = ctx.person()?;
    ctx.allow(Action::KeepConsortium, &Scope::market().with_party(person.organization))?;
    Ok(person)
}

/// The consortia for a tender of which the actor's organization is a member or is asked to be, the newest first, at most
/// fifty.
///
/// # Errors
/// `Unauthenticated`, `Forbidden` for those who don't sell.
pub async fn viewer_consortia(app: &App, ctx: &Context, tender: TenderId) -> Result<Vec<ConsortiumView>> {
    let own = seller(ctx)?.organization;
    views(app, kept::of_member(app.store.reader(), tender, own, TOLD_MOST).await?).await
}

/// The consortium with this number, for its members.
///
/// # Errors
/// `NotFound` for everybody else; `Unauthenticated`, `Forbidden` for those who don't sell.
pub async fn consortium(app: &App, ctx: &Context, id: ConsortiumId) -> Result<ConsortiumView> {
    seller(ctx)?;
    let found = kept::by_id(app.store.reader(), id).await?.ok_or(Error::NotFound)?;
    view(app, readable(ctx, found)?).await
}

fn readable(ctx: &Context, found: Consortium) -> Result<Consortium> {
    let scope = found.organizations().fold(Scope::market(), Scope::with_party);
    ctx.allow(Action::KeepConsortium, &scope).map_err(|_| Error::NotFound)?;
    Ok(found)
}

async fn view(app: &App, consortium: Consortium) -> Result<ConsortiumView> {
    views(app, vec![consortium]).await?.pop().ok_or(Error::NotFound)
}

async fn views(app: &App, consortia: Vec<Consortium>) -> Result<Vec<ConsortiumView>> {
    let ids: Vec<ConsortiumId> = consortia.iter().map(|one| one.id).collect();
    let bids = bid::of_consortia(app.store.reader(), &ids).await?;
    let received = |id: ConsortiumId| {
        let own = bids.iter().find(|bid| bid.consortium.as_ref().is_some_and(|agreement| agreement.consortium == id));
        own.map(|bid| bid.received_at)
    };
    Ok(consortia.into_iter().map(|consortium| ConsortiumView { bid_received_at: received(consortium.id), consortium }).collect())
}

/// Proposes a consortium led by the actor's organization; its members are asked.
///
/// # Errors
/// `CONSORTIA_TOO_MANY`, `CREDIT_CODE_INVALID` and `CONSORTIUM_MEMBER_UNKNOWN` at a member's code, `OUT_OF_RANGE`, those of
/// [`Consortium::propose`]; `NotFound`, `Unauthenticated`, `Forbidden`.
pub async fn propose(app: &App, ctx: &Context, input: ProposeConsortium) -> Result<ConsortiumView> {
    seller(ctx)?;
    if input.members.len() >= MEMBERS_LIMIT as usize {
        return Err(Refusal::at(Code::OutOfRange, "members").with("least", 1_i64).with("most", i64::from(MEMBERS_LIMIT) - 1).into());
    }
    let proposed = app
        .store
        .write_once(ctx, "proposeConsortium", input, |tx, input| async move {
            let tender = held(&tx, input.tender).await?;
            let terms = terms(&tender)?;
            let (lead, by) = tx.ctx().person().map(|person| (person.organization, person.user))?;
            if kept::count_led(tx.db(), tender.id, lead).await? >= LED_MOST {
                return Err(Refusal::new(Code::ConsortiaTooMany).with("most", LED_MOST.to_string()).into());
            }
            let members = known_members(&tx, input.members).await?;
            let own = ProposedShare { organization: lead, share_basis_points: input.own_share_basis_points, work: input.own_work };
            let lots = if input.lots.is_empty() { terms.lots.clone() } else { input.lots };
            let others = kept::live_of_member(tx.db(), tender.id, lead).await?;
            let proposal = Proposal { lots, own, members };
            let (consortium, event) = Consortium::propose(tx.ctx().new_id(), proposal, &terms, &others, by, tx.ctx().now())?;
            kept::insert(&tx, &consortium).await?;
            tx.record(event).await?;
            Ok(consortium)
        })
        .await?;
    view(app, proposed).await
}

/// The suppliers with the codes that were typed.
async fn known_members(tx: &Tx, named: Vec<NamedMember>) -> Result<Vec<ProposedShare>> {
    let mut faults = Refusals::default();
    let mut known = Vec::with_capacity(named.len());
    for (place, member) in named.into_iter().enumerate() {
        let path = format!("members.{place}.creditCode");
        let Some(code) = faults.take(&path, CreditCode::parse(&member.credit_code)) else { continue };
        let found = organization::by_credit_code(tx.db(), &code).await?;
        match found.filter(|found| found.kind == OrganizationKind::Supplier) {
            Some(found) => known.push(ProposedShare { organization: found.id, share_basis_points: member.share_basis_points, work: member.work }),
            None => faults.push(Refusal::at(Code::ConsortiumMemberUnknown, &path)),
        }
    }
    faults.into_result()?;
    Ok(known)
}

/// A member answers, leaves or dissolves.
///
/// # Errors
/// Those of [`Consortium::agree`], [`Consortium::decline`], [`Consortium::leave`] and [`Consortium::dissolve`];
/// `NotFound` for everybody who is no member, `Unauthenticated`, `Forbidden`.
pub async fn act(app: &App, ctx: &Context, id: ConsortiumId, act: MemberAct) -> Result<ConsortiumView> {
    seller(ctx)?;
    let operation = match act {
        MemberAct::Agree => "agreeToConsortium",
        MemberAct::Decline => "declineConsortium",
        MemberAct::Leave => "leaveConsortium",
        MemberAct::Dissolve => "dissolveConsortium",
    };
    let saved = app
        .store
        .write_once(ctx, operation, (id, act), |tx, (id, act)| async move {
            let found = readable(tx.ctx(), kept::by_id(tx.db(), id).await?.ok_or(Error::NotFound)?)?;
            let tender = held(&tx, found.tender).await?;
            let (moved, event) = decide(&tx, &tender, found, act).await?;
            let saved = kept::save(&tx, moved).await?;
            tx.record(event).await?;
            Ok(saved)
        })
        .await?;
    view(app, saved).await
}

async fn decide(tx: &Tx, tender: &Tender, found: Consortium, act: MemberAct) -> Result<(Consortium, Event)> {
    let (own, by) = tx.ctx().person().map(|person| (person.organization, person.user))?;
    let now = tx.ctx().now();
    let decided = match act {
        MemberAct::Agree => {
            let mut others = kept::live_of_member(tx.db(), tender.id, own).await?;
            others.retain(|other| other.id != found.id);
            let mut has_bid = false;
            for lot in &found.lots {
                has_bid |= !bid::bidding_for(tx.db(), tender.id, *lot, &[own], None).await?.is_empty();
            }
            found.agree((own, by), &terms(tender)?, &others, has_bid, now)
        }
        MemberAct::Decline => found.decline((own, by), now),
        MemberAct::Leave | MemberAct::Dissolve => {
            let has_bid = !bid::of_consortia(tx.db(), &[found.id]).await?.is_empty();
            if matches!(act, MemberAct::Leave) { found.leave((own, by), has_bid, now) } else { found.dissolve((own, by), has_bid, now) }
        }
    };
    Ok(decided?)
}

/// The tender, which stays as it is until the write ends: its deadline, and that its list of bids is open.
async fn held(tx: &Tx, id: TenderId) -> Result<Tender> {
    tenders::hold(tx.db(), id).await?;
    tenders::by_id(tx.db(), id).await?.ok_or(Error::NotFound)
}

fn terms(tender: &Tender) -> Result<ConsortiumTerms> {
    ConsortiumTerms::of(tender).ok_or(Error::NotFound)
}

/// Checks for whom a bid is handed in, and that none of them bids for the lot already. `own` are all bids that the bidder has
/// had in for the tender: the one that is in for the lot gives way to the new one. Answers what the members of the consortium have agreed, where there is one.
///
/// # Errors
/// `CONSORTIUM_MEMBER_BIDS_ALONE`, `CONSORTIUM_MEMBER_HAS_BID`, those of [`Consortium::for_bid`].
pub(super) async fn check_bid(
    tx: &Tx,
    (tender, lot): (TenderId, LotId),
    bidder: OrganizationId,
    consortium: Option<ConsortiumId>,
    own: &[Bid],
) -> Result<Option<ConsortiumAgreement>> {
    let around = kept::live_of_member(tx.db(), tender, bidder).await?;
    let Some(id) = consortium else {
        check_alone(bidder, lot, &around)?;
        return Ok(None);
    };
    let named = match around.into_iter().find(|one| one.id == id) {
        Some(named) => named,
        // What has ended says so to those who were its members.
        None => kept::by_id(tx.db(), id).await?.ok_or_else(|| Refusal::at(Code::NotFound, "consortiumId"))?,
    };
    let agreement = named.for_bid(bidder, lot)?;
    let members: Vec<OrganizationId> = agreement.organizations().collect();
    let present = own.iter().find(|bid| bid.lot == lot && bid.is_live()).map(|bid| bid.id);
    if !bid::bidding_for(tx.db(), tender, lot, &members, present).await?.is_empty() {
        return Err(Refusal::new(Code::ConsortiumMemberHasBid).with("source", Fact::Source(ONCE_SOURCE.to_owned())).into());
    }
    Ok(Some(agreement))
}
