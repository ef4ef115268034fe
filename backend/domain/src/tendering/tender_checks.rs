//! The pack explains itself: every rule that a draft is held to, with its figure, its source, the answer, and what would
//! satisfy it. What keeps a draft from being handed in is judged in [`super::tender_check`], by the same figures.

use super::plan::Plan;
use super::preference;
use super::procedure::choice::{above_threshold, threshold};
use super::procedure::DOCUMENTS_TO_DEADLINE;
use super::questions;
use super::reservation_check::{self, ReservedYear};
use super::tender_check::fewest_members;
use super::tender_content::{EvaluationMethod, Nature, TenderContent};
use crate::language::Language;
use crate::money::{Currency, Money};
use crate::oversight::policy_pack::check::{self, Check, Verdict};
use crate::oversight::policy_pack::{Figure, Rules, known};
use crate::refusal::{Fact, Facts};
use crate::text::{self, ZONE};
use chrono::{DateTime, NaiveDate, Utc};

/// How a figure binds what was written: which words say what would satisfy it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Binds {
    EarliestDay,
    LatestDay,
    FirstDayOfNotice,
    MostMoney,
    LeastPercent,
    MostPercent,
    LeastCount,
    Threshold,
    /// The key of words of its own.
    Said(&'static str),
}

impl Binds {
    const fn text_key(self) -> &'static str {
        match self {
            Self::EarliestDay => "check-earliest-day",
            Self::LatestDay => "check-latest-day",
            Self::FirstDayOfNotice => "check-first-day-of-notice",
            Self::MostMoney => "check-most-money",
            Self::LeastPercent => "check-least-percent",
            Self::MostPercent => "check-most-percent",
            Self::LeastCount => "check-least-count",
            Self::Threshold => "check-threshold",
            Self::Said(key) => key,
        }
    }
}

/// One rule that a draft is held to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftCheck {
    /// The field that it governs, as the contract names it: `deadlineAt`.
    pub path: &'static str,
    /// The answer, with rule, source and facts; a fact `missing` names what is not known.
    pub check: Check,
    binds: Binds,
}

impl DraftCheck {
    fn of(path: &'static str, binds: Binds, check: Check) -> Self {
        Self { path, check, binds }
    }

    /// What the rule asks, in words: its subject and what its figure is.
    pub fn rule_words(&self, language: Language) -> String {
        let (subject, what) = (known::subject_key(known::subject(&self.check.rule)), known::text_key(&self.check.rule));
        let facts = Facts::from([("subject".to_owned(), Fact::word(subject)), ("what".to_owned(), Fact::word(what))]);
        text::say_with(language, "check-rule", &facts)
    }

    /// What would satisfy the rule, or which fact is missing; nothing where the law of the day has no such rule.
    pub fn remedy_words(&self, language: Language) -> Option<String> {
        let facts = &self.check.facts;
        if facts.contains_key("unknown_year") {
            let key = if self.check.verdict == Verdict::Uncertain { "check-year-unknown" } else { "check-year-unknown-but-too-early" };
            return Some(text::say_with(language, key, facts));
        }
        let remedy = facts.contains_key("remedy").then(|| text::say_with(language, self.binds.text_key(), facts));
        let missing = facts.get("missing").map(|_| text::say_with(language, "check-missing", facts));
        match (missing, remedy) {
            (Some(missing), Some(remedy)) => Some(format!("{missing} {remedy}")),
            (missing, remedy) => missing.or(remedy),
        }
    }
}

/// Every rule that the law of the day has for a draft, in the order of the editor's fields. `earlier` is what its buyer has
/// bought of the kind this year.
pub fn checks(content: &TenderContent, plan: Option<&Plan>, rules: &Rules, earlier: ReservedYear, now: DateTime<Utc>) -> Vec<DraftCheck> {
    let today = now.with_timezone(&ZONE).date_naive();
    let mut found = vec![intention(plan, rules, today), procedure(content, rules)];
    found.extend(invited(content, rules));
    found.extend(announcement(content, rules, today));
    found.push(deadline(content, rules, today));
    found.extend(questions::check(content, rules).map(|check| DraftCheck::of("questionsUntil", Binds::LatestDay, check)));
    found.push(security(content, rules));
    found.extend(weights(content, rules));
    found.extend(deductions(content, rules));
    found.push(panel(content, rules));
    found.extend(reservation_check::checks(content, rules, earlier).into_iter().map(|(check, key)| DraftCheck::of("reservation.measure", Binds::Said(key), check)));
    let (check, key) = preference::check(content, rules);
    found.push(DraftCheck::of("nature", Binds::Said(key), check));
    found
}

fn day(at: DateTime<Utc>) -> NaiveDate {
    at.with_timezone(&ZONE).date_naive()
}

