//! The store under bad luck: work that panics, servers that die, another process on the same file. On `SQLite` and, where
//! `ZHAOCAI_TEST_POSTGRES_URL` names a cluster, on `PostgreSQL`.

use super::oversight::job;
use crate::jobs::NewJob;
use crate::{App, Clock, Context, Error, Settings};
use chrono::{DateTime, TimeDelta};
use futures::future::join_all;
use sea_orm::{ConnectionTrait as _, Database, DatabaseConnection};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

static NUMBER: AtomicU32 = AtomicU32::new(0);

struct Market {
    app: Arc<App>,
    /// Another connection to the same database, as another process would have it.
    other: DatabaseConnection,
    _folder: tempfile::TempDir,
}

impl Market {
    async fn open(url: impl FnOnce(&std::path::Path) -> String) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = url(folder.path());
        let settings = Settings {
            database_url: url.clone().into(),
            database_connections: 4,
            data_folder: folder.path().to_owned(),
            public_url: "http://127.0.0.1".to_owned(),
            file_most_bytes: 1024,
            policy_packs_folder: None,
            is_demo: false,
            clock: Clock::fixed(DateTime::from_timestamp(1_795_485_600, 0).unwrap()),
            seed: Some(7),
        };
        let app = App::open(settings).await.unwrap();
        Self { app, other: Database::connect(url).await.unwrap(), _folder: folder }
    }

    async fn sqlite() -> Self {
        Self::open(|folder| format!("sqlite://{}", folder.join("zhaocai.sqlite").display())).await
    }

    async fn both() -> Vec<Self> {
        let mut markets = vec![Self::sqlite().await];
        if let Ok(cluster) = std::env::var("ZHAOCAI_TEST_POSTGRES_URL") {
            let name = format!("zhaocai_test_store_{}_{}", std::process::id(), NUMBER.fetch_add(1, Ordering::SeqCst));
            let admin = Database::connect(format!("{cluster}/postgres")).await.unwrap();
            admin.execute_unprepared(&format!("CREATE DATABASE {name}")).await.unwrap();
            markets.push(Self::open(|_| format!("{cluster}/{name}")).await);
        }
        markets
    }

    fn ctx(&self) -> Context {
        self.app.platform_context()
    }

    async fn enqueue(&self, key: &'static str) {
        let ctx = self.ctx();
        let enqueued = self.app.store.write(&ctx, key, |tx, key| async move { tx.enqueue(NewJob::new("test", key, &key)).await });
        enqueued.await.unwrap();
    }

    async fn claimed(&self) -> Vec<job::Model> {
        job::claim(&self.app.store, &self.ctx(), 10).await.unwrap()
    }

    async fn counts(&self) -> (u64, u64) {
        self.app.job_counts().await.unwrap()
    }
}

fn fault() -> Error {
    Error::internal("test", "a fault")
}

#[tokio::test]
async fn a_write_that_panics_is_undone_alone_and_the_writer_goes_on() {
    for market in Market::both().await {
        let ctx = market.ctx();
        let written = join_all((0..20).map(|number| {
            market.app.store.write(&ctx, number, |tx, number| async move {
                tx.enqueue(NewJob::new("test", format!("job-{number}"), &number)).await?;
                assert!(number % 5 != 0, "a fault of ours at {number}");
                Ok(())
            })
        }));
        for (number, written) in written.await.into_iter().enumerate() {
            match written {
                Ok(()) => assert!(number % 5 != 0),
                Err(Error::Internal(internal)) => assert!(number % 5 == 0 && internal.0.contains("a fault of ours"), "{}", internal.0),
                Err(error) => panic!("{number}: {error}"),
            }
        }
        assert_eq!(market.counts().await, (16, 0), "what the panicking ones wrote is undone");
        market.app.ready().await.expect("ready");
    }
}

#[tokio::test]
async fn a_writer_that_has_ended_makes_the_server_not_ready() {
    let (sender, receiver) = tokio::sync::mpsc::channel(1);
    let writer = super::write::Writer::OneByOne(sender);
    writer.check().expect("takes writes");
    drop(receiver);
    assert!(matches!(writer.check(), Err(Error::Unavailable(_))));
}

