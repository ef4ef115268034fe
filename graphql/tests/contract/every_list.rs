//! Every list of the contract, asked for all that stands beside its rows: as many statements for many rows as for few. What is
//! asked for is read from the schema, so that no field is left out by hand.

use crate::market::Market;
use async_graphql::{Request, Response};
use domain::identity::organization::OrganizationKind;
use domain::identity::role::Role;
use sealing::key::HolderKey;
use serde_json::{Value, json};
use std::collections::BTreeMap;

const OFFICER: &str = "officer.hospital-hz";
const CONTRACTOR: &str = "officer.university-hz";
const SELLER: &str = "seller.qihang-it";
/// How many rows of a page are many: so many that every relation of its rows is there once at least.
const MANY: usize = 20;
/// What is refused for a list of many, since it is costly for one: another test holds the contract to it.
const FOR_ONE_ONLY: [&str; 6] = [
    "PriceListImport.notes", "PriceListImport.rows", "PriceListImport.refusedFile",
    "Tender.warnings", "Tender.uncheckedWarnings", "Tender.warningOverrides",
];
/// Lists that take a page's size, with who asks, and what they are asked besides.
const PAGES: [(&str, &str, &str); 13] = [
    ("bidSecurities", "finance.university-hz", ""),
    ("contracts", CONTRACTOR, ""),
    ("documentRegistrations", CONTRACTOR, "tenderId: $registered, "),
    ("events", SELLER, "subjectId: $subject, "),
    ("items", "", ""),
    ("orders", OFFICER, ""),
    ("plans", "", ""),
    ("searchItems", "", "text: \"办公\", "),
    ("searchTenders", "", "text: \"采购\", "),
    ("tenders", "", ""),
    ("tendersClosingSoonest", "", ""),
    ("viewerBids", SELLER, ""),
    ("viewerDocumentRegistrations", SELLER, ""),
];
/// Lists that take none, or whose rows must be made first: each has its part in the test below, those of lots in `lots`.
const OTHERS: [&str; 18] = [
    "awardNotices", "awards", "categories", "contractsOfTender", "draftChecks", "itemsByIds", "memberships", "negotiations", "objections", "policyPacks", "possibleKeyHolders", "priceListImports",
    "procedureAdvice", "supplierAwards", "viewerBidsForTender", "viewerConsortia", "viewerHolderKeys", "viewerTasks",
];

/// The schema, as it tells of itself.
pub struct Told {
    types: BTreeMap<String, Value>,
}

/// A list among the root fields: its name, and what stands between it and its rows.
pub struct List {
    field: String,
    /// What leads to the rows, outermost first.
    steps: Vec<&'static str>,
    row: String,
}

impl Told {
    pub async fn read() -> Self {
        let kind = "type { kind name ofType { kind name ofType { kind name ofType { kind name } } } }";
        let query = format!("{{ __schema {{ types {{ name fields {{ name args {{ defaultValue type {{ kind }} }} {kind} }} }} }} }}");
        let answer = graphql::schema().execute(query).await;
        assert!(answer.errors.is_empty(), "{:?}", answer.errors);
        let answer = answer.data.into_json().expect("JSON");
        let types = answer["__schema"]["types"].as_array().expect("types").iter();
        Self { types: types.map(|kind| (kind["name"].as_str().expect("a name").to_owned(), kind.clone())).collect() }
    }

    fn fields(&self, kind: &str) -> &[Value] {
        self.types.get(kind).and_then(|kind| kind["fields"].as_array()).map_or(&[], Vec::as_slice)
    }

    /// Everything of a type that can be asked without an argument; of records below it as deep as told.
    fn selection(&self, kind: &str, depth: usize) -> String {
        let mut selection = String::from("__typename");
        for field in self.fields(kind) {
            let name = field["name"].as_str().expect("a name");
            let is_asked_for = |arg: &Value| arg["type"]["kind"] == "NON_NULL" && arg["defaultValue"].is_null();
            let needs_argument = field["args"].as_array().is_some_and(|args| args.iter().any(is_asked_for));
            if needs_argument || FOR_ONE_ONLY.contains(&format!("{kind}.{name}").as_str()) {
                continue;
            }
            let (inner, _) = named(&field["type"]);
            let below = match inner["kind"].as_str() {
                Some("OBJECT") if depth > 0 => self.selection(inner["name"].as_str().expect("a name"), depth - 1),
                Some("OBJECT" | "INTERFACE" | "UNION") => "__typename".to_owned(),
                _ => String::new(),
            };
            selection.extend([" ", name]);
            if !below.is_empty() {
                selection.extend([" { ", &below, " }"]);
            }
        }
        selection
    }

