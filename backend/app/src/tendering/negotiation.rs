//! Negotiation: talks with each supplier apart, then final offers, sealed as first responses were.

use super::closing;
use super::contender;
use super::evaluation::{allowed, fewest_bidders, load, load_evaluation, move_on, standing};
use crate::store::Tx;
use crate::store::tendering::{bid, closing as closings, evaluation as evaluations, negotiation as kept, tender as tenders};
use crate::{App, Context, Error, Result};
use chrono::{DateTime, Utc};
use domain::ident::{OrganizationId, TenderId};
use domain::identity::permission::{Action, Scope};
use domain::tendering::evaluation::Evaluation;
use domain::tendering::negotiation::{Negotiation, Talk, check_all_heard};
use domain::tendering::opening::{check_all_opened, opened_by};
use domain::tendering::panel::Panel;
use domain::tendering::procedure::command::Command;
use domain::tendering::tender::{Tender, TenderStateName};

/// The talks about a tender: all of them for its buyer, its supervisors and its panel, its own for a supplier.
///
/// # Errors
/// `NotFound` for everybody else, `Unauthenticated`.
pub async fn negotiations(app: &App, ctx: &Context, id: TenderId) -> Result<Vec<Negotiation>> {
    let person = ctx.person()?;
    let db = app.store.reader();
    let tender = tenders::by_id(db, id).await?.filter(|tender| tender.state.publication().is_some()).ok_or(Error::NotFound)?;
    let panel = evaluations::by_tender(db, id).await?.as_ref().and_then(Evaluation::panel).map(Panel::users).unwrap_or_default();
    let scope = tender.scope().with_named(panel);
    let reads_all = ctx.allow(Action::ReadEvaluation, &scope).is_ok() || ctx.allow(Action::Evaluate, &scope).is_ok();
    if reads_all {
        return kept::of_tender(db, id, None).await;
    }
    ctx.allow(Action::KeepBid, &Scope::market()).map_err(|_| Error::NotFound)?;
    kept::of_tender(db, id, Some(person.organization)).await
}

/// Writes a talk with one supplier down.
///
/// # Errors
/// `WRONG_STATE`, those of [`Negotiation::record`]; `NotFound`, `Unauthenticated`, `Forbidden`.
pub async fn record_negotiation(app: &App, ctx: &Context, id: TenderId, talk: Talk) -> Result<Negotiation> {
    app.store
        .write_once(ctx, "recordNegotiation", (id, talk), |tx, (id, talk)| async move {
            let tender = load(&tx, id).await?;
            let by = allowed(&tx, Action::Negotiate, &tender.scope())?;
            tender.check(Command::Negotiate)?;
            let asked = load_evaluation(&tx, &tender).await?.negotiated_with();
            let before = kept::of_tender(tx.db(), id, Some(talk.bidder)).await?.len();
            let ids = (tx.ctx().new_id(), id, tender.buyer);
            let when = (tender.deadline()?, by, tx.ctx().now());
            let (made, event) = Negotiation::record(ids, &talk, (&asked, before), when)?;
            kept::insert(&tx, &made).await?;
            tx.record(event).await?;
            Ok(made)
        })
        .await
}

/// The suppliers that a tender is negotiated with just now; none in any other state.
pub(crate) async fn negotiated_with(app: &App, tender: &Tender) -> Result<Vec<OrganizationId>> {
    if tender.state.name() != TenderStateName::Negotiating {
        return Ok(Vec::new());
    }
    let evaluation = evaluations::by_tender(app.store.reader(), tender.id).await?;
    Ok(evaluation.map(|evaluation| evaluation.negotiated_with()).unwrap_or_default())
}

/// Asks every supplier that was negotiated with for its final offer, sealed until `deadline_at`. First responses give way.
///
/// # Errors
/// `WRONG_STATE`, `NEGOTIATION_MISSING`, those of [`Tender::request_final_offers`]; `NotFound`, `Unauthenticated`,
/// `Forbidden`.
pub async fn request_final_offers(app: &App, ctx: &Context, id: TenderId, deadline_at: DateTime<Utc>) -> Result<Tender> {
    app.store
        .write_once(ctx, "requestFinalOffers", (id, deadline_at), |tx, (id, deadline_at)| async move {
            let tender = load(&tx, id).await?;
            allowed(&tx, Action::PublishTender, &tender.scope())?;
            tender.check(Command::RequestFinalOffers)?;
            let asked = load_evaluation(&tx, &tender).await?.negotiated_with();
            check_all_heard(&asked, &kept::of_tender(tx.db(), id, None).await?)?;
            let now = tx.ctx().now();
            let (tender, event) = tender.request_final_offers(asked, deadline_at, now)?;
            for first in bid::live(tx.db(), id).await? {
                bid::save(&tx, &first.negotiated(now)?).await?;
            }
            closings::remove(&tx, id).await?;
            let tender = tenders::save(&tx, tender).await?;
            tx.record(event).await?;
            tx.enqueue(closing::close_job(id, deadline_at)).await?;
            Ok(tender)
        })
        .await
}

/// Puts the opened final offers before the panel. With too few of them the tender fails.
///
/// # Errors
/// `WRONG_STATE`, `BIDS_UNOPENED`; `NotFound`, `Unauthenticated`, `Forbidden`.
pub async fn begin_scoring(app: &App, ctx: &Context, id: TenderId) -> Result<Tender> {
    app.store
        .write_once(ctx, "beginScoring", id, |tx, id| async move { put_before_panel(&tx, id).await })
        .await
}

async fn put_before_panel(tx: &Tx, id: TenderId) -> Result<Tender> {
    let tender = load(tx, id).await?;
    allowed(tx, Action::QualifyBidders, &tender.scope())?;
    tender.check(Command::BeginScoring)?;
    let now = tx.ctx().now();
    check_all_opened(&standing(tx, &tender).await?, opened_by(&tender)?, now)?;
    let finals = contender::of_tender(tx.db(), &tender).await?;
    let fewest = fewest_bidders(&tender)?;
    let (evaluation, event) = load_evaluation(tx, &tender).await?.take_final_offers(finals, fewest)?;
    tx.record(event).await?;
    let evaluation = evaluations::save(tx, evaluation).await?;
    move_on(tx, tender, &evaluation, Some(Tender::begin_scoring)).await
}
