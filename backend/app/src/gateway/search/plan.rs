//! From what was typed to what is looked up: exactly first; with one mistake where that finds too little; then loosely.

use super::schema::Fields;
use super::synonym::{Atom, atoms};
use super::word::{Word, code, pairs};
use super::{Filters, Query, TEXT_MOST_CHARS};
use std::ops::Bound;
use tantivy::Term;
use tantivy::query::{AllQuery, BooleanQuery, BoostQuery, ConstScoreQuery, EmptyQuery, FuzzyTermQuery, Occur, Query as Lookup, RangeQuery, TermQuery, TermSetQuery};
use tantivy::schema::{Field, IndexRecordOption};

/// The most words that are looked up.
const WORDS_MOST: usize = 24;
/// A word shorter than this is not taken for misspelt: too much is one letter away from it.
const MISSPELT_FROM_CHARS: usize = 4;

/// How much may differ from what was typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Latitude {
    /// Every word as typed, the last one as the beginning of a word.
    Exact,
    /// Every word, each with at most one mistake; Chinese by its pairs of characters.
    Misspelt,
    /// Most of the words.
    Loose,
}

/// A kind of value by which hits are filtered and counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Value {
    Category,
    Brand,
    Organization,
    Band,
    Size,
    Status,
}

impl Value {
    pub(super) const ALL: [Self; 6] = [Self::Category, Self::Brand, Self::Organization, Self::Band, Self::Size, Self::Status];

    pub(super) fn field(self, fields: &Fields) -> Field {
        match self {
            Self::Category => fields.category,
            Self::Brand => fields.brand,
            Self::Organization => fields.organization,
            Self::Band => fields.band,
            Self::Size => fields.size,
            Self::Status => fields.status,
        }
    }

    /// The values that the hits must have one of; none means any.
    pub(super) fn chosen(self, filters: &Filters) -> Vec<String> {
        match self {
            Self::Category => filters.categories.iter().map(ToString::to_string).collect(),
            Self::Brand => filters.brands.clone(),
            Self::Organization => filters.organizations.iter().map(ToString::to_string).collect(),
            Self::Band => filters.price_bands.clone(),
            Self::Size => filters.enterprise_sizes.iter().map(|size| size.as_str().to_owned()).collect(),
            Self::Status => filters.statuses.clone(),
        }
    }
}

/// What was typed, taken apart.
pub(super) struct Plan {
    atoms: Vec<Atom>,
    /// All of it as one code.
    code: String,
    /// Whether nothing was typed.
    is_blank: bool,
    /// Whether the last word may be a beginning: nothing was typed behind it.
    is_open: bool,
    /// How much may differ; what is marked follows it.
    pub(super) latitude: Latitude,
}

impl Plan {
    pub(super) fn new(text: &str) -> Self {
        let text: String = text.chars().filter(|character| !character.is_control()).take(TEXT_MOST_CHARS).collect();
        let mut atoms = atoms(&text);
        atoms.truncate(WORDS_MOST);
        let is_open = !text.ends_with(char::is_whitespace);
        let is_blank = text.trim().is_empty();
        Self { atoms, code: code(&text), is_blank, is_open, latitude: Latitude::Exact }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.atoms.is_empty()
    }

    /// The lookup for the query, leaving out the filter of one kind of value so that its counts can be told.
    pub(super) fn lookup(&self, fields: &Fields, query: &Query, without: Option<Value>) -> Box<dyn Lookup> {
        let kind = Term::from_field_text(fields.kind, query.kind.as_str());
        let mut clauses: Vec<(Occur, Box<dyn Lookup>)> = vec![(Occur::Must, silent(TermQuery::new(kind, IndexRecordOption::Basic)))];
        for value in Value::ALL.into_iter().filter(|value| Some(*value) != without) {
            let chosen = value.chosen(&query.filters);
            if !chosen.is_empty() {
                let field = value.field(fields);
                let terms = chosen.iter().map(|value| Term::from_field_text(field, value));
                clauses.push((Occur::Must, silent(TermSetQuery::new(terms))));
            }
        }
        let (from, to) = (query.filters.price_from_minor, query.filters.price_to_minor);
        if from.is_some() || to.is_some() {
            let bound = |price: Option<i64>| price.map_or(Bound::Unbounded, |price| Bound::Included(Term::from_field_i64(fields.price, price)));
            clauses.push((Occur::Must, silent(RangeQuery::new(bound(from), bound(to)))));
        }
        clauses.push((Occur::Must, self.words(fields)));
        Box::new(BooleanQuery::new(clauses))
    }

