//! Every act on a bid in every state, and the deadline to the second.

use super::bid::*;
use super::lot::LotCaps;
use crate::ident::{BidId, EventId, LotId, OrganizationId, TenderId, UserId};
use crate::money::Currency;
use crate::refusal::Code;
use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

fn deadline() -> DateTime<Utc> {
    DateTime::from_timestamp(1_800_000_000, 0).unwrap()
}

fn early() -> DateTime<Utc> {
    deadline() - TimeDelta::hours(1)
}

fn lot(number: u128) -> LotId {
    LotId(Uuid::from_u128(number))
}

fn terms(document_version: u32) -> BidTerms {
    BidTerms {
        tender: TenderId(Uuid::from_u128(1)),
        lots: vec![lot(2), lot(3), lot(4)],
        caps: LotCaps::default(),
        is_final: false,
        buyer: OrganizationId(Uuid::from_u128(3)),
        document_version,
        deadline_at: deadline(),
        invited: Vec::new(),
        is_once_for_all: false,
    }
}

fn submission(number: u128) -> Submission {
    Submission {
        id: BidId(Uuid::from_u128(number)),
        receipt_event: EventId(Uuid::from_u128(number + 1000)),
        bidder: OrganizationId(Uuid::from_u128(4)),
        consortium: None,
        by: UserId(Uuid::from_u128(5)),
        sealing: Sealing { commitment: "c".to_owned(), document_version: 1, ciphertext_bytes: 9 },
        lot: lot(2),
        other_lots: 0,
        own: Vec::new(),
    }
}

/// Another bid for the same lot by whom `own` has come in already.
fn after(number: u128, own: &Bid) -> Submission {
    Submission { own: vec![own.clone()], ..submission(number) }
}

fn sealed() -> Bid {
    Bid::submit(submission(10), &terms(1), None, early()).unwrap().bid
}

fn code<T>(result: Result<T, crate::refusal::Refusal>) -> Option<Code> {
    result.err().map(|refusal| refusal.code)
}

#[test]
fn a_bid_is_taken_at_the_deadline_and_not_after_it() {
    assert!(Bid::submit(submission(10), &terms(1), None, deadline()).is_ok());
    let late = deadline() + TimeDelta::microseconds(1);
    assert_eq!(code(Bid::submit(submission(10), &terms(1), None, late)), Some(Code::BidLate));
    assert_eq!(code(sealed().withdraw(&terms(1), UserId(Uuid::nil()), late)), Some(Code::BidLate));
    assert_eq!(code(sealed().confirm(&terms(2), UserId(Uuid::nil()), late)), Some(Code::BidLate));
}

#[test]
fn a_second_bid_must_name_the_first() {
    let first = sealed();
    let second = Bid::submit(after(11, &first), &terms(1), None, early());
    assert_eq!(code(second), Some(Code::BidAlreadyIn));
    let second = Bid::submit(after(11, &first), &terms(1), Some(first.id), early()).unwrap();
    assert_eq!(second.replaced.unwrap().state, BidState::Replaced { by: second.bid.id, at: early() });
}

#[test]
fn the_buyer_does_not_bid_and_an_old_envelope_is_not_taken() {
    let buyer = Submission { bidder: terms(1).buyer, ..submission(10) };
    assert_eq!(code(Bid::submit(buyer, &terms(1), None, early())), Some(Code::NotAllowed));
    assert_eq!(code(Bid::submit(submission(10), &terms(2), None, early())), Some(Code::BidForOldDocuments));
}

#[test]
fn every_act_is_judged_in_every_state() {
    let by = UserId(Uuid::from_u128(5));
    let states = [
        (BidState::Sealed, None, None),
        (BidState::Replaced { by: BidId(Uuid::nil()), at: early() }, Some(Code::WrongState), Some(Code::WrongState)),
        (BidState::Withdrawn { by, at: early() }, Some(Code::BidWithdrawn), Some(Code::BidWithdrawn)),
        (BidState::Opened { at: early(), is_revealed: false }, Some(Code::WrongState), Some(Code::WrongState)),
        (BidState::Unopened { at: early(), fault: OpeningFault::TooFewShares }, Some(Code::WrongState), None),
    ];
    for (state, act, settle) in states {
        let bid = Bid { state, ..sealed() };
        assert_eq!(code(bid.clone().withdraw(&terms(2), by, early())), act, "withdraw {:?}", bid.state);
        assert_eq!(code(bid.clone().confirm(&terms(2), by, early())), act, "confirm {:?}", bid.state);
        assert_eq!(code(bid.clone().settle(Ok(false), early())), settle, "settle {:?}", bid.state);
    }
}

