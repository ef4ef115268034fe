//! An announced single source: objections, their answers, and the invitation of the sole supplier.

use crate::fair::{Fair, content};
use crate::market::{Market, now};
use crate::on_both_engines;
use app::oversight::file::{read_file, store_file};
use app::oversight::task::viewer_tasks;
use app::oversight::timeline::{EventsWanted, Recorded, events_of};
use app::tendering::bid::sealing_terms;
use app::tendering::objection::{answer, invite_sole_supplier, objection_count, objections, raise, single_source_notice};
use app::tendering::stop::{begin_again, resume, suspend};
use app::tendering::tender::{cancel, tender};
use app::{Context, Error, Result};
use chrono::{DateTime, TimeDelta, Utc};
use domain::ident::OrganizationId;
use domain::language::LocalText;
use domain::money::Money;
use domain::oversight::task::TaskKind;
use domain::refusal::Code;
use domain::tendering::objection::Objection;
use domain::tendering::procedure::Procedure;
use domain::tendering::procedure::choice::ProcedureChoice;
use domain::tendering::procedure::ground::Ground;
use domain::tendering::tender::TenderStateName;
use domain::tendering::tender_content::EvaluationMethod;

/// Until when the notice is on display.
fn until() -> DateTime<Utc> {
    now() + TimeDelta::days(10)
}

/// A single source above the threshold of open tenders, announced; the first supplier is the sole one.
async fn announced(market: &Market, suppliers: usize) -> Fair<'_> {
    Fair::of(market, 0, suppliers, |suppliers| {
        let mut content = content();
        content.budget = Money::cny(900_000_000);
        content.method = EvaluationMethod::LowestPrice;
        content.criteria.clear();
        content.panel_size = 3;
        content.choice = ProcedureChoice {
            procedure: Procedure::SingleSource,
            ground: Some(Ground::OnlySupplier),
            reason: LocalText::new("专利技术，只有一家能供应", ""),
            approval_number: "闽财采〔2026〕18号".to_owned(),
            announced_until: Some(until()),
            sole_supplier: Some(organization(&suppliers[0])),
            invite_count: 0,
        };
        content
    })
    .await
}

fn organization(ctx: &Context) -> OrganizationId {
    ctx.actor.organization().expect("acts for an organization")
}

fn is_refused<T: std::fmt::Debug>(result: Result<T>, code: Code) -> bool {
    result.unwrap_err().has_code(code)
}

async fn objects(fair: &Fair<'_>, supplier: usize) -> Result<Objection> {
    raise(&fair.market.app, &fair.suppliers[supplier], fair.tender.id, format!("第{supplier}家也能供应"), None).await
}

async fn read(fair: &Fair<'_>, ctx: &Context) -> Vec<Objection> {
    objections(&fair.market.app, ctx, fair.tender.id, None, 20).await.expect("reads").page
}

async fn tasks(fair: &Fair<'_>) -> Vec<(TaskKind, Option<DateTime<Utc>>)> {
    let tasks = viewer_tasks(&fair.market.app, &fair.officer).await.expect("tasks");
    tasks.into_iter().map(|task| (task.kind, task.due_at)).collect()
}

async fn told_of(fair: &Fair<'_>, ctx: &Context, subject: uuid::Uuid) -> Vec<Recorded> {
    let wanted = EventsWanted { subject, names: Vec::new(), after: None };
    events_of(&fair.market.app, ctx, &wanted, 100).await.expect("events")
}

