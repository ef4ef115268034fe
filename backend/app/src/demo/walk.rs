//! The tenders of the demonstration on their way: each is walked to its state by the same use cases as everybody's, with
//! the clock set back to the day on which each step would have been taken.

use super::consortia;
use super::holder_keys::{self, key_of};
use super::organizations::DemoOrganization;
use super::people::{People, acting};
use super::tenders::{DemoBid, DemoTender, DemoTenderState, tenders};
use crate::context::Chance;
use crate::tendering::bid::{self, SubmitBid};
use crate::tendering::tender::{self, Change, Draft};
use crate::tendering::{clarification, closing, holder_key, plan, warning};
use crate::{App, Context, Error, Result};
use chrono::{DateTime, Days, Months, NaiveDate, TimeDelta, Utc};
use domain::ident::{HolderKeyId, PlanId, TenderId};
use domain::identity::actor::{Actor, Person};
use domain::identity::organization::OrganizationKind;
use domain::identity::role::Role;
use domain::language::LocalText;
use domain::tendering::plan::PlanContent;
use domain::tendering::tender_content::TenderContent;
use domain::text::ZONE;
use rand_chacha_010::ChaCha20Rng;
use rand_chacha_010::rand_core::SeedableRng as _;
use sealing::envelope::{Binding, seal};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The randomness of the first tender; the next has the next, so that each is the same however they run side by side.
const SEED: u64 = 20_261_125_000;
/// How long before its notice a plan is told: longer than the thirty days that are asked.
const PLANNED_BEFORE: TimeDelta = TimeDelta::days(38);
/// Days from today to the deadline of a draft that waits for approval or for its notice.
const DRAFT_OPEN_DAYS: u64 = 27;
/// When a day's bidding ends: hours and minutes in China.
const DEADLINES: [(u32, u32); 4] = [(9, 30), (10, 0), (14, 0), (14, 30)];

/// One tender on its way, with everybody around it.
pub(super) struct Walk<'a> {
    pub app: &'a Arc<App>,
    pub ctx: Context,
    pub people: &'a People,
    pub organizations: &'a [DemoOrganization],
    pub described: &'a DemoTender,
    pub buyer: &'a DemoOrganization,
    pub number: usize,
    pub published_at: DateTime<Utc>,
    pub deadline_at: DateTime<Utc>,
    holder_keys: &'a BTreeMap<String, HolderKeyId>,
    pub now: DateTime<Utc>,
}

/// Registers the holders' keys and walks every tender and plan to where it stands `now`; says how many there are.
///
/// # Errors
/// When a use case refuses, which the demonstration's own data gives no reason for.
pub(super) async fn seed(
    app: &Arc<App>,
    ctx: &Context,
    people: &People,
    organizations: &[DemoOrganization],
    now: DateTime<Utc>,
) -> Result<usize> {
    let holder_keys = register_keys(app, ctx, people, organizations).await?;
    let table = tenders();
    let mut walks = Vec::with_capacity(table.len());
    for (number, described) in table.iter().enumerate() {
        let found = organizations.iter().find(|organization| organization.key == described.buyer);
        let buyer = found.ok_or_else(|| missing(&described.buyer))?;
        let chance = Chance::seeded(SEED + u64::try_from(number).unwrap_or(0));
        let ctx = Context::new(Actor::Platform, ctx.language, ctx.request_id.clone(), app.clock().clone(), chance);
        let today = now.with_timezone(&ZONE).date_naive();
        let (on, until) = days(described, today);
        let (hour, minute) = DEADLINES[number % DEADLINES.len()];
        let published_at = if described.state.is_published() {
            in_china(on, 9, 0) + TimeDelta::minutes(i64::try_from(number).unwrap_or(0) * 6)
        } else {
            now
        };
        let deadline_at = in_china(until, hour, minute);
        walks.push(Walk { app, ctx, people, organizations, described, buyer, number, published_at, deadline_at, holder_keys: &holder_keys, now });
    }
    // Side by side: what waits for the disk in one tender lets another go on, and commits are shared.
    futures::future::try_join_all(walks.iter().map(Walk::run)).await?;
    Ok(walks.len())
}

