use super::*;
use crate::ident::SessionId;
use crate::identity::actor::Person;
use crate::identity::organization::OrganizationKind;
use crate::identity::role::Role;
use crate::money::Money;
use crate::oversight::policy_pack::CN;
use crate::tendering::tender::Publication;
use crate::tendering::tender_content::{KeyHolding, Nature, TenderContent};
use uuid::Uuid;

const BUYER: u128 = 2;

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn pack() -> PolicyPack {
    PolicyPack::load(CN).unwrap()
}

fn actor(user: u128, organization: u128, role: Role) -> Actor {
    Actor::Person(Person {
        user: UserId(Uuid::from_u128(user)),
        organization: OrganizationId(Uuid::from_u128(organization)),
        organization_kind: OrganizationKind::Buyer,
        roles: vec![role],
        session: SessionId(Uuid::nil()),
    })
}

/// A tender whose deadline is 28 December 2026, 10:00 in China; drafted by person 1, opened by person 10.
fn tender(state: TenderState) -> Tender {
    let title = LocalText::new("办公家具", "Office furniture");
    let mut content = TenderContent::begin(title, "A05010200".to_owned(), Nature::Goods, Money::cny(150_000_000));
    content.deadline_at = Some(at("2026-12-28T02:00:00Z"));
    content.holders =
        vec![KeyHolding { user: UserId(Uuid::from_u128(10)), key: Uuid::from_u128(10).into(), recipient: "age1".to_owned() }];
    Tender {
        id: Uuid::from_u128(1).into(),
        version: 1,
        number: "ZC-1".to_owned(),
        buyer: OrganizationId(Uuid::from_u128(BUYER)),
        plan: None,
        follows: None,
        lot: Uuid::from_u128(3).into(),
        failed_lots: Vec::new(),
        content,
        document_version: 1,
        created_by: UserId(Uuid::from_u128(1)),
        created_at: at("2026-12-01T02:00:00Z"),
        amendments: Vec::new(),
        invited: Vec::new(),
        mandate: None,
        ended_mandates: Vec::new(),
        first_deadline_at: None,
        panel: Vec::new(),
        state,
    }
}

fn publication() -> Publication {
    let user = |number: u128| UserId(Uuid::from_u128(number));
    let published_at = at("2026-12-02T02:00:00Z");
    Publication { published_at, published_by: user(1), invited_at: None, approved_by: user(4), rules: pack().on(published_at.date_naive()) }
}

fn kinds(actor: &Actor, tender: &Tender, around: Around<'_>) -> Vec<TaskKind> {
    let pack = pack();
    let reader = Reader { actor, pack: &pack, now: at("2026-12-03T02:00:00Z") };
    reader.of_own_tender(tender, around).into_iter().map(|task| task.kind).collect()
}

#[test]
fn each_state_of_a_tender_waits_for_the_role_that_moves_it_on_and_for_nobody_else() {
    let by = UserId(Uuid::from_u128(1));
    let unanswered = Around { unanswered: 1, ..Around::default() };
    let none = Around::default();
    for (state, around, role, expected) in [
        (TenderState::Draft { returned: None, writers: Vec::new() }, none, Role::Officer, TaskKind::FinishDraft),
        (TenderState::Submitted { by, writers: Vec::new() }, none, Role::Approver, TaskKind::ApproveTender),
        (TenderState::Approved { by }, none, Role::Officer, TaskKind::PublishTender),
        (TenderState::Published(publication()), unanswered, Role::Officer, TaskKind::AnswerQuestions),
        (TenderState::Opened(publication()), none, Role::Officer, TaskKind::QualifyBidders),
        (TenderState::Qualified(publication()), none, Role::Officer, TaskKind::AppointPanel),
        (TenderState::Reported(publication()), none, Role::Approver, TaskKind::ConfirmAward),
        (TenderState::AwardConfirmed(publication()), none, Role::Officer, TaskKind::PublishAward),
        (TenderState::Awarded(publication()), none, Role::Officer, TaskKind::MakeContract),
    ] {
        let tender = tender(state);
        for asked in Role::ALL {
            let own = kinds(&actor(5, BUYER, *asked), &tender, around);
            assert_eq!(own, if *asked == role { vec![expected] } else { Vec::new() }, "{expected:?} as {asked:?}");
            assert!(kinds(&actor(5, 99, *asked), &tender, around).is_empty(), "{expected:?} as a stranger's {asked:?}");
        }
    }
}

#[test]
fn nobody_is_asked_to_approve_a_draft_of_their_own() {
    let submitted = tender(TenderState::Submitted { by: UserId(Uuid::from_u128(7)), writers: Vec::new() });
    for own in [1, 7] {
        assert!(kinds(&actor(own, BUYER, Role::Approver), &submitted, Around::default()).is_empty());
    }
}

