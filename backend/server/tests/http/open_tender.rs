//! From the plan to the signed contract by documents alone, with bids sealed by `zhaocai seal`, against the running
//! program. No browser takes part.

mod bids;

use crate::refusals::refusal;
use crate::running::Running;
use chrono::{DateTime, TimeDelta, Utc};
use futures::StreamExt as _;
use serde_json::{Value, json};
use std::collections::HashMap;

const DOCUMENTS: &str = include_str!("documents/open_tender.graphql");
const OFFICER: &str = "officer.hospital-hz";
const APPROVER: &str = "approver.hospital-hz";
/// Two of the hospital's and the supervisor's own; two of the three open.
const HOLDERS: [&str; 3] = ["keyholder.hospital-hz", "keyholder2.hospital-hz", "supervisor.finance-hz"];
/// With their prices in fen and the points that every member gives them.
const SELLERS: [(&str, i64, &str); 3] =
    [("seller.qihang-it", 82_000_000, "50"), ("seller.shuchuan-computer", 78_500_000, "47.5"), ("seller.yunshan-net", 91_000_000, "38")];
/// Words that stand nowhere but inside envelopes.
const CANARY: &str = "canary-9d41-金丝雀";
const PAPERS: [&str; 2] = ["licence", "taxes"];

/// One tender on its way, with those who take part.
struct Path {
    on: Running,
    tender: String,
}

impl Path {
    async fn act(&self, who: &str, operation: &str, variables: Value) -> Value {
        self.on.act(who, DOCUMENTS, operation, variables).await
    }

    /// Acts on the tender.
    async fn step(&self, who: &str, operation: &str) -> Value {
        self.act(who, operation, json!({ "tenderId": self.tender })).await
    }

    /// What is refused, by its first code, in both languages.
    async fn refused(&self, who: &str, operation: &str, mut variables: Value) -> String {
        variables["tenderId"] = json!(self.tender);
        self.on.refused(who, (DOCUMENTS, operation), variables).await
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("{value} is no text")).to_owned()
}

fn both(zh: &str, en: &str) -> Value {
    json!({ "zh": zh, "en": en })
}

fn content(deadline_at: DateTime<Utc>, holder_keys: &[String], documents: &[String]) -> Value {
    let criterion = |key: &str, kind: &str, zh: &str, en: &str, points: u32| {
        let scale = json!([{ "points": points, "text": both("各项参数全部满足", "Every parameter is met") }]);
        let anchors = if kind == "PRICE" { json!([]) } else { scale };
        json!({ "key": key, "kind": kind, "name": both(zh, en), "weightPoints": points, "basis": both("按响应情况打分", "By what is offered"), "anchors": anchors })
    };
    let paper = |key: &str| {
        json!({ "key": key, "name": both("资格材料", "Paper"), "source": "政府采购法第二十二条", "isObligatory": true })
    };
    json!({
        "title": both("门诊部服务器与存储设备采购", "Servers and storage for the outpatient department"),
        "description": both("更新门诊部信息系统所用服务器与存储。", "Renewal of the outpatient department's servers and storage."),
        "category": "A02010103", "nature": "GOODS", "method": "COMPREHENSIVE",
        "budget": { "amountMinor": 95_000_000 }, "reservation": { "measure": "UNRESERVED", "ground": "COMPETITION_TOO_LITTLE", "reason": { "zh": "货源不足", "en": "" } }, "smallEnterpriseDeductionPercent": 10, "deliveryDays": 45,
        "items": [{ "name": both("机架式服务器", "Rack server"), "quantity": 6, "unit": "台", "specification": both("双路，内存 512 GB", "Two sockets, 512 GB") }],
        "requirements": [
            { "kind": "ESSENTIAL", "text": both("冗余电源", "Redundant power supplies") },
            { "kind": "IMPORTANT", "text": both("五年保修", "Five years of warranty") },
        ],
        "papers": PAPERS.map(paper),
        "criteria": [criterion("price", "PRICE", "价格", "Price", 40), criterion("quality", "TECHNICAL", "技术", "Technical", 60)],
        "deadlineAt": deadline_at, "holderKeyIds": holder_keys, "threshold": 2, "panelSize": 5, "documentIds": documents,
    })
}

