//! Refusals: one table of codes, each with its meaning; the words stand in `texts/*/refusals.ftl`.
//!
//! A refusal is data that a person can act on. It names what is wrong, by a code that never changes its meaning,
//! where (a path into the input), and the facts that its text needs.

use crate::money::Money;
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

mod code;

pub use code::Code;

/// A value that a refusal's text needs, kept typed so that each language can write it its own way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "value", rename_all = "snake_case")]
pub enum Fact {
    /// Words as given, shown as they are.
    Text(String),
    /// A word of the texts by its key (`order-state-placed`), said in the reader's language.
    Word(String),
    /// A rule's source as it is published; an English reader is also told which law it is.
    Source(String),
    /// A whole number.
    Number(i64),
    /// An amount.
    Money(Money),
    /// An instant, shown in the marketplace's zone.
    Instant(DateTime<Utc>),
    /// A calendar day.
    Date(NaiveDate),
}

macro_rules! fact_from {
    ($($from:ty => $variant:ident $(. $convert:ident)?),* $(,)?) => {
        $(impl From<$from> for Fact { fn from(value: $from) -> Self { Self::$variant(value$(.$convert())?) } })*
    };
}
fact_from! { String => Text, &str => Text.to_owned, i64 => Number, Money => Money, DateTime<Utc> => Instant, NaiveDate => Date }

impl Fact {
    /// A word of the texts by its key.
    pub fn word(key: impl Into<String>) -> Self {
        Self::Word(key.into())
    }
}

impl From<usize> for Fact {
    fn from(value: usize) -> Self {
        Self::Number(i64::try_from(value).unwrap_or(i64::MAX))
    }
}

/// The facts of a text, by the names that the text uses.
pub type Facts = BTreeMap<String, Fact>;

/// One refusal: what, where, and the facts that explain it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    /// The reason.
    pub code: Code,
    /// Where in the input, from the outside in: `["criteria", "2", "weight"]`. Empty for the whole.
    pub path: Vec<String>,
    /// What its text needs.
    pub facts: Facts,
}

impl Refusal {
    /// A refusal of the whole input.
    pub const fn new(code: Code) -> Self {
        Self { code, path: Vec::new(), facts: Facts::new() }
    }

    /// A refusal at a dotted path: `Refusal::at(Code::Required, "title.zh")`.
    pub fn at(code: Code, path: &str) -> Self {
        Self { code, path: path.split('.').map(str::to_owned).collect(), facts: Facts::new() }
    }

    /// Adds a fact.
    #[must_use]
    pub fn with(mut self, name: &str, fact: impl Into<Fact>) -> Self {
        self.facts.insert(name.to_owned(), fact.into());
        self
    }

    /// Puts the path under `parent`.
    #[must_use]
    pub fn under(mut self, parent: &str) -> Self {
        let mut path: Vec<String> = parent.split('.').map(str::to_owned).collect();
        path.append(&mut self.path);
        self.path = path;
        self
    }
}

/// Refusals of one input. Kept whole so that a person mends all at once.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusals(pub Vec<Refusal>);

impl Refusals {
    /// Adds one.
    pub fn push(&mut self, refusal: Refusal) {
        self.0.push(refusal);
    }

    /// Puts every path under `parent`.
    #[must_use]
    pub fn under(self, parent: &str) -> Self {
        Self(self.0.into_iter().map(|refusal| refusal.under(parent)).collect())
    }

    /// Keeps the value of a check, or its refusal under `path`.
    pub fn take<T>(&mut self, path: &str, result: Result<T, Refusal>) -> Option<T> {
        match result {
            Ok(value) => Some(value),
            Err(refusal) => {
                self.push(if path.is_empty() { refusal } else { refusal.under(path) });
                None
            }
        }
    }

    /// `Ok` when there is none.
    pub fn into_result(self) -> Result<(), Self> {
        if self.0.is_empty() { Ok(()) } else { Err(self) }
    }
}

impl From<Refusal> for Refusals {
    fn from(refusal: Refusal) -> Self {
        Self(vec![refusal])
    }
}

/// Checks a text: there when `required`, at most `most` characters, without characters that hide or turn text.
///
/// # Errors
/// `REQUIRED`, `TOO_LONG`, `HIDDEN_CHARACTERS`.
pub fn check_text(text: &str, required: bool, most: usize) -> Result<String, Refusal> {
    let text = text.trim();
    if required && text.is_empty() {
        return Err(Refusal { path: Vec::new(), ..Refusal::new(Code::Required) });
    }
    if text.chars().count() > most {
        return Err(Refusal::new(Code::TooLong).with("most", most).with("length", text.chars().count()));
    }
    if text.chars().any(is_hidden) {
        return Err(Refusal::new(Code::HiddenCharacters));
    }
    Ok(text.to_owned())
}

/// Zero-width, direction-changing and control characters (line breaks and tabs are text).
fn is_hidden(character: char) -> bool {
    matches!(character, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
        || (character.is_control() && !matches!(character, '\n' | '\r' | '\t'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Language;

    #[test]
    fn every_code_has_words_in_both_languages() {
        for code in Code::ALL {
            for language in Language::ALL {
                let key = crate::text::refusal_key(*code);
                assert!(crate::text::has(language, &key), "{key} has no text in {language:?}");
            }
        }
    }

    #[test]
    fn direction_tricks_in_text_are_refused() {
        assert_eq!(check_text("a\u{202e}b", true, 10).unwrap_err().code, Code::HiddenCharacters);
        assert_eq!(check_text("  ", true, 10).unwrap_err().code, Code::Required);
        assert_eq!(check_text("ab", true, 1).unwrap_err().code, Code::TooLong);
    }
}
