//! Answering a query from one index.

use super::facet::Counter;
use super::highlight;
use super::plan::{Latitude, Plan, Value};
use super::schema::{NAME_EN, NAME_ZH, PRICE, PUBLISHED};
use super::shelf::{Shelf, unavailable};
use super::{Answer, FacetCount, Facets, Fragment, Hit, LIMIT_MOST, OFFSET_MOST, Query, Sort};
use crate::Result;
use domain::language::Language;
use tantivy::collector::{Count, TopDocs};
use tantivy::query::Query as Lookup;
use tantivy::schema::{Field, Value as _};
use tantivy::{DocAddress, Order, Searcher, TantivyDocument};
use uuid::Uuid;

/// Fewer hits than this are too little, when the best come first anyway.
const TOO_FEW: usize = 3;

/// Finds, with as little latitude as finds something.
pub(super) fn answer(shelf: &Shelf, query: &Query) -> Result<Answer> {
    find(shelf, query).map_err(|error| unavailable("searching", error))
}

fn find(shelf: &Shelf, query: &Query) -> tantivy::Result<Answer> {
    let searcher = shelf.reader.searcher();
    let mut plan = Plan::new(&query.text);
    let mut lookup = plan.lookup(&shelf.fields, query, None);
    let mut total = searcher.search(&lookup, &Count)?;
    // In another order than relevance, guesses would stand among what was meant.
    let enough = if query.sort == Sort::Relevance { TOO_FEW } else { 1 };
    let exact = total;
    for (latitude, enough) in [(Latitude::Misspelt, enough), (Latitude::Loose, 1)] {
        if plan.is_empty() || total >= enough {
            break;
        }
        let before = std::mem::replace(&mut plan.latitude, latitude);
        let wider = plan.lookup(&shelf.fields, query, None);
        let more = searcher.search(&wider, &Count)?;
        if more > total {
            (lookup, total) = (wider, more);
        } else {
            plan.latitude = before;
        }
    }
    let places = top(&searcher, &lookup, query, plan.is_empty())?;
    let hits = places.into_iter().map(|place| hit(shelf, &searcher, place, query, &plan)).collect::<tantivy::Result<Vec<_>>>()?;
    let facets = if query.counts_facets { facets(shelf, &searcher, &lookup, query, &plan)? } else { Facets::default() };
    Ok(Answer { hits, total: total as u64, facets, is_corrected: total > exact })
}

fn top(searcher: &Searcher, lookup: &dyn Lookup, query: &Query, is_all: bool) -> tantivy::Result<Vec<DocAddress>> {
    let limit = query.limit.min(LIMIT_MOST);
    if limit == 0 {
        return Ok(Vec::new());
    }
    let top = TopDocs::with_limit(limit).and_offset(query.offset.min(OFFSET_MOST));
    Ok(match (query.sort, query.language) {
        (Sort::Relevance, _) if !is_all => places(searcher.search(lookup, &top.order_by_score())?),
        (Sort::Relevance | Sort::Newest, _) => places(searcher.search(lookup, &top.order_by_fast_field::<i64>(PUBLISHED, Order::Desc))?),
        (Sort::PriceAscending, _) => places(searcher.search(lookup, &top.order_by_fast_field::<i64>(PRICE, Order::Asc))?),
        (Sort::PriceDescending, _) => places(searcher.search(lookup, &top.order_by_fast_field::<i64>(PRICE, Order::Desc))?),
        (Sort::Name, Language::Chinese) => places(searcher.search(lookup, &top.order_by_string_fast_field(NAME_ZH, Order::Asc))?),
        (Sort::Name, Language::English) => places(searcher.search(lookup, &top.order_by_string_fast_field(NAME_EN, Order::Asc))?),
    })
}

fn places<T>(found: Vec<(T, DocAddress)>) -> Vec<DocAddress> {
    found.into_iter().map(|(_, place)| place).collect()
}

fn hit(shelf: &Shelf, searcher: &Searcher, place: DocAddress, query: &Query, plan: &Plan) -> tantivy::Result<Hit> {
    let document: TantivyDocument = searcher.doc(place)?;
    let text = |field: Field| document.get_first(field).and_then(|value| value.as_str()).unwrap_or_default();
    let fields = &shelf.fields;
    let id = text(fields.key).split_once(':').and_then(|(_, id)| Uuid::parse_str(id).ok()).unwrap_or_default();
    let in_order = |zh: Field, en: Field| match query.language {
        Language::Chinese => [text(zh), text(en)],
        Language::English => [text(en), text(zh)],
    };
    let titles = in_order(fields.title_zh, fields.title_en);
    let title = titles.into_iter().find(|title| !title.is_empty()).unwrap_or_default();
    let bodies = in_order(fields.body_zh, fields.body_en).map(|body| highlight::part(body, plan));
    let body: Vec<Fragment> = bodies.into_iter().find(|fragments| !fragments.is_empty()).unwrap_or_default();
    Ok(Hit { id, title: highlight::whole(title, plan), body })
}

/// Counts every kind of value; one that is filtered by is counted without its own filter.
fn facets(shelf: &Shelf, searcher: &Searcher, lookup: &dyn Lookup, query: &Query, plan: &Plan) -> tantivy::Result<Facets> {
    let schema = searcher.schema();
    let name = |value: Value| schema.get_field_name(value.field(&shelf.fields)).to_owned();
    let is_filtered = |value: &Value| !value.chosen(&query.filters).is_empty();
    let (filtered, free): (Vec<Value>, Vec<Value>) = Value::ALL.into_iter().partition(is_filtered);
    let counter = Counter { fields: free.iter().map(|value| name(*value)).collect() };
    let mut told: Vec<(Value, Vec<FacetCount>)> = free.into_iter().zip(searcher.search(lookup, &counter)?).collect();
    for value in filtered {
        let without = plan.lookup(&shelf.fields, query, Some(value));
        let counts = searcher.search(&without, &Counter { fields: vec![name(value)] })?;
        told.extend(counts.into_iter().map(|counts| (value, counts)));
    }
    let mut facets = Facets::default();
    for (value, counts) in told {
        *match value {
            Value::Category => &mut facets.categories,
            Value::Brand => &mut facets.brands,
            Value::Organization => &mut facets.organizations,
            Value::Band => &mut facets.price_bands,
            Value::Size => &mut facets.enterprise_sizes,
            Value::Status => &mut facets.statuses,
        } = counts;
    }
    Ok(facets)
}
