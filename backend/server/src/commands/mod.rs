//! Commands for those who run the marketplace: they work on its data, beside a running server or without one.

pub mod admin;
pub mod backup;
pub mod import;

use crate::configuration::{self, Configuration};
use app::{App, Error};
use domain::language::Language;
use domain::text;
use std::path::PathBuf;
use std::sync::Arc;

pub use crate::offline::Failure;

/// Which marketplace a command works on.
#[derive(clap::Args)]
pub struct Place {
    /// A configuration file; see the documented default.
    #[arg(long)]
    pub config: Option<PathBuf>,
    /// The data folder, over the configuration's.
    #[arg(long)]
    pub data: Option<PathBuf>,
}

impl Place {
    /// Reads the configuration and begins to write log lines.
    ///
    /// # Errors
    /// When the configuration can't be taken.
    pub fn configure(&self) -> Result<Configuration, Failure> {
        let mut configuration = configuration::read(self.config.as_deref(), std::env::vars())?;
        if let Some(data) = &self.data {
            configuration.storage.data.clone_from(data);
        }
        configuration.log.start()?;
        Ok(configuration)
    }

    /// Opens the marketplace that is there; a command that works on data never begins a new one.
    async fn open(&self) -> Result<Arc<App>, Failure> {
        let configuration = self.configure()?;
        let data = &configuration.storage.data;
        if !data.is_dir() {
            return Err(format!("{} is not there: name the data folder with --data", data.display()).into());
        }
        Ok(App::open(configuration.settings()).await?)
    }
}

/// The language of whoever sits at the machine, by the variables that tell it.
pub(crate) fn language() -> Language {
    let told = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().filter_map(|name| std::env::var(name).ok()).find(|value| !value.is_empty());
    if told.is_some_and(|told| told.starts_with("zh")) { Language::Chinese } else { Language::English }
}

/// A use case's error in words: refusals with code and place, one a line.
pub(crate) fn told(error: Error) -> Failure {
    match error {
        Error::Refused(refusals) => {
            let line = |refusal: &domain::refusal::Refusal| {
                let place = if refusal.path.is_empty() { String::new() } else { format!(" at {}", refusal.path.join(".")) };
                format!("{}{place}: {}", refusal.code.as_str(), text::refusal(language(), refusal))
            };
            refusals.iter().map(line).collect::<Vec<_>>().join("\nzhaocai: ").into()
        }
        Error::Internal(internal) => internal.0.into(),
        other => other.to_string().into(),
    }
}
