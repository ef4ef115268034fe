//! The path of an order, from the basket to its end, by documents alone.

use app::identity::account::{Enrolment, enrol};
use app::{App, Clock, Context, Settings, catalogue};
use async_graphql::{Request, Variables};
use chrono::{DateTime, Utc};
use domain::catalogue::catalogue_item::ItemDraft;
use domain::catalogue::category::CategoryCode;
use domain::catalogue::price_tier::PriceTier;
use domain::ident::{OrganizationId, SessionId, UserId};
use domain::identity::actor::{Actor, Person};
use domain::identity::credit_code::CreditCode;
use domain::identity::organization::{EnterpriseSize, Organization, OrganizationKind, Registration};
use domain::identity::role::Role;
use domain::language::{Language, LocalText};
use domain::money::Money;
use graphql::{Asker, Schema, schema};
use secrecy::SecretString;
use serde_json::{Value, json};
use std::sync::Arc;

struct Market {
    app: Arc<App>,
    schema: Schema,
    clock: Clock,
    _folder: tempfile::TempDir,
}

fn now() -> DateTime<Utc> {
    DateTime::parse_from_rfc3339("2026-11-24T02:00:00Z").expect("an instant").to_utc()
}

impl Market {
    async fn open() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let clock = Clock::fixed(now());
        let settings = Settings {
            database_url: SecretString::from(format!("sqlite://{}", folder.path().join("zhaocai.sqlite").display())),
            database_connections: 4,
            data_folder: folder.path().to_owned(),
            public_url: "http://127.0.0.1".to_owned(),
            is_demo: false,
            clock: clock.clone(),
            file_most_bytes: 1024 * 1024,
            seed: Some(7),
        };
        let app = App::open(settings).await.expect("the application opens");
        Self { app, schema: schema(), clock, _folder: folder }
    }

    /// A person of an organization of its own.
    async fn person(&self, kind: OrganizationKind, role: Role, first: &str) -> Context {
        let platform = self.app.platform_context();
        let check = CreditCode::check_character(first).expect("characters of the standard");
        let registration = Registration {
            kind: Some(kind),
            name: LocalText::new(format!("单位{first}"), format!("Organization {first}")),
            credit_code: format!("{first}{check}"),
            enterprise_size: (kind == OrganizationKind::Supplier).then_some(EnterpriseSize::Small),
            region_code: "330100".to_owned(),
            address: LocalText::new("杭州市西湖区一号", ""),
        };
        let organization: Organization = registration.register(platform.new_id(), now()).expect("is sound");
        let (id, login) = (organization.id, first.to_lowercase());
        let enrolment = Enrolment {
            login,
            name: LocalText::new("李敏", "Li Min"),
            language: Language::Chinese,
            password_hash: "none".to_owned(),
            roles: vec![(id, role)],
        };
        let users = enrol(&self.app, &platform, vec![organization], vec![enrolment]).await.expect("is enrolled");
        self.app.context(Actor::Person(person(users[0].id, id, kind, role)), Language::English, "test")
    }

    async fn ask(&self, ctx: &Context, document: &str, variables: Value) -> Value {
        // Two acts never share an instant, so that a timeline has an order.
        self.clock.advance(chrono::TimeDelta::seconds(1));
        let asker = Asker { app: Arc::clone(&self.app), ctx: ctx.clone() };
        let request = Request::new(document).variables(Variables::from_json(variables)).data(asker);
        let response = self.schema.execute(request).await;
        assert!(response.errors.is_empty(), "{:?}", response.errors);
        response.data.into_json().expect("is JSON")
    }
}

fn person(user: UserId, organization: OrganizationId, organization_kind: OrganizationKind, role: Role) -> Person {
    Person { user, organization, organization_kind, roles: vec![role], session: SessionId(uuid::Uuid::nil()) }
}

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
