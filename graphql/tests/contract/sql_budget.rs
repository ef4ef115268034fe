//! Every list costs as many statements for a long page as for a short one.

use crate::market::Market;
use crate::objected::objected_often;
use async_graphql::{Request, Variables};
use serde_json::{Value, json};

/// A list: who asks, its document, where its rows stand in the answer, and the most statements that it may cost.
struct List {
    who: &'static str,
    query: &'static str,
    rows: &'static str,
    most: u64,
}

const fn list(who: &'static str, rows: &'static str, most: u64, query: &'static str) -> List {
    List { who, query, rows, most }
}

const OFFICER: &str = "officer.hospital-hz";
/// Of the buyer that has a contract and an award that awaits one.
const CONTRACTOR: &str = "officer.university-hz";
const SELLER: &str = "seller.qihang-it";

/// Every root field that answers a page, with what people ask of its rows.
const PAGES: [List; 16] = [
    list("", "/items/nodes", 4, "query($first: Int) { items(first: $first) { totalCount nodes {
        name { zh } supplier { name { zh } } priceTiers { leastQuantity price { amountMinor } } } pageInfo { hasNextPage } } }"),
    list("", "/searchItems/hits", 4, "query($first: Int!) { searchItems(text: \"办公\", first: $first) { totalCount hits {
        item { name { zh } supplier { name { zh } } priceTiers { price { amountMinor } } } } } }"),
    list("", "/searchTenders/hits", 4, "query($first: Int!) { searchTenders(text: \"采购\", first: $first) { totalCount hits {
        tender { title { zh } deadlineAt buyer { name { zh } } } } } }"),
    list("", "/tendersClosingSoonest", 2, "query($first: Int!) { tendersClosingSoonest(first: $first) { title { zh } buyer { name { zh } } } }"),
    list("", "/tenders/nodes", 4, "query($first: Int) { tenders(first: $first) { totalCount nodes {
        title { zh } deadlineAt buyer { name { zh } } items { name { zh } } } pageInfo { hasNextPage } } }"),
    list("", "/tenders/nodes", 7, "query($first: Int) { tenders(first: $first) { nodes { title { zh } buyer { name { zh } }
        plan { title { zh } buyer { name { zh } } } documents { name } clarifications { question answer } } } }"),
    list("", "/plans/nodes", 3, "query($first: Int) { plans(first: $first) { nodes { title { zh } buyer { name { zh } } } } }"),
    list(OFFICER, "/orders/edges", 8, "query($first: Int) { orders(first: $first) { totalCount edges { node {
        number state buyer { name { zh } } supplier { name { zh } } lines { name { zh } accepted } value { amountMinor } } } } }"),
    list(OFFICER, "/orders/edges", 9, "query($first: Int) { orders(first: $first) { edges { node {
        number supplier { name { zh } } receipts { photos { name } } timeline { name side user { name { zh } } } } } } }"),
    list(CONTRACTOR, "/contracts/edges", 3, "query($first: Int) { contracts(first: $first) { edges { node {
        number buyer { name { zh } } supplier { name { zh } } lines { name { zh } } } } } }"),
    list(SELLER, "/viewerBids/nodes", 5, "query($first: Int) { viewerBids(first: $first) { totalCount nodes {
        state receivedAt isStale result tender { title { zh } deadlineAt buyer { name { zh } } } } } }"),
    list("finance.university-hz", "/bidSecurities/edges", 5, "query($first: Int) { bidSecurities(first: $first) { edges { node {
        state dueBackOn amount { amountMinor } tender { number title { zh } } supplier { name { zh } } } } } }"),
    list(SELLER, "/viewerDocumentRegistrations/edges", 5, "query($first: Int) { viewerDocumentRegistrations(first: $first) { edges { node {
        hasNews tender { title { zh } buyer { name { zh } } } } } } }"),
    list(CONTRACTOR, "/documentRegistrations/edges", 4, "query($first: Int, $tender: ID!) { documentRegistrations(tenderId: $tender, first: $first) {
        edges { node { registeredAt supplier { name { zh } } } } } }"),
    list(SELLER, "/events/nodes", 3, "query($first: Int, $subject: ID!) { events(subjectId: $subject, first: $first) { nodes {
        name description organization { name { zh } } } } }"),
    // Its rows are made when its turn has come: a new tender would stand first among the tenders.
    list(OFFICER, "/objections/nodes", 5, "query($first: Int, $tender: ID!) { objections(tenderId: $tender, first: $first) { totalCount nodes {
        text raisedAt objector { name { zh } } file { name } answer { reasons } } } }"),
];

/// The records that the lists ask about.
struct Named {
    subject: String,
    tender: String,
}

