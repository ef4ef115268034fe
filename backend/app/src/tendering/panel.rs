//! The panel: who may be appointed and who is; members declare or step back.

use super::contender;
use super::evaluation::{allowed, load, load_as_member, load_evaluation, missing, publication};
use super::tender::known;
use crate::store::Tx;
use crate::store::identity::{account, membership};
use crate::store::tendering::{evaluation as kept, tender as tenders};
use crate::{App, Context, Result};
use domain::ident::{OrganizationId, TenderId, UserId};
use domain::identity::permission::Action;
use domain::identity::role::Role;
use domain::identity::user::User;
use domain::tendering::contender::Contender;
use domain::tendering::evaluation::{Evaluation, Stage};
use domain::tendering::panel::{Bar, Candidate, PanelRule};
use domain::tendering::procedure::command::Command;
use domain::tendering::tender::{Publication, Tender};
use domain::tendering::tender_check::fewest_members;
use membership::Membership;

/// An evaluator, and what keeps the person from this panel, if anything.
#[derive(Clone, Debug)]
pub struct PanelCandidate {
    /// Who.
    pub person: User,
    /// Why the person can't be a member; nothing when it can.
    pub bar: Option<Bar>,
}

/// All evaluators, each with what keeps the person from the panel of this tender.
///
/// # Errors
/// `NotFound`, `Unauthenticated`, `Forbidden`.
pub async fn candidates(app: &App, ctx: &Context, id: TenderId) -> Result<Vec<PanelCandidate>> {
    let db = app.store.reader();
    let tender = known(ctx, tenders::by_id(db, id).await?)?;
    ctx.allow(Action::AppointPanel, &tender.scope())?;
    let publication = publication(&tender)?;
    let bidders = bidders(&contender::of_tender(db, &tender).await?);
    let barred = barred(&tender, publication);
    let rule = PanelRule { fewest: fewest(&tender)?, buying: &tender.sides(), barred: &barred, bidders: &bidders };
    let evaluation = kept::by_tender(db, id).await?;
    let before = evaluation.as_ref().and_then(Evaluation::panel);
    let users = membership::holders(db, Role::Evaluator).await?;
    let held = membership::of_users(db, &users).await?;
    let people = account::by_ids(db, &users).await?;
    Ok(people
        .into_iter()
        .map(|person| PanelCandidate { bar: rule.bar(&candidate(person.id, &held), before), person })
        .collect())
}

/// The fewest members of a tender's panel: as its documents plan, and never fewer than its law asks.
///
/// # Errors
/// When the tender has not been published.
pub fn fewest(tender: &Tender) -> Result<usize> {
    let smallest = fewest_members(&publication(tender)?.rules, tender.procedure(), tender.content.budget);
    let smallest = smallest.and_then(|figure| usize::try_from(figure.value).ok());
    let smallest = smallest.ok_or_else(|| missing(tender.procedure().course().panel_figure))?;
    Ok(smallest.max(usize::try_from(tender.content.panel_size).unwrap_or(smallest)))
}

/// Appoints the panel, or fills the places of those who stepped back.
///
/// # Errors
/// `WRONG_STATE`, those of [`domain::tendering::panel::Panel::appoint`]; `NotFound`, `Unauthenticated`, `Forbidden`.
pub async fn appoint_panel(app: &App, ctx: &Context, id: TenderId, members: Vec<UserId>) -> Result<()> {
    app.store
        .write_once(ctx, "appointPanel", (id, members), |tx, (id, members)| async move {
            let tender = load(&tx, id).await?;
            let by = allowed(&tx, Action::AppointPanel, &tender.scope())?;
            let evaluation = load_evaluation(&tx, &tender).await?;
            tender.check(Command::AppointPanel)?;
            let publication = publication(&tender)?;
            let held = membership::of_users(tx.db(), &members).await?;
            let candidates: Vec<Candidate> = members.iter().map(|user| candidate(*user, &held)).collect();
            let (barred, bidders) = (barred(&tender, publication), bidders(&evaluation.contenders));
            let rule = PanelRule { fewest: fewest(&tender)?, buying: &tender.sides(), barred: &barred, bidders: &bidders };
            let (evaluation, event) = evaluation.appoint(&candidates, &rule, by, tx.ctx().now())?;
            tx.record(event).await?;
            keep_declared(&tx, tender, evaluation).await
        })
        .await
}

/// A member declares to have no conflict of interest, or steps back with the reason.
///
/// # Errors
/// `WRONG_STATE`, those of [`domain::tendering::panel::Panel::declare`]; `NotFound` for somebody who is no member, `Unauthenticated`.
pub async fn declare_conflict(app: &App, ctx: &Context, id: TenderId, conflict: Option<String>) -> Result<()> {
    app.store
        .write_once(ctx, "declareConflict", (id, conflict), |tx, (id, conflict)| async move {
            let (tender, evaluation, by) = load_as_member(&tx, id).await?;
            tender.check(Command::DeclareConflict)?;
            let (evaluation, event) = evaluation.declare(by, conflict.as_deref(), tx.ctx().now())?;
            tx.record(event).await?;
            keep_declared(&tx, tender, evaluation).await
        })
        .await
}

/// Keeps an evaluation whose panel has changed; once the panel is ready the tender moves on.
async fn keep_declared(tx: &Tx, tender: Tender, evaluation: Evaluation) -> Result<()> {
    let evaluation = kept::save(tx, evaluation).await?;
    let Stage::Scoring { panel } = &evaluation.stage else { return Ok(()) };
    let (tender, moved) = tender.begin_evaluation(panel.users())?;
    tenders::save(tx, tender).await?;
    tx.record(moved).await
}

/// A person as the rules ask about it, from all that it holds anywhere.
fn candidate(user: UserId, held: &[Membership]) -> Candidate {
    let own = || held.iter().filter(|held| held.user == user);
    Candidate {
        user,
        is_evaluator: own().any(|held| held.role == Role::Evaluator),
        organizations: own().map(|held| held.organization).collect(),
    }
}

fn barred(tender: &Tender, publication: &Publication) -> Vec<UserId> {
    vec![tender.created_by, publication.approved_by, publication.published_by]
}

fn bidders(contenders: &[Contender]) -> Vec<OrganizationId> {
    contenders.iter().flat_map(Contender::parties).collect()
}
