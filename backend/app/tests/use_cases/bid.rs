//! Sealed bids and their opening: everything that may be refused, and the whole way to the public record.

use crate::fair::{CANARY, Fair, acting, loser_notice, viewer_bid};
use domain::tendering::tender::TenderStateName;
use crate::market::Market;
use crate::on_both_engines;
use app::jobs::run_due;
use app::tendering::bid::{confirm, submit, withdraw};
use app::tendering::holder_key::{own_keys, possible_holders, register};
use app::tendering::opening::{OfferedShare, holder_view, record, reveal, submit_shares, tender_bids};
use app::tendering::tender;
use app::{Context, Error};
use domain::ident::SessionId;
use domain::identity::actor::Actor;
use domain::identity::organization::OrganizationKind;
use domain::identity::role::Role;
use domain::language::{Language, LocalText};
use domain::money::Money;
use domain::refusal::Code;
use domain::tendering::tender_content::TenderContent;
use domain::tendering::bid::{BidState, CIPHERTEXT_MOST_BYTES};
use domain::tendering::opening::OpeningOutcome;
use uuid::Uuid;
use rand_chacha_010::ChaCha20Rng;
use rand_chacha_010::rand_core::SeedableRng as _;
use sealing::key::HolderKey;

/// Holds a result to a refusal, and the refusal to words in both languages.
fn assert_refused<T: std::fmt::Debug>(result: Result<T, Error>, code: Code) {
    let error = result.expect_err("a refusal");
    assert!(error.has_code(code), "{code:?} expected: {error}");
    let Error::Refused(refusals) = error else { unreachable!() };
    let said = Language::ALL.map(|language| domain::text::refusal(language, &refusals[0]));
    assert!(said[0] != said[1] && said.iter().all(|text| !text.contains('{')), "{said:?}");
}

fn prices(outcomes: impl Iterator<Item = OpeningOutcome>) -> Vec<Option<Money>> {
    let price = |outcome| match outcome {
        OpeningOutcome::Opened { price, .. } => Some(price),
        OpeningOutcome::Failed { .. } => None,
    };
    outcomes.map(price).collect()
}

fn keyed(ctx: &Context, key: &str) -> Context {
    ctx.with_idempotency_key(Some(key.to_owned()))
}

