//! Bid securities: lodged by suppliers, decided on and returned by finance, forfeited by two persons. What happens to
//! tender, bids and contract makes them due back: a job reads that off the records whenever the tender has moved.

use crate::jobs::NewJob;
use crate::oversight::file::attach_file;
use crate::store::Tx;
use crate::store::contracting::{bid_security as kept, contract};
use crate::store::tendering::{award, bid, closing, tender as tenders};
use crate::{App, Context, Error, Result};
use chrono::NaiveDate;
use domain::contracting::bid_security::{BidSecurity, Lodger, Moved, keeps_secrets, may_know};
use domain::contracting::bid_security_due::{Course, DueBack, RETURN_DAYS, SecurityStanding, due_back, release, standing};
use domain::contracting::bid_security_means::{Means, SecurityTerms};
use domain::contracting::bid_security_state::{ForfeitureGround, SecurityStateName};
use domain::ident::{BidId, BidSecurityId, OrganizationId, TenderId, UserId};
use domain::identity::permission::{Action, Scope};
use domain::identity::role::Role;
use domain::money::Money;
use domain::refusal::{Code, Refusal};
use domain::contracting::contract::Contract;
use domain::tendering::award::Award;
use domain::tendering::bid::Bid;
use domain::tendering::contender::Contender;
use domain::tendering::tender::{Tender, TenderStateName};
use sea_orm::ConnectionTrait;
use serde::Serialize;
use std::collections::BTreeMap;

pub use crate::store::contracting::bid_security::Key as SecurityKey;
use crate::store::contracting::bid_security::{Reading, Wanted};

/// The kind of job that looks which securities of a tender are due back.
pub(crate) const SETTLE_SECURITIES: &str = "security.settle";

/// A security with what its page says beside it.
#[derive(Clone, Debug)]
pub struct SecurityView {
    /// The security.
    pub security: BidSecurity,
    /// By when it goes back; nothing while it is not due back.
    pub due: Option<DueBack>,
    /// Within how many working days it goes back once it is due, and the article that says so.
    pub return_rule: Option<(i64, String)>,
}

/// Which securities are listed.
#[derive(Clone, Debug, Default)]
pub struct SecurityFilter {
    /// Of this tender.
    pub tender: Option<TenderId>,
    /// In these states; in all when empty.
    pub states: Vec<SecurityStateName>,
    /// Only those that wait to go back, what is due first first; otherwise the newest first.
    pub due_back: bool,
}

/// Where a security stands in a list.
pub fn key(security: &BidSecurity, filter: &SecurityFilter) -> SecurityKey {
    let at = if filter.due_back { security.owed_since() } else { None };
    (at.unwrap_or(security.lodged_at), security.id.0)
}

/// A security, for its supplier and for those of its buyer's people who may know of it now.
///
/// # Errors
/// `NotFound` for everybody else.
pub async fn security(app: &App, ctx: &Context, id: BidSecurityId) -> Result<SecurityView> {
    let db = app.store.reader();
    let (security, tender) = load(ctx, db, id).await?;
    Ok(view(security, &tender))
}

/// The securities of the actor's organization, as supplier or as buyer, as far as the actor may know of them: up to `most`
/// after `after`.
///
/// # Errors
/// `Unauthenticated`, `Forbidden` for those who have nothing to do with securities.
pub async fn securities(app: &App, ctx: &Context, filter: &SecurityFilter, after: Option<SecurityKey>, most: u64) -> Result<Vec<SecurityView>> {
    let organization = ctx.person()?.organization;
    ctx.allow(Action::ReadSecurity, &Scope::owned_by(organization))?;
    let holds = |role| ctx.actor.has_role(role);
    let reading = Reading {
        organization,
        lodged: holds(Role::Seller),
        taken: [Role::Finance, Role::Officer, Role::Approver].into_iter().any(holds),
        secret: keeps_secrets(&ctx.actor),
    };
    let wanted = Wanted { reading, tender: filter.tender, states: filter.states.clone(), owed: filter.due_back, after };
    let db = app.store.reader();
    let found = kept::page(db, &wanted, most).await?;
    let ids: Vec<TenderId> = found.iter().map(|security| security.tender).collect();
    let tenders: BTreeMap<_, _> = tenders::by_ids(db, &ids).await?.into_iter().map(|tender| (tender.id, tender)).collect();
    let view = |security: BidSecurity| tenders.get(&security.tender).map(|tender| view(security, tender));
    Ok(found.into_iter().filter_map(view).collect())
}

