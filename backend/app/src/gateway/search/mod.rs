//! Search: finds what people mean; knows only what is public.
//!
//! An answer names records and shows fragments of their public words. Whoever asks loads the records afterwards,
//! scoped to what the actor may know, so that a stale index can show nothing that is hidden.

mod embedded;
mod facet;
mod highlight;
mod lookup;
mod plan;
mod schema;
mod shelf;
mod synonym;
mod word;

pub use embedded::EmbeddedSearch;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::catalogue::category::CategoryCode;
use domain::identity::organization::EnterpriseSize;
use domain::language::{Language, LocalText};
use domain::money::{Currency, Money};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::Result;

/// The longest text that is searched for, in characters; the rest is cut off.
pub const TEXT_MOST_CHARS: usize = 200;
/// The most hits of one answer.
pub const LIMIT_MOST: usize = 100;
/// How far into the hits one can page.
pub const OFFSET_MOST: usize = 10_000;

/// What kinds of record can be found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Catalogue items.
    Item,
    /// Tenders.
    Tender,
    /// Suppliers.
    Supplier,
}

impl Kind {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Item => "item",
            Self::Tender => "tender",
            Self::Supplier => "supplier",
        }
    }
}

/// A record as the index knows it: public words and what it is filtered and sorted by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// What it is.
    pub kind: Kind,
    /// Its number.
    pub id: Uuid,
    /// Its name or title.
    pub title: LocalText,
    /// Its description and whatever else is said of it.
    pub body: LocalText,
    /// Numbers and codes by which it is known as a whole: item number, model, GTIN, tender number.
    pub codes: Vec<String>,
    /// Its brand.
    pub brand: Option<String>,
    /// Its category.
    pub category: Option<CategoryCode>,
    /// Who offers it; for a tender, who buys.
    pub organization: Option<Uuid>,
    /// The offering organization's name, so that items are found by it.
    pub organization_name: LocalText,
    /// The offering organization's size.
    pub enterprise_size: Option<EnterpriseSize>,
    /// Its list price or budget. Only yuan fall into bands, ranges and the order of prices.
    pub price: Option<Money>,
    /// Its state, where it is filtered by.
    pub status: Option<String>,
    /// When it was published or last changed; the newest come first.
    pub published_at: DateTime<Utc>,
}

/// A change of the index.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(clippy::large_enum_variant, reason = "batches are mostly documents")]
pub enum Change {
    /// A new or changed record.
    Put(Document),
    /// A record that isn't public any more.
    Remove(Kind, Uuid),
}

/// The bands into which prices are sorted, in yuan: from the first number up to below the second.
const BANDS: [(&str, i64, i64); 7] = [
    ("0-100", 0, 100),
    ("100-500", 100, 500),
    ("500-1000", 500, 1_000),
    ("1000-5000", 1_000, 5_000),
    ("5000-10000", 5_000, 10_000),
    ("10000-50000", 10_000, 50_000),
    ("50000-", 50_000, i64::MAX),
];

/// The name of the price band in which an amount of yuan lies, such as `1000-5000`.
pub fn price_band(price: Money) -> Option<&'static str> {
    let yuan = price.amount_minor.div_euclid(100);
    let in_band = |(_, from, below): &&(&str, i64, i64)| (*from..*below).contains(&yuan);
    BANDS.iter().find(in_band).filter(|_| price.currency == Currency::CNY).map(|(name, ..)| *name)
}

/// The names of all price bands in their order.
pub fn price_bands() -> impl Iterator<Item = &'static str> {
    BANDS.iter().map(|(name, ..)| *name)
}

/// What the hits are narrowed down to. Several values of one kind mean any of them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filters {
    /// Categories, with all below them.
    pub categories: Vec<CategoryCode>,
    /// Brands.
    pub brands: Vec<String>,
    /// Organizations.
    pub organizations: Vec<Uuid>,
    /// Price bands by name.
    pub price_bands: Vec<String>,
    /// Sizes.
    pub enterprise_sizes: Vec<EnterpriseSize>,
    /// States.
    pub statuses: Vec<String>,
    /// The lowest price in fen.
    pub price_from_minor: Option<i64>,
    /// The highest price in fen.
    pub price_to_minor: Option<i64>,
}

