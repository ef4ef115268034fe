//! The figures that rules know: the one table of their keys, what each may count, and whether a pack can do without. A key
//! outside it is a slip of the pen, and the loader says so.

use super::figure::Unit;
use crate::tendering::procedure::Procedure;
use crate::tendering::procedure::command::Command;
use crate::tendering::procedure::ground::Ground;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// What the value of a key may count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// Days, of the calendar or working days, as the law says.
    Days,
    /// This unit only.
    Only(Unit),
}

impl Measure {
    /// Whether a figure of this measure may have this unit.
    pub fn allows(self, unit: Unit) -> bool {
        match self {
            Self::Days => matches!(unit, Unit::CalendarDays | Unit::WorkingDays),
            Self::Only(only) => unit == only,
        }
    }

    /// The key of its words, for whoever writes packs.
    pub fn text_key(self) -> &'static str {
        match self {
            Self::Days => "measure-days",
            Self::Only(Unit::Percent) => "measure-percent",
            Self::Only(Unit::MinorUnits) => "measure-minor-units",
            Self::Only(Unit::Minutes) => "measure-minutes",
            Self::Only(Unit::Hours) => "measure-hours",
            Self::Only(Unit::Rule) => "measure-rule",
            Self::Only(Unit::Years) => "measure-years",
            Self::Only(Unit::Thirds) => "measure-thirds",
            Self::Only(Unit::PerTenThousand) => "measure-per-ten-thousand",
            Self::Only(Unit::Ground) => "measure-ground",
            Self::Only(_) => "measure-count",
        }
    }
}

/// A key that rules know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Known {
    /// What its value may count.
    pub measure: Measure,
    /// Whether each pack must have it: without it no open tender could be judged.
    pub is_required: bool,
    /// The key of its words in the texts.
    text_key: &'static str,
}

const DAYS: Measure = Measure::Days;
const COUNT: Measure = Measure::Only(Unit::Count);
const PERCENT: Measure = Measure::Only(Unit::Percent);
const MONEY: Measure = Measure::Only(Unit::MinorUnits);
const YEARS: Measure = Measure::Only(Unit::Years);
const HOURS: Measure = Measure::Only(Unit::Hours);
const RULE: Measure = Measure::Only(Unit::Rule);

/// Figures that any procedure may have behind its own name.
const OF_A_PROCEDURE: [(&str, Measure, &str); 22] = [
    ("documents_to_deadline_days", DAYS, "figure-procedure-documents-to-deadline-days"),
    ("change_to_deadline_days", DAYS, "figure-procedure-change-to-deadline-days"),
    ("documents_on_offer_days", DAYS, "figure-procedure-documents-on-offer-days"),
    ("notice_display_days", DAYS, "figure-procedure-notice-display-days"),
    ("notice_days", DAYS, "figure-procedure-notice-days"),
    ("answer_days", DAYS, "figure-procedure-answer-days"),
    ("notice_reduction_days", DAYS, "figure-procedure-notice-reduction-days"),
    ("electronic_documents_reduction_days", DAYS, "figure-procedure-electronic-documents-reduction-days"),
    ("electronic_bids_reduction_days", DAYS, "figure-procedure-electronic-bids-reduction-days"),
    ("prior_notice_least_days", DAYS, "figure-procedure-prior-notice-least-days"),
    ("commercial_goods_least_days", DAYS, "figure-procedure-commercial-goods-least-days"),
    ("prequalification_days", DAYS, "figure-procedure-prequalification-days"),
    ("fewest_bidders", COUNT, "figure-procedure-fewest-bidders"),
    ("fewest_bidders_after_failure", COUNT, "figure-procedure-fewest-bidders-after-failure"),
    ("fewest_bidders_in_named_cases", COUNT, "figure-procedure-fewest-bidders-in-named-cases"),
    ("fewest_invited", COUNT, "figure-procedure-fewest-invited"),
    ("panel_fewest_members", COUNT, "figure-procedure-panel-fewest-members"),
    ("addition_most_percent", PERCENT, "figure-procedure-addition-most-percent"),
    ("price_weight_goods_least_percent", PERCENT, "figure-procedure-price-weight-goods-least-percent"),
    ("price_weight_goods_most_percent", PERCENT, "figure-procedure-price-weight-goods-most-percent"),
    ("price_weight_services_least_percent", PERCENT, "figure-procedure-price-weight-services-least-percent"),
    ("price_weight_services_most_percent", PERCENT, "figure-procedure-price-weight-services-most-percent"),
];