    /// The lists among the root fields.
    fn lists(&self) -> Vec<List> {
        let list = |field: &Value| {
            let (inner, is_list) = named(&field["type"]);
            let (name, kind) = (field["name"].as_str()?.to_owned(), inner["name"].as_str()?);
            if is_list {
                return Some(List { field: name, steps: Vec::new(), row: kind.to_owned() });
            }
            let step = |step: &'static str| {
                let below = self.fields(kind).iter().find(|field| field["name"] == step)?;
                let (row, is_list) = named(&below["type"]);
                is_list.then(|| (step, row["name"].as_str().unwrap_or_default().to_owned()))
            };
            let (step, row) = ["nodes", "hits", "edges"].into_iter().find_map(step)?;
            if step != "edges" {
                return Some(List { field: name, steps: vec![step], row });
            }
            let node = self.fields(&row).iter().find(|field| field["name"] == "node")?;
            Some(List { field: name, steps: vec!["edges", "node"], row: named(&node["type"]).0["name"].as_str()?.to_owned() })
        };
        self.fields("Query").iter().filter_map(list).collect()
    }

    pub fn list(&self, field: &str) -> List {
        self.lists().into_iter().find(|list| list.field == field).unwrap_or_else(|| panic!("{field} is no list"))
    }

    /// The document that asks a list for everything beside its rows.
    pub fn document(&self, list: &List, arguments: &str) -> String {
        // A hit is little but the record that it leads to.
        let depth = if list.steps == ["hits"] { 2 } else { 1 };
        let selection = list.steps.iter().rev().fold(self.selection(&list.row, depth), |inner, step| format!("{step} {{ {inner} }}"));
        let arguments = if arguments.is_empty() { String::new() } else { format!("({arguments})") };
        format!("{{ {}{arguments} {{ {selection} }} }}", list.field)
    }
}

/// The type within its wrappings, and whether a list is one of them.
fn named(kind: &Value) -> (&Value, bool) {
    match kind["kind"].as_str() {
        Some("LIST") => (named(&kind["ofType"]).0, true),
        Some("NON_NULL") => named(&kind["ofType"]),
        _ => (kind, false),
    }
}

fn rows(list: &List, response: &Response) -> usize {
    assert!(response.errors.is_empty(), "{}: {:?}", list.field, response.errors);
    let data = response.data.clone().into_json().expect("JSON");
    let rows = list.steps.first().map_or(&data[&list.field], |step| &data[&list.field][step]);
    rows.as_array().unwrap_or_else(|| panic!("{} is no list: {data}", list.field)).len()
}

/// How many rows a document finds for somebody, and how many statements it takes, asked a second time: the first may open
/// an index.
pub async fn measure(market: &Market, ctx: &app::Context, list: &List, document: &str) -> (usize, u64) {
    market.run(ctx, Request::new(document)).await;
    let before = market.app.statements().count();
    let response = market.run(ctx, Request::new(document)).await;
    (rows(list, &response), market.app.statements().count() - before)
}

pub fn compare(field: &str, (few, cheap): (usize, u64), (many, dear): (usize, u64)) {
    assert!(few >= 1 && many > few, "{field}: {few} and {many} rows are too alike to tell");
    assert_eq!(cheap, dear, "{field}: {cheap} statements for {few} rows, {dear} for {many}");
}

#[tokio::test]
async fn every_page_takes_as_many_statements_with_all_that_stands_beside_its_rows() {
    let (market, told) = (Market::demo().await, Told::read().await);
    crate::sql_budget::make_contracts(&market).await;
    let subject = format!("\"{}\"", crate::sql_budget::subject_with_a_history(&market).await);
    let registered = format!("\"{}\"", registered_often(&market).await);
    for (field, who, besides) in PAGES {
        let (list, ctx) = (told.list(field), market.demo_person(who).await);
        let arguments = |first: usize| format!("{}first: {first}", besides.replace("$subject", &subject).replace("$registered", &registered));
        let few = measure(&market, &ctx, &list, &told.document(&list, &arguments(1))).await;
        let many = measure(&market, &ctx, &list, &told.document(&list, &arguments(MANY))).await;
        compare(field, few, many);
    }
}

