use super::*;
use crate::contracting::bid_security_state::{Acceptance, Release, ReleaseCause, SecurityState};
use crate::ident::{LotId, UserId};
use crate::identity::role::Role;
use crate::language::{Language, LocalText};
use crate::money::Money;
use crate::oversight::policy_pack::{CN, PolicyPack};
use crate::tendering::procedure::Procedure;
use crate::tendering::procedure::command::Command;
use crate::tendering::schedule_acts::next_acts;
use crate::tendering::tender::{Publication, TenderState};
use crate::tendering::tender_content::{Nature, TenderContent};
use uuid::Uuid;

fn pack() -> PolicyPack {
    PolicyPack::load(CN).unwrap()
}

fn on(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, month, day).unwrap()
}

/// Ten in the morning in China.
fn at(month: u32, day: u32) -> DateTime<Utc> {
    on(month, day).and_hms_opt(2, 0, 0).unwrap().and_utc()
}

fn published(procedure: Procedure, published_at: DateTime<Utc>, deadline_at: DateTime<Utc>) -> Tender {
    let mut content = TenderContent::begin(LocalText::new("办公家具", ""), "A05".to_owned(), Nature::Goods, Money::cny(150_000_000));
    content.choice.procedure = procedure;
    content.deadline_at = Some(deadline_at);
    let user = UserId(Uuid::from_u128(1));
    let rules = pack().on(day(published_at));
    Tender {
        id: Uuid::from_u128(1).into(),
        version: 0,
        number: "ZC-1".to_owned(),
        buyer: Uuid::from_u128(2).into(),
        plan: None,
        follows: None,
        lot: LotId(Uuid::from_u128(3)),
        failed_lots: Vec::new(),
        content,
        document_version: 1,
        created_by: user,
        created_at: published_at,
        amendments: Vec::new(),
        invited: Vec::new(),
        mandate: None,
        ended_mandates: Vec::new(),
        first_deadline_at: None,
        panel: Vec::new(),
        state: TenderState::Published(Publication { published_at, published_by: user, invited_at: None, approved_by: user, rules }),
    }
}

fn moved(mut tender: Tender, to: TenderStateName) -> Tender {
    let publication = tender.state.publication().unwrap().clone();
    tender.state = TenderState::carrying(to, publication).unwrap();
    tender
}

fn dates(tender: &Tender, happened: Milestones, now: DateTime<Utc>) -> Vec<ScheduleEntry> {
    schedule(tender, happened, now)
}

fn find(entries: &[ScheduleEntry], kind: ScheduleKind) -> (When, Standing) {
    let entry = entries.iter().find(|entry| entry.kind == kind).unwrap_or_else(|| panic!("no {kind:?}"));
    (entry.due, entry.standing)
}

fn acts(tender: &Tender, now: DateTime<Utc>) -> Vec<(Command, Option<When>)> {
    acts_after(tender, Milestones::default(), now)
}

fn acts_after(tender: &Tender, happened: Milestones, now: DateTime<Utc>) -> Vec<(Command, Option<When>)> {
    let entries = dates(tender, happened, now);
    next_acts(tender, &entries, now).into_iter().map(|act| (act.command, act.due)).collect()
}

#[test]
fn the_dates_of_an_open_tender_follow_the_law_over_the_national_day_holiday() {
    let mut tender = published(Procedure::OpenTender, at(9, 1), at(9, 22));
    tender.content.bid_security = Some(Money::cny(1_000_000));
    let happened = Milestones {
        opened_at: Some(at(9, 22)),
        reported_at: Some(at(9, 23)),
        confirmed_at: Some(at(9, 24)),
        awarded_at: Some(at(9, 28)),
        ..Milestones::default()
    };
    let entries = dates(&moved(tender, TenderStateName::Awarded), happened, at(9, 29));
    let due = |kind| find(&entries, kind).0;
    assert_eq!(due(ScheduleKind::NoticeDisplayed), When::On(on(9, 8)));
    assert_eq!(due(ScheduleKind::LastChange), When::On(on(9, 7)), "政府采购法实施条例第三十一条: 15 days");
    assert_eq!(due(ScheduleKind::ReportGiven), When::On(on(9, 28)), "24 September and, behind the Mid-Autumn Festival, the 28th");
    // 24, 28, 29 and 30 September and 8 October.
    assert_eq!(due(ScheduleKind::AwardConfirmed), When::On(on(10, 8)), "from the day of the report, not from its last day");
    assert_eq!(due(ScheduleKind::AwardPublished), When::On(on(9, 29)));
    // 29 and 30 September, 8 and 9 October, the make-up Saturday 10 October.
    assert_eq!(due(ScheduleKind::SecuritiesReturned), When::On(on(10, 10)), "政府采购法实施条例第三十三条");
    assert_eq!(due(ScheduleKind::ChallengesEnded), When::On(on(10, 13)), "政府采购法第五十二条");
    assert_eq!(find(&entries, ScheduleKind::ContractSigned), (When::On(on(10, 28)), Standing::Ahead), "政府采购法第四十六条");
    assert_eq!(due(ScheduleKind::ContractPublished), When::On(on(10, 30)), "from the last day on which it is signed");
    assert_eq!(find(&entries, ScheduleKind::AwardPublished).1, Standing::Done);
    assert_eq!(entries.iter().filter(|entry| entry.standing == Standing::Next).count(), 1);
    assert!(entries.iter().filter(|entry| entry.figure.is_some()).all(|entry| !entry.figure.as_ref().unwrap().source.is_empty()));
}