/// Keys without which nothing can be tendered.
const REQUIRED: [&str; 3] = ["open_tender.documents_to_deadline_days", "open_tender.fewest_bidders", "challenge.window_days"];

/// All other figures, by subject.
const OTHERS: [(&str, Measure, &str); 75] = [
    ("award.confirmation_days", DAYS, "figure-award-confirmation-days"),
    ("award.display_days", DAYS, "figure-award-display-days"),
    ("award.notice_days", DAYS, "figure-award-notice-days"),
    ("award.publication_days", DAYS, "figure-award-publication-days"),
    ("award.report_days", DAYS, "figure-award-report-days"),
    ("award.standstill_days", DAYS, "figure-award-standstill-days"),
    ("bid_security.most_percent", PERCENT, "figure-bid-security-most-percent"),
    ("bid_security.return_days", DAYS, "figure-bid-security-return-days"),
    ("bid_security.validity_days", DAYS, "figure-bid-security-validity-days"),
    ("challenge.answer_days", DAYS, "figure-challenge-answer-days"),
    ("challenge.window_days", DAYS, "figure-challenge-window-days"),
    ("change.subject_fixed", RULE, "figure-change-subject-fixed"),
    ("complaint.completion_days", DAYS, "figure-complaint-completion-days"),
    ("complaint.copies_days", DAYS, "figure-complaint-copies-days"),
    ("complaint.decision_days", DAYS, "figure-complaint-decision-days"),
    ("complaint.refusal_days", DAYS, "figure-complaint-refusal-days"),
    ("complaint.review_days", DAYS, "figure-complaint-review-days"),
    ("complaint.suspension_most_days", DAYS, "figure-complaint-suspension-most-days"),
    ("complaint.window_days", DAYS, "figure-complaint-window-days"),
    ("consortium.members_most", COUNT, "figure-consortium-members-most"),
    ("contract.addition_most_percent", PERCENT, "figure-contract-addition-most-percent"),
    ("contract.filing_days", DAYS, "figure-contract-filing-days"),
    ("contract.publication_days", DAYS, "figure-contract-publication-days"),
    ("contract.signature_days", DAYS, "figure-contract-signature-days"),
    ("domestic_product.deduction_percent", PERCENT, "figure-domestic-product-deduction-percent"),
    ("domestic_product.whole_bid_cost_least_percent", PERCENT, "figure-domestic-product-whole-bid-cost-least-percent"),
    ("framework.drop_out_least_percent", PERCENT, "figure-framework-drop-out-least-percent"),
    ("framework.first_stage_days", DAYS, "figure-framework-first-stage-days"),
    ("framework.goods_most_years", YEARS, "figure-framework-goods-most-years"),
    ("framework.services_most_years", YEARS, "figure-framework-services-most-years"),
    ("inquiry_by_supplier.answer_days", DAYS, "figure-inquiry-by-supplier-answer-days"),
    ("low_price.explanation_least_minutes", Measure::Only(Unit::Minutes), "figure-low-price-explanation-least-minutes"),
    ("low_price.of_ceiling_percent", PERCENT, "figure-low-price-of-ceiling-percent"),
    ("low_price.of_mean_percent", PERCENT, "figure-low-price-of-mean-percent"),
    ("low_price.of_second_lowest_percent", PERCENT, "figure-low-price-of-second-lowest-percent"),
    ("low_price.raised_most_percent", PERCENT, "figure-low-price-raised-most-percent"),
    ("opening.complete_hours", HOURS, "figure-opening-complete-hours"),
    ("opening.holders_hours", HOURS, "figure-opening-holders-hours"),
    ("panel.expert_share_least_thirds", Measure::Only(Unit::Thirds), "figure-panel-expert-share-least-thirds"),
    ("panel.fewest_members", COUNT, "figure-panel-fewest-members"),
    ("panel.fewest_members_large", COUNT, "figure-panel-fewest-members-large"),
    ("panel.large_budget_minor", MONEY, "figure-panel-large-budget-minor"),
    ("payment.debt_confirmation_days", DAYS, "figure-payment-debt-confirmation-days"),
    ("payment.overdue_daily_per_ten_thousand", Measure::Only(Unit::PerTenThousand), "figure-payment-overdue-daily-per-ten-thousand"),
    ("payment.sme_agreed_most_days", DAYS, "figure-payment-sme-agreed-most-days"),
    ("payment.sme_days", DAYS, "figure-payment-sme-days"),
    ("performance_security.most_percent", PERCENT, "figure-performance-security-most-percent"),
    ("plan.published_before_days", DAYS, "figure-plan-published-before-days"),
    ("questions.open_most", COUNT, "figure-questions-open-most"),
    ("records.kept_years", YEARS, "figure-records-kept-years"),
    ("records.platform_kept_years", YEARS, "figure-records-platform-kept-years"),
    ("reserved.goods_services_share_least_percent", PERCENT, "figure-reserved-goods-services-share-least-percent"),
    ("reserved.small_share_least_percent", PERCENT, "figure-reserved-small-share-least-percent"),
    ("reserved.whole_goods_services_most_minor", MONEY, "figure-reserved-whole-goods-services-most-minor"),
    ("reserved.whole_works_most_minor", MONEY, "figure-reserved-whole-works-most-minor"),
    ("reserved.works_share_least_percent", PERCENT, "figure-reserved-works-share-least-percent"),
    ("scoring.price_weight_goods_least_percent", PERCENT, "figure-scoring-price-weight-goods-least-percent"),
    ("scoring.price_weight_goods_most_percent", PERCENT, "figure-scoring-price-weight-goods-most-percent"),
    ("scoring.price_weight_services_least_percent", PERCENT, "figure-scoring-price-weight-services-least-percent"),
    ("scoring.price_weight_services_most_percent", PERCENT, "figure-scoring-price-weight-services-most-percent"),
    ("small_enterprise.consortium_deduction_least_percent", PERCENT, "figure-small-enterprise-consortium-deduction-least-percent"),
    ("small_enterprise.consortium_deduction_most_percent", PERCENT, "figure-small-enterprise-consortium-deduction-most-percent"),
    ("small_enterprise.consortium_share_least_percent", PERCENT, "figure-small-enterprise-consortium-share-least-percent"),
    ("small_enterprise.deduction_least_percent", PERCENT, "figure-small-enterprise-deduction-least-percent"),
    ("small_enterprise.deduction_most_percent", PERCENT, "figure-small-enterprise-deduction-most-percent"),
    ("small_enterprise.works_consortium_deduction_least_percent", PERCENT, "figure-small-enterprise-works-consortium-deduction-least-percent"),
    ("small_enterprise.works_consortium_deduction_most_percent", PERCENT, "figure-small-enterprise-works-consortium-deduction-most-percent"),
    ("small_enterprise.works_deduction_least_percent", PERCENT, "figure-small-enterprise-works-deduction-least-percent"),
    ("small_enterprise.works_deduction_most_percent", PERCENT, "figure-small-enterprise-works-deduction-most-percent"),
    ("threshold.open_tender_goods_minor", MONEY, "figure-threshold-open-tender-goods-minor"),
    ("threshold.open_tender_services_minor", MONEY, "figure-threshold-open-tender-services-minor"),
    ("threshold.open_tender_works_minor", MONEY, "figure-threshold-open-tender-works-minor"),
    ("threshold.procurement_goods_minor", MONEY, "figure-threshold-procurement-goods-minor"),
    ("threshold.procurement_services_minor", MONEY, "figure-threshold-procurement-services-minor"),
    ("threshold.procurement_works_minor", MONEY, "figure-threshold-procurement-works-minor"),
];

