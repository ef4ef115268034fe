//! A sheet of cells, whatever file it came from, and the limits of every file.

use chrono::NaiveDate;
use domain::catalogue::price_list::restored;
use domain::refusal::{Code, Refusal};

/// The largest file, in bytes.
pub const FILE_MOST_BYTES: usize = 10_000_000;
/// The largest workbook once unfolded, in bytes.
pub const UNFOLDED_MOST_BYTES: u64 = 200_000_000;
/// The most rows that aren't blank.
pub const ROWS_MOST: usize = 100_000;
/// The most columns.
pub const COLUMNS_MOST: usize = 200;
/// The most cells that aren't blank: memory is bounded by it, not by rows times columns.
const CELLS_MOST: usize = 3_000_000;

/// What stands in a cell.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) enum Cell {
    /// Nothing.
    #[default]
    Empty,
    /// Words, trimmed, never empty.
    Text(String),
    /// A number of a workbook.
    Number(f64),
    /// A day of a workbook.
    Date(NaiveDate),
    /// A formula without a stored result.
    Formula(String),
    /// A spreadsheet's error value.
    Error(String),
}

impl Cell {
    /// A cell of words; nothing when there are none.
    pub(super) fn words(text: &str) -> Self {
        let text = restored(text.trim());
        if text.is_empty() { Self::Empty } else { Self::Text(text.to_owned()) }
    }

    pub(super) const fn is_empty(&self) -> bool {
        matches!(self, Self::Empty)
    }

    /// The cell in words, as a person reads it.
    pub(super) fn text(&self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) | Self::Error(text) => text.clone(),
            Self::Number(number) => number.to_string(),
            Self::Date(on) => on.to_string(),
            Self::Formula(formula) => format!("={formula}"),
        }
    }
}

/// A row that isn't blank.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Line {
    /// Its place in the file, from 1.
    pub(super) number: u64,
    /// Its cells, up to the last one that isn't blank.
    pub(super) cells: Vec<Cell>,
}

impl Line {
    pub(super) fn cell(&self, column: usize) -> &Cell {
        self.cells.get(column).unwrap_or(&Cell::Empty)
    }

    /// The cells that aren't blank, with their columns.
    pub(super) fn filled(&self) -> impl Iterator<Item = (usize, &Cell)> {
        self.cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty())
    }
}

/// The rows of a sheet that aren't blank, in order.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Sheet {
    pub(super) lines: Vec<Line>,
    cells: usize,
}

impl Sheet {
    /// Puts a cell into its place; rows come in order.
    ///
    /// # Errors
    /// `LIST_TOO_LONG`.
    pub(super) fn put(&mut self, line: u64, column: usize, cell: Cell) -> Result<(), Refusal> {
        if cell.is_empty() {
            return Ok(());
        }
        self.cells += 1;
        if self.lines.last().is_none_or(|last| last.number != line) {
            self.lines.push(Line { number: line, cells: Vec::new() });
        }
        if column >= COLUMNS_MOST || self.cells > CELLS_MOST || self.lines.len() > ROWS_MOST {
            return Err(Refusal::new(Code::ListTooLong).with("rows", ROWS_MOST).with("columns", COLUMNS_MOST));
        }
        let Some(last) = self.lines.last_mut() else { return Ok(()) };
        if last.cells.len() <= column {
            last.cells.resize(column + 1, Cell::Empty);
        }
        last.cells[column] = cell;
        Ok(())
    }
}
