//! Finding the header among titles, in one row or two, and what each column holds.

use super::header_words::{Field, recognise};
use super::note::{Note, NoteKind};
use super::sheet::{Cell, Line, Sheet};
use super::title::Defaults;
use domain::catalogue::price_cell::{PriceColumn, column_of};
use domain::money::Currency;
use domain::refusal::{Code, Refusal};
use unicode_normalization::UnicodeNormalization;

/// The lines among which the header is looked for.
const LOOKED_AT: usize = 40;

/// A column under the header.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Column {
    /// Its place in the row.
    pub(super) index: usize,
    /// What it holds; `None` for what nobody knows.
    pub(super) field: Option<Field>,
    /// Its title on one line.
    pub(super) title: String,
    /// How bare prices in it are read.
    pub(super) price: PriceColumn,
}

/// The header of a list.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Header {
    /// The columns in order, untitled ones left out.
    pub(super) columns: Vec<Column>,
    /// The index, in the sheet's lines, of the first line below.
    pub(super) first_row: usize,
    /// The header's own lines, by which repetitions are known.
    lines: Vec<Line>,
    /// What stands above and holds for all.
    pub(super) defaults: Defaults,
}

impl Header {
    /// Finds the header: the one or two lines among the first that name most columns, a price and a name or number
    /// among them.
    ///
    /// # Errors
    /// `HEADER_NOT_FOUND`, `COLUMNS_MISSING` when there is no column for the item's number or price.
    pub(super) fn find(sheet: &Sheet) -> Result<Self, Refusal> {
        let mut best: Option<(usize, usize, usize, Vec<Column>)> = None;
        for start in 0..sheet.lines.len().min(LOOKED_AT) {
            for height in 1..=2_usize {
                let Some(lines) = sheet.lines.get(start..start + height) else { continue };
                // The lower line of a header holds titles only.
                let is_header = lines.iter().skip(1).all(|line| line.filled().all(|(_, cell)| matches!(cell, Cell::Text(_))));
                let columns = columns(lines);
                let known = columns.iter().filter(|column| column.field.is_some()).count();
                // A second line must add something, else it is a title above or the first article below.
                let is_better =
                    best.as_ref().is_none_or(|(most, _, tall, _)| known > *most || (known == *most && height < *tall));
                if is_header && is_better && names_an_article(&columns) {
                    best = Some((known, start, height, columns));
                }
            }
        }
        let not_found = || Refusal::new(Code::HeaderNotFound).with("lines", LOOKED_AT);
        let (_, start, height, columns) = best.ok_or_else(not_found)?;
        let defaults = Defaults::read(&sheet.lines[..start]);
        let lines = sheet.lines[start..start + height].to_vec();
        Self { columns, first_row: start + height, lines, defaults }.settled()
    }

    /// Gives each field one column, fills in what the title says, and misses what must be there.
    fn settled(mut self) -> Result<Self, Refusal> {
        let has = |columns: &[Column], field: &Field| columns.iter().any(|column| column.field.as_ref() == Some(field));
        if !has(&self.columns, &Field::Number) {
            for column in &mut self.columns {
                if column.field == Some(Field::RunningNumber) {
                    column.field = Some(Field::Number);
                    break;
                }
            }
        }
        let mut seen = Vec::new();
        for column in &mut self.columns {
            let is_taken = column.field != Some(Field::Ours) && seen.contains(&column.field);
            let is_spare = column.field == Some(Field::RunningNumber) || is_taken;
            if is_spare {
                column.field = None;
            } else if column.field.is_some() {
                seen.push(column.field.clone());
            }
            if column.price == PriceColumn::default() {
                column.price = self.defaults.price;
            }
        }
        let mut missing = Vec::new();
        if !has(&self.columns, &Field::Number) {
            missing.push("编号 / item number");
        }
        if !has(&self.columns, &Field::Price) {
            missing.push("单价 / unit price");
        }
        if missing.is_empty() { Ok(self) } else { Err(Refusal::new(Code::ColumnsMissing).with("columns", missing.join(", "))) }
    }

