//! An invited tender from its prequalification to its opening: who may know of applications, who is drawn, who may bid.

use crate::fair::{Fair, content};
use crate::market::{Market, now};
use crate::on_both_engines;
use app::jobs::run_due;
use app::oversight::file::{files, store_file};
use app::oversight::task::viewer_tasks;
use app::tendering::application::{
    apply, invite, judge_applications, prequalification, viewer_application, withdraw_application,
};
use app::tendering::bid::sealing_terms;
use app::tendering::stop::{resume, suspend};
use app::tendering::tender::tender;
use app::{Context, Error, Result};
use chrono::{DateTime, TimeDelta, Utc};
use domain::ident::{FileId, OrganizationId};
use domain::language::LocalText;
use domain::oversight::task::TaskKind;
use domain::refusal::Code;
use domain::tendering::application::{Application, ApplicationFinding, ApplicationState, ShownPaper};
use domain::tendering::draw::{Candidate, draw};
use domain::tendering::procedure::Procedure;
use domain::tendering::procedure::choice::ProcedureChoice;
use domain::tendering::procedure::ground::Ground;
use domain::tendering::tender::TenderStateName;
use domain::tendering::tender_content::TenderContent;

fn until() -> DateTime<Utc> {
    now() + TimeDelta::days(8)
}

fn invited_content() -> TenderContent {
    let mut content = content();
    content.choice = ProcedureChoice {
        procedure: Procedure::InvitedTender,
        ground: Some(Ground::FewSuppliers),
        reason: LocalText::new("只有少数供应商具备生产许可", "Few suppliers hold the permit"),
        announced_until: Some(until()),
        invite_count: 3,
        ..ProcedureChoice::default()
    };
    content.deadline_at = Some(now() + TimeDelta::days(32));
    content
}

fn organization(ctx: &Context) -> OrganizationId {
    ctx.actor.organization().expect("acts for an organization")
}

fn is_refused<T: std::fmt::Debug>(result: Result<T>, code: Code) -> bool {
    result.unwrap_err().has_code(code)
}

fn shown(note: &str, file: Option<FileId>) -> Vec<ShownPaper> {
    vec![ShownPaper { key: "licence".into(), note: note.into(), file }]
}

async fn applies(fair: &Fair<'_>, supplier: usize) -> Application {
    let note = format!("第{supplier}家的营业执照");
    let made = apply(&fair.market.app, &fair.suppliers[supplier], fair.tender.id, shown(&note, None), None).await.expect("applies");
    fair.market.app.clock().advance(TimeDelta::seconds(1));
    made
}

fn findings(applications: &[Application], is_met: impl Fn(usize) -> bool) -> Vec<ApplicationFinding> {
    let finding = |(place, one): (usize, &Application)| ApplicationFinding {
        application: one.id,
        paper: "licence".into(),
        is_met: is_met(place),
        reason: if is_met(place) { String::new() } else { "营业执照已过期".into() },
    };
    applications.iter().enumerate().map(finding).collect()
}

async fn kinds(fair: &Fair<'_>, ctx: &Context) -> Vec<TaskKind> {
    viewer_tasks(&fair.market.app, ctx).await.expect("tasks").iter().map(|task| task.kind).collect()
}

async fn state(fair: &Fair<'_>) -> TenderStateName {
    tender(&fair.market.app, &fair.officer, fair.tender.id).await.expect("the officer reads it").state.name()
}

async fn pdf(fair: &Fair<'_>, supplier: usize) -> FileId {
    let bytes = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n".to_vec();
    store_file(&fair.market.app, &fair.suppliers[supplier], "licence.pdf", bytes).await.expect("kept").id
}