#[tokio::test]
async fn every_list_without_pages_takes_as_many_statements_for_many_rows() {
    let (market, told) = (Market::demo().await, Told::read().await);
    let public = market.demo_person("").await;
    let ask = async |field: &str, ctx: &app::Context, arguments: &str| {
        let list = told.list(field);
        let document = told.document(&list, arguments);
        measure(&market, ctx, &list, &document).await
    };

    let found = market.ask(&public, "{ items(first: 20) { nodes { id } } }", Value::Null).await;
    let ids: Vec<String> = found["items"]["nodes"].as_array().expect("items").iter().map(|item| item["id"].to_string()).collect();
    let of_ids = |ids: &[String]| format!("ids: [{}]", ids.join(", "));
    compare("itemsByIds", ask("itemsByIds", &public, &of_ids(&ids[..1])).await, ask("itemsByIds", &public, &of_ids(&ids)).await);

    let (awarded_once, awarded_often) = awarded(&market, &public).await;
    let of_supplier = |supplier: &str| format!("supplierId: {supplier}");
    let few = ask("supplierAwards", &public, &of_supplier(&awarded_once)).await;
    compare("supplierAwards", few, ask("supplierAwards", &public, &of_supplier(&awarded_often)).await);

    let mut tasks = Vec::new();
    for who in [OFFICER, CONTRACTOR, SELLER] {
        tasks.push(ask("viewerTasks", &market.demo_person(who).await, "").await);
    }
    tasks.retain(|(rows, _)| *rows > 0);
    tasks.sort_unstable();
    compare("viewerTasks", tasks[0], *tasks.last().expect("tasks"));

    let alone = market.person(OrganizationKind::Supplier, Role::Administrator, "91330106M00000071").await;
    let roles = [Role::Administrator, Role::Officer, Role::Finance, Role::KeyHolder, Role::KeyHolder];
    let people = market.colleagues(OrganizationKind::Buyer, "12330100M00000071", &roles).await;
    compare("memberships", ask("memberships", &alone, "").await, ask("memberships", &people[0], "").await);

    let (officer, holder) = (&people[1], &people[3]);
    register_keys(&market, holder, 1).await;
    let (own, possible) = (ask("viewerHolderKeys", holder, "").await, ask("possibleKeyHolders", officer, "").await);
    register_keys(&market, holder, 3).await;
    register_keys(&market, &people[4], 1).await;
    compare("viewerHolderKeys", own, ask("viewerHolderKeys", holder, "").await);
    compare("possibleKeyHolders", possible, ask("possibleKeyHolders", officer, "").await);

    let seller = market.person(OrganizationKind::Supplier, Role::Seller, "91330106M00000072").await;
    upload(&market, &seller, 1).await;
    let few = ask("priceListImports", &seller, "").await;
    upload(&market, &seller, 4).await;
    compare("priceListImports", few, ask("priceListImports", &seller, "").await);

    // A tender of the demonstration in talks with all but one of its suppliers, and another that has talked with all.
    let mut talks = Vec::new();
    for (who, state) in [("officer.service-cd", "NEGOTIATING"), ("officer.environment-cd", "FINAL_OFFERS")] {
        let officer = market.demo_person(who).await;
        let found = market.ask(&officer, &format!("{{ tenders(filter: {{ states: [{state}] }}) {{ nodes {{ id }} }} }}"), Value::Null).await;
        let tender = found["tenders"]["nodes"][0]["id"].to_string();
        talks.push(ask("negotiations", &officer, &format!("tenderId: {tender}")).await);
    }
    compare("negotiations", talks[0], talks[1]);

    let (officer, source) = (market.demo_person(OFFICER).await, crate::objected::objected_often(&market).await);
    let of = |first: usize| format!("tenderId: \"{source}\", first: {first}");
    compare("objections", ask("objections", &officer, &of(1)).await, ask("objections", &officer, &of(MANY)).await);

    let mut stage = crate::stage::Stage::set().await;
    let (lead, joint) = (stage.person('S').clone(), stage.ids["joint"].clone());
    let list = told.list("viewerConsortia");
    let document = told.document(&list, &format!("tenderId: \"{joint}\""));
    let few = measure(&stage.market, &lead, &list, &document).await;
    let tender = graphql::ident::of_kind(&joint.into(), "Tender", "tenderId").expect("a tender");
    for _ in 0..3 {
        let end = format!("mutation {{ dissolveConsortium(input: {{ consortiumId: \"{}\" }}) {{ userErrors {{ code }} }} }}", stage.ids["consortium"]);
        stage.market.ask(&lead, &end, Value::Null).await;
        stage.propose(&lead, tender, "91330106M00000002").await;
    }
    compare("viewerConsortia", few, measure(&stage.market, &lead, &list, &document).await);

    // Read off the law of the day, without the store.
    let (rows, statements) = ask("procedureAdvice", &public, "nature: GOODS, budget: { amountMinor: 100 }").await;
    assert!(rows > 5 && statements == 0, "procedureAdvice: {statements} statements for {rows} rows");

    let (rows, statements) = ask("policyPacks", &public, "").await;
    assert!(rows >= 4 && statements == 0, "policyPacks: {statements} statements for {rows} rows");
    // Every rule of one draft: its tender, its plan and its buyer's pack, however many rules there are.
    let officer = market.demo_person("officer.environment-cd").await;
    let found = market.ask(&officer, "{ tenders(filter: { states: [DRAFT] }) { nodes { id } } }", Value::Null).await;
    let draft = format!("tenderId: {}", found["tenders"]["nodes"][0]["id"]);
    let (rows, statements) = ask("draftChecks", &officer, &draft).await;
    assert!(rows > 5 && statements <= 4, "draftChecks: {statements} statements for {rows} rows");

    // All of them at once, always: their number is the tree's.
    let (rows, statements) = ask("categories", &public, "").await;
    assert!(rows > 20 && statements <= 1, "categories: {statements} statements for {rows} rows");
}