/// The days of a notice and of its deadline.
fn days(described: &DemoTender, today: NaiveDate) -> (NaiveDate, NaiveDate) {
    if !described.state.is_published() {
        return (today, today + Days::new(DRAFT_OPEN_DAYS));
    }
    let on = today - Days::new(u64::from(described.published_days_ago));
    (on, on + Days::new(u64::from(described.open_days)))
}

fn in_china(day: NaiveDate, hour: u32, minute: u32) -> DateTime<Utc> {
    let time = chrono::NaiveTime::from_hms_opt(hour, minute, 0).unwrap_or_default();
    day.and_time(time).and_local_timezone(ZONE).single().map(|at| at.to_utc()).unwrap_or_default()
}

pub(super) fn missing(what: &str) -> Error {
    Error::internal("seed tenders", format!("{what} is missing"))
}

async fn register_keys(
    app: &App,
    ctx: &Context,
    people: &People,
    organizations: &[DemoOrganization],
) -> Result<BTreeMap<String, HolderKeyId>> {
    let mut keys = BTreeMap::new();
    let at = ctx.now() + TimeDelta::days(1);
    for user in organizations.iter().flat_map(|organization| &organization.users).filter(|user| holder_keys::is_holder(user)) {
        let person = people.named(&user.login)?;
        let ctx = acting(ctx, Actor::Person(person.clone()), at);
        let registered = holder_key::register(app, &ctx, &key_of(&user.login)?.recipient()).await?;
        keys.insert(user.login.clone(), registered.id);
    }
    Ok(keys)
}

