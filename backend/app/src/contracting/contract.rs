//! Contracts: drawn up from a published award, signed by both sides, by every member of a consortium.

use crate::store::contracting::contract as kept;
use crate::store::tendering::{award as awards, tender as tenders};
use crate::tendering::tender::known;
use crate::{App, Context, Error, Result};
use domain::contracting::contract::{Contract, ContractLine, ContractTerms};
use domain::ident::{ContractId, LotId, TenderId};
use domain::identity::permission::{Action, Scope};
use domain::refusal::{Code, Refusal};
use domain::language::LocalText;
use domain::tendering::lot::TenderLot;
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

/// Those of the contracts that followed from a tender to which the actor's organization is a side, by number.
///
/// # Errors
/// When the store does not answer.
pub async fn contracts_of_tender(app: &App, ctx: &Context, tender: TenderId) -> Result<Vec<Contract>> {
    let found = kept::by_tender(app.store.reader(), tender).await?;
    Ok(found.into_iter().filter_map(|contract| readable(ctx, contract).ok()).collect())
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

/// Draws a contract up from a published award: of the lot that is named, which a tender that is not divided need not do.
///
/// # Errors
/// `AWARD_UNPUBLISHED`, `REQUIRED` and `NOT_FOUND` at `lotId`, `LOT_FAILED`, `SIGNATURE_LATE`, `CONFLICT` when there is one
/// already; `NotFound`, `Unauthenticated`, `Forbidden`.
pub async fn make_contract(app: &App, ctx: &Context, tender: TenderId, lot: Option<LotId>) -> Result<Contract> {
    app.store
        .write_once(ctx, "makeContract", (tender, lot), |tx, (id, lot)| async move {
            let tender = known(tx.ctx(), tenders::by_id(tx.db(), id).await?)?;
            tx.ctx().allow(Action::MakeContract, &Scope::owned_by(tender.buyer))?;
            let by = tx.ctx().person()?.user;
            let lot = match lot {
                Some(lot) => tender.lot(lot)?,
                None if tender.content.is_divided() => return Err(Refusal::at(Code::Required, "lotId").into()),
                None => tender.lot(tender.lot)?,
            };
            if tender.has_failed(lot.id) {
                return Err(Refusal::at(Code::LotFailed, "lotId").into());
            }
            let award = awards::by_tender(tx.db(), id).await?.into_iter().find(|award| award.lot == lot.id);
            let award = award.ok_or_else(|| Error::from(Refusal::new(Code::AwardUnpublished)))?;
            let days = tender.state.publication().and_then(|publication| publication.rules.count(SIGNATURE_DAYS));
            let days = days.and_then(|days| u64::try_from(days).ok());
            let days = days.ok_or_else(|| Error::internal("read a rule", "the tender's rules lack the days for signature"))?;
            let (number, now) = (tx.ctx().new_id::<ContractId>(), tx.ctx().now());
            let (contract, event) = Contract::make(number, &award, terms(&tender, &lot), days, by, now)?;
            kept::insert(&tx, &contract).await?;
            tx.record(event).await?;
            Ok(contract)
        })
        .await
}

/// Signs a contract for the actor's side; of a consortium every member signs. With the last signature under the contracts of
/// all lots the tender is contracted.
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
                let signed = kept::by_tender(tx.db(), tender.id).await?.into_iter().filter(Contract::is_signed);
                if tender.are_all_lots(signed.map(|contract| contract.lot)) {
                    let (tender, moved) = tender.contract()?;
                    tenders::save(&tx, tender).await?;
                    tx.record(moved).await?;
                } else {
                    // Two that are signed last at once: one of them finds the other.
                    tenders::save(&tx, tender).await?;
                }
            }
            Ok(contract)
        })
        .await
}

fn scope(contract: &Contract) -> Scope {
    contract.suppliers().fold(Scope::owned_by(contract.buyer), Scope::with_party)
}

fn readable(ctx: &Context, contract: Contract) -> Result<Contract> {
    ctx.allow(Action::ReadContract, &scope(&contract)).map_err(|_| Error::NotFound)?;
    Ok(contract)
}

fn terms(tender: &Tender, lot: &TenderLot) -> ContractTerms {
    let lines = tender.content.items.iter().filter(|item| item.lot == lot.number).map(|item| ContractLine {
        name: item.name.clone(),
        quantity: item.quantity,
        unit: item.unit.clone(),
    });
    ContractTerms {
        tender_number: tender.number.clone(),
        lot_number: tender.content.is_divided().then_some(lot.number),
        title: if tender.content.is_divided() { joined(&tender.content.title, &lot.title) } else { lot.title.clone() },
        delivery_days: tender.content.delivery_days,
        lines: lines.collect(),
    }
}

/// The title of a lot behind that of its tender.
fn joined(tender: &LocalText, lot: &LocalText) -> LocalText {
    let english = |text: &LocalText| if text.en.trim().is_empty() { text.zh.clone() } else { text.en.clone() };
    LocalText::new(format!("{}：{}", tender.zh, lot.zh), format!("{}: {}", english(tender), english(lot)))
}
