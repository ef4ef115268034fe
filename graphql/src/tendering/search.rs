//! Search among tenders, and the notices that close soonest.

use super::tender::{Tender, TenderStateName};
use crate::catalogue::item_list::category_code;
use crate::catalogue::search::{Facet, SearchSort, TextFragment, facet, fragments, in_words};
use crate::connection::{OFFSET_MOST, PAGE_MOST, within};
use crate::ident;
use crate::payload::coded;
use crate::request::asker;
use crate::values::MinorUnits;
use app::Error;
use app::catalogue::search::{Filters, Sort};
use app::tendering::search::{self, FoundTenders, TenderSearch};
use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use domain::ident::OrganizationId;

/// The most tenders that are listed as closing soonest.
const SOONEST_MOST: i32 = 20;

/// What the hits are narrowed down to. Several values of one kind mean any of them.
#[derive(Clone, Debug, Default, InputObject)]
pub struct SearchTendersFilter {
    /// Categories by code, with all below them.
    #[graphql(default)]
    pub categories: Vec<String>,
    /// Buyers.
    #[graphql(default)]
    pub buyer_ids: Vec<ID>,
    /// States.
    #[graphql(default)]
    pub states: Vec<TenderStateName>,
    /// The smallest budget, in fen.
    pub budget_from_minor: Option<MinorUnits>,
    /// The largest budget, in fen.
    pub budget_to_minor: Option<MinorUnits>,
}

impl SearchTendersFilter {
    fn read(self) -> Result<Filters, Error> {
        let categories = self.categories.iter().map(|code| category_code(code, "filter.categories"));
        let buyers = self.buyer_ids.iter().map(|id| {
            let id: OrganizationId = ident::of_kind(id, OrganizationId::KIND, "filter.buyerIds")?;
            Ok::<_, Error>(id.0)
        });
        let states = self.states.into_iter().map(domain::tendering::tender::TenderStateName::from);
        Ok(Filters {
            categories: categories.collect::<Result<_, _>>()?,
            organizations: buyers.collect::<Result<_, _>>()?,
            statuses: states.map(|state| state.as_str().to_owned()).collect(),
            price_from_minor: self.budget_from_minor.map(|minor| minor.0),
            price_to_minor: self.budget_to_minor.map(|minor| minor.0),
            ..Filters::default()
        })
    }
}

/// A tender that was found.
#[derive(SimpleObject)]
pub struct FoundTender {
    /// The tender.
    pub tender: Tender,
    /// Its title with the matches marked.
    pub title: Vec<TextFragment>,
    /// The part of its words that matched best; empty when none did.
    pub body: Vec<TextFragment>,
}

/// Counts by kind of value, the commonest first; each kind is counted as if it weren't filtered by.
#[derive(Clone, Debug, SimpleObject)]
pub struct TenderFacets {
    /// Categories of every level, in the order of the tree.
    pub categories: Vec<Facet>,
    /// Buyers, by global id.
    pub buyers: Vec<Facet>,
    /// States.
    pub states: Vec<Facet>,
}

/// What was found.
#[derive(SimpleObject)]
pub struct SearchTendersResult {
    /// The hits in the order asked for.
    pub hits: Vec<FoundTender>,
    /// How many there are in all.
    pub total_count: i64,
    /// How many hits have which value.
    pub facets: TenderFacets,
    /// Whether words were taken for misspelt because too little was found as typed.
    pub is_corrected: bool,
}

fn facets(found: &FoundTenders) -> TenderFacets {
    let counts = &found.facets;
    let categories = counts.categories.iter().filter_map(|count| {
        let category = found.categories.get(&category_code(&count.value, "").ok()?)?;
        Some(facet(count, count.value.clone(), category.name.clone()))
    });
    let mut categories: Vec<Facet> = categories.collect();
    categories.sort_by(|left, right| left.value.cmp(&right.value));
    let buyers = counts.organizations.iter().filter_map(|count| {
        let id = OrganizationId(count.value.parse().ok()?);
        let buyer = found.buyers.get(&id)?;
        Some(facet(count, ident::global(OrganizationId::KIND, id.0).to_string(), buyer.name.clone()))
    });
    let states = counts.statuses.iter().map(|count| {
        facet(count, count.value.to_uppercase(), in_words(&format!("tender-state-{}", count.value.replace('_', "-"))))
    });
    TenderFacets { buyers: buyers.collect(), states: states.collect(), categories }
}

/// Root fields that find tenders.
#[derive(Default)]
pub struct TenderSearchQuery;

#[Object]
impl TenderSearchQuery {
    /// Finds published tenders by what was typed: Chinese, English or mixed, by title, description, items, buyer or number,
    /// forgiving one mistake in a word. Drafts are never found.
    #[graphql(complexity = "20 + crate::connection::cost(Some(first), child_complexity) / 4")]
    async fn search_tenders(
        &self,
        graphql: &Context<'_>,
        #[graphql(desc = "What was typed; empty finds all.", default)] text: String,
        #[graphql(desc = "What to narrow the hits down to.")] filter: Option<SearchTendersFilter>,
        #[graphql(desc = "In which order; by relevance unless told.")] sort: Option<SearchSort>,
        #[graphql(desc = "How many hits to leave out, up to 10000.", default = 0)] offset: i32,
        #[graphql(desc = "At most so many hits, up to 100.", default = 20)] first: i32,
    ) -> Result<SearchTendersResult> {
        let asker = asker(graphql)?;
        let counts_facets = graphql.look_ahead().field("facets").exists();
        let work = async {
            let wanted = TenderSearch {
                text,
                filters: filter.unwrap_or_default().read()?,
                sort: sort.map_or(Sort::Relevance, Into::into),
                offset: within("offset", offset, 0..=OFFSET_MOST)?,
                limit: within("first", first, 1..=PAGE_MOST)?,
                counts_facets,
            };
            search::search(&asker.app, &asker.ctx, wanted).await
        };
        let found = work.await.map_err(|error| coded(&asker.ctx, error))?;
        let facets = facets(&found);
        let hits = found.tenders.into_iter().map(|hit| FoundTender {
            tender: Tender(hit.tender),
            title: fragments(hit.title),
            body: fragments(hit.body),
        });
        Ok(SearchTendersResult {
            hits: hits.collect(),
            total_count: i64::try_from(found.total).unwrap_or(i64::MAX),
            facets,
            is_corrected: found.is_corrected,
        })
    }

    /// Tenders that take bids, those that close soonest first.
    #[graphql(complexity = "10 + crate::connection::cost(Some(first), child_complexity) / 4")]
    async fn tenders_closing_soonest(
        &self,
        graphql: &Context<'_>,
        #[graphql(desc = "How many, up to 20.", default = 5)] first: i32,
    ) -> Result<Vec<Tender>> {
        let asker = asker(graphql)?;
        let soonest = async {
            app::tendering::tender::closing_soonest(&asker.app, &asker.ctx, within("first", first, 1..=SOONEST_MOST)?).await
        };
        Ok(soonest.await.map_err(|error| coded(&asker.ctx, error))?.into_iter().map(Tender).collect())
    }
}
