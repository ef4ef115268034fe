//! Worked examples, each with the article that it shows. Those of the calendar follow the holiday notices of 2025 and 2026.

use super::calendar::UnknownYear;
use super::check::{self, Verdict};
use super::{Packs, Rules};
use crate::money::Money;
use crate::refusal::Fact;
use crate::tendering::procedure::Procedure;
use crate::tendering::procedure::choice::above_threshold;
use crate::tendering::procedure::command::Command;
use crate::tendering::tender_content::Nature;
use chrono::NaiveDate;
use std::collections::BTreeMap;

fn on(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn rules(pack: &str, day: &str) -> Rules {
    Packs::shipped().unwrap().get(pack).unwrap().on(on(day))
}

fn value(pack: &str, day: &str, key: &str) -> Option<i64> {
    rules(pack, day).figure(key).map(|figure| figure.value)
}

/// The end of a period under `cn`, with the article that is shown.
fn ends(key: &str, start: &str, article: &str) -> Result<NaiveDate, UnknownYear> {
    let rules = rules("cn", start);
    assert_eq!(rules.figure(key).unwrap().source, article);
    rules.period_end(key, on(start)).unwrap()
}

#[test]
fn example_8_an_inquiry_before_national_day_closes_three_working_days_later() {
    // 30 September, 8 and 9 October (财政部令第74号第四十五条).
    assert_eq!(ends("inquiry.documents_to_deadline_days", "2026-09-29", "财政部令第74号第四十五条"), Ok(on("2026-10-09")));
}

#[test]
fn example_9_documents_stay_on_offer_over_a_make_up_saturday() {
    // 30 September, 8 and 9 October, Saturday the 10th on which people work, Monday the 12th (条例第三十一条).
    assert_eq!(ends("open_tender.documents_on_offer_days", "2026-09-29", "政府采购法实施条例第三十一条"), Ok(on("2026-10-12")));
}

#[test]
fn example_10_a_question_before_the_spring_festival_is_answered_after_it() {
    // Friday 13 February, the make-up Saturday 14 February, then 24 February (条例第五十二条).
    assert_eq!(ends("inquiry_by_supplier.answer_days", "2026-02-12", "政府采购法实施条例第五十二条"), Ok(on("2026-02-24")));
}

#[test]
fn example_11_a_security_goes_back_five_working_days_after_the_award_notice() {
    // 6, 7, 8 May, the make-up Saturday 9 May, Monday 11 May (条例第三十三条).
    assert_eq!(ends("bid_security.return_days", "2026-04-30", "政府采购法实施条例第三十三条"), Ok(on("2026-05-11")));
}

#[test]
fn example_12_the_report_reaches_the_buyer_after_the_dragon_boat_festival() {
    // Thursday 18 June, then Monday 22 June (条例第四十三条).
    assert_eq!(ends("award.report_days", "2026-06-17", "政府采购法实施条例第四十三条"), Ok(on("2026-06-22")));
}

#[test]
fn example_13_the_winner_is_confirmed_within_five_working_days_over_the_spring_festival() {
    // The make-up Saturday 14 February, then 24 to 27 February (条例第四十三条).
    assert_eq!(ends("award.confirmation_days", "2026-02-13", "政府采购法实施条例第四十三条"), Ok(on("2026-02-27")));
}

#[test]
fn example_14_the_award_is_published_two_working_days_later_over_labour_day() {
    assert_eq!(ends("award.publication_days", "2026-04-29", "政府采购法实施条例第四十三条"), Ok(on("2026-05-06")));
}

#[test]
fn example_15_a_challenge_window_over_two_make_up_days_and_a_long_weekend() {
    // The make-up Sunday 20 September, 21 to 24 September, 28 and 29 September (法第五十二条).
    assert_eq!(ends("challenge.window_days", "2026-09-18", "政府采购法第五十二条"), Ok(on("2026-09-29")));
}

#[test]
fn example_16_a_complaint_window_of_fifteen_working_days_over_national_day() {
    assert_eq!(ends("complaint.window_days", "2026-09-28", "政府采购法第五十五条"), Ok(on("2026-10-23")));
}

#[test]
fn example_17_a_contract_is_signed_within_thirty_days_of_the_calendar_holidays_or_not() {
    assert_eq!(ends("contract.signature_days", "2026-09-10", "政府采购法第四十六条"), Ok(on("2026-10-10")));
}

#[test]
fn example_18_a_contract_is_filed_within_seven_working_days_over_labour_day() {
    assert_eq!(ends("contract.filing_days", "2026-04-30", "政府采购法第四十七条"), Ok(on("2026-05-13")));
}

#[test]
fn example_19_a_single_source_notice_over_the_holidays_of_2025() {
    // The make-up Sunday 28 September, 29 and 30 September, 9 and 10 October (条例第三十八条).
    assert_eq!(ends("single_source.notice_days", "2025-09-26", "政府采购法实施条例第三十八条"), Ok(on("2025-10-10")));
}

#[test]
fn example_20_a_period_into_a_year_without_a_notice_is_uncertain_and_names_the_year() {
    let key = "inquiry.documents_to_deadline_days";
    assert_eq!(ends(key, "2026-12-30", "财政部令第74号第四十五条"), Err(UnknownYear(2027)));
    let asked = |deadline: &str| check::deadline(&rules("cn", "2026-12-30"), key, on("2026-12-30"), on(deadline));
    let later = asked("2027-01-08");
    assert_eq!((later.verdict, &later.facts["unknown_year"]), (Verdict::Uncertain, &Fact::from("2027")));
    assert!(!later.facts.contains_key("remedy"), "never guessed");
    // Three working days take three days of the calendar whatever the notice will say.
    assert_eq!(asked("2027-01-01").verdict, Verdict::Violation);
}

#[test]
fn example_21_a_deadline_in_working_days_is_told_its_first_lawful_day() {
    let asked = |deadline: &str| check::deadline(&rules("cn", "2026-09-29"), "competitive_negotiation.documents_to_deadline_days", on("2026-09-29"), on(deadline));
    let short = asked("2026-10-08");
    assert_eq!((short.verdict, &short.facts["remedy"]), (Verdict::Violation, &Fact::Date(on("2026-10-09"))));
    assert_eq!(asked("2026-10-09").verdict, Verdict::Compliant);
}

#[test]
fn example_22_a_change_of_an_inquiry_moves_its_deadline_by_working_days() {
    // 财政部令第74号第四十五条: three working days before the deadline, else it moves.
    let moved = |changed: &str, deadline: &str| check::deadline_after_change(&rules("cn", changed), "inquiry.change_to_deadline_days", on(changed), on(deadline));
    assert_eq!(moved("2026-09-30", "2026-10-08"), on("2026-10-10"), "8, 9 and the make-up Saturday 10 October");
    assert_eq!(moved("2026-09-21", "2026-10-08"), on("2026-10-08"));
}

#[test]
fn example_23_the_deduction_for_small_enterprises_doubled_on_the_first_of_july_2022() {
    let key = "small_enterprise.deduction_most_percent";
    assert_eq!([value("cn", "2022-06-30", key), value("cn", "2022-07-01", key)], [Some(10), Some(20)], "财库〔2022〕19号");
    assert_eq!(value("cn", "2020-12-31", key), None, "before 财库〔2020〕46号 took effect");
}

#[test]
fn example_24_works_reserve_more_from_the_first_of_july_2022() {
    let key = "reserved.works_share_least_percent";
    assert_eq!([value("cn", "2022-06-30", key), value("cn", "2022-07-01", key)], [Some(30), Some(40)], "财库〔2020〕46号, 财库〔2022〕19号");
}

#[test]
fn example_25_the_emergency_procedure_is_law_from_the_first_of_october_2026() {
    let is_in_force = |day: &str| Procedure::Emergency.is_in_force(&rules("cn", day));
    assert_eq!([is_in_force("2026-09-30"), is_in_force("2026-10-01")], [false, true], "财库〔2026〕12号");
    assert_eq!(value("cn", "2026-10-01", "emergency.addition_most_percent"), Some(30));
}

#[test]
fn example_26_low_prices_are_examined_by_figures_from_the_first_of_february_2026() {
    let key = "low_price.explanation_least_minutes";
    assert_eq!([value("cn", "2026-01-31", key), value("cn", "2026-02-01", key)], [None, Some(30)], "财库〔2026〕2号");
}

#[test]
fn example_27_a_performance_security_over_a_tenth_of_the_contract_is_refused_with_the_cap() {
    let asked = |minor| check::cap(&rules("cn", "2026-11-27"), "performance_security.most_percent", Money::cny(123_456_789), Money::cny(minor));
    let over = asked(12_345_679);
    assert_eq!((over.verdict, &over.facts["remedy"]), (Verdict::Violation, &Fact::Money(Money::cny(12_345_678))), "条例第四十八条");
    assert_eq!(asked(12_345_678).verdict, Verdict::Compliant);
}

#[test]
fn example_28_one_budget_stands_on_both_sides_of_two_cities_thresholds() {
    let is_above = |pack: &str, day: &str| above_threshold(&rules(pack, day), Nature::Goods, Money::cny(300_000_000));
    assert_eq!([is_above("cn", "2026-11-27"), is_above("cn-demo-nixiang", "2026-11-27"), is_above("cn-demo-jiashe", "2026-11-27")], [Some(true), Some(true), Some(false)]);
    assert_eq!(is_above("cn-demo-jiashe", "2026-06-30"), Some(true), "before the city raised its threshold");
    assert_eq!(is_above("gpa-2012", "2026-11-27"), None, "no threshold in yuan: unknown, not zero");
}

#[test]
fn example_29_the_agreement_has_forty_days_and_no_preference() {
    let rules = rules("gpa-2012", "2026-11-27");
    assert_eq!(rules.period_end("open_tender.documents_to_deadline_days", on("2026-11-27")), Some(Ok(on("2027-01-06"))), "art. 11 para. 3");
    assert_eq!(rules.figure("small_enterprise.deduction_most_percent").unwrap().value, 0, "art. 4 para. 6");
    assert!(rules.figure("domestic_product.deduction_percent").is_none());
    assert_eq!(rules.period_end("award.standstill_days", on("2026-11-27")), Some(Ok(on("2026-12-11"))), "ten working days");
}

#[test]
fn example_30_a_reserved_share_is_the_city_s_own() {
    let key = "reserved.goods_services_share_least_percent";
    let of = |pack: &str| value(pack, "2026-11-27", key);
    assert_eq!([of("cn"), of("cn-demo-nixiang"), of("cn-demo-jiashe"), of("gpa-2012")], [Some(30), Some(35), Some(40), None], "财库〔2020〕46号");
}

#[test]
fn example_31_the_difference_of_two_days_is_what_the_law_has_changed_between_them() {
    let between = super::difference::differences(&rules("cn", "2026-01-31"), &rules("cn", "2026-02-01"));
    assert!(!between.is_empty() && between.iter().all(|one| one.key.starts_with("low_price.") && one.before.is_none()), "{between:?}");
    assert!(super::difference::differences(&rules("cn", "2026-11-27"), &rules("cn", "2026-11-28")).is_empty());
}

#[test]
fn each_step_rests_on_an_article_of_its_own_law_or_on_none() {
    let (cn, gpa) = (rules("cn", "2026-11-28"), rules("gpa-2012", "2026-11-28"));
    assert_eq!(Command::Amend.source(&cn), "政府采购法实施条例第三十一条");
    assert_eq!(Command::Amend.source(&gpa), "政府采购协定（2012年文本）第十条第十一款");
    assert_eq!((Command::Approve.source(&cn), Command::Approve.source(&gpa)), ("政府采购法第六十一条", ""), "the agreement does not ask for it");
    for command in Command::ALL {
        let source = command.source(&gpa);
        assert!(source.is_empty() || source.starts_with("政府采购协定"), "{command:?}: {source}");
    }
}

#[test]
fn what_the_platform_rules_itself_is_a_figure_of_every_pack_and_says_whose_it_is() {
    for (key, value) in [("bid_security.validity_days", 90), ("opening.holders_hours", 24), ("opening.complete_hours", 72), ("questions.open_most", 20)] {
        for pack in ["cn", "gpa-2012", "cn-demo-jiashe", "cn-demo-nixiang"] {
            let rules = rules(pack, "2026-11-28");
            let figure = rules.figure(key).unwrap_or_else(|| panic!("{pack} lacks {key}"));
            assert_eq!((figure.value, figure.source.as_str()), (value, "招采平台规则"), "{key} of {pack}");
        }
    }
    let frozen_before = Rules { figures: BTreeMap::new(), ..rules("cn", "2026-11-28") };
    assert_eq!(frozen_before.count_or("opening.holders_hours", 24), 24, "what held then");
}
