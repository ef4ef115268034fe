use super::super::tender_content::{Criterion, CriterionKind, KeyHolding, Nature, Paper, Requirement, RequirementKind, TenderItem};
use super::*;
use crate::language::Language;
use crate::money::Money;
use crate::oversight::policy_pack::{CN, PolicyPack};
use crate::tendering::opening;
use crate::tendering::plan::PlanContent;
use crate::tendering::tender_change::FileNames;
use crate::text;
use chrono::TimeDelta;
use uuid::Uuid;

fn at(day: u32) -> DateTime<Utc> {
    format!("2026-12-{day:02}T02:00:00Z").parse().unwrap()
}

fn rules() -> Rules {
    PolicyPack::load(CN).unwrap().on(at(1).date_naive())
}

fn user(number: u128) -> UserId {
    UserId(Uuid::from_u128(number))
}

fn both(text: &str) -> LocalText {
    LocalText::new(text.to_owned(), text.to_owned())
}

fn criterion(key: &str, kind: CriterionKind, weight_points: u32) -> Criterion {
    Criterion { key: key.to_owned(), kind, name: both(key), weight_points, basis: both("依据"), anchors: Vec::new() }
}

fn content() -> TenderContent {
    let mut content = TenderContent::begin(both("办公家具"), "A05010200".to_owned(), Nature::Goods, Money::cny(150_000_000));
    content.description = both("采购办公家具");
    content.items = vec![TenderItem { name: both("椅子"), quantity: 10, unit: "把".to_owned(), specification: both(""), lot: 1, green: None }];
    content.requirements = vec![Requirement { kind: RequirementKind::Essential, text: both("阻燃") }];
    content.papers = vec![Paper { key: "licence".to_owned(), name: both("营业执照"), source: "法".to_owned(), is_obligatory: true }];
    content.criteria = vec![criterion("price", CriterionKind::Price, 40), criterion("quality", CriterionKind::Technical, 60)];
    content.deadline_at = Some(at(28));
    content.holders = (10..13)
        .map(|number| KeyHolding { user: user(number), key: Uuid::from_u128(number).into(), recipient: "age1".to_owned() })
        .collect();
    content
}

fn draft() -> Tender {
    Tender {
        id: Uuid::from_u128(1).into(),
        version: 0,
        number: "ZC-1".to_owned(),
        buyer: Uuid::from_u128(2).into(),
        plan: None,
        follows: None,
        lot: Uuid::from_u128(3).into(),
        failed_lots: Vec::new(),
        content: content(),
        document_version: 1,
        created_by: user(1),
        created_at: at(1),
        amendments: Vec::new(),
        invited: Vec::new(),
        mandate: None,
        ended_mandates: Vec::new(),
        first_deadline_at: None,
        panel: Vec::new(),
        state: TenderState::Draft { returned: None, writers: Vec::new() },
    }
}

fn published() -> Tender {
    let (tender, _) = draft().submit(&rules(), None, user(1), at(1)).unwrap();
    let (tender, _) = tender.approve(user(2)).unwrap();
    tender.publish(None, rules(), user(1), at(1)).unwrap().0
}

/// The content with a stricter requirement.
fn changed() -> TenderContent {
    let mut content = content();
    content.requirements[0].text = both("阻燃，质保三年");
    content
}

fn codes(result: Moved) -> Vec<Code> {
    result.unwrap_err().0.iter().map(|refusal| refusal.code).collect()
}

#[test]
fn a_draft_is_approved_by_another_person_and_published() {
    let (submitted, _) = draft().submit(&rules(), None, user(1), at(1)).unwrap();
    assert_eq!(codes(submitted.clone().approve(user(1))), [Code::SamePerson]);
    let rewritten = draft().write(content(), user(2)).and_then(|(draft, _)| draft.submit(&rules(), None, user(1), at(1))).unwrap().0;
    assert_eq!(codes(rewritten.clone().approve(user(2))), [Code::SamePerson], "who wrote in it does not approve it");
    let again = rewritten.send_back("预算不符").and_then(|(draft, _)| draft.submit(&rules(), None, user(1), at(1))).unwrap().0;
    assert_eq!(codes(again.approve(user(2))), [Code::SamePerson]);
    let (back, _) = submitted.send_back("预算不符").unwrap();
    assert!(matches!(&back.state, TenderState::Draft { returned: Some(reason), .. } if reason == "预算不符"));
    assert_eq!(published().state.publication().unwrap().approved_by, user(2));
}

