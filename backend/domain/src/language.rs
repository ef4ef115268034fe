//! The two languages of the marketplace and text that stands in both.

use serde::{Deserialize, Serialize};

/// A language in which the marketplace speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Language {
    /// Simplified Chinese, the language of record.
    #[default]
    #[serde(rename = "zh-CN")]
    Chinese,
    /// British English.
    #[serde(rename = "en")]
    English,
}

impl Language {
    /// Both, the language of record first.
    pub const ALL: [Self; 2] = [Self::Chinese, Self::English];

    /// The BCP 47 tag, as it stands in `lang` attributes and HTTP headers.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Chinese => "zh-CN",
            Self::English => "en",
        }
    }

    /// Reads a BCP 47 tag by its primary language; `None` for a language that we don't speak.
    pub fn from_tag(tag: &str) -> Option<Self> {
        match tag.split(['-', '_']).next()?.trim().to_ascii_lowercase().as_str() {
            "zh" => Some(Self::Chinese),
            "en" => Some(Self::English),
            _ => None,
        }
    }

    /// The first language of an `Accept-Language` header that we speak.
    pub fn from_accept_language(header: &str) -> Option<Self> {
        header
            .split(',').find_map(|range| Self::from_tag(range.split(';').next().unwrap_or_default().trim()))
    }
}

/// A text in Chinese and English. Either may be empty in a draft, not both in what is published.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct LocalText {
    /// Simplified Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

impl LocalText {
    /// A text in both languages.
    pub fn new(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { zh: zh.into(), en: en.into() }
    }

    /// The text in `language`, or in the other one where that is empty: a reader is better served
    /// by the other language than by nothing.
    pub fn in_language(&self, language: Language) -> &str {
        let (wanted, other) = match language {
            Language::Chinese => (&self.zh, &self.en),
            Language::English => (&self.en, &self.zh),
        };
        if wanted.trim().is_empty() { other } else { wanted }
    }

    /// Whether there is no word in either language.
    pub fn is_empty(&self) -> bool {
        self.zh.trim().is_empty() && self.en.trim().is_empty()
    }

    /// The length of the longer of the two, in characters.
    pub fn chars(&self) -> usize {
        self.zh.chars().count().max(self.en.chars().count())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_language_we_speak_is_taken() {
        assert_eq!(Language::from_accept_language("fr, en-GB;q=0.8, zh;q=0.5"), Some(Language::English));
        assert_eq!(Language::from_accept_language("de"), None);
    }

    #[test]
    fn a_missing_language_falls_back_to_the_other() {
        assert_eq!(LocalText::new("椅子", " ").in_language(Language::English), "椅子");
    }
}
