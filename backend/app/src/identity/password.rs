//! Passwords: hashed, compared, and only so many of them at once, since each costs a core and 19 megabytes for a while.

use crate::{App, Context, Error, Result};
use argon2::password_hash::{PasswordHash, PasswordHasher as _, PasswordVerifier as _, SaltString};
use argon2::{Algorithm, Argon2, Params, Version};
use domain::refusal::{Code, Refusal};
use secrecy::{ExposeSecret, SecretString};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// How long somebody waits for a turn before being told to come again.
const WAIT_MOST: Duration = Duration::from_secs(5);

/// The turns of those whose passwords are hashed or compared. Whoever guesses at many logins at once waits here, and the
/// rest of the marketplace goes on meanwhile.
pub(crate) struct Hashings {
    turns: Arc<Semaphore>,
    wait_most: Duration,
}

impl Default for Hashings {
    /// Half of the cores, and two at the least.
    fn default() -> Self {
        let cores = std::thread::available_parallelism().map_or(2, std::num::NonZero::get);
        Self { turns: Arc::new(Semaphore::new((cores / 2).max(2))), wait_most: WAIT_MOST }
    }
}

impl Hashings {
    /// Waits for a turn, which lasts until what this gives is dropped.
    ///
    /// # Errors
    /// `TOO_MANY_ATTEMPTS` when too many wait.
    pub(crate) async fn turn(&self) -> Result<OwnedSemaphorePermit> {
        let turn = tokio::time::timeout(self.wait_most, Arc::clone(&self.turns).acquire_owned()).await;
        let turn = turn.map_err(|_| Refusal::new(Code::TooManyAttempts).with("seconds", 6_i64))?;
        turn.map_err(|error| Error::internal("wait for a turn", error))
    }
}

/// Argon2id with the parameters of RFC 9106's second recommendation, scaled to what OWASP asks at the least.
fn hasher() -> Argon2<'static> {
    let params = Params::new(19 * 1024, 2, 1, None).unwrap_or_default();
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

/// Hashes a password, off the threads that answer requests. For the marketplace's own work; what anybody may ask for takes
/// [its turn](hash_in_turn).
///
/// # Errors
/// When hashing fails, which only a fault of ours can cause.
pub async fn hash_password(ctx: &Context, password: SecretString) -> Result<String> {
    hash(ctx, password, None).await
}

/// As [`hash_password`], in turn.
///
/// # Errors
/// `TOO_MANY_ATTEMPTS` when too many wait.
pub(crate) async fn hash_in_turn(app: &App, ctx: &Context, password: SecretString) -> Result<String> {
    let turn = app.hashings.turn().await?;
    hash(ctx, password, Some(turn)).await
}

async fn hash(ctx: &Context, password: SecretString, turn: Option<OwnedSemaphorePermit>) -> Result<String> {
    let salt = SaltString::encode_b64(&ctx.chance().bytes::<16>()).map_err(|error| Error::internal("salt", error))?;
    blocking(move || {
        // The turn goes with the work: it is not free again because whoever asked has gone away.
        let _turn = turn;
        let hash = hasher().hash_password(password.expose_secret().as_bytes(), &salt);
        hash.map(|hash| hash.to_string()).map_err(|error| Error::internal("hash a password", error))
    })
    .await
}

/// Whether a password has this hash; in turn.
///
/// # Errors
/// `TOO_MANY_ATTEMPTS` when too many wait.
pub(crate) async fn is_password(app: &App, password: SecretString, hash: String) -> Result<bool> {
    let turn = app.hashings.turn().await?;
    blocking(move || {
        let _turn = turn;
        let hash = PasswordHash::new(&hash).map_err(|error| Error::internal("read a password's hash", error))?;
        Ok(hasher().verify_password(password.expose_secret().as_bytes(), &hash).is_ok())
    })
    .await
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    tokio::task::spawn_blocking(work).await.map_err(|error| Error::internal("work aside", error))?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn who_waits_too_long_for_a_turn_is_told_and_a_turn_that_ends_is_given_on() {
        let hashings = Hashings { wait_most: Duration::from_millis(20), ..Hashings::default() };
        let mut turns = Vec::new();
        while let Ok(turn) = hashings.turn().await {
            turns.push(turn);
            assert!(turns.len() <= 1024, "there is no end of turns");
        }
        assert!(hashings.turn().await.unwrap_err().has_code(Code::TooManyAttempts));
        turns.pop();
        drop(hashings.turn().await.expect("a turn"));
    }
}
