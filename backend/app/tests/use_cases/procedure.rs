//! Each procedure from its draft to the confirmed award, and what is peculiar to it.

use crate::fair::{Fair, content, loser_notice, viewer_bid};
use crate::market::{Market, now};
use crate::on_both_engines;
use crate::opened::{EVALUATORS, evaluators, member, user};
use app::jobs::run_due;
use app::oversight::task::viewer_tasks;
use app::oversight::timeline::{EventsWanted, events_of};
use app::tendering::award::{confirm_award, publish_award};
use app::tendering::bid::sealing_terms;
use app::tendering::evaluation::{evaluation, qualify_bidders, save_scores, sign_report, submit_scores};
use app::tendering::negotiation::{begin_scoring, negotiations, record_negotiation, request_final_offers};
use app::tendering::opening::record;
use app::tendering::panel::{appoint_panel, declare_conflict};
use app::tendering::stop::{begin_again, resume, suspend};
use app::tendering::tender::{Change, amend, tender};
use app::{Context, Error, Result};
use chrono::TimeDelta;
use domain::ident::{BidId, OrganizationId};
use domain::language::LocalText;
use domain::money::Money;
use domain::oversight::task::TaskKind;
use domain::refusal::Code;
use domain::tendering::bid::BidState;
use domain::tendering::negotiation::Talk;
use domain::tendering::procedure::Procedure;
use domain::tendering::procedure::choice::ProcedureChoice;
use domain::tendering::procedure::ground::Ground;
use domain::tendering::qualification::PaperFinding;
use domain::tendering::score_sheet::{Judgement, Marks, Score};
use domain::tendering::tender::TenderStateName;
use domain::tendering::tender_content::{CriterionKind, EvaluationMethod, Nature, TenderContent};

/// A content that is bought by this procedure, on this ground.
fn by(procedure: Procedure, ground: Ground) -> TenderContent {
    let mut content = content();
    content.choice = ProcedureChoice {
        procedure,
        ground: Some(ground),
        reason: LocalText::new("符合法定情形的说明", "Why the ground holds"),
        ..ProcedureChoice::default()
    };
    if let [one] = procedure.course().evaluation_methods {
        content.method = *one;
    }
    if content.method == EvaluationMethod::LowestPrice {
        content.criteria.clear();
    }
    content.panel_size = 3;
    content
}

fn organization(ctx: &Context) -> OrganizationId {
    ctx.actor.organization().expect("acts for an organization")
}

fn is_refused<T: std::fmt::Debug>(result: Result<T>, code: Code) -> bool {
    result.unwrap_err().has_code(code)
}

async fn state(fair: &Fair<'_>) -> TenderStateName {
    tender(&fair.market.app, &fair.officer, fair.tender.id).await.expect("the officer reads it").state.name()
}

async fn opens(fair: &Fair<'_>) {
    run_due(&fair.market.app).await.expect("jobs run");
    for holder in [1, 2] {
        fair.holder_opens(holder).await.expect("a holder opens");
    }
}

