//! A single source of the demonstration to which several suppliers have objected.

use crate::market::Market;
use chrono::{SecondsFormat, TimeDelta};
use serde_json::{Value, json};

/// Who has objected.
const OBJECTORS: [&str; 3] = ["seller.shuchuan-computer", "seller.kangze-medical", "seller.anhe-medical"];

/// Its global id. The officer of the hospital has announced it.
pub async fn objected_often(market: &Market) -> String {
    let (officer, approver) = (market.demo_person("officer.hospital-hz").await, market.demo_person("approver.hospital-hz").await);
    let sole = market.ask(&market.demo_person("seller.qihang-it").await, "{ viewer { organization { id } } }", Value::Null).await;
    let holders = market.ask(&officer, "{ possibleKeyHolders { id } }", Value::Null).await;
    let holders: Vec<&Value> = holders["possibleKeyHolders"].as_array().expect("holders").iter().take(2).map(|holder| &holder["id"]).collect();
    let ahead = |days: i64| (officer.now() + TimeDelta::days(days)).to_rfc3339_opts(SecondsFormat::Secs, true);
    let both = |text: &str| json!({ "zh": text, "en": text });
    let content = json!({
        "title": both("系统维护"), "description": both("原厂维护"), "category": "A02010105", "nature": "SERVICES",
        "budget": { "amountMinor": 900_000_000 }, "method": "LOWEST_PRICE", "reservation": { "measure": "UNRESERVED", "ground": "COMPETITION_TOO_LITTLE", "reason": { "zh": "货源不足", "en": "" } }, "smallEnterpriseDeductionPercent": 10,
        "deliveryDays": 365, "threshold": 2, "panelSize": 3,
        "items": [{ "name": both("维护"), "quantity": 1, "unit": "项", "specification": both("") }],
        "requirements": [{ "kind": "ESSENTIAL", "text": both("四小时内到场") }],
        "papers": [{ "key": "licence", "name": both("营业执照"), "source": "法", "isObligatory": true }],
        "deadlineAt": ahead(40), "holderKeyIds": holders,
        "choice": {
            "procedure": "SINGLE_SOURCE", "ground": "ONLY_SUPPLIER", "reason": both("只有一家能供应"), "approvalNumber": "1",
            "announcedUntil": ahead(30), "soleSupplierId": sole["viewer"]["organization"]["id"], "inviteCount": 0,
        },
    });
    let begin = "mutation($content: TenderContentInput!) { beginTender(input: { content: $content }) { tender { id } userErrors { path message } } }";
    let begun = market.ask(&officer, begin, json!({ "content": content })).await;
    let tender = begun["beginTender"]["tender"]["id"].as_str().unwrap_or_else(|| panic!("{begun}")).to_owned();
    for (act, who) in [("submitTender", &officer), ("approveTender", &approver), ("publishTender", &officer)] {
        let document = format!("mutation($tender: ID!) {{ {act}(input: {{ tenderId: $tender }}) {{ userErrors {{ path message }} }} }}");
        let done = market.ask(who, &document, json!({ "tender": tender })).await;
        assert_eq!(done[act]["userErrors"], json!([]));
    }
    for objector in OBJECTORS {
        let seller = market.demo_person(objector).await;
        let raise = "mutation($tender: ID!) { raiseObjection(input: { tenderId: $tender, text: \"也能供应\" }) { userErrors { message } } }";
        let raised = market.ask(&seller, raise, json!({ "tender": tender })).await;
        assert_eq!(raised["raiseObjection"]["userErrors"], json!([]));
    }
    tender
}
