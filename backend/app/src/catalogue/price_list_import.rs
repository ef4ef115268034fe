//! Runs of price list imports: a file is uploaded and read, its supplier looks at what would happen and confirms, a job
//! writes all good rows in one transaction, and the refused rows go back as a file.

use crate::catalogue::import::{self, Counts, FILE_MOST_BYTES, FileKind, Reading, Verdict};
use crate::catalogue::search;
use crate::jobs::NewJob;
use crate::store::catalogue::price_list_import as kept;
use crate::store::catalogue::{catalogue_item, category};
use crate::{App, Context, Error, Result};
use chrono::{DateTime, TimeDelta, Utc};
use domain::catalogue::catalogue_item::{CatalogueItem, ItemContent};
use domain::ident::{CatalogueItemId, OrganizationId, PriceListImportId, UserId};
use domain::identity::actor::Actor;
use domain::identity::permission::{Action, Scope};
use domain::oversight::event::{Event, Visibility};
use domain::refusal::{Code, Fact, Refusal, check_text};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// The kind of job that applies a confirmed import.
pub(crate) const APPLY_IMPORT: &str = "import.apply";
/// How many rows are prepared between two notes of the progress.
const STEP: usize = 500;
/// The longest file name, in characters.
const FILE_NAME_MOST_CHARS: usize = 200;
/// How long a command line has for applying what it confirmed, before a job looks after it.
const FALLBACK_AFTER: TimeDelta = TimeDelta::minutes(10);
/// The most runs that a list shows.
const LIST_MOST: u64 = 50;

/// How far an import has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ImportStatus {
    /// Read: the supplier looks at what would happen.
    Read,
    /// Confirmed: the job is to apply it, or does.
    Confirmed,
    /// All good rows are in the catalogue.
    Applied,
    /// It could not be applied: the file could not be read any more, a row was refused by what the catalogue has become, or the
    /// tries were used up. Nothing was changed; the file may be uploaded again.
    Failed,
}

impl ImportStatus {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Read, Self::Confirmed, Self::Applied, Self::Failed];

    /// Its name in database and texts (`import-status-…`).
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Confirmed => "confirmed",
            Self::Applied => "applied",
            Self::Failed => "failed",
        }
    }
}

/// One run of a price list import.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PriceListImport {
    /// Its number.
    pub id: PriceListImportId,
    /// Counts its changes.
    pub version: i64,
    /// Whose catalogue.
    pub supplier_id: OrganizationId,
    /// Who uploaded it; none when whoever runs the marketplace did so from its command line.
    pub uploaded_by: Option<UserId>,
    /// The file's name.
    pub file_name: String,
    /// The file's SHA-256 in hexadecimal digits.
    pub sha256: String,
    /// How far it has come.
    pub status: ImportStatus,
    /// How many rows have which verdict.
    pub counts: Counts,
    /// How many rows the job is done with.
    pub rows_done: i64,
    /// When it was uploaded.
    pub uploaded_at: DateTime<Utc>,
    /// When it was confirmed.
    pub confirmed_at: Option<DateTime<Utc>>,
    /// When it was applied or failed.
    pub ended_at: Option<DateTime<Utc>>,
}

impl PriceListImport {
    /// How many rows would change something.
    pub fn rows_to_write(&self) -> usize {
        self.counts.new + self.counts.changed
    }
}

#[derive(Clone, Serialize)]
struct Uploaded {
    supplier: OrganizationId,
    user: Option<UserId>,
    file_name: String,
    sha256: String,
    #[serde(skip)]
    content: Arc<Vec<u8>>,
    #[serde(skip)]
    reading: Arc<Reading>,
}

/// Reads a price list for the supplier for whom the actor acts and keeps the reading: nothing in the catalogue changes.
///
/// # Errors
/// At `file`: `FILE_TOO_LARGE` above [`FILE_MOST_BYTES`], and whatever else [`import::read`] says of a file as a whole;
/// `Forbidden` for all but sellers.
pub async fn upload(app: &App, ctx: &Context, file_name: &str, bytes: Vec<u8>) -> Result<PriceListImport> {
    let own = ctx.person()?.organization;
    upload_for(app, ctx, own, file_name, bytes).await
}

