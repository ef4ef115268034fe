//! From opened bids to the signed contract.

use crate::fair::{loser_notice};
use crate::market::Market;
use crate::on_both_engines;
use crate::opened::{BIDDERS, EVALUATORS, Opened, bid, opened, organization, user};
use app::contracting::contract::{contract, contracts, make_contract, sign_contract};
use app::jobs::run_due;
use app::tendering::award::{awards, confirm_award, publish_award};
use app::tendering::evaluation::{evaluation, qualify_bidders, save_scores, sign_report, submit_scores};
use app::tendering::opening::tender_bids;
use app::tendering::panel::{appoint_panel, candidates, declare_conflict};
use app::{Context, Error, Result};
use chrono::TimeDelta;
use domain::money::Money;
use domain::refusal::Code;
use domain::tendering::award::LossReason;
use domain::tendering::panel::Bar;
use domain::tendering::qualification::PaperFinding;
use domain::tendering::score_sheet::{Judgement, Marks, Score};

fn findings(unmet: &[u128]) -> Vec<PaperFinding> {
    let finding = |bidder: u128| {
        let is_met = !unmet.contains(&bidder);
        let reason = if is_met { String::new() } else { "执照已过期".to_owned() };
        PaperFinding { bid_id: bid(bidder), paper: "licence".into(), is_met, reason }
    };
    BIDDERS.map(|(bidder, _, _)| finding(bidder)).to_vec()
}

/// Full technical points for the second bidder, fewer for the others.
fn marks(unmet: &[u128]) -> Marks {
    let mut marks = Marks::default();
    for (bidder, technique) in [(11, 4_000), (12, 4_500), (13, 3_000)] {
        for (criterion, hundredths) in [("technique", technique), ("business", 1_000)] {
            marks.scores.push(Score { bid_id: bid(bidder), criterion: criterion.into(), hundredths });
        }
        let is_met = !unmet.contains(&bidder);
        let reason = if is_met { String::new() } else { "质保仅两年".to_owned() };
        marks.judgements.push(Judgement { bid_id: bid(bidder), requirement: 1, is_met, reason });
    }
    marks
}

fn panel() -> Vec<domain::ident::UserId> {
    EVALUATORS[..5].iter().map(|number| user(*number)).collect()
}

async fn to_scoring(market: &Market, opened: &Opened<'_>) {
    qualify_bidders(&market.app, &opened.officer(), opened.tender, findings(&[])).await.expect("qualifies");
    appoint_panel(&market.app, &opened.officer(), opened.tender, panel()).await.expect("appoints");
    for member in &EVALUATORS[..5] {
        declare_conflict(&market.app, &opened.member(*member), opened.tender, None).await.expect("declares");
    }
}

async fn hand_in(market: &Market, opened: &Opened<'_>, members: &[u128], unmet: &[u128]) {
    for member in members {
        let ctx = opened.member(*member);
        save_scores(&market.app, &ctx, opened.tender, marks(unmet)).await.expect("saves");
        submit_scores(&market.app, &ctx, opened.tender).await.expect("hands in");
    }
}

async fn to_signed(market: &Market, opened: &Opened<'_>) {
    to_scoring(market, opened).await;
    hand_in(market, opened, &EVALUATORS[..5], &[]).await;
    for member in &EVALUATORS[..5] {
        sign_report(&market.app, &opened.member(*member), opened.tender, String::new()).await.expect("signs");
    }
}

fn is_refused<T: std::fmt::Debug>(result: Result<T>, code: Code) -> bool {
    result.unwrap_err().has_code(code)
}

