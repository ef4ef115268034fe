//! The words of the marketplace: Fluent messages in both languages, one catalogue for pages, mail,
//! documents and refusals.

use crate::language::Language;
use crate::oversight::policy_pack::source;
use crate::refusal::{Code, Fact, Facts, Refusal};
use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, Utc};
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use std::sync::LazyLock;

macro_rules! sources {
    ($tag:literal) => {
        [
            include_str!(concat!("../texts/", $tag, "/refusals.ftl")),
            include_str!(concat!("../texts/", $tag, "/frame.ftl")),
            include_str!(concat!("../texts/", $tag, "/docs.ftl")),
            include_str!(concat!("../texts/", $tag, "/identity.ftl")),
            include_str!(concat!("../texts/", $tag, "/catalogue.ftl")),
            include_str!(concat!("../texts/", $tag, "/tendering.ftl")),
            include_str!(concat!("../texts/", $tag, "/procedure.ftl")),
            include_str!(concat!("../texts/", $tag, "/objection.ftl")),
            include_str!(concat!("../texts/", $tag, "/consortium.ftl")),
            include_str!(concat!("../texts/", $tag, "/schedule.ftl")),
            include_str!(concat!("../texts/", $tag, "/application.ftl")),
            include_str!(concat!("../texts/", $tag, "/bid.ftl")),
            include_str!(concat!("../texts/", $tag, "/warnings.ftl")),
            include_str!(concat!("../texts/", $tag, "/reservation.ftl")),
            include_str!(concat!("../texts/", $tag, "/opening.ftl")),
            include_str!(concat!("../texts/", $tag, "/evaluation.ftl")),
            include_str!(concat!("../texts/", $tag, "/contracting.ftl")),
            include_str!(concat!("../texts/", $tag, "/security.ftl")),
            include_str!(concat!("../texts/", $tag, "/oversight.ftl")),
            include_str!(concat!("../texts/", $tag, "/lots.ftl")),
            include_str!(concat!("../texts/", $tag, "/packs.ftl")),
            include_str!(concat!("../texts/", $tag, "/mail.ftl")),
        ]
    };
}

const CHINESE: &[&str] = &sources!("zh-CN");
const ENGLISH: &[&str] = &sources!("en");

static BUNDLES: LazyLock<[FluentBundle<FluentResource>; 2]> =
    LazyLock::new(|| [bundle(Language::Chinese, CHINESE), bundle(Language::English, ENGLISH)]);

/// The zone in which the marketplace writes instants: China has one, without summer time, since 1991.
pub const ZONE: FixedOffset = FixedOffset::east_opt(8 * 3600).unwrap();

fn bundle(language: Language, sources: &[&str]) -> FluentBundle<FluentResource> {
    let mut bundle = FluentBundle::new_concurrent(vec![language.tag().parse().expect("a valid language tag")]);
    // Isolation marks would travel into plain-text mail, spreadsheets and tests.
    bundle.set_use_isolating(false);
    for source in sources {
        let resource = FluentResource::try_new((*source).to_owned())
            .unwrap_or_else(|(_, errors)| panic!("texts in {language:?} do not parse: {errors:?}"));
        bundle.add_resource(resource).unwrap_or_else(|errors| panic!("texts in {language:?} clash: {errors:?}"));
    }
    bundle
}

fn in_language(language: Language) -> &'static FluentBundle<FluentResource> {
    match language {
        Language::Chinese => &BUNDLES[0],
        Language::English => &BUNDLES[1],
    }
}

/// Whether there is a message under `key`.
pub fn has(language: Language, key: &str) -> bool {
    in_language(language).has_message(key)
}

/// The message under `key`, without facts.
pub fn say(language: Language, key: &str) -> String {
    say_with(language, key, &Facts::new())
}

/// The message under `key`, with its facts written as the language writes them.
///
/// An unknown key is said as itself: a page with one strange word is better than none, and the tests find it.
pub fn say_with(language: Language, key: &str, facts: &Facts) -> String {
    let bundle = in_language(language);
    let Some(pattern) = bundle.get_message(key).and_then(|message| message.value()) else {
        return key.to_owned();
    };
    let mut arguments = FluentArgs::new();
    for (name, fact) in facts {
        arguments.set(name.clone(), fluent_value(language, fact));
    }
    bundle.format_pattern(pattern, Some(&arguments), &mut Vec::new()).into_owned()
}

