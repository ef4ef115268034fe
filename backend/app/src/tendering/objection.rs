//! Objections to announced single sources, their answers, and the invitation of the sole supplier.

use super::closing;
use super::tender::{is_buyer, known, tender};
use crate::oversight::file::attach_file;
use crate::store::Tx;
use crate::store::tendering::objection::{self as kept, Readable};
use crate::store::tendering::tender as tenders;
use crate::{App, Context, Error, Result};
use chrono::{DateTime, Utc};
use domain::ident::{FileId, ObjectionId, TenderId};
use domain::identity::permission::{Action, Scope};
use domain::tendering::objection::{Objection, Tally};
use domain::tendering::procedure::Announcement;
use domain::tendering::tender::Tender;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The place of an objection in the list of a tender's: when it was raised, and its number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ObjectionPlace(pub DateTime<Utc>, pub Uuid);

/// Where an objection stands in lists.
pub fn key(objection: &Objection) -> ObjectionPlace {
    ObjectionPlace(objection.raised_at, objection.id.0)
}

/// A page of the objections to a tender, as far as the actor may know them.
#[derive(Clone, Debug)]
pub struct Objections {
    /// The objections, the oldest first.
    pub page: Vec<Objection>,
    /// Whether the actor reads all of them and learns who objects: the buyer's people and supervisors.
    pub is_buyer: bool,
}

/// At most `most` objections to a tender behind a place: all of them for its buyer's people, for everybody else the answered
/// and their own.
///
/// # Errors
/// `NotFound`.
pub async fn objections(app: &App, ctx: &Context, id: TenderId, after: Option<ObjectionPlace>, most: usize) -> Result<Objections> {
    let tender = tender(app, ctx, id).await?;
    let (most, after) = (u64::try_from(most).unwrap_or(u64::MAX), after.map(|place| (place.0, place.1)));
    let page = kept::page(app.store.reader(), id, readable(ctx, &tender), after, most).await?;
    Ok(Objections { page, is_buyer: is_buyer(ctx, &tender) })
}

/// An announced single source, and how the actor stands to it.
#[derive(Clone, Debug)]
pub struct SingleSourceNotice {
    /// The tender.
    pub tender: Tender,
    /// How the objections stand.
    pub tally: Tally,
    /// Whether the actor reads all objections.
    pub is_buyer: bool,
    /// Whether the actor's organization has objected.
    pub has_objected: bool,
}

/// The notice of a single source; whatever is bought otherwise, or was not announced, has none.
///
/// # Errors
/// `NotFound`.
pub async fn single_source_notice(app: &App, ctx: &Context, id: TenderId) -> Result<SingleSourceNotice> {
    let tender = tender(app, ctx, id).await?;
    let content = &tender.content;
    let is_single_source = tender.procedure().course().announcement == Announcement::SingleSource;
    let rules = tender.state.publication().map(|publication| &publication.rules).filter(|_| is_single_source).ok_or(Error::NotFound)?;
    if !content.choice.is_announced(rules, content.nature, content.budget) {
        return Err(Error::NotFound);
    }
    let db = app.store.reader();
    let tally = kept::tallies(db, &[id]).await?.remove(&id).unwrap_or_default();
    let has_objected = match ctx.actor.organization() {
        Some(own) => kept::has_objected(db, id, own).await?,
        None => false,
    };
    let is_buyer = is_buyer(ctx, &tender);
    Ok(SingleSourceNotice { tender, tally, is_buyer, has_objected })
}

/// How many objections to a tender the actor may read.
///
/// # Errors
/// `NotFound`.
pub async fn objection_count(app: &App, ctx: &Context, id: TenderId) -> Result<u64> {
    let tender = tender(app, ctx, id).await?;
    kept::count(app.store.reader(), id, readable(ctx, &tender)).await
}

fn readable(ctx: &Context, tender: &Tender) -> Readable {
    if is_buyer(ctx, tender) { Readable::All } else { Readable::AnsweredAndOwn(ctx.actor.organization()) }
}

