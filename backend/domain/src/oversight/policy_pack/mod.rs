//! Policy packs: the figures of law as data, each with its source, its verification and its dates.

pub mod calendar;
pub mod check;
pub mod source;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// The pack of the People's Republic of China.
pub const CN: &str = include_str!("../../../packs/cn.toml");

/// How far a figure has been compared with the text of its rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verified {
    /// Read in the text itself.
    Primary,
    /// Read in a secondary source.
    Secondary,
    /// Nobody has read it yet.
    Unread,
}

/// What a figure counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// Days of the calendar, the first day excluded.
    CalendarDays,
    /// Working days, the first day excluded.
    WorkingDays,
    /// Hundredths of a whole.
    Percent,
    /// Persons, bids, and the like.
    Count,
    /// Money in the minor unit of the pack's own currency.
    MinorUnits,
    /// Nothing: that a procedure may be taken on a ground. The value is 1.
    Ground,
}

/// A figure of law.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Figure {
    /// Its name: `open_tender.documents_to_deadline_days`.
    pub key: String,
    /// The figure.
    pub value: i64,
    /// What it counts.
    pub unit: Unit,
    /// Rule and article.
    pub source: String,
    /// How far it has been compared.
    pub verified: Verified,
    /// The first day on which it holds.
    #[serde(with = "day")]
    pub effective_from: NaiveDate,
    /// The last day on which it holds; open when absent.
    #[serde(default, with = "day_option", skip_serializing_if = "Option::is_none")]
    pub effective_to: Option<NaiveDate>,
}

impl Figure {
    fn holds_on(&self, day: NaiveDate) -> bool {
        self.effective_from <= day && self.effective_to.is_none_or(|last| day <= last)
    }
}

/// A pack: figures over time and working-day calendars.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyPack {
    /// Its name: `cn`.
    pub id: String,
    figures: Vec<Figure>,
    calendar: calendar::Calendar,
}

/// The figures in force on a day, frozen into what they govern.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rules {
    /// The pack.
    pub pack_id: String,
    /// The day whose law this is.
    #[serde(with = "day")]
    pub on: NaiveDate,
    figures: BTreeMap<String, Figure>,
}

impl Rules {
    /// The figure under this key, if the law of the day has one.
    pub fn figure(&self, key: &str) -> Option<&Figure> {
        self.figures.get(key)
    }

    /// The figure under this key as a count, if the law of the day has one that is no less than nothing.
    pub fn count(&self, key: &str) -> Option<usize> {
        self.figure(key).and_then(|figure| usize::try_from(figure.value).ok())
    }
}

/// What is wrong with a pack. Told to whoever writes packs, with the figure's name.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PackFault {
    /// The file does not read.
    #[error("the pack does not read: {0}")]
    Unreadable(String),
    /// A figure names no source.
    #[error("{0} names no source")]
    NoSource(String),
    /// A figure ends before it begins.
    #[error("{0} ends before it begins")]
    EndsBeforeItBegins(String),
    /// Two figures of one name hold on the same day.
    #[error("{key} has two figures on {on}")]
    Overlap {
        /// Which.
        key: String,
        /// The first such day.
        on: NaiveDate,
    },
    /// A figure of the same name ends some days before the next begins.
    #[error("{key} has no figure on {on}")]
    Hole {
        /// Which.
        key: String,
        /// The first such day.
        on: NaiveDate,
    },
    /// A calendar's day or range does not read or lies in another year.
    #[error("calendar {year}: {text} is no day or range of it")]
    CalendarDay {
        /// The calendar.
        year: i32,
        /// What stands there.
        text: String,
    },
    /// Two calendars for one year.
    #[error("there are two calendars for {0}")]
    CalendarTwice(i32),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    id: String,
    #[serde(rename = "name_zh")]
    _name_zh: String,
    #[serde(rename = "name_en")]
    _name_en: String,
    #[serde(rename = "utc_offset_hours")]
    _utc_offset_hours: i32,
    figure: Vec<Figure>,
    #[serde(default)]
    calendar: Vec<calendar::Year>,
}

impl PolicyPack {
    /// Reads and checks a pack.
    ///
    /// # Errors
    /// Every fault at once.
    pub fn load(text: &str) -> Result<Self, Vec<PackFault>> {
        let file: File = toml::from_str(text).map_err(|error| vec![PackFault::Unreadable(error.to_string())])?;
        let mut faults = check_figures(&file.figure);
        let calendar = match calendar::Calendar::new(file.calendar) {
            Ok(calendar) => calendar,
            Err(more) => {
                faults.extend(more);
                calendar::Calendar::default()
            }
        };
        if faults.is_empty() { Ok(Self { id: file.id, figures: file.figure, calendar }) } else { Err(faults) }
    }

    /// The law of a day.
    pub fn on(&self, day: NaiveDate) -> Rules {
        let figures = self.figures.iter().filter(|figure| figure.holds_on(day));
        let figures = figures.map(|figure| (figure.key.clone(), figure.clone())).collect();
        Rules { pack_id: self.id.clone(), on: day, figures }
    }

