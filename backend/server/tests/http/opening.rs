//! The page of an opening, as the public, a holder and strangers get it: before the deadline, after it, and with the record.

use crate::Server;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sealing::envelope::{Binding, Holder, Manifest, seal};
use sealing::key::HolderKey;
use serde_json::{Value, json};

const PRICES: [i64; 3] = [80_000_000, 81_500_000, 83_000_000];

/// Somebody of the demonstration, signed in.
struct Person {
    account: Value,
    token: String,
}

impl Person {
    async fn new(server: &Server, account: &Value) -> Self {
        Self { account: account.clone(), token: sign_in(server, account).await }
    }
}

/// A published tender of the demonstration, with those around it.
struct Fair {
    server: Server,
    tender: String,
    deadline: chrono::DateTime<chrono::Utc>,
    officer: Person,
    holders: Vec<(Person, HolderKey)>,
    sellers: Vec<Person>,
}

/// Asks, and holds the answer to be without errors.
async fn done(server: &Server, token: &str, query: &str, variables: Value) -> Value {
    let answer = server.ask(Some(token), query, variables).await;
    assert!(answer["errors"].is_null(), "{answer}");
    let payload = answer["data"].as_object().unwrap().values().next().unwrap().clone();
    assert!(payload["userErrors"].as_array().is_none_or(Vec::is_empty), "{payload}");
    payload
}

async fn sign_in(server: &Server, account: &Value) -> String {
    let query = "mutation($l: String!, $p: String!) { signIn(input: { login: $l, password: $p }) { accessToken userErrors { code } } }";
    let answer = server.ask(None, query, json!({ "l": account["login"], "p": account["password"] })).await;
    answer["data"]["signIn"]["accessToken"].as_str().unwrap().to_owned()
}

fn content(keys: &[String], deadline: chrono::DateTime<chrono::Utc>) -> Value {
    let both = |text: &str| json!({ "zh": text, "en": text });
    json!({
        "title": both("Nursing beds"), "description": both("120 beds"), "category": "A05010200", "nature": "GOODS",
        "budget": { "amountMinor": 96_000_000, "currency": "CNY" }, "method": "COMPREHENSIVE",
        "reservation": { "measure": "UNRESERVED", "ground": "COMPETITION_TOO_LITTLE", "reason": { "zh": "货源不足", "en": "" } }, "smallEnterpriseDeductionPercent": 10, "deliveryDays": 30, "threshold": 2, "panelSize": 5, "deadlineAt": deadline,
        "items": [{ "name": both("Bed"), "quantity": 120, "unit": "台", "specification": both("Three functions") }],
        "requirements": [{ "kind": "ESSENTIAL", "text": both("Bears 200 kg") }],
        "papers": [{ "key": "licence", "name": both("Licence"), "source": "第十七条", "isObligatory": true }],
        "criteria": [
            { "key": "price", "kind": "PRICE", "name": both("Price"), "weightPoints": 40, "basis": both("Formula"), "anchors": [] },
            { "key": "quality", "kind": "TECHNICAL", "name": both("Quality"), "weightPoints": 60, "basis": both("Offer"), "anchors": [{ "points": 60, "text": both("All three demands are met") }] },
        ],
        "holderKeyIds": keys,
    })
}

