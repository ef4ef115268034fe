//! A figure of law: what it counts, where it stands, since when and how far it has been compared with its text.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

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

impl Verified {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Primary, Self::Secondary, Self::Unread];

    /// The key of its words: `verified-primary`.
    pub const fn text_key(self) -> &'static str {
        match self {
            Self::Primary => "verified-primary",
            Self::Secondary => "verified-secondary",
            Self::Unread => "verified-unread",
        }
    }
}

macro_rules! units {
    ($( $(#[$meta:meta])* $name:ident = $key:literal; )*) => {
        /// What a figure counts.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Unit { $( $(#[$meta])* $name ),* }

        impl Unit {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The key of its words, which take the figure as `value`.
            pub const fn text_key(self) -> &'static str {
                match self { $(Self::$name => concat!("unit-", $key)),* }
            }
        }
    };
}
units! {
    /// Days of the calendar, the first day excluded.
    CalendarDays = "calendar-days";
    /// Working days, the first day excluded.
    WorkingDays = "working-days";
    /// Hundredths of a whole.
    Percent = "percent";
    /// Persons, bids, and the like.
    Count = "count";
    /// Money in the minor unit of the pack's own currency.
    MinorUnits = "minor-units";
    /// Minutes.
    Minutes = "minutes";
    /// Hours.
    Hours = "hours";
    /// Years.
    Years = "years";
    /// Third parts of a whole.
    Thirds = "thirds";
    /// Ten-thousandths of a whole, such as interest for a day (万分之五).
    PerTenThousand = "per-ten-thousand";
    /// Nothing: that a procedure may be taken on a ground. The value is 1.
    Ground = "ground";
    /// Nothing: that a rule holds. The value is 1.
    Rule = "rule";
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
    /// Whether it is law on a day.
    pub fn holds_on(&self, day: NaiveDate) -> bool {
        self.effective_from <= day && self.effective_to.is_none_or(|last| day <= last)
    }

    /// What is left of it when another figure of its name takes the other's days: up to two pieces.
    pub(super) fn without_days_of(&self, other: &Self) -> Vec<Self> {
        let is_apart = self.effective_to.is_some_and(|last| last < other.effective_from) || other.effective_to.is_some_and(|last| last < self.effective_from);
        if is_apart {
            return vec![self.clone()];
        }
        let before = other.effective_from.pred_opt().filter(|last| *last >= self.effective_from);
        let before = before.map(|last| Self { effective_to: Some(last), ..self.clone() });
        let after = other.effective_to.and_then(|last| last.succ_opt()).filter(|first| self.effective_to.is_none_or(|last| *first <= last));
        let after = after.map(|first| Self { effective_from: first, ..self.clone() });
        before.into_iter().chain(after).collect()
    }
}

/// Days in TOML are dates of its own kind, in JSON text: both read from their text.
pub(super) mod day {
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

