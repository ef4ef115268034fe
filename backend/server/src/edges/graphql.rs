//! GraphQL over HTTP, by its specification: our own responder, since the stock one answers everything with 200.

use super::accept::Form;
use super::asker::asker;
use super::{Edge, upload};
use async_graphql::parser::types::{DocumentOperations, OperationType};
use async_graphql::{Request, Response as Answer, ServerError, UploadValue, Variables};
use axum::body::to_bytes;
use axum::extract::{FromRequest as _, Multipart, Query, State};
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::refusal::{Code, Refusal};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// The parameters of a request, wherever they stand.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Parameters {
    #[serde(default)]
    query: String,
    #[serde(default)]
    operation_name: Option<String>,
    #[serde(default)]
    variables: Option<Map<String, Value>>,
    #[serde(default)]
    extensions: Option<Extensions>,
}

/// The extensions that we know.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Extensions {
    #[serde(default)]
    persisted_query: Option<PersistedQuery>,
}

/// A query named by its hash.
#[derive(Deserialize)]
struct PersistedQuery {
    #[serde(rename = "sha256Hash")]
    sha256: String,
}

/// The same in an address, where the maps are JSON in text.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct AddressParameters {
    query: Option<String>,
    operation_name: Option<String>,
    variables: Option<String>,
    extensions: Option<String>,
}

/// `POST /graphql`
pub(super) async fn post(State(edge): State<Edge>, headers: HeaderMap, request: axum::extract::Request) -> Response {
    let Some(form) = Form::wanted(&headers) else { return not_acceptable() };
    let media_type = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let (body, files) = match media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase().as_str() {
        "application/json" => {
            let Ok(body) = to_bytes(request.into_body(), edge.request_most_bytes).await else {
                let refusal = Refusal::new(Code::RequestTooLarge).with("most", edge.request_most_bytes);
                return refuse(form, &headers, StatusCode::PAYLOAD_TOO_LARGE, &refusal);
            };
            (body, Vec::new())
        }
        "multipart/form-data" => {
            let parts = match Multipart::from_request(request, &()).await {
                Ok(parts) => parts,
                Err(error) => return malformed(form, &headers, &error.body_text()),
            };
            match upload::read(&edge, &headers, parts).await {
                Ok(uploaded) => (uploaded.operations, uploaded.files),
                Err((status, refusal)) => return refuse(form, &headers, status, &refusal),
            }
        }
        // Only a JSON body asks the browser's permission across origins: this is also the guard against forged requests.
        _ => {
            let refusal = Refusal::new(Code::FileKindNotTaken).with("expected", "application/json");
            return refuse(form, &headers, StatusCode::UNSUPPORTED_MEDIA_TYPE, &refusal);
        }
    };
    if upload::is_batch(&body) {
        return refuse(form, &headers, StatusCode::BAD_REQUEST, &Refusal::new(Code::BatchNotTaken));
    }
    match serde_json::from_slice(&body) {
        Ok(parameters) => answer(&edge, &headers, form, &Method::POST, parameters, files).await,
        Err(error) => malformed(form, &headers, &error.to_string()),
    }
}

/// `GET /graphql`
pub(super) async fn get(State(edge): State<Edge>, headers: HeaderMap, Query(address): Query<AddressParameters>) -> Response {
    let Some(form) = Form::wanted(&headers) else { return not_acceptable() };
    let parameters = match (read(address.variables), read(address.extensions)) {
        (Ok(variables), Ok(extensions)) => {
            Parameters { query: address.query.unwrap_or_default(), operation_name: address.operation_name, variables, extensions }
        }
        (Err(error), _) | (_, Err(error)) => return malformed(form, &headers, &error.to_string()),
    };
    answer(&edge, &headers, form, &Method::GET, parameters, Vec::new()).await
}

fn read<T: DeserializeOwned>(text: Option<String>) -> serde_json::Result<Option<T>> {
    text.filter(|text| !text.is_empty()).map(|text| serde_json::from_str(&text)).transpose()
}

