//! `cargo xtask bench`: what the marketplace does in a second, beside what was aimed at.
//!
//! Run it with nothing else on the machine. Parts are chosen by name: `list`, `search`, `bids`, `start`; all without.

#[path = "../../../app/tests/use_cases/fair.rs"]
#[expect(dead_code, reason = "the tests of bids use all of it")]
mod fair;
#[path = "../../../app/tests/use_cases/market.rs"]
#[expect(dead_code, reason = "the tests use all of it")]
mod market;

mod bids;
mod hand;
mod list;
mod load;
mod search;
mod start;
mod table;

use market::{Engine, create_postgres_database};
use table::Table;

#[tokio::main]
async fn main() {
    // Cargo adds `--bench`.
    let wanted: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with("--")).collect();
    let wants = |part: &str| wanted.is_empty() || wanted.iter().any(|name| name == part);
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut table = Table::default();
    if wants("start") {
        start::run(&folder.path().join("demo"), &mut table).await;
    }
    if wants("list") || wants("search") {
        println!("filling a market on SQLite");
        let data = folder.path().join("sqlite");
        let app = list::market(format!("sqlite://{}", data.join("zhaocai.sqlite").display()), &data).await;
        if wants("list") {
            list::run(&app, "SQLite", &mut table).await;
        }
        if wants("search") {
            let documents = search::documents(&app).await;
            for items in [5_000, 100_000] {
                search::run(&documents, items, folder.path(), &mut table).await;
            }
        }
    }
    if wants("list")
        && let Some(database) = create_postgres_database().await
    {
        println!("filling a market on PostgreSQL");
        let app = list::market(database, &folder.path().join("postgres")).await;
        list::run(&app, "PostgreSQL", &mut table).await;
    }
    if wants("bids") {
        let sync = bids::sync_time(folder.path(), &mut table);
        for engine in [Engine::Sqlite, Engine::Postgres] {
            bids::run(engine, sync, &mut table).await;
        }
    }
    table.show();
}
