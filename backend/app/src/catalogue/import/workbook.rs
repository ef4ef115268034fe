//! XLSX workbooks, distrusted: sizes first, then a stream of cells, never a dense table of what the file claims to be.

use super::header::Header;
use super::note::{Note, NoteKind};
use super::sheet::{Cell, Sheet, UNFOLDED_MOST_BYTES};
use calamine::{DataRef, Reader, SheetType, SheetVisible, Xlsx, XlsxFormulaMetadata};
use chrono::NaiveDate;
use domain::refusal::{Code, Refusal};
use std::io::{Cursor, Read};
use std::panic::AssertUnwindSafe;

/// The most files in a workbook's archive.
const ENTRIES_MOST: usize = 5_000;
/// A part that unfolds to more than this many times its size is no spreadsheet…
const RATIO_MOST: u64 = 250;
/// …when it is large at all, in bytes.
const RATIO_FROM_BYTES: u64 = 5_000_000;
/// The most sheets that are looked at for a header.
const SHEETS_LOOKED_AT: usize = 20;

/// Reads the first visible sheet that has a header.
///
/// # Errors
/// `ARCHIVE_TOO_DENSE`, `FILE_UNREADABLE`, `LIST_TOO_LONG`, `HEADER_NOT_FOUND`, `COLUMNS_MISSING`.
pub(super) fn read(bytes: &[u8]) -> Result<(Sheet, Header, Vec<Note>), Refusal> {
    check_archive(bytes)?;
    // The file is hostile until proven otherwise, and a panic in its parser must not be ours.
    std::panic::catch_unwind(AssertUnwindSafe(|| read_sheets(bytes))).unwrap_or_else(|_| Err(unreadable()))
}

fn unreadable() -> Refusal {
    Refusal::new(Code::FileUnreadable)
}

fn too_dense() -> Refusal {
    Refusal::new(Code::ArchiveTooDense).with("most", i64::try_from(UNFOLDED_MOST_BYTES / 1_000_000).unwrap_or(i64::MAX))
}

/// Refuses a ZIP bomb: first by what the archive says of its parts, before any of them is unfolded; then by unfolding
/// into nothing and counting, because an archive can lie.
fn check_archive(bytes: &[u8]) -> Result<(), Refusal> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|_| unreadable())?;
    if archive.len() > ENTRIES_MOST {
        return Err(too_dense());
    }
    let mut unfolded = 0_u64;
    for index in 0..archive.len() {
        let entry = archive.by_index_raw(index).map_err(|_| unreadable())?;
        let (size, folded) = (entry.size(), entry.compressed_size().max(1));
        unfolded = unfolded.saturating_add(size);
        if unfolded > UNFOLDED_MOST_BYTES || (size > RATIO_FROM_BYTES && size / folded > RATIO_MOST) {
            return Err(too_dense());
        }
    }
    if archive.index_for_name("xl/workbook.xml").is_none() {
        return Err(Refusal::new(Code::FileKindNotTaken).with("expected", "XLSX, CSV"));
    }
    let mut left = UNFOLDED_MOST_BYTES;
    for index in 0..archive.len() {
        let entry = archive.by_index(index).map_err(|_| unreadable())?;
        let read = std::io::copy(&mut entry.take(left + 1), &mut std::io::sink()).map_err(|_| unreadable())?;
        left = left.checked_sub(read).ok_or_else(too_dense)?;
    }
    Ok(())
}

fn read_sheets(bytes: &[u8]) -> Result<(Sheet, Header, Vec<Note>), Refusal> {
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|_| unreadable())?;
    let sheets: Vec<_> = workbook.sheets_metadata().to_vec();
    let mut found: Option<(Sheet, Header)> = None;
    let mut notes = Vec::new();
    let mut first_refusal = None;
    for (index, metadata) in sheets.into_iter().enumerate() {
        let is_list = metadata.typ == SheetType::WorkSheet && metadata.visible == SheetVisible::Visible;
        if found.is_none() && is_list && index < SHEETS_LOOKED_AT {
            let sheet = read_sheet(&mut workbook, &metadata.name)?;
            match Header::find(&sheet) {
                Ok(header) => {
                    found = Some((sheet, header));
                    continue;
                }
                Err(refusal) => first_refusal = first_refusal.or(Some(refusal)),
            }
        }
        notes.push(Note::new(NoteKind::SheetIgnored).with("sheet", metadata.name));
    }
    let (sheet, header) = found.ok_or_else(|| first_refusal.unwrap_or_else(unreadable))?;
    Ok((sheet, header, notes))
}

fn read_sheet(workbook: &mut Xlsx<Cursor<&[u8]>>, name: &str) -> Result<Sheet, Refusal> {
    let mut cells = workbook.worksheet_cells_reader(name).map_err(|_| unreadable())?;
    let mut sheet = Sheet::default();
    let mut last_row = 0;
    while let Some(record) = cells.next_cell_with_formula_metadata().map_err(|_| unreadable())? {
        let (row, column) = record.pos;
        // Rows out of order would make one article of two.
        if row < last_row {
            return Err(unreadable());
        }
        last_row = row;
        let cell = match (cell(&record.value), record.formula) {
            (Cell::Empty, Some(formula)) => Cell::Formula(formula_text(formula)),
            (cell, _) => cell,
        };
        sheet.put(u64::from(row) + 1, usize::try_from(column).unwrap_or(usize::MAX), cell)?;
    }
    Ok(sheet)
}

fn formula_text(formula: XlsxFormulaMetadata) -> String {
    match formula {
        XlsxFormulaMetadata::Normal { formula } | XlsxFormulaMetadata::Shared { formula, .. } => formula,
        _ => "…".to_owned(),
    }
}

fn cell(value: &DataRef<'_>) -> Cell {
    match value {
        DataRef::Empty => Cell::Empty,
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => Cell::words(text),
        DataRef::SharedString(text) => Cell::words(text),
        #[expect(clippy::cast_precision_loss, reason = "a workbook keeps its numbers as floats anyway")]
        DataRef::Int(number) => Cell::Number(*number as f64),
        DataRef::Float(number) => Cell::Number(*number),
        DataRef::Bool(truth) => Cell::Text(if *truth { "TRUE" } else { "FALSE" }.to_owned()),
        DataRef::DateTime(at) => {
            let (year, month, day, ..) = at.to_ymd_hms_milli();
            let on = NaiveDate::from_ymd_opt(i32::from(year), u32::from(month), u32::from(day));
            on.map_or(Cell::Number(at.as_f64()), Cell::Date)
        }
        DataRef::Error(error) => Cell::Error(error.to_string()),
    }
}
