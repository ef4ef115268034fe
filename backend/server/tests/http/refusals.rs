//! Bad input over the wire: each has its coded refusal, in both languages. `docs/refusals.md` is the table of them.

use crate::{SIGN_IN, SIGN_UP, Server, newcomer};
use reqwest::StatusCode;
use serde_json::{Value, json};

/// The first code of a refusal, wherever it stands; `None` when nothing was refused. The words must be those of the
/// language: an English reader gets Chinese only where a law is named as it was published.
pub fn refusal(language: &str, answer: &Value) -> Option<String> {
    let field = answer["data"].as_object().and_then(|data| data.values().next()).cloned().unwrap_or_default();
    let error = [&field["userErrors"][0], &answer["errors"][0]].into_iter().find(|error| error.is_object())?.clone();
    let code = error["code"].as_str().or_else(|| error["extensions"]["code"].as_str())?;
    let message = error["message"].as_str().unwrap_or_default();
    let is_chinese = |character: char| ('\u{4e00}'..='\u{9fff}').contains(&character);
    match language {
        "zh-CN" => assert!(message.chars().any(is_chinese), "{code} is not said in Chinese: {message}"),
        _ => assert!(message.split('(').next().is_some_and(|begin| !begin.chars().any(is_chinese)), "{code} is not said in English: {message}"),
    }
    Some(code.to_owned())
}

const IMPORT: &str = "mutation($file: Upload!) { importPriceList(input: { fileName: \"list\", file: $file }) {
    priceListImport { refusedCount rows(verdict: REFUSED) { remarks } refusedFile { contentBase64 } } userErrors { code message path } } }";
const UPLOAD: &str = "mutation($file: Upload!) { uploadFile(input: { file: $file }) { file { id } userErrors { code message path } } }";
const LANGUAGES: [&str; 2] = ["zh-CN", "en"];

struct Seller {
    server: Server,
    token: String,
}

impl Seller {
    async fn signed_in() -> Self {
        let server = Server::start().await;
        server.ask(None, SIGN_UP, newcomer("91350100M000100Y43")).await;
        let answer = server.ask(None, SIGN_IN, Value::Null).await;
        Self { token: answer["data"]["signIn"]["accessToken"].as_str().unwrap().to_owned(), server }
    }

    async fn ask(&self, language: &str, query: &str, variables: Value) -> Value {
        let request = self.server.client.post(format!("{}/graphql", self.server.address)).header("accept-language", language);
        let request = request.bearer_auth(&self.token).json(&json!({ "query": query, "variables": variables }));
        request.send().await.unwrap().json().await.unwrap()
    }

    /// Sends a file; answers the status with what was said.
    async fn send(&self, language: &str, query: &str, file: (&str, &[u8])) -> (StatusCode, Value) {
        let operations = json!({ "query": query, "variables": { "file": null } });
        let part = |disposition: &str| format!("--line\r\nContent-Disposition: form-data; {disposition}\r\n\r\n");
        let head = part("name=\"operations\"") + &operations.to_string() + "\r\n" + &part("name=\"map\"") + "{\"0\":[\"variables.file\"]}\r\n";
        let head = head + &part(&format!("name=\"0\"; filename=\"{}\"", file.0));
        let body = [head.as_bytes(), file.1, b"\r\n--line--\r\n"].concat();
        let request = self.server.client.post(format!("{}/graphql", self.server.address)).header("accept-language", language);
        let request = request.bearer_auth(&self.token).header("graphql-require-preflight", "1");
        let response = request.header("content-type", "multipart/form-data; boundary=line").body(body).send().await.unwrap();
        (response.status(), response.json().await.unwrap())
    }
}

#[tokio::test]
async fn files_that_are_too_large_or_a_bomb_are_refused_in_both_languages() {
    let seller = Seller::signed_in().await;
    let large = vec![b'1'; 30_000_000];
    let list = vec![b'1'; 12_000_000];
    let bomb = zip_bomb();
    assert!(bomb.len() < 200_000);
    for language in LANGUAGES {
        for query in [UPLOAD, IMPORT] {
            let (status, answer) = seller.send(language, query, ("large.csv", &large)).await;
            assert_eq!((status, refusal(language, &answer).as_deref()), (StatusCode::PAYLOAD_TOO_LARGE, Some("FILE_TOO_LARGE")));
        }
        let (_, answer) = seller.send(language, IMPORT, ("list.csv", &list)).await;
        assert_eq!(refusal(language, &answer).as_deref(), Some("FILE_TOO_LARGE"), "a price list has a limit of its own: {answer}");
        let (_, answer) = seller.send(language, IMPORT, ("bomb.xlsx", &bomb)).await;
        assert_eq!(refusal(language, &answer).as_deref(), Some("ARCHIVE_TOO_DENSE"), "{answer}");
    }
}

