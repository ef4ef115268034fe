//! The order's state machine, as a table and under any sequence of commands.

use super::delivery::Delivery;
use super::order::{Order, OrderState};
use super::placement::{OrderedItem, Placement};
use super::receipt::{Defect, ReceiptLine, Receiving};
use super::shipment::{Despatch, ShipmentLine};
use crate::ident::{CatalogueItemId, OrderId, OrganizationId, ReceiptId, SessionId, ShipmentId, UserId};
use crate::identity::actor::Person;
use crate::identity::organization::OrganizationKind;
use crate::identity::role::Role;
use crate::language::{Language, LocalText};
use crate::money::{Currency, Money};
use crate::oversight::event::Event;
use crate::refusal::{Code, Refusals};
use chrono::{DateTime, NaiveDate, Utc};
use proptest::prelude::*;
use uuid::Uuid;

const BUYER: u128 = 1;
const SUPPLIER: u128 = 2;
const STRANGER: u128 = 3;

fn now() -> DateTime<Utc> {
    DateTime::parse_from_rfc3339("2026-11-27T02:00:00Z").unwrap().to_utc()
}

fn day(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 12, day).unwrap()
}

fn person(organization: u128) -> Person {
    let (organization_kind, role) = match organization {
        SUPPLIER => (OrganizationKind::Supplier, Role::Seller),
        _ => (OrganizationKind::Buyer, Role::Officer),
    };
    Person {
        user: UserId(Uuid::from_u128(organization * 10)),
        organization: OrganizationId(Uuid::from_u128(organization)),
        organization_kind,
        roles: vec![role],
        session: SessionId(Uuid::nil()),
    }
}

fn item(number: u128, quantity: i64, unit_price: Money) -> OrderedItem {
    OrderedItem {
        item: CatalogueItemId(Uuid::from_u128(number)),
        name: LocalText::new("离心管", "Centrifuge tube"),
        unit: "盒".into(),
        unit_price,
        quantity,
    }
}

fn placement(items: Vec<OrderedItem>) -> Placement {
    Placement {
        id: OrderId(Uuid::from_u128(7)),
        number: "ZC20261127-0001".into(),
        supplier: OrganizationId(Uuid::from_u128(SUPPLIER)),
        items,
        delivery: Delivery {
            region_code: "330100".into(),
            address: "杭州市西湖区某路 1 号".into(),
            contact_name: "王芳".into(),
            contact_phone: "0571-8888 0000".into(),
            by_on: day(20),
            instructions: String::new(),
        },
        note: String::new(),
    }
}

fn placed() -> Order {
    placement(vec![item(1, 10, Money::cny(1_250)), item(2, 4, Money::cny(30_000))]).place(&person(BUYER), now()).unwrap().0
}

/// Everything that somebody can ask of an order.
#[derive(Clone, Debug)]
enum Command {
    Confirm,
    Refuse,
    Cancel(u128),
    CancelRest(u128),
    Despatch(Vec<(u32, i64)>),
    Receive(Vec<(u32, i64, i64)>),
    Close,
}

impl Command {
    fn apply(&self, order: Order) -> Result<(Order, Event), Refusals> {
        let (buyer, supplier) = (person(BUYER), person(SUPPLIER));
        match self {
            Self::Confirm => order.confirm(day(15), &supplier, now()),
            Self::Refuse => order.refuse("停产", &supplier, now()),
            Self::Cancel(side) => order.cancel("需求变更", &person(*side), now()),
            Self::CancelRest(side) => order.cancel_rest("余量不再需要", &person(*side), now()),
            Self::Despatch(lines) => {
                let lines = lines.iter().map(|(line, quantity)| ShipmentLine { line: *line, quantity: *quantity }).collect();
                let despatch = Despatch { lines, carrier: "顺丰".into(), tracking_number: "SF1".into(), expected_on: None };
                order.despatch(despatch, ShipmentId(Uuid::nil()), &supplier, now())
            }
            Self::Receive(lines) => {
                let line = |(line, accepted, refused): &(u32, i64, i64)| ReceiptLine {
                    line: *line,
                    accepted: *accepted,
                    refused: *refused,
                    defect: (*refused > 0).then_some(Defect::Damaged),
                };
                let lines = lines.iter().map(line).collect();
                let receiving = Receiving { lines, ..Receiving::default() };
                order.receive(receiving, ReceiptId(Uuid::nil()), &buyer, now())
            }
            Self::Close => order.close(&buyer, now()),
        }
    }
}

