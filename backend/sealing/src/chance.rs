//! The machine's randomness, for those who seal at the outermost edge: command line and browser. Everything else takes a
//! generator as an argument.

use crate::error::{Result, SealingError};
use rand_chacha_010::ChaCha20Rng;
use rand_chacha_010::rand_core::SeedableRng as _;

/// A generator seeded by the operating system or, in a browser, by the Web Crypto API.
///
/// # Errors
/// `Failed` when the machine gives no randomness.
pub fn system() -> Result<ChaCha20Rng> {
    let mut seed = [0; 32];
    getrandom::fill(&mut seed).map_err(|_| SealingError::Failed)?;
    Ok(ChaCha20Rng::from_seed(seed))
}