#[tokio::test]
async fn an_open_tender_goes_from_plan_to_signed_contract_by_documents_alone() {
    let mut path = Path { on: Running::start().await, tender: String::new() };
    let holder_keys = holders_make_their_keys(&path).await;
    let content = notice(&mut path, &holder_keys).await;
    let deadline_at = questions_and_a_change(&path, content).await;
    let bids = bids::come_in(&path).await;
    bids::nothing_is_known_before_the_deadline(&path).await;
    path.on.move_clock(deadline_at + TimeDelta::seconds(2)).await;
    bids_are_opened(&path, &bids).await;
    bidders_are_judged_and_a_panel_scores(&path, &bids).await;
    let winner = award(&path, &bids).await;
    contract(&path, &winner).await;
    let left = path.on.examples_left(&["01-sign-in", "02-find-tenders", "03-read-a-notice", "04-follow-a-tender", "05-ask-a-question", "06-submit-a-sealed-bid"]);
    assert!(left.is_empty(), "examples that nothing has run: {left:?}");
}

/// Each holder makes a key on a machine of its own and registers the public half.
async fn holders_make_their_keys(path: &Path) -> Vec<String> {
    let mut keys = Vec::new();
    for holder in HOLDERS {
        std::fs::write(path.on.home(holder).join("passphrase"), format!("four plain words for {holder}")).unwrap();
        let recipient = path.on.zhaocai(holder, &["holder-key", "new", "--recovery", "recovery", "--passphrase-file", "passphrase"]);
        let payload = path.act(holder, "RegisterHolderKey", json!({ "recipient": recipient })).await;
        keys.push(text(&payload["holderKey"]["id"]));
        assert_eq!(path.act(holder, "ViewerHolderKeys", json!({})).await[0]["recipient"], json!(recipient));
    }
    let possible = path.act(OFFICER, "PossibleKeyHolders", json!({})).await;
    let possible: Vec<_> = possible.as_array().unwrap().iter().map(|key| text(&key["id"])).collect();
    assert!(keys.iter().all(|key| possible.contains(key)), "{possible:?} {keys:?}");
    keys
}

