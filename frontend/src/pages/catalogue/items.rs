//! Finding items: a search box, facets, an order, pages. Everything is in the address and works without scripts.

use super::value::{EnterpriseSize, PriceTier, Supplier, price_lines, unit_name};
use crate::islands::suggestions::Suggestions;
use crate::prelude::*;

/// How many hits a page shows.
const PAGE: i32 = 20;

#[derive(cynic::QueryVariables, Debug)]
struct Wanted {
    text: String,
    filter: SearchItemsFilter,
    sort: SearchSort,
    offset: i32,
    first: i32,
}

#[derive(cynic::InputObject, Debug)]
struct SearchItemsFilter {
    categories: Vec<String>,
    brands: Vec<String>,
    supplier_ids: Vec<cynic::Id>,
    price_bands: Vec<String>,
    enterprise_sizes: Vec<EnterpriseSize>,
}

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
enum SearchSort {
    Relevance,
    PriceAscending,
    PriceDescending,
    Newest,
    Name,
}

/// The orders in the address, with the keys of their words.
const SORTS: [(&str, SearchSort, &str); 5] = [
    ("", SearchSort::Relevance, "item-sort-relevance"),
    ("price", SearchSort::PriceAscending, "item-sort-price"),
    ("-price", SearchSort::PriceDescending, "item-sort-price-descending"),
    ("newest", SearchSort::Newest, "item-sort-newest"),
    ("name", SearchSort::Name, "item-sort-name"),
];

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Query", variables = "Wanted")]
struct ItemsPage {
    #[arguments(text: $text, filter: $filter, sort: $sort, offset: $offset, first: $first)]
    search_items: SearchItemsResult,
}

#[derive(cynic::QueryFragment, Debug)]
struct SearchItemsResult {
    hits: Vec<FoundItem>,
    total_count: i32,
    facets: Facets,
    is_corrected: bool,
}

#[derive(cynic::QueryFragment, Debug)]
struct FoundItem {
    item: CatalogueItem,
    title: Vec<TextFragment>,
    body: Vec<TextFragment>,
}

#[derive(cynic::QueryFragment, Debug)]
struct CatalogueItem {
    id: cynic::Id,
    number: String,
    unit: String,
    stock: Option<i32>,
    lead_time_days: Option<i32>,
    price_tiers: Vec<PriceTier>,
    supplier: Option<Supplier>,
}

