//! Catalogue items: read by everybody once listed, kept by their suppliers.

use crate::catalogue::search;
use crate::store::Tx;
use crate::store::catalogue::{catalogue_item as items_kept, category, item_list};
use crate::store::oversight::file;
use crate::{App, Context, Error, Result};
use chrono::{DateTime, Utc};
use domain::catalogue::catalogue_item::{CatalogueItem, ItemContent, ItemDraft, ItemEvent, ItemState};
use domain::catalogue::category::CategoryCode;
use domain::ident::{CatalogueItemId, OrganizationId};
use domain::identity::permission::{Action, Scope};
use domain::oversight::event::{Event, Visibility};
use domain::refusal::{Code, Refusal, Refusals};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// What a list of items is narrowed down to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ItemFilter {
    /// Of this supplier.
    pub supplier: Option<OrganizationId>,
    /// In this category or below it.
    pub category: Option<CategoryCode>,
    /// Of this brand, exactly.
    pub brand: Option<String>,
    /// In one of these states (names of [`ItemState`]); others than `listed` are found by their supplier only.
    pub statuses: Vec<&'static str>,
    /// The lowest list price in fen; prices in other currencies are left out then.
    pub price_from_minor: Option<i64>,
    /// The highest list price in fen.
    pub price_to_minor: Option<i64>,
}

/// The order of a list of items.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ItemSort {
    /// The last changed first.
    #[default]
    Newest,
    /// By Chinese name.
    NameChinese,
    /// By English name.
    NameEnglish,
    /// The cheapest first.
    PriceAscending,
    /// The dearest first.
    PriceDescending,
}

/// The place of an item in a list: where the next page begins.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ItemKey {
    /// By last change.
    Changed(DateTime<Utc>, Uuid),
    /// By name.
    Name(String, Uuid),
    /// By list price in minor units.
    Price(i64, Uuid),
}

impl ItemKey {
    /// The key of an item in an order.
    pub fn of(item: &CatalogueItem, sort: ItemSort) -> Self {
        match sort {
            ItemSort::Newest => Self::Changed(item.changed_at, item.id.0),
            ItemSort::NameChinese => Self::Name(item.content.name.zh.clone(), item.id.0),
            ItemSort::NameEnglish => Self::Name(item.content.name.en.clone(), item.id.0),
            ItemSort::PriceAscending | ItemSort::PriceDescending => {
                Self::Price(item.content.list_price().amount_minor, item.id.0)
            }
        }
    }
}

/// Whether the actor may know the item: a draft is the affair of those who keep its supplier's catalogue.
fn is_known(item: &CatalogueItem, ctx: &Context) -> bool {
    !matches!(item.state, ItemState::Draft) || ctx.allow(Action::KeepCatalogue, &Scope::owned_by(item.supplier_id)).is_ok()
}

/// The supplier whose drafts the actor may see in lists.
fn own_drafts(ctx: &Context) -> Option<OrganizationId> {
    let own = ctx.actor.organization()?;
    ctx.allow(Action::KeepCatalogue, &Scope::owned_by(own)).ok().map(|()| own)
}

/// The item with this id: on sale or off it; drafts for their supplier only.
///
/// # Errors
/// `NotFound`.
pub async fn item(app: &App, ctx: &Context, id: CatalogueItemId) -> Result<CatalogueItem> {
    items_by_ids(app, ctx, &[id]).await?.pop().ok_or(Error::NotFound)
}

/// The items with these ids in any order, with their price tiers, in two statements; ids that are unknown, or not for
/// the actor to know, are left out.
///
/// # Errors
/// When the store does not answer.
pub async fn items_by_ids(app: &App, ctx: &Context, ids: &[CatalogueItemId]) -> Result<Vec<CatalogueItem>> {
    ctx.allow(Action::ReadCatalogue, &Scope::market())?;
    let mut items = items_kept::by_ids(app.store.reader(), ids).await?;
    items.retain(|item| is_known(item, ctx));
    Ok(items)
}