/// The security that the actor's organization lodged last for a tender.
///
/// # Errors
/// `NotFound` when there is none, `Unauthenticated`, `Forbidden` for those who don't bid.
pub async fn viewer_security(app: &App, ctx: &Context, tender: TenderId) -> Result<SecurityView> {
    let own = ctx.person()?.organization;
    ctx.allow(Action::LodgeSecurity, &Scope::market())?;
    let db = app.store.reader();
    let security = kept::of_supplier(db, tender, own).await?.into_iter().next().ok_or(Error::NotFound)?;
    let tender = tenders::by_id(db, tender).await?.ok_or(Error::NotFound)?;
    Ok(view(security, &tender))
}

/// Lodges a security for the actor's organization, before the deadline. The letter of a guarantee is read by both sides.
///
/// # Errors
/// `SECURITY_NOT_ASKED`, `SECURITY_LODGED_ALREADY`, `NOT_INVITED`, `WRONG_STATE`, `NOT_FOUND` and `FILE_ELSEWHERE` at
/// `guarantee.letterId`, those of [`BidSecurity::lodge`]; `NotFound`, `Unauthenticated`, `Forbidden`.
pub async fn lodge(app: &App, ctx: &Context, tender: TenderId, means: Means) -> Result<SecurityView> {
    ctx.person()?;
    ctx.allow(Action::LodgeSecurity, &Scope::market())?;
    let security = app.store.write_once(ctx, "lodgeBidSecurity", (tender, means), take_in).await?;
    let tender = tenders::by_id(app.store.reader(), tender).await?.ok_or(Error::NotFound)?;
    Ok(view(security, &tender))
}

async fn take_in(tx: Tx, (id, means): (TenderId, Means)) -> Result<BidSecurity> {
    // The tender stays as it is until the commit: its deadline and what it asks.
    tenders::hold(tx.db(), id).await?;
    let tender = tenders::by_id(tx.db(), id).await?.filter(|tender| tender.state.publication().is_some()).ok_or(Error::NotFound)?;
    let (supplier, by) = tx.ctx().person().map(|person| (person.organization, person.user))?;
    let terms = SecurityTerms::of(&tender)?;
    if tender.state.name() != TenderStateName::Published {
        return Err(tender.wrong_state().into());
    }
    if !tender.invited.is_empty() && !tender.invited.contains(&supplier) {
        return Err(Error::refused(Code::NotInvited));
    }
    let before = kept::of_supplier(tx.db(), id, supplier).await?;
    if before.iter().any(|security| security.state.name().is_live()) {
        return Err(Error::refused(Code::SecurityLodgedAlready));
    }
    let lodger = Lodger { id: tx.ctx().new_id(), supplier, by };
    let (security, event) = BidSecurity::lodge(lodger, &terms, means, tx.ctx().now())?;
    kept::insert(&tx, &security).await?;
    if let Means::Guarantee { letter, .. } = &security.means {
        attach_file(&tx, *letter, security.id.0, "guarantee.letterId").await?;
    }
    tx.record(event).await?;
    Ok(security)
}

/// Finance says that a security is there: the money was credited in full on this day, or the paper is good.
///
/// # Errors
/// Those of [`BidSecurity::accept`], `SECURITY_NOT_ASKED` where the notice has been changed so; `NotFound`,
/// `Unauthenticated`, `Forbidden`.
pub async fn accept(app: &App, ctx: &Context, id: BidSecurityId, credited_on: Option<NaiveDate>) -> Result<SecurityView> {
    let decide = |tx: &Tx, security: BidSecurity, tender: &Tender, credited_on, by| {
        security.accept(&SecurityTerms::of(tender)?, credited_on, by, tx.ctx().now())
    };
    act(app, ctx, id, ("acceptBidSecurity", Action::HandleSecurity), credited_on, decide).await
}

/// Finance says that a security is not there, or not good, and what did arrive of it.
///
/// # Errors
/// Those of [`BidSecurity::refuse`]; `NotFound`, `Unauthenticated`, `Forbidden`.
pub async fn refuse(app: &App, ctx: &Context, id: BidSecurityId, reason: String, arrived: Option<Money>) -> Result<SecurityView> {
    let decide = |tx: &Tx, security: BidSecurity, _: &Tender, (reason, arrived): (String, Option<Money>), by| {
        security.refuse(&reason, arrived, by, tx.ctx().now())
    };
    act(app, ctx, id, ("refuseBidSecurity", Action::HandleSecurity), (reason, arrived), decide).await
}

