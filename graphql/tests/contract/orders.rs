//! The path of an order, from the basket to its end, by documents alone.

use crate::market::Market;
use app::{Context, catalogue};
use domain::catalogue::catalogue_item::ItemDraft;
use domain::catalogue::category::CategoryCode;
use domain::catalogue::price_tier::PriceTier;
use domain::identity::organization::OrganizationKind;
use domain::identity::role::Role;
use domain::language::LocalText;
use domain::money::Money;
use serde_json::{Value, json};

async fn offer(market: &Market, seller: &Context) -> String {
    let categories = include_str!("../../../backend/app/demo/categories.csv");
    catalogue::category::import(&market.app, &market.app.platform_context(), categories).await.expect("categories");
    let draft = ItemDraft {
        number: "N-1".to_owned(),
        category: CategoryCode::parse("A02010105"),
        name: LocalText::new("笔记本电脑", "Laptop computer"),
        unit: "台".to_owned(),
        tiers: vec![PriceTier { least_quantity: 1, price: Money::cny(419_900) }],
        stock: Some(20),
        ..ItemDraft::default()
    };
    let item = catalogue::catalogue_item::create(&market.app, seller, draft).await.expect("is made");
    catalogue::catalogue_item::list(&market.app, seller, item.id).await.expect("is listed");
    graphql::ident::global("CatalogueItem", item.id.0).to_string()
}

fn checkout(key: &str) -> Value {
    json!({ "input": {
        "delivery": {
            "regionCode": "330106", "address": "文三路 1 号", "contactName": "李敏", "contactPhone": "0571-88880000", "byOn": "2026-12-20",
        },
        "idempotencyKey": key,
    } })
}

const PLACE: &str = "mutation($input: PlaceOrdersInput!) { placeOrders(input: $input) {
    orders { id number state value { amountMinor currency } supplier { name { en } } } userErrors { code path } } }";

#[tokio::test]
async fn an_order_goes_its_way_by_documents() {
    let market = Market::open().await;
    let seller = market.person(OrganizationKind::Supplier, Role::Seller, "91330106M12345678").await;
    let buyer = market.person(OrganizationKind::Buyer, Role::Officer, "12330100M87654321").await;
    let stranger = market.person(OrganizationKind::Supplier, Role::Seller, "91330106M11111111").await;
    let item = offer(&market, &seller).await;

    let add = "mutation($input: AddToBasketInput!) { addToBasket(input: $input) {
        basket { lineCount groups { total { amountMinor } lines { index quantity problem { code } } } } userErrors { code path } } }";
    let too_many = market.ask(&buyer, add, json!({ "input": { "itemId": item, "quantity": 21 } })).await;
    assert_eq!(too_many["addToBasket"]["userErrors"][0], json!({ "code": "STOCK_TOO_LOW", "path": ["quantity"] }));
    let added = market.ask(&buyer, add, json!({ "input": { "itemId": item, "quantity": 3 } })).await;
    assert_eq!(added["addToBasket"]["basket"]["groups"][0]["total"]["amountMinor"], 3 * 419_900);

    let placed = market.ask(&buyer, PLACE, checkout("once")).await;
    let again = market.ask(&buyer, PLACE, checkout("once")).await;
    assert_eq!(placed, again, "sent twice, placed once");
    let order = &placed["placeOrders"]["orders"][0];
    assert_eq!((&order["state"], &order["value"]["amountMinor"]), (&json!("PLACED"), &json!(3 * 419_900)));
    let id = order["id"].as_str().expect("an id").to_owned();

    let confirm = "mutation($input: ConfirmOrderInput!) { confirmOrder(input: $input) {
        order { state promisedOn steps } userErrors { code path } } }";
    let confirmed = market.ask(&seller, confirm, json!({ "input": { "orderId": id, "promisedOn": "2026-12-10" } })).await;
    assert_eq!(confirmed["confirmOrder"]["order"], json!({ "state": "CONFIRMED", "promisedOn": "2026-12-10", "steps": ["DESPATCH", "CANCEL"] }));

    let despatch = "mutation($input: DespatchOrderInput!) { despatchOrder(input: $input) {
        order { state shipments { carrier trackingNumber lines { line quantity } } } userErrors { code path } } }";
    let receive = "mutation($input: ReceiveGoodsInput!) { receiveGoods(input: $input) {
        order { state lines { accepted refused toDespatch } receipts { note lines { defect } } } userErrors { code path } } }";
    for (sent, accepted, refused, state) in [(2, 1, 1, "PARTLY_RECEIVED"), (2, 2, 0, "RECEIVED")] {
        let input = json!({ "orderId": id, "lines": [{ "line": 1, "quantity": sent }], "carrier": "顺丰速运", "trackingNumber": "SF1" });
        let despatched = market.ask(&seller, despatch, json!({ "input": input })).await;
        assert_eq!(despatched["despatchOrder"]["userErrors"], json!([]));
        let line = json!({ "line": 1, "accepted": accepted, "refused": refused, "defect": if refused > 0 { json!("DAMAGED") } else { Value::Null } });
        let received = market.ask(&buyer, receive, json!({ "input": { "orderId": id, "lines": [line], "note": "外箱受潮" } })).await;
        assert_eq!(received["receiveGoods"]["order"]["state"], state, "{received}");
    }
    let over = json!({ "orderId": id, "lines": [{ "line": 1, "quantity": 1 }], "carrier": "顺丰速运" });
    let over = market.ask(&seller, despatch, json!({ "input": over })).await;
    assert_eq!(over["despatchOrder"]["userErrors"][0]["code"], "WRONG_STATE");

    let close = "mutation($input: CloseOrderInput!) { closeOrder(input: $input) { order { state } userErrors { code } } }";
    let closed = market.ask(&buyer, close, json!({ "input": { "orderId": id } })).await;
    assert_eq!(closed["closeOrder"]["order"]["state"], "CLOSED");

    let read = "query($id: ID!) { order(id: $id) { state timeline { name side user { name { zh } } } } node(id: $id) { id } }";
    let read_by_seller = market.ask(&seller, read, json!({ "id": id })).await;
    let timeline = read_by_seller["order"]["timeline"].as_array().expect("a timeline");
    assert_eq!((timeline.len(), &timeline[0]["side"], &timeline[1]["side"]), (7, &json!("BUYER"), &json!("SUPPLIER")));
    assert_eq!(market.ask(&stranger, read, json!({ "id": id })).await, json!({ "order": null, "node": null }));
    let list = "query($states: [OrderState!]) { orders(first: 5, states: $states) { totalCount edges { cursor node { number } } pageInfo { hasNextPage endCursor } } }";
    let listed = market.ask(&buyer, list, json!({ "states": ["CLOSED"] })).await;
    assert_eq!((&listed["orders"]["totalCount"], &listed["orders"]["pageInfo"]["hasNextPage"]), (&json!(1), &json!(false)));
    assert_eq!(market.ask(&buyer, list, json!({ "states": ["PLACED"] })).await["orders"]["edges"], json!([]));
}
