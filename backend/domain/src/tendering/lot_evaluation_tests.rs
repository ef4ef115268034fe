//! Lots are judged, ranked, awarded and failed apart, by one panel in one report.

use super::award::{Award, LossReason, loser_notices};
use super::contender::Contender;
use super::evaluation::{Evaluation, Failure, LotFailure, Stage};
use super::lot::LotCaps;
use super::panel::{Candidate, PanelRule};
use super::procedure::Offers;
use super::qualification::{PaperFinding, Qualification};
use super::report::{Basis, Report};
use super::score_sheet::{Marks, Method, Scheme, ScoreSheet};
use crate::ident::{AwardId, BidId, LotId, OrganizationId, TenderId, UserId};
use crate::identity::organization::EnterpriseSize;
use crate::money::Money;
use crate::oversight::policy_pack::{CN, PolicyPack};
use crate::refusal::Code;
use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

const NOW: DateTime<Utc> = DateTime::UNIX_EPOCH;
const FIRST: LotId = LotId(Uuid::from_u128(1));
const SECOND: LotId = LotId(Uuid::from_u128(2));
const THIRD: LotId = LotId(Uuid::from_u128(3));

fn user(number: u128) -> UserId {
    UserId(Uuid::from_u128(number))
}

fn organization(number: u128) -> OrganizationId {
    OrganizationId(Uuid::from_u128(number))
}

/// The bid of a supplier for a lot.
fn bid(lot: LotId, supplier: u128) -> BidId {
    BidId(Uuid::from_u128(lot.0.as_u128() * 100 + supplier))
}

fn contender(lot: LotId, supplier: u128, yuan: i64) -> Contender {
    Contender {
        bid_id: bid(lot, supplier),
        lot,
        bidder: organization(supplier),
        consortium: None,
        joint_deduction_percent: 0,
        subcontracts: Vec::new(),
        price: Money::cny(yuan * 100),
        size: EnterpriseSize::Large,
        brand: String::new(),
        exceeded_ceiling: None,
        has_withdrawn: false,
        security: None,
        domestic_cost_percent: None,
        is_reserved: false,
        green_items: 0,
    }
}

/// Three bid for the first lot, four for the second, three for the third; supplier 1 is the cheapest wherever it bids.
fn contenders() -> Vec<Contender> {
    let prices = [(FIRST, [1, 2, 3].as_slice()), (SECOND, &[1, 2, 3, 4]), (THIRD, &[1, 2, 5])];
    prices.iter().flat_map(|(lot, suppliers)| suppliers.iter().map(|one| contender(*lot, *one, 100_000 + i64::try_from(*one).unwrap()))).collect()
}

fn scheme() -> Scheme {
    Scheme { method: Method::LowestPrice, price_weight_points: 0, deduction_percent: 10, domestic: None, criteria: Vec::new(), essential: Vec::new() }
}

fn qualified_without(lacking: &[BidId]) -> Evaluation {
    let findings = contenders().into_iter().map(|one| {
        let is_met = !lacking.contains(&one.bid_id);
        PaperFinding { bid_id: one.bid_id, paper: "licence".into(), is_met, reason: if is_met { "" } else { "执照已过期" }.into() }
    });
    let qualification = Qualification::judge(&contenders(), &["licence".into()], findings.collect(), user(100), NOW).unwrap();
    let of = (TenderId(Uuid::nil()), vec![FIRST, SECOND, THIRD]);
    Evaluation::begin(of, organization(100), contenders(), qualification, (3, Offers::Once)).0
}

fn scoring(evaluation: Evaluation) -> Evaluation {
    let members = [201, 202, 203];
    let candidates: Vec<Candidate> =
        members.iter().map(|one| Candidate { user: user(*one), is_evaluator: true, organizations: vec![organization(50)] }).collect();
    let rule = PanelRule { fewest: 3, buying: &[organization(100)], barred: &[], bidders: &[] };
    let (mut evaluation, _) = evaluation.appoint(&candidates, &rule, user(100), NOW).unwrap();
    for member in members {
        evaluation = evaluation.declare(user(member), None, NOW).unwrap().0;
    }
    evaluation
}

fn reported(evaluation: Evaluation, caps: LotCaps) -> Evaluation {
    let evaluation = scoring(evaluation);
    let contenders = evaluation.evaluated();
    let sheets: Vec<ScoreSheet> = (201..204).map(|member| {
        let sheet = ScoreSheet::blank(user(member)).save(Marks::default(), &scheme(), &contenders).unwrap();
        sheet.submit(&scheme(), &contenders, &[], NOW).unwrap()
    }).collect();
    let rules = PolicyPack::load(CN).unwrap().on(NaiveDate::from_ymd_opt(2026, 11, 24).unwrap());
    let ceiling = Money::cny(15_000_000);
    let lots = [(FIRST, ceiling), (SECOND, ceiling), (THIRD, ceiling)];
    let draw: Vec<BidId> = contenders.iter().map(|one| one.bid_id).collect();
    let basis = Basis { scheme: &scheme(), rules: &rules, lots: &lots, draw: &draw };
    let report = Report::draw_up(&basis, &evaluation.in_report(), &sheets, NOW);
    evaluation.report(report, 3, caps).unwrap().0
}

fn signed(mut evaluation: Evaluation) -> Evaluation {
    for member in 201..204 {
        evaluation = evaluation.sign(user(member), "", NOW).unwrap().0;
    }
    evaluation
}

fn awarded(evaluation: &Evaluation, bid: BidId) -> Result<Award, Code> {
    let made = Award::confirm(AwardId(Uuid::nil()), evaluation, bid, user(100), user(101), NOW);
    made.map(|(award, _)| award).map_err(|refusal| refusal.code)
}

