//! Registrations for documents: one a supplier, told of news, hidden until bids are open.

use crate::fair::{Fair, content};
use crate::market::Market;
use crate::on_both_engines;
use app::jobs::run_due;
use app::oversight::task::viewer_tasks;
use app::tendering::clarification::{answer, ask};
use app::tendering::document_registration::{read_documents, register, registrations, viewer_registration, viewer_registrations};
use app::tendering::tender::{Change, amend, tender};
use app::{Context, Error};
use domain::language::LocalText;
use domain::oversight::task::TaskKind;
use domain::refusal::Code;

async fn is_told(fair: &Fair<'_>, ctx: &Context) -> bool {
    viewer_tasks(&fair.market.app, ctx).await.expect("tasks").iter().any(|task| task.kind == TaskKind::ReadChanges)
}

on_both_engines! {
    async fn a_supplier_registers_once_and_finds_changes_and_answers_on_its_desk(market: &Market) {
        let fair = Fair::open(market, 2).await;
        let (app, id) = (&market.app, fair.tender.id);
        let (one, other) = (&fair.suppliers[0], &fair.suppliers[1]);
        register(app, one, id).await.expect("registered");
        assert!(register(app, one, id).await.unwrap_err().has_code(Code::RegisteredAlready));
        assert!(matches!(register(app, &fair.officer, id).await, Err(Error::Forbidden)));
        assert!(!is_told(&fair, one).await);
        market.app.clock().advance(chrono::TimeDelta::hours(1));
        let question = ask(app, other, id, "是否接受同类产品？".into()).await.expect("asked");
        assert!(!is_told(&fair, one).await, "what is not answered is no news");
        answer(app, &fair.officer, question.id, "接受。".into()).await.expect("answered");
        assert!(is_told(&fair, one).await && !is_told(&fair, other).await);
        assert!(viewer_registration(app, one, id).await.expect("its own").has_news);
        read_documents(app, one, id).await.expect("read");
        assert!(!is_told(&fair, one).await);
        let mut changed = content();
        changed.requirements[0].text = LocalText::new("阻燃，质保三年", "");
        let version = tender(app, &fair.officer, id).await.expect("read").version;
        let change = Change { content: changed, reason: LocalText::new("延长质保", "") };
        amend(app, &fair.officer, (id, version), change).await.expect("changed");
        assert!(is_told(&fair, one).await);
        assert_eq!(viewer_registrations(app, one, None, 10).await.expect("its list").len(), 1);
        assert!(viewer_registrations(app, other, None, 10).await.expect("its list").is_empty());
    }

    async fn nobody_learns_who_has_registered_or_how_many_before_bids_are_open(market: &Market) {
        let fair = Fair::open(market, 3).await;
        let (app, id) = (&market.app, fair.tender.id);
        register(app, &fair.suppliers[0], id).await.expect("registered");
        assert!(matches!(viewer_registration(app, &fair.suppliers[1], id).await, Err(Error::NotFound)));
        fair.all_bid().await;
        let people = [&fair.officer, &fair.approver, &fair.holders[2].0];
        for ctx in people {
            assert!(matches!(registrations(app, ctx, id, None, 10).await, Err(Error::NotFound)));
        }
        fair.pass_deadline();
        run_due(app).await.expect("jobs run");
        assert!(matches!(registrations(app, &fair.officer, id, None, 10).await, Err(Error::NotFound)), "past the deadline bids are not open yet");
        for holder in [1, 2] {
            fair.holder_opens(holder).await.expect("a holder opens");
        }
        for ctx in people {
            assert_eq!(registrations(app, ctx, id, None, 10).await.expect("told").len(), 1);
        }
        assert!(matches!(registrations(app, &fair.suppliers[1], id, None, 10).await, Err(Error::NotFound)));
    }

    async fn two_registrations_at_once_leave_one(market: &Market) {
        let fair = Fair::open(market, 1).await;
        let (app, ctx, id) = (&market.app, &fair.suppliers[0], fair.tender.id);
        let (first, second) = tokio::join!(register(app, ctx, id), register(app, ctx, id));
        assert_eq!(usize::from(first.is_ok()) + usize::from(second.is_ok()), 1);
        assert_eq!(viewer_registrations(app, ctx, None, 10).await.expect("its list").len(), 1);
    }
}