on_both_engines! {
    async fn of_four_that_qualify_three_are_drawn_and_bid_and_the_fourth_may_not(market: &Market) {
        let fair = Fair::of(market, 0, 5, |_| invited_content()).await;
        let (app, id) = (&market.app, fair.tender.id);
        assert_eq!(state(&fair).await, TenderStateName::Announced);
        let promised = prequalification(app, &market.public(), id).await.expect("everybody reads what is promised").draw.commitment();
        let mut early = Vec::new();
        for supplier in 0..4 {
            early.push(fair.sealed(supplier, 80_000_000).await.0);
        }
        assert!(is_refused(fair.hand_in(0, &early[0], None).await, Code::WrongState), "nobody bids before the invitation");
        let mut applications = Vec::new();
        for supplier in 0..5 {
            applications.push(applies(&fair, supplier).await);
        }
        // Hidden from each other, and from the buyer until the time is over: number and names.
        let seen = prequalification(app, &fair.officer, id).await.expect("reads");
        assert!(seen.applications.is_none() && !seen.reads_draw);
        assert!(is_refused(judge_applications(app, &fair.officer, id, findings(&applications, |_| true)).await, Code::AnnouncementRuns));
        assert!(is_refused(invite(app, &fair.officer, id, None).await, Code::AnnouncementRuns));
        assert_eq!(kinds(&fair, &fair.officer).await, []);

        app.clock().set(until() + TimeDelta::seconds(1));
        assert!(is_refused(apply(app, &fair.suppliers[4], id, shown("迟到", None), Some(applications[4].id)).await, Code::AnnouncementOver));
        let seen = prequalification(app, &fair.officer, id).await.expect("reads");
        assert_eq!(seen.applications.expect("told").iter().map(|one| one.id).collect::<Vec<_>>(), applications.iter().map(|one| one.id).collect::<Vec<_>>());
        assert!(prequalification(app, &fair.suppliers[0], id).await.expect("reads").applications.is_none());
        assert_eq!(kinds(&fair, &fair.officer).await, [TaskKind::JudgeApplications]);
        assert!(is_refused(invite(app, &fair.officer, id, None).await, Code::ApplicationsUnjudged));
        assert!(matches!(judge_applications(app, &fair.approver, id, Vec::new()).await, Err(Error::Forbidden)));
        judge_applications(app, &fair.officer, id, findings(&applications, |place| place != 4)).await.expect("judged");
        assert!(judge_applications(app, &fair.officer, id, Vec::new()).await.unwrap_err().has_code(Code::Conflict));
        let refused = viewer_application(app, &fair.suppliers[4], id).await.expect("its own");
        assert_eq!(refused.state.verdict().expect("told").findings[0].reason, "营业执照已过期");
        assert_eq!(kinds(&fair, &fair.officer).await, [TaskKind::InviteSuppliers]);

        let invited = invite(app, &fair.officer, id, None).await.expect("invited");
        assert_eq!((invited.state.name(), invited.invited.len()), (TenderStateName::Published, 3), "政府采购法第三十四条");
        assert!(is_refused(invite(app, &fair.officer, id, None).await, Code::WrongState));
        // The draw is the one that anybody computes from the promised seed.
        let seen = prequalification(app, &fair.officer, id).await.expect("reads");
        let drawn = seen.draw.drawn.as_ref().expect("drawn").0.clone();
        let candidates: Vec<Candidate> = applications[..4].iter().map(Application::candidate).collect();
        assert_eq!((seen.draw.commitment(), &drawn), (promised, &draw(&seen.draw.seed, &candidates, 3)));
        // Each learns its own result and no other's.
        let mut left_out = None;
        for supplier in 0..4 {
            let own = viewer_application(app, &fair.suppliers[supplier], id).await.expect("its own");
            let is_drawn = invited.invited.contains(&organization(&fair.suppliers[supplier]));
            assert_eq!(matches!(own.state, ApplicationState::Invited { .. }), is_drawn);
            assert_eq!(kinds(&fair, &fair.suppliers[supplier]).await, if is_drawn { vec![TaskKind::BidAsInvited] } else { Vec::new() });
            if !is_drawn {
                left_out = Some(supplier);
            }
            assert!(!prequalification(app, &fair.suppliers[supplier], id).await.expect("reads").reads_draw, "bidders are hidden from each other");
        }
        let left_out = left_out.expect("one of four is not drawn");
        assert!(is_refused(sealing_terms(app, &fair.suppliers[left_out], id, None).await, Code::NotInvited));
        assert!(is_refused(sealing_terms(app, &fair.suppliers[4], id, None).await, Code::NotInvited));
        assert!(is_refused(fair.hand_in(left_out, &early[left_out], None).await, Code::NotInvited));
        for supplier in (0..4).filter(|supplier| *supplier != left_out) {
            let (sealed, _) = fair.sealed(supplier, 80_000_000).await;
            fair.hand_in(supplier, &sealed, None).await.expect("a bid");
            assert_eq!(kinds(&fair, &fair.suppliers[supplier]).await, []);
        }

        fair.pass_deadline();
        run_due(app).await.expect("jobs run");
        assert!(!prequalification(app, &market.public(), id).await.expect("reads").reads_draw);
        for holder in [1, 2] {
            fair.holder_opens(holder).await.expect("a holder opens");
        }
        assert_eq!(state(&fair).await, TenderStateName::Opened);
        let told = prequalification(app, &market.public(), id).await.expect("reads");
        assert!(told.reads_draw && told.applications.is_none(), "the draw is public after the opening, the papers are not");
    }

    async fn a_supplier_replaces_and_withdraws_while_others_and_the_buyer_know_nothing(market: &Market) {
        let fair = Fair::of(market, 0, 2, |_| invited_content()).await;
        let (app, id) = (&market.app, fair.tender.id);
        let (first, second) = (pdf(&fair, 0).await, pdf(&fair, 0).await);
        let foreign = pdf(&fair, 1).await;
        assert!(is_refused(apply(app, &fair.suppliers[0], id, shown("", Some(foreign)), None).await, Code::NotFound));
        assert!(is_refused(apply(app, &fair.suppliers[0], id, shown("", None), None).await, Code::Required));
        assert!(matches!(apply(app, &fair.officer, id, shown("有", None), None).await, Err(Error::Forbidden)));
        let made = apply(app, &fair.suppliers[0], id, shown("", Some(first)), None).await.expect("applies");
        assert!(is_refused(apply(app, &fair.suppliers[0], id, shown("再来一份", None), None).await, Code::AppliedAlready));
        let replaced = apply(app, &fair.suppliers[0], id, shown("", Some(second)), Some(made.id)).await.expect("replaces");
        assert_eq!((replaced.id, replaced.version), (made.id, made.version + 1));
        assert!(matches!(withdraw_application(app, &fair.suppliers[1], made.id).await, Err(Error::NotFound)));
        assert!(matches!(viewer_application(app, &fair.suppliers[1], id).await, Err(Error::NotFound)));
        assert!(files(app, &fair.officer, &[second]).await.expect("asked").is_empty(), "private until the time is over");
        let gone = withdraw_application(app, &fair.suppliers[0], made.id).await.expect("withdrawn");
        assert!(is_refused(withdraw_application(app, &fair.suppliers[0], gone.id).await, Code::Conflict));
        let again = apply(app, &fair.suppliers[0], id, shown("", Some(second)), None).await.expect("applies again");
        assert_eq!(again.id, made.id);

        app.clock().set(until() + TimeDelta::seconds(1));
        let read = |ctx: Context| async move { files(app, &ctx, &[first, second]).await.expect("asked").iter().map(|file| file.id).collect::<Vec<_>>() };
        assert_eq!(read(fair.officer.clone()).await, [second], "a paper that was replaced is not the buyer's to read");
        assert!(read(fair.suppliers[1].clone()).await.is_empty());
        assert_eq!(read(fair.suppliers[0].clone()).await.len(), 2);
    }

    async fn fewer_that_qualify_than_the_law_lets_be_invited_end_the_tender(market: &Market) {
        let fair = Fair::of(market, 0, 3, |_| invited_content()).await;
        let (app, id) = (&market.app, fair.tender.id);
        let mut applications = Vec::new();
        for supplier in 0..3 {
            applications.push(applies(&fair, supplier).await);
        }
        app.clock().set(until() + TimeDelta::seconds(1));
        let failed = judge_applications(app, &fair.officer, id, findings(&applications, |place| place > 0)).await.expect("judged");
        assert_eq!(failed.state.name(), TenderStateName::Failed, "政府采购法第三十六条");
        let told = viewer_application(app, &fair.suppliers[1], id).await.expect("its own");
        assert!(matches!(told.state, ApplicationState::Qualified { .. }));
        assert!(is_refused(invite(app, &fair.officer, id, None).await, Code::WrongState));
        assert!(!prequalification(app, &market.public(), id).await.expect("reads").reads_draw, "nobody was drawn");
    }

    async fn nobody_that_applies_ends_the_tender_too(market: &Market) {
        let fair = Fair::of(market, 0, 1, |_| invited_content()).await;
        market.app.clock().set(until() + TimeDelta::seconds(1));
        let failed = judge_applications(&market.app, &fair.officer, fair.tender.id, Vec::new()).await.expect("judged");
        assert_eq!(failed.state.name(), TenderStateName::Failed);
    }

    async fn a_stop_keeps_what_was_left_of_the_time_to_apply_and_the_promised_seed(market: &Market) {
        let fair = Fair::of(market, 0, 2, |_| invited_content()).await;
        let (app, id) = (&market.app, fair.tender.id);
        applies(&fair, 0).await;
        let promised = prequalification(app, &market.public(), id).await.expect("reads").draw.commitment();
        let stopped_at = until() - TimeDelta::hours(1);
        app.clock().set(stopped_at);
        suspend(app, &fair.officer, id, LocalText::new("核实资格条件", "")).await.expect("stops");
        app.clock().set(until() + TimeDelta::hours(1));
        assert!(prequalification(app, &fair.officer, id).await.expect("reads").applications.is_none(), "its time is not over");
        assert!(is_refused(apply(app, &fair.suppliers[1], id, shown("有", None), None).await, Code::WrongState));
        resume(app, &fair.officer, id).await.expect("goes on");
        assert_eq!(prequalification(app, &market.public(), id).await.expect("reads").draw.commitment(), promised);
        applies(&fair, 1).await;
    }
}
