use super::*;
use crate::ident::LotId;
use crate::language::LocalText;
use crate::money::Money;
use crate::oversight::policy_pack::{CN, PolicyPack};
use crate::tendering::procedure::Procedure;
use crate::tendering::procedure::choice::ProcedureChoice;
use crate::tendering::tender::Publication;
use crate::tendering::tender_content::{Nature, Paper, TenderContent};
use uuid::Uuid;

fn at(day: u32, hour: u32) -> DateTime<Utc> {
    format!("2026-12-{day:02}T{hour:02}:00:00Z").parse().unwrap()
}

fn until() -> DateTime<Utc> {
    at(8, 9)
}

fn publication() -> Publication {
    Publication {
        published_at: at(1, 1),
        published_by: Uuid::from_u128(1).into(),
        invited_at: None,
        approved_by: Uuid::from_u128(2).into(),
        rules: PolicyPack::load(CN).unwrap().on(at(1, 1).date_naive()),
    }
}

fn tender_in(state: TenderState) -> Tender {
    let both = |text: &str| LocalText::new(text, text);
    let mut content = TenderContent::begin(both("特种设备"), "A02010105".into(), Nature::Goods, Money::cny(100_000_000));
    let paper = |key: &str, is_obligatory| Paper { key: key.into(), name: both(key), source: "法22".into(), is_obligatory };
    content.papers = vec![paper("licence", true), paper("permit", true), paper("declaration", false)];
    content.choice = ProcedureChoice {
        procedure: Procedure::InvitedTender,
        announced_until: Some(until()),
        invite_count: 3,
        ..ProcedureChoice::default()
    };
    content.deadline_at = Some(at(30, 9));
    Tender {
        id: Uuid::from_u128(7).into(),
        version: 1,
        number: "ZC-1".into(),
        buyer: Uuid::from_u128(3).into(),
        plan: None,
        follows: None,
        lot: LotId(Uuid::from_u128(8)),
        failed_lots: Vec::new(),
        content,
        document_version: 1,
        created_by: Uuid::from_u128(1).into(),
        created_at: at(1, 0),
        amendments: Vec::new(),
        invited: Vec::new(),
        mandate: None,
        ended_mandates: Vec::new(),
        first_deadline_at: None,
        panel: Vec::new(),
        state,
    }
}

fn announced() -> Tender {
    tender_in(TenderState::Announced(publication()))
}

fn suspended(before: TenderStateName, suspended_at: DateTime<Utc>) -> Tender {
    tender_in(TenderState::Suspended { publication: publication(), reason: LocalText::default(), before, suspended_at })
}

fn shown(key: &str, note: &str) -> ShownPaper {
    ShownPaper { key: key.into(), note: note.into(), file: None }
}

fn papers() -> Vec<ShownPaper> {
    let file = Some(Uuid::from_u128(5).into());
    vec![shown("licence", "统一社会信用代码见营业执照"), ShownPaper { key: "permit".into(), note: String::new(), file }]
}

fn apply_to(tender: &Tender, number: u128, existing: Option<Application>, replaces: Option<u128>, now: DateTime<Utc>) -> Result<(Application, Event), Refusals> {
    let ids = (Uuid::from_u128(number).into(), Uuid::from_u128(100 + number).into(), Uuid::from_u128(200 + number).into());
    let replaces = replaces.map(|number| Uuid::from_u128(number).into());
    Application::apply(ids, tender, &papers(), (existing, replaces), now)
}

fn applied(number: u128) -> Application {
    apply_to(&announced(), number, None, None, at(2, 1)).unwrap().0
}

fn codes<T: std::fmt::Debug>(result: Result<T, Refusals>) -> Vec<(Code, String)> {
    result.unwrap_err().0.into_iter().map(|one| (one.code, one.path.join("."))).collect()
}

fn told(code: Code, path: &str) -> Vec<(Code, String)> {
    vec![(code, path.to_owned())]
}