#[test]
fn what_hangs_on_something_that_has_not_happened_says_on_what() {
    let tender = published(Procedure::OpenTender, at(9, 1), at(9, 22));
    let entries = dates(&tender, Milestones::default(), at(9, 2));
    assert_eq!(find(&entries, ScheduleKind::EvaluationEnded).0, When::After(ScheduleKind::BidsOpened));
    assert_eq!(find(&entries, ScheduleKind::AwardConfirmed), (When::After(ScheduleKind::ReportGiven), Standing::Ahead));
    assert!(entries.iter().all(|entry| entry.kind != ScheduleKind::SecuritiesReturned), "none is asked");
    let draft = Tender { state: TenderState::Draft { returned: None, writers: Vec::new() }, ..tender };
    assert!(dates(&draft, Milestones::default(), at(9, 2)).is_empty(), "the law is that of the notice");
}

#[test]
fn a_year_without_a_holiday_notice_is_said_to_be_unknown_in_all_that_follows_from_it() {
    let tender = published(Procedure::OpenTender, at(12, 1), at(12, 29));
    let happened = Milestones { opened_at: Some(at(12, 29)), reported_at: Some(at(12, 31)), ..Milestones::default() };
    let entries = dates(&moved(tender, TenderStateName::Reported), happened, at(12, 31));
    assert_eq!(find(&entries, ScheduleKind::AwardConfirmed).0, When::UnknownYear(2027));
    assert_eq!(find(&entries, ScheduleKind::ContractSigned).0, When::UnknownYear(2027), "never guessed, calendar days neither");
}

#[test]
fn what_is_not_done_by_its_day_is_late_and_a_period_ends_by_itself() {
    let tender = published(Procedure::OpenTender, at(9, 1), at(9, 22));
    let late = dates(&tender, Milestones::default(), at(9, 23));
    assert_eq!(find(&late, ScheduleKind::DeadlineReached).1, Standing::Done);
    assert_eq!(find(&late, ScheduleKind::BidsOpened).1, Standing::Late, "财政部令第87号第三十九条");
    assert_eq!(find(&dates(&tender, Milestones::default(), at(9, 22)), ScheduleKind::BidsOpened).1, Standing::Ahead, "the day of the deadline");
}

#[test]
fn a_change_three_working_days_before_the_deadline_of_an_inquiry_counts_the_make_up_day() {
    let tender = published(Procedure::Inquiry, at(9, 14), at(9, 22));
    let entries = dates(&tender, Milestones::default(), at(9, 14));
    // Sunday the 20th is worked: 20, 21 and 22 are the three days behind the 19th.
    assert_eq!(find(&entries, ScheduleKind::LastChange).0, When::On(on(9, 19)), "财政部令第74号第四十五条");
}

#[test]
fn an_announced_single_source_waits_for_objections_then_for_answers_and_the_invitation() {
    // From the threshold of open tenders on the public is told first (政府采购法实施条例第三十八条).
    let mut tender = published(Procedure::SingleSource, at(9, 1), at(9, 22));
    tender.content.budget = Money::cny(300_000_000);
    tender.content.choice.announced_until = Some(at(9, 9));
    let tender = moved(tender, TenderStateName::Announced);
    assert_eq!(acts(&tender, at(9, 2)), [(Command::Object, Some(When::At(at(9, 9))))]);
    assert_eq!(acts(&tender, at(9, 10))[0].0, Command::Invite, "nobody has objected");
    let objected = Milestones { objections: Tally { raised: 1, unanswered: 1, ..Tally::default() }, ..Milestones::default() };
    let after = acts_after(&tender, objected, at(9, 10));
    assert_eq!(after[0], (Command::AnswerObjection, Some(When::On(on(9, 16)))), "财政部令第74号第四十条");
    assert_eq!(after[1].0, Command::Invite);
    let mut invited = published(Procedure::SingleSource, at(9, 1), at(9, 22));
    invited.content.budget = Money::cny(300_000_000);
    assert!(way(&tender).contains(&(TenderStateName::Announced, Place::Here)));
    assert!(way(&invited).contains(&(TenderStateName::Announced, Place::Done)), "the public was told before");
}