/// As [`upload`], for a supplier that is named: the actor's own, or any for the marketplace itself.
///
/// # Errors
/// As [`upload`].
pub async fn upload_for(app: &App, ctx: &Context, supplier: OrganizationId, file_name: &str, bytes: Vec<u8>) -> Result<PriceListImport> {
    ctx.allow(Action::KeepCatalogue, &Scope::owned_by(supplier))?;
    if bytes.len() > FILE_MOST_BYTES {
        return Err(Refusal::at(Code::FileTooLarge, "file").with("most", FILE_MOST_BYTES / 1_000_000).into());
    }
    let file_name = check_text(file_name, true, FILE_NAME_MOST_CHARS).map_err(|refusal| refusal.under("fileName"))?;
    let content = Arc::new(bytes);
    let (reading, _) = read(app, supplier, &content).await?;
    let reading = reading.map_err(|refusal| refusal.under("file"))?;
    let sha256 = sealing::hex(&Sha256::digest(&*content));
    let user = ctx.actor.person().map(|person| person.user);
    let uploaded = Uploaded { supplier, user, file_name, sha256, content, reading: Arc::new(reading) };
    app.store
        .write_once(ctx, "importPriceList", uploaded, |tx, uploaded| async move {
            let run = PriceListImport {
                id: tx.ctx().new_id(),
                version: 1,
                supplier_id: uploaded.supplier,
                uploaded_by: uploaded.user,
                file_name: uploaded.file_name,
                sha256: uploaded.sha256,
                status: ImportStatus::Read,
                counts: uploaded.reading.counts(),
                rows_done: 0,
                uploaded_at: tx.ctx().now(),
                confirmed_at: None,
                ended_at: None,
            };
            kept::insert(&tx, &run, &uploaded.content, &uploaded.reading).await?;
            record(&tx, "price_list_import.uploaded", &run).await?;
            Ok(run)
        })
        .await
}

async fn record(tx: &crate::store::Tx, name: &str, run: &PriceListImport) -> Result<()> {
    tx.record(Event::new(name, PriceListImportId::KIND, run.id.0, Visibility::Parties, run).with_parties([run.supplier_id.0])).await
}

/// Reads a file against the catalogue as it is now, off the threads that answer requests.
async fn read(
    app: &App,
    supplier: OrganizationId,
    content: &Arc<Vec<u8>>,
) -> Result<(std::result::Result<Reading, Refusal>, Vec<CatalogueItem>)> {
    let tree = category::tree(app.store.reader()).await?;
    let items = catalogue_item::of_supplier(app.store.reader(), supplier).await?;
    let existing: BTreeMap<String, ItemContent> =
        items.iter().map(|item| (item.content.number.clone(), item.content.clone())).collect();
    let content = Arc::clone(content);
    let reading = tokio::task::spawn_blocking(move || import::read(&content, &tree, &existing)).await;
    Ok((reading.map_err(|error| Error::internal("read a price list", error))?, items))
}

/// The run with this id, of the supplier for whom the actor acts.
///
/// # Errors
/// `NotFound`, `Unauthenticated`, `Forbidden`.
pub async fn run(app: &App, ctx: &Context, id: PriceListImportId) -> Result<PriceListImport> {
    known(ctx, kept::by_id(app.store.reader(), id).await?)
}

/// The run, if it is the actor's to know: its own supplier's, or any for the marketplace itself.
fn known(ctx: &Context, run: Option<PriceListImport>) -> Result<PriceListImport> {
    let is_platform = matches!(ctx.actor, Actor::Platform);
    let own = if is_platform { None } else { Some(ctx.person()?.organization) };
    let run = run.filter(|run| is_platform || own == Some(run.supplier_id)).ok_or(Error::NotFound)?;
    ctx.allow(Action::KeepCatalogue, &Scope::owned_by(run.supplier_id))?;
    Ok(run)
}

/// The newest runs of the supplier for whom the actor acts.
///
/// # Errors
/// `Unauthenticated`, `Forbidden`.
pub async fn runs(app: &App, ctx: &Context) -> Result<Vec<PriceListImport>> {
    let own = ctx.person()?.organization;
    ctx.allow(Action::KeepCatalogue, &Scope::owned_by(own))?;
    kept::of_supplier(app.store.reader(), own, LIST_MOST).await
}

