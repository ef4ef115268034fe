//! Reading price lists as suppliers really send them.
//!
//! Pure but for the bytes that it is given: a file goes in, a [`Reading`] comes out, which says of every row what
//! would happen. Nothing is kept here; the dry run shows the reading, the import saves it.

mod decode;
mod delimited;
mod header;
mod header_words;
mod note;
mod refused_file;
mod row;
mod sheet;
mod title;
mod workbook;

pub use note::{Note, NoteKind};
pub use refused_file::{FileKind, reasons, refused_file};
pub use sheet::{COLUMNS_MOST, FILE_MOST_BYTES, ROWS_MOST, UNFOLDED_MOST_BYTES};

use domain::catalogue::catalogue_item::ItemContent;
use domain::catalogue::category::CategoryTree;
use domain::refusal::{Code, Refusal};
use header::Header;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What would happen to a row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "verdict", rename_all = "snake_case")]
pub enum Verdict {
    /// The supplier has no item of this number yet.
    New,
    /// There is one, and it differs.
    Changed {
        /// The fields that differ, as in a refusal's path.
        fields: Vec<String>,
    },
    /// There is one, and it is the same.
    Unchanged,
    /// The row can't be taken.
    Refused {
        /// Why: all that is wrong with it.
        refusals: Vec<Refusal>,
    },
    /// The row is no article.
    Skipped {
        /// Why.
        note: Note,
    },
}

impl Verdict {
    /// Its name in texts.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Changed { .. } => "changed",
            Self::Unchanged => "unchanged",
            Self::Refused { .. } => "refused",
            Self::Skipped { .. } => "skipped",
        }
    }
}

/// One row of the list and what would happen to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowOutcome {
    /// The line of the file in which it begins, from 1, as a spreadsheet or an editor counts.
    pub line: u64,
    /// The supplier's item number, empty where there is none.
    pub number: String,
    /// The name as given, for people who look at the dry run.
    pub name: String,
    /// What would happen.
    pub verdict: Verdict,
    /// The item as it would be; there for new, changed and unchanged rows.
    pub content: Option<ItemContent>,
    /// What was understood rather than read: a category given in words, a repeated row.
    pub notes: Vec<Note>,
    /// The cells as given, kept for refused rows so that they can be handed back.
    pub cells: Vec<String>,
}

/// A price list, read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    /// The column titles, each on one line, in the order of the file.
    pub titles: Vec<String>,
    /// A line for the top of a file of refused rows, with what stood above the header and holds for every row.
    pub title_line: Option<String>,
    /// The rows in the order of the file, blank ones left out.
    pub rows: Vec<RowOutcome>,
    /// What holds for the file as a whole.
    pub notes: Vec<Note>,
}

/// How many rows have which verdict.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// New items.
    pub new: usize,
    /// Items that change.
    pub changed: usize,
    /// Items that stay.
    pub unchanged: usize,
    /// Rows that can't be taken.
    pub refused: usize,
    /// Rows that are no article.
    pub skipped: usize,
}

impl Reading {
    /// Counts the verdicts.
    pub fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        for row in &self.rows {
            *match row.verdict {
                Verdict::New => &mut counts.new,
                Verdict::Changed { .. } => &mut counts.changed,
                Verdict::Unchanged => &mut counts.unchanged,
                Verdict::Refused { .. } => &mut counts.refused,
                Verdict::Skipped { .. } => &mut counts.skipped,
            } += 1;
        }
        counts
    }
}

/// Reads a price list and compares it with what the supplier has, by item number.
///
/// What the list has no column for stays as it is, so that a list of prices doesn't wipe out descriptions.
///
/// # Errors
/// For a file that can't be taken as a whole: `FILE_TOO_LARGE`, `FILE_KIND_NOT_TAKEN`, `FILE_UNREADABLE`,
/// `ARCHIVE_TOO_DENSE`, `LIST_TOO_LONG`, `LIST_EMPTY`, `HEADER_NOT_FOUND`, `COLUMNS_MISSING`.
pub fn read(bytes: &[u8], tree: &CategoryTree, existing: &BTreeMap<String, ItemContent>) -> Result<Reading, Refusal> {
    if bytes.len() > FILE_MOST_BYTES {
        return Err(Refusal::new(Code::FileTooLarge).with("most", FILE_MOST_BYTES / 1_000_000));
    }
    let (sheet, header, mut notes) = match decode::sniff(bytes)? {
        decode::Kind::Workbook => workbook::read(bytes)?,
        decode::Kind::Delimited => {
            let (sheet, notes) = delimited::read(bytes)?;
            let header = Header::find(&sheet)?;
            (sheet, header, notes)
        }
    };
    notes.extend(header.notes());
    let rows = row::read_all(&sheet, &header, tree, existing, &mut notes);
    if rows.is_empty() {
        return Err(Refusal::new(Code::ListEmpty));
    }
    Ok(Reading { titles: header.titles(), title_line: header.defaults.title_line(), rows, notes })
}

#[cfg(test)]
mod tests;
