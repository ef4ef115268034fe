//! From a supplier's price list to a closed order by documents alone, against the running program. Nearly everything is
//! an example for integrators, in the order in which they stand.

use crate::running::Running;
use chrono::TimeDelta;
use futures::StreamExt as _;
use serde_json::{Value, json};

const SELLER: &str = "seller.bainiao-lab";
const BUYER: &str = "officer.university-hz";
const IMPORT: &str = "07-import-a-price-list";
const SEARCH: &str = "08-search-the-catalogue";
const ORDER: &str = "09-place-an-order";
const DELIVER: &str = "10-deliver-an-order";
/// As a supplier sends it: a title above the header, ¥ and 元 and full-width digits, and two rows that can't be taken.
const PRICE_LIST: &str = "百鸟实验器材 2026 年报价单,,,,,,\r\n\
    货号,名称,英文名称,品牌,单位,品目编码,单价（元）,库存\r\n\
    BN-Q901,涡旋振荡器,Vortex mixer,博鸣,台,A02100499,\"¥1,280.00\",40\r\n\
    BN-Q902,恒温金属浴,Dry block heater,博鸣,台,A02100499,２３６０元,12\r\n\
    BN-Q903,=cmd|' /C calc'!A0,,博鸣,台,A02100499,99,5\r\n\
    BN-Q904,无价商品,,博鸣,台,A02100499,面议,5\r\n";

fn id(value: &Value) -> &str {
    value["id"].as_str().unwrap_or_else(|| panic!("{value} has no id"))
}

#[tokio::test]
async fn a_price_list_becomes_a_delivered_order_by_documents_alone() {
    let on = Running::start().await;
    a_price_list_comes_in(&on).await;
    let (item, supplier) = a_buyer_finds_an_item(&on).await;
    let order = it_is_ordered(&on, &item, &supplier).await;
    it_is_delivered_in_two_parts(&on, &order).await;
    let left = on.examples_left(&[IMPORT, SEARCH, ORDER, DELIVER]);
    assert!(left.is_empty(), "examples that nothing has run: {left:?}");
}

/// Read by multipart upload, looked at, confirmed, applied while a subscription tells of it; the second time nothing
/// changes.
async fn a_price_list_comes_in(on: &Running) {
    let import = async || {
        let (document, variables) = on.example(IMPORT, "ImportPriceList", &[]);
        let file = ("price-list.csv", PRICE_LIST.as_bytes().to_vec());
        let answer = on.upload(SELLER, (&document, "ImportPriceList", variables), "input.file", file).await;
        answer["data"]["importPriceList"]["priceListImport"].clone()
    };
    let read = import().await;
    let counts = |run: &Value| ["rowCount", "newCount", "changedCount", "unchangedCount", "refusedCount"].map(|count| run[count].as_i64().unwrap());
    assert_eq!(counts(&read), [4, 2, 0, 0, 2], "{read}");
    let remarks = read["rows"].to_string();
    assert!(remarks.contains("BN-Q903") && remarks.contains("formula") && remarks.contains("BN-Q904"), "{remarks}");
    assert!(read["refusedFile"]["contentBase64"].as_str().unwrap().len() > 1_000, "the refused rows come back as a workbook");
    let known = [("importId", id(&read))];
    let follow = "subscription Import($id: ID!) { importProgress(importId: $id) { name } }";
    let mut followed = on.follow_document(SELLER, follow, "Import", json!({ "id": id(&read) })).await;
    let confirmed = on.run(SELLER, IMPORT, "ConfirmPriceList", &known).await;
    assert_eq!(confirmed["priceListImport"]["id"], read["id"]);
    loop {
        let told: Value = serde_json::from_str(followed.next().await.unwrap().unwrap().to_text().unwrap()).unwrap();
        if told["payload"]["data"]["importProgress"]["name"] == "price_list_import.applied" {
            break;
        }
        assert_eq!(told["type"], "next", "{told}");
    }
    let done = on.run(SELLER, IMPORT, "PriceListProgress", &known).await;
    assert_eq!((&done["status"], &done["doneCount"]), (&json!("APPLIED"), &json!(4)), "{done}");
    let again = import().await;
    assert_eq!(counts(&again), [4, 0, 0, 2, 2], "the same file twice changes nothing");
}