fn after(commands: &[Command]) -> Order {
    commands.iter().fold(placed(), |order, command| command.apply(order).unwrap().0)
}

use Command::{Cancel, CancelRest, Close, Confirm, Despatch as Send, Receive, Refuse};

/// An order in each state, by the shortest way there.
fn in_every_state() -> Vec<(&'static str, Order)> {
    let all = Send(vec![(1, 10), (2, 4)]);
    let whole = Receive(vec![(1, 10, 0), (2, 4, 0)]);
    vec![
        ("placed", placed()),
        ("confirmed", after(&[Confirm])),
        ("partly_despatched", after(&[Confirm, Send(vec![(1, 5)])])),
        ("despatched", after(&[Confirm, all.clone()])),
        ("partly_received", after(&[Confirm, Send(vec![(1, 5)]), Receive(vec![(1, 3, 0)])])),
        ("received", after(&[Confirm, all.clone(), whole.clone()])),
        ("closed", after(&[Confirm, all, whole, Close])),
        ("refused", after(&[Refuse])),
        ("cancelled", after(&[Cancel(BUYER)])),
    ]
}

#[test]
fn every_command_in_every_state_does_what_the_table_says() {
    use Code::{AlreadyDespatched, NothingToCancel, OrderStillOpen, WrongState};
    let commands = [
        Confirm,
        Refuse,
        Cancel(BUYER),
        Cancel(SUPPLIER),
        CancelRest(BUYER),
        CancelRest(SUPPLIER),
        Send(vec![(2, 1)]),
        Receive(vec![(1, 1, 1)]),
        Close,
    ];
    // One row a state, one column a command, in the order above.
    let wrong = Err(WrongState);
    let gone = Err(AlreadyDespatched);
    let open = Err(OrderStillOpen);
    let none = Err(NothingToCancel);
    let too_much = Err(Code::DespatchTooLarge);
    let table: [(&str, [Result<&str, Code>; 9]); 9] = [
        ("placed", [Ok("confirmed"), Ok("refused"), Ok("cancelled"), wrong, wrong, wrong, wrong, wrong, open]),
        ("confirmed", [wrong, wrong, Ok("cancelled"), Ok("cancelled"), wrong, wrong, Ok("partly_despatched"), wrong, open]),
        (
            "partly_despatched",
            [wrong, wrong, gone, gone, Ok("despatched"), Ok("despatched"), Ok("partly_despatched"), Ok("partly_received"), open],
        ),
        ("despatched", [wrong, wrong, gone, gone, none, none, too_much, Ok("partly_received"), open]),
        (
            "partly_received",
            [
                wrong, wrong, gone, gone, Ok("partly_received"), Ok("partly_received"), Ok("partly_received"),
                Ok("partly_received"), open,
            ],
        ),
        ("received", [wrong, wrong, wrong, wrong, wrong, wrong, wrong, wrong, Ok("closed")]),
        ("closed", [wrong; 9]),
        ("refused", [wrong; 9]),
        ("cancelled", [wrong; 9]),
    ];
    let orders = in_every_state();
    assert_eq!(orders.iter().map(|(name, _)| *name).collect::<Vec<_>>(), OrderState::NAMES);
    for ((name, order), (row, expected)) in orders.into_iter().zip(table) {
        assert_eq!((name, order.state.name()), (row, row));
        for (command, expected) in commands.iter().zip(expected) {
            let found = command.apply(order.clone());
            let found = found.as_ref().map(|(order, _)| order.state.name()).map_err(|refusals| refusals.0[0].code);
            assert_eq!(found, expected, "{command:?} in {name}");
        }
    }
}

#[test]
fn every_state_has_words_in_both_languages() {
    for (_, order) in in_every_state() {
        for language in Language::ALL {
            assert!(crate::text::has(language, &order.state.text_key()), "{}", order.state.text_key());
            assert!(Defect::ALL.iter().all(|defect| crate::text::has(language, &defect.text_key())));
        }
    }
}

#[test]
fn every_event_has_words_and_is_for_the_two_sides_only() {
    let all = Send(vec![(1, 10), (2, 3)]);
    let part = Receive(vec![(1, 10, 0), (2, 3, 0)]);
    let ways = [vec![Refuse], vec![Cancel(BUYER)], vec![Confirm, all, part, CancelRest(SUPPLIER), Close]];
    for way in ways {
        let mut order = placed();
        for command in way {
            let (next, event) = command.apply(order).unwrap();
            let key = format!("event-{}", event.name.replace(['.', '_'], "-"));
            assert!(Language::ALL.into_iter().all(|language| crate::text::has(language, &key)), "{key}");
            assert_eq!(event.parties, [next.buyer.0, next.supplier.0]);
            assert_eq!(event.content["state"], next.state.name());
            assert!(!event.content.to_string().contains("8888"), "the contact stays out of events");
            order = next;
        }
    }
}

