//! Where a tender stands: the way of its procedure with "you are here", who acts next by when and under which rule, and
//! every date with the rule that computes it.

use super::opening::Role;
use super::schedule::{ScheduleDate, ScheduleTime, cited, due};
use super::state::tag;
use super::tenders::TenderStateName;
use crate::prelude::*;
use chrono::{DateTime, Utc};

#[derive(cynic::QueryVariables, Debug)]
struct Which {
    id: cynic::Id,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Query", variables = "Which")]
struct ProcessPage {
    #[arguments(id: $id)]
    tender: Option<Tender>,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
struct Tender {
    title: Words,
    number: String,
    state: TenderStateName,
    deadline_at: Option<DateTime<Utc>>,
    schedule: Option<TenderSchedule>,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
struct TenderSchedule {
    way: Vec<WayStep>,
    next_acts: Vec<NextAct>,
    dates: Vec<ScheduleDate>,
}

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
enum WayPlace {
    Done,
    Here,
    Ahead,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
struct WayStep {
    state: TenderStateName,
    place: WayPlace,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
struct NextAct {
    act: PossibleCommand,
    roles: Vec<Role>,
    due: Option<ScheduleTime>,
    source: String,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
struct PossibleCommand {
    said: Said,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
struct Said {
    text: Words,
}

/// The page.
pub(super) async fn page(visit: &Visit, id: &str) -> Answered {
    let tender = visit.ask(ProcessPage::build(Which { id: id.into() })).await?.tender.ok_or(PageError::NotFound)?;
    let schedule = tender.schedule.clone().ok_or(PageError::NotFound)?;
    let title = visit.local(&tender.title).to_owned();
    let feed = format!("/calendar/tenders/{id}.ics?lang={}", visit.language().tag());
    let page = Page::titled(visit.say("schedule-title")).wide().crumb(visit.say("section-tenders"), "/tenders");
    page.crumb(title.clone(), format!("/tenders/{id}")).show(move || {
        let has_ended = matches!(tender.state, TenderStateName::Failed | TenderStateName::Cancelled);
        view! {
            <h1>{say("schedule-title")}</h1>
            <p class="lead">{title}" "<span class="quiet">{tender.number.clone()}</span></p>
            <p>{tag(tender.state, tender.deadline_at)}</p>
            {(tender.state == TenderStateName::Suspended).then(|| view! { <Notice tone=Tone::Warning title=say("schedule-suspended")>""</Notice> })}
            {has_ended.then(|| view! { <Notice tone=Tone::Info title=say("schedule-ended")>""</Notice> })}
            <h2>{say("schedule-way")}</h2>
            {way(&schedule.way)}
            <h2>{say("schedule-next-acts")}</h2>
            {acts(&schedule.next_acts)}
            <h2>{say("schedule-dates")}</h2>
            {dates(&schedule.dates, feed)}
        }
    })
}

/// The way here from a tender's page.
pub(super) fn link() -> impl IntoView {
    view! { <p><a href=format!("{}/process", visit().path())>{say("schedule-go")}</a></p> }
}

/// The diagram: the states in order, each with its place in a word and a shape.
fn way(steps: &[WayStep]) -> impl IntoView + use<> {
    let entries = steps.iter().map(|step| {
        let (class, state, word) = match step.place {
            WayPlace::Done => ("done", State::Good, "schedule-done"),
            WayPlace::Here => ("here", State::Open, "schedule-here"),
            WayPlace::Ahead => ("ahead", State::Draft, "schedule-ahead"),
        };
        let here = (step.place == WayPlace::Here).then_some("step");
        view! {
            <li class=class aria-current=here>
                <span class="course-state">{say(&step.state.text_key())}</span>
                <Tag state label=say(word)/>
            </li>
        }
    });
    let entries = entries.collect_view();
    view! { <ol class="course">{entries}</ol> }
}

/// Who acts next, by when, under which rule.
fn acts(acts: &[NextAct]) -> AnyView {
    if acts.is_empty() {
        return view! { <p>{say("schedule-nobody")}</p> }.into_any();
    }
    let entries = acts.iter().map(|one| {
        let who = one.roles.iter().map(|role| say(role.text_key())).collect::<Vec<_>>().join(&say("schedule-between"));
        let by = match &one.due {
            Some(time) => view! { {say("schedule-act-by")}" "{due(time)} }.into_any(),
            None => say("schedule-act-no-term").into_any(),
        };
        let rule = (!one.source.is_empty()).then(|| {
            view! { <p class="help">{say_with("schedule-rule", facts([("source", cited(&one.source).into())]))}</p> }
        });
        let who = (!who.is_empty()).then(|| view! { <p>{say_with("schedule-act-who", facts([("who", who.into())]))}</p> });
        view! {
            <li>
                <p><strong>{visit().local(&one.act.said.text).to_owned()}</strong></p>
                {who}
                <p>{by}</p>
                {rule}
            </li>
        }
    });
    let entries = entries.collect_view();
    view! { <ul class="next-acts">{entries}</ul> }.into_any()
}

fn dates(dates: &[ScheduleDate], feed: String) -> AnyView {
    if dates.is_empty() {
        return view! { <Empty why=say("schedule-none")><p>{say("schedule-none-next")}</p></Empty> }.into_any();
    }
    let rows = dates.iter().map(|date| {
        view! {
            <tr>
                <th scope="row">{date.kind.words()}</th>
                <td>{due(&date.due)}</td>
                <td>{date.rule()}</td>
                <td>{date.standing()}</td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    let columns = ["what", "due", "rule", "standing"].map(|name| Column::new(say(&format!("schedule-date-{name}"))));
    view! {
        <p>{say("schedule-lead")}</p>
        <Table caption=say("schedule-dates") columns=columns.into()>{rows}</Table>
        <p><a href=feed rel="external">{say("schedule-subscribe")}</a></p>
    }
    .into_any()
}
