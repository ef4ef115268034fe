//! What the law of the day asks of a tender before it may be published. Every answer names its rule and its source.

use super::consortium::{MEMBERS_LIMIT, MEMBERS_MOST};
use super::enterprise_share::joint_deduction_key;
use super::plan::Plan;
use super::procedure::choice::ProcedureChoice;
use super::questions;
use super::reservation::Reservation;
use super::procedure::{Announcement, DOCUMENTS_TO_DEADLINE, Procedure};
use super::tender_content::{CriterionKind, EvaluationMethod, Nature, POINTS_TOTAL, TenderContent};
use crate::money::{Currency, Money};
use crate::oversight::policy_pack::check::{self, Verdict};
use crate::oversight::policy_pack::{Figure, Rules};
use crate::refusal::{Code, Fact, Refusal, Refusals};
use crate::text::ZONE;
use chrono::{DateTime, NaiveDate, Utc};

/// Everything that keeps a tender from being handed in or published today, all at once.
///
/// # Errors
/// `DEADLINE_TOO_EARLY`, `ANNOUNCEMENT_TOO_SHORT`, `QUESTIONS_END_TOO_EARLY`, and those of [`lawful`].
pub fn ready(content: &TenderContent, rules: &Rules, now: DateTime<Utc>) -> Result<(), Refusals> {
    let mut faults = lawful(content, rules).err().unwrap_or_default();
    let today = now.with_timezone(&ZONE).date_naive();
    let invited_on = if content.choice.is_announced(rules, content.nature, content.budget) {
        announcement(&mut faults, &content.choice, rules, today)
    } else {
        today
    };
    deadline(&mut faults, content, rules, invited_on);
    faults.take("", questions::ahead(content, now));
    faults.into_result()
}

/// The first day on which suppliers can be asked for bids, once what precedes it has been announced for as long as is due.
fn announcement(faults: &mut Refusals, choice: &ProcedureChoice, rules: &Rules, today: NaiveDate) -> NaiveDate {
    let Some(until) = choice.announced_until else {
        faults.push(Refusal::at(Code::Required, "choice.announcedUntil"));
        return today;
    };
    let until_on = until.with_timezone(&ZONE).date_naive();
    if let Some(figure) = choice.announcement_figure() {
        let answer = check::deadline(rules, &figure, today, until_on);
        if answer.verdict == Verdict::Violation {
            faults.push(explain(Refusal::at(Code::AnnouncementTooShort, "choice.announcedUntil"), answer));
        }
    }
    until_on
}

/// Whether the intention that a tender carries out has been public for long enough today (财库〔2020〕10号). A tender that
/// names none is not refused: the rule is one of principle and leaves out what could not be foreseen.
///
/// # Errors
/// `PLAN_TOO_RECENT`.
pub fn intention(plan: Option<&Plan>, rules: &Rules, now: DateTime<Utc>) -> Result<(), Refusal> {
    let day = |at: DateTime<Utc>| at.with_timezone(&ZONE).date_naive();
    let answer = check::intention(rules, plan.and_then(|plan| plan.published_at).map(day), day(now));
    if answer.verdict == Verdict::Violation { Err(explain(Refusal::new(Code::PlanTooRecent), answer)) } else { Ok(()) }
}

/// Everything in which a tender's content falls short of the law, whatever the day.
///
/// # Errors
/// `REQUIRED` for what is missing, `RESERVATION_CONTRADICTED`, `LOT_EMPTY`, `LOT_BUDGETS_DIFFER`, `WEIGHTS_NOT_HUNDRED`, `PRICE_WEIGHT_TOO_LOW`, `SECURITY_TOO_HIGH`,
/// `DEDUCTION_OUT_OF_RANGE`, `PANEL_TOO_SMALL`, `HOLDERS_TOO_FEW`, `EVALUATION_METHOD_UNFIT`, `QUESTIONS_END_TOO_LATE`, those of
/// [`ProcedureChoice::check`] and those of [`TenderContent::check_draft`].
pub fn lawful(content: &TenderContent, rules: &Rules) -> Result<(), Refusals> {
    let mut faults = content.check_draft().err().unwrap_or_default();
    required(&mut faults, content);
    content.check_lots_ready(&mut faults);
    if let Err(more) = content.choice.check(rules, content.nature, content.budget) {
        // What does not even fit a draft has been told above.
        faults.0.extend(more.under("choice").0.into_iter().filter(|one| !matches!(one.code, Code::TooLong | Code::HiddenCharacters | Code::OutOfRange)));
    }
    reservation(&mut faults, content);
    method(&mut faults, content);
    weights(&mut faults, content, rules);
    security(&mut faults, content, rules);
    deduction(&mut faults, content, rules);
    joint_bids(&mut faults, content, rules);
    panel(&mut faults, content, rules);
    holders(&mut faults, content);
    faults.take("", questions::lawful(content, rules));
    faults.into_result()
}

