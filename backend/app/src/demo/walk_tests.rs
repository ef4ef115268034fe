use super::*;
use crate::Settings;
use crate::demo::market::enrol;
use crate::demo::organizations::organizations;
use crate::store::tendering::{bid as bids_kept, opening as openings_kept, tender as tenders_kept};
use domain::language::Language;
use domain::tendering::bid::{Bid, Sealing};
use domain::tendering::tender::Tender;

/// Everybody and every tender in an empty market, without its catalogue.
async fn walked() -> (Arc<App>, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let now: DateTime<Utc> = "2026-11-24T02:00:00Z".parse().unwrap();
    let settings = Settings {
        database_url: format!("sqlite://{}", folder.path().join("zhaocai.sqlite").display()).into(),
        database_connections: 4,
        data_folder: folder.path().to_owned(),
        public_url: "http://127.0.0.1".to_owned(),
        file_most_bytes: 1024 * 1024,
        policy_packs_folder: None,
        is_demo: true,
        clock: crate::Clock::fixed(now),
        seed: None,
    };
    let app = App::open(settings).await.unwrap();
    let clock = crate::Clock::fixed(now - TimeDelta::days(400));
    let ctx = Context::new(Actor::Platform, Language::Chinese, "demo".to_owned(), clock, Chance::seeded(1));
    let organizations = organizations();
    let (_, people) = enrol(&app, &ctx, &organizations).await.unwrap();
    seed(&app, &ctx, &people, &organizations, now).await.unwrap();
    (app, folder)
}

/// A bid without what age draws by itself: its ciphertext with a head of no fixed length, and the commitment to it.
fn without_chance(bid: Bid) -> Bid {
    Bid { sealing: Sealing { commitment: String::new(), ciphertext_bytes: 0, ..bid.sealing.clone() }, ..bid }
}

async fn bids_of(app: &App, tenders: &[Tender]) -> Vec<Bid> {
    let mut bids = Vec::new();
    for tender in tenders {
        bids.extend(bids_kept::live(app.store.reader(), tender.id).await.unwrap());
    }
    bids
}

#[tokio::test]
async fn two_demonstrations_are_alike_but_for_what_encryption_draws() {
    let ((one, _first), (other, _second)) = (walked().await, walked().await);
    let mut seen = Vec::new();
    for app in [&one, &other] {
        let db = app.store.reader();
        let tenders = tenders_kept::page_by_id(db, None, 1000).await.unwrap();
        let bids = bids_of(app, &tenders).await;
        let mut opened = Vec::new();
        for tender in &tenders {
            let found = openings_kept::opened_bids(db, tender.id).await.unwrap();
            opened.extend(found.into_iter().map(|bid| (bid.bid().id, bid.content().clone())));
        }
        seen.push((tenders, bids, opened));
    }
    let (tenders, bids, opened) = &seen[0];
    assert_eq!(tenders.len(), 46);
    assert!(opened.len() > 40 && bids.len() > opened.len() + 20);
    assert_eq!((tenders, opened), (&seen[1].0, &seen[1].2));
    for (bid, other) in bids.iter().zip(&seen[1].1) {
        assert_eq!(without_chance(bid.clone()), without_chance(other.clone()));
    }
    assert_eq!(bids.len(), seen[1].1.len());
    assert_ne!(bids, &seen[1].1, "no two envelopes are alike");
}
