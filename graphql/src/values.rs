//! Values that many nouns share.

use async_graphql::{Enum, InputObject, SimpleObject};
use domain::language;

/// A language in which the marketplace speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::language::Language")]
pub enum Language {
    /// Simplified Chinese, the language of record.
    Chinese,
    /// British English.
    English,
}

/// A text in Chinese and English.
#[derive(Clone, Debug, SimpleObject)]
pub struct LocalText {
    /// Simplified Chinese.
    pub zh: String,
    /// English; may be empty.
    pub en: String,
}

impl From<language::LocalText> for LocalText {
    fn from(text: language::LocalText) -> Self {
        Self { zh: text.zh, en: text.en }
    }
}

/// A text in Chinese and English.
#[derive(Clone, Debug, InputObject)]
pub struct LocalTextInput {
    /// Simplified Chinese.
    pub zh: String,
    /// English; may be left out.
    #[graphql(default)]
    pub en: String,
}

impl From<LocalTextInput> for language::LocalText {
    fn from(text: LocalTextInput) -> Self {
        Self { zh: text.zh, en: text.en }
    }
}
