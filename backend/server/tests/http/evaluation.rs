//! The pages from the opened bids to the contract: each answers for its people and for nobody else.

use crate::Server;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::TimeDelta;
use reqwest::{Client, StatusCode, redirect};
use sealing::envelope::{Manifest, SealingTerms, seal};
use sealing::key::HolderKey;
use serde_json::{Value, json};
use std::collections::HashMap;

const OFFICER: &str = "officer.hospital-hz";
const APPROVER: &str = "approver.hospital-hz";
const SUPERVISOR: &str = "supervisor.finance-hz";
const HOLDERS: [&str; 2] = ["keyholder.hospital-hz", "keyholder2.hospital-hz"];
const SELLERS: [(&str, i64); 3] =
    [("seller.qihang-it", 89_800_000), ("seller.shuchuan-computer", 93_500_000), ("seller.kangze-medical", 92_000_000)];
const EXPERTS: [&str; 5] = ["expert01", "expert02", "expert03", "expert04", "expert05"];
/// What only the bids say.
const CANARY: &str = "终端整机防护 IP65";

/// A demonstration in which a tender's bids have been opened.
struct Hall {
    server: Server,
    client: Client,
    tender: String,
    tokens: HashMap<&'static str, String>,
}

impl Hall {
    async fn open() -> Self {
        let server = Server::start_as(true).await;
        let client = Client::builder().redirect(redirect::Policy::none()).build().unwrap();
        let mut hall = Self { server, client, tender: String::new(), tokens: HashMap::new() };
        let people = [OFFICER, APPROVER, SUPERVISOR, "expert06", "officer.edu-hz"].into_iter();
        for login in people.chain(HOLDERS).chain(EXPERTS).chain(SELLERS.map(|(seller, _)| seller)) {
            let query = "mutation($l: String!) { signIn(input: { login: $l, password: \"zhaocai-demo-2026\" }) { accessToken } }";
            let answer = hall.server.ask(None, query, json!({ "l": login })).await;
            if let Some(token) = answer["data"]["signIn"]["accessToken"].as_str() {
                hall.tokens.insert(login, token.to_owned());
            }
        }
        hall.publish_and_open().await;
        hall
    }

    /// Asks as somebody; whatever is refused is a failure.
    async fn ask(&self, who: &str, query: &str, variables: Value) -> Value {
        let answer = self.server.ask(Some(&self.tokens[who]), query, variables).await;
        let errors = answer["data"].as_object().into_iter().flatten().filter_map(|(_, payload)| payload["userErrors"].as_array());
        assert!(answer.get("errors").is_none() && errors.flatten().next().is_none(), "{who} {query}: {answer}");
        answer["data"].clone()
    }

    /// Acts on the tender.
    async fn act(&self, who: &str, mutation: &str) {
        let query = format!("mutation($t: ID!) {{ {mutation}(input: {{ tenderId: $t }}) {{ userErrors {{ code path }} }} }}");
        self.ask(who, &query, json!({ "t": self.tender })).await;
    }

    /// Gives what an auditor would ask about the draft its reason.
    async fn keep_warnings(&self) {
        let asked = self.ask(OFFICER, "query($t: ID!) { tender(id: $t) { warnings { key } } }", json!({ "t": self.tender })).await;
        for warning in asked["tender"]["warnings"].as_array().unwrap() {
            let query = "mutation($t: ID!, $k: String!) { overrideTenderWarning(input: { tenderId: $t, key: $k, reason: \"各项采购分属不同预算项目\" }) { userErrors { code path } } }";
            self.ask(OFFICER, query, json!({ "t": self.tender, "k": warning["key"] })).await;
        }
    }

