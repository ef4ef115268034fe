//! The bid securities of the organization for which the reader acts: those due back first, or the newest first, to be
//! narrowed down to a state.

use super::security_value::{BidSecurityState, SecurityMeans, due};
use super::value::{OnDay, Party};
use crate::prelude::*;

/// The filter for what waits to go back.
const DUE_BACK: &str = "due-back";

#[derive(cynic::QueryVariables)]
struct Which {
    after: Option<String>,
    states: Vec<BidSecurityState>,
    due_back: bool,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query", variables = "Which")]
struct SecuritiesPage {
    #[arguments(first: 20, after: $after, states: $states, dueBack: $due_back)]
    bid_securities: BidSecurityConnection,
}

#[derive(cynic::QueryFragment)]
struct BidSecurityConnection {
    edges: Vec<BidSecurityEdge>,
    page_info: PageInfo,
}

#[derive(cynic::QueryFragment)]
struct BidSecurityEdge {
    node: BidSecurity,
}

#[derive(cynic::QueryFragment)]
struct PageInfo {
    has_next_page: bool,
    end_cursor: Option<String>,
}

#[derive(cynic::QueryFragment)]
struct BidSecurity {
    id: cynic::Id,
    tender: Option<Tender>,
    supplier: Option<Party>,
    amount: Sum,
    means: SecurityMeans,
    state: BidSecurityState,
    is_owed_back: bool,
    due_back_on: Option<OnDay>,
    due_back_unknown_year: Option<i32>,
}

#[derive(cynic::QueryFragment)]
struct Tender {
    number: String,
    title: Words,
}

/// The page.
pub(super) async fn page(visit: &Visit) -> Answered {
    visit.signed_in()?;
    let chosen = visit.query("state").map(str::to_owned).unwrap_or_default();
    let state = BidSecurityState::ALL.into_iter().find(|(_, name)| *name == chosen);
    let which = Which {
        after: visit.query("after").map(str::to_owned),
        states: state.iter().map(|(state, _)| *state).collect(),
        due_back: chosen == DUE_BACK,
    };
    let asked = visit.ask(SecuritiesPage::build(which)).await?;
    Page::titled(visit.say("section-securities")).wide().show(move || {
        let BidSecurityConnection { edges, page_info } = asked.bid_securities;
        let cursors = Cursors { before: None, after: page_info.end_cursor.filter(|_| page_info.has_next_page) };
        view! {
            <h1>{say("section-securities")}</h1>
            <p class="lead">{say("securities-lead")}</p>
            {filter(&chosen)}
            {rows(edges.into_iter().map(|edge| edge.node).collect())}
            <Pagination cursors/>
        }
    })
}

fn filter(chosen: &str) -> impl IntoView + use<> {
    let options = BidSecurityState::ALL
        .into_iter()
        .map(|(state, name)| view! { <option value=name selected=chosen == name>{state.label()}</option> })
        .collect_view();
    view! {
        <form class="order-filter" method="get" action="/securities">
            <label for="securities-filter-state">{say("securities-filter")}</label>
            <select id="securities-filter-state" name="state">
                <option value="">{say("securities-filter-all")}</option>
                <option value=DUE_BACK selected=chosen == DUE_BACK>{say("securities-filter-due-back")}</option>
                {options}
            </select>
            <button class="button" type="submit">{say("securities-filter-do")}</button>
        </form>
    }
}

fn rows(securities: Vec<BidSecurity>) -> AnyView {
    if securities.is_empty() {
        return view! { <Empty why=say("securities-none")><p>{say("securities-none-next")}</p></Empty> }.into_any();
    }
    let visit = visit();
    let rows = securities
        .into_iter()
        .map(|one| {
            let number = one.tender.as_ref().map(|tender| tender.number.clone()).unwrap_or_default();
            let title = one.tender.as_ref().map(|tender| visit.local(&tender.title).to_owned());
            let supplier = one.supplier.as_ref().map(|supplier| visit.local(&supplier.name).to_owned());
            view! {
                <tr>
                    <th scope="row"><a href=format!("/securities/{}", one.id.inner())>{number}</a><br/><small>{title}</small></th>
                    <td>{supplier}</td>
                    <td>{one.means.label()}</td>
                    <td class="number"><Amount money=one.amount.into()/></td>
                    <td><Tag state=one.state.kind() label=one.state.label()/></td>
                    <td>{due(one.due_back_on.map(|day| day.0), one.due_back_unknown_year, one.is_owed_back)}</td>
                </tr>
            }
        })
        .collect_view();
    let columns = vec![
        Column::new(say("security-tender")),
        Column::new(say("security-supplier")),
        Column::new(say("security-means")),
        Column::number(say("security-amount")),
        Column::new(say("security-state")),
        Column::new(say("security-due")),
    ];
    view! { <Table caption=say("securities-caption") columns>{rows}</Table> }.into_any()
}