impl Named {
    async fn of(market: &Market) -> Self {
        Self { subject: subject_with_a_history(market).await, tender: crate::every_list::registered_often(market).await }
    }

    fn variables(&self, first: impl Into<Value>) -> Variables {
        let first: Value = first.into();
        Variables::from_json(json!({ "first": first, "subject": self.subject, "tender": self.tender }))
    }
}

/// Runs a list for a page of so many rows; answers how many rows there were, and how many statements it took.
async fn measure(market: &Market, ctx: &app::Context, list: &List, first: usize, named: &Named) -> (usize, u64) {
    let before = market.app.statements().count();
    let response = market.run(ctx, Request::new(list.query).variables(named.variables(first))).await;
    assert!(response.errors.is_empty(), "{}: {:?}", list.rows, response.errors);
    let data = response.data.into_json().expect("is JSON");
    let rows = data.pointer(list.rows).and_then(Value::as_array).unwrap_or_else(|| panic!("{} is no list: {data}", list.rows));
    (rows.len(), market.app.statements().count() - before)
}

#[tokio::test]
async fn a_list_takes_as_many_statements_whatever_the_size_of_its_page() {
    let market = Market::demo().await;
    let mut named = Named::of(&market).await;
    make_contracts(&market).await;
    for list in &PAGES {
        let ctx = market.demo_person(list.who).await;
        if list.rows.starts_with("/objections") {
            named.tender = objected_often(&market).await;
        }
        // The first question of a process may open an index.
        measure(&market, &ctx, list, 1, &named).await;
        let (short, few) = measure(&market, &ctx, list, 1, &named).await;
        let (long, many) = measure(&market, &ctx, list, 20, &named).await;
        assert_eq!(short, 1, "{}", list.rows);
        assert!(long >= 2, "{} has only {long} rows: too few to tell", list.rows);
        assert_eq!(few, many, "{}: {few} statements for {short} rows, {many} for {long}", list.rows);
        assert!(many <= list.most, "{} takes {many} statements; at most {}", list.rows, list.most);
    }
}

/// Draws up what the contractor's awards still await.
pub async fn make_contracts(market: &Market) {
    let ctx = market.demo_person(CONTRACTOR).await;
    let tasks = market.ask(&ctx, "{ viewerTasks { kind subjectId } }", Value::Null).await;
    let tasks = tasks["viewerTasks"].as_array().expect("tasks").iter().filter(|task| task["kind"] == "MAKE_CONTRACT");
    for task in tasks {
        let made = "mutation($tender: ID!) { makeContract(input: { tenderId: $tender }) { contract { id } userErrors { code } } }";
        let made = market.ask(&ctx, made, json!({ "tender": task["subjectId"] })).await;
        assert_eq!(made["makeContract"]["userErrors"], json!([]));
    }
}

/// An order whose two sides have done several things.
pub async fn subject_with_a_history(market: &Market) -> String {
    let ctx = market.demo_person(SELLER).await;
    let orders = market.ask(&ctx, "{ orders(first: 50, states: [CLOSED, RECEIVED, PARTLY_RECEIVED]) { edges { node { id } } } }", Value::Null).await;
    orders["orders"]["edges"][0]["node"]["id"].as_str().expect("the demonstration has an order that has gone far").to_owned()
}

#[tokio::test]
async fn a_page_of_a_senseless_size_is_refused_with_a_code() {
    let market = Market::demo().await;
    let named = Named::of(&market).await;
    for list in &PAGES {
        let ctx = market.demo_person(list.who).await;
        for first in [i32::MIN, -1, 0, 101, i32::MAX] {
            let response = market.run(&ctx, Request::new(list.query).variables(named.variables(first))).await;
            let body = serde_json::to_value(&response).expect("JSON");
            let code = body["errors"][0]["extensions"]["code"].as_str().unwrap_or_default();
            assert!(["OUT_OF_RANGE", "QUERY_TOO_COMPLEX"].contains(&code), "{} of {first}: {body}", list.rows);
        }
    }
}

#[tokio::test]
async fn every_list_of_the_contract_has_a_budget() {
    let query = "{ __schema { queryType { fields { name args { name } type { kind name ofType { kind name } } } } } }";
    let answer = graphql::schema().execute(query).await.data.into_json().expect("JSON");
    let fields = answer["__schema"]["queryType"]["fields"].as_array().expect("fields");
    let takes_page = |field: &&Value| field["args"].as_array().is_some_and(|args| args.iter().any(|arg| arg["name"] == "first"));
    for field in fields.iter().filter(takes_page) {
        let name = field["name"].as_str().expect("a name");
        let has_budget = PAGES.iter().any(|list| list.rows.split('/').nth(1) == Some(name));
        assert!(has_budget, "{name} is a list without a budget");
    }
}
