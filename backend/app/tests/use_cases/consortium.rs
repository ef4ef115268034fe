//! Consortia from the proposal to the contract that every member signs, and everything by which somebody would take part
//! twice.

use crate::fair::{CANARY, Fair, acting, content};
use crate::market::Market;
use crate::on_both_engines;
use crate::procedure::{to_award, to_panel};
use app::contracting::contract::{contract, contracts, make_contract, sign_contract};
use app::identity::affiliation::{declare, viewer_affiliation};
use app::jobs::run_due;
use app::oversight::task::viewer_tasks;
use app::oversight::timeline::{EventsWanted, Recorded, events_of};
use app::tendering::award::{awards, loser_notices_of};
use app::tendering::bid::{OwnBid, confirm, submit, viewer_bids, withdraw};
use app::tendering::consortium::{ConsortiumView, MemberAct, NamedMember, ProposeConsortium, act, consortium, propose, viewer_consortia};
use app::tendering::evaluation::{Findings, evaluation, judge_bidders, qualify_bidders};
use app::tendering::opening::record;
use app::tendering::tender::tender;
use app::{Context, Error, Result};
use chrono::TimeDelta;
use domain::ident::{BidId, ConsortiumId, OrganizationId, UserId};
use domain::identity::affiliation::{Declaration, SuperiorKind};
use domain::identity::credit_code::CreditCode;
use domain::identity::organization::{EnterpriseSize, OrganizationKind};
use domain::identity::role::Role;
use domain::language::LocalText;
use domain::money::Money;
use domain::oversight::task::TaskKind;
use domain::refusal::Code;
use domain::tendering::award::LossReason;
use domain::tendering::bid::BidContent;
use domain::tendering::procedure::Procedure;
use domain::tendering::procedure::choice::ProcedureChoice;
use domain::tendering::procedure::ground::Ground;
use domain::tendering::qualification::PaperFinding;
use domain::tendering::related::{RelationFinding, Tie};
use domain::tendering::report_line::Invalid;
use domain::tendering::subcontract::{Subcontract, SubcontractFault};
use domain::tendering::tender::TenderStateName;
use domain::tendering::tender_content::{EvaluationMethod, TenderContent};

/// An inquiry, or an open tender, that takes consortia and lets parts be left to others.
fn taking(procedure: Procedure) -> TenderContent {
    let mut content = content();
    content.takes_consortia = true;
    content.subcontracting = Some(LocalText::new("安装", "Installation"));
    if procedure == Procedure::Inquiry {
        content.method = EvaluationMethod::LowestPrice;
        content.criteria.clear();
        content.panel_size = 3;
        let reason = LocalText::new("规格统一的货物", "");
        content.choice = ProcedureChoice { procedure, ground: Some(Ground::UniformGoods), reason, ..ProcedureChoice::default() };
    }
    content
}

async fn open(market: &Market, suppliers: usize) -> Fair<'_> {
    Fair::of(market, 0, suppliers, |_| taking(Procedure::OpenTender)).await
}

fn organization(ctx: &Context) -> OrganizationId {
    ctx.actor.organization().expect("acts for an organization")
}

fn credit_code(supplier: usize) -> String {
    let first = format!("91350100MA{:07}", supplier + 10);
    format!("{first}{}", CreditCode::check_character(&first).expect("characters of the standard"))
}

fn is_refused<T: std::fmt::Debug>(result: Result<T>, code: Code) -> bool {
    let error = result.unwrap_err();
    assert!(error.has_code(code), "{code:?} expected: {error}");
    true
}

fn proposal(fair: &Fair<'_>, shares: &[(usize, u32)]) -> ProposeConsortium {
    let work = || LocalText::new("供货与安装", "Supply and installation");
    let members = shares[1..].iter();
    ProposeConsortium {
        tender: fair.tender.id,
        lots: Vec::new(),
        own_share_basis_points: shares[0].1,
        own_work: work(),
        members: members.map(|(member, share)| NamedMember { credit_code: credit_code(*member), share_basis_points: *share, work: work() }).collect(),
    }
}

/// The first of them leads.
async fn proposed(fair: &Fair<'_>, shares: &[(usize, u32)]) -> Result<ConsortiumView> {
    propose(&fair.market.app, &fair.suppliers[shares[0].0], proposal(fair, shares)).await
}

async fn does(fair: &Fair<'_>, supplier: usize, id: ConsortiumId, what: MemberAct) -> Result<ConsortiumView> {
    act(&fair.market.app, &fair.suppliers[supplier], id, what).await
}