#[test]
fn each_state_of_a_tender_says_who_acts_next() {
    let tender = published(Procedure::OpenTender, at(9, 1), at(9, 22));
    let next = |tender: &Tender, now| {
        let entries = dates(tender, Milestones::default(), now);
        next_acts(tender, &entries, now).into_iter().map(|act| (act.command, act.roles.first().copied())).collect::<Vec<_>>()
    };
    assert_eq!(next(&tender, at(9, 2)), [(Command::SubmitBid, Some(Role::Seller))]);
    assert_eq!(next(&tender, at(9, 23)), [(Command::OpenBids, Some(Role::KeyHolder))]);
    assert_eq!(next(&moved(tender.clone(), TenderStateName::Opened), at(9, 23)), [(Command::Qualify, Some(Role::Officer))]);
    let reported = moved(tender.clone(), TenderStateName::Reported);
    assert_eq!(next(&reported, at(9, 23)), [(Command::ConfirmAward, Some(Role::Approver))]);
    assert_eq!(next(&moved(tender.clone(), TenderStateName::Contracted), at(9, 23)), []);
    // Whatever stands on the way of a procedure waits for somebody, but the end of it.
    for procedure in Procedure::ALL {
        for state in procedure.course().way().into_iter().filter(|state| !state.is_before_notice() && *state != TenderStateName::Contracted) {
            let tender = moved(published(*procedure, at(9, 1), at(9, 22)), state);
            for now in [at(9, 2), at(9, 23)] {
                let found = next(&tender, now);
                assert!(!found.is_empty() && found.iter().all(|(_, role)| role.is_some()), "{procedure:?} {state:?}: {found:?}");
            }
        }
    }
}

#[test]
fn what_the_state_tells_has_happened_though_its_day_is_not_public_yet() {
    let tender = moved(published(Procedure::OpenTender, at(9, 1), at(9, 22)), TenderStateName::AwardConfirmed);
    let public = Milestones { opened_at: Some(at(9, 22)), ..Milestones::default() };
    let entries = dates(&tender, public, at(9, 29));
    for kind in [ScheduleKind::EvaluationEnded, ScheduleKind::ReportGiven, ScheduleKind::AwardConfirmed] {
        assert_eq!(find(&entries, kind), (When::Unpublished, Standing::Done), "{kind:?}");
    }
    assert_eq!(find(&entries, ScheduleKind::AwardPublished), (When::Unpublished, Standing::Next), "counted from the confirmation");
    assert_eq!(find(&entries, ScheduleKind::ContractSigned).0, When::After(ScheduleKind::AwardPublished));
    let opened = dates(&moved(tender, TenderStateName::Opened), public, at(9, 23));
    assert_eq!(find(&opened, ScheduleKind::EvaluationEnded).0, When::NoTerm, "no rule says by when a panel is done");
}

#[test]
fn what_nobody_can_record_is_never_late() {
    let tender = moved(published(Procedure::OpenTender, at(9, 1), at(9, 22)), TenderStateName::Contracted);
    let happened = Milestones {
        opened_at: Some(at(9, 22)),
        reported_at: Some(at(9, 23)),
        confirmed_at: Some(at(9, 24)),
        awarded_at: Some(at(9, 25)),
        contracted_at: Some(at(10, 9)),
        ..Milestones::default()
    };
    let after = dates(&tender, happened, at(11, 20));
    for kind in [ScheduleKind::ContractPublished, ScheduleKind::ContractFiled] {
        assert_eq!(find(&after, kind).1, Standing::Unrecorded, "政府采购法实施条例第五十条, 政府采购法第四十七条");
        assert!(matches!(find(&dates(&tender, happened, at(10, 9)), kind).1, Standing::Next | Standing::Ahead));
    }
    assert!(after.iter().all(|entry| entry.standing != Standing::Late), "{after:?}");
}

