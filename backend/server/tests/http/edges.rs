//! Edges beside the contract's usual request: files, uploads, subscriptions, limits of requests.

use crate::{SIGN_IN, SIGN_UP, Server, newcomer};
use futures::{SinkExt as _, StreamExt as _};
use reqwest::{Response, StatusCode};
use serde_json::{Value, json};
use tokio_tungstenite::connect_async;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;

const UPLOAD: &str = "mutation($file: Upload!) { uploadFile(input: { file: $file }) { file { id name mediaType sizeBytes address } userErrors { code } } }";

async fn signed_in(server: &Server) -> String {
    server.ask(None, SIGN_UP, newcomer("91350100M000100Y43")).await;
    let answer = server.ask(None, SIGN_IN, Value::Null).await;
    answer["data"]["signIn"]["accessToken"].as_str().unwrap().to_owned()
}

/// The body of a multipart request, with `line` as its boundary.
fn form(name: &str, bytes: &[u8]) -> Vec<u8> {
    let operations = json!({ "query": UPLOAD, "variables": { "file": null } });
    let part = |disposition: &str| format!("--line\r\nContent-Disposition: form-data; {disposition}\r\n\r\n");
    let mut body = part("name=\"operations\"") + &operations.to_string() + "\r\n" + &part("name=\"map\"");
    body += "{\"0\":[\"variables.file\"]}\r\n";
    body += &part(&format!("name=\"0\"; filename=\"{name}\""));
    [body.as_bytes(), bytes, b"\r\n--line--\r\n"].concat()
}

async fn upload(server: &Server, token: &str, name: &str, bytes: &[u8]) -> Response {
    let request = server.post().bearer_auth(token).header("graphql-require-preflight", "1");
    request.header("content-type", "multipart/form-data; boundary=line").body(form(name, bytes)).send().await.unwrap()
}

#[tokio::test]
async fn what_a_browser_asks_for_at_once_renews_its_session_once() {
    let server = Server::start().await;
    let token = signed_in(&server).await;
    let pdf = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n".to_vec();
    let answer: Value = upload(&server, &token, "需求.pdf", &pdf).await.json().await.unwrap();
    let file = answer["data"]["uploadFile"]["file"]["address"].as_str().unwrap().to_owned();
    let answer = server.ask(None, SIGN_IN, Value::Null).await;
    let refresh = answer["data"]["signIn"]["refreshToken"].as_str().unwrap().to_owned();
    let get = async |path: &str, refresh: &str| {
        let request = server.client.get(format!("{}{path}", server.address));
        request.header("cookie", format!("zhaocai_refresh={refresh}")).send().await.unwrap()
    };
    let next = |answer: &Response| {
        let cookies = answer.headers().get_all("set-cookie");
        cookies.iter().find_map(|cookie| Some(cookie.to_str().ok()?.strip_prefix("zhaocai_refresh=")?.split(';').next()?.to_owned())).unwrap()
    };
    let (one, other, page) = tokio::join!(get(&file, &refresh), get(&file, &refresh), get("/account", &refresh));
    assert_eq!([one.status(), other.status(), page.status()], [StatusCode::OK; 3]);
    assert!(next(&one) != refresh && next(&one) == next(&other) && next(&one) == next(&page));
    assert_eq!(get(&file, &next(&one)).await.status(), StatusCode::OK);
    // Through the contract the old token is what it always was: a sign that somebody else has it.
    let stolen = format!("mutation {{ refreshSession(refreshToken: \"{refresh}\") {{ userErrors {{ code }} }} }}");
    let stolen = server.ask(None, &stolen, Value::Null).await;
    assert_eq!(stolen["data"]["refreshSession"]["userErrors"][0]["code"], "TOKEN_REUSED", "{stolen}");
}