async fn standing(fair: &Fair<'_>, shares: &[(usize, u32)]) -> ConsortiumId {
    let id = proposed(fair, shares).await.expect("proposes").consortium.id;
    for (member, _) in &shares[1..] {
        does(fair, *member, id, MemberAct::Agree).await.expect("agrees");
    }
    id
}

async fn bids(fair: &Fair<'_>, supplier: usize, consortium: Option<ConsortiumId>, replaces: Option<BidId>) -> Result<OwnBid> {
    let (sealed, _) = fair.sealed(supplier, 80_000_000 + i64::try_from(supplier).expect("few") * 100_000).await;
    let input = app::tendering::bid::SubmitBid { consortium, ..fair.input(&sealed, replaces) };
    submit(&fair.market.app, &fair.suppliers[supplier], input).await
}

async fn read(fair: &Fair<'_>, ctx: &Context) -> Vec<ConsortiumView> {
    viewer_consortia(&fair.market.app, ctx, fair.tender.id).await.expect("reads its own")
}

async fn events(fair: &Fair<'_>, ctx: &Context, subject: uuid::Uuid) -> Vec<Recorded> {
    let wanted = EventsWanted { subject, names: Vec::new(), after: None };
    events_of(&fair.market.app, ctx, &wanted, 100).await.expect("events")
}

async fn tasks(fair: &Fair<'_>, supplier: usize) -> Vec<TaskKind> {
    let tasks = viewer_tasks(&fair.market.app, &fair.suppliers[supplier]).await.expect("tasks");
    tasks.into_iter().map(|task| task.kind).collect()
}

