//! The evaluation from the judgement of bidders to the award, by the rules.

use super::award::{Award, LossReason, loser_notices};
use super::lot::LotCaps;
use super::contender::{Contender, competitors};
use super::evaluation::{Evaluation, Failure, Stage};
use super::panel::{Bar, Candidate, Panel, PanelRule};
use super::procedure::Offers;
use super::qualification::{PaperFinding, Qualification};
use super::report::{Basis, Report, TieBreak};
use super::report_line::{Invalid, Outcome};
use super::score_sheet::{Judgement, Marks, Method, PriceNote, Scheme, Score, ScoreSheet, ScoredCriterion, parse_points, points};
use crate::ident::{AwardId, BidId, LotId, OrganizationId, TenderId, UserId};
use crate::identity::organization::EnterpriseSize;
use crate::money::Money;
use crate::oversight::policy_pack::{CN, PolicyPack, Rules};
use crate::refusal::{Code, Refusals};
use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

const NOW: DateTime<Utc> = DateTime::UNIX_EPOCH;
const LOT: LotId = LotId(Uuid::from_u128(7));

fn user(number: u128) -> UserId {
    UserId(Uuid::from_u128(number))
}

fn organization(number: u128) -> OrganizationId {
    OrganizationId(Uuid::from_u128(number))
}

fn bid(number: u128) -> BidId {
    BidId(Uuid::from_u128(number))
}

fn contender(number: u128, yuan: i64, size: EnterpriseSize) -> Contender {
    Contender { bid_id: bid(number), lot: LOT, bidder: organization(number), consortium: None, price: Money::cny(yuan * 100), size, joint_deduction_percent: 0, subcontracts: Vec::new(), brand: String::new(), exceeded_ceiling: None, has_withdrawn: false, security: None, domestic_cost_percent: None, is_reserved: false, green_items: 0 }
}

fn contenders() -> Vec<Contender> {
    vec![
        contender(1, 900_000, EnterpriseSize::Large),
        contender(2, 950_000, EnterpriseSize::Small),
        contender(3, 990_000, EnterpriseSize::Micro),
    ]
}

fn scheme() -> Scheme {
    let criterion = |key: &str, is_technical, most| ScoredCriterion {
        key: key.into(),
        is_technical,
        most_hundredths: most,
    };
    Scheme {
        method: Method::Comprehensive,
        price_weight_points: 30,
        deduction_percent: 10,
        domestic: None,
        criteria: vec![criterion("technique", true, 5_000), criterion("business", false, 2_000)],
        essential: vec![0],
    }
}

fn rules() -> Rules {
    PolicyPack::load(CN).unwrap().on(NaiveDate::from_ymd_opt(2026, 11, 24).unwrap())
}

fn findings(unmet: &[u128]) -> Vec<PaperFinding> {
    contenders().iter().map(|contender| {
        let is_met = !unmet.iter().any(|number| bid(*number) == contender.bid_id);
        let reason = if is_met { "" } else { "执照已过期" };
        PaperFinding { bid_id: contender.bid_id, paper: "licence".into(), is_met, reason: reason.into() }
    }).collect()
}

fn begun(unmet: &[u128]) -> Evaluation {
    let qualification =
        Qualification::judge(&contenders(), &["licence".into()], findings(unmet), user(100), NOW).unwrap();
    Evaluation::begin((TenderId(Uuid::nil()), vec![LOT]), organization(100), contenders(), qualification, (3, Offers::Once)).0
}

fn candidates(users: &[u128]) -> Vec<Candidate> {
    users.iter().map(|number| Candidate {
        user: user(*number),
        is_evaluator: true,
        organizations: vec![organization(50)],
    }).collect()
}

fn rule() -> PanelRule<'static> {
    static BARRED: [UserId; 1] = [UserId(Uuid::from_u128(101))];
    static BUYING: [OrganizationId; 1] = [OrganizationId(Uuid::from_u128(100))];
    static BIDDERS: [OrganizationId; 1] = [OrganizationId(Uuid::from_u128(1))];
    PanelRule { fewest: 5, buying: &BUYING, barred: &BARRED, bidders: &BIDDERS }
}

fn codes(refusals: &Refusals) -> Vec<Code> {
    refusals.0.iter().map(|refusal| refusal.code).collect()
}

