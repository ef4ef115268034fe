//! One documented default file, overridden by a file and by the environment.

use app::{Clock, Settings};
use secrecy::SecretString;
use serde::Deserialize;
use std::io::IsTerminal as _;
use std::path::{Path, PathBuf};
use toml::{Table, Value};

/// The default file, which documents every key.
pub const DEFAULT: &str = include_str!("../zhaocai.default.toml");
/// What an environment variable that configures us starts with; levels are divided by two underscores.
const ENVIRONMENT_PREFIX: &str = "ZHAOCAI__";
/// Variables of the tests, not of the configuration, begin otherwise: `ZHAOCAI_TEST_…`.
const DIVIDER: &str = "__";

/// The configuration, as documented in `zhaocai.default.toml`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Configuration {
    /// `[server]`
    pub server: Server,
    /// `[storage]`
    pub storage: Storage,
    /// `[policy]`
    pub policy: Policy,
    /// `[log]`
    pub log: Log,
}

/// `[server]`
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Server {
    /// The address to listen on.
    pub listen: String,
    /// The address under which the marketplace is reached.
    pub public_url: String,
    /// The folder of the pages' files; those in the binary when empty.
    pub pages: PathBuf,
    /// The largest GraphQL request.
    pub request_most_bytes: usize,
    /// The largest posted form with its files.
    pub form_most_bytes: usize,
}

/// `[storage]`
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Storage {
    /// The folder for the embedded database, files and keys.
    pub data: PathBuf,
    /// The database's address, with its password; empty for the embedded one.
    pub database_url: SecretString,
    /// The largest file that is kept.
    pub file_most_bytes: u64,
    /// The most connections.
    pub connections: u32,
}

/// `[policy]`
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Policy {
    /// The folder of packs over those that ship; empty for none.
    pub packs: PathBuf,
}

/// `[log]`
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Log {
    /// A filter of `tracing`.
    pub filter: String,
    /// How lines are written.
    pub form: LogForm,
}

/// How log lines are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogForm {
    /// For people.
    Text,
    /// For machines.
    Json,
}

/// Why a configuration is not taken. Written for the person who starts the server.
#[derive(Debug, PartialEq, Eq)]
pub struct ConfigurationError(pub String);

impl std::fmt::Display for ConfigurationError {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl std::error::Error for ConfigurationError {}

/// Reads the defaults, the file, and the environment, each overriding the one before.
///
/// # Errors
/// When the file can't be read, or a key is unknown or of the wrong kind.
pub fn read(file: Option<&Path>, environment: impl Iterator<Item = (String, String)>) -> Result<Configuration, ConfigurationError> {
    let mut table: Table = DEFAULT.parse().map_err(|error| ConfigurationError(format!("default configuration: {error}")))?;
    if let Some(path) = file {
        let name = path.display();
        let text = std::fs::read_to_string(path).map_err(|error| ConfigurationError(format!("{name}: {error}")))?;
        let over: Table = text.parse().map_err(|error| ConfigurationError(format!("{name}: {error}")))?;
        lay_over(&mut table, over, &name.to_string(), "")?;
    }
    for (name, value) in environment {
        if let Some(path) = name.strip_prefix(ENVIRONMENT_PREFIX) {
            let keys: Vec<String> = path.split(DIVIDER).map(str::to_lowercase).collect();
            lay_over(&mut table, nested(&keys, &value), &name, "")?;
        }
    }
    Value::Table(table).try_into().map_err(|error| ConfigurationError(format!("configuration: {error}")))
}

/// A table of tables down to the value; a value that reads as a number or a truth value is one.
fn nested(keys: &[String], value: &str) -> Table {
    let mut inner = value.parse::<i64>().map_or_else(|_| match value {
        "true" => Value::Boolean(true),
        "false" => Value::Boolean(false),
        text => Value::String(text.to_owned()),
    }, Value::Integer);
    for key in keys.iter().skip(1).rev() {
        inner = Value::Table(Table::from_iter([(key.clone(), inner)]));
    }
    Table::from_iter(keys.first().map(|key| (key.clone(), inner)))
}

/// Puts `over` in the place of what `base` says, key by key; what `base` doesn't know is refused.
fn lay_over(base: &mut Table, over: Table, source: &str, parent: &str) -> Result<(), ConfigurationError> {
    for (key, value) in over {
        let path = if parent.is_empty() { key.clone() } else { format!("{parent}.{key}") };
        let known: Vec<String> = base.keys().cloned().collect();
        match (base.get_mut(&key), value) {
            (Some(Value::Table(inner)), Value::Table(over)) => lay_over(inner, over, source, &path)?,
            (Some(Value::Table(_)), _) => return Err(ConfigurationError(format!("{source}: {path} is a section, not a value"))),
            (Some(place), value) => *place = value,
            (None, _) => {
                let nearest = known.into_iter().max_by(|a, b| strsim::jaro(a, &key).total_cmp(&strsim::jaro(b, &key)));
                let nearest = nearest.unwrap_or_default();
                return Err(ConfigurationError(format!("{source}: {path} is not known here; did you mean {nearest}?")));
            }
        }
    }
    Ok(())
}

impl Configuration {
    /// What the application needs to know of it.
    pub fn settings(&self) -> Settings {
        Settings {
            database_url: self.database_url(),
            database_connections: self.storage.connections,
            data_folder: self.storage.data.clone(),
            public_url: self.server.public_url.clone(),
            file_most_bytes: self.storage.file_most_bytes,
            policy_packs_folder: Some(self.policy.packs.clone()).filter(|folder| !folder.as_os_str().is_empty()),
            is_demo: false,
            clock: Clock::system(),
            seed: None,
        }
    }