/// What was read: row by row, what would happen.
///
/// # Errors
/// As [`run`].
pub async fn reading(app: &App, ctx: &Context, id: PriceListImportId) -> Result<Reading> {
    run(app, ctx, id).await?;
    kept_reading(app, id).await
}

async fn kept_reading(app: &App, id: PriceListImportId) -> Result<Reading> {
    kept::reading(app.store.reader(), id).await?.ok_or(Error::NotFound)
}

/// The refused rows as a file with a reason each in the actor's language, and the file's name.
///
/// # Errors
/// As [`run`]; `NotFound` too when no row was refused.
pub async fn refused_rows(app: &App, ctx: &Context, id: PriceListImportId, kind: FileKind) -> Result<(String, Vec<u8>)> {
    let run = run(app, ctx, id).await?;
    if run.counts.refused == 0 {
        return Err(Error::NotFound);
    }
    let reading = Arc::new(kept_reading(app, id).await?);
    refused_rows_of(ctx, &run, reading, kind).await
}

/// As [`refused_rows`], of a run and its reading that are at hand.
///
/// # Errors
/// When the file can't be made.
pub async fn refused_rows_of(ctx: &Context, run: &PriceListImport, reading: Arc<Reading>, kind: FileKind) -> Result<(String, Vec<u8>)> {
    let language = ctx.language;
    let made = tokio::task::spawn_blocking(move || import::refused_file(&reading, language, kind)).await;
    let bytes = made
        .map_err(|error| Error::internal("write refused rows", error))?
        .map_err(|error| Error::internal("write refused rows", error))?;
    let stem = run.file_name.rsplit_once('.').map_or(run.file_name.as_str(), |(stem, _)| stem);
    let ending = match kind {
        FileKind::Xlsx => "xlsx",
        FileKind::Csv => "csv",
    };
    Ok((format!("{stem}-refused.{ending}"), bytes))
}

/// Confirms what was shown: a job applies it.
///
/// # Errors
/// As [`run`]; `WRONG_STATE` unless it waits to be confirmed.
pub async fn confirm(app: &App, ctx: &Context, id: PriceListImportId) -> Result<PriceListImport> {
    confirm_from(app, ctx, id, TimeDelta::zero()).await
}

/// Confirms what was shown and applies it at once, for a command line that waits for it. The job comes later, in case that
/// the command line is gone by then, and finds its work done.
///
/// # Errors
/// As [`confirm`].
pub async fn apply_now(app: &App, ctx: &Context, id: PriceListImportId) -> Result<PriceListImport> {
    confirm_from(app, ctx, id, FALLBACK_AFTER).await?;
    apply(app, ctx, id).await?;
    run(app, ctx, id).await
}

async fn confirm_from(app: &App, ctx: &Context, id: PriceListImportId, job_after: TimeDelta) -> Result<PriceListImport> {
    app.store
        .write_once(ctx, "confirmPriceListImport", id, move |tx, id| async move {
            let run = known(tx.ctx(), kept::by_id(tx.db(), id).await?)?;
            if run.status != ImportStatus::Read {
                return Err(Refusal::new(Code::WrongState).with("state", Fact::word(format!("import-status-{}", run.status.as_str()))).into());
            }
            let run = PriceListImport { status: ImportStatus::Confirmed, confirmed_at: Some(tx.ctx().now()), ..run };
            let run = kept::save(&tx, run).await?;
            record(&tx, "price_list_import.confirmed", &run).await?;
            tx.enqueue(NewJob::new(APPLY_IMPORT, id.to_string(), &id).at(tx.ctx().now() + job_after)).await?;
            Ok(run)
        })
        .await
}

/// What an import writes.
#[derive(Clone, Default)]
struct Plan {
    new: Vec<ItemContent>,
    changed: Vec<CatalogueItem>,
}

/// The job [`APPLY_IMPORT`]: applies a confirmed import. What would be refused however often it is tried ends the run as failed;
/// a conflict with somebody who changes the catalogue at the same moment does not.
pub(crate) async fn apply(app: &App, ctx: &Context, id: PriceListImportId) -> Result<()> {
    match try_apply(app, ctx, id).await {
        Err(error @ Error::Refused(_)) if !error.has_code(Code::Conflict) => {
            tracing::warn!(%id, %error, "an import is refused");
            give_up(app, ctx, id).await
        }
        tried => tried,
    }
}

