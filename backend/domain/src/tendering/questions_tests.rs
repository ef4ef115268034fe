use super::*;
use crate::ident::{LotId, UserId};
use crate::language::LocalText;
use crate::money::Money;
use crate::oversight::policy_pack::Packs;
use crate::tendering::tender::{Publication, TenderState};
use crate::tendering::tender_content::Nature;
use uuid::Uuid;

fn rules(pack: &str) -> Rules {
    Packs::shipped().unwrap().get(pack).unwrap().on("2026-11-02".parse().unwrap())
}

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

/// Goods by open tender, with the deadline on 30 November 2026 at ten in China.
fn draft(questions_until: Option<&str>) -> TenderContent {
    let mut content = TenderContent::begin(LocalText::new("办公家具", ""), "A05".to_owned(), Nature::Goods, Money::cny(150_000_000));
    content.deadline_at = Some(at("2026-11-30T02:00:00Z"));
    content.questions_until = questions_until.map(at);
    content
}

fn published(content: TenderContent) -> Tender {
    let user = UserId(Uuid::from_u128(1));
    let published_at = at("2026-11-02T02:00:00Z");
    let publication = Publication { published_at, published_by: user, invited_at: None, approved_by: user, rules: rules("cn") };
    Tender {
        id: Uuid::from_u128(1).into(),
        version: 0,
        number: "ZC-1".to_owned(),
        buyer: Uuid::from_u128(2).into(),
        plan: None,
        follows: None,
        lot: LotId(Uuid::from_u128(3)),
        content,
        document_version: 1,
        created_by: user,
        created_at: published_at,
        amendments: Vec::new(),
        invited: Vec::new(),
        mandate: None,
        ended_mandates: Vec::new(),
        first_deadline_at: None,
        failed_lots: Vec::new(),
        panel: Vec::new(),
        state: TenderState::Published(publication),
    }
}

#[test]
fn questions_end_as_many_days_before_the_deadline_as_an_answer_must_leave() {
    let latest = |pack: &str| latest_day(&draft(None), &rules(pack)).unwrap().unwrap().to_string();
    assert_eq!(latest("cn"), "2026-11-15", "政府采购法实施条例第三十一条: fifteen days");
    assert_eq!(lawful(&draft(Some("2026-11-15T08:00:00Z")), &rules("cn")), Ok(()));
    let refused = lawful(&draft(Some("2026-11-16T08:00:00Z")), &rules("cn")).unwrap_err();
    assert_eq!((refused.code, refused.path.join(".")), (Code::QuestionsEndTooLate, "questionsUntil".to_owned()));
    assert_eq!(refused.facts["remedy"], Fact::Date("2026-11-15".parse().unwrap()));
    assert_eq!(lawful(&draft(None), &rules("cn")), Ok(()), "none need be set");
}

#[test]
fn questions_never_end_behind_the_deadline_nor_before_the_notice() {
    let behind = lawful(&draft(Some("2026-12-01T02:00:00Z")), &rules("gpa-2012")).unwrap_err();
    assert_eq!(behind.code, Code::QuestionsEndTooLate, "also where the law has no such period");
    let content = draft(Some("2026-11-10T02:00:00Z"));
    assert_eq!(ahead(&content, at("2026-11-10T02:00:00Z")).unwrap_err().code, Code::QuestionsEndTooEarly);
    assert_eq!(ahead(&content, at("2026-11-10T01:59:59Z")), Ok(()));
}

#[test]
fn a_question_after_its_end_is_refused_with_the_end_though_bids_are_still_taken() {
    let until = at("2026-11-10T02:00:00Z");
    let tender = published(draft(Some("2026-11-10T02:00:00Z")));
    assert_eq!(tender.check_takes_questions(until), Ok(()), "the last second is in time");
    let refused = tender.check_takes_questions(at("2026-11-10T02:00:01Z")).unwrap_err().0.remove(0);
    assert_eq!((refused.code, refused.facts["until"].clone()), (Code::QuestionsOver, Fact::from(until)));
    let open = published(draft(None));
    assert_eq!(open.check_takes_questions(at("2026-11-29T02:00:00Z")), Ok(()), "until the deadline where none is set");
    let late = open.check_takes_questions(at("2026-11-30T02:00:01Z")).unwrap_err().0.remove(0);
    assert_eq!(late.code, Code::DeadlinePassed);
}

#[test]
fn a_change_leaves_the_end_of_questions_or_moves_it_away() {
    let tender = published(draft(Some("2026-11-10T02:00:00Z")));
    assert_eq!(tender.questions_after_change(None), Ok(tender.content.questions_until));
    let later = Some(at("2026-11-12T02:00:00Z"));
    assert_eq!(tender.questions_after_change(later), Ok(later));
    assert_eq!(tender.questions_after_change(Some(at("2026-11-09T02:00:00Z"))).unwrap_err().code, Code::DeadlineMovedNearer);
}

#[test]
fn a_stop_moves_the_end_of_questions_that_still_ran() {
    let (stopped, _) = published(draft(Some("2026-11-10T02:00:00Z"))).suspend(LocalText::new("核实", ""), at("2026-11-09T02:00:00Z")).unwrap();
    let (tender, _) = stopped.resume(at("2026-11-12T02:00:00Z")).unwrap();
    assert_eq!(tender.content.questions_until, Some(at("2026-11-13T02:00:00Z")));
}