#[tokio::test]
async fn a_file_is_uploaded_read_by_its_owner_and_shown_without_rights() {
    let server = Server::start().await;
    let token = signed_in(&server).await;
    let pdf = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n".to_vec();
    let answer: Value = upload(&server, &token, "需求.pdf", &pdf).await.json().await.unwrap();
    let file = &answer["data"]["uploadFile"]["file"];
    assert_eq!((&file["name"], &file["mediaType"]), (&json!("需求.pdf"), &json!("application/pdf")), "{answer}");
    let address = format!("{}{}", server.address, file["address"].as_str().unwrap());
    let read = server.client.get(&address).bearer_auth(&token).send().await.unwrap();
    let headers = read.headers().clone();
    assert_eq!(headers["content-disposition"], "inline; filename*=UTF-8''%E9%9C%80%E6%B1%82.pdf");
    assert!(headers["content-security-policy"].to_str().unwrap().starts_with("sandbox;"));
    assert_eq!(headers["x-content-type-options"], "nosniff");
    assert_eq!(read.bytes().await.unwrap(), pdf);
    let again = server.client.get(&address).bearer_auth(&token).header("if-none-match", &headers["etag"]).send().await.unwrap();
    assert_eq!(again.status(), StatusCode::NOT_MODIFIED);
    assert_eq!(server.client.get(&address).send().await.unwrap().status(), StatusCode::NOT_FOUND);
    let table: Value = upload(&server, &token, "a.csv", b"a,b\n1,2\n").await.json().await.unwrap();
    let address = format!("{}{}", server.address, table["data"]["uploadFile"]["file"]["address"].as_str().unwrap());
    let read = server.client.get(address).bearer_auth(&token).send().await.unwrap();
    assert!(read.headers()["content-disposition"].to_str().unwrap().starts_with("attachment;"));
}

#[tokio::test]
async fn a_file_of_thirty_megabytes_is_refused_with_the_limit_and_a_forged_form_with_its_reason() {
    let server = Server::start().await;
    let token = signed_in(&server).await;
    let response = upload(&server, &token, "a.pdf", &vec![b' '; 30 * 1024 * 1024]).await;
    assert_eq!(response.status(), StatusCode::PAYLOAD_TOO_LARGE);
    let answer: Value = response.json().await.unwrap();
    assert_eq!(answer["errors"][0]["extensions"]["code"], "FILE_TOO_LARGE");
    assert!(answer["errors"][0]["message"].as_str().unwrap().contains("20 MB"), "{answer}");
    let forged = server.post().header("content-type", "multipart/form-data; boundary=line").body(form("a.txt", b"a")).send().await.unwrap();
    assert_eq!(forged.status(), StatusCode::FORBIDDEN);
    let answer: Value = forged.json().await.unwrap();
    assert_eq!(answer["errors"][0]["extensions"]["code"], "PREFLIGHT_HEADER_MISSING");
    let script: Value = upload(&server, &token, "a.html", b"<script>").await.json().await.unwrap();
    assert_eq!(script["data"]["uploadFile"]["userErrors"][0]["code"], "FILE_KIND_NOT_TAKEN");
}

#[tokio::test]
async fn a_batch_is_refused_and_a_query_is_kept_under_its_hash() {
    let server = Server::start().await;
    let code = |answer: &Value| answer["errors"][0]["extensions"]["code"].clone();
    let send = async |body: Value| server.post().json(&body).send().await.unwrap().json::<Value>().await.unwrap();
    assert_eq!(code(&send(json!([{ "query": "{ __typename }" }])).await), "BATCH_NOT_TAKEN");
    // SHA-256 of "{ __typename }".
    let hash = "7f56e67dd21ab3f30d1ff8b7bed08893f0a0db86449836189b361dd1e56ddb4b";
    let by = |hash: &str| json!({ "persistedQuery": { "version": 1, "sha256Hash": hash } });
    assert_eq!(code(&send(json!({ "extensions": by(hash) })).await), "PERSISTED_QUERY_NOT_FOUND");
    let wrong = json!({ "query": "{ __typename }", "extensions": by(&"0".repeat(64)) });
    assert_eq!(code(&send(wrong).await), "PERSISTED_QUERY_MISMATCH");
    for body in [json!({ "query": "{ __typename }", "extensions": by(hash) }), json!({ "extensions": by(hash) })] {
        assert_eq!(send(body).await["data"]["__typename"], "Query");
    }
}

