//! The demonstration's own addresses, which are not there otherwise.

use crate::{SIGN_UP, Server};
use reqwest::{Response, StatusCode};
use serde_json::{Value, json};

async fn get(server: &Server, path: &str) -> Response {
    server.client.get(format!("{}{path}", server.address)).header("accept-language", "en").send().await.unwrap()
}

/// Posts to the clock, as a page of ours does or as one from elsewhere.
async fn move_clock(server: &Server, origin: &str, form: &'static str) -> Response {
    let request = server.client.post(format!("{}/demo/clock", server.address)).header("origin", origin);
    request.header("content-type", "application/x-www-form-urlencoded").body(form).send().await.unwrap()
}

#[tokio::test]
async fn every_listed_account_is_there_and_the_first_signs_in() {
    let server = Server::start_as(true).await;
    let accounts: Value = get(&server, "/demo/accounts.json").await.json().await.unwrap();
    let accounts = accounts.as_array().unwrap();
    assert!(accounts.len() > 100);
    let (login, password) = (accounts[0]["login"].as_str().unwrap(), accounts[0]["password"].as_str().unwrap());
    let query = "mutation($l: String!, $p: String!) { signIn(input: { login: $l, password: $p }) { accessToken userErrors { code } } }";
    let answer = server.ask(None, query, json!({ "l": login, "p": password })).await;
    let token = answer["data"]["signIn"]["accessToken"].as_str().unwrap();
    let viewer = server.ask(Some(token), "{ viewer { roles organization { name { zh } } } }", Value::Null).await;
    assert_eq!(viewer["data"]["viewer"]["organization"]["name"]["zh"], accounts[0]["organization"]["name"]["zh"]);
    let page = get(&server, "/sign-in").await.text().await.unwrap();
    assert!(page.contains(login) && page.contains("/demo/clock"));
    // The first account is an officer's: its desk, and what everybody finds.
    let desk = server.ask(Some(token), "{ viewerTasks { kind subjectId dueAt rule title { zh } } }", Value::Null).await;
    let kinds: Vec<_> = desk["data"]["viewerTasks"].as_array().unwrap().iter().map(|task| task["kind"].clone()).collect();
    assert!(kinds.contains(&json!("PUBLISH_TENDER")) && kinds.contains(&json!("PUBLISH_AWARD")), "{desk}");
    let public = "{ marketFigures { openTenders { count } itemsListed } tendersClosingSoonest(first: 2) { number } \
        searchTenders(text: \"监护仪\") { totalCount facets { buyers { count } } } \
        inEnglish: searchTenders(text: \"patient monitors\", first: 1) { hits { title { isMatch text } } } viewerTasks { kind } }";
    let public = server.ask(None, public, Value::Null).await["data"].clone();
    assert_eq!((&public["marketFigures"]["itemsListed"], &public["viewerTasks"]), (&json!(5_000), &json!([])));
    assert_eq!(public["tendersClosingSoonest"].as_array().unwrap().len(), 2);
    assert_eq!(public["searchTenders"]["totalCount"], 1);
    assert!(public["inEnglish"]["hits"][0]["title"].as_array().unwrap().iter().any(|piece| piece["isMatch"] == true));
    let holder = accounts.iter().find(|account| account["login"] == "keyholder.hospital-hz").unwrap();
    let (file, passphrase) = (holder["holderKey"]["file"].as_str().unwrap(), holder["holderKey"]["passphrase"].as_str().unwrap());
    assert!(page.contains(file) && page.contains(passphrase));
    let key = get(&server, file).await.text().await.unwrap();
    let key = sealing::key::HolderKey::recover(&key, passphrase.to_owned().into()).unwrap();
    assert!(key.recipient().starts_with("age1"));
    assert_eq!(accounts[0]["holderKey"], Value::Null);
    assert_eq!(get(&server, "/demo/holder-keys/officer.hospital-hz.age").await.status(), StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_clock_goes_forward_only_not_too_far_and_for_our_own_pages() {
    let server = Server::start_as(true).await;
    let own = server.address.clone();
    let now = |answer: Value| answer["now"].as_str().unwrap().to_owned();
    assert_eq!(now(get(&server, "/demo/clock").await.json().await.unwrap()), "2026-11-24T02:00:00Z");
    let moved = move_clock(&server, &own, "move=day").await;
    assert_eq!(now(moved.json().await.unwrap()), "2026-11-25T02:00:00Z");
    assert_eq!(move_clock(&server, "http://elsewhere.example", "move=day").await.status(), StatusCode::FORBIDDEN);
    assert_eq!(move_clock(&server, &own, "to=2026-11-25T01:59:59Z").await.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(move_clock(&server, &own, "to=2036-11-25T02:00:00Z").await.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(now(get(&server, "/demo/clock").await.json().await.unwrap()), "2026-11-25T02:00:00Z");
    // Tomorrow's first deadline passes: enough bids are in, so the tender waits for its holders.
    let published = "{ all: tenders(filter: { states: [PUBLISHED] }) { totalCount } open: tenders(filter: { isOpen: true }) { totalCount } }";
    let before = server.ask(None, published, Value::Null).await["data"].clone();
    let moved = move_clock(&server, &own, "move=next-deadline").await;
    assert_eq!(now(moved.json().await.unwrap()), "2026-11-25T06:00:02Z");
    let after = server.ask(None, published, Value::Null).await["data"].clone();
    assert_eq!(before["all"], after["all"]);
    assert_eq!(before["open"]["totalCount"].as_i64().unwrap() - 1, after["open"]["totalCount"].as_i64().unwrap());
}

#[tokio::test]
async fn outside_a_demonstration_there_is_none_of_it() {
    let server = Server::start().await;
    for path in ["/demo/accounts.json", "/demo/clock", "/demo/holder-keys/keyholder.hospital-hz.age"] {
        assert_eq!(get(&server, path).await.status(), StatusCode::NOT_FOUND, "{path}");
    }
    assert_eq!(move_clock(&server, &server.address, "move=day").await.status(), StatusCode::NOT_FOUND);
    assert!(!get(&server, "/sign-in").await.text().await.unwrap().contains("zhaocai-demo"));
}

#[tokio::test]
async fn a_filled_market_stays_as_it_is_and_another_is_not_touched() {
    let server = Server::start_as(true).await;
    assert_eq!(app::demo::seed(&server.app).await.unwrap(), app::demo::Seeded::Before);
    let other = Server::start().await;
    other.ask(None, SIGN_UP, crate::newcomer("91350100M000100Y43")).await;
    assert!(app::demo::seed(&other.app).await.is_err());
}
