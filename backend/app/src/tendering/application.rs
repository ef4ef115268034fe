//! Applications to be invited to a tender, their judgement, the draw and the invitation.

use super::closing;
use super::evaluation::{allowed, load};
use super::tender::tender;
use crate::oversight::file::{claim, release};
use crate::store::Tx;
use crate::store::tendering::{application as kept, draw as draws, tender as tenders};
use crate::{App, Context, Error, Result};
use chrono::{DateTime, Utc};
use domain::ident::{ApplicationId, FileId, OrganizationId, TenderId};
use domain::identity::permission::{Action, Scope};
use domain::language::{Language, LocalText};
use domain::refusal::{Code, Fact, Refusal};
use domain::tendering::application::{
    APPLICATIONS_MOST, Application, ApplicationFinding, ApplicationState, ShownPaper, is_time_over, judge,
};
use domain::tendering::draw::{InvitationDraw, Judged, is_drawn_for, is_public};
use domain::tendering::procedure::command::Command;
use domain::tendering::tender::{Tender, TenderStateName};
use std::collections::{BTreeMap, BTreeSet, HashSet};
use uuid::Uuid;

/// What somebody may know of a tender's prequalification and draw.
#[derive(Clone, Debug)]
pub struct Prequalification {
    /// The tender.
    pub tender: Tender,
    /// The draw; only what its readers may know of it is told further.
    pub draw: InvitationDraw,
    /// The applications that count, for the buyer's people and supervisors once the time for them is over.
    pub applications: Option<Vec<Application>>,
    /// Whether the actor may know who was drawn, and the seed.
    pub reads_draw: bool,
}

/// The prequalification of a tender that draws whom it asks: everybody reads what is promised, its buyer's people and
/// supervisors the applications once their time is over, and everybody the draw once bids are open.
///
/// # Errors
/// `NotFound`, also for a tender that has none.
pub async fn prequalification(app: &App, ctx: &Context, id: TenderId) -> Result<Prequalification> {
    let tender = tender(app, ctx, id).await?;
    let draw = draws::by_tender(app.store.reader(), id).await?.ok_or(Error::NotFound)?;
    let reads = reads_applications(ctx, &tender);
    let applications = if reads { Some(kept::live(app.store.reader(), id).await?) } else { None };
    Ok(Prequalification { reads_draw: reads || is_public(&tender), applications, draw, tender })
}

/// The buyer knows of applications once their time is over, and not before.
fn reads_applications(ctx: &Context, tender: &Tender) -> bool {
    is_time_over(tender, ctx.now()) && ctx.allow(Action::ReadEvaluation, &tender.scope()).is_ok()
}

/// The application of the actor's own organization to a tender, withdrawn or not.
///
/// # Errors
/// `NotFound` when there is none, `Unauthenticated`, `Forbidden` for those who don't sell.
pub async fn viewer_application(app: &App, ctx: &Context, id: TenderId) -> Result<Application> {
    let own = ctx.person()?.organization;
    ctx.allow(Action::KeepApplication, &Scope::market())?;
    tender(app, ctx, id).await?;
    kept::own(app.store.reader(), id, own).await?.ok_or(Error::NotFound)
}

/// Promises the seed of a tender's draw, in the transaction that announces its prequalification.
pub(super) async fn promise_draw(tx: &Tx, tender: &Tender) -> Result<()> {
    let is_announced = tender.state.name() == TenderStateName::Announced && is_drawn_for(tender);
    // A tender that goes on after a stop has promised already.
    if !is_announced || draws::by_tender(tx.db(), tender.id).await?.is_some() {
        return Ok(());
    }
    let seed = sealing::hex(&tx.ctx().chance().bytes::<32>());
    let (draw, event) = InvitationDraw::commit(tender, seed, tx.ctx().now());
    draws::insert(tx, &draw).await?;
    tx.record(event).await
}

