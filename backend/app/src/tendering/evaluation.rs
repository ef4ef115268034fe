//! Evaluation: bidders are judged, a panel is appointed and declares, each member scores alone, the report is signed.

use super::award::tell_losers;
use super::contender;
use super::tender::known;
use crate::store::Tx;
use crate::store::identity::{account, membership};
use crate::store::tendering::{evaluation as kept, tender as tenders};
use crate::{App, Context, Error, Result};
use domain::ident::{BidId, OrganizationId, TenderId, UserId};
use domain::identity::permission::{Action, Scope};
use domain::identity::role::Role;
use domain::identity::user::User;
use domain::refusal::Code;
use domain::tendering::contender::Contender;
use domain::tendering::evaluation::{Evaluation, Stage};
use domain::tendering::opening::FEWEST_BIDDERS_FIGURE;
use domain::tendering::panel::{Candidate, Panel, PanelRule};
use domain::tendering::qualification::{PaperFinding, Qualification};
use domain::tendering::report::{Basis, Report, low_prices};
use domain::tendering::score_sheet::{Marks, Scheme, ScoreSheet};
use domain::tendering::scoring::LowPrice;
use domain::tendering::tender_check::fewest_members;
use domain::tendering::tender::{Publication, Tender, TenderState};
use rand::seq::SliceRandom;

/// How often a hand-in is tried again when other members hand in at the same moment.
const TRIES_MOST: u32 = 5;

/// An evaluation as one viewer may know it.
#[derive(Clone, Debug)]
pub struct EvaluationView {
    /// The tender.
    pub tender: Tender,
    /// Where it stands; nothing while bidders have not been judged.
    pub stage: Option<Stage>,
    /// The bids. Members see none before all of them have declared.
    pub contenders: Vec<Contender>,
    /// The judgement of bidders, for the buyer and the supervisor.
    pub qualification: Option<Qualification>,
    /// The panel.
    pub panel: Option<Panel>,
    /// Prices that are abnormally low.
    pub low_prices: Vec<(BidId, Vec<LowPrice>)>,
    /// The viewer's own sheet, if it is a member; never another's.
    pub sheet: Option<ScoreSheet>,
    /// How many sheets have been handed in.
    pub submitted: usize,
    /// The report, once all sheets are in.
    pub report: Option<Report>,
}

/// The evaluation of a tender, for its buyer, its panel and the supervisor.
///
/// # Errors
/// `NotFound` for everybody else and before the opening.
pub async fn evaluation(app: &App, ctx: &Context, id: TenderId) -> Result<EvaluationView> {
    let db = app.store.reader();
    let tender = tenders::by_id(db, id).await?.ok_or(Error::NotFound)?;
    let found = kept::by_tender(db, id).await?;
    let panel = found.as_ref().and_then(Evaluation::panel).cloned();
    let reads_all = ctx.allow(Action::ReadEvaluation, &Scope::owned_by(tender.buyer)).is_ok();
    let member = ctx.actor.person().map(|person| person.user);
    let member = member.filter(|user| panel.as_ref().is_some_and(|panel| panel.has(*user)));
    if !reads_all && member.is_none() {
        return Err(Error::NotFound);
    }
    let Some(evaluation) = found else {
        if !matches!(tender.state, TenderState::Opened(_)) {
            return Err(Error::NotFound);
        }
        let contenders = contender::of_tender(db, id).await?;
        return Ok(EvaluationView {
            tender,
            stage: None,
            contenders,
            qualification: None,
            panel: None,
            low_prices: Vec::new(),
            sheet: None,
            submitted: 0,
            report: None,
        });
    };
    // Before all have declared a member sees no bid: one who has an interest must not learn any.
    let has_begun = !matches!(evaluation.stage, Stage::Qualified | Stage::PanelAppointed { .. });
    let contenders = match (reads_all, has_begun) {
        (true, _) => evaluation.contenders.clone(),
        (false, true) => evaluation.qualified(),
        (false, false) => Vec::new(),
    };
    let low_prices = if contenders.is_empty() { Vec::new() } else { flagged(&tender, &evaluation.qualified())? };
    let sheet = match member {
        Some(user) if has_begun => kept::sheet_of(db, id, user).await?.map(|(sheet, _)| sheet),
        _ => None,
    };
    Ok(EvaluationView {
        contenders,
        qualification: reads_all.then(|| evaluation.qualification.clone()),
        panel,
        low_prices,
        sheet,
        submitted: kept::count_submitted(db, id).await?,
        report: evaluation.drawn_up().cloned(),
        stage: Some(evaluation.stage),
        tender,
    })
}

