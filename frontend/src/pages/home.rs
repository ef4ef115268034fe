//! The home page: for the public what the market does now and the doors, for those who have signed in their desk.

use super::desk;
use crate::islands::suggestions::Suggestions;
use crate::prelude::*;
use crate::visit::escape;
use domain::money::Money;

/// How many groups the chart shows.
const GROUPS_MOST: usize = 8;
/// What the search box suggests, one text in each language.
const EXAMPLES: [(&str, &str); 4] =
    [("监护仪", "monitor"), ("A4 复印纸", "A4 copy paper"), ("办公家具", "office furniture"), ("laptop", "laptop")];
/// The doors, and where each leads.
const DOORS: [(&str, &str); 3] = [("buy", "/items"), ("sell", "/tenders?kind=open"), ("build", "/docs")];

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Query")]
struct HomePage {
    market_figures: MarketFigures,
    #[arguments(first: 6)]
    tenders_closing_soonest: Vec<Closing>,
}

#[derive(cynic::QueryFragment, Debug)]
struct MarketFigures {
    open_tenders: CountedValue,
    items_listed: i32,
    awarded: CountedValue,
    days: i32,
    noticed: Vec<NoticedGroup>,
}

#[derive(cynic::QueryFragment, Debug)]
struct CountedValue {
    count: i32,
    value: Sum,
}

#[derive(cynic::QueryFragment, Debug)]
struct NoticedGroup {
    name: Words,
    noticed: CountedValue,
}

/// A notice that still takes bids.
#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Tender")]
pub(super) struct Closing {
    id: cynic::Id,
    title: Words,
    budget: Sum,
    deadline_at: Option<chrono::DateTime<chrono::Utc>>,
    buyer: Option<Organization>,
}

#[derive(cynic::QueryFragment, Debug)]
struct Organization {
    name: Words,
}

/// The page.
pub(super) async fn page(visit: &Visit) -> Answered {
    if visit.viewer().is_some() {
        return desk::page(visit).await;
    }
    let HomePage { market_figures, tenders_closing_soonest } = visit.ask(HomePage::build(())).await?;
    Page::titled(visit.say("home-title")).described(visit.say("home-lead")).wide().show(move || {
        let doors = DOORS.map(|(door, to)| {
            view! {
                <li class="door">
                    <h2><a href=to>{say(&format!("home-door-{door}"))}</a></h2>
                    <p>{say(&format!("home-door-{door}-why"))}</p>
                </li>
            }
        });
        view! {
            <section class="hero">
                <h1>{say("home-title")}</h1>
                <p class="lead">{say("home-lead")}</p>
                {search_box()}
            </section>
            <section aria-labelledby="home-now">
                <h2 id="home-now">{say("home-now")}</h2>
                {figures(&market_figures)}
            </section>
            <section aria-labelledby="home-closing">
                <h2 id="home-closing">{say("home-closing")}</h2>
                {closing(tenders_closing_soonest)}
                <p><a href="/tenders?kind=open">{say("home-closing-all")}</a></p>
            </section>
            <section aria-labelledby="home-month">
                <h2 id="home-month">{say("home-month")}</h2>
                {month(&market_figures)}
            </section>
            <section aria-labelledby="home-doors">
                <h2 id="home-doors">{say("home-doors")}</h2>
                <ul class="doors">{doors.into_iter().collect_view()}</ul>
            </section>
        }
    })
}

/// One box for everything, with examples that show what it understands.
fn search_box() -> impl IntoView {
    let visit = visit();
    let examples = EXAMPLES.map(|(zh, en)| {
        let text = match visit.language() {
            Language::Chinese => zh,
            Language::English => en,
        };
        let to = format!("/search?text={}", escape(text));
        view! { <li><a href=to>{text}</a></li> }
    });
    view! {
        <form class="search-box" method="get" action="/search" role="search" aria-label=say("search")>
            <label for="home-search">{say("search-label")}</label>
            <div class="search-row">
                <input type="search" id="home-search" name="text" autocomplete="off" list="home-suggested"/>
                <Suggestions field="home-search".to_owned() list="home-suggested".to_owned() language=visit.language() with_tenders=true/>
                <Button label=say("search-do") kind=Kind::Primary/>
            </div>
            <div class="search-examples">
                <span class="quiet">{say("search-examples")}</span>
                <ul>{examples.into_iter().collect_view()}</ul>
            </div>
        </form>
    }
}