fn marks(technique: [i64; 3], unmet: &[u128]) -> Marks {
    let scores = contenders().into_iter().zip(technique).flat_map(|(contender, hundredths)| {
        [("technique", hundredths), ("business", 1_000)].map(move |(criterion, hundredths)| Score {
            bid_id: contender.bid_id,
            criterion: criterion.into(),
            hundredths,
        })
    });
    let judgements = contenders().iter().map(|contender| {
        let is_met = !unmet.iter().any(|number| bid(*number) == contender.bid_id);
        let reason = if is_met { "" } else { "功率不足" };
        Judgement { bid_id: contender.bid_id, requirement: 0, is_met, reason: reason.into() }
    }).collect();
    Marks { scores: scores.collect(), judgements, notes: Vec::new() }
}

fn sheet(member: u128, technique: [i64; 3], unmet: &[u128]) -> ScoreSheet {
    ScoreSheet::blank(user(member))
        .save(marks(technique, unmet), &scheme(), &contenders())
        .and_then(|sheet| sheet.submit(&scheme(), &contenders(), &[], NOW))
        .unwrap()
}

fn report(sheets: &[ScoreSheet]) -> Report {
    let draw = [bid(1), bid(2), bid(3)];
    let basis = Basis { scheme: &scheme(), rules: &rules(), lots: &[(LOT, Money::cny(100_000_000))], draw: &draw };
    Report::draw_up(&basis, &contenders(), sheets, NOW)
}

fn scoring() -> Evaluation {
    let members = [201, 202, 203, 204, 205];
    let (mut evaluation, _) = begun(&[]).appoint(&candidates(&members), &rule(), user(100), NOW).unwrap();
    for member in members {
        evaluation = evaluation.declare(user(member), None, NOW).unwrap().0;
    }
    evaluation
}

fn signed() -> Evaluation {
    let sheets: Vec<_> = (201..206).map(|member| sheet(member, [4_000, 4_500, 3_000], &[])).collect();
    let (mut evaluation, _) = scoring().report(report(&sheets), 3, LotCaps::default()).unwrap();
    for member in 201..206 {
        evaluation = evaluation.sign(user(member), "", NOW).unwrap().0;
    }
    evaluation
}

#[test]
fn every_required_paper_of_every_bidder_is_judged_with_a_reason() {
    let judge = |findings| Qualification::judge(&contenders(), &["licence".into()], findings, user(1), NOW);
    assert_eq!(codes(&judge(findings(&[])[1..].to_vec()).unwrap_err()), [Code::FindingMissing]);
    let mut silent = findings(&[2]);
    silent[1].reason.clear();
    assert_eq!(codes(&judge(silent).unwrap_err()), [Code::Required]);
    let mut strange = findings(&[]);
    strange[0].paper = "other".into();
    assert_eq!(codes(&judge(strange).unwrap_err()), [Code::NotFound]);
}

#[test]
fn fewer_than_three_qualified_make_the_tender_fail_and_all_are_told_why() {
    let evaluation = begun(&[2]);
    assert_eq!(evaluation.failure(), Some(Failure::TooFewQualified));
    let notices = loser_notices(&evaluation, LOT, None);
    assert_eq!(notices.len(), 3);
    assert!(matches!(&notices[1].reason, LossReason::NotQualified { papers } if papers[0].reason == "执照已过期"));
    assert!(matches!(notices[0].reason, LossReason::TenderFailed { .. }));
}

#[test]
fn a_panel_is_large_enough_odd_and_without_interest() {
    let appoint = |candidates: &[Candidate]| codes(&Panel::appoint(None, candidates, &rule(), user(100), NOW).unwrap_err());
    assert_eq!(appoint(&candidates(&[201, 202, 203])), [Code::MembersTooFew]);
    assert_eq!(appoint(&candidates(&[201, 202, 203, 204, 205, 206])), [Code::PanelEven]);
    assert_eq!(appoint(&candidates(&[201, 202, 203, 204, 101])), [Code::MemberConflicted]);
    assert_eq!(appoint(&candidates(&[201, 202, 203, 204, 204])), [Code::LineTwice]);
    let mut bidders_own = candidates(&[201, 202, 203, 204, 205]);
    bidders_own[4].organizations.push(organization(1));
    assert_eq!(appoint(&bidders_own), [Code::MemberConflicted]);
    bidders_own[4].is_evaluator = false;
    assert_eq!(appoint(&bidders_own), [Code::NotAnEvaluator]);
    let mut buyers_own = candidates(&[201, 202, 203, 204, 205]);
    buyers_own[4].organizations.push(organization(100));
    assert_eq!(appoint(&buyers_own), [Code::MemberConflicted]);
    assert_eq!(rule().bar(&buyers_own[4], None), Some(Bar::WorksForBuyer));
}