    /// The column that holds this.
    pub(super) fn column(&self, field: &Field) -> Option<&Column> {
        self.columns.iter().find(|column| column.field.as_ref() == Some(field))
    }

    /// How many cells a row can have: up to the last title.
    pub(super) fn width(&self) -> usize {
        self.columns.iter().map(|column| column.index + 1).max().unwrap_or(0)
    }

    /// Whether a line below is the header once more, or its upper or lower half.
    pub(super) fn is_repeated_by(&self, line: &Line) -> bool {
        self.lines.iter().any(|own| own.cells == line.cells)
    }

    /// The titles by place, ready to head a file of refused rows.
    pub(super) fn titles(&self) -> Vec<String> {
        let mut titles = vec![String::new(); self.width()];
        for column in &self.columns {
            let is_price = matches!(column.field, Some(Field::Price | Field::TierPrice(_)));
            let own = column_of(&column.title);
            let measure = if !is_price || own == column.price { String::new() } else { measure(column.price) };
            titles[column.index] = format!("{}{measure}", column.title);
        }
        titles
    }

    /// What was understood.
    pub(super) fn notes(&self) -> Vec<Note> {
        let line = self.lines.first().map_or(0, |line| line.number);
        let mut notes = vec![Note::new(NoteKind::HeaderLine).with("line", line.to_string())];
        let ignored: Vec<&str> =
            self.columns.iter().filter(|column| column.field.is_none()).map(|column| column.title.as_str()).collect();
        if !ignored.is_empty() {
            notes.push(Note::new(NoteKind::ColumnsIgnored).with("columns", ignored.join("、")));
        }
        if let Some(title) = self.defaults.title_line() {
            notes.push(Note::new(NoteKind::ValidityFromTitle).with("period", title));
        }
        if self.defaults.price != PriceColumn::default() {
            notes.push(Note::new(NoteKind::MoneyFromTitle).with("measure", measure(self.defaults.price)));
        }
        notes
    }
}

/// Currency and multiple in brackets, as [`column_of`] reads them.
fn measure(price: PriceColumn) -> String {
    let multiple = match price.scale {
        4 => "万元",
        3 => "千元",
        2 => "百元",
        _ => "",
    };
    let currency = if price.currency == Currency::CNY { "" } else { price.currency.code() };
    if multiple.is_empty() && currency.is_empty() { "(元)".to_owned() } else { format!("({currency}{multiple})") }
}

fn names_an_article(columns: &[Column]) -> bool {
    let has = |wanted: &[Field]| columns.iter().any(|column| column.field.as_ref().is_some_and(|field| wanted.contains(field)));
    has(&[Field::Price]) && has(&[Field::Name, Field::NameEn, Field::Number, Field::RunningNumber]) && columns.len() >= 2
}

fn columns(lines: &[Line]) -> Vec<Column> {
    let width = lines.iter().map(|line| line.cells.len()).max().unwrap_or(0);
    let title = |line: &Line, index: usize| one_line(&line.cell(index).text());
    let mut columns = Vec::new();
    let mut group = String::new();
    for index in 0..width {
        let upper = title(&lines[0], index);
        let lower = lines.get(1).map(|line| title(line, index)).unwrap_or_default();
        // A merged cell keeps its words in its first column; the ones below belong to it.
        if !upper.is_empty() {
            group.clone_from(&upper);
        } else if lower.is_empty() {
            group.clear();
        }
        let candidates = [lower.clone(), upper.clone(), format!("{group}{lower}")];
        let found = candidates.iter().filter(|title| !title.is_empty()).find_map(|title| Some((recognise(title)?, title.clone())));
        let title = if lower.is_empty() { upper } else { lower };
        if title.is_empty() {
            continue;
        }
        let price = [&title, &group].into_iter().map(|title| column_of(title)).find(|price| *price != PriceColumn::default());
        let (field, title) = found.map_or((None, title), |(field, title)| (Some(field), title));
        columns.push(Column { index, field, title, price: price.unwrap_or_default() });
    }
    columns
}

fn one_line(title: &str) -> String {
    let folded: String = title.nfc().collect();
    folded.split_whitespace().collect::<Vec<_>>().join(" ")
}
