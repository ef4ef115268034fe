//! Notices by what was typed: the same list as without, with facets beside it and the matches marked.

use super::tenders::{Card, KINDS, TenderStateName, filter_fields};
use crate::prelude::*;

/// How many hits a page shows.
const PAGE: i32 = 20;

#[derive(cynic::QueryVariables, Debug)]
struct Wanted {
    text: String,
    filter: SearchTendersFilter,
    offset: i32,
    first: i32,
}

#[derive(cynic::InputObject, Debug)]
struct SearchTendersFilter {
    categories: Vec<String>,
    buyer_ids: Vec<cynic::Id>,
    states: Vec<TenderStateName>,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Query", variables = "Wanted")]
struct TenderSearchPage {
    #[arguments(text: $text, filter: $filter, offset: $offset, first: $first)]
    search_tenders: SearchTendersResult,
}

#[derive(cynic::QueryFragment, Debug)]
struct SearchTendersResult {
    hits: Vec<FoundTender>,
    total_count: i32,
    facets: TenderFacets,
    is_corrected: bool,
}

#[derive(cynic::QueryFragment, Debug)]
struct FoundTender {
    tender: Tender,
    title: Vec<TextFragment>,
    body: Vec<TextFragment>,
}

#[derive(cynic::QueryFragment, Debug)]
struct Tender {
    id: cynic::Id,
    number: String,
    state: TenderStateName,
    budget: Sum,
    deadline_at: Option<chrono::DateTime<chrono::Utc>>,
    buyer: Option<Organization>,
}

#[derive(cynic::QueryFragment, Debug)]
struct Organization {
    name: Words,
}

#[derive(cynic::QueryFragment, Debug)]
struct TenderFacets {
    categories: Vec<Facet>,
    buyers: Vec<Facet>,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
struct Facet {
    value: String,
    label: Words,
    count: i32,
}

/// The page of `/tenders?text=…`.
pub(super) async fn page(visit: &Visit, text: &str) -> Answered {
    let offset: i32 = visit.query("after").or_else(|| visit.query("before")).and_then(|at| at.parse().ok()).unwrap_or(0);
    let offset = offset.clamp(0, 10_000);
    let all = |name: &str| -> Vec<String> {
        visit.queries().iter().filter(|(field, value)| field == name && !value.is_empty()).map(|(_, value)| value.clone()).collect()
    };
    let kind = visit.query("kind").unwrap_or_default().to_owned();
    let states = KINDS.iter().find(|(name, _)| *name == kind).map(|(_, states)| states.to_vec()).unwrap_or_default();
    let filter = SearchTendersFilter { categories: all("category"), buyer_ids: all("buyer").into_iter().map(cynic::Id::new).collect(), states };
    let found = visit.ask(TenderSearchPage::build(Wanted { text: text.to_owned(), filter, offset, first: PAGE })).await?.search_tenders;
    let text = text.to_owned();
    let title = visit.say_with("search-title", facts([("text", text.clone().into())]));
    Page::titled(title.clone()).described(visit.say("tenders-lead")).crumb(visit.say("tenders-title"), "/tenders").wide().show(move || {
        let cursors = Cursors {
            before: (offset > 0).then(|| (offset - PAGE).max(0).to_string()),
            after: (offset + PAGE < found.total_count).then(|| (offset + PAGE).to_string()),
        };
        let count = say_with("tenders-count", facts([("count", i64::from(found.total_count).into())]));
        let corrected = found.is_corrected.then(|| view! { <p class="quiet">{say("search-corrected")}</p> });
        let is_empty = found.hits.is_empty();
        let list = if is_empty {
            view! { <Empty why=say("search-tenders-none")><p><a href="/tenders">{say("search-tenders-none-next")}</a></p></Empty> }.into_any()
        } else {
            view! { <ul class="notices">{found.hits.into_iter().map(row).collect_view()}</ul> <Pagination cursors/> }.into_any()
        };
        view! {
            <h1>{title}</h1>
            <div class="catalogue">
                <form class="catalogue-search" method="get" action="/tenders" role="search" aria-label=say("tenders-search")>
                    {filter_fields(&text, &kind)}
                    <Button label=say("tenders-filter") kind=Kind::Primary/>
                    {facets(&found.facets)}
                </form>
                <div class="catalogue-results">
                    <p role="status">{count}</p>
                    {corrected}
                    {list}
                </div>
            </div>
        }
    })
}

fn facets(found: &TenderFacets) -> impl IntoView + use<> {
    let visit = visit();
    let values = |facets: &[Facet]| -> Vec<FacetValue> {
        let value = |facet: &Facet| FacetValue { value: facet.value.clone(), label: visit.local(&facet.label).to_owned(), count: facet.count };
        facets.iter().map(value).collect()
    };
    let categories = leaves(values(&found.categories), &chosen("category"));
    let groups = vec![
        FacetGroup { name: "category", label: say("tender-category"), values: categories },
        FacetGroup { name: "buyer", label: say("tender-buyer"), values: values(&found.buyers) },
    ];
    let clear = visit.address_with("category", None, &["buyer", "kind", "after", "before"]);
    view! { <Facets groups clear/> }
}

fn row(hit: FoundTender) -> impl IntoView {
    let tender = hit.tender;
    let buyer = tender.buyer.map(|buyer| visit().local(&buyer.name).to_owned());
    let body = (!hit.body.is_empty()).then(|| view! { <p class="quiet">{marked(hit.body)}</p> }.into_any());
    let title = marked(hit.title).into_any();
    Card { id: tender.id, number: tender.number, state: tender.state, budget: tender.budget, deadline_at: tender.deadline_at, buyer }.draw(title, body)
}