/// Applies to be invited, or replaces the application that is in.
///
/// # Errors
/// `NotFound`, `Forbidden` for those who don't sell, `APPLICATIONS_TOO_MANY`, those of [`Application::apply`], and at the
/// file of a paper `NOT_FOUND` for one that is not the actor's, `FILE_ELSEWHERE` for one of another record.
pub async fn apply(app: &App, ctx: &Context, id: TenderId, papers: Vec<ShownPaper>, replaces: Option<ApplicationId>) -> Result<Application> {
    tender(app, ctx, id).await?;
    ctx.allow(Action::KeepApplication, &Scope::market())?;
    let person = ctx.person()?.clone();
    let (applicant, by) = (person.organization, person.user);
    app.store
        .write_once(ctx, "applyForInvitation", (id, papers, replaces), move |tx, (id, papers, replaces)| async move {
            let tender = open_for_applications(&tx, id).await?;
            let existing = kept::own(tx.db(), id, applicant).await?;
            if existing.is_none() && kept::count(tx.db(), id).await? >= APPLICATIONS_MOST {
                return Err(Refusal::new(Code::ApplicationsTooMany).with("most", APPLICATIONS_MOST).into());
            }
            let before: Vec<FileId> = existing.iter().flat_map(|one| &one.papers).filter_map(|paper| paper.file).collect();
            let (is_new, ids) = (existing.is_none(), (tx.ctx().new_id(), applicant, by));
            let (made, event) = Application::apply(ids, &tender, &papers, (existing, replaces), tx.ctx().now())?;
            keep_files(&tx, &made, &papers, &before).await?;
            let made = if is_new {
                kept::insert(&tx, &made).await?;
                made
            } else {
                kept::save(&tx, made).await?
            };
            tx.record(event).await?;
            Ok(made)
        })
        .await
}

/// The tender, which stays as it is until the write ends. Whoever judges waits for it.
async fn open_for_applications(tx: &Tx, id: TenderId) -> Result<Tender> {
    tenders::hold(tx.db(), id).await?;
    let tender = tenders::by_id(tx.db(), id).await?.ok_or(Error::NotFound)?;
    let draw = draws::by_tender(tx.db(), id).await?;
    // Once they have been judged the time is over, whatever the clock of this server says.
    if draw.is_some_and(|draw| draw.judged.is_some())
        && let Some(until) = tender.content.choice.announced_until
    {
        return Err(Refusal::new(Code::AnnouncementOver).with("until", until).into());
    }
    Ok(tender)
}

/// Binds the files that are shown to the application, and lets go of those that no longer are.
async fn keep_files(tx: &Tx, made: &Application, given: &[ShownPaper], before: &[FileId]) -> Result<()> {
    for (index, file) in given.iter().enumerate().filter_map(|(index, paper)| Some((index, paper.file?))) {
        claim(tx, file, made.id.0, &format!("papers.{index}.fileId")).await?;
    }
    let kept: Vec<FileId> = made.papers.iter().filter_map(|paper| paper.file).collect();
    for gone in before.iter().filter(|file| !kept.contains(file)) {
        release(tx, *gone).await?;
    }
    Ok(())
}

/// Takes one's own application back.
///
/// # Errors
/// `NotFound` for what is not one's own, those of [`Application::withdraw`].
pub async fn withdraw_application(app: &App, ctx: &Context, id: ApplicationId) -> Result<Application> {
    let own = ctx.person()?.organization;
    ctx.allow(Action::KeepApplication, &Scope::market())?;
    app.store
        .write_once(ctx, "withdrawApplication", id, move |tx, id| async move {
            let found = kept::by_id(tx.db(), id).await?.filter(|one| one.applicant == own).ok_or(Error::NotFound)?;
            let tender = open_for_applications(&tx, found.tender).await?;
            let (withdrawn, event) = found.withdraw(&tender, tx.ctx().now())?;
            let saved = kept::save(&tx, withdrawn).await?;
            tx.record(event).await?;
            Ok(saved)
        })
        .await
}

/// Judges every application by every required paper; each applicant is told its own result. With fewer qualified than the
/// law lets be invited the tender fails.
///
/// # Errors
/// `NotFound`, `Unauthenticated`, `Forbidden`, `CONFLICT` when they have been judged, those of [`judge`].
pub async fn judge_applications(app: &App, ctx: &Context, id: TenderId, findings: Vec<ApplicationFinding>) -> Result<Tender> {
    app.store
        .write_once(ctx, "judgeApplications", (id, findings), |tx, (id, findings)| async move {
            let tender = alone(&tx, id).await?;
            let by = allowed(&tx, Action::QualifyBidders, &tender.scope())?;
            let draw = draws::by_tender(tx.db(), id).await?.ok_or_else(|| tender.wrong_state())?;
            let now = tx.ctx().now();
            let judged = judge(&tender, kept::live(tx.db(), id).await?, findings, (by, now))?;
            let qualified = judged.iter().filter(|(one, _)| one.is_qualified()).count();
            let (draw, event) = draw.judge(Judged { by, at: now, applications: judged.len(), qualified })?;
            draws::save(&tx, draw).await?;
            tx.record(event).await?;
            for (application, event) in judged {
                kept::save(&tx, application).await?;
                tx.record(event).await?;
            }
            let fewest = fewest_invited(&tender);
            if qualified >= fewest {
                return Ok(tender);
            }
            let (failed, event) = tender.fail(too_few(qualified, fewest), now)?;
            let failed = tenders::save(&tx, failed).await?;
            tx.record(event).await?;
            Ok(failed)
        })
        .await
}

