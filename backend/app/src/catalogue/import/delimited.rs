//! Comma-separated values and their relatives.

use super::decode;
use super::note::{Note, NoteKind};
use super::sheet::{Cell, Sheet};
use domain::refusal::{Code, Refusal};
use std::collections::HashMap;

/// The separators that are looked for, the commonest first.
const SEPARATORS: [u8; 4] = [b',', b';', b'\t', b'|'];
/// How many records are looked at to tell the separator.
const LOOKED_AT: usize = 40;

/// Reads the sheet.
///
/// # Errors
/// `FILE_UNREADABLE`, `LIST_TOO_LONG`.
pub(super) fn read(bytes: &[u8]) -> Result<(Sheet, Vec<Note>), Refusal> {
    let (text, encoding) = decode::text(bytes)?;
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let separator = separator_of(&text);
    let mut sheet = Sheet::default();
    let mut reader = reader(&text, separator);
    let mut record = csv::StringRecord::new();
    let (mut line, mut counted_to) = (1_u64, 0_usize);
    loop {
        match reader.read_record(&mut record) {
            Ok(true) => {}
            Ok(false) => break,
            Err(_) => return Err(Refusal::new(Code::FileUnreadable)),
        }
        // Blank lines before a record belong to its position; an editor doesn't count so.
        let begins = record.position().map_or(0, |position| usize::try_from(position.byte()).unwrap_or(usize::MAX));
        let blanks = text.as_bytes()[begins..].iter().take_while(|byte| **byte == b'\n').count();
        line += text.as_bytes()[counted_to..begins + blanks].iter().map(|byte| u64::from(*byte == b'\n')).sum::<u64>();
        counted_to = begins + blanks;
        for (column, cell) in record.iter().enumerate() {
            sheet.put(line, column, Cell::words(cell))?;
        }
    }
    let shown = match separator {
        b'\t' => "Tab".to_owned(),
        other => char::from(other).to_string(),
    };
    Ok((sheet, vec![encoding, Note::new(NoteKind::Separator).with("separator", shown)]))
}

fn reader(text: &str, separator: u8) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(separator).from_reader(text.as_bytes())
}

/// The separator under which most records have the same number of cells, and many.
fn separator_of(text: &str) -> u8 {
    let fitness = |separator: u8| {
        let mut widths: HashMap<usize, usize> = HashMap::new();
        for record in reader(text, separator).records().take(LOOKED_AT).flatten() {
            *widths.entry(record.len()).or_default() += 1;
        }
        widths.into_iter().map(|(width, records)| records * (width - 1)).max().unwrap_or(0)
    };
    // `max_by_key` takes the last of equals: the commonest is asked last.
    SEPARATORS.into_iter().rev().max_by_key(|separator| fitness(*separator)).unwrap_or(b',')
}