#[test]
fn a_member_who_steps_back_is_replaced_before_anybody_sees_bids() {
    let (evaluation, _) = begun(&[]).appoint(&candidates(&[201, 202, 203, 204, 205]), &rule(), user(100), NOW).unwrap();
    assert_eq!(evaluation.scoring_panel().unwrap_err().code, Code::ConflictUndeclared);
    let mut evaluation = evaluation.declare(user(205), Some("配偶任职于投标人"), NOW).unwrap().0;
    for member in 201..205 {
        evaluation = evaluation.declare(user(member), None, NOW).unwrap().0;
    }
    assert!(evaluation.scoring_panel().is_err(), "a panel with an empty place does not score");
    let back = evaluation.clone().appoint(&candidates(&[201, 202, 203, 204, 205]), &rule(), user(100), NOW).unwrap_err();
    assert_eq!(codes(&back), [Code::MemberConflicted]);
    let (evaluation, _) = evaluation.appoint(&candidates(&[201, 202, 203, 204, 206]), &rule(), user(100), NOW).unwrap();
    let (evaluation, _) = evaluation.declare(user(206), None, NOW).unwrap();
    assert!(evaluation.scoring_panel().is_ok());
}

#[test]
fn a_sheet_is_handed_in_whole_within_its_ranges_and_once() {
    let blank = || ScoreSheet::blank(user(201));
    let mut high = marks([5_001, 0, 0], &[]);
    assert_eq!(codes(&blank().save(high.clone(), &scheme(), &contenders()).unwrap_err()), [Code::OutOfRange]);
    high.scores.truncate(1);
    high.scores[0].hundredths = 5_000;
    let draft = blank().save(high, &scheme(), &contenders()).unwrap();
    assert_eq!(codes(&draft.submit(&scheme(), &contenders(), &[], NOW).unwrap_err()), [Code::ScoresIncomplete]);
    let done = sheet(201, [1, 2, 3], &[]);
    assert_eq!(codes(&done.save(Marks::default(), &scheme(), &contenders()).unwrap_err()), [Code::ScoresSubmitted]);
}

#[test]
fn a_low_price_is_not_passed_over_in_silence() {
    let mut written = marks([1, 2, 3], &[]);
    let save = |written: Marks| ScoreSheet::blank(user(201)).save(written, &scheme(), &contenders()).unwrap();
    let silent = save(written.clone()).submit(&scheme(), &contenders(), &[bid(1)], NOW).unwrap_err();
    assert_eq!(codes(&silent), [Code::LowPriceUnexplained]);
    written.notes.push(PriceNote { bid_id: bid(1), text: "库存清理,附采购合同".into() });
    assert!(save(written).submit(&scheme(), &contenders(), &[bid(1)], NOW).is_ok());
}

#[test]
fn points_are_means_half_up_and_prices_are_compared_after_the_deduction() {
    let sheets = [sheet(201, [3_000, 4_500, 3_000], &[]), sheet(202, [2_800, 4_500, 3_000], &[]), sheet(203, [2_950, 4_500, 3_001], &[])];
    let report = report(&sheets);
    let seen: Vec<_> = report.lines.iter().map(|line| (line.contender.bid_id, line.rank(), line.total_hundredths())).collect();
    // 45.00 + 10.00 + 30.00; 29.17 + 10.00 + 28.50; 30.00 (30.003 rounded) + 10.00 + 28.79.
    assert_eq!(seen, [(bid(2), Some(1), Some(8_500)), (bid(3), Some(2), Some(6_879)), (bid(1), Some(3), Some(6_767))]);
    let last = report.line(bid(1)).unwrap();
    assert_eq!(report.price_arithmetic(last).unwrap(), "¥855,000.00 ÷ ¥900,000.00 × 30 = 28.50");
    let Outcome::Ranked { criteria, .. } = &last.outcome else { panic!("ranked") };
    assert_eq!(criteria[0].arithmetic(), "(30.00 + 28.00 + 29.50) ÷ 3 = 29.17");
    let small = report.line(bid(2)).unwrap();
    assert_eq!(report.deduction_arithmetic(small).unwrap(), "¥950,000.00 × (100 − 10) ÷ 100 = ¥855,000.00");
    assert_eq!(small.contender.price, Money::cny(95_000_000), "the contract's price stays as bid");
}

#[test]
fn by_the_lowest_price_the_evaluated_price_ranks() {
    let scheme = Scheme { method: Method::LowestPrice, criteria: Vec::new(), essential: Vec::new(), ..scheme() };
    let sheets = [ScoreSheet::blank(user(201))];
    let draw = [bid(1), bid(2), bid(3)];
    let basis = Basis { scheme: &scheme, rules: &rules(), lots: &[(LOT, Money::cny(100_000_000))], draw: &draw };
    let report = Report::draw_up(&basis, &contenders(), &sheets, NOW);
    let order: Vec<_> = report.ranked().map(|line| line.contender.bid_id).collect();
    assert_eq!(order, [bid(2), bid(3), bid(1)]);
}

