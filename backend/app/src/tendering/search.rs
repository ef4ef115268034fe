//! Search among tenders: the index names those that are published, and a scoped load says what the actor may see of them.

use crate::catalogue::search::BATCH;
use crate::gateway::search::{Answer, Change, Document, EmbeddedSearch, Facets, Filters, Fragment, Kind, Query, SearchEngine as _, Sort};
use crate::gateway::search::{LIMIT_MOST, OFFSET_MOST};
use crate::jobs::NewJob;
use crate::store::catalogue::category;
use crate::store::identity::organization;
use crate::store::tendering::tender as kept;
use crate::tendering::tender::known;
use crate::{App, Context, Result};
use domain::catalogue::category::{CategoryCode, CategoryTree};
use domain::ident::{OrganizationId, TenderId};
use domain::identity::organization::Organization;
use domain::identity::permission::{Action, Scope};
use domain::language::LocalText;
use domain::tendering::tender::Tender;
use std::collections::HashMap;

/// The kind of job that brings tenders into the index.
pub(crate) const SEARCH_TENDER: &str = "search.tender";

/// A job that brings what became of a tender into the index.
pub(crate) fn tender_job(id: TenderId) -> NewJob {
    NewJob::new(SEARCH_TENDER, id.to_string(), &id)
}

/// What is searched for among tenders.
#[derive(Clone, Debug)]
pub struct TenderSearch {
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

impl Default for TenderSearch {
    fn default() -> Self {
        let (filters, sort) = (Filters::default(), Sort::default());
        Self { text: String::new(), filters, sort, offset: 0, limit: 20, counts_facets: true }
    }
}

/// A tender that was found, with what matched in it.
#[derive(Clone, Debug)]
pub struct FoundTender {
    /// The tender as it stands now.
    pub tender: Tender,
    /// Its title with the matches marked.
    pub title: Vec<Fragment>,
    /// The part of its words that matched best; empty when none did.
    pub body: Vec<Fragment>,
}

/// What was found.
#[derive(Clone, Debug, Default)]
pub struct FoundTenders {
    /// The tenders in the order asked for.
    pub tenders: Vec<FoundTender>,
    /// How many there are in all.
    pub total: u64,
    /// How many have which value.
    pub facets: Facets,
    /// The buyers that the facets name.
    pub buyers: HashMap<OrganizationId, Organization>,
    /// The categories, for the names of the facets; empty when no facets were asked for.
    pub categories: CategoryTree,
    /// Whether words were taken for misspelt because too little was found as typed.
    pub is_corrected: bool,
}

/// Finds published tenders: at most three statements, whatever is found.
///
/// # Errors
/// `Unavailable` when index or store don't answer.
pub async fn search(app: &App, ctx: &Context, wanted: TenderSearch) -> Result<FoundTenders> {
    ctx.allow(Action::ReadNotice, &Scope::market())?;
    let TenderSearch { text, filters, sort, offset, limit, counts_facets } = wanted;
    let (offset, limit) = (offset.min(OFFSET_MOST), limit.min(LIMIT_MOST));
    let query = Query { kind: Kind::Tender, text, language: ctx.language, filters, sort, offset, limit, counts_facets };
    let mut answer = app.search().await?.search(query).await?;
    answer.facets.organizations.truncate(LIMIT_MOST);
    let db = app.store.reader();
    let ids: Vec<TenderId> = answer.hits.iter().map(|hit| TenderId(hit.id)).collect();
    let loaded = kept::by_ids(db, &ids).await?.into_iter().filter(|tender| tender.state.publication().is_some());
    let mut loaded: HashMap<_, _> =
        loaded.filter_map(|tender| known(ctx, Some(tender)).ok()).map(|tender| (tender.id, tender)).collect();
    let tenders = answer.hits.into_iter().filter_map(|hit| {
        let tender = loaded.remove(&TenderId(hit.id))?;
        Some(FoundTender { tender, title: hit.title, body: hit.body })
    });
    let tenders = tenders.collect();
    let named = answer.facets.organizations.iter().filter_map(|facet| facet.value.parse().ok());
    let buyers = if counts_facets { buyers(app, named).await? } else { HashMap::new() };
    let categories = if counts_facets { category::tree(db).await? } else { CategoryTree::default() };
    let Answer { total, facets, is_corrected, .. } = answer;
    Ok(FoundTenders { tenders, total, facets, buyers, categories, is_corrected })
}

async fn buyers(app: &App, ids: impl Iterator<Item = OrganizationId>) -> Result<HashMap<OrganizationId, Organization>> {
    let mut ids: Vec<OrganizationId> = ids.collect();
    ids.sort();
    ids.dedup();
    let found = organization::by_ids(app.store.reader(), &ids).await?;
    Ok(found.into_iter().map(|organization| (organization.id, organization)).collect())
}

/// The job [`SEARCH_TENDER`]: brings what became of a tender into the index.
pub(crate) async fn write_tender(app: &App, id: TenderId) -> Result<()> {
    let found = kept::by_ids(app.store.reader(), &[id]).await?;
    let change = documents(app, &found).await?.pop().map_or(Change::Remove(Kind::Tender, id.0), Change::Put);
    app.search().await?.write(vec![change]).await
}

/// Adds every published tender to an index that is being built, and says how many there are.
pub(crate) async fn add_to_rebuild(app: &App, engine: &EmbeddedSearch) -> Result<usize> {
    let mut written = 0;
    let mut after = None;
    loop {
        let tenders = kept::page_by_id(app.store.reader(), after, BATCH as u64).await?;
        let Some(last) = tenders.last() else { return Ok(written) };
        after = Some(last.id);
        let documents = documents(app, &tenders).await?;
        written += documents.len();
        engine.add_to_rebuild(documents).await?;
    }
}

/// What the index may know of tenders: those that are published. A draft never gets here.
async fn documents(app: &App, tenders: &[Tender]) -> Result<Vec<Document>> {
    let buyers = buyers(app, tenders.iter().map(|tender| tender.buyer)).await?;
    let tree = category::tree(app.store.reader()).await?;
    let documents = tenders.iter().filter_map(|tender| document(tender, buyers.get(&tender.buyer)?, &tree));
    Ok(documents.collect())
}

fn document(tender: &Tender, buyer: &Organization, tree: &CategoryTree) -> Option<Document> {
    let publication = tender.state.publication()?;
    let content = &tender.content;
    let code = CategoryCode::parse(&content.category);
    let category = code.as_ref().and_then(|code| tree.get(code)).map(|category| &category.name);
    let said = content.items.iter().flat_map(|item| [&item.name, &item.specification]);
    let said = std::iter::once(&content.description).chain(said).chain(category);
    let lines = |part: fn(&LocalText) -> &str| said.clone().map(part).filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n");
    Some(Document {
        kind: Kind::Tender,
        id: tender.id.0,
        title: content.title.clone(),
        body: LocalText::new(lines(|text| &text.zh), lines(|text| &text.en)),
        codes: vec![tender.number.clone()],
        brand: None,
        category: code,
        organization: Some(tender.buyer.0),
        organization_name: buyer.name.clone(),
        enterprise_size: None,
        price: Some(content.budget),
        status: Some(tender.state.name().as_str().to_owned()),
        published_at: publication.published_at,
    })
}