/// A workbook whose one sheet is 60 MB of zeros, folded to some kilobytes.
fn zip_bomb() -> Vec<u8> {
    use std::io::Write as _;
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    archive.start_file("xl/workbook.xml", options).unwrap();
    archive.start_file("xl/worksheets/sheet1.xml", options).unwrap();
    for _ in 0..60 {
        archive.write_all(&vec![0; 1_000_000]).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

#[tokio::test]
async fn a_formula_in_a_list_is_refused_in_both_languages_and_goes_back_as_text() {
    let seller = Seller::signed_in().await;
    let categories = include_str!("../../../app/demo/categories.csv");
    app::catalogue::category::import(&seller.server.app, &seller.server.app.platform_context(), categories).await.unwrap();
    let list = "货号,名称,品目编码,单位,单价\nK-1,=cmd|' /C calc'!A0,A05040101,支,3\n";
    for (language, word) in [("zh-CN", "公式"), ("en", "formula")] {
        let (_, answer) = seller.send(language, IMPORT, ("list.csv", list.as_bytes())).await;
        let run = &answer["data"]["importPriceList"]["priceListImport"];
        assert_eq!(run["refusedCount"], 1, "{answer}");
        assert!(run["rows"][0]["remarks"].as_str().unwrap().contains(word), "{run}");
        assert!(run["refusedFile"]["contentBase64"].is_string());
    }
}

#[tokio::test]
async fn a_deep_query_a_wrong_credit_code_and_a_used_token_are_refused_in_both_languages() {
    let seller = Seller::signed_in().await;
    let deep = format!("{{ __schema {{ types {}name{} }} }}", "{ ofType ".repeat(38), " }".repeat(38));
    for language in LANGUAGES {
        assert_eq!(refusal(language, &seller.ask(language, &deep, Value::Null).await).as_deref(), Some("QUERY_TOO_DEEP"));
        let wrong = seller.ask(language, SIGN_UP, newcomer("91350100M000100Y44")).await;
        assert_eq!(refusal(language, &wrong).as_deref(), Some("CREDIT_CODE_INVALID"));
    }
    let refresh = "mutation($token: String!) { refreshSession(refreshToken: $token) { accessToken refreshToken userErrors { code message } } }";
    for language in LANGUAGES {
        let first = seller.server.ask(None, SIGN_IN, Value::Null).await["data"]["signIn"]["refreshToken"].clone();
        let next = seller.server.ask(None, refresh, json!({ "token": first })).await["data"]["refreshSession"].clone();
        let again = seller.ask(language, refresh, json!({ "token": first })).await;
        assert_eq!(refusal(language, &again).as_deref(), Some("TOKEN_REUSED"), "{again}");
        let newest = seller.ask(language, refresh, json!({ "token": next["refreshToken"] })).await;
        assert_eq!(refusal(language, &newest).as_deref(), Some("SESSION_ENDED"), "the whole family has ended: {newest}");
        let viewer = seller.server.ask(next["accessToken"].as_str(), "{ viewer { login } }", Value::Null).await;
        assert_eq!(viewer["errors"][0]["extensions"]["code"], "UNAUTHENTICATED", "its access too");
    }
}

#[tokio::test]
async fn a_mutation_sent_twice_happens_once_and_its_key_serves_nothing_else() {
    let seller = Seller::signed_in().await;
    let create = "mutation($number: String!) { createItem(input: { idempotencyKey: \"k\", content: {
        number: $number, category: \"A05040101\", name: { zh: \"签字笔\" }, unit: \"支\", tiers: [{ leastQuantity: 1, price: { amountMinor: 250 } }]
    } }) { item { id } userErrors { code message path } } }";
    let categories = include_str!("../../../app/demo/categories.csv");
    app::catalogue::category::import(&seller.server.app, &seller.server.app.platform_context(), categories).await.unwrap();
    let first = seller.ask("en", create, json!({ "number": "K-1" })).await;
    assert!(first["data"]["createItem"]["item"]["id"].is_string(), "{first}");
    assert_eq!(seller.ask("en", create, json!({ "number": "K-1" })).await, first);
    for language in LANGUAGES {
        let other = seller.ask(language, create, json!({ "number": "K-2" })).await;
        assert_eq!(refusal(language, &other).as_deref(), Some("IDEMPOTENCY_KEY_REUSED"), "{other}");
    }
}

#[tokio::test]
async fn somebody_who_signs_up_twice_under_one_key_is_registered_once() {
    let server = Server::start().await;
    let mut newcomer = newcomer("91350100M000100Y43");
    newcomer["input"]["idempotencyKey"] = json!("sign-up");
    let first = server.ask(None, SIGN_UP, newcomer.clone()).await;
    assert!(first["data"]["signUp"]["organization"]["id"].is_string(), "{first}");
    assert_eq!(server.ask(None, SIGN_UP, newcomer.clone()).await, first);
    newcomer["input"]["login"] = json!("li.na");
    let other = server.ask(None, SIGN_UP, newcomer.clone()).await;
    assert_eq!(refusal("en", &other).as_deref(), Some("CREDIT_CODE_TAKEN"), "a stranger's key is another: {other}");
}