/// Finance has sent a security back.
///
/// # Errors
/// Those of [`BidSecurity::give_back`]; `NotFound`, `Unauthenticated`, `Forbidden`.
pub async fn give_back(app: &App, ctx: &Context, id: BidSecurityId, reference: String) -> Result<SecurityView> {
    let decide = |tx: &Tx, security: BidSecurity, _: &Tender, reference: String, by| security.give_back(&reference, by, tx.ctx().now());
    act(app, ctx, id, ("returnBidSecurity", Action::HandleSecurity), reference, decide).await
}

/// Proposes to keep a security, once bids are open or the tender has ended.
///
/// # Errors
/// `WRONG_STATE`, those of [`BidSecurity::propose_forfeiture`]; `NotFound`, `Unauthenticated`, `Forbidden`.
pub async fn propose_forfeiture(app: &App, ctx: &Context, id: BidSecurityId, ground: ForfeitureGround, reason: String) -> Result<SecurityView> {
    let decide = |tx: &Tx, security: BidSecurity, tender: &Tender, (ground, reason): (ForfeitureGround, String), by| {
        // The proposal tells an approver who has lodged a security.
        if !tender.state.has_opened_bids() && !tender.state.name().is_ended() {
            return Err(tender.wrong_state());
        }
        security.propose_forfeiture(ground, &reason, by, tx.ctx().now())
    };
    act(app, ctx, id, ("proposeSecurityForfeiture", Action::ProposeForfeiture), (ground, reason), decide).await
}

/// An approver decides on a proposal to keep a security.
///
/// # Errors
/// `SAME_PERSON`, `WRONG_STATE`; `NotFound`, `Unauthenticated`, `Forbidden`.
pub async fn decide_forfeiture(app: &App, ctx: &Context, id: BidSecurityId, is_approved: bool) -> Result<SecurityView> {
    let decide = |tx: &Tx, security: BidSecurity, _: &Tender, is_approved, by| security.decide_forfeiture(is_approved, by, tx.ctx().now());
    let view = act(app, ctx, id, ("decideSecurityForfeiture", Action::DecideForfeiture), is_approved, decide).await?;
    Ok(view)
}

