//! A tender in three lots, bid on, opened, judged, awarded and contracted apart.

use crate::fair::{Fair, content};
use crate::market::Market;
use crate::on_both_engines;
use crate::procedure::{to_panel, to_report};
use app::contracting::contract::{contracts_of_tender, make_contract, sign_contract};
use app::jobs::run_due;
use app::tendering::award::{awards, confirm_award, loser_notices_of, publish_award};
use app::tendering::bid::{sealing_terms, viewer_bids};
use app::tendering::bid_list::{BidResult, viewer_bids as listed};
use app::tendering::evaluation::evaluation;
use app::tendering::opening::{holder_view, reveal};
use app::tendering::tender::{Change, amend, tender};
use domain::ident::BidId;
use domain::language::LocalText;
use domain::money::Money;
use domain::refusal::Code;
use domain::tendering::award::LossReason;
use domain::tendering::bid::BidState;
use domain::tendering::lot::{LotCaps, TenderLot};
use domain::tendering::tender::{TenderState, TenderStateName};
use domain::tendering::tender_content::{TenderContent, TenderItem};

fn text(zh: &str, en: &str) -> LocalText {
    LocalText::new(zh, en)
}

/// Three lots of 600,000, 500,000 and 400,000 yuan; one supplier may bid for two and win one.
fn in_lots() -> TenderContent {
    let mut content = content();
    let lots = [("座椅", "Chairs", 60_000_000), ("办公桌", "Desks", 50_000_000), ("文件柜", "Cabinets", 40_000_000)];
    content.items.clear();
    for (number, (zh, en, budget)) in (1..).zip(lots) {
        content.lots.push(TenderLot::written(number, text(zh, en), Money::cny(budget)));
        content.items.push(TenderItem { name: text(zh, en), quantity: 10, unit: "件".to_owned(), specification: text("", ""), lot: number, green: None });
    }
    content.lot_caps = LotCaps { bid_most: Some(2), award_most: Some(1) };
    content
}

/// The first three bid for the first two lots, each a little more than the one before; the fourth is alone on the third.
async fn all_bid(fair: &Fair<'_>) -> Vec<(BidId, String)> {
    let mut bids = Vec::new();
    for (supplier, lot, price) in [(0, 1, 50), (1, 1, 51), (2, 1, 52), (0, 2, 40), (1, 2, 41), (2, 2, 42), (3, 3, 30)] {
        let sealed = fair.sealed_for(lot, supplier, price * 1_000_000).await;
        let taken = fair.hand_in(supplier, &sealed, None).await.expect("taken in");
        assert_eq!(taken.bid.lot, fair.tender.content.lots[lot as usize - 1].id);
        bids.push((taken.bid.id, String::new()));
    }
    bids
}

