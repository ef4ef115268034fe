//! Registrations for documents: a supplier registers once, finds changes and answers on its desk, and is known to nobody
//! else until bids are open.

use super::tender::known;
use crate::store::tendering::{clarification, document_registration as kept, tender as tenders};
use crate::{App, Context, Error, Result};
use chrono::{DateTime, Utc};
use domain::ident::{OrganizationId, TenderId};
use domain::identity::permission::{Action, Scope};
use domain::refusal::Code;
use domain::tendering::document_registration::DocumentRegistration;
use domain::tendering::tender::Tender;
use std::collections::BTreeMap;

pub use crate::store::tendering::document_registration::Key as RegistrationKey;

/// A supplier's own registration, with its tender and whether there is something that it has not read.
#[derive(Clone, Debug)]
pub struct OwnRegistration {
    /// The registration.
    pub registration: DocumentRegistration,
    /// For which tender.
    pub tender: Tender,
    /// Whether the documents have changed, or questions were answered, since it looked last.
    pub has_news: bool,
}

/// Where a registration stands in a list.
pub fn key(registration: &DocumentRegistration) -> RegistrationKey {
    (registration.registered_at, registration.id.0)
}

/// Registers the actor's organization for the documents of a published tender.
///
/// # Errors
/// `REGISTERED_ALREADY`, those of [`DocumentRegistration::register`]; `NotFound`, `Unauthenticated`, `Forbidden`.
pub async fn register(app: &App, ctx: &Context, tender: TenderId) -> Result<OwnRegistration> {
    seller(ctx)?;
    let registration = app
        .store
        .write_once(ctx, "registerForDocuments", tender, |tx, id| async move {
            let tender = known(tx.ctx(), tenders::by_id(tx.db(), id).await?)?;
            let person = tx.ctx().person()?;
            if kept::of_supplier(tx.db(), id, person.organization).await?.is_some() {
                return Err(Error::refused(Code::RegisteredAlready));
            }
            let (registration, event) = DocumentRegistration::register(tx.ctx().new_id(), &tender, person, tx.ctx().now())?;
            kept::insert(&tx, &registration).await?;
            tx.record(event).await?;
            Ok(registration)
        })
        .await?;
    own(app, vec![registration]).await?.pop().ok_or(Error::NotFound)
}

/// The actor's organization has read the documents and answers as they stand.
///
/// # Errors
/// `NotFound` where it has not registered, `CONFLICT`, `Unauthenticated`, `Forbidden`.
pub async fn read_documents(app: &App, ctx: &Context, tender: TenderId) -> Result<OwnRegistration> {
    seller(ctx)?;
    let registration = app
        .store
        .write(ctx, tender, |tx, id| async move {
            let tender = known(tx.ctx(), tenders::by_id(tx.db(), id).await?)?;
            let found = kept::of_supplier(tx.db(), id, tx.ctx().person()?.organization).await?.ok_or(Error::NotFound)?;
            let (registration, event) = found.read(tender.document_version, tx.ctx().now());
            let registration = kept::save(&tx, registration).await?;
            tx.record(event).await?;
            Ok(registration)
        })
        .await?;
    own(app, vec![registration]).await?.pop().ok_or(Error::NotFound)
}

/// The registration of the actor's organization for a tender.
///
/// # Errors
/// `NotFound` when there is none; `Unauthenticated`, `Forbidden` for those who don't sell.
pub async fn viewer_registration(app: &App, ctx: &Context, tender: TenderId) -> Result<OwnRegistration> {
    let supplier = seller(ctx)?;
    let found = kept::of_supplier(app.store.reader(), tender, supplier).await?.ok_or(Error::NotFound)?;
    own(app, vec![found]).await?.pop().ok_or(Error::NotFound)
}

/// Up to `most` registrations of the actor's organization, the newest first, after `after`.
///
/// # Errors
/// `Unauthenticated`, `Forbidden` for those who don't sell.
pub async fn viewer_registrations(app: &App, ctx: &Context, after: Option<RegistrationKey>, most: u64) -> Result<Vec<OwnRegistration>> {
    let supplier = seller(ctx)?;
    own(app, kept::page_of_supplier(app.store.reader(), supplier, after, most).await?).await
}

/// Up to `most` registrations for a tender, the newest first, after `after`: for its buyer's people, once bids are open.
///
/// # Errors
/// `NotFound` for everybody else, and before.
pub async fn registrations(
    app: &App,
    ctx: &Context,
    tender: TenderId,
    after: Option<RegistrationKey>,
    most: u64,
) -> Result<Vec<DocumentRegistration>> {
    let db = app.store.reader();
    let tender = tenders::by_id(db, tender).await?.ok_or(Error::NotFound)?;
    ctx.allow(Action::ReadRegistrations, &tender.scope()).map_err(|_| Error::NotFound)?;
    if !tender.state.has_opened_bids() {
        return Err(Error::NotFound);
    }
    kept::page_of_tender(db, tender.id, after, most).await
}

fn seller(ctx: &Context) -> Result<OrganizationId> {
    let person = ctx.person()?;
    ctx.allow(Action::RegisterForDocuments, &Scope::market())?;
    Ok(person.organization)
}

/// Registrations with their tenders and news, in two statements whatever their number.
pub(crate) async fn own(app: &App, registrations: Vec<DocumentRegistration>) -> Result<Vec<OwnRegistration>> {
    let db = app.store.reader();
    let ids: Vec<TenderId> = registrations.iter().map(|registration| registration.tender).collect();
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let tenders: BTreeMap<TenderId, Tender> = tenders::by_ids(db, &ids).await?.into_iter().map(|tender| (tender.id, tender)).collect();
    let answered: BTreeMap<TenderId, DateTime<Utc>> = clarification::last_answers(db, &ids).await?;
    let with_news = |registration: DocumentRegistration| {
        let tender = tenders.get(&registration.tender)?.clone();
        let has_news = registration.has_news(tender.document_version, answered.get(&tender.id).copied());
        Some(OwnRegistration { registration, tender, has_news })
    };
    Ok(registrations.into_iter().filter_map(with_news).collect())
}
