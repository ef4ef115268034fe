//! `zhaocai verify`: whether what the marketplace shows is what was sealed and logged.

use super::verify_draw::VerifyDraw;
use super::verify_log::VerifyLog;
use super::{Failure, read, read_json, sealing_failed};
use clap::Subcommand;
use sealing::envelope::{self, SealedBid, SealingTerms};
use std::path::PathBuf;

/// Checks a sealed bid, a draw of invited suppliers, or the audit log.
#[derive(Subcommand)]
pub enum Verify {
    /// Checks that manifest and envelope belong together, and to a commitment or to a tender where these are given.
    Bid(VerifyBid),
    /// Draws the suppliers of an invited tender again, with the seed that was promised.
    Draw(VerifyDraw),
    /// Checks what the audit log says of itself, from its address or from files.
    Log(VerifyLog),
}

/// What is checked of a bid.
#[derive(clap::Args)]
pub struct VerifyBid {
    /// The manifest.
    #[arg(long)]
    manifest: PathBuf,
    /// The encrypted bid.
    #[arg(long)]
    envelope: PathBuf,
    /// The commitment that it must have, in hexadecimal, as it stands on the receipt.
    #[arg(long)]
    commitment: Option<String>,
    /// For what and to whom it must be sealed, as given to `zhaocai seal`.
    #[arg(long)]
    terms: Option<PathBuf>,
}

impl Verify {
    /// Checks, and says what was found to be true.
    ///
    /// # Errors
    /// A coded reason why it is not as it should be; a file or address that can't be read.
    pub async fn run(&self) -> Result<(), Failure> {
        match self {
            Self::Bid(bid) => bid.run(),
            Self::Draw(draw) => draw.run(),
            Self::Log(log) => log.run().await,
        }
    }
}

impl VerifyBid {
    fn run(&self) -> Result<(), Failure> {
        let bid = SealedBid { manifest: read_json(&self.manifest)?, ciphertext: read(&self.envelope)? };
        envelope::check_commitment(&bid).map_err(sealing_failed)?;
        let found = &bid.manifest.commitment;
        if let Some(wanted) = &self.commitment
            && !wanted.trim().eq_ignore_ascii_case(found)
        {
            return Err(format!("COMMITMENT_DOES_NOT_MATCH: this bid has the commitment {found}").into());
        }
        if let Some(terms) = &self.terms {
            let terms: SealingTerms = read_json(terms)?;
            envelope::verify(&bid, &terms.binding, &terms.holders, terms.threshold).map_err(sealing_failed)?;
        }
        println!("whole: {found}");
        Ok(())
    }
}
