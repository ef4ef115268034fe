//! Search among items.

use super::catalogue_item::CatalogueItem;
use super::item_list::category_code;
use crate::connection::{OFFSET_MOST, PAGE_MOST, within};
use crate::ident;
use crate::identity::organization::EnterpriseSize;
use crate::request::Asker;
use crate::values::{LocalText, MinorUnits};
use app::Error;
use app::catalogue::search::{self, FacetCount, Filters, ItemSearch, Sort};
use async_graphql::{Enum, ID, InputObject, SimpleObject};
use domain::ident::OrganizationId;
use domain::language::Language;
use std::sync::Arc;

/// What the hits are narrowed down to. Several values of one kind mean any of them.
#[derive(Clone, Debug, Default, InputObject)]
pub struct SearchItemsFilter {
    /// Categories by code, with all below them.
    #[graphql(default)]
    pub categories: Vec<String>,
    /// Brands.
    #[graphql(default)]
    pub brands: Vec<String>,
    /// Suppliers.
    #[graphql(default)]
    pub supplier_ids: Vec<ID>,
    /// Price bands by name, as the facets give them.
    #[graphql(default)]
    pub price_bands: Vec<String>,
    /// The suppliers' sizes.
    #[graphql(default)]
    pub enterprise_sizes: Vec<EnterpriseSize>,
    /// The lowest price, in fen.
    pub price_from_minor: Option<MinorUnits>,
    /// The highest price, in fen.
    pub price_to_minor: Option<MinorUnits>,
}

impl SearchItemsFilter {
    fn read(self) -> Result<Filters, Error> {
        let categories = self.categories.iter().map(|code| category_code(code, "filter.categories"));
        let suppliers = self.supplier_ids.iter().map(|id| {
            let id: OrganizationId = ident::of_kind(id, OrganizationId::KIND, "filter.supplierIds")?;
            Ok::<_, Error>(id.0)
        });
        Ok(Filters {
            categories: categories.collect::<Result<_, _>>()?,
            brands: self.brands,
            organizations: suppliers.collect::<Result<_, _>>()?,
            price_bands: self.price_bands,
            enterprise_sizes: self.enterprise_sizes.into_iter().map(Into::into).collect(),
            statuses: Vec::new(),
            price_from_minor: self.price_from_minor.map(|minor| minor.0),
            price_to_minor: self.price_to_minor.map(|minor| minor.0),
        })
    }
}

/// The order of hits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "app::catalogue::search::Sort")]
pub enum SearchSort {
    /// The best first; without a text, the newest.
    Relevance,
    /// The cheapest first.
    PriceAscending,
    /// The dearest first.
    PriceDescending,
    /// The newest first.
    Newest,
    /// By name in the language of the request.
    Name,
}

/// A piece of plain text, marked where it matched.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(serial)]
pub struct TextFragment {
    /// The words.
    pub text: String,
    /// Whether they matched.
    pub is_match: bool,
}

/// An item that was found.
#[derive(SimpleObject)]
#[graphql(serial)]
pub struct FoundItem {
    /// The item.
    pub item: CatalogueItem,
    /// Its name with the matches marked.
    pub title: Vec<TextFragment>,
    /// The part of its description that matched best; empty when none did.
    pub body: Vec<TextFragment>,
}

/// How many hits have a value.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(serial)]
pub struct Facet {
    /// The value, as the filter takes it.
    pub value: String,
    /// The value in words.
    pub label: LocalText,
    /// How many hits there would be with it alone chosen among its kind.
    pub count: i64,
}

/// Counts by kind of value, the commonest first; each kind is counted as if it weren't filtered by.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(serial)]
pub struct Facets {
    /// Categories of every level, in the order of the tree.
    pub categories: Vec<Facet>,
    /// Brands.
    pub brands: Vec<Facet>,
    /// Suppliers, by global id.
    pub suppliers: Vec<Facet>,
    /// Price bands, the cheapest first.
    pub price_bands: Vec<Facet>,
    /// The suppliers' sizes.
    pub enterprise_sizes: Vec<Facet>,
}