/// By a Chinese word, by an English word with a slip of the keys, and by facet.
async fn a_buyer_finds_an_item(on: &Running) -> (String, String) {
    on.run("", SEARCH, "SearchItems", &[]).await;
    let (document, _) = on.example(SEARCH, "SearchItems", &[]);
    let search = async |text: &str, filter: Value| {
        let variables = json!({ "text": text, "filter": filter, "first": 10 });
        on.act("", &document, "SearchItems", variables).await
    };
    // What was written is found as soon as its job is done: each hour that the demo's clock goes on does what is due.
    let mut found = search("涡旋振荡器", json!({})).await;
    for _ in 0..20 {
        if found["totalCount"] != 0 && found["hits"][0]["item"]["number"] == "BN-Q901" {
            break;
        }
        on.move_clock(on.now().await + TimeDelta::minutes(1)).await;
        found = search("涡旋振荡器", json!({})).await;
    }
    let hit = &found["hits"][0];
    assert_eq!(hit["item"]["number"], "BN-Q901", "{found}");
    let misspelt = search("vortx mixer", json!({ "brands": ["博鸣"] })).await;
    assert_eq!((&misspelt["hits"][0]["item"]["number"], &misspelt["isCorrected"]), (&json!("BN-Q901"), &json!(true)), "{misspelt}");
    let title = misspelt["hits"][0]["title"].as_array().unwrap();
    assert!(title.iter().any(|part| part["isMatch"] == true), "what matched is marked: {misspelt}");
    let by_facet = search("", json!({ "brands": ["博鸣"] })).await;
    assert_eq!(by_facet["totalCount"], 2);
    let counted = by_facet["facets"]["brands"].as_array().unwrap().iter().find(|facet| facet["value"] == "博鸣").unwrap();
    assert_eq!(counted["count"], 2);
    let item = &hit["item"];
    assert_eq!(item["priceTiers"][0]["price"]["amountMinor"], 128_000);
    (id(item).to_owned(), id(&item["supplier"]).to_owned())
}

async fn it_is_ordered(on: &Running, item: &str, supplier: &str) -> String {
    let in_thirty_days = (on.now().await + TimeDelta::days(30)).date_naive().to_string();
    let known = [("itemId", item), ("inThirtyDays", in_thirty_days.as_str())];
    let basket = on.run(BUYER, ORDER, "AddToBasket", &known).await;
    let group = &basket["basket"]["groups"][0];
    assert_eq!((&group["supplierId"], &group["total"]["amountMinor"]), (&json!(supplier), &json!(4 * 128_000)));
    let placed = on.run(BUYER, ORDER, "PlaceOrders", &known).await;
    assert_eq!(on.run(BUYER, ORDER, "PlaceOrders", &known).await, placed, "sent twice, placed once");
    let order = &placed["orders"][0];
    assert_eq!((&order["state"], placed["orders"].as_array().map(Vec::len)), (&json!("PLACED"), Some(1)));
    id(order).to_owned()
}

/// Confirmed, sent and received in two parts, closed.
async fn it_is_delivered_in_two_parts(on: &Running, order: &str) {
    let in_thirty_days = (on.now().await + TimeDelta::days(30)).date_naive().to_string();
    let known = [("orderId", order), ("inThirtyDays", in_thirty_days.as_str())];
    assert_eq!(on.run(SELLER, DELIVER, "ConfirmOrder", &known).await["order"]["state"], "CONFIRMED");
    let (document, _) = on.example(DELIVER, "DespatchOrder", &known);
    for (part, state) in [(1, "PARTLY_RECEIVED"), (2, "RECEIVED")] {
        // The second part is another act: it has a key of its own.
        let with_key = |operation: &str| {
            let (_, mut variables) = on.example(DELIVER, operation, &known);
            variables["input"]["idempotencyKey"] = json!(format!("{operation}-{part}"));
            variables
        };
        on.act(SELLER, &document, "DespatchOrder", with_key("DespatchOrder")).await;
        let received = on.act(BUYER, &document, "ReceiveGoods", with_key("ReceiveGoods")).await;
        assert_eq!((&received["order"]["state"], &received["order"]["lines"][0]["accepted"]), (&json!(state), &json!(2 * part)));
    }
    let closed = on.run(BUYER, DELIVER, "CloseOrder", &known).await;
    assert_eq!((&closed["order"]["state"], &closed["order"]["acceptedValue"]["amountMinor"]), (&json!("CLOSED"), &json!(4 * 128_000)));
    let read = on.run(SELLER, DELIVER, "ReadOrder", &known).await;
    let names: Vec<_> = read["timeline"].as_array().unwrap().iter().map(|event| event["name"].as_str().unwrap()).collect();
    assert_eq!((names.len(), names.first(), names.last()), (7, Some(&"order.placed"), Some(&"order.closed")), "{names:?}");
    let stranger = on.run("seller.qihang-it", DELIVER, "ReadOrder", &known).await;
    assert_eq!(stranger, Value::Null, "not there for anybody else");
}