static TABLE: LazyLock<BTreeMap<String, Known>> = LazyLock::new(|| {
    let mut table = BTreeMap::new();
    let mut put = |key: String, measure, text_key| {
        let is_required = REQUIRED.contains(&key.as_str());
        table.insert(key, Known { measure, is_required, text_key });
    };
    for procedure in Procedure::ALL {
        for (name, measure, text_key) in OF_A_PROCEDURE {
            put(procedure.figure_key(name), measure, text_key);
        }
        for ground in Ground::ALL {
            put(ground.figure_key(*procedure), Measure::Only(Unit::Ground), "");
        }
    }
    for command in Command::ALL {
        put(command.figure_key(), RULE, "");
    }
    for (key, measure, text_key) in OTHERS {
        put(key.to_owned(), measure, text_key);
    }
    table
});

/// All keys that rules know, in order.
pub fn all() -> impl Iterator<Item = (&'static str, &'static Known)> {
    TABLE.iter().map(|(key, known)| (key.as_str(), known))
}

/// What rules know about a key.
pub fn known(key: &str) -> Option<&'static Known> {
    TABLE.get(key)
}

/// The key of the words that say what a figure is; its subject is said by [`subject_key`].
pub fn text_key(key: &str) -> String {
    let named = ["ground", "command"].into_iter().find(|kind| subject_of(key) == *kind);
    match (named, known(key)) {
        (Some(kind), _) => format!("{kind}-{}", key.rsplit('.').next().unwrap_or_default().replace('_', "-")),
        (None, Some(known)) => known.text_key.to_owned(),
        (None, None) => key.to_owned(),
    }
}