    /// The working days.
    pub fn calendar(&self) -> &calendar::Calendar {
        &self.calendar
    }
}

fn check_figures(figures: &[Figure]) -> Vec<PackFault> {
    let mut faults = Vec::new();
    for figure in figures {
        if figure.source.trim().is_empty() {
            faults.push(PackFault::NoSource(figure.key.clone()));
        }
        if figure.effective_to.is_some_and(|last| last < figure.effective_from) {
            faults.push(PackFault::EndsBeforeItBegins(figure.key.clone()));
        }
    }
    let keys: BTreeSet<&str> = figures.iter().map(|figure| figure.key.as_str()).collect();
    for key in keys {
        let mut same: Vec<&Figure> = figures.iter().filter(|figure| figure.key == key).collect();
        same.sort_by_key(|figure| figure.effective_from);
        for pair in same.windows(2) {
            let next = pair[1].effective_from;
            match pair[0].effective_to.and_then(|last| last.succ_opt()) {
                Some(free) if free < next => faults.push(PackFault::Hole { key: key.to_owned(), on: free }),
                Some(free) if free == next => {}
                _ => faults.push(PackFault::Overlap { key: key.to_owned(), on: next }),
            }
        }
    }
    faults
}

/// Days in TOML are dates of its own kind, in JSON text: both read from their text.
mod day {
    use chrono::NaiveDate;
    use serde::{Deserialize, Deserializer, Serializer};

    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Day {
        Text(String),
        Toml(toml::value::Datetime),
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<NaiveDate, D::Error> {
        let text = match Day::deserialize(deserializer)? {
            Day::Text(text) => text,
            Day::Toml(day) => day.to_string(),
        };
        text.parse().map_err(|_| serde::de::Error::custom(format!("{text} is no day")))
    }

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes references")]
    pub fn serialize<S: Serializer>(day: &NaiveDate, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(day)
    }
}

mod day_option {
    use chrono::NaiveDate;
    use serde::{Deserialize, Deserializer, Serializer};

    #[derive(Deserialize)]
    struct Day(#[serde(with = "super::day")] NaiveDate);

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<NaiveDate>, D::Error> {
        Ok(Option::<Day>::deserialize(deserializer)?.map(|day| day.0))
    }

    #[expect(clippy::ref_option, clippy::trivially_copy_pass_by_ref, reason = "serde passes references")]
    pub fn serialize<S: Serializer>(day: &Option<NaiveDate>, serializer: S) -> Result<S::Ok, S::Error> {
        match day {
            Some(day) => serializer.collect_str(day),
            None => serializer.serialize_none(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figure(from: &str, to: &str, source: &str) -> String {
        let to = if to.is_empty() { String::new() } else { format!("effective_to = {to}\n") };
        format!("[[figure]]\nkey = \"a.b\"\nvalue = 1\nunit = \"count\"\nsource = \"{source}\"\nverified = \"unread\"\neffective_from = {from}\n{to}")
    }

    fn faults(figures: &[String]) -> Vec<PackFault> {
        let head = "id = \"x\"\nname_zh = \"\"\nname_en = \"\"\nutc_offset_hours = 8\n";
        PolicyPack::load(&format!("{head}{}", figures.concat())).err().unwrap_or_default()
    }

    fn on(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    #[test]
    fn the_shipped_pack_loads_and_survives_freezing() {
        let rules = PolicyPack::load(CN).unwrap().on(on(2026, 11, 24));
        let frozen: Rules = serde_json::from_str(&serde_json::to_string(&rules).unwrap()).unwrap();
        assert_eq!(frozen, rules);
        assert_eq!(rules.figure("small_enterprise.deduction_most_percent").unwrap().value, 20);
    }

    #[test]
    fn worked_example_0_the_law_is_that_of_the_day_of_notice() {
        let pack = PolicyPack::load(CN).unwrap();
        let (before, after) = (pack.on(on(2025, 12, 20)), pack.on(on(2026, 2, 10)));
        for key in ["domestic_product.deduction_percent", "low_price.of_mean_percent", "low_price.of_ceiling_percent"] {
            assert!(before.figure(key).is_none() && after.figure(key).is_some(), "{key}");
        }
    }

    #[test]
    fn holes_overlaps_and_missing_sources_are_named() {
        let key = || "a.b".to_owned();
        let hole = faults(&[figure("2020-01-01", "2020-12-30", "法"), figure("2021-01-01", "", "法")]);
        assert_eq!(hole, [PackFault::Hole { key: key(), on: on(2020, 12, 31) }]);
        let overlap = faults(&[figure("2020-01-01", "", "法"), figure("2021-01-01", "", "法")]);
        assert_eq!(overlap, [PackFault::Overlap { key: key(), on: on(2021, 1, 1) }]);
        assert_eq!(faults(&[figure("2020-01-01", "", " ")]), [PackFault::NoSource(key())]);
        assert_eq!(faults(&[figure("2020-01-02", "2020-01-01", "法")]), [PackFault::EndsBeforeItBegins(key())]);
    }
}
