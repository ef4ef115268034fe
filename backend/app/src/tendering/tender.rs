//! Tenders: drafted by an officer, approved by another person, published, changed, called off.

use crate::store::Tx;
use crate::store::tendering::{holder_key as keys_kept, plan as plans_kept, tender as tenders_kept};
use crate::oversight::file::{check_own, names, publish_file};
use crate::tendering::application::promise_draw;
use crate::tendering::closing;
use crate::tendering::negotiation::negotiated_with;
pub use crate::tendering::handing_in::submit;
use crate::{App, Context, Error, Result};
use chrono::{DateTime, Utc};
use domain::ident::{FileId, HolderKeyId, OrganizationId, PlanId, TenderId};
use domain::identity::actor::Actor;
use domain::identity::permission::{Action, Agent, Scope};
use domain::language::LocalText;
use domain::oversight::event::{Event, Visibility};
use domain::refusal::{Code, Refusal, Refusals};
use domain::tendering::green::ask_for_certificates;
use domain::tendering::tender::{Moved, Tender, TenderState, TenderStateName};
use domain::tendering::tender_change::FileNames;
use domain::tendering::tender_content::{KeyHolding, TenderContent};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// What a list of tenders is narrowed down to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TenderFilter {
    /// Of this buyer.
    pub buyer: Option<OrganizationId>,
    /// In one of these states; drafts are found by their buyer only.
    pub states: Vec<TenderStateName>,
    /// In the category whose code begins so.
    pub category: Option<String>,
    /// Whose deadline lies behind this instant.
    pub deadline_after: Option<DateTime<Utc>>,
    /// Whose deadline lies before this instant.
    pub deadline_before: Option<DateTime<Utc>>,
    /// In which order.
    pub sort: TenderSort,
}

/// The order of a list of tenders.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TenderSort {
    /// The last published first.
    #[default]
    Newest,
    /// The next deadline first; what has none yet is left out.
    Deadline,
    /// The largest budget first.
    Budget,
}

/// The place of a tender in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum TenderPlace {
    /// By its notice.
    Listed(DateTime<Utc>, Uuid),
    /// By its deadline.
    Deadline(DateTime<Utc>, Uuid),
    /// By its budget in minor units.
    Budget(i64, Uuid),
}

/// Where the input names the files of a tender.
const DOCUMENTS: &str = "content.documentIds";

/// What an officer writes: the content, and the registered keys of those who open the bids. Holders that stand in the
/// content are not believed.
#[derive(Clone, Debug, Serialize)]
pub struct Draft {
    /// The content.
    pub content: TenderContent,
    /// The keys.
    pub holder_keys: Vec<HolderKeyId>,
}

impl Draft {
    /// The content with its holders, looked up among the keys that the buyer may name.
    /// Files may be those of an agency too that writes, or has written, for the buyer; what stands there (`known`) stays.
    async fn resolve(self, app: &App, buyer: OrganizationId, (sides, known): (&[OrganizationId], &[FileId])) -> Result<TenderContent> {
        let possible = match self.holder_keys.as_slice() {
            [] => Vec::new(),
            _ => keys_kept::possible(app.store.reader(), buyer).await?,
        };
        let mut faults = Refusals::default();
        let mut holders = Vec::with_capacity(self.holder_keys.len());
        for (index, key) in self.holder_keys.iter().enumerate() {
            match possible.iter().find(|one| one.id == *key) {
                Some(one) => holders.push(KeyHolding { user: one.user, key: one.id, recipient: one.recipient.clone() }),
                None => faults.push(Refusal::at(Code::NotFound, &format!("content.holderKeyIds.{index}"))),
            }
        }
        faults.into_result()?;
        check_own(app, &self.content.documents, (sides, known), DOCUMENTS).await?;
        let mut content = TenderContent { holders, ..self.content };
        ask_for_certificates(&mut content);
        Ok(content)
    }
}

/// Where a tender stands in lists.
pub fn key(tender: &Tender, sort: TenderSort) -> TenderPlace {
    let listed_at = tender.state.publication().map_or(tender.created_at, |publication| publication.published_at);
    match (sort, tender.content.deadline_at) {
        (TenderSort::Deadline, Some(deadline_at)) => TenderPlace::Deadline(deadline_at, tender.id.0),
        (TenderSort::Budget, _) => TenderPlace::Budget(tender.content.budget.amount_minor, tender.id.0),
        _ => TenderPlace::Listed(listed_at, tender.id.0),
    }
}