fn subject_of(key: &str) -> &str {
    key.split('.').next().unwrap_or_default()
}

/// The subject under which a figure is listed: a procedure (`open_tender`), or what stands before the first dot.
pub fn subject(key: &str) -> &str {
    let mut parts = key.split('.');
    match (parts.next(), parts.next()) {
        (Some("ground"), Some(procedure)) => procedure,
        (first, _) => first.unwrap_or_default(),
    }
}

/// The key of the words of a subject.
pub fn subject_key(subject: &str) -> String {
    match Procedure::from_name(subject) {
        Some(procedure) => procedure.text_key(),
        None => format!("subject-{}", subject.replace('_', "-")),
    }
}

/// The order in which a reader looks for subjects; what is not listed comes last.
pub fn subject_place(subject: &str) -> usize {
    const BEFORE: [&str; 2] = ["threshold", "plan"];
    const AFTER: [&str; 22] = [
        "scoring", "panel", "small_enterprise", "consortium", "domestic_product", "reserved", "low_price", "bid_security", "performance_security", "inquiry_by_supplier",
        "questions", "change", "opening", "award", "contract", "payment", "challenge", "complaint", "framework", "records", "command", "ground",
    ];
    let procedures = Procedure::ALL.iter().map(|procedure| procedure.as_str());
    BEFORE.into_iter().chain(procedures).chain(AFTER).position(|known| known == subject).unwrap_or(usize::MAX)
}

/// The known key that is nearest to what was written, by the fewest letters to change.
pub fn nearest(written: &str) -> &'static str {
    all().map(|(key, _)| key).min_by_key(|key| strsim::levenshtein(key, written)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Language;
    use crate::text;

    #[test]
    fn every_known_figure_and_its_subject_have_words_in_both_languages() {
        for language in Language::ALL {
            for (key, known) in all() {
                let wanted = [text_key(key), subject_key(subject(key)), known.measure.text_key().to_owned()];
                for wanted in wanted {
                    assert!(text::has(language, &wanted), "{wanted} of {key} in {language:?}");
                }
                assert_ne!(subject_place(subject(key)), usize::MAX, "{key} has no place");
            }
        }
    }

    #[test]
    fn a_slip_of_the_pen_is_near_the_key_that_was_meant() {
        assert_eq!(nearest("open_tender.documents_to_dedline_days"), "open_tender.documents_to_deadline_days");
        assert_eq!(nearest("chalenge.window_day"), "challenge.window_days");
        assert!(REQUIRED.iter().all(|key| known(key).is_some_and(|known| known.is_required)));
    }
}
