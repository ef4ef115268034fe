//! Every procedure × state × command against the tender itself, and random walks along every course.

use super::procedure::Procedure;
use super::procedure::choice::ProcedureChoice;
use super::procedure::command::{Command, Target};
use super::procedure::ground::Ground;
use super::tender::{Moved, Tender, TenderState, TenderStateName};
use super::tender_change::FileNames;
use super::tender_content::{
    Criterion, CriterionKind, EvaluationMethod, KeyHolding, Nature, Paper, Requirement, RequirementKind, TenderContent, TenderItem,
};
use crate::ident::UserId;
use crate::language::LocalText;
use crate::money::Money;
use crate::oversight::policy_pack::{CN, PolicyPack, Rules};
use crate::refusal::Code;
use chrono::{DateTime, TimeDelta, Utc};
use proptest::prelude::*;
use std::sync::LazyLock;
use uuid::Uuid;

static RULES: LazyLock<Rules> = LazyLock::new(|| PolicyPack::load(CN).unwrap().on(begun().date_naive()));

fn begun() -> DateTime<Utc> {
    "2026-11-02T02:00:00Z".parse().unwrap()
}

fn user(number: u128) -> UserId {
    UserId(Uuid::from_u128(number))
}

fn both(text: &str) -> LocalText {
    LocalText::new(text, text)
}

/// A draft that may be handed in, of a value above the threshold, so that a single source is announced.
fn draft(procedure: Procedure) -> Tender {
    let mut content = TenderContent::begin(both("网络设备"), "A02010202".to_owned(), Nature::Goods, Money::cny(300_000_000));
    content.description = both("采购网络设备");
    content.items = vec![TenderItem { name: both("交换机"), quantity: 10, unit: "台".to_owned(), specification: both(""), lot: 1, green: None }];
    content.requirements = vec![Requirement { kind: RequirementKind::Essential, text: both("全新") }];
    content.papers = vec![Paper { key: "licence".to_owned(), name: both("营业执照"), source: "法".to_owned(), is_obligatory: true }];
    let criterion = |key: &str, kind, weight_points| Criterion {
        key: key.to_owned(), kind, name: both(key), weight_points, basis: both("依据"), anchors: Vec::new(),
    };
    content.criteria = vec![criterion("price", CriterionKind::Price, 40), criterion("quality", CriterionKind::Technical, 60)];
    if let [one] = procedure.course().evaluation_methods {
        content.method = *one;
    }
    if content.method == EvaluationMethod::LowestPrice {
        content.criteria.clear();
    }
    content.holders = (10..13)
        .map(|number| KeyHolding { user: user(number), key: Uuid::from_u128(number).into(), recipient: "age1".to_owned() })
        .collect();
    content.deadline_at = Some(begun() + TimeDelta::days(40));
    content.choice = ProcedureChoice {
        procedure,
        ground: Ground::ALL.iter().copied().find(|ground| RULES.figure(&ground.figure_key(procedure)).is_some()),
        reason: both("理由"),
        approval_number: "杭财采批〔2026〕1号".to_owned(),
        announced_until: Some(begun() + TimeDelta::days(15)),
        sole_supplier: (procedure == Procedure::SingleSource).then(|| Uuid::from_u128(50).into()),
        invite_count: 3,
    };
    Tender {
        id: Uuid::from_u128(1).into(),
        version: 1,
        number: "ZC-1".to_owned(),
        buyer: Uuid::from_u128(2).into(),
        plan: None,
        follows: None,
        lot: Uuid::from_u128(3).into(),
        failed_lots: Vec::new(),
        content,
        document_version: 1,
        created_by: user(1),
        created_at: begun(),
        amendments: Vec::new(),
        invited: Vec::new(),
        mandate: None,
        ended_mandates: Vec::new(),
        first_deadline_at: None,
        panel: Vec::new(),
        state: TenderState::Draft { returned: None, writers: Vec::new() },
    }
}

/// Gives a command to a tender at an instant; nothing for commands that leave the tender itself as it is.
fn give(tender: Tender, command: Command, now: DateTime<Utc>) -> Option<Moved> {
    let suppliers = (51..54).map(|number| Uuid::from_u128(number).into()).collect::<Vec<_>>();
    Some(match command {
        Command::Write => {
            let content = tender.content.clone();
            tender.write(content, user(1))
        }
        Command::Submit => tender.submit(&RULES, None, user(1), now),
        Command::SendBack => tender.send_back("预算不符"),
        Command::Approve => tender.approve(user(2)),
        Command::Announce | Command::Publish => tender.publish(None, RULES.clone(), user(1), now),
        Command::Invite => tender.invite(suppliers, None, now),
        Command::Amend => {
            let mut content = tender.content.clone();
            content.description.zh.push('改');
            tender.amend(content, both("更正"), &FileNames::new(), &[], now)
        }
        // Shares that come late open a bid; the tender is open already.
        Command::OpenBids if tender.state.name().is_opened() => return None,
        Command::OpenBids => tender.open(now),
        Command::Qualify => tender.qualify(),
        Command::DeclareConflict => tender.begin_evaluation(vec![user(20)]),
        Command::RequestFinalOffers => tender.request_final_offers(suppliers, now + TimeDelta::days(1), now),
        Command::BeginScoring => tender.begin_scoring(),
        Command::SignReport => tender.report(),
        Command::ConfirmAward => tender.confirm_award(),
        Command::PublishAward => tender.publish_award(),
        Command::SignContract => tender.contract(),
        Command::Suspend => tender.suspend(both("投诉"), now),
        Command::Resume => tender.resume(now),
        Command::Cancel => tender.cancel(both("计划变更")),
        Command::Fail => tender.fail(both("不足三家"), now),
        _ => return None,
    })
}

