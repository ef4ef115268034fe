//! The category tree, in the structure of 政府采购品目分类目录 (财库〔2022〕31号): A goods, B works, C services.

use crate::language::LocalText;
use crate::refusal::{Code, Refusal, Refusals, check_text};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use unicode_normalization::UnicodeNormalization;

/// The longest category name, in characters.
pub const NAME_MOST_CHARS: usize = 80;

/// A category's code: a letter for the class, then pairs of digits, one pair for each level.
///
/// A level that isn't reached is `00`: `A02010000` stands above `A02010105`. The class itself is its letter.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct CategoryCode(String);

impl CategoryCode {
    /// Reads a code; shorter ones are filled with zeros. `None` when it hasn't the form of one.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim().to_ascii_uppercase();
        let digits = text.strip_prefix(['A', 'B', 'C'])?;
        let well_formed = digits.len() % 2 == 0 && digits.len() <= 10 && digits.bytes().all(|byte| byte.is_ascii_digit());
        well_formed.then(|| Self::padded(&text))
    }

    fn padded(text: &str) -> Self {
        let significant = significant(text);
        if significant.len() == 1 { Self(significant.to_owned()) } else { Self(format!("{significant:0<9}")) }
    }

    /// The code as it is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The part that says something: `A0201` for `A02010000`. What lies below starts with it.
    pub fn prefix(&self) -> &str {
        significant(&self.0)
    }

    /// The code one level up; `None` for a class.
    pub fn parent(&self) -> Option<Self> {
        let prefix = self.prefix();
        (prefix.len() > 1).then(|| Self::padded(&prefix[..prefix.len() - 2]))
    }

    /// The codes above, the class first, without itself.
    pub fn ancestors(&self) -> Vec<Self> {
        let mut above: Vec<Self> = std::iter::successors(self.parent(), Self::parent).collect();
        above.reverse();
        above
    }

    /// Whether it is `other` or lies below it.
    pub fn is_within(&self, other: &Self) -> bool {
        self.prefix().starts_with(other.prefix())
    }

    /// How many levels lie above it: 0 for a class.
    pub fn depth(&self) -> usize {
        (self.prefix().len() - 1) / 2
    }
}

fn significant(code: &str) -> &str {
    let mut code = code;
    while code.len() > 1 && code.ends_with("00") {
        code = &code[..code.len() - 2];
    }
    code
}

impl std::fmt::Display for CategoryCode {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl TryFrom<String> for CategoryCode {
    type Error = String;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text).ok_or_else(|| format!("{text} is not a category code"))
    }
}

impl From<CategoryCode> for String {
    fn from(code: CategoryCode) -> Self {
        code.0
    }
}

/// A kind of goods, works or services.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Category {
    /// Its code.
    pub code: CategoryCode,
    /// Its name.
    pub name: LocalText,
}

/// All categories, in the order of their codes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CategoryTree(BTreeMap<CategoryCode, Category>);

impl CategoryTree {
    /// Reads a table with the columns `code,zh,en` under a header of these names.
    ///
    /// # Errors
    /// All that is wrong at once, each with its line and column in the path (`line.12.code`): `MALFORMED` for a code
    /// or a header, `REQUIRED`, `TOO_LONG` and `HIDDEN_CHARACTERS` for a name, `CATEGORY_REPEATED`,
    /// `CATEGORY_WITHOUT_PARENT`.
    pub fn from_csv(table: &str) -> Result<Self, Refusals> {
        let mut refusals = Refusals::default();
        let mut lines = BTreeMap::new();
        let mut tree = BTreeMap::new();
        let mut reader = csv::ReaderBuilder::new().flexible(true).trim(csv::Trim::All).from_reader(table.as_bytes());
        let header = reader.headers().cloned().unwrap_or_default();
        let plain: Vec<&str> = header.iter().map(|cell| cell.trim_start_matches('\u{feff}')).collect();
        if plain != ["code", "zh", "en"] {
            return Err(Refusal::at(Code::Malformed, "line.1").with("expected", "code,zh,en").into());
        }
        for record in reader.records() {
            let record = match record {
                Ok(record) => record,
                Err(error) => {
                    let line = error.position().map_or(0, csv::Position::line);
                    refusals.push(Refusal::at(Code::Malformed, &format!("line.{line}")).with("expected", "CSV, UTF-8"));
                    continue;
                }
            };
            let line = record.position().map_or(0, csv::Position::line);
            let Some(category) = read_row(&record, line, &mut refusals) else { continue };
            if let Some(first) = lines.insert(category.code.clone(), line) {
                let refusal = Refusal::at(Code::CategoryRepeated, &format!("line.{line}.code"));
                refusals.push(refusal.with("code", category.code.as_str()).with("line", first.to_string()));
                continue;
            }
            tree.insert(category.code.clone(), category);
        }
        for (code, line) in &lines {
            if let Some(parent) = code.parent().filter(|parent| !tree.contains_key(parent)) {
                let refusal = Refusal::at(Code::CategoryWithoutParent, &format!("line.{line}.code"));
                refusals.push(refusal.with("code", code.as_str()).with("parent", parent.as_str()));
            }
        }
        refusals.into_result().map(|()| Self(tree))
    }

