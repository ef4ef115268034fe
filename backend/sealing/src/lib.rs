//! The sealed envelope: pack, split, seal, open, prove. One code for server, command line and browser.
//!
//! No cryptography of our own: encryption is age's (X25519, ChaCha20-Poly1305), the splitting of keys is Shamir's over
//! GF(256) from `vsss-rs`, hashes are SHA-256. The format is described in `docs/sealed-bid-format.md`.
//!
//! Key splitting takes its randomness as an argument. age draws its own from the operating system (in a browser: from
//! the Web Crypto API) and offers no way to hand it in.

pub mod chance;
pub mod envelope;
pub mod error;
pub mod key;
pub mod log;
pub mod opening;

pub use envelope::hex;
pub use error::{Result, SealingError};
