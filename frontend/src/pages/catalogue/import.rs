//! Importing a price list: upload, look at what would happen, confirm, take the refused rows back.

use crate::islands::import_progress::ImportProgress;
use crate::prelude::*;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// The largest file, in megabytes.
const FILE_MOST_MB: i64 = 10;
/// How many rows of the dry run are shown.
const ROWS_SHOWN: i32 = 100;

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
enum PriceListImportStatus {
    Read,
    Confirmed,
    Applied,
    Failed,
}

impl PriceListImportStatus {
    fn tag(self) -> impl IntoView {
        let (state, key) = match self {
            Self::Read => (State::Waiting, "import-status-read"),
            Self::Confirmed => (State::Open, "import-status-confirmed"),
            Self::Applied => (State::Good, "import-status-applied"),
            Self::Failed => (State::Refused, "import-status-failed"),
        };
        view! { <Tag state label=say(key)/> }
    }
}

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
enum RowVerdict {
    New,
    Changed,
    Unchanged,
    Refused,
    Skipped,
}

impl RowVerdict {
    fn tag(self) -> impl IntoView {
        let (state, key) = match self {
            Self::New => (State::Good, "import-verdict-new"),
            Self::Changed => (State::Open, "import-verdict-changed"),
            Self::Unchanged => (State::Closed, "import-verdict-unchanged"),
            Self::Refused => (State::Refused, "import-verdict-refused"),
            Self::Skipped => (State::Draft, "import-verdict-skipped"),
        };
        view! { <Tag state label=say(key)/> }
    }
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Query")]
struct ImportsPage {
    price_list_imports: Vec<Run>,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "PriceListImport")]
struct Run {
    id: cynic::Id,
    file_name: String,
    status: PriceListImportStatus,
    row_count: i32,
    refused_count: i32,
    uploaded_at: chrono::DateTime<chrono::Utc>,
}

/// Where a file is chosen, and what was imported before.
pub(super) async fn page(visit: &Visit) -> Answered {
    visit.signed_in()?;
    let runs = visit.ask(ImportsPage::build(())).await?.price_list_imports;
    Page::titled(visit.say("import-title")).crumb(visit.say("section-catalogue"), "/catalogue").show(move || {
        let before = (!runs.is_empty()).then(|| earlier(runs));
        view! {
            <h1>{say("import-title")}</h1>
            <p>{say("import-about")}</p>
            <Form files=true>
                <FileField name="file" label=say("import-file") accept=".xlsx,.csv" most_mb=FILE_MOST_MB/>
                <Button label=say("import-read") kind=Kind::Primary/>
            </Form>
            {before}
        }
    })
}

fn earlier(runs: Vec<Run>) -> impl IntoView {
    let rows = runs.into_iter().map(|run| {
        let address = format!("/catalogue/import/{}", run.id.inner());
        view! {
            <tr>
                <th scope="row"><a href=address>{run.file_name}</a></th>
                <td>{run.status.tag()}</td>
                <td class="number">{run.row_count}</td>
                <td class="number">{run.refused_count}</td>
                <td><Instant at=run.uploaded_at/></td>
            </tr>
        }
    });
    let columns = vec![
        Column::new(say("import-file-name")),
        Column::new(say("import-status")),
        Column::number(say("import-rows")),
        Column::number(say("import-verdict-refused")),
        Column::new(say("import-uploaded-at")),
    ];
    view! { <h2>{say("import-earlier")}</h2> <Table caption=say("import-earlier") columns>{rows.collect_view()}</Table> }
}

#[derive(cynic::InputObject, Debug)]
struct ImportPriceListInput {
    file_name: String,
    content_base64: Option<String>,
}

#[derive(cynic::QueryVariables, Debug)]
struct Sent {
    input: ImportPriceListInput,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Mutation", variables = "Sent")]
struct ImportPriceList {
    #[arguments(input: $input)]
    import_price_list: ImportPriceListPayload,
}

#[derive(cynic::QueryFragment, Debug)]
struct ImportPriceListPayload {
    price_list_import: Option<RunId>,
    user_errors: Vec<UserError>,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "PriceListImport")]
