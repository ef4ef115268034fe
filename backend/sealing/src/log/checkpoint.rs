//! Checkpoints: what the log is, in a note that is signed.

use super::LogError;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::{Signature, VerifyingKey};
use sha2::{Digest, Sha256};
use std::fmt;

/// The kind of signature in keys and their hashes: Ed25519.
pub const SIGNATURE_KIND: u8 = 1;
/// What a line of a signature begins with.
const SIGNATURE_MARK: &str = "\u{2014} ";

/// The log's public key with its name, written as a C2SP `vkey`: `name+hash+key`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogKey {
    name: String,
    key: VerifyingKey,
}

impl LogKey {
    /// A key under a name, which is also the log's origin: an address without a scheme.
    ///
    /// # Errors
    /// `Malformed` for a name with a space or a plus sign, or for something that is no key.
    pub fn new(name: &str, public_key: &[u8]) -> Result<Self, LogError> {
        let malformed = LogError::Malformed("the log's key");
        let key = VerifyingKey::try_from(public_key).map_err(|_| malformed.clone())?;
        let is_name = !name.is_empty() && !name.contains('+') && !name.contains(char::is_whitespace);
        if is_name { Ok(Self { name: name.to_owned(), key }) } else { Err(malformed) }
    }

    /// Reads `name+hash+key`.
    ///
    /// # Errors
    /// `Malformed`, also when the hash is another key's.
    pub fn parse(vkey: &str) -> Result<Self, LogError> {
        let malformed = LogError::Malformed("the log's key");
        let mut parts = vkey.trim().splitn(3, '+');
        let (Some(name), Some(hash), Some(key)) = (parts.next(), parts.next(), parts.next()) else { return Err(malformed) };
        let bytes = STANDARD.decode(key).map_err(|_| malformed.clone())?;
        let Some((&SIGNATURE_KIND, public_key)) = bytes.split_first() else { return Err(malformed) };
        let key = Self::new(name, public_key)?;
        if u32::from_str_radix(hash, 16) == Ok(u32::from_be_bytes(key.hash())) { Ok(key) } else { Err(malformed) }
    }

    /// The name, which is the log's origin.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The first four bytes of the hash of name and key, by which a signature names its key.
    fn hash(&self) -> [u8; 4] {
        let mut hash = Sha256::new();
        hash.update(self.name.as_bytes());
        hash.update([b'\n', SIGNATURE_KIND]);
        hash.update(self.key.as_bytes());
        let digest = hash.finalize();
        [digest[0], digest[1], digest[2], digest[3]]
    }
}

impl fmt::Display for LogKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut key = vec![SIGNATURE_KIND];
        key.extend_from_slice(self.key.as_bytes());
        write!(formatter, "{}+{:08x}+{}", self.name, u32::from_be_bytes(self.hash()), STANDARD.encode(key))
    }
}

/// The state of a log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    /// Which log.
    pub origin: String,
    /// How many leaves it has.
    pub size: u64,
    /// The root of its tree.
    pub root: [u8; 32],
}

impl Checkpoint {
    /// The text that is signed.
    pub fn body(&self) -> String {
        format!("{}\n{}\n{}\n", self.origin, self.size, STANDARD.encode(self.root))
    }

    /// Reads a signed checkpoint and checks that `key` has signed it.
    ///
    /// # Errors
    /// `Malformed`, `NotSigned`, the latter also for another log's checkpoint.
    pub fn open(note: &str, key: &LogKey) -> Result<Self, LogError> {
        let malformed = LogError::Malformed("the checkpoint");
        let end = note.rfind("\n\n").ok_or_else(|| malformed.clone())?;
        let (text, signatures) = (&note[..=end], &note[end + 2..]);
        if !signatures.lines().any(|line| is_signed(line, text, key)) {
            return Err(LogError::NotSigned);
        }
        let mut lines = text.lines();
        let (Some(origin), Some(size), Some(root)) = (lines.next(), lines.next(), lines.next()) else { return Err(malformed) };
        let number: u64 = size.parse().map_err(|_| malformed.clone())?;
        let root = STANDARD.decode(root).ok().and_then(|root| root.try_into().ok()).ok_or_else(|| malformed.clone())?;
        // One way only to write a size: "+7" and "007" are other notes with the same meaning.
        if number.to_string() != size {
            return Err(malformed);
        }
        if origin == key.name { Ok(Self { origin: origin.to_owned(), size: number, root }) } else { Err(LogError::NotSigned) }
    }
}

/// Whether this line is a good signature of the text by the key. Lines of other keys are passed over.
fn is_signed(line: &str, text: &str, key: &LogKey) -> bool {
    let read = || {
        let (name, signature) = line.strip_prefix(SIGNATURE_MARK)?.split_once(' ')?;
        let bytes = STANDARD.decode(signature).ok()?;
        let (hash, signature) = bytes.split_at_checked(4)?;
        let is_ours = name == key.name && hash == key.hash();
        let signature = Signature::from_slice(signature).ok().filter(|_| is_ours)?;
        key.key.verify_strict(text.as_bytes(), &signature).ok()
    };
    read().is_some()
}

/// Puts a checkpoint and a signature of its [`Checkpoint::body`] together.
pub fn sign_note(checkpoint: &Checkpoint, key: &LogKey, sign: impl FnOnce(&[u8]) -> [u8; 64]) -> String {
    let body = checkpoint.body();
    let mut signature = key.hash().to_vec();
    signature.extend_from_slice(&sign(body.as_bytes()));
    format!("{body}\n{SIGNATURE_MARK}{} {}\n", key.name, STANDARD.encode(signature))
}