#[test]
fn each_side_does_only_its_own_part() {
    let confirmed = after(&[Confirm]);
    let stranger = person(STRANGER);
    assert_eq!(placed().confirm(day(15), &person(BUYER), now()).unwrap_err().0[0].code, Code::NotAllowed);
    assert_eq!(placed().refuse("x", &person(BUYER), now()).unwrap_err().0[0].code, Code::NotAllowed);
    assert_eq!(placed().cancel("x", &stranger, now()).unwrap_err().0[0].code, Code::NotAllowed);
    assert_eq!(confirmed.clone().cancel_rest("x", &stranger, now()).unwrap_err().0[0].code, Code::NotAllowed);
    assert_eq!(confirmed.clone().close(&person(SUPPLIER), now()).unwrap_err().0[0].code, Code::NotAllowed);
    let despatch = confirmed.despatch(Despatch::default(), ShipmentId(Uuid::nil()), &person(BUYER), now());
    assert_eq!(despatch.unwrap_err().0[0].code, Code::NotAllowed);
    let sent = after(&[Confirm, Send(vec![(1, 5)])]);
    let receive = sent.receive(Receiving::default(), ReceiptId(Uuid::nil()), &person(SUPPLIER), now());
    assert_eq!(receive.unwrap_err().0[0].code, Code::NotAllowed);
}

#[test]
fn a_reason_is_owed() {
    for refusals in [
        placed().refuse(" ", &person(SUPPLIER), now()).unwrap_err(),
        placed().cancel("", &person(BUYER), now()).unwrap_err(),
        after(&[Confirm, Send(vec![(1, 5)])]).cancel_rest("", &person(BUYER), now()).unwrap_err(),
    ] {
        assert_eq!((refusals.0[0].code, refusals.0[0].path.join(".")), (Code::Required, "reason".into()));
    }
}

#[test]
fn papers_with_wrong_lines_are_refused_at_their_places() {
    let found = |order: Order, command: Command| {
        let refusals = command.apply(order).unwrap_err();
        refusals.0.iter().map(|refusal| (refusal.code, refusal.path.join("."))).collect::<Vec<_>>()
    };
    let at = |code: Code, path: &str| vec![(code, path.to_owned())];
    let confirmed = || after(&[Confirm]);
    assert_eq!(found(confirmed(), Send(vec![])), at(Code::Required, "lines"));
    assert_eq!(found(confirmed(), Send(vec![(9, 1)])), at(Code::NotFound, "lines.0.line"));
    assert_eq!(found(confirmed(), Send(vec![(1, 1), (1, 1)])), at(Code::LineTwice, "lines.1.line"));
    assert_eq!(found(confirmed(), Send(vec![(1, 1), (2, 5)])), at(Code::DespatchTooLarge, "lines.1.quantity"));
    assert_eq!(found(confirmed(), Send(vec![(1, 0)])), at(Code::OutOfRange, "lines.0.quantity"));
    let sent = || after(&[Confirm, Send(vec![(1, 5)])]);
    assert_eq!(found(sent(), Receive(vec![(1, 6, 0)])), at(Code::ReceiptTooLarge, "lines.0"));
    assert_eq!(found(sent(), Receive(vec![(1, 4, 2)])), at(Code::ReceiptTooLarge, "lines.0"));
    assert_eq!(found(sent(), Receive(vec![(1, 0, 0)])), at(Code::Required, "lines.0.accepted"));

    let line = ReceiptLine { line: 1, accepted: 1, refused: 1, defect: None };
    let receiving = Receiving { lines: vec![line], ..Receiving::default() };
    let refusals = sent().receive(receiving, ReceiptId(Uuid::nil()), &person(BUYER), now()).unwrap_err();
    assert_eq!(refusals.0[0].path, ["lines", "0", "defect"]);
    let line = ReceiptLine { defect: Some(Defect::Other), ..line };
    let receiving = Receiving { lines: vec![line], ..Receiving::default() };
    let refusals = sent().receive(receiving, ReceiptId(Uuid::nil()), &person(BUYER), now()).unwrap_err();
    assert_eq!(refusals.0[0].path, ["lines", "0", "note"]);
}