/// The tender, held for this write alone: an application that is under way is in before it goes on.
async fn alone(tx: &Tx, id: TenderId) -> Result<Tender> {
    tenders::hold_alone(tx.db(), id).await?;
    load(tx, id).await
}

/// With fewer the law lets nobody be invited; one where that law has no such figure.
fn fewest_invited(tender: &Tender) -> usize {
    let rules = tender.state.publication().map(|publication| &publication.rules);
    let figure = rules.and_then(|rules| tender.procedure().figure(rules, "fewest_invited"));
    figure.and_then(|figure| usize::try_from(figure.value).ok()).unwrap_or(1)
}

fn too_few(qualified: usize, fewest: usize) -> LocalText {
    let facts = [("qualified".to_owned(), Fact::from(qualified)), ("fewest".to_owned(), Fact::from(fewest))].into();
    let say = |language| domain::text::say_with(language, "tender-failed-too-few-qualified", &facts);
    LocalText::new(say(Language::Chinese), say(Language::English))
}

/// Draws those who are asked among all who qualify, and asks them for bids, until the announced deadline or a later one.
/// Every applicant that qualifies learns whether it was drawn.
///
/// # Errors
/// `NotFound`, `Unauthenticated`, `Forbidden`, `WRONG_STATE`, `APPLICATIONS_UNJUDGED`, and those of [`Tender::invite`].
pub async fn invite(app: &App, ctx: &Context, id: TenderId, deadline_at: Option<DateTime<Utc>>) -> Result<Tender> {
    app.store
        .write_once(ctx, "inviteSuppliers", (id, deadline_at), |tx, (id, deadline_at)| async move {
            let tender = alone(&tx, id).await?;
            allowed(&tx, Action::PublishTender, &tender.scope())?;
            tender.check(Command::Invite)?;
            if let Some(until) = tender.content.choice.announced_until.filter(|_| !is_time_over(&tender, tx.ctx().now())) {
                // Before the end the buyer does not learn how many have applied.
                return Err(Refusal::new(Code::AnnouncementRuns).with("until", until).into());
            }
            // What asks nobody by a draw is not asked here.
            let draw = draws::by_tender(tx.db(), id).await?.ok_or_else(|| tender.wrong_state())?;
            let (applications, now) = (kept::live(tx.db(), id).await?, tx.ctx().now());
            let qualified: Vec<Application> = applications.iter().filter(|one| one.is_qualified()).cloned().collect();
            let candidates: Vec<_> = qualified.iter().map(Application::candidate).collect();
            let count = usize::try_from(tender.content.choice.invite_count).unwrap_or(usize::MAX);
            let waiting = applications.iter().filter(|one| one.state == ApplicationState::Received).count();
            let (draw, drawn, drawn_event) = draw.draw(&candidates, count, waiting, now)?;
            let asked: BTreeSet<OrganizationId> =
                drawn.tickets.iter().filter(|ticket| ticket.is_drawn).map(|ticket| ticket.candidate.supplier).collect();
            // In the order of their numbers, which says nothing of the draw.
            let (tender, event) = tender.invite(asked.iter().copied().collect(), deadline_at, now)?;
            draws::save(&tx, draw).await?;
            tx.record(drawn_event).await?;
            for application in qualified {
                let is_drawn = asked.contains(&application.applicant);
                let (settled, event) = application.settle(is_drawn, now)?;
                kept::save(&tx, settled).await?;
                tx.record(event).await?;
            }
            let tender = tenders::save(&tx, tender).await?;
            tx.record(event).await?;
            tx.enqueue(closing::close_job(id, tender.deadline()?)).await?;
            Ok(tender)
        })
        .await
}

/// Those of the records that are applications which the actor may read with their files: the buyer's, once the time for
/// applications is over.
///
/// # Errors
/// When the store does not answer.
pub(crate) async fn readable(app: &App, ctx: &Context, subjects: &[Uuid]) -> Result<HashSet<Uuid>> {
    let applications = kept::by_ids(app.store.reader(), subjects).await?;
    let ids: Vec<TenderId> = applications.iter().map(|one| one.tender).collect::<BTreeSet<_>>().into_iter().collect();
    if ids.is_empty() {
        return Ok(HashSet::new());
    }
    let tenders: BTreeMap<TenderId, Tender> =
        tenders::by_ids(app.store.reader(), &ids).await?.into_iter().map(|tender| (tender.id, tender)).collect();
    let is_readable = |one: &&Application| {
        let counts = !matches!(one.state, ApplicationState::Withdrawn { .. });
        counts && tenders.get(&one.tender).is_some_and(|tender| reads_applications(ctx, tender))
    };
    Ok(applications.iter().filter(is_readable).map(|one| one.id.0).collect())
}