/// Plan, draft, sent back, mended, approved by another person, published with a document.
async fn notice(path: &mut Path, holder_keys: &[String]) -> Value {
    let published_at = path.on.now().await;
    // An intention is public for thirty days before its notice.
    let now = published_at + TimeDelta::days(31);
    let plan = json!({ "input": {
        "title": both("门诊部服务器采购", "Servers"), "description": both("更新设备", "Renewal"), "category": "A02010103",
        "budget": { "amountMinor": 95_000_000 }, "expectedOn": (published_at + TimeDelta::days(35)).date_naive(),
    } });
    let plan = text(&path.act(OFFICER, "CreatePlan", plan).await["plan"]["id"]);
    let published = path.act(OFFICER, "PublishPlan", json!({ "planId": plan })).await;
    assert!(published["plan"]["publishedAt"].is_string(), "{published}");
    path.on.move_clock(now).await;
    let file = ("采购需求.pdf", b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n".to_vec());
    let uploaded = path.on.upload(OFFICER, (DOCUMENTS, "UploadFile", json!({ "file": null })), "file", file).await;
    let document = text(&uploaded["data"]["uploadFile"]["file"]["id"]);

    let deadline_at = now + TimeDelta::days(23);
    let begun = path.act(OFFICER, "BeginTender", json!({ "planId": plan, "content": content(now + TimeDelta::days(3), &[], &[]) })).await;
    path.tender = text(&begun["tender"]["id"]);
    assert_eq!(path.refused(OFFICER, "SubmitTender", json!({})).await, "HOLDERS_TOO_FEW");
    let whole = content(deadline_at, holder_keys, &[document]);
    let version = &begun["tender"]["version"];
    let write = json!({ "tenderId": path.tender, "version": version, "content": content(now + TimeDelta::days(3), holder_keys, &[]) });
    let written = path.act(OFFICER, "WriteTender", write).await;
    assert_eq!(path.refused(OFFICER, "SubmitTender", json!({})).await, "DEADLINE_TOO_EARLY");
    assert_eq!(path.refused(OFFICER, "WriteTender", json!({ "version": version, "content": whole })).await, "CONFLICT");
    let write = json!({ "tenderId": path.tender, "version": written["tender"]["version"], "content": whole });
    path.act(OFFICER, "WriteTender", write).await;
    // What an auditor would ask waits for its reason.
    assert_eq!(path.refused(OFFICER, "SubmitTender", json!({})).await, "WARNINGS_OPEN");
    for warning in path.step(OFFICER, "Warnings").await["warnings"].as_array().unwrap() {
        let reason = "预算含三年维保、迁移与培训，经市场调查形成";
        let keep = json!({ "tenderId": path.tender, "key": warning["key"], "reason": reason });
        assert_eq!(path.act(OFFICER, "OverrideWarning", keep).await["warningOverride"]["reason"], reason, "{warning}");
    }
    path.step(OFFICER, "SubmitTender").await;
    assert!(path.step(APPROVER, "Warnings").await["warnings"][0]["overridden"]["reason"].is_string(), "who approves reads the reason");
    assert_eq!(path.refused(OFFICER, "ApproveTender", json!({})).await, "FORBIDDEN");
    path.act(APPROVER, "ReturnTender", json!({ "tenderId": path.tender, "reason": "请核对保修要求" })).await;
    path.step(OFFICER, "SubmitTender").await;
    assert_eq!(path.step(APPROVER, "ApproveTender").await["tender"]["state"], "APPROVED");
    let published = path.step(OFFICER, "PublishTender").await;
    assert_eq!((&published["tender"]["state"], published["tender"]["holders"].as_array().map(Vec::len)), (&json!("PUBLISHED"), Some(3)));
    whole
}

/// What a supplier's system does first: the examples 1 to 5. Then the buyer answers and changes the notice.
async fn questions_and_a_change(path: &Path, mut content: Value) -> DateTime<Utc> {
    let seller = SELLERS[0].0;
    let tokens = path.on.run("", "01-sign-in", "SignIn", &[]).await;
    path.on.run("", "01-sign-in", "RefreshSession", &[("refreshToken", tokens["refreshToken"].as_str().unwrap())]).await;
    assert_eq!(path.on.run(seller, "01-sign-in", "Viewer", &[]).await["login"], seller);
    let found = path.on.run("", "02-find-tenders", "FindTenders", &[]).await;
    assert!(found["nodes"].as_array().unwrap().iter().any(|tender| tender["id"] == json!(path.tender)), "{found}");
    let known = [("tenderId", path.tender.as_str())];
    let read = path.on.run("", "03-read-a-notice", "ReadNotice", &known).await;
    let published: DateTime<Utc> = text(&read["deadlineAt"]).parse().unwrap();
    let mut followed = path.on.follow(seller, "04-follow-a-tender", "FollowTender", &known).await;

    let asked = path.on.run(seller, "05-ask-a-question", "AskQuestion", &known).await;
    let question = asked["clarification"]["id"].clone();
    path.act(OFFICER, "Answer", json!({ "clarificationId": question, "answer": "自验收合格之日起算。" })).await;
    let read = path.on.run("", "03-read-a-notice", "ReadNotice", &known).await;
    assert_eq!(read["clarifications"][0]["answer"], "自验收合格之日起算。");
    // Ten days on fewer than fifteen are left: the change moves the deadline.
    path.on.move_clock(path.on.now().await + TimeDelta::days(10)).await;
    content["requirements"][1]["text"] = both("六年保修", "Six years of warranty");
    let version = path.act(OFFICER, "Timeline", json!({ "tenderId": path.tender })).await;
    assert!(version["nodes"].as_array().unwrap().iter().any(|event| event["name"] == "clarification.answered"), "{version}");
    let stand = path.on.ask("", "query Stand($id: ID!) { tender(id: $id) { version } }", "Stand", json!({ "id": path.tender })).await;
    let change = json!({
        "tenderId": path.tender, "version": stand["tender"]["version"], "content": content, "reason": both("保修期调整为六年", "Six years of warranty instead of five"),
    });
    let changed = path.act(OFFICER, "AmendTender", change).await;
    let deadline_at: DateTime<Utc> = text(&changed["tender"]["deadlineAt"]).parse().unwrap();
    assert!(deadline_at - path.on.now().await >= TimeDelta::days(14) && deadline_at > published, "{changed}");
    let mut told = Vec::new();
    while told.last().is_none_or(|name| name != "tender.amended") {
        let next = followed.next().await.unwrap().unwrap();
        let next: Value = serde_json::from_str(next.to_text().unwrap()).unwrap();
        told.push(text(&next["payload"]["data"]["tenderProgress"]["name"]));
    }
    assert!(told.contains(&"clarification.answered".to_owned()), "{told:?}");
    deadline_at
}

/// Two of the three holders open their shares on their machines; the record shows every price.
async fn bids_are_opened(path: &Path, bids: &HashMap<&str, String>) {
    bids::late_ones_are_refused(path, bids).await;
    for (place, holder) in HOLDERS.into_iter().skip(1).enumerate() {
        let view = path.step(holder, "OpeningShares").await;
        let sealed = view["bids"].as_array().unwrap();
        assert_eq!((sealed.len(), view["handedIn"].as_array().map(Vec::len)), (3, Some(place)));
        let open = |sealed: &Value| {
            std::fs::write(path.on.home(holder).join("manifest.json"), sealed["manifest"].as_str().unwrap()).unwrap();
            let command = ["holder-key", "open-share", "--recovery", "recovery", "--manifest", "manifest.json", "--passphrase-file", "passphrase"];
            let share: Value = serde_json::from_str(&path.on.zhaocai(holder, &command)).unwrap();
            json!({ "bidId": sealed["bidId"], "share": share["share"] })
        };
        let mut shares: Vec<Value> = sealed.iter().map(open).collect();
        let right = shares[0]["share"].clone();
        shares[0]["share"] = shares[1]["share"].clone();
        assert_eq!(path.refused(holder, "SubmitShares", json!({ "shares": shares })).await, "SHARE_WRONG");
        shares[0]["share"] = right;
        path.act(holder, "SubmitShares", json!({ "tenderId": path.tender, "shares": shares })).await;
    }
    let record = path.step("", "Opening").await;
    let lines = record["lines"].as_array().unwrap();
    assert_eq!((lines.len(), record["holders"].as_array().map(Vec::len)), (3, Some(2)), "{record}");
    for (seller, price, _) in SELLERS {
        let line = lines.iter().find(|line| line["bidId"] == json!(bids[seller])).unwrap();
        assert_eq!((&line["price"]["amountMinor"], &line["fault"], &line["isStale"]), (&json!(price), &Value::Null, &json!(false)));
    }
    let opened = path.step(OFFICER, "TenderBids").await;
    assert_eq!(opened["count"], 3);
    assert!(opened["opened"][0]["technical"].as_str().unwrap().contains(CANARY));
    assert!(!path.on.places_of(CANARY).is_empty(), "the canary is found once it is out: the search works");
}

async fn bidders_are_judged_and_a_panel_scores(path: &Path, bids: &HashMap<&str, String>) {
    let findings = bids.values().flat_map(|bid| PAPERS.map(|paper| json!({ "bidId": bid, "paper": paper, "isMet": true })));
    let findings: Vec<Value> = findings.collect();
    let qualified = path.act(OFFICER, "Qualify", json!({ "tenderId": path.tender, "findings": findings })).await;
    assert_eq!(qualified["evaluation"]["stage"], "QUALIFIED");
    let candidates = path.step(OFFICER, "Candidates").await;
    let candidates: Vec<_> = candidates["candidates"].as_array().unwrap().iter().map(|user| text(&user["id"])).collect();
    let mut members = HashMap::new();
    for number in 1..=16 {
        let login = format!("expert{number:02}");
        let viewer = path.on.ask(&login, "query Me { viewer { user { id } } }", "Me", json!({})).await;
        let id = text(&viewer["viewer"]["user"]["id"]);
        if members.len() < 5 && candidates.contains(&id) {
            members.insert(login, id);
        }
    }
    let ids: Vec<_> = members.values().collect();
    assert_eq!(path.refused(OFFICER, "AppointPanel", json!({ "members": ids[..3] })).await, "MEMBERS_TOO_FEW");
    path.act(OFFICER, "AppointPanel", json!({ "tenderId": path.tender, "members": ids })).await;
    for member in members.keys() {
        let seen = path.step(member, "Declare").await;
        let all_have_declared = seen["evaluation"]["stage"] == "SCORING";
        assert_eq!(seen["evaluation"]["bids"].as_array().unwrap().is_empty(), !all_have_declared, "nobody sees a bid before all have declared");
    }
    let scores: Vec<Value> = SELLERS.iter().map(|(seller, _, points)| json!({ "bidId": bids[seller], "criterion": "quality", "points": points })).collect();
    let judgements: Vec<Value> = bids.values().map(|bid| json!({ "bidId": bid, "requirement": 0, "isMet": true })).collect();
    for member in members.keys() {
        assert_eq!(path.refused(member, "SubmitScores", json!({})).await, "SCORES_INCOMPLETE");
        let sheet = json!({ "tenderId": path.tender, "scores": scores, "judgements": judgements });
        let saved = path.act(member, "SaveScores", sheet).await;
        assert_eq!(saved["evaluation"]["mySheet"]["scores"].as_array().map(Vec::len), Some(3));
        path.step(member, "SubmitScores").await;
    }
    assert_eq!(path.refused(APPROVER, "ConfirmAward", json!({ "bidId": bids[SELLERS[0].0] })).await, "REPORT_UNSIGNED");
    for member in members.keys() {
        path.step(member, "SignReport").await;
    }
    let evaluation = path.step(OFFICER, "Evaluation").await;
    assert_eq!((&evaluation["stage"], &evaluation["report"]["isSigned"]), (&json!("SIGNED"), &json!(true)));
}

/// The approver confirms the first, the officer publishes, the others are told.
async fn award(path: &Path, bids: &HashMap<&str, String>) -> (String, String) {
    let evaluation = path.step(OFFICER, "Evaluation").await;
    let first = evaluation["report"]["lines"].as_array().unwrap().iter().find(|line| line["rank"] == 1).unwrap().clone();
    let winner = SELLERS.iter().map(|(seller, ..)| *seller).find(|seller| first["bidId"] == json!(bids[*seller])).unwrap();
    let loser = SELLERS.iter().map(|(seller, ..)| *seller).find(|seller| *seller != winner).unwrap();
    assert_eq!(path.refused(OFFICER, "ConfirmAward", json!({ "bidId": first["bidId"] })).await, "FORBIDDEN");
    assert_eq!(path.refused(APPROVER, "ConfirmAward", json!({ "bidId": bids[loser] })).await, "NOT_FIRST_RANKED");
    let key = two_confirm_at_once(path, &first["bidId"]).await;
    assert_eq!(path.refused(APPROVER, "ConfirmAward", json!({ "bidId": bids[loser], "key": key })).await, "IDEMPOTENCY_KEY_REUSED");
    assert_eq!(path.step("", "Award").await, Value::Null, "not public yet");
    assert_eq!(path.step(OFFICER, "PublishAward").await["award"]["state"], "PUBLISHED");
    assert_eq!(path.step("", "Award").await["bidId"], first["bidId"]);
    // Those who lost are told by a job; the next hour's work includes it.
    path.on.move_clock(path.on.now().await + TimeDelta::hours(1)).await;
    assert!(path.step(loser, "AwardNotice").await["reason"]["en"].is_string());
    assert_eq!(path.step(winner, "AwardNotice").await, Value::Null);
    (winner.to_owned(), text(&first["bidId"]))
}

/// Of two confirmations at the same moment one is taken; sent again under its key it gets its answer again. Answers that
/// key.
async fn two_confirm_at_once(path: &Path, bid: &Value) -> &'static str {
    let confirm = |key: &str| json!({ "tenderId": path.tender, "bidId": bid, "key": key });
    let send = |key: &'static str| path.on.try_ask("en", APPROVER, (DOCUMENTS, "ConfirmAward"), confirm(key));
    let (one, other) = futures::join!(send("confirm-1"), send("confirm-2"));
    let (taken, refused, key) = match refusal("en", &one) {
        None => (one, other, "confirm-1"),
        Some(_) => (other, one, "confirm-2"),
    };
    let code = refusal("en", &refused).unwrap();
    assert!(code == "CONFLICT" || code == "WRONG_STATE", "{refused}");
    assert_eq!(taken["data"]["confirmAward"]["award"]["state"], "CONFIRMED", "{taken}");
    let again = path.act(APPROVER, "ConfirmAward", confirm(key)).await;
    assert_eq!(again, taken["data"]["confirmAward"], "sent twice, confirmed once");
    key
}