/// Ends a run that can't be applied, so that its supplier sees it and may upload the file again.
pub(crate) async fn give_up(app: &App, ctx: &Context, id: PriceListImportId) -> Result<()> {
    match kept::by_id(app.store.reader(), id).await? {
        Some(run) if run.status == ImportStatus::Confirmed => fail(app, ctx, run).await,
        _ => Ok(()),
    }
}

/// Reads the file once more, against the catalogue as it is now, and writes all good rows in one
/// transaction. New items go on sale at once; changed ones stay as they were, on sale or off.
async fn try_apply(app: &App, ctx: &Context, id: PriceListImportId) -> Result<()> {
    let Some(run) = kept::by_id(app.store.reader(), id).await? else { return Ok(()) };
    if run.status != ImportStatus::Confirmed {
        return Ok(());
    }
    let content = Arc::new(kept::content(app.store.reader(), id).await?.ok_or(Error::NotFound)?);
    let (reading, items) = read(app, run.supplier_id, &content).await?;
    let Ok(reading) = reading else { return fail(app, ctx, run).await };
    let mut by_number: HashMap<String, CatalogueItem> =
        items.into_iter().map(|item| (item.content.number.clone(), item)).collect();
    let mut plan = Plan::default();
    let all = reading.rows.len();
    for (done, row) in reading.rows.into_iter().enumerate() {
        if done % STEP == 0 && done > 0 {
            note_progress(app, ctx, id, done).await?;
        }
        match (row.verdict, row.content) {
            (Verdict::New, Some(content)) => plan.new.push(content),
            (Verdict::Changed { .. }, Some(content)) => {
                let item = by_number.remove(&content.number).ok_or(Error::NotFound)?;
                plan.changed.push(item.change(content, ctx.now())?.0);
            }
            _ => {}
        }
    }
    write(app, ctx, run, plan, all).await
}

async fn note_progress(app: &App, ctx: &Context, id: PriceListImportId, done: usize) -> Result<()> {
    app.store.write(ctx, (id, done), |tx, (id, done)| async move { kept::note_progress(&tx, id, done).await }).await
}

async fn write(app: &App, ctx: &Context, run: PriceListImport, plan: Plan, all: usize) -> Result<()> {
    app.store
        .write(ctx, (run, Arc::new(plan), all), |tx, (run, plan, all)| async move {
            let now = tx.ctx().now();
            let mut written: Vec<CatalogueItemId> = Vec::with_capacity(plan.new.len() + plan.changed.len());
            let mut news = Vec::with_capacity(plan.new.len());
            for content in &plan.new {
                let (item, _) = CatalogueItem::create(tx.ctx().new_id(), run.supplier_id, content.clone(), now);
                news.push(item.list(now)?.0);
            }
            catalogue_item::insert_all(&tx, &news).await?;
            written.extend(news.iter().map(|item| item.id));
            for item in &plan.changed {
                written.push(catalogue_item::save(&tx, item.clone()).await?.id);
            }
            for (place, ids) in written.chunks(search::BATCH).enumerate() {
                tx.enqueue(search::item_job(format!("{}-{place}", run.id), ids)).await?;
            }
            let rows_done = i64::try_from(all).unwrap_or(i64::MAX);
            let run = PriceListImport { status: ImportStatus::Applied, rows_done, ended_at: Some(now), ..run };
            let run = kept::save(&tx, run).await?;
            let event = Event::new("price_list_import.applied", PriceListImportId::KIND, run.id.0, Visibility::Parties, &(&run, &written));
            tx.record(event.with_parties([run.supplier_id.0])).await
        })
        .await
}

async fn fail(app: &App, ctx: &Context, run: PriceListImport) -> Result<()> {
    app.store
        .write(ctx, run, |tx, run| async move {
            let run = PriceListImport { status: ImportStatus::Failed, rows_done: 0, ended_at: Some(tx.ctx().now()), ..run };
            let run = kept::save(&tx, run).await?;
            record(&tx, "price_list_import.failed", &run).await
        })
        .await
}
