//! Pages: requests of people's browsers, handed to the frontend with the schema to run in process.

use super::{Edge, demo};
use super::asker::{Visitor, visitor};
use super::posted::{self, Posted};
use ::graphql::Asker;
use app::identity::{account, organization};
use axum::body::Body;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, Method as Verb, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::language::Language;
use frontend::{GraphQl, Method, PostedFile, Request, Upload, Viewer};
use futures::future::BoxFuture;
use std::sync::Arc;

/// Runs the schema under the rights of one visit.
struct InProcess {
    edge: Edge,
    asker: Asker,
}

impl GraphQl for InProcess {
    fn execute(&self, request_json: String, uploads: Vec<Upload>) -> BoxFuture<'static, String> {
        let (schema, asker) = (self.edge.schema.clone(), self.asker.clone());
        Box::pin(async move {
            match serde_json::from_str::<async_graphql::Request>(&request_json) {
                Ok(mut request) => {
                    for Upload { variable, file } in uploads {
                        request.set_upload(&variable, upload(file));
                    }
                    serde_json::to_string(&schema.execute(request.data(asker)).await).unwrap_or_default()
                }
                Err(error) => serde_json::json!({ "errors": [{ "message": error.to_string() }] }).to_string(),
            }
        })
    }
}

fn upload(file: PostedFile) -> async_graphql::UploadValue {
    let content_type = Some(file.content_type);
    async_graphql::UploadValue { filename: file.file_name, content_type, content: file.bytes.into() }
}

/// Every address that is no other edge's.
pub(super) async fn page(
    State(edge): State<Edge>,
    verb: Verb,
    uri: Uri,
    Query(query): Query<Vec<(String, String)>>,
    headers: HeaderMap,
    body: axum::extract::Request,
) -> Response {
    let method = match verb {
        Verb::GET | Verb::HEAD => Method::Get,
        Verb::POST if is_own_origin(&headers) => Method::Post,
        Verb::POST => return StatusCode::FORBIDDEN.into_response(),
        _ => return StatusCode::METHOD_NOT_ALLOWED.into_response(),
    };
    let posted = match method {
        Method::Get => Posted::default(),
        Method::Post => match posted::read(body, edge.form_most_bytes).await {
            Ok(posted) => posted,
            Err(status) => return status.into_response(),
        },
    };
    let cookies = cookies(&headers);
    let cookie = |name: &str| cookies.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str());
    let wish = query.iter().find(|(name, _)| name == "lang").map(|(_, tag)| tag.as_str()).or_else(|| cookie("lang"));
    let wish = wish.and_then(Language::from_tag);
    let Visitor { asker, cookies: renewed, .. } = visitor(&edge, &headers, wish).await;
    let request = Request {
        method,
        path: uri.path().to_owned(),
        query,
        form: posted.fields,
        files: posted.files,
        accept_language: text(&headers, &header::ACCEPT_LANGUAGE).to_owned(),
        viewer: viewer(&asker).await,
        demo: demo::shown(&edge, &asker.ctx).await,
        now: asker.ctx.now(),
        nonce: URL_SAFE_NO_PAD.encode(asker.ctx.chance().bytes::<16>()),
        request_id: asker.ctx.request_id.clone(),
        secure: edge.app.settings().public_url.starts_with("https:"),
        assets: edge.assets.clone(),
        cookies,
    };
    let nonce = request.nonce.clone();
    let request_id = request.request_id.clone();
    let answer = frontend::respond(request, Arc::new(InProcess { edge, asker })).await;
    if let Some(cause) = &answer.cause {
        tracing::error!(request_id, cause, "a page failed");
    }
    let policy = format!(
        "default-src 'self'; script-src 'self' 'nonce-{nonce}' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; \
         base-uri 'none'; frame-ancestors 'none'; form-action 'self'"
    );
    let mut response = Response::builder().status(answer.status).header(header::CONTENT_SECURITY_POLICY, policy);
    for (name, value) in answer.headers.into_iter().chain(renewed.into_iter().map(|cookie| ("set-cookie".to_owned(), cookie))) {
        response = response.header(name, value);
    }
    response.body(Body::from(answer.body)).unwrap_or_else(|_| StatusCode::INTERNAL_SERVER_ERROR.into_response())
}

async fn viewer(asker: &Asker) -> Option<Viewer> {
    let person = asker.ctx.actor.person()?;
    let user = account::viewer(&asker.app, &asker.ctx).await.ok()?;
    let own = organization::organization(&asker.app, &asker.ctx, person.organization).await.ok()?;
    Some(Viewer {
        name: user.name.in_language(asker.ctx.language).to_owned(),
        login: user.login,
        organization: own.name,
        organization_kind: own.kind,
        roles: person.roles.clone(),
    })
}

/// Whether a form was posted by a page of ours. Browsers send `Origin` with every `POST`.
pub(super) fn is_own_origin(headers: &HeaderMap) -> bool {
    let origin = text(headers, &header::ORIGIN);
    let host = text(headers, &header::HOST);
    !host.is_empty() && origin.split_once("://").is_some_and(|(_, of)| of == host)
}

fn text<'a>(headers: &'a HeaderMap, name: &header::HeaderName) -> &'a str {
    headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

pub(super) fn cookies(headers: &HeaderMap) -> Vec<(String, String)> {
    let pairs = text(headers, &header::COOKIE).split("; ").filter_map(|pair| pair.split_once('='));
    pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}
