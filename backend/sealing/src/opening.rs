//! Opening: each holder opens a share where its key lives; enough of them rebuild the bid's key.

use crate::envelope::{Binding, Manifest, SealedBid, SealedShare, check_commitment, hex};
use crate::error::{Result, SealingError};
use crate::key::HolderKey;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use uuid::Uuid;
use vsss_rs::Gf256;

/// An opened share, as a holder hands it in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Share {
    /// Whose.
    #[serde(alias = "holderId")]
    pub holder_id: Uuid,
    /// The share, in base64.
    pub share: String,
}

/// Opens the share of a holder. Needs the manifest alone.
///
/// # Errors
/// `NotAHolder`, `KeyDoesNotFit`, `WrongShare` when the bidder sealed something else than it said.
pub fn open_share(manifest: &Manifest, holder_id: Uuid, key: &HolderKey) -> Result<Share> {
    let sealed = manifest.statement.shares.iter().find(|share| share.holder.holder_id == holder_id);
    open_sealed_share(sealed.ok_or(SealingError::NotAHolder(holder_id))?, key)
}

/// Opens a sealed share by itself.
///
/// # Errors
/// `Malformed`, `KeyDoesNotFit`, `WrongShare` when the bidder sealed something else than it said.
pub fn open_sealed_share(sealed: &SealedShare, key: &HolderKey) -> Result<Share> {
    let ciphertext = STANDARD.decode(&sealed.sealed).map_err(|_| SealingError::Malformed("a sealed share"))?;
    let (holder_id, bytes) = (sealed.holder.holder_id, key.decrypt(&ciphertext)?);
    let is_whole = hex(&Sha256::digest(&bytes)) == sealed.sha256;
    if is_whole { Ok(Share { holder_id, share: STANDARD.encode(bytes) }) } else { Err(SealingError::WrongShare(holder_id)) }
}

/// Checks a share by its hash and returns its bytes.
///
/// # Errors
/// `NotAHolder`, `WrongShare` with the holder's number.
pub fn check_share(manifest: &Manifest, share: &Share) -> Result<Vec<u8>> {
    let sealed = manifest.statement.shares.iter().find(|sealed| sealed.holder.holder_id == share.holder_id);
    let sealed = sealed.ok_or(SealingError::NotAHolder(share.holder_id))?;
    let bytes = STANDARD.decode(&share.share).map_err(|_| SealingError::WrongShare(share.holder_id))?;
    if hex(&Sha256::digest(&bytes)) == sealed.sha256 { Ok(bytes) } else { Err(SealingError::WrongShare(share.holder_id)) }
}

/// Rebuilds the key from shares and opens the bid.
///
/// # Errors
/// `HolderTwice`, `NotAHolder`, `WrongShare`, `TooFewShares`, and what [`reveal`] says.
pub fn open(bid: &SealedBid, shares: &[Share]) -> Result<Vec<u8>> {
    let mut seen = BTreeSet::new();
    if let Some(twice) = shares.iter().find(|share| !seen.insert(share.holder_id)) {
        return Err(SealingError::HolderTwice(twice.holder_id));
    }
    let bytes = shares.iter().map(|share| check_share(&bid.manifest, share)).collect::<Result<Vec<_>>>()?;
    let needed = bid.manifest.statement.threshold;
    if bytes.len() < needed {
        return Err(SealingError::TooFewShares { needed, given: bytes.len() });
    }
    let secret = Gf256::combine_array(&bytes).map_err(|_| SealingError::KeyDoesNotFit)?;
    let secret = String::from_utf8(secret).map_err(|_| SealingError::KeyDoesNotFit)?;
    reveal(bid, &secret)
}

