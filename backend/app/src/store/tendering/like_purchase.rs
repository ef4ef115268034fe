//! What surrounds a draft: the brands and prices of its category, and what its buyer bought in it before. Each is one limited
//! statement that reads no more columns than it needs.

use crate::store::catalogue::catalogue_item;
use crate::store::contracting::order;
use crate::store::tendering::{award, tender};
use crate::{Error, Result};
use chrono::{DateTime, Utc};
use domain::contracting::order::Order;
use domain::ident::{CatalogueItemId, OrganizationId, TenderId};
use domain::language::LocalText;
use domain::money::{Currency, Money};
use domain::tendering::procedure::Procedure;
use domain::tendering::tender::{Tender, TenderStateName};
use domain::tendering::warning_price::{LikePrice, Origin};
use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder, QuerySelect};
use std::collections::BTreeMap;

/// The most brands of a category that are looked for in a draft.
const BRANDS_MOST: u64 = 1_000;
/// The most catalogue prices that are compared, those that changed last.
const PRICES_MOST: u64 = 1_000;
/// The most tenders and the most orders of a buyer that are added up, the newest.
const PURCHASES_MOST: u64 = 500;
/// The most awarded tenders whose prices are compared, the newest.
const AWARDS_MOST: u64 = 50;
/// The most different items of orders that are looked up.
const ITEMS_MOST: usize = 2_000;

/// States of tenders that are no purchases: not handed in yet, or come to nothing.
const COME_TO_NOTHING: [TenderStateName; 3] = [TenderStateName::Draft, TenderStateName::Failed, TenderStateName::Cancelled];

/// The brands of listed items of a category.
pub(crate) async fn brands(db: &impl ConnectionTrait, category: &str) -> Result<Vec<String>> {
    use catalogue_item::{Column, Entity};
    let listed = Entity::find().filter(Column::Status.eq("listed")).filter(Column::CategoryCode.starts_with(category)).filter(Column::Brand.ne(""));
    let brands = listed.select_only().column(Column::Brand).distinct().order_by_asc(Column::Brand).limit(BRANDS_MOST);
    Ok(brands.into_tuple().all(db).await?)
}

/// The prices of listed items of a category that are sold by one of these units.
pub(crate) async fn catalogue_prices(db: &impl ConnectionTrait, category: &str, units: &[String]) -> Result<Vec<LikePrice>> {
    use catalogue_item::{Column, Entity};
    let listed = Entity::find()
        .filter(Column::Status.eq("listed"))
        .filter(Column::CategoryCode.starts_with(category))
        .filter(Column::Unit.is_in(units.iter().map(String::as_str)));
    let rows: Vec<(String, String, String, String, i64, String)> = listed
        .select_only()
        .columns([Column::CategoryCode, Column::NameZh, Column::NameEn, Column::Unit, Column::ListPriceMinor, Column::ListPriceCurrency])
        .order_by_desc(Column::ChangedAt)
        .order_by_desc(Column::Id)
        .limit(PRICES_MOST)
        .into_tuple()
        .all(db)
        .await?;
    let read = |(category, zh, en, unit, minor, code): (String, String, String, String, i64, String)| {
        let price = Money::new(minor, currency(&code)?);
        Ok(LikePrice { origin: Origin::Catalogue, category, name: LocalText::new(zh, en), unit, price })
    };
    rows.into_iter().map(read).collect()
}

fn currency(code: &str) -> Result<Currency> {
    Currency::from_code(code).ok_or_else(|| Error::internal("read a price", format!("{code} is no currency")))
}

/// A tender of a buyer, as far as it counts among its purchases.
#[derive(Clone, Debug)]
pub(crate) struct EarlierTender {
    pub number: String,
    pub listed_at: DateTime<Utc>,
    pub budget: Money,
    pub is_open_tender: bool,
}

