//! Bids over real sockets: the page for everybody, envelopes up to their limit, and what is refused.

use crate::{SIGN_IN, SIGN_UP, Server, newcomer};
use app::identity::account::{SignUp, sign_up};
use app::tendering::tender::{self, Draft};
use app::tendering::holder_key;
use app::Context;
use chrono::TimeDelta;
use domain::ident::{OrganizationId, SessionId, TenderId, UserId};
use domain::identity::actor::{Actor, Person};
use domain::identity::credit_code::CreditCode;
use domain::identity::organization::{OrganizationKind, Registration};
use domain::identity::role::Role;
use domain::language::{Language, LocalText};
use domain::money::Money;
use domain::tendering::bid::CIPHERTEXT_MOST_BYTES;
use domain::tendering::reservation::{Reservation, UnreservedGround};
use domain::tendering::tender_content::{Anchor, Criterion, CriterionKind, Nature, Paper, Requirement, RequirementKind, TenderContent, TenderItem};
use reqwest::{Client, StatusCode};
use sealing::envelope::{SealedBid, SealingTerms, seal};
use sealing::key::HolderKey;
use serde_json::{Value, json};
use uuid::Uuid;

fn both(text: &str) -> LocalText {
    LocalText::new(text, text)
}

fn acting(server: &Server, user: UserId, organization: OrganizationId, role: Role) -> Context {
    let session = SessionId(Uuid::from_u128(1));
    let person = Person { user, organization, organization_kind: OrganizationKind::Buyer, roles: vec![role], session };
    server.app.context(Actor::Person(person), Language::English, "test")
}

/// A scale that measures, so that nobody asks about it.
fn scale(kind: CriterionKind, weight_points: u32) -> Vec<Anchor> {
    let points = i32::try_from(weight_points).unwrap_or_default();
    let step = |points: i32, text: &str| Anchor { points, text: both(text) };
    if kind == CriterionKind::Price { Vec::new() } else { vec![step(points, "三项全部满足"), step(points / 2, "满足两项")] }
}

fn content(server: &Server) -> TenderContent {
    let mut content = TenderContent::begin(both("办公家具"), "A05010200".to_owned(), Nature::Goods, Money::cny(150_000_000));
    content.description = both("采购办公家具");
    content.items = vec![TenderItem { name: both("椅子"), quantity: 10, unit: "把".to_owned(), specification: both(""), lot: 1, green: None }];
    content.requirements = vec![Requirement { kind: RequirementKind::Essential, text: both("阻燃") }];
    content.papers = vec![Paper { key: "licence".to_owned(), name: both("营业执照"), source: "法".to_owned(), is_obligatory: true }];
    let criterion = |key: &str, kind, weight_points| Criterion {
        key: key.to_owned(),
        kind,
        name: both(key),
        weight_points,
        basis: both("依据"),
        anchors: scale(kind, weight_points),
    };
    content.criteria = vec![criterion("price", CriterionKind::Price, 40), criterion("quality", CriterionKind::Technical, 60)];
    content.reservation = Reservation::Unreserved { ground: UnreservedGround::CompetitionTooLittle, reason: both("货源不足") };
    content.deadline_at = Some(server.app.clock().now() + TimeDelta::days(23));
    content
}

/// A person of a buyer of its own.
async fn registered(server: &Server, login: &str, number: usize) -> (UserId, OrganizationId) {
    let first = format!("91350100MB{number:07}");
    let check = CreditCode::check_character(&first).unwrap();
    let organization = Registration {
        kind: Some(OrganizationKind::Buyer),
        name: both("某某医院"),
        credit_code: format!("{first}{check}"),
        enterprise_size: None,
        region_code: "350100".to_owned(),
        address: both("福州市鼓楼区一号"),
    };
    let password = "correct horse battery".into();
    let newcomer = SignUp { login: login.to_owned(), password, name: both("李明"), language: Language::Chinese, organization };
    let public = server.app.context(Actor::Public, Language::English, "test");
    let (user, organization) = sign_up(&server.app, &public, newcomer).await.unwrap();
    (user.id, organization.id)
}

