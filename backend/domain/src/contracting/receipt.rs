//! Receipt (验收): what has arrived, what of it was accepted and what went back, with photos and a note.

use super::order::{Order, OrderState, Side};
use crate::ident::{FileId, ReceiptId, UserId};
use crate::identity::actor::Person;
use crate::oversight::event::Event;
use crate::refusal::{Code, Refusal, Refusals, check_text};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::json;

/// The most photos of one receipt.
pub const PHOTOS_MOST: usize = 10;
/// The most receipts of one order.
pub const RECEIPTS_MOST: usize = 400;
/// The longest note, in characters.
pub const NOTE_MOST_CHARS: usize = 1000;

/// Why goods went back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Defect {
    /// Broken or soiled on arrival.
    Damaged,
    /// Another article.
    WrongItem,
    /// The article, but not with the properties that were ordered.
    NotAsOrdered,
    /// It does not work.
    Faulty,
    /// Certificate, manual or licence is missing.
    PapersMissing,
    /// Expired, or the shelf life left is too short.
    Expired,
    /// Something else, told in the note.
    Other,
}

impl Defect {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::Damaged,
        Self::WrongItem,
        Self::NotAsOrdered,
        Self::Faulty,
        Self::PapersMissing,
        Self::Expired,
        Self::Other,
    ];

    /// The name in database and API.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Damaged => "damaged",
            Self::WrongItem => "wrong_item",
            Self::NotAsOrdered => "not_as_ordered",
            Self::Faulty => "faulty",
            Self::PapersMissing => "papers_missing",
            Self::Expired => "expired",
            Self::Other => "other",
        }
    }

    /// Reads the name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|defect| defect.as_str() == name)
    }

    /// The key of its text: `receipt-defect-wrong-item`.
    pub fn text_key(self) -> String {
        format!("receipt-defect-{}", self.as_str().replace('_', "-"))
    }
}

/// One line of a receipt.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReceiptLine {
    /// The line of the order, by its number.
    pub line: u32,
    /// How many were accepted.
    pub accepted: i64,
    /// How many went back.
    pub refused: i64,
    /// Why they went back; there exactly when some did.
    pub defect: Option<Defect>,
}

/// What has arrived at one time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// Its number.
    pub id: ReceiptId,
    /// What arrived.
    pub lines: Vec<ReceiptLine>,
    /// Photos of the goods.
    pub photos: Vec<FileId>,
    /// What else is to be said.
    pub note: String,
    /// When it was recorded. The term of payment to SMEs starts with acceptance (国务院令第802号).
    pub received_at: DateTime<Utc>,
    /// Who took the goods.
    pub received_by: UserId,
}

/// What a buyer records.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Receiving {
    /// What arrived.
    pub lines: Vec<ReceiptLine>,
    /// Photos, uploaded before.
    pub photos: Vec<FileId>,
    /// What else is to be said, at most [`NOTE_MOST_CHARS`].
    pub note: String,
}

impl Order {
    /// The buyer records goods that have arrived, in whole or in part.
    ///
    /// # Errors
    /// `NOT_ALLOWED` for anybody but the buyer; `WRONG_STATE` while nothing has been despatched and after the end;
    /// `REQUIRED` (no line, an empty line, a refusal without its reason, "other" without a note), `LINE_TWICE`,
    /// `NOT_FOUND`, `RECEIPT_TOO_LARGE`, `OUT_OF_RANGE` and the text checks, at their paths.
    pub fn receive(
        mut self,
        receiving: Receiving,
        id: ReceiptId,
        by: &Person,
        now: DateTime<Utc>,
    ) -> Result<(Self, Event), Refusals> {
        self.only(Side::Buyer, by)?;
        let confirmation = match &self.state {
            OrderState::PartlyDespatched { confirmation }
            | OrderState::Despatched { confirmation }
            | OrderState::PartlyReceived { confirmation } => confirmation.clone(),
            _ => return Err(self.wrong_state().into()),
        };
        let mut refusals = Refusals::default();
        let note = refusals.take("note", check_text(&receiving.note, false, NOTE_MOST_CHARS)).unwrap_or_default();
        if receiving.photos.len() > PHOTOS_MOST {
            refusals.push(Refusal::at(Code::OutOfRange, "photoIds").with("least", 0_i64).with("most", PHOTOS_MOST));
        }
        if self.receipts.len() >= RECEIPTS_MOST {
            refusals.push(Refusal::new(Code::OutOfRange).with("least", 1_i64).with("most", RECEIPTS_MOST));
        }
        let named = receiving.lines.iter().map(|line| line.line);
        refusals.take("", self.check_lines_named(named));
        for (index, arrived) in receiving.lines.iter().enumerate() {
            refusals.take(&format!("lines.{index}"), check_line(arrived, &note));
            let Some(line) = self.line_mut(arrived.line) else { continue };
            let after = line.quantities.receive(arrived.accepted, arrived.refused);
            if let Some(quantities) = refusals.take(&format!("lines.{index}"), after) {
                line.quantities = quantities;
            }
        }
        refusals.into_result()?;

        self.state = self.progress(confirmation, now);
        let content =
            json!({ "number": self.number, "state": self.state.name(), "receipt": id, "lines": receiving.lines });
        self.receipts.push(Receipt {
            id,
            lines: receiving.lines,
            photos: receiving.photos,
            note,
            received_at: now,
            received_by: by.user,
        });
        let event = self.event("order.received", &content);
        Ok((self, event))
    }
}

/// A line says something, and a refusal says why.
fn check_line(line: &ReceiptLine, note: &str) -> Result<(), Refusal> {
    match (line.accepted, line.refused, line.defect) {
        (0, 0, _) => Err(Refusal::at(Code::Required, "accepted")),
        (_, 1.., None) => Err(Refusal::at(Code::Required, "defect")),
        (_, 1.., Some(Defect::Other)) if note.is_empty() => Err(Refusal::at(Code::Required, "note")),
        (_, 0, Some(_)) => Err(Refusal::at(Code::Required, "refused")),
        _ => Ok(()),
    }
}
