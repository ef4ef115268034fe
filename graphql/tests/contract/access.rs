//! Who may ask what: every root field × role, by running a document as each of them.

use crate::stage::{COLUMNS, Stage};
use async_graphql::{Request, Response, UploadValue, Variables};
use futures::StreamExt as _;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::sync::Arc;
use std::time::Duration;

/// The table. A field that isn't in it fails the test, and so does a cell that isn't as the table says.
const TABLE: &str = include_str!("access.txt");
/// Stands in the table where a file is sent.
const UPLOAD: &str = "$upload";
/// In which order people are asked: those who may act last, so that what they do changes nobody's answer.
const ORDER: &str = "PsoakeRUDFEKLASO";
/// How long silence is listened to; all subscriptions are listened to at once.
const SILENCE: Duration = Duration::from_millis(1500);
/// An id older than every event: with it a subscription first tells all of the past that its listener may know.
const OLDEST: &str = "RXZlbnQ6MDAwMDAwMDAtMDAwMC0wMDAwLTAwMDAtMDAwMDAwMDAwMDAw";

/// A line of the table.
struct Row {
    operation: &'static str,
    outcomes: &'static str,
    selection: &'static str,
}

impl Row {
    fn field(&self) -> String {
        let end = self.selection.find(|character: char| !character.is_alphanumeric()).unwrap_or(self.selection.len());
        format!("{}.{}", self.operation, &self.selection[..end])
    }

    fn document(&self, stage: &Stage) -> String {
        let mut selection = self.selection.to_owned();
        // The last in the alphabet first: `$opened` is not `$open`.
        for (name, id) in stage.ids.iter().rev() {
            selection = selection.replace(&format!("${name}"), &format!("\"{id}\""));
        }
        selection = selection.replace("$oldest", &format!("\"{OLDEST}\""));
        if self.operation == "mutation" {
            selection += " { userErrors { code path message } }";
        }
        let variables = if selection.contains(UPLOAD) { "($upload: Upload!)" } else { "" };
        assert!(!selection.replace(UPLOAD, "").contains('$'), "an id that the stage doesn't know: {selection}");
        format!("{}{variables} {{ {selection} }}", self.operation)
    }

    /// The request, with a file where it takes one.
    fn request(&self, stage: &Stage) -> Request {
        let mut request = Request::new(self.document(stage));
        if self.selection.contains(UPLOAD) {
            let file = UploadValue { filename: "a.pdf".to_owned(), content_type: None, content: b"%PDF-1.7\n".to_vec().into() };
            request = request.variables(Variables::from_json(json!({ "upload": null })));
            request.set_upload("variables.upload", file);
        }
        request
    }
}

fn rows() -> Vec<Row> {
    let mut operation = "";
    let mut rows = Vec::new();
    for line in TABLE.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
        match line.split_once(' ') {
            None => operation = line,
            Some((outcomes, selection)) => rows.push(Row { operation, outcomes, selection: selection.trim() }),
        }
    }
    rows
}

/// `+` it happened, or was refused for what was in it; `n` nothing is there for this person; `f` forbidden;
/// `u` somebody must sign in.
fn outcome(response: &Response) -> char {
    let body = serde_json::to_value(response).expect("JSON");
    if let Some(code) = body["errors"][0]["extensions"]["code"].as_str() {
        return match code {
            "UNAUTHENTICATED" => 'u',
            "FORBIDDEN" => 'f',
            "NOT_FOUND" => 'n',
            "INTERNAL" | "QUERY_INVALID" => panic!("{body}"),
            _ => '+',
        };
    }
    assert!(body.get("errors").is_none(), "{body}");
    let answer = body["data"].as_object().and_then(|data| data.values().next()).cloned().unwrap_or_default();
    let error = &answer["userErrors"][0];
    let is_missing = error["code"] == "NOT_FOUND" && error["path"].as_array().is_some_and(Vec::is_empty);
    let is_empty = [&answer, &answer["nodes"], &answer["edges"]].into_iter().any(|list| list.as_array().is_some_and(Vec::is_empty));
    if answer == Value::Null || is_missing || is_empty { 'n' } else { '+' }
}

#[tokio::test]
async fn every_root_field_answers_every_role_as_the_table_says() {
    let stage = Stage::set().await;
    let mut found = String::new();
    let mut wrong = 0;
    for row in rows().iter().filter(|row| row.operation != "subscription") {
        let mut answered = BTreeMap::new();
        for letter in ORDER.chars() {
            let response = stage.market.run(stage.person(letter), row.request(&stage)).await;
            answered.insert(letter, outcome(&response));
        }
        let outcomes: String = COLUMNS.chars().map(|letter| answered[&letter]).collect();
        if outcomes != row.outcomes {
            wrong += 1;
            let _ = writeln!(found, "is     {outcomes} {}\nshould {} \n", row.selection, row.outcomes);
        }
    }
    assert!(wrong == 0, "{wrong} rows are not as the table says\n       {COLUMNS}\n{found}");
}

#[tokio::test]
async fn every_subscription_tells_every_role_what_the_table_says() {
    let stage = Stage::set().await;
    for row in rows().iter().filter(|row| row.operation == "subscription") {
        let listened = COLUMNS.chars().map(|letter| {
            let request = stage.market.asked(stage.person(letter), row.request(&stage));
            let mut told = stage.market.schema.follow(request, Arc::default());
            async move { tokio::time::timeout(SILENCE, told.next()).await.map_or('n', |first| first.as_ref().map_or('n', outcome)) }
        });
        let outcomes: String = futures::future::join_all(listened).await.into_iter().collect();
        assert_eq!(outcomes, row.outcomes, "{}", row.selection);
    }
}

#[tokio::test]
async fn every_root_field_has_its_row_and_every_row_its_field() {
    let query = "{ __schema { queryType { fields { name } } mutationType { fields { name } } subscriptionType { fields { name } } } }";
    let answer = graphql::schema().execute(query).await.data.into_json().expect("JSON");
    let mut fields = BTreeSet::new();
    for operation in ["query", "mutation", "subscription"] {
        let listed = answer["__schema"][format!("{operation}Type")]["fields"].as_array().expect("fields");
        fields.extend(listed.iter().map(|field| format!("{operation}.{}", field["name"].as_str().expect("a name"))));
    }
    let rows: BTreeSet<String> = rows().iter().map(Row::field).collect();
    let without: Vec<_> = fields.difference(&rows).collect();
    assert!(without.is_empty(), "root fields that have no row in access.txt: {without:?}");
    let gone: Vec<_> = rows.difference(&fields).collect();
    assert!(gone.is_empty(), "rows of access.txt without a root field: {gone:?}");
    assert!(fields.len() > 80, "the schema was not read");
}