#[derive(cynic::QueryFragment, Debug)]
struct Facets {
    categories: Vec<Facet>,
    brands: Vec<Facet>,
    suppliers: Vec<Facet>,
    price_bands: Vec<Facet>,
    enterprise_sizes: Vec<Facet>,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
struct Facet {
    value: String,
    label: Words,
    count: i32,
}

/// The page.
pub(super) async fn page(visit: &Visit) -> Answered {
    let offset: i32 = visit.query("after").or_else(|| visit.query("before")).and_then(|at| at.parse().ok()).unwrap_or(0);
    let offset = offset.clamp(0, 10_000);
    let sort = SORTS.iter().find(|(key, ..)| visit.query("sort").unwrap_or_default() == *key).map_or(SearchSort::Relevance, |(_, sort, _)| *sort);
    let chosen = |name: &str| -> Vec<String> {
        visit.queries().iter().filter(|(field, value)| field == name && !value.is_empty()).map(|(_, value)| value.clone()).collect()
    };
    let sizes = chosen("size");
    let wanted = Wanted {
        text: visit.query("q").unwrap_or_default().to_owned(),
        filter: SearchItemsFilter {
            categories: chosen("category"),
            brands: chosen("brand"),
            supplier_ids: chosen("supplier").into_iter().map(cynic::Id::new).collect(),
            price_bands: chosen("band"),
            enterprise_sizes: EnterpriseSize::ALL.into_iter().filter(|size| sizes.iter().any(|name| name == size.name())).collect(),
        },
        sort,
        offset,
        first: PAGE,
    };
    let found = visit.ask(ItemsPage::build(wanted)).await?.search_items;
    Page::titled(visit.say("section-items")).described(visit.say("items-about")).wide().show(move || {
        let cursors = Cursors {
            before: (offset > 0).then(|| (offset - PAGE).max(0).to_string()),
            after: (offset + PAGE < found.total_count).then(|| (offset + PAGE).to_string()),
        };
        let count = say_with("items-count", facts([("count", i64::from(found.total_count).into())]));
        let corrected = found.is_corrected.then(|| view! { <p class="quiet">{say("items-corrected")}</p> });
        let is_empty = found.hits.is_empty();
        let results = if is_empty {
            view! { <Empty why=say("items-none")><p>{say("items-none-next")}</p></Empty> }.into_any()
        } else {
            results(found.hits).into_any()
        };
        view! {
            <h1>{say("section-items")}</h1>
            <div class="catalogue">
                {search_form(&found.facets)}
                <div class="catalogue-results">
                    {orders()}
                    <p role="status">{count}</p>
                    {corrected}
                    {results}
                    {(!is_empty).then(|| view! { <Pagination cursors/> })}
                </div>
            </div>
        }
    })
}

/// The search box and the facets: one form, so that one button takes all of it.
fn search_form(facets: &Facets) -> impl IntoView + use<> {
    let visit = visit();
    let text = visit.query("q").unwrap_or_default().to_owned();
    let sort = visit.query("sort").map(|sort| view! { <input type="hidden" name="sort" value=sort.to_owned()/> });
    let values = |facets: &[Facet]| -> Vec<FacetValue> {
        let value = |facet: &Facet| FacetValue { value: facet.value.clone(), label: visit.local(&facet.label).to_owned(), count: facet.count };
        facets.iter().map(value).collect()
    };
    let bands = values(&facets.price_bands).into_iter().map(|facet| FacetValue { label: band(&facet.value), ..facet });
    let groups = vec![
        FacetGroup { name: "category", label: say("items-facet-category"), values: leaves(values(&facets.categories), &chosen("category")) },
        FacetGroup { name: "brand", label: say("item-field-brand"), values: values(&facets.brands) },
        FacetGroup { name: "supplier", label: say("items-facet-supplier"), values: values(&facets.suppliers) },
        FacetGroup { name: "band", label: say("items-facet-band"), values: bands.collect() },
        FacetGroup { name: "size", label: say("items-facet-size"), values: values(&facets.enterprise_sizes) },
    ];
    let clear = visit.path().to_owned();
    view! {
        <form class="catalogue-search" method="get" action=visit.path().to_owned() role="search" aria-label=say("items-search")>
            <div class="field">
                <label for="items-q">{say("items-search")}</label>
                <input type="search" id="items-q" name="q" value=text autocomplete="off" list="items-suggested"/>
                <Suggestions field="items-q".to_owned() list="items-suggested".to_owned() language=visit.language() with_tenders=false/>
            </div>
            {sort}
            <Button label=say("items-search-do") kind=Kind::Primary/>
            <Facets groups clear/>
        </form>
    }
}

/// A price band in words: the names of the index are numbers of yuan joined by a dash.
fn band(value: &str) -> String {
    format!("¥ {}", value.replace('-', "–"))
}

fn orders() -> impl IntoView {
    let visit = visit();
    let now = visit.query("sort").unwrap_or_default().to_owned();
    let links = SORTS.map(|(key, _, words)| {
        let address = visit.address_with("sort", Some(key).filter(|key| !key.is_empty()), &["after", "before"]);
        let current = (now == key).then_some("true");
        view! { <li><a href=address aria-current=current>{say(words)}</a></li> }
    });
    view! { <nav class="tabs" aria-label=say("items-order")><ul>{links.into_iter().collect_view()}</ul></nav> }
}

/// The hits, in a form that takes the ticked ones to the comparison.
fn results(hits: Vec<FoundItem>) -> impl IntoView {
    let rows = hits.into_iter().map(|hit| {
        let visit = visit();
        let item = hit.item;
        let address = format!("/items/{}", item.id.inner());
        let plain: String = hit.title.iter().map(|fragment| fragment.text.as_str()).collect();
        let tick = say_with("items-compare-this", facts([("name", plain.into())]));
        let supplier = item.supplier.map(|supplier| {
            let size = supplier.enterprise_size.map(EnterpriseSize::label);
            view! { {visit.local(&supplier.name).to_owned()} <br/> <span class="quiet">{size}</span> }
        });
        let body = (!hit.body.is_empty()).then(|| view! { <p class="quiet">{marked(hit.body)}</p> });
        let lead = item.lead_time_days.map(|days| say_with("item-days", facts([("days", i64::from(days).into())])));
        view! {
            <tr>
                <td><input type="checkbox" name="item" value=item.id.inner().to_owned() aria-label=tick/></td>
                <th scope="row"><a href=address>{marked(hit.title)}</a> " " <span class="quiet">{item.number}</span> {body}</th>
                <td>{supplier}</td>
                <td>{price_lines(&item.price_tiers)}</td>
                <td>{unit_name(&item.unit)}</td>
                <td class="number">{item.stock}</td>
                <td class="number">{lead}</td>
            </tr>
        }
    });
    let columns = vec![
        Column::new(say("items-compare")),
        Column::new(say("item-field-name")),
        Column::new(say("items-facet-supplier")),
        Column::new(say("item-field-tiers")),
        Column::new(say("item-field-unit")),
        Column::number(say("item-field-stock")),
        Column::number(say("item-field-lead-time-days")),
    ];
    view! {
        <form method="get" action="/compare">
            <Table caption=say("items-results") columns>{rows.collect_view()}</Table>
            <Button label=say("items-compare-do")/>
        </form>
    }
}
