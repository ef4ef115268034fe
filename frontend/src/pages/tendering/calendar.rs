//! The calendar: what comes up in all public procurements, or in those of the reader's organization, day by day.

use super::schedule::{OnDay, ScheduleDate, Standing, due};
use super::tenders::TenderStateName;
use crate::prelude::*;
use chrono::{NaiveDate, TimeDelta};
use domain::identity::role::Role;
use domain::text::ZONE;

/// How far ahead the calendar looks.
const AHEAD_DAYS: i64 = 60;
/// The states of a tender that has dates to come.
const UNDER_WAY: [TenderStateName; 12] = [
    TenderStateName::Announced, TenderStateName::Published, TenderStateName::Opened, TenderStateName::Qualified,
    TenderStateName::Negotiating, TenderStateName::FinalOffers, TenderStateName::FinalOpened, TenderStateName::InEvaluation,
    TenderStateName::Reported, TenderStateName::AwardConfirmed, TenderStateName::Awarded, TenderStateName::Contracted,
];

#[derive(cynic::QueryVariables, Debug)]
struct Wanted {
    filter: TenderFilter,
    after: Option<String>,
}

#[derive(cynic::InputObject, Debug)]
struct TenderFilter {
    buyer_id: Option<cynic::Id>,
    states: Vec<TenderStateName>,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Query", variables = "Wanted")]
struct CalendarPage {
    #[arguments(filter: $filter, first: 100, after: $after)]
    tenders: TenderConnection,
}

#[derive(cynic::QueryFragment, Debug)]
struct TenderConnection {
    nodes: Vec<Tender>,
    page_info: PageInfo,
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
    schedule: Option<TenderSchedule>,
}

#[derive(cynic::QueryFragment, Debug)]
struct TenderSchedule {
    dates: Vec<ScheduleDate>,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Query")]
struct Who {
    viewer: Option<Viewer>,
}

#[derive(cynic::QueryFragment, Debug)]
struct Viewer {
    organization: Own,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Organization")]
struct Own {
    id: cynic::Id,
}

/// A line of the calendar.
struct Line {
    on: NaiveDate,
    date: ScheduleDate,
    tender: cynic::Id,
    number: String,
    title: String,
}

/// The roles of people who buy.
const BUYERS: [Role; 4] = [Role::Officer, Role::Approver, Role::Finance, Role::KeyHolder];

/// The page.
pub(super) async fn page(visit: &Visit) -> Answered {
    let is_buyers = BUYERS.iter().any(|role| visit.has_role(*role));
    let is_own = is_buyers && visit.query("of") == Some("own");
    let buyer_id = if is_own { visit.ask(Who::build(())).await?.viewer.map(|viewer| viewer.organization.id) } else { None };
    let filter = TenderFilter { buyer_id, states: UNDER_WAY.to_vec() };
    let tenders = visit.ask(CalendarPage::build(Wanted { filter, after: visit.query("after").map(str::to_owned) })).await?.tenders;
    let cursors = Cursors { before: None, after: tenders.page_info.end_cursor.filter(|_| tenders.page_info.has_next_page) };
    let lines = lines(visit, tenders.nodes);
    let lead = if is_own { "calendar-own-lead" } else { "calendar-lead" };
    let feed = format!("/calendar/open.ics?lang={}", visit.language().tag());
    Page::titled(visit.say("calendar-title")).described(visit.say("calendar-lead")).wide().show(move || {
        view! {
            <h1>{say("calendar-title")}</h1>
            <p class="lead">{say(lead)}</p>
            {is_buyers.then(|| choice(is_own))}
            {shown(lines)}
            <Pagination cursors/>
            <p><a href=feed rel="external">{say("calendar-subscribe")}</a></p>
        }
    })
}

/// What is not done and comes up soon, or is late, in the order of days.
fn lines(visit: &Visit, tenders: Vec<Tender>) -> Vec<Line> {
    let last = (visit.now() + TimeDelta::days(AHEAD_DAYS)).with_timezone(&ZONE).date_naive();
    let mut lines = Vec::new();
    for tender in tenders {
        let title = visit.local(&tender.title).to_owned();
        for date in tender.schedule.map(|schedule| schedule.dates).unwrap_or_default() {
            let on = date.due.at.map(|at| at.with_timezone(&ZONE).date_naive()).or(date.due.on.map(|OnDay(on)| on));
            if let Some(on) = on.filter(|on| is_to_come(date.standing) && *on <= last) {
                lines.push(Line { on, date, tender: tender.id.clone(), number: tender.number.clone(), title: title.clone() });
            }
        }
    }
    // What has an hour comes before what has the whole day.
    lines.sort_by_key(|line| (line.on, line.date.due.at.is_none(), line.date.due.at, line.number.clone()));
    lines
}

/// Whether a date comes up or waits; of what nobody records, only the days to come are told.
const fn is_to_come(standing: Standing) -> bool {
    matches!(standing, Standing::Late | Standing::Next | Standing::Ahead)
}

fn choice(is_own: bool) -> impl IntoView {
    let pick = |to: &'static str, key: &'static str, is_here: bool| {
        view! { <li><a href=to aria-current=is_here.then_some("page")>{say(key)}</a></li> }
    };
    view! {
        <nav aria-label=say("calendar-which")>
            <ul class="links">{pick("/calendar", "calendar-all", !is_own)} {pick("/calendar?of=own", "calendar-own", is_own)}</ul>
        </nav>
    }
}

fn shown(lines: Vec<Line>) -> AnyView {
    if lines.is_empty() {
        return view! { <Empty why=say("calendar-none")><p>{say("calendar-none-next")}</p></Empty> }.into_any();
    }
    let (late, ahead): (Vec<Line>, Vec<Line>) = lines.into_iter().partition(|line| line.date.standing == Standing::Late);
    let late = (!late.is_empty()).then(|| table(say_with("calendar-late-count", facts([("count", late.len().into())])), late));
    let count = facts([("days", AHEAD_DAYS.into()), ("count", ahead.len().into())]);
    view! { {late} {table(say_with("calendar-count", count), ahead)} }.into_any()
}

fn table(caption: String, lines: Vec<Line>) -> impl IntoView {
    let rows = lines.into_iter().map(|line| {
        let to = format!("/tenders/{}/process", line.tender.inner());
        view! {
            <tr>
                <td>{due(&line.date.due)}</td>
                <th scope="row">{line.date.kind.words()}</th>
                <td><a href=to>{line.title}</a>" "<small class="quiet">{line.number}</small></td>
                <td>{line.date.standing()}</td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    let columns = ["calendar-day", "calendar-what", "calendar-tender", "schedule-date-standing"].map(|key| Column::new(say(key)));
    view! { <Table caption=caption columns=columns.into()>{rows}</Table> }
}