#[tokio::test]
async fn opened_bids_take_as_many_statements_however_many_there_are() {
    let market = Market::demo().await;
    let mut measured: Vec<(usize, u64)> = Vec::new();
    let officer = market.demo_person(CONTRACTOR).await;
    let tenders = market.ask(&officer, "{ tenders(first: 100) { nodes { id } } }", Value::Null).await;
    for tender in tenders["tenders"]["nodes"].as_array().expect("tenders") {
        let document = format!("{{ tenderBids(tenderId: {}) {{ count opened {{ bidder {{ id }} papers {{ key file {{ id }} }} }} }} }}", tender["id"]);
        let before = market.app.statements().count();
        let answer = market.ask(&officer, &document, Value::Null).await;
        let opened = answer["tenderBids"]["opened"].as_array().map_or(0, Vec::len);
        if opened > 0 {
            measured.push((opened, market.app.statements().count() - before));
        }
    }
    let most = measured.iter().map(|(_, statements)| *statements).max().expect("a tender with opened bids");
    let with_most_bids = measured.iter().max().expect("one");
    assert!(with_most_bids.0 >= 3 && most <= 8, "{measured:?}");
}

#[tokio::test]
async fn every_list_is_counted() {
    let counted: Vec<&str> = PAGES.iter().map(|(field, ..)| *field).chain(OTHERS).collect();
    let lists = Told::read().await.lists();
    assert!(lists.len() >= counted.len(), "the schema was not read");
    for list in lists {
        assert!(counted.contains(&list.field.as_str()), "{} is a list whose statements nobody counts", list.field);
    }
}

