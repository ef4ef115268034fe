//! The list of notices.

use super::state::tag;
use crate::prelude::*;
use domain::identity::role::Role;

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::pages) enum TenderStateName {
    Draft,
    Submitted,
    Approved,
    Published,
    Opened,
    Qualified,
    InEvaluation,
    Reported,
    AwardConfirmed,
    Awarded,
    Contracted,
    Failed,
    Cancelled,
}

#[derive(cynic::QueryVariables, Debug)]
struct Which {
    filter: TenderFilter,
    after: Option<String>,
}

#[derive(cynic::InputObject, Debug)]
struct TenderFilter {
    states: Vec<TenderStateName>,
    category: Option<String>,
    is_open: bool,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Query", variables = "Which")]
struct TendersPage {
    #[arguments(filter: $filter, first: 20, after: $after)]
    tenders: TenderConnection,
}

#[derive(cynic::QueryFragment, Debug)]
struct TenderConnection {
    nodes: Vec<Tender>,
    page_info: PageInfo,
    total_count: i32,
}

#[derive(cynic::QueryFragment, Debug)]
struct PageInfo {
    has_next_page: bool,
    end_cursor: Option<String>,
}

#[derive(cynic::QueryFragment, Debug)]
struct Tender {
    id: cynic::Id,
    number: String,
    title: Words,
    state: TenderStateName,
    budget: Sum,
    deadline_at: Option<chrono::DateTime<chrono::Utc>>,
    buyer: Option<Organization>,
}

#[derive(cynic::QueryFragment, Debug)]
struct Organization {
    name: Words,
}

/// The kinds of notices that the filter offers, by the states that each stands for.
pub(super) const KINDS: [(&str, &[TenderStateName]); 4] = [
    ("open", &[TenderStateName::Published]),
    (
        "underway",
        &[
            TenderStateName::Opened, TenderStateName::Qualified, TenderStateName::InEvaluation, TenderStateName::Reported,
            TenderStateName::AwardConfirmed,
        ],
    ),
    ("awarded", &[TenderStateName::Awarded, TenderStateName::Contracted]),
    ("ended", &[TenderStateName::Failed, TenderStateName::Cancelled]),
];

/// The page.
pub(super) async fn page(visit: &Visit) -> Answered {
    if let Some(text) = visit.query("text") {
        return super::tender_search::page(visit, text).await;
    }
    let kind = visit.query("kind").unwrap_or_default().to_owned();
    let category = visit.query("category").map(str::to_owned);
    let states = KINDS.iter().find(|(name, _)| *name == kind).map(|(_, states)| states.to_vec()).unwrap_or_default();
    let filter = TenderFilter { states, category: category.clone(), is_open: kind == "open" };
    let after = visit.query("after").map(str::to_owned);
    let TendersPage { tenders } = visit.ask(TendersPage::build(Which { filter, after })).await?;
    let count = visit.say_with("tenders-count", facts([("count", i64::from(tenders.total_count).into())]));
    let cursors = Cursors { before: None, after: tenders.page_info.end_cursor.filter(|_| tenders.page_info.has_next_page) };
    let drafts = visit.has_role(Role::Officer);
    Page::titled(visit.say("tenders-title")).described(visit.say("tenders-lead")).wide().show(move || {
        let columns = ["tender-title", "tender-buyer", "tender-state", "tender-budget", "tender-deadline"];
        let columns = columns.map(|key| Column::new(say(key))).into();
        let is_empty = tenders.nodes.is_empty();
        let rows = tenders.nodes.into_iter().map(row).collect_view();
        let list = if is_empty {
            view! { <Empty why=say("tenders-none")><p><a href="/tenders">{say("tenders-all")}</a></p></Empty> }.into_any()
        } else {
            view! {
                <Table caption=say("tenders-order") columns>{rows}</Table>
                <Pagination cursors count=count/>
            }
            .into_any()
        };
        view! {
            <h1>{say("tenders-title")}</h1>
            {drafts.then(|| view! { <p><LinkButton label=say("tender-begin") to="/tenders/new"/></p> })}
            <form method="get" class="filters">
                {filter_fields("", &kind)}
                <Field name="category" label=say("tender-category") value=category.unwrap_or_default() width="short"/>
                <Button label=say("tenders-filter")/>
            </form>
            {list}
        }
    })
}

/// What was typed, and the kind of notice.
pub(super) fn filter_fields(text: &str, kind: &str) -> impl IntoView + use<> {
    let picks = KINDS.iter().map(|(name, _)| Pick::new(*name, say(&format!("tenders-kind-{name}"))));
    let picks: Vec<Pick> = std::iter::once(Pick::new("", say("tenders-kind-all"))).chain(picks).collect();
    view! {
        <Field name="text" label=say("tenders-search") kind="search" value=text.to_owned()/>
        <Select name="kind" label=say("tenders-kind") picks value=kind.to_owned()/>
    }
}

fn row(tender: Tender) -> impl IntoView {
    let visit = visit();
    let to = format!("/tenders/{}", tender.id.inner());
    let buyer = tender.buyer.map(|buyer| visit.local(&buyer.name).to_owned());
    view! {
        <tr>
            <th scope="row"><a href=to>{visit.local(&tender.title).to_owned()}</a><br/><small>{tender.number}</small></th>
            <td>{buyer}</td>
            <td>{tag(tender.state)}</td>
            <td class="number"><Amount money=tender.budget.into()/></td>
            <td>{tender.deadline_at.map(|at| view! { <Instant at/> })}</td>
        </tr>
    }
}
