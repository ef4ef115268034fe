//! Imports of price lists.

use crate::connection::{PAGE_MOST, within};
use crate::ident;
use crate::payload::{UserError, coded, found};
use crate::request::asker;
use app::Error;
use app::catalogue::import::{FileKind, Reading, RowOutcome, Verdict, reasons};
use app::catalogue::price_list_import as imports;
use async_graphql::{Context, Enum, ID, InputObject, Object, Result, SimpleObject, Upload};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, Utc};
use domain::ident::PriceListImportId;
use domain::language::Language;
use domain::refusal::{Code, Refusal};
use std::io::Read as _;
use std::sync::Arc;

/// How far an import has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "app::catalogue::price_list_import::ImportStatus")]
pub enum PriceListImportStatus {
    /// Read: look at what would happen, and confirm.
    Read,
    /// Confirmed: it is being written.
    Confirmed,
    /// All good rows are in the catalogue.
    Applied,
    /// It could not be applied, and nothing was changed: upload the file again.
    Failed,
}

/// What would happen to a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum RowVerdict {
    /// You have no item of this number yet.
    New,
    /// You have one, and it differs.
    Changed,
    /// You have one, and it is the same.
    Unchanged,
    /// The row can't be taken.
    Refused,
    /// The row is no article.
    Skipped,
}

impl RowVerdict {
    const fn of(verdict: &Verdict) -> Self {
        match verdict {
            Verdict::New => Self::New,
            Verdict::Changed { .. } => Self::Changed,
            Verdict::Unchanged => Self::Unchanged,
            Verdict::Refused { .. } => Self::Refused,
            Verdict::Skipped { .. } => Self::Skipped,
        }
    }
}

/// One row of a price list and what would happen to it.
#[derive(Clone, Debug, SimpleObject)]
pub struct PriceListRow {
    /// The line of the file in which it begins, from 1.
    pub line: i64,
    /// The item number, empty where there is none.
    pub number: String,
    /// The name as given.
    pub name: String,
    /// What would happen.
    pub verdict: RowVerdict,
    /// Why it is refused or skipped, or what was understood; in the language of the request.
    pub remarks: String,
    /// The fields that differ.
    pub changed_fields: Vec<String>,
}

fn row(language: Language, row: &RowOutcome) -> PriceListRow {
    let mut remarks: Vec<String> = row.notes.iter().map(|note| note.say(language)).collect();
    let mut changed_fields = Vec::new();
    match &row.verdict {
        Verdict::Refused { refusals } => remarks.insert(0, reasons(language, refusals)),
        Verdict::Skipped { note } => remarks.insert(0, note.say(language)),
        Verdict::Changed { fields } => changed_fields.clone_from(fields),
        Verdict::New | Verdict::Unchanged => {}
    }
    PriceListRow {
        line: i64::try_from(row.line).unwrap_or(i64::MAX),
        number: row.number.clone(),
        name: row.name.clone(),
        verdict: RowVerdict::of(&row.verdict),
        remarks: remarks.join(" "),
        changed_fields,
    }
}

/// A made file.
#[derive(Clone, Debug, SimpleObject)]
pub struct MadeFile {
    /// Its name.
    pub name: String,
    /// Its content in base64.
    pub content_base64: String,
}

/// One run of a price list import.
pub struct PriceListImport(pub imports::PriceListImport);

fn whole(count: usize) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}

/// The reading of a run: taken from the store once for all fields that need it.
async fn read(graphql: &Context<'_>, id: PriceListImportId) -> Result<Arc<Reading>> {
    let asker = asker(graphql)?;
    let read = crate::loader::one_beside(graphql, id).await?;
    read.ok_or_else(|| coded(&asker.ctx, Error::NotFound))
}

/// One run of a price list import: read, looked at, confirmed, written.
#[Object]
impl PriceListImport {
    /// Its global id.
    pub async fn id(&self) -> ID {
        ident::global(PriceListImportId::KIND, self.0.id.0)
    }

    /// The file's name.
    async fn file_name(&self) -> &str {
        &self.0.file_name
    }

    /// How far it has come.
    async fn status(&self) -> PriceListImportStatus {
        self.0.status.into()
    }

    /// Rows that make new items.
    async fn new_count(&self) -> i32 {
        whole(self.0.counts.new)
    }

    /// Rows that change items.
    async fn changed_count(&self) -> i32 {
        whole(self.0.counts.changed)
    }

    /// Rows that change nothing.
    async fn unchanged_count(&self) -> i32 {
        whole(self.0.counts.unchanged)
    }

    /// Rows that can't be taken.
    async fn refused_count(&self) -> i32 {
        whole(self.0.counts.refused)
    }

    /// Rows that are no article.
    async fn skipped_count(&self) -> i32 {
        whole(self.0.counts.skipped)
    }

    /// All rows that aren't blank.
    async fn row_count(&self) -> i32 {
        let counts = self.0.counts;
        whole(counts.new + counts.changed + counts.unchanged + counts.refused + counts.skipped)
    }