#[tokio::test]
async fn what_is_costly_of_a_price_list_is_not_asked_of_many() {
    let market = Market::open().await;
    let seller = market.person(OrganizationKind::Supplier, Role::Seller, "91330106M00000072").await;
    upload(&market, &seller, 1).await;
    for costly in ["notes", "rows { line }", "refusedFile { name }"] {
        let response = market.run(&seller, Request::new(format!("{{ priceListImports {{ id {costly} }} }}"))).await;
        let body = serde_json::to_value(&response).expect("JSON");
        assert_eq!(body["errors"][0]["extensions"]["code"], "QUERY_TOO_COMPLEX", "{costly}: {body}");
    }
    let listed = market.ask(&seller, "{ priceListImports { id } }", Value::Null).await;
    let id = &listed["priceListImports"][0]["id"];
    let before = market.app.statements().count();
    let one = format!("{{ priceListImport(id: {id}) {{ notes rows {{ line }} news: rows(verdict: NEW) {{ line }} }} }}");
    let answer = market.ask(&seller, &one, Value::Null).await;
    assert_eq!(answer["priceListImport"]["rows"].as_array().map(Vec::len), Some(1), "{answer}");
    assert_eq!(market.app.statements().count() - before, 3, "the run, and once its reading under the rights of the run");
    let beyond = market.run(&seller, Request::new(format!("{{ priceListImport(id: {id}) {{ rows(first: 101) {{ line }} }} }}"))).await;
    let body = serde_json::to_value(&beyond).expect("JSON");
    assert_eq!(body["errors"][0]["extensions"]["code"], "OUT_OF_RANGE", "{body}");
}

#[tokio::test]
async fn what_is_asked_about_a_draft_is_not_asked_of_many() {
    let market = Market::open().await;
    let public = market.demo_person("").await;
    for costly in ["warnings { key }", "uncheckedWarnings { title }", "warningOverrides { reason }"] {
        let response = market.run(&public, Request::new(format!("{{ tenders {{ nodes {{ id {costly} }} }} }}"))).await;
        let body = serde_json::to_value(&response).expect("JSON");
        assert_eq!(body["errors"][0]["extensions"]["code"], "QUERY_TOO_COMPLEX", "{costly}: {body}");
    }
}

/// A tender for whose documents several suppliers have registered.
pub async fn registered_often(market: &Market) -> String {
    let officer = market.demo_person(CONTRACTOR).await;
    let tenders = market.ask(&officer, "{ tenders(first: 100) { nodes { id } } }", Value::Null).await;
    for tender in tenders["tenders"]["nodes"].as_array().expect("tenders") {
        let document = format!("{{ documentRegistrations(tenderId: {}) {{ edges {{ cursor }} }} }}", tender["id"]);
        let found = market.ask(&officer, &document, Value::Null).await;
        if found["documentRegistrations"]["edges"].as_array().is_some_and(|edges| edges.len() > 1) {
            return tender["id"].as_str().expect("an id").to_owned();
        }
    }
    panic!("no tender of the officer's has been registered for twice")
}

/// Suppliers with few and with many published awards.
async fn awarded(market: &Market, public: &app::Context) -> (String, String) {
    let tenders = market.ask(public, "{ tenders(first: 100) { nodes { id } } }", Value::Null).await;
    let mut awards: BTreeMap<String, usize> = BTreeMap::new();
    for tender in tenders["tenders"]["nodes"].as_array().expect("tenders") {
        let document = format!("{{ award(tenderId: {}) {{ publishedAt supplier {{ id }} }} }}", tender["id"]);
        let award = market.ask(public, &document, Value::Null).await["award"].clone();
        if !award["publishedAt"].is_null() {
            *awards.entry(award["supplier"]["id"].to_string()).or_default() += 1;
        }
    }
    let least = awards.iter().min_by_key(|(_, count)| **count).expect("awards");
    let most = awards.iter().max_by_key(|(_, count)| **count).expect("awards");
    (least.0.clone(), most.0.clone())
}

async fn register_keys(market: &Market, holder: &app::Context, count: usize) {
    for _ in 0..count {
        let recipient = HolderKey::generate().recipient();
        app::tendering::holder_key::register(&market.app, holder, &recipient).await.expect("is registered");
    }
}

async fn upload(market: &Market, seller: &app::Context, count: usize) {
    for number in 0..count {
        let name = json!(format!("{number}.csv"));
        let document = format!("mutation {{ importPriceList(input: {{ fileName: {name}, contentBase64: \"U0tVLE5hbWUsVW9NLENhdGVnb3J5IGNvZGUsUHJpY2UKTi0zLFBlbixwYyxBMDUwNDAxMDEsMwo=\" }}) {{ userErrors {{ code }} }} }}");
        let answer = market.ask(seller, &document, Value::Null).await;
        assert_eq!(answer["importPriceList"]["userErrors"], json!([]));
    }
}
