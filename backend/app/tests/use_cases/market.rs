//! A market of its own for each test.

use app::{App, Clock, Context, Settings};
use chrono::{DateTime, Utc};
use domain::identity::actor::Actor;
use domain::language::Language;
use secrecy::SecretString;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

static NUMBER: AtomicU32 = AtomicU32::new(0);

/// A market with its folder, which is removed at the end.
pub struct Market {
    pub app: Arc<App>,
    pub database_url: String,
    _folder: tempfile::TempDir,
}

/// The database under a test.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    Sqlite,
    Postgres,
}

impl Market {
    /// Opens an empty market, or `None` (said aloud) where its engine is not there.
    pub async fn open(engine: Engine) -> Option<Self> {
        Self::open_with(engine, 4).await
    }

    /// As [`Market::open`], with so many connections at the most.
    pub async fn open_with(engine: Engine, connections: u32) -> Option<Self> {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let database_url = match engine {
            Engine::Sqlite => format!("sqlite://{}", folder.path().join("zhaocai.sqlite").display()),
            Engine::Postgres => create_postgres_database().await?,
        };
        let settings = Settings {
            database_url: SecretString::from(database_url.clone()),
            database_connections: connections,
            data_folder: folder.path().to_owned(),
            public_url: "http://127.0.0.1".to_owned(),
            file_most_bytes: 1024 * 1024,
            policy_packs_folder: None,
            is_demo: false,
            clock: Clock::fixed(now()),
            seed: Some(7),
        };
        Some(Self { app: App::open(settings).await.expect("the application opens"), database_url, _folder: folder })
    }

    /// A context for somebody.
    pub fn context(&self, actor: Actor) -> Context {
        self.app.context(actor, Language::English, "test")
    }

    /// A context for the public.
    pub fn public(&self) -> Context {
        self.context(Actor::Public)
    }
}

/// The instant at which tests start: Tuesday 24 November 2026, 10:00 in Beijing.
pub fn now() -> DateTime<Utc> {
    DateTime::parse_from_rfc3339("2026-11-24T02:00:00Z").expect("an instant").to_utc()
}

/// A database of one's own in the tests' cluster, and its address; none where there is no cluster.
pub async fn create_postgres_database() -> Option<String> {
    use sea_orm::{ConnectionTrait as _, Database};
    let Ok(cluster) = std::env::var("ZHAOCAI_TEST_POSTGRES_URL") else {
        eprintln!("SKIPPED on PostgreSQL: ZHAOCAI_TEST_POSTGRES_URL is not set (cargo xtask test sets it)");
        return None;
    };
    let name = format!("zhaocai_test_{}_{}", std::process::id(), NUMBER.fetch_add(1, Ordering::SeqCst));
    let admin = Database::connect(format!("{cluster}/postgres")).await.expect("the cluster answers");
    admin.execute_unprepared(&format!("CREATE DATABASE {name}")).await.expect("a database is made");
    Some(format!("{cluster}/{name}"))
}

/// Runs a test on both engines.
#[macro_export]
macro_rules! on_both_engines {
    ($($(#[$meta:meta])* async fn $name:ident($market:ident: &Market) $body:block)*) => {
        $(
            mod $name {
                use super::*;
                async fn run($market: &Market) $body

                $(#[$meta])*
                #[tokio::test]
                async fn on_sqlite() {
                    let market = Market::open($crate::market::Engine::Sqlite).await.expect("SQLite is always there");
                    run(&market).await;
                }

                $(#[$meta])*
                #[tokio::test]
                async fn on_postgres() {
                    if let Some(market) = Market::open($crate::market::Engine::Postgres).await {
                        run(&market).await;
                    }
                }
            }
        )*
    };
}