fn figures(figures: &MarketFigures) -> impl IntoView + use<> {
    let days = i64::from(figures.days);
    let worth = |counted: &CountedValue| say_with("home-figure-worth", facts([("value", short(Money::from(counted.value.clone())).into())]));
    let entries = [
        ("open", figures.open_tenders.count, Some(worth(&figures.open_tenders)), "/tenders?kind=open"),
        ("items", figures.items_listed, None, "/items"),
        ("awarded", figures.awarded.count, Some(worth(&figures.awarded)), "/tenders?kind=awarded"),
    ];
    let entries = entries.map(|(name, count, worth, to)| {
        view! {
            <li>
                <a href=to>
                    <span class="figure-number">{grouped(count)}</span>
                    <span class="figure-name">{say_with(&format!("home-figure-{name}"), facts([("days", days.into())]))}</span>
                </a>
                <span class="quiet">{worth.unwrap_or_else(|| say(&format!("home-figure-{name}-of")))}</span>
            </li>
        }
    });
    view! { <ul class="market-figures">{entries.into_iter().collect_view()}</ul> }
}

/// A number with its thousands apart: `5,000`.
fn grouped(number: i32) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut grouped = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    if number < 0 { format!("\u{2212}{grouped}") } else { grouped }
}

/// A large sum as people say it: 万元 or 亿元 in Chinese, thousands or millions of yuan in English, one decimal.
fn short(money: Money) -> String {
    let yuan = money.amount_minor / 100;
    let (step, key) = match visit().language() {
        Language::Chinese if yuan >= 100_000_000 => (100_000_000, "money-hundred-millions"),
        Language::Chinese => (10_000, "money-ten-thousands"),
        Language::English => (1_000_000, "money-millions"),
    };
    let tenths = (yuan * 10 + step / 2) / step;
    say_with(key, facts([("number", format!("{}.{}", tenths / 10, tenths % 10).into())]))
}

/// Notices in the order of their deadlines, each with the time that is left.
pub(super) fn closing(tenders: Vec<Closing>) -> AnyView {
    if tenders.is_empty() {
        return view! { <Empty why=say("home-closing-none")><p>{say("home-closing-none-next")}</p></Empty> }.into_any();
    }
    let entries = tenders.into_iter().map(|tender| {
        let visit = visit();
        let to = format!("/tenders/{}", tender.id.inner());
        let buyer = tender.buyer.map(|buyer| visit.local(&buyer.name).to_owned());
        view! {
            <li>
                <p class="closing-title"><a href=to>{visit.local(&tender.title).to_owned()}</a></p>
                <p class="quiet">{buyer} " · " <Amount money=tender.budget.into()/></p>
                <p>{tender.deadline_at.map(|at| view! { {say("home-closing-until")} " " <Since at/> })}</p>
            </li>
        }
    });
    view! { <ul class="closing">{entries.collect_view()}</ul> }.into_any()
}

fn month(figures: &MarketFigures) -> AnyView {
    let days = i64::from(figures.days);
    if figures.noticed.is_empty() {
        let why = say_with("home-month-none", facts([("days", days.into())]));
        return view! { <Empty why><p>{say("home-month-none-next")}</p></Empty> }.into_any();
    }
    let visit = visit();
    let bars = figures.noticed.iter().take(GROUPS_MOST).map(|group| {
        let money = Money::from(group.noticed.value.clone());
        let counted = say_with("home-month-count", facts([("count", i64::from(group.noticed.count).into())]));
        Bar { label: format!("{} ({counted})", visit.local(&group.name)), value: money.amount_minor, shown: ten_thousands(money) }
    });
    let caption = say_with("home-month-caption", facts([("days", days.into())]));
    view! { <BarChart caption label=say("home-month-group") unit=say("home-month-unit") bars=bars.collect()/> }.into_any()
}

/// In the unit of the column's head: ten thousand yuan, one decimal.
fn ten_thousands(money: Money) -> String {
    let tenths = (money.amount_minor / 100 + 500) / 1_000;
    format!("{}.{}", grouped(i32::try_from(tenths / 10).unwrap_or(i32::MAX)), tenths % 10)
}
