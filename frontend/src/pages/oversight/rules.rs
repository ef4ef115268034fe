//! The rules: policy packs in plain words on any day, and what differs between two of them.

use crate::prelude::*;
use chrono::NaiveDate;

#[derive(cynic::Scalar, Clone, Copy, Debug)]
#[cynic(graphql_type = "NaiveDate")]
struct OnDay(NaiveDate);

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
enum Verified {
    Primary,
    Secondary,
    Unread,
}

impl Verified {
    /// How far a figure has been compared, as word and shape.
    fn tag(self) -> impl IntoView {
        let (state, key) = match self {
            Self::Primary => (State::Good, "verified-primary"),
            Self::Secondary => (State::Open, "verified-secondary"),
            Self::Unread => (State::Draft, "verified-unread"),
        };
        view! { <Tag state label=say(key)/> }
    }
}

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
enum FigureOrigin {
    Own,
    Inherited,
    Overriding,
}

impl FigureOrigin {
    const fn text_key(self) -> &'static str {
        match self {
            Self::Own => "origin-own",
            Self::Inherited => "origin-inherited",
            Self::Overriding => "origin-overriding",
        }
    }
}

#[derive(cynic::QueryFragment, Clone, Debug)]
struct PolicyPackName {
    id: String,
    name: Words,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "PolicyPack")]