#[test]
fn a_confirmation_holds_for_the_version_that_it_names() {
    let bid = sealed();
    assert!(!bid.is_stale(1) && bid.is_stale(2));
    assert_eq!(code(bid.clone().confirm(&terms(1), bid.submitted_by, early())), Some(Code::BidNotStale));
    let (bid, _) = bid.clone().confirm(&terms(2), bid.submitted_by, early()).unwrap();
    assert!(!bid.is_stale(2) && bid.is_stale(3));
}

#[test]
fn content_without_a_price_is_unreadable() {
    let good = br#"{"price":{"amount_minor":100,"currency":"CNY"},"technical":"x"}"#;
    assert_eq!(BidContent::read(good, Currency::CNY).unwrap().price, crate::money::Money::cny(100));
    for bad in [&b"{}"[..], br#"{"price":{"amount_minor":0,"currency":"CNY"}}"#, br#"{"price":{"amount_minor":100,"currency":"USD"}}"#, b"\xff"] {
        assert_eq!(BidContent::read(bad, Currency::CNY), Err(OpeningFault::ContentUnreadable));
    }
}

#[test]
fn a_file_in_an_envelope_is_read_and_its_claim_of_being_kept_is_not_believed() {
    let with = |files: usize| {
        let paper = r#"{"key":"licence","file":{"name":"a.pdf","content":"JVBERi0=","kept":"00000000-0000-0000-0000-000000000009"}}"#;
        format!(r#"{{"price":{{"amount_minor":100,"currency":"CNY"}},"papers":[{}]}}"#, vec![paper; files].join(","))
    };
    let read = BidContent::read(with(1).as_bytes(), Currency::CNY).unwrap();
    let file = read.papers[0].file.as_ref().unwrap();
    assert_eq!((file.name.as_str(), file.content.as_str(), file.kept), ("a.pdf", "JVBERi0=", None));
    assert!(BidContent::read(with(50).as_bytes(), Currency::CNY).is_ok());
    assert_eq!(BidContent::read(with(51).as_bytes(), Currency::CNY), Err(OpeningFault::ContentUnreadable));
}

#[test]
fn only_those_who_are_asked_bid_and_in_an_inquiry_a_price_stands() {
    let others = BidTerms { invited: vec![OrganizationId(Uuid::from_u128(999))], ..terms(1) };
    assert_eq!(code(Bid::submit(submission(10), &others, None, early())), Some(Code::NotInvited));
    // 财政部令第74号第四十六条: one price, which can't change.
    let inquiry = BidTerms { is_once_for_all: true, ..terms(1) };
    let quoted = Bid::submit(submission(10), &inquiry, None, early()).unwrap().bid;
    assert_eq!(code(Bid::submit(after(11, &quoted), &inquiry, Some(quoted.id), early())), Some(Code::OfferStands));
}

#[test]
fn a_first_response_gives_way_to_a_final_offer_once() {
    let later = deadline() + TimeDelta::hours(1);
    let gone = sealed().settle(Ok(false), later).unwrap().negotiated(later).unwrap();
    assert!(!gone.is_live());
    assert_eq!(code(gone.negotiated(later)), Some(Code::WrongState));
}

#[test]
fn each_lot_has_a_bid_of_its_own_and_no_more_lots_than_the_notice_allows() {
    let first = sealed();
    let for_lot = |number, of| Submission { lot: lot(of), ..after(number, &first) };
    let second = Bid::submit(for_lot(11, 3), &terms(1), None, early()).unwrap();
    assert_eq!((second.bid.lot, second.replaced.is_none()), (lot(3), true));
    assert_eq!(code(Bid::submit(for_lot(12, 9), &terms(1), None, early())), Some(Code::BidForSomethingElse));
    let capped = BidTerms { caps: LotCaps { bid_most: Some(1), award_most: None }, ..terms(1) };
    assert_eq!(code(Bid::submit(Submission { other_lots: 1, ..for_lot(11, 3) }, &capped, None, early())), Some(Code::LotCapReached));
    // To replace is not to bid for one more, and what is withdrawn does not count.
    assert!(Bid::submit(after(11, &first), &capped, Some(first.id), early()).is_ok());
    let withdrawn = first.clone().withdraw(&terms(1), UserId(Uuid::nil()), early()).unwrap().0;
    assert!(Bid::submit(Submission { lot: lot(3), ..after(11, &withdrawn) }, &capped, None, early()).is_ok());
}

#[test]
fn a_final_offer_is_only_made_for_a_lot_that_was_negotiated_about() {
    let gone = sealed().settle(Ok(false), deadline()).unwrap().negotiated(deadline()).unwrap();
    let last = BidTerms { is_final: true, ..terms(1) };
    assert!(Bid::submit(after(11, &gone), &last, None, early()).is_ok());
    assert_eq!(code(Bid::submit(Submission { lot: lot(3), ..after(11, &gone) }, &last, None, early())), Some(Code::NotInvited));
}