/// At most `most` items behind a place in an order, with their price tiers, in two statements. What is not on sale is
/// found by its supplier only.
///
/// # Errors
/// `MALFORMED` at `after` for a place in another order.
pub async fn items(
    app: &App,
    ctx: &Context,
    filter: &ItemFilter,
    sort: ItemSort,
    after: Option<&ItemKey>,
    most: u64,
) -> Result<Vec<CatalogueItem>> {
    ctx.allow(Action::ReadCatalogue, &Scope::market())?;
    item_list::page(app.store.reader(), filter, own_drafts(ctx), sort, after, most).await
}

/// How many items a filter finds.
///
/// # Errors
/// When the store does not answer.
pub async fn count(app: &App, ctx: &Context, filter: &ItemFilter) -> Result<u64> {
    ctx.allow(Action::ReadCatalogue, &Scope::market())?;
    item_list::count(app.store.reader(), filter, own_drafts(ctx)).await
}

/// Makes an item, in draft, for the supplier for whom the actor acts.
///
/// # Errors
/// `ITEM_NUMBER_TAKEN`, `CATEGORY_UNKNOWN`, `NOT_FOUND` at `pictures.INDEX.sha256` for what is no picture that the supplier has
/// uploaded, everything that [`ItemDraft::validate`] says; `Forbidden`.
pub async fn create(app: &App, ctx: &Context, draft: ItemDraft) -> Result<CatalogueItem> {
    make(app, ctx, draft, false).await
}

/// Makes an item and offers it to every buyer, both or neither.
///
/// # Errors
/// As [`create`].
pub async fn create_listed(app: &App, ctx: &Context, draft: ItemDraft) -> Result<CatalogueItem> {
    make(app, ctx, draft, true).await
}

async fn make(app: &App, ctx: &Context, draft: ItemDraft, is_listed: bool) -> Result<CatalogueItem> {
    let supplier = ctx.person()?.organization;
    ctx.allow(Action::KeepCatalogue, &Scope::owned_by(supplier))?;
    let content = draft.validate()?;
    app.store
        .write_once(ctx, "createItem", (supplier, content, is_listed), |tx, (supplier, content, is_listed)| async move {
            check_category(&tx, &content).await?;
            check_pictures(&tx, supplier, &content).await?;
            if items_kept::has_number(tx.db(), supplier, &content.number).await? {
                return Err(Refusal::at(Code::ItemNumberTaken, "number").with("number", content.number).into());
            }
            let now = tx.ctx().now();
            let (item, event) = CatalogueItem::create(tx.ctx().new_id(), supplier, content, now);
            items_kept::insert_all(&tx, std::slice::from_ref(&item)).await?;
            announce(&tx, &item, &event).await?;
            if !is_listed {
                return Ok(item);
            }
            let (item, event) = item.list(now)?;
            keep(&tx, item, &event).await
        })
        .await
}

/// A change of an item.
#[derive(Clone, Debug)]
pub struct ItemChange {
    /// The version that was read: only if the item is still that one. Any when there is none.
    pub version: Option<i64>,
    /// All that the item is to be.
    pub draft: ItemDraft,
    /// Whether it is offered to every buyer too, both or neither. What is on sale stays on sale without it.
    pub is_listed: bool,
}

/// Gives an item other content.
///
/// # Errors
/// `NotFound`, `Forbidden`, `CONFLICT`, `ITEM_NUMBER_FIXED`, `CATEGORY_UNKNOWN`, `NOT_FOUND` at `pictures.INDEX.sha256`,
/// everything that [`ItemDraft::validate`] says.
pub async fn change(app: &App, ctx: &Context, id: CatalogueItemId, change: ItemChange) -> Result<CatalogueItem> {
    ctx.person()?;
    let content = change.draft.validate()?;
    app.store
        .write_once(ctx, "changeItem", (id, change.version, content, change.is_listed), |tx, (id, version, content, is_listed)| async move {
            let item = own(&tx, id).await?;
            if version.is_some_and(|version| version != item.version) {
                return Err(Error::refused(Code::Conflict));
            }
            check_category(&tx, &content).await?;
            check_pictures(&tx, item.supplier_id, &content).await?;
            let was_listed = matches!(item.state, ItemState::Listed { .. });
            let (item, event) = item.change(content, tx.ctx().now())?;
            let item = keep(&tx, item, &event).await?;
            if was_listed || !is_listed {
                return Ok(item);
            }
            let (item, event) = item.list(tx.ctx().now())?;
            keep(&tx, item, &event).await
        })
        .await
}

