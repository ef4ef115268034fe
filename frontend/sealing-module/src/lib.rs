//! Sealing and opening in the browser: a WebAssembly module of its own, loaded only by pages that seal or open, and
//! published for integrators.
//!
//! `const sealing = await import('/pkg/sealing.js'); await sealing.default();` makes the functions ready. Structures travel
//! as JSON texts, contents as `Uint8Array`. A function that fails throws a JSON text: `{"code": …, "message": …}`; the
//! codes are those of `sealing::SealingError`.

use sealing::SealingError;
use sealing::envelope::{self, Binding, Holder, Manifest, SealedBid, SealedShare};
use sealing::key::{HolderKey, WORK_FACTOR};
use sealing::opening;
use serde::de::DeserializeOwned;
use serde_json::json;
use wasm_bindgen::prelude::wasm_bindgen;

/// How much of a bid goes through the seal that is opened again before the real one, in bytes.
const TEST_MOST_BYTES: usize = 64 * 1024;

/// A sealed bid, as the page hands it in.
#[wasm_bindgen]
pub struct Sealed {
    bid: SealedBid,
    bid_key: String,
}

#[wasm_bindgen]
impl Sealed {
    /// The encrypted bid, an age file.
    #[wasm_bindgen(getter)]
    pub fn envelope(&self) -> Vec<u8> {
        self.bid.ciphertext.clone()
    }

    /// The manifest, JSON.
    #[wasm_bindgen(getter)]
    pub fn manifest(&self) -> String {
        serde_json::to_string(&self.bid.manifest).unwrap_or_default()
    }

    /// The commitment to the whole, in hexadecimal.
    #[wasm_bindgen(getter)]
    pub fn commitment(&self) -> String {
        self.bid.manifest.commitment.clone()
    }

    /// The key that opens the bid. It never leaves the bidder, who may keep it to reveal the bid should holders fail.
    #[wasm_bindgen(getter, js_name = bidKey)]
    pub fn bid_key(&self) -> String {
        self.bid_key.clone()
    }
}

/// Makes a holder's key: `{"recipient", "recoveryFile"}`. The file is encrypted under the passphrase (age, scrypt).
///
/// # Errors
/// `SEALING_FAILED` when the browser has no randomness.
#[wasm_bindgen]
pub fn generate_holder_key(passphrase: String) -> Result<String, String> {
    let key = HolderKey::generate();
    let file = key.recovery_file(passphrase.into(), WORK_FACTOR).map_err(|error| coded(&error))?;
    Ok(json!({ "recipient": key.recipient(), "recoveryFile": file }).to_string())
}

/// Tries a recovery file: `{"recipient"}` when the passphrase opens it.
///
/// # Errors
/// `MALFORMED`, `KEY_DOES_NOT_FIT`.
#[wasm_bindgen]
pub fn test_recovery(recovery_file: &str, passphrase: String) -> Result<String, String> {
    Ok(json!({ "recipient": recover(recovery_file, passphrase)?.recipient() }).to_string())
}

/// Seals a bid, having sealed and opened the beginning of it for throw-away keys first.
///
/// `binding`: `{"tenderId", "lotId", "documentVersion", "bidderId"}`; `holders`: `[{"holderId", "recipient"}]`.
///
/// # Errors
/// `MALFORMED`, `TOO_LARGE`, `THRESHOLD_OUT_OF_RANGE`, `HOLDER_TWICE`, `SEALING_FAILED`.
#[wasm_bindgen]
pub fn seal_bid(binding: &str, holders: &str, threshold: u32, content: &[u8]) -> Result<Sealed, String> {
    let binding: Binding = read(binding, "the binding")?;
    let holders: Vec<Holder> = read(holders, "the holders")?;
    let mut rng = sealing::chance::system().map_err(|error| coded(&error))?;
    envelope::test_seal(&content[..content.len().min(TEST_MOST_BYTES)], &mut rng).map_err(|error| coded(&error))?;
    let threshold = usize::try_from(threshold).unwrap_or(usize::MAX);
    let (bid, bid_key) =
        envelope::seal(&binding, content, &holders, threshold, &mut rng).map_err(|error| coded(&error))?;
    Ok(Sealed { bid, bid_key })
}

/// Opens a sealed share, `{"holder": {"holder_id", "recipient"}, "sealed", "sha256"}` as it stands in a manifest:
/// `{"holder_id", "share"}`.
///
/// # Errors
/// `MALFORMED`, `KEY_DOES_NOT_FIT`, `WRONG_SHARE`.
#[wasm_bindgen]
pub fn open_share(sealed_share: &str, recovery_file: &str, passphrase: String) -> Result<String, String> {
    let sealed: SealedShare = read(sealed_share, "the sealed share")?;
    let key = recover(recovery_file, passphrase)?;
    opening::open_sealed_share(&sealed, &key).map_err(|error| coded(&error)).map(|share| json!(share).to_string())
}