/// Opens the bid with its own key: what a bidder reveals when holders have failed.
///
/// # Errors
/// `CommitmentDoesNotMatch`, `KeyDoesNotFit`, `OtherBinding` when the content was sealed for something else.
pub fn reveal(bid: &SealedBid, bid_key: &str) -> Result<Vec<u8>> {
    check_commitment(bid)?;
    let key: age::x25519::Identity = bid_key.trim().parse().map_err(|_| SealingError::KeyDoesNotFit)?;
    if key.to_public().to_string() != bid.manifest.statement.bid_recipient {
        return Err(SealingError::KeyDoesNotFit);
    }
    let mut packed = age::decrypt(&key, &bid.ciphertext).map_err(|_| SealingError::KeyDoesNotFit)?;
    let end = packed.iter().position(|byte| *byte == b'\n').ok_or(SealingError::OtherBinding)?;
    let binding: Binding = serde_json::from_slice(&packed[..end]).map_err(|_| SealingError::OtherBinding)?;
    if binding != bid.manifest.statement.binding {
        return Err(SealingError::OtherBinding);
    }
    Ok(packed.split_off(end + 1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::envelope::{Holder, commitment, seal, test_seal, verify};
    use proptest::prelude::*;
    use rand_chacha_010::ChaCha20Rng;
    use rand_chacha_010::rand_core::SeedableRng as _;

    const CONTENT: &[u8] = "总价 ¥899,000.00".as_bytes();

    struct Table {
        keys: Vec<HolderKey>,
        holders: Vec<Holder>,
        bid: SealedBid,
        bid_key: String,
    }

    fn binding() -> Binding {
        let id = Uuid::from_u128;
        Binding { tender_id: id(1), lot_id: id(2), document_version: 3, bidder_id: id(4) }
    }

    fn rng() -> ChaCha20Rng {
        ChaCha20Rng::seed_from_u64(1)
    }

    fn table(holders: usize, threshold: usize) -> Table {
        let keys: Vec<_> = (0..holders).map(|_| HolderKey::generate()).collect();
        let holders: Vec<_> = (100_u128..)
            .zip(&keys)
            .map(|(number, key)| Holder { holder_id: Uuid::from_u128(number), recipient: key.recipient() })
            .collect();
        let (bid, bid_key) = seal(&binding(), CONTENT, &holders, threshold, &mut rng()).unwrap();
        Table { keys, holders, bid, bid_key }
    }

    impl Table {
        fn share(&self, index: usize) -> Share {
            open_share(&self.bid.manifest, self.holders[index].holder_id, &self.keys[index]).unwrap()
        }
    }

    #[test]
    fn a_test_seal_opens() {
        test_seal(CONTENT, &mut rng()).unwrap();
    }

    #[test]
    fn any_two_of_three_open_and_one_does_not() {
        let table = table(3, 2);
        for pair in [[0, 1], [0, 2], [2, 1]] {
            assert_eq!(open(&table.bid, &pair.map(|index| table.share(index))).unwrap(), CONTENT);
        }
        let alone = open(&table.bid, &[table.share(1)]).unwrap_err();
        assert_eq!(alone, SealingError::TooFewShares { needed: 2, given: 1 });
    }

    #[test]
    fn fewer_shares_than_needed_rebuild_nothing_even_without_our_check() {
        let table = table(3, 3);
        let bytes: Vec<_> = [0, 1].map(|index| check_share(&table.bid.manifest, &table.share(index)).unwrap()).into();
        let rebuilt = Gf256::combine_array(&bytes).unwrap_or_default();
        assert_ne!(rebuilt, table.bid_key.as_bytes());
    }

    #[test]
    fn a_wrong_share_is_refused_by_the_name_of_its_holder() {
        let (table, other) = (table(3, 2), table(3, 2));
        let mut wrong = other.share(1);
        let named = SealingError::WrongShare(wrong.holder_id);
        assert_eq!(open(&table.bid, &[table.share(0), wrong.clone()]).unwrap_err(), named);
        wrong.share = "not base64".to_owned();
        assert_eq!(open(&table.bid, &[table.share(0), wrong]).unwrap_err(), named);
    }

    #[test]
    fn a_holder_counts_once() {
        let table = table(3, 2);
        let twice = open(&table.bid, &[table.share(0), table.share(0)]).unwrap_err();
        assert_eq!(twice, SealingError::HolderTwice(table.holders[0].holder_id));
    }

    #[test]
    fn the_key_of_another_holder_opens_nothing() {
        let table = table(3, 2);
        let error = open_share(&table.bid.manifest, table.holders[0].holder_id, &table.keys[1]).unwrap_err();
        assert_eq!(error, SealingError::KeyDoesNotFit);
        let stranger = Uuid::from_u128(9);
        assert_eq!(open_share(&table.bid.manifest, stranger, &table.keys[1]).unwrap_err(), SealingError::NotAHolder(stranger));
    }

    #[test]
    fn the_bidder_can_reveal_and_only_with_its_own_key() {
        let (table, other) = (table(2, 2), table(2, 2));
        assert_eq!(reveal(&table.bid, &table.bid_key).unwrap(), CONTENT);
        assert_eq!(reveal(&table.bid, &other.bid_key).unwrap_err(), SealingError::KeyDoesNotFit);
    }

    #[test]
    fn any_age_tool_opens_the_ciphertext_once_the_key_is_known() {
        let table = table(2, 2);
        let key: age::x25519::Identity = table.bid_key.parse().unwrap();
        assert!(age::decrypt(&key, &table.bid.ciphertext).unwrap().ends_with(CONTENT));
    }

    #[test]
    fn a_copied_envelope_cannot_be_handed_in_by_another_bidder() {
        let table = table(2, 2);
        let mut copied = table.bid.clone();
        copied.manifest.statement.binding.bidder_id = Uuid::from_u128(5);
        assert_eq!(verify(&copied, &copied.manifest.statement.binding, &table.holders, 2).unwrap_err(), SealingError::CommitmentDoesNotMatch);
        copied.manifest.commitment = commitment(&copied.manifest.statement).unwrap();
        verify(&copied, &copied.manifest.statement.binding, &table.holders, 2).unwrap();
        assert_eq!(reveal(&copied, &table.bid_key).unwrap_err(), SealingError::OtherBinding, "found at the opening");
    }

    #[test]
    fn reception_refuses_another_tender_other_holders_and_another_threshold() {
        let (table, other) = (table(3, 2), table(3, 2));
        verify(&table.bid, &binding(), &table.holders, 2).unwrap();
        let later = Binding { document_version: 4, ..binding() };
        assert_eq!(verify(&table.bid, &later, &table.holders, 2).unwrap_err(), SealingError::OtherBinding);
        assert_eq!(verify(&table.bid, &binding(), &other.holders, 2).unwrap_err(), SealingError::OtherHolders);
        assert_eq!(verify(&table.bid, &binding(), &table.holders, 3).unwrap_err(), SealingError::OtherHolders);
    }

    #[test]
    fn thresholds_and_holders_have_bounds() {
        let table = table(3, 2);
        for threshold in [0, 1, 4] {
            let error = seal(&binding(), CONTENT, &table.holders, threshold, &mut rng()).unwrap_err();
            assert_eq!(error, SealingError::ThresholdOutOfRange { threshold, holders: 3 });
        }
        let twice = vec![table.holders[0].clone(), table.holders[0].clone()];
        let error = seal(&binding(), CONTENT, &twice, 2, &mut rng()).unwrap_err();
        assert_eq!(error, SealingError::HolderTwice(table.holders[0].holder_id));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]

        #[test]
        fn a_flipped_bit_of_the_ciphertext_is_noticed(position in any::<prop::sample::Index>(), bit in 0_u8..8) {
            let table = table(2, 2);
            let mut bid = table.bid.clone();
            let index = position.index(bid.ciphertext.len());
            bid.ciphertext[index] ^= 1 << bit;
            prop_assert_eq!(verify(&bid, &binding(), &table.holders, 2), Err(SealingError::CommitmentDoesNotMatch));
        }

        #[test]
        fn whatever_is_sealed_comes_out_again(content in prop::collection::vec(any::<u8>(), 0..2000), holders in 2_usize..6) {
            let keys: Vec<_> = (0..holders).map(|_| HolderKey::generate()).collect();
            let sealed_to: Vec<_> = (1_u128..).zip(&keys)
                .map(|(number, key)| Holder { holder_id: Uuid::from_u128(number), recipient: key.recipient() })
                .collect();
            let (bid, _) = seal(&binding(), &content, &sealed_to, holders, &mut rng()).unwrap();
            let shares: Vec<_> = sealed_to.iter().zip(&keys)
                .map(|(holder, key)| open_share(&bid.manifest, holder.holder_id, key).unwrap())
                .collect();
            prop_assert_eq!(open(&bid, &shares).unwrap(), content);
        }
    }
}