    /// A tree of categories that were checked before, as the store keeps them.
    pub fn from_categories(categories: impl IntoIterator<Item = Category>) -> Self {
        Self(categories.into_iter().map(|category| (category.code.clone(), category)).collect())
    }

    /// The category with this code.
    pub fn get(&self, code: &CategoryCode) -> Option<&Category> {
        self.0.get(code)
    }

    /// All, in the order of their codes: parents before children.
    pub fn iter(&self) -> impl Iterator<Item = &Category> {
        self.0.values()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The classes.
    pub fn roots(&self) -> impl Iterator<Item = &Category> {
        self.iter().filter(|category| category.code.depth() == 0)
    }

    /// Those one level below.
    pub fn children(&self, code: &CategoryCode) -> impl Iterator<Item = &Category> {
        self.iter().filter(move |category| category.code.parent().as_ref() == Some(code))
    }

    /// Whether nothing lies below.
    pub fn is_leaf(&self, code: &CategoryCode) -> bool {
        self.children(code).next().is_none()
    }

    /// From the class down to the category itself; empty when it isn't known.
    pub fn path(&self, code: &CategoryCode) -> Vec<&Category> {
        let Some(category) = self.get(code) else { return Vec::new() };
        let mut path: Vec<&Category> = code.ancestors().iter().filter_map(|code| self.get(code)).collect();
        path.push(category);
        path
    }

    /// The category that a supplier means: by code, or by its name in either language when that names one only.
    ///
    /// A class as a whole is too wide for goods and isn't taken.
    ///
    /// # Errors
    /// `CATEGORY_UNKNOWN`, with the nearest category as a suggestion.
    pub fn find(&self, text: &str) -> Result<&Category, Refusal> {
        let found = match CategoryCode::parse(text) {
            Some(code) => self.get(&code),
            None => self.by_name(text),
        };
        found.filter(|category| category.code.depth() > 0).ok_or_else(|| {
            let nearest = self.nearest(text);
            let suggestion = nearest.map_or_else(|| "—".to_owned(), |category| {
                let name = &category.name;
                format!("{} {} / {}", category.code, name.zh, name.en)
            });
            let given: String = text.chars().take(60).collect();
            Refusal::new(Code::CategoryUnknown).with("given", given).with("suggestion", suggestion)
        })
    }

    fn by_name(&self, text: &str) -> Option<&Category> {
        let wanted = plain(text);
        let mut found = self.iter().filter(|category| plain(&category.name.zh) == wanted || plain(&category.name.en) == wanted);
        let first = found.next().filter(|_| !wanted.is_empty())?;
        // A child may carry its parent's name ("Other furniture"): the wider one holds both.
        found.all(|other| other.code.is_within(&first.code)).then_some(first)
    }

    /// The category most like a code or words that aren't known: by the longest common start of the code,
    /// or by the characters that the names share.
    pub fn nearest(&self, text: &str) -> Option<&Category> {
        let wanted = plain(text);
        let is_code = wanted.len() > 2 && wanted.starts_with(['a', 'b', 'c']) && wanted[1..].bytes().all(|byte| byte.is_ascii_digit());
        if is_code {
            let common = |code: &str| code.bytes().zip(wanted.bytes()).take_while(|(a, b)| a.eq_ignore_ascii_case(b)).count();
            let best = self.iter().filter(|category| category.code.depth() > 0).max_by_key(|category| {
                (common(category.code.as_str()), std::cmp::Reverse(category.code.clone()))
            })?;
            return (common(best.code.as_str()) >= 3).then_some(best);
        }
        let (share, best) = self
            .iter()
            .filter(|category| category.code.depth() > 0)
            .map(|category| (likeness(&wanted, &plain(&category.name.zh)).max(likeness(&wanted, &plain(&category.name.en))), category))
            .max_by_key(|(share, category)| (*share, category.code.depth(), std::cmp::Reverse(category.code.clone())))?;
        (share >= 300).then_some(best)
    }
}

fn read_row(record: &csv::StringRecord, line: u64, refusals: &mut Refusals) -> Option<Category> {
    let cell = |index: usize| record.get(index).unwrap_or_default();
    let code = refusals.take(
        &format!("line.{line}.code"),
        CategoryCode::parse(cell(0)).ok_or_else(|| Refusal::new(Code::Malformed).with("expected", "A02010105")),
    );
    let zh = refusals.take(&format!("line.{line}.zh"), check_text(cell(1), true, NAME_MOST_CHARS));
    let en = refusals.take(&format!("line.{line}.en"), check_text(cell(2), true, NAME_MOST_CHARS));
    Some(Category { code: code?, name: LocalText { zh: zh?, en: en? } })
}

/// Folded width and case, without spaces, so that spelling doesn't matter.
fn plain(text: &str) -> String {
    text.nfkc().filter(|character| !character.is_whitespace()).flat_map(char::to_lowercase).collect()
}

/// How alike two words are, in thousandths: pairs of neighbouring characters in common (Dice).
fn likeness(left: &str, right: &str) -> usize {
    let pairs = |text: &str| -> Vec<(char, char)> { text.chars().zip(text.chars().skip(1)).collect() };
    let (left, mut right) = (pairs(left), pairs(right));
    let total = left.len() + right.len();
    let mut common = 0_usize;
    for pair in &left {
        if let Some(index) = right.iter().position(|other| other == pair) {
            right.swap_remove(index);
            common += 1;
        }
    }
    (2000 * common).checked_div(total).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = "code,zh,en\nA,货物,Goods\nA02000000,设备,Equipment\nA02010000,信息化设备,IT equipment\n\
        A02010100,计算机,Computers\nA02010105,便携式计算机,Portable computers\nA05000000,家具和用具,Furniture\n\
        A05040000,办公用品,Office supplies\n";

    fn code(text: &str) -> CategoryCode {
        CategoryCode::parse(text).unwrap()
    }

    #[test]
    fn the_parent_is_found_by_prefix() {
        assert_eq!(code("A02010105").parent(), Some(code("A02010100")));
        assert_eq!(code("A02000000").parent(), Some(code("A")));
        assert_eq!(code("A").parent(), None);
        assert_eq!(code("A0201060401").parent(), Some(code("A02010604")));
        assert!(code("A02010105").is_within(&code("A0201")));
        assert!(!code("A02110000").is_within(&code("A02010000")));
        assert_eq!(CategoryCode::parse("D01"), None);
        assert_eq!(CategoryCode::parse("A021"), None);
    }

    #[test]
    fn a_table_is_read_and_walked() {
        let tree = CategoryTree::from_csv(TABLE).unwrap();
        assert_eq!(tree.path(&code("A02010105")).len(), 5);
        assert_eq!(tree.children(&code("A")).count(), 2);
        assert!(tree.is_leaf(&code("A02010105")) && !tree.is_leaf(&code("A02010100")));
    }

    #[test]
    fn every_mistake_of_a_table_is_told_with_its_line() {
        let wrong = "code,zh,en\nA,货物,Goods\nA02010105,便携式计算机,\nX1,甲,a\nA,货物,Goods\nA0301,乙,b\n";
        let refusals = CategoryTree::from_csv(wrong).unwrap_err().0;
        let told: Vec<_> = refusals.iter().map(|refusal| (refusal.code, refusal.path.join("."))).collect();
        assert_eq!(told, [
            (Code::Required, "line.3.en".to_owned()),
            (Code::Malformed, "line.4.code".to_owned()),
            (Code::CategoryRepeated, "line.5.code".to_owned()),
            (Code::CategoryWithoutParent, "line.6.code".to_owned()),
        ]);
    }

    #[test]
    fn a_category_is_found_by_code_or_name_and_else_the_nearest_is_suggested() {
        let tree = CategoryTree::from_csv(TABLE).unwrap();
        assert_eq!(tree.find("a02010105").unwrap().name.zh, "便携式计算机");
        assert_eq!(tree.find(" 办公 用品 ").unwrap().code, code("A05040000"));
        assert_eq!(tree.find("office SUPPLIES").unwrap().code, code("A05040000"));
        let refusal = tree.find("A02010199").unwrap_err();
        assert_eq!(refusal.facts["suggestion"], "A02010100 计算机 / Computers".into());
        assert_eq!(tree.find("便携计算机").unwrap_err().facts["suggestion"], "A02010105 便携式计算机 / Portable computers".into());
        assert_eq!(tree.find("A").unwrap_err().code, Code::CategoryUnknown);
        assert_eq!(tree.find("A99999999").unwrap_err().facts["suggestion"], "—".into());
    }
}