async fn answer(
    edge: &Edge,
    headers: &HeaderMap,
    form: Form,
    method: &Method,
    mut parameters: Parameters,
    files: Vec<(String, UploadValue)>,
) -> Response {
    if let Some(hash) = parameters.extensions.take().and_then(|extensions| extensions.persisted_query) {
        match edge.persisted.resolve(&parameters.query, &hash.sha256) {
            Ok(query) => parameters.query = query,
            Err(refusal) => {
                // Clients that persist their queries send the query after this answer, whichever the form.
                let status = if form == Form::Json { StatusCode::OK } else { StatusCode::BAD_REQUEST };
                return refuse(form, headers, status, &refusal);
            }
        }
    }
    if parameters.query.is_empty() {
        return malformed(form, headers, "query is missing");
    }
    let (asker, known) = asker(edge, headers).await;
    if known.is_err() {
        let message = domain::text::say(asker.ctx.language, "error-unauthenticated");
        let body = json!({ "errors": [{ "message": message, "extensions": { "code": "UNAUTHENTICATED" } }] });
        return respond(form, StatusCode::UNAUTHORIZED, &body);
    }
    if method == Method::GET && !is_query(&parameters) {
        let refusal = Refusal::new(Code::QueryInvalid).with("reason", "GET: query only");
        let mut response = refuse(form, headers, StatusCode::METHOD_NOT_ALLOWED, &refusal);
        response.headers_mut().insert(header::ALLOW, header::HeaderValue::from_static("POST"));
        return response;
    }
    let mut request = Request::new(parameters.query)
        .variables(Variables::from_json(Value::Object(parameters.variables.unwrap_or_default())))
        .data(asker);
    if let Some(name) = parameters.operation_name.filter(|name| !name.is_empty()) {
        request = request.operation_name(name);
    }
    for (place, file) in files {
        request.set_upload(&place, file);
    }
    let answer = edge.schema.execute(request).await;
    let is_request_error = is_request_error(&answer);
    let data = (!is_request_error).then_some(&answer.data);
    let status = match form {
        Form::GraphQl if is_request_error => StatusCode::BAD_REQUEST,
        Form::GraphQl | Form::Json => StatusCode::OK,
    };
    respond(form, status, &Body { data, errors: &answer.errors, extensions: &answer.extensions })
}

/// An answer as it is written: `data` in the order in which it was selected, and no `data` where nothing was executed.
#[derive(Serialize)]
struct Body<'answer> {
    #[serde(skip_serializing_if = "Option::is_none")]
    data: Option<&'answer async_graphql::Value>,
    #[serde(skip_serializing_if = "<[ServerError]>::is_empty")]
    errors: &'answer [ServerError],
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    extensions: &'answer BTreeMap<String, async_graphql::Value>,
}

/// Whether the request itself was wrong, so that nothing was executed and there is no `data`.
fn is_request_error(answer: &Answer) -> bool {
    answer.data == async_graphql::Value::Null && answer.errors.iter().any(|error| error.path.is_empty())
}

/// Whether the operation asked for only reads. What does not parse is left to the executor's own words.
fn is_query(parameters: &Parameters) -> bool {
    let Ok(document) = async_graphql::parser::parse_query(&parameters.query) else { return true };
    match document.operations {
        DocumentOperations::Single(operation) => operation.node.ty == OperationType::Query,
        DocumentOperations::Multiple(operations) => operations.iter().all(|(name, operation)| {
            operation.node.ty == OperationType::Query
                || parameters.operation_name.as_deref().is_some_and(|wanted| wanted != name.as_str())
        }),
    }
}

fn malformed(form: Form, headers: &HeaderMap, reason: &str) -> Response {
    let refusal = Refusal::new(Code::QueryInvalid).with("reason", reason);
    refuse(form, headers, StatusCode::BAD_REQUEST, &refusal)
}

fn refuse(form: Form, headers: &HeaderMap, status: StatusCode, refusal: &Refusal) -> Response {
    let wish = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    let language = wish.and_then(domain::language::Language::from_accept_language).unwrap_or_default();
    let message = domain::text::refusal(language, refusal);
    respond(form, status, &json!({ "errors": [{ "message": message, "extensions": { "code": refusal.code.as_str() } }] }))
}

fn respond(form: Form, status: StatusCode, body: &impl Serialize) -> Response {
    let headers = [(header::CONTENT_TYPE, form.content_type()), (header::CACHE_CONTROL, "no-store"), (header::VARY, "Accept, Accept-Language, Authorization")];
    match serde_json::to_vec(body) {
        Ok(text) => (status, headers, text).into_response(),
        Err(error) => {
            tracing::error!(%error, "an answer can't be written");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

fn not_acceptable() -> Response {
    (StatusCode::NOT_ACCEPTABLE, "application/graphql-response+json, application/json\n").into_response()
}