/// A tender in every state that its course can come to, with the instant at which it came there.
fn everywhere(procedure: Procedure) -> Vec<(Tender, DateTime<Utc>)> {
    let mut found: Vec<(Tender, DateTime<Utc>)> = vec![(draft(procedure), begun())];
    let mut place = 0;
    while place < found.len() {
        let (tender, at) = found[place].clone();
        place += 1;
        for command in Command::ALL {
            // At once, and when the times that run are over.
            let ends = [tender.content.choice.announced_until, tender.content.deadline_at];
            let later = ends.into_iter().flatten().map(|end| end + TimeDelta::seconds(1)).filter(|end| *end > at);
            for now in std::iter::once(at + TimeDelta::minutes(1)).chain(later) {
                let Some(Ok((moved, _))) = give(tender.clone(), *command, now) else { continue };
                if found.iter().all(|(known, _)| known.state.name() != moved.state.name()) {
                    found.push((moved, now));
                }
            }
        }
    }
    found
}

#[test]
fn a_tender_moves_as_the_table_says_and_no_other_way() {
    for procedure in Procedure::ALL {
        let course = procedure.course();
        let places = everywhere(*procedure);
        let expected: Vec<_> = course.moves().map(|one| one.from).collect();
        for name in expected {
            assert!(places.iter().any(|(tender, _)| tender.state.name() == name), "{procedure:?} never comes to {name:?}");
        }
        for (tender, at) in &places {
            let state = tender.state.name();
            for command in Command::ALL {
                // One button publishes what the choice asks for: the announcement or the notice.
                let other = match command {
                    Command::Announce => Command::Publish,
                    Command::Publish => Command::Announce,
                    other => *other,
                };
                let targets = [course.target(state, *command), course.target(state, other)];
                for now in [*at + TimeDelta::minutes(1), *at + TimeDelta::days(60)] {
                    match give(tender.clone(), *command, now) {
                        None => {}
                        Some(Ok((moved, _))) if targets.contains(&Some(Target::Before)) => {
                            assert!(!matches!(moved.state, TenderState::Suspended { .. }));
                        }
                        Some(Ok((moved, _))) => {
                            let to = Some(Target::State(moved.state.name()));
                            assert!(targets.contains(&to), "{procedure:?} {state:?} {command:?} led to {to:?}");
                        }
                        Some(Err(refusals)) if targets == [None, None] => {
                            let is_told = |one: &crate::refusal::Refusal| matches!(one.code, Code::WrongState | Code::DeadlineNotReached);
                            assert!(refusals.0.iter().all(is_told), "{procedure:?} {state:?} {command:?}: {refusals:?}");
                        }
                        Some(Err(refusals)) => {
                            let is_state = refusals.0.iter().any(|one| one.code == Code::WrongState);
                            assert!(!is_state, "{procedure:?} {state:?} {command:?} is in the table, but refused");
                        }
                    }
                }
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// No bid is opened before its deadline, a deadline that runs never comes nearer, documents never go back a version, a
    /// contract stands only on an award, and what has ended stays ended.
    #[test]
    fn random_commands_never_break_what_a_procedure_promises(
        procedure in prop::sample::select(Procedure::ALL),
        commands in prop::collection::vec((prop::sample::select(Command::ALL), 0_i64..2_000), 1..120),
    ) {
        let (mut tender, mut now) = (draft(procedure), begun());
        let mut passed = Vec::new();
        for (command, minutes) in commands {
            now += TimeDelta::minutes(minutes);
            let before = tender.clone();
            let Some(Ok((moved, _))) = give(tender.clone(), command, now) else { continue };
            let (from, to) = (before.state.name(), moved.state.name());
            if matches!(to, TenderStateName::Opened | TenderStateName::FinalOpened) && to != from && from != TenderStateName::Suspended {
                prop_assert!(Some(now) > before.content.deadline_at, "opened {from:?} before the deadline");
            }
            if from == to && from.takes_bids() {
                prop_assert!(moved.content.deadline_at >= before.content.deadline_at);
            }
            prop_assert!(moved.document_version >= before.document_version);
            prop_assert!(!from.is_ended() || from == to, "{from:?} ended and went on to {to:?}");
            if to == TenderStateName::Contracted {
                prop_assert_eq!(from, TenderStateName::Awarded);
            }
            if to == TenderStateName::Awarded {
                prop_assert_eq!(passed.iter().filter(|name| **name == to).count(), 0, "awarded twice");
            }
            // The law of the notice stays the law.
            if let (Some(old), Some(new)) = (before.state.publication(), moved.state.publication()) {
                prop_assert_eq!(&old.rules, &new.rules);
            }
            passed.push(to);
            tender = moved;
        }
    }
}
