//! Bid securities from lodging to return or forfeiture, who may know of them when, and what they count for.

use crate::fair::{Fair, acting, content, loser_notice};
use crate::market::{Market, now};
use crate::on_both_engines;
use crate::opened::user;
use app::contracting::bid_security::{
    SecurityFilter, accept, decide_forfeiture, give_back, lodge, propose_forfeiture, refuse, securities, security, viewer_security,
};
use app::jobs::run_due;
use app::oversight::task::viewer_tasks;
use app::tendering::bid::withdraw;
use app::tendering::evaluation::{evaluation, qualify_bidders};
use app::tendering::tender::cancel;
use app::{Context, Error, Result};
use chrono::{Days, NaiveDate, TimeDelta};
use domain::contracting::bid_security_due::{DueBack, SecurityStanding};
use domain::contracting::bid_security_means::Means;
use domain::contracting::bid_security_state::{ForfeitureGround, ReleaseCause, SecurityState, SecurityStateName};
use domain::identity::organization::OrganizationKind;
use domain::identity::role::Role;
use domain::language::LocalText;
use domain::money::Money;
use domain::oversight::task::TaskKind;
use domain::refusal::Code;
use domain::tendering::qualification::PaperFinding;
use domain::tendering::tender_content::TenderContent;
use sea_orm::{ConnectionTrait as _, Database};

fn asking() -> TenderContent {
    TenderContent { bid_security: Some(Money::cny(2_000_000)), ..content() }
}

fn today() -> NaiveDate {
    now().date_naive()
}

fn transfer() -> Means {
    Means::Transfer { reference: "20261124-1".into(), account_end: "6222020200001234".into(), paid_on: today() }
}

fn exemption() -> Means {
    Means::Exemption { reason: "小微企业".into(), source: "采购公告第六条".into() }
}

async fn fair(market: &Market, suppliers: usize) -> Fair<'_> {
    Fair::of(market, 0, suppliers, |_| asking()).await
}

fn of_buyer(fair: &Fair<'_>, number: u128, role: Role) -> Context {
    acting(fair.market, user(number), fair.tender.buyer, OrganizationKind::Buyer, role)
}

fn is_refused<T: std::fmt::Debug>(result: Result<T>, code: Code) -> bool {
    result.unwrap_err().has_code(code)
}

async fn listed(fair: &Fair<'_>, ctx: &Context) -> usize {
    securities(&fair.market.app, ctx, &SecurityFilter::default(), None, 100).await.expect("a list").len()
}

async fn opens(fair: &Fair<'_>) {
    fair.pass_deadline();
    run_due(&fair.market.app).await.expect("jobs run");
    for holder in [1, 2] {
        fair.holder_opens(holder).await.expect("a holder opens");
    }
}

