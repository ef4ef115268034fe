//! Files that people upload: what is taken, and what a browser may show by itself.

use super::event::Visibility;
use crate::ident::{FileId, OrganizationId, UserId};
use crate::refusal::{Code, Refusal};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The longest name, in characters.
pub const NAME_MOST: usize = 200;

/// A kind of file that is taken: its media type, the ending of its names, and whether a browser can show it without
/// running anything.
struct Kind(&'static str, &'static [&'static str], bool);

/// Every kind that is taken. HTML, SVG and scripts are not: a browser would run them.
const KINDS: &[Kind] = &[
    Kind("application/pdf", &["pdf"], true),
    Kind("image/png", &["png"], true),
    Kind("image/jpeg", &["jpg", "jpeg"], true),
    Kind("image/webp", &["webp"], true),
    Kind("image/gif", &["gif"], true),
    Kind("text/plain", &["txt", "log", "md"], true),
    Kind("text/csv", &["csv", "tsv"], false),
    Kind("application/json", &["json"], false),
    Kind("application/vnd.openxmlformats-officedocument.wordprocessingml.document", &["docx"], false),
    Kind("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", &["xlsx"], false),
    Kind("application/vnd.openxmlformats-officedocument.presentationml.presentation", &["pptx"], false),
    Kind("application/msword", &["doc"], false),
    Kind("application/vnd.ms-excel", &["xls"], false),
    Kind("application/ofd", &["ofd"], false),
    Kind("application/zip", &["zip"], false),
];

/// The kinds of pictures, as a refusal tells them.
pub const PICTURES_TOLD: &str = "JPEG, PNG, WebP, GIF";

/// A media type in the letters that people know it by: `application/pdf` as `PDF`.
pub fn kind_told(media_type: &str) -> String {
    let known = KINDS.iter().find(|Kind(known, ..)| *known == media_type);
    known.and_then(|Kind(_, endings, _)| endings.first()).map_or_else(|| media_type.to_owned(), |ending| ending.to_uppercase())
}

/// A length in the unit that people read: `734 B`, `12.3 kB`, `4.0 MB`.
pub fn size_told(bytes: i64) -> String {
    let tenths = |unit: i64| bytes.saturating_mul(10) / unit;
    match bytes {
        ..1000 => format!("{bytes} B"),
        1000..1_000_000 => format!("{}.{} kB", tenths(1000) / 10, tenths(1000) % 10),
        _ => format!("{}.{} MB", tenths(1_000_000) / 10, tenths(1_000_000) % 10),
    }
}

/// What a refusal tells of the kinds.
pub const KINDS_TOLD: &str = "PDF, PNG, JPEG, WebP, GIF, TXT, CSV, JSON, DOC(X), XLS(X), PPTX, OFD, ZIP";

/// A stored file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct File {
    /// Its number.
    pub id: FileId,
    /// The SHA-256 of its content, in lower-case hexadecimal: the name under which the content is kept.
    pub sha256: String,
    /// The name that its owner gave it.
    pub name: String,
    /// What it is, as found in its content.
    pub media_type: String,
    /// How long it is, in bytes.
    pub size_bytes: i64,
    /// Whose it is.
    pub organization: OrganizationId,
    /// Who may read it.
    pub visibility: Visibility,
    /// The record that it belongs to, if it is attached to one.
    pub subject: Option<Uuid>,
    /// Who uploaded it.
    pub uploaded_by: UserId,
    /// When.
    pub uploaded_at: DateTime<Utc>,
}

impl File {
    /// Whether a browser can show it without running anything: images, PDF, plain text.
    pub fn is_inert(&self) -> bool {
        KINDS.iter().any(|Kind(media_type, _, is_inert)| *is_inert && *media_type == self.media_type)
    }

    /// Whether it is a picture.
    pub fn is_picture(&self) -> bool {
        self.media_type.starts_with("image/")
    }
}

/// Whether a file of this name can be of a kind that is taken; its content decides in the end.
pub fn is_name_taken(name: &str) -> bool {
    kind_of(name).is_some()
}

/// The kind that a name's ending says.
fn kind_of(name: &str) -> Option<&'static Kind> {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase())?;
    KINDS.iter().find(|Kind(_, endings, _)| endings.contains(&ending.as_str()))
}

