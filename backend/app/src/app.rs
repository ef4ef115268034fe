//! The application: its parts, put together once.

use crate::context::{Chance, Clock, Context};
use crate::gateway::search::EmbeddedSearch;
use crate::identity::password::Hashings;
use crate::identity::session::SignInLimit;
use crate::identity::token::TokenKeys;
use crate::store::Store;
use crate::{Error, Result, StatementCounter};
use domain::identity::actor::Actor;
use domain::language::Language;
use domain::oversight::policy_pack::Packs;
use futures::FutureExt as _;
use secrecy::SecretString;
use std::panic::AssertUnwindSafe;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// What the application needs to know before it starts. Read from the configuration by the server.
#[derive(Clone, Debug)]
pub struct Settings {
    /// `sqlite://…` or `postgres://…`, with its password.
    pub database_url: SecretString,
    /// The most connections to the database.
    pub database_connections: u32,
    /// The folder for files, index and keys.
    pub data_folder: PathBuf,
    /// The address under which the marketplace is reached; issuer of tokens, base of links.
    pub public_url: String,
    /// The largest file that is kept, in bytes.
    pub file_most_bytes: u64,
    /// A folder of policy packs over those that ship; none when absent.
    pub policy_packs_folder: Option<PathBuf>,
    /// Whether this is a demonstration: the clock can be moved.
    pub is_demo: bool,
    /// The clock to go by.
    pub clock: Clock,
    /// A seed for reproducible ids, in tests and the demo market only.
    pub seed: Option<u64>,
}

/// The application.
pub struct App {
    /// The database.
    pub(crate) store: Store,
    /// Keys that sign tokens and receipts.
    pub(crate) keys: TokenKeys,
    /// The audit log's key and tree.
    pub(crate) log: crate::oversight::log::Log,
    /// Slows down those who guess passwords.
    pub(crate) sign_in_limit: SignInLimit,
    /// How many passwords are hashed at once.
    pub(crate) hashings: Hashings,
    /// The figures of law.
    pub(crate) policy_packs: Packs,
    /// The search index, opened when it is first asked: its dictionary takes a while to load.
    search: tokio::sync::OnceCell<EmbeddedSearch>,
    /// Where the contents of files are.
    pub(crate) files: crate::gateway::files::Files,
    settings: Settings,
    chance: Chance,
    /// Whether something that was to run as long as the process does has ended.
    has_lost_work: AtomicBool,
}

impl App {
    /// Opens the database, the keys and the gateways.
    ///
    /// # Errors
    /// When a part can't be opened; the message says which.
    pub async fn open(settings: Settings) -> Result<Arc<Self>> {
        std::fs::create_dir_all(&settings.data_folder).map_err(|error| Error::internal("make the data folder", error))?;
        let store = Store::open(&settings.database_url, settings.database_connections).await?;
        let chance = settings.seed.map_or_else(Chance::system, Chance::seeded);
        let keys = TokenKeys::open(&settings.data_folder.join("keys"))?;
        let log = crate::oversight::log::Log::open(&settings.data_folder.join("keys"), &settings.public_url)?;
        let policy_packs = crate::oversight::policy_pack::load(settings.policy_packs_folder.as_deref())?;
        let files = crate::gateway::files::Files::open(&settings.data_folder.join("files"))?;
        let sign_in_limit = SignInLimit::default();
        let hashings = Hashings::default();
        let has_lost_work = AtomicBool::new(false);
        let search = tokio::sync::OnceCell::new();
        Ok(Arc::new(Self { store, keys, log, sign_in_limit, hashings, policy_packs, search, files, settings, chance, has_lost_work }))
    }

    /// A context for a request.
    pub fn context(&self, actor: Actor, language: Language, request_id: impl Into<String>) -> Context {
        Context::new(actor, language, request_id.into(), self.settings.clock.clone(), self.chance.clone())
    }

    /// A context for the marketplace's own work.
    pub fn platform_context(&self) -> Context {
        self.context(Actor::Platform, Language::Chinese, "platform")
    }

    /// The clock.
    pub fn clock(&self) -> &Clock {
        &self.settings.clock
    }

    /// The settings.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// The public keys that check our tokens (RFC 7517).
    pub fn jwks(&self) -> &serde_json::Value {
        self.keys.jwks()
    }

    /// Whether the parts that a request needs answer.
    ///
    /// # Errors
    /// `Unavailable` when the database does not, or something that [keeps running](App::keep_running) has ended.
    pub async fn ready(&self) -> Result<()> {
        if self.has_lost_work.load(Ordering::SeqCst) {
            return Err(Error::Unavailable(crate::error::Internal("work that keeps running has ended".to_owned())));
        }
        self.store.ping().await
    }

    /// Runs work aside that is to go on as long as the process does. Should it end all the same, the log has an error and
    /// the application is no longer ready: a person, or what watches the process, starts it anew.
    pub fn keep_running(self: &Arc<Self>, name: &'static str, work: impl Future<Output = ()> + Send + 'static) {
        let app = Arc::clone(self);
        tokio::spawn(async move {
            let ended = AssertUnwindSafe(work).catch_unwind().await;
            let cause = ended.map_or_else(|panic| Error::panicked("run", &*panic).to_string(), |()| "it returned".to_owned());
            tracing::error!(name, cause, "work that keeps running has ended");
            app.has_lost_work.store(true, Ordering::SeqCst);
        });
    }

    /// The search engine.
    pub(crate) async fn search(&self) -> Result<&EmbeddedSearch> {
        let open = || async {
            let folder = self.settings.data_folder.join("search");
            let opened = tokio::task::spawn_blocking(move || EmbeddedSearch::open(&folder)).await;
            opened.map_err(|error| Error::internal("open the search index", error))?
        };
        self.search.get_or_try_init(open).await
    }

    /// Everything that is recorded from now on, told once it is committed. Whoever hears it looks at
    /// [`Recorded::is_for`](crate::oversight::timeline::Recorded::is_for) before passing it on.
    pub fn changes(&self) -> tokio::sync::broadcast::Receiver<Arc<crate::oversight::timeline::Recorded>> {
        self.store.changes().listen()
    }

    /// Counts the statements of readers, for tests.
    pub fn statements(&self) -> StatementCounter {
        self.store.statements()
    }

    /// How many jobs wait and how many are parked.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn job_counts(&self) -> Result<(u64, u64)> {
        crate::store::oversight::job::counts(&self.store).await
    }
}
