//! Documents that are sent again under one `Idempotency-Key`.

use crate::market::Market;
use domain::identity::organization::OrganizationKind;
use domain::identity::role::Role;
use serde_json::{Value, json};

const TWO_ITEMS: &str = "mutation($first: String!, $second: String!) {
    pen: createItem(input: { isListed: true, content: { number: $first, category: \"A05040101\", name: { zh: \"签字笔\" }, unit: \"支\",
        tiers: [{ leastQuantity: 1, price: { amountMinor: 250 } }] } }) { item { id number state: status } userErrors { code } }
    pencil: createItem(input: { content: { number: $second, category: \"A05040101\", name: { zh: \"铅笔\" }, unit: \"支\",
        tiers: [{ leastQuantity: 1, price: { amountMinor: 150 } }] } }) { item { id number state: status } userErrors { code } }
}";

async fn market_with_a_seller() -> (Market, app::Context) {
    let market = Market::open().await;
    let categories = include_str!("../../../backend/app/demo/categories.csv");
    app::catalogue::category::import(&market.app, &market.app.platform_context(), categories).await.expect("categories");
    let seller = market.person(OrganizationKind::Supplier, Role::Seller, "91330106M00000001").await;
    (market, seller)
}

#[tokio::test]
async fn a_document_with_two_acts_works_under_one_key_and_sent_again_is_answered_the_same() {
    let (market, seller) = market_with_a_seller().await;
    let once = seller.with_idempotency_key(Some("the header's".to_owned()));
    let first = market.ask(&once, TWO_ITEMS, json!({ "first": "R-1", "second": "R-2" })).await;
    for act in ["pen", "pencil"] {
        assert_eq!(first[act]["userErrors"], json!([]), "{first}");
    }
    assert_ne!(first["pen"]["item"]["id"], first["pencil"]["item"]["id"]);
    assert_eq!(market.ask(&once, TWO_ITEMS, json!({ "first": "R-1", "second": "R-2" })).await, first);
    let other = market.ask(&once, TWO_ITEMS, json!({ "first": "R-1", "second": "R-3" })).await;
    assert_eq!(other["pen"], first["pen"], "the first act is the same");
    assert_eq!(other["pencil"]["userErrors"][0]["code"], "IDEMPOTENCY_KEY_REUSED", "{other}");
}

#[tokio::test]
async fn a_key_that_is_too_long_is_refused_in_the_header_too() {
    let (market, seller) = market_with_a_seller().await;
    for key in [String::new(), "k".repeat(201)] {
        let once = seller.with_idempotency_key(Some(key));
        let answer = market.ask(&once, TWO_ITEMS, json!({ "first": "R-1", "second": "R-2" })).await;
        assert_eq!(answer["pen"]["userErrors"][0]["code"], "TOO_LONG", "{answer}");
    }
    let items = market.ask(&seller, "{ items { totalCount } }", Value::Null).await;
    assert_eq!(items["items"]["totalCount"], 0);
}
