//! Warnings of a draft: what surrounds it is gathered, and what is overridden is kept with its reason.

use super::tender::{is_buyer, tender};
use crate::store::Tx;
use crate::store::tendering::{like_purchase, tender as tenders_kept, warning_override as kept};
use crate::{App, Context, Error, Result};
use chrono::{DateTime, Datelike as _, NaiveDate, Utc};
use domain::contracting::order::Order;
use domain::ident::{CatalogueItemId, TenderId, WarningOverrideId};
use domain::identity::permission::Action;
use domain::language::LocalText;
use domain::money::Money;
use domain::refusal::{Code, Refusal};
use domain::tendering::tender::{Tender, TenderStateName};
use domain::tendering::warning::{self as rules, Purchase, Review, Surroundings, Warning, WarningOverride};
use domain::tendering::warning_price::{LikePrice, Origin};
use domain::text::ZONE;
use serde::Serialize;
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;

/// The most reasons that stand for one tender.
const OVERRIDES_MOST: u64 = 200;

/// A warning as those who may read the draft see it.
#[derive(Clone, Debug)]
pub struct Told {
    /// Names the warning and its facts: with other facts it is another.
    pub key: String,
    /// The warning.
    pub warning: Warning,
    /// The reason that covers it, if it is overridden.
    pub overridden: Option<WarningOverride>,
}

/// What there is to ask about a draft.
#[derive(Clone, Debug, Default)]
pub struct DraftReview {
    /// The warnings.
    pub warnings: Vec<Told>,
    /// What could not be checked.
    pub unchecked: Vec<rules::Unchecked>,
}

/// The name of a warning with its facts: SHA-256 over both, in hexadecimal.
pub fn key(warning: &Warning) -> String {
    let text = serde_json::to_vec(&(warning.kind, &warning.facts)).unwrap_or_default();
    sealing::hex(&Sha256::digest(text))
}

/// What is asked about tenders that are not public yet, by tender; nothing about others, and nothing for those who may not
/// read their drafts.
///
/// # Errors
/// When the store does not answer.
pub async fn reviews(app: &App, ctx: &Context, tenders: &[Tender]) -> Result<BTreeMap<TenderId, DraftReview>> {
    let mut found = BTreeMap::new();
    for tender in tenders.iter().filter(|tender| tender.state.publication().is_none() && is_buyer(ctx, tender)) {
        let Review { warnings, unchecked } = review(app, ctx, tender).await?;
        let overrides = kept::of_tender(app.store.reader(), tender.id).await?;
        let told = |warning: Warning| {
            let overridden = overrides.iter().find(|one| one.covers(&warning)).cloned();
            Told { key: key(&warning), warning, overridden }
        };
        found.insert(tender.id, DraftReview { warnings: warnings.into_iter().map(told).collect(), unchecked });
    }
    Ok(found)
}

/// The reasons kept with a tender, withdrawn ones among them, the newest first: for those who may read its draft, also once
/// the notice is public.
///
/// # Errors
/// When the store does not answer.
pub async fn overrides(app: &App, ctx: &Context, tender: &Tender) -> Result<Vec<WarningOverride>> {
    if !is_buyer(ctx, tender) {
        return Ok(Vec::new());
    }
    kept::of_tender(app.store.reader(), tender.id).await
}

/// Looks through a draft with what surrounds it now.
pub(super) async fn review(app: &App, ctx: &Context, tender: &Tender) -> Result<Review> {
    let (rules_of_day, today) = (app.rules_for(tender.buyer, ctx.now()).await?, day(ctx.now()));
    let Gathered { brands, purchases, prices } = gather(app, tender, today).await?;
    let around = Surroundings {
        today,
        rules: &rules_of_day,
        calendar: rules_of_day.calendar(),
        brands: &brands,
        purchases: &purchases,
        prices: &prices,
    };
    Ok(rules::review(&tender.content, &around))
}

fn day(at: DateTime<Utc>) -> NaiveDate {
    at.with_timezone(&ZONE).date_naive()
}

#[derive(Default)]
struct Gathered {
    brands: Vec<String>,
    purchases: Vec<Purchase>,
    prices: Vec<LikePrice>,
}

/// Seven limited statements at most, whatever the size of the draft.
async fn gather(app: &App, tender: &Tender, today: NaiveDate) -> Result<Gathered> {
    let (db, content) = (app.store.reader(), &tender.content);
    let category = content.category.trim();
    if category.is_empty() {
        return Ok(Gathered::default());
    }
    // The fiscal year is the calendar's (预算法第十八条).
    let first = NaiveDate::from_ymd_opt(today.year(), 1, 1).unwrap_or(today).and_time(chrono::NaiveTime::MIN);
    let since = first.and_local_timezone(ZONE).single().map(|at| at.to_utc()).unwrap_or_default();
    let brands = like_purchase::brands(db, category).await?;
    let tenders = like_purchase::tenders(db, tender, since).await?;
    let orders = like_purchase::orders(db, tender.buyer, since).await?;
    let mut ordered: Vec<CatalogueItemId> = orders.iter().flat_map(|order| &order.lines).map(|line| line.item).collect();
    ordered.sort_unstable();
    ordered.dedup();
    let items = like_purchase::in_category(db, &ordered, category).await?;
    let mut purchases: Vec<Purchase> = tenders
        .into_iter()
        .map(|one| Purchase { number: one.number, on: day(one.listed_at), amount: one.budget, is_open_tender: one.is_open_tender })
        .collect();
    purchases.extend(orders.iter().filter_map(|order| bought(order, &items)));
    let mut prices = Vec::new();
    if !content.items.is_empty() {
        let units: Vec<String> = content.items.iter().map(|item| item.unit.trim().to_owned()).collect();
        prices = like_purchase::catalogue_prices(db, category, &units).await?;
        prices.extend(orders.iter().flat_map(|order| paid(order, &items)));
        prices.extend(like_purchase::awarded(db, category).await?.into_iter().filter_map(|(tender, price)| awarded(&tender, price)));
    }
    Ok(Gathered { brands, purchases, prices })
}