struct PackLine {
    id: String,
    name: Words,
    extends: Option<PolicyPackName>,
    is_invented: bool,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Query")]
struct RulesPage {
    policy_packs: Vec<PackLine>,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
struct PolicyFigure {
    key: String,
    subject: Words,
    what: Words,
    value_words: Words,
    source: Words,
    verified: Verified,
    effective_from: OnDay,
    effective_to: Option<OnDay>,
    origin: FigureOrigin,
}

#[derive(cynic::QueryFragment, Debug)]
struct PolicyCalendar {
    year: i32,
    source: Words,
    verified: Verified,
}

#[derive(cynic::QueryFragment, Debug)]
struct PolicyPack {
    id: String,
    name: Words,
    extends: Option<PolicyPackName>,
    is_invented: bool,
    on: OnDay,
    figures: Vec<PolicyFigure>,
    calendars: Vec<PolicyCalendar>,
}

#[derive(cynic::QueryVariables, Debug)]
struct Which {
    id: Option<String>,
    on: Option<OnDay>,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Query", variables = "Which")]
struct PackPage {
    #[arguments(id: $id, on: $on)]
    policy_pack: Option<PolicyPack>,
}

#[derive(cynic::QueryVariables, Debug)]
struct Sides {
    from: String,
    to: String,
    from_on: Option<OnDay>,
    to_on: Option<OnDay>,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Query", variables = "Sides")]
struct ComparePage {
    policy_packs: Vec<PackLine>,
    #[arguments(from: $from, to: $to, fromOn: $from_on, toOn: $to_on)]
    policy_pack_difference: Option<PolicyPackDifference>,
}

#[derive(cynic::QueryFragment, Debug)]
struct PolicyPackDifference {
    from: PolicyPackName,
    from_on: OnDay,
    to: PolicyPackName,
    to_on: OnDay,
    figures: Vec<PolicyFigureDifference>,
}

#[derive(cynic::QueryFragment, Debug)]
struct PolicyFigureDifference {
    subject: Words,
    what: Words,
    before: Option<PolicyFigure>,
    after: Option<PolicyFigure>,
}

fn local(words: &Words) -> String {
    visit().local(words).to_owned()
}

/// The day under this name in the address; a text that is no day is as none.
fn day(visit: &Visit, name: &str) -> Option<OnDay> {
    visit.query(name).and_then(|text| text.parse().ok()).map(OnDay)
}

/// All packs.
pub(super) async fn list(visit: &Visit) -> Answered {
    let packs = visit.ask(RulesPage::build(())).await?.policy_packs;
    Page::titled(visit.say("rules-title")).show(move || {
        let lines = packs.iter().map(|pack| {
            let to = format!("/rules/{}", pack.id);
            let extends = pack.extends.as_ref().map(|parent| say_with("rules-extends", facts([("parent", local(&parent.name).into())])));
            let invented = pack.is_invented.then(|| view! { " " <Tag state=State::Draft label=say("rules-invented")/> });
            view! { <li><a href=to>{local(&pack.name)}</a> {invented} <p class="quiet">{extends}</p></li> }
        });
        let lines = lines.collect_view();
        view! {
            <h1>{say("rules-title")}</h1>
            <p class="lead">{say("rules-lead")}</p>
            <ul>{lines}</ul>
            <p><a href="/rules/compare">{say("rules-compare")}</a></p>
        }
    })
}

/// One pack on a day.
pub(super) async fn pack(visit: &Visit, id: &str) -> Answered {
    let which = Which { id: Some(id.to_owned()), on: day(visit, "on") };
    let pack = visit.ask(PackPage::build(which)).await?.policy_pack.ok_or(PageError::NotFound)?;
    let title = visit.local(&pack.name).to_owned();
    Page::titled(title.clone()).wide().crumb(visit.say("rules-title"), "/rules").show(move || {
        let on = pack.on.0;
        let mut subjects: Vec<(String, Vec<PolicyFigure>)> = Vec::new();
        for figure in &pack.figures {
            let subject = local(&figure.subject);
            match subjects.last_mut().filter(|(last, _)| *last == subject) {
                Some((_, figures)) => figures.push(figure.clone()),
                None => subjects.push((subject, vec![figure.clone()])),
            }
        }
        let tables = subjects.into_iter().map(|(subject, figures)| group(subject, &figures)).collect_view();
        let extends = pack.extends.as_ref().map(|parent| {
            let (to, compare) = (format!("/rules/{}", parent.id), format!("/rules/compare?from={}&to={}", parent.id, pack.id));
            view! { <p>{say("rules-rests-on")} " " <a href=to>{local(&parent.name)}</a> " · " <a href=compare>{say("rules-differences-from-parent")}</a></p> }
        });
        let invented = pack.is_invented.then(|| view! { <Notice tone=Tone::Warning title=say("rules-invented")><p>{say("rules-invented-what")}</p></Notice> });
        let years = pack.calendars.iter().map(|one| view! { <li>{one.year.to_string()} " · " {local(&one.source)} " " {one.verified.tag()}</li> }).collect_view();
        let before = format!("/rules/compare?from={0}&to={0}&fromOn=2025-12-31", pack.id);
        view! {
            <h1>{title}</h1>
            <p class="lead">{say("rules-pack-lead")} " " <Day on/></p>
            {invented}
            {extends}
            <form method="get">
                <Field name="on" label=say("rules-on") kind="date" width="short" value=on.to_string()/>
                <Button label=say("rules-show-day")/>
            </form>
            <p><a href=before>{say("rules-what-changed")}</a></p>
            {tables}
            <h2>{say("rules-calendars")}</h2>
            <p>{say("rules-calendars-what")}</p>
            <ul>{years}</ul>
        }
    })
}

/// The figures of one subject.
fn group(subject: String, figures: &[PolicyFigure]) -> AnyView {
    let columns = ["rules-what", "rules-figure", "rules-source", "rules-verified", "rules-since", "rules-origin"].map(|key| Column::new(say(key))).into();
    let rows = figures.iter().map(|one| {
        let until = one.effective_to.map(|last| view! { " – " <Day on=last.0/> });
        view! {
            <tr id=one.key.clone()>
                <th scope="row">{local(&one.what)}</th>
                <td>{local(&one.value_words)}</td>
                <td>{local(&one.source)}</td>
                <td>{one.verified.tag()}</td>
                <td><Day on=one.effective_from.0/> {until}</td>
                <td>{say(one.origin.text_key())}</td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! { <h2>{subject.clone()}</h2> <Table caption=subject columns>{rows}</Table> }.into_any()
}

/// A side of a comparison: the pack, and on which day.
fn headed(pack: &PolicyPackName, on: &OnDay) -> String {
    format!("{} · {}", local(&pack.name), on.0)
}

/// What differs between two packs, or two days of one.
pub(super) async fn compare(visit: &Visit) -> Answered {
    let side = |name: &str, otherwise: &str| visit.query(name).filter(|id| !id.is_empty()).unwrap_or(otherwise).to_owned();
    let sides = Sides { from: side("from", "cn"), to: side("to", "gpa-2012"), from_on: day(visit, "fromOn"), to_on: day(visit, "toOn") };
    let asked = visit.ask(ComparePage::build(sides)).await?;
    let found = asked.policy_pack_difference.ok_or(PageError::NotFound)?;
    Page::titled(visit.say("rules-compare")).wide().crumb(visit.say("rules-title"), "/rules").show(move || {
        let picks = || asked.policy_packs.iter().map(|pack| Pick::new(pack.id.clone(), local(&pack.name))).collect::<Vec<_>>();
        let count = say_with("rules-differences-count", facts([("count", found.figures.len().into())]));
        let columns = vec![Column::new(say("rules-what")), Column::new(headed(&found.from, &found.from_on)), Column::new(headed(&found.to, &found.to_on))];
        let rows = found.figures.iter().map(|one| {
            view! {
                <tr><th scope="row">{local(&one.subject)} " · " {local(&one.what)}</th><td>{told(one.before.as_ref())}</td><td>{told(one.after.as_ref())}</td></tr>
            }
        });
        let rows = rows.collect_view();
        let table = if found.figures.is_empty() {
            view! { <p>{say("rules-no-differences")}</p> }.into_any()
        } else {
            view! { <Table caption=count columns>{rows}</Table> }.into_any()
        };
        view! {
            <h1>{say("rules-compare")}</h1>
            <p class="lead">{say("rules-compare-lead")}</p>
            <form method="get">
                <Select name="from" label=say("rules-from") picks=picks() value=found.from.id.clone()/>
                <Field name="fromOn" label=say("rules-from-on") kind="date" width="short" value=found.from_on.0.to_string()/>
                <Select name="to" label=say("rules-to") picks=picks() value=found.to.id.clone()/>
                <Field name="toOn" label=say("rules-to-on") kind="date" width="short" value=found.to_on.0.to_string()/>
                <Button label=say("rules-compare-now") kind=Kind::Primary/>
            </form>
            {table}
        }
    })
}

/// A side's figure with its source; that there is none is said.
fn told(figure: Option<&PolicyFigure>) -> AnyView {
    match figure {
        Some(figure) => view! { {local(&figure.value_words)} <p class="quiet">{local(&figure.source)}</p> }.into_any(),
        None => view! { <span class="quiet">{say("rules-none")}</span> }.into_any(),
    }
}
