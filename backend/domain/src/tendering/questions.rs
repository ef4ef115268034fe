//! Until when suppliers may ask about a tender. An answer that affects bids is a change: it leaves bidders as many days as the
//! law asks for, or the deadline moves. So questions end early enough that an answer of the same day moves nothing.

use super::procedure::CHANGE_TO_DEADLINE;
use super::tender::Tender;
use super::tender_check::explain;
use super::tender_content::TenderContent;
use crate::oversight::policy_pack::Rules;
use crate::oversight::policy_pack::calendar::UnknownYear;
use crate::oversight::policy_pack::check::{Check, Verdict};
use crate::refusal::{Code, Fact, Refusal, Refusals};
use crate::text::ZONE;
use chrono::{DateTime, NaiveDate, Utc};

fn day(at: DateTime<Utc>) -> NaiveDate {
    at.with_timezone(&ZONE).date_naive()
}

/// The last day on which questions may end before the deadline of a draft, by the law of the day: what an officer is
/// proposed. Nothing without a deadline, or where the law has no such period.
pub fn latest_day(content: &TenderContent, rules: &Rules) -> Option<Result<NaiveDate, UnknownYear>> {
    rules.last_day_before(&content.choice.procedure.figure_key(CHANGE_TO_DEADLINE), day(content.deadline_at?))
}

/// Whether questions end early enough; nothing without a deadline, or where the law has no such period. Where no end is set they are taken until the
/// deadline, and the remedy is the day that is proposed.
pub fn check(content: &TenderContent, rules: &Rules) -> Option<Check> {
    let figure = rules.figure(&content.choice.procedure.figure_key(CHANGE_TO_DEADLINE))?;
    let check = |verdict| Check::new(&figure.key, verdict, Some(figure)).with("days", figure.value).with("unit", Fact::word(figure.unit.text_key()));
    Some(match (latest_day(content, rules)?, content.questions_until) {
        (Err(unknown), Some(_)) => check(Verdict::Uncertain).with("unknown_year", unknown.0.to_string()),
        (Err(_), None) => check(Verdict::Compliant),
        (Ok(latest), until) => {
            let is_late = until.is_some_and(|until| day(until) > latest);
            check(if is_late { Verdict::Violation } else { Verdict::Compliant }).with("remedy", latest)
        }
    })
}

/// Refuses an end that leaves too little time for an answer before the deadline, or that lies behind it.
///
/// # Errors
/// `QUESTIONS_END_TOO_LATE` at `questionsUntil`.
pub(super) fn lawful(content: &TenderContent, rules: &Rules) -> Result<(), Refusal> {
    let Some(until) = content.questions_until else { return Ok(()) };
    let refusal = || Refusal::at(Code::QuestionsEndTooLate, "questionsUntil");
    if let Some(found) = check(content, rules).filter(|found| found.verdict == Verdict::Violation) {
        return Err(explain(refusal(), found));
    }
    match content.deadline_at {
        Some(deadline) if until > deadline => Err(refusal().with("remedy", day(deadline))),
        _ => Ok(()),
    }
}

/// Refuses an end that is over when the notice goes out.
///
/// # Errors
/// `QUESTIONS_END_TOO_EARLY` at `questionsUntil`.
pub(super) fn ahead(content: &TenderContent, now: DateTime<Utc>) -> Result<(), Refusal> {
    let is_over = content.questions_until.is_some_and(|until| until <= now);
    if is_over { Err(Refusal::at(Code::QuestionsEndTooEarly, "questionsUntil").with("now", now)) } else { Ok(()) }
}

impl Tender {
    /// The end of questions that a change leaves, where `asked` was asked for: as it was where nothing is said, and never
    /// nearer, since suppliers count on it.
    pub(super) fn questions_after_change(&self, asked: Option<DateTime<Utc>>) -> Result<Option<DateTime<Utc>>, Refusal> {
        let old = self.content.questions_until;
        match (asked, old) {
            (Some(asked), Some(old)) if asked < old => {
                Err(Refusal::at(Code::DeadlineMovedNearer, "content.questionsUntil").with("deadline", old))
            }
            (asked, old) => Ok(asked.or(old)),
        }
    }

    /// Refuses a question that comes too late.
    ///
    /// # Errors
    /// `QUESTIONS_OVER`, `DEADLINE_PASSED`.
    pub fn check_takes_questions(&self, now: DateTime<Utc>) -> Result<(), Refusals> {
        if let Some(until) = self.content.questions_until.filter(|until| now > *until) {
            return Err(Refusal::new(Code::QuestionsOver).with("until", until).into());
        }
        let deadline = self.deadline()?;
        if now > deadline { Err(Refusal::new(Code::DeadlinePassed).with("deadline", deadline).into()) } else { Ok(()) }
    }
}

#[cfg(test)]
#[path = "questions_tests.rs"]
mod tests;