fn drawn_up(method: Method, offered: &[Contender]) -> Report {
    let criteria = if method == Method::LowestPrice { Vec::new() } else { scheme().criteria };
    let scheme = Scheme { method, criteria, essential: Vec::new(), ..scheme() };
    let draw = [bid(1), bid(2), bid(3)];
    let basis = Basis { scheme: &scheme, rules: &rules(), lots: &[(LOT, Money::cny(98_000_000))], draw: &draw };
    Report::draw_up(&basis, offered, &[sheet(201, [4_000, 4_500, 3_000], &[])], NOW)
}

#[test]
fn a_price_above_the_ceiling_is_invalid_and_counts_for_no_competitor() {
    let mut offered = contenders();
    offered[2].exceeded_ceiling = Some(Money::cny(98_000_000));
    let findings = findings(&[]);
    let qualification = Qualification::judge(&offered, &["licence".into()], findings, user(100), NOW).unwrap();
    let (failed, _) = Evaluation::begin((TenderId(Uuid::nil()), vec![LOT]), organization(100), offered.clone(), qualification, (3, Offers::Once));
    assert_eq!((failed.failure(), failed.evaluated().len()), (Some(Failure::TooFewConforming), 0), "nobody evaluates what has failed");
    let told = loser_notices(&failed, LOT, None)[2].reason.words();
    assert!(told.en.contains("¥980,000.00") && told.zh.contains("投标无效"), "{told:?}");
    let report = drawn_up(Method::Comprehensive, &offered);
    assert_eq!(report.ranked().count(), 2);
    assert!(matches!(report.line(bid(3)).unwrap().outcome, Outcome::Rejected { invalid: Some(Invalid::OverCeiling { .. }), .. }));
}

#[test]
fn two_bids_with_one_brand_are_one_competitor_and_the_better_one_stays() {
    let mut offered = contenders();
    offered[0].brand = "华三  H3C".into();
    offered[1].brand = "华三 h3c ".into();
    assert_eq!(competitors(&offered), 2);
    let qualification = Qualification::judge(&offered, &["licence".into()], findings(&[]), user(100), NOW).unwrap();
    let (failed, _) = Evaluation::begin((TenderId(Uuid::nil()), vec![LOT]), organization(100), offered.clone(), qualification, (3, Offers::Once));
    assert_eq!(failed.failure(), Some(Failure::TooFewConforming), "three bidders, two with one brand, are two");
    let places = |method| {
        let report = drawn_up(method, &offered);
        [1, 2, 3].map(|number| report.line(bid(number)).unwrap().rank())
    };
    // The second has more points; by the lowest price the first is cheaper as bid.
    assert_eq!(places(Method::Comprehensive), [None, Some(1), Some(2)]);
    assert_eq!(places(Method::LowestPrice), [Some(2), None, Some(1)]);
}

#[test]
fn a_majority_rejects_and_a_minority_does_not() {
    let sheets = |unmet: usize| -> Vec<_> {
        (0..5).map(|index| sheet(201 + index as u128, [1, 2, 3], if index < unmet { &[3] } else { &[] })).collect()
    };
    assert_eq!(report(&sheets(2)).ranked().count(), 3);
    let report = report(&sheets(3));
    assert_eq!(report.ranked().count(), 2);
    let Outcome::Rejected { unmet, .. } = &report.line(bid(3)).unwrap().outcome else { panic!("rejected") };
    assert_eq!((unmet[0].members, unmet[0].reasons.len()), (3, 3));
    let (failed, _) = scoring().report(report, 3, LotCaps::default()).unwrap();
    assert_eq!(failed.failure(), Some(Failure::TooFewConforming));
    let told = loser_notices(&failed, LOT, None);
    assert!(matches!(told[2].reason, LossReason::NotConforming { .. }));
    assert!(matches!(told[0].reason, LossReason::TenderFailed { .. }));
}