async fn contract(path: &Path, (winner, bid): &(String, String)) {
    let made = path.step(OFFICER, "MakeContract").await;
    let price = SELLERS.iter().find(|(seller, ..)| seller == winner).unwrap().1;
    assert_eq!((&made["contract"]["state"], &made["contract"]["value"]["amountMinor"]), (&json!("DRAWN_UP"), &json!(price)), "as bid: {bid}");
    assert_eq!(made["contract"]["lines"][0]["quantity"], 6);
    let sign = json!({ "contractId": made["contract"]["id"] });
    assert_eq!(path.act(winner, "SignContract", sign.clone()).await["contract"]["state"], "PARTLY_SIGNED");
    assert_eq!(path.act(APPROVER, "SignContract", sign).await["contract"]["state"], "SIGNED");
    let stranger = SELLERS.iter().map(|(seller, ..)| *seller).find(|seller| seller != winner).unwrap();
    assert_eq!(path.step(stranger, "ContractOfTender").await, Value::Null);
    assert_eq!(path.act(winner, "Contracts", json!({})).await["edges"][0]["node"]["id"], made["contract"]["id"]);
    let timeline = path.step("", "Timeline").await;
    let names: Vec<_> = timeline["nodes"].as_array().unwrap().iter().map(|event| text(&event["name"])).collect();
    for name in ["tender.published", "clarification.answered", "tender.amended", "opening.shares_submitted", "tender.opened", "tender.awarded", "tender.contracted"] {
        assert!(names.iter().any(|known| known == name), "{name} is not in the public timeline: {names:?}");
    }
}
