//! Words that mean the same here, within and across the languages.

use super::word::{Cut, Folded, Word, words};
use serde::Deserialize;
use std::sync::LazyLock;

/// The groups as data: `groups = [["笔记本电脑", "laptop"], …]`.
const TABLE: &str = include_str!("synonyms.toml");

#[derive(Deserialize)]
struct Table {
    groups: Vec<Vec<String>>,
}

struct Entry {
    phrase: String,
    group: usize,
}

struct Synonyms {
    /// Longest first.
    entries: Vec<Entry>,
    /// For each group the words of each of its phrases.
    groups: Vec<Vec<Vec<Word>>>,
}

static SYNONYMS: LazyLock<Synonyms> = LazyLock::new(|| {
    let table: Table = toml::from_str(TABLE).expect("the table of synonyms is checked by a test");
    let mut entries = Vec::new();
    let mut groups = Vec::new();
    for (group, phrases) in table.groups.into_iter().enumerate() {
        groups.push(phrases.iter().map(|phrase| words(phrase, Cut::Plain)).collect());
        entries.extend(phrases.into_iter().map(|phrase| Entry { phrase: Folded::new(&phrase).text, group }));
    }
    entries.sort_by_key(|entry| std::cmp::Reverse(entry.phrase.len()));
    Synonyms { entries, groups }
});

/// A part of what was typed: one word, or a phrase with all that means the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Atom {
    /// The words as typed; all of them must be there.
    pub(super) typed: Vec<Word>,
    /// Others that mean the same.
    pub(super) others: Vec<Vec<Word>>,
}

/// The parts of what was typed.
pub(super) fn atoms(text: &str) -> Vec<Atom> {
    let folded = Folded::new(text).text;
    let mut atoms = Vec::new();
    let (mut plain_from, mut at) = (0, 0);
    while at < folded.len() {
        let found = SYNONYMS.entries.iter().find_map(|entry| matched(&folded, at, &entry.phrase).map(|end| (entry.group, end)));
        if let Some((group, end)) = found {
            atoms.extend(plain(&folded[plain_from..at]));
            let typed = words(&folded[at..end], Cut::Plain);
            let others = SYNONYMS.groups[group].iter().filter(|other| **other != typed).cloned().collect();
            atoms.push(Atom { typed, others });
            at = end;
            plain_from = end;
        } else {
            at += folded[at..].chars().next().map_or(1, char::len_utf8);
        }
    }
    atoms.extend(plain(&folded[plain_from..]));
    atoms
}

fn plain(text: &str) -> impl Iterator<Item = Atom> {
    words(text, Cut::Plain).into_iter().map(|word| Atom { typed: vec![word], others: Vec::new() })
}

/// Where the phrase ends if it stands here; Latin phrases stand as whole words, with or without a plural's ending.
fn matched(text: &str, at: usize, phrase: &str) -> Option<usize> {
    let rest = text[at..].strip_prefix(phrase)?;
    let end = at + phrase.len();
    if !phrase.is_ascii() {
        return Some(end);
    }
    let is_word = |character: char| character.is_ascii_alphanumeric();
    let begins = !text[..at].ends_with(is_word);
    let plural = rest.strip_prefix('s').map(|after| (after, end + 1));
    let ends = [Some((rest, end)), plural].into_iter().flatten().find(|(after, _)| !after.starts_with(is_word));
    ends.filter(|_| begins).map(|(_, end)| end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phrase_is_found_with_all_that_means_the_same() {
        let found = atoms("华为 Laptops 16GB");
        let laptop = found.iter().find(|atom| !atom.others.is_empty()).unwrap();
        let others: Vec<String> = laptop.others.iter().map(|words| words.iter().map(|word| word.text.as_str()).collect()).collect();
        assert!(others.contains(&"便携式计算机".to_owned()), "{others:?}");
        assert!(atoms("laptopstand").iter().all(|atom| atom.others.is_empty()));
    }

    #[test]
    fn every_phrase_of_the_table_has_words_and_one_group() {
        let mut seen = std::collections::HashSet::new();
        for entry in &SYNONYMS.entries {
            assert!(seen.insert(entry.phrase.clone()), "{} stands in two groups", entry.phrase);
        }
        assert!(SYNONYMS.groups.iter().flatten().all(|words| !words.is_empty()));
    }
}
