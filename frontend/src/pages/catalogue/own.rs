//! A supplier's own catalogue: its items in every state, put on sale and taken off it.

use super::own_content::SupplierId;
use super::value::CatalogueItemStatus;
use crate::prelude::*;
use crate::schema::Sum;
use domain::identity::organization::OrganizationKind;
use domain::identity::role::Role;
use domain::money::Money;

#[derive(cynic::QueryVariables, Debug)]
struct Wanted {
    supplier: cynic::Id,
    after: Option<String>,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Query")]
struct Me {
    viewer: Option<Viewer>,
}

#[derive(cynic::QueryFragment, Debug)]
struct Viewer {
    organization: Organization,
}

#[derive(cynic::QueryFragment, Debug)]
struct Organization {
    id: cynic::Id,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Query", variables = "Wanted")]
struct OwnPage {
    #[arguments(filter: { supplierId: $supplier }, after: $after, first: 50)]
    items: CatalogueItemConnection,
}

#[derive(cynic::QueryFragment, Debug)]
struct CatalogueItemConnection {
    nodes: Vec<Row>,
    page_info: PageInfo,
    total_count: i32,
}

#[derive(cynic::QueryFragment, Debug)]
struct PageInfo {
    has_next_page: bool,
    end_cursor: Option<String>,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "CatalogueItem")]
struct Row {
    id: cynic::Id,
    number: String,
    name: Words,
    status: CatalogueItemStatus,
    list_price: Sum,
    stock: Option<i32>,
}

/// The list.
pub(super) async fn page(visit: &Visit) -> Answered {
    let viewer = visit.ask(Me::build(())).await?.viewer.ok_or(PageError::SignIn)?;
    if visit.viewer().is_none_or(|viewer| viewer.organization_kind != OrganizationKind::Supplier) {
        return Err(PageError::Forbidden);
    }
    let wanted = Wanted { supplier: viewer.organization.id, after: visit.query("after").map(str::to_owned) };
    let items = visit.ask(OwnPage::build(wanted)).await?.items;
    let sells = visit.has_role(Role::Seller);
    Page::titled(visit.say("section-catalogue")).wide().show(move || {
        let count = say_with("items-count", facts([("count", i64::from(items.total_count).into())]));
        let add = sells.then(|| view! { <LinkButton label=say("catalogue-add") to="/catalogue/new" kind=Kind::Primary/> });
        let cursors = Cursors { before: None, after: items.page_info.end_cursor.filter(|_| items.page_info.has_next_page) };
        let list = if items.nodes.is_empty() {
            view! { <Empty why=say("catalogue-empty")><p>{say("catalogue-empty-next")}</p></Empty> }.into_any()
        } else {
            table(items.nodes).into_any()
        };
        view! {
            <h1>{say("section-catalogue")}</h1>
            <div class="buttons">
                {add}
                {sells.then(|| view! { <LinkButton label=say("import-title") to="/catalogue/import"/> })}
            </div>
            <p role="status">{count}</p>
            {list}
            <Pagination cursors/>
        }
    })
}

fn table(rows: Vec<Row>) -> impl IntoView {
    let rows = rows.into_iter().map(|row| {
        let address = format!("/catalogue/{}", row.id.inner());
        let name = visit().local(&row.name).to_owned();
        view! {
            <tr>
                <td>{row.number}</td>
                <th scope="row"><a href=address>{name}</a></th>
                <td>{row.status.tag()}</td>
                <td class="number"><Amount money=Money::from(row.list_price)/></td>
                <td class="number">{row.stock}</td>
            </tr>
        }
    });
    let columns = vec![
        Column::new(say("item-field-number")),
        Column::new(say("item-field-name")),
        Column::new(say("item-status")),
        Column::number(say("item-field-tiers")),
        Column::number(say("item-field-stock")),
    ];
    view! { <Table caption=say("section-catalogue") columns>{rows.collect_view()}</Table> }
}

#[derive(cynic::QueryVariables, Debug)]
struct Which {
    id: cynic::Id,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Query", variables = "Which")]
struct OwnItemPage {
    #[arguments(id: $id)]
    item: Option<CatalogueItem>,
    viewer: Option<Viewer>,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
struct CatalogueItem {
    id: cynic::Id,
    number: String,
    status: CatalogueItemStatus,
    suspension_reason: Option<String>,
    name: Words,
    list_price: Sum,
    supplier: Option<SupplierId>,
}

/// One own item, and what can be done with it.
pub(super) async fn item(visit: &Visit, id: &str) -> Answered {
    visit.signed_in()?;
    let asked = visit.ask(OwnItemPage::build(Which { id: cynic::Id::new(id) })).await?;
    let item = asked.item.ok_or(PageError::NotFound)?;
    let own = asked.viewer.map(|viewer| viewer.organization.id);
    let is_own = own.is_some() && item.supplier.as_ref().map(|supplier| &supplier.id) == own.as_ref();
    let may_edit = is_own && visit.has_role(Role::Seller);
    let title = visit.local(&item.name).to_owned();
    Page::titled(title.clone()).crumb(visit.say("section-catalogue"), "/catalogue").show(move || {
        let form = if item.status == CatalogueItemStatus::Listed {
            view! {
                <Field name="reason" label=say("catalogue-withdraw-reason")/>
                <Button label=say("catalogue-withdraw") name="do" value="withdraw"/>
            }
            .into_any()
        } else {
            view! { <Button label=say("catalogue-list") kind=Kind::Primary name="do" value="list"/> }.into_any()
        };
        let public = format!("/items/{}", item.id.inner());
        let facts = vec![
            SummaryFact::new(say("item-field-number"), item.number.clone()),
            SummaryFact::new(say("item-unit-price"), Money::from(item.list_price.clone()).to_string()),
            SummaryFact::new(say("catalogue-withdraw-reason"), item.suspension_reason.clone().unwrap_or_else(|| "—".to_owned())),
        ];
        let edit = may_edit.then(|| {
            let to = format!("/catalogue/{}/edit", item.id.inner());
            view! { <p><LinkButton label=say("catalogue-edit") to/></p> }
        });
        view! {
            <h1>{title}</h1>
            <p>{item.status.tag()}</p>
            <SummaryList facts/>
            {edit}
            <Form>{form}</Form>
            <p><a href=public>{say("catalogue-as-buyers-see")}</a></p>
        }
    })
}

#[derive(cynic::InputObject, Debug)]
struct ListItemInput {
    item_id: cynic::Id,
}

#[derive(cynic::QueryVariables, Debug)]
struct Listing {
    input: ListItemInput,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Mutation", variables = "Listing")]
struct ListItem {
    #[arguments(input: $input)]
    list_item: ListItemPayload,
}

#[derive(cynic::QueryFragment, Debug)]
struct ListItemPayload {
    user_errors: Vec<UserError>,
}

#[derive(cynic::InputObject, Debug)]
struct WithdrawItemInput {
    item_id: cynic::Id,
    reason: String,
}

#[derive(cynic::QueryVariables, Debug)]
struct Withdrawing {
    input: WithdrawItemInput,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Mutation", variables = "Withdrawing")]
struct WithdrawItem {
    #[arguments(input: $input)]
    withdraw_item: WithdrawItemPayload,
}

#[derive(cynic::QueryFragment, Debug)]
struct WithdrawItemPayload {
    user_errors: Vec<UserError>,
}

/// Offers an item to every buyer; or why not.
///
/// # Errors
/// As [`Visit::ask`].
async fn list(visit: &Visit, id: &str) -> Result<Vec<UserError>, PageError> {
    let input = ListItemInput { item_id: cynic::Id::new(id) };
    Ok(visit.ask(ListItem::build(Listing { input })).await?.list_item.user_errors)
}

/// Puts an item on sale or takes it off.
pub(super) async fn act(visit: &Visit, id: &str) -> Answered {
    let errors = if visit.posted("do") == Some("withdraw") {
        let input = WithdrawItemInput { item_id: cynic::Id::new(id), reason: visit.posted("reason").unwrap_or_default().to_owned() };
        visit.ask(WithdrawItem::build(Withdrawing { input })).await?.withdraw_item.user_errors
    } else {
        list(visit, id).await?
    };
    if errors.is_empty() { Answer::go(format!("/catalogue/{id}")) } else { Answer::again(errors) }
}
