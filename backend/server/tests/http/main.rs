//! The server over real sockets.

mod bid;
mod calendar;
mod catalogue_pages;
mod commands;
mod demo;
mod direct_purchase;
mod edges;
mod evaluation;
mod pages;

mod offline;
mod open_tender;
mod opening;
mod refusals;
mod rules;
mod running;

use app::{App, Clock, Settings};
use chrono::{DateTime, Utc};
use reqwest::{Client, StatusCode};
use serde_json::{Value, json};

struct Server {
    address: String,
    client: Client,
    app: std::sync::Arc<App>,
    /// Removed at the end, where the test has made it.
    _folder: Option<tempfile::TempDir>,
}

impl Server {
    async fn start() -> Self {
        Self::start_as(false).await
    }

    /// As [`Server::start`], as a demonstration or not.
    async fn start_as(is_demo: bool) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let server = Self::at(folder.path(), is_demo).await;
        Self { _folder: Some(folder), ..server }
    }

    /// A server over a folder that is there.
    async fn over(folder: &std::path::Path) -> Self {
        Self::at(folder, false).await
    }

    async fn at(folder: &std::path::Path, is_demo: bool) -> Self {
        let now: DateTime<Utc> = DateTime::parse_from_rfc3339("2026-11-24T02:00:00Z").unwrap().to_utc();
        let settings = Settings {
            database_url: format!("sqlite://{}", folder.join("zhaocai.sqlite").display()).into(),
            database_connections: 4,
            data_folder: folder.to_owned(),
            public_url: "http://127.0.0.1".to_owned(),
            file_most_bytes: 20 * 1024 * 1024,
            policy_packs_folder: None,
            is_demo,
            clock: Clock::fixed(now),
            seed: Some(1),
        };
        let app = App::open(settings).await.unwrap();
        if is_demo {
            app::demo::seed(&app).await.unwrap();
        }
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let limits = server::edges::Limits { request_most_bytes: 64 * 1024, form_most_bytes: 64 * 1024 * 1024 };
        let router = server::edges::router(app.clone(), limits, std::path::Path::new("")).unwrap();
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { address, client: Client::new(), app, _folder: None }
    }

    fn post(&self) -> reqwest::RequestBuilder {
        self.client.post(format!("{}/graphql", self.address)).header("accept-language", "en")
    }

    async fn ask(&self, token: Option<&str>, query: &str, variables: Value) -> Value {
        let mut request = self.post().json(&json!({ "query": query, "variables": variables }));
        if let Some(token) = token {
            request = request.bearer_auth(token);
        }
        request.send().await.unwrap().json().await.unwrap()
    }
}

const SIGN_UP: &str = "mutation($input: SignUpInput!) { signUp(input: $input) { organization { id name { zh } } userErrors { code path message } } }";
const SIGN_IN: &str = "mutation { signIn(input: { login: \"wang\", password: \"correct horse battery\" }) { accessToken refreshToken userErrors { code } } }";

fn newcomer(credit_code: &str) -> Value {
    json!({ "input": {
        "login": "wang", "password": "correct horse battery", "name": { "zh": "王芳" }, "language": "CHINESE",
        "organization": {
            "kind": "SUPPLIER", "name": { "zh": "福州某某科技有限公司" }, "creditCode": credit_code, "enterpriseSize": "SMALL",
            "regionCode": "350100", "address": { "zh": "福州市鼓楼区一号" }
        }
    } })
}

#[tokio::test]
async fn a_newcomer_signs_up_signs_in_and_reads_who_it_is() {
    let server = Server::start().await;
    let answer = server.ask(None, SIGN_UP, newcomer("91350100M000100Y43")).await;
    let id = answer["data"]["signUp"]["organization"]["id"].as_str().unwrap().to_owned();
    let answer = server.ask(None, SIGN_IN, Value::Null).await;
    let token = answer["data"]["signIn"]["accessToken"].as_str().unwrap();
    let answer = server.ask(Some(token), "{ viewer { login roles organization { id } } }", Value::Null).await;
    let viewer = &answer["data"]["viewer"];
    assert_eq!((&viewer["login"], &viewer["organization"]["id"]), (&json!("wang"), &json!(id)));
    let roles = viewer["roles"].as_array().unwrap();
    assert!(roles.contains(&json!("SELLER")) && roles.contains(&json!("ADMINISTRATOR")) && roles.len() == 2);
    let answer = server.ask(None, "query($id: ID!) { organization(id: $id) { name { zh } } }", json!({ "id": id })).await;
    assert_eq!(answer["data"]["organization"]["name"]["zh"], "福州某某科技有限公司");
}