fn fluent_value(language: Language, fact: &Fact) -> FluentValue<'static> {
    match fact {
        Fact::Text(text) => FluentValue::from(text.clone()),
        Fact::Source(source) => FluentValue::from(source::in_language(language, source)),
        Fact::Word(key) => FluentValue::from(say(language, key)),
        Fact::Number(number) => FluentValue::from(*number),
        Fact::Money(money) => FluentValue::from(money.to_string()),
        Fact::Instant(at) => FluentValue::from(instant(language, *at)),
        Fact::Date(on) => FluentValue::from(date(language, *on)),
    }
}

/// The key of a refusal's text: `refusal-deadline-passed` for `DEADLINE_PASSED`.
pub fn refusal_key(code: Code) -> String {
    format!("refusal-{}", code.as_str().to_ascii_lowercase().replace('_', "-"))
}

/// What a refusal says.
pub fn refusal(language: Language, refusal: &Refusal) -> String {
    say_with(language, &refusal_key(refusal.code), &refusal.facts)
}

/// A calendar day in full, with its weekday: `2026年11月27日 星期五`, `Friday 27 November 2026`.
pub fn date(language: Language, on: NaiveDate) -> String {
    let weekday = on.weekday().num_days_from_monday() as usize;
    match language {
        Language::Chinese => {
            let names = ["一", "二", "三", "四", "五", "六", "日"];
            format!("{}年{}月{}日 星期{}", on.year(), on.month(), on.day(), names[weekday])
        }
        Language::English => {
            let days = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
            let months = [
                "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
                "November", "December",
            ];
            format!("{} {} {} {}", days[weekday], on.day(), months[on.month0() as usize], on.year())
        }
    }
}

/// An instant in full in the marketplace's zone: `2026年11月27日 星期五 10:00（北京时间）`.
pub fn instant(language: Language, at: DateTime<Utc>) -> String {
    instant_as(language, at, "%H:%M")
}

/// An instant to the second, where the second counts: `2026年11月27日 星期五 10:00:05（北京时间）`.
pub fn instant_to_second(language: Language, at: DateTime<Utc>) -> String {
    instant_as(language, at, "%H:%M:%S")
}

fn instant_as(language: Language, at: DateTime<Utc>, clock: &str) -> String {
    let local = at.with_timezone(&ZONE);
    let (day, time) = (date(language, local.date_naive()), local.format(clock));
    match language {
        Language::Chinese => format!("{day} {time}（北京时间）"),
        Language::English => format!("{day}, {time} (Beijing time)"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn keys(sources: &[&str]) -> BTreeSet<String> {
        sources
            .iter()
            .flat_map(|source| source.lines())
            .filter(|line| line.starts_with(|first: char| first.is_ascii_lowercase()))
            .filter_map(|line| line.split_once('=').map(|(key, _)| key.trim().to_owned()))
            .collect()
    }

    #[test]
    fn both_languages_have_the_same_messages() {
        let (chinese, english) = (keys(CHINESE), keys(ENGLISH));
        let lonely: Vec<_> = chinese.symmetric_difference(&english).collect();
        assert!(lonely.is_empty(), "in one language only: {lonely:?}");
    }

    #[test]
    fn an_instant_is_written_in_beijing_time_with_its_weekday() {
        let at = DateTime::parse_from_rfc3339("2026-11-27T02:00:00Z").unwrap().to_utc();
        assert_eq!(instant(Language::Chinese, at), "2026年11月27日 星期五 10:00（北京时间）");
        assert_eq!(instant(Language::English, at), "Friday 27 November 2026, 10:00 (Beijing time)");
        assert_eq!(instant_to_second(Language::Chinese, at), "2026年11月27日 星期五 10:00:00（北京时间）");
    }

    #[test]
    fn a_refusal_is_said_with_its_facts() {
        let refusal = Refusal::at(Code::TooLong, "title.zh").with("most", 200_usize).with("length", 201_usize);
        assert!(super::refusal(Language::English, &refusal).contains("200"));
        assert!(super::refusal(Language::Chinese, &refusal).contains("200"));
    }

    #[test]
    fn a_word_among_the_facts_is_said_in_the_readers_language() {
        let refusal = Refusal::new(Code::WrongState).with("state", Fact::word("order-state-placed"));
        assert!(super::refusal(Language::English, &refusal).contains("Placed"));
        assert!(super::refusal(Language::Chinese, &refusal).contains("待确认"));
    }
}
