//! Lists of items: filter, order, page; what the query selects beside the items is read once for all of them.

use super::catalogue_item::{CatalogueItem, CatalogueItemStatus};
use crate::connection::{cursor, page};
use crate::ident;
use crate::payload::coded;
use crate::request::Asker;
use crate::values::MinorUnits;
use app::Error;
use app::catalogue::catalogue_item::{ItemFilter, ItemKey, ItemSort, count, items};
use app::catalogue::category::tree;
use app::identity::organization::organizations;
use async_graphql::connection::PageInfo;
use async_graphql::{ComplexObject, Context, Enum, ID, InputObject, Lookahead, Result, SimpleObject};
use domain::catalogue::catalogue_item as domain_item;
use domain::catalogue::category::CategoryCode;
use domain::ident::OrganizationId;
use domain::language::Language;
use domain::refusal::{Code, Refusal};
use std::collections::HashMap;
use std::sync::Arc;

/// What a list of items is narrowed down to.
#[derive(Clone, Debug, Default, InputObject)]
pub struct CatalogueItemFilter {
    /// Of this supplier.
    pub supplier_id: Option<ID>,
    /// In this category or below it, by code.
    pub category: Option<String>,
    /// Of this brand, exactly.
    pub brand: Option<String>,
    /// In one of these states; others than listed are found by their supplier only.
    pub statuses: Option<Vec<CatalogueItemStatus>>,
    /// The lowest list price, in fen.
    pub price_from_minor: Option<MinorUnits>,
    /// The highest list price, in fen.
    pub price_to_minor: Option<MinorUnits>,
}

impl CatalogueItemFilter {
    fn read(self) -> Result<ItemFilter, Error> {
        let supplier = self.supplier_id.map(|id| ident::of_kind(&id, OrganizationId::KIND, "filter.supplierId")).transpose()?;
        Ok(ItemFilter {
            supplier,
            category: self.category.map(|code| category_code(&code, "filter.category")).transpose()?,
            brand: self.brand,
            statuses: self.statuses.into_iter().flatten().map(CatalogueItemStatus::as_str).collect(),
            price_from_minor: self.price_from_minor.map(|minor| minor.0),
            price_to_minor: self.price_to_minor.map(|minor| minor.0),
        })
    }
}

/// Reads a category's code.
pub(crate) fn category_code(code: &str, path: &str) -> Result<CategoryCode, Error> {
    CategoryCode::parse(code).ok_or_else(|| Refusal::at(Code::Malformed, path).with("expected", "A02010105").into())
}

/// The order of a list of items.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum CatalogueItemSort {
    /// The last changed first.
    Newest,
    /// By name in the language of the request.
    Name,
    /// The cheapest first.
    PriceAscending,
    /// The dearest first.
    PriceDescending,
}

/// A page of items.
#[derive(SimpleObject)]
#[graphql(complex)]
pub struct CatalogueItemConnection {
    /// The items.
    nodes: Vec<CatalogueItem>,
    /// Whether more follow.
    page_info: PageInfo,
    #[graphql(skip)]
    filter: ItemFilter,
    #[graphql(skip)]
    sort: ItemSort,
}

/// An item with its cursor.
#[derive(SimpleObject)]
#[graphql(serial)]
pub struct CatalogueItemEdge {
    /// Where it stands in the list.
    cursor: String,
    /// The item.
    node: CatalogueItem,
}

#[ComplexObject]
impl CatalogueItemConnection {
    /// The items with their cursors.
    async fn edges(&self) -> Vec<CatalogueItemEdge> {
        self.nodes.iter().map(|node| CatalogueItemEdge { cursor: cursor(&ItemKey::of(&node.item, self.sort)), node: node.clone() }).collect()
    }

    /// How many there are in all; counted only when asked for.
    async fn total_count(&self, graphql: &Context<'_>) -> Result<i64> {
        let asker = crate::request::asker(graphql)?;
        let total = count(&asker.app, &asker.ctx, &self.filter).await.map_err(|error| coded(&asker.ctx, error))?;
        Ok(i64::try_from(total).unwrap_or(i64::MAX))
    }
}

/// Whether the query selects a field of the items, in nodes or in edges.
fn selects(look: &Lookahead<'_>, field: &str) -> bool {
    look.field("nodes").field(field).exists() || look.field("edges").field("node").field(field).exists()
}

/// Gives items what the query selects beside them: one statement for each relation.
pub(super) async fn beside(
    asker: &Asker,
    items: Vec<domain_item::CatalogueItem>,
    wants_supplier: bool,
    wants_category: bool,
) -> Result<Vec<CatalogueItem>, Error> {
    let mut ids: Vec<OrganizationId> = items.iter().map(|item| item.supplier_id).collect();
    ids.sort();
    ids.dedup();
    let suppliers = if wants_supplier { organizations(&asker.app, &asker.ctx, &ids).await? } else { Vec::new() };
    let suppliers: HashMap<OrganizationId, _> = suppliers.into_iter().map(|supplier| (supplier.id, supplier)).collect();
    let tree = if wants_category { Some(Arc::new(tree(&asker.app, &asker.ctx).await?)) } else { None };
    let items = items.into_iter().map(|item| {
        let supplier = suppliers.get(&item.supplier_id).cloned();
        CatalogueItem { item, supplier, tree: tree.clone() }
    });
    Ok(items.collect())
}

/// A page of items: two statements, one more for suppliers, for categories and for the count, where they are selected.
pub(super) async fn list(
    asker: &Asker,
    look: &Lookahead<'_>,
    filter: Option<CatalogueItemFilter>,
    sort: Option<CatalogueItemSort>,
    first: Option<i32>,
    after: Option<&str>,
) -> Result<CatalogueItemConnection, Error> {
    let page = page::<ItemKey>(first, after)?;
    let filter = filter.unwrap_or_default().read()?;
    let sort = match (sort.unwrap_or(CatalogueItemSort::Newest), asker.ctx.language) {
        (CatalogueItemSort::Newest, _) => ItemSort::Newest,
        (CatalogueItemSort::Name, Language::Chinese) => ItemSort::NameChinese,
        (CatalogueItemSort::Name, Language::English) => ItemSort::NameEnglish,
        (CatalogueItemSort::PriceAscending, _) => ItemSort::PriceAscending,
        (CatalogueItemSort::PriceDescending, _) => ItemSort::PriceDescending,
    };
    let most = page.first as u64 + 1;
    let mut found = items(&asker.app, &asker.ctx, &filter, sort, page.after.as_ref(), most).await?;
    let has_next_page = found.len() > page.first;
    found.truncate(page.first);
    let nodes = beside(asker, found, selects(look, "supplier"), selects(look, "category")).await?;
    let cursor_of = |node: &CatalogueItem| cursor(&ItemKey::of(&node.item, sort));
    let page_info = PageInfo {
        has_previous_page: page.after.is_some(),
        has_next_page,
        start_cursor: nodes.first().map(cursor_of),
        end_cursor: nodes.last().map(cursor_of),
    };
    Ok(CatalogueItemConnection { nodes, page_info, filter, sort })
}

#[cfg(test)]
#[path = "item_list_tests.rs"]
mod tests;
