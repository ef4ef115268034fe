use super::*;
use crate::ident::SessionId;
use crate::identity::organization::OrganizationKind;
use crate::identity::role::Role;
use crate::language::LocalText;
use crate::money::Money;
use crate::oversight::policy_pack::{CN, PolicyPack};
use crate::tendering::procedure::Procedure;
use crate::tendering::tender_content::{Nature, TenderContent};
use crate::tendering::tender_state::{Publication, TenderState};
use chrono::TimeDelta;
use uuid::Uuid;

const NOW: DateTime<Utc> = DateTime::UNIX_EPOCH;

fn tender(state: TenderStateName) -> Tender {
    let rules = PolicyPack::load(CN).unwrap().on(NOW.date_naive());
    let user = UserId(Uuid::nil());
    let publication = Publication { published_at: NOW, published_by: user, invited_at: None, approved_by: user, rules };
    let mut content = TenderContent::begin(LocalText::new("椅子", "Chairs"), "A".into(), Nature::Goods, Money::cny(100));
    content.deadline_at = Some(NOW + TimeDelta::days(21));
    assert_eq!(content.choice.procedure, Procedure::OpenTender);
    Tender {
        id: Uuid::from_u128(1).into(),
        version: 1,
        number: "ZC-1".into(),
        buyer: Uuid::from_u128(2).into(),
        plan: None,
        follows: None,
        lot: Uuid::from_u128(3).into(),
        failed_lots: Vec::new(),
        content,
        document_version: 2,
        created_by: user,
        created_at: NOW,
        amendments: Vec::new(),
        invited: Vec::new(),
        mandate: None,
        ended_mandates: Vec::new(),
        first_deadline_at: None,
        panel: Vec::new(),
        state: TenderState::carrying(state, publication).unwrap(),
    }
}

fn seller(of: u128) -> Person {
    Person {
        user: UserId(Uuid::from_u128(of * 10)),
        organization: OrganizationId(Uuid::from_u128(of)),
        organization_kind: OrganizationKind::Supplier,
        roles: vec![Role::Seller],
        session: SessionId(Uuid::nil()),
    }
}

fn register(tender: &Tender, of: u128, now: DateTime<Utc>) -> Result<DocumentRegistration, Code> {
    let registered = DocumentRegistration::register(Uuid::from_u128(9).into(), tender, &seller(of), now);
    registered.map(|(registration, _)| registration).map_err(|refusal| refusal.code)
}

#[test]
fn suppliers_register_while_the_documents_are_on_offer_and_the_buyer_never() {
    let published = tender(TenderStateName::Published);
    assert!(register(&published, 5, NOW).is_ok());
    assert!(register(&published, 5, NOW + TimeDelta::days(21)).is_ok());
    assert_eq!(register(&published, 5, NOW + TimeDelta::days(21) + TimeDelta::seconds(1)).unwrap_err(), Code::DeadlinePassed);
    assert_eq!(register(&published, 2, NOW).unwrap_err(), Code::NotAllowed);
    let invited = Tender { invited: vec![OrganizationId(Uuid::from_u128(6))], ..published };
    assert_eq!(register(&invited, 5, NOW).unwrap_err(), Code::NotInvited);
    assert!(register(&invited, 6, NOW).is_ok());
    for state in [TenderStateName::Announced, TenderStateName::Opened, TenderStateName::Awarded] {
        assert_eq!(register(&tender(state), 5, NOW).unwrap_err(), Code::WrongState, "{state:?}");
    }
}

#[test]
fn a_change_or_an_answer_is_news_until_it_is_read() {
    let registration = register(&tender(TenderStateName::Published), 5, NOW).unwrap();
    let later = NOW + TimeDelta::hours(1);
    assert!(!registration.has_news(2, None));
    assert!(!registration.has_news(2, Some(NOW)), "what was answered before is there to read already");
    assert!(registration.has_news(3, None));
    assert!(registration.has_news(2, Some(later)));
    let (read, _) = registration.read(3, later);
    assert!(!read.has_news(3, Some(later)));
    assert!(read.has_news(4, Some(later)));
}

#[test]
fn nobody_of_the_buyer_learns_of_bidders_before_bids_are_open_or_where_they_never_were() {
    for state in [TenderStateName::Announced, TenderStateName::Published] {
        assert!(!tender(state).state.has_opened_bids(), "{state:?}");
    }
    for state in [TenderStateName::Opened, TenderStateName::FinalOffers, TenderStateName::Awarded, TenderStateName::Contracted] {
        assert!(tender(state).state.has_opened_bids(), "{state:?}");
    }
    let publication = tender(TenderStateName::Published).state.publication().unwrap().clone();
    let reason = LocalText::new("终止", "");
    assert!(!TenderState::Cancelled { publication: publication.clone(), reason: reason.clone() }.has_opened_bids());
    assert!(!TenderState::Failed { publication: publication.clone(), reason: reason.clone() }.has_opened_bids());
    let stopped = |before| TenderState::Suspended { publication: publication.clone(), reason: reason.clone(), before, suspended_at: NOW };
    assert!(!stopped(TenderStateName::Published).has_opened_bids());
    assert!(stopped(TenderStateName::Opened).has_opened_bids());
}
