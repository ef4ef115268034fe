//! Refused rows on their way back: as they came, with the reason of each, in the supplier's language.

use super::{Reading, Verdict};
use domain::catalogue::price_list::neutralised;
use domain::language::Language;
use domain::refusal::Refusal;
use domain::text;
use rust_xlsxwriter::{Color, Format, FormatAlign, Workbook, XlsxError};

/// In which form the rows go back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    /// A workbook.
    Xlsx,
    /// CSV in UTF-8 with a byte order mark, which spreadsheets need to read Chinese.
    Csv,
}

/// A row's refusals in words: `单价:…;条码:…`.
pub fn reasons(language: Language, refusals: &[Refusal]) -> String {
    let (colon, semicolon) = match language {
        Language::Chinese => (":", " "),
        Language::English => (": ", " "),
    };
    let mut reasons: Vec<String> = Vec::new();
    for refusal in refusals {
        let words = text::refusal(language, refusal);
        let field = refusal.path.first().map(|field| text::say(language, &field_key(field)));
        let reason = field.map_or(words.clone(), |field| format!("{field}{colon}{words}"));
        if !reasons.contains(&reason) {
            reasons.push(reason);
        }
    }
    reasons.join(semicolon)
}

/// The key of a field's name: `item-field-lead-time-days` for `leadTimeDays`.
fn field_key(field: &str) -> String {
    let mut key = "item-field-".to_owned();
    for character in field.chars() {
        if character.is_ascii_uppercase() {
            key.push('-');
        }
        key.push(character.to_ascii_lowercase());
    }
    key
}

/// The refused rows as a file that can be mended and sent again; its own columns are known to the reader.
///
/// # Errors
/// When the writer fails, which only a bug or an exhausted disk can cause.
pub fn refused_file(reading: &Reading, language: Language, kind: FileKind) -> Result<Vec<u8>, XlsxError> {
    let width = reading.rows.iter().map(|row| row.cells.len()).max().unwrap_or(0).max(reading.titles.len());
    let mut table: Vec<Vec<String>> = Vec::new();
    let mut titles = reading.titles.clone();
    titles.resize(width, String::new());
    titles.push(text::say(language, "import-column-reason"));
    titles.push(text::say(language, "import-column-line"));
    table.push(titles);
    for row in &reading.rows {
        let Verdict::Refused { refusals } = &row.verdict else { continue };
        let mut cells = row.cells.clone();
        cells.resize(width, String::new());
        cells.push(reasons(language, refusals));
        cells.push(row.line.to_string());
        table.push(cells);
    }
    match kind {
        FileKind::Csv => Ok(csv_file(reading.title_line.as_deref(), &table)),
        FileKind::Xlsx => xlsx_file(reading.title_line.as_deref(), &table),
    }
}

fn csv_file(title: Option<&str>, table: &[Vec<String>]) -> Vec<u8> {
    let mut out = b"\xEF\xBB\xBF".to_vec();
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).flexible(true).from_writer(&mut out);
    let title = title.map(|title| vec![title.to_owned()]);
    for row in title.iter().chain(table) {
        writer.write_record(row.iter().map(|cell| neutralised(cell).into_owned())).expect("memory takes every write");
    }
    writer.flush().expect("memory takes every write");
    drop(writer);
    out
}

fn xlsx_file(title: Option<&str>, table: &[Vec<String>]) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let heading = Format::new().set_bold().set_text_wrap();
    let reason = Format::new().set_text_wrap().set_align(FormatAlign::Top).set_font_color(Color::RGB(0x9B_1C_1C));
    let sheet = workbook.add_worksheet();
    let mut at = 0_u32;
    if let Some(title) = title {
        sheet.write_string(at, 0, title)?;
        at += 1;
    }
    sheet.set_freeze_panes(at + 1, 0)?;
    let reason_column = table.first().map_or(0, |titles| titles.len().saturating_sub(2));
    for (index, row) in table.iter().enumerate() {
        for (column, cell) in row.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
            let place = u16::try_from(column).unwrap_or(u16::MAX);
            // Always as a string: a workbook never runs those, and what is saved from it as CSV stays neutral too.
            let cell = neutralised(cell);
            match (index, column == reason_column) {
                (0, _) => sheet.write_string_with_format(at, place, cell, &heading)?,
                (_, true) => sheet.write_string_with_format(at, place, cell, &reason)?,
                (_, false) => sheet.write_string(at, place, cell)?,
            };
        }
        at += 1;
    }
    sheet.set_column_width(u16::try_from(reason_column).unwrap_or(u16::MAX), 60)?;
    workbook.save_to_buffer()
}
