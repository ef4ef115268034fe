//! Items side by side: the best price is marked with a word, and what nobody says is left empty.

use super::value::{EnterpriseSize, PriceTier, Supplier, price_lines, unit_name};
use crate::prelude::*;

/// The most items side by side.
const ITEMS_MOST: usize = 6;

#[derive(cynic::QueryVariables, Debug)]
struct Which {
    ids: Vec<cynic::Id>,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Query", variables = "Which")]
struct ComparePage {
    #[arguments(ids: $ids)]
    items_by_ids: Vec<CatalogueItem>,
}

#[derive(cynic::QueryFragment, Debug)]
struct CatalogueItem {
    id: cynic::Id,
    name: Words,
    brand: String,
    model: String,
    unit: String,
    gtin: Option<String>,
    stock: Option<i32>,
    lead_time_days: Option<i32>,
    attributes: Vec<ItemAttribute>,
    price_tiers: Vec<PriceTier>,
    supplier: Option<Supplier>,
}

#[derive(cynic::QueryFragment, Debug)]
struct ItemAttribute {
    key: Words,
    value: Words,
}

/// The page.
pub(super) async fn page(visit: &Visit) -> Answered {
    let ids = visit.queries().iter().filter(|(name, _)| name == "item").map(|(_, id)| cynic::Id::new(id.as_str()));
    let ids: Vec<cynic::Id> = ids.take(ITEMS_MOST).collect();
    let items = visit.ask(ComparePage::build(Which { ids })).await?.items_by_ids;
    Page::titled(visit.say("items-compare")).crumb(visit.say("section-items"), "/items").wide().show(move || {
        let body = if items.is_empty() {
            view! { <Empty why=say("items-compare-none")><LinkButton label=say("items-search-do") to="/items"/></Empty> }.into_any()
        } else {
            table(&items).into_any()
        };
        view! { <h1>{say("items-compare")}</h1> {body} }
    })
}

fn line(label: String, cells: impl Iterator<Item = AnyView>) -> AnyView {
    let cells = cells.map(|cell| view! { <td>{cell}</td> }).collect_view();
    view! { <tr><th scope="row">{label}</th>{cells}</tr> }.into_any()
}

fn table(items: &[CatalogueItem]) -> impl IntoView + use<> {
    let visit = visit();
    let price = |item: &CatalogueItem| item.price_tiers.first().map(|tier| (tier.price.currency.clone(), tier.price.amount_minor));
    let currencies: Vec<String> = items.iter().filter_map(|item| price(item).map(|(currency, _)| currency)).collect();
    // Prices of different currencies don't compare.
    let is_comparable = items.len() > 1 && currencies.windows(2).all(|pair| pair[0] == pair[1]);
    let best = items.iter().filter_map(|item| price(item).map(|(_, minor)| minor)).min().filter(|_| is_comparable);
    let heads = items.iter().map(|item| Column::new(visit.local(&item.name).to_owned()));
    let columns = std::iter::once(Column::new(say("items-compare-what"))).chain(heads).collect();
    let prices = items.iter().map(|item| {
        let is_best = best.is_some() && price(item).map(|(_, minor)| minor) == best;
        let mark = is_best.then(|| view! { <Tag state=State::Good label=say("items-compare-best")/> });
        view! { {price_lines(&item.price_tiers)} {mark} }.into_any()
    });
    let text = |value: String| if value.is_empty() { view! { <span class="quiet">"—"</span> }.into_any() } else { value.into_any() };
    let number = |value: Option<i32>| text(value.map(|value| value.to_string()).unwrap_or_default());
    let suppliers = items.iter().map(|item| {
        let supplier = item.supplier.as_ref().map(|supplier| {
            let size = supplier.enterprise_size.map(EnterpriseSize::label).unwrap_or_default();
            format!("{} {size}", visit.local(&supplier.name))
        });
        text(supplier.unwrap_or_default())
    });
    let mut keys: Vec<String> = Vec::new();
    for attribute in items.iter().flat_map(|item| &item.attributes) {
        let key = visit.local(&attribute.key).to_owned();
        if !keys.contains(&key) {
            keys.push(key);
        }
    }
    let attributes = keys.into_iter().map(|key| {
        let cells: Vec<AnyView> = items
            .iter()
            .map(|item| {
                let found = item.attributes.iter().find(|attribute| visit.local(&attribute.key) == key);
                text(found.map(|attribute| visit.local(&attribute.value).to_owned()).unwrap_or_default())
            })
            .collect();
        line(key, cells.into_iter())
    });
    let links = items.iter().map(|item| view! { <a href=format!("/items/{}", item.id.inner())>{say("items-compare-open")}</a> }.into_any());
    let mut rows = vec![
        line(say("item-field-tiers"), prices),
        line(say("item-field-unit"), items.iter().map(|item| text(unit_name(&item.unit)))),
        line(say("items-facet-supplier"), suppliers),
        line(say("item-field-brand"), items.iter().map(|item| text(item.brand.clone()))),
        line(say("item-field-model"), items.iter().map(|item| text(item.model.clone()))),
        line(say("item-field-gtin"), items.iter().map(|item| text(item.gtin.clone().unwrap_or_default()))),
        line(say("item-field-stock"), items.iter().map(|item| number(item.stock))),
        line(say("item-lead-days"), items.iter().map(|item| number(item.lead_time_days))),
    ];
    rows.extend(attributes);
    rows.push(line(say("items-compare-more"), links));
    view! { <Table caption=say("items-compare-caption") columns>{rows}</Table> }
}
