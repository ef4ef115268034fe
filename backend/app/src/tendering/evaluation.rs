//! Evaluation: bidders are judged, a panel is appointed and declares, each member scores alone, the report is signed.

use super::award::tell_losers;
use super::contender;
use super::related;
use super::panel;
use super::tender::known;
use crate::contracting::bid_security::check_decided;
use crate::store::Tx;
use crate::store::identity::account;
use crate::store::tendering::{bid, evaluation as kept, tender as tenders};
use crate::{App, Context, Error, Result};
use domain::ident::{BidId, TenderId, UserId};
use domain::identity::permission::{Action, Scope};
use domain::identity::user::User;
use domain::refusal::Code;
use domain::tendering::contender::Contender;
use domain::tendering::bid::Bid;
use domain::tendering::evaluation::{Evaluation, LotFailure, Stage};
use domain::tendering::lot::TenderLot;
use domain::tendering::opening::{check_all_opened, opened_by};
use domain::tendering::panel::Panel;
use domain::tendering::procedure::FEWEST_BIDDERS;
use domain::tendering::procedure::command::Command;
use domain::tendering::qualification::{PaperFinding, Qualification};
use domain::tendering::related::{RelatedBids, RelationFinding};
use domain::tendering::report::{Basis, Report, low_prices};
use domain::tendering::score_sheet::{Marks, Scheme, ScoreSheet};
use domain::tendering::scoring::LowPrice;
use domain::tendering::tender::{Moved, Publication, Tender, TenderStateName};
use rand::seq::SliceRandom;
use serde::Serialize;

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
    /// Related bidders for one lot, for the same: as they stand before they are judged, as they were found afterwards.
    pub related: Vec<RelatedBids>,
    /// The panel. Why somebody stepped back is told to the buyer and the supervisor only.
    pub panel: Option<Panel>,
    /// The viewer, if it is a member of it.
    pub member: Option<UserId>,
    /// The fewest members of the panel.
    pub panel_fewest: usize,
    /// With fewer bidders the tender fails.
    pub fewest_bidders: usize,
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
    let mut panel = found.as_ref().and_then(Evaluation::panel).cloned();
    let reads_all = ctx.allow(Action::ReadEvaluation, &tender.scope()).is_ok();
    let member = ctx.actor.person().map(|person| person.user);
    let member = member.filter(|user| panel.as_ref().is_some_and(|panel| panel.has(*user)));
    if !reads_all && member.is_none() {
        return Err(Error::NotFound);
    }
    let Some(evaluation) = found else {
        if tender.state.name() != TenderStateName::Opened {
            return Err(Error::NotFound);
        }
        let contenders = contender::of_tender(db, &tender).await?;
        let related = related::of_bids(db, &contenders).await?;
        return before_judgement(tender, contenders, related);
    };
    if let Some(panel) = panel.as_mut().filter(|_| !reads_all) {
        panel.recusals.clear();
    }
    // Before all have declared a member sees no bid: one who has an interest must not learn any.
    let has_begun = !matches!(evaluation.stage, Stage::Qualified | Stage::PanelAppointed { .. });
    let contenders = match (reads_all, has_begun) {
        (true, _) => evaluation.contenders.clone(),
        (false, true) => evaluation.evaluated(),
        (false, false) => Vec::new(),
    };
    let low_prices = if contenders.is_empty() { Vec::new() } else { flagged(&tender, &evaluation.evaluated())? };
    let sheet = match member {
        Some(user) if has_begun => kept::sheet_of(db, id, user).await?.map(|(sheet, _)| sheet),
        _ => None,
    };
    Ok(EvaluationView {
        contenders,
        qualification: reads_all.then(|| evaluation.qualification.clone()),
        related: if reads_all { evaluation.qualification.related.clone() } else { Vec::new() },
        member,
        panel_fewest: panel::fewest(&tender)?,
        fewest_bidders: fewest_bidders(&tender)?,
        panel,
        low_prices,
        sheet,
        submitted: kept::count_submitted(db, id).await?,
        report: evaluation.drawn_up().cloned(),
        stage: Some(evaluation.stage),
        tender,
    })
}

/// The evaluation while the opened bids wait for the buyer's judgement.
fn before_judgement(tender: Tender, contenders: Vec<Contender>, related: Vec<RelatedBids>) -> Result<EvaluationView> {
    Ok(EvaluationView {
        stage: None,
        contenders,
        qualification: None,
        related,
        panel: None,
        member: None,
        panel_fewest: panel::fewest(&tender)?,
        fewest_bidders: fewest_bidders(&tender)?,
        low_prices: Vec::new(),
        sheet: None,
        submitted: 0,
        report: None,
        tender,
    })
}

