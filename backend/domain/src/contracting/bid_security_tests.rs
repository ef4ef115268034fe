use super::super::bid_security_due::{Course, DueBack, RETURN_DAYS, SecurityStanding, due_back, release, standing};
use super::super::bid_security_state::SecurityStateName;
use super::*;
use crate::ident::{EventId, LotId, SessionId};
use crate::identity::actor::Person;
use crate::identity::organization::OrganizationKind;
use crate::language::Language;
use crate::oversight::policy_pack::{CN, PolicyPack};
use crate::tendering::bid::{Bid, BidState, Sealing};
use crate::text;
use chrono::TimeDelta;
use proptest::prelude::*;
use uuid::Uuid;

fn at(day: u32) -> DateTime<Utc> {
    format!("2026-09-{day:02}T02:00:00Z").parse().unwrap()
}

fn on(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn user(number: u128) -> UserId {
    UserId(Uuid::from_u128(number))
}

fn organization(number: u128) -> OrganizationId {
    OrganizationId(Uuid::from_u128(number))
}

fn terms() -> SecurityTerms {
    SecurityTerms { tender: Uuid::from_u128(1).into(), buyer: organization(1), asked: Money::cny(2_000_000), deadline_at: at(20), validity_days: 90 }
}

fn transfer() -> Means {
    Means::Transfer { reference: "20260901-7".into(), account_end: "6222 0202 0000 1234".into(), paid_on: on("2026-09-01") }
}

fn guarantee(valid_until_on: &str, yuan: i64) -> Means {
    Means::Guarantee {
        issuer: "某银行福州分行".into(),
        number: "BH-1".into(),
        amount: Money::cny(yuan * 100),
        valid_until_on: on(valid_until_on),
        letter: Uuid::from_u128(5).into(),
    }
}

fn exemption() -> Means {
    Means::Exemption { reason: "小微企业".into(), source: "采购公告第六条".into() }
}

fn lodged(means: Means) -> Result<BidSecurity, Vec<(Code, String)>> {
    let lodger = Lodger { id: Uuid::from_u128(7).into(), supplier: organization(2), by: user(20) };
    let told = |faults: Refusals| faults.0.into_iter().map(|fault| (fault.code, fault.path.join("."))).collect();
    BidSecurity::lodge(lodger, &terms(), means, at(1)).map(|(security, _)| security).map_err(told)
}

/// Everything that can be done, as somebody else each time.
#[derive(Clone, Copy, Debug)]
enum Command {
    Accept,
    Refuse,
    RefuseWithRest,
    Release,
    BidAgain,
    GiveBack,
    Propose,
    Approve,
    Reject,
}

/// What was done before, and what can be done then with the state that follows.
type Way = (&'static [Command], &'static [(Command, SecurityStateName)]);

const COMMANDS: [Command; 9] = [
    Command::Accept,
    Command::Refuse,
    Command::RefuseWithRest,
    Command::Release,
    Command::BidAgain,
    Command::GiveBack,
    Command::Propose,
    Command::Approve,
    Command::Reject,
];

fn does(security: BidSecurity, command: Command) -> Result<BidSecurity, Code> {
    let now = at(25);
    let nothing = Refusal::new(Code::NothingChanged);
    let moved = match command {
        Command::Accept => security.accept(&terms(), Some(on("2026-09-02")), user(1), now),
        Command::Refuse => security.refuse("没有到账", None, user(1), now),
        Command::RefuseWithRest => security.refuse("金额不符", Some(Money::cny(1_500_000)), user(1), now),
        Command::Release => security.settle(Some(Release { cause: ReleaseCause::BidWithdrawn, since: at(18) })).ok_or(nothing),
        Command::BidAgain => security.settle(None).ok_or(nothing),
        Command::GiveBack => security.give_back("退款-1", user(1), now),
        Command::Propose => security.propose_forfeiture(ForfeitureGround::Collusion, "账户相同", user(2), now),
        Command::Approve => security.decide_forfeiture(true, user(3), now),
        Command::Reject => security.decide_forfeiture(false, user(3), now),
    };
    moved.map(|(security, _)| security).map_err(|refusal| refusal.code)
}

fn after(means: Means, commands: &[Command]) -> BidSecurity {
    commands.iter().fold(lodged(means).unwrap(), |security, command| does(security, *command).unwrap())
}

#[test]
fn each_command_is_possible_in_its_states_alone() {
    use Command::{Accept, Approve, BidAgain, GiveBack, Propose, Refuse, RefuseWithRest, Reject, Release};
    use SecurityStateName as Name;
    let ways: [Way; 9] = [
        (&[], &[(Accept, Name::Held), (Refuse, Name::Refused), (RefuseWithRest, Name::Refused)]),
        (&[Refuse], &[]),
        (&[RefuseWithRest], &[(GiveBack, Name::Returned)]),
        (&[Accept], &[(Release, Name::Released), (Propose, Name::ForfeitureProposed)]),
        (&[Accept, Release], &[(BidAgain, Name::Held), (GiveBack, Name::Returned), (Propose, Name::ForfeitureProposed)]),
        (&[Accept, Propose], &[(Release, Name::ForfeitureProposed), (Approve, Name::Forfeited), (Reject, Name::Held)]),
        (&[Accept, Release, Propose], &[(Approve, Name::Forfeited), (Reject, Name::Released)]),
        (&[Accept, Release, GiveBack], &[]),
        (&[Accept, Propose, Approve], &[]),
    ];
    for (before, possible) in ways {
        let security = after(transfer(), before);
        for command in COMMANDS {
            let expected = possible.iter().find(|(one, _)| std::mem::discriminant(one) == std::mem::discriminant(&command));
            let result = does(security.clone(), command).map(|moved| moved.state.name());
            assert_eq!(result.ok(), expected.map(|(_, name)| *name), "{before:?} then {command:?}");
        }
    }
    let refused = |security: BidSecurity, command| does(security, command).unwrap_err();
    assert_eq!(refused(after(transfer(), &[Accept]), GiveBack), Code::SecurityNotDue);
    assert_eq!(refused(lodged(transfer()).unwrap(), GiveBack), Code::WrongState);
}

#[test]
fn nothing_is_kept_of_who_is_exempt_and_nothing_goes_back() {
    let exempt = after(exemption(), &[Command::Accept]);
    assert_eq!((exempt.state.name(), exempt.in_hand()), (SecurityStateName::Exempt, None));
    for command in COMMANDS {
        assert!(does(exempt.clone(), command).is_err(), "{command:?}");
    }
}

#[test]
fn a_guarantee_that_ends_too_early_is_refused_with_the_earliest_day() {
    // The deadline is 20 September; ninety days later is 19 December.
    let lodger = Lodger { id: Uuid::from_u128(7).into(), supplier: organization(2), by: user(20) };
    let refusals = BidSecurity::lodge(lodger, &terms(), guarantee("2026-12-18", 20_000), at(1)).unwrap_err();
    let refusal = refusals.0.into_iter().next().unwrap();
    assert_eq!((refusal.code, refusal.path.join(".")), (Code::GuaranteeTooShort, "guarantee.validUntilOn".into()));
    assert_eq!(refusal.facts["earliest"], Fact::Date(on("2026-12-19")));
    assert!(lodged(guarantee("2026-12-19", 20_000)).is_ok());
    let moved = SecurityTerms { deadline_at: at(21), ..terms() };
    let accepted = lodged(guarantee("2026-12-19", 20_000)).unwrap().accept(&moved, None, user(1), at(2));
    assert_eq!(accepted.unwrap_err().code, Code::GuaranteeTooShort, "finance sees that the deadline has moved");
}

#[test]
fn what_was_typed_is_told_all_at_once() {
    assert_eq!(lodged(guarantee("2026-12-18", 19_999)).unwrap_err(), [
        (Code::SecurityTooLow, "guarantee.amount".into()),
        (Code::GuaranteeTooShort, "guarantee.validUntilOn".into()),
    ]);
    let wrong = Means::Transfer { reference: " ".into(), account_end: "12ab".into(), paid_on: on("2026-09-02") };
    assert_eq!(lodged(wrong).unwrap_err(), [
        (Code::Required, "transfer.reference".into()),
        (Code::DayInFuture, "transfer.paidOn".into()),
        (Code::Malformed, "transfer.payerAccount".into()),
    ]);
    let wrong = Means::Exemption { reason: String::new(), source: String::new() };
    assert_eq!(lodged(wrong).unwrap_err().len(), 2);
}

#[test]
fn of_a_payers_account_only_the_end_is_kept() {
    let security = lodged(transfer()).unwrap();
    assert!(matches!(&security.means, Means::Transfer { account_end, .. } if account_end == "1234"));
    assert!(!serde_json::to_string(&security).unwrap().contains("6222"));
}

#[test]
fn nothing_is_lodged_after_the_deadline_or_by_the_buyer() {
    let lodge = |supplier, now| {
        let lodger = Lodger { id: Uuid::from_u128(7).into(), supplier: organization(supplier), by: user(20) };
        BidSecurity::lodge(lodger, &terms(), transfer(), now).map(|_| ()).map_err(|faults| faults.0.into_iter().next().unwrap().code)
    };
    assert_eq!(lodge(2, at(20)), Ok(()));
    assert_eq!(lodge(2, at(20) + TimeDelta::seconds(1)), Err(Code::DeadlinePassed));
    assert_eq!(lodge(1, at(1)), Err(Code::NotAllowed));
}

#[test]
fn nobody_approves_the_forfeiture_that_the_same_person_proposed() {
    let proposed = after(transfer(), &[Command::Accept, Command::Propose]);
    assert_eq!(proposed.decide_forfeiture(true, user(2), at(25)).unwrap_err().code, Code::SamePerson);
}

#[test]
fn a_refusal_names_what_arrived_of_a_transfer_and_nothing_of_a_paper() {
    let refuse = |means, minor| lodged(means).unwrap().refuse("不符", Some(Money::cny(minor)), user(1), at(2)).map_err(|refusal| refusal.code);
    assert_eq!(refuse(transfer(), -1).unwrap_err(), Code::OutOfRange);
    assert_eq!(refuse(exemption(), 100).unwrap_err(), Code::OutOfRange);
    assert!(!refuse(transfer(), 0).unwrap().0.is_owed_back());
    assert!(refuse(transfer(), 100).unwrap().0.is_owed_back());
}

fn bid(state: BidState) -> Bid {
    Bid {
        id: Uuid::from_u128(1).into(),
        version: 1,
        tender: Uuid::from_u128(1).into(),
        lot: LotId(Uuid::nil()),
        bidder: organization(2),
        consortium: None,
        submitted_by: user(20),
        received_at: at(2),
        receipt_event: EventId(Uuid::nil()),
        sealing: Sealing { commitment: String::new(), document_version: 1, ciphertext_bytes: 1 },
        replaces: None,
        confirmations: Vec::new(),
        state,
    }
}

#[test]
fn a_security_is_due_back_when_the_law_says() {
    let sealed = [bid(BidState::Sealed)];
    let withdrawn = [bid(BidState::Withdrawn { by: user(20), at: at(10) })];
    let cause = |course: &Course, bids: &[Bid]| release(course, organization(2), bids).map(|release| (release.cause, release.since));
    let open = Course::default();
    assert_eq!(cause(&open, &[]), None, "a bid may still come");
    assert_eq!(cause(&open, &sealed), None);
    assert_eq!(cause(&open, &withdrawn), Some((ReleaseCause::BidWithdrawn, at(10))));
    assert_eq!(cause(&open, &[sealed[0].clone(), withdrawn[0].clone()]), None, "it bids again");
    let closed = Course { closed_at: Some(at(20)), ..Course::default() };
    assert_eq!(cause(&closed, &[]), Some((ReleaseCause::NoBid, at(20))));
    assert_eq!(cause(&closed, &sealed), None);
    let ended = Course { ended_at: Some(at(21)), ..closed.clone() };
    assert_eq!(cause(&ended, &sealed), Some((ReleaseCause::TenderEnded, at(21))));
    let lost = Course { awarded_at: Some(at(22)), won: vec![(organization(3), None)], ..closed.clone() };
    assert_eq!(cause(&lost, &sealed), Some((ReleaseCause::NotAwarded, at(22))));
    let won = Course { awarded_at: Some(at(22)), won: vec![(organization(2), None)], ..closed };
    assert_eq!(cause(&won, &sealed), None, "the winner's is kept until the contract");
    let of_one = Course { won: vec![(organization(2), Some(at(24))), (organization(2), None)], ..won.clone() };
    assert_eq!(cause(&of_one, &sealed), None, "the contract of another lot waits");
    let signed = Course { won: vec![(organization(2), Some(at(24)))], ..won };
    assert_eq!(cause(&signed, &sealed), Some((ReleaseCause::ContractSigned, at(24))));
}

#[test]
fn the_day_of_return_is_five_working_days_later_and_an_unknown_year_is_said_to_be_unknown() {
    let pack = PolicyPack::load(CN).unwrap();
    let rules = pack.on(on("2026-09-25"));
    assert_eq!(rules.figure(RETURN_DAYS).unwrap().source, "政府采购法实施条例第三十三条");
    // 28, 29, 30 September; 8 and 9 October: the National Day holiday lies between.
    assert_eq!(due_back(at(25), &rules, pack.calendar()), DueBack::On(on("2026-10-09")));
    let late: DateTime<Utc> = "2026-12-30T02:00:00Z".parse().unwrap();
    assert_eq!(due_back(late, &rules, pack.calendar()), DueBack::YearUnknown(2027));
    assert_eq!(due_back(at(25), &pack.on(on("2014-01-01")), pack.calendar()), DueBack::NoFigure);
}

#[test]
fn a_bid_counts_with_a_security_that_came_in_time_or_an_exemption() {
    let judged = |securities: &[BidSecurity]| standing(securities, at(20));
    assert_eq!(judged(&[]), SecurityStanding::Missing);
    assert_eq!(judged(&[lodged(transfer()).unwrap()]), SecurityStanding::Undecided);
    assert_eq!(judged(&[after(transfer(), &[Command::Accept])]), SecurityStanding::Good);
    assert_eq!(judged(&[after(exemption(), &[Command::Accept])]), SecurityStanding::Exempt);
    assert_eq!(judged(&[after(guarantee("2026-12-31", 20_000), &[Command::Accept])]), SecurityStanding::Good);
    assert_eq!(judged(&[after(transfer(), &[Command::Refuse])]), SecurityStanding::Refused);
    let second = [after(transfer(), &[Command::Refuse]), after(transfer(), &[Command::Accept])];
    assert_eq!(judged(&second), SecurityStanding::Good, "a second one takes the place of a refused one");
    let credited = |day: &str| lodged(transfer()).unwrap().accept(&terms(), Some(on(day)), user(1), at(25)).unwrap().0;
    assert_eq!(judged(&[credited("2026-09-20")]), SecurityStanding::Good);
    assert_eq!(judged(&[credited("2026-09-21")]), SecurityStanding::Late);
}

#[test]
fn before_the_opening_finance_alone_knows() {
    let actor = |roles: &[Role]| {
        Actor::Person(Person {
            user: user(1),
            organization: organization(1),
            organization_kind: OrganizationKind::Buyer,
            roles: roles.to_vec(),
            session: SessionId(Uuid::nil()),
        })
    };
    assert!(keeps_secrets(&actor(&[Role::Finance])));
    assert!(keeps_secrets(&actor(&[Role::Finance, Role::Administrator])));
    for role in [Role::Officer, Role::Approver, Role::KeyHolder, Role::Evaluator, Role::Supervisor] {
        assert!(!keeps_secrets(&actor(&[role])), "{role:?}");
        assert!(!keeps_secrets(&actor(&[Role::Finance, role])), "finance that is {role:?} too");
    }
    let draft = TenderState::Draft { returned: None, writers: Vec::new() };
    let proposed = after(transfer(), &[Command::Accept, Command::Propose]).state;
    assert!(!may_know(&actor(&[Role::Approver]), &draft, &SecurityState::Lodged));
    assert!(may_know(&actor(&[Role::Approver]), &draft, &proposed), "who decides knows");
}

#[test]
fn every_word_of_securities_stands_in_both_languages() {
    let mut keys: Vec<String> = SecurityStateName::ALL.iter().map(|name| name.text_key()).collect();
    keys.extend(ReleaseCause::ALL.map(|cause| cause.text_key().to_owned()));
    keys.extend(ForfeitureGround::ALL.map(|ground| ground.text_key().to_owned()));
    keys.extend(SecurityStanding::ALL.map(|standing| standing.text_key().to_owned()));
    keys.extend(["transfer", "guarantee", "exemption"].map(|name| format!("security-means-{name}")));
    for key in keys {
        for language in [Language::Chinese, Language::English] {
            assert!(text::has(language, &key), "{key} in {language:?}");
        }
    }
}

proptest! {
    /// Whatever is done in whatever order: money that came in is in hand, went back once, or is kept once.
    #[test]
    fn no_security_is_lost_or_returned_twice(commands in prop::collection::vec(0_usize..COMMANDS.len(), 0..40)) {
        let mut security = lodged(transfer()).unwrap();
        let (mut came_in, mut went_back, mut kept) = (0_i64, 0_i64, 0_i64);
        for index in commands {
            let command = COMMANDS[index];
            let Ok(moved) = does(security.clone(), command) else { continue };
            match command {
                Command::Accept => came_in += security.amount.amount_minor,
                Command::RefuseWithRest => came_in += 1_500_000,
                Command::GiveBack => {
                    let SecurityState::Returned { paid: Some(paid), .. } = &moved.state else { panic!("nothing was returned") };
                    went_back += paid.amount_minor;
                }
                Command::Approve => kept += security.amount.amount_minor,
                _ => {}
            }
            security = moved;
            let in_hand = security.in_hand().map_or(0, |money| money.amount_minor);
            prop_assert_eq!(came_in, in_hand + went_back + kept, "after {:?}", command);
        }
        prop_assert!(went_back == 0 || kept == 0, "returned and kept");
    }
}