/// The people who may be appointed to the panel of a tender: evaluators without a tie to it or to a bidder.
///
/// # Errors
/// `NotFound`, `Unauthenticated`, `Forbidden`.
pub async fn candidates(app: &App, ctx: &Context, id: TenderId) -> Result<Vec<User>> {
    let db = app.store.reader();
    let tender = known(ctx, tenders::by_id(db, id).await?)?;
    ctx.allow(Action::AppointPanel, &Scope::owned_by(tender.buyer))?;
    let publication = publication(&tender)?;
    let bidders = bidders(&contender::of_tender(db, id).await?);
    let barred = barred(&tender, publication);
    let users = membership::holders(db, Role::Evaluator).await?;
    let held = membership::of_users(db, &users).await?;
    let is_tied = |user: UserId| {
        barred.contains(&user)
            || held.iter().any(|held| held.user == user && bidders.contains(&held.organization))
    };
    let free: Vec<_> = users.into_iter().filter(|user| !is_tied(*user)).collect();
    account::by_ids(db, &free).await
}

/// The names of people who are named in an evaluation that the actor can read.
///
/// # Errors
/// `NotFound`.
pub async fn people(app: &App, ctx: &Context, view: &EvaluationView) -> Result<Vec<User>> {
    ctx.person()?;
    let users = view.panel.as_ref().map(Panel::users).unwrap_or_default();
    account::by_ids(app.store.reader(), &users).await
}

/// Judges every bidder by every required paper. With fewer than three qualified the tender fails.
///
/// # Errors
/// `WRONG_STATE`, those of [`Qualification::judge`]; `NotFound`, `Unauthenticated`, `Forbidden`.
pub async fn qualify_bidders(app: &App, ctx: &Context, id: TenderId, findings: Vec<PaperFinding>) -> Result<()> {
    app.store
        .write_once(ctx, "qualifyBidders", (id, findings), |tx, (id, findings)| async move {
            let tender = load(&tx, id).await?;
            let by = allowed(&tx, Action::QualifyBidders, &Scope::owned_by(tender.buyer))?;
            let TenderState::Opened(publication) = &tender.state else { return Err(tender.wrong_state().into()) };
            let fewest = fewest_bidders(publication)?;
            let contenders = contender::of_tender(tx.db(), id).await?;
            let papers = tender.content.papers.iter().filter(|paper| paper.is_obligatory);
            let papers: Vec<String> = papers.map(|paper| paper.key.clone()).collect();
            let now = tx.ctx().now();
            let qualification = Qualification::judge(&contenders, &papers, findings, by, now)?;
            let (evaluation, event) = Evaluation::begin(id, tender.buyer, contenders, qualification, fewest);
            kept::insert(&tx, &evaluation).await?;
            tx.record(event).await?;
            let (tender, moved) = match evaluation.failure() {
                Some(failure) => tender.fail(failure.words(), now)?,
                None => tender.qualify()?,
            };
            tenders::save(&tx, tender).await?;
            tx.record(moved).await?;
            if evaluation.failure().is_some() { tell_losers(&tx, &evaluation, None).await } else { Ok(()) }
        })
        .await
}

/// Appoints the panel, or fills the places of those who stepped back.
///
/// # Errors
/// `WRONG_STATE`, those of [`Panel::appoint`]; `NotFound`, `Unauthenticated`, `Forbidden`.
pub async fn appoint_panel(app: &App, ctx: &Context, id: TenderId, members: Vec<UserId>) -> Result<()> {
    app.store
        .write_once(ctx, "appointPanel", (id, members), |tx, (id, members)| async move {
            let tender = load(&tx, id).await?;
            let by = allowed(&tx, Action::AppointPanel, &Scope::owned_by(tender.buyer))?;
            let evaluation = load_evaluation(&tx, &tender).await?;
            let publication = publication(&tender)?;
            let held = membership::of_users(tx.db(), &members).await?;
            let candidates: Vec<Candidate> = members.iter().map(|user| {
                let own = || held.iter().filter(|held| held.user == *user);
                Candidate {
                    user: *user,
                    is_evaluator: own().any(|held| held.role == Role::Evaluator),
                    organizations: own().map(|held| held.organization).collect(),
                }
            }).collect();
            let smallest = fewest_members(&publication.rules, tender.content.budget);
            let smallest = smallest.and_then(|figure| usize::try_from(figure.value).ok()).ok_or_else(|| missing("panel.fewest_members"))?;
            let planned = usize::try_from(tender.content.panel_size).unwrap_or(smallest);
            let (barred, bidders) = (barred(&tender, publication), bidders(&evaluation.contenders));
            let rule = PanelRule { fewest: smallest.max(planned), barred: &barred, bidders: &bidders };
            let (evaluation, event) = evaluation.appoint(&candidates, &rule, by, tx.ctx().now())?;
            tx.record(event).await?;
            keep_declared(&tx, tender, evaluation).await
        })
        .await
}

