//! Writes at one instant: nobody's is lost, none happens twice.

use crate::fair::Fair;
use crate::market::Market;
use crate::on_both_engines;
use app::tendering::bid::submit;
use futures::future::join_all;
use std::collections::BTreeSet;

/// How many act at once.
const MANY: usize = 12;

on_both_engines! {
    async fn all_who_bid_at_one_instant_are_taken_in(market: &Market) {
        let fair = Fair::open(market, MANY).await;
        let mut sealed = Vec::new();
        for supplier in 0..MANY {
            sealed.push(fair.sealed(supplier, 90_000_000).await.0);
        }
        let bids = join_all((0..MANY).map(|one| fair.hand_in(one, &sealed[one], None))).await;
        let taken: BTreeSet<_> = bids.into_iter().map(|bid| bid.expect("taken in").bid.id).collect();
        assert_eq!(taken.len(), MANY);
    }

    async fn one_act_sent_many_times_at_one_instant_happens_once_and_has_one_answer(market: &Market) {
        let fair = Fair::open(market, 1).await;
        let (sealed, _) = fair.sealed(0, 90_000_000).await;
        let ctx = fair.suppliers[0].with_idempotency_key(Some("once".to_owned()));
        let answers = join_all((0..MANY).map(|_| submit(&market.app, &ctx, fair.input(&sealed, None)))).await;
        let bids: BTreeSet<_> = answers.into_iter().map(|answer| answer.expect("an answer").bid.id).collect();
        assert_eq!(bids.len(), 1);
    }
}
