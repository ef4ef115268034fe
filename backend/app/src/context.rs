//! Who asks, when, in which language, with which randomness: everything ambient, passed as an argument.

use chrono::{DateTime, SubsecRound, TimeDelta, Utc};
use domain::identity::actor::{Actor, Person};
use domain::language::Language;
use rand::{RngCore, SeedableRng};
use rand_chacha::ChaCha20Rng;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// The time that the marketplace goes by.
#[derive(Clone, Debug)]
pub struct Clock(Arc<ClockKind>);

#[derive(Debug)]
enum ClockKind {
    /// The machine's clock, moved forward by so many milliseconds in a demonstration.
    System { ahead_ms: AtomicI64 },
    /// A clock that stands still until a test moves it, in microseconds since 1970.
    Fixed { now_us: AtomicI64 },
}

impl Clock {
    /// The machine's clock.
    pub fn system() -> Self {
        Self(Arc::new(ClockKind::System { ahead_ms: AtomicI64::new(0) }))
    }

    /// A clock that stands at `now` until it is moved.
    pub fn fixed(now: DateTime<Utc>) -> Self {
        Self(Arc::new(ClockKind::Fixed { now_us: AtomicI64::new(now.timestamp_micros()) }))
    }

    /// The time, to the microsecond, which both databases keep.
    #[expect(clippy::disallowed_methods, reason = "the one place where the machine's clock is read")]
    pub fn now(&self) -> DateTime<Utc> {
        match &*self.0 {
            ClockKind::System { ahead_ms } => {
                let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
                let micros = i64::try_from(since.as_micros()).unwrap_or(i64::MAX);
                let ahead = TimeDelta::milliseconds(ahead_ms.load(Ordering::SeqCst));
                (DateTime::from_timestamp_micros(micros).unwrap_or_default() + ahead).trunc_subsecs(6)
            }
            ClockKind::Fixed { now_us } => {
                DateTime::from_timestamp_micros(now_us.load(Ordering::SeqCst)).unwrap_or_default()
            }
        }
    }

    /// Moves the clock forward. For demonstrations and tests; in production nothing calls it.
    pub fn advance(&self, by: TimeDelta) {
        match &*self.0 {
            ClockKind::System { ahead_ms } => ahead_ms.fetch_add(by.num_milliseconds(), Ordering::SeqCst),
            ClockKind::Fixed { now_us } => now_us.fetch_add(by.num_microseconds().unwrap_or(0), Ordering::SeqCst),
        };
    }

    /// Sets a fixed clock, or moves the machine's so that it shows `now`.
    pub fn set(&self, now: DateTime<Utc>) {
        self.advance(now - self.now());
    }
}

/// The source of randomness: seeded by the operating system, or by a test.
#[derive(Clone)]
pub struct Chance(Arc<Mutex<ChaCha20Rng>>);

impl Chance {
    /// Seeded by the operating system.
    pub fn system() -> Self {
        Self(Arc::new(Mutex::new(ChaCha20Rng::from_os_rng())))
    }

    /// The same sequence every time, for tests and the demo market.
    pub fn seeded(seed: u64) -> Self {
        Self(Arc::new(Mutex::new(ChaCha20Rng::seed_from_u64(seed))))
    }

    /// Fills with random bytes.
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.0.lock().unwrap_or_else(PoisonError::into_inner).fill_bytes(&mut bytes);
        bytes
    }

    /// A generator of its own for work that wants one, such as sealing.
    pub fn generator(&self) -> ChaCha20Rng {
        ChaCha20Rng::from_seed(self.bytes())
    }
}

impl std::fmt::Debug for Chance {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Chance")
    }
}

/// What every use case is given.
#[derive(Clone, Debug)]
pub struct Context {
    /// Who asks.
    pub actor: Actor,
    /// The language of refusals.
    pub language: Language,
    /// The request's number, which is told with an internal error and stands in the log.
    pub request_id: String,
    /// The client's key for an act that must happen once.
    pub idempotency_key: Option<String>,
    clock: Clock,
    chance: Chance,
}

impl Context {
    /// A context with everything in it.
    pub fn new(actor: Actor, language: Language, request_id: String, clock: Clock, chance: Chance) -> Self {
        Self { actor, language, request_id, idempotency_key: None, clock, chance }
    }

    /// The same, for another actor.
    #[must_use]
    pub fn acting_as(&self, actor: Actor) -> Self {
        Self { actor, ..self.clone() }
    }

    /// The same, with an idempotency key.
    #[must_use]
    pub fn with_idempotency_key(&self, key: Option<String>) -> Self {
        Self { idempotency_key: key, ..self.clone() }
    }

    /// The time now. Inside a write this is the time of the commit, as near as a server can say.
    pub fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    /// The randomness.
    pub fn chance(&self) -> &Chance {
        &self.chance
    }

    /// A new id (UUID version 7: its time is the context's, its rest is random).
    pub fn new_id<T: From<uuid::Uuid>>(&self) -> T {
        let millis = u64::try_from(self.now().timestamp_millis()).unwrap_or(0);
        uuid::Builder::from_unix_timestamp_millis(millis, &self.chance.bytes()).into_uuid().into()
    }

    /// The person who acts.
    ///
    /// # Errors
    /// `Unauthenticated` when nobody has signed in.
    pub fn person(&self) -> crate::Result<&Person> {
        self.actor.person().ok_or(crate::Error::Unauthenticated)
    }

    /// Asks the permission table. Somebody who has not signed in is told to; everybody else is told no.
    ///
    /// # Errors
    /// `Unauthenticated`, `Forbidden`.
    pub fn allow(
        &self,
        action: domain::identity::permission::Action,
        scope: &domain::identity::permission::Scope,
    ) -> crate::Result<()> {
        domain::identity::permission::allow(&self.actor, action, scope).map_err(|_| match self.actor {
            Actor::Public => crate::Error::Unauthenticated,
            Actor::Person(_) | Actor::Platform => crate::Error::Forbidden,
        })
    }
}
