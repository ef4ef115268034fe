//! `zhaocai holder-key`: the work of a key holder without a browser.

use super::{Failure, read_json, read_text, sealing_failed, write_new};
use clap::Subcommand;
use sealing::envelope::Manifest;
use sealing::key::{HolderKey, WORK_FACTOR};
use sealing::opening;
use std::io::IsTerminal as _;
use std::path::{Path, PathBuf};

/// Makes a holder's key, or opens a share with it.
#[derive(Subcommand)]
pub enum HolderKeyCommand {
    /// Makes a key, writes its recovery file under a passphrase, and prints the public key.
    New {
        /// Where the recovery file goes.
        #[arg(long)]
        recovery: PathBuf,
        /// A file whose first line is the passphrase; else it is read from standard input.
        #[arg(long)]
        passphrase_file: Option<PathBuf>,
    },
    /// Opens this holder's share of a bid and prints it as JSON.
    OpenShare {
        /// The recovery file.
        #[arg(long)]
        recovery: PathBuf,
        /// The bid's manifest.
        #[arg(long)]
        manifest: PathBuf,
        /// A file whose first line is the passphrase; else it is read from standard input.
        #[arg(long)]
        passphrase_file: Option<PathBuf>,
    },
}

impl HolderKeyCommand {
    /// Does it.
    ///
    /// # Errors
    /// A coded reason of `sealing`, or a file that can't be read or written.
    pub fn run(&self) -> Result<(), Failure> {
        match self {
            Self::New { recovery, passphrase_file } => {
                let key = HolderKey::generate();
                let passphrase = passphrase(passphrase_file.as_deref())?;
                let file = key.recovery_file(passphrase.into(), WORK_FACTOR).map_err(sealing_failed)?;
                write_new(recovery, file.as_bytes(), true)?;
                println!("{}", key.recipient());
            }
            Self::OpenShare { recovery, manifest, passphrase_file } => {
                let manifest: Manifest = read_json(manifest)?;
                let passphrase = passphrase(passphrase_file.as_deref())?;
                let key = HolderKey::recover(&read_text(recovery)?, passphrase.into()).map_err(sealing_failed)?;
                let recipient = key.recipient();
                let sealed = manifest.statement.shares.iter().find(|share| share.holder.recipient == recipient);
                let sealed = sealed.ok_or("NOT_A_HOLDER: no share of this bid is sealed to this key")?;
                let share = opening::open_sealed_share(sealed, &key).map_err(sealing_failed)?;
                println!("{}", serde_json::to_string(&share)?);
            }
        }
        Ok(())
    }
}

fn passphrase(file: Option<&Path>) -> Result<String, Failure> {
    let text = if let Some(path) = file {
        read_text(path)?
    } else {
        if std::io::stdin().is_terminal() {
            eprintln!("Passphrase (it is shown as you type; --passphrase-file hides it):");
        }
        let mut line = String::new();
        std::io::stdin().read_line(&mut line)?;
        line
    };
    let line = text.lines().next().unwrap_or_default().to_owned();
    if line.is_empty() { Err("a passphrase is needed".into()) } else { Ok(line) }
}