/// The fewest members of the panel of a procedure for a budget, if the law of the day says so (财政部令第87号第四十七条 for
/// tenders, 财政部令第74号第七条 for the others).
pub fn fewest_members(rules: &Rules, procedure: Procedure, budget: Money) -> Option<&Figure> {
    let course = procedure.course();
    let large = rules.figure("panel.large_budget_minor");
    let is_large = large.is_some_and(|large| budget.currency == Currency::CNY && budget.amount_minor >= large.value);
    rules.figure(course.large_panel_figure.filter(|_| is_large).unwrap_or(course.panel_figure))
}

/// Whether a reservation says whatever it needs. How much is due is asked about, not refused: see [`super::reservation_check`].
fn reservation(faults: &mut Refusals, content: &TenderContent) {
    let lots: Vec<u32> = content.lot_budgets().into_iter().map(|(number, _)| number).collect();
    if let Err(more) = content.reservation.check(&lots) {
        faults.0.extend(more.under("reservation").0);
    }
    // What is reserved for a way to bid that the documents don't take could be answered by nobody.
    let (is_contradicted, path) = match &content.reservation {
        Reservation::Consortium { .. } => (!content.takes_consortia, "takesConsortia"),
        Reservation::Subcontract { .. } => (content.subcontracting.is_none(), "subcontracting"),
        Reservation::Undecided | Reservation::Unreserved { .. } | Reservation::Whole { .. } | Reservation::Lots { .. } => (false, ""),
    };
    if is_contradicted {
        faults.push(Refusal::at(Code::ReservationContradicted, path));
    }
}

/// Whether the procedure may compare bids so.
fn method(faults: &mut Refusals, content: &TenderContent) {
    let possible = content.choice.procedure.course().evaluation_methods;
    if !possible.contains(&content.method) {
        let refusal = Refusal::at(Code::EvaluationMethodUnfit, "method");
        faults.push(refusal.with("procedure", Fact::word(content.choice.procedure.text_key())));
    }
}

fn required(faults: &mut Refusals, content: &TenderContent) {
    let mut ask = |is_missing: bool, path: &str| {
        if is_missing {
            faults.push(Refusal::at(Code::Required, path));
        }
    };
    ask(content.description.zh.trim().is_empty(), "description.zh");
    ask(content.category.trim().is_empty(), "category");
    ask(content.items.is_empty(), "items");
    ask(content.requirements.is_empty(), "requirements");
    ask(content.papers.is_empty(), "papers");
    ask(content.deadline_at.is_none(), "deadlineAt");
    for (index, item) in content.items.iter().enumerate() {
        ask(item.name.zh.trim().is_empty(), &format!("items.{index}.name.zh"));
    }
    for (index, requirement) in content.requirements.iter().enumerate() {
        ask(requirement.text.zh.trim().is_empty(), &format!("requirements.{index}.text.zh"));
    }
    for (index, criterion) in content.criteria.iter().enumerate() {
        ask(criterion.name.zh.trim().is_empty(), &format!("criteria.{index}.name.zh"));
        // A criterion without its basis can't be judged alike by two persons (财政部令第87号第五十五条).
        ask(criterion.basis.zh.trim().is_empty(), &format!("criteria.{index}.basis.zh"));
    }
}

fn deadline(faults: &mut Refusals, content: &TenderContent, rules: &Rules, today: NaiveDate) {
    let Some(deadline_at) = content.deadline_at else { return };
    let deadline_on = deadline_at.with_timezone(&ZONE).date_naive();
    let answer = check::deadline(rules, &content.choice.procedure.figure_key(DOCUMENTS_TO_DEADLINE), today, deadline_on);
    if answer.verdict == Verdict::Violation {
        faults.push(explain(Refusal::at(Code::DeadlineTooEarly, "deadlineAt"), answer));
    }
}

fn weights(faults: &mut Refusals, content: &TenderContent, rules: &Rules) {
    if content.method == EvaluationMethod::LowestPrice {
        return;
    }
    let sum: u32 = content.criteria.iter().map(|one| one.weight_points).fold(0, u32::saturating_add);
    if sum != POINTS_TOTAL {
        faults.push(Refusal::at(Code::WeightsNotHundred, "criteria").with("sum", i64::from(sum)));
    }
    // For works the law names no least weight, and only a consultation has a greatest.
    let weight = i64::from(content.price_weight());
    let bound = |end: &str| content.choice.procedure.price_weight(rules, content.nature, end);
    if let Some(figure) = bound("least").filter(|figure| weight < figure.value) {
        let refusal = Refusal::at(Code::PriceWeightTooLow, "criteria").with("weight", weight);
        faults.push(cite(refusal, figure).with("least", figure.value));
    }
    if let Some(figure) = bound("most").filter(|figure| weight > figure.value) {
        let refusal = Refusal::at(Code::PriceWeightTooHigh, "criteria").with("weight", weight);
        faults.push(cite(refusal, figure).with("most", figure.value));
    }
    let prices = content.criteria.iter().filter(|one| one.kind == CriterionKind::Price).count();
    if prices > 1 {
        faults.push(Refusal::at(Code::LineTwice, "criteria"));
    }
}