    /// The address of a database that is not embedded.
    pub fn own_database(&self) -> Option<&SecretString> {
        use secrecy::ExposeSecret as _;
        Some(&self.storage.database_url).filter(|url| !url.expose_secret().is_empty())
    }

    /// The database's address: as configured, or `SQLite` in the data folder.
    pub fn database_url(&self) -> SecretString {
        let embedded = || format!("sqlite://{}", self.storage.data.join("zhaocai.sqlite").display()).into();
        self.own_database().cloned().unwrap_or_else(embedded)
    }
}

impl Log {
    /// Begins to write log lines, to standard error. Once in a process.
    ///
    /// # Errors
    /// When the filter does not read.
    pub fn start(&self) -> Result<(), ConfigurationError> {
        let filter = tracing_subscriber::EnvFilter::try_new(&self.filter);
        let filter = filter.map_err(|error| ConfigurationError(format!("log.filter: {error}")))?;
        let is_terminal = std::io::stderr().is_terminal();
        let lines = tracing_subscriber::fmt().with_env_filter(filter).with_ansi(is_terminal).with_writer(std::io::stderr);
        match self.form {
            LogForm::Text => lines.init(),
            LogForm::Json => lines.json().init(),
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(name: &str, value: &str) -> Result<Configuration, ConfigurationError> {
        read(None, [(name.to_owned(), value.to_owned())].into_iter())
    }

    #[test]
    fn the_default_file_is_complete() {
        assert_eq!(read(None, std::iter::empty()).unwrap().server.listen, "127.0.0.1:8080");
    }

    #[test]
    fn the_environment_overrides() {
        assert_eq!(with("ZHAOCAI__STORAGE__CONNECTIONS", "3").unwrap().storage.connections, 3);
    }

    #[test]
    fn an_unknown_key_is_refused_with_the_nearest() {
        let error = with("ZHAOCAI__SERVER__LISTN", "x").unwrap_err();
        assert_eq!(error.0, "ZHAOCAI__SERVER__LISTN: server.listn is not known here; did you mean listen?");
    }

    #[test]
    fn a_password_in_the_address_is_not_shown() {
        let configuration = with("ZHAOCAI__STORAGE__DATABASE_URL", "postgres://zhaocai:hunter2@db/zhaocai").unwrap();
        assert!(!format!("{configuration:?}").contains("hunter2"));
    }
}