on_both_engines! {
    async fn opened_bids_become_an_award_and_a_contract(market: &Market) {
        let opened = opened(market).await;
        to_signed(market, &opened).await;
        assert_eq!(opened.state().await, "reported");
        let (app, id) = (&market.app, opened.tender);
        let view = evaluation(app, &opened.officer(), id).await.expect("the buyer reads it");
        let report = view.report.expect("all sheets are in");
        let first = report.ranked().next().expect("somebody is first");
        assert_eq!((first.contender.bid_id, first.total_hundredths()), (bid(12), Some(8_500)));

        assert!(is_refused(confirm_award(app, &opened.approver(), id, bid(11)).await, Code::NotFirstRanked));
        assert!(matches!(confirm_award(app, &opened.officer(), id, bid(12)).await, Err(Error::Forbidden)));
        confirm_award(app, &opened.approver(), id, bid(12)).await.expect("confirms");
        assert!(awards(app, &market.public(), id).await.expect("the tender is public").is_empty(), "not public yet");
        assert!(is_refused(make_contract(app, &opened.officer(), id, None).await, Code::AwardUnpublished));
        publish_award(app, &opened.officer(), id).await.expect("publishes");
        let public = awards(app, &market.public(), id).await.expect("everybody reads it").remove(0);
        assert_eq!((public.supplier, public.price, public.ranking.len()), (organization(12), Money::cny(95_000_000), 3));

        run_due(app).await.expect("runs");
        let (told, _) = loser_notice(app, &opened.seller(11), id).await.expect("was told");
        assert!(matches!(told.reason, LossReason::Outranked { first_hundredths: 8_500, .. }), "{told:?}");
        assert!(matches!(loser_notice(app, &opened.seller(12), id).await, Err(Error::NotFound)), "the winner lost nothing");

        let made = make_contract(app, &opened.officer(), id, None).await.expect("makes it");
        assert_eq!(made.value, Money::cny(95_000_000), "the price as bid, without the deduction");
        assert!(is_refused(make_contract(app, &opened.officer(), id, None).await, Code::Conflict));
        assert!(matches!(contract(app, &opened.seller(11), made.id).await, Err(Error::NotFound)), "not its contract");
        sign_contract(app, &opened.seller(12), made.id).await.expect("the supplier signs");
        assert!(is_refused(sign_contract(app, &opened.seller(12), made.id).await, Code::AlreadySigned));
        assert!(matches!(sign_contract(app, &opened.officer(), made.id).await, Err(Error::Forbidden)));
        let signed = sign_contract(app, &opened.approver(), made.id).await.expect("the buyer signs");
        assert!(signed.is_signed());
        assert_eq!(opened.state().await, "contracted");
        assert_eq!(contracts(app, &opened.seller(12), None, 10).await.expect("lists").len(), 1);
        assert_eq!(contracts(app, &opened.seller(11), None, 10).await.expect("lists").len(), 0);
    }

    async fn nobody_sees_the_scores_of_others_before_all_are_in(market: &Market) {
        let opened = opened(market).await;
        to_scoring(market, &opened).await;
        hand_in(market, &opened, &EVALUATORS[..4], &[]).await;
        let readers = [opened.officer(), opened.approver(), opened.member(205)];
        for ctx in &readers {
            let view = evaluation(&market.app, ctx, opened.tender).await.expect("reads");
            assert!(view.report.is_none() && view.sheet.is_none(), "{:?}", ctx.actor);
            assert_eq!(view.submitted, 4);
        }
        let own = evaluation(&market.app, &opened.member(201), opened.tender).await.expect("reads");
        assert_eq!(own.sheet.expect("its own").member, user(201));
        for stranger in [opened.seller(11), opened.member(206), market.public()] {
            assert!(matches!(evaluation(&market.app, &stranger, opened.tender).await, Err(Error::NotFound)));
        }
        hand_in(market, &opened, &EVALUATORS[4..5], &[]).await;
        let view = evaluation(&market.app, &opened.member(201), opened.tender).await.expect("reads");
        assert!(view.report.is_some());
        let late = save_scores(&market.app, &opened.member(201), opened.tender, marks(&[])).await;
        assert!(is_refused(late, Code::WrongState));
    }

    async fn a_member_sees_no_bid_before_everybody_has_declared(market: &Market) {
        let opened = opened(market).await;
        let (app, id) = (&market.app, opened.tender);
        qualify_bidders(app, &opened.officer(), id, findings(&[])).await.expect("qualifies");
        appoint_panel(app, &opened.officer(), id, panel()).await.expect("appoints");
        declare_conflict(app, &opened.member(201), id, None).await.expect("declares");
        let view = evaluation(app, &opened.member(201), id).await.expect("reads");
        assert!(view.contenders.is_empty());
        assert!(is_refused(save_scores(app, &opened.member(201), id, marks(&[])).await, Code::ConflictUndeclared));
        declare_conflict(app, &opened.member(205), id, Some("配偶任职于投标人".into())).await.expect("steps back");
        assert!(matches!(evaluation(app, &opened.member(205), id).await, Err(Error::NotFound)));
        let told = async |ctx: &Context| evaluation(app, ctx, id).await.expect("reads").panel.expect("there is one").recusals.len();
        assert_eq!((told(&opened.officer()).await, told(&opened.member(201)).await), (1, 0), "why one stepped back is private");
        let mut members = panel();
        assert!(is_refused(appoint_panel(app, &opened.officer(), id, members.clone()).await, Code::MemberConflicted));
        members[4] = user(206);
        appoint_panel(app, &opened.officer(), id, members).await.expect("replaces");
        for member in [202, 203, 204, 206] {
            declare_conflict(app, &opened.member(member), id, None).await.expect("declares");
        }
        assert_eq!(opened.state().await, "in_evaluation");
        assert_eq!(evaluation(app, &opened.member(206), id).await.expect("reads").contenders.len(), 3);
    }

    async fn the_panel_reads_the_bids_of_those_who_qualify_and_no_others(market: &Market) {
        let opened = opened(market).await;
        opened.joined_by(14).await;
        let (app, id) = (&market.app, opened.tender);
        let mut judged = findings(&[]);
        judged.push(PaperFinding { bid_id: bid(14), is_met: false, reason: "未提供".to_owned(), ..judged[0].clone() });
        qualify_bidders(app, &opened.officer(), id, judged).await.expect("qualifies");
        appoint_panel(app, &opened.officer(), id, panel()).await.expect("appoints");
        for member in &EVALUATORS[..4] {
            declare_conflict(app, &opened.member(*member), id, None).await.expect("declares");
        }
        assert!(matches!(tender_bids(app, &opened.member(201), id).await, Err(Error::NotFound)), "not all have declared");
        declare_conflict(app, &opened.member(205), id, None).await.expect("declares");
        let read = async |ctx: &Context| tender_bids(app, ctx, id).await.expect("reads").opened.len();
        assert_eq!((read(&opened.member(201)).await, read(&opened.officer()).await), (3, 4));
        assert!(matches!(tender_bids(app, &opened.member(206), id).await, Err(Error::NotFound)));
    }

    async fn a_panel_is_odd_large_enough_and_without_ties(market: &Market) {
        let opened = opened(market).await;
        let (app, id, officer) = (&market.app, opened.tender, opened.officer());
        qualify_bidders(app, &officer, id, findings(&[])).await.expect("qualifies");
        let all = candidates(app, &officer, id).await.expect("lists");
        let barred: Vec<_> = all.iter().filter_map(|one| Some((one.person.id, one.bar?))).collect();
        assert_eq!(barred, [(user(299), Bar::TiedToBidder)], "who works for a bidder is told apart");
        assert_eq!(all.len(), EVALUATORS.len() + 1);
        let appoint = async |numbers: &[u128]| {
            let members = numbers.iter().map(|number| user(*number)).collect();
            appoint_panel(app, &officer, id, members).await
        };
        assert!(is_refused(appoint(&EVALUATORS[..3]).await, Code::MembersTooFew));
        assert!(is_refused(appoint(&EVALUATORS[..6]).await, Code::PanelEven));
        assert!(is_refused(appoint(&[201, 202, 203, 204, 299]).await, Code::MemberConflicted));
        assert!(is_refused(appoint(&[201, 202, 203, 204, 511]).await, Code::NotAnEvaluator));
        assert!(matches!(appoint_panel(app, &opened.approver(), id, panel()).await, Err(Error::Forbidden)));
    }

    async fn of_two_who_confirm_two_awards_at_once_one_does(market: &Market) {
        let opened = opened(market).await;
        to_signed(market, &opened).await;
        let (first, second) = (opened.approver(), opened.other_approver());
        let (one, other) = tokio::join!(
            confirm_award(&market.app, &first, opened.tender, bid(12)),
            confirm_award(&market.app, &second, opened.tender, bid(12)),
        );
        assert!(one.is_ok() != other.is_ok(), "{one:?} {other:?}");
        let error = one.err().or(other.err()).expect("one is refused");
        assert!(error.has_code(Code::Conflict) || error.has_code(Code::WrongState), "{error}");
        assert_eq!(opened.state().await, "award_confirmed");
    }

    async fn members_who_hand_in_at_once_draw_one_report_up(market: &Market) {
        let opened = opened(market).await;
        to_scoring(market, &opened).await;
        hand_in(market, &opened, &EVALUATORS[..3], &[]).await;
        let (fourth, fifth) = (opened.member(204), opened.member(205));
        for ctx in [&fourth, &fifth] {
            save_scores(&market.app, ctx, opened.tender, marks(&[])).await.expect("saves");
        }
        let (one, other) = tokio::join!(
            submit_scores(&market.app, &fourth, opened.tender),
            submit_scores(&market.app, &fifth, opened.tender),
        );
        one.and(other).expect("both hand in");
        let view = evaluation(&market.app, &opened.officer(), opened.tender).await.expect("reads");
        assert_eq!(view.report.expect("all sheets are in").members, panel());
    }

    async fn too_few_qualified_fail_the_tender_and_everybody_is_told(market: &Market) {
        let opened = opened(market).await;
        let incomplete = qualify_bidders(&market.app, &opened.officer(), opened.tender, findings(&[])[1..].to_vec()).await;
        assert!(is_refused(incomplete, Code::FindingMissing));
        qualify_bidders(&market.app, &opened.officer(), opened.tender, findings(&[13])).await.expect("judges");
        assert_eq!(opened.state().await, "failed");
        run_due(&market.app).await.expect("runs");
        let (told, _) = loser_notice(&market.app, &opened.seller(13), opened.tender).await.expect("was told");
        assert!(told.reason.words().zh.contains("执照已过期"), "{told:?}");
        let (told, _) = loser_notice(&market.app, &opened.seller(11), opened.tender).await.expect("was told");
        assert!(matches!(told.reason, LossReason::TenderFailed { .. }));
    }

    async fn too_few_conforming_fail_the_tender(market: &Market) {
        let opened = opened(market).await;
        to_scoring(market, &opened).await;
        hand_in(market, &opened, &EVALUATORS[..5], &[13]).await;
        assert_eq!(opened.state().await, "failed");
        let none = confirm_award(&market.app, &opened.approver(), opened.tender, bid(12)).await;
        assert!(is_refused(none, Code::WrongState));
    }

    async fn a_sheet_is_whole_before_it_is_handed_in(market: &Market) {
        let opened = opened(market).await;
        to_scoring(market, &opened).await;
        let ctx = opened.member(201);
        let mut draft = marks(&[]);
        draft.scores.pop();
        save_scores(&market.app, &ctx, opened.tender, draft.clone()).await.expect("a draft may be incomplete");
        assert!(is_refused(submit_scores(&market.app, &ctx, opened.tender).await, Code::ScoresIncomplete));
        draft.scores[0].hundredths = 5_001;
        assert!(is_refused(save_scores(&market.app, &ctx, opened.tender, draft).await, Code::OutOfRange));
        let early = confirm_award(&market.app, &opened.approver(), opened.tender, bid(12)).await;
        assert!(is_refused(early, Code::ReportUnsigned));
    }

    async fn a_contract_is_not_signed_after_its_time(market: &Market) {
        let opened = opened(market).await;
        to_signed(market, &opened).await;
        confirm_award(&market.app, &opened.approver(), opened.tender, bid(12)).await.expect("confirms");
        publish_award(&market.app, &opened.officer(), opened.tender).await.expect("publishes");
        assert!(is_refused(publish_award(&market.app, &opened.officer(), opened.tender).await, Code::WrongState));
        let made = make_contract(&market.app, &opened.officer(), opened.tender, None).await.expect("makes it");
        market.app.clock().advance(TimeDelta::days(31));
        assert!(is_refused(sign_contract(&market.app, &opened.seller(12), made.id).await, Code::SignatureLate));
    }
}
