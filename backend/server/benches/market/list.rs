//! The list of fifty items with supplier and price tiers over GraphQL, against the same by hand.

use crate::hand;
use crate::load::{Measured, Request, load, millis, percentile};
use crate::table::{Row, Table};
use app::{App, Clock, Settings};
use axum::Router;
use secrecy::ExposeSecret as _;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

/// The query of a page of the catalogue.
const QUERY: &str = "{ items(first: 50) { nodes { id number name { zh en } brand unit stock listPrice { amountMinor currency } \
    priceTiers { leastQuantity price { amountMinor currency } } supplier { id name { zh en } enterpriseSize } } \
    pageInfo { hasNextPage } } }";
/// As many connections as the marketplace has to its database.
const CONNECTIONS: u32 = 16;
/// How long each load lasts, and how often the two take turns.
const LASTING: Duration = Duration::from_secs(4);
const TURNS: usize = 5;

/// Opens a market with the demonstration's catalogue.
pub async fn market(database: String, folder: &Path) -> Arc<App> {
    let settings = Settings {
        database_url: database.into(),
        database_connections: CONNECTIONS,
        data_folder: folder.to_owned(),
        public_url: "http://127.0.0.1".to_owned(),
        file_most_bytes: 1024 * 1024,
        policy_packs_folder: None,
        is_demo: true,
        clock: Clock::system(),
        seed: None,
    };
    let app = App::open(settings).await.expect("the market opens");
    app::demo::seed(&app).await.expect("the market is filled");
    app
}

async fn serve(router: Router) -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address").to_string();
    tokio::spawn(async move { axum::serve(listener, router).await });
    address
}

/// Measures on one database.
pub async fn run(app: &Arc<App>, engine: &str, table: &mut Table) {
    let limits = server::edges::Limits { request_most_bytes: 1 << 20, form_most_bytes: 1 << 20 };
    let ours = serve(server::edges::router(Arc::clone(app), limits, Path::new("")).expect("a router")).await;
    let by_hand = serve(hand::router(app.settings().database_url.expose_secret(), CONNECTIONS).await).await;
    let ours = Request::post(&ours, "/graphql", &serde_json::json!({ "query": QUERY }).to_string());
    let by_hand = Request::post(&by_hand, "/hand", "{}");
    let (one, other) = (ours.once().await, by_hand.once().await);
    assert!(one == other, "the answers differ:\n{}\n{}", String::from_utf8_lossy(&one), String::from_utf8_lossy(&other));
    println!("{engine}: both answer the same {} bytes", one.len());
    let before = app.statements().count();
    ours.once().await;
    let statements = app.statements().count() - before;
    let connections = usize::try_from(CONNECTIONS).expect("a few");
    for request in [&ours, &by_hand] {
        load(request, connections, Duration::from_secs(1)).await;
    }
    let (mut graphql, mut hand) = (Vec::new(), Vec::new());
    for turn in 1..=TURNS {
        graphql.push(load(&ours, connections, LASTING).await);
        hand.push(load(&by_hand, connections, LASTING).await);
        println!("{engine}, turn {turn}: GraphQL {:.0}/s, by hand {:.0}/s", graphql[turn - 1].per_second, hand[turn - 1].per_second);
    }
    let (graphql, hand) = (middle(graphql), middle(hand));
    let ratio = graphql.per_second / hand.per_second;
    table.add(Row {
        what: format!("50 items, {engine}: throughput ({statements} statements)"),
        measured: format!("{:.0}/s, by hand {:.0}/s", graphql.per_second, hand.per_second),
        ratio: Some(ratio),
        aim: "≥ 0.75".to_owned(),
        holds: Some(ratio >= 0.75),
    });
    let (ours, theirs) = (percentile(&graphql.times, 99), percentile(&hand.times, 99));
    let ratio = ours.as_secs_f64() / theirs.as_secs_f64();
    table.add(Row {
        what: format!("50 items, {engine}: p99"),
        measured: format!("{}, by hand {}", millis(ours), millis(theirs)),
        ratio: Some(ratio),
        aim: "≤ 1.5".to_owned(),
        holds: Some(ratio <= 1.5),
    });
}

/// The turn of middle throughput.
fn middle(mut turns: Vec<Measured>) -> Measured {
    turns.sort_by(|one, other| one.per_second.total_cmp(&other.per_second));
    turns.swap_remove(turns.len() / 2)
}
