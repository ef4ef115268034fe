//! `zhaocai import`: categories, and a supplier's price list.

use super::{Failure, Place, language, told};
use app::App;
use app::catalogue::category;
use app::catalogue::import::{FileKind, RowOutcome, Verdict};
use app::catalogue::price_list_import::{self, ImportStatus};
use clap::Subcommand;
use domain::text;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Imports categories, or a supplier's price list.
#[derive(Subcommand)]
pub enum Import {
    /// Takes a table with the columns `code,zh,en` (CSV in UTF-8) into the category tree.
    ///
    /// Categories that it does not name stay.
    Categories {
        #[command(flatten)]
        place: Place,
        /// The table.
        file: PathBuf,
    },
    /// Reads a supplier's price list (XLSX or CSV) and says row by row what would happen; with --apply it happens.
    ///
    /// All good rows go in at once; refused ones are written to a file with a reason each.
    PriceList(PriceList),
}

/// Which list, for whom.
#[derive(clap::Args)]
pub struct PriceList {
    #[command(flatten)]
    place: Place,
    /// The list.
    file: PathBuf,
    /// The supplier's unified social credit code.
    #[arg(long)]
    supplier: String,
    /// Writes the good rows into the catalogue.
    #[arg(long)]
    apply: bool,
    /// Where refused rows go, each with its reason: a new file, .csv or .xlsx.
    #[arg(long)]
    refused: Option<PathBuf>,
}

impl Import {
    /// Does it.
    ///
    /// # Errors
    /// A coded refusal; a file that can't be read or written.
    pub async fn run(&self) -> Result<(), Failure> {
        match self {
            Self::Categories { place, file } => {
                let table = crate::offline::read_text(file)?;
                let app = place.open().await?;
                let changed = category::import(&app, &app.platform_context(), &table).await.map_err(told)?;
                println!("{changed} categories are new or renamed");
                Ok(())
            }
            Self::PriceList(list) => list.run().await,
        }
    }
}

impl PriceList {
    async fn run(&self) -> Result<(), Failure> {
        let bytes = crate::offline::read(&self.file)?;
        let name = self.file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let app = self.place.open().await?;
        let ctx = app.context(domain::identity::actor::Actor::Platform, language(), "import");
        let supplier = app::identity::organization::supplier_by_credit_code(&app, &ctx, &self.supplier).await.map_err(told)?;
        let run = price_list_import::upload_for(&app, &ctx, supplier.id, &name, bytes).await.map_err(told)?;
        let reading = price_list_import::reading(&app, &ctx, run.id).await.map_err(told)?;
        for note in &reading.notes {
            println!("{}", note.say(language()));
        }
        reading.rows.iter().for_each(show);
        let counts = run.counts;
        println!(
            "{}: {} new, {} changed, {} unchanged, {} refused, {} skipped",
            supplier.name.zh, counts.new, counts.changed, counts.unchanged, counts.refused, counts.skipped
        );
        if let (Some(path), true) = (&self.refused, counts.refused > 0) {
            self.write_refused(&app, &ctx, run.id, path).await?;
        }
        if self.apply {
            let run = price_list_import::apply_now(&app, &ctx, run.id).await.map_err(told)?;
            if run.status != ImportStatus::Applied {
                return Err(text::say(language(), "import-failed").into());
            }
            println!("applied: {} items written; a running server brings them into the search index", run.rows_to_write());
        } else {
            println!("nothing was written: --apply does it");
        }
        Ok(())
    }

    async fn write_refused(&self, app: &Arc<App>, ctx: &app::Context, id: domain::ident::PriceListImportId, path: &Path) -> Result<(), Failure> {
        let is_workbook = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("xlsx"));
        let kind = if is_workbook { FileKind::Xlsx } else { FileKind::Csv };
        let (_, bytes) = price_list_import::refused_rows(app, ctx, id, kind).await.map_err(told)?;
        crate::offline::write_new(path, &bytes, false)?;
        println!("refused rows: {}", path.display());
        Ok(())
    }
}

/// One line for each row that is not simply taken as it is.
fn show(row: &RowOutcome) {
    let what = match &row.verdict {
        Verdict::New | Verdict::Unchanged => return,
        Verdict::Changed { fields } => fields.join(", "),
        Verdict::Refused { refusals } => refusals
            .iter()
            .map(|refusal| format!("{} {}", refusal.code.as_str(), text::refusal(language(), refusal)))
            .collect::<Vec<_>>()
            .join("; "),
        Verdict::Skipped { note } => note.say(language()),
    };
    println!("{:>6}  {:<9}  {} {}: {what}", row.line, row.verdict.as_str(), row.number, row.name);
}
