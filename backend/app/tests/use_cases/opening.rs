//! The opening under pressure: what happens in the same instant, what comes too late or from strangers, and the whole way
//! from sealed envelopes to the evaluation.

use crate::fair::{Fair, acting, loser_notice, viewer_bid};
use crate::market::{Engine, Market};
use crate::on_both_engines;
use app::Error;
use app::jobs::run_due;
use app::tendering::bid::{submit, withdraw};
use app::tendering::evaluation::{evaluation, qualify_bidders};
use app::tendering::opening::{OfferedShare, holder_view, record, reveal, submit_shares, tender_bids};
use app::tendering::opening_table::table;
use app::tendering::tender::{self, Change};
use chrono::TimeDelta;
use domain::ident::{BidId, UserId};
use domain::identity::organization::OrganizationKind;
use domain::identity::role::Role;
use domain::language::LocalText;
use domain::money::Money;
use domain::refusal::Code;
use domain::tendering::evaluation::Stage;
use domain::tendering::opening::OpeningOutcome;
use domain::tendering::qualification::PaperFinding;
use domain::tendering::tender::TenderStateName;
use sea_orm::{ConnectionTrait, Database, TransactionTrait};
use uuid::Uuid;

fn is_refused<T: std::fmt::Debug>(result: Result<T, Error>, code: Code) -> bool {
    result.unwrap_err().has_code(code)
}