#[test]
fn a_supplier_applies_once_and_may_replace_or_withdraw_until_the_end() {
    let (first, event) = apply_to(&announced(), 1, None, None, at(2, 1)).unwrap();
    assert_eq!((event.visibility, event.parties.len()), (Visibility::Own, 0), "neither the buyer nor other suppliers know of it");
    assert_eq!(codes(apply_to(&announced(), 2, Some(first.clone()), None, at(3, 1))), told(Code::AppliedAlready, ""));
    assert_eq!(codes(apply_to(&announced(), 2, Some(first.clone()), Some(9), at(3, 1))), told(Code::NotFound, "replacesId"));
    assert_eq!(codes(apply_to(&announced(), 2, None, Some(9), at(3, 1))), told(Code::NotFound, "replacesId"));
    let (second, event) = apply_to(&announced(), 2, Some(first.clone()), Some(1), at(3, 1)).unwrap();
    assert_eq!((second.id, second.received_at, event.name.as_str()), (first.id, at(3, 1), "application.replaced"));
    let (withdrawn, _) = second.withdraw(&announced(), until()).unwrap();
    assert_eq!(withdrawn.state, ApplicationState::Withdrawn { at: until() });
    assert_eq!(withdrawn.clone().withdraw(&announced(), until()).unwrap_err().code, Code::Conflict);
    let (again, event) = apply_to(&announced(), 3, Some(withdrawn), None, until()).unwrap();
    assert_eq!((again.id, event.name.as_str()), (first.id, "application.received"));
}

#[test]
fn nobody_applies_or_withdraws_after_the_end_or_in_another_state() {
    let late = until() + chrono::TimeDelta::seconds(1);
    assert_eq!(codes(apply_to(&announced(), 1, None, None, late)), told(Code::AnnouncementOver, ""));
    assert_eq!(applied(1).withdraw(&announced(), late).unwrap_err().code, Code::AnnouncementOver);
    let failed = || tender_in(TenderState::Failed { publication: publication(), reason: LocalText::default() });
    let cancelled = || tender_in(TenderState::Cancelled { publication: publication(), reason: LocalText::default() });
    let draft = || tender_in(TenderState::Draft { returned: None, writers: Vec::new() });
    let stopped = || suspended(TenderStateName::Announced, at(2, 2));
    for tender in [draft(), tender_in(TenderState::Published(publication())), failed(), cancelled(), stopped()] {
        assert_eq!(codes(apply_to(&tender, 1, None, None, at(2, 3))), told(Code::WrongState, ""), "{:?}", tender.state.name());
        assert_eq!(applied(1).withdraw(&tender, at(2, 3)).unwrap_err().code, Code::WrongState);
        let judged = judge(&tender, vec![applied(1)], Vec::new(), (Uuid::from_u128(1).into(), at(9, 1)));
        assert_eq!(codes(judged.map(|judged| judged.len())), told(Code::WrongState, ""), "{:?}", tender.state.name());
    }
}

#[test]
fn papers_are_those_of_the_notice_and_every_required_one_is_shown() {
    let tender = announced();
    let check = |papers: &[ShownPaper]| codes(check_papers(&tender, papers));
    assert_eq!(check(&[shown("licence", "有")]), told(Code::Required, "papers"));
    assert_eq!(check(&[shown("licence", "有"), shown("permit", " ")]), told(Code::Required, "papers.1.note"));
    assert_eq!(check(&[shown("licence", "有"), shown("permit", "有"), shown("other", "有")]), told(Code::NotFound, "papers.2"));
    assert_eq!(check(&[shown("licence", "有"), shown("permit", "有"), shown("permit", "有")]), told(Code::LineTwice, "papers.2"));
    let long = "长".repeat(NOTE_MOST_CHARS + 1);
    assert_eq!(check(&[shown("licence", &long), shown("permit", "有")]), told(Code::TooLong, "papers.0.note"));
    let kept = check_papers(&tender, &[shown("licence", " 有 "), shown("permit", "有"), shown("declaration", "")]).unwrap();
    assert_eq!(kept, [shown("licence", "有"), shown("permit", "有")], "what is not shown is not kept");
}