fn intention(plan: Option<&Plan>, rules: &Rules, today: NaiveDate) -> DraftCheck {
    let published_on = plan.and_then(|plan| plan.published_at).map(day);
    let mut check = check::intention(rules, published_on, today);
    if check.verdict == Verdict::Uncertain && published_on.is_none() {
        check = check.with("missing", Fact::word("fact-intention"));
    }
    DraftCheck::of("planId", Binds::FirstDayOfNotice, check)
}

/// Whether the budget reaches the threshold of open tenders, and another procedure is approved then.
fn procedure(content: &TenderContent, rules: &Rules) -> DraftCheck {
    let (choice, key) = (&content.choice, format!("threshold.open_tender_{}_minor", content.nature.as_str()));
    let figure = threshold(rules, content.nature);
    let verdict = match (figure, above_threshold(rules, content.nature, content.budget)) {
        (None, _) => Verdict::NotApplicable,
        (Some(_), None) => Verdict::Uncertain,
        (_, Some(true)) if !choice.procedure.course().is_approved => Verdict::Compliant,
        (_, Some(true)) if choice.approval_number.trim().is_empty() => Verdict::Violation,
        _ => Verdict::Compliant,
    };
    let mut check = Check::new(&key, verdict, figure);
    if let Some(figure) = figure {
        check = check.with("remedy", Money::new(figure.value, Currency::CNY));
    }
    if verdict == Verdict::Uncertain {
        check = check.with("missing", Fact::word("fact-budget-in-yuan"));
    }
    DraftCheck::of("choice", Binds::Threshold, check)
}

fn invited(content: &TenderContent, rules: &Rules) -> Option<DraftCheck> {
    let figure = content.choice.procedure.figure(rules, "fewest_invited")?;
    Some(DraftCheck::of("choice.inviteCount", Binds::LeastCount, at_least(figure, i64::from(content.choice.invite_count))))
}

fn announcement(content: &TenderContent, rules: &Rules, today: NaiveDate) -> Option<DraftCheck> {
    let choice = &content.choice;
    let key = choice.announcement_figure().filter(|_| choice.is_announced(rules, content.nature, content.budget))?;
    Some(period("choice.announcedUntil", &key, rules, today, choice.announced_until, "fact-announced-until"))
}

fn deadline(content: &TenderContent, rules: &Rules, today: NaiveDate) -> DraftCheck {
    let choice = &content.choice;
    let announced = choice.announced_until.filter(|_| choice.is_announced(rules, content.nature, content.budget));
    let start = announced.map_or(today, day);
    period("deadlineAt", &choice.procedure.figure_key(DOCUMENTS_TO_DEADLINE), rules, start, content.deadline_at, "fact-deadline")
}

/// A period with its end; where no end is written yet, the earliest lawful one is told all the same.
fn period(path: &'static str, key: &str, rules: &Rules, start: NaiveDate, end: Option<DateTime<Utc>>, missing: &str) -> DraftCheck {
    let check = match (end, rules.figure(key)) {
        (Some(end), _) => check::deadline(rules, key, start, day(end)),
        (None, None) => Check::new(key, Verdict::NotApplicable, None),
        (None, Some(figure)) => {
            let check = Check::new(key, Verdict::Uncertain, Some(figure)).with("days", figure.value);
            match rules.period_end(key, start) {
                Some(Ok(earliest)) => check.with("missing", Fact::word(missing)).with("remedy", earliest),
                Some(Err(unknown)) => check.with("unknown_year", unknown.0.to_string()),
                None => check.with("missing", Fact::word(missing)),
            }
        }
    };
    DraftCheck::of(path, Binds::EarliestDay, check)
}

fn security(content: &TenderContent, rules: &Rules) -> DraftCheck {
    let asked = content.bid_security.unwrap_or(Money::new(0, content.budget.currency));
    DraftCheck::of("bidSecurity", Binds::MostMoney, check::cap(rules, "bid_security.most_percent", content.budget, asked))
}

fn weights(content: &TenderContent, rules: &Rules) -> Vec<DraftCheck> {
    if content.method == EvaluationMethod::LowestPrice {
        return Vec::new();
    }
    let weight = i64::from(content.price_weight());
    let bound = |end| content.choice.procedure.price_weight(rules, content.nature, end);
    let least = bound("least").map(|figure| DraftCheck::of("criteria", Binds::LeastPercent, at_least(figure, weight)));
    let most = bound("most").map(|figure| DraftCheck::of("criteria", Binds::MostPercent, at_most(figure, weight)));
    least.into_iter().chain(most).collect()
}

fn deductions(content: &TenderContent, rules: &Rules) -> Vec<DraftCheck> {
    let prefix = if content.nature == Nature::Works { "works_" } else { "" };
    let (path, written) = ("smallEnterpriseDeductionPercent", content.small_enterprise_deduction_percent);
    let figure = |end: &str| rules.figure(&format!("small_enterprise.{prefix}deduction_{end}_percent"));
    let least = figure("least").map(|figure| DraftCheck::of(path, Binds::LeastPercent, at_least(figure, written)));
    let most = figure("most").map(|figure| DraftCheck::of(path, Binds::MostPercent, at_most(figure, written)));
    least.into_iter().chain(most).collect()
}

