//! Search: the index names records, and a scoped load says what the actor may see of them.

use crate::gateway::search::{Answer, Change, Document, Kind, Query, SearchEngine as _};
use crate::jobs::NewJob;
use crate::store::catalogue::{catalogue_item, category};
use crate::store::identity::organization;
use crate::tendering::search as tenders;
use crate::{App, Context, Error, Result};
use domain::catalogue::catalogue_item::{CatalogueItem, ItemState};
use domain::catalogue::category::CategoryTree;
use domain::ident::{CatalogueItemId, OrganizationId};
use domain::identity::actor::Actor;
use domain::identity::organization::Organization;
use domain::identity::permission::{Action, Scope};
use domain::language::LocalText;
use std::collections::HashMap;

pub use crate::gateway::search::{FacetCount, Facets, Filters, Fragment, LIMIT_MOST, OFFSET_MOST, Sort, price_bands};

/// The kind of job that brings items into the index, or out of it.
pub(crate) const SEARCH_ITEM: &str = "search.item";
/// How many items one job or one step of a rebuild takes.
pub(crate) const BATCH: usize = 500;

/// A job that brings what became of these items into the index.
pub(crate) fn item_job(key: impl Into<String>, ids: &[CatalogueItemId]) -> NewJob {
    NewJob::new(SEARCH_ITEM, key, &ids)
}

/// What is searched for among items.
#[derive(Clone, Debug)]
pub struct ItemSearch {
    /// What was typed; empty finds all.
    pub text: String,
    /// What to narrow down to.
    pub filters: Filters,
    /// In which order.
    pub sort: Sort,
    /// How many hits to leave out, at most [`OFFSET_MOST`].
    pub offset: usize,
    /// How many hits to give, at most [`LIMIT_MOST`].
    pub limit: usize,
    /// Whether to count facets.
    pub counts_facets: bool,
}

impl Default for ItemSearch {
    fn default() -> Self {
        let (filters, sort) = (Filters::default(), Sort::default());
        Self { text: String::new(), filters, sort, offset: 0, limit: 20, counts_facets: true }
    }
}

/// An item that was found, with what matched in it.
#[derive(Clone, Debug)]
pub struct FoundItem {
    /// The item as it stands now.
    pub item: CatalogueItem,
    /// Its name with the matches marked.
    pub title: Vec<Fragment>,
    /// The part of its description that matched best; empty when none did.
    pub body: Vec<Fragment>,
}

/// What was found.
#[derive(Clone, Debug, Default)]
pub struct FoundItems {
    /// The items in the order asked for; one taken off sale since it was indexed is left out.
    pub items: Vec<FoundItem>,
    /// How many there are in all.
    pub total: u64,
    /// How many have which value.
    pub facets: Facets,
    /// The suppliers of the items and of the facets.
    pub suppliers: HashMap<OrganizationId, Organization>,
    /// The categories, for the names of the facets; empty when no facets were asked for.
    pub categories: CategoryTree,
    /// Whether words were taken for misspelt because too little was found as typed.
    pub is_corrected: bool,
}

/// Finds items on sale: at most four statements, whatever is found.
///
/// # Errors
/// `Unavailable` when index or store don't answer.
pub async fn search(app: &App, ctx: &Context, wanted: ItemSearch) -> Result<FoundItems> {
    ctx.allow(Action::ReadCatalogue, &Scope::market())?;
    let ItemSearch { text, filters, sort, offset, limit, counts_facets } = wanted;
    let query = Query { kind: Kind::Item, text, language: ctx.language, filters, sort, offset, limit, counts_facets };
    let mut answer = app.search().await?.search(query).await?;
    // Facets beyond these are noise on a page, and a load without bounds.
    for counts in [&mut answer.facets.brands, &mut answer.facets.organizations] {
        counts.truncate(LIMIT_MOST);
    }
    let db = app.store.reader();
    let ids: Vec<CatalogueItemId> = answer.hits.iter().map(|hit| CatalogueItemId(hit.id)).collect();
    let loaded = catalogue_item::by_ids(db, &ids).await?.into_iter().filter(is_public);
    let mut loaded: HashMap<_, _> = loaded.map(|item| (item.id, item)).collect();
    let items: Vec<FoundItem> = answer
        .hits
        .into_iter()
        .filter_map(|hit| {
            let item = loaded.remove(&CatalogueItemId(hit.id))?;
            Some(FoundItem { item, title: hit.title, body: hit.body })
        })
        .collect();
    let named = answer.facets.organizations.iter().filter_map(|facet| facet.value.parse().ok());
    let suppliers = suppliers(app, items.iter().map(|found| found.item.supplier_id).chain(named)).await?;
    let categories = if counts_facets { category::tree(db).await? } else { CategoryTree::default() };
    let Answer { total, facets, is_corrected, .. } = answer;
    Ok(FoundItems { items, total, facets, suppliers, categories, is_corrected })
}

