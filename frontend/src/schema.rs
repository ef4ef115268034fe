//! The contract as Rust types: every operation is checked against `graphql/schema.graphql` at compile time. The fragments
//! that many pages ask for stand here.

use domain::language::{Language, LocalText};
use domain::money::{Currency, Money};

#[cynic::schema("zhaocai")]
pub mod schema {}

cynic::impl_scalar!(chrono::DateTime<chrono::Utc>, schema::DateTime);

cynic::impl_scalar!(i64, schema::MinorUnits);

/// An amount of money, as the contract gives it.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "Money")]
pub struct Sum {
    /// In the currency's minor unit.
    pub amount_minor: i64,
    /// The currency's code.
    pub currency: String,
}

impl From<Sum> for Money {
    fn from(sum: Sum) -> Self {
        Self::new(sum.amount_minor, Currency::from_code(&sum.currency).unwrap_or(Currency::CNY))
    }
}

/// A text in both languages, as the contract gives it. `visit.local(&tender.title)` takes the reader's.
#[derive(cynic::QueryFragment, Clone, Debug, Default, PartialEq, Eq)]
#[cynic(graphql_type = "LocalText")]
pub struct Words {
    /// Simplified Chinese.
    pub zh: String,
    /// English; may be empty.
    pub en: String,
}

impl From<Words> for LocalText {
    fn from(words: Words) -> Self {
        Self { zh: words.zh, en: words.en }
    }
}

/// What stands in both languages.
pub trait Bilingual {
    /// The text in this language, or in the other one where it is missing.
    fn said_in(&self, language: Language) -> &str;
}

impl Bilingual for LocalText {
    fn said_in(&self, language: Language) -> &str {
        self.in_language(language)
    }
}

impl Bilingual for Words {
    fn said_in(&self, language: Language) -> &str {
        let (wanted, other) = match language {
            Language::Chinese => (&self.zh, &self.en),
            Language::English => (&self.en, &self.zh),
        };
        if wanted.trim().is_empty() { other } else { wanted }
    }
}

/// A piece of plain text, marked where it matched what was looked for: [`marked`](crate::parts::marked) draws it.
#[derive(cynic::QueryFragment, Clone, Debug, PartialEq, Eq)]
pub struct TextFragment {
    /// The words.
    pub text: String,
    /// Whether they matched.
    pub is_match: bool,
}

/// A stored file, as the contract gives it.
#[derive(cynic::QueryFragment, Clone, Debug, PartialEq, Eq)]
#[cynic(graphql_type = "File")]
pub struct StoredFile {
    /// Its global id.
    pub id: cynic::Id,
    /// The name that its owner gave it.
    pub name: String,
    /// What it is.
    pub media_type: String,
    /// How long it is.
    pub size_bytes: i32,
    /// The hash of its content.
    pub sha256: String,
    /// Where it is read.
    pub address: String,
}

/// What a mutation refuses: `Answer::again(payload.user_errors)` shows it at its fields.
#[derive(cynic::QueryFragment, Clone, Debug, PartialEq, Eq)]
pub struct UserError {
    /// The reason; it never changes its meaning.
    pub code: String,
    /// What is wrong, why, and what to do next, in the reader's language.
    pub message: String,
    /// Where in the input, from the outside in.
    pub path: Vec<String>,
}

/// The place of a file among the variables of an operation: `null`, which `visit.ask_with_files` fills.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Attached;

cynic::impl_scalar!(Attached, schema::Upload);