    /// How many rows are done, once confirmed.
    async fn done_count(&self) -> i32 {
        i32::try_from(self.0.rows_done).unwrap_or(i32::MAX)
    }

    /// What holds for the file as a whole, in the language of the request. Costly: ask for it of one run, not of a list.
    #[graphql(complexity = "500")]
    async fn notes(&self, graphql: &Context<'_>) -> Result<Vec<String>> {
        let language = asker(graphql)?.ctx.language;
        Ok(read(graphql, self.0.id).await?.notes.iter().map(|note| note.say(language)).collect())
    }

    /// What would happen, row by row, in the order of the file; paged by offset, since a reading never changes. Costly: ask
    /// for it of one run, not of a list.
    #[graphql(complexity = "500 + child_complexity")]
    async fn rows(
        &self,
        graphql: &Context<'_>,
        #[graphql(desc = "Only rows of this verdict.")] verdict: Option<RowVerdict>,
        #[graphql(desc = "How many rows to leave out.", default = 0)] offset: i32,
        #[graphql(desc = "At most so many rows, up to 100.", default = 100)] first: i32,
    ) -> Result<Vec<PriceListRow>> {
        let asker = asker(graphql)?;
        let language = asker.ctx.language;
        let bounds = || Ok::<_, Error>((within("offset", offset, 0..=100_000)?, within("first", first, 1..=PAGE_MOST)?));
        let (offset, first) = bounds().map_err(|error| coded(&asker.ctx, error))?;
        let reading = read(graphql, self.0.id).await?;
        let rows = reading.rows.iter().filter(|row| verdict.is_none_or(|verdict| RowVerdict::of(&row.verdict) == verdict));
        let rows = rows.skip(offset).take(first);
        Ok(rows.map(|outcome| row(language, outcome)).collect())
    }

    /// The refused rows as a workbook with a reason each, in the language of the request; null when none was refused. Costly:
    /// ask for it of one run, not of a list.
    #[graphql(complexity = "500 + child_complexity")]
    async fn refused_file(&self, graphql: &Context<'_>) -> Result<Option<MadeFile>> {
        if self.0.counts.refused == 0 {
            return Ok(None);
        }
        let asker = asker(graphql)?;
        let reading = read(graphql, self.0.id).await?;
        let made = imports::refused_rows_of(&asker.ctx, &self.0, reading, FileKind::Xlsx).await;
        let made = found(&asker.ctx, made)?;
        Ok(made.map(|(name, bytes)| MadeFile { name, content_base64: STANDARD.encode(bytes) }))
    }

    /// When it was uploaded.
    async fn uploaded_at(&self) -> DateTime<Utc> {
        self.0.uploaded_at
    }

    /// When it was applied or failed.
    async fn ended_at(&self) -> Option<DateTime<Utc>> {
        self.0.ended_at
    }
}

/// A price list to read: XLSX or CSV, at most 10 MB, as a file of the multipart request or in base64.
#[derive(InputObject)]
pub struct ImportPriceListInput {
    /// The file's name.
    pub file_name: String,
    /// The file.
    pub file: Option<Upload>,
    /// Its content in base64, in the place of the file.
    pub content_base64: Option<String>,
    /// Makes the act happen once however often it is sent; at most 200 bytes. The `Idempotency-Key` header serves too.
    pub idempotency_key: Option<String>,
}

impl ImportPriceListInput {
    /// The file's bytes.
    pub(super) fn bytes(&self, graphql: &Context<'_>) -> Result<Vec<u8>, Error> {
        if let Some(file) = &self.file {
            let mut bytes = Vec::new();
            let value = file.value(graphql).map_err(|error| Error::internal("take an upload", error))?;
            value.into_read().read_to_end(&mut bytes).map_err(|error| Error::internal("read an upload", error))?;
            return Ok(bytes);
        }
        let Some(content) = &self.content_base64 else { return Err(Refusal::at(Code::Required, "file").into()) };
        STANDARD
            .decode(content)
            .map_err(|_| Refusal::at(Code::Malformed, "contentBase64").with("expected", "base64").into())
    }
}

/// A price list, read: nothing in the catalogue has changed yet.
#[derive(SimpleObject)]
pub struct ImportPriceListPayload {
    /// The run; null when refused.
    pub price_list_import: Option<PriceListImport>,
    /// What to mend.
    pub user_errors: Vec<UserError>,
}

/// A run to confirm.
#[derive(InputObject)]
pub struct ConfirmPriceListImportInput {
    /// The run.
    pub import_id: ID,
    /// Makes the act happen once however often it is sent; at most 200 bytes. The `Idempotency-Key` header serves too.
    pub idempotency_key: Option<String>,
}

/// A confirmed run: it is being written.
#[derive(SimpleObject)]
pub struct ConfirmPriceListImportPayload {
    /// The run; null when refused.
    pub price_list_import: Option<PriceListImport>,
    /// What to mend.
    pub user_errors: Vec<UserError>,
}
