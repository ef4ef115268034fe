//! Contracts: drawn up from a published award, signed by both sides.

use crate::store::contracting::contract as kept;
use crate::store::tendering::{award as awards, tender as tenders};
use crate::tendering::tender::known;
use crate::{App, Context, Error, Result};
use domain::contracting::contract::{Contract, ContractLine, ContractTerms};
use domain::ident::{ContractId, TenderId};
use domain::identity::permission::{Action, Scope};
use domain::refusal::{Code, Refusal};
use domain::tendering::tender::Tender;

pub use crate::store::contracting::contract::Key as ContractKey;

/// The pack's figure of the days for signature.
const SIGNATURE_DAYS: &str = "contract.signature_days";

/// A contract, for its two sides.
///
/// # Errors
/// `NotFound` for everybody else.
pub async fn contract(app: &App, ctx: &Context, id: ContractId) -> Result<Contract> {
    let found = kept::by_id(app.store.reader(), id).await?.ok_or(Error::NotFound)?;
    readable(ctx, found)
}

/// The contract that followed from a tender, for its two sides.
///
/// # Errors
/// `NotFound` for everybody else, and while there is none.
pub async fn contract_of_tender(app: &App, ctx: &Context, tender: TenderId) -> Result<Contract> {
    let found = kept::by_tender(app.store.reader(), tender).await?.ok_or(Error::NotFound)?;
    readable(ctx, found)
}

/// Up to `most` contracts of the actor's organization, the newest first, after `after`.
///
/// # Errors
/// `Unauthenticated`.
pub async fn contracts(app: &App, ctx: &Context, after: Option<ContractKey>, most: u64) -> Result<Vec<Contract>> {
    let own = ctx.person()?.organization;
    ctx.allow(Action::ReadContract, &Scope::owned_by(own))?;
    kept::of_party(app.store.reader(), own, after, most).await
}

/// Draws the contract up from the published award of a tender.
///
/// # Errors
/// `AWARD_UNPUBLISHED`, `SIGNATURE_LATE`, `CONFLICT` when there is one already; `NotFound`, `Unauthenticated`, `Forbidden`.
pub async fn make_contract(app: &App, ctx: &Context, tender: TenderId) -> Result<Contract> {
    app.store
        .write_once(ctx, "makeContract", tender, |tx, id| async move {
            let tender = known(tx.ctx(), tenders::by_id(tx.db(), id).await?)?;
            tx.ctx().allow(Action::MakeContract, &Scope::owned_by(tender.buyer))?;
            let by = tx.ctx().person()?.user;
            let award = awards::by_tender(tx.db(), id).await?;
            let award = award.ok_or_else(|| Error::from(Refusal::new(Code::AwardUnpublished)))?;
            let days = tender.state.publication().and_then(|publication| publication.rules.count(SIGNATURE_DAYS));
            let days = days.and_then(|days| u64::try_from(days).ok());
            let days = days.ok_or_else(|| Error::internal("read a rule", "the tender's rules lack the days for signature"))?;
            let (number, now) = (tx.ctx().new_id::<ContractId>(), tx.ctx().now());
            let (contract, event) = Contract::make(number, &award, terms(&tender), days, by, now)?;
            kept::insert(&tx, &contract).await?;
            tx.record(event).await?;
            Ok(contract)
        })
        .await
}

/// Signs a contract for the actor's side. With the second signature the tender is contracted.
///
/// # Errors
/// `ALREADY_SIGNED`, `SIGNATURE_LATE`, `SAME_PERSON`, `CONFLICT`; `NotFound`, `Unauthenticated`, `Forbidden`.
pub async fn sign_contract(app: &App, ctx: &Context, id: ContractId) -> Result<Contract> {
    app.store
        .write_once(ctx, "signContract", id, |tx, id| async move {
            let person = tx.ctx().person()?.clone();
            let contract = readable(tx.ctx(), kept::by_id(tx.db(), id).await?.ok_or(Error::NotFound)?)?;
            tx.ctx().allow(Action::SignContract, &scope(&contract))?;
            let now = tx.ctx().now();
            let (contract, event) = contract.sign(&person, now)?;
            let contract = kept::save(&tx, contract).await?;
            tx.record(event).await?;
            if contract.is_signed() {
                let tender = tenders::by_id(tx.db(), contract.tender).await?.ok_or(Error::NotFound)?;
                let (tender, moved) = tender.contract()?;
                tenders::save(&tx, tender).await?;
                tx.record(moved).await?;
            }
            Ok(contract)
        })
        .await
}

fn scope(contract: &Contract) -> Scope {
    Scope::owned_by(contract.buyer).with_party(contract.supplier)
}

fn readable(ctx: &Context, contract: Contract) -> Result<Contract> {
    ctx.allow(Action::ReadContract, &scope(&contract)).map_err(|_| Error::NotFound)?;
    Ok(contract)
}

fn terms(tender: &Tender) -> ContractTerms {
    let lines = tender.content.items.iter().map(|item| ContractLine {
        name: item.name.clone(),
        quantity: item.quantity,
        unit: item.unit.clone(),
    });
    ContractTerms {
        tender_number: tender.number.clone(),
        title: tender.content.title.clone(),
        delivery_days: tender.content.delivery_days,
        lines: lines.collect(),
    }
}
