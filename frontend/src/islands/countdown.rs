//! The time that is left, from the server's clock: the browser's own is used for the passage of time only.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// The words of a span of time. Of each unit the singular stands first.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Words {
    /// What is left, with `{span}` where the time goes.
    pub left: String,
    /// What stands there afterwards.
    pub over: String,
    /// Day, days.
    pub day: [String; 2],
    /// Hour, hours.
    pub hour: [String; 2],
    /// Minute, minutes.
    pub minute: [String; 2],
    /// Second, seconds.
    pub second: [String; 2],
}

/// A span of time in its two largest units: `3 days 4 hours`. Seconds are said in the last hour only.
pub fn span(words: &Words, seconds: i64) -> String {
    let units = [(seconds / 86_400, &words.day), (seconds / 3600 % 24, &words.hour), (seconds / 60 % 60, &words.minute), (seconds % 60, &words.second)];
    let first = units.iter().position(|(count, _)| *count > 0).unwrap_or(3);
    let last = if first == 1 { 2 } else { (first + 1).min(3) };
    let say = |(count, [one, many]): &(i64, &[String; 2])| format!("{count} {}", if *count == 1 { one } else { many });
    let said: Vec<String> = units[first..=last].iter().enumerate().filter(|(place, (count, _))| *place == 0 || *count > 0).map(|(_, unit)| say(unit)).collect();
    said.join(" ")
}

fn left(words: &Words, seconds: i64) -> String {
    if seconds > 0 { words.left.replace("{span}", &span(words, seconds)) } else { words.over.clone() }
}

/// The time that is left until `ends_ms`, said anew when its words change. A timer is silent for screen readers unless
/// they ask for it.
#[island]
pub fn Ticking(
    /// The deadline, in milliseconds since 1970.
    ends_ms: i64,
    /// The server's clock when it drew the page, in milliseconds since 1970.
    now_ms: i64,
    /// The words.
    words: Words,
) -> impl IntoView {
    let passed_ms = RwSignal::new(0_i64);
    #[cfg(feature = "hydrate")]
    crate::browser::every_second(move |since_start_ms| passed_ms.set(since_start_ms));
    let said = Memo::new(move |_| left(&words, (ends_ms - now_ms - passed_ms.get()).div_euclid(1000)));
    view! { <span class="countdown-left" role="timer">{move || said.get()}</span> }
}

#[cfg(test)]
mod tests {
    use super::{Words, left, span};

    fn words() -> Words {
        let pair = |one: &str| [one.to_owned(), format!("{one}s")];
        Words { left: "{span} left".into(), over: "closed".into(), day: pair("day"), hour: pair("hour"), minute: pair("minute"), second: pair("second") }
    }

    #[test]
    fn a_span_is_said_in_its_two_largest_units() {
        assert_eq!(span(&words(), 3 * 86_400 + 4 * 3600 + 59), "3 days 4 hours");
        assert_eq!(span(&words(), 86_400), "1 day");
        assert_eq!(span(&words(), 3600 + 120), "1 hour 2 minutes");
        assert_eq!(span(&words(), 61), "1 minute 1 second");
        assert_eq!(left(&words(), 0), "closed");
    }
}
