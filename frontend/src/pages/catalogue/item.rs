//! One item: prices, facts, supplier, and the way into the basket.

use super::value::{CatalogueItemStatus, EnterpriseSize, PriceTier, Supplier, picture_place, unit_name};
use crate::prelude::*;
use domain::identity::role::Role;
use domain::money::Money;

#[derive(cynic::QueryVariables, Debug)]
struct Which {
    id: cynic::Id,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Query", variables = "Which")]
struct ItemPage {
    #[arguments(id: $id)]
    item: Option<CatalogueItem>,
}

#[derive(cynic::QueryFragment, Debug)]
struct CatalogueItem {
    id: cynic::Id,
    number: String,
    status: CatalogueItemStatus,
    is_on_sale: bool,
    suspension_reason: Option<String>,
    name: Words,
    description: Words,
    brand: String,
    model: String,
    unit: String,
    gtin: Option<String>,
    stock: Option<i32>,
    lead_time_days: Option<i32>,
    attributes: Vec<ItemAttribute>,
    pictures: Vec<ItemPicture>,
    price_tiers: Vec<PriceTier>,
    areas: Vec<DeliveryArea>,
    category: Option<Category>,
    supplier: Option<Supplier>,
}

#[derive(cynic::QueryFragment, Debug)]
struct ItemAttribute {
    key: Words,
    value: Words,
}

#[derive(cynic::QueryFragment, Debug)]
struct ItemPicture {
    alt: Words,
    file: Option<Picture>,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "File")]
struct Picture {
    address: String,
}

#[derive(cynic::QueryFragment, Debug)]
struct DeliveryArea {
    name: Words,
}

#[derive(cynic::QueryFragment, Debug)]
struct Category {
    code: String,
    name: Words,
}

/// The page.
pub(super) async fn page(visit: &Visit, id: &str) -> Answered {
    let asked = visit.ask(ItemPage::build(Which { id: cynic::Id::new(id) })).await?;
    let item = asked.item.ok_or(PageError::NotFound)?;
    let title = visit.local(&item.name).to_owned();
    Page::titled(title.clone()).described(visit.local(&item.description).to_owned()).crumb(visit.say("section-items"), "/items").show(move || {
        let visit = visit_now();
        let reason = item.suspension_reason.clone().map(|reason| {
            view! { <Notice tone=Tone::Warning title=say("item-state-suspended")>{reason}</Notice> }
        });
        let least = item.price_tiers.first().map_or(1, |tier| tier.least_quantity);
        let basket = item.is_on_sale.then(|| if visit.has_role(Role::Officer) { basket_form(item.id.inner(), least).into_any() } else { who_buys(&visit) });
        let compare = format!("/compare?item={}", item.id.inner());
        view! {
            <h1>{title.clone()}</h1>
            <p>{item.status.tag()}</p>
            {reason}
            <div class="columns">
                <div>{pictures(&visit, &item, &title)}<p>{visit.local(&item.description).to_owned()}</p></div>
                <div>{prices(&item)}{basket}<p><a href=compare>{say("items-compare-do")}</a></p></div>
            </div>
            <h2>{say("item-facts")}</h2>
            <SummaryList facts=summary(&visit, &item)/>
        }
    })
}

/// Its pictures, each opening in its full size; or the place where one would stand.
fn pictures(visit: &Visit, item: &CatalogueItem, title: &str) -> AnyView {
    let shown = item.pictures.iter().filter_map(|picture| Some((picture.file.as_ref()?.address.clone(), visit.local(&picture.alt).to_owned())));
    let shown = shown.map(|(address, alt)| {
        let whole = address.clone();
        view! { <li><a href=whole><img class="item-picture" src=address alt=alt width="160" height="120"/></a></li> }
    });
    let shown: Vec<_> = shown.collect();
    if shown.is_empty() { picture_place(title).into_any() } else { view! { <ul class="pictures">{shown}</ul> }.into_any() }
}

fn visit_now() -> Visit {
    crate::visit::visit()
}

fn prices(item: &CatalogueItem) -> impl IntoView + use<> {
    let rows = item.price_tiers.iter().cloned().map(|tier| {
        let from = say_with("item-from-quantity", facts([("quantity", i64::from(tier.least_quantity).into())]));
        view! { <tr><th scope="row">{from}</th><td class="number"><Amount money=Money::from(tier.price)/></td></tr> }
    });
    let unit = unit_name(&item.unit);
    let columns = vec![
        Column::new(say_with("item-quantity-in", facts([("unit", unit.into())]))),
        Column::number(say("item-unit-price")),
    ];
    let rows = rows.collect_view();
    view! { <Table caption=say("item-prices") columns>{rows}</Table> }
}

/// For those who can't put it into a basket: who can, and what the reader may do instead.
fn who_buys(visit: &Visit) -> AnyView {
    if visit.viewer().is_none() {
        let to = format!("/sign-in?next={}", crate::visit::escape(visit.path()));
        return view! { <p class="help">{say("item-buy-signed-out")} " " <a href=to>{say("sign-in")}</a></p> }.into_any();
    }
    let key = if visit.has_role(Role::Seller) { "item-buy-seller" } else { "item-buy-other" };
    view! { <p class="help">{say(key)}</p> }.into_any()
}

fn basket_form(id: &str, least: i32) -> impl IntoView + use<> {
    let id = id.to_owned();
    view! {
        <Form action="/basket">
            <input type="hidden" name="do" value="add"/>
            <input type="hidden" name="itemId" value=id/>
            <Field name="quantity" label=say("item-quantity") kind="number" inputmode="numeric" width="narrow" value=least.to_string()/>
            <Button label=say("item-add-to-basket") kind=Kind::Primary/>
        </Form>
    }
}

fn summary(visit: &Visit, item: &CatalogueItem) -> Vec<SummaryFact> {
    let mut facts_of = vec![SummaryFact::new(say("item-field-number"), item.number.clone())];
    let mut add = |key: &str, value: Option<String>| {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            facts_of.push(SummaryFact::new(say(key), value));
        }
    };
    add("items-facet-supplier", item.supplier.as_ref().map(|supplier| {
        let name = visit.local(&supplier.name);
        supplier.enterprise_size.map_or_else(|| name.to_owned(), |size| format!("{name} · {}", EnterpriseSize::label(size)))
    }));
    add("item-field-category", item.category.as_ref().map(|category| format!("{} {}", category.code, visit.local(&category.name))));
    add("item-field-brand", Some(item.brand.clone()));
    add("item-field-model", Some(item.model.clone()));
    add("item-field-gtin", item.gtin.clone());
    add("item-field-stock", item.stock.map(|stock| stock.to_string()));
    add("item-field-lead-time-days", item.lead_time_days.map(|days| say_with("item-days", facts([("days", i64::from(days).into())]))));
    let areas: Vec<&str> = item.areas.iter().map(|area| visit.local(&area.name)).collect();
    let separator = if visit.language() == Language::Chinese { "、" } else { ", " };
    add("item-field-areas", Some(if areas.is_empty() { say("item-nationwide") } else { areas.join(separator) }));
    for attribute in &item.attributes {
        facts_of.push(SummaryFact::new(visit.local(&attribute.key).to_owned(), visit.local(&attribute.value).to_owned()));
    }
    facts_of
}