#[test]
fn a_deadline_at_the_ends_of_the_calendar_is_refused_and_not_counted_with() {
    for far in [DateTime::<Utc>::MIN_UTC, DateTime::<Utc>::MAX_UTC] {
        let content = TenderContent { deadline_at: Some(far), ..content() };
        assert_eq!(codes(draft().write(content.clone(), user(1))), [Code::Malformed]);
        let names = FileNames::new();
        assert_eq!(codes(published().amend(content, both("更正"), &names, &[], at(2))), [Code::Malformed]);
    }
}

#[test]
fn every_fault_of_a_draft_is_told_at_once_with_its_source() {
    let mut tender = draft();
    tender.content.deadline_at = Some(at(20));
    tender.content.criteria[0].weight_points = 20;
    tender.content.bid_security = Some(Money::cny(4_000_000));
    tender.content.small_enterprise_deduction_percent = 25;
    tender.content.panel_size = 4;
    tender.content.holders.truncate(1);
    tender.content.papers.clear();
    let refusals = tender.submit(&rules(), None, user(1), at(1)).unwrap_err().0;
    let found: Vec<Code> = refusals.iter().map(|refusal| refusal.code).collect();
    assert_eq!(found, [
        Code::Required, Code::WeightsNotHundred, Code::PriceWeightTooLow, Code::SecurityTooHigh,
        Code::DeductionOutOfRange, Code::PanelTooSmall, Code::HoldersTooFew, Code::DeadlineTooEarly,
    ]);
    assert_eq!(refusals[7].facts["source"], Fact::Source("政府采购法第三十五条".to_owned()));
    assert!(text::refusal(Language::English, &refusals[7]).contains("Government Procurement Law art. 35 (政府采购法第三十五条)"));
}

#[test]
fn a_change_late_in_the_period_moves_the_deadline_and_a_change_after_it_is_refused() {
    let (tender, _) = published().amend(changed(), both("规格调整"), &FileNames::new(), &[], at(20)).unwrap();
    assert_eq!((tender.document_version, tender.deadline().unwrap()), (2, "2027-01-04T02:00:00Z".parse().unwrap()));
    assert_eq!(codes(published().amend(changed(), both("规格调整"), &FileNames::new(), &[], at(29))), [Code::DeadlinePassed]);
    let told: Vec<&str> = tender.amendments[0].changes.iter().map(|change| change.field.as_str()).collect();
    assert_eq!(told, ["deadline", "requirement"]);
    assert_eq!(codes(published().amend(content(), both("无"), &FileNames::new(), &[], at(20))), [Code::NothingChanged]);
    let mut other = changed();
    other.items[0].name = both("桌子");
    assert_eq!(codes(published().amend(other, both("改采购标的"), &FileNames::new(), &[], at(2))), [Code::SubjectFixed]);
}

#[test]
fn a_notice_waits_until_its_intention_has_been_public_for_thirty_days() {
    let plan = |published_at| Plan {
        id: Uuid::from_u128(9).into(),
        version: 1,
        buyer: Uuid::from_u128(2).into(),
        content: PlanContent {
            title: both("办公家具"),
            description: both("更新办公家具"),
            category: "A05010200".to_owned(),
            budget: Money::cny(150_000_000),
            expected_on: at(1).date_naive(),
        },
        created_at: published_at,
        published_at: Some(published_at),
    };
    let approved = || draft().submit(&rules(), None, user(1), at(1)).unwrap().0.approve(user(2)).unwrap().0;
    let recent = plan(at(1) - TimeDelta::days(29));
    let refusals = approved().publish(Some(&recent), rules(), user(1), at(1)).unwrap_err().0;
    assert_eq!((refusals.len(), refusals[0].code, &refusals[0].facts["remedy"]), (1, Code::PlanTooRecent, &Fact::Date(at(2).date_naive())));
    let old = plan(at(1) - TimeDelta::days(30));
    assert!(approved().publish(Some(&old), rules(), user(1), at(1)).is_ok());
}

#[test]
fn bids_are_not_opened_before_the_deadline() {
    assert_eq!(codes(published().open(at(28))), [Code::DeadlineNotReached]);
    assert_eq!(published().open(at(29)).unwrap().0.state.name(), TenderStateName::Opened);
}