/// A published tender of a buyer, for which two of three holders are needed.
pub async fn published(server: &Server) -> String {
    let app = &server.app;
    let (user, buyer) = registered(server, "buyer", 1).await;
    let officer = acting(server, user, buyer, Role::Officer);
    let approver = acting(server, UserId(Uuid::from_u128(77)), buyer, Role::Approver);
    let mut holder_keys = Vec::new();
    for number in 2..5 {
        let (user, _) = registered(server, &format!("holder-{number}"), number).await;
        let holder = acting(server, user, buyer, Role::KeyHolder);
        holder_keys.push(holder_key::register(app, &holder, &HolderKey::generate().recipient()).await.unwrap().id);
    }
    let draft = Draft { content: content(server), holder_keys };
    let draft = tender::begin_draft(app, &officer, None, draft).await.unwrap();
    tender::submit(app, &officer, draft.id).await.unwrap();
    tender::approve(app, &approver, draft.id).await.unwrap();
    let tender = tender::publish(app, &officer, draft.id).await.unwrap();
    graphql::ident::global(TenderId::KIND, tender.id.0).to_string()
}

/// A supplier who has signed in, as the API and as a page know one.
async fn seller(server: &Server) -> (String, String) {
    server.ask(None, SIGN_UP, newcomer("91350100MA0000017B")).await;
    let answer = server.ask(None, SIGN_IN, Value::Null).await;
    let token = answer["data"]["signIn"]["accessToken"].as_str().unwrap_or_else(|| panic!("{answer}")).to_owned();
    let cookie = format!("zhaocai_access={token}; lang=en");
    (token, cookie)
}

const TERMS: &str = "query($id: ID!) { sealingTerms(tenderId: $id) { tenderId lotId documentVersion bidderId holders { holderId recipient } threshold mostBytes } }";

async fn sealed(server: &Server, token: &str, tender: &str, content: &[u8]) -> SealedBid {
    let terms = server.ask(Some(token), TERMS, json!({ "id": tender })).await["data"]["sealingTerms"].clone();
    let terms: SealingTerms = serde_json::from_value(terms).unwrap();
    let mut rng = sealing::chance::system().unwrap();
    seal(&terms.binding, content, &terms.holders, terms.threshold, &mut rng).unwrap().0
}

