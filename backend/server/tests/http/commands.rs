//! The commands of those who run the marketplace, run as they run them: beside a server, or before there is one.

use crate::offline::{printed, refused};
use crate::{SIGN_IN, SIGN_UP, Server, newcomer};
use sea_orm::{ConnectionTrait as _, Database, DatabaseConnection};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::process::{Output, Stdio};

const SUPPLIER: &str = "91350100M000100Y43";
const CATEGORIES: &str = "code,zh,en\nA,货物,Goods\nA02000000,设备,Equipment\n";
const ENROL: &str = "admin enrol --kind platform --organization-zh 招采平台 --credit-code 12350100MB0000001Y --region 350100 \
    --address 福州市鼓楼区一号 --login root.operator --name-zh 李娜";

/// Runs a command with something on its standard input.
async fn zhaocai(folder: &Path, arguments: &str, input: &str) -> Output {
    use tokio::io::AsyncWriteExt as _;
    let mut command = tokio::process::Command::new(env!("CARGO_BIN_EXE_zhaocai"));
    command.current_dir(folder).args(arguments.split_whitespace()).env("LANG", "en_GB.UTF-8").env_remove("LC_ALL");
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).await.unwrap();
    child.wait_with_output().await.unwrap()
}

fn data(server: &Server) -> PathBuf {
    server.app.settings().data_folder.clone()
}

async fn database(folder: &Path) -> DatabaseConnection {
    Database::connect(format!("sqlite://{}", folder.join("zhaocai.sqlite").display())).await.unwrap()
}

async fn sign_in(server: &Server, login: &str, password: &str) -> Value {
    let query = "mutation($input: SignInInput!) { signIn(input: $input) { accessToken userErrors { code } } }";
    server.ask(None, query, json!({ "input": { "login": login, "password": password } })).await["data"]["signIn"].take()
}

#[tokio::test]
async fn a_fresh_market_gets_its_operator_who_signs_in_once_with_the_password_that_was_printed() {
    let server = Server::start().await;
    let enrol = format!("{ENROL} --data .");
    let said = printed(&zhaocai(&data(&server), &enrol, "").await);
    assert!(said.starts_with("enrolled: 招采平台"), "{said}");
    let password = said.lines().last().unwrap();
    let signed_in = sign_in(&server, "root.operator", password).await;
    let token = signed_in["accessToken"].as_str().unwrap();
    let viewer = server.ask(Some(token), "{ viewer { roles } }", Value::Null).await;
    assert_eq!(viewer["data"]["viewer"]["roles"], json!([]), "whoever knows a given password may choose another, no more");
    assert_eq!(sign_in(&server, "root.operator", password).await["userErrors"][0]["code"], "SIGN_IN_FAILED", "once only");
    let change = "mutation($input: ChangePasswordInput!) { changePassword(input: $input) { userErrors { code } } }";
    let input = json!({ "input": { "presentPassword": password, "newPassword": "four plain words here" } });
    assert_eq!(server.ask(Some(token), change, input).await["data"]["changePassword"]["userErrors"], json!([]));
    let viewer = server.ask(Some(token), "{ viewer { roles } }", Value::Null).await;
    assert_eq!(viewer["data"]["viewer"]["roles"], json!(["ADMINISTRATOR", "OPERATOR"]));
    for _ in 0..2 {
        assert!(sign_in(&server, "root.operator", "four plain words here").await["accessToken"].is_string());
    }
    let again = refused(&zhaocai(&data(&server), &enrol, "").await);
    assert!(again.contains("CREDIT_CODE_TAKEN at organization.creditCode"), "{again}");
    let elsewhere = refused(&zhaocai(&data(&server), &format!("{ENROL} --data nowhere"), "").await);
    assert!(elsewhere.contains("nowhere is not there"), "a mistyped folder begins no new market: {elsewhere}");
}

#[tokio::test]
async fn a_password_given_anew_ends_all_sessions_and_is_good_once() {
    let server = Server::start().await;
    server.ask(None, SIGN_UP, newcomer(SUPPLIER)).await;
    let answer = server.ask(None, SIGN_IN, Value::Null).await;
    let token = answer["data"]["signIn"]["accessToken"].as_str().unwrap().to_owned();
    let reset = "admin reset-password wang --password-from-stdin --data .";
    let weak = refused(&zhaocai(&data(&server), reset, "wang\n").await);
    assert!(weak.contains("PASSWORD_TOO_WEAK at password"), "{weak}");
    let said = printed(&zhaocai(&data(&server), reset, "a word for today\n").await);
    assert!(!said.contains("a word for today"), "what was given is not printed: {said}");
    let viewer = server.post().bearer_auth(&token).json(&json!({ "query": "{ viewer { login } }" })).send().await.unwrap();
    assert_eq!(viewer.status(), reqwest::StatusCode::UNAUTHORIZED);
    assert!(sign_in(&server, "wang", "a word for today").await["accessToken"].is_string());
    assert!(sign_in(&server, "wang", "a word for today").await["accessToken"].is_null());
    let nobody = refused(&zhaocai(&data(&server), "admin reset-password nobody --data .", "").await);
    assert!(nobody.contains("NOT_FOUND at login"), "{nobody}");
}

