//! The choice of a procedure: by value, kind and ground, under the law of the day, with the reasons.

use super::ground::Ground;
use super::{Announcement, Procedure};
use crate::ident::OrganizationId;
use crate::language::LocalText;
use crate::money::{Currency, Money};
use crate::oversight::policy_pack::{Figure, Rules, check::Verdict};
use crate::refusal::{Code, Fact, Facts, Refusal, Refusals, check_text};
use crate::tendering::tender_content::Nature;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// The longest reason for a choice, in characters.
pub const CHOICE_REASON_MOST_CHARS: usize = 4_000;
/// The longest number of an approval, in characters.
pub const APPROVAL_NUMBER_MOST_CHARS: usize = 100;
/// The most suppliers that a tender names or draws.
pub const INVITED_MOST: usize = 50;
/// The figure by which the pack lets a procedure do without its announcement below a threshold.
pub const OPEN_TENDER_THRESHOLD: &str = "threshold.open_tender";

/// Which procedure an officer has chosen, and why.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ProcedureChoice {
    /// Which.
    pub procedure: Procedure,
    /// On which ground; none for an open tender.
    pub ground: Option<Ground>,
    /// The facts that show the ground to hold; everybody reads it.
    pub reason: LocalText,
    /// The number under which the finance authority approved another procedure than an open tender above its threshold
    /// (政府采购法第二十七条); empty where none is needed.
    pub approval_number: String,
    /// Until when suppliers apply or object, where something is announced beforehand.
    pub announced_until: Option<DateTime<Utc>>,
    /// The one supplier of a single source.
    pub sole_supplier: Option<OrganizationId>,
    /// How many of those who qualify are drawn and asked for bids.
    pub invite_count: u32,
}

impl ProcedureChoice {
    /// What even a draft keeps to.
    ///
    /// # Errors
    /// `TOO_LONG`, `HIDDEN_CHARACTERS`, `OUT_OF_RANGE`, with their paths.
    pub fn check_draft(&self) -> Result<(), Refusals> {
        let mut faults = Refusals::default();
        faults.take("reason.zh", check_text(&self.reason.zh, false, CHOICE_REASON_MOST_CHARS));
        faults.take("reason.en", check_text(&self.reason.en, false, CHOICE_REASON_MOST_CHARS));
        faults.take("approvalNumber", check_text(&self.approval_number, false, APPROVAL_NUMBER_MOST_CHARS));
        if usize::try_from(self.invite_count).is_ok_and(|count| count > INVITED_MOST) {
            faults.push(Refusal::at(Code::OutOfRange, "inviteCount").with("least", 0_i64).with("most", INVITED_MOST));
        }
        faults.into_result()
    }

    /// Whether the choice holds for what is bought, under the law of the day.
    ///
    /// # Errors
    /// `PROCEDURE_NOT_IN_FORCE`, `REQUIRED` and `GROUND_UNFIT` at `ground`, `REQUIRED` at `reason.zh`, `approvalNumber`,
    /// `soleSupplier`, `INVITED_TOO_FEW`.
    pub fn check(&self, rules: &Rules, nature: Nature, budget: Money) -> Result<(), Refusals> {
        let mut faults = self.check_draft().err().unwrap_or_default();
        if !self.procedure.is_in_force(rules) {
            let refusal = Refusal::at(Code::ProcedureNotInForce, "procedure");
            faults.push(refusal.with("procedure", Fact::word(self.procedure.text_key())).with("day", rules.on));
            return faults.into_result();
        }
        if self.procedure != Procedure::OpenTender {
            self.check_ground(&mut faults, rules);
            self.check_approval(&mut faults, rules, nature, budget);
        }
        match self.procedure.course().announcement {
            Announcement::Prequalification => self.check_invited(&mut faults, rules),
            Announcement::SingleSource if self.sole_supplier.is_none() => faults.push(Refusal::at(Code::Required, "soleSupplier")),
            Announcement::SingleSource | Announcement::None => {}
        }
        faults.into_result()
    }

    fn check_ground(&self, faults: &mut Refusals, rules: &Rules) {
        let grounds = self.procedure.grounds(rules);
        match self.ground {
            None => faults.push(Refusal::at(Code::Required, "ground")),
            Some(ground) if !grounds.iter().any(|(one, _)| *one == ground) => {
                let refusal = Refusal::at(Code::GroundUnfit, "ground").with("ground", Fact::word(ground.text_key()));
                faults.push(refusal.with("procedure", Fact::word(self.procedure.text_key())));
            }
            Some(_) => {}
        }
        if self.reason.zh.trim().is_empty() {
            faults.push(Refusal::at(Code::Required, "reason.zh"));
        }
    }

    fn check_approval(&self, faults: &mut Refusals, rules: &Rules, nature: Nature, budget: Money) {
        let is_needed = self.procedure.course().is_approved && above_threshold(rules, nature, budget) == Some(true);
        if is_needed && self.approval_number.trim().is_empty() {
            let refusal = Refusal::at(Code::ApprovalMissing, "approvalNumber");
            let threshold = threshold(rules, nature).map(|figure| Money::new(figure.value, budget.currency));
            faults.push(match threshold {
                Some(threshold) => refusal.with("threshold", threshold),
                None => refusal,
            });
        }
    }