/// A buyer's other tenders in a category since an instant: those that were handed in and have not come to nothing.
pub(crate) async fn tenders(db: &impl ConnectionTrait, of: &Tender, since: DateTime<Utc>) -> Result<Vec<EarlierTender>> {
    use tender::{Column, Entity};
    let found = Entity::find()
        .filter(Column::BuyerId.eq(of.buyer.0))
        .filter(Column::CategoryCode.eq(&of.content.category))
        .filter(Column::ListedAt.gte(since))
        .filter(Column::Id.ne(of.id.0))
        .filter(Column::Status.is_not_in(COME_TO_NOTHING.map(TenderStateName::as_str)));
    let rows: Vec<(String, DateTime<Utc>, i64, String, String)> = found
        .select_only()
        .columns([Column::Number, Column::ListedAt, Column::BudgetMinor, Column::BudgetCurrency, Column::Procedure])
        .order_by_desc(Column::ListedAt)
        .order_by_desc(Column::Id)
        .limit(PURCHASES_MOST)
        .into_tuple()
        .all(db)
        .await?;
    let read = |(number, listed_at, minor, code, procedure): (String, DateTime<Utc>, i64, String, String)| {
        let is_open_tender = procedure == Procedure::OpenTender.as_str();
        Ok(EarlierTender { number, listed_at, budget: Money::new(minor, currency(&code)?), is_open_tender })
    };
    rows.into_iter().map(read).collect()
}

/// A buyer's other tenders since an instant, of whatever category: those that were handed in and have not come to nothing.
pub(crate) async fn of_year(db: &impl ConnectionTrait, of: &Tender, since: DateTime<Utc>) -> Result<Vec<Tender>> {
    use tender::{Column, Entity};
    let found = Entity::find()
        .filter(Column::BuyerId.eq(of.buyer.0))
        .filter(Column::ListedAt.gte(since))
        .filter(Column::Id.ne(of.id.0))
        .filter(Column::Status.is_not_in(COME_TO_NOTHING.map(TenderStateName::as_str)));
    let rows = found.order_by_desc(Column::ListedAt).order_by_desc(Column::Id).limit(PURCHASES_MOST).all(db).await?;
    rows.into_iter().map(Tender::try_from).collect()
}

/// A buyer's orders since an instant that were neither refused nor cancelled.
pub(crate) async fn orders(db: &impl ConnectionTrait, buyer: OrganizationId, since: DateTime<Utc>) -> Result<Vec<Order>> {
    use order::{Column, Entity};
    let found = Entity::find()
        .filter(Column::BuyerId.eq(buyer.0))
        .filter(Column::PlacedAt.gte(since))
        .filter(Column::Status.is_not_in(["refused", "cancelled"]));
    let rows = found.order_by_desc(Column::PlacedAt).order_by_desc(Column::Id).limit(PURCHASES_MOST).all(db).await?;
    rows.into_iter().map(Order::try_from).collect()
}

/// Those of these items that stand in a category, each with its own.
pub(crate) async fn in_category(db: &impl ConnectionTrait, items: &[CatalogueItemId], category: &str) -> Result<BTreeMap<CatalogueItemId, String>> {
    use catalogue_item::{Column, Entity};
    if items.is_empty() {
        return Ok(BTreeMap::new());
    }
    let found = Entity::find().filter(Column::Id.is_in(items.iter().take(ITEMS_MOST).map(|id| id.0))).filter(Column::CategoryCode.starts_with(category));
    let rows: Vec<(Uuid, String)> = found.select_only().columns([Column::Id, Column::CategoryCode]).into_tuple().all(db).await?;
    Ok(rows.into_iter().map(|(id, category)| (CatalogueItemId(id), category)).collect())
}

/// The newest awarded tenders of a category, whoever bought, each with its price.
pub(crate) async fn awarded(db: &impl ConnectionTrait, category: &str) -> Result<Vec<(Tender, Money)>> {
    use tender::{Column, Entity};
    let states = [TenderStateName::Awarded, TenderStateName::Contracted].map(TenderStateName::as_str);
    let found = Entity::find().filter(Column::CategoryCode.eq(category)).filter(Column::Status.is_in(states));
    let rows = found.order_by_desc(Column::ListedAt).order_by_desc(Column::Id).limit(AWARDS_MOST).all(db).await?;
    let tenders = rows.into_iter().map(Tender::try_from).collect::<Result<Vec<_>>>()?;
    let ids: Vec<TenderId> = tenders.iter().map(|tender| tender.id).collect();
    let prices = award::outcomes(db, &ids).await?;
    // What several lots cost together tells nothing of one of them.
    let price = |tender: &Tender| match prices.get(&tender.id)?.as_slice() {
        [outcome] if !tender.content.is_divided() => Some(outcome.price),
        _ => None,
    };
    Ok(tenders.into_iter().filter_map(|tender| price(&tender).map(|price| (tender, price))).collect())
}