/// What an order bought in the category: its lines there, without what was cancelled.
fn bought(order: &Order, items: &BTreeMap<CatalogueItemId, String>) -> Option<Purchase> {
    let lines = order.lines.iter().filter(|line| items.contains_key(&line.item));
    let sums = lines.map(|line| line.unit_price.amount_minor.saturating_mul(line.quantities.ordered() - line.quantities.cancelled()));
    let sum = sums.fold(0, i64::saturating_add);
    let amount = Money::new(sum, order.currency);
    (sum > 0).then(|| Purchase { number: order.number.clone(), on: day(order.placed_at), amount, is_open_tender: false })
}

/// What an order paid for one of each thing in the category.
fn paid<'a>(order: &'a Order, items: &'a BTreeMap<CatalogueItemId, String>) -> impl Iterator<Item = LikePrice> + 'a {
    order.lines.iter().filter_map(|line| {
        let (category, unit) = (items.get(&line.item)?.clone(), line.unit.clone());
        Some(LikePrice { origin: Origin::Order, category, name: line.name.clone(), unit, price: line.unit_price })
    })
}

/// What one piece cost in an award for one kind of thing.
fn awarded(tender: &Tender, price: Money) -> Option<LikePrice> {
    let [item] = tender.content.items.as_slice() else { return None };
    let price = Money::new(price.amount_minor / item.quantity.max(1), price.currency);
    let name: LocalText = item.name.clone();
    Some(LikePrice { origin: Origin::Award, category: tender.content.category.clone(), name, unit: item.unit.clone(), price })
}

/// Keeps a warning of a draft with a reason.
///
/// # Errors
/// `NotFound`, `Forbidden`, `WRONG_STATE` once handed in, `WARNING_CHANGED` at `key` when there is no such warning with these
/// facts, `CONFLICT` when the draft was written meanwhile or the warning is overridden already, `OUT_OF_RANGE`, and those of
/// [`WarningOverride::give`].
pub async fn override_warning(app: &App, ctx: &Context, id: TenderId, named: String, reason: String) -> Result<WarningOverride> {
    ctx.person()?;
    let seen = tender(app, ctx, id).await?;
    ctx.allow(Action::KeepTender, &seen.scope())?;
    let warnings = match seen.state.name() {
        TenderStateName::Draft => review(app, ctx, &seen).await?.warnings,
        _ => Vec::new(),
    };
    let version = seen.version;
    app.store
        .write_once(ctx, "overrideTenderWarning", Overriding { tender: id, key: named, reason }, move |tx, input| {
            let warnings = warnings.clone();
            async move {
                let found = draft(&tx, input.tender).await?;
                if found.version != version {
                    return Err(Error::refused(Code::Conflict));
                }
                let warning = warnings.into_iter().find(|warning| key(warning) == input.key);
                let warning = warning.ok_or_else(|| Refusal::at(Code::WarningChanged, "key"))?;
                let overrides = kept::of_tender(tx.db(), found.id).await?;
                if overrides.iter().any(|one| one.covers(&warning)) {
                    return Err(Error::refused(Code::Conflict));
                }
                if kept::count_standing(tx.db(), found.id).await? >= OVERRIDES_MOST {
                    let most = i64::try_from(OVERRIDES_MOST).unwrap_or(i64::MAX);
                    return Err(Refusal::at(Code::OutOfRange, "key").with("least", 0_i64).with("most", most).into());
                }
                let (by, ids) = (tx.ctx().person()?.user, (tx.ctx().new_id(), found.id, found.buyer));
                let (given, event) = WarningOverride::give(ids, warning, &input.reason, by, tx.ctx().now())?;
                kept::insert(&tx, &given, &input.key).await?;
                tx.record(event).await?;
                Ok(given)
            }
        })
        .await
}

#[derive(Clone, Debug, Serialize)]
struct Overriding {
    tender: TenderId,
    key: String,
    reason: String,
}

/// The tender while it is a draft, held so that it is not handed in meanwhile.
async fn draft(tx: &Tx, id: TenderId) -> Result<Tender> {
    tenders_kept::hold_alone(tx.db(), id).await?;
    let found = tenders_kept::by_id(tx.db(), id).await?.ok_or(Error::NotFound)?;
    if found.state.name() != TenderStateName::Draft {
        return Err(found.wrong_state().into());
    }
    Ok(found)
}

/// Takes a reason back while the tender is a draft: its warning is open again.
///
/// # Errors
/// `NotFound`, also for reasons of others; `Forbidden`, `WRONG_STATE` once handed in, `NOT_FOUND` when it was taken back.
pub async fn withdraw_override(app: &App, ctx: &Context, id: WarningOverrideId) -> Result<WarningOverride> {
    ctx.person()?;
    let seen = kept::by_id(app.store.reader(), id).await?.ok_or(Error::NotFound)?;
    let of = tender(app, ctx, seen.tender).await?;
    ctx.allow(Action::KeepTender, &of.scope())?;
    app.store
        .write_once(ctx, "withdrawWarningOverride", id, move |tx, id| async move {
            let given = kept::by_id(tx.db(), id).await?.ok_or(Error::NotFound)?;
            let found = draft(&tx, given.tender).await?;
            let (withdrawn, event) = given.withdraw(found.buyer, tx.ctx().now())?;
            kept::save_withdrawn(&tx, &withdrawn).await?;
            tx.record(event).await?;
            Ok(withdrawn)
        })
        .await
}
