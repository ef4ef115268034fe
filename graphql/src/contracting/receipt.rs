//! Receipts.

use crate::ident;
use crate::oversight::file::File;
use async_graphql::{ComplexObject, Context, Enum, ID, InputObject, Result, SimpleObject};
use chrono::{DateTime, Utc};
use domain::contracting::receipt;
use domain::ident::{FileId, ReceiptId};

/// Why goods went back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::contracting::receipt::Defect")]
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

/// What has arrived at one time (验收).
#[derive(SimpleObject)]
#[graphql(complex)]
pub struct Receipt {
    /// Its global id.
    id: ID,
    /// What arrived.
    lines: Vec<ReceiptLine>,
    /// Photos of the goods: global ids of files.
    photo_ids: Vec<ID>,
    #[graphql(skip)]
    photos: Vec<FileId>,
    /// What else is to be said.
    note: String,
    /// When it was recorded.
    received_at: DateTime<Utc>,
}

/// One line of a receipt.
#[derive(SimpleObject)]
pub struct ReceiptLine {
    /// The line of the order, by its number.
    line: u32,
    /// How many were accepted.
    accepted: i64,
    /// How many went back.
    refused: i64,
    /// Why they went back.
    defect: Option<Defect>,
}

impl From<receipt::Receipt> for Receipt {
    fn from(receipt: receipt::Receipt) -> Self {
        let lines = receipt.lines.iter().map(|line| ReceiptLine {
            line: line.line,
            accepted: line.accepted,
            refused: line.refused,
            defect: line.defect.map(Into::into),
        });
        Self {
            id: ident::global(ReceiptId::KIND, receipt.id.0),
            lines: lines.collect(),
            photo_ids: receipt.photos.iter().map(|photo| ident::global(FileId::KIND, photo.0)).collect(),
            photos: receipt.photos,
            note: receipt.note,
            received_at: receipt.received_at,
        }
    }
}

#[ComplexObject]
impl Receipt {
    /// Photos of the goods, which both sides may see.
    #[graphql(complexity = "5 + child_complexity * 5")]
    async fn photos(&self, graphql: &Context<'_>) -> Result<Vec<File>> {
        crate::loader::files(graphql, &self.photos).await
    }
}

/// What has arrived of a line.
#[derive(Clone, InputObject)]
pub struct ReceiptLineInput {
    /// The line of the order, by its number.
    pub line: u32,
    /// How many are accepted.
    pub accepted: i64,
    /// How many go back.
    #[graphql(default)]
    pub refused: i64,
    /// Why they go back; required when some do.
    pub defect: Option<Defect>,
}

/// Goods that have arrived.
#[derive(Clone, InputObject)]
pub struct ReceiveGoodsInput {
    /// The order.
    pub order_id: ID,
    /// What arrived, each line once.
    pub lines: Vec<ReceiptLineInput>,
    /// Photos of the goods, uploaded before: global ids of files, at most 10.
    #[graphql(default)]
    pub photo_ids: Vec<ID>,
    /// What else is to be said, at most 1,000 characters.
    #[graphql(default)]
    pub note: String,
    /// Makes the act happen once however often it is sent; at most 200 bytes. The `Idempotency-Key` header serves too.
    pub idempotency_key: Option<String>,
}

impl ReceiveGoodsInput {
    /// Reads the ids.
    pub(crate) fn receiving(self) -> Result<receipt::Receiving, app::Error> {
        let lines = self.lines.iter().map(|line| receipt::ReceiptLine {
            line: line.line,
            accepted: line.accepted,
            refused: line.refused,
            defect: line.defect.map(Into::into),
        });
        let photos = self.photo_ids.iter().enumerate();
        let photos = photos.map(|(index, id)| ident::of_kind(id, FileId::KIND, &format!("photoIds.{index}")));
        Ok(receipt::Receiving { lines: lines.collect(), photos: photos.collect::<Result<_, _>>()?, note: self.note })
    }
}