impl Fair {
    async fn open() -> Self {
        let server = Server::start_as(true).await;
        let accounts: Value = server.client.get(format!("{}/demo/accounts.json", server.address)).send().await.unwrap().json().await.unwrap();
        let accounts = accounts.as_array().unwrap().clone();
        let has = |account: &Value, role: &str| account["roles"].as_array().unwrap().contains(&json!(role));
        let buyer = accounts.iter().find(|account| has(account, "key_holder")).unwrap()["organization"]["key"].clone();
        let of_buyer = |role: &str| accounts.iter().find(|account| has(account, role) && account["organization"]["key"] == buyer).unwrap();
        let officer = Person::new(&server, of_buyer("officer")).await;
        let approver = sign_in(&server, of_buyer("approver")).await;
        let (mut holders, mut keys) = (Vec::new(), Vec::new());
        for account in [of_buyer("key_holder"), accounts.iter().find(|account| has(account, "supervisor")).unwrap()] {
            let (person, key) = (Person::new(&server, account).await, HolderKey::generate());
            let register = "mutation($r: String!) { registerHolderKey(input: { recipient: $r }) { holderKey { id } userErrors { code } } }";
            let registered = done(&server, &person.token, register, json!({ "r": key.recipient() })).await;
            keys.push(registered["holderKey"]["id"].as_str().unwrap().to_owned());
            holders.push((person, key));
        }
        let mut sellers = Vec::new();
        for account in accounts.iter().filter(|account| has(account, "seller")).step_by(3).take(3) {
            sellers.push(Person::new(&server, account).await);
        }
        let deadline = server.app.clock().now() + chrono::TimeDelta::days(23);
        let begin = "mutation($c: TenderContentInput!) { beginTender(input: { content: $c }) { tender { id } userErrors { code message path } } }";
        let begun = done(&server, &officer.token, begin, json!({ "c": content(&keys, deadline) })).await;
        let tender = begun["tender"]["id"].as_str().unwrap().to_owned();
        for (name, token) in [("submitTender", &officer.token), ("approveTender", &approver), ("publishTender", &officer.token)] {
            let query = format!("mutation($i: ID!) {{ {name}(input: {{ tenderId: $i }}) {{ userErrors {{ code message path }} }} }}");
            done(&server, token, &query, json!({ "i": tender })).await;
        }
        Self { server, tender, deadline, officer, holders, sellers }
    }

    /// Every seller hands in a sealed bid.
    async fn all_bid(&self) {
        for (seller, price) in self.sellers.iter().zip(PRICES) {
            let ask = "query($t: ID!) { sealingTerms(tenderId: $t) { tenderId lotId documentVersion bidderId threshold holders { holderId recipient } } }";
            let terms = done(&self.server, &seller.token, ask, json!({ "t": self.tender })).await;
            let binding: Binding = serde_json::from_value(terms.clone()).unwrap();
            let holders: Vec<Holder> = serde_json::from_value(terms["holders"].clone()).unwrap();
            let bid = json!({ "price": { "amount_minor": price, "currency": "CNY" }, "answers": [], "papers": [], "technical": "-", "brand": format!("Maikang {price}") });
            let mut rng = sealing::chance::system().unwrap();
            let (sealed, _) = seal(&binding, bid.to_string().as_bytes(), &holders, 2, &mut rng).unwrap();
            let hand_in = "mutation($t: ID!, $m: String!, $c: String!) { submitBid(input: { tenderId: $t, manifest: $m, ciphertext: $c }) { userErrors { code message } } }";
            let manifest = serde_json::to_string(&sealed.manifest).unwrap();
            let input = json!({ "t": self.tender, "m": manifest, "c": STANDARD.encode(&sealed.ciphertext) });
            done(&self.server, &seller.token, hand_in, input).await;
        }
    }

    /// Moves the clock behind the deadline and signs everybody in anew: their tokens have run out.
    async fn pass_deadline(&mut self) {
        self.server.app.clock().set(self.deadline + chrono::TimeDelta::seconds(2));
        let people = self.holders.iter_mut().map(|(person, _)| person).chain(&mut self.sellers).chain([&mut self.officer]);
        for person in people {
            person.token = sign_in(&self.server, &person.account).await;
        }
    }

    /// Posts what a holder's desk posts, and answers where it leads.
    async fn hand_in(&self, holder: usize) -> (reqwest::StatusCode, String) {
        let (person, key) = &self.holders[holder];
        let ask = "query($t: ID!) { openingShares(tenderId: $t) { holderId bids { bidId manifest } } }";
        let view = done(&self.server, &person.token, ask, json!({ "t": self.tender })).await;
        let holder_id = view["holderId"].as_str().unwrap().parse::<uuid::Uuid>().unwrap();
        let mut form = form_urlencoded::Serializer::new(String::new());
        for (place, bid) in view["bids"].as_array().unwrap().iter().enumerate() {
            let manifest: Manifest = serde_json::from_str(bid["manifest"].as_str().unwrap()).unwrap();
            let share = sealing::opening::open_share(&manifest, holder_id, key).unwrap().share;
            form.append_pair(&format!("shares.{place}.bidId"), bid["bidId"].as_str().unwrap());
            form.append_pair(&format!("shares.{place}.share"), &share);
        }
        let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
        let request = client.post(format!("{}/tenders/{}/opening", self.server.address, self.tender)).body(form.finish());
        let request = request.header("content-type", "application/x-www-form-urlencoded");
        let request = request.header("origin", &self.server.address).header("accept-language", "en");
        let answer = request.header("cookie", format!("zhaocai_access={}", person.token)).send().await.unwrap();
        (answer.status(), answer.text().await.unwrap())
    }