/// A tender as far as the actor may know of it: its notice once published; before, the people of its buyer alone.
///
/// # Errors
/// `NotFound`.
pub async fn tender(app: &App, ctx: &Context, id: TenderId) -> Result<Tender> {
    known(ctx, tenders_kept::by_id(app.store.reader(), id).await?)
}

/// Those of the tenders with these ids that the actor may know of.
///
/// # Errors
/// When the store does not answer.
pub async fn tenders_by_ids(app: &App, ctx: &Context, ids: &[TenderId]) -> Result<Vec<Tender>> {
    let found = tenders_kept::by_ids(app.store.reader(), ids).await?;
    Ok(found.into_iter().filter_map(|tender| known(ctx, Some(tender)).ok()).collect())
}

/// What one may not know of is not there.
pub(crate) fn known(ctx: &Context, tender: Option<Tender>) -> Result<Tender> {
    let tender = tender.ok_or(Error::NotFound)?;
    let (action, scope) = match tender.state.publication() {
        Some(_) => (Action::ReadNotice, Scope::market()),
        None => (Action::ReadTenderDraft, tender.scope()),
    };
    ctx.allow(action, &scope).map_err(|_| Error::NotFound)?;
    Ok(tender)
}

/// Whose drafts the actor may see in lists, as their buyer or their agency.
fn own_drafts(ctx: &Context) -> Option<OrganizationId> {
    let own = ctx.actor.organization()?;
    let scope = Scope::owned_by(own).with_agent(Agent { organization: own, powers: Vec::new() });
    ctx.allow(Action::ReadTenderDraft, &scope).ok().map(|()| own)
}

/// At most `most` tenders behind a place, in the order of the filter.
///
/// # Errors
/// `MALFORMED` at `after` for a place in another order.
pub async fn tenders(
    app: &App,
    ctx: &Context,
    filter: &TenderFilter,
    after: Option<&TenderPlace>,
    most: usize,
) -> Result<Vec<Tender>> {
    ctx.allow(Action::ReadNotice, &Scope::market())?;
    let most = u64::try_from(most).unwrap_or(u64::MAX);
    tenders_kept::page(app.store.reader(), filter, own_drafts(ctx), after, most).await
}

/// At most `most` tenders that take bids, those that close soonest first.
///
/// # Errors
/// When the store does not answer.
pub async fn closing_soonest(app: &App, ctx: &Context, most: usize) -> Result<Vec<Tender>> {
    ctx.allow(Action::ReadNotice, &Scope::market())?;
    tenders_kept::closing_soonest(app.store.reader(), ctx.now(), u64::try_from(most).unwrap_or(u64::MAX)).await
}

/// How many tenders there are in all.
///
/// # Errors
/// When the store does not answer.
pub async fn tender_count(app: &App, ctx: &Context, filter: &TenderFilter) -> Result<u64> {
    ctx.allow(Action::ReadNotice, &Scope::market())?;
    tenders_kept::count(app.store.reader(), filter, own_drafts(ctx)).await
}

/// Begins a draft, from a published plan or from nothing.
///
/// # Errors
/// `Forbidden` for those who are no officers, `NOT_FOUND` at `planId`, and those of the content.
pub async fn begin_draft(app: &App, ctx: &Context, plan: Option<PlanId>, draft: Draft) -> Result<Tender> {
    let person = ctx.person()?.clone();
    ctx.allow(Action::KeepTender, &Scope::owned_by(person.organization))?;
    let mut content = draft.resolve(app, person.organization, (&[person.organization], &[])).await?;
    content.name_lots(&[], || ctx.new_id());
    content.check_draft().map_err(|faults| faults.under("content"))?;
    app.store
        .write_once(ctx, "beginTender", (plan, content), move |tx, (plan, content)| {
            let person = person.clone();
            async move {
                if let Some(plan) = plan {
                    let found = plans_kept::by_id(tx.db(), plan).await?;
                    let is_own = found.is_some_and(|plan| plan.buyer == person.organization && plan.published_at.is_some());
                    if !is_own {
                        return Err(Refusal::at(Code::NotFound, "planId").into());
                    }
                }
                let ctx = tx.ctx();
                let id: TenderId = ctx.new_id();
                let tender = Tender {
                    id,
                    version: 1,
                    number: number(id, ctx.now()),
                    buyer: person.organization,
                    plan,
                    follows: None,
                    lot: ctx.new_id(),
                    failed_lots: Vec::new(),
                    content,
                    document_version: 1,
                    created_by: person.user,
                    created_at: ctx.now(),
                    amendments: Vec::new(),
                    invited: Vec::new(),
                    mandate: None,
                    ended_mandates: Vec::new(),
                    first_deadline_at: None,
                    panel: Vec::new(),
                    state: TenderState::Draft { returned: None, writers: Vec::new() },
                };
                tenders_kept::insert(&tx, &tender).await?;
                tx.record(Event::new("tender.drafted", TenderId::KIND, id.0, Visibility::Own, &tender.number)).await?;
                Ok(tender)
            }
        })
        .await
}

