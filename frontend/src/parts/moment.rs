//! Time: in full with weekday and zone; relative only beside the absolute; a countdown from the server's clock.

use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};
use domain::text;
use leptos::prelude::*;

use crate::{
    islands::countdown::{Ticking, Words, span},
    visit::{facts, say, say_with, visit},
};

/// An instant in full: `2026年11月27日 星期五 10:00（北京时间）`.
#[component]
pub fn Instant(
    /// The instant.
    at: DateTime<Utc>,
    /// Whether it is told to the second: on receipts.
    #[prop(optional)]
    to_second: bool,
) -> impl IntoView {
    let language = visit().language();
    let said = if to_second { text::instant_to_second(language, at) } else { text::instant(language, at) };
    view! { <time class="moment" datetime=at.to_rfc3339_opts(SecondsFormat::Secs, true)>{said}</time> }
}

/// A calendar day in full with its weekday.
#[component]
pub fn Day(
    /// The day.
    on: NaiveDate,
) -> impl IntoView {
    view! { <time class="moment" datetime=on.to_string()>{text::date(visit().language(), on)}</time> }
}

/// An instant in full, and beside it how far away it is.
#[component]
pub fn Since(
    /// The instant, past or to come.
    at: DateTime<Utc>,
) -> impl IntoView {
    let seconds = (at - visit().now()).num_seconds();
    let key = if seconds < 0 { "time-ago" } else { "time-ahead" };
    let apart = say_with(key, facts([("span", span(&words(), seconds.abs()).into())]));
    view! { <Instant at/> " " <span class="quiet">{apart}</span> }
}

/// How long until a deadline, in words, ticking; the deadline itself stands beside it in full.
#[component]
pub fn Countdown(
    /// The deadline.
    at: DateTime<Utc>,
) -> impl IntoView {
    let visit = visit();
    let until = visit.say_with("countdown-until", facts([("at", at.into())]));
    view! {
        <p class="countdown">
            <Ticking ends_ms=at.timestamp_millis() now_ms=visit.now().timestamp_millis() words=words()/>
            <span class="countdown-at">{until}</span>
        </p>
    }
}

fn words() -> Words {
    let pair = |unit: &str| [1_i64, 2].map(|count| say_with("time-unit", facts([("unit", unit.into()), ("count", count.into())])));
    Words {
        left: say_with("countdown-left", facts([("span", "{span}".into())])),
        over: say("countdown-over"),
        day: pair("day"),
        hour: pair("hour"),
        minute: pair("minute"),
        second: pair("second"),
    }
}
