//! The list of notices.

use super::draft::Category;
use super::editor::category_picks;
use super::state::tag;
use crate::prelude::*;
use chrono::{DateTime, TimeDelta, Utc};
use domain::identity::role::Role;

mirror! {
    pub(in crate::pages) enum TenderStateName as "TenderStateName" of domain::tendering::tender::TenderStateName {
        Draft, Submitted, Approved, Announced, Published, Opened, Qualified, Negotiating, FinalOffers, FinalOpened, InEvaluation,
        Reported, AwardConfirmed, Awarded, Contracted, Failed, Cancelled, Suspended,
    }
}

impl TenderStateName {
    /// The key of its words.
    pub(super) fn text_key(self) -> String {
        self.law().text_key()
    }

    /// Whether only the buyer's people know of the tender.
    pub(super) const fn is_before_notice(self) -> bool {
        self.law().is_before_notice()
    }

    /// Whether its bids are open and it stands: who has bid is no secret from the buyer's people.
    pub(super) const fn has_opened_bids(self) -> bool {
        self.law().has_opened_bids()
    }

    /// Whether bids, first or final, are taken in it.
    pub(super) const fn takes_bids(self) -> bool {
        self.law().takes_bids()
    }
}

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
enum TenderSort {
    Newest,
    Deadline,
    Budget,
}

/// The orders that the filter offers, by the word in the address.
const SORTS: [(&str, TenderSort); 3] = [("newest", TenderSort::Newest), ("deadline", TenderSort::Deadline), ("budget", TenderSort::Budget)];

/// Within how many days the filter offers a deadline.
const WITHIN_DAYS: [&str; 3] = ["3", "7", "30"];

#[derive(cynic::QueryVariables, Debug)]
struct Which {
    filter: TenderFilter,
    sort: TenderSort,
    after: Option<String>,
}

#[derive(cynic::InputObject, Debug)]
struct TenderFilter {
    states: Vec<TenderStateName>,
    category: Option<String>,
    is_open: bool,
    deadline_before: Option<DateTime<Utc>>,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Query", variables = "Which")]
struct TendersPage {
    #[arguments(filter: $filter, sort: $sort, first: 20, after: $after)]
    tenders: TenderConnection,
    categories: Vec<Category>,
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
pub(super) const KINDS: [(&str, &[TenderStateName]); 5] = [
    ("open", &[TenderStateName::Published]),
    ("announced", &[TenderStateName::Announced]),
    (
        "underway",
        &[
            TenderStateName::Opened, TenderStateName::Qualified, TenderStateName::Negotiating, TenderStateName::FinalOffers,
            TenderStateName::FinalOpened, TenderStateName::InEvaluation, TenderStateName::Reported,
            TenderStateName::AwardConfirmed, TenderStateName::Suspended,
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
    let asked_for = |name: &str| visit.query(name).unwrap_or_default().to_owned();
    let (kind, category, within) = (asked_for("kind"), asked_for("category"), asked_for("within"));
    let sort = SORTS.into_iter().find(|(name, _)| *name == asked_for("sort")).unwrap_or(SORTS[0]);
    let days: Option<i64> = within.parse().ok().filter(|_| WITHIN_DAYS.contains(&within.as_str()));
    let filter = TenderFilter {
        states: KINDS.iter().find(|(name, _)| *name == kind).map(|(_, states)| states.to_vec()).unwrap_or_default(),
        category: visit.query("category").map(str::to_owned),
        // A deadline within some days is one that has not passed.
        is_open: kind == "open" || days.is_some() && kind.is_empty(),
        deadline_before: days.map(|days| visit.now() + TimeDelta::days(days)),
    };
    let after = visit.query("after").map(str::to_owned);
    let TendersPage { tenders, categories } = visit.ask(TendersPage::build(Which { filter, sort: sort.1, after })).await?;
    let count = visit.say_with("tenders-count", facts([("count", i64::from(tenders.total_count).into())]));
    let cursors = Cursors { before: None, after: tenders.page_info.end_cursor.filter(|_| tenders.page_info.has_next_page) };
    let drafts = visit.has_role(Role::Officer);
    Page::titled(visit.say("tenders-title")).described(visit.say("tenders-lead")).wide().show(move || {
        let any = |key: &str| Pick::new("", say(key));
        let sorts = SORTS.map(|(name, _)| Pick::new(name, say(&format!("tenders-sort-{name}"))));
        let within_picks: Vec<_> = std::iter::once(any("tenders-within-any"))
            .chain(WITHIN_DAYS.map(|days| Pick::new(days, say_with("tenders-within", facts([("days", days.parse::<i64>().unwrap_or_default().into())]))))).collect();
        let categories: Vec<_> = std::iter::once(any("tenders-category-all")).chain(category_picks(&categories)).collect();
        let is_empty = tenders.nodes.is_empty();
        let entries = tenders.nodes.into_iter().map(entry).collect_view();
        let list = if is_empty {
            view! { <Empty why=say("tenders-none")><p><a href="/tenders">{say("tenders-all")}</a></p></Empty> }.into_any()
        } else {
            view! { <ul class="notices">{entries}</ul> }.into_any()
        };
        view! {
            <h1>{say("tenders-title")}</h1>
            {drafts.then(|| view! { <p><LinkButton label=say("tender-begin") to="/tenders/new"/></p> })}
            <form method="get" class="filters">
                {filter_fields("", &kind)}
                <Select name="category" label=say("tender-category") picks=categories value=category/>
                <Select name="within" label=say("tenders-deadline") picks=within_picks value=within/>
                <Select name="sort" label=say("tenders-sort") picks=sorts.to_vec() value=sort.0/>
                <Button label=say("tenders-filter")/>
            </form>
            <p role="status">{count}</p>
            {list}
            <Pagination cursors/>
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

fn entry(tender: Tender) -> impl IntoView {
    let title = visit().local(&tender.title).to_owned().into_any();
    let buyer = tender.buyer.map(|buyer| visit().local(&buyer.name).to_owned());
    Card { id: tender.id, number: tender.number, state: tender.state, budget: tender.budget, deadline_at: tender.deadline_at, buyer }.draw(title, None)
}

/// One notice in a list.
pub(super) struct Card {
    pub(super) id: cynic::Id,
    pub(super) number: String,
    pub(super) state: TenderStateName,
    pub(super) budget: Sum,
    pub(super) deadline_at: Option<DateTime<Utc>>,
    pub(super) buyer: Option<String>,
}

impl Card {
    /// The notice, readable at any width; `below` stands under its title.
    pub(super) fn draw(self, title: AnyView, below: Option<AnyView>) -> impl IntoView + use<> {
        let to = format!("/tenders/{}", self.id.inner());
        let open = self.state == TenderStateName::Published;
        let deadline = self.deadline_at.map(|at| {
            let told = if open { view! { <Since at/> }.into_any() } else { view! { <Instant at/> }.into_any() };
            view! { <div><dt>{say("tender-deadline")}</dt><dd>{told}</dd></div> }
        });
        view! {
            <li>
                <h2><a href=to>{title}</a></h2>
                <p>{tag(self.state, self.deadline_at)} " " {self.buyer} " " <span class="quiet">{self.number}</span></p>
                {below}
                <dl>
                    <div><dt>{say("tender-budget")}</dt><dd><Amount money=self.budget.into()/></dd></div>
                    {deadline}
                </dl>
            </li>
        }
    }
}
