//! The public page of a buyer or a supplier: what everybody may know, and nothing else.

use super::value::{Organization, OrganizationKind, facts_of};
use crate::prelude::*;

#[derive(cynic::QueryVariables, Debug)]
struct Which {
    id: cynic::Id,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Query", variables = "Which")]
struct SupplierPage {
    #[arguments(id: $id)]
    organization: Option<Organization>,
    #[arguments(filter: { supplierId: $id, statuses: [LISTED] }, first: 12)]
    items: CatalogueItemConnection,
    #[arguments(supplierId: $id)]
    supplier_awards: Vec<Award>,
}

#[derive(cynic::QueryFragment, Debug)]
struct CatalogueItemConnection {
    nodes: Vec<CatalogueItem>,
    total_count: i32,
}

#[derive(cynic::QueryFragment, Debug)]
struct CatalogueItem {
    id: cynic::Id,
    name: Words,
    list_price: Sum,
}

#[derive(cynic::QueryFragment, Debug)]
struct Award {
    tender_id: cynic::Id,
    tender: Option<Titled>,
    price: Sum,
    published_at: Option<chrono::DateTime<chrono::Utc>>,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Tender")]
struct Titled {
    title: Words,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Query", variables = "Which")]
struct BuyerPage {
    #[arguments(id: $id)]
    organization: Option<Organization>,
    #[arguments(filter: { buyerId: $id, isOpen: true }, first: 20)]
    tenders: TenderConnection,
    #[cynic(alias, rename = "tenders")]
    #[arguments(filter: { buyerId: $id, states: [AWARDED, CONTRACTED] }, first: 20)]
    awarded: TenderConnection,
}

#[derive(cynic::QueryFragment, Debug)]
struct TenderConnection {
    nodes: Vec<Tender>,
    total_count: i32,
}

#[derive(cynic::QueryFragment, Debug)]
struct Tender {
    id: cynic::Id,
    title: Words,
    budget: Sum,
    deadline_at: Option<chrono::DateTime<chrono::Utc>>,
}

/// A supplier: its listed items and what it has won.
pub(super) async fn supplier(visit: &Visit, id: &str) -> Answered {
    let asked = visit.ask(SupplierPage::build(Which { id: id.into() })).await?;
    let organization = asked.organization.filter(|one| one.kind == OrganizationKind::Supplier).ok_or(PageError::NotFound)?;
    let (items, awards) = (asked.items, asked.supplier_awards);
    let title = visit.local(&organization.name).to_owned();
    Page::titled(title.clone()).described(title.clone()).show(move || {
        let visit = visit_here();
        let count = say_with("items-count", facts([("count", i64::from(items.total_count).into())]));
        let listed = items.nodes.iter().map(|item| {
            let to = format!("/items/{}", item.id.inner());
            view! { <li><a href=to>{visit.local(&item.name).to_owned()}</a> " · " <Amount money=item.list_price.clone().into()/></li> }
        });
        let listed = listed.collect_view();
        let won = awards.iter().map(|award| {
            let to = format!("/tenders/{}/award", award.tender_id.inner());
            let title = award.tender.as_ref().map(|tender| visit.local(&tender.title).to_owned());
            let at = award.published_at.map(|at| view! { " · " <Instant at/> });
            view! { <li><a href=to>{title}</a> " · " <Amount money=award.price.clone().into()/> {at}</li> }
        });
        let won = won.collect::<Vec<_>>();
        view! {
            <h1>{title}</h1>
            <SummaryList facts=facts_of(&organization)/>
            <h2>{say("party-items")}</h2>
            <p>{count}</p>
            <ul>{listed}</ul>
            <h2>{say("party-awards")}</h2>
            {if won.is_empty() { view! { <p>{say("party-awards-none")}</p> }.into_any() } else { view! { <ul>{won}</ul> }.into_any() }}
        }
    })
}

/// A buyer: what it asks for now and what it has awarded.
pub(super) async fn buyer(visit: &Visit, id: &str) -> Answered {
    let asked = visit.ask(BuyerPage::build(Which { id: id.into() })).await?;
    let organization = asked.organization.filter(|one| one.kind == OrganizationKind::Buyer).ok_or(PageError::NotFound)?;
    let (open, awarded) = (asked.tenders, asked.awarded);
    let title = visit.local(&organization.name).to_owned();
    Page::titled(title.clone()).described(title.clone()).show(move || {
        view! {
            <h1>{title}</h1>
            <SummaryList facts=facts_of(&organization)/>
            <h2>{say("party-open")}</h2>
            {list(open, "party-open-none", "")}
            <h2>{say("party-awarded")}</h2>
            {list(awarded, "party-awarded-none", "/award")}
        }
    })
}

fn list(tenders: TenderConnection, none: &str, below: &'static str) -> AnyView {
    if tenders.nodes.is_empty() {
        return view! { <p>{say(none)}</p> }.into_any();
    }
    let visit = visit_here();
    let count = say_with("tenders-count", facts([("count", i64::from(tenders.total_count).into())]));
    let entries = tenders.nodes.into_iter().map(|tender| {
        let to = format!("/tenders/{}{below}", tender.id.inner());
        let deadline = tender.deadline_at.filter(|_| below.is_empty());
        let deadline = deadline.map(|at| view! { <div><dt>{say("tender-deadline")}</dt><dd><Instant at/></dd></div> });
        view! {
            <li>
                <h3><a href=to>{visit.local(&tender.title).to_owned()}</a></h3>
                <dl><div><dt>{say("tender-budget")}</dt><dd><Amount money=tender.budget.into()/></dd></div>{deadline}</dl>
            </li>
        }
    });
    let entries = entries.collect_view();
    view! { <p>{count}</p> <ul class="notices">{entries}</ul> }.into_any()
}

fn visit_here() -> Visit {
    crate::visit::visit()
}
