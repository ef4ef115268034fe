use super::*;
use crate::ident::UserId;
use crate::language::LocalText;
use crate::money::Money;
use crate::oversight::policy_pack::{CN, PolicyPack};
use crate::tendering::procedure::Procedure;
use crate::tendering::tender::{Publication, TenderState, TenderStateName};
use crate::tendering::tender_content::{Nature, TenderContent};
use uuid::Uuid;

fn at(day: u32) -> DateTime<Utc> {
    format!("2026-12-{day:02}T02:00:00Z").parse().unwrap()
}

fn organization(number: u128) -> OrganizationId {
    Uuid::from_u128(number).into()
}

fn user(number: u128) -> UserId {
    UserId(Uuid::from_u128(number))
}

/// A single source, announced on 1 December until the 9th, of the supplier with number 9.
fn announced() -> Tender {
    let rules = PolicyPack::load(CN).unwrap().on(at(1).date_naive());
    let mut content = TenderContent::begin(LocalText::new("软件维护", ""), "C".to_owned(), Nature::Services, Money::cny(500_000_000));
    content.choice.procedure = Procedure::SingleSource;
    content.choice.announced_until = Some(at(9));
    content.choice.sole_supplier = Some(organization(9));
    content.deadline_at = Some(at(15));
    let publication = Publication { published_at: at(1), published_by: user(1), invited_at: None, approved_by: user(2), rules };
    Tender {
        id: Uuid::from_u128(1).into(),
        version: 0,
        number: "ZC-1".to_owned(),
        buyer: organization(2),
        plan: None,
        follows: None,
        lot: Uuid::from_u128(3).into(),
        failed_lots: Vec::new(),
        content,
        document_version: 1,
        created_by: user(1),
        created_at: at(1),
        amendments: Vec::new(),
        invited: Vec::new(),
        mandate: None,
        ended_mandates: Vec::new(),
        first_deadline_at: None,
        panel: Vec::new(),
        state: TenderState::Announced(publication),
    }
}

fn raise(tender: &Tender, objector: u128, text: &str, has_objected: bool, now: DateTime<Utc>) -> Result<(Objection, Event), Refusals> {
    Objection::raise((Uuid::from_u128(7).into(), organization(objector)), tender, (text, None), has_objected, now)
}

fn codes<T: std::fmt::Debug>(result: Result<T, Refusals>) -> Vec<(Code, String)> {
    result.unwrap_err().0.iter().map(|refusal| (refusal.code, refusal.path.join("."))).collect()
}

fn code(code: Code) -> Vec<(Code, String)> {
    vec![(code, String::new())]
}

#[test]
fn a_supplier_objects_once_while_the_notice_is_on_display_and_the_sole_supplier_never() {
    let tender = announced();
    let (objection, event) = raise(&tender, 4, "我公司也能供应", false, at(9)).unwrap();
    assert_eq!((objection.objector, event.visibility, event.parties), (organization(4), Visibility::Parties, vec![organization(2).0]));
    assert_eq!(codes(raise(&tender, 4, "再次异议", true, at(2))), code(Code::ObjectedAlready));
    assert_eq!(codes(raise(&tender, 9, "异议", false, at(2))), code(Code::SoleSupplierObjects));
    assert_eq!(codes(raise(&tender, 4, "异议", false, at(10))), code(Code::AnnouncementOver), "财政部令第74号第三十九条");
    assert_eq!(codes(raise(&tender, 4, " ", false, at(2))), vec![(Code::Required, "text".to_owned())]);
    let long = "异".repeat(OBJECTION_MOST_CHARS + 1);
    assert_eq!(codes(raise(&tender, 4, &long, false, at(2))), vec![(Code::TooLong, "text".to_owned())]);
    let invited = tender.invite_sole_supplier(Tally::default(), None, at(10)).unwrap().0;
    assert_eq!(codes(raise(&invited, 4, "异议", false, at(2))), code(Code::WrongState));
}

#[test]
fn an_answer_has_reasons_is_public_once_and_tells_the_objector_without_naming_it_to_others() {
    let tender = announced();
    let objection = || raise(&tender, 4, "我公司也能供应", false, at(2)).unwrap().0;
    assert_eq!(codes(objection().answer(&tender, (false, ""), user(1), at(3))), vec![(Code::Required, "reasons".to_owned())]);
    let (answered, [public, told]) = objection().answer(&tender, (true, "论证认为异议成立"), user(1), at(11)).unwrap();
    assert!(answered.answer.as_ref().is_some_and(|answer| answer.is_upheld && answer.answered_at == at(11)));
    assert_eq!((public.visibility, public.subject.id, public.parties.len()), (Visibility::Public, tender.id.0, 0));
    assert!(!public.content.to_string().contains(&organization(4).0.to_string()), "the public does not learn who objected");
    assert_eq!((told.visibility, told.parties), (Visibility::Parties, vec![organization(2).0, organization(4).0]));
    assert_eq!(codes(answered.answer(&tender, (false, "改口"), user(1), at(12))), code(Code::Conflict));
    let cancelled = announced().cancel(LocalText::new("改用其他方式", "")).unwrap().0;
    assert_eq!(codes(objection().answer(&cancelled, (false, "理由"), user(1), at(3))), code(Code::WrongState));
}

#[test]
fn the_sole_supplier_is_asked_once_the_notice_is_over_and_every_objection_was_answered_and_none_upheld() {
    let invite = |tally, deadline, now| announced().invite_sole_supplier(tally, deadline, now);
    let waiting = Tally { raised: 2, unanswered: 1, upheld: 0, last_answered_at: None };
    assert_eq!(codes(invite(waiting, None, at(9))), code(Code::AnnouncementRuns), "政府采购法实施条例第三十八条");
    assert_eq!(codes(invite(waiting, None, at(10))), code(Code::ObjectionsUnanswered), "财政部令第74号第四十条");
    assert_eq!(codes(invite(Tally { raised: 2, unanswered: 1, upheld: 1, last_answered_at: None }, None, at(10))), code(Code::ObjectionUpheld));
    let settled = Tally { raised: 2, unanswered: 0, upheld: 0, last_answered_at: None };
    assert_eq!(codes(invite(settled, Some(at(14)), at(10))), vec![(Code::DeadlineMovedNearer, "deadlineAt".to_owned())]);
    assert_eq!(codes(invite(settled, None, at(16))), vec![(Code::DeadlineTooEarly, "deadlineAt".to_owned())], "the answers took longer");
    let (asked, _) = invite(settled, Some(at(22)), at(16)).unwrap();
    assert_eq!((asked.state.name(), asked.invited.as_slice()), (TenderStateName::Published, [organization(9)].as_slice()));
    assert_eq!(asked.state.publication().unwrap().invited_at, Some(at(16)));
}

#[test]
fn what_is_announced_for_applications_is_not_a_single_source() {
    let mut prequalification = announced();
    prequalification.content.choice.procedure = Procedure::InvitedTender;
    assert_eq!(codes(raise(&prequalification, 4, "异议", false, at(2))), code(Code::WrongState));
    assert_eq!(codes(prequalification.invite_sole_supplier(Tally::default(), None, at(10))), code(Code::WrongState));
}