on_both_engines! {
    async fn before_the_opening_finance_alone_knows_who_has_lodged_a_security(market: &Market) {
        let fair = fair(market, 3).await;
        let app = &market.app;
        let lodged = lodge(app, &fair.suppliers[0], fair.tender.id, transfer()).await.expect("lodged").security;
        let finance = of_buyer(&fair, 300, Role::Finance);
        assert_eq!(listed(&fair, &finance).await, 1);
        assert!(security(app, &finance, lodged.id).await.is_ok());
        assert!(security(app, &fair.suppliers[0], lodged.id).await.is_ok());
        for ctx in [&fair.officer, &fair.approver, &fair.suppliers[1]] {
            assert_eq!(listed(&fair, ctx).await, 0);
            assert!(matches!(security(app, ctx, lodged.id).await, Err(Error::NotFound)));
        }
        let mut both = of_buyer(&fair, 301, Role::Finance);
        if let domain::identity::actor::Actor::Person(person) = &mut both.actor {
            person.roles.push(Role::Officer);
        }
        assert_eq!(listed(&fair, &both).await, 0, "finance that has a hand in the purchase");
        assert!(matches!(accept(app, &both, lodged.id, Some(today())).await, Err(Error::NotFound)));
        assert!(matches!(accept(app, &fair.officer, lodged.id, Some(today())).await, Err(Error::NotFound)));
        let kinds = |tasks: Vec<domain::oversight::task::Task>| tasks.into_iter().map(|task| task.kind).collect::<Vec<_>>();
        assert_eq!(kinds(viewer_tasks(app, &finance).await.expect("tasks")), [TaskKind::DecideSecurity]);
        assert!(!kinds(viewer_tasks(app, &fair.approver).await.expect("tasks")).contains(&TaskKind::DecideSecurity));
        fair.all_bid().await;
        opens(&fair).await;
        assert_eq!(listed(&fair, &fair.officer).await, 1, "once bids are open it is no secret");
    }

    async fn a_supplier_has_one_security_that_stands_and_none_where_none_is_asked(market: &Market) {
        let fair = fair(market, 3).await;
        let (app, id) = (&market.app, fair.tender.id);
        let first = lodge(app, &fair.suppliers[0], id, transfer()).await.expect("lodged").security;
        assert!(is_refused(lodge(app, &fair.suppliers[0], id, exemption()).await, Code::SecurityLodgedAlready));
        let finance = of_buyer(&fair, 300, Role::Finance);
        refuse(app, &finance, first.id, "未到账".into(), None).await.expect("refused");
        let second = lodge(app, &fair.suppliers[0], id, exemption()).await.expect("lodged anew").security;
        assert_eq!(viewer_security(app, &fair.suppliers[0], id).await.expect("the newest").security.id, second.id);
        assert!(matches!(viewer_security(app, &fair.suppliers[1], id).await, Err(Error::NotFound)));
        assert!(matches!(lodge(app, &finance, id, transfer()).await, Err(Error::Forbidden)));
        fair.pass_deadline();
        assert!(is_refused(lodge(app, &fair.suppliers[1], id, transfer()).await, Code::DeadlinePassed));
        let plain = Fair::open_as(market, 1, 1).await;
        assert!(is_refused(lodge(app, &plain.suppliers[0], plain.tender.id, transfer()).await, Code::SecurityNotAsked));
    }

    async fn two_securities_lodged_at_once_leave_one(market: &Market) {
        let fair = fair(market, 1).await;
        let (app, ctx, id) = (&market.app, &fair.suppliers[0], fair.tender.id);
        let (first, second) = tokio::join!(lodge(app, ctx, id, transfer()), lodge(app, ctx, id, exemption()));
        assert_eq!(usize::from(first.is_ok()) + usize::from(second.is_ok()), 1);
        assert_eq!(listed(&fair, ctx).await, 1);
    }

    async fn a_bid_without_a_good_security_is_invalid_and_finance_decides_first(market: &Market) {
        let fair = fair(market, 5).await;
        let (app, id) = (&market.app, fair.tender.id);
        let finance = of_buyer(&fair, 300, Role::Finance);
        let mut lodged = Vec::new();
        for supplier in 0..4 {
            let means = if supplier == 1 { exemption() } else { transfer() };
            lodged.push(lodge(app, &fair.suppliers[supplier], id, means).await.expect("lodged").security.id);
        }
        let bids = fair.all_bid().await;
        accept(app, &finance, lodged[0], Some(today())).await.expect("accepted");
        accept(app, &finance, lodged[1], None).await.expect("exempt");
        assert!(is_refused(accept(app, &finance, lodged[2], None).await, Code::Required));
        accept(app, &finance, lodged[2], Some(today())).await.expect("accepted");
        opens(&fair).await;
        let finding = |(bid_id, _): &(domain::ident::BidId, String)| PaperFinding { bid_id: *bid_id, paper: "licence".into(), is_met: true, reason: String::new() };
        let findings: Vec<PaperFinding> = bids.iter().map(finding).collect();
        let standings = |view: app::tendering::evaluation::EvaluationView| view.contenders.into_iter().map(|one| one.security).collect::<Vec<_>>();
        let told = standings(evaluation(app, &fair.officer, id).await.expect("the officer reads"));
        assert_eq!(told, [SecurityStanding::Good, SecurityStanding::Exempt, SecurityStanding::Good, SecurityStanding::Undecided, SecurityStanding::Missing].map(Some));
        assert!(is_refused(qualify_bidders(app, &fair.officer, id, findings.clone()).await, Code::SecuritiesUndecided));
        // Credited on the day after the deadline.
        let late = fair.tender.content.deadline_at.expect("a deadline").date_naive() + Days::new(1);
        market.app.clock().advance(TimeDelta::days(2));
        accept(app, &finance, lodged[3], Some(late)).await.expect("accepted, but late");
        qualify_bidders(app, &fair.officer, id, findings).await.expect("judged");
        let view = evaluation(app, &fair.officer, id).await.expect("the officer reads");
        let kept = view.contenders.iter().filter(|one| one.security.is_some_and(SecurityStanding::is_valid)).count();
        assert_eq!((kept, view.contenders[3].security), (3, Some(SecurityStanding::Late)));
        assert_eq!(view.stage.expect("judged").name(), "qualified", "three are left");
    }

    async fn too_few_with_a_security_make_the_tender_fail_and_each_gets_its_own_back(market: &Market) {
        let fair = fair(market, 3).await;
        let (app, id) = (&market.app, fair.tender.id);
        let finance = of_buyer(&fair, 300, Role::Finance);
        for supplier in 0..2 {
            let lodged = lodge(app, &fair.suppliers[supplier], id, transfer()).await.expect("lodged").security;
            accept(app, &finance, lodged.id, Some(today())).await.expect("accepted");
        }
        let bids = fair.all_bid().await;
        opens(&fair).await;
        let finding = |(bid_id, _): &(domain::ident::BidId, String)| PaperFinding { bid_id: *bid_id, paper: "licence".into(), is_met: true, reason: String::new() };
        qualify_bidders(app, &fair.officer, id, bids.iter().map(finding).collect()).await.expect("judged");
        run_due(app).await.expect("jobs run");
        let told = loser_notice(app, &fair.suppliers[2], id).await.expect("told").0.reason.words();
        assert!(told.zh.contains("保证金"), "{}", told.zh);
        let filter = SecurityFilter { due_back: true, ..SecurityFilter::default() };
        let due = securities(app, &finance, &filter, None, 100).await.expect("a list");
        assert_eq!(due.len(), 2);
        for view in due {
            let SecurityState::Released { release, .. } = &view.security.state else { panic!("{:?}", view.security.state) };
            assert_eq!(release.cause, ReleaseCause::TenderEnded);
            // The deadline is 17 December, a Thursday: five working days later it is the next Thursday.
            assert_eq!(view.due, Some(DueBack::On(NaiveDate::from_ymd_opt(2026, 12, 24).expect("a day"))));
            give_back(app, &finance, view.security.id, "退款-1".into()).await.expect("returned");
            assert!(is_refused(give_back(app, &finance, view.security.id, "退款-2".into()).await, Code::WrongState));
        }
        assert!(securities(app, &finance, &filter, None, 100).await.expect("a list").is_empty());
    }

    async fn a_withdrawn_bid_makes_its_security_due_back_until_its_supplier_bids_again(market: &Market) {
        let fair = fair(market, 1).await;
        let (app, id) = (&market.app, fair.tender.id);
        let finance = of_buyer(&fair, 300, Role::Finance);
        let lodged = lodge(app, &fair.suppliers[0], id, transfer()).await.expect("lodged").security;
        accept(app, &finance, lodged.id, Some(today())).await.expect("accepted");
        let (bid, _) = fair.all_bid().await.remove(0);
        let state = || async {
            run_due(app).await.expect("jobs run");
            security(app, &finance, lodged.id).await.expect("finance reads").security.state.name()
        };
        assert_eq!(state().await, SecurityStateName::Held);
        assert!(is_refused(give_back(app, &finance, lodged.id, "退款".into()).await, Code::SecurityNotDue));
        withdraw(app, &fair.suppliers[0], bid).await.expect("withdrawn");
        assert_eq!(state().await, SecurityStateName::Released);
        let (sealed, _) = fair.sealed(0, 79_000_000).await;
        fair.hand_in(0, &sealed, None).await.expect("bids again");
        assert_eq!(state().await, SecurityStateName::Held);
        cancel(app, &fair.officer, id, LocalText::new("取消采购任务", "")).await.expect("called off");
        assert_eq!(state().await, SecurityStateName::Released);
        assert_eq!(listed(&fair, &fair.officer).await, 0, "who would have bid may bid again");
    }

    async fn a_security_is_forfeited_by_two_persons_and_never_returned_as_well(market: &Market) {
        let fair = fair(market, 3).await;
        let (app, id) = (&market.app, fair.tender.id);
        let finance = of_buyer(&fair, 300, Role::Finance);
        let lodged = lodge(app, &fair.suppliers[0], id, transfer()).await.expect("lodged").security.id;
        accept(app, &finance, lodged, Some(today())).await.expect("accepted");
        let propose = |ctx: Context| async move { propose_forfeiture(app, &ctx, lodged, ForfeitureGround::Collusion, "账户相同".into()).await };
        assert!(is_refused(propose(finance.clone()).await, Code::WrongState), "it would tell an approver who has lodged");
        fair.all_bid().await;
        opens(&fair).await;
        assert!(matches!(propose(fair.suppliers[0].clone()).await, Err(Error::Forbidden)));
        propose(fair.officer.clone()).await.expect("proposed");
        let kinds = |tasks: Vec<domain::oversight::task::Task>| tasks.into_iter().map(|task| task.kind).collect::<Vec<_>>();
        assert!(kinds(viewer_tasks(app, &fair.approver).await.expect("tasks")).contains(&TaskKind::DecideForfeiture));
        assert!(matches!(decide_forfeiture(app, &finance, lodged, true).await, Err(Error::Forbidden)));
        decide_forfeiture(app, &fair.approver, lodged, false).await.expect("rejected");
        assert_eq!(security(app, &finance, lodged).await.expect("read").security.state.name(), SecurityStateName::Held);
        propose(fair.officer.clone()).await.expect("proposed again");
        let mut proposer = fair.officer.clone();
        if let domain::identity::actor::Actor::Person(person) = &mut proposer.actor {
            person.roles = vec![Role::Approver];
        }
        assert!(is_refused(decide_forfeiture(app, &proposer, lodged, true).await, Code::SamePerson));
        decide_forfeiture(app, &fair.approver, lodged, true).await.expect("forfeited");
        assert!(is_refused(give_back(app, &finance, lodged, "退款".into()).await, Code::WrongState));
        assert!(is_refused(decide_forfeiture(app, &fair.approver, lodged, true).await, Code::WrongState));
    }

    async fn what_arrived_of_a_refused_transfer_goes_back(market: &Market) {
        let fair = fair(market, 1).await;
        let app = &market.app;
        let finance = of_buyer(&fair, 300, Role::Finance);
        let lodged = lodge(app, &fair.suppliers[0], fair.tender.id, transfer()).await.expect("lodged").security.id;
        refuse(app, &finance, lodged, "金额不足".into(), Some(Money::cny(1_000_000))).await.expect("refused");
        let tasks = viewer_tasks(app, &finance).await.expect("tasks");
        assert_eq!(tasks.iter().map(|task| task.kind).collect::<Vec<_>>(), [TaskKind::ReturnSecurity]);
        assert!(tasks[0].due_at.is_some() && tasks[0].rule.as_deref() == Some("政府采购法实施条例第三十三条"));
        let returned = give_back(app, &finance, lodged, "退款-9".into()).await.expect("returned").security;
        assert!(matches!(returned.state, SecurityState::Returned { paid: Some(paid), .. } if paid == Money::cny(1_000_000)));
        assert!(viewer_tasks(app, &finance).await.expect("tasks").is_empty());
    }

    async fn the_database_takes_each_state_of_a_security_and_no_other(market: &Market) {
        let fair = fair(market, 1).await;
        lodge(&market.app, &fair.suppliers[0], fair.tender.id, transfer()).await.expect("lodged");
        let db = Database::connect(market.database_url.as_str()).await.expect("connects");
        for state in SecurityStateName::ALL {
            let set = format!("UPDATE bid_security SET status = '{}'", state.as_str());
            assert!(db.execute_unprepared(&set).await.is_ok(), "{state:?}");
        }
        assert!(db.execute_unprepared("UPDATE bid_security SET status = 'lost'").await.is_err());
    }
}
