//! `zhaocai seal`: a bid goes in, an envelope that only the tender's key holders can open comes out.

use super::{Failure, read, read_json, sealing_failed, write_new};
use sealing::envelope::{self, SealingTerms};
use std::path::PathBuf;

/// Seals a bid without a browser.
#[derive(clap::Args)]
pub struct Seal {
    /// The bid.
    bid: PathBuf,
    /// For what and to whom: JSON with `tenderId`, `lotId`, `documentVersion`, `bidderId`, `holders` (each `holderId` and
    /// `recipient`) and `threshold`, as the API gives them.
    #[arg(long)]
    terms: PathBuf,
    /// Where the encrypted bid goes (an age file).
    #[arg(long)]
    envelope: PathBuf,
    /// Where the manifest goes (JSON), which is handed in with the envelope.
    #[arg(long)]
    manifest: PathBuf,
    /// Where the bid's own key goes, by which the bidder may reveal the bid should the holders fail. Keep it to yourself.
    #[arg(long)]
    bid_key: Option<PathBuf>,
}

impl Seal {
    /// Tests a seal, seals, writes, and prints the commitment.
    ///
    /// # Errors
    /// A coded reason of `sealing`, or a file that can't be read or written.
    pub fn run(&self) -> Result<(), Failure> {
        let terms: SealingTerms = read_json(&self.terms)?;
        let content = read(&self.bid)?;
        let mut rng = sealing::chance::system().map_err(sealing_failed)?;
        envelope::test_seal(&content, &mut rng).map_err(sealing_failed)?;
        let (bid, bid_key) = envelope::seal(&terms.binding, &content, &terms.holders, terms.threshold, &mut rng).map_err(sealing_failed)?;
        write_new(&self.envelope, &bid.ciphertext, false)?;
        write_new(&self.manifest, &serde_json::to_vec(&bid.manifest)?, false)?;
        if let Some(path) = &self.bid_key {
            write_new(path, format!("{bid_key}\n").as_bytes(), true)?;
        }
        println!("{}", bid.manifest.commitment);
        Ok(())
    }
}
