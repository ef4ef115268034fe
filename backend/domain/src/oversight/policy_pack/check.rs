//! What a draft is asked: each answer with its rule, its source and what would satisfy it.

use super::calendar::calendar_days_after;
use super::{Figure, Rules};
use crate::money::Money;
use crate::refusal::{Fact, Facts};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// The answer to a check.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// The rule is kept.
    Compliant,
    /// The rule is broken.
    Violation,
    /// A fact is missing, which the facts name: never guessed.
    Uncertain,
    /// The rule does not hold on the day or for the thing.
    NotApplicable,
    /// What was given makes no sense.
    InvalidInput,
}

/// A check and its answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Check {
    /// The figure's key.
    pub rule: String,
    /// The answer.
    pub verdict: Verdict,
    /// Rule and article; empty when the law of the day has no such figure.
    pub source: String,
    /// What was compared, and under `remedy` what would satisfy.
    pub facts: Facts,
}

impl Check {
    pub(crate) fn new(rule: &str, verdict: Verdict, figure: Option<&Figure>) -> Self {
        let source = figure.map(|figure| figure.source.clone()).unwrap_or_default();
        Self { rule: rule.to_owned(), verdict, source, facts: Facts::new() }
    }

    pub(crate) fn with(mut self, name: &str, fact: impl Into<Fact>) -> Self {
        self.facts.insert(name.to_owned(), fact.into());
        self
    }
}

/// Whether a deadline leaves as many days after `start`, of the calendar or working days, as the figure asks. The remedy is
/// the earliest day. Where it depends on a year whose holiday notice is not known, that year is the missing fact
/// (`unknown_year`) and the answer is uncertain; only a deadline nearer than as many days of the calendar breaks the rule
/// under any notice, and its remedy is the first day of which that is not sure.
pub fn deadline(rules: &Rules, rule: &str, start: NaiveDate, deadline_on: NaiveDate) -> Check {
    let Some(figure) = rules.figure(rule) else { return Check::new(rule, Verdict::NotApplicable, None) };
    let said = |verdict| Check::new(rule, verdict, Some(figure)).with("days", figure.value).with("deadline", deadline_on).with("unit", Fact::word(figure.unit.text_key()));
    let (end, nearest) = (rules.period_end(rule, start), u64::try_from(figure.value).ok().and_then(|days| calendar_days_after(start, days)));
    let verdict = |earliest: NaiveDate| if deadline_on >= earliest { Verdict::Compliant } else { Verdict::Violation };
    match (end, nearest) {
        (Some(Ok(earliest)), _) => said(verdict(earliest)).with("remedy", earliest),
        (Some(Err(unknown)), Some(nearest)) if deadline_on < nearest => {
            said(Verdict::Violation).with("remedy", nearest).with("unknown_year", unknown.0.to_string())
        }
        (Some(Err(unknown)), _) => said(Verdict::Uncertain).with("unknown_year", unknown.0.to_string()),
        (None, _) => Check::new(rule, Verdict::InvalidInput, Some(figure)),
    }
}

/// Whether an intention (采购意向) has been public for as long as the figure asks when the procurement starts. Where none is
/// named, the law leaves room (an unforeseeable and urgent need): uncertain, for a person to judge. The remedy is the
/// first day on which it may start.
pub fn intention(rules: &Rules, published_on: Option<NaiveDate>, starts_on: NaiveDate) -> Check {
    let rule = "plan.published_before_days";
    let Some(published_on) = published_on else {
        let figure = rules.figure(rule);
        let verdict = if figure.is_some() { Verdict::Uncertain } else { Verdict::NotApplicable };
        return figure.into_iter().fold(Check::new(rule, verdict, figure), |check, figure| check.with("days", figure.value));
    };
    deadline(rules, rule, published_on, starts_on).with("held", (starts_on - published_on).num_days())
}