/// As [`open_share`] for the shares of many bids, unlocking the key once. Each answer stands in its place; a share that
/// does not open has its error there: `[{"holder_id", "share"} | {"code", "message"}]`.
///
/// # Errors
/// `MALFORMED`, `KEY_DOES_NOT_FIT` for the recovery file.
#[wasm_bindgen]
pub fn open_shares(sealed_shares: &str, recovery_file: &str, passphrase: String) -> Result<String, String> {
    let sealed: Vec<SealedShare> = read(sealed_shares, "the sealed shares")?;
    let key = recover(recovery_file, passphrase)?;
    let opened = sealed.iter().map(|sealed| match opening::open_sealed_share(sealed, &key) {
        Ok(share) => json!(share),
        Err(error) => error_json(&error),
    });
    Ok(opened.collect::<serde_json::Value>().to_string())
}

/// Checks that manifest, commitment and envelope belong together and answers the commitment.
///
/// # Errors
/// `MALFORMED`, `COMMITMENT_DOES_NOT_MATCH`.
#[wasm_bindgen]
pub fn check_commitment(manifest: &str, envelope: Vec<u8>) -> Result<String, String> {
    let manifest: Manifest = read(manifest, "the manifest")?;
    let bid = SealedBid { manifest, ciphertext: envelope };
    envelope::check_commitment(&bid).map_err(|error| coded(&error))?;
    Ok(json!({ "commitment": bid.manifest.commitment }).to_string())
}

fn recover(recovery_file: &str, passphrase: String) -> Result<HolderKey, String> {
    HolderKey::recover(recovery_file, passphrase.into()).map_err(|error| coded(&error))
}

fn read<T: DeserializeOwned>(json: &str, what: &'static str) -> Result<T, String> {
    serde_json::from_str(json).map_err(|_| coded(&SealingError::Malformed(what)))
}

fn error_json(error: &SealingError) -> serde_json::Value {
    json!({ "code": error.code(), "message": error.to_string() })
}

fn coded(error: &SealingError) -> String {
    error_json(error).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;

    const BINDING: &str = r#"{"tenderId":"00000000-0000-0000-0000-000000000001","lotId":"00000000-0000-0000-0000-000000000002",
        "documentVersion":3,"bidderId":"00000000-0000-0000-0000-000000000004"}"#;

    fn value(json: &str) -> Value {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn a_bid_is_sealed_and_a_holder_opens_its_share_with_the_recovery_file() {
        let keys = [1, 2].map(|_| value(&generate_holder_key("four plain words here".to_owned()).unwrap()));
        let holders: Vec<Value> = (1_u128..)
            .zip(&keys)
            .map(|(number, key)| json!({ "holderId": format!("{number:032x}"), "recipient": key["recipient"] }))
            .collect();
        let sealed = seal_bid(BINDING, &json!(holders).to_string(), 2, b"899000").unwrap();
        assert_eq!(value(&check_commitment(&sealed.manifest(), sealed.envelope()).unwrap())["commitment"], json!(sealed.commitment()));
        let manifest = value(&sealed.manifest());
        let mut shares = manifest["statement"]["shares"].clone();
        let file = keys[0]["recoveryFile"].as_str().unwrap();
        let opened = value(&open_share(&shares[0].to_string(), file, "four plain words here".to_owned()).unwrap());
        assert_eq!(opened["holder_id"], shares[0]["holder"]["holder_id"]);
        shares[0]["sha256"] = json!("00");
        let opened = value(&open_shares(&shares.to_string(), file, "four plain words here".to_owned()).unwrap());
        assert_eq!(opened[0]["code"], "WRONG_SHARE");
        assert_eq!(opened[1]["code"], "KEY_DOES_NOT_FIT", "the other holder's");
        let error = open_share(&shares[1].to_string(), file, "something else".to_owned()).unwrap_err();
        assert_eq!(value(&error)["code"], "KEY_DOES_NOT_FIT");
    }

    #[test]
    fn whatever_does_not_read_is_told_with_a_code() {
        let error = seal_bid("{}", "[]", 2, b"").err().unwrap();
        assert_eq!(value(&error)["code"], "MALFORMED");
        let error = seal_bid(BINDING, "[]", 2, b"").err().unwrap();
        assert_eq!(value(&error)["code"], "THRESHOLD_OUT_OF_RANGE");
        let error = check_commitment("{}", Vec::new()).unwrap_err();
        assert_eq!(value(&error)["code"], "MALFORMED");
    }
}