on_both_engines! {
    async fn three_bids_are_opened_by_two_of_three_holders_and_recorded_in_public(market: &Market) {
        let fair = Fair::open(market, 3).await;
        fair.all_bid().await;
        let officer = &fair.officer;
        let before = tender_bids(&market.app, officer, fair.tender.id).await.expect("own tender");
        assert!(before.count.is_none() && before.opened.is_empty());
        fair.pass_deadline();
        run_due(&market.app).await.expect("jobs run");
        let closed = tender_bids(&market.app, officer, fair.tender.id).await.expect("own tender");
        assert!(closed.count == Some(3) && closed.opened.is_empty());
        fair.holder_opens(0).await.expect("one of two");
        assert!(matches!(record(&market.app, &market.public(), fair.tender.id).await, Err(Error::NotFound)));
        fair.holder_opens(2).await.expect("two of two");
        let record = record(&market.app, &market.public(), fair.tender.id).await.expect("public");
        assert_eq!(record.holders.len(), 2);
        let seen = prices(record.lines.into_iter().map(|line| line.outcome));
        assert_eq!(seen, [80_000_000, 80_100_000, 80_200_000].map(|fen| Some(Money::cny(fen))));
        let opened = tender_bids(&market.app, officer, fair.tender.id).await.expect("own tender").opened;
        assert!(opened.len() == 3 && opened.iter().all(|bid| bid.content().technical == CANARY));
        let moved = tender::tender(&market.app, officer, fair.tender.id).await.expect("public");
        assert_eq!(moved.state.name(), TenderStateName::Opened);
        // The job that a dying server would have left does no harm.
        run_due(&market.app).await.expect("jobs run");
        assert!(submit_shares(&market.app, &fair.holders[1].0, fair.tender.id, fair.shares(1).await).await.is_ok());
    }

    async fn a_late_bid_is_refused_and_so_is_a_late_withdrawal(market: &Market) {
        let fair = Fair::open(market, 2).await;
        let (sealed, _) = fair.sealed(0, 1).await;
        let bid = fair.hand_in(0, &sealed, None).await.expect("in time").bid;
        let (late, _) = fair.sealed(1, 2).await;
        fair.pass_deadline();
        assert_refused(fair.hand_in(1, &late, None).await, Code::BidLate);
        assert_refused(withdraw(&market.app, &fair.suppliers[0], bid.id).await, Code::BidLate);
        assert!(matches!(viewer_bid(&market.app, &fair.suppliers[1], fair.tender.id).await, Err(Error::NotFound)));
    }

    async fn an_envelope_that_is_not_what_it_says_is_refused(market: &Market) {
        let fair = Fair::open(market, 2).await;
        let (good, _) = fair.sealed(0, 1).await;
        let mut wrong = good.clone();
        wrong.manifest.commitment = "0".repeat(64);
        assert_refused(fair.hand_in(0, &wrong, None).await, Code::CommitmentWrong);
        let mut damaged = good.clone();
        damaged.ciphertext[100] ^= 1;
        assert_refused(fair.hand_in(0, &damaged, None).await, Code::CommitmentWrong);
        assert_refused(fair.hand_in(1, &good, None).await, Code::BidForSomethingElse);
        let statement = &good.manifest.statement;
        let holders: Vec<_> = statement.shares[..2].iter().map(|share| share.holder.clone()).collect();
        let mut rng = ChaCha20Rng::seed_from_u64(6);
        let (others, _) = sealing::envelope::seal(&statement.binding, b"{}", &holders, 2, &mut rng).expect("seals");
        assert_refused(fair.hand_in(0, &others, None).await, Code::BidSealedToOthers);
        let mut large = fair.input(&good, None);
        large.ciphertext = vec![0; CIPHERTEXT_MOST_BYTES + 1];
        assert_refused(submit(&market.app, &fair.suppliers[0], large).await, Code::FileTooLarge);
        let mut garbled = fair.input(&good, None);
        "a shopping list".clone_into(&mut garbled.manifest);
        assert_refused(submit(&market.app, &fair.suppliers[0], garbled).await, Code::Malformed);
    }

    async fn a_supplier_has_one_bid_which_it_replaces_and_withdraws(market: &Market) {
        let fair = Fair::open(market, 2).await;
        let (first, _) = fair.sealed(0, 1).await;
        let first = fair.hand_in(0, &first, None).await.expect("handed in").bid;
        let (second, _) = fair.sealed(0, 2).await;
        assert_refused(fair.hand_in(0, &second, None).await, Code::BidAlreadyIn);
        let second = fair.hand_in(0, &second, Some(first.id)).await.expect("replaces").bid;
        assert_refused(withdraw(&market.app, &fair.suppliers[0], first.id).await, Code::WrongState);
        assert!(matches!(withdraw(&market.app, &fair.suppliers[1], second.id).await, Err(Error::NotFound)));
        let gone = withdraw(&market.app, &fair.suppliers[0], second.id).await.expect("withdraws").bid;
        assert!(matches!(gone.state, BidState::Withdrawn { .. }));
        for result in [
            withdraw(&market.app, &fair.suppliers[0], second.id).await,
            confirm(&market.app, &fair.suppliers[0], second.id).await,
        ] {
            assert_refused(result, Code::BidWithdrawn);
        }
        let (third, _) = fair.sealed(0, 3).await;
        assert_refused(fair.hand_in(0, &third, Some(second.id)).await, Code::BidWithdrawn);
        let third = fair.hand_in(0, &third, None).await.expect("a new one").bid;
        let seen = viewer_bid(&market.app, &fair.suppliers[0], fair.tender.id).await.expect("own bid");
        assert!(seen.bid.id == third.id && seen.receipt.split('.').count() == 3);
    }

    async fn a_bid_sent_twice_is_one_bid_and_its_key_serves_no_other(market: &Market) {
        let fair = Fair::open(market, 1).await;
        let ctx = keyed(&fair.suppliers[0], "bid-1");
        let (sealed, _) = fair.sealed(0, 1).await;
        let first = submit(&market.app, &ctx, fair.input(&sealed, None)).await.expect("handed in");
        let again = submit(&market.app, &ctx, fair.input(&sealed, None)).await.expect("the same answer");
        assert_eq!(first.bid, again.bid);
        // Whose session ended while the answer was on its way signs in anew, and is the same.
        let mut person = ctx.person().expect("a person").clone();
        person.session = SessionId(Uuid::from_u128(99));
        let anew = ctx.acting_as(Actor::Person(person));
        assert_eq!(submit(&market.app, &anew, fair.input(&sealed, None)).await.expect("the same answer").bid, first.bid);
        let (other, _) = fair.sealed(0, 2).await;
        assert_refused(submit(&market.app, &ctx, fair.input(&other, None)).await, Code::IdempotencyKeyReused);
    }

    async fn a_change_of_the_documents_makes_bids_stale_until_confirmed_or_sealed_anew(market: &Market) {
        let fair = Fair::open(market, 2).await;
        let bids = fair.all_bid().await;
        let (old, _) = fair.sealed(1, 3).await;
        assert_refused(confirm(&market.app, &fair.suppliers[0], bids[0].0).await, Code::BidNotStale);
        let reason = LocalText::new("交货期更正", "The time of delivery was wrong");
        let content = TenderContent { delivery_days: 45, ..fair.tender.content.clone() };
        let seen = (fair.tender.id, fair.tender.version);
        tender::amend(&market.app, &fair.officer, seen, tender::Change { content, reason }).await.expect("changed");
        let stale = viewer_bid(&market.app, &fair.suppliers[0], fair.tender.id).await.expect("own bid");
        assert!(stale.is_stale);
        let confirmed = confirm(&market.app, &fair.suppliers[0], bids[0].0).await.expect("confirms");
        assert!(!confirmed.is_stale && confirmed.bid.sealing.document_version == 1);
        assert_refused(fair.hand_in(1, &old, Some(bids[1].0)).await, Code::BidForOldDocuments);
        let (new, _) = fair.sealed(1, 3).await;
        assert!(!fair.hand_in(1, &new, Some(bids[1].0)).await.expect("sealed anew").is_stale);
    }

    async fn a_wrong_share_is_named_and_a_holder_counts_once(market: &Market) {
        let fair = Fair::open(market, 3).await;
        fair.all_bid().await;
        let (holder, _) = &fair.holders[0];
        assert_refused(holder_view(&market.app, holder, fair.tender.id).await, Code::OpeningTooEarly);
        fair.pass_deadline();
        let shares = fair.shares(0).await;
        let mut wrong = shares.clone();
        wrong[1].share.clone_from(&shares[0].share);
        let error = submit_shares(&market.app, holder, fair.tender.id, wrong).await.expect_err("a refusal");
        let Error::Refused(refusals) = &error else { panic!("{error}") };
        assert_eq!(refusals[0].path, ["shares", "1", "share"]);
        let named = domain::text::refusal(Language::English, &refusals[0]);
        assert!(named.contains(&shares[1].bid.to_string()), "{named}");
        assert_refused(Err::<(), _>(error), Code::ShareWrong);
        let two = shares[..2].to_vec();
        assert_refused(submit_shares(&market.app, holder, fair.tender.id, two).await, Code::SharesMissing);
        let once = keyed(holder, "shares-1");
        for _ in 0..2 {
            let progress = submit_shares(&market.app, &once, fair.tender.id, shares.clone()).await.expect("handed in");
            assert_eq!(progress.handed_in.len(), 1);
        }
        assert_refused(submit_shares(&market.app, holder, fair.tender.id, shares).await, Code::SharesInAlready);
        for stranger in [&fair.officer, &fair.suppliers[0]] {
            assert!(matches!(holder_view(&market.app, stranger, fair.tender.id).await, Err(Error::NotFound)));
        }
        assert!(matches!(tender_bids(&market.app, &fair.suppliers[0], fair.tender.id).await, Err(Error::NotFound)));
    }

    async fn with_fewer_than_three_bids_the_tender_fails_unopened(market: &Market) {
        let fair = Fair::open(market, 2).await;
        fair.all_bid().await;
        fair.pass_deadline();
        let shares = fair.shares(0).await;
        assert_refused(submit_shares(&market.app, &fair.holders[0].0, fair.tender.id, shares).await, Code::TooFewBids);
        let failed = tender::tender(&market.app, &market.public(), fair.tender.id).await.expect("public");
        assert_eq!(failed.state.name(), TenderStateName::Failed);
        assert!(tender_bids(&market.app, &fair.officer, fair.tender.id).await.expect("own tender").opened.is_empty());
        run_due(&market.app).await.expect("jobs run");
        for supplier in &fair.suppliers {
            let (told, _) = loser_notice(&market.app, supplier, fair.tender.id).await.expect("is told");
            assert!(told.reason.words().zh.contains("第三十六条"), "{:?}", told.reason.words());
        }
    }

    async fn the_deadline_itself_ends_a_tender_for_which_nobody_bid(market: &Market) {
        let fair = Fair::open(market, 0).await;
        run_due(&market.app).await.expect("jobs run");
        let open = tender::tender(&market.app, &market.public(), fair.tender.id).await.expect("public");
        assert_eq!(open.state.name(), TenderStateName::Published);
        fair.pass_deadline();
        run_due(&market.app).await.expect("jobs run");
        let failed = tender::tender(&market.app, &market.public(), fair.tender.id).await.expect("public");
        assert_eq!(failed.state.name(), TenderStateName::Failed);
    }

    async fn a_bid_that_does_not_open_blocks_no_other_and_its_bidder_can_reveal_it(market: &Market) {
        let fair = Fair::open(market, 4).await;
        let bids = fair.all_bid().await;
        let (unreadable, _) = fair.sealed_content(3, b"no bid at all").await;
        fair.hand_in(3, &unreadable, Some(bids[3].0)).await.expect("nobody can know yet");
        fair.pass_deadline();
        for holder in 0..2 {
            let lost = |share: OfferedShare| if share.bid == bids[0].0 { OfferedShare { share: None, ..share } } else { share };
            let shares = fair.shares(holder).await.into_iter().map(lost).collect();
            submit_shares(&market.app, &fair.holders[holder].0, fair.tender.id, shares).await.expect("handed in");
        }
        let first = record(&market.app, &market.public(), fair.tender.id).await.expect("public");
        let seen = prices(first.lines.into_iter().map(|line| line.outcome));
        assert_eq!(seen, [None, Some(Money::cny(80_100_000)), Some(Money::cny(80_200_000)), None]);
        assert_refused(reveal(&market.app, &fair.suppliers[0], bids[0].0, "AGE-SECRET-KEY-1").await, Code::BidKeyWrong);
        assert!(matches!(reveal(&market.app, &fair.suppliers[1], bids[0].0, &bids[0].1).await, Err(Error::NotFound)));
        reveal(&market.app, &fair.suppliers[0], bids[0].0, &bids[0].1).await.expect("its own key");
        let second = record(&market.app, &market.public(), fair.tender.id).await.expect("public");
        let revealed = matches!(second.lines[0].outcome, OpeningOutcome::Opened { is_revealed: true, .. });
        assert!(revealed, "{:?}", second.lines[0]);
        let opened = tender_bids(&market.app, &fair.officer, fair.tender.id).await.expect("own tender").opened;
        assert_eq!(opened.len(), 3);
    }

    async fn holders_register_public_keys_and_officers_find_the_newest(market: &Market) {
        let fair = Fair::open(market, 0).await;
        let officer = fair.officer.person().expect("a person").clone();
        let holder = acting(market, officer.user, officer.organization, OrganizationKind::Buyer, Role::KeyHolder);
        let (first, second) = (HolderKey::generate().recipient(), HolderKey::generate().recipient());
        for recipient in [&first, &second] {
            register(&market.app, &holder, recipient).await.expect("registers");
            market.app.clock().advance(chrono::TimeDelta::seconds(1));
        }
        assert_refused(register(&market.app, &holder, &first).await, Code::RecipientTaken);
        assert_refused(register(&market.app, &holder, "AGE-SECRET-KEY-1").await, Code::RecipientInvalid);
        assert!(matches!(register(&market.app, &fair.officer, &first).await, Err(Error::Forbidden)));
        let found = possible_holders(&market.app, &fair.officer, None).await.expect("an officer");
        // The newest of this holder, beside those of the fair's own three.
        let own = found.iter().filter(|key| key.user == officer.user).map(|key| &key.recipient);
        assert_eq!((own.collect::<Vec<_>>(), found.len()), (vec![&second], 4));
        assert_eq!(own_keys(&market.app, &holder).await.expect("own keys").len(), 2);
    }
}
