//! A supplier's own bids: all of them, nobody else's, in pages without gaps.

use crate::fair::Fair;
use crate::market::Market;
use crate::on_both_engines;
use app::Error;
use app::tendering::bid::withdraw;
use app::tendering::bid_list::{BidResult, viewer_bid_count, viewer_bids};
use app::tendering::tender::{self, Change};
use chrono::TimeDelta;
use domain::language::LocalText;
use domain::tendering::tender_content::TenderContent;

on_both_engines! {
    async fn a_supplier_lists_its_own_bids_whatever_has_become_of_them_and_nobody_elses(market: &Market) {
        let (app, fair) = (&market.app, Fair::open(market, 2).await);
        let (own, other) = (&fair.suppliers[0], &fair.suppliers[1]);
        let (sealed, _) = fair.sealed(0, 80_000_000).await;
        let first = fair.hand_in(0, &sealed, None).await.expect("handed in").bid.id;
        app.clock().advance(TimeDelta::seconds(1));
        let (sealed, _) = fair.sealed(0, 79_000_000).await;
        let second = fair.hand_in(0, &sealed, Some(first)).await.expect("replaced").bid.id;
        let listed = viewer_bids(app, own, &[], None, 10).await.expect("a list");
        assert_eq!(listed.iter().map(|one| (one.bid.id, one.result)).collect::<Vec<_>>(), [(second, None), (first, None)]);
        let page = viewer_bids(app, own, &[], Some(&listed[0].place()), 10).await.expect("a page");
        assert_eq!(page.iter().map(|one| one.bid.id).collect::<Vec<_>>(), [first]);
        let sealed_only = viewer_bids(app, own, &["sealed"], None, 10).await.expect("a list");
        assert_eq!(sealed_only.iter().map(|one| one.bid.id).collect::<Vec<_>>(), [second]);
        assert_eq!((viewer_bid_count(app, own, &[]).await.unwrap(), viewer_bid_count(app, own, &["replaced"]).await.unwrap()), (2, 1));
        assert!(viewer_bids(app, other, &[], None, 10).await.expect("a list").is_empty());
        assert!(matches!(viewer_bids(app, &fair.officer, &[], None, 10).await, Err(Error::Forbidden)));
        assert!(matches!(viewer_bids(app, &market.public(), &[], None, 10).await, Err(Error::Unauthenticated)));
        withdraw(app, own, second).await.expect("withdrawn");
        assert_eq!(viewer_bids(app, own, &["withdrawn"], None, 10).await.expect("a list").len(), 1);
    }

    async fn a_bid_is_stale_after_a_change_and_tells_its_result_once_that_is_public(market: &Market) {
        let (app, fair) = (&market.app, Fair::open(market, 1).await);
        let (sealed, _) = fair.sealed(0, 80_000_000).await;
        fair.hand_in(0, &sealed, None).await.expect("handed in");
        let own = &fair.suppliers[0];
        assert!(!viewer_bids(app, own, &[], None, 1).await.expect("a list")[0].is_stale);
        let content = TenderContent { delivery_days: 60, ..fair.tender.content.clone() };
        let change = Change { content, reason: LocalText::new("交货期调整", "") };
        tender::amend(app, &fair.officer, (fair.tender.id, fair.tender.version), change).await.expect("changed");
        assert!(viewer_bids(app, own, &[], None, 1).await.expect("a list")[0].is_stale);
        tender::cancel(app, &fair.officer, fair.tender.id, LocalText::new("预算取消", "")).await.expect("called off");
        let over = &viewer_bids(app, own, &[], None, 1).await.expect("a list")[0];
        assert_eq!((over.is_stale, over.result), (false, Some(BidResult::Cancelled)));
    }
}