/// The order of the hits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sort {
    /// The best first; without a text, the newest.
    #[default]
    Relevance,
    /// The cheapest first; what has no price in yuan last.
    PriceAscending,
    /// The dearest first; what has no price in yuan last.
    PriceDescending,
    /// The newest first.
    Newest,
    /// By name in the reader's language: Chinese by pinyin, English by letters.
    Name,
}

/// What is searched for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Query {
    /// The kind of record.
    pub kind: Kind,
    /// What was typed. Every character means itself: there is no query language. Empty finds all.
    pub text: String,
    /// The reader's language, for the order of names and the language of fragments.
    pub language: Language,
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

impl Query {
    /// The first twenty of a kind for a text, with facets.
    pub fn new(kind: Kind, text: impl Into<String>, language: Language) -> Self {
        let (filters, sort) = (Filters::default(), Sort::default());
        Self { kind, text: text.into(), language, filters, sort, offset: 0, limit: 20, counts_facets: true }
    }
}

/// A piece of text, marked where it matched. Plain text: whoever shows it escapes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fragment {
    /// The words.
    pub text: String,
    /// Whether they matched.
    pub is_match: bool,
}

/// A record that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Its number.
    pub id: Uuid,
    /// Its title with the matches marked.
    pub title: Vec<Fragment>,
    /// The part of its description that matched best; empty when none did.
    pub body: Vec<Fragment>,
}

/// How many hits have a value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FacetCount {
    /// The value: a category's code, a brand, an organization's number, a band's name, a size or a state.
    pub value: String,
    /// How many hits there would be with it alone chosen among its kind.
    pub count: u64,
}

/// Counts by kind of value, the commonest first. Each kind is counted as if it weren't filtered by.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facets {
    /// Categories of every level: a category counts for those above it too.
    pub categories: Vec<FacetCount>,
    /// Brands.
    pub brands: Vec<FacetCount>,
    /// Organizations.
    pub organizations: Vec<FacetCount>,
    /// Price bands.
    pub price_bands: Vec<FacetCount>,
    /// Sizes.
    pub enterprise_sizes: Vec<FacetCount>,
    /// States.
    pub statuses: Vec<FacetCount>,
}

/// What was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The hits in the order asked for.
    pub hits: Vec<Hit>,
    /// How many there are in all.
    pub total: u64,
    /// The counts, when asked for.
    pub facets: Facets,
    /// Whether words were taken for misspelt because too little was found as typed.
    pub is_corrected: bool,
}

/// A search engine.
///
/// Writing the same change twice leaves the index as after the first: jobs may repeat.
#[async_trait]
pub trait SearchEngine: Send + Sync {
    /// Writes a batch of changes, durably, and shows them to searches that begin afterwards.
    ///
    /// # Errors
    /// `Unavailable` when the index can't be written.
    async fn write(&self, changes: Vec<Change>) -> Result<()>;

    /// Finds.
    ///
    /// # Errors
    /// `Unavailable` when the index can't be read.
    async fn search(&self, query: Query) -> Result<Answer>;

    /// Whether the index is new, lost or of an older shape, and everything must be written again.
    async fn needs_rebuild(&self) -> bool;

    /// Begins an empty index beside the one that answers. Writes go to both from now on.
    ///
    /// # Errors
    /// `Unavailable` when it can't be made.
    async fn begin_rebuild(&self) -> Result<()>;

    /// Adds to the new index what the database holds; what was written meanwhile is newer and stays.
    ///
    /// # Errors
    /// `Unavailable` when it can't be written or wasn't begun.
    async fn add_to_rebuild(&self, documents: Vec<Document>) -> Result<()>;

    /// Lets the new index answer, at once and wholly, and drops the old one.
    ///
    /// # Errors
    /// `Unavailable` when it can't be made durable or wasn't begun.
    async fn finish_rebuild(&self) -> Result<()>;
}

#[cfg(test)]
mod tests;