#[tokio::test]
async fn categories_and_a_suppliers_price_list_are_imported_from_files() {
    let server = Server::start().await;
    server.ask(None, SIGN_UP, newcomer(SUPPLIER)).await;
    let folder = data(&server);
    std::fs::write(folder.join("categories.csv"), CATEGORIES).unwrap();
    assert!(printed(&zhaocai(&folder, "import categories categories.csv --data .", "").await).starts_with("2 categories"));
    assert!(printed(&zhaocai(&folder, "import categories categories.csv --data .", "").await).starts_with("0 categories"));
    std::fs::write(folder.join("list.csv"), "编码,名称,品目编码,单位,单价\nN-1,笔记本电脑,A02000000,台,\"5,499.00\"\nN-2,打印机,A02000000,台,面议\n").unwrap();
    let list = format!("import price-list list.csv --supplier {SUPPLIER} --data .");
    let said = printed(&zhaocai(&folder, &list, "").await);
    assert!(said.contains("1 new, 0 changed, 0 unchanged, 1 refused") && said.ends_with("--apply does it"), "{said}");
    let listed = async || server.ask(None, "{ items(first: 5) { nodes { number } } }", Value::Null).await["data"]["items"]["nodes"].clone();
    assert_eq!(listed().await, json!([]), "a dry run writes nothing");
    let said = printed(&zhaocai(&folder, &format!("{list} --refused refused.csv --apply"), "").await);
    assert!(said.contains("applied: 1 items"), "{said}");
    assert_eq!(listed().await, json!([{ "number": "N-1" }]));
    assert!(std::fs::read_to_string(folder.join("refused.csv")).unwrap().contains("面议"));
    let said = printed(&zhaocai(&folder, &format!("{list} --apply"), "").await);
    assert!(said.contains("0 new, 0 changed, 1 unchanged"), "the same file twice changes nothing: {said}");
    for (code, why) in [("91330106MA27X0A010", "CREDIT_CODE_INVALID at supplier"), ("91330106MA27X0A01X", "NOT_FOUND at supplier")] {
        let stranger = refused(&zhaocai(&folder, &format!("import price-list list.csv --supplier {code} --data ."), "").await);
        assert!(stranger.contains(why), "{stranger}");
    }
}

#[tokio::test]
async fn a_market_is_backed_up_while_it_is_served_and_stands_again_elsewhere() {
    let server = Server::start().await;
    server.ask(None, SIGN_UP, newcomer(SUPPLIER)).await;
    let id = upload(&server).await;
    app::oversight::log::sequence(&server.app).await.unwrap();
    let elsewhere = tempfile::tempdir().unwrap();
    let backup = format!("backup --data {} --to copy", data(&server).display());
    let said = printed(&zhaocai(elsewhere.path(), &backup, "").await);
    assert!(said.contains("1 contents of files; all checked"), "{said}");
    assert!(refused(&zhaocai(elsewhere.path(), &backup, "").await).contains("copy is not empty"));
    let inside = format!("backup --data {0} --to {0}/copy", data(&server).display());
    assert!(refused(&zhaocai(elsewhere.path(), &inside, "").await).contains("outside the data folder"));

    let restore = "restore --from copy --data market";
    let said = printed(&zhaocai(elsewhere.path(), restore, "").await);
    assert!(said.starts_with("restored to market"), "{said}");
    assert!(refused(&zhaocai(elsewhere.path(), restore, "").await).contains("market is not empty"));
    let said = printed(&zhaocai(elsewhere.path(), &format!("{restore} --replace"), "").await);
    assert!(said.contains("set aside: market.before-restore"), "{said}");

    let restored = Server::over(&elsewhere.path().join("market")).await;
    let answer = restored.ask(None, SIGN_IN, Value::Null).await;
    let token = answer["data"]["signIn"]["accessToken"].as_str().expect("signs in where it never was");
    let file = restored.client.get(format!("{}/files/{id}", restored.address)).bearer_auth(token).send().await.unwrap();
    assert_eq!(file.text().await.unwrap(), "what the file says");
    app::oversight::log::sequence(&restored.app).await.expect("the log is continued under its key");
    let db = database(&elsewhere.path().join("market")).await;
    let statement = sea_orm::Statement::from_string(db.get_database_backend(), "SELECT COUNT(*) FROM event WHERE name = 'market.restored'");
    assert_eq!(db.query_one_raw(statement).await.unwrap().unwrap().try_get_by_index::<i64>(0).unwrap(), 1);
}