#[tokio::test]
async fn a_person_signs_in_on_the_page_and_sees_the_account_without_any_script() {
    let server = Server::start().await;
    server.ask(None, SIGN_UP, newcomer("91350100M000100Y43")).await;
    let client = Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    let address = |path: &str| format!("{}{path}", server.address);
    let post = |body: &'static str| {
        let request = client.post(address("/sign-in?lang=en")).header("content-type", "application/x-www-form-urlencoded");
        request.header("origin", server.address.clone()).body(body)
    };
    let wrong = post("login=wang&password=wrong").send().await.unwrap();
    let page = wrong.text().await.unwrap();
    assert!(page.contains("Login or password is wrong") && page.contains("value=\"wang\""), "{page}");
    let right = post("login=wang&password=correct+horse+battery").send().await.unwrap();
    assert_eq!((right.status(), &right.headers()["location"]), (StatusCode::SEE_OTHER, &"/".parse().unwrap()));
    let cookies: Vec<_> = right.headers().get_all("set-cookie").iter().map(|value| value.to_str().unwrap().to_owned()).collect();
    assert!(cookies.iter().filter(|cookie| cookie.starts_with("zhaocai_")).all(|cookie| cookie.contains("HttpOnly")));
    let jar: Vec<_> = cookies.iter().filter_map(|cookie| cookie.split(';').next()).collect();
    let account = client.get(address("/account")).header("cookie", jar.join("; ")).send().await.unwrap().text().await.unwrap();
    assert!(account.contains("91350100M000100Y43"), "{account}");
    let stranger = client.get(address("/account")).send().await.unwrap();
    assert_eq!(stranger.status(), StatusCode::SEE_OTHER, "a stranger is sent to sign in");
}

#[tokio::test]
async fn no_page_of_the_public_links_to_where_there_is_nothing() {
    let server = Server::start().await;
    for page in ["/", "/sign-in", "/docs", "/accessibility"] {
        let html = server.client.get(format!("{}{page}", server.address)).send().await.unwrap().text().await.unwrap();
        let targets: Vec<&str> = html.split("href=\"").chain(html.split("action=\"")).skip(1).filter_map(|rest| rest.split('"').next()).collect();
        let own = targets.iter().filter(|target| target.starts_with('/') && !target.starts_with("/pkg"));
        let mut looked_at = 0;
        for target in own {
            let status = server.client.get(format!("{}{}", server.address, target.replace("&amp;", "&"))).send().await.unwrap().status();
            assert!(status != StatusCode::NOT_FOUND || *target == "/display", "{page} links to {target}");
            looked_at += 1;
        }
        assert!(looked_at > 3, "{page} has no links: {html}");
    }
}