/// The members of the panel, as many as the documents plan.
fn panel(fair: &Fair<'_>) -> &'static [u128] {
    &EVALUATORS[..fair.tender.content.panel_size as usize]
}

/// From the opening to a whole panel.
pub async fn to_panel(fair: &Fair<'_>, bids: &[(BidId, String)]) {
    let (app, id) = (&fair.market.app, fair.tender.id);
    fair.pass_deadline();
    opens(fair).await;
    let finding = |(bid_id, _): &(BidId, String)| PaperFinding { bid_id: *bid_id, paper: "licence".into(), is_met: true, reason: String::new() };
    qualify_bidders(app, &fair.officer, id, bids.iter().map(finding).collect()).await.expect("qualifies");
    evaluators(fair.market).await;
    let members = panel(fair);
    appoint_panel(app, &fair.officer, id, members.iter().map(|number| user(*number)).collect()).await.expect("a panel");
    for number in members {
        declare_conflict(app, &member(fair.market, *number), id, None).await.expect("declares");
    }
}

/// Every member scores all that is before it alike and signs.
pub async fn to_report(fair: &Fair<'_>) {
    let (app, id) = (&fair.market.app, fair.tender.id);
    for number in panel(fair) {
        let ctx = member(fair.market, *number);
        let view = evaluation(app, &ctx, id).await.expect("a member reads");
        let mut marks = Marks::default();
        for contender in &view.contenders {
            let scored = view.tender.content.criteria.iter().filter(|criterion| criterion.kind != CriterionKind::Price);
            marks.scores.extend(scored.map(|criterion| Score { bid_id: contender.bid_id, criterion: criterion.key.clone(), hundredths: 3_000 }));
            marks.judgements.push(Judgement { bid_id: contender.bid_id, requirement: 0, is_met: true, reason: String::new() });
        }
        save_scores(app, &ctx, id, marks).await.expect("saves");
        submit_scores(app, &ctx, id).await.expect("hands in");
    }
    for number in panel(fair) {
        sign_report(app, &member(fair.market, *number), id, String::new()).await.expect("signs");
    }
}

/// From a whole panel to the award: the approver confirms the first and the officer publishes.
pub async fn to_award(fair: &Fair<'_>) -> BidId {
    to_report(fair).await;
    let (app, id) = (&fair.market.app, fair.tender.id);
    let report = evaluation(app, &fair.officer, id).await.expect("the officer reads").report.expect("a report");
    let first = report.ranked().next().expect("somebody is first").contender.bid_id;
    confirm_award(app, &fair.approver, id, first).await.expect("confirms");
    publish_award(app, &fair.officer, id).await.expect("publishes");
    assert_eq!(state(fair).await, TenderStateName::Awarded);
    first
}

async fn talk_with(fair: &Fair<'_>, supplier: usize) {
    let talk = Talk {
        bidder: organization(&fair.suppliers[supplier]),
        held_at: fair.market.app.clock().now(),
        minutes: format!("与第{supplier}家谈判"),
    };
    record_negotiation(&fair.market.app, &fair.officer, fair.tender.id, talk).await.expect("written down");
}

/// Whether a change while it negotiates is both in a supplier's timeline and on its desk.
async fn is_told_of_change(fair: &Fair<'_>, supplier: usize) -> bool {
    let (app, ctx) = (&fair.market.app, &fair.suppliers[supplier]);
    let wanted = EventsWanted { subject: fair.tender.id.0, names: vec!["tender.amended".into()], after: None };
    let has_event = !events_of(app, ctx, &wanted, 9).await.expect("its timeline").is_empty();
    let has_task = viewer_tasks(app, ctx).await.expect("its desk").iter().any(|task| task.kind == TaskKind::ReadChangedNeeds);
    assert_eq!(has_event, has_task, "the timeline and the desk of supplier {supplier}");
    has_event
}

on_both_engines! {
    async fn an_inquiry_takes_one_price_that_stands_and_the_lowest_wins(market: &Market) {
        let fair = Fair::of(market, 0, 3, |_| by(Procedure::Inquiry, Ground::UniformGoods)).await;
        let (app, id) = (&market.app, fair.tender.id);
        let bids = fair.all_bid().await;
        let (again, _) = fair.sealed(0, 70_000_000).await;
        assert!(is_refused(fair.hand_in(0, &again, Some(bids[0].0)).await, Code::OfferStands), "财政部令第74号第四十六条");
        to_panel(&fair, &bids).await;
        assert!(matches!(record(app, &market.public(), id).await, Err(Error::NotFound)), "prices are not read out");
        assert!(record(app, &fair.officer, id).await.is_ok());
        assert_eq!(state(&fair).await, TenderStateName::InEvaluation);
        assert_eq!(to_award(&fair).await, bids[0].0);
    }

    async fn a_negotiation_ends_with_final_offers_sealed_anew(market: &Market) {
        let fair = Fair::of(market, 0, 4, |_| by(Procedure::CompetitiveNegotiation, Ground::Complex)).await;
        let (app, id) = (&market.app, fair.tender.id);
        let bids = fair.all_bid().await;
        to_panel(&fair, &bids).await;
        assert_eq!(state(&fair).await, TenderStateName::Negotiating);
        let until = app.clock().now() + TimeDelta::days(1);
        for supplier in 0..3 {
            talk_with(&fair, supplier).await;
        }
        assert!(is_refused(request_final_offers(app, &fair.officer, id, until).await, Code::NegotiationMissing));
        talk_with(&fair, 3).await;
        assert_eq!(negotiations(app, &fair.suppliers[1], id).await.expect("its own").len(), 1, "政府采购法第三十八条第四项");
        assert_eq!(negotiations(app, &member(market, EVALUATORS[0]), id).await.expect("the panel").len(), 4);
        assert!(matches!(negotiations(app, &member(market, EVALUATORS[5]), id).await, Err(Error::NotFound)));
        // Needs that change are told to all (财政部令第74号第三十二条).
        let seen = tender(app, &fair.officer, id).await.expect("reads");
        let mut changed = seen.content.clone();
        changed.requirements[0].text = LocalText::new("阻燃，质保五年", "");
        let change = Change { content: changed, reason: LocalText::new("谈判后调整技术要求", "") };
        assert!(!is_told_of_change(&fair, 2).await, "nothing has changed yet");
        amend(app, &fair.officer, (id, seen.version), change).await.expect("changed");
        for supplier in 0..4 {
            assert!(is_told_of_change(&fair, supplier).await, "all of them are told, 政府采购法第三十八条");
        }
        let wanted = EventsWanted { subject: id.0, names: vec!["tender.amended".into()], after: None };
        assert!(events_of(app, &member(market, EVALUATORS[5]), &wanted, 9).await.expect("a stranger's").is_empty());

        let asked = request_final_offers(app, &fair.officer, id, until).await.expect("asked");
        assert_eq!((asked.state.name(), asked.invited.len(), asked.document_version), (TenderStateName::FinalOffers, 4, 3));
        assert!(matches!(viewer_bid(app, &fair.suppliers[0], id).await.expect("its first").bid.state, BidState::Negotiated { .. }));
        // Three make a final offer; the last, which was cheapest at first, is not the cheapest now.
        let mut finals = Vec::new();
        for (supplier, price) in [(0, 79_000_000), (1, 78_000_000), (2, 77_000_000)] {
            let (sealed, _) = fair.sealed(supplier, price).await;
            finals.push(fair.hand_in(supplier, &sealed, None).await.expect("a final offer").bid.id);
        }
        app.clock().set(until + TimeDelta::seconds(2));
        opens(&fair).await;
        assert_eq!(state(&fair).await, TenderStateName::FinalOpened);
        let record = record(app, &fair.officer, id).await.expect("a record");
        assert_eq!((record.lines.len(), record.first.expect("the first responses").lines.len()), (3, 4));
        assert!(is_refused(submit_scores(app, &member(market, EVALUATORS[0]), id).await, Code::WrongState));
        begin_scoring(app, &fair.officer, id).await.expect("before the panel");
        assert_eq!(to_award(&fair).await, finals[2]);
        run_due(app).await.expect("jobs run");
        let (told, _) = loser_notice(app, &fair.suppliers[3], id).await.expect("told");
        assert_eq!(told.reason, domain::tendering::award::LossReason::NoFinalOffer);
    }

    async fn fewer_final_offers_than_the_law_asks_for_end_a_negotiation(market: &Market) {
        let fair = Fair::of(market, 0, 3, |_| by(Procedure::CompetitiveNegotiation, Ground::Urgent)).await;
        let (app, id) = (&market.app, fair.tender.id);
        let bids = fair.all_bid().await;
        to_panel(&fair, &bids).await;
        for supplier in 0..3 {
            talk_with(&fair, supplier).await;
        }
        let until = app.clock().now() + TimeDelta::hours(4);
        request_final_offers(app, &fair.officer, id, until).await.expect("asked");
        for supplier in 0..2 {
            let (sealed, _) = fair.sealed(supplier, 79_000_000).await;
            fair.hand_in(supplier, &sealed, None).await.expect("a final offer");
        }
        app.clock().set(until + TimeDelta::seconds(2));
        run_due(app).await.expect("jobs run");
        assert_eq!(state(&fair).await, TenderStateName::Failed);
    }

    async fn a_consultation_scores_final_offers(market: &Market) {
        let fair = Fair::of(market, 0, 3, |_| {
            let mut content = by(Procedure::CompetitiveConsultation, Ground::PublicServices);
            content.nature = Nature::Services;
            content.criteria[0].weight_points = 30;
            content.criteria[1].weight_points = 70;
            content
        })
        .await;
        let (app, id) = (&market.app, fair.tender.id);
        let bids = fair.all_bid().await;
        to_panel(&fair, &bids).await;
        for supplier in 0..3 {
            talk_with(&fair, supplier).await;
        }
        let until = app.clock().now() + TimeDelta::hours(4);
        request_final_offers(app, &fair.officer, id, until).await.expect("asked");
        let mut finals = Vec::new();
        for (supplier, price) in [(0, 79_000_000), (1, 70_000_000), (2, 77_000_000)] {
            let (sealed, _) = fair.sealed(supplier, price).await;
            finals.push(fair.hand_in(supplier, &sealed, None).await.expect("a final offer").bid.id);
        }
        app.clock().set(until + TimeDelta::seconds(2));
        opens(&fair).await;
        begin_scoring(app, &fair.officer, id).await.expect("before the panel");
        assert_eq!(to_award(&fair).await, finals[1]);
    }

    async fn a_single_source_below_the_threshold_is_asked_at_once_and_nobody_else_may_bid(market: &Market) {
        let fair = Fair::of(market, 0, 2, |suppliers| {
            let mut content = by(Procedure::SingleSource, Ground::OnlySupplier);
            content.choice.sole_supplier = Some(organization(&suppliers[0]));
            content
        })
        .await;
        let (app, id) = (&market.app, fair.tender.id);
        assert_eq!(state(&fair).await, TenderStateName::Published);
        assert!(is_refused(sealing_terms(app, &fair.suppliers[1], id, None).await, Code::NotInvited));
        let (sealed, key) = fair.sealed(0, 90_000_000).await;
        let first = fair.hand_in(0, &sealed, None).await.expect("a first response").bid.id;
        to_panel(&fair, &[(first, key)]).await;
        talk_with(&fair, 0).await;
        let until = app.clock().now() + TimeDelta::hours(4);
        request_final_offers(app, &fair.officer, id, until).await.expect("asked");
        let (sealed, _) = fair.sealed(0, 85_000_000).await;
        let last = fair.hand_in(0, &sealed, None).await.expect("a final offer").bid.id;
        app.clock().set(until + TimeDelta::seconds(2));
        opens(&fair).await;
        begin_scoring(app, &fair.officer, id).await.expect("before the panel");
        assert_eq!(to_award(&fair).await, last);
    }

    async fn an_emergency_goes_on_with_one_bidder(market: &Market) {
        let fair = Fair::of(market, 0, 1, |_| {
            let mut content = by(Procedure::Emergency, Ground::EmergencyEvent);
            content.deadline_at = Some(now() + TimeDelta::hours(12));
            content
        })
        .await;
        let bids = fair.all_bid().await;
        to_panel(&fair, &bids).await;
        assert_eq!(to_award(&fair).await, bids[0].0);
    }

    async fn what_failed_begins_again_as_a_negotiation_for_which_two_are_enough(market: &Market) {
        let fair = Fair::open(market, 2).await;
        let (app, id) = (&market.app, fair.tender.id);
        fair.all_bid().await;
        assert!(is_refused(begin_again(app, &fair.officer, id, Procedure::OpenTender).await, Code::WrongState));
        fair.pass_deadline();
        run_due(app).await.expect("jobs run");
        assert_eq!(state(&fair).await, TenderStateName::Failed);
        assert!(matches!(begin_again(app, &fair.approver, id, Procedure::Inquiry).await, Err(Error::Forbidden)));
        let draft = begin_again(app, &fair.officer, id, Procedure::CompetitiveNegotiation).await.expect("begins again");
        assert_eq!((draft.state.name(), draft.follows, draft.content.deadline_at), (TenderStateName::Draft, Some(id), None));
        assert_eq!((draft.content.choice.ground, draft.content.method), (Some(Ground::NoBidsOrFailed), EvaluationMethod::LowestPrice));
        assert!(draft.is_after_failure(), "财政部令第74号第二十七条");
    }

    async fn a_stop_keeps_the_time_that_was_left_and_the_bids(market: &Market) {
        let fair = Fair::open(market, 3).await;
        let (app, id) = (&market.app, fair.tender.id);
        let bids = fair.all_bid().await;
        let reason = || LocalText::new("收到投诉，暂停采购活动", "");
        assert!(matches!(suspend(app, &fair.approver, id, reason()).await, Err(Error::Forbidden)));
        let stopped_at = fair.tender.content.deadline_at.expect("a deadline") - TimeDelta::hours(1);
        app.clock().set(stopped_at);
        suspend(app, &fair.officer, id, reason()).await.expect("stops");
        assert!(is_refused(suspend(app, &fair.officer, id, reason()).await, Code::WrongState));
        let (sealed, _) = fair.sealed(0, 70_000_000).await;
        assert!(is_refused(fair.hand_in(0, &sealed, Some(bids[0].0)).await, Code::WrongState));
        // The deadline passes while it is stopped, and nothing is opened.
        app.clock().set(stopped_at + TimeDelta::hours(25));
        run_due(app).await.expect("jobs run");
        let going = resume(app, &fair.officer, id).await.expect("goes on");
        let deadline = fair.tender.content.deadline_at.expect("a deadline") + TimeDelta::days(2);
        assert_eq!((going.state.name(), going.content.deadline_at), (TenderStateName::Published, Some(deadline)));
        fair.hand_in(0, &sealed, Some(bids[0].0)).await.expect("bids are taken again, and those that are in stand");
        app.clock().set(deadline + TimeDelta::seconds(2));
        opens(&fair).await;
        assert_eq!(record(app, &market.public(), id).await.expect("a record").lines.len(), 3);
    }
}

#[test]
fn money_of_the_test_stays_below_the_threshold() {
    // Otherwise the single source would be announced first and the others would need an approval.
    assert!(content().budget.amount_minor < Money::cny(200_000_000).amount_minor);
}
