//! Lists of items: filters, orders and keyset pages.

use super::catalogue_item::{Column, Entity, with_tiers};
use crate::Result;
use crate::catalogue::catalogue_item::{ItemFilter, ItemKey, ItemSort};
use domain::catalogue::catalogue_item::CatalogueItem;
use domain::ident::OrganizationId;
use domain::money::Currency;
use domain::refusal::{Code, Refusal};
use sea_orm::entity::prelude::*;
use sea_orm::{Condition, Order, QueryOrder, QuerySelect, Select};

/// What a filter finds, scoped: drafts and what is off sale only for the supplier itself.
fn find(filter: &ItemFilter, viewer: Option<OrganizationId>) -> Select<Entity> {
    let mut scope = Condition::any().add(Column::Status.eq("listed"));
    if let Some(viewer) = viewer {
        scope = scope.add(Column::SupplierId.eq(viewer.0));
    }
    let mut found = Entity::find().filter(scope);
    if let Some(supplier) = filter.supplier {
        found = found.filter(Column::SupplierId.eq(supplier.0));
    }
    if let Some(category) = &filter.category {
        // What lies below starts with its digits.
        found = found.filter(Column::CategoryCode.starts_with(category.prefix()));
    }
    if let Some(brand) = &filter.brand {
        found = found.filter(Column::Brand.eq(brand));
    }
    if !filter.statuses.is_empty() {
        found = found.filter(Column::Status.is_in(filter.statuses.iter().copied()));
    }
    if filter.price_from_minor.is_some() || filter.price_to_minor.is_some() {
        found = found.filter(Column::ListPriceCurrency.eq(Currency::CNY.code()));
    }
    if let Some(from) = filter.price_from_minor {
        found = found.filter(Column::ListPriceMinor.gte(from));
    }
    if let Some(to) = filter.price_to_minor {
        found = found.filter(Column::ListPriceMinor.lte(to));
    }
    found
}

/// What comes behind a key in an order of `column` and id, both in the same direction.
fn behind(column: Column, order: &Order, value: sea_orm::Value, id: Uuid) -> Condition {
    let (further, id_further) = match order {
        Order::Desc => (column.lt(value.clone()), Column::Id.lt(id)),
        _ => (column.gt(value.clone()), Column::Id.gt(id)),
    };
    Condition::any().add(further).add(Condition::all().add(column.eq(value)).add(id_further))
}

/// At most `most` items behind a key: two statements, however many there are.
pub(crate) async fn page(
    db: &impl ConnectionTrait,
    filter: &ItemFilter,
    viewer: Option<OrganizationId>,
    sort: ItemSort,
    after: Option<&ItemKey>,
    most: u64,
) -> Result<Vec<CatalogueItem>> {
    let (column, order) = match sort {
        ItemSort::Newest => (Column::ChangedAt, Order::Desc),
        ItemSort::NameChinese => (Column::NameZh, Order::Asc),
        ItemSort::NameEnglish => (Column::NameEn, Order::Asc),
        ItemSort::PriceAscending => (Column::ListPriceMinor, Order::Asc),
        ItemSort::PriceDescending => (Column::ListPriceMinor, Order::Desc),
    };
    let mut found = find(filter, viewer);
    if let Some(key) = after {
        let (value, id): (sea_orm::Value, Uuid) = match (key, sort) {
            (ItemKey::Changed(at, id), ItemSort::Newest) => ((*at).into(), *id),
            (ItemKey::Name(name, id), ItemSort::NameChinese | ItemSort::NameEnglish) => (name.clone().into(), *id),
            (ItemKey::Price(minor, id), ItemSort::PriceAscending | ItemSort::PriceDescending) => ((*minor).into(), *id),
            _ => return Err(Refusal::at(Code::Malformed, "after").with("expected", "cursor").into()),
        };
        found = found.filter(behind(column, &order, value, id));
    }
    let rows = found.order_by(column, order.clone()).order_by(Column::Id, order).limit(most).all(db).await?;
    with_tiers(db, rows).await
}

/// How many there are in all.
pub(crate) async fn count(db: &impl ConnectionTrait, filter: &ItemFilter, viewer: Option<OrganizationId>) -> Result<u64> {
    Ok(find(filter, viewer).count(db).await?)
}