#[test]
fn the_securities_of_losers_are_late_only_while_one_is_with_the_buyer() {
    let mut tender = published(Procedure::OpenTender, at(9, 1), at(9, 22));
    tender.content.bid_security = Some(Money::cny(1_000_000));
    let tender = moved(tender, TenderStateName::Awarded);
    let standing = |securities| {
        let happened = Milestones { opened_at: Some(at(9, 22)), awarded_at: Some(at(9, 25)), securities, ..Milestones::default() };
        let entries = dates(&tender, happened, at(11, 20));
        entries.into_iter().find(|entry| entry.kind == ScheduleKind::SecuritiesReturned).map(|entry| entry.standing)
    };
    assert_eq!(standing(LosersSecurities::Held), Some(Standing::Late), "政府采购法实施条例第三十三条");
    assert_eq!(standing(LosersSecurities::Returned(at(9, 29))), Some(Standing::Done));
    assert_eq!(standing(LosersSecurities::NoneLodged), None, "no loser had lodged any");
}

#[test]
fn the_securities_of_a_tender_are_read_off_those_of_its_losers() {
    use ReleaseCause::{BidWithdrawn, NotAwarded};
    let acceptance = Acceptance { by: UserId(Uuid::from_u128(7)), at: at(9, 20), credited_on: None };
    let release = |cause| Release { cause, since: at(9, 25) };
    let held = SecurityState::Held { acceptance: acceptance.clone() };
    let owed = |cause| SecurityState::Released { acceptance: acceptance.clone(), release: release(cause) };
    let back = |cause, day| SecurityState::Returned {
        by: UserId(Uuid::from_u128(7)),
        at: at(9, day),
        reference: "1".to_owned(),
        paid: None,
        release: Some(release(cause)),
    };
    assert_eq!(LosersSecurities::of(&[held.clone(), back(BidWithdrawn, 21)]), LosersSecurities::NoneLodged, "the winner's, and one withdrawn");
    assert_eq!(LosersSecurities::of(&[back(NotAwarded, 28), owed(NotAwarded), held.clone()]), LosersSecurities::Held);
    assert_eq!(LosersSecurities::of(&[owed(NotAwarded), back(NotAwarded, 28)]), LosersSecurities::Held);
    assert_eq!(LosersSecurities::of(&[back(NotAwarded, 29), back(NotAwarded, 28), held]), LosersSecurities::Returned(at(9, 29)));
}

#[test]
fn answers_to_objections_are_due_only_where_somebody_objected() {
    let mut tender = published(Procedure::SingleSource, at(9, 1), at(9, 22));
    tender.content.budget = Money::cny(300_000_000);
    tender.content.choice.announced_until = Some(at(9, 9));
    let tender = moved(tender, TenderStateName::Announced);
    let standing = |objections, now| {
        let entries = dates(&tender, Milestones { objections, ..Milestones::default() }, now);
        entries.into_iter().find(|entry| entry.kind == ScheduleKind::ObjectionsAnswered).map(|entry| entry.standing)
    };
    assert_eq!(standing(Tally::default(), at(9, 2)), Some(Standing::Ahead), "somebody may object");
    assert_eq!(standing(Tally::default(), at(9, 20)), None, "nobody did");
    let waiting = Tally { raised: 2, unanswered: 1, upheld: 0, last_answered_at: Some(at(9, 10)) };
    assert_eq!(standing(waiting, at(9, 20)), Some(Standing::Late), "财政部令第74号第四十条");
    assert_eq!(standing(Tally { unanswered: 0, ..waiting }, at(9, 20)), Some(Standing::Done));
}

#[test]
fn nothing_is_late_while_a_tender_is_suspended() {
    let (tender, _) = published(Procedure::OpenTender, at(9, 1), at(9, 22)).suspend(LocalText::new("核实", ""), at(9, 10)).unwrap();
    let entries = dates(&tender, Milestones::default(), at(10, 20));
    assert!(entries.iter().all(|entry| entry.standing != Standing::Late), "{entries:?}");
    assert_eq!(find(&entries, ScheduleKind::DeadlineReached).1, Standing::Next, "it moves when the tender goes on");
}

#[test]
fn what_was_called_off_keeps_only_what_had_happened() {
    let (tender, _) = published(Procedure::OpenTender, at(9, 1), at(9, 22)).cancel(LocalText::new("项目取消", "")).unwrap();
    let kinds: Vec<_> = dates(&tender, Milestones::default(), at(9, 9)).into_iter().map(|entry| entry.kind).collect();
    assert_eq!(kinds, [ScheduleKind::NoticePublished, ScheduleKind::NoticeDisplayed, ScheduleKind::LastChange]);
}

#[test]
fn every_date_has_words_in_both_languages() {
    for kind in ScheduleKind::ALL {
        for language in Language::ALL {
            assert!(crate::text::has(language, &kind.text_key()), "{kind:?} in {language:?}");
        }
    }
}