/// Objects to an announced single source, with a file that shows it if there is one.
///
/// # Errors
/// `NotFound`, `Forbidden` for those who don't sell, those of [`Objection::raise`], and at `fileId` `NOT_FOUND` for a file
/// that is not the actor's, `FILE_ELSEWHERE` for one of another record.
pub async fn raise(app: &App, ctx: &Context, id: TenderId, text: String, file: Option<FileId>) -> Result<Objection> {
    tender(app, ctx, id).await?;
    ctx.allow(Action::RaiseObjection, &Scope::market())?;
    let objector = ctx.person()?.organization;
    app.store
        .write_once(ctx, "raiseObjection", (id, text, file), move |tx, (id, text, file)| async move {
            // Whoever invites waits until this objection is in or refused.
            let tender = held(&tx, id).await?;
            let has_objected = kept::has_objected(tx.db(), id, objector).await?;
            let ids = (tx.ctx().new_id(), objector);
            let (objection, event) = Objection::raise(ids, &tender, (&text, file), has_objected, tx.ctx().now())?;
            if let Some(file) = file {
                attach_file(&tx, file, objection.id.0, "fileId").await?;
            }
            kept::insert(&tx, &objection).await?;
            tx.record(event).await?;
            Ok(objection)
        })
        .await
}

/// The tender, which stays as it is until the write ends.
async fn held(tx: &Tx, id: TenderId) -> Result<Tender> {
    tenders::hold(tx.db(), id).await?;
    tenders::by_id(tx.db(), id).await?.ok_or(Error::NotFound)
}

/// Answers an objection with reasons that everybody reads; the objector is told.
///
/// # Errors
/// `NotFound`, `Forbidden` for those who are no officers of the buyer, those of [`Objection::answer`].
pub async fn answer(app: &App, ctx: &Context, id: ObjectionId, is_upheld: bool, reasons: String) -> Result<Objection> {
    let by = ctx.person()?.user;
    let found = kept::by_id(app.store.reader(), id).await?.ok_or(Error::NotFound)?;
    let tender = known(ctx, tenders::by_id(app.store.reader(), found.tender).await?)?;
    // Who neither objected nor buys does not know of an objection that waits.
    let knows = found.answer.is_some() || is_buyer(ctx, &tender) || ctx.actor.organization() == Some(found.objector);
    if !knows {
        return Err(Error::NotFound);
    }
    ctx.allow(Action::AnswerClarification, &tender.scope())?;
    app.store
        .write_once(ctx, "answerObjection", (id, is_upheld, reasons), move |tx, (id, is_upheld, reasons)| async move {
            let found = kept::by_id(tx.db(), id).await?.ok_or(Error::NotFound)?;
            let tender = held(&tx, found.tender).await?;
            let (answered, events) = found.answer(&tender, (is_upheld, &reasons), by, tx.ctx().now())?;
            let saved = kept::save(&tx, answered).await?;
            for event in events {
                tx.record(event).await?;
            }
            Ok(saved)
        })
        .await
}

/// Asks the sole supplier of an announced single source for its offer, until the announced deadline or a later one.
///
/// # Errors
/// `NotFound`, `Forbidden`, those of [`Tender::invite_sole_supplier`].
pub async fn invite_sole_supplier(app: &App, ctx: &Context, id: TenderId, deadline_at: Option<DateTime<Utc>>) -> Result<Tender> {
    ctx.person()?;
    let seen = tender(app, ctx, id).await?;
    ctx.allow(Action::PublishTender, &seen.scope())?;
    app.store
        .write_once(ctx, "inviteSoleSupplier", (id, deadline_at), |tx, (id, deadline_at)| async move {
            // An objection that is being raised is counted: its write holds the tender.
            tenders::hold_alone(tx.db(), id).await?;
            let tender = tenders::by_id(tx.db(), id).await?.ok_or(Error::NotFound)?;
            let tally = kept::tallies(tx.db(), &[id]).await?.remove(&id).unwrap_or_default();
            let (invited, event) = tender.invite_sole_supplier(tally, deadline_at, tx.ctx().now())?;
            let saved = tenders::save(&tx, invited).await?;
            tx.record(event).await?;
            tx.enqueue(closing::close_job(id, saved.deadline()?)).await?;
            Ok(saved)
        })
        .await
}
