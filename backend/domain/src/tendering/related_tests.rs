//! Who is related to whom, by what was stated; and what must be found of it.

use super::*;
use crate::ident::{ConsortiumId, LotId, UserId};
use crate::identity::affiliation::Declaration;
use crate::identity::organization::EnterpriseSize;
use crate::language::LocalText;
use crate::money::Money;
use crate::tendering::consortium::{AgreedShare, ConsortiumAgreement};
use chrono::DateTime;
use uuid::Uuid;

fn firm(number: u128) -> OrganizationId {
    OrganizationId(Uuid::from_u128(number))
}

fn bid(number: u128) -> BidId {
    BidId(Uuid::from_u128(number + 1_000))
}

fn code(number: u128) -> CreditCode {
    let first = format!("91330106MA27X{number:04}");
    CreditCode::parse(&format!("{first}{}", CreditCode::check_character(&first).unwrap())).unwrap()
}

fn contender(number: u128, lot: u128, partner: Option<u128>) -> Contender {
    let share = |number| AgreedShare { organization: firm(number), share_basis_points: 5_000, work: LocalText::default() };
    let consortium = partner.map(|partner| ConsortiumAgreement {
        consortium: ConsortiumId(Uuid::nil()),
        members: vec![share(number), share(partner)],
    });
    Contender {
        bid_id: bid(number),
        lot: LotId(Uuid::from_u128(lot)),
        bidder: firm(number),
        consortium,
        price: Money::cny(100),
        size: EnterpriseSize::Small,
        joint_deduction_percent: 0,
        subcontracts: Vec::new(),
        brand: String::new(),
        exceeded_ceiling: None,
        has_withdrawn: false,
        security: None,
        domestic_cost_percent: None,
        is_reserved: false,
        green_items: 0,
    }
}

/// What an organization states: its head, and who stands above it.
fn stated(number: u128, head: &str, superiors: &[(SuperiorKind, u128)]) -> (CreditCode, Affiliation) {
    let declaration = Declaration {
        head_name: head.into(),
        head_document_end: "0001".into(),
        superiors: superiors.iter().map(|(kind, above)| (*kind, code(*above).as_str().to_owned())).collect(),
    };
    let own = code(number);
    let declared = Affiliation::declare(None, (firm(number), &own), &declaration, UserId(Uuid::nil()), DateTime::UNIX_EPOCH);
    (own, declared.unwrap().0)
}

fn found(contenders: &[Contender], all: &[(CreditCode, Affiliation)]) -> Vec<RelatedBids> {
    let stated: Vec<_> = all.iter().map(|(credit_code, affiliation)| Stated { credit_code, affiliation }).collect();
    related(contenders, &stated)
}

#[test]
fn article_18_one_head_a_direct_holder_and_a_manager_are_found_with_the_facts() {
    let bids = [contender(1, 7, None), contender(2, 7, None), contender(3, 7, None), contender(4, 7, None)];
    let all = [
        stated(1, "王芳", &[]),
        stated(2, "王芳", &[]),
        stated(3, "李敏", &[(SuperiorKind::Holds, 1)]),
        stated(4, "赵强", &[(SuperiorKind::Manages, 3)]),
    ];
    let ties: Vec<_> = found(&bids, &all).into_iter().map(|one| (one.first, one.second, one.organizations, one.tie)).collect();
    assert_eq!(ties, [
        (bid(1), bid(2), [firm(1), firm(2)], Tie::SameHead { head: "王芳".into() }),
        (bid(1), bid(3), [firm(1), firm(3)], Tie::Holds),
        (bid(3), bid(4), [firm(3), firm(4)], Tie::Manages),
    ], "a holder's holder is no direct one");
}

#[test]
fn bids_for_other_lots_and_members_of_one_consortium_may_be_related_and_who_says_nothing_is_not_found() {
    let all = [stated(1, "王芳", &[]), stated(2, "王芳", &[]), stated(3, "李敏", &[])];
    assert_eq!(found(&[contender(1, 7, None), contender(2, 8, None)], &all), []);
    assert_eq!(found(&[contender(1, 7, Some(2)), contender(3, 7, None)], &all), []);
    assert_eq!(found(&[contender(1, 7, None), contender(9, 7, None)], &all), []);
    let joined = found(&[contender(3, 7, Some(1)), contender(2, 7, None)], &all);
    assert_eq!(joined.len(), 1, "a member's relation is its consortium's");
    assert_eq!(joined[0].organizations, [firm(1), firm(2)]);
}

#[test]
fn a_small_member_that_another_holds_brings_no_preference() {
    let all = [stated(1, "王芳", &[]), stated(2, "李敏", &[(SuperiorKind::Holds, 1)]), stated(3, "赵强", &[])];
    let stated: Vec<_> = all.iter().map(|(credit_code, affiliation)| Stated { credit_code, affiliation }).collect();
    assert!(is_held_within(&[firm(1), firm(2)], &stated));
    assert!(!is_held_within(&[firm(2), firm(3)], &stated));
}

#[test]
fn every_pair_is_found_invalid_or_valid_with_a_reason() {
    let pair = RelatedBids { first: bid(1), second: bid(2), organizations: [firm(1), firm(2)], tie: Tie::Holds };
    let finding = |first, second, is_invalid, reason: &str| RelationFinding { first: bid(first), second: bid(second), is_invalid, reason: reason.into() };
    let codes = |findings| -> Vec<Code> {
        judge(std::slice::from_ref(&pair), findings).err().map(|faults| faults.0.into_iter().map(|one| one.code).collect()).unwrap_or_default()
    };
    assert_eq!(codes(vec![]), [Code::RelationUnjudged]);
    assert_eq!(codes(vec![finding(1, 2, false, "")]), [Code::Required]);
    assert_eq!(codes(vec![finding(1, 2, true, ""), finding(1, 2, true, "")]), [Code::LineTwice]);
    assert_eq!(codes(vec![finding(1, 2, true, ""), finding(1, 3, true, "")]), [Code::NotFound]);
    assert_eq!(codes(vec![finding(1, 2, true, "")]), []);
    assert_eq!(codes(vec![finding(1, 2, false, "股权已于开标前转让，工商登记可查")]), []);
}