/// A member declares to have no conflict of interest, or steps back with the reason.
///
/// # Errors
/// `WRONG_STATE`, those of [`Panel::declare`]; `NotFound` for somebody who is no member, `Unauthenticated`.
pub async fn declare_conflict(app: &App, ctx: &Context, id: TenderId, conflict: Option<String>) -> Result<()> {
    app.store
        .write_once(ctx, "declareConflict", (id, conflict), |tx, (id, conflict)| async move {
            let (tender, evaluation, by) = load_as_member(&tx, id).await?;
            let (evaluation, event) = evaluation.declare(by, conflict.as_deref(), tx.ctx().now())?;
            tx.record(event).await?;
            keep_declared(&tx, tender, evaluation).await
        })
        .await
}

/// Saves the draft of the actor's own score sheet.
///
/// # Errors
/// `CONFLICT_UNDECLARED`, `WRONG_STATE`, those of [`ScoreSheet::save`]; `NotFound` for somebody who is no member,
/// `Unauthenticated`.
pub async fn save_scores(app: &App, ctx: &Context, id: TenderId, marks: Marks) -> Result<()> {
    app.store
        .write(ctx, (id, marks), |tx, (id, marks)| async move {
            let (tender, evaluation, by) = load_as_member(&tx, id).await?;
            evaluation.scoring_panel()?;
            let (sheet, version) = own_sheet(&tx, id, by).await?;
            let sheet = sheet.save(marks, &Scheme::from(&tender.content), &evaluation.qualified())?;
            kept::save_sheet(&tx, id, &sheet, version).await?;
            tx.record(evaluation.sheet_kept(by, false)).await
        })
        .await
}

/// Hands the actor's own sheet in. With the last one the report is drawn up; with fewer than three bids left the
/// tender fails.
///
/// # Errors
/// `CONFLICT_UNDECLARED`, `WRONG_STATE`, those of [`ScoreSheet::submit`]; `NotFound` for somebody who is no member,
/// `Unauthenticated`.
pub async fn submit_scores(app: &App, ctx: &Context, id: TenderId) -> Result<()> {
    let mut tries = 1;
    loop {
        // Two members who hand in at once may both believe not to be the last: the version tells, and one looks again.
        let result = app.store.write_once(ctx, "submitScores", id, hand_in).await;
        match result {
            Err(error) if error.has_code(Code::Conflict) && tries < TRIES_MOST => tries += 1,
            result => return result,
        }
    }
}

async fn hand_in(tx: Tx, id: TenderId) -> Result<()> {
    let (tender, evaluation, by) = load_as_member(&tx, id).await?;
    let panel = evaluation.scoring_panel()?.users();
    let scheme = Scheme::from(&tender.content);
    let (contenders, now) = (evaluation.qualified(), tx.ctx().now());
    let low: Vec<BidId> = flagged(&tender, &contenders)?.into_iter().map(|(bid_id, _)| bid_id).collect();
    let (sheet, version) = own_sheet(&tx, id, by).await?;
    let sheet = sheet.submit(&scheme, &contenders, &low, now)?;
    kept::save_sheet(&tx, id, &sheet, version).await?;
    tx.record(evaluation.sheet_kept(by, true)).await?;
    let mut sheets = kept::sheets(tx.db(), id).await?;
    sheets.retain(|sheet| sheet.submitted_at.is_some());
    if sheets.len() < panel.len() {
        kept::save(&tx, evaluation).await?;
        return Ok(());
    }
    // Members stand in the order of their appointment, not in that of their haste.
    sheets.sort_by_key(|sheet| panel.iter().position(|member| *member == sheet.member));
    let mut draw: Vec<BidId> = contenders.iter().map(|contender| contender.bid_id).collect();
    draw.shuffle(&mut tx.ctx().chance().generator());
    let publication = publication(&tender)?;
    let fewest = fewest_bidders(publication)?;
    let basis = Basis { scheme: &scheme, rules: &publication.rules, ceiling: tender.content.budget, draw: &draw };
    let report = Report::draw_up(&basis, &contenders, &sheets, now);
    let (evaluation, event) = evaluation.report(report, fewest)?;
    tx.record(event).await?;
    let evaluation = kept::save(&tx, evaluation).await?;
    let Some(failure) = evaluation.failure() else { return Ok(()) };
    let (tender, moved) = tender.fail(failure.words(), now)?;
    tenders::save(&tx, tender).await?;
    tx.record(moved).await?;
    tell_losers(&tx, &evaluation, None).await
}