    /// The page, as this reader gets it.
    async fn page(&self, reader: Option<&Person>) -> String {
        let mut request = self.server.client.get(format!("{}/tenders/{}/opening", self.server.address, self.tender)).header("accept-language", "en");
        if let Some(reader) = reader {
            request = request.header("cookie", format!("zhaocai_access={}", reader.token));
        }
        let answer = request.send().await.unwrap();
        assert_eq!(answer.status(), 200);
        answer.text().await.unwrap()
    }
}

#[tokio::test]
async fn before_the_deadline_everybody_reads_how_it_works_and_holders_try_their_keys() {
    let fair = Fair::open().await;
    let public = fair.page(None).await;
    for said in ["Opening of bids", "How the opening works", "Supervisor", "is secret until the deadline"] {
        assert!(public.contains(said), "{said}");
    }
    assert!(!public.contains("id=\"opening-try-key\"") && !public.contains("id=\"record\""));
    let holder = fair.page(Some(&fair.holders[0].0)).await;
    assert!(holder.contains("id=\"opening-try-key\"") && holder.contains("Your place"));
    for stranger in [&fair.officer, &fair.sellers[0]] {
        assert!(!fair.page(Some(stranger)).await.contains("id=\"opening-try-key\""));
    }
    let nothing = fair.server.client.get(format!("{}/tenders/nothing/opening", fair.server.address)).send().await.unwrap();
    assert_eq!(nothing.status(), 404);
}

#[tokio::test]
async fn after_the_deadline_holders_open_and_everybody_reads_the_record() {
    let mut fair = Fair::open().await;
    fair.all_bid().await;
    fair.pass_deadline().await;
    let holder = fair.page(Some(&fair.holders[0].0)).await;
    assert!(holder.contains("id=\"opening-open-shares\"") && holder.contains("3 sealed bids are in; 2 more holders are needed"));
    let public = fair.page(None).await;
    assert!(public.contains("3 sealed bids are in") && !public.contains("opening-open-shares") && !public.contains("Who must act now"));
    assert!(fair.page(Some(&fair.officer)).await.contains("Who must act now"));
    let seller = fair.page(Some(&fair.sellers[0])).await;
    assert!(seller.contains("/bid\"") && !seller.contains("opening-open-shares"));

    for holder in 0..2 {
        let (status, said) = fair.hand_in(holder).await;
        assert_eq!(status, 303, "{said}");
    }
    let (status, said) = fair.hand_in(0).await;
    assert!(status == 303, "the same once more is the same: {said}");
    let record = fair.page(None).await;
    for price in ["¥800,000.00", "¥815,000.00", "¥830,000.00", "Maikang", "3 in at the deadline: 3 opened, 0 not opened"] {
        assert!(record.contains(price), "{price}");
    }
    assert!(fair.page(Some(&fair.officer)).await.contains("/qualification"));
    assert!(!fair.page(Some(&fair.holders[0].0)).await.contains("opening-open-shares"), "the holder has acted");
}

#[tokio::test]
async fn with_too_few_bids_the_page_says_that_the_tender_has_failed_and_by_which_law() {
    let mut fair = Fair::open().await;
    fair.pass_deadline().await;
    app::jobs::run_due(&fair.server.app).await.unwrap();
    let public = fair.page(None).await;
    assert!(public.contains("The tender has failed") && public.contains("article 36"));
    assert!(!fair.page(Some(&fair.holders[0].0)).await.contains("opening-open-shares"));
}