/// The names of people who are named in an evaluation that the actor can read.
///
/// # Errors
/// `NotFound`.
pub async fn people(app: &App, ctx: &Context, view: &EvaluationView) -> Result<Vec<User>> {
    ctx.person()?;
    let panel = view.panel.iter();
    let users: Vec<UserId> =
        panel.flat_map(|panel| panel.users().into_iter().chain(panel.recusals.iter().map(|recusal| recusal.user))).collect();
    account::by_ids(app.store.reader(), &users).await
}

/// What an officer finds of the bidders.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Findings {
    /// One for each bidder and required paper.
    pub papers: Vec<PaperFinding>,
    /// One for each pair of related bidders.
    pub relations: Vec<RelationFinding>,
}

/// Judges every bidder by every required paper, where none are related. See [`judge_bidders`].
///
/// # Errors
/// Those of [`judge_bidders`].
pub async fn qualify_bidders(app: &App, ctx: &Context, id: TenderId, papers: Vec<PaperFinding>) -> Result<()> {
    judge_bidders(app, ctx, id, Findings { papers, relations: Vec::new() }).await
}

/// Judges every bidder by every required paper, and every pair of related ones. With fewer than three qualified the tender fails.
///
/// # Errors
/// `WRONG_STATE`, `BIDS_UNOPENED`, `SECURITIES_UNDECIDED`, those of [`Qualification::judge`] and
/// [`Qualification::with_relations`]; `NotFound`, `Unauthenticated`, `Forbidden`.
pub async fn judge_bidders(app: &App, ctx: &Context, id: TenderId, findings: Findings) -> Result<()> {
    app.store
        .write_once(ctx, "qualifyBidders", (id, findings), |tx, (id, findings)| async move {
            let tender = load(&tx, id).await?;
            let by = allowed(&tx, Action::QualifyBidders, &tender.scope())?;
            tender.check(Command::Qualify)?;
            let fewest = fewest_bidders(&tender)?;
            check_all_opened(&standing(&tx, &tender).await?, opened_by(&tender)?, tx.ctx().now())?;
            let contenders = contender::of_tender(tx.db(), &tender).await?;
            check_decided(&contenders)?;
            let papers = tender.content.papers.iter().filter(|paper| paper.is_obligatory);
            let papers: Vec<String> = papers.map(|paper| paper.key.clone()).collect();
            let now = tx.ctx().now();
            let qualification = Qualification::judge(&contenders, &papers, findings.papers, by, now)?;
            let qualification = qualification.with_relations(related::of_bids(tx.db(), &contenders).await?, findings.relations)?;
            let (evaluation, event) = Evaluation::begin((id, tender.standing_lots()), tender.buyer, contenders, qualification, (fewest, tender.procedure().course().offers));
            kept::insert(&tx, &evaluation).await?;
            tx.record(event).await?;
            move_on(&tx, tender, &evaluation, Some(Tender::qualify)).await?;
            Ok(())
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
            tender.check(Command::Score)?;
            let (sheet, version) = own_sheet(&tx, id, by).await?;
            let sheet = sheet.save(marks, &Scheme::from(&tender.content), &evaluation.evaluated())?;
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
    tender.check(Command::Score)?;
    let scheme = Scheme::under(&tender.content, &publication(&tender)?.rules);
    let (contenders, now) = (evaluation.evaluated(), tx.ctx().now());
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
    let fewest = fewest_bidders(&tender)?;
    let budgets = tender.lots().into_iter().map(|lot| (lot.id, lot.budget));
    let lots: Vec<_> = budgets.filter(|(lot, _)| evaluation.standing_lots().any(|standing| standing == *lot)).collect();
    let basis = Basis { scheme: &scheme, rules: &publication.rules, lots: &lots, draw: &draw };
    let report = Report::draw_up(&basis, &evaluation.in_report(), &sheets, now);
    let (evaluation, event) = evaluation.report(report, fewest, tender.content.lot_caps)?;
    tx.record(event).await?;
    let evaluation = kept::save(&tx, evaluation).await?;
    if evaluation.standing_lots().count() < lots.len() {
        move_on(&tx, tender, &evaluation, None).await?;
    }
    Ok(())
}

/// A member signs the report, with what it disagrees on or agreeing. With the last signature the panel has reported.
///
/// # Errors
/// `WRONG_STATE`, `ALREADY_SIGNED`, those of [`Evaluation::sign`] at `dissent`; `NotFound` for somebody who is no member, `Unauthenticated`.
pub async fn sign_report(app: &App, ctx: &Context, id: TenderId, dissent: String) -> Result<()> {
    app.store
        .write_once(ctx, "signReport", (id, dissent), |tx, (id, dissent)| async move {
            let (tender, evaluation, by) = load_as_member(&tx, id).await?;
            tender.check(Command::SignReport)?;
            let now = tx.ctx().now();
            let (evaluation, event) = evaluation.sign(by, &dissent, now)?;
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

/// The bids of a tender that count, for lots that stand.
pub(super) async fn standing(tx: &Tx, tender: &Tender) -> Result<Vec<Bid>> {
    let mut bids = bid::live(tx.db(), tender.id).await?;
    bids.retain(|bid| !tender.has_failed(bid.lot));
    Ok(bids)
}

/// Moves a tender on after a step of its evaluation: lots that have failed in it end, with the last of them the tender
/// does; else it takes `step`, if there is one to take. Who bid for a lot that failed is told.
pub(super) async fn move_on(tx: &Tx, tender: Tender, evaluation: &Evaluation, step: Option<fn(Tender) -> Moved>) -> Result<Tender> {
    let now = tx.ctx().now();
    let news: Vec<LotFailure> = evaluation.failed_lots.iter().filter(|failed| !tender.has_failed(failed.lot)).copied().collect();
    let reasons = news.iter().map(|failed| (failed.lot, failed.failure.words())).collect();
    let (tender, events) = if tender.content.is_divided() { tender.fail_lots(reasons, now) } else { (tender, Vec::new()) };
    for event in events {
        tx.record(event).await?;
    }
    let (tender, moved) = match (evaluation.failure(), step) {
        (Some(failure), _) => tender.fail(failure.words(), now).map(|(tender, event)| (tender, Some(event)))?,
        (None, Some(step)) => step(tender).map(|(tender, event)| (tender, Some(event)))?,
        (None, None) => (tender, None),
    };
    let tender = tenders::save(tx, tender).await?;
    if let Some(event) = moved {
        tx.record(event).await?;
    }
    for failed in news {
        tell_losers(tx, evaluation, failed.lot, None).await?;
    }
    Ok(tender)
}

pub(super) async fn load(tx: &Tx, id: TenderId) -> Result<Tender> {
    known(tx.ctx(), tenders::by_id(tx.db(), id).await?)
}

pub(super) async fn load_evaluation(tx: &Tx, tender: &Tender) -> Result<Evaluation> {
    kept::by_tender(tx.db(), tender.id).await?.ok_or_else(|| tender.wrong_state().into())
}

/// The evaluation as one of its panel's members finds it; nobody else finds it.
pub(super) async fn load_as_member(tx: &Tx, id: TenderId) -> Result<(Tender, Evaluation, UserId)> {
    tx.ctx().person()?;
    let tender = tenders::by_id(tx.db(), id).await?.ok_or(Error::NotFound)?;
    let evaluation = kept::by_tender(tx.db(), id).await?.ok_or(Error::NotFound)?;
    let members = evaluation.panel().map(Panel::users).unwrap_or_default();
    let by = allowed(tx, Action::Evaluate, &tender.scope().with_named(members)).map_err(|error| match error {
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

pub(super) fn publication(tender: &Tender) -> Result<&Publication> {
    tender.state.publication().ok_or_else(|| tender.wrong_state().into())
}

/// The fewest competitors under the law that is frozen into the tender.
pub(super) fn fewest_bidders(tender: &Tender) -> Result<usize> {
    tender.fewest_bidders().ok_or_else(|| missing(&tender.procedure().figure_key(FEWEST_BIDDERS)))
}

pub(super) fn missing(key: &str) -> Error {
    Error::internal("read a rule", format!("{key} is not in the tender's rules"))
}

fn flagged(tender: &Tender, contenders: &[Contender]) -> Result<Vec<(BidId, Vec<LowPrice>)>> {
    let rules = &publication(tender)?.rules;
    let of_lot = |lot: TenderLot| {
        let own: Vec<Contender> = contenders.iter().filter(|one| one.lot == lot.id).cloned().collect();
        low_prices(&own, lot.budget, rules)
    };
    Ok(tender.lots().into_iter().flat_map(of_lot).collect())
}