    async fn publish_and_open(&mut self) {
        let keys: Vec<HolderKey> = HOLDERS.iter().map(|_| HolderKey::generate()).collect();
        let mut ids = Vec::new();
        for (holder, key) in HOLDERS.iter().zip(&keys) {
            let query = "mutation($r: String!) { registerHolderKey(input: { recipient: $r }) { holderKey { id } userErrors { code } } }";
            let registered = self.ask(holder, query, json!({ "r": key.recipient() })).await;
            ids.push(registered["registerHolderKey"]["holderKey"]["id"].clone());
        }
        let deadline_at = self.server.app.clock().now() + TimeDelta::days(23);
        let query = "mutation($c: TenderContentInput!) { beginTender(input: { content: $c }) { tender { id } userErrors { code path } } }";
        let begun = self.ask(OFFICER, query, json!({ "c": content(&json!(deadline_at), &ids) })).await;
        begun["beginTender"]["tender"]["id"].as_str().unwrap().clone_into(&mut self.tender);
        self.keep_warnings().await;
        for (who, mutation) in [(OFFICER, "submitTender"), (APPROVER, "approveTender"), (OFFICER, "publishTender")] {
            self.act(who, mutation).await;
        }
        for (seller, price) in SELLERS {
            self.bid(seller, price).await;
        }
        self.server.app.clock().advance(TimeDelta::days(23) + TimeDelta::seconds(1));
        app::jobs::run_due(&self.server.app).await.unwrap();
        self.sign_in_again().await;
        for (holder, key) in HOLDERS.iter().zip(&keys) {
            let query = "query($t: ID!) { openingShares(tenderId: $t) { bids { bidId manifest } } }";
            let bids = self.ask(holder, query, json!({ "t": self.tender })).await["openingShares"]["bids"].clone();
            let shares = bids.as_array().unwrap().iter().map(|bid| {
                let manifest: Manifest = serde_json::from_str(bid["manifest"].as_str().unwrap()).unwrap();
                let sealed = manifest.statement.shares.iter().find(|share| share.holder.recipient == key.recipient()).unwrap();
                let share = serde_json::to_value(sealing::opening::open_sealed_share(sealed, key).unwrap()).unwrap();
                json!({ "bidId": bid["bidId"], "share": share["share"] })
            });
            let shares: Vec<Value> = shares.collect();
            let query = "mutation($t: ID!, $s: [OpenedShareInput!]!) { submitOpeningShares(input: { tenderId: $t, shares: $s }) { userErrors { code path } } }";
            self.ask(holder, query, json!({ "t": self.tender, "s": shares })).await;
        }
        app::jobs::run_due(&self.server.app).await.unwrap();
    }

    async fn sign_in_again(&mut self) {
        for (login, token) in &mut self.tokens {
            let query = "mutation($l: String!) { signIn(input: { login: $l, password: \"zhaocai-demo-2026\" }) { accessToken } }";
            let answer = self.server.ask(None, query, json!({ "l": login })).await;
            answer["data"]["signIn"]["accessToken"].as_str().unwrap().clone_into(token);
        }
    }

    async fn bid(&self, seller: &str, price: i64) {
        let query = "query($t: ID!) { sealingTerms(tenderId: $t) { tenderId lotId documentVersion bidderId threshold holders { holderId recipient } } }";
        let terms = self.ask(seller, query, json!({ "t": self.tender })).await["sealingTerms"].clone();
        let terms: SealingTerms = serde_json::from_value(terms).unwrap();
        let bid = json!({
            "price": { "amount_minor": price, "currency": "CNY" }, "technical": CANARY, "brand": format!("启航 {price}"),
            "answers": [{ "requirement": 0, "is_met": true, "text": "三年质保" }], "papers": [{ "key": "licence", "note": "第三页" }],
        });
        let mut rng = sealing::chance::system().unwrap();
        let (sealed, _) = seal(&terms.binding, bid.to_string().as_bytes(), &terms.holders, terms.threshold, &mut rng).unwrap();
        let query = "mutation($t: ID!, $m: String!, $c: String!) { submitBid(input: { tenderId: $t, manifest: $m, ciphertext: $c }) { userErrors { code path } } }";
        let manifest = serde_json::to_string(&sealed.manifest).unwrap();
        self.ask(seller, query, json!({ "t": self.tender, "m": manifest, "c": STANDARD.encode(&sealed.ciphertext) })).await;
    }

    /// The evaluation's bids, as the officer reads them.
    async fn bids(&self) -> Vec<String> {
        let query = "query($t: ID!) { evaluation(tenderId: $t) { bids { bidId } } }";
        let bids = self.ask(OFFICER, query, json!({ "t": self.tender })).await["evaluation"]["bids"].clone();
        bids.as_array().unwrap().iter().map(|bid| bid["bidId"].as_str().unwrap().to_owned()).collect()
    }

    async fn page(&self, who: Option<&str>, page: &str) -> (StatusCode, String) {
        let address = format!("{}/tenders/{}{page}", self.server.address, self.tender);
        let mut request = self.client.get(address).header("accept-language", "en");
        if let Some(who) = who {
            request = request.header("cookie", format!("zhaocai_access={}", self.tokens[who]));
        }
        let answer = request.send().await.unwrap();
        (answer.status(), answer.text().await.unwrap())
    }