    fn check_invited(&self, faults: &mut Refusals, rules: &Rules) {
        let Some(figure) = self.procedure.figure(rules, "fewest_invited") else { return };
        if i64::from(self.invite_count) < figure.value {
            let refusal = Refusal::at(Code::InvitedTooFew, "inviteCount").with("least", figure.value);
            faults.push(refusal.with("source", Fact::Source(figure.source.clone())));
        }
    }

    /// Whether something is announced before suppliers are asked for bids: where the procedure has an announcement, and, for
    /// a single source, where the budget reaches the threshold of open tenders (政府采购法实施条例第三十八条).
    pub fn is_announced(&self, rules: &Rules, nature: Nature, budget: Money) -> bool {
        match self.procedure.course().announcement {
            Announcement::None => false,
            Announcement::Prequalification => true,
            // Where the threshold is not known the public is told rather than not.
            Announcement::SingleSource => above_threshold(rules, nature, budget) != Some(false),
        }
    }

    /// The figure of the least time for applications or objections.
    pub fn announcement_figure(&self) -> Option<String> {
        let name = match self.procedure.course().announcement {
            Announcement::None => return None,
            Announcement::Prequalification => "prequalification_days",
            Announcement::SingleSource => "notice_days",
        };
        Some(self.procedure.figure_key(name))
    }
}

/// The value from which goods, works or services are bought by open tender.
pub fn threshold(rules: &Rules, nature: Nature) -> Option<&Figure> {
    rules.figure(&format!("{OPEN_TENDER_THRESHOLD}_{}_minor", nature.as_str()))
}

/// Whether a budget reaches the threshold of open tenders; nothing where the law of the day names none in its currency.
pub fn above_threshold(rules: &Rules, nature: Nature, budget: Money) -> Option<bool> {
    let figure = threshold(rules, nature).filter(|_| budget.currency == Currency::CNY)?;
    Some(budget.amount_minor >= figure.value)
}

/// What the law of the day says about one procedure for what is bought.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Advice {
    /// Which procedure.
    pub procedure: Procedure,
    /// Compliant: it may be taken. Uncertain: it may, if a fact that is not known holds, which the reasons name. Not
    /// applicable: the law of the day does not have it.
    pub verdict: Verdict,
    /// Why, each with the article.
    pub reasons: Vec<Reason>,
}

/// One reason of an advice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// The key of its words.
    pub text_key: String,
    /// What the words speak of.
    pub facts: Facts,
    /// Rule and article; empty where there is none.
    pub source: String,
}

impl Reason {
    fn new(text_key: &str, figure: Option<&Figure>) -> Self {
        let source = figure.map(|figure| figure.source.clone()).unwrap_or_default();
        Self { text_key: text_key.to_owned(), facts: Facts::new(), source }
    }

    fn with(mut self, name: &str, fact: impl Into<Fact>) -> Self {
        self.facts.insert(name.to_owned(), fact.into());
        self
    }
}

/// What the law of the day says about every procedure, for goods, works or services of this budget. `ground` is what the
/// officer claims, if anything.
pub fn advise(rules: &Rules, nature: Nature, budget: Money, ground: Option<Ground>) -> Vec<Advice> {
    Procedure::ALL.iter().map(|procedure| advice(*procedure, rules, nature, budget, ground)).collect()
}

fn advice(procedure: Procedure, rules: &Rules, nature: Nature, budget: Money, ground: Option<Ground>) -> Advice {
    if !procedure.is_in_force(rules) {
        let reason = Reason::new("advice-not-in-force", None).with("day", rules.on);
        return Advice { procedure, verdict: Verdict::NotApplicable, reasons: vec![reason] };
    }
    let mut reasons = Vec::new();
    let is_above = above_threshold(rules, nature, budget);
    if let (Some(is_above), Some(figure)) = (is_above, threshold(rules, nature)) {
        let key = match (procedure, is_above) {
            (Procedure::OpenTender, true) => "advice-open-is-due",
            (Procedure::OpenTender, false) => "advice-open-is-free",
            (_, true) => "advice-approval-is-due",
            (_, false) => "advice-below-threshold",
        };
        reasons.push(Reason::new(key, Some(figure)).with("threshold", Money::new(figure.value, budget.currency)));
    } else {
        reasons.push(Reason::new("advice-threshold-unknown", None));
    }
    let verdict = if procedure == Procedure::OpenTender {
        Verdict::Compliant
    } else {
        on_ground(&mut reasons, &procedure.grounds(rules), ground)
    };
    Advice { procedure, verdict, reasons }
}

/// Adds the reasons of the grounds: with one that fits it may be taken; with none claimed it is uncertain, and each ground
/// that would do is told.
fn on_ground(reasons: &mut Vec<Reason>, grounds: &[(Ground, &Figure)], claimed: Option<Ground>) -> Verdict {
    let said = |key: &str, (ground, figure): &(Ground, &Figure)| {
        Reason::new(key, Some(figure)).with("ground", Fact::word(ground.text_key()))
    };
    if let Some(found) = grounds.iter().find(|(ground, _)| Some(*ground) == claimed) {
        reasons.push(said("advice-ground-holds", found));
        return Verdict::Compliant;
    }
    reasons.extend(grounds.iter().map(|found| said("advice-ground-needed", found)));
    if claimed.is_some() { Verdict::Violation } else { Verdict::Uncertain }
}
