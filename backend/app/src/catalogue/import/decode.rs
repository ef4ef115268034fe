//! What kind of file it is, and text out of bytes.

use super::note::{Note, NoteKind};
use domain::refusal::{Code, Refusal};
use encoding_rs::{Encoding, GB18030, UTF_8};

/// The kinds of file that hold price lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// XLSX: a ZIP archive of XML.
    Workbook,
    /// CSV and its relatives.
    Delimited,
}

/// Beginnings of kinds that are not taken: XLS and DOC, PDF, PNG, JPEG, GIF, gzip, RAR, 7z, executables.
const OTHERS: [&[u8]; 10] = [
    b"\xD0\xCF\x11\xE0", b"%PDF", b"\x89PNG", b"\xFF\xD8\xFF", b"GIF8", b"\x1F\x8B", b"Rar!", b"7z\xBC\xAF", b"MZ", b"\x7FELF",
];

/// Looks at the beginning of a file; its name is not asked.
///
/// # Errors
/// `FILE_KIND_NOT_TAKEN`, `LIST_EMPTY`.
pub(super) fn sniff(bytes: &[u8]) -> Result<Kind, Refusal> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(Refusal::new(Code::ListEmpty));
    }
    if bytes.starts_with(b"PK\x03\x04") {
        return Ok(Kind::Workbook);
    }
    let is_wide = bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF");
    let has_nul = !is_wide && bytes.iter().take(8192).any(|byte| *byte == 0);
    if has_nul || OTHERS.iter().any(|beginning| bytes.starts_with(beginning)) {
        return Err(Refusal::new(Code::FileKindNotTaken).with("expected", "XLSX, CSV"));
    }
    Ok(Kind::Delimited)
}

/// Text out of bytes: by its byte order mark, else UTF-8, else GB18030, which holds GBK and GB 2312.
///
/// # Errors
/// `FILE_UNREADABLE` when it is none of them.
pub(super) fn text(bytes: &[u8]) -> Result<(String, Note), Refusal> {
    let (encoding, mark) = Encoding::for_bom(bytes).unwrap_or((UTF_8, 0));
    let body = &bytes[mark..];
    let decoded = [encoding, GB18030]
        .into_iter()
        .take(if mark > 0 { 1 } else { 2 })
        .find_map(|encoding| Some((encoding.decode_without_bom_handling_and_without_replacement(body)?, encoding)));
    let (text, encoding) = decoded.ok_or_else(|| Refusal::new(Code::FileUnreadable))?;
    if text.chars().any(|character| character.is_control() && !matches!(character, '\n' | '\r' | '\t')) {
        return Err(Refusal::new(Code::FileUnreadable));
    }
    Ok((text.into_owned(), Note::new(NoteKind::Encoding).with("encoding", encoding.name())))
}
