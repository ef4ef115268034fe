//! The demonstration: its numbers, and that every state stands as it was seeded, and stays.

use crate::market::{Market, now};
use crate::on_both_engines;
use app::demo::organizations::DEMO_PASSWORD;
use app::demo::tenders::{DemoTenderState, tenders};
use app::identity::session::sign_in;
use app::jobs::run_due;
use app::oversight::figures::market_figures;
use app::oversight::task::viewer_tasks;
use chrono::TimeDelta;
use domain::tendering::procedure::Procedure;
use domain::identity::actor::Actor;
use domain::money::Money;
use domain::oversight::task::TaskKind;
use sea_orm::{ConnectionTrait as _, Database, QueryResult, Statement};
use std::collections::BTreeMap;

/// Rows of the market's database.
async fn rows(market: &Market, sql: &str) -> Vec<QueryResult> {
    let db = Database::connect(&market.database_url).await.expect("the database answers");
    db.query_all_raw(Statement::from_string(db.get_database_backend(), sql.to_owned())).await.expect("rows")
}

fn count(row: &QueryResult) -> i64 {
    row.try_get("", "n").expect("a number")
}

async fn number(market: &Market, sql: &str) -> i64 {
    count(&rows(market, sql).await[0])
}

/// How many tenders are in each state, by its name in the database.
async fn states(market: &Market) -> BTreeMap<String, i64> {
    let found = rows(market, "SELECT status, COUNT(*) AS n FROM tender GROUP BY status").await;
    found.iter().map(|row| (row.try_get("", "status").expect("a state"), count(row))).collect()
}

/// What the table says.
fn described() -> BTreeMap<String, i64> {
    use DemoTenderState as State;
    let mut counts = BTreeMap::new();
    for tender in tenders() {
        let name = match tender.state {
            State::Plan => continue,
            State::Draft => "draft",
            State::AwaitingApproval => "submitted",
            State::Approved => "approved",
            State::Open | State::OpenChanged | State::ClosingTomorrow | State::AwaitingOpening => "published",
            State::Negotiating => "negotiating",
            State::FinalOffers => "final_offers",
            State::Opened => "opened",
            State::Qualified => "qualified",
            State::InEvaluation => "in_evaluation",
            State::Reported => "reported",
            State::AwardConfirmed => "award_confirmed",
            State::Awarded => "awarded",
            State::Contracted => "contracted",
            State::Failed => "failed",
            State::Cancelled => "cancelled",
        };
        *counts.entry(name.to_owned()).or_insert(0) += 1;
    }
    counts
}

/// The public figures of the seeded market, in a few statements.
async fn figures_are_counted(market: &Market) {
    let before = market.app.statements().count();
    let figures = market_figures(&market.app, &market.public()).await.expect("counts");
    assert!(market.app.statements().count() - before <= 5);
    let open: Vec<_> = tenders().into_iter().filter(|tender| tender.state.is_open()).collect();
    assert_eq!(figures.open_tenders.count, i64::try_from(open.len()).expect("few"));
    assert_eq!(figures.open_tenders.value, Money::cny(open.iter().map(|tender| tender.budget.amount_minor).sum()));
    assert_eq!(figures.items_listed, 5_000);
    assert!(figures.awarded.count > 0);
    assert!(figures.noticed.len() > 3 && figures.noticed.iter().all(|group| group.name.zh != group.code));
}

/// What waits for somebody, who signs in as visitors do.
async fn tasks(market: &Market, login: &str) -> Vec<TaskKind> {
    let tokens = sign_in(&market.app, &market.public(), login, DEMO_PASSWORD.to_owned().into()).await.expect("signs in");
    let ctx = market.context(Actor::Person(tokens.person));
    let before = market.app.statements().count();
    let tasks = viewer_tasks(&market.app, &ctx).await.expect("reads");
    let statements = market.app.statements().count() - before;
    assert!(statements <= 12, "{login}: {statements} statements");
    assert!(tasks.windows(2).all(|pair| pair[0].due_at.is_none() || pair[0].due_at <= pair[1].due_at || pair[1].due_at.is_none()));
    tasks.into_iter().map(|task| task.kind).collect()
}

