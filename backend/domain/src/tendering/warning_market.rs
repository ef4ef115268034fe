//! Warnings that come from the calendar and from the buyer's other purchases.

use super::procedure::{DOCUMENTS_TO_DEADLINE, Procedure};
use super::procedure::choice::{OPEN_TENDER_THRESHOLD, threshold};
use super::tender_content::TenderContent;
use super::warning::{self, Purchase, Review, Surroundings, Unchecked, Warning, WarningKind};
use crate::money::{Currency, Money};
use crate::oversight::policy_pack::check;
use crate::refusal::Fact;
use crate::text::ZONE;
use chrono::{Datelike as _, NaiveDate};

/// Up to so many days over the least period a draft is asked about it: approval and notice take that long, and then the
/// period is too short. A platform rule.
pub const SLACK_DAYS: i64 = 2;
/// From so many days on without a working day among them a holiday is a long one: Spring Festival, Labour Day and National
/// Day are, a long weekend is not. A platform rule.
pub const LONG_HOLIDAY_DAYS: i64 = 5;
/// The longest period that is looked through for holidays.
const PERIOD_MOST_DAYS: i64 = 400;

/// Lawful periods that are hardly longer than the least, or only by a long holiday.
pub(super) fn period(review: &mut Review, content: &TenderContent, around: &Surroundings<'_>) {
    let Some(deadline_at) = content.deadline_at else { return };
    let deadline = deadline_at.with_timezone(&ZONE).date_naive();
    let key = content.choice.procedure.figure_key(DOCUMENTS_TO_DEADLINE);
    let answer = check::deadline(around.rules, &key, start(content, around), deadline);
    let Some(Fact::Date(earliest)) = answer.facts.get("remedy") else { return };
    let rule = Fact::Source(answer.source.clone());
    let spare = (deadline - *earliest).num_days();
    // What is too short is refused elsewhere.
    if spare < 0 {
        return;
    }
    if spare <= SLACK_DAYS {
        let warning = Warning::at(WarningKind::ShortPeriod, "deadlineAt").with("deadline", deadline).with("earliest", *earliest);
        let warning = warning.with(warning::RULE, rule.clone());
        review.warn(warning.with("spare", spare).with("remedy", *earliest + chrono::TimeDelta::days(SLACK_DAYS + 1)));
    }
    match longest_holiday(around, deadline) {
        Ok(Some((first, last))) => {
            let days = (last - first).num_days() + 1;
            if spare < days {
                let warning = Warning::at(WarningKind::LongHoliday, "deadlineAt").with("deadline", deadline).with("spare", spare);
                let warning = warning.with("first", first).with("last", last).with("days", days).with(warning::RULE, rule);
                review.warn(warning.with("remedy", *earliest + chrono::TimeDelta::days(days)));
            }
        }
        Ok(None) => {}
        Err(year) => review.unchecked.push(Unchecked::new(WarningKind::LongHoliday, "year").with("year", year.to_string())),
    }
}

/// From when the period runs, were the draft handed in and published today: from the end of what is announced beforehand.
fn start(content: &TenderContent, around: &Surroundings<'_>) -> NaiveDate {
    let is_announced = content.choice.is_announced(around.rules, content.nature, content.budget);
    let announced = content.choice.announced_until.filter(|_| is_announced).map(|at| at.with_timezone(&ZONE).date_naive());
    announced.map_or(around.today, |until| until.max(around.today))
}

/// The longest stretch without a working day in the period, if it is long; or the year whose calendar is not known.
fn longest_holiday(around: &Surroundings<'_>, deadline: NaiveDate) -> Result<Option<(NaiveDate, NaiveDate)>, i32> {
    let most = usize::try_from(PERIOD_MOST_DAYS).unwrap_or_default();
    let mut longest: Option<(NaiveDate, NaiveDate)> = None;
    let mut current: Option<(NaiveDate, NaiveDate)> = None;
    for day in around.today.iter_days().skip(1).take(most).take_while(|day| *day <= deadline) {
        if around.calendar.is_working_day(day).map_err(|unknown| unknown.0)? {
            current = None;
            continue;
        }
        let stretch = current.map_or((day, day), |(first, _)| (first, day));
        current = Some(stretch);
        let length = |(first, last): (NaiveDate, NaiveDate)| (last - first).num_days();
        if longest.is_none_or(|other| length(stretch) > length(other)) {
            longest = Some(stretch);
        }
    }
    Ok(longest.filter(|(first, last)| (*last - *first).num_days() + 1 >= LONG_HOLIDAY_DAYS))
}

/// Purchases of one category, each below the threshold, that exceed it together: in the month, whatever their method
/// (a platform rule, so that the question comes up in time); in the fiscal year, those by other methods than open tender,
/// which is what 条例第二十八条 counts.
pub(super) fn splitting(review: &mut Review, content: &TenderContent, around: &Surroundings<'_>) {
    if content.category.trim().is_empty() {
        return;
    }
    let figure = threshold(around.rules, content.nature).filter(|figure| figure.value > 0 && content.budget.currency == Currency::CNY);
    let Some(figure) = figure else {
        let key = format!("{OPEN_TENDER_THRESHOLD}_{}_minor", content.nature.as_str());
        review.unchecked.push(Unchecked::new(WarningKind::Splitting, "threshold").with("figure", key));
        return;
    };
    let is_open_tender = content.choice.procedure == Procedure::OpenTender;
    let (own, limit) = (content.budget.amount_minor, figure.value);
    if own >= limit {
        return;
    }
    let is_counted = |one: &&Purchase| one.amount.currency == Currency::CNY && one.amount.amount_minor < limit && one.on <= around.today;
    let is_of_year = |one: &&Purchase| one.on.year() == around.today.year();
    let others: Vec<&Purchase> = around.purchases.iter().filter(is_counted).filter(is_of_year).collect();
    let sum = |of: &[&Purchase]| of.iter().map(|one| one.amount.amount_minor).fold(0, i64::saturating_add);
    let of_month: Vec<&Purchase> = others.iter().copied().filter(|one| one.on.month() == around.today.month()).collect();
    let by_other_methods: Vec<&Purchase> = others.into_iter().filter(|one| !one.is_open_tender).collect();
    let month = own.saturating_add(sum(&of_month));
    let year = sum(&by_other_methods).saturating_add(if is_open_tender { 0 } else { own });
    let exceeds_month = !of_month.is_empty() && month > limit;
    let exceeds_year = !is_open_tender && !by_other_methods.is_empty() && year > limit;
    if !exceeds_month && !exceeds_year {
        return;
    }
    let mut numbers: Vec<&str> = if exceeds_month { &of_month } else { &by_other_methods }.iter().map(|one| one.number.as_str()).collect();
    numbers.sort_unstable();
    let warning = Warning::at(WarningKind::Splitting, "budget").with("own", content.budget).with("threshold", Money::cny(limit));
    let warning = warning.with("threshold_source", Fact::Source(figure.source.clone()));
    let warning = warning.with("month", Money::cny(month)).with("month_count", of_month.len() + 1);
    let warning = warning.with("year", Money::cny(year)).with("year_count", by_other_methods.len());
    review.warn(warning.with("numbers", first_of(&numbers)));
}

/// The first few of a list, and how many more.
fn first_of(numbers: &[&str]) -> String {
    const SHOWN: usize = 5;
    let shown = numbers.iter().take(SHOWN).copied().collect::<Vec<_>>().join(", ");
    if numbers.len() > SHOWN { format!("{shown} … (+{})", numbers.len() - SHOWN) } else { shown }
}
