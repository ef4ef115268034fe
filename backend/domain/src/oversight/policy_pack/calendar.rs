//! Working days, by the yearly holiday notice. A year without a notice is unknown, never guessed.

use super::Verified;
use super::fault::{FaultCode, PackFault};
use chrono::{Datelike, Days, NaiveDate, Weekday};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// A year's notice, as it stands in a pack.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Year {
    #[serde(rename = "year")]
    number: i32,
    source: String,
    verified: Verified,
    /// Holidays: days, or ranges with a stroke.
    closed: Vec<String>,
    /// Saturdays and Sundays on which people work.
    open: Vec<String>,
}

/// Where the working days of a year are from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// The year.
    pub year: i32,
    /// The notice.
    pub source: String,
    /// How far the days have been compared with it.
    pub verified: Verified,
}

/// The days of a year that are not as its week has them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Exceptions {
    closed: BTreeSet<NaiveDate>,
    open: BTreeSet<NaiveDate>,
}

/// The working days of the years that are known.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Vec<Frozen>", into = "Vec<Frozen>")]
pub struct Calendar {
    years: BTreeMap<i32, Exceptions>,
}

/// A year as it is kept with a tender: a list, since a tagged state that is read from JSON takes no numbers for names.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Frozen {
    year: i32,
    closed: BTreeSet<NaiveDate>,
    open: BTreeSet<NaiveDate>,
}

impl From<Vec<Frozen>> for Calendar {
    fn from(years: Vec<Frozen>) -> Self {
        let years = years.into_iter().map(|Frozen { year, closed, open }| (year, Exceptions { closed, open }));
        Self { years: years.collect() }
    }
}

impl From<Calendar> for Vec<Frozen> {
    fn from(calendar: Calendar) -> Self {
        let years = calendar.years.into_iter();
        years.map(|(year, Exceptions { closed, open })| Frozen { year, closed, open }).collect()
    }
}

/// A year whose holiday notice is not in the pack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownYear(pub i32);

impl Calendar {
    /// Reads the notices of a pack.
    pub(super) fn new(pack: &str, years: Vec<Year>) -> Result<(Self, Vec<Notice>), Vec<PackFault>> {
        let (mut calendar, mut notices) = (Self::default(), Vec::new());
        let mut faults = Vec::new();
        for Year { number: year, source, verified, closed, open } in years {
            let of = |code| PackFault::new(pack, code).with("year", year.to_string());
            let mut read = |texts: Vec<String>| {
                let mut days = BTreeSet::new();
                for text in texts {
                    match range(year, &text) {
                        Some(range) => days.extend(range),
                        None => faults.push(of(FaultCode::CalendarDay).with("text", text)),
                    }
                }
                days
            };
            let (closed, open) = (read(closed), read(open));
            let is_wrong = |day: &&NaiveDate| !is_weekend(**day) || closed.contains(day);
            faults.extend(open.iter().filter(is_wrong).map(|day| of(FaultCode::CalendarOpenDay).with("day", *day)));
            if source.trim().is_empty() {
                faults.push(of(FaultCode::NoSource).with("key", format!("calendar {year}")));
            }
            if calendar.years.insert(year, Exceptions { closed, open }).is_some() {
                faults.push(of(FaultCode::CalendarTwice));
            }
            notices.push(Notice { year, source, verified });
        }
        if faults.is_empty() { Ok((calendar, notices)) } else { Err(faults) }
    }

    /// Whether no year is known.
    pub fn is_empty(&self) -> bool {
        self.years.is_empty()
    }

    /// The years of this with those that it lacks from another.
    #[must_use]
    pub(super) fn over(mut self, other: &Self) -> Self {
        for (year, exceptions) in &other.years {
            self.years.entry(*year).or_insert_with(|| exceptions.clone());
        }
        self
    }

    /// Whether people work on a day.
    ///
    /// # Errors
    /// The year, when its notice is not known.
    pub fn is_working_day(&self, day: NaiveDate) -> Result<bool, UnknownYear> {
        let known = self.years.get(&day.year()).ok_or(UnknownYear(day.year()))?;
        Ok(known.open.contains(&day) || (!is_weekend(day) && !known.closed.contains(&day)))
    }

    /// The last of so many working days after a day, which itself is not counted.
    ///
    /// # Errors
    /// The first year on the way whose notice is not known.
    pub fn after(&self, start: NaiveDate, working_days: u32) -> Result<NaiveDate, UnknownYear> {
        let mut day = start;
        let mut left = working_days;
        while left > 0 {
            day = day.succ_opt().ok_or(UnknownYear(day.year()))?;
            if self.is_working_day(day)? {
                left -= 1;
            }
        }
        Ok(day)
    }
}

fn is_weekend(day: NaiveDate) -> bool {
    matches!(day.weekday(), Weekday::Sat | Weekday::Sun)
}

fn range(year: i32, text: &str) -> Option<Vec<NaiveDate>> {
    let (first, last) = text.split_once('/').unwrap_or((text, text));
    let (first, last): (NaiveDate, NaiveDate) = (first.parse().ok()?, last.parse().ok()?);
    let is_of_year = first.year() == year && last.year() == year && first <= last;
    is_of_year.then(|| first.iter_days().take_while(|day| *day <= last).collect())
}

/// So many calendar days after a day, which itself is not counted.
pub fn calendar_days_after(start: NaiveDate, days: u64) -> Option<NaiveDate> {
    start.checked_add_days(Days::new(days))
}

#[cfg(test)]
mod tests {
    use super::super::{CN, PolicyPack};
    use super::*;

    fn on(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    #[test]
    fn worked_example_5_a_challenge_window_over_the_national_day_holiday() {
        let pack = PolicyPack::load(CN).unwrap();
        let window = pack.on(on(2026, 9, 25)).figure("challenge.window_days").unwrap().value;
        // 28, 29, 30 September; 8, 9 and the make-up Saturday 10 October; Monday 12 October.
        let last = pack.calendar().after(on(2026, 9, 25), u32::try_from(window).unwrap());
        assert_eq!(last, Ok(on(2026, 10, 12)));
    }

    #[test]
    fn an_unknown_year_is_said_to_be_unknown() {
        let pack = PolicyPack::load(CN).unwrap();
        assert_eq!(pack.calendar().after(on(2026, 12, 30), 5), Err(UnknownYear(2027)));
    }
}