/// Offers an item to every buyer.
///
/// # Errors
/// `NotFound`, `Forbidden`, `WRONG_STATE` when it is listed already, `CONFLICT`.
pub async fn list(app: &App, ctx: &Context, id: CatalogueItemId) -> Result<CatalogueItem> {
    ctx.person()?;
    app.store
        .write_once(ctx, "listItem", id, |tx, id| async move {
            let (item, event) = own(&tx, id).await?.list(tx.ctx().now())?;
            keep(&tx, item, &event).await
        })
        .await
}

/// Takes an item off sale. Orders that were made stay.
///
/// # Errors
/// `NotFound`, `Forbidden`, `WRONG_STATE` unless it is listed, `CONFLICT`; `REQUIRED` and the like at `reason`.
pub async fn withdraw(app: &App, ctx: &Context, id: CatalogueItemId, reason: &str) -> Result<CatalogueItem> {
    ctx.person()?;
    app.store
        .write_once(ctx, "withdrawItem", (id, reason.to_owned()), |tx, (id, reason)| async move {
            let (item, event) = own(&tx, id).await?.suspend(&reason, tx.ctx().now())?;
            keep(&tx, item, &event).await
        })
        .await
}

/// Loads an item that the actor is about to change.
async fn own(tx: &Tx, id: CatalogueItemId) -> Result<CatalogueItem> {
    let item = items_kept::by_id(tx.db(), id).await?.filter(|item| is_known(item, tx.ctx())).ok_or(Error::NotFound)?;
    tx.ctx().allow(Action::KeepCatalogue, &Scope::owned_by(item.supplier_id))?;
    Ok(item)
}

async fn check_category(tx: &Tx, content: &ItemContent) -> Result<()> {
    let tree = category::tree(tx.db()).await?;
    tree.find(content.category.as_str()).map_err(|refusal| refusal.under("category"))?;
    Ok(())
}

/// The pictures that an item names must be pictures that its supplier has uploaded.
async fn check_pictures(tx: &Tx, supplier: OrganizationId, content: &ItemContent) -> Result<()> {
    if content.pictures.is_empty() {
        return Ok(());
    }
    let wanted: Vec<_> = content.pictures.iter().map(|picture| (supplier, picture.sha256.clone())).collect();
    let found = file::by_contents(tx.db(), &wanted).await?;
    let mut refusals = Refusals::default();
    for (index, picture) in content.pictures.iter().enumerate() {
        if !found.iter().any(|file| file.sha256 == picture.sha256 && file.is_picture()) {
            refusals.push(Refusal::at(Code::NotFound, &format!("pictures.{index}.sha256")));
        }
    }
    Ok(refusals.into_result()?)
}

async fn keep(tx: &Tx, item: CatalogueItem, event: &ItemEvent) -> Result<CatalogueItem> {
    let item = items_kept::save(tx, item).await?;
    announce(tx, &item, event).await?;
    Ok(item)
}

/// Records what happened and lets search know.
async fn announce(tx: &Tx, item: &CatalogueItem, event: &ItemEvent) -> Result<()> {
    let visibility = if matches!(item.state, ItemState::Draft) { Visibility::Own } else { Visibility::Public };
    // What is offered to everybody is shown to everybody, and only then.
    if matches!(item.state, ItemState::Listed { .. }) && !item.content.pictures.is_empty() {
        let hashes: Vec<String> = item.content.pictures.iter().map(|picture| picture.sha256.clone()).collect();
        file::publish_pictures(tx, item.supplier_id, &hashes).await?;
    }
    tx.record(Event::new(event.name(), CatalogueItemId::KIND, item.id.0, visibility, &(event, &item.content))).await?;
    tx.enqueue(search::item_job(item.id.to_string(), &[item.id])).await
}