#[tokio::test]
async fn a_subscriber_hears_what_it_may_know_and_resumes_after_what_it_has_heard() {
    let server = Server::start().await;
    let token = signed_in(&server).await;
    let viewer = server.ask(Some(&token), "{ viewer { organization { id } } }", Value::Null).await;
    let id = viewer["data"]["viewer"]["organization"]["id"].as_str().unwrap().to_owned();
    let query = "subscription($id: ID!, $after: ID) { events(subjectId: $id, after: $after) { id name description organization { id } } }";
    let past = server.ask(Some(&token), "query($id: ID!) { events(subjectId: $id) { nodes { id name } } }", json!({ "id": id })).await;
    assert_eq!(past["data"]["events"]["nodes"][0]["name"], "organization.registered", "{past}");
    // An id older than every event: all of the past comes first.
    let oldest = "RXZlbnQ6MDAwMDAwMDAtMDAwMC0wMDAwLTAwMDAtMDAwMDAwMDAwMDAw";
    let heard = follow(&server, Some(&token), query, json!({ "id": id, "after": oldest })).await;
    assert_eq!(heard["payload"]["data"]["events"]["id"], past["data"]["events"]["nodes"][0]["id"], "{heard}");
    assert_eq!(heard["payload"]["data"]["events"]["description"], "Organization registered");
}

/// Opens a connection, subscribes, and waits for the first answer.
async fn follow(server: &Server, token: Option<&str>, query: &str, variables: Value) -> Value {
    let mut request = format!("{}/graphql", server.address.replace("http", "ws")).into_client_request().unwrap();
    request.headers_mut().insert("sec-websocket-protocol", "graphql-transport-ws".parse().unwrap());
    request.headers_mut().insert("accept-language", "en".parse().unwrap());
    let (mut socket, response) = connect_async(request).await.unwrap();
    assert_eq!(response.headers()["sec-websocket-protocol"], "graphql-transport-ws");
    let authorization = token.map(|token| json!({ "authorization": format!("Bearer {token}") })).unwrap_or_default();
    let say = |value: Value| Message::text(value.to_string());
    socket.send(say(json!({ "type": "connection_init", "payload": authorization }))).await.unwrap();
    match socket.next().await.unwrap().unwrap() {
        Message::Close(frame) => return json!({ "closed": u16::from(frame.unwrap().code) }),
        acknowledged => assert!(acknowledged.to_text().unwrap().contains("connection_ack")),
    }
    socket.send(say(json!({ "id": "1", "type": "subscribe", "payload": { "query": query, "variables": variables } }))).await.unwrap();
    let told = socket.next().await.unwrap().unwrap();
    serde_json::from_str(told.to_text().unwrap()).unwrap()
}

#[tokio::test]
async fn a_connection_with_a_bad_token_is_closed() {
    let server = Server::start().await;
    let closed = follow(&server, Some("x.y.z"), "subscription { events(subjectId: \"x\") { id } }", Value::Null).await;
    assert_eq!(closed["closed"], 4403);
}

#[tokio::test]
async fn requests_and_jobs_are_counted_and_long_answers_are_compressed() {
    let server = Server::start().await;
    let get = async |path: &str| server.client.get(format!("{}{path}", server.address)).header("accept-encoding", "br").send().await.unwrap();
    let schema = get("/schema.graphql").await;
    assert_eq!(schema.headers()["content-encoding"], "br");
    assert!(schema.headers().get("strict-transport-security").is_none(), "not over plain HTTP");
    let text = server.client.get(format!("{}/metrics", server.address)).send().await.unwrap().text().await.unwrap();
    assert!(text.contains("zhaocai_requests_total{edge=\"pages\",status=\"2xx\"} 1\n"), "{text}");
    assert!(text.contains("zhaocai_jobs{state=\"parked\"} 0\n"), "{text}");
}

#[tokio::test]
async fn an_answer_keeps_the_order_in_which_it_was_asked_for() {
    let server = Server::start().await;
    let request = server.post().header("content-type", "application/json").body(r#"{"query":"{ b: viewer { login } a: viewer { login } }"}"#);
    let text = request.send().await.unwrap().text().await.unwrap();
    assert_eq!(text, r#"{"data":{"b":null,"a":null}}"#);
}