/// The body of a form with text fields and files, with `line` as its boundary.
fn form(texts: &[(&str, &str)], files: &[(&str, &str, &[u8])]) -> Vec<u8> {
    let mut body = Vec::new();
    for (name, text) in texts {
        body.extend_from_slice(format!("--line\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{text}\r\n").as_bytes());
    }
    for (name, file, bytes) in files {
        body.extend_from_slice(format!("--line\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"{file}\"\r\n\r\n").as_bytes());
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(b"--line--\r\n");
    body
}

const MULTIPART: &str = "multipart/form-data; boundary=line";

#[tokio::test]
async fn the_page_answers_the_public_buyers_and_suppliers_each_in_their_way() {
    let server = Server::start().await;
    let tender = published(&server).await;
    let (_, cookie) = seller(&server).await;
    let client = Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    let get = async |path: &str, cookie: &str| {
        let request = client.get(format!("{}{path}", server.address)).header("cookie", cookie.to_owned());
        let response = request.send().await.unwrap();
        (response.status(), response.text().await.unwrap())
    };
    let page = format!("/tenders/{tender}/bid");
    let (status, text) = get(&page, "lang=en").await;
    assert!(status == StatusCode::OK && text.contains(&format!("/sign-in?next={page}")), "{text}");
    let (status, text) = get(&page, &cookie).await;
    assert_eq!(status, StatusCode::OK);
    for there in ["id=\"bid-fields\"", "name=\"answers.0.met\"", "name=\"papers.0.note\"", "name=\"technical\"", "name=\"price\"", "id=\"bid-seal\""] {
        assert!(text.contains(there), "{there} in {text}");
    }
    let between = text.split("id=\"bid-fields\"").nth(1).and_then(|rest| rest.split("id=\"bid-check\"").next()).unwrap();
    assert!(!between.contains("<form"), "what is written must stand in no form");
    let buyer = server.ask(None, "mutation { signIn(input: { login: \"buyer\", password: \"correct horse battery\" }) { accessToken } }", Value::Null).await;
    let buyer = format!("zhaocai_access={}; lang=en", buyer["data"]["signIn"]["accessToken"].as_str().unwrap());
    let (status, text) = get(&page, &buyer).await;
    assert!(status == StatusCode::FORBIDDEN && text.contains("Your account can"), "{text}");
    let (status, terms) = get(&format!("{page}/terms"), &cookie).await;
    let terms: Value = serde_json::from_str(&terms).unwrap();
    assert!(status == StatusCode::OK && terms["holders"].as_array().unwrap().len() == 3, "{terms}");
    let (_, notice) = get(&format!("/tenders/{tender}"), &cookie).await;
    assert!(notice.contains(&format!("href=\"{page}\"")) && notice.contains("Prepare a bid"), "{notice}");
    assert_eq!(get("/tenders/nonsense/bid", &cookie).await.0, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_bid_sealed_elsewhere_is_handed_in_replaced_and_withdrawn_by_native_forms() {
    let server = Server::start().await;
    let tender = published(&server).await;
    let (token, cookie) = seller(&server).await;
    let client = Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    let page = format!("{}/tenders/{tender}/bid", server.address);
    let post = async |body: Vec<u8>| {
        let request = client.post(&page).header("cookie", &cookie).header("origin", &server.address).header("content-type", MULTIPART);
        let response = request.body(body).send().await.unwrap();
        (response.status(), response.text().await.unwrap())
    };
    let bid = async || {
        let query = "query($id: ID!) { viewerBid(tenderId: $id) { id number state commitment proofAddress } }";
        server.ask(Some(&token), query, json!({ "id": tender })).await["data"]["viewerBid"].clone()
    };
    let first = sealed(&server, &token, &tender, b"{}").await;
    let manifest = serde_json::to_string(&first.manifest).unwrap();
    let files: [(&str, &str, &[u8]); 2] = [("manifest", "manifest.json", manifest.as_bytes()), ("envelope", "bid.age", &first.ciphertext)];
    assert_eq!(post(form(&[("do", "hand-in")], &files[..1])).await.0, StatusCode::UNPROCESSABLE_ENTITY);
    let hand_in = form(&[("do", "hand-in"), ("idempotencyKey", &first.manifest.commitment)], &files);
    for _ in 0..2 {
        assert_eq!(post(hand_in.clone()).await.0, StatusCode::SEE_OTHER, "sent twice it is one bid");
    }
    let one = bid().await;
    assert_eq!((&one["state"], &one["commitment"]), (&json!("SEALED"), &json!(first.manifest.commitment)));
    let receipt = client.get(&page).header("cookie", &cookie).send().await.unwrap().text().await.unwrap();
    assert!(receipt.contains(one["number"].as_str().unwrap()) && receipt.contains("10:00:00 (Beijing time)"), "{receipt}");
    let signed = client.get(format!("{page}/receipt")).header("cookie", &cookie).send().await.unwrap().text().await.unwrap();
    assert_eq!(signed.split('.').count(), 3, "{signed}");
    app::oversight::log::sequence(&server.app).await.unwrap();
    let proof = client.get(format!("{}{}", server.address, one["proofAddress"].as_str().unwrap())).send().await.unwrap();
    assert_eq!(proof.status(), StatusCode::OK);

    let (status, text) = post(form(&[("do", "hand-in")], &files)).await;
    assert!(status == StatusCode::UNPROCESSABLE_ENTITY && text.contains("One supplier has one bid"), "{text}");
    let second = sealed(&server, &token, &tender, b"{}").await;
    let manifest = serde_json::to_string(&second.manifest).unwrap();
    let files: [(&str, &str, &[u8]); 2] = [("manifest", "manifest.json", manifest.as_bytes()), ("envelope", "bid.age", &second.ciphertext)];
    let id = one["id"].as_str().unwrap();
    assert_eq!(post(form(&[("do", "hand-in"), ("replaces", id)], &files)).await.0, StatusCode::SEE_OTHER);
    let two = bid().await;
    assert_eq!(two["commitment"], json!(second.manifest.commitment));
    assert_eq!(post(form(&[("do", "withdraw"), ("bid", two["id"].as_str().unwrap())], &[])).await.0, StatusCode::SEE_OTHER);
    assert_eq!(bid().await["state"], "WITHDRAWN");

    server.app.clock().advance(TimeDelta::days(24));
    let (status, text) = post(form(&[("do", "hand-in")], &files)).await;
    assert!(status == StatusCode::SEE_OTHER, "the session has ended in three weeks: {text}");
}

const SUBMIT: &str = "mutation($input: SubmitBidInput!) { submitBid(input: $input) { bid { state commitment } userErrors { code path message } } }";

#[tokio::test]
async fn an_envelope_of_twenty_mebibytes_is_taken_and_one_byte_more_is_refused() {
    let server = Server::start().await;
    let tender = published(&server).await;
    let (token, _) = seller(&server).await;
    let submit = async |bid: &SealedBid| {
        let input = json!({ "tenderId": tender, "manifest": serde_json::to_string(&bid.manifest).unwrap(), "envelope": null });
        let operations = json!({ "query": SUBMIT, "variables": { "input": input } }).to_string();
        let texts = [("operations", operations.as_str()), ("map", "{\"0\":[\"variables.input.envelope\"]}")];
        let request = server.post().bearer_auth(&token).header("graphql-require-preflight", "1").header("content-type", MULTIPART);
        request.body(form(&texts, &[("0", "bid.age", &bid.ciphertext)])).send().await.unwrap()
    };
    // The head of an envelope differs in length each time, so a true one is not made to measure; one that is made longer
    // by hand is of the right length but no longer what its manifest promises.
    let most = sealed(&server, &token, &tender, &vec![b' '; CIPHERTEXT_MOST_BYTES - 8192]).await;
    let at = |bytes: usize| {
        let mut bid = most.clone();
        bid.ciphertext.resize(bytes, 0);
        bid
    };
    let refused: Value = submit(&at(CIPHERTEXT_MOST_BYTES + 1)).await.json().await.unwrap();
    assert_eq!(refused["errors"][0]["extensions"]["code"], "FILE_TOO_LARGE", "{refused}");
    let refused: Value = submit(&at(CIPHERTEXT_MOST_BYTES)).await.json().await.unwrap();
    assert_eq!(refused["data"]["submitBid"]["userErrors"][0]["code"], "COMMITMENT_WRONG", "{refused}");
    let taken: Value = submit(&most).await.json().await.unwrap();
    assert_eq!(taken["data"]["submitBid"]["bid"]["commitment"], json!(most.manifest.commitment), "{taken}");
}

#[tokio::test]
async fn a_small_bid_may_come_in_base64_and_must_come_in_one_form() {
    use base64::Engine as _;
    let server = Server::start().await;
    let tender = published(&server).await;
    let (token, _) = seller(&server).await;
    let bid = sealed(&server, &token, &tender, b"{}").await;
    let manifest = serde_json::to_string(&bid.manifest).unwrap();
    let none = json!({ "input": { "tenderId": tender, "manifest": manifest } });
    let answer = server.ask(Some(&token), SUBMIT, none).await;
    assert_eq!(answer["data"]["submitBid"]["userErrors"][0]["code"], "REQUIRED", "{answer}");
    let ciphertext = base64::engine::general_purpose::STANDARD.encode(&bid.ciphertext);
    let answer = server.ask(Some(&token), SUBMIT, json!({ "input": { "tenderId": tender, "manifest": manifest, "ciphertext": ciphertext } })).await;
    assert_eq!(answer["data"]["submitBid"]["bid"]["state"], "SEALED", "{answer}");
}