/// The deadline after a change that affects bids: as it was, or moved so that enough days are left by the figure of this key.
pub fn deadline_after_change(rules: &Rules, key: &str, changed_on: NaiveDate, deadline_on: NaiveDate) -> NaiveDate {
    let check = deadline(rules, key, changed_on, deadline_on);
    match (check.verdict, check.facts.get("remedy")) {
        (Verdict::Violation, Some(Fact::Date(earliest))) => *earliest,
        _ => deadline_on,
    }
}

/// Whether an amount is within so many percent of a whole: bid security of the budget, performance security of the
/// contract. The remedy is the cap.
pub fn cap(rules: &Rules, rule: &str, whole: Money, asked: Money) -> Check {
    let Some(figure) = rules.figure(rule) else { return Check::new(rule, Verdict::NotApplicable, None) };
    // Rounded down: half a fen over the cap is over the cap.
    let cap_minor = i128::from(whole.amount_minor) * i128::from(figure.value) / 100;
    let (Ok(cap_minor), true) = (i64::try_from(cap_minor), whole.currency == asked.currency && asked.amount_minor >= 0) else {
        return Check::new(rule, Verdict::InvalidInput, Some(figure));
    };
    let cap = Money::new(cap_minor, whole.currency);
    let verdict = if asked.amount_minor <= cap.amount_minor { Verdict::Compliant } else { Verdict::Violation };
    Check::new(rule, verdict, Some(figure)).with("percent", figure.value).with("asked", asked).with("remedy", cap)
}

#[cfg(test)]
mod tests {
    use super::super::{CN, PolicyPack};
    use super::*;

    fn on(month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, month, day).unwrap()
    }

    fn rules() -> Rules {
        PolicyPack::load(CN).unwrap().on(on(11, 24))
    }

    #[test]
    fn a_deadline_earlier_than_twenty_days_is_a_violation_with_its_remedy() {
        let rule = "open_tender.documents_to_deadline_days";
        let short = deadline(&rules(), rule, on(11, 24), on(12, 13));
        assert_eq!((short.verdict, &short.facts["remedy"]), (Verdict::Violation, &Fact::Date(on(12, 14))));
        assert_eq!(short.source, "政府采购法第三十五条");
        assert_eq!(deadline(&rules(), rule, on(11, 24), on(12, 14)).verdict, Verdict::Compliant);
        assert_eq!(deadline(&rules(), "no.such_rule", on(11, 24), on(12, 14)).verdict, Verdict::NotApplicable);
    }

    #[test]
    fn an_intention_is_public_thirty_days_before_and_uncertain_where_none_is_named() {
        let early = intention(&rules(), Some(on(11, 1)), on(11, 30));
        assert_eq!((early.verdict, &early.facts["remedy"], &early.facts["held"]), (Verdict::Violation, &Fact::Date(on(12, 1)), &Fact::from(29_i64)));
        assert!(early.source.contains("财库〔2020〕10号"), "{}", early.source);
        assert_eq!(intention(&rules(), Some(on(11, 1)), on(12, 1)).verdict, Verdict::Compliant);
        let none = intention(&rules(), None, on(12, 1));
        assert_eq!((none.verdict, &none.facts["days"]), (Verdict::Uncertain, &Fact::from(30_i64)));
    }

    #[test]
    fn worked_example_3_a_change_ten_days_before_moves_the_deadline_to_fifteen() {
        let key = "open_tender.change_to_deadline_days";
        assert_eq!(deadline_after_change(&rules(), key, on(12, 10), on(12, 20)), on(12, 25));
        assert_eq!(deadline_after_change(&rules(), key, on(12, 1), on(12, 20)), on(12, 20));
    }

    #[test]
    fn worked_example_4_a_security_over_two_percent_is_refused_with_the_cap() {
        let budget = Money::cny(150_000_000);
        let check = cap(&rules(), "bid_security.most_percent", budget, Money::cny(4_000_000));
        assert_eq!((check.verdict, &check.facts["remedy"]), (Verdict::Violation, &Fact::Money(Money::cny(3_000_000))));
        assert_eq!(cap(&rules(), "bid_security.most_percent", budget, Money::cny(3_000_000)).verdict, Verdict::Compliant);
    }
}