on_both_engines! {
    async fn a_consortium_wins_and_the_contract_is_signed_once_every_member_has(market: &Market) {
        let fair = Fair::of(market, 0, 4, |_| taking(Procedure::Inquiry)).await;
        let (app, id) = (&market.app, fair.tender.id);
        let consortium = standing(&fair, &[(0, 6000), (1, 4000)]).await;
        let mut bid_ids = vec![(bids(&fair, 0, Some(consortium), None).await.expect("the lead bids").bid.id, String::new())];
        for supplier in [2, 3] {
            bid_ids.push((bids(&fair, supplier, None, None).await.expect("bids alone").bid.id, String::new()));
        }
        to_panel(&fair, &bid_ids).await;
        let record = record(app, &fair.officer, id).await.expect("the record");
        let line = record.lines.iter().find(|line| line.bid == bid_ids[0].0).expect("its line");
        let members: Vec<_> = line.consortium.as_ref().expect("named").members.iter().map(|one| (one.organization, one.share_basis_points)).collect();
        assert_eq!(members, [(organization(&fair.suppliers[0]), 6000), (organization(&fair.suppliers[1]), 4000)]);

        assert_eq!(to_award(&fair).await, bid_ids[0].0);
        let won = awards(app, &market.public(), id).await.expect("public").remove(0);
        assert_eq!(won.consortium.expect("named to everybody").members.len(), 2);
        let made = make_contract(app, &fair.officer, id, None).await.expect("drawn up");
        assert_eq!(tasks(&fair, 1).await, [TaskKind::SignContract], "a member's signature is asked for");
        assert_eq!(contracts(app, &fair.suppliers[1], None, 10).await.expect("its own").len(), 1);
        assert!(matches!(contract(app, &fair.suppliers[2], made.id).await, Err(Error::NotFound)));
        sign_contract(app, &fair.approver, made.id).await.expect("the buyer signs");
        let half = sign_contract(app, &fair.suppliers[0], made.id).await.expect("the lead signs");
        assert!(!half.is_signed(), "政府采购法第二十四条");
        assert_eq!(tender(app, &fair.officer, id).await.expect("reads").state.name(), TenderStateName::Awarded);
        assert!(sign_contract(app, &fair.suppliers[1], made.id).await.expect("the member signs").is_signed());
        assert_eq!(tender(app, &fair.officer, id).await.expect("reads").state.name(), TenderStateName::Contracted);
    }

    async fn nobody_but_its_members_knows_of_a_consortium_before_the_opening(market: &Market) {
        let fair = open(market, 4).await;
        let app = &market.app;
        let id = standing(&fair, &[(0, 7000), (1, 3000)]).await;
        let bid = bids(&fair, 0, Some(id), None).await.expect("bids").bid;
        for member in [0, 1] {
            let seen = read(&fair, &fair.suppliers[member]).await;
            assert!(seen.len() == 1 && seen[0].bid_received_at.is_some());
            assert!(consortium(app, &fair.suppliers[member], id).await.is_ok());
            let told: Vec<_> = events(&fair, &fair.suppliers[member], id.0).await.into_iter().map(|event| event.name).collect();
            assert!(["consortium.proposed", "consortium.agreed"].iter().all(|name| told.iter().any(|told| told == name)), "{told:?}");
            assert!(!events(&fair, &fair.suppliers[member], bid.id.0).await.is_empty());
        }
        assert!(viewer_bids(app, &fair.suppliers[1], fair.tender.id).await.expect("reads its own").is_empty(), "the bid is the lead's to keep");
        assert!(matches!(withdraw(app, &fair.suppliers[1], bid.id).await, Err(Error::NotFound)));
        assert!(read(&fair, &fair.suppliers[2]).await.is_empty());
        assert!(matches!(consortium(app, &fair.suppliers[2], id).await, Err(Error::NotFound)));
        assert!(matches!(does(&fair, 2, id, MemberAct::Leave).await, Err(Error::NotFound)));
        for stranger in [&fair.officer, &fair.approver, &fair.holders[2].0, &market.public()] {
            assert!(viewer_consortia(app, stranger, fair.tender.id).await.is_err());
            assert!(consortium(app, stranger, id).await.is_err());
            assert!(events(&fair, stranger, id.0).await.is_empty() && events(&fair, stranger, bid.id.0).await.is_empty());
            let tender_events = serde_json::to_string(&events(&fair, stranger, fair.tender.id.0).await.into_iter().map(|event| event.content).collect::<Vec<_>>());
            assert!(!tender_events.expect("JSON").contains(&id.0.to_string()), "nothing on the tender's timeline");
        }
    }

    async fn a_member_neither_bids_alone_nor_joins_a_second_consortium_and_nothing_is_lost(market: &Market) {
        let fair = open(market, 4).await;
        let app = &market.app;
        let id = standing(&fair, &[(0, 6000), (1, 4000)]).await;
        for supplier in [0, 1] {
            assert!(is_refused(bids(&fair, supplier, None, None).await, Code::ConsortiumMemberBidsAlone), "政府采购法实施条例第二十二条");
        }
        assert!(is_refused(proposed(&fair, &[(1, 5000), (2, 5000)]).await, Code::ConsortiumMemberTwice));
        let second = proposed(&fair, &[(2, 5000), (1, 5000)]).await.expect("asked, not bound").consortium.id;
        assert!(is_refused(does(&fair, 1, second, MemberAct::Agree).await, Code::ConsortiumMemberTwice));
        assert_eq!(tasks(&fair, 1).await, [TaskKind::AnswerConsortium], "it may still decline");
        assert_eq!(tasks(&fair, 0).await, [TaskKind::BidForConsortium]);

        let bid = bids(&fair, 0, Some(id), None).await.expect("the lead bids").bid;
        assert!(tasks(&fair, 0).await.is_empty());
        assert!(is_refused(bids(&fair, 1, None, None).await, Code::ConsortiumMemberBidsAlone));
        assert!(is_refused(does(&fair, 1, id, MemberAct::Leave).await, Code::ConsortiumHasBid));
        assert!(is_refused(does(&fair, 0, id, MemberAct::Dissolve).await, Code::ConsortiumHasBid), "dissolved after the bid is in");
        assert_eq!(viewer_bids(app, &fair.suppliers[0], fair.tender.id).await.expect("it is there")[0].bid.id, bid.id);

        withdraw(app, &fair.suppliers[0], bid.id).await.expect("taken back");
        does(&fair, 1, id, MemberAct::Leave).await.expect("free to leave");
        assert!(bids(&fair, 1, None, None).await.is_ok(), "and free to bid alone");
        assert!(is_refused(bids(&fair, 0, Some(id), None).await, Code::WrongState), "what has ended bids no more");
        assert!(bids(&fair, 0, None, None).await.is_ok());
    }

    async fn whose_own_bid_is_in_takes_it_back_before_agreeing(market: &Market) {
        let fair = open(market, 3).await;
        let app = &market.app;
        let own = bids(&fair, 1, None, None).await.expect("bids alone").bid.id;
        let leads_own = bids(&fair, 0, None, None).await.expect("the lead has bid alone").bid.id;
        let id = proposed(&fair, &[(0, 6000), (1, 4000)]).await.expect("proposes").consortium.id;
        assert!(is_refused(does(&fair, 1, id, MemberAct::Agree).await, Code::ConsortiumMemberHasBid));
        assert!(is_refused(bids(&fair, 0, Some(id), Some(leads_own)).await, Code::ConsortiumNotAgreed), "a member that never agreed");
        withdraw(app, &fair.suppliers[1], own).await.expect("taken back");
        does(&fair, 1, id, MemberAct::Agree).await.expect("agrees");
        assert!(is_refused(bids(&fair, 0, Some(id), None).await, Code::BidAlreadyIn), "the joint bid takes the place of the lead's own");
        let joint = bids(&fair, 0, Some(id), Some(leads_own)).await.expect("the consortium's").bid;
        assert_eq!(joint.parties().len(), 2);
        // It is sealed anew for the same consortium, and confirmed, like any bid.
        let again = bids(&fair, 0, Some(id), Some(joint.id)).await.expect("sealed anew").bid;
        assert!(is_refused(confirm(app, &fair.suppliers[0], again.id).await, Code::BidNotStale));
    }

    async fn what_is_proposed_wrongly_is_refused_with_its_path(market: &Market) {
        let fair = open(market, 3).await;
        assert!(is_refused(proposed(&fair, &[(0, 6000), (1, 3999)]).await, Code::ConsortiumSharesNotWhole));
        let mut unknown = proposal(&fair, &[(0, 6000), (1, 4000)]);
        unknown.members[0].credit_code = credit_code(77);
        let refused = propose(&market.app, &fair.suppliers[0], unknown).await.unwrap_err();
        let Error::Refused(refusals) = refused else { panic!("{refused}") };
        assert_eq!((refusals[0].code, refusals[0].path.join(".")), (Code::ConsortiumMemberUnknown, "members.0.creditCode".to_owned()));
        let mut mistyped = proposal(&fair, &[(0, 6000), (1, 4000)]);
        mistyped.members[0].credit_code = "91350100".to_owned();
        assert!(is_refused(propose(&market.app, &fair.suppliers[0], mistyped).await, Code::CreditCodeInvalid));
        assert!(matches!(propose(&market.app, &fair.officer, proposal(&fair, &[(0, 6000), (1, 4000)])).await, Err(Error::Forbidden)));
        fair.pass_deadline();
        assert!(is_refused(proposed(&fair, &[(0, 6000), (1, 4000)]).await, Code::ConsortiumLate));
        assert!(read(&fair, &fair.suppliers[0]).await.is_empty(), "nothing of it is kept");
    }

    async fn a_notice_that_takes_no_consortia_gets_none(market: &Market) {
        let fair = Fair::open(market, 2).await;
        assert!(is_refused(proposed(&fair, &[(0, 6000), (1, 4000)]).await, Code::ConsortiumNotTaken));
    }

    async fn of_a_members_agreement_and_its_own_bid_at_one_instant_one_is_refused(market: &Market) {
        let fair = open(market, 3).await;
        let id = proposed(&fair, &[(0, 6000), (1, 4000)]).await.expect("proposes").consortium.id;
        let (agreed, alone) = tokio::join!(does(&fair, 1, id, MemberAct::Agree), bids(&fair, 1, None, None));
        let codes = [agreed.err(), alone.err()];
        let refused = codes.iter().flatten().filter(|error| error.has_code(Code::ConsortiumMemberHasBid) || error.has_code(Code::ConsortiumMemberBidsAlone));
        assert!(refused.count() == 1 && codes.iter().flatten().count() == 1, "{codes:?}");
    }

    async fn of_two_consortia_that_a_member_joins_at_one_instant_one_has_it(market: &Market) {
        let fair = open(market, 3).await;
        let first = proposed(&fair, &[(0, 6000), (1, 4000)]).await.expect("proposes").consortium.id;
        let second = proposed(&fair, &[(2, 6000), (1, 4000)]).await.expect("proposes").consortium.id;
        let (one, other) = tokio::join!(does(&fair, 1, first, MemberAct::Agree), does(&fair, 1, second, MemberAct::Agree));
        let codes = [one.err(), other.err()];
        assert!(codes.iter().flatten().all(|error| error.has_code(Code::ConsortiumMemberTwice)) && codes.iter().flatten().count() == 1, "{codes:?}");
    }

    async fn declared_subcontracts_come_to_light_at_the_opening_with_what_is_wrong_with_them(market: &Market) {
        let fair = open(market, 3).await;
        let app = &market.app;
        let declared = |credit_code: String, share| Subcontract {
            name: "某某安装有限公司".to_owned(),
            credit_code,
            size: Some(EnterpriseSize::Micro),
            share_basis_points: share,
            part: "安装".to_owned(),
        };
        let offer = BidContent {
            price: Money::cny(80_000_000),
            answers: Vec::new(),
            papers: Vec::new(),
            technical: CANARY.to_owned(),
            brand: String::new(),
            subcontracts: vec![declared(credit_code(40), 3000), declared(credit_code(0), 1000)],
            domestic_cost_percent: None,
            green_items: Vec::new(),
        };
        let (sealed, _) = fair.sealed_content(0, &serde_json::to_vec(&offer).expect("JSON")).await;
        let bid = fair.hand_in(0, &sealed, None).await.expect("in").bid.id;
        for supplier in [1, 2] {
            bids(&fair, supplier, None, None).await.expect("in");
        }
        app.clock().advance(TimeDelta::seconds(1));
        fair.pass_deadline();
        run_due(app).await.expect("jobs run");
        for holder in [1, 2] {
            fair.holder_opens(holder).await.expect("opens");
        }
        let view = evaluation(app, &fair.officer, fair.tender.id).await.expect("reads");
        let contender = view.contenders.iter().find(|one| one.bid_id == bid).expect("opened");
        let faults: Vec<_> = contender.subcontracts.iter().map(|one| one.faults.clone()).collect();
        assert_eq!(faults, [vec![], vec![SubcontractFault::Bidder]], "nobody subcontracts to itself");
        assert_eq!(contender.joint_deduction_percent, 4, "财库〔2022〕19号: three tenths to a micro enterprise");
    }

    async fn related_bidders_are_judged_before_anything_else_and_known_to_nobody_before(market: &Market) {
        let fair = open(market, 4).await;
        let app = &market.app;
        let administrator = |supplier: usize| {
            acting(market, UserId(uuid::Uuid::from_u128(900 + supplier as u128)), organization(&fair.suppliers[supplier]), OrganizationKind::Supplier, Role::Administrator)
        };
        let heads = |head_name: &str, above: Option<usize>| Declaration {
            head_name: head_name.to_owned(),
            head_document_end: "0312".to_owned(),
            superiors: above.map(|above| (SuperiorKind::Holds, credit_code(above))).into_iter().collect(),
        };
        assert!(matches!(declare(app, &fair.suppliers[0], heads("王芳", None)).await, Err(Error::Forbidden)), "a seller does not state it");
        assert!(matches!(viewer_affiliation(app, &fair.officer).await, Err(Error::Forbidden)));
        declare(app, &administrator(0), heads("王芳", None)).await.expect("states");
        let again = declare(app, &administrator(1), heads("李敏", None)).await.expect("states");
        assert_eq!(again.version, 1);
        assert_eq!(declare(app, &administrator(1), heads("李敏", Some(0))).await.expect("states anew").version, 2);
        let mut bid_ids = Vec::new();
        for supplier in 0..4 {
            bid_ids.push(bids(&fair, supplier, None, None).await.expect("in").bid.id);
            app.clock().advance(TimeDelta::seconds(1));
        }
        assert!(matches!(evaluation(app, &fair.officer, fair.tender.id).await, Err(Error::NotFound)), "nothing before the opening");
        fair.pass_deadline();
        run_due(app).await.expect("jobs run");
        for holder in [1, 2] {
            fair.holder_opens(holder).await.expect("opens");
        }
        let related = evaluation(app, &fair.officer, fair.tender.id).await.expect("reads").related;
        assert_eq!((related.len(), related[0].tie.clone()), (1, Tie::Holds), "政府采购法实施条例第十八条");
        assert_eq!([related[0].first, related[0].second], [bid_ids[0], bid_ids[1]]);
        let papers = || -> Vec<PaperFinding> {
            bid_ids.iter().map(|bid_id| PaperFinding { bid_id: *bid_id, paper: "licence".into(), is_met: true, reason: String::new() }).collect()
        };
        let relation = |is_invalid, reason: &str| Findings {
            papers: papers(),
            relations: vec![RelationFinding { first: bid_ids[0], second: bid_ids[1], is_invalid, reason: reason.to_owned() }],
        };
        let id = fair.tender.id;
        assert!(is_refused(qualify_bidders(app, &fair.officer, id, papers()).await, Code::RelationUnjudged));
        assert!(is_refused(judge_bidders(app, &fair.officer, id, relation(false, " ")).await, Code::Required));
        judge_bidders(app, &fair.officer, id, relation(true, "")).await.expect("judged");
        // Two are left of four: the tender fails, and both are told why.
        assert_eq!(tender(app, &fair.officer, id).await.expect("reads").state.name(), TenderStateName::Failed);
        run_due(app).await.expect("jobs run");
        let (told, _) = loser_notices_of(app, &fair.suppliers[1], id).await.expect("told").remove(0);
        assert_eq!(told.reason, LossReason::Invalid { invalid: Invalid::Related });
        let kept = evaluation(app, &fair.approver, id).await.expect("reads").qualification.expect("on record");
        assert_eq!((kept.related.len(), kept.relations.len()), (1, 1));
    }
}
