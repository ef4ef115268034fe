//! A supplier's own bids, the last received first, to be narrowed down to a state.

use super::bid::BidState;
use super::lots::Lot;
use super::tenders::TenderStateName;
use crate::prelude::*;
use chrono::{DateTime, Utc};

#[derive(cynic::QueryVariables)]
struct Which {
    after: Option<String>,
    states: Vec<BidState>,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query", variables = "Which")]
struct BidsPage {
    #[arguments(first: 20, after: $after, states: $states)]
    viewer_bids: ViewerBidConnection,
}

#[derive(cynic::QueryFragment)]
struct ViewerBidConnection {
    nodes: Vec<ViewerBid>,
    page_info: PageInfo,
    total_count: i32,
}

#[derive(cynic::QueryFragment)]
struct PageInfo {
    has_next_page: bool,
    end_cursor: Option<String>,
}

#[derive(cynic::QueryFragment)]
struct ViewerBid {
    state: BidState,
    received_at: DateTime<Utc>,
    is_stale: bool,
    result: Option<BidResult>,
    lot: Option<Lot>,
    tender: Tender,
}

#[derive(cynic::QueryFragment)]
struct Tender {
    id: cynic::Id,
    number: String,
    title: Words,
    is_divided: bool,
    state: TenderStateName,
    deadline_at: Option<DateTime<Utc>>,
}

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
enum BidResult {
    Won,
    Lost,
    Failed,
    Cancelled,
}

/// The states with their names in addresses, and how each is shown.
const STATES: [(BidState, &str, State); 6] = [
    (BidState::Sealed, "sealed", State::Sealed),
    (BidState::Replaced, "replaced", State::Closed),
    (BidState::Withdrawn, "withdrawn", State::Closed),
    (BidState::Opened, "opened", State::Open),
    (BidState::Unopened, "unopened", State::Warning),
    (BidState::Negotiated, "negotiated", State::Closed),
];

/// The page.
pub(super) async fn page(visit: &Visit) -> Answered {
    visit.signed_in()?;
    let chosen = visit.query("state").and_then(|name| STATES.into_iter().find(|(_, known, _)| *known == name));
    let states = chosen.iter().map(|(state, ..)| *state).collect();
    let after = visit.query("after").map(str::to_owned);
    let bids = visit.ask(BidsPage::build(Which { after, states })).await?.viewer_bids;
    Page::titled(visit.say("bids-title")).wide().show(move || {
        let ViewerBidConnection { nodes, page_info, total_count } = bids;
        let count = say_with("bids-count", facts([("count", i64::from(total_count).into())]));
        let cursors = Cursors { before: None, after: page_info.end_cursor.filter(|_| page_info.has_next_page) };
        view! {
            <h1>{say("bids-title")}</h1>
            <p class="lead">{say("bids-lead")}</p>
            {filter(chosen.map(|(_, name, _)| name))}
            {rows(nodes, chosen.is_some())}
            <Pagination cursors count/>
        }
    })
}

fn filter(chosen: Option<&'static str>) -> impl IntoView {
    let options = STATES
        .into_iter()
        .map(|(_, name, _)| view! { <option value=name selected=chosen == Some(name)>{say(&format!("bid-state-{name}"))}</option> })
        .collect_view();
    view! {
        <form class="order-filter" method="get" action="/bids">
            <label for="bids-filter-state">{say("bids-filter-state")}</label>
            <select id="bids-filter-state" name="state"><option value="">{say("bids-filter-all")}</option>{options}</select>
            <button class="button" type="submit">{say("bids-filter")}</button>
        </form>
    }
}

fn rows(bids: Vec<ViewerBid>, is_narrowed: bool) -> AnyView {
    if bids.is_empty() && is_narrowed {
        return view! { <Empty why=say("bids-none-in-state")><p><a href="/bids">{say("bids-filter-all")}</a></p></Empty> }.into_any();
    }
    if bids.is_empty() {
        return view! { <Empty why=say("bids-none")><p>{say("bids-none-next")} " " <a href="/tenders">{say("section-tenders")}</a></p></Empty> }.into_any();
    }
    let rows = bids.into_iter().map(row).collect_view();
    let columns = ["bids-tender", "bids-state", "bids-received-at", "bids-deadline", "bids-result"].map(|key| Column::new(say(key)));
    view! { <Table caption=say("bids-caption") columns=columns.into()>{rows}</Table> }.into_any()
}

fn row(bid: ViewerBid) -> impl IntoView {
    let visit = visit();
    let to = format!("/tenders/{}", bid.tender.id.inner());
    let lot = bid.lot.as_ref().filter(|_| bid.tender.is_divided);
    let own = lot.map(|lot| format!("?lot={}", lot.number)).unwrap_or_default();
    let lot = lot.map(|lot| view! { <p>{lot.name()}</p> });
    let (_, name, shape) = STATES.into_iter().find(|(state, ..)| *state == bid.state).unwrap_or(STATES[0]);
    let is_live = !matches!(bid.state, BidState::Replaced | BidState::Withdrawn);
    let stale = bid.is_stale.then(|| view! { <p><Tag state=State::Warning label=say("bids-stale")/></p> });
    let to_bid = is_live.then(|| view! { <p><a href=format!("{to}/bid{own}")>{say("bids-to-bid")}<span class="hidden">" " {bid.tender.number.clone()}</span></a></p> });
    let is_awarded = matches!(bid.tender.state, TenderStateName::Awarded | TenderStateName::Contracted);
    let to_award = (is_awarded && is_live).then(|| view! { <p><a href=format!("{to}/award")>{say("bids-to-award")}<span class="hidden">" " {bid.tender.number.clone()}</span></a></p> });
    let result = match bid.result {
        Some(BidResult::Won) => view! { <Tag state=State::Good label=say("bids-result-won")/> }.into_any(),
        Some(BidResult::Lost) => view! { <Tag state=State::Closed label=say("bids-result-lost")/> }.into_any(),
        Some(BidResult::Failed) => view! { <Tag state=State::Refused label=say("bids-result-failed")/> }.into_any(),
        Some(BidResult::Cancelled) => view! { <Tag state=State::Closed label=say("bids-result-cancelled")/> }.into_any(),
        None if is_live => view! { <span class="quiet">{say("bids-result-none")}</span> }.into_any(),
        None => ().into_any(),
    };
    view! {
        <tr>
            <th scope="row"><a href=to>{visit.local(&bid.tender.title).to_owned()}</a>{lot}<p class="quiet">{bid.tender.number}</p></th>
            <td><Tag state=shape label=say(&format!("bid-state-{name}"))/>{stale}{to_bid}</td>
            <td><Instant at=bid.received_at/></td>
            <td>{bid.tender.deadline_at.map(|at| view! { <Instant at/> })}</td>
            <td>{result}{to_award}</td>
        </tr>
    }
}
