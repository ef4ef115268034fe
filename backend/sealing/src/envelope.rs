//! The sealed bid: content encrypted with a fresh key, the key split among holders, everything under one commitment.

use crate::error::{Result, SealingError};
use crate::key::HolderKey;
use crate::opening;
use age::secrecy::ExposeSecret as _;
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use rand_core::CryptoRng;
use serde::{Deserialize, Deserializer, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use uuid::Uuid;
use vsss_rs::Gf256;

/// The format of manifests.
pub const FORMAT: &str = "zhaocai-sealed-bid/1";
/// The largest content, in bytes.
pub const CONTENT_MOST_BYTES: usize = 50 * 1024 * 1024;
/// The most holders, the supervisor among them.
pub const HOLDERS_MOST: usize = 16;

/// What an envelope is for. It is in the commitment and, encrypted, beside the content: a copied envelope can't be
/// handed in for something else.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Binding {
    /// The tender.
    #[serde(alias = "tenderId", deserialize_with = "id")]
    pub tender_id: Uuid,
    /// The lot.
    #[serde(alias = "lotId", deserialize_with = "id")]
    pub lot_id: Uuid,
    /// The version of the documents.
    #[serde(alias = "documentVersion")]
    pub document_version: u32,
    /// The organization that bids.
    #[serde(alias = "bidderId", deserialize_with = "id")]
    pub bidder_id: Uuid,
}

/// Somebody who holds a share.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holder {
    /// Who.
    #[serde(alias = "holderId", deserialize_with = "id")]
    pub holder_id: Uuid,
    /// The public key, `age1…`.
    pub recipient: String,
}

/// What a bidder needs to know to seal a bid for a tender: the API gives it, `zhaocai seal` and the browser read it.
/// In JSON it is one object; names in snake or camel case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SealingTerms {
    /// What the envelope is for.
    #[serde(flatten)]
    pub binding: Binding,
    /// To whom the shares are sealed.
    pub holders: Vec<Holder>,
    /// How many shares open it.
    pub threshold: usize,
}

/// A share as it travels: readable by its holder alone, checkable by everybody once opened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SealedShare {
    /// To whom it is sealed.
    pub holder: Holder,
    /// The share, encrypted to the holder, in base64.
    pub sealed: String,
    /// SHA-256 of the opened share, in hexadecimal.
    pub sha256: String,
}

/// What the commitment covers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statement {
    /// [`FORMAT`].
    pub format: String,
    /// What it is for.
    pub binding: Binding,
    /// How many shares open it.
    pub threshold: usize,
    /// The shares, one for each holder.
    pub shares: Vec<SealedShare>,
    /// SHA-256 of the ciphertext, in hexadecimal.
    pub ciphertext_sha256: String,
    /// The public key to which the content is encrypted, `age1…`.
    pub bid_recipient: String,
}

/// The public half of a sealed bid: small, enough for a holder to open a share.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// What is committed to.
    pub statement: Statement,
    /// SHA-256 of the statement's JSON, in hexadecimal.
    pub commitment: String,
}

/// A sealed bid: manifest and age file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SealedBid {
    /// The public half.
    pub manifest: Manifest,
    /// The content in age's format; any age tool opens it once the key is known.
    pub ciphertext: Vec<u8>,
}

/// Seals content so that `threshold` of `holders` can open it, having opened a copy of its own first.
///
/// Returns the bid and its key (`AGE-SECRET-KEY-1…`), which the bidder keeps to reveal it should holders fail.
///
/// # Errors
/// `TooLarge`, `ThresholdOutOfRange`, `HolderTwice`, `Malformed` for a holder's key, `Failed`.
pub fn seal(
    binding: &Binding,
    content: &[u8],
    holders: &[Holder],
    threshold: usize,
    rng: &mut impl CryptoRng,
) -> Result<(SealedBid, String)> {
    if content.len() > CONTENT_MOST_BYTES {
        return Err(SealingError::TooLarge { bytes: content.len(), most: CONTENT_MOST_BYTES });
    }
    check_holders(holders, threshold)?;
    let bid_key = age::x25519::Identity::generate();
    let mut packed = serde_json::to_vec(binding).map_err(|_| SealingError::Failed)?;
    packed.push(b'\n');
    packed.extend_from_slice(content);
    let ciphertext = age::encrypt(&bid_key.to_public(), &packed).map_err(|_| SealingError::Failed)?;
    let secret = bid_key.to_string();
    let shares = Gf256::split_array(threshold, holders.len(), secret.expose_secret().as_bytes(), rng)
        .map_err(|_| SealingError::Failed)?;
    let shares = holders.iter().zip(shares).map(|(holder, share)| seal_share(holder, &share)).collect::<Result<_>>()?;
    let statement = Statement {
        format: FORMAT.to_owned(),
        binding: binding.clone(),
        threshold,
        shares,
        ciphertext_sha256: hex(&Sha256::digest(&ciphertext)),
        bid_recipient: bid_key.to_public().to_string(),
    };
    let commitment = commitment(&statement)?;
    let bid = SealedBid { manifest: Manifest { statement, commitment }, ciphertext };
    let reopened = opening::reveal(&bid, secret.expose_secret())?;
    if reopened == content { Ok((bid, secret.expose_secret().to_owned())) } else { Err(SealingError::Failed) }
}

