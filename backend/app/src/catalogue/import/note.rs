//! What the reader understood rather than read, told to the supplier.

use domain::language::Language;
use domain::refusal::{Fact, Facts};
use domain::text;
use serde::{Deserialize, Serialize};

/// What a note is about; its words stand under `import-note-…` in the catalogue's texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoteKind {
    /// The encoding that was found.
    Encoding,
    /// The separator that was found.
    Separator,
    /// The line in which the header stands.
    HeaderLine,
    /// A sheet that holds no list, or isn't the first one that does.
    SheetIgnored,
    /// Columns that nothing is known about.
    ColumnsIgnored,
    /// A period above the header that holds for every row.
    ValidityFromTitle,
    /// A currency or a multiple above the header that holds for every price.
    MoneyFromTitle,
    /// Running numbers serve as item numbers.
    RunningNumbers,
    /// A row of sums.
    Subtotal,
    /// A remark between or below the articles.
    Remark,
    /// The header once more, as printed pages repeat it.
    HeaderRepeated,
    /// A row that stands in the file before, with the same contents.
    RowRepeated,
    /// A category was given by its name.
    CategoryInWords,
    /// A stock in words, taken as unknown.
    StockInWords,
}

impl NoteKind {
    /// Its key in the texts.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Encoding => "import-note-encoding",
            Self::Separator => "import-note-separator",
            Self::HeaderLine => "import-note-header-line",
            Self::SheetIgnored => "import-note-sheet-ignored",
            Self::ColumnsIgnored => "import-note-columns-ignored",
            Self::ValidityFromTitle => "import-note-validity-from-title",
            Self::MoneyFromTitle => "import-note-money-from-title",
            Self::RunningNumbers => "import-note-running-numbers",
            Self::Subtotal => "import-note-subtotal",
            Self::Remark => "import-note-remark",
            Self::HeaderRepeated => "import-note-header-repeated",
            Self::RowRepeated => "import-note-row-repeated",
            Self::CategoryInWords => "import-note-category-in-words",
            Self::StockInWords => "import-note-stock-in-words",
        }
    }
}

/// Something that the supplier should know and needn't act on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// What it is about.
    pub kind: NoteKind,
    /// What its text needs.
    pub facts: Facts,
}

impl Note {
    pub(super) const fn new(kind: NoteKind) -> Self {
        Self { kind, facts: Facts::new() }
    }

    pub(super) fn with(mut self, name: &str, fact: impl Into<Fact>) -> Self {
        self.facts.insert(name.to_owned(), fact.into());
        self
    }

    /// The note in words.
    pub fn say(&self, language: Language) -> String {
        text::say_with(language, self.kind.key(), &self.facts)
    }
}