on_both_engines! {
    async fn sealed_bids_become_qualified_bidders(market: &Market) {
        let fair = Fair::open(market, 3).await;
        let (app, officer, id) = (&market.app, &fair.officer, fair.tender.id);
        let bids = fair.all_bid().await;
        assert!(matches!(evaluation(app, officer, id).await, Err(Error::NotFound)), "nothing is open yet");
        fair.pass_deadline();
        run_due(app).await.expect("jobs run");
        fair.holder_opens(1).await.expect("one of two");
        fair.holder_opens(2).await.expect("two of two");
        let begun = evaluation(app, officer, id).await.expect("the officer reads it");
        assert!(begun.stage.is_none());
        let seen: Vec<_> = begun.contenders.iter().map(|contender| (contender.bid_id, contender.price)).collect();
        let prices = [80_000_000, 80_100_000, 80_200_000].map(Money::cny);
        assert_eq!(seen, bids.iter().map(|(bid, _)| *bid).zip(prices).collect::<Vec<_>>());
        let finding = |(bid_id, _): &(BidId, String)| PaperFinding { bid_id: *bid_id, paper: "licence".into(), is_met: true, reason: String::new() };
        qualify_bidders(app, officer, id, bids.iter().map(finding).collect()).await.expect("qualifies");
        let qualified = evaluation(app, officer, id).await.expect("the officer reads it");
        assert_eq!((qualified.stage, qualified.tender.state.name()), (Some(Stage::Qualified), TenderStateName::Qualified));
        // Who is late with its key finds nothing left to open.
        let view = holder_view(app, &fair.holders[0].0, id).await.expect("a holder");
        assert!(view.manifests.is_empty());
        assert!(is_refused(submit_shares(app, &fair.holders[0].0, id, Vec::new()).await, Code::WrongState));
    }

    async fn two_holders_who_hand_in_at_the_same_instant_open_once(market: &Market) {
        let fair = Fair::open(market, 3).await;
        fair.all_bid().await;
        fair.pass_deadline();
        let (app, id) = (&market.app, fair.tender.id);
        let (first, second) = (fair.shares(0).await, fair.shares(1).await);
        let (one, other) = tokio::join!(
            submit_shares(app, &fair.holders[0].0, id, first),
            submit_shares(app, &fair.holders[1].0, id, second),
        );
        let (one, other) = (one.expect("the one"), other.expect("the other"));
        assert_eq!(one.handed_in.len().max(other.handed_in.len()), 2);
        let record = record(app, &market.public(), id).await.expect("public");
        assert_eq!(record.holders.len(), 2);
        assert!(record.lines.iter().all(|line| matches!(line.outcome, OpeningOutcome::Opened { .. })), "{record:?}");
        assert_eq!(tender_bids(app, &fair.officer, id).await.expect("own tender").opened.len(), 3);
    }

    async fn a_holder_who_hands_in_twice_at_once_counts_once(market: &Market) {
        let fair = Fair::open(market, 3).await;
        fair.all_bid().await;
        fair.pass_deadline();
        let (app, id, holder) = (&market.app, fair.tender.id, &fair.holders[0].0);
        let shares = fair.shares(0).await;
        let (one, other) = tokio::join!(submit_shares(app, holder, id, shares.clone()), submit_shares(app, holder, id, shares));
        assert!(one.is_ok() != other.is_ok(), "{one:?} {other:?}");
        let error = one.err().or(other.err()).expect("one is refused");
        assert!(error.has_code(Code::SharesInAlready) || error.has_code(Code::Conflict), "{error}");
        let seats = table(app, &market.public(), id).await.expect("public").seats;
        assert_eq!(seats.iter().filter(|seat| seat.handed_in_at.is_some()).count(), 1);
    }

    async fn whoever_reads_the_list_first_ends_the_taking_of_bids_for_good(market: &Market) {
        let fair = Fair::open(market, 4).await;
        let (app, id) = (&market.app, fair.tender.id);
        for supplier in 0..3 {
            let (sealed, _) = fair.sealed(supplier, 1_000_000).await;
            fair.hand_in(supplier, &sealed, None).await.expect("in time");
        }
        let present = viewer_bid(app, &fair.suppliers[0], id).await.expect("its own").bid.id;
        let (late, _) = fair.sealed(3, 1_000_000).await;
        let before = app.clock().now();
        assert!(table(app, &market.public(), id).await.expect("public").closed.is_none());
        fair.pass_deadline();
        let view = holder_view(app, &fair.holders[0].0, id).await.expect("a holder");
        assert_eq!(view.manifests.len(), 3);
        // Another server's clock may be behind: what was seen as complete stays complete.
        app.clock().set(before);
        assert!(is_refused(fair.hand_in(3, &late, None).await, Code::BidLate));
        assert!(is_refused(withdraw(app, &fair.suppliers[0], present).await, Code::BidLate));
        let seen = (id, fair.tender.version);
        let moved = LocalText::new("延期", "Postponed");
        let amended = tender::amend(app, &fair.officer, seen, Change { content: fair.tender.content.clone(), reason: moved }).await;
        assert!(is_refused(amended, Code::Conflict), "a change that was under way comes too late");
        let closed = table(app, &market.public(), id).await.expect("public").closed.expect("closed");
        assert_eq!(closed.bids, 3);
    }

    async fn no_bid_that_was_accepted_is_missing_from_the_list(market: &Market) {
        for round in 0..4 {
            let fair = Fair::open_as(market, round, 6).await;
            let mut sealed = Vec::new();
            for supplier in 0..6 {
                sealed.push(fair.input(&fair.sealed(supplier, 1_000_000).await.0, None));
            }
            market.app.clock().set(fair.tender.content.deadline_at.expect("a deadline"));
            let bids = sealed.into_iter().zip(&fair.suppliers).map(|(input, supplier)| submit(&market.app, supplier, input));
            let opening = async {
                fair.pass_deadline();
                holder_view(&market.app, &fair.holders[0].0, fair.tender.id).await.expect("a holder")
            };
            let (bids, view) = tokio::join!(futures::future::join_all(bids), opening);
            let mut accepted = Vec::new();
            for bid in bids {
                match bid {
                    Ok(own) => accepted.push(own.bid.id),
                    Err(error) => assert!(error.has_code(Code::BidLate) || error.has_code(Code::WrongState), "{error}"),
                }
            }
            let closed = table(&market.app, &market.public(), fair.tender.id).await.expect("public").closed.expect("closed");
            assert_eq!(closed.bids, accepted.len(), "what was accepted is what was counted");
            let listed: Vec<_> = view.manifests.iter().map(|(bid, _)| *bid).collect();
            // With fewer than three the tender has failed, and nothing is to be opened.
            assert!(accepted.len() < 3 || accepted.iter().all(|bid| listed.contains(bid)), "{accepted:?} {listed:?}");
        }
    }

    async fn a_withdrawn_bid_is_not_opened(market: &Market) {
        let fair = Fair::open(market, 4).await;
        let bids = fair.all_bid().await;
        let (app, id) = (&market.app, fair.tender.id);
        let (gone, key) = &bids[3];
        withdraw(app, &fair.suppliers[3], *gone).await.expect("in time");
        fair.pass_deadline();
        let mut shares = fair.shares(0).await;
        assert!(shares.iter().all(|share| share.bid != *gone));
        shares.push(OfferedShare { bid: *gone, share: None });
        let error = submit_shares(app, &fair.holders[0].0, id, shares).await.expect_err("a refusal");
        let Error::Refused(refusals) = &error else { panic!("{error}") };
        assert_eq!((refusals[0].code, refusals[0].path.join(".").as_str()), (Code::NotFound, "shares.3.bidId"));
        assert!(is_refused(reveal(app, &fair.suppliers[3], *gone, key).await, Code::BidWithdrawn));
        for holder in 0..2 {
            fair.holder_opens(holder).await.expect("opens");
        }
        let lines = record(app, &market.public(), id).await.expect("public").lines;
        assert_eq!(lines.iter().map(|line| line.bid).collect::<Vec<_>>(), bids[..3].iter().map(|(bid, _)| *bid).collect::<Vec<_>>());
    }

    async fn nobody_opens_too_early_and_no_stranger_at_all(market: &Market) {
        let fair = Fair::open(market, 3).await;
        let bids = fair.all_bid().await;
        let (app, id) = (&market.app, fair.tender.id);
        let early = submit_shares(app, &fair.holders[0].0, id, Vec::new()).await;
        assert!(is_refused(early, Code::OpeningTooEarly));
        assert!(is_refused(reveal(app, &fair.suppliers[0], bids[0].0, &bids[0].1).await, Code::OpeningTooEarly));
        fair.pass_deadline();
        let shares = fair.shares(0).await;
        let buyer = fair.officer.person().expect("a person").organization;
        let other = acting(market, UserId(Uuid::from_u128(78)), buyer, OrganizationKind::Buyer, Role::KeyHolder);
        for stranger in [&fair.officer, &fair.suppliers[0], &other] {
            assert!(matches!(submit_shares(app, stranger, id, shares.clone()).await, Err(Error::NotFound)));
        }
        assert!(matches!(submit_shares(app, &market.public(), id, shares).await, Err(Error::Unauthenticated)));
        let seats = table(app, &market.public(), id).await.expect("public").seats;
        assert!(seats.iter().all(|seat| seat.handed_in_at.is_none()));
    }

    async fn a_bid_above_the_ceiling_or_in_another_currency_stops_no_other(market: &Market) {
        let fair = Fair::open(market, 5).await;
        for (supplier, price) in [(0, 80_000_000), (1, 81_000_000), (2, 82_000_000), (3, 150_000_001)] {
            let (sealed, _) = fair.sealed(supplier, price).await;
            fair.hand_in(supplier, &sealed, None).await.expect("nobody can know yet");
        }
        let (dollars, _) = fair.sealed_content(4, br#"{"price":{"amount_minor":70000000,"currency":"USD"}}"#).await;
        fair.hand_in(4, &dollars, None).await.expect("nobody can know yet");
        let (app, id) = (&market.app, fair.tender.id);
        fair.pass_deadline();
        for holder in 0..2 {
            fair.holder_opens(holder).await.expect("opens");
        }
        let opened = tender_bids(app, &fair.officer, id).await.expect("own tender").opened;
        assert_eq!(opened.len(), 4, "what is no price in the tender's currency is no bid");
        let finding = |bid_id| PaperFinding { bid_id, paper: "licence".into(), is_met: true, reason: String::new() };
        qualify_bidders(app, &fair.officer, id, opened.iter().map(|bid| finding(bid.bid().id)).collect()).await.expect("qualifies");
        let seen = evaluation(app, &fair.officer, id).await.expect("the officer reads it");
        assert_eq!(seen.stage, Some(Stage::Qualified));
        let exceeded: Vec<_> = seen.contenders.iter().map(|one| one.exceeded_ceiling.is_some()).collect();
        assert_eq!(exceeded, [false, false, false, true]);
    }

    async fn nobody_reveals_before_the_holders_had_their_day_and_nobody_is_judged_while_a_bid_waits(market: &Market) {
        let fair = Fair::open(market, 3).await;
        let bids = fair.all_bid().await;
        let (app, id) = (&market.app, fair.tender.id);
        fair.pass_deadline();
        let early = reveal(app, &fair.suppliers[0], bids[0].0, &bids[0].1).await;
        assert!(is_refused(early, Code::RevealTooEarly), "one bidder alone would begin the opening");
        market.app.clock().advance(TimeDelta::hours(24));
        reveal(app, &fair.suppliers[0], bids[0].0, &bids[0].1).await.expect("the holders have not come");
        let finding = |(bid_id, _): &(BidId, String)| PaperFinding { bid_id: *bid_id, paper: "licence".into(), is_met: true, reason: String::new() };
        let early = qualify_bidders(app, &fair.officer, id, vec![finding(&bids[0])]).await;
        assert!(is_refused(early, Code::BidsUnopened), "the others can still be opened");
        for holder in 0..2 {
            fair.holder_opens(holder).await.expect("late, and not too late");
        }
        assert_eq!(tender_bids(app, &fair.officer, id).await.expect("own tender").opened.len(), 3);
        qualify_bidders(app, &fair.officer, id, bids.iter().map(finding).collect()).await.expect("all are open");
    }

    async fn after_three_days_bidders_are_judged_without_what_nobody_opened_and_its_bidder_is_told(market: &Market) {
        let fair = Fair::open(market, 4).await;
        let bids = fair.all_bid().await;
        let (app, id) = (&market.app, fair.tender.id);
        fair.pass_deadline();
        market.app.clock().advance(TimeDelta::hours(24));
        for (place, (bid, key)) in bids[..3].iter().enumerate() {
            reveal(app, &fair.suppliers[place], *bid, key).await.expect("its own");
        }
        market.app.clock().advance(TimeDelta::hours(48));
        let finding = |(bid_id, _): &(BidId, String)| PaperFinding { bid_id: *bid_id, paper: "licence".into(), is_met: false, reason: "过期".into() };
        qualify_bidders(app, &fair.officer, id, bids[..3].iter().map(finding).collect()).await.expect("the time is over");
        run_due(app).await.expect("jobs run");
        let (told, _) = loser_notice(app, &fair.suppliers[3], id).await.expect("is told");
        assert!(told.reason.words().en.contains("holders"), "{:?}", told.reason.words());
    }

    async fn the_table_names_offices_to_everybody_and_people_to_its_own(market: &Market) {
        let fair = Fair::open(market, 1).await;
        let (app, id) = (&market.app, fair.tender.id);
        let seen = table(app, &market.public(), id).await.expect("public");
        assert_eq!((seen.threshold, seen.seats.len()), (2, 3));
        assert_eq!(seen.seats[2].role, Some(Role::Supervisor));
        assert!(seen.seats.iter().all(|seat| seat.person.is_none() && !seat.is_own && seat.organization.is_some()));
        let strangers = table(app, &fair.suppliers[0], id).await.expect("public");
        assert!(strangers.seats.iter().all(|seat| seat.person.is_none()));
        for own in [&fair.officer, &fair.holders[1].0] {
            let seen = table(app, own, id).await.expect("its own");
            assert!(seen.seats.iter().all(|seat| seat.person.is_some()));
        }
        let holder = table(app, &fair.holders[1].0, id).await.expect("its own");
        assert_eq!(holder.seats.iter().map(|seat| seat.is_own).collect::<Vec<_>>(), [false, true, false]);
    }
}

/// On `PostgreSQL` a bid can be stopped between its judgement by the clock and its commit: the opening waits for it.
#[tokio::test]
async fn an_opening_waits_for_a_bid_whose_commit_is_under_way() {
    let Some(market) = Market::open(Engine::Postgres).await else { return };
    let fair = Fair::open(&market, 3).await;
    for supplier in 0..2 {
        let (sealed, _) = fair.sealed(supplier, 1_000_000).await;
        fair.hand_in(supplier, &sealed, None).await.expect("in time");
    }
    let (last, _) = fair.sealed(2, 1_000_000).await;
    let outside = Database::connect(&market.database_url).await.expect("the database answers");
    let gate = outside.begin().await.expect("a transaction");
    gate.execute_unprepared("LOCK TABLE bid_envelope IN SHARE MODE").await.expect("nobody can insert an envelope");
    market.app.clock().set(fair.tender.content.deadline_at.expect("a deadline"));
    let waiting = |count: i64| {
        let outside = &outside;
        async move {
            let asked = "SELECT count(*) AS waiting FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
            loop {
                let row = outside.query_one_raw(sea_orm::Statement::from_string(sea_orm::DbBackend::Postgres, asked)).await;
                let row = row.expect("the database answers").expect("a row");
                if row.try_get::<i64>("", "waiting").expect("a count") >= count {
                    return;
                }
            }
        }
    };
    let bid = fair.hand_in(2, &last, None);
    let opening = async {
        waiting(1).await;
        fair.pass_deadline();
        holder_view(&market.app, &fair.holders[0].0, fair.tender.id).await
    };
    let release = async {
        waiting(2).await;
        gate.rollback().await.expect("lets them go on");
    };
    let (bid, view, ()) = tokio::join!(bid, opening, release);
    let (bid, view) = (bid.expect("it was in time").bid, view.expect("a holder"));
    assert!(bid.received_at <= fair.tender.content.deadline_at.expect("a deadline"));
    assert_eq!(view.manifests.len(), 3);
    assert!(view.manifests.iter().any(|(listed, _)| *listed == bid.id));
    assert!(record(&market.app, &market.public(), fair.tender.id).await.is_err());
}