fn seal_share(holder: &Holder, share: &[u8]) -> Result<SealedShare> {
    let recipient: age::x25519::Recipient =
        holder.recipient.parse().map_err(|_| SealingError::Malformed("a holder's public key"))?;
    let sealed = age::encrypt(&recipient, share).map_err(|_| SealingError::Failed)?;
    Ok(SealedShare { holder: holder.clone(), sealed: STANDARD.encode(sealed), sha256: hex(&Sha256::digest(share)) })
}

/// Seals to throw-away keys and opens again: whether this browser or program seals rightly, before anything counts.
///
/// # Errors
/// Whatever sealing or opening says; `Failed` when what comes out is not what went in.
pub fn test_seal(content: &[u8], rng: &mut impl CryptoRng) -> Result<()> {
    let keys = [HolderKey::generate(), HolderKey::generate(), HolderKey::generate()];
    let holders: Vec<Holder> = (1_u128..)
        .zip(&keys)
        .map(|(number, key)| Holder { holder_id: Uuid::from_u128(number), recipient: key.recipient() })
        .collect();
    let nobody = Uuid::nil();
    let binding = Binding { tender_id: nobody, lot_id: nobody, document_version: 1, bidder_id: nobody };
    let (bid, _) = seal(&binding, content, &holders, 2, rng)?;
    let shares = [0, 2].map(|index| opening::open_share(&bid.manifest, holders[index].holder_id, &keys[index]));
    let shares = shares.into_iter().collect::<Result<Vec<_>>>()?;
    if opening::open(&bid, &shares)? == content { Ok(()) } else { Err(SealingError::Failed) }
}

/// Checks a bid on reception, without being able to read it: commitment, ciphertext, binding and holders.
///
/// # Errors
/// `CommitmentDoesNotMatch`, `OtherBinding`, `OtherHolders`, `ThresholdOutOfRange`, `Malformed`, `TooLarge`.
pub fn verify(bid: &SealedBid, binding: &Binding, holders: &[Holder], threshold: usize) -> Result<()> {
    // age adds a header, 16 bytes for each 64 KiB, and we the binding: a sixteenth covers that amply.
    let most = CONTENT_MOST_BYTES + CONTENT_MOST_BYTES / 16;
    if bid.ciphertext.len() > most {
        return Err(SealingError::TooLarge { bytes: bid.ciphertext.len(), most: CONTENT_MOST_BYTES });
    }
    let statement = &bid.manifest.statement;
    if statement.format != FORMAT {
        return Err(SealingError::Malformed("the manifest's format"));
    }
    check_commitment(bid)?;
    if statement.binding != *binding {
        return Err(SealingError::OtherBinding);
    }
    let sealed_to: Vec<Holder> = statement.shares.iter().map(|share| share.holder.clone()).collect();
    check_holders(&sealed_to, statement.threshold)?;
    let is_same = statement.threshold == threshold
        && sealed_to.len() == holders.len()
        && holders.iter().all(|holder| sealed_to.contains(holder));
    if is_same { Ok(()) } else { Err(SealingError::OtherHolders) }
}

/// The commitment: SHA-256 of the statement's JSON in the order of its fields.
///
/// # Errors
/// `Failed` when the statement does not serialize, which nothing in it can cause.
pub fn commitment(statement: &Statement) -> Result<String> {
    serde_json::to_vec(statement).map(|json| hex(&Sha256::digest(json))).map_err(|_| SealingError::Failed)
}

/// Whether manifest, commitment and ciphertext belong together.
///
/// # Errors
/// `CommitmentDoesNotMatch`.
pub fn check_commitment(bid: &SealedBid) -> Result<()> {
    let statement = &bid.manifest.statement;
    let is_whole = commitment(statement)? == bid.manifest.commitment
        && hex(&Sha256::digest(&bid.ciphertext)) == statement.ciphertext_sha256;
    if is_whole { Ok(()) } else { Err(SealingError::CommitmentDoesNotMatch) }
}

fn check_holders(holders: &[Holder], threshold: usize) -> Result<()> {
    if holders.len() > HOLDERS_MOST || threshold < 2 || threshold > holders.len() {
        return Err(SealingError::ThresholdOutOfRange { threshold, holders: holders.len() });
    }
    let mut seen = BTreeSet::new();
    match holders.iter().find(|holder| !seen.insert(holder.holder_id)) {
        Some(twice) => Err(SealingError::HolderTwice(twice.holder_id)),
        None => Ok(()),
    }
}

/// Reads a UUID, or a global id of the API (`Kind:uuid` in base64url).
fn id<'de, D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Uuid, D::Error> {
    let text = String::deserialize(deserializer)?;
    let global = || {
        let text = String::from_utf8(URL_SAFE_NO_PAD.decode(&text).ok()?).ok()?;
        text.split_once(':')?.1.parse().ok()
    };
    text.parse().ok().or_else(global).ok_or_else(|| serde::de::Error::custom("an id is expected"))
}

/// Lower-case hexadecimal digits, as hashes are named by.
pub fn hex(bytes: &[u8]) -> String {
    let digit = |half: u8| char::from_digit(u32::from(half), 16).unwrap_or_default();
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}