#[tokio::test]
async fn a_form_posted_from_another_site_is_refused() {
    let server = Server::start().await;
    let request = server.client.post(format!("{}/sign-in", server.address)).header("origin", "http://elsewhere.example");
    let request = request.header("content-type", "application/x-www-form-urlencoded").body("login=a&password=b");
    assert_eq!(request.send().await.unwrap().status(), StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_wrong_credit_code_is_refused_in_words_at_its_place() {
    let server = Server::start().await;
    let answer = server.ask(None, SIGN_UP, newcomer("91350100M000100Y44")).await;
    let error = &answer["data"]["signUp"]["userErrors"][0];
    assert_eq!(error["code"], "CREDIT_CODE_INVALID");
    assert_eq!(error["path"], json!(["organization", "creditCode"]));
    assert!(error["message"].as_str().unwrap().contains("GB 32100-2015"));
}

#[tokio::test]
async fn a_refresh_token_used_twice_is_refused() {
    let server = Server::start().await;
    server.ask(None, SIGN_UP, newcomer("91350100M000100Y43")).await;
    let answer = server.ask(None, SIGN_IN, Value::Null).await;
    let token = json!({ "token": answer["data"]["signIn"]["refreshToken"] });
    let query = "mutation($token: String!) { refreshSession(refreshToken: $token) { accessToken userErrors { code } } }";
    assert!(server.ask(None, query, token.clone()).await["data"]["refreshSession"]["accessToken"].is_string());
    assert_eq!(server.ask(None, query, token).await["data"]["refreshSession"]["userErrors"][0]["code"], "TOKEN_REUSED");
}

#[tokio::test]
async fn a_query_forty_deep_is_refused_with_a_code() {
    let server = Server::start().await;
    let deep = format!("{{ __schema {{ types {}name{} }} }}", "{ ofType ".repeat(38), " }".repeat(38));
    let answer = server.ask(None, &deep, Value::Null).await;
    assert_eq!(answer["errors"][0]["extensions"]["code"], "QUERY_TOO_DEEP", "{answer}");
    assert!(answer.get("data").is_none());
}

#[tokio::test]
async fn the_status_follows_the_specification() {
    let server = Server::start().await;
    let strict = "application/graphql-response+json";
    for (accept, body, expected) in [
        (strict, r#"{"query":"{ viewer { login } }"}"#, StatusCode::OK),
        (strict, r#"{"query":"{ nothing }"}"#, StatusCode::BAD_REQUEST),
        (strict, r#"{"query":"{"}"#, StatusCode::BAD_REQUEST),
        (strict, r#"{"query":1}"#, StatusCode::BAD_REQUEST),
        (strict, "{", StatusCode::BAD_REQUEST),
        ("application/json", r#"{"query":"{ nothing }"}"#, StatusCode::OK),
        ("application/json", r#"{"query":"{ viewer { login } }","variables":[1]}"#, StatusCode::BAD_REQUEST),
        ("text/html", r#"{"query":"{ viewer { login } }"}"#, StatusCode::NOT_ACCEPTABLE),
    ] {
        let request = server.post().header("accept", accept).header("content-type", "application/json").body(body);
        assert_eq!(request.send().await.unwrap().status(), expected, "{accept}: {body}");
    }
}

#[tokio::test]
async fn a_mutation_by_get_is_refused() {
    let server = Server::start().await;
    let address = format!("{}/graphql?query=mutation%7BsignOut%7BuserErrors%7Bcode%7D%7D%7D", server.address);
    let response = server.client.get(address).send().await.unwrap();
    assert_eq!(response.status(), StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(response.headers()["allow"], "POST");
}

#[tokio::test]
async fn a_form_of_another_site_and_a_body_too_large_are_refused() {
    let server = Server::start().await;
    let forged = server.post().header("content-type", "text/plain").body(r#"{"query":"{ viewer { login } }"}"#);
    assert_eq!(forged.send().await.unwrap().status(), StatusCode::UNSUPPORTED_MEDIA_TYPE);
    let large = server.post().header("content-type", "application/json").body(vec![b' '; 65 * 1024]);
    let response = large.send().await.unwrap();
    assert_eq!(response.status(), StatusCode::PAYLOAD_TOO_LARGE);
    let answer: Value = response.json().await.unwrap();
    assert_eq!(answer["errors"][0]["extensions"]["code"], "REQUEST_TOO_LARGE");
    assert!(answer["errors"][0]["message"].as_str().unwrap().contains("65536"), "{answer}");
}

#[tokio::test]
async fn a_bad_token_is_told_and_not_taken_for_the_public() {
    let server = Server::start().await;
    let request = server.post().bearer_auth("x.y.z").json(&json!({ "query": "{ viewer { login } }" }));
    assert_eq!(request.send().await.unwrap().status(), StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn the_server_says_that_it_is_ready_and_publishes_keys_and_schema() {
    let server = Server::start().await;
    let get = async |path: &str| server.client.get(format!("{}{path}", server.address)).send().await.unwrap();
    assert_eq!(get("/readyz").await.status(), StatusCode::OK);
    let keys: Value = get("/.well-known/jwks.json").await.json().await.unwrap();
    assert_eq!(keys["keys"][0]["crv"], "P-256");
    assert!(keys["keys"][0].get("d").is_none(), "the private half stays inside");
    assert!(get("/schema.graphql").await.text().await.unwrap().contains("type Viewer"));
}