impl Walk<'_> {
    async fn run(&self) -> Result<()> {
        use DemoTenderState::{Approved, AwaitingApproval, Cancelled, Draft, Plan};
        let plan = self.plan().await?;
        if self.described.state == Plan {
            return Ok(());
        }
        let id = self.draft(plan).await?;
        if self.described.state == Draft {
            return Ok(());
        }
        let officer = |days: i64| self.as_buyer(Role::Officer, self.published_at - TimeDelta::days(days));
        self.keep_warnings(&officer(3)?, id).await?;
        tender::submit(self.app, &officer(3)?, id).await?;
        if self.described.state == AwaitingApproval {
            return Ok(());
        }
        let approver = self.as_buyer(Role::Approver, self.published_at - TimeDelta::days(2))?;
        tender::approve(self.app, &approver, id).await?;
        if self.described.state == Approved {
            return Ok(());
        }
        tender::publish(self.app, &officer(0)?, id).await?;
        self.questions(id).await?;
        match self.described.state {
            Cancelled => self.cancel(id).await,
            state if state.is_open() => self.take_bids(id).await,
            _ => {
                self.take_bids(id).await?;
                self.after_deadline(id).await
            }
        }
    }

    /// Somebody of the demonstration at an instant.
    pub(super) fn at(&self, person: &Person, at: DateTime<Utc>) -> Context {
        acting(&self.ctx, Actor::Person(person.clone()), at)
    }

    /// Somebody of the buyer at an instant.
    pub(super) fn as_buyer(&self, role: Role, at: DateTime<Utc>) -> Result<Context> {
        Ok(self.at(self.people.of(self.buyer, role)?, at))
    }

    /// The seller of a bid's supplier.
    pub(super) fn seller(&self, bid: &DemoBid) -> Result<&Person> {
        self.people.of(self.supplier(bid)?, Role::Seller)
    }

    pub(super) fn supplier(&self, bid: &DemoBid) -> Result<&DemoOrganization> {
        self.organizations.iter().find(|organization| organization.key == bid.supplier).ok_or_else(|| missing(&bid.supplier))
    }

    /// The logins of those who open the bids: the buyer's two key holders and the supervisor of its city.
    pub(super) fn holders(&self) -> Vec<&str> {
        let own = self.buyer.users.iter().filter(|user| user.roles.contains(&Role::KeyHolder));
        let watches = |organization: &&DemoOrganization| {
            organization.kind == OrganizationKind::Supervisor && organization.region_code == self.buyer.region_code
        };
        let watching = self.organizations.iter().filter(watches).flat_map(|organization| &organization.users);
        own.chain(watching.filter(|user| user.roles.contains(&Role::Supervisor))).map(|user| user.login.as_str()).collect()
    }

    async fn plan(&self) -> Result<PlanId> {
        let is_plan = self.described.state == DemoTenderState::Plan;
        let told_at = if is_plan { self.now - TimeDelta::days(5) - TimeDelta::hours(2) } else { self.published_at - PLANNED_BEFORE };
        let expected = if is_plan { self.now + TimeDelta::days(30) } else { self.published_at };
        let expected_on = expected.with_timezone(&ZONE).date_naive();
        let content = PlanContent {
            title: self.described.title.clone(),
            description: self.described.description.clone(),
            category: self.described.category.as_str().to_owned(),
            budget: self.described.budget,
            expected_on: if is_plan { expected_on + Months::new(1) } else { expected_on },
        };
        let drafted = plan::create(self.app, &self.as_buyer(Role::Officer, told_at - TimeDelta::hours(20))?, content).await?;
        plan::publish(self.app, &self.as_buyer(Role::Officer, told_at)?, drafted.id).await?;
        Ok(drafted.id)
    }

    async fn draft(&self, plan: PlanId) -> Result<TenderId> {
        let at = self.published_at - TimeDelta::days(6);
        let holder_keys = self.holders().into_iter().map(|login| self.holder_keys.get(login).copied().ok_or_else(|| missing(login)));
        let draft = Draft { content: self.content(at, true), holder_keys: holder_keys.collect::<Result<_>>()? };
        Ok(tender::begin_draft(self.app, &self.as_buyer(Role::Officer, at)?, Some(plan), draft).await?.id)
    }

    /// Gives what is asked about, and kept, its reason.
    async fn keep_warnings(&self, officer: &Context, id: TenderId) -> Result<()> {
        let draft = tender::tender(self.app, officer, id).await?;
        let asked = warning::reviews(self.app, officer, &[draft]).await?.remove(&id).unwrap_or_default();
        for told in asked.warnings {
            // What has no reason here keeps the tender back: the seeding fails and says what was asked.
            let Some(kept) = self.described.overrides.iter().find(|one| one.kind == told.warning.kind) else { continue };
            warning::override_warning(self.app, officer, id, told.key, kept.reason.clone()).await?;
        }
        Ok(())
    }

    async fn questions(&self, id: TenderId) -> Result<()> {
        for (place, asked) in self.described.clarifications.iter().enumerate() {
            let Some(bid) = self.described.bids.get(place % self.described.bids.len().max(1)) else { continue };
            let at = self.published_at + TimeDelta::hours(27 + 3 * i64::try_from(place).unwrap_or(0));
            let both = |text: &LocalText| format!("{}\n{}", text.zh, text.en);
            let question = clarification::ask(self.app, &self.at(self.seller(bid)?, at), id, both(&asked.question)).await?;
            let answered_at = at + TimeDelta::hours(20);
            let officer = self.as_buyer(Role::Officer, answered_at)?;
            clarification::answer(self.app, &officer, question.id, both(&asked.answer)).await?;
        }
        Ok(())
    }

    async fn cancel(&self, id: TenderId) -> Result<()> {
        let reason = self.described.reason.clone().ok_or_else(|| missing("a reason"))?;
        tender::cancel(self.app, &self.as_buyer(Role::Officer, self.between(3, 5))?, id, reason).await.map(drop)
    }

    /// A part of the time between the notice and now, or the deadline if that is past.
    fn between(&self, part: i32, of: i32) -> DateTime<Utc> {
        self.published_at + (self.now.min(self.deadline_at) - self.published_at) * part / of
    }

    /// Bids come in one after the other; a change comes in the middle, and the first bidder confirms after it.
    async fn take_bids(&self, id: TenderId) -> Result<()> {
        let mut first = None;
        let steps = i32::try_from(self.described.bids.len()).unwrap_or(0) + 1;
        for (place, bid) in (1..).zip(&self.described.bids) {
            let at = if self.described.change.is_some() { self.between(place, steps * 2) } else { self.between(place, steps) };
            let place = usize::try_from(place - 1).unwrap_or(0);
            let has_come_before = self.described.bids[..place].iter().any(|other| other.supplier == bid.supplier);
            if !has_come_before {
                self.before_bid(id, bid, place, at).await?;
            }
            let submitted = self.bid(id, bid, at).await?;
            first.get_or_insert((submitted, bid));
        }
        let Some(change) = self.described.change.clone() else { return Ok(()) };
        let officer = self.as_buyer(Role::Officer, self.between(3, 5))?;
        let present = tender::tender(self.app, &officer, id).await?;
        let changed = TenderContent { holders: present.content.holders.clone(), ..self.content(officer.now(), false) };
        tender::amend(self.app, &officer, (id, present.version), Change { content: changed, reason: change }).await?;
        let Some((submitted, bid)) = first else { return Ok(()) };
        bid::confirm(self.app, &self.at(self.seller(bid)?, self.between(4, 5)), submitted).await.map(drop)
    }

    pub(super) async fn bid(&self, id: TenderId, described: &DemoBid, at: DateTime<Utc>) -> Result<domain::ident::BidId> {
        let ctx = self.at(self.seller(described)?, at);
        let consortium = self.join(id, described, at).await?;
        let partners = consortia::partners(described);
        let members: Vec<_> = partners.iter().map(|partner| Ok(self.seller(partner)?.organization)).collect::<Result<_>>()?;
        let lots = tender::tender(self.app, &ctx, id).await?.lots();
        let lot = lots.iter().find(|lot| lot.number == described.lot).ok_or_else(|| missing("a lot"))?;
        let terms = bid::sealing_terms(self.app, &ctx, id, Some(lot.id)).await?;
        let binding = Binding {
            tender_id: terms.terms.tender.0,
            lot_id: terms.lot.0,
            document_version: terms.terms.document_version,
            bidder_id: terms.bidder.0,
        };
        let content = serde_json::to_vec(&self.offer(described, &members)?).map_err(|error| Error::internal("write a demo bid", error))?;
        let seed: [u8; 32] = ctx.chance().bytes();
        let work = move || {
            let mut generator = ChaCha20Rng::from_seed(seed);
            seal(&binding, &content, &terms.holders, terms.threshold as usize, &mut generator)
        };
        let sealed = tokio::task::spawn_blocking(work).await.map_err(|error| Error::internal("seal a demo bid", error))?;
        // The bidder's own key is thrown away: the holders open these bids.
        let (sealed, _) = sealed.map_err(|error| Error::internal("seal a demo bid", error))?;
        let manifest = serde_json::to_string(&sealed.manifest).map_err(|error| Error::internal("seal a demo bid", error))?;
        let input = SubmitBid { tender: id, manifest, ciphertext: sealed.ciphertext, replaces: None, consortium };
        Ok(bid::submit(self.app, &ctx, input).await?.bid.id)
    }

    /// The marketplace ends the taking of bids, as its job does.
    pub(super) async fn close(&self, id: TenderId) -> Result<()> {
        let platform = acting(&self.ctx, Actor::Platform, self.deadline_at + TimeDelta::seconds(1));
        closing::close(self.app, &platform, id).await
    }
}

#[cfg(test)]
#[path = "walk_tests.rs"]
mod tests;