#[test]
fn each_lot_has_its_own_ranking_benchmark_and_winner() {
    let evaluation = signed(reported(qualified_without(&[]), LotCaps::default()));
    let report = evaluation.drawn_up().unwrap();
    let ranks = |lot| report.ranked_of(lot).map(|line| (line.contender.bid_id, line.rank().unwrap())).collect::<Vec<_>>();
    assert_eq!(ranks(SECOND), [(bid(SECOND, 1), 1), (bid(SECOND, 2), 2), (bid(SECOND, 3), 3), (bid(SECOND, 4), 4)]);
    assert_eq!(ranks(THIRD), [(bid(THIRD, 1), 1), (bid(THIRD, 2), 2), (bid(THIRD, 5), 3)]);
    assert_eq!(report.benchmarks.len(), 3);
    let award = awarded(&evaluation, bid(THIRD, 1)).unwrap();
    assert_eq!((award.lot, award.ranking.len(), award.supplier), (THIRD, 3, organization(1)));
    assert_eq!(awarded(&evaluation, bid(THIRD, 2)).unwrap_err(), Code::NotFirstRanked);
    let told = loser_notices(&evaluation, THIRD, Some(bid(THIRD, 1)));
    assert_eq!(told.iter().map(|one| one.bid_id).collect::<Vec<_>>(), [bid(THIRD, 2), bid(THIRD, 5)]);
}

#[test]
fn who_has_won_its_most_is_passed_over_and_told_so() {
    let caps = LotCaps { bid_most: None, award_most: Some(1) };
    let evaluation = signed(reported(qualified_without(&[]), caps));
    assert_eq!(awarded(&evaluation, bid(FIRST, 1)).unwrap().supplier, organization(1));
    assert_eq!(awarded(&evaluation, bid(SECOND, 1)).unwrap_err(), Code::NotFirstRanked);
    let second = awarded(&evaluation, bid(SECOND, 2)).unwrap();
    assert_eq!((second.supplier, second.ranking[0].bidder), (organization(2), organization(1)));
    assert_eq!(awarded(&evaluation, bid(THIRD, 5)).unwrap().supplier, organization(5));
    let told = loser_notices(&evaluation, SECOND, Some(second.bid_id));
    assert_eq!(told[0].reason, LossReason::PassedOver { rank: 1 });
    assert!(matches!(told[1].reason, LossReason::Outranked { rank: 3, .. }), "{:?}", told[1].reason);
    assert!(told[0].reason.words().zh.contains("中标包数上限"));
}

#[test]
fn a_lot_with_too_few_ends_and_the_others_go_on() {
    let evaluation = qualified_without(&[bid(THIRD, 5)]);
    assert_eq!(evaluation.failed_lots, [LotFailure { lot: THIRD, failure: Failure::TooFewQualified }]);
    assert_eq!(evaluation.stage, Stage::Qualified);
    assert!(evaluation.evaluated().iter().all(|one| one.lot != THIRD));
    let told = loser_notices(&evaluation, THIRD, None);
    assert_eq!(told.len(), 3);
    assert_eq!(told[0].reason, LossReason::TenderFailed { failure: Failure::TooFewQualified });
    let evaluation = signed(reported(evaluation, LotCaps::default()));
    assert!(awarded(&evaluation, bid(SECOND, 1)).is_ok());
    assert_eq!(awarded(&evaluation, bid(THIRD, 1)).unwrap_err(), Code::NotFirstRanked);
}

#[test]
fn with_its_last_lot_the_whole_fails() {
    let lacking = [bid(FIRST, 2), bid(SECOND, 2), bid(SECOND, 3), bid(THIRD, 2)];
    let evaluation = qualified_without(&lacking);
    assert_eq!(evaluation.failure(), Some(Failure::TooFewQualified));
    assert_eq!(evaluation.failed_lots.len(), 3);
}

#[test]
fn a_lot_whose_bidders_have_all_won_their_most_fails() {
    // Of three bidders for the third lot one has won the first, and the others are not left to it in the second.
    let caps = LotCaps { bid_most: None, award_most: Some(1) };
    let evaluation = qualified_without(&[]);
    let only = |lot: LotId, suppliers: &[u128]| suppliers.iter().map(|one| contender(lot, *one, 100_000)).collect::<Vec<_>>();
    let contenders = [only(FIRST, &[1]), only(SECOND, &[1])].concat();
    let evaluation = Evaluation { contenders, lots: vec![FIRST, SECOND], ..evaluation };
    let evaluation = scoring(evaluation);
    let left = evaluation.evaluated();
    let sheets: Vec<ScoreSheet> =
        (201..204).map(|member| ScoreSheet::blank(user(member)).submit(&scheme(), &left, &[], NOW).unwrap()).collect();
    let rules = PolicyPack::load(CN).unwrap().on(NaiveDate::from_ymd_opt(2026, 11, 24).unwrap());
    let lots = [(FIRST, Money::cny(15_000_000)), (SECOND, Money::cny(15_000_000))];
    let draw: Vec<BidId> = left.iter().map(|one| one.bid_id).collect();
    let basis = Basis { scheme: &scheme(), rules: &rules, lots: &lots, draw: &draw };
    let report = Report::draw_up(&basis, &left, &sheets, NOW);
    let (evaluation, _) = evaluation.report(report, 1, caps).unwrap();
    assert_eq!(evaluation.failed_lots, [LotFailure { lot: SECOND, failure: Failure::CapsReached }]);
    assert!(matches!(evaluation.stage, Stage::Reported { .. }));
}