#[test]
fn a_notice_is_due_twenty_days_before_its_deadline_and_says_which_article_asks() {
    let (actor, pack) = (actor(5, BUYER, Role::Officer), pack());
    let reader = Reader { actor: &actor, pack: &pack, now: at("2026-12-03T02:00:00Z") };
    let approved = tender(TenderState::Approved { by: UserId(Uuid::from_u128(4)) });
    let task = reader.of_own_tender(&approved, Around::default()).pop().unwrap();
    assert_eq!(task.due_at, Some(at("2026-12-08T15:59:59Z")), "the last second of the 8th in China");
    assert_eq!(task.rule.as_deref(), Some("政府采购法第三十五条"));
}

#[test]
fn holders_are_asked_once_the_deadline_is_past_until_they_have_handed_in() {
    let pack = pack();
    let (open, holder) = (tender(TenderState::Published(publication())), actor(10, BUYER, Role::KeyHolder));
    let asked = |actor: &Actor, now: &str, has_handed_in: bool| {
        Reader { actor, pack: &pack, now: at(now) }.of_held_tender(&open, has_handed_in).map(|task| task.kind)
    };
    assert_eq!(asked(&holder, "2026-12-28T02:00:00Z", false), None, "the deadline itself still takes bids");
    assert_eq!(asked(&holder, "2026-12-28T02:00:01Z", false), Some(TaskKind::OpenBids));
    assert_eq!(asked(&holder, "2026-12-28T02:00:01Z", true), None);
    assert_eq!(asked(&actor(11, BUYER, Role::KeyHolder), "2026-12-28T02:00:01Z", false), None, "not one of its holders");
}

#[test]
fn what_is_due_first_comes_first_and_what_has_no_day_last() {
    let task = |number: &str, due: Option<&str>| Task {
        kind: TaskKind::FinishDraft,
        subject: Subject::Tender(Uuid::nil().into()),
        number: number.to_owned(),
        title: LocalText::default(),
        counterpart: None,
        due_at: due.map(at),
        rule: None,
    };
    let mixed = vec![task("b", None), task("late", Some("2026-12-09T00:00:00Z")), task("a", None), task("soon", Some("2026-12-05T00:00:00Z"))];
    let numbers: Vec<_> = in_order(mixed).into_iter().map(|task| task.number).collect();
    assert_eq!(numbers, ["soon", "late", "a", "b"]);
}

#[test]
fn every_kind_has_words_in_both_languages() {
    for kind in TaskKind::ALL {
        for language in crate::language::Language::ALL {
            for key in [kind.text_key(), format!("{}-do", kind.text_key())] {
                let said = crate::text::say(language, &key);
                assert!(!said.is_empty() && said != key, "{key} in {language:?}");
            }
        }
    }
}

#[test]
fn an_invited_tender_waits_for_its_officer_after_the_end_of_applications_and_for_those_it_asks() {
    let mut announced = tender(TenderState::Announced(publication()));
    announced.content.choice.procedure = crate::tendering::procedure::Procedure::InvitedTender;
    announced.content.choice.announced_until = Some(at("2026-12-03T01:59:59Z"));
    let prequalified = Around { is_prequalified: true, ..Around::default() };
    for (around, expected) in [(Around::default(), TaskKind::JudgeApplications), (prequalified, TaskKind::InviteSuppliers)] {
        for asked in Role::ALL {
            let own = kinds(&actor(5, BUYER, *asked), &announced, around);
            assert_eq!(own, if *asked == Role::Officer { vec![expected] } else { Vec::new() }, "{expected:?} as {asked:?}");
        }
    }
    let (officer, pack) = (actor(5, BUYER, Role::Officer), pack());
    let reader = Reader { actor: &officer, pack: &pack, now: at("2026-12-03T02:00:00Z") };
    let task = reader.of_own_tender(&announced, prequalified).pop().unwrap();
    assert_eq!(task.due_at, Some(at("2026-12-08T15:59:59Z")), "a later invitation has to move the deadline");
    announced.content.choice.announced_until = Some(at("2026-12-03T02:00:00Z"));
    assert!(kinds(&officer, &announced, Around::default()).is_empty(), "applications are still taken");

    let mut asking = tender(TenderState::Published(publication()));
    asking.invited = vec![OrganizationId(Uuid::from_u128(31)), OrganizationId(Uuid::from_u128(32))];
    let asked = |organization: u128, now: &str, has_bid: bool| {
        let seller = actor(5, organization, Role::Seller);
        Reader { actor: &seller, pack: &pack, now: at(now) }.of_invitation(&asking, has_bid).map(|task| task.kind)
    };
    assert_eq!(asked(31, "2026-12-03T02:00:00Z", false), Some(TaskKind::BidAsInvited));
    assert_eq!(asked(31, "2026-12-03T02:00:00Z", true), None);
    assert_eq!(asked(33, "2026-12-03T02:00:00Z", false), None, "not one of those who were drawn");
    assert_eq!(asked(31, "2026-12-28T02:00:01Z", false), None);
}