/// A move of a security by its buyer's people: load, allow, decide, save.
async fn act<I, D>(app: &App, ctx: &Context, id: BidSecurityId, (name, action): (&'static str, Action), input: I, decide: D) -> Result<SecurityView>
where
    I: Clone + Serialize + Send + Sync + 'static,
    D: Fn(&Tx, BidSecurity, &Tender, I, UserId) -> Moved + Clone + Send + Sync + 'static,
{
    ctx.person()?;
    let (seen, tender) = load(ctx, app.store.reader(), id).await?;
    ctx.allow(action, &Scope::owned_by(seen.buyer))?;
    let work = move |tx: Tx, (id, input): (BidSecurityId, I)| {
        let decide = decide.clone();
        async move {
            let by = tx.ctx().person()?.user;
            let (security, tender) = load(tx.ctx(), tx.db(), id).await?;
            let (security, event) = decide(&tx, security, &tender, input, by)?;
            let security = kept::save(&tx, security).await?;
            tx.record(event).await?;
            // What happened to the tender while a proposal or a decision was out makes it due back now.
            tx.enqueue(settle_job(security.tender)).await?;
            Ok(security)
        }
    };
    let security = app.store.write_once(ctx, name, (id, input), work).await?;
    Ok(view(security, &tender))
}

/// A security and its tender, for those who may know of it now.
async fn load(ctx: &Context, db: &impl ConnectionTrait, id: BidSecurityId) -> Result<(BidSecurity, Tender)> {
    let security = kept::by_id(db, id).await?.ok_or(Error::NotFound)?;
    let tender = tenders::by_id(db, security.tender).await?.ok_or(Error::NotFound)?;
    let scope = Scope::owned_by(security.buyer).with_party(security.supplier);
    ctx.allow(Action::ReadSecurity, &scope).map_err(|_| Error::NotFound)?;
    let is_own = ctx.actor.organization() == Some(security.supplier);
    let is_known = is_own || may_know(&ctx.actor, &tender.state, &security.state);
    if is_known { Ok((security, tender)) } else { Err(Error::NotFound) }
}

fn view(security: BidSecurity, tender: &Tender) -> SecurityView {
    let rules = tender.state.publication().map(|publication| &publication.rules);
    let due = security.owed_since().and_then(|since| rules.map(|rules| due_back(since, rules, rules.calendar())));
    let rule = rules.and_then(|rules| rules.figure(RETURN_DAYS)).map(|figure| (figure.value, figure.source.clone()));
    SecurityView { due, return_rule: rule, security }
}

/// The job that looks which securities of a tender are due back.
pub(crate) fn settle_job(tender: TenderId) -> NewJob {
    NewJob::new(SETTLE_SECURITIES, tender.to_string(), &tender)
}

/// Enqueues that look where a supplier whose security stands has withdrawn its bid, or bids again.
pub(crate) async fn bid_moved(tx: &Tx, tender: TenderId, bidder: OrganizationId) -> Result<()> {
    let lodged = kept::of_supplier(tx.db(), tender, bidder).await?;
    let stands = lodged.iter().any(|security| security.state.name().is_live());
    if stands { tx.enqueue(settle_job(tender)).await } else { Ok(()) }
}

/// Looks which securities of a tender are due back. It may run any number of times.
///
/// # Errors
/// When the store does not answer; `CONFLICT` where somebody moves one meanwhile: the job is tried again.
pub(crate) async fn settle(app: &App, ctx: &Context, tender: TenderId) -> Result<()> {
    app.store
        .write(ctx, tender, |tx, id| async move {
            let mut standing = kept::of_tender(tx.db(), id).await?;
            standing.retain(|security| security.state.name().is_live());
            if standing.is_empty() {
                return Ok(());
            }
            let course = course(&tx, id).await?;
            let suppliers: Vec<OrganizationId> = standing.iter().map(|security| security.supplier).collect();
            let bids = bid::of_bidders(tx.db(), id, &suppliers).await?;
            for security in standing {
                let own: Vec<Bid> = bids.iter().filter(|bid| bid.bidder == security.supplier).cloned().collect();
                let due = release(&course, security.supplier, &own);
                if let Some((security, event)) = security.settle(due) {
                    kept::save(&tx, security).await?;
                    tx.record(event).await?;
                }
            }
            Ok(())
        })
        .await
}

/// What has happened to a tender so far.
async fn course(tx: &Tx, id: TenderId) -> Result<Course> {
    let tender = tenders::by_id(tx.db(), id).await?.ok_or(Error::NotFound)?;
    let awards = award::by_tender(tx.db(), id).await?;
    let contracts = contract::by_tender(tx.db(), id).await?;
    let signed_at = |award: &Award| contracts.iter().find(|contract| contract.award == award.id).and_then(Contract::signed_at);
    Ok(Course {
        closed_at: closing::by_tender(tx.db(), id).await?.map(|closed| closed.at),
        ended_at: tender.state.name().is_ended().then(|| tx.ctx().now()),
        awarded_at: awards.iter().filter_map(Award::published_at).max(),
        won: awards.iter().map(|award| (award.supplier, signed_at(award))).collect(),
    })
}

/// What the securities of a tender's bidders count for when they are judged; nothing where the notice asks for none.
pub(crate) async fn mark(db: &impl ConnectionTrait, tender: &Tender, contenders: &mut [Contender]) -> Result<()> {
    if tender.content.bid_security.is_none() {
        return Ok(());
    }
    let deadline = tender.first_deadline_at.map_or_else(|| tender.deadline(), Ok)?;
    let lodged = kept::of_tender(db, tender.id).await?;
    for contender in contenders {
        let own = lodged.iter().filter(|security| security.supplier == contender.bidder);
        contender.security = Some(standing(own, deadline));
    }
    Ok(())
}

/// Refuses to judge bidders while finance has not decided on the securities of some.
///
/// # Errors
/// `SECURITIES_UNDECIDED`.
pub(crate) fn check_decided(contenders: &[Contender]) -> Result<()> {
    let undecided: Vec<BidId> =
        contenders.iter().filter(|one| one.security == Some(SecurityStanding::Undecided)).map(|one| one.bid_id).collect();
    if undecided.is_empty() {
        return Ok(());
    }
    Err(Refusal::new(Code::SecuritiesUndecided).with("count", undecided.len()).into())
}