/// What was found.
#[derive(SimpleObject)]
#[graphql(serial)]
pub struct SearchItemsResult {
    /// The hits in the order asked for.
    pub hits: Vec<FoundItem>,
    /// How many there are in all.
    pub total_count: i64,
    /// How many hits have which value.
    pub facets: Facets,
    /// Whether words were taken for misspelt because too little was found as typed.
    pub is_corrected: bool,
}

pub(crate) fn fragments(fragments: Vec<search::Fragment>) -> Vec<TextFragment> {
    fragments.into_iter().map(|fragment| TextFragment { text: fragment.text, is_match: fragment.is_match }).collect()
}

pub(crate) fn facet(facet: &FacetCount, value: String, label: domain::language::LocalText) -> Facet {
    Facet { value, label: label.into(), count: i64::try_from(facet.count).unwrap_or(i64::MAX) }
}

pub(crate) fn in_words(key: &str) -> domain::language::LocalText {
    let say = |language| domain::text::say(language, key);
    domain::language::LocalText::new(say(Language::Chinese), say(Language::English))
}

fn facets(found: &search::FoundItems) -> Facets {
    let plain = |value: &str| domain::language::LocalText::new(value, value);
    let counts = &found.facets;
    let mut categories: Vec<Facet> = counts
        .categories
        .iter()
        .filter_map(|count| {
            let category = found.categories.get(&category_code(&count.value, "").ok()?)?;
            Some(facet(count, count.value.clone(), category.name.clone()))
        })
        .collect();
    categories.sort_by(|left, right| left.value.cmp(&right.value));
    let suppliers = counts.organizations.iter().filter_map(|count| {
        let id = OrganizationId(count.value.parse().ok()?);
        let supplier = found.suppliers.get(&id)?;
        Some(facet(count, ident::global(OrganizationId::KIND, id.0).to_string(), supplier.name.clone()))
    });
    let bands = search::price_bands().filter_map(|band| counts.price_bands.iter().find(|count| count.value == band));
    Facets {
        categories,
        brands: counts.brands.iter().map(|count| facet(count, count.value.clone(), plain(&count.value))).collect(),
        suppliers: suppliers.collect(),
        price_bands: bands.map(|count| facet(count, count.value.clone(), plain(&count.value))).collect(),
        enterprise_sizes: counts
            .enterprise_sizes
            .iter()
            .map(|count| facet(count, count.value.to_uppercase(), in_words(&format!("enterprise-size-{}", count.value))))
            .collect(),
    }
}

/// Searches, and wraps what was found.
pub(super) async fn search_items(
    asker: &Asker,
    text: String,
    filter: Option<SearchItemsFilter>,
    sort: Option<SearchSort>,
    offset: i32,
    first: i32,
    counts_facets: bool,
) -> Result<SearchItemsResult, Error> {
    let wanted = ItemSearch {
        text,
        filters: filter.unwrap_or_default().read()?,
        sort: sort.map_or(Sort::Relevance, Into::into),
        offset: within("offset", offset, 0..=OFFSET_MOST)?,
        limit: within("first", first, 1..=PAGE_MOST)?,
        counts_facets,
    };
    let mut found = search::search(&asker.app, &asker.ctx, wanted).await?;
    let facets = facets(&found);
    let tree = counts_facets.then(|| Arc::new(found.categories.clone()));
    let hits = std::mem::take(&mut found.items).into_iter().map(|hit| {
        let supplier = found.suppliers.get(&hit.item.supplier_id).cloned();
        let item = CatalogueItem { item: hit.item, supplier, tree: tree.clone() };
        FoundItem { item, title: fragments(hit.title), body: fragments(hit.body) }
    });
    Ok(SearchItemsResult {
        hits: hits.collect(),
        total_count: i64::try_from(found.total).unwrap_or(i64::MAX),
        facets,
        is_corrected: found.is_corrected,
    })
}