#[test]
fn an_order_received_in_two_parts_with_a_replacement_ends_received() {
    let order = after(&[
        Confirm,
        Send(vec![(1, 10)]),
        Receive(vec![(1, 8, 2)]),
        Send(vec![(1, 2), (2, 4)]),
        Receive(vec![(1, 2, 0), (2, 4, 0)]),
    ]);
    assert!(matches!(order.state, OrderState::Received { .. }));
    assert_eq!(order.accepted_value(), Money::cny(132_500));
    assert_eq!((order.shipments.len(), order.receipts.len()), (2, 2));
    let written = serde_json::to_string(&order).unwrap();
    assert_eq!(serde_json::from_str::<Order>(&written).unwrap(), order);
}

#[test]
fn an_order_of_which_nothing_was_kept_ends_cancelled() {
    let order = after(&[Confirm, Send(vec![(1, 1)]), Receive(vec![(1, 0, 1)]), CancelRest(SUPPLIER)]);
    assert_eq!((order.state.name(), order.value()), ("cancelled", Money::cny(0)));
}

#[test]
fn an_order_that_can_not_be_is_not_placed() {
    let codes = |items: Vec<OrderedItem>| {
        let refusals = placement(items).place(&person(BUYER), now()).unwrap_err();
        refusals.0.iter().map(|refusal| refusal.code).collect::<Vec<_>>()
    };
    let one = Money::cny(1);
    assert_eq!(codes(vec![]), [Code::NothingToOrder]);
    assert_eq!(codes(vec![item(1, 1, one), item(2, 1, Money::new(1, Currency::USD))]), [Code::CurrenciesDiffer]);
    assert_eq!(codes(vec![item(1, 1_000_000, Money::cny(Money::MOST_MINOR))]), [Code::AmountTooLarge]);
    assert_eq!(codes((0..201).map(|number| item(number, 1, one)).collect()), [Code::OutOfRange]);
    assert_eq!(codes(vec![item(1, 0, one)]), [Code::OutOfRange]);
    let mut late = placement(vec![item(1, 1, one)]);
    late.delivery.by_on = NaiveDate::from_ymd_opt(2026, 11, 26).unwrap();
    assert_eq!(late.place(&person(BUYER), now()).unwrap_err().0[0].path, ["delivery", "byOn"]);
}

fn command() -> impl Strategy<Value = Command> {
    let side = || prop_oneof![Just(BUYER), Just(SUPPLIER)];
    let lines = || prop::collection::vec((1_u32..4, -1_i64..12), 0..3);
    prop_oneof![
        2 => Just(Confirm),
        1 => Just(Refuse),
        1 => side().prop_map(Cancel),
        1 => side().prop_map(CancelRest),
        6 => lines().prop_map(Send),
        6 => prop::collection::vec((1_u32..4, -1_i64..8, -1_i64..3), 0..3).prop_map(Receive),
        2 => Just(Close),
    ]
}

proptest! {
    #[test]
    fn whatever_is_asked_nothing_is_lost_doubled_or_closed_too_early(commands in prop::collection::vec(command(), 0..40)) {
        let mut order = after(&[Confirm]);
        for command in commands {
            let before = order.clone();
            let Ok((next, _)) = command.apply(order) else {
                order = before;
                continue;
            };
            for line in &next.lines {
                let it = line.quantities;
                prop_assert_eq!(it.ordered(), it.accepted() + it.cancelled() + it.in_transit() + it.to_despatch());
                prop_assert!(it.in_transit() >= 0 && it.to_despatch() >= 0 && it.accepted() <= it.ordered());
                let sent: i64 = next.shipments.iter().flat_map(|shipment| &shipment.lines)
                    .filter(|sent| sent.line == line.number).map(|sent| sent.quantity).sum();
                let (accepted, refused) = next.receipts.iter().flat_map(|receipt| &receipt.lines)
                    .filter(|arrived| arrived.line == line.number)
                    .fold((0, 0), |(accepted, refused), line| (accepted + line.accepted, refused + line.refused));
                prop_assert_eq!((sent, accepted, refused), (it.despatched(), it.accepted(), it.refused()));
                if matches!(next.state, OrderState::Received { .. } | OrderState::Closed { .. }) {
                    prop_assert_eq!(it.accepted() + it.cancelled(), it.ordered());
                }
            }
            prop_assert!(next.accepted_value().amount_minor <= next.value().amount_minor);
            prop_assert!(!before.state.is_over(), "an order that is over changed");
            order = next;
        }
    }
}