    async fn post(&self, who: &str, page: &str, form: &[(String, String)]) -> (StatusCode, String) {
        let address = format!("{}/tenders/{}{page}", self.server.address, self.tender);
        let body: String = form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
        let request = self.client.post(address).header("accept-language", "en").header("origin", self.server.address.clone());
        let request = request.header("content-type", "application/x-www-form-urlencoded");
        let request = request.header("cookie", format!("zhaocai_access={}", self.tokens[who]));
        let answer = request.body(body).send().await.unwrap();
        (answer.status(), answer.text().await.unwrap())
    }

    /// Who sees the page, of all these.
    async fn readers(&self, page: &str) -> Vec<&'static str> {
        let mut readers = Vec::new();
        for who in [OFFICER, APPROVER, SUPERVISOR, EXPERTS[0], "expert06", SELLERS[0].0, SELLERS[1].0, HOLDERS[0]] {
            if self.page(Some(who), page).await.0 == StatusCode::OK {
                readers.push(who);
            }
        }
        readers
    }
}

fn content(deadline_at: &Value, keys: &[Value]) -> Value {
    let both = |zh: &str, en: &str| json!({ "zh": zh, "en": en });
    let criterion = |key: &str, kind: &str, points: u32| {
        let scale = json!([{ "points": points, "text": both("各项参数全部满足", "Every parameter is met") }]);
        let anchors = if kind == "PRICE" { json!([]) } else { scale };
        json!({ "key": key, "kind": kind, "name": both(key, key), "weightPoints": points, "basis": both("按投标文件", "By the bid"), "anchors": anchors })
    };
    json!({
        "title": both("移动查房终端", "Mobile terminals"), "description": both("更新终端", "New terminals"),
        "category": "A02010105", "nature": "GOODS", "method": "COMPREHENSIVE", "budget": { "amountMinor": 98_000_000 },
        "reservation": { "measure": "UNRESERVED", "ground": "COMPETITION_TOO_LITTLE", "reason": { "zh": "货源不足", "en": "" } }, "smallEnterpriseDeductionPercent": 10, "deliveryDays": 45, "panelSize": 5, "threshold": 2,
        "deadlineAt": deadline_at, "holderKeyIds": keys,
        "items": [{ "name": both("终端", "Terminal"), "quantity": 60, "unit": "台", "specification": both("十英寸", "Ten inches") }],
        "requirements": [{ "kind": "ESSENTIAL", "text": both("三年质保", "Three years' warranty") }],
        "papers": [{ "key": "licence", "name": both("营业执照", "Licence"), "source": "政府采购法第二十二条", "isObligatory": true }],
        "criteria": [criterion("price", "PRICE", 30), criterion("technique", "TECHNICAL", 70)],
    })
}

