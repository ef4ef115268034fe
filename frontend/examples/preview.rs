//! Serves the pages without a marketplace behind them: for work on the design. Run `cargo xtask pages` first, then
//! `cargo run -p frontend --features ssr --example preview`. `?as=buyer` signs a reader in; `?demo` shows the demo's bar.

use std::{path::PathBuf, sync::Arc};

use axum::{
    body::{Body, Bytes},
    extract::{Path, Query, State},
    http::{HeaderMap, Method as Verb, Uri, header},
    response::Response,
    routing::get,
};
use chrono::DateTime;
use domain::{
    identity::{organization::OrganizationKind, role::Role},
    language::LocalText,
};
use frontend::{Assets, Demo, DemoAccount, GraphQl, Method, Request, Upload, Viewer};
use futures::future::BoxFuture;

struct NoContract;

impl GraphQl for NoContract {
    fn execute(&self, _request_json: String, _uploads: Vec<Upload>) -> BoxFuture<'static, String> {
        Box::pin(async { r#"{"data":null,"errors":[{"message":"no market here","extensions":{"code":"UNAVAILABLE"}}]}"#.to_owned() })
    }
}

#[derive(Clone)]
struct Site {
    folder: PathBuf,
    assets: Arc<Assets>,
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| PathBuf::from("target"), PathBuf::from);
    let folder = target.join("site/pkg");
    let assets = Arc::new(Assets::from_json(&std::fs::read(folder.join("assets.json"))?)?);
    let router = axum::Router::new().route("/pkg/{name}", get(file)).fallback(page).with_state(Site { folder, assets });
    let listener = tokio::net::TcpListener::bind(std::env::args().nth(1).as_deref().unwrap_or("127.0.0.1:8099")).await?;
    println!("http://{}/design", listener.local_addr()?);
    Ok(axum::serve(listener, router).await?)
}

async fn file(State(site): State<Site>, Path(name): Path<String>) -> Response {
    let kind = match name.rsplit('.').next() {
        Some("css") => "text/css",
        Some("wasm") => "application/wasm",
        _ => "text/javascript",
    };
    match std::fs::read(site.folder.join(name.replace('/', ""))) {
        Ok(bytes) => Response::builder().header(header::CONTENT_TYPE, kind).body(Body::from(bytes)),
        Err(_) => Response::builder().status(404).body(Body::empty()),
    }
    .expect("a response of known parts")
}

async fn page(State(site): State<Site>, verb: Verb, uri: Uri, query: Query<Vec<(String, String)>>, headers: HeaderMap, body: Bytes) -> Response {
    let text = |name: header::HeaderName| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
    let form = Query::<Vec<(String, String)>>::try_from_uri(&format!("/?{}", String::from_utf8_lossy(&body)).parse().expect("a form")).map(|form| form.0);
    let cookies = text(header::COOKIE).split("; ").filter_map(|pair| pair.split_once('=')).map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    let asked = |name: &str| query.iter().any(|(field, _)| field == name);
    let request = Request {
        method: if verb == Verb::POST { Method::Post } else { Method::Get },
        path: uri.path().to_owned(),
        form: form.unwrap_or_default(),
        files: Vec::new(),
        cookies,
        accept_language: text(header::ACCEPT_LANGUAGE),
        viewer: asked("as").then(viewer),
        demo: asked("demo").then(demo),
        now: DateTime::from_timestamp(1_795_480_200, 0).expect("a time"),
        nonce: "preview".to_owned(),
        request_id: "0192f7c1-preview".to_owned(),
        secure: false,
        assets: site.assets,
        query: query.0,
    };
    let answer = frontend::respond(request, Arc::new(NoContract)).await;
    let policy = "default-src 'self'; script-src 'self' 'nonce-preview' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; base-uri 'none'; frame-ancestors 'none'; form-action 'self'";
    let mut response = Response::builder().status(answer.status).header(header::CONTENT_SECURITY_POLICY, policy);
    for (name, value) in answer.headers {
        response = response.header(name, value);
    }
    response.body(Body::from(answer.body)).expect("a response of known parts")
}

fn viewer() -> Viewer {
    Viewer {
        name: "林晓雯".to_owned(),
        login: "lin".to_owned(),
        organization: LocalText::new("云州市第一人民医院", "Yunzhou First People's Hospital"),
        organization_kind: OrganizationKind::Buyer,
        roles: vec![Role::Officer, Role::KeyHolder],
    }
}

fn demo() -> Demo {
    let account = |login: &str, name: &str, role| DemoAccount {
        login: login.to_owned(),
        password: "procure-2026".to_owned(),
        name: name.to_owned(),
        roles: vec![role],
        organization: LocalText::new("云州市第一人民医院", "Yunzhou First People's Hospital"),
        holder_key: None,
    };
    Demo {
        accounts: vec![account("lin", "林晓雯", Role::Officer), account("zhao", "赵国栋", Role::Approver)],
        next_deadline_at: DateTime::from_timestamp(1_795_744_800, 0),
    }
}