fn panel(content: &TenderContent, rules: &Rules) -> DraftCheck {
    let size = i64::from(content.panel_size);
    let check = match fewest_members(rules, content.choice.procedure, content.budget) {
        None => Check::new("panel.fewest_members", Verdict::NotApplicable, None),
        Some(figure) => at_least(figure, if size % 2 == 0 { -1 } else { size }),
    };
    DraftCheck::of("panelSize", Binds::LeastCount, check)
}

fn at_least(figure: &Figure, written: i64) -> Check {
    let verdict = if written >= figure.value { Verdict::Compliant } else { Verdict::Violation };
    Check::new(&figure.key, verdict, Some(figure)).with("remedy", figure.value)
}

fn at_most(figure: &Figure, written: i64) -> Check {
    let verdict = if written <= figure.value { Verdict::Compliant } else { Verdict::Violation };
    Check::new(&figure.key, verdict, Some(figure)).with("remedy", figure.value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tendering::procedure::Procedure;
    use crate::language::LocalText;
    use crate::oversight::policy_pack::Packs;

    fn rules(pack: &str) -> Rules {
        Packs::shipped().unwrap().get(pack).unwrap().on("2026-11-27".parse().unwrap())
    }

    fn draft() -> TenderContent {
        TenderContent::begin(LocalText::new("办公家具", "Office furniture"), "A05010200".to_owned(), Nature::Goods, Money::cny(150_000_000))
    }

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn found(pack: &str, content: &TenderContent, path: &str) -> DraftCheck {
        let all = checks(content, None, &rules(pack), ReservedYear::default(), at("2026-11-27T02:00:00Z"));
        all.into_iter().find(|one| one.path == path).unwrap()
    }

    #[test]
    fn a_deadline_that_is_not_written_is_a_missing_fact_and_the_earliest_is_told() {
        let mut content = draft();
        let open = found("cn", &content, "deadlineAt");
        assert_eq!(open.check.verdict, Verdict::Uncertain);
        assert!(open.remedy_words(Language::English).unwrap().contains("17 December 2026"), "{open:?}");
        content.deadline_at = Some(at("2026-12-17T02:00:00Z"));
        let verdicts = ["cn", "cn-demo-nixiang", "cn-demo-jiashe", "gpa-2012"].map(|pack| found(pack, &content, "deadlineAt").check.verdict);
        assert_eq!(verdicts, [Verdict::Compliant, Verdict::Compliant, Verdict::Violation, Verdict::Violation]);
    }

    #[test]
    fn a_deadline_in_a_year_without_a_notice_is_uncertain_and_says_which() {
        let mut content = draft();
        content.choice.procedure = Procedure::Inquiry;
        content.deadline_at = Some(at("2027-01-20T02:00:00Z"));
        let all = checks(&content, None, &rules("cn"), ReservedYear::default(), at("2026-12-30T02:00:00Z"));
        let found = all.iter().find(|one| one.path == "deadlineAt").unwrap();
        assert_eq!(found.check.verdict, Verdict::Uncertain);
        for language in Language::ALL {
            assert!(found.remedy_words(language).unwrap().contains("2027"), "{found:?}");
        }
    }

    #[test]
    fn what_a_pack_does_not_have_is_not_applicable_and_never_nothing() {
        let panel = found("gpa-2012", &draft(), "panelSize");
        assert_eq!((panel.check.verdict, panel.remedy_words(Language::Chinese)), (Verdict::NotApplicable, None));
    }

    #[test]
    fn a_security_is_told_the_cap_of_its_own_city() {
        let mut content = draft();
        content.bid_security = Some(Money::cny(2_000_000));
        let verdicts = ["cn", "cn-demo-nixiang"].map(|pack| found(pack, &content, "bidSecurity").check.verdict);
        assert_eq!(verdicts, [Verdict::Compliant, Verdict::Violation]);
        assert!(found("cn-demo-nixiang", &content, "bidSecurity").remedy_words(Language::English).unwrap().contains("15,000.00"));
    }

    #[test]
    fn every_check_has_words_in_both_languages() {
        let fixed = ["check-rule", "check-missing", "check-year-unknown", "check-year-unknown-but-too-early"];
        let facts = ["fact-intention", "fact-budget-in-yuan", "fact-announced-until", "fact-deadline"];
        let binds = [
            Binds::EarliestDay, Binds::LatestDay, Binds::FirstDayOfNotice, Binds::MostMoney, Binds::LeastPercent, Binds::MostPercent, Binds::LeastCount,
            Binds::Threshold,
        ];
        for key in binds.map(Binds::text_key).into_iter().chain(fixed).chain(facts) {
            for language in Language::ALL {
                assert!(text::has(language, key), "{key} in {language:?}");
            }
        }
    }
}