    fn words(&self, fields: &Fields) -> Box<dyn Lookup> {
        if self.atoms.is_empty() {
            // A text without a word, such as "???", finds nothing; no text finds all.
            return match (self.is_blank, self.code.is_empty()) {
                (true, _) => Box::new(AllQuery),
                (false, true) => Box::new(EmptyQuery),
                (false, false) => self.as_code(fields),
            };
        }
        let exact = self.all(fields, Latitude::Exact);
        let mut ways: Vec<Box<dyn Lookup>> = vec![self.as_code(fields)];
        if self.latitude == Latitude::Exact {
            ways.push(exact);
        } else {
            // What fits exactly stays first.
            ways.push(boosted(exact, 10.0));
            ways.push(self.all(fields, self.latitude));
        }
        Box::new(BooleanQuery::union(ways))
    }

    fn all(&self, fields: &Fields, latitude: Latitude) -> Box<dyn Lookup> {
        let last = self.atoms.len() - 1;
        let atoms = self.atoms.iter().enumerate();
        let parts: Vec<Box<dyn Lookup>> =
            atoms.map(|(index, atom)| one_atom(fields, atom, latitude, self.is_open && index == last)).collect();
        if latitude == Latitude::Loose {
            let most = (parts.len() * 3).div_ceil(5);
            return Box::new(BooleanQuery::union_with_minimum_required_clauses(parts, most));
        }
        Box::new(BooleanQuery::intersection(parts))
    }

    /// The whole text as the beginning of a code, for model numbers however they are broken up.
    fn as_code(&self, fields: &Fields) -> Box<dyn Lookup> {
        let term = Term::from_field_text(fields.code, &self.code);
        let exact = boosted(Box::new(TermQuery::new(term.clone(), IndexRecordOption::Basic)), 20.0);
        if self.code.chars().count() < 3 {
            return exact;
        }
        Box::new(BooleanQuery::union(vec![exact, boosted(Box::new(FuzzyTermQuery::new_prefix(term, 0, true)), 4.0)]))
    }

    /// Whether a word of a hit is one of those that were looked for.
    pub(super) fn marks(&self, word: &Word) -> bool {
        let last = self.atoms.len().saturating_sub(1);
        self.atoms.iter().enumerate().any(|(index, atom)| {
            let is_open = self.is_open && index == last;
            let last_typed = atom.typed.len().saturating_sub(1);
            let typed = atom.typed.iter().enumerate().any(|(place, typed)| {
                self.is_same(typed, word) || (is_open && place == last_typed && begins(&word.text, &typed.text))
            });
            typed || atom.others.iter().flatten().any(|other| other.stem() == word.stem())
        })
    }

    fn is_same(&self, typed: &Word, word: &Word) -> bool {
        if typed.stem() == word.stem() {
            return true;
        }
        if self.latitude == Latitude::Exact {
            return false;
        }
        if typed.is_latin() {
            return may_be_misspelt(typed) && is_one_mistake_away(&typed.text, &word.text);
        }
        pairs(&typed.text).contains(&word.text)
    }
}

fn silent(lookup: impl Lookup) -> Box<dyn Lookup> {
    Box::new(ConstScoreQuery::new(Box::new(lookup), 0.0))
}

fn boosted(lookup: Box<dyn Lookup>, factor: f32) -> Box<dyn Lookup> {
    Box::new(BoostQuery::new(lookup, factor))
}

