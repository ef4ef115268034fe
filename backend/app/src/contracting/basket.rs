//! The basket: what an officer collects before ordering.

use crate::store::contracting::basket as baskets;
use crate::store::{Tx, catalogue::catalogue_item as items};
use crate::{App, Context, Error, Result};
use chrono::NaiveDate;
use domain::catalogue::catalogue_item::{CatalogueItem, ItemState};
use domain::contracting::basket::{Basket, LineChange};
use domain::ident::{BasketId, CatalogueItemId};
use domain::identity::actor::Person;
use domain::identity::permission::{Action, Scope};
use domain::oversight::event::{Event, Visibility};
use domain::refusal::{Code, Refusal};
use domain::text::ZONE;

/// A basket beside the catalogue of today.
#[derive(Clone, Debug)]
pub struct BasketToday {
    /// The basket.
    pub basket: Basket,
    /// Its items as they are now; one that is missing is gone.
    pub items: Vec<CatalogueItem>,
    /// What has changed since the buyer saw it.
    pub changes: Vec<LineChange>,
}

/// The actor's basket for the buyer for whom it acts; an empty one where it has none yet.
///
/// # Errors
/// `Unauthenticated`, `Forbidden`.
pub async fn basket(app: &App, ctx: &Context) -> Result<BasketToday> {
    let person = buyer(ctx)?;
    let found = baskets::of(app.store.reader(), person.organization, person.user).await?;
    let basket = found.unwrap_or_else(|| Basket::new(ctx.new_id(), person.organization, person.user, ctx.now()));
    beside_catalogue(app, ctx, basket).await
}

/// Puts `quantity` of an item in; more of what is in already joins its line, and the price tier follows the sum.
///
/// # Errors
/// `NOT_FOUND` at `itemId`, `BASKET_FULL`, and what [`domain::contracting::basket::quote`] says at `quantity`.
pub async fn add(app: &App, ctx: &Context, item: CatalogueItemId, quantity: i64) -> Result<BasketToday> {
    buyer(ctx)?;
    let basket = app
        .store
        .write_once(ctx, "addToBasket", (item, quantity), |tx, (item, quantity)| async move {
            let basket = load_or_make(&tx).await?;
            let item = offered(&tx, item).await?;
            keep(&tx, basket.add(&item, quantity, today(tx.ctx()), tx.ctx().now())?).await
        })
        .await?;
    beside_catalogue(app, ctx, basket).await
}

/// Changes the quantity of an item that is in the basket; the price is the one of today.
///
/// # Errors
/// `NOT_FOUND` when it is not in, and what [`domain::contracting::basket::quote`] says at `quantity`.
pub async fn change(app: &App, ctx: &Context, item: CatalogueItemId, quantity: i64) -> Result<BasketToday> {
    buyer(ctx)?;
    let basket = app
        .store
        .write_once(ctx, "changeBasketLine", (item, quantity), |tx, (item, quantity)| async move {
            let basket = load_or_make(&tx).await?;
            let item = offered(&tx, item).await?;
            keep(&tx, basket.change(&item, quantity, today(tx.ctx()), tx.ctx().now())?).await
        })
        .await?;
    beside_catalogue(app, ctx, basket).await
}

/// Takes an item out.
///
/// # Errors
/// `NOT_FOUND` when it is not in.
pub async fn remove(app: &App, ctx: &Context, item: CatalogueItemId) -> Result<BasketToday> {
    buyer(ctx)?;
    let basket = app
        .store
        .write_once(ctx, "removeFromBasket", item, |tx, item| async move {
            let basket = load_or_make(&tx).await?;
            keep(&tx, basket.remove(item, tx.ctx().now())?).await
        })
        .await?;
    beside_catalogue(app, ctx, basket).await
}

/// The buyer accepts the prices of today; lines that can't be bought stay as they are.
///
/// # Errors
/// `Unauthenticated`, `Forbidden`, `CONFLICT`.
pub async fn accept_prices(app: &App, ctx: &Context) -> Result<BasketToday> {
    buyer(ctx)?;
    let basket = app
        .store
        .write_once(ctx, "acceptBasketPrices", (), |tx, ()| async move {
            let basket = load_or_make(&tx).await?;
            let items = items_of(&tx, &basket).await?;
            keep(&tx, basket.accept_prices(&items, today(tx.ctx()), tx.ctx().now())).await
        })
        .await?;
    beside_catalogue(app, ctx, basket).await
}

/// Saves a basket and records that it changed.
async fn keep(tx: &Tx, basket: Basket) -> Result<Basket> {
    let basket = baskets::save(tx, basket).await?;
    tx.record(Event::new("basket.changed", BasketId::KIND, basket.id.0, Visibility::Own, &basket)).await?;
    Ok(basket)
}

/// The day of the marketplace's zone.
pub(super) fn today(ctx: &Context) -> NaiveDate {
    ctx.now().with_timezone(&ZONE).date_naive()
}

/// The person who buys, if it may.
pub(super) fn buyer(ctx: &Context) -> Result<&Person> {
    let person = ctx.person()?;
    ctx.allow(Action::Buy, &Scope::owned_by(person.organization))?;
    Ok(person)
}

/// The actor's basket, made where it is not there yet.
pub(super) async fn load_or_make(tx: &Tx) -> Result<Basket> {
    let person = tx.ctx().person()?;
    if let Some(basket) = baskets::of(tx.db(), person.organization, person.user).await? {
        return Ok(basket);
    }
    let basket = Basket::new(tx.ctx().new_id(), person.organization, person.user, tx.ctx().now());
    baskets::insert(tx, &basket).await?;
    Ok(basket)
}

/// The items of a basket as they are inside the write.
pub(super) async fn items_of(tx: &Tx, basket: &Basket) -> Result<Vec<CatalogueItem>> {
    let ids: Vec<_> = basket.lines.iter().map(|line| line.item).collect();
    items::by_ids(tx.db(), &ids).await
}

/// An item that buyers may know.
async fn offered(tx: &Tx, id: CatalogueItemId) -> Result<CatalogueItem> {
    let item = items::by_ids(tx.db(), &[id]).await?.pop().filter(|item| item.state != ItemState::Draft);
    item.ok_or_else(|| Error::from(Refusal::at(Code::NotFound, "itemId")))
}

async fn beside_catalogue(app: &App, ctx: &Context, basket: Basket) -> Result<BasketToday> {
    let ids: Vec<_> = basket.lines.iter().map(|line| line.item).collect();
    let items = items::by_ids(app.store.reader(), &ids).await?;
    let changes = basket.changes(&items, today(ctx));
    Ok(BasketToday { basket, items, changes })
}
