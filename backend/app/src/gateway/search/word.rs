//! Words out of text, Chinese and English mixed, with their places in the text as it stands.

use std::sync::LazyLock;
use tantivy::tokenizer::{Language, PreTokenizedString, RawTokenizer, Stemmer, TextAnalyzer, Token, TokenStream, Tokenizer};
use tantivy_jieba::JiebaTokenizer;
use unicode_normalization::UnicodeNormalization;

/// A word and its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Word {
    /// Folded: width and case don't matter.
    pub(super) text: String,
    /// The text's first byte of it.
    pub(super) from: usize,
    /// The byte behind it.
    pub(super) to: usize,
}

impl Word {
    pub(super) fn is_latin(&self) -> bool {
        self.text.is_ascii()
    }

    /// The word without its ending: `centrifuges` and `centrifuge` are one.
    pub(super) fn stem(&self) -> String {
        if self.is_latin() && self.text.len() > 3 { stem(&self.text) } else { self.text.clone() }
    }
}

fn stem(word: &str) -> String {
    static STEMMER: LazyLock<TextAnalyzer> = LazyLock::new(|| {
        TextAnalyzer::builder(RawTokenizer::default()).filter(Stemmer::new(Language::English)).build()
    });
    let mut analyzer = STEMMER.clone();
    let mut stream = analyzer.token_stream(word);
    stream.next().map_or_else(|| word.to_owned(), |token| token.text.clone())
}

/// Text without differences of width and case, and for each of its bytes the place in the original.
pub(super) struct Folded {
    pub(super) text: String,
    places: Vec<usize>,
}

impl Folded {
    pub(super) fn new(original: &str) -> Self {
        let (mut text, mut places) = (String::with_capacity(original.len()), Vec::with_capacity(original.len() + 1));
        for (place, character) in original.char_indices() {
            for folded in std::iter::once(character).nfkc().flat_map(char::to_lowercase) {
                text.push(folded);
                places.resize(text.len(), place);
            }
        }
        places.push(original.len());
        Self { text, places }
    }

    /// The original's bytes of a stretch of the folded text.
    fn original(&self, from: usize, to: usize) -> (usize, usize) {
        // A character ends where the next one begins.
        let last = self.places[to - 1];
        let end = self.places[to..].iter().copied().find(|place| *place > last).unwrap_or(last);
        (self.places[from], end)
    }
}

/// How finely Chinese is cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cut {
    /// Every word within a word as well: for what is indexed.
    Fine,
    /// Each character once: for what is searched for.
    Plain,
}

/// The words of a text.
pub(super) fn words(original: &str, cut: Cut) -> Vec<Word> {
    let folded = Folded::new(original);
    let mut jieba = JiebaTokenizer::with_ordinal_position_mode(true);
    jieba.set_search_mode(cut == Cut::Fine);
    let mut words = Vec::new();
    let mut stream = jieba.token_stream(&folded.text);
    while let Some(token) = stream.next() {
        if token.offset_to > token.offset_from && token.text.chars().any(char::is_alphanumeric) {
            let (from, to) = folded.original(token.offset_from, token.offset_to);
            words.push(Word { text: token.text.trim().to_owned(), from, to });
        }
    }
    if cut == Cut::Fine { with_measures(words) } else { words }
}

/// Adds `80g` where `80 g` stands, and `80` and `g` where `80g` does: measures are written either way.
fn with_measures(words: Vec<Word>) -> Vec<Word> {
    let is_number = |text: &str| !text.is_empty() && text.chars().all(|character| character.is_ascii_digit() || character == '.');
    let is_measure = |text: &str| (1..=3).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphabetic());
    let mut all: Vec<Word> = Vec::with_capacity(words.len() + 4);
    for word in words {
        let before = all.last().filter(|before| is_number(&before.text) && is_measure(&word.text) && word.from <= before.to + 1);
        let joined = before.map(|before| Word { text: format!("{}{}", before.text, word.text), from: before.from, to: word.to });
        let split = word.text.find(|character: char| character.is_ascii_alphabetic()).map(|at| word.text.split_at(at));
        let parts = split.filter(|(number, measure)| is_number(number) && is_measure(measure));
        let parts: Vec<Word> = parts
            .into_iter()
            .flat_map(|(number, measure)| [number, measure])
            .map(|part| Word { text: part.to_owned(), from: word.from, to: word.to })
            .collect();
        all.push(word);
        all.extend(parts);
        // Behind the measure, so that `80 g paper` doesn't join twice.
        all.extend(joined);
    }
    all
}

/// Pairs of neighbouring Chinese characters, which find words that were cut otherwise.
pub(super) fn pairs(text: &str) -> Vec<String> {
    let characters: Vec<char> = Folded::new(text).text.chars().collect();
    let is_han = |character: char| matches!(character, '\u{3400}'..='\u{9fff}');
    characters.windows(2).filter(|pair| pair.iter().all(|character| is_han(*character))).map(|pair| pair.iter().collect()).collect()
}

/// A code without what people leave out: `KFR-35GW/N8` and `kfr35gw n8` are one.
pub(super) fn code(text: &str) -> String {
    Folded::new(text).text.chars().filter(|character| character.is_alphanumeric()).collect()
}

/// Words ready for the index.
pub(super) fn tokens(texts: impl IntoIterator<Item = String>) -> PreTokenizedString {
    let tokens = texts.into_iter().enumerate();
    let tokens = tokens.map(|(position, text)| Token { offset_from: 0, offset_to: 0, position, text, position_length: 1 }).collect();
    PreTokenizedString { text: String::new(), tokens }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str, cut: Cut) -> Vec<String> {
        words(text, cut).into_iter().map(|word| word.text).collect()
    }

    #[test]
    fn mixed_text_is_cut_into_words_without_width_and_case() {
        let found = texts("得力 Ａ４ 80g 复印纸 LaserJet", Cut::Fine);
        for word in ["得力", "a4", "80g", "80", "g", "复印纸", "laserjet"] {
            assert!(found.iter().any(|text| text == word), "{word} in {found:?}");
        }
        assert!(texts("A4 paper, 80 g/m2", Cut::Fine).contains(&"80g".to_owned()));
    }

    #[test]
    fn places_are_those_of_the_text_as_it_stands() {
        let text = "Ａ４　㎡复印纸";
        for word in words(text, Cut::Plain) {
            assert!(!text[word.from..word.to].is_empty());
        }
        let paper = words(text, Cut::Plain).pop().unwrap();
        assert_eq!(&text[paper.from..paper.to], "复印纸");
    }

    #[test]
    fn endings_do_not_matter() {
        let word = |text: &str| Word { text: text.to_owned(), from: 0, to: 0 };
        assert_eq!(word("centrifuges").stem(), word("centrifuge").stem());
    }
}