/// Decides what a file is. `sniffed` is what its first bytes say; text has no mark of its own, so `is_text` and the
/// name's ending decide there.
///
/// # Errors
/// `FILE_KIND_NOT_TAKEN` at `file`, with the kinds that are taken; also when the content is of another kind than the
/// name says.
pub fn media_type(name: &str, sniffed: Option<&str>, is_text: bool) -> Result<&'static str, Refusal> {
    let by_name = kind_of(name);
    let refused = || Refusal::at(Code::FileKindNotTaken, "file").with("expected", KINDS_TOLD);
    match (sniffed, by_name) {
        // OFD (GB/T 33190) is a ZIP by its bytes.
        (Some("application/zip"), Some(Kind("application/ofd", ..))) => Ok("application/ofd"),
        (Some(sniffed), Some(Kind(media_type, ..))) if sniffed == *media_type => Ok(media_type),
        (None, Some(Kind(media_type @ ("text/plain" | "text/csv" | "application/json"), ..))) if is_text => Ok(media_type),
        _ => Err(refused()),
    }
}

/// Checks a file's name: present, not too long, without folders and invisible characters.
///
/// # Errors
/// `REQUIRED`, `TOO_LONG`, `HIDDEN_CHARACTERS` at `name`.
pub fn name(given: &str) -> Result<String, Refusal> {
    let last = given.rsplit(['/', '\\']).next().unwrap_or_default().trim();
    let length = last.chars().count();
    if last.is_empty() {
        return Err(Refusal::at(Code::Required, "name"));
    }
    if length > NAME_MOST {
        return Err(Refusal::at(Code::TooLong, "name").with("most", NAME_MOST).with("length", length));
    }
    let is_hidden = |c: char| c.is_control() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}');
    if last.chars().any(is_hidden) {
        return Err(Refusal::at(Code::HiddenCharacters, "name"));
    }
    Ok(last.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_what_its_content_says_and_its_name_must_agree() {
        assert_eq!(media_type("需求.PDF", Some("application/pdf"), false), Ok("application/pdf"));
        assert_eq!(media_type("发票.ofd", Some("application/zip"), false), Ok("application/ofd"));
        assert_eq!(media_type("价格.csv", None, true), Ok("text/csv"));
        for (name, sniffed, is_text) in [
            ("a.pdf", Some("application/x-executable"), false),
            ("a.pdf", Some("text/html"), true),
            ("a.html", None, true),
            ("a.txt", None, false),
            ("a.png", Some("image/jpeg"), false),
            ("noending", None, true),
        ] {
            assert_eq!(media_type(name, sniffed, is_text).unwrap_err().code, Code::FileKindNotTaken, "{name}");
        }
        assert!(is_name_taken("执照.PDF") && !is_name_taken("a.exe") && !is_name_taken("pdf"));
    }

    #[test]
    fn kind_and_size_are_told_as_people_know_them() {
        assert_eq!((kind_told("application/pdf").as_str(), kind_told("image/jpeg").as_str()), ("PDF", "JPG"));
        assert_eq!(kind_told("application/x-unknown"), "application/x-unknown");
        let told = [999, 1000, 12_345, 999_999, 20_971_520].map(size_told);
        assert_eq!(told, ["999 B", "1.0 kB", "12.3 kB", "999.9 kB", "20.9 MB"]);
    }

    #[test]
    fn a_name_loses_its_folders_and_may_not_deceive() {
        assert_eq!(name("C:\\a\\../需求.pdf"), Ok("需求.pdf".to_owned()));
        assert_eq!(name("a/").unwrap_err().code, Code::Required);
        assert_eq!(name("gnp.\u{202e}exe.png").unwrap_err().code, Code::HiddenCharacters);
        assert_eq!(name(&"x".repeat(201)).unwrap_err().code, Code::TooLong);
    }
}