fn fields(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

/// The judgement of the three bidders; one of them as told.
fn judgement(bids: &[String], verdict: &str, reason: &str, act: &str) -> Vec<(String, String)> {
    let mut form = fields(&[("do", act)]);
    for (index, bid) in bids.iter().enumerate() {
        let (verdict, reason) = if index == 1 { (verdict, reason) } else { ("good", "") };
        for (field, value) in [("of", bid.as_str()), ("paper", "licence"), ("verdict", verdict), ("reason", reason)] {
            form.push((format!("findings.{index}.{field}"), value.to_owned()));
        }
    }
    form
}

#[tokio::test]
async fn from_opened_bids_to_a_contract_each_page_answers_for_its_people_alone() {
    let hall = Hall::open().await;
    let bids = hall.bids().await;
    the_officer_judges(&hall, &bids).await;
    a_panel_is_appointed_and_declares(&hall).await;
    members_score_alone(&hall, &bids).await;
    members_sign_and_one_disagrees(&hall).await;
    the_award_is_told_to_everybody(&hall).await;
}

async fn the_officer_judges(hall: &Hall, bids: &[String]) {
    assert_eq!(hall.readers("/qualification").await, [OFFICER, APPROVER, SUPERVISOR]);
    let (status, _) = hall.page(None, "/qualification").await;
    assert_eq!(status, StatusCode::SEE_OTHER, "the public is asked to sign in");
    let (_, page) = hall.page(Some(OFFICER), "/qualification").await;
    assert!(page.contains("第三页") && page.contains("findings.2.verdict") && !page.contains(CANARY), "{page}");
    let (_, page) = hall.page(Some(OFFICER), "").await;
    assert!(page.contains("Judge the bidders"), "{page}");
    assert!(!hall.page(Some(APPROVER), "/qualification").await.1.contains("findings.0.verdict"), "who approves does not judge");

    let (status, page) = hall.post(OFFICER, "/qualification", &judgement(bids, "", "近期才注册", "check")).await;
    assert!(status == StatusCode::UNPROCESSABLE_ENTITY && page.contains("#field-findings-1-verdict") && page.contains("近期才注册"), "{page}");
    let (status, page) = hall.post(OFFICER, "/qualification", &judgement(bids, "insufficient", "", "check")).await;
    assert!(status == StatusCode::UNPROCESSABLE_ENTITY && page.contains("#field-findings-1-reason"), "{page}");
    let (status, page) = hall.post(OFFICER, "/qualification", &judgement(bids, "missing", "", "check")).await;
    assert!(status == StatusCode::OK && page.contains("Only 2 bidders qualify") && page.contains("art. 36"), "{page}");
    let (status, page) = hall.post(OFFICER, "/qualification", &judgement(bids, "missing", "没有附件", "change")).await;
    assert!(status == StatusCode::OK && page.contains("没有附件") && page.contains("findings.1.verdict"), "{page}");
    let (status, _) = hall.post(OFFICER, "/qualification", &judgement(bids, "good", "", "confirm")).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let (_, page) = hall.page(Some(SUPERVISOR), "/qualification").await;
    assert_eq!(page.matches("Qualified<").count(), 3, "{page}");
}

async fn a_panel_is_appointed_and_declares(hall: &Hall) {
    let query = "query($t: ID!) { evaluation(tenderId: $t) { candidates { id name { zh } } } }";
    let candidates = hall.ask(OFFICER, query, json!({ "t": hall.tender })).await["evaluation"]["candidates"].clone();
    let people = app::demo::organizations::organizations();
    let name = |login: &str| people.iter().flat_map(|one| &one.users).find(|user| user.login == login).unwrap().name.zh.clone();
    let id = |login: &str| {
        let mut found = candidates.as_array().unwrap().iter().filter(|one| one["name"]["zh"] == json!(name(login)));
        found.next().unwrap()["id"].as_str().unwrap().to_owned()
    };
    let form = |count: usize| EXPERTS[..count].iter().map(|login| ("members".to_owned(), id(login))).collect::<Vec<_>>();
    let (status, page) = hall.post(OFFICER, "/panel", &form(4)).await;
    assert!(status == StatusCode::UNPROCESSABLE_ENTITY && page.contains("#field-members"), "{page}");
    let is_kept = |input: &&str| input.split('>').next().is_some_and(|tag| tag.contains("name=\"members\"") && tag.contains("checked"));
    assert_eq!(page.split("<input").filter(is_kept).count(), 4, "the choice is kept");
    assert_eq!(hall.post(OFFICER, "/panel", &form(5)).await.0, StatusCode::SEE_OTHER);
    assert_eq!(hall.readers("/panel").await, [OFFICER, APPROVER, SUPERVISOR, EXPERTS[0]]);
    assert_eq!(hall.readers("/qualification").await, [OFFICER, APPROVER, SUPERVISOR], "the panel is not shown the judgement");

    let (_, page) = hall.page(Some(EXPERTS[0]), "/scores").await;
    assert!(page.contains("杭州启航") || page.contains("Qihang"), "whom one declares about: {page}");
    assert!(!page.contains("898,000") && !page.contains(CANARY), "{page}");
    assert_eq!(hall.post(EXPERTS[0], "/scores", &fields(&[("do", "declare")])).await.0, StatusCode::UNPROCESSABLE_ENTITY);
    for expert in EXPERTS {
        let (status, _) = hall.post(expert, "/scores", &fields(&[("do", "declare"), ("none", "true")])).await;
        assert_eq!(status, StatusCode::SEE_OTHER, "{expert}");
    }
}

async fn members_score_alone(hall: &Hall, bids: &[String]) {
    let (_, page) = hall.page(Some(EXPERTS[0]), &format!("/scores/{}", bids[0])).await;
    assert!(page.contains(CANARY) && page.contains("max=\"70.00\"") && page.contains("type=\"number\""), "{page}");
    for stranger in [OFFICER, APPROVER, SUPERVISOR, "expert06", SELLERS[0].0] {
        let (status, _) = hall.page(Some(stranger), &format!("/scores/{}", bids[0])).await;
        assert_eq!(status, StatusCode::NOT_FOUND, "{stranger}");
    }
    let marks = |points: &str| fields(&[("do", "next"), ("scores.0.points", points), ("judgements.0.isMet", "met")]);
    let (status, page) = hall.post(EXPERTS[0], &format!("/scores/{}", bids[1]), &marks("70.5")).await;
    assert!(status == StatusCode::UNPROCESSABLE_ENTITY && page.contains("value=\"70.5\"") && page.contains("#field-scores-0-points"), "{page}");
    let (_, page) = hall.page(Some(EXPERTS[0]), "/scores/check").await;
    assert!(page.contains("6 marks are missing") && !page.contains("value=\"submit\""), "{page}");
    for (index, expert) in EXPERTS.iter().enumerate() {
        for (bid, points) in bids.iter().zip(["61", "57.25", "49.5"]) {
            let (status, _) = hall.post(expert, &format!("/scores/{bid}"), &marks(points)).await;
            assert_eq!(status, StatusCode::SEE_OTHER);
        }
        let (_, page) = hall.page(Some(expert), "/scores/check").await;
        assert!(page.contains("57.25") && page.contains("value=\"submit\""), "{page}");
        assert_eq!(hall.post(expert, "/scores/check", &fields(&[("do", "submit")])).await.0, StatusCode::SEE_OTHER);
        if index < 4 {
            let (_, page) = hall.page(Some(expert), "/scores").await;
            assert!(page.contains("Your scores are handed in"), "{page}");
            for reader in [OFFICER, SUPERVISOR, expert] {
                let (_, page) = hall.page(Some(reader), "/report").await;
                assert!(page.contains("There is no report yet") && !page.contains("57.25"), "{reader}: {page}");
            }
        }
    }
}

async fn members_sign_and_one_disagrees(hall: &Hall) {
    assert_eq!(hall.readers("/report").await, [OFFICER, APPROVER, SUPERVISOR, EXPERTS[0]]);
    let (_, page) = hall.page(Some(OFFICER), "/report").await;
    assert!(page.contains("57.25") && !page.contains("value=\"sign\""), "the buyer reads it and does not sign: {page}");
    let (status, page) = hall.post(EXPERTS[0], "/report", &fields(&[("dissent", &"长".repeat(1_001))])).await;
    assert!(status == StatusCode::UNPROCESSABLE_ENTITY && page.contains("#field-dissent"), "{page}");
    for expert in EXPERTS {
        let dissent = if expert == EXPERTS[2] { "第二家技术分偏高" } else { "" };
        assert_eq!(hall.post(expert, "/report", &fields(&[("dissent", dissent)])).await.0, StatusCode::SEE_OTHER, "{expert}");
    }
    let (_, page) = hall.page(Some(APPROVER), "/report").await;
    assert!(page.contains("第二家技术分偏高") && page.contains("All 5 members have signed"), "{page}");
}

async fn the_award_is_told_to_everybody(hall: &Hall) {
    let (_, page) = hall.page(Some(APPROVER), "").await;
    assert!(page.contains("Confirm the award"), "{page}");
    let (_, page) = hall.page(None, "/award").await;
    assert!(page.contains("There is no award yet"), "{page}");
    let first = hall.bids().await[0].clone();
    let confirm = fields(&[("do", "confirm"), ("bidId", &first)]);
    assert_eq!(hall.post(OFFICER, "/award", &confirm).await.0, StatusCode::FORBIDDEN);
    assert_eq!(hall.post(APPROVER, "/award", &confirm).await.0, StatusCode::SEE_OTHER);
    let (_, page) = hall.page(None, "/award").await;
    assert!(page.contains("There is no award yet"), "confirmed is not public: {page}");
    assert_eq!(hall.post(OFFICER, "/award", &fields(&[("do", "publish")])).await.0, StatusCode::SEE_OTHER);
    app::jobs::run_due(&hall.server.app).await.unwrap();
    let (_, page) = hall.page(None, "/award").await;
    assert!(page.contains("¥898,000.00") && !page.contains("57.25"), "{page}");
    let (_, page) = hall.page(Some(SELLERS[1].0), "/award").await;
    assert!(page.contains("What came of your bid"), "{page}");
    let (_, page) = hall.page(Some(SELLERS[0].0), "/award").await;
    assert!(!page.contains("What came of your bid"), "the winner lost nothing: {page}");
    assert_eq!(hall.post(OFFICER, "/award", &fields(&[("do", "contract")])).await.0, StatusCode::SEE_OTHER);
    let (_, page) = hall.page(Some(SELLERS[0].0), "").await;
    assert!(page.contains("Sign the contract"), "{page}");
    let (_, page) = hall.page(Some(SELLERS[1].0), "").await;
    assert!(!page.contains("Sign the contract"), "{page}");
}