/// Keeps a file as the newcomer, and answers its global id.
async fn upload(server: &Server) -> String {
    let answer = server.ask(None, SIGN_IN, Value::Null).await;
    let token = answer["data"]["signIn"]["accessToken"].as_str().unwrap();
    let ctx = server.app.context(domain::identity::actor::Actor::Public, domain::language::Language::English, "test");
    let actor = app::identity::session::authenticate(&server.app, &ctx, token).await.unwrap();
    let kept = app::oversight::file::store_file(&server.app, &ctx.acting_as(actor), "note.txt", b"what the file says".to_vec()).await;
    kept.unwrap().id.to_string()
}

#[tokio::test]
async fn a_damaged_backup_takes_no_place() {
    let server = Server::start().await;
    server.ask(None, SIGN_UP, newcomer(SUPPLIER)).await;
    upload(&server).await;
    app::oversight::log::sequence(&server.app).await.unwrap();
    let elsewhere = tempfile::tempdir().unwrap();
    let at = elsewhere.path();
    printed(&zhaocai(at, &format!("backup --data {} --to copy", data(&server).display()), "").await);
    let content = walk(&at.join("copy/files")).pop().unwrap();
    std::fs::write(&content, "what it never said").unwrap();
    let why = refused(&zhaocai(at, "restore --from copy --data one", "").await);
    assert!(why.contains("DAMAGED: files: the content") && why.contains("is another") && !at.join("one").exists(), "{why}");
    std::fs::write(&content, "what the file says").unwrap();
    for change in ["UPDATE event SET name = 'organization.closed' WHERE name = 'organization.registered'", "UPDATE log_leaf SET leaf = salt WHERE position = 0"] {
        std::fs::copy(at.join("copy/zhaocai.sqlite"), at.join("kept")).unwrap();
        let db = database(&at.join("copy")).await;
        db.execute_unprepared(change).await.unwrap();
        db.close().await.unwrap();
        let why = refused(&zhaocai(at, "restore --from copy --data one", "").await);
        assert!(why.contains("DAMAGED: audit log") && !at.join("one").exists(), "{change}: {why}");
        std::fs::copy(at.join("kept"), at.join("copy/zhaocai.sqlite")).unwrap();
    }
    std::fs::remove_file(at.join("copy/backup.json")).unwrap();
    assert!(refused(&zhaocai(at, "restore --from copy --data two", "").await).contains("is this a whole backup?"));
}

fn walk(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { walk(&path) } else { vec![path] }).collect()
}

#[tokio::test]
async fn a_parked_job_is_listed_and_runs_again_when_it_is_told_to() {
    let server = Server::start().await;
    let at = data(&server);
    assert_eq!(printed(&zhaocai(&at, "admin jobs --data .", "").await), "");
    let id = "0192f0c0-0000-7000-8000-000000000001";
    let db = database(&at).await;
    db.execute_unprepared(&format!(
        "INSERT INTO job (id, kind, key, payload, state, attempts, run_at, last_error, created_at) VALUES \
         (x'{}', 'session.forget', 'k', '\"0192f0c0-0000-7000-8000-000000000002\"', 'parked', 8, '2026-11-20T00:00:00+00:00', 'no disk', '2026-11-19T00:00:00+00:00')",
        id.replace('-', "")
    ))
    .await
    .unwrap();
    let listed = printed(&zhaocai(&at, "admin jobs --data .", "").await);
    assert!(listed.starts_with(id) && listed.contains("session.forget") && listed.ends_with("8 attempts: no disk"), "{listed}");
    printed(&zhaocai(&at, &format!("admin retry-job {id} --data ."), "").await);
    server.app.clock().advance(chrono::TimeDelta::days(3650));
    assert_eq!(app::jobs::run_due(&server.app).await.unwrap(), 1, "it ran");
    assert_eq!(server.app.job_counts().await.unwrap(), (0, 0));
    assert!(refused(&zhaocai(&at, &format!("admin retry-job {id} --data ."), "").await).contains("not found"));
}