struct RunId {
    id: cynic::Id,
}

/// Sends the file and goes on to what would happen.
pub(super) async fn act(visit: &Visit) -> Answered {
    visit.signed_in()?;
    let Some(file) = visit.file("file") else {
        return Answer::again([FormError::at("file", visit.say("import-file-missing"))]);
    };
    let input = ImportPriceListInput { file_name: file.file_name.clone(), content_base64: Some(STANDARD.encode(&file.bytes)) };
    let sent = visit.ask(ImportPriceList::build(Sent { input })).await?.import_price_list;
    match sent.price_list_import {
        Some(run) => Answer::go(format!("/catalogue/import/{}", run.id.inner())),
        None => Answer::again(sent.user_errors),
    }
}

#[derive(cynic::QueryVariables, Debug)]
struct Which {
    id: cynic::Id,
    first: i32,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Query", variables = "Which")]
struct RunPage {
    #[arguments(id: $id)]
    price_list_import: Option<PriceListImport>,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(variables = "Which")]
struct PriceListImport {
    id: cynic::Id,
    file_name: String,
    status: PriceListImportStatus,
    new_count: i32,
    changed_count: i32,
    unchanged_count: i32,
    refused_count: i32,
    skipped_count: i32,
    row_count: i32,
    done_count: i32,
    notes: Vec<String>,
    #[arguments(first: $first)]
    rows: Vec<PriceListRow>,
}

#[derive(cynic::QueryFragment, Debug)]
struct PriceListRow {
    line: i32,
    number: String,
    name: String,
    verdict: RowVerdict,
    remarks: String,
}

/// What would happen, row by row; once confirmed, how far it has come.
pub(super) async fn run(visit: &Visit, id: &str) -> Answered {
    visit.signed_in()?;
    let which = Which { id: cynic::Id::new(id), first: ROWS_SHOWN };
    let run = visit.ask(RunPage::build(which)).await?.price_list_import.ok_or(PageError::NotFound)?;
    let page = Page::titled(run.file_name.clone()).crumb(visit.say("section-catalogue"), "/catalogue");
    page.crumb(visit.say("import-title"), "/catalogue/import").wide().show(move || {
        let counts = [
            ("import-verdict-new", run.new_count),
            ("import-verdict-changed", run.changed_count),
            ("import-verdict-unchanged", run.unchanged_count),
            ("import-verdict-refused", run.refused_count),
            ("import-verdict-skipped", run.skipped_count),
        ];
        let counts = counts.map(|(key, count)| SummaryFact::new(say(key), count.to_string())).into();
        let refused = format!("/catalogue/import/{}/refused", run.id.inner());
        let refused = (run.refused_count > 0).then(|| view! { <p><LinkButton label=say("import-take-refused") to=refused/></p> });
        let notes = run.notes.iter().map(|note| view! { <li>{note.clone()}</li> }).collect_view();
        let more = (run.row_count > ROWS_SHOWN).then(|| {
            view! { <p class="quiet">{say_with("import-rows-shown", facts([("shown", i64::from(ROWS_SHOWN).into()), ("all", i64::from(run.row_count).into())]))}</p> }
        });
        view! {
            <h1>{run.file_name.clone()}</h1>
            <p>{run.status.tag()}</p>
            {next(&run)}
            <SummaryList facts=counts/>
            {refused}
            <ul>{notes}</ul>
            {rows(run.rows)}
            {more}
        }
    })
}

/// What to do next, by how far it has come.
fn next(run: &PriceListImport) -> AnyView {
    let to_write = run.new_count + run.changed_count;
    match run.status {
        PriceListImportStatus::Read if to_write > 0 => {
            let about = say_with("import-confirm-about", facts([("count", i64::from(to_write).into())]));
            view! { <Form><p>{about}</p><Button label=say("import-confirm") kind=Kind::Primary/></Form> }.into_any()
        }
        PriceListImportStatus::Read => view! { <Notice tone=Tone::Info title=say("import-nothing")>""</Notice> }.into_any(),
        PriceListImportStatus::Confirmed => {
            let words = say_with("import-progress", facts([("done", "{done}".into()), ("all", i64::from(run.row_count).into())]));
            let here = format!("/catalogue/import/{}", run.id.inner());
            view! {
                <ImportProgress page=here.clone() done=run.done_count all=run.row_count words/>
                <noscript><p><a href=here>{say("import-look-again")}</a></p></noscript>
            }
            .into_any()
        }
        PriceListImportStatus::Applied => {
            view! { <Notice tone=Tone::Good title=say("import-applied")><a href="/catalogue">{say("section-catalogue")}</a></Notice> }.into_any()
        }
        PriceListImportStatus::Failed => view! { <Notice tone=Tone::Error title=say("import-failed")>""</Notice> }.into_any(),
    }
}

fn rows(rows: Vec<PriceListRow>) -> impl IntoView {
    let rows = rows.into_iter().map(|row| {
        // A missing name is what such a row is refused for: its place is not left empty.
        let name = if row.name.is_empty() { "—".to_owned() } else { row.name };
        view! {
            <tr>
                <td class="number">{row.line}</td>
                <td>{row.verdict.tag()}</td>
                <td>{row.number}</td>
                <th scope="row">{name}</th>
                <td>{row.remarks}</td>
            </tr>
        }
    });
    let columns = vec![
        Column::number(say("import-column-line")),
        Column::new(say("import-what-happens")),
        Column::new(say("item-field-number")),
        Column::new(say("item-field-name")),
        Column::new(say("import-remarks")),
    ];
    view! { <Table caption=say("import-dry-run") columns>{rows.collect_view()}</Table> }
}

#[derive(cynic::InputObject, Debug)]
struct ConfirmPriceListImportInput {
    import_id: cynic::Id,
}

#[derive(cynic::QueryVariables, Debug)]
struct Confirmed {
    input: ConfirmPriceListImportInput,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Mutation", variables = "Confirmed")]
struct ConfirmPriceListImport {
    #[arguments(input: $input)]
    confirm_price_list_import: ConfirmPriceListImportPayload,
}

#[derive(cynic::QueryFragment, Debug)]
struct ConfirmPriceListImportPayload {
    user_errors: Vec<UserError>,
}

/// Confirms.
pub(super) async fn confirm(visit: &Visit, id: &str) -> Answered {
    let input = ConfirmPriceListImportInput { import_id: cynic::Id::new(id) };
    let confirmed = visit.ask(ConfirmPriceListImport::build(Confirmed { input })).await?.confirm_price_list_import;
    if confirmed.user_errors.is_empty() { Answer::go(format!("/catalogue/import/{id}")) } else { Answer::again(confirmed.user_errors) }
}

#[derive(cynic::QueryVariables, Debug)]
struct WhichFile {
    id: cynic::Id,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Query", variables = "WhichFile")]
struct RefusedPage {
    #[arguments(id: $id)]
    price_list_import: Option<Refused>,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "PriceListImport")]
struct Refused {
    refused_file: Option<MadeFile>,
}

#[derive(cynic::QueryFragment, Debug)]
struct MadeFile {
    name: String,
    content_base64: String,
}

/// The refused rows as a workbook.
pub(super) async fn refused(visit: &Visit, id: &str) -> Answered {
    let asked = visit.ask(RefusedPage::build(WhichFile { id: cynic::Id::new(id) })).await?;
    let file = asked.price_list_import.and_then(|run| run.refused_file).ok_or(PageError::NotFound)?;
    let bytes = STANDARD
        .decode(&file.content_base64)
        .map_err(|error| PageError::Internal(error.to_string()))?;
    Answer::file(&file.name, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", bytes)
}