#[test]
fn what_decides_between_equals_is_said() {
    // Equal in points: the second gets by technique what it lacks in price.
    let report_of = |technique, business: [i64; 3]| {
        let mut marks = marks(technique, &[]);
        for (score, hundredths) in marks.scores.iter_mut().filter(|score| score.criterion == "business").zip(business) {
            score.hundredths = hundredths;
        }
        let sheet = ScoreSheet::blank(user(201)).save(marks, &scheme(), &contenders()).unwrap();
        report(&[sheet.submit(&scheme(), &contenders(), &[], NOW).unwrap()])
    };
    let ties = |report: &Report| [1, 2, 3].map(|number| report.tie_break(report.line(bid(number)).unwrap()));
    let by_price = report_of([3_150, 3_000, 1_000], [1_000, 1_000, 1_000]);
    assert_eq!(by_price.lines[0].contender.bid_id, bid(1), "the lower price as bid");
    assert_eq!(ties(&by_price), [Some(TieBreak::Price), Some(TieBreak::Price), None]);
    assert_eq!(ties(&report_of([3_000, 3_000, 3_000], [1_000, 1_000, 1_000])), [None, None, None]);
}

#[test]
fn a_member_who_disagrees_signs_with_the_reason() {
    let sheets: Vec<_> = (201..206).map(|member| sheet(member, [1, 2, 3], &[])).collect();
    let (evaluation, _) = scoring().report(report(&sheets), 3, LotCaps::default()).unwrap();
    let long = evaluation.clone().sign(user(201), &"长".repeat(1_001), NOW).unwrap_err();
    assert_eq!((long.0[0].code, long.0[0].path.as_slice()), (Code::TooLong, ["dissent".to_owned()].as_slice()));
    let (evaluation, _) = evaluation.sign(user(201), " 不同意丙的技术分 ", NOW).unwrap();
    assert_eq!(evaluation.drawn_up().unwrap().signatures[0].dissent, "不同意丙的技术分");
}

#[test]
fn a_flagged_price_stands_in_the_report_and_is_ranked() {
    let mut offered = contenders();
    offered[0].price = Money::cny(44_999_900);
    let draw = [bid(1), bid(2), bid(3)];
    let basis = Basis { scheme: &scheme(), rules: &rules(), lots: &[(LOT, Money::cny(100_000_000))], draw: &draw };
    let sheets = [sheet(201, [1, 2, 3], &[])];
    let report = Report::draw_up(&basis, &offered, &sheets, NOW);
    let line = report.line(bid(1)).unwrap();
    assert!(!line.low_price.is_empty() && line.rank().is_some());
}

#[test]
fn an_award_needs_every_signature_another_person_and_the_first_rank() {
    let confirm = |evaluation: &Evaluation, bid_id, by| {
        Award::confirm(AwardId(Uuid::nil()), evaluation, bid_id, user(100), by, NOW).map_err(|refusal| refusal.code)
    };
    assert_eq!(confirm(&scoring(), bid(2), user(101)).unwrap_err(), Code::ReportUnsigned);
    let evaluation = signed();
    assert!(matches!(evaluation.stage, Stage::Signed { .. }));
    assert_eq!(confirm(&evaluation, bid(1), user(101)).unwrap_err(), Code::NotFirstRanked);
    assert_eq!(confirm(&evaluation, bid(2), user(100)).unwrap_err(), Code::SamePerson);
    let (award, _) = confirm(&evaluation, bid(2), user(101)).unwrap();
    assert_eq!(award.price, Money::cny(95_000_000));
    let (award, _) = award.publish(user(100), NOW).unwrap();
    assert_eq!(award.clone().publish(user(100), NOW).unwrap_err().code, Code::WrongState);
    let told = loser_notices(&evaluation, LOT, Some(award.bid_id));
    assert_eq!(told.len(), 2);
    assert!(matches!(told[0].reason, LossReason::Outranked { first_hundredths: 8_500, .. }));
    assert!(told[0].reason.words().en.contains("85.00"), "{:?}", told[0].reason.words());
}

#[test]
fn nobody_signs_twice_and_no_stranger_signs() {
    let sheets: Vec<_> = (201..206).map(|member| sheet(member, [1, 2, 3], &[])).collect();
    let (evaluation, _) = scoring().report(report(&sheets), 3, LotCaps::default()).unwrap();
    assert_eq!(codes(&evaluation.clone().sign(user(300), "", NOW).unwrap_err()), [Code::NotAllowed]);
    let (evaluation, _) = evaluation.sign(user(201), "", NOW).unwrap();
    assert_eq!(codes(&evaluation.sign(user(201), "", NOW).unwrap_err()), [Code::AlreadySigned]);
}

#[test]
fn points_read_as_people_write_them() {
    assert_eq!(parse_points("28.5"), Ok(2_850));
    assert_eq!(parse_points(" 30 "), Ok(3_000));
    assert_eq!(points(2_850), "28.50");
    for text in ["", "-1", "1.234", "abc", "1,5"] {
        assert!(parse_points(text).is_err(), "{text}");
    }
}
