use super::*;
use crate::identity::credit_code::CreditCode;
use crate::language::{Language, LocalText};
use crate::money::Money;
use crate::oversight::policy_pack::Packs;
use crate::tendering::tender::{Publication, TenderState};
use crate::tendering::tender_content::{Nature, TenderContent};
use crate::text;
use proptest::prelude::*;
use uuid::Uuid;

const NOW: DateTime<Utc> = DateTime::UNIX_EPOCH;
const BUYER: OrganizationId = OrganizationId(Uuid::from_u128(1));
const AGENCY: OrganizationId = OrganizationId(Uuid::from_u128(2));

fn user(number: u128) -> UserId {
    UserId(Uuid::from_u128(number))
}

fn organization(kind: OrganizationKind) -> Organization {
    Organization {
        id: AGENCY,
        version: 1,
        kind,
        name: LocalText::new("某某招标代理有限公司", "Moumou Tendering Agency"),
        credit_code: CreditCode::parse("91350100M000100Y43").unwrap(),
        enterprise_size: None,
        region_code: "330100".to_owned(),
        address: LocalText::new("文一路1号", ""),
        policy_pack: "cn".to_owned(),
        registered_at: NOW,
    }
}

fn draft() -> Tender {
    Tender {
        id: Uuid::from_u128(10).into(),
        version: 1,
        number: "ZC-1".to_owned(),
        buyer: BUYER,
        plan: None,
        follows: None,
        lot: Uuid::from_u128(11).into(),
        failed_lots: Vec::new(),
        content: TenderContent::begin(LocalText::new("办公家具", ""), "A05".to_owned(), Nature::Goods, Money::cny(1)),
        document_version: 1,
        created_by: user(1),
        created_at: NOW,
        amendments: Vec::new(),
        invited: Vec::new(),
        mandate: None,
        ended_mandates: Vec::new(),
        first_deadline_at: None,
        panel: Vec::new(),
        state: TenderState::Draft { returned: None, writers: Vec::new() },
    }
}

fn proposed() -> Tender {
    let powers = [MandatePower::Publish, MandatePower::Prepare, MandatePower::Publish];
    draft().propose_mandate(&organization(OrganizationKind::Agency), &powers, user(1), NOW).unwrap().0
}

fn code(moved: Moved) -> Code {
    moved.unwrap_err().0[0].code
}

#[test]
fn article_19_only_an_agency_is_entrusted_and_with_something() {
    let propose = |kind, powers: &[MandatePower]| draft().propose_mandate(&organization(kind), powers, user(1), NOW);
    assert_eq!(code(propose(OrganizationKind::Supplier, &MandatePower::ALL)), Code::NotAnAgency);
    assert_eq!(code(propose(OrganizationKind::Agency, &[])), Code::Required);
    assert_eq!(code(proposed().propose_mandate(&organization(OrganizationKind::Agency), &MandatePower::ALL, user(1), NOW)), Code::MandateStands);
    let publication = Publication {
        published_at: NOW,
        published_by: user(1),
        invited_at: None,
        approved_by: user(2),
        rules: Packs::shipped().unwrap().get("cn").unwrap().on("2026-11-24".parse().unwrap()),
    };
    let mut cancelled = draft();
    cancelled.state = TenderState::Cancelled { reason: LocalText::default(), publication };
    assert_eq!(code(cancelled.propose_mandate(&organization(OrganizationKind::Agency), &MandatePower::ALL, user(1), NOW)), Code::WrongState);
}

#[test]
fn article_20_an_agency_acts_from_its_acceptance_to_the_end_of_its_mandate_and_by_its_powers_alone() {
    let powers = |tender: &Tender| tender.scope().agent.map(|agent| agent.powers);
    assert_eq!(powers(&draft()), None);
    let tender = proposed();
    assert_eq!((powers(&tender), tender.agency()), (Some(Vec::new()), None), "it reads and does nothing");
    let (tender, event) = tender.accept_mandate(user(20), NOW).unwrap();
    assert_eq!((powers(&tender), tender.agency()), (Some(vec![MandatePower::Prepare, MandatePower::Publish]), Some(AGENCY)));
    assert_eq!((&event.content["buyer"], &event.content["agency"]), (&json!(BUYER), &json!(AGENCY)), "who acts for whom");
    assert_eq!(code(tender.clone().accept_mandate(user(20), NOW)), Code::NoMandate);
    assert_eq!(code(tender.clone().end_mandate("", (user(1), BUYER), NOW)), Code::Required);
    let (tender, event) = tender.end_mandate("人手不足", (user(20), AGENCY), NOW).unwrap();
    assert_eq!((powers(&tender), tender.ended_mandates.len(), event.parties.contains(&AGENCY.0)), (None, 1, true));
    assert_eq!(code(tender.end_mandate("再来", (user(1), BUYER), NOW)), Code::NoMandate);
}

#[test]
fn every_power_has_words_in_both_languages() {
    for power in MandatePower::ALL {
        for language in Language::ALL {
            assert!(text::has(language, power.text_key()), "{power:?} in {language:?}");
        }
    }
}

proptest! {
    #[test]
    fn whatever_is_tried_there_is_one_mandate_at_most_and_none_is_lost(moves in prop::collection::vec(0_u8..3, 0..80)) {
        let mut tender = draft();
        let mut proposals = 0;
        for tried in moves {
            let before = tender.clone();
            let moved = match tried {
                0 => before.propose_mandate(&organization(OrganizationKind::Agency), &MandatePower::ALL, user(1), NOW),
                1 => before.accept_mandate(user(20), NOW),
                _ => before.end_mandate("理由", (user(1), BUYER), NOW),
            };
            if let Ok((after, _)) = moved {
                proposals += usize::from(tried == 0);
                tender = after;
            }
            prop_assert_eq!(tender.ended_mandates.len() + usize::from(tender.mandate.is_some()), proposals);
            prop_assert!(tender.ended_mandates.len() <= ENDED_MOST);
            let acts = tender.scope().agent.is_some_and(|agent| !agent.powers.is_empty());
            prop_assert_eq!(acts, tender.agency().is_some());
        }
    }
}
