//! Sealed bids handed in at once, each answered only when it is durable; beside what one sync of this disk costs.

use crate::fair::Fair;
use crate::load::{millis, percentile};
use crate::market::{Engine, Market};
use crate::table::{Row, Table};
use std::fs::File;
use std::io::Write as _;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// How many suppliers bid, and how many of them at the same time.
const BIDS: usize = 400;
const AT_ONCE: usize = 64;
/// A bid's content, sealed, is about so large: prices, answers, a proposal without its papers.
const CONTENT_BYTES: usize = 16 * 1024;

/// The middle time of writing four kilobytes and having them on the disk.
pub fn sync_time(folder: &Path, table: &mut Table) -> Duration {
    let mut file = File::create(folder.join("synced")).expect("a file");
    let mut times: Vec<Duration> = (0..200)
        .map(|_| {
            let begun = Instant::now();
            file.write_all(&[7; 4096]).and_then(|()| file.sync_data()).expect("is synced");
            begun.elapsed()
        })
        .collect();
    times.sort_unstable();
    let (half, most) = (percentile(&times, 50), percentile(&times, 95));
    let measured = format!("p50 {}, p95 {}", millis(half), millis(most));
    table.add(Row { what: "write of 4 KiB with fdatasync".to_owned(), measured, ratio: None, aim: String::new(), holds: None });
    half
}

/// Measures on one engine.
pub async fn run(engine: Engine, sync: Duration, table: &mut Table) {
    let Some(market) = Market::open_with(engine, 32).await else { return };
    let fair = Arc::new(Fair::open(&market, BIDS).await);
    println!("{engine:?}: {BIDS} suppliers seal their bids");
    let mut inputs = Vec::with_capacity(BIDS);
    for supplier in 0..BIDS {
        let (sealed, _) = fair.sealed_content(supplier, &vec![b' '; CONTENT_BYTES]).await;
        inputs.push((fair.suppliers[supplier].clone(), fair.input(&sealed, None)));
    }
    let begun = Instant::now();
    let mut times = Vec::with_capacity(BIDS);
    let mut waiting = inputs.into_iter();
    let mut under_way = tokio::task::JoinSet::new();
    loop {
        while under_way.len() < AT_ONCE
            && let Some((ctx, input)) = waiting.next()
        {
            let app = Arc::clone(&market.app);
            under_way.spawn(async move {
                let asked = Instant::now();
                app::tendering::bid::submit(&app, &ctx, input).await.expect("the bid is taken");
                asked.elapsed()
            });
        }
        match under_way.join_next().await {
            Some(took) => times.push(took.expect("a task ends")),
            None => break,
        }
    }
    let took = begun.elapsed();
    times.sort_unstable();
    let per_second = f64::from(u32::try_from(times.len()).unwrap_or(u32::MAX)) / took.as_secs_f64();
    table.add(Row {
        what: format!("sealed bids stored durably, {engine:?}, {AT_ONCE} at once"),
        measured: format!("{per_second:.0}/s, p50 {}, p99 {}", millis(percentile(&times, 50)), millis(percentile(&times, 99))),
        // How many bids share the time of one sync.
        ratio: Some(per_second * sync.as_secs_f64()),
        aim: "bids in the time of one sync".to_owned(),
        holds: None,
    });
}
