//! Keys of those who open bids, made where they live and kept under a passphrase.

use crate::error::{Result, SealingError};
use age::secrecy::{ExposeSecret as _, SecretString};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bech32::{Bech32, Hrp};
use rand_core::CryptoRng;

/// The work of scrypt, as a power of two: about a second on a common computer.
pub const WORK_FACTOR: u8 = 17;
/// The most work that a recovery file may ask for, so that a crafted one can't hang its reader.
const WORK_FACTOR_MOST: u8 = 20;
/// What a recovery file begins with, so that people and programs know it.
const RECOVERY_HEADER: &str = "zhaocai-holder-key/1";
/// What a private key begins with, as age writes it.
const SECRET_PREFIX: &str = "age-secret-key-";

/// Whether this is a public key as age writes it: `age1…`.
pub fn is_recipient(text: &str) -> bool {
    text.parse::<age::x25519::Recipient>().is_ok()
}

/// A holder's private key.
pub struct HolderKey(age::x25519::Identity);

impl HolderKey {
    /// Makes a key.
    pub fn generate() -> Self {
        Self(age::x25519::Identity::generate())
    }

    /// Makes the key that a generator gives: the same one from the same seed, for tests and the demonstration.
    ///
    /// # Errors
    /// `Failed` when age does not take it, which 32 bytes give no reason for.
    pub fn from_generator(rng: &mut impl CryptoRng) -> Result<Self> {
        let mut bytes = [0; 32];
        rng.fill_bytes(&mut bytes);
        let secret = bech32::encode_upper::<Bech32>(Hrp::parse_unchecked(SECRET_PREFIX), &bytes);
        let secret = secret.map_err(|_| SealingError::Failed)?;
        secret.parse().map(Self).map_err(|_| SealingError::Failed)
    }

    /// The public half, as age writes it: `age1…`.
    pub fn recipient(&self) -> String {
        self.0.to_public().to_string()
    }

    /// The recovery file: the key, encrypted under a passphrase (age, scrypt with `work_factor`).
    ///
    /// # Errors
    /// `Failed` when the random source fails.
    pub fn recovery_file(&self, passphrase: SecretString, work_factor: u8) -> Result<String> {
        let mut lock = age::scrypt::Recipient::new(passphrase);
        lock.set_work_factor(work_factor);
        let secret = self.0.to_string();
        let locked = age::encrypt(&lock, secret.expose_secret().as_bytes()).map_err(|_| SealingError::Failed)?;
        Ok(format!("{RECOVERY_HEADER}\n{}\n{}\n", self.recipient(), STANDARD.encode(locked)))
    }

    /// Opens a recovery file.
    ///
    /// # Errors
    /// `Malformed` for another file, `KeyDoesNotFit` for a wrong passphrase.
    pub fn recover(file: &str, passphrase: SecretString) -> Result<Self> {
        let malformed = SealingError::Malformed("the recovery file");
        let mut lines = file.lines().map(str::trim);
        let (Some(RECOVERY_HEADER), Some(recipient), Some(locked)) = (lines.next(), lines.next(), lines.next()) else {
            return Err(malformed);
        };
        let locked = STANDARD.decode(locked).map_err(|_| malformed.clone())?;
        let mut lock = age::scrypt::Identity::new(passphrase);
        lock.set_max_work_factor(WORK_FACTOR_MOST);
        let secret = age::decrypt(&lock, &locked).map_err(|_| SealingError::KeyDoesNotFit)?;
        let secret = std::str::from_utf8(&secret).map_err(|_| malformed.clone())?;
        let key = Self(secret.parse().map_err(|_| malformed.clone())?);
        if key.recipient() == recipient { Ok(key) } else { Err(malformed) }
    }

    /// Decrypts what was encrypted to this key.
    pub(crate) fn decrypt(&self, ciphertext: &[u8]) -> Result<Vec<u8>> {
        age::decrypt(&self.0, ciphertext).map_err(|_| SealingError::KeyDoesNotFit)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Enough to test with, too little to protect anything.
    const LIGHT: u8 = 2;

    #[test]
    fn a_recovery_file_opens_with_its_passphrase_alone() {
        let key = HolderKey::generate();
        let file = key.recovery_file("four plain words here".to_owned().into(), LIGHT).unwrap();
        assert!(!file.contains("AGE-SECRET-KEY"));
        let again = HolderKey::recover(&file, "four plain words here".to_owned().into()).unwrap();
        assert_eq!(again.recipient(), key.recipient());
        let wrong = HolderKey::recover(&file, "something else".to_owned().into()).err();
        assert_eq!(wrong, Some(SealingError::KeyDoesNotFit));
    }

    #[test]
    fn the_same_seed_gives_the_same_key() {
        use rand_chacha_010::ChaCha20Rng;
        use rand_chacha_010::rand_core::SeedableRng as _;
        let key = |seed| HolderKey::from_generator(&mut ChaCha20Rng::seed_from_u64(seed)).unwrap().recipient();
        assert_eq!(key(1), key(1));
        assert_ne!(key(1), key(2));
        assert!(is_recipient(&key(1)));
    }

    #[test]
    fn another_file_is_told_from_a_wrong_passphrase() {
        let error = HolderKey::recover("a shopping list", "x".to_owned().into()).err();
        assert_eq!(error, Some(SealingError::Malformed("the recovery file")));
    }
}