on_both_engines! {
    async fn the_sole_supplier_is_asked_only_after_the_notice_and_the_answers(market: &Market) {
        let fair = announced(market, 3).await;
        let (app, id) = (&market.app, fair.tender.id);
        assert_eq!(fair.tender.state.name(), TenderStateName::Announced, "政府采购法实施条例第三十八条");
        assert!(tasks(&fair).await.is_empty(), "while the notice is on display the officer waits");
        let objection = objects(&fair, 1).await.expect("objects");
        assert!(is_refused(objects(&fair, 1).await, Code::ObjectedAlready));
        assert!(is_refused(objects(&fair, 0).await, Code::SoleSupplierObjects));
        assert!(matches!(raise(app, &fair.officer, id, "异议".to_owned(), None).await, Err(Error::Forbidden)));
        assert!(is_refused(invite_sole_supplier(app, &fair.officer, id, None).await, Code::AnnouncementRuns));
        app.clock().set(until() + TimeDelta::seconds(1));
        assert!(is_refused(objects(&fair, 2).await, Code::AnnouncementOver), "财政部令第74号第三十九条");
        assert!(is_refused(invite_sole_supplier(app, &fair.officer, id, None).await, Code::ObjectionsUnanswered));
        let (kind, due_at) = tasks(&fair).await[0];
        assert_eq!(kind, TaskKind::AnswerObjections);
        assert!(due_at.is_some_and(|due| due > until() + TimeDelta::days(5)), "five working days are at least five days: {due_at:?}");

        answer(app, &fair.officer, objection.id, false, "论证认为异议不成立".to_owned()).await.expect("answers");
        assert!(is_refused(answer(app, &fair.officer, objection.id, true, "改口".to_owned()).await, Code::Conflict));
        assert_eq!(tasks(&fair).await[0].0, TaskKind::InviteSoleSupplier);
        assert!(matches!(invite_sole_supplier(app, &fair.approver, id, None).await, Err(Error::Forbidden)));
        let later = fair.tender.content.deadline_at.expect("a deadline") + TimeDelta::days(3);
        let invited = invite_sole_supplier(app, &fair.officer, id, Some(later)).await.expect("invites");
        assert_eq!((invited.state.name(), invited.content.deadline_at), (TenderStateName::Published, Some(later)));
        assert!(sealing_terms(app, &fair.suppliers[0], id, None).await.is_ok());
        assert!(is_refused(sealing_terms(app, &fair.suppliers[2], id, None).await, Code::NotInvited));
        assert!(is_refused(invite_sole_supplier(app, &fair.officer, id, None).await, Code::WrongState));
    }

    async fn an_objection_that_holds_ends_the_single_source(market: &Market) {
        let fair = announced(market, 3).await;
        let (app, id) = (&market.app, fair.tender.id);
        let [first, second] = [objects(&fair, 1).await.expect("objects"), objects(&fair, 2).await.expect("objects")];
        answer(app, &fair.officer, first.id, true, "论证认为异议成立".to_owned()).await.expect("upholds");
        app.clock().set(until() + TimeDelta::seconds(1));
        assert!(is_refused(invite_sole_supplier(app, &fair.officer, id, None).await, Code::ObjectionUpheld), "财政部令第74号第四十条");
        answer(app, &fair.officer, second.id, false, "论证认为异议不成立".to_owned()).await.expect("answers the other all the same");
        assert!(is_refused(invite_sole_supplier(app, &fair.officer, id, None).await, Code::ObjectionUpheld));
        assert_eq!(tasks(&fair).await[0].0, TaskKind::LeaveSingleSource);
        assert!(single_source_notice(app, &market.public(), id).await.expect("public").tally.upheld == 1);
        cancel(app, &fair.officer, id, LocalText::new("异议成立，改用其他采购方式", "")).await.expect("calls off");
        let draft = begin_again(app, &fair.officer, id, Procedure::OpenTender).await.expect("begins again");
        assert_eq!((draft.follows, draft.procedure()), (Some(id), Procedure::OpenTender));
        assert!(is_refused(objects(&fair, 0).await, Code::WrongState));
    }

    async fn an_objection_is_the_buyers_and_the_objectors_until_its_answer_is_everybodys(market: &Market) {
        let fair = announced(market, 3).await;
        let (app, id) = (&market.app, fair.tender.id);
        let pdf = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n".to_vec();
        let file = store_file(app, &fair.suppliers[1], "evidence.pdf", pdf).await.expect("kept").id;
        let others = raise(app, &fair.suppliers[2], id, "异议".to_owned(), Some(file)).await;
        assert!(is_refused(others, Code::NotFound), "another's file is not there");
        let objection = raise(app, &fair.suppliers[1], id, "我公司也能供应".to_owned(), Some(file)).await.expect("objects");
        for (ctx, sees) in [(&fair.officer, 1), (&fair.approver, 1), (&fair.suppliers[1], 1), (&fair.suppliers[0], 0), (&market.public(), 0)] {
            assert_eq!(read(&fair, ctx).await.len(), sees);
            assert_eq!(objection_count(app, ctx, id).await.expect("counts"), sees as u64);
        }
        assert!(read_file(app, &fair.officer, file).await.is_ok());
        assert!(matches!(read_file(app, &fair.suppliers[0], file).await, Err(Error::NotFound)));
        let reasons = || "理由".to_owned();
        assert!(matches!(answer(app, &fair.suppliers[2], objection.id, false, reasons()).await, Err(Error::NotFound)));
        assert!(matches!(answer(app, &fair.suppliers[1], objection.id, false, reasons()).await, Err(Error::Forbidden)));
        assert!(matches!(answer(app, &fair.approver, objection.id, false, reasons()).await, Err(Error::Forbidden)));

        answer(app, &fair.officer, objection.id, false, reasons()).await.expect("answers");
        assert_eq!(read(&fair, &market.public()).await.len(), 1);
        assert!(matches!(read_file(app, &market.public(), file).await, Err(Error::NotFound)), "the evidence stays the buyer's");
        let public = told_of(&fair, &market.public(), id.0).await;
        let objector = organization(&fair.suppliers[1]).0.to_string();
        let answered = public.iter().find(|event| event.name == "objection.answered").expect("on the tender's timeline");
        assert!(!serde_json::to_string(&answered.content).expect("JSON").contains(&objector) && !answered.parties.iter().any(|party| party.to_string() == objector));
        let own = told_of(&fair, &fair.suppliers[1], objection.id.0).await;
        assert!(own.iter().any(|event| event.name == "objection.decided"), "the objector is told");
        assert!(told_of(&fair, &fair.suppliers[0], objection.id.0).await.is_empty());
    }

    async fn a_stop_leaves_the_time_for_objections_that_was_left(market: &Market) {
        let fair = announced(market, 2).await;
        let (app, id) = (&market.app, fair.tender.id);
        app.clock().set(until() - TimeDelta::days(1));
        suspend(app, &fair.officer, id, LocalText::new("核实情况", "")).await.expect("stops");
        assert!(is_refused(objects(&fair, 1).await, Code::WrongState));
        app.clock().set(until() + TimeDelta::days(2));
        resume(app, &fair.officer, id).await.expect("goes on");
        let moved = tender(app, &fair.officer, id).await.expect("reads").content.choice.announced_until;
        assert_eq!(moved, Some(until() + TimeDelta::days(3)));
        objects(&fair, 1).await.expect("objects in the time that was left");
    }

    async fn two_objections_of_one_supplier_at_one_instant_are_one(market: &Market) {
        let fair = announced(market, 2).await;
        let (first, second) = tokio::join!(objects(&fair, 1), objects(&fair, 1));
        let refused = [first, second].into_iter().filter(|result| result.as_ref().is_err_and(|error| error.has_code(Code::ObjectedAlready))).count();
        assert_eq!(refused, 1);
        assert_eq!(read(&fair, &fair.officer).await.len(), 1);
    }

    async fn what_is_not_announced_has_no_notice_and_takes_no_objection(market: &Market) {
        let fair = Fair::open(market, 2).await;
        assert!(matches!(single_source_notice(&market.app, &fair.officer, fair.tender.id).await, Err(Error::NotFound)));
        assert!(is_refused(objects(&fair, 1).await, Code::WrongState));
        assert!(is_refused(invite_sole_supplier(&market.app, &fair.officer, fair.tender.id, None).await, Code::WrongState));
    }
}
