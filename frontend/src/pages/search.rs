//! One search for everything: notices first, then items, each with the way to all of its kind.

use super::catalogue::value::{PriceTier, price_lines};
use super::tendering::{state::tag, tenders::TenderStateName};
use crate::islands::suggestions::Suggestions;
use crate::prelude::*;
use crate::visit::escape;

#[derive(cynic::QueryVariables, Debug)]
struct Wanted {
    text: String,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Query", variables = "Wanted")]
struct SearchPage {
    #[arguments(text: $text, first: 6)]
    search_tenders: SearchTendersResult,
    #[arguments(text: $text, first: 8)]
    search_items: SearchItemsResult,
}

#[derive(cynic::QueryFragment, Debug)]
struct SearchTendersResult {
    hits: Vec<FoundTender>,
    total_count: i32,
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
struct SearchItemsResult {
    hits: Vec<FoundItem>,
    total_count: i32,
    is_corrected: bool,
}

#[derive(cynic::QueryFragment, Debug)]
struct FoundItem {
    item: CatalogueItem,
    title: Vec<TextFragment>,
}

#[derive(cynic::QueryFragment, Debug)]
struct CatalogueItem {
    id: cynic::Id,
    number: String,
    price_tiers: Vec<PriceTier>,
    supplier: Option<Organization>,
}

#[derive(cynic::QueryFragment, Debug)]
struct Organization {
    name: Words,
}

/// The page.
pub(super) async fn page(visit: &Visit) -> Answered {
    let text = visit.query("text").unwrap_or_default().to_owned();
    if text.is_empty() {
        return Page::titled(visit.say("search-title-empty")).wide().show(|| {
            view! {
                <h1>{say("search-title-empty")}</h1>
                {search_box(String::new())}
                <Empty why=say("search-empty")><p>{say("search-empty-next")}</p></Empty>
            }
        });
    }
    let found = visit.ask(SearchPage::build(Wanted { text: text.clone() })).await?;
    let title = visit.say_with("search-title", facts([("text", text.clone().into())]));
    Page::titled(title.clone()).wide().show(move || {
        let all = |path: &str, key: &str| {
            let to = format!("{path}={}", escape(&text));
            view! { <p><a href=to>{say(key)}</a></p> }
        };
        let heading = |key: &str, count: i32| say_with(key, facts([("count", i64::from(count).into())]));
        let (tenders, items) = (found.search_tenders, found.search_items);
        let corrected = (tenders.is_corrected || items.is_corrected).then(|| view! { <p class="quiet" role="status">{say("search-corrected")}</p> });
        view! {
            <h1>{title}</h1>
            {search_box(text.clone())}
            {corrected}
            <section aria-labelledby="search-tenders">
                <h2 id="search-tenders">{heading("search-tenders", tenders.total_count)}</h2>
                {tender_hits(tenders.hits)}
                {(tenders.total_count > 0).then(|| all("/tenders?text", "search-tenders-all"))}
            </section>
            <section aria-labelledby="search-items">
                <h2 id="search-items">{heading("search-items", items.total_count)}</h2>
                {item_hits(items.hits)}
                {(items.total_count > 0).then(|| all("/items?q", "search-items-all"))}
            </section>
        }
    })
}

fn search_box(text: String) -> impl IntoView {
    view! {
        <form class="search-box" method="get" action="/search" role="search" aria-label=say("search-label")>
            <label for="search-text">{say("search-label")}</label>
            <div class="search-row">
                <input type="search" id="search-text" name="text" value=text autocomplete="off" list="search-suggested"/>
                <Suggestions field="search-text".to_owned() list="search-suggested".to_owned() language=visit().language() with_tenders=true/>
                <Button label=say("search-do") kind=Kind::Primary/>
            </div>
        </form>
    }
}

fn tender_hits(hits: Vec<FoundTender>) -> AnyView {
    if hits.is_empty() {
        return view! {
            <Empty why=say("search-tenders-none")><p><a href="/tenders">{say("search-tenders-none-next")}</a></p></Empty>
        }
        .into_any();
    }
    let entries = hits.into_iter().map(|hit| {
        let visit = visit();
        let to = format!("/tenders/{}", hit.tender.id.inner());
        let buyer = hit.tender.buyer.map(|buyer| visit.local(&buyer.name).to_owned());
        let body = (!hit.body.is_empty()).then(|| view! { <p class="quiet">{marked(hit.body)}</p> });
        view! {
            <li>
                <p class="closing-title"><a href=to>{marked(hit.title)}</a> " " {tag(hit.tender.state, hit.tender.deadline_at)}</p>
                {body}
                <p class="quiet">{buyer} " · " {hit.tender.number} " · " <Amount money=hit.tender.budget.into()/></p>
                {hit.tender.deadline_at.map(|at| view! { <p>{say("home-closing-until")} " " <Instant at/></p> })}
            </li>
        }
    });
    view! { <ul class="closing">{entries.collect_view()}</ul> }.into_any()
}

fn item_hits(hits: Vec<FoundItem>) -> AnyView {
    if hits.is_empty() {
        return view! {
            <Empty why=say("search-items-none")><p><a href="/items">{say("search-items-none-next")}</a></p></Empty>
        }
        .into_any();
    }
    let entries = hits.into_iter().map(|hit| {
        let visit = visit();
        let to = format!("/items/{}", hit.item.id.inner());
        let supplier = hit.item.supplier.map(|supplier| visit.local(&supplier.name).to_owned());
        view! {
            <li>
                <p class="closing-title"><a href=to>{marked(hit.title)}</a></p>
                <p class="quiet">{supplier} " · " {hit.item.number}</p>
                {price_lines(&hit.item.price_tiers)}
            </li>
        }
    });
    view! { <ul class="closing">{entries.collect_view()}</ul> }.into_any()
}
