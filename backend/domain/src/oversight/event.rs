//! Events: what happened, to what, by whom. Written with the change that caused them, never edited.

use crate::language::Language;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Who may read an event's content. That it happened is in the public log either way, as a salted commitment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Visibility {
    /// Everybody.
    Public,
    /// The organizations that take part.
    Parties,
    /// Only the organization that acted.
    Own,
}

impl Visibility {
    /// The name in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::Parties => "parties",
            Self::Own => "own",
        }
    }

    /// Reads the name.
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Public, Self::Parties, Self::Own].into_iter().find(|visibility| visibility.as_str() == name)
    }
}

/// What an event is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subject {
    /// The kind of record, as in its global id: `Tender`.
    pub kind: String,
    /// Its number.
    pub id: Uuid,
}

/// What happened.
///
/// A noun's own event enum turns into this at the door of the store.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// Noun and past participle: `tender.published`.
    pub name: String,
    /// What it is about.
    pub subject: Subject,
    /// Who may read it.
    pub visibility: Visibility,
    /// The organizations that take part, besides the one that acted.
    pub parties: Vec<Uuid>,
    /// The content.
    pub content: serde_json::Value,
}

/// The key of the text that says what an event of this name means.
#[must_use]
pub fn text_key(name: &str) -> String {
    format!("event-{}", name.replace(['.', '_'], "-"))
}

impl Event {
    /// An event about a record, with serializable content. Its name has a text in every language: see [`text_key`].
    pub fn new(name: &str, kind: &str, id: Uuid, visibility: Visibility, content: &impl Serialize) -> Self {
        debug_assert!(crate::text::has(Language::default(), &text_key(name)), "no text says what {name} means");
        Self {
            name: name.to_owned(),
            subject: Subject { kind: kind.to_owned(), id },
            visibility,
            parties: Vec::new(),
            content: serde_json::to_value(content).unwrap_or(serde_json::Value::Null),
        }
    }

    /// Names the organizations that take part.
    #[must_use]
    pub fn with_parties(mut self, parties: impl IntoIterator<Item = Uuid>) -> Self {
        self.parties = parties.into_iter().collect();
        self
    }
}