/// A move by its name, for the table below.
type Move = (&'static str, fn(Tender) -> Moved);

#[test]
fn each_move_is_possible_from_its_states_alone() {
    let moves: [Move; 9] = [
        ("submit", |tender| tender.submit(&rules(), None, user(1), at(1))),
        ("approve", |tender| tender.approve(user(2))),
        ("publish", |tender| tender.publish(None, rules(), user(1), at(1))),
        ("open", |tender| tender.open(at(29))),
        ("qualify", |tender| tender.qualify()),
        ("begin", |tender| tender.begin_evaluation(Vec::new())),
        ("report", |tender| tender.report()),
        ("confirm", |tender| tender.confirm_award()),
        ("award", |tender| tender.publish_award()),
    ];
    let mut tender = draft();
    for (right, (name, step)) in moves.iter().enumerate() {
        for (index, (other, wrong)) in moves.iter().enumerate() {
            if index != right {
                assert_eq!(codes(wrong(tender.clone())), [Code::WrongState], "{other} instead of {name}");
            }
        }
        assert_eq!(tender.clone().write(content(), UserId(Uuid::from_u128(1))).is_ok(), right == 0);
        tender = step(tender).unwrap().0;
    }
    assert_eq!(tender.contract().unwrap().0.state.name(), TenderStateName::Contracted);
}

#[test]
fn every_state_has_words_in_both_languages() {
    for name in TenderStateName::ALL {
        for language in crate::language::Language::ALL {
            assert!(crate::text::has(language, &name.text_key()), "{name:?}");
        }
    }
}

#[test]
fn a_change_keeps_to_the_law_and_never_moves_the_deadline_nearer() {
    let mut unlawful = content();
    unlawful.criteria[0].weight_points = 10;
    let refusals = published().amend(unlawful, both("调整分值"), &FileNames::new(), &[], at(2)).unwrap_err().0;
    assert_eq!(refusals[0].code, Code::WeightsNotHundred);
    assert_eq!(refusals[0].path, ["content", "criteria"]);
    let mut nearer = content();
    nearer.deadline_at = Some(at(27));
    assert_eq!(codes(published().amend(nearer, both("提前"), &FileNames::new(), &[], at(2))), [Code::DeadlineMovedNearer]);
}

#[test]
fn a_large_budget_asks_for_a_panel_of_seven() {
    let mut tender = draft();
    tender.content.budget = Money::cny(1_000_000_000);
    let refusals = tender.submit(&rules(), None, user(1), at(1)).unwrap_err().0;
    assert_eq!(refusals.iter().map(|refusal| refusal.code).collect::<Vec<_>>(), [Code::PanelTooSmall]);
    assert_eq!(refusals[0].facts["least"], Fact::from(7_i64));
}

#[test]
fn the_spare_holder_is_there_before_another_person_approves_but_does_not_make_up_for_a_missing_one() {
    let spare = || Some(KeyHolding { user: user(20), key: Uuid::from_u128(20).into(), recipient: "age1spare".to_owned() });
    let (submitted, event) = draft().submit(&rules(), spare(), user(1), at(1)).unwrap();
    assert_eq!(submitted.content.holders.len(), 4);
    assert_eq!(event.content["spare"], serde_json::json!(user(20)));
    let mut short = draft();
    short.content.holders.truncate(1);
    assert_eq!(codes(short.submit(&rules(), spare(), user(1), at(1))), [Code::HoldersTooFew]);
}

#[test]
fn the_time_of_the_holders_is_the_figure_that_was_frozen_into_the_notice() {
    let deadline = published().deadline().unwrap();
    assert_eq!(opening::reveal_from(&published()).unwrap(), deadline + TimeDelta::hours(24));
    let longer = CN.replace("key = \"opening.holders_hours\"\nvalue = 24", "key = \"opening.holders_hours\"\nvalue = 48");
    let mut tender = published();
    let TenderState::Published(publication) = &mut tender.state else { panic!("published") };
    publication.rules = PolicyPack::load(&longer).unwrap().on(publication.rules.on);
    assert_eq!(opening::reveal_from(&tender).unwrap(), deadline + TimeDelta::hours(48));
    assert_eq!(opening::opened_by(&tender).unwrap(), deadline + TimeDelta::hours(72));
}
