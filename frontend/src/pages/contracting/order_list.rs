//! The orders of the organization for which the reader acts, the newest first, to be narrowed down to a state.

use super::value::{OrderState, Party};
use crate::prelude::*;

#[derive(cynic::QueryVariables)]
struct Which {
    after: Option<String>,
    states: Vec<OrderState>,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query", variables = "Which")]
struct OrderListPage {
    #[arguments(first: 20, after: $after, states: $states)]
    orders: OrderConnection,
}

#[derive(cynic::QueryFragment)]
struct OrderConnection {
    nodes: Vec<Order>,
    page_info: PageInfo,
    total_count: i32,
}

#[derive(cynic::QueryFragment)]
struct PageInfo {
    has_next_page: bool,
    end_cursor: Option<String>,
}

#[derive(cynic::QueryFragment)]
struct Order {
    id: cynic::Id,
    number: String,
    state: OrderState,
    buyer: Party,
    supplier: Party,
    placed_at: chrono::DateTime<chrono::Utc>,
    value: Sum,
}

/// The page.
pub(super) async fn page(visit: &Visit) -> Answered {
    visit.signed_in()?;
    let chosen = visit.query("state").and_then(|name| OrderState::ALL.into_iter().find(|(_, known)| *known == name));
    let states = chosen.iter().map(|(state, _)| *state).collect();
    let after = visit.query("after").map(str::to_owned);
    let asked = visit.ask(OrderListPage::build(Which { after, states })).await?;
    Page::titled(visit.say("section-orders")).wide().show(move || {
        let OrderConnection { nodes, page_info, total_count } = asked.orders;
        let count = say_with("order-count", facts([("count", i64::from(total_count).into())]));
        let cursors = Cursors { before: None, after: page_info.end_cursor.filter(|_| page_info.has_next_page) };
        view! {
            <h1>{say("section-orders")}</h1>
            {filter(chosen.map(|(_, name)| name))}
            {rows(nodes)}
            <Pagination cursors count/>
        }
    })
}

fn filter(chosen: Option<&'static str>) -> impl IntoView {
    let options = OrderState::ALL
        .into_iter()
        .map(|(state, name)| view! { <option value=name selected=chosen == Some(name)>{state.label()}</option> })
        .collect_view();
    view! {
        <form class="order-filter" method="get" action="/orders">
            <label for="order-filter-state">{say("order-filter-state")}</label>
            <select id="order-filter-state" name="state"><option value="">{say("order-filter-all")}</option>{options}</select>
            <button class="button" type="submit">{say("order-filter")}</button>
        </form>
    }
}

fn rows(orders: Vec<Order>) -> AnyView {
    if orders.is_empty() {
        return view! { <Empty why=say("order-none")><p>{say("order-none-next")}</p></Empty> }.into_any();
    }
    let visit = visit();
    let rows = orders
        .into_iter()
        .map(|order| {
            view! {
                <tr>
                    <th scope="row"><a href=format!("/orders/{}", order.id.inner())>{order.number}</a></th>
                    <td><Tag state=order.state.kind() label=order.state.label()/></td>
                    <td>{visit.local(&order.buyer.name).to_owned()}</td>
                    <td>{visit.local(&order.supplier.name).to_owned()}</td>
                    <td><Instant at=order.placed_at/></td>
                    <td class="number"><Amount money=order.value.clone().into()/></td>
                </tr>
            }
        })
        .collect_view();
    let columns = vec![
        Column::new(say("order-number")),
        Column::new(say("order-state")),
        Column::new(say("order-side-buyer")),
        Column::new(say("order-side-supplier")),
        Column::new(say("order-placed-at")),
        Column::number(say("order-value")),
    ];
    view! { <Table caption=say("order-list-caption") columns>{rows}</Table> }.into_any()
}