#[test]
fn the_buyer_knows_of_applications_once_their_time_is_over_for_good() {
    let (runs, over) = (until(), until() + chrono::TimeDelta::seconds(1));
    assert!(!is_time_over(&announced(), runs) && is_time_over(&announced(), over));
    // A stop keeps what was left of the time.
    assert!(!is_time_over(&suspended(TenderStateName::Announced, at(2, 1)), at(30, 1)));
    assert!(is_time_over(&suspended(TenderStateName::Announced, over), over));
    let cancelled = tender_in(TenderState::Cancelled { publication: publication(), reason: LocalText::default() });
    assert!(!is_time_over(&cancelled, at(30, 1)), "what was called off before the invitation is read by nobody");
    let invited = Publication { invited_at: Some(at(9, 1)), ..publication() };
    assert!(is_time_over(&tender_in(TenderState::Published(invited)), at(9, 2)));
}

fn finding(application: u128, paper: &str, is_met: bool) -> ApplicationFinding {
    let reason = if is_met { String::new() } else { "已过有效期".to_owned() };
    ApplicationFinding { application: Uuid::from_u128(application).into(), paper: paper.into(), is_met, reason }
}

fn judge_both(findings: Vec<ApplicationFinding>, now: DateTime<Utc>) -> Result<Vec<(Application, Event)>, Refusals> {
    let (gone, _) = applied(3).withdraw(&announced(), at(3, 1)).unwrap();
    judge(&announced(), vec![applied(1), applied(2), gone], findings, (Uuid::from_u128(1).into(), now))
}

#[test]
fn every_application_is_judged_by_every_required_paper_and_told_its_own_result_alone() {
    let all = || vec![finding(1, "licence", true), finding(1, "permit", true), finding(2, "licence", true), finding(2, "permit", false)];
    assert_eq!(codes(judge_both(all(), until())), told(Code::AnnouncementRuns, ""));
    let missing = codes(judge_both(all()[..3].to_vec(), at(9, 1)));
    assert_eq!(missing, told(Code::FindingMissing, "findings"));
    let mut other = all();
    other.push(finding(3, "licence", true));
    assert_eq!(codes(judge_both(other, at(9, 1))), told(Code::NotFound, "findings.4"), "what was withdrawn is not judged");
    let mut bare = all();
    bare[3].reason.clear();
    assert_eq!(codes(judge_both(bare, at(9, 1))), told(Code::Required, "findings.3.reason"));

    let judged = judge_both(all(), at(9, 1)).unwrap();
    assert_eq!(judged.iter().map(|(one, _)| one.state.as_str()).collect::<Vec<_>>(), ["qualified", "refused"]);
    for (application, event) in &judged {
        assert_eq!((event.visibility, &event.parties), (Visibility::Parties, &vec![application.applicant.0]));
    }
    let refused = judged[1].0.state.verdict().unwrap();
    assert_eq!(refused.findings.iter().filter(|one| !one.is_met).map(|one| one.reason.as_str()).collect::<Vec<_>>(), ["已过有效期"]);
}

#[test]
fn whoever_qualifies_is_invited_or_not_drawn_and_nobody_else() {
    let all = vec![finding(1, "licence", true), finding(1, "permit", true), finding(2, "licence", true), finding(2, "permit", false)];
    let mut judged = judge_both(all, at(9, 1)).unwrap();
    let refused = judged.pop().unwrap().0;
    let qualified = judged.pop().unwrap().0;
    assert!(qualified.is_qualified() && !refused.is_qualified());
    assert_eq!(refused.settle(true, at(9, 2)).unwrap_err().code, Code::Conflict);
    assert_eq!(applied(1).settle(true, at(9, 2)).unwrap_err().code, Code::Conflict);
    let (invited, event) = qualified.clone().settle(true, at(9, 2)).unwrap();
    assert_eq!((invited.state.as_str(), event.visibility), ("invited", Visibility::Parties));
    assert_eq!(qualified.settle(false, at(9, 2)).unwrap().0.state.as_str(), "not_drawn");
    assert_eq!(invited.settle(false, at(9, 3)).unwrap_err().code, Code::Conflict);
}