fn security(faults: &mut Refusals, content: &TenderContent, rules: &Rules) {
    let Some(asked) = content.bid_security else { return };
    let answer = check::cap(rules, "bid_security.most_percent", content.budget, asked);
    if matches!(answer.verdict, Verdict::Violation | Verdict::InvalidInput) {
        faults.push(explain(Refusal::at(Code::SecurityTooHigh, "bidSecurity"), answer));
    }
}

fn deduction(faults: &mut Refusals, content: &TenderContent, rules: &Rules) {
    let [least, most] = match content.nature {
        Nature::Works => ["small_enterprise.works_deduction_least_percent", "small_enterprise.works_deduction_most_percent"],
        Nature::Goods | Nature::Services => ["small_enterprise.deduction_least_percent", "small_enterprise.deduction_most_percent"],
    }
    .map(|key| rules.figure(key));
    let (Some(least), Some(most)) = (least, most) else { return };
    if !(least.value..=most.value).contains(&content.small_enterprise_deduction_percent) {
        let refusal = Refusal::at(Code::DeductionOutOfRange, "smallEnterpriseDeductionPercent");
        faults.push(cite(refusal, least).with("least", least.value).with("most", most.value));
    }
}

/// Whether suppliers may bid together here, in which number, and what is taken off for what they leave to small ones.
fn joint_bids(faults: &mut Refusals, content: &TenderContent, rules: &Rules) {
    // Those who are asked by name were judged, or are one: whom they bring along nobody has judged.
    let course = content.choice.procedure.course();
    if content.takes_consortia && course.announcement != Announcement::None {
        let refusal = Refusal::at(Code::ConsortiaUnfit, "takesConsortia");
        faults.push(refusal.with("procedure", Fact::word(content.choice.procedure.text_key())));
    }
    let most = rules.figure(MEMBERS_MOST).map_or(i64::from(MEMBERS_LIMIT), |figure| figure.value);
    if content.consortium_members_most.is_some_and(|written| !(2..=most).contains(&i64::from(written))) {
        faults.push(Refusal::at(Code::OutOfRange, "consortiumMembersMost").with("least", 2_i64).with("most", most));
    }
    if content.subcontracting.as_ref().is_some_and(|parts| parts.zh.trim().is_empty()) {
        faults.push(Refusal::at(Code::Required, "subcontracting.zh"));
    }
    let [least, most] = ["least", "most"].map(|end| rules.figure(&joint_deduction_key(content.nature, end)));
    let (Some(written), Some(least), Some(most)) = (content.joint_deduction_percent, least, most) else { return };
    if !(least.value..=most.value).contains(&written) {
        let refusal = Refusal::at(Code::DeductionOutOfRange, "jointDeductionPercent");
        faults.push(cite(refusal, least).with("least", least.value).with("most", most.value));
    }
}

fn panel(faults: &mut Refusals, content: &TenderContent, rules: &Rules) {
    let Some(figure) = fewest_members(rules, content.choice.procedure, content.budget) else { return };
    let size = i64::from(content.panel_size);
    // An odd number, so that a majority can always be had.
    if size < figure.value || size % 2 == 0 {
        faults.push(cite(Refusal::at(Code::PanelTooSmall, "panelSize").with("least", figure.value), figure));
    }
}

fn holders(faults: &mut Refusals, content: &TenderContent) {
    let held = content.holders.len();
    let needed = usize::try_from(content.threshold).unwrap_or(usize::MAX);
    if needed < 2 || held < needed {
        faults.push(Refusal::at(Code::HoldersTooFew, "holders").with("held", held).with("needed", needed.max(2)));
    }
    for (index, holder) in content.holders.iter().enumerate() {
        if content.holders[..index].iter().any(|other| other.user == holder.user) {
            faults.push(Refusal::at(Code::LineTwice, &format!("holders.{index}")));
        }
    }
}

fn cite(refusal: Refusal, figure: &Figure) -> Refusal {
    refusal.with("source", Fact::Source(figure.source.clone()))
}

pub(super) fn explain(mut refusal: Refusal, answer: check::Check) -> Refusal {
    refusal.facts.extend(answer.facts);
    refusal.with("source", Fact::Source(answer.source))
}
