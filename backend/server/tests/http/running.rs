//! The real program in demo mode, as an operator starts it: a process of its own on loopback, a data folder, and
//! everything that it has said.

use futures::{SinkExt as _, StreamExt as _};
use reqwest::{Client, StatusCode};
use serde_json::{Map, Value, json};
use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::{Child, Command};
use tokio::net::TcpStream;
use tokio::sync::oneshot;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

/// A connection over which a subscription is told.
pub type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

/// What is logged: our own words to the last, so that nothing secret can hide behind a level.
const LOG_FILTER: &str = "info,zhaocai=trace,server=trace,app=trace,graphql=trace,domain=trace,sealing=trace,tower_http=trace";
const PASSWORD: &str = "zhaocai-demo-2026";

/// A running server, the people who have signed in to it, and the examples that were run on it.
pub struct Running {
    pub address: String,
    pub folder: tempfile::TempDir,
    client: Client,
    tokens: Mutex<HashMap<String, String>>,
    said: Arc<Mutex<String>>,
    examples: Mutex<BTreeSet<String>>,
    _child: Child,
}

/// Where the examples for integrators lie.
pub fn examples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../graphql/examples")
}

impl Running {
    /// Starts the program and waits until it says that it serves.
    pub async fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let listen = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().to_string();
        let mut command = Command::new(env!("CARGO_BIN_EXE_zhaocai"));
        command.args(["serve", "--demo", "--listen", &listen, "--data"]).arg(folder.path().join("data"));
        command.env("ZHAOCAI__LOG__FILTER", LOG_FILTER).stdout(Stdio::piped()).stderr(Stdio::piped()).kill_on_drop(true);
        let mut child = command.spawn().unwrap();
        let said = Arc::new(Mutex::new(String::new()));
        let (serves, is_serving) = oneshot::channel();
        let mut serves = Some(serves);
        let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
        let kept = Arc::clone(&said);
        tokio::spawn(async move {
            while let Ok(Some(line)) = lines.next_line().await {
                if line.contains("serving") && let Some(serves) = serves.take() {
                    let _ = serves.send(());
                }
                kept.lock().unwrap().push_str(&(line + "\n"));
            }
        });
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let kept = Arc::clone(&said);
        tokio::spawn(async move {
            while let Ok(Some(line)) = lines.next_line().await {
                kept.lock().unwrap().push_str(&(line + "\n"));
            }
        });
        assert!(is_serving.await.is_ok(), "the server ended: {}", said.lock().unwrap());
        let address = format!("http://{listen}");
        let (client, tokens, examples) = (Client::new(), Mutex::default(), Mutex::default());
        Self { address, folder, client, tokens, said, examples, _child: child }
    }

    /// Runs one operation of a document as somebody (`""` for the public), and answers its data: there must be no errors.
    pub async fn ask(&self, who: &str, document: &str, operation: &str, variables: Value) -> Value {
        let answer = self.try_ask("en", who, (document, operation), variables).await;
        assert!(answer.get("errors").is_none(), "{operation} as {who:?}: {answer}");
        answer["data"].clone()
    }

    /// As [`Running::ask`], in a language, with whatever comes back. Somebody whose token has ended signs in again.
    pub async fn try_ask(&self, language: &str, who: &str, (document, operation): (&str, &str), variables: Value) -> Value {
        let body = json!({ "query": document, "operationName": operation, "variables": variables });
        for _ in 0..2 {
            let mut request = self.client.post(format!("{}/graphql", self.address)).header("accept-language", language).json(&body);
            if !who.is_empty() {
                request = request.bearer_auth(self.token(who).await);
            }
            let response = request.send().await.unwrap();
            if response.status() != StatusCode::UNAUTHORIZED {
                return response.json().await.unwrap();
            }
            self.tokens.lock().unwrap().remove(who);
        }
        panic!("{who} signs in and is not known")
    }

    /// The code with which an operation is refused, the same in both languages, each in its own words. What is refused
    /// changes nothing, so asking twice is the same as asking once.
    pub async fn refused(&self, who: &str, (document, operation): (&str, &str), variables: Value) -> String {
        let mut codes = Vec::new();
        for language in ["en", "zh-CN"] {
            let answer = self.try_ask(language, who, (document, operation), variables.clone()).await;
            codes.push(crate::refusals::refusal(language, &answer).unwrap_or_else(|| panic!("{operation} as {who} is not refused: {answer}")));
        }
        assert_eq!(codes[0], codes[1]);
        codes.remove(0)
    }

    /// The bearer token of somebody of the demonstration.
    pub async fn token(&self, login: &str) -> String {
        if let Some(token) = self.tokens.lock().unwrap().get(login) {
            return token.clone();
        }
        let query = "mutation In($input: SignInInput!) { signIn(input: $input) { accessToken userErrors { code } } }";
        let body = json!({ "query": query, "variables": { "input": { "login": login, "password": PASSWORD } } });
        let request = self.client.post(format!("{}/graphql", self.address)).json(&body);
        let answer: Value = request.send().await.unwrap().json().await.unwrap();
        let token = answer["data"]["signIn"]["accessToken"].as_str();
        let token = token.unwrap_or_else(|| panic!("{login} does not get in: {answer}")).to_owned();
        self.tokens.lock().unwrap().insert(login.to_owned(), token.clone());
        token
    }

    /// The examples' document of this name, and its variables with `<name>` replaced by what `known` says. Notes that it
    /// has been run.
    pub fn example(&self, name: &str, operation: &str, known: &[(&str, &str)]) -> (String, Value) {
        let read = |extension: &str| std::fs::read_to_string(examples().join(format!("{name}.{extension}"))).unwrap();
        let variables: Map<String, Value> = serde_json::from_str(&read("json")).unwrap();
        let mut variables = variables.get(operation).unwrap_or_else(|| panic!("{name}.json has no {operation}")).clone();
        fill(&mut variables, known);
        self.examples.lock().unwrap().insert(format!("{name} {operation}"));
        (read("graphql"), variables)
    }

    /// Runs an operation of an example as somebody. What it refuses is a failure: examples work.
    pub async fn run(&self, who: &str, name: &str, operation: &str, known: &[(&str, &str)]) -> Value {
        let (document, variables) = self.example(name, operation, known);
        self.act(who, &document, operation, variables).await
    }

    /// Runs a mutation or query; answers what stands in its one root field, and fails on anything refused.
    pub async fn act(&self, who: &str, document: &str, operation: &str, variables: Value) -> Value {
        let data = self.ask(who, document, operation, variables).await;
        let field = data.as_object().and_then(|fields| fields.values().next()).cloned().unwrap_or_default();
        let refused = field.get("userErrors").and_then(Value::as_array).is_some_and(|errors| !errors.is_empty());
        assert!(!refused, "{operation} as {who}: {field}");
        field
    }

    /// Subscribes by an example, as somebody; answers what comes after the acknowledgement.
    pub async fn follow(&self, who: &str, name: &str, operation: &str, known: &[(&str, &str)]) -> Socket {
        let (document, variables) = self.example(name, operation, known);
        self.follow_document(who, &document, operation, variables).await
    }

    /// Subscribes, as somebody.
    pub async fn follow_document(&self, who: &str, document: &str, operation: &str, variables: Value) -> Socket {
        let mut request = format!("{}/graphql", self.address.replace("http", "ws")).into_client_request().unwrap();
        request.headers_mut().insert("sec-websocket-protocol", "graphql-transport-ws".parse().unwrap());
        let (mut socket, _) = connect_async(request).await.unwrap();
        let say = |value: Value| Message::text(value.to_string());
        let bearer = format!("Bearer {}", self.token(who).await);
        socket.send(say(json!({ "type": "connection_init", "payload": { "authorization": bearer } }))).await.unwrap();
        assert!(socket.next().await.unwrap().unwrap().to_text().unwrap().contains("connection_ack"));
        let payload = json!({ "query": document, "operationName": operation, "variables": variables });
        socket.send(say(json!({ "id": "1", "type": "subscribe", "payload": payload }))).await.unwrap();
        socket
    }

    /// Sends an operation with a file at `variables.<place>`, by the GraphQL multipart request specification.
    pub async fn upload(&self, who: &str, request: (&str, &str, Value), place: &str, file: (&str, Vec<u8>)) -> Value {
        let (document, operation, variables) = request;
        let operations = json!({ "query": document, "operationName": operation, "variables": variables });
        let map = json!({ "0": [format!("variables.{place}")] });
        let part = |disposition: &str| format!("--line\r\nContent-Disposition: form-data; {disposition}\r\n\r\n");
        let head = part("name=\"operations\"") + &operations.to_string() + "\r\n" + &part("name=\"map\"") + &map.to_string();
        let head = head + "\r\n" + &part(&format!("name=\"0\"; filename=\"{}\"", file.0));
        let body = [head.as_bytes(), &file.1, b"\r\n--line--\r\n"].concat();
        let request = self.client.post(format!("{}/graphql", self.address)).header("graphql-require-preflight", "1");
        let request = request.header("content-type", "multipart/form-data; boundary=line").header("accept-language", "en");
        request.bearer_auth(self.token(who).await).body(body).send().await.unwrap().json().await.unwrap()
    }

    /// Which operations of the examples have not been run here, of the examples with these names.
    pub fn examples_left(&self, names: &[&str]) -> Vec<String> {
        let run = self.examples.lock().unwrap();
        let operations = names.iter().flat_map(|name| {
            let text = std::fs::read_to_string(examples().join(format!("{name}.json"))).unwrap();
            let variables: Map<String, Value> = serde_json::from_str(&text).unwrap();
            variables.into_iter().map(move |(operation, _)| format!("{name} {operation}"))
        });
        operations.filter(|operation| !run.contains(operation)).collect()
    }

    /// The demonstration's time.
    pub async fn now(&self) -> chrono::DateTime<chrono::Utc> {
        let answer: Value = self.client.get(format!("{}/demo/clock", self.address)).send().await.unwrap().json().await.unwrap();
        answer["now"].as_str().unwrap().parse().unwrap()
    }

    /// Moves the demonstration's clock; what becomes due happens before this ends.
    pub async fn move_clock(&self, to: chrono::DateTime<chrono::Utc>) {
        let to = format!("to={}", to.to_rfc3339_opts(chrono::SecondsFormat::Secs, true));
        let request = self.client.post(format!("{}/demo/clock", self.address)).header("origin", &self.address);
        let response = request.header("content-type", "application/x-www-form-urlencoded").body(to).send().await.unwrap();
        assert_eq!(response.status(), StatusCode::OK, "{}", response.text().await.unwrap());
        // Access tokens last fifteen minutes.
        self.tokens.lock().unwrap().clear();
    }

    /// Every file of the data folder, and what was logged so far, in which these bytes stand.
    pub fn places_of(&self, needle: &str) -> Vec<String> {
        let mut found = Vec::new();
        search(&self.folder.path().join("data"), needle.as_bytes(), &mut found);
        if self.said.lock().unwrap().contains(needle) {
            found.push("the log".to_owned());
        }
        found
    }

    /// Runs the program offline, in a folder of one person.
    pub fn zhaocai(&self, person: &str, arguments: &[&str]) -> String {
        let folder = self.home(person);
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_zhaocai")).current_dir(folder).args(arguments).output().unwrap();
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap().trim().to_owned()
    }

    /// The folder of one person's own machine.
    pub fn home(&self, person: &str) -> PathBuf {
        let folder = self.folder.path().join("homes").join(person);
        std::fs::create_dir_all(&folder).unwrap();
        folder
    }
}

fn fill(value: &mut Value, known: &[(&str, &str)]) {
    match value {
        Value::String(text) => {
            if let Some(name) = text.strip_prefix('<').and_then(|text| text.strip_suffix('>')) {
                let found = known.iter().find(|(key, _)| *key == name);
                *text = found.unwrap_or_else(|| panic!("nothing is known of <{name}>")).1.to_owned();
            }
        }
        Value::Array(values) => values.iter_mut().for_each(|value| fill(value, known)),
        Value::Object(fields) => fields.values_mut().for_each(|value| fill(value, known)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn search(folder: &Path, needle: &[u8], found: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            search(&path, needle, found);
            continue;
        }
        let content = match std::fs::read(&path) {
            // The index merges its files while the server runs: what is gone hides nothing.
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => continue,
            content => content.unwrap(),
        };
        if content.windows(needle.len()).any(|window| window == needle) {
            found.push(path.display().to_string());
        }
    }
}