async fn everybody_on_the_sign_in_page_finds_something_to_do(market: &Market) {
    use TaskKind::{
        ApproveTender, ConfirmAward, ConfirmBid, DeclareConflict, OpenBids, PublishAward, PublishTender, QualifyBidders, ScoreBids,
        SignContract,
    };
    for (login, expected) in [
        ("officer.hospital-hz", vec![PublishTender, PublishAward, QualifyBidders]),
        ("approver.hospital-hz", vec![ApproveTender, ConfirmAward]),
        ("keyholder.hospital-hz", vec![OpenBids]),
        ("keyholder2.hospital-hz", vec![OpenBids]),
        ("supervisor.finance-hz", vec![OpenBids]),
        ("expert01", vec![DeclareConflict, ScoreBids]),
        ("seller.kangze-medical", vec![ConfirmBid]),
        ("seller.shuchuan-computer", vec![SignContract]),
    ] {
        let found = tasks(market, login).await;
        assert!(expected.iter().all(|kind| found.contains(kind)), "{login}: {found:?}");
    }
    assert!(viewer_tasks(&market.app, &market.public()).await.expect("reads").is_empty());
}

on_both_engines! {
    async fn the_whole_market_is_seeded_in_its_numbers_and_in_every_state(market: &Market) {
        app::demo::seed(&market.app).await.expect("seeds");
        for (sql, expected) in [
            ("SELECT COUNT(*) AS n FROM organization WHERE kind = 'buyer'", 12),
            ("SELECT COUNT(DISTINCT region_code) AS n FROM organization WHERE kind = 'buyer'", 2),
            ("SELECT COUNT(*) AS n FROM organization WHERE kind = 'supplier'", 60),
            ("SELECT COUNT(*) AS n FROM catalogue_item", 5_000),
            ("SELECT COUNT(*) AS n FROM tender", 46),
            ("SELECT COUNT(*) AS n FROM plan", 50),
            ("SELECT COUNT(DISTINCT role) AS n FROM membership", 9),
        ] {
            assert_eq!(number(market, sql).await, expected, "{sql}");
        }
        assert!(number(market, "SELECT COUNT(DISTINCT category_code) AS n FROM catalogue_item").await >= 80);
        let seeded = states(market).await;
        assert_eq!(seeded, described());
        // Every state of an open tender's way, its two ends that are none, talks and final offers.
        assert_eq!(seeded.len(), Procedure::OpenTender.course().way().len() + 4, "every state: {seeded:?}");
        assert_eq!(number(market, "SELECT COUNT(*) AS n FROM contract WHERE status = 'signed'").await, 5);
        assert_eq!(number(market, "SELECT COUNT(*) AS n FROM contract WHERE status = 'partly_signed'").await, 1);
        figures_are_counted(market).await;
        everybody_on_the_sign_in_page_finds_something_to_do(market).await;
        // The jobs of the past find everything done, and so they do when they come again.
        run_due(&market.app).await.expect("jobs run");
        assert_eq!(states(market).await, seeded);
        assert_eq!(number(market, "SELECT COUNT(*) AS n FROM job WHERE state = 'parked'").await, 0);
        // Past tomorrow's deadlines enough bids wait for their holders; past all of them some tenders have too few.
        market.app.clock().set(now() + TimeDelta::days(2));
        run_due(&market.app).await.expect("jobs run");
        assert_eq!(states(market).await, seeded);
        market.app.clock().set(now() + TimeDelta::days(40));
        run_due(&market.app).await.expect("jobs run");
        let later = states(market).await;
        // One that asks for final offers gets too few of them.
        assert_eq!(later["published"] + later["failed"], seeded["published"] + seeded["failed"] + seeded["final_offers"]);
        assert!(later["failed"] > seeded["failed"] && later["published"] >= 4, "{later:?}");
    }
}
