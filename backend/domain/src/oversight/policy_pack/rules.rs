//! The law of one day, frozen into what it governs.

use super::calendar::{Calendar, UnknownYear, calendar_days_after};
use super::figure::{Figure, Unit, day};
use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The figures in force on a day with the working days known then, frozen into what they govern: a pack that changes later
/// never changes a published tender.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rules {
    /// The pack.
    pub pack_id: String,
    /// The day whose law this is.
    #[serde(with = "day")]
    pub on: NaiveDate,
    pub(super) figures: BTreeMap<String, Figure>,
    /// What was frozen before calendars were is read with none: its working days are unknown.
    #[serde(default, skip_serializing_if = "Calendar::is_empty")]
    pub(super) calendar: Calendar,
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

    /// The figure under this key as a count. Where the law of the day has none, as in rules that were frozen before packs
    /// named the platform's own figures, it is the one that held then.
    pub fn count_or(&self, key: &str, before: usize) -> usize {
        self.count(key).unwrap_or(before)
    }

    /// All figures of the day, in the order of their keys.
    pub fn figures(&self) -> impl Iterator<Item = &Figure> {
        self.figures.values()
    }

    /// The working days.
    pub fn calendar(&self) -> &Calendar {
        &self.calendar
    }

    /// The last day of the period of this key that begins on `start`, which itself is not counted: in days of the calendar or
    /// working days, as the figure says. Nothing where the law of the day has no such period.
    ///
    /// # Errors
    /// Within: the first year on the way whose holiday notice is not known.
    pub fn period_end(&self, key: &str, start: NaiveDate) -> Option<Result<NaiveDate, UnknownYear>> {
        let figure = self.figure(key)?;
        match figure.unit {
            Unit::CalendarDays => calendar_days_after(start, u64::try_from(figure.value).ok()?).map(Ok),
            Unit::WorkingDays => Some(self.calendar.after(start, u32::try_from(figure.value).ok()?)),
            _ => None,
        }
    }

    /// The last day on which the period of this key can begin so that it ends by `end`. Nothing where the law of the day has no
    /// such period.
    ///
    /// # Errors
    /// Within: a year whose holiday notice is not known, where no day before it is sure.
    pub fn last_day_before(&self, key: &str, end: NaiveDate) -> Option<Result<NaiveDate, UnknownYear>> {
        let value = u64::try_from(self.figure(key)?.value).ok()?;
        // Holidays never make up most of the days before a deadline.
        let most = value.saturating_mul(3).saturating_add(14);
        let mut unknown = None;
        for start in (0..=most).map_while(|back| end.checked_sub_days(Days::new(back))) {
            match self.period_end(key, start)? {
                Ok(last) if last <= end => return Some(Ok(start)),
                Ok(_) => {}
                Err(year) => unknown = Some(year),
            }
        }
        unknown.map(Err)
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Packs, PolicyPack};
    use super::*;
    use proptest::prelude::*;
    use std::sync::LazyLock;

    static PACKS: LazyLock<Packs> = LazyLock::new(|| Packs::shipped().unwrap());

    fn on(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    proptest! {
        #[test]
        fn a_period_in_working_days_never_ends_on_a_day_off(days in 0_u64..700, pack in 0_usize..4) {
            let pack: &PolicyPack = PACKS.all().nth(pack).unwrap();
            let start = on(2024, 12, 1).checked_add_days(Days::new(days)).unwrap();
            let rules = pack.on(start);
            for figure in rules.figures().filter(|figure| figure.unit == Unit::WorkingDays && figure.value > 0) {
                if let Some(Ok(end)) = rules.period_end(&figure.key, start) {
                    prop_assert_eq!(rules.calendar().is_working_day(end), Ok(true));
                    prop_assert!(end >= start + Days::new(figure.value.unsigned_abs()));
                }
            }
        }
    }

    #[test]
    fn rules_frozen_before_calendars_were_are_read_and_know_no_working_day() {
        let rules = PACKS.get("cn").unwrap().on(on(2026, 11, 24));
        let mut frozen = serde_json::to_value(&rules).unwrap();
        assert_eq!(serde_json::from_value::<Rules>(frozen.clone()).unwrap(), rules);
        frozen.as_object_mut().unwrap().remove("calendar");
        let old: Rules = serde_json::from_value(frozen).unwrap();
        assert_eq!(old.period_end("challenge.window_days", on(2026, 11, 24)), Some(Err(UnknownYear(2026))));
        assert_eq!(old.period_end("contract.signature_days", on(2026, 11, 24)), Some(Ok(on(2026, 12, 24))));
        assert_eq!(old.period_end("challenge.no_such_days", on(2026, 11, 24)), None);
        assert_eq!(old.period_end("bid_security.most_percent", on(2026, 11, 24)), None, "no period");
    }
}