/// A number for papers and the telephone: the day and the random end of the id, which nobody has to hand out.
pub(super) fn number(id: TenderId, now: DateTime<Utc>) -> String {
    let day = now.with_timezone(&domain::text::ZONE).format("%Y%m%d");
    let tail = id.0.simple().to_string().split_off(24).to_uppercase();
    format!("ZC-{day}-{tail}")
}

/// A move of a tender: load, allow, decide, save. `version` is the one that the actor has seen, where it matters.
pub(super) async fn act<I, D>(app: &App, ctx: &Context, (id, version): (TenderId, Option<i64>), (name, action): (&'static str, Action), input: I, decide: D) -> Result<Tender>
where
    I: Clone + Serialize + Send + Sync + 'static,
    D: Fn(&Tx, Tender, I) -> Moved + Clone + Send + Sync + 'static,
{
    ctx.person()?;
    let seen = tender(app, ctx, id).await?;
    ctx.allow(action, &seen.scope())?;
    app.store
        .write_once(ctx, name, (id, version, input), move |tx, (id, version, input)| {
            let decide = decide.clone();
            async move {
                let found = tenders_kept::by_id(tx.db(), id).await?.ok_or(Error::NotFound)?;
                if version.is_some_and(|version| version != found.version) {
                    return Err(Error::refused(Code::Conflict));
                }
                // A mandate may have ended since it was looked at.
                tx.ctx().allow(action, &found.scope())?;
                let (moved, event) = decide(&tx, found, input)?;
                let saved = tenders_kept::save(&tx, moved).await?;
                publish_documents(&tx, &saved).await?;
                promise_draw(&tx, &saved).await?;
                tx.record(event).await?;
                if saved.state.name().takes_bids() {
                    tx.enqueue(closing::close_job(id, saved.deadline()?)).await?;
                }
                Ok(saved)
            }
        })
        .await
}

/// What a notice carries, everybody reads with it.
async fn publish_documents(tx: &Tx, tender: &Tender) -> Result<()> {
    if tender.state.publication().is_some() {
        for (index, document) in tender.content.documents.iter().enumerate() {
            publish_file(tx, *document, &tender.sides()).await.map_err(|error| match error {
                Error::NotFound => Refusal::at(Code::NotFound, &format!("{DOCUMENTS}.{index}")).into(),
                other => other,
            })?;
        }
    }
    Ok(())
}

/// Writes a draft anew. Nothing is asked but that it can be kept: an unfinished draft is saved all the same.
///
/// # Errors
/// `NotFound`, `Forbidden`, `CONFLICT` when another version is there, `WRONG_STATE`, and those of the content.
pub async fn write_draft(app: &App, ctx: &Context, id: TenderId, version: i64, draft: Draft) -> Result<Tender> {
    let by = ctx.person()?.user;
    let seen = tender(app, ctx, id).await?;
    let content = draft.resolve(app, seen.buyer, (&seen.sides(), &seen.content.documents)).await?;
    let act_on = (id, Some(version));
    act(app, ctx, act_on, ("writeTender", Action::KeepTender), content, move |tx, tender, mut content: TenderContent| {
        content.name_lots(&tender.content.lots, || tx.ctx().new_id());
        tender.write(content, by)
    })
    .await
}

/// Sends a submitted draft back.
///
/// # Errors
/// `NotFound`, `Forbidden`, `WRONG_STATE`, `REQUIRED` at `reason`.
pub async fn send_back(app: &App, ctx: &Context, id: TenderId, reason: String) -> Result<Tender> {
    let decide = |_: &Tx, tender: Tender, reason: String| tender.send_back(&reason);
    act(app, ctx, (id, None), ("returnTender", Action::ApproveTender), reason, decide).await
}

/// Approves a submitted draft.
///
/// # Errors
/// `NotFound`, `Forbidden`, `WRONG_STATE`, `SAME_PERSON`.
pub async fn approve(app: &App, ctx: &Context, id: TenderId) -> Result<Tender> {
    let by = ctx.person()?.user;
    act(app, ctx, (id, None), ("approveTender", Action::ApproveTender), (), move |_, tender, ()| tender.approve(by)).await
}

/// Publishes the notice.
///
/// # Errors
/// `NotFound`, `Forbidden`, `WRONG_STATE`, `PLAN_TOO_RECENT`, and what the law of the day asks.
pub async fn publish(app: &App, ctx: &Context, id: TenderId) -> Result<Tender> {
    let by = ctx.person()?.user;
    let seen = tender(app, ctx, id).await?;
    let rules = app.rules_for(seen.buyer, ctx.now()).await?;
    // What is public of a plan does not change, so it may be read beforehand.
    let plan = match seen.plan {
        Some(plan) => plans_kept::by_id(app.store.reader(), plan).await?,
        None => None,
    };
    let decide = move |tx: &Tx, tender: Tender, ()| tender.publish(plan.as_ref(), rules.clone(), by, tx.ctx().now());
    act(app, ctx, (id, None), ("publishTender", Action::PublishTender), (), decide).await
}

/// A change of a published tender: what it says from then on, and why.
#[derive(Clone, Debug, Serialize)]
pub struct Change {
    /// The content; holders stay as published, whatever it says.
    pub content: TenderContent,
    /// What changed and why; everybody reads it.
    pub reason: LocalText,
}

/// The names of the files that either version names, for the words of a change.
async fn file_names(app: &App, before: &Tender, content: &TenderContent) -> Result<FileNames> {
    let documents: Vec<_> = before.content.documents.iter().chain(&content.documents).copied().collect();
    names(app, &documents).await
}

/// Changes a published tender, with a reason that everybody reads.
///
/// # Errors
/// `NotFound`, `Forbidden`, `CONFLICT`, `NOT_FOUND` at `content.documentIds.INDEX`, those of [`Tender::amend`].
pub async fn amend(app: &App, ctx: &Context, (id, version): (TenderId, i64), change: Change) -> Result<Tender> {
    let seen = tender(app, ctx, id).await?;
    ctx.allow(Action::PublishTender, &seen.scope())?;
    check_own(app, &change.content.documents, (&seen.sides(), &seen.content.documents), DOCUMENTS).await?;
    let names = file_names(app, &seen, &change.content).await?;
    // With whom is negotiated stands since the bidders were judged.
    let told = negotiated_with(app, &seen).await?;
    let decide = move |tx: &Tx, tender: Tender, Change { content, reason }| tender.amend(content, reason, &names, &told, tx.ctx().now());
    act(app, ctx, (id, Some(version)), ("amendTender", Action::PublishTender), change, decide).await
}

/// What a change would do, without doing it: the tender as it would be, its last amendment the change.
///
/// # Errors
/// As [`amend`].
pub async fn preview_amendment(app: &App, ctx: &Context, id: TenderId, change: Change) -> Result<Tender> {
    let seen = tender(app, ctx, id).await?;
    ctx.allow(Action::PublishTender, &seen.scope())?;
    check_own(app, &change.content.documents, (&seen.sides(), &seen.content.documents), DOCUMENTS).await?;
    let names = file_names(app, &seen, &change.content).await?;
    Ok(seen.amend(change.content, change.reason, &names, &[], ctx.now())?.0)
}

/// Calls a published tender off.
///
/// # Errors
/// `NotFound`, `Forbidden`, `WRONG_STATE`, `REQUIRED` at `reason.zh`.
pub async fn cancel(app: &App, ctx: &Context, id: TenderId, reason: LocalText) -> Result<Tender> {
    act(app, ctx, (id, None), ("cancelTender", Action::DecideTender), reason, |_, tender, reason| tender.cancel(reason)).await
}

/// Whether the actor acts for the buyer in one of the roles that read its drafts.
pub(crate) fn is_buyer(ctx: &Context, tender: &Tender) -> bool {
    matches!(ctx.actor, Actor::Platform) || ctx.allow(Action::ReadTenderDraft, &tender.scope()).is_ok()
}
