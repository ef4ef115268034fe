//! `zhaocai verify log`: the audit log's word, checked by somebody else's machine.

use super::{Failure, coded, read_json, read_text, write_new};
use sealing::log::{Checkpoint, Consistency, Inclusion, LogError, LogKey};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};
use uuid::Uuid;

/// What is checked of a log.
#[derive(clap::Args)]
pub struct VerifyLog {
    /// The marketplace's address.
    #[arg(long, required_unless_present = "key")]
    url: Option<String>,
    /// The log's key (`name+hash+key`). From the address when it is not given: then better with --remember.
    #[arg(long)]
    key: Option<String>,
    /// Keeps the key and the newest checkpoint in this file, and checks that the log continues what it held before.
    #[arg(long, requires = "url")]
    remember: Option<PathBuf>,
    /// Checks that this event is in the log.
    #[arg(long, requires = "url")]
    event: Option<Uuid>,
    /// A checkpoint, as a file.
    #[arg(long, requires = "key")]
    checkpoint: Option<PathBuf>,
    /// A proof that an event is in the log, as a file.
    #[arg(long, requires = "key")]
    inclusion: Option<PathBuf>,
    /// A proof that the log continues an earlier one, as a file; with --older and --checkpoint.
    #[arg(long, requires_all = ["key", "older", "checkpoint"])]
    consistency: Option<PathBuf>,
    /// The earlier checkpoint, as a file.
    #[arg(long)]
    older: Option<PathBuf>,
}

/// What `--remember` keeps.
#[derive(Serialize, Deserialize)]
struct Remembered {
    key: String,
    checkpoint: String,
}

impl VerifyLog {
    /// Checks, and says what was found to be true.
    ///
    /// # Errors
    /// A coded reason; a file or address that can't be read.
    pub(super) async fn run(&self) -> Result<(), Failure> {
        if let Some(url) = &self.url {
            return self.run_over_http(url.trim_end_matches('/')).await;
        }
        let key = LogKey::parse(self.key.as_deref().unwrap_or_default()).map_err(log_failed)?;
        let open = |path: &Path| Checkpoint::open(&read_text(path)?, &key).map_err(log_failed);
        let newest = self.checkpoint.as_deref().map(open).transpose()?;
        if let Some(newest) = &newest {
            tell_checkpoint(newest);
        }
        if let Some(path) = &self.inclusion {
            tell_inclusion(&read_json(path)?, &key)?;
        }
        if let (Some(path), Some(older), Some(newest)) = (&self.consistency, &self.older, &newest) {
            tell_consistency(&read_json(path)?, &open(older)?, newest)?;
        }
        Ok(())
    }

    async fn run_over_http(&self, url: &str) -> Result<(), Failure> {
        let remembered: Option<Remembered> = match &self.remember {
            Some(path) if path.exists() => Some(read_json(path)?),
            _ => None,
        };
        let key = match (&self.key, &remembered) {
            (Some(key), _) => key.clone(),
            (None, Some(remembered)) => remembered.key.clone(),
            (None, None) => get(&format!("{url}/log/key")).await?,
        };
        let key = LogKey::parse(&key).map_err(log_failed)?;
        let note = get(&format!("{url}/log/checkpoint")).await?;
        let newest = Checkpoint::open(&note, &key).map_err(log_failed)?;
        tell_checkpoint(&newest);
        if let Some(remembered) = &remembered {
            let older = Checkpoint::open(&remembered.checkpoint, &key).map_err(log_failed)?;
            if older.size > newest.size {
                return Err(log_failed(LogError::NotConsistent));
            }
            let address = format!("{url}/log/proof/consistency?from={}&to={}", older.size, newest.size);
            tell_consistency(&get_json(&address).await?, &older, &newest)?;
        }
        if let Some(event) = self.event {
            let proof: Inclusion = get_json(&format!("{url}/log/proof/inclusion?event={event}")).await?;
            if proof.event != event {
                return Err(log_failed(LogError::OtherContent));
            }
            tell_inclusion(&proof, &key)?;
        }
        if let Some(path) = &self.remember {
            keep(path, &Remembered { key: key.to_string(), checkpoint: note })?;
        }
        Ok(())
    }
}

/// Replaces the file whole, so that a power cut leaves the old one or the new one.
fn keep(path: &Path, remembered: &Remembered) -> Result<(), Failure> {
    let fresh = path.with_extension("new");
    if fresh.exists() {
        std::fs::remove_file(&fresh)?;
    }
    write_new(&fresh, &serde_json::to_vec_pretty(remembered)?, false)?;
    Ok(std::fs::rename(fresh, path)?)
}

fn tell_checkpoint(checkpoint: &Checkpoint) {
    println!("signed: {} has {} events", checkpoint.origin, checkpoint.size);
}

fn tell_inclusion(proof: &Inclusion, key: &LogKey) -> Result<(), Failure> {
    let checkpoint = proof.verify(key).map_err(log_failed)?;
    println!("included: event {} is number {} of {}", proof.event, proof.position, checkpoint.size);
    if let Some(entry) = &proof.entry {
        println!("{entry}");
    }
    Ok(())
}

fn tell_consistency(proof: &Consistency, older: &Checkpoint, newer: &Checkpoint) -> Result<(), Failure> {
    proof.verify(older, newer).map_err(log_failed)?;
    println!("continued: the first {} of {} events are unchanged", older.size, newer.size);
    Ok(())
}

async fn get(address: &str) -> Result<String, Failure> {
    let answer = reqwest::get(address).await?;
    let status = answer.status();
    let text = answer.text().await?;
    if status.is_success() { Ok(text) } else { Err(format!("{address} answers {status}: {}", text.trim()).into()) }
}

async fn get_json<T: DeserializeOwned>(address: &str) -> Result<T, Failure> {
    serde_json::from_str(&get(address).await?).map_err(|error| format!("{address}: {error}").into())
}

#[expect(clippy::needless_pass_by_value, reason = "map_err hands errors over")]
fn log_failed(error: LogError) -> Failure {
    coded(error.code(), &error)
}