#[tokio::test]
async fn work_that_should_keep_running_and_ends_makes_the_server_not_ready() {
    let market = Market::sqlite().await;
    market.app.keep_running("work", std::future::pending());
    market.app.ready().await.expect("ready");
    market.app.keep_running("work that ends", async { panic!("a fault of ours") });
    let not_ready = async {
        while market.app.ready().await.is_ok() {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(10), not_ready).await.expect("is not ready any more");
}

#[tokio::test]
async fn a_job_that_panics_is_a_failed_try() {
    let panicked = crate::jobs::contained::<()>(async { panic!("a fault of ours") }).await;
    assert!(matches!(panicked, Err(Error::Internal(_))));
}

#[tokio::test]
async fn a_job_that_was_left_running_and_its_successor_both_run() {
    for market in Market::both().await {
        market.enqueue("one").await;
        assert_eq!(market.claimed().await.len(), 1);
        // The server that had it has died. What happens meanwhile gives one successor, however often it happens.
        market.enqueue("one").await;
        market.enqueue("one").await;
        market.enqueue("another").await;
        assert_eq!(market.counts().await, (3, 0));
        let keys: Vec<_> = market.claimed().await.into_iter().map(|job| job.key).collect();
        assert_eq!(keys, ["another"], "a successor waits for the one before it");
        market.app.clock().advance(TimeDelta::minutes(6));
        let mut jobs = market.claimed().await;
        jobs.retain(|job| job.key == "one");
        assert_eq!(jobs.iter().map(|job| job.attempts).collect::<Vec<_>>(), [1, 0], "the abandoned one, then its successor");
        for job in jobs {
            job::finish(&market.app.store, &market.ctx(), job.id).await.unwrap();
        }
        assert_eq!(market.counts().await, (1, 0));
    }
}

#[tokio::test]
async fn a_job_that_fails_beside_a_parked_one_is_tried_again_and_beside_its_successor_is_not() {
    for market in Market::both().await {
        market.enqueue("one").await;
        for _ in 0..8 {
            let jobs = market.claimed().await;
            job::fail(&market.app.store, &market.ctx(), &jobs[0], &fault()).await.unwrap();
            market.app.clock().advance(TimeDelta::hours(1));
        }
        assert_eq!(market.counts().await, (0, 1), "parked");
        market.enqueue("one").await;
        let jobs = market.claimed().await;
        job::fail(&market.app.store, &market.ctx(), &jobs[0], &fault()).await.unwrap();
        assert_eq!(market.counts().await, (1, 1), "it is tried again");
        market.app.clock().advance(TimeDelta::hours(1));
        let jobs = market.claimed().await;
        market.enqueue("one").await;
        job::fail(&market.app.store, &market.ctx(), &jobs[0], &fault()).await.unwrap();
        assert_eq!(market.counts().await, (1, 1), "its successor does the same work");
    }
}

#[tokio::test]
async fn another_process_that_writes_between_a_read_and_a_write_waits_its_turn() {
    let market = Market::sqlite().await;
    market.enqueue("one").await;
    let (begun, has_begun) = tokio::sync::oneshot::channel();
    let begun = Arc::new(std::sync::Mutex::new(Some(begun)));
    let ctx = market.ctx();
    let (other, app) = (market.other.clone(), Arc::clone(&market.app));
    let beside = tokio::spawn(async move {
        has_begun.await.unwrap();
        other.execute_unprepared("UPDATE job SET attempts = 3").await
    });
    let written = app.store.write(&ctx, begun, |tx, begun| async move {
        use sea_orm::EntityTrait as _;
        let before = job::Entity::find().all(tx.db()).await?;
        if let Some(begun) = begun.lock().unwrap().take() {
            begun.send(()).unwrap();
        }
        // Long enough for the other to commit, if it could.
        tokio::time::sleep(Duration::from_millis(300)).await;
        tx.enqueue(NewJob::new("test", "two", &"two")).await?;
        Ok(before[0].attempts)
    });
    assert_eq!(written.await.expect("is written"), 0);
    beside.await.unwrap().expect("the other writes afterwards");
    assert_eq!(market.counts().await, (2, 0));
}