fn is_public(item: &CatalogueItem) -> bool {
    matches!(item.state, ItemState::Listed { .. })
}

async fn suppliers(app: &App, ids: impl Iterator<Item = OrganizationId>) -> Result<HashMap<OrganizationId, Organization>> {
    let mut ids: Vec<OrganizationId> = ids.collect();
    ids.sort();
    ids.dedup();
    let found = organization::by_ids(app.store.reader(), &ids).await?;
    Ok(found.into_iter().map(|organization| (organization.id, organization)).collect())
}

/// The job [`SEARCH_ITEM`]: brings what became of items into the index.
pub(crate) async fn write_items(app: &App, ids: Vec<CatalogueItemId>) -> Result<()> {
    let items = catalogue_item::by_ids(app.store.reader(), &ids).await?;
    let mut documents: HashMap<CatalogueItemId, Document> =
        documents(app, &items).await?.into_iter().map(|document| (CatalogueItemId(document.id), document)).collect();
    let changes = ids
        .into_iter()
        .map(|id| documents.remove(&id).map_or(Change::Remove(Kind::Item, id.0), Change::Put))
        .collect();
    app.search().await?.write(changes).await
}

/// What the index may know of items: those on sale, and of them what is public.
async fn documents(app: &App, items: &[CatalogueItem]) -> Result<Vec<Document>> {
    let suppliers = suppliers(app, items.iter().map(|item| item.supplier_id)).await?;
    let tree = category::tree(app.store.reader()).await?;
    let documents = items.iter().filter(|item| is_public(item)).filter_map(|item| {
        let supplier = suppliers.get(&item.supplier_id)?;
        Some(document(item, supplier, &tree))
    });
    Ok(documents.collect())
}

fn document(item: &CatalogueItem, supplier: &Organization, tree: &CategoryTree) -> Document {
    let content = &item.content;
    let mut body = content.description.clone();
    let category = tree.get(&content.category).map(|category| &category.name);
    let facts = content.attributes.iter().map(|attribute| (&attribute.key, &attribute.value));
    for (key, value) in facts {
        body.zh = format!("{}\n{} {}", body.zh, key.zh, value.zh);
        body.en = format!("{}\n{} {}", body.en, key.en, value.en);
    }
    if let Some(name) = category {
        body.zh = format!("{}\n{}", body.zh, name.zh);
        body.en = format!("{}\n{}", body.en, name.en);
    }
    let codes = [Some(&content.number), Some(&content.model), content.gtin.as_ref()];
    Document {
        kind: Kind::Item,
        id: item.id.0,
        title: content.name.clone(),
        body: LocalText::new(body.zh.trim(), body.en.trim()),
        codes: codes.into_iter().flatten().filter(|code| !code.is_empty()).cloned().collect(),
        brand: Some(content.brand.clone()).filter(|brand| !brand.is_empty()),
        category: Some(content.category.clone()),
        organization: Some(item.supplier_id.0),
        organization_name: supplier.name.clone(),
        enterprise_size: supplier.enterprise_size,
        price: Some(content.list_price()),
        status: None,
        published_at: item.changed_at,
    }
}

/// How many records of each kind a new index holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reindexed {
    /// Items on sale.
    pub items: usize,
    /// Published tenders.
    pub tenders: usize,
}

/// Writes the whole index anew beside the one that answers, swaps them at once, and says how much is in it.
/// Changes made meanwhile are in both.
///
/// # Errors
/// `Forbidden` for all but the platform; `Unavailable` when index or store don't answer.
pub async fn reindex(app: &App, ctx: &Context) -> Result<Reindexed> {
    if !matches!(ctx.actor, Actor::Platform) {
        return Err(Error::Forbidden);
    }
    let engine = app.search().await?;
    engine.begin_rebuild().await?;
    let mut written = Reindexed::default();
    let mut after = None;
    loop {
        let items = catalogue_item::page_by_id(app.store.reader(), None, after, BATCH as u64).await?;
        let Some(last) = items.last() else { break };
        after = Some(last.id);
        let documents = documents(app, &items).await?;
        written.items += documents.len();
        engine.add_to_rebuild(documents).await?;
    }
    written.tenders = tenders::add_to_rebuild(app, engine).await?;
    engine.finish_rebuild().await?;
    Ok(written)
}

/// Writes the index if it is new, lost or of an older shape.
///
/// # Errors
/// As [`reindex`].
pub async fn reindex_if_needed(app: &App, ctx: &Context) -> Result<()> {
    if app.search().await?.needs_rebuild().await {
        let written = reindex(app, ctx).await?;
        tracing::info!(written.items, written.tenders, "the search index was written anew");
    }
    Ok(())
}