/// A member signs the report. With the last signature the panel has reported.
///
/// # Errors
/// `WRONG_STATE`, `ALREADY_SIGNED`; `NotFound` for somebody who is no member, `Unauthenticated`.
pub async fn sign_report(app: &App, ctx: &Context, id: TenderId) -> Result<()> {
    app.store
        .write_once(ctx, "signReport", id, |tx, id| async move {
            let (tender, evaluation, by) = load_as_member(&tx, id).await?;
            let now = tx.ctx().now();
            let (evaluation, event) = evaluation.sign(by, now)?;
            tx.record(event).await?;
            let evaluation = kept::save(&tx, evaluation).await?;
            if !matches!(evaluation.stage, Stage::Signed { .. }) {
                return Ok(());
            }
            let (tender, moved) = tender.report()?;
            tenders::save(&tx, tender).await?;
            tx.record(moved).await
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

pub(super) async fn load(tx: &Tx, id: TenderId) -> Result<Tender> {
    known(tx.ctx(), tenders::by_id(tx.db(), id).await?)
}

pub(super) async fn load_evaluation(tx: &Tx, tender: &Tender) -> Result<Evaluation> {
    kept::by_tender(tx.db(), tender.id).await?.ok_or_else(|| tender.wrong_state().into())
}

/// The evaluation as one of its panel's members finds it; nobody else finds it.
async fn load_as_member(tx: &Tx, id: TenderId) -> Result<(Tender, Evaluation, UserId)> {
    tx.ctx().person()?;
    let tender = tenders::by_id(tx.db(), id).await?.ok_or(Error::NotFound)?;
    let evaluation = kept::by_tender(tx.db(), id).await?.ok_or(Error::NotFound)?;
    let members = evaluation.panel().map(Panel::users).unwrap_or_default();
    let by = allowed(tx, Action::Evaluate, &Scope::owned_by(tender.buyer).with_named(members)).map_err(|error| match error {
        Error::Forbidden => Error::NotFound,
        error => error,
    })?;
    Ok((tender, evaluation, by))
}

/// The person who acts, if the table of permissions lets it.
pub(super) fn allowed(tx: &Tx, action: Action, scope: &Scope) -> Result<UserId> {
    tx.ctx().allow(action, scope)?;
    Ok(tx.ctx().person()?.user)
}

async fn own_sheet(tx: &Tx, id: TenderId, by: UserId) -> Result<(ScoreSheet, Option<i64>)> {
    let found = kept::sheet_of(tx.db(), id, by).await?;
    Ok(found.map_or_else(|| (ScoreSheet::blank(by), None), |(sheet, version)| (sheet, Some(version))))
}

fn publication(tender: &Tender) -> Result<&Publication> {
    tender.state.publication().ok_or_else(|| tender.wrong_state().into())
}

/// The fewest competitors under the law that is frozen into the tender.
pub(super) fn fewest_bidders(publication: &Publication) -> Result<usize> {
    publication.rules.count(FEWEST_BIDDERS_FIGURE).ok_or_else(|| missing(FEWEST_BIDDERS_FIGURE))
}

fn missing(key: &str) -> Error {
    Error::internal("read a rule", format!("{key} is not in the tender's rules"))
}

fn flagged(tender: &Tender, contenders: &[Contender]) -> Result<Vec<(BidId, Vec<LowPrice>)>> {
    Ok(low_prices(contenders, tender.content.budget, &publication(tender)?.rules))
}

fn barred(tender: &Tender, publication: &Publication) -> Vec<UserId> {
    vec![tender.created_by, publication.approved_by, publication.published_by]
}

fn bidders(contenders: &[Contender]) -> Vec<OrganizationId> {
    contenders.iter().map(|contender| contender.bidder).collect()
}
