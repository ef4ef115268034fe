//! Who asks, when, in which language, with which randomness: everything ambient, passed as an argument.

use chrono::{DateTime, SubsecRound, TimeDelta, Utc};
use domain::identity::actor::{Actor, Person};
use domain::language::Language;
use rand::{RngCore, SeedableRng};
use rand_chacha::ChaCha20Rng;
use sha2::{Digest as _, Sha256};
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

/// The source of randomness: seeded by the operating system, or by a test. It also keeps the numbers that it has a hand
/// in, ids, in the order of their making.
#[derive(Clone)]
pub struct Chance(Arc<Mutex<Source>>);

struct Source {
    rng: ChaCha20Rng,
    /// The millisecond of the last id, and its counter.
    last: (u64, u64),
}

/// The bits of an id that count within a millisecond (RFC 9562, 6.2, method 1): the twelve of `rand_a` and thirty of `rand_b`.
const COUNTER_BITS: u32 = 42;
/// A clock that was set back by less than this (time services do that) does not make ids go back.
const SET_BACK_MOST_MS: u64 = 1000;

impl Chance {
    fn new(rng: ChaCha20Rng) -> Self {
        Self(Arc::new(Mutex::new(Source { rng, last: (0, 0) })))
    }

    /// Seeded by the operating system.
    #[expect(clippy::disallowed_methods, reason = "the one place where the machine's chance is drawn from")]
    pub fn system() -> Self {
        Self::new(ChaCha20Rng::from_os_rng())
    }

    /// The same sequence every time, for tests and the demo market.
    pub fn seeded(seed: u64) -> Self {
        Self::new(ChaCha20Rng::seed_from_u64(seed))
    }

    /// Fills with random bytes.
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.0.lock().unwrap_or_else(PoisonError::into_inner).rng.fill_bytes(&mut bytes);
        bytes
    }

    /// A generator of its own for work that wants one, such as sealing.
    pub fn generator(&self) -> ChaCha20Rng {
        ChaCha20Rng::from_seed(self.bytes())
    }

    /// A UUID version 7. Those of one millisecond sort in the order in which they were made: a counter, begun at random,
    /// stands before what is random.
    fn uuid(&self, millis: u64) -> uuid::Uuid {
        let mut source = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut random = [0; 10];
        source.rng.fill_bytes(&mut random);
        let random = random.iter().fold(0_u128, |number, byte| number << 8 | u128::from(*byte));
        let (last, counter) = source.last;
        source.last = if millis <= last && last - millis < SET_BACK_MOST_MS {
            (last, counter + 1)
        } else {
            // The highest bit stays free, so that no millisecond is long enough to count over the end.
            (millis, u64::try_from(random >> 16).unwrap_or(0) >> (64 - COUNTER_BITS + 1))
        };
        let (millis, counter) = source.last;
        // The builder takes ten bytes and puts version and variant over their fixed places: four bits before the twelve, two
        // before the rest.
        let (high, low) = (u128::from(counter >> 30), u128::from(counter & ((1 << 30) - 1)));
        let placed = high << 64 | low << 32 | (random & 0xffff_ffff);
        let bytes = placed.to_be_bytes();
        let mut ten = [0; 10];
        ten.copy_from_slice(&bytes[6..]);
        uuid::Builder::from_unix_timestamp_millis(millis, &ten).into_uuid()
    }
}

impl std::fmt::Debug for Chance {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Chance")
    }
}

/// The longest idempotency key, in bytes.
pub(crate) const KEY_MOST_BYTES: usize = 200;

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

    /// The key of one of the acts of a request, by its name: made from the request's key, whose length does not change what is
    /// refused as too long.
    pub fn idempotency_key_of(&self, act: &str) -> Option<String> {
        let key = self.idempotency_key.as_ref()?;
        if key.is_empty() || key.len() > KEY_MOST_BYTES {
            return Some(key.clone());
        }
        let hash = Sha256::new().chain_update(key).chain_update([0]).chain_update(act).finalize();
        Some(sealing::hex(&hash))
    }

    /// The time now. Inside a write this is the time of the commit, as near as a server can say.
    pub fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    /// The randomness.
    pub fn chance(&self) -> &Chance {
        &self.chance
    }

    /// A new id (UUID version 7: its time is the context's). Ids sort in the order in which this process makes them, also
    /// within an instant; so do events, whose order is that of their ids.
    pub fn new_id<T: From<uuid::Uuid>>(&self) -> T {
        self.chance.uuid(u64::try_from(self.now().timestamp_millis()).unwrap_or(0)).into()
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

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(clock: &Clock, chance: &Chance, count: usize) -> Vec<uuid::Uuid> {
        let ctx = Context::new(Actor::Platform, Language::English, "test".to_owned(), clock.clone(), chance.clone());
        (0..count).map(|_| ctx.new_id()).collect()
    }

    #[test]
    fn ids_of_one_instant_sort_in_the_order_of_their_making() {
        let clock = Clock::fixed(DateTime::from_timestamp_millis(1_795_485_600_123).unwrap());
        let chance = Chance::seeded(1);
        let mut made = ids(&clock, &chance, 5000);
        assert!(made.is_sorted(), "within an instant");
        assert!(made.iter().all(|id| id.get_version_num() == 7 && id.get_variant() == uuid::Variant::RFC4122));
        assert_eq!(made[0].get_timestamp().unwrap().to_unix(), (1_795_485_600, 123_000_000));
        clock.advance(TimeDelta::milliseconds(1));
        made.extend(ids(&clock, &chance, 10));
        clock.advance(TimeDelta::milliseconds(-1));
        made.extend(ids(&clock, &chance, 10));
        assert!(made.is_sorted(), "over a clock that was set back a little");
        made.dedup();
        assert_eq!(made.len(), 5020);
    }

    #[test]
    fn an_id_tells_the_time_of_a_clock_that_was_set_back_far() {
        let clock = Clock::fixed(DateTime::from_timestamp_millis(1_795_485_600_123).unwrap());
        let chance = Chance::seeded(1);
        ids(&clock, &chance, 1);
        clock.advance(TimeDelta::days(-30));
        assert_eq!(ids(&clock, &chance, 1)[0].get_timestamp().unwrap().to_unix().0, 1_795_485_600 - 30 * 86_400);
    }

    #[test]
    fn ids_of_one_instant_are_not_guessed_from_each_other() {
        let made = ids(&Clock::fixed(DateTime::UNIX_EPOCH), &Chance::seeded(1), 1000);
        let last_words: std::collections::BTreeSet<u64> = made.iter().map(|id| id.as_u64_pair().1 & 0xffff_ffff).collect();
        assert!(last_words.len() > 990, "the last 32 bits are random");
    }
}