on_both_engines! {
    async fn lots_are_bid_on_opened_judged_awarded_and_contracted_apart(market: &Market) {
        let fair = Fair::of(market, 0, 4, |_| in_lots()).await;
        let (app, id) = (&market.app, fair.tender.id);
        let [first, second, third] = fair.tender.content.lots.iter().map(|lot| lot.id).collect::<Vec<_>>().try_into().expect("three");
        assert!(first != second && !first.0.is_nil(), "the use case gives each lot its id");
        assert!(sealing_terms(app, &fair.suppliers[0], id, None).await.unwrap_err().has_code(Code::Required), "which lot?");
        assert!(sealing_terms(app, &fair.suppliers[0], id, Some(fair.tender.lot)).await.unwrap_err().has_code(Code::NotFound));

        let bids = all_bid(&fair).await;
        let beyond = fair.sealed_for(3, 0, 30_000_000).await;
        assert!(fair.hand_in(0, &beyond, None).await.unwrap_err().has_code(Code::LotCapReached), "two lots at most");
        let again = fair.sealed_for(1, 0, 49_000_000).await;
        assert!(fair.hand_in(0, &again, None).await.unwrap_err().has_code(Code::BidAlreadyIn));
        assert!(fair.hand_in(0, &again, Some(bids[3].0)).await.unwrap_err().has_code(Code::BidAlreadyIn), "that is the bid for another lot");
        let own = viewer_bids(app, &fair.suppliers[0], id).await.expect("its own");
        assert_eq!(own.iter().map(|one| one.bid.lot).collect::<Vec<_>>(), [first, second], "nothing was lost");

        fair.pass_deadline();
        run_due(app).await.expect("the taking of bids ends");
        let seen = tender(app, &market.public(), id).await.expect("public");
        assert_eq!((seen.state.name(), seen.failed_lots.len()), (TenderStateName::Published, 1));
        assert_eq!((seen.failed_lots[0].lot, seen.standing_lots()), (third, vec![first, second]));
        assert!(seen.failed_lots[0].reason.zh.contains('1'), "{:?}", seen.failed_lots[0].reason);
        run_due(app).await.expect("who bid for it is told");
        let told = loser_notices_of(app, &fair.suppliers[3], id).await.expect("its own");
        assert!(matches!(&told[0].0.reason, LossReason::TooFewBids { bids: 1, fewest: 3 }), "{:?}", told[0].0.reason);
        let view = holder_view(app, &fair.holders[1].0, id).await.expect("a holder");
        assert_eq!(view.manifests.len(), 6, "what failed is not opened");

        let key = "AGE-SECRET-KEY-1QQPQ8DZFLZ0V9T0ZT7Y3P6T2L0A3Q2W4C5X6Z7S8F9G0H1J2K3LQ4M5N6";
        app.clock().advance(chrono::TimeDelta::hours(25));
        let none = reveal(app, &fair.suppliers[3], bids[6].0, key).await;
        assert!(none.unwrap_err().has_code(Code::LotFailed), "nobody reveals what has failed");
        app.clock().set(fair.tender.content.deadline_at.expect("a deadline") + chrono::TimeDelta::seconds(3));

        to_panel(&fair, &bids[..6]).await;
        let alone = viewer_bids(app, &fair.suppliers[3], id).await.expect("its own");
        assert_eq!(alone[0].bid.state, BidState::Sealed);

        to_report(&fair).await;
        let report = evaluation(app, &fair.officer, id).await.expect("the officer reads").report.expect("a report");
        assert_eq!(report.lines.len(), 6);
        assert!(confirm_award(app, &fair.approver, id, bids[3].0).await.unwrap_err().has_code(Code::NotFirstRanked), "it wins the first lot");
        confirm_award(app, &fair.approver, id, bids[0].0).await.expect("the first lot");
        assert!(confirm_award(app, &fair.approver, id, bids[0].0).await.is_err(), "no two awards for a lot");
        assert_eq!(tender(app, &fair.officer, id).await.expect("there").state.name(), TenderStateName::Reported);
        assert!(publish_award(app, &fair.officer, id).await.unwrap_err().has_code(Code::WrongState), "a lot waits");
        confirm_award(app, &fair.approver, id, bids[4].0).await.expect("the second lot, to the second");
        let published = publish_award(app, &fair.officer, id).await.expect("one notice");
        assert_eq!(published.iter().map(|award| (award.lot, award.bid_id)).collect::<Vec<_>>(), [(first, bids[0].0), (second, bids[4].0)]);
        assert_eq!(awards(app, &market.public(), id).await.expect("public").len(), 2);
        run_due(app).await.expect("losers are told");
        let told = loser_notices_of(app, &fair.suppliers[0], id).await.expect("its own");
        assert_eq!(told.iter().map(|(one, _)| (one.lot, one.reason.clone())).collect::<Vec<_>>(), [(second, LossReason::PassedOver { rank: 1 })]);
        assert_eq!(loser_notices_of(app, &fair.suppliers[2], id).await.expect("its own").len(), 2);
        let results = listed(app, &fair.suppliers[0], &[], None, 10).await.expect("its own");
        let mut results: Vec<_> = results.iter().map(|one| (one.bid.lot, one.result)).collect();
        results.sort_by_key(|(lot, _)| *lot != first);
        assert_eq!(results, [(first, Some(BidResult::Won)), (second, Some(BidResult::Lost))]);

        assert!(make_contract(app, &fair.officer, id, None).await.unwrap_err().has_code(Code::Required), "of which lot?");
        assert!(make_contract(app, &fair.officer, id, Some(third)).await.unwrap_err().has_code(Code::LotFailed));
        for (lot, winner, last) in [(first, 0, TenderStateName::Awarded), (second, 1, TenderStateName::Contracted)] {
            let made = make_contract(app, &fair.officer, id, Some(lot)).await.expect("drawn up");
            assert!(made.number.ends_with(if lot == first { "-01-HT" } else { "-02-HT" }), "{}", made.number);
            assert_eq!(made.terms.lines.len(), 1, "what the lot buys");
            sign_contract(app, &fair.approver, made.id).await.expect("the buyer signs");
            sign_contract(app, &fair.suppliers[winner], made.id).await.expect("the supplier signs");
            assert_eq!(tender(app, &market.public(), id).await.expect("public").state.name(), last);
        }
        assert_eq!(contracts_of_tender(app, &fair.suppliers[1], id).await.expect("its own").len(), 1);
        assert_eq!(contracts_of_tender(app, &fair.officer, id).await.expect("the buyer's").len(), 2);
    }

    async fn lots_are_as_fixed_as_what_is_bought_and_a_tender_without_bids_fails_with_its_last_lot(market: &Market) {
        let fair = Fair::of(market, 0, 3, |_| in_lots()).await;
        let (app, id) = (&market.app, fair.tender.id);
        let change = |content: TenderContent| Change { content, reason: text("调整", "Changed") };
        let mut fewer = in_lots();
        fewer.holders.clone_from(&fair.tender.content.holders);
        fewer.lots.pop();
        fewer.items.pop();
        let refused = amend(app, &fair.officer, (id, fair.tender.version), change(fewer)).await;
        assert!(refused.unwrap_err().has_code(Code::SubjectFixed));
        let mut dearer = in_lots();
        dearer.lots[0].budget = Money::cny(61_000_000);
        dearer.budget = Money::cny(151_000_000);
        let amended = amend(app, &fair.officer, (id, fair.tender.version), change(dearer)).await.expect("a budget may change");
        assert_eq!(amended.content.lots.iter().map(|lot| lot.id).collect::<Vec<_>>(), fair.tender.content.lots.iter().map(|lot| lot.id).collect::<Vec<_>>());
        // Two bids for each of two lots: four in all, and yet too few for either.
        let fair = Fair { tender: amended.clone(), ..fair };
        for (supplier, lot) in [(0, 1), (1, 1), (1, 2), (2, 2)] {
            let sealed = fair.sealed_for(lot, supplier, 30_000_000).await;
            fair.hand_in(supplier, &sealed, None).await.expect("taken in");
        }
        market.app.clock().set(amended.content.deadline_at.expect("a deadline") + chrono::TimeDelta::seconds(2));
        run_due(app).await.expect("the taking of bids ends");
        let seen = tender(app, &market.public(), id).await.expect("public");
        assert_eq!((seen.state.name(), seen.failed_lots.len()), (TenderStateName::Failed, 3));
        let TenderState::Failed { reason, .. } = &seen.state else { panic!("{:?}", seen.state) };
        assert!(reason.zh.contains("各采购包均已废标"), "four bids are not fewer than three: {reason:?}");
    }
}
