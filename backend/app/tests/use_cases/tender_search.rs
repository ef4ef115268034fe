//! Tenders are found once they are public, by what people type, and by what became of them.

use crate::fair::{Fair, content, handed_in};
use crate::market::Market;
use crate::on_both_engines;
use app::Context;
use app::catalogue::search::{Filters, reindex};
use app::jobs::run_due;
use app::tendering::search::{FoundTenders, TenderSearch, search};
use app::tendering::tender::{self, Draft};
use domain::language::LocalText;
use domain::tendering::tender::Tender;

async fn find(market: &Market, ctx: &Context, text: &str) -> FoundTenders {
    let wanted = TenderSearch { text: text.to_owned(), ..TenderSearch::default() };
    search(&market.app, ctx, wanted).await.expect("finds")
}

/// A draft about centrifuges by the fair's officer, opened by the fair's holders.
async fn centrifuges(fair: &Fair<'_>) -> Tender {
    let app = &fair.market.app;
    let mut content = content();
    content.title = LocalText::new("实验室高速离心机采购", "High-speed laboratory centrifuges");
    content.items[0].name = LocalText::new("冷冻离心机", "Refrigerated centrifuge");
    let keys = app::tendering::holder_key::possible_holders(app, &fair.officer, None).await.expect("an officer");
    let draft = Draft { content, holder_keys: keys.iter().map(|key| key.id).collect() };
    tender::begin_draft(app, &fair.officer, None, draft).await.expect("a draft")
}

on_both_engines! {
    async fn a_published_tender_is_found_as_people_type_and_a_draft_by_nobody(market: &Market) {
        let fair = Fair::open(market, 0).await;
        let (app, public) = (&market.app, market.public());
        let draft = centrifuges(&fair).await;
        handed_in(fair.market, &fair.officer, draft.id).await.expect("handed in");
        tender::approve(app, &fair.approver, draft.id).await.expect("approved");
        run_due(app).await.expect("settles");
        for ctx in [&public, &fair.officer] {
            assert!(find(market, ctx, "离心机").await.tenders.is_empty(), "what is not public is not in the index");
        }
        assert_eq!(reindex(app, &app.platform_context()).await.expect("writes").tenders, 1, "the fair's own, not the draft");
        let published = tender::publish(app, &fair.officer, draft.id).await.expect("published");
        run_due(app).await.expect("settles");
        let texts = ["离心机", "实验室 离心机", "centrifuges", "高速 centrifuge", "centri", "centrifgue", "冷冻离心机", &published.number];
        for text in texts {
            let found = find(market, &public, text).await;
            let ids: Vec<_> = found.tenders.iter().map(|found| found.tender.id).collect();
            assert_eq!(ids, [draft.id], "{text}");
            assert_eq!(found.is_corrected, text == "centrifgue", "{text}");
        }
        assert!(find(market, &public, "拖拉机").await.tenders.is_empty());
        assert_eq!(reindex(app, &app.platform_context()).await.expect("writes").tenders, 2);
    }

    async fn facets_count_and_filters_follow_what_becomes_of_a_tender(market: &Market) {
        let fair = Fair::open(market, 0).await;
        let (app, public) = (&market.app, market.public());
        run_due(app).await.expect("settles");
        let before = app.statements().count();
        let found = find(market, &public, "").await;
        assert!(app.statements().count() - before <= 3, "hits, buyers, categories");
        assert_eq!((found.total, found.tenders[0].tender.id), (1, fair.tender.id));
        assert!(found.buyers.contains_key(&fair.tender.buyer));
        assert!(found.facets.categories.iter().any(|facet| facet.value == "A05010200"));
        assert_eq!(found.facets.statuses[0].value, "published");
        let reason = LocalText::new("预算调整", "The budget changed");
        tender::cancel(app, &fair.officer, fair.tender.id, reason).await.expect("called off");
        run_due(app).await.expect("settles");
        for (status, total) in [("published", 0), ("cancelled", 1)] {
            let filters = Filters { statuses: vec![status.to_owned()], ..Filters::default() };
            let wanted = TenderSearch { filters, ..TenderSearch::default() };
            assert_eq!(search(app, &public, wanted).await.expect("finds").total, total, "{status}");
        }
    }
}