/// A beginning must say something: one Chinese character or two letters.
fn begins(word: &str, typed: &str) -> bool {
    (typed.chars().count() >= 2 || !typed.is_ascii()) && word.starts_with(typed)
}

fn may_be_misspelt(word: &Word) -> bool {
    word.is_latin() && word.text.len() >= MISSPELT_FROM_CHARS && word.text.bytes().all(|byte| byte.is_ascii_alphabetic())
}

fn one_atom(fields: &Fields, atom: &Atom, latitude: Latitude, is_open: bool) -> Box<dyn Lookup> {
    let phrase = |words: &[Word], is_open: bool| -> Box<dyn Lookup> {
        let last = words.len().saturating_sub(1);
        let words = words.iter().enumerate().map(|(index, word)| one_word(fields, word, latitude, is_open && index == last));
        Box::new(BooleanQuery::intersection(words.collect()))
    };
    let mut ways = vec![phrase(&atom.typed, is_open)];
    ways.extend(atom.others.iter().map(|words| boosted(phrase(words, false), 0.7)));
    Box::new(BooleanQuery::union(ways))
}

fn one_word(fields: &Fields, word: &Word, latitude: Latitude, is_open: bool) -> Box<dyn Lookup> {
    let stem = word.stem();
    let term = |field: Field, text: &str| Term::from_field_text(field, text);
    let ranked = |field: Field| -> Box<dyn Lookup> { Box::new(TermQuery::new(term(field, &stem), IndexRecordOption::WithFreqs)) };
    let mut ways = vec![boosted(ranked(fields.title), 3.0), ranked(fields.body)];
    let as_written = term(fields.word, &word.text);
    if is_open && begins(&word.text, &word.text) {
        ways.push(boosted(Box::new(FuzzyTermQuery::new_prefix(as_written.clone(), 0, true)), 0.5));
    }
    if latitude > Latitude::Exact && may_be_misspelt(word) {
        ways.push(boosted(Box::new(FuzzyTermQuery::new(as_written.clone(), 1, true)), 0.5));
        if is_open && word.text.len() > MISSPELT_FROM_CHARS {
            ways.push(boosted(Box::new(FuzzyTermQuery::new_prefix(as_written, 1, true)), 0.2));
        }
    }
    let pairs = pairs(&word.text);
    if latitude > Latitude::Exact && !pairs.is_empty() {
        let most = if latitude == Latitude::Loose { pairs.len().div_ceil(2) } else { pairs.len() };
        let terms = pairs.iter().map(|pair| -> Box<dyn Lookup> { Box::new(TermQuery::new(term(fields.pair, pair), IndexRecordOption::Basic)) });
        ways.push(boosted(Box::new(BooleanQuery::union_with_minimum_required_clauses(terms.collect(), most)), 0.3));
    }
    Box::new(BooleanQuery::union(ways))
}

/// Whether one letter was added, left out, changed, or swapped with its neighbour.
fn is_one_mistake_away(left: &str, right: &str) -> bool {
    let (left, right): (Vec<char>, Vec<char>) = (left.chars().collect(), right.chars().collect());
    let same = left.iter().zip(&right).take_while(|(a, b)| a == b).count();
    let (a, b) = (&left[same..], &right[same..]);
    match (a.len(), b.len()) {
        (0, 0) => true,
        (m, n) if m == n => a[1..] == b[1..] || (m >= 2 && a[0] == b[1] && a[1] == b[0] && a[2..] == b[2..]),
        (m, n) if m == n + 1 => a[1..] == *b,
        (m, n) if n == m + 1 => b[1..] == *a,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_mistake_is_one_letter_more_less_other_or_swapped() {
        for (typed, meant) in [("centrifgue", "centrifuge"), ("printr", "printer"), ("printerr", "printer"), ("prinder", "printer")] {
            assert!(is_one_mistake_away(typed, meant), "{typed}");
        }
        assert!(!is_one_mistake_away("pinrter", "printer"));
        assert!(!is_one_mistake_away("chair", "table"));
    }
}
