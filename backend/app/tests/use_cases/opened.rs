//! A tender whose bids have just been opened, laid into the database as rows: evaluation begins there.

use crate::market::{Market, now};
use app::Context;
use chrono::{DateTime, TimeDelta, Utc};
use domain::ident::{BidId, EventId, LotId, OrganizationId, SessionId, TenderId, UserId};
use domain::identity::actor::{Actor, Person};
use domain::identity::credit_code::CreditCode;
use domain::identity::organization::OrganizationKind;
use domain::identity::role::Role;
use domain::language::LocalText;
use domain::money::Money;
use domain::oversight::policy_pack::{CN, PolicyPack};
use domain::tendering::bid::{Bid, BidContent, BidState, Sealing};
use domain::tendering::tender::{Publication, Tender, TenderState};
use domain::tendering::tender_content::{
    Criterion, CriterionKind, Nature, Paper, Requirement, RequirementKind, TenderContent, TenderItem,
};
use sea_orm::sea_query::{Query, SimpleExpr};
use sea_orm::{ConnectionTrait, Database, DatabaseConnection};
use serde_json::to_value;
use uuid::Uuid;

const BUYER: u128 = 1;
const PLATFORM: u128 = 2;
/// Bidders with their size and their price in yuan (worked example 1).
pub const BIDDERS: [(u128, &str, i64); 3] = [(11, "large", 900_000), (12, "small", 950_000), (13, "micro", 990_000)];

/// A tender with opened bids, and the people around it.
pub struct Opened<'a> {
    market: &'a Market,
    pub tender: TenderId,
}

pub fn user(number: u128) -> UserId {
    UserId(Uuid::from_u128(number))
}

pub fn organization(number: u128) -> OrganizationId {
    OrganizationId(Uuid::from_u128(number))
}

/// The bid of a bidder.
pub fn bid(bidder: u128) -> BidId {
    BidId(Uuid::from_u128(bidder + 1_000))
}

/// The numbers of the evaluators; the panel is the first five.
pub const EVALUATORS: [u128; 7] = [201, 202, 203, 204, 205, 206, 207];

impl Opened<'_> {
    fn acting(&self, number: u128, of: u128, kind: OrganizationKind, role: Role) -> Context {
        self.market.context(Actor::Person(Person {
            user: user(number),
            organization: organization(of),
            organization_kind: kind,
            roles: vec![role],
            session: SessionId(Uuid::from_u128(number)),
        }))
    }

    pub fn officer(&self) -> Context {
        self.acting(101, BUYER, OrganizationKind::Buyer, Role::Officer)
    }

    pub fn approver(&self) -> Context {
        self.acting(102, BUYER, OrganizationKind::Buyer, Role::Approver)
    }

    pub fn other_approver(&self) -> Context {
        self.acting(103, BUYER, OrganizationKind::Buyer, Role::Approver)
    }

    pub fn member(&self, number: u128) -> Context {
        self.acting(number, PLATFORM, OrganizationKind::Platform, Role::Evaluator)
    }

    pub fn seller(&self, bidder: u128) -> Context {
        self.acting(bidder + 500, bidder, OrganizationKind::Supplier, Role::Seller)
    }

    /// A fourth bidder, whose bid has been opened with the others.
    pub async fn joined_by(&self, bidder: u128) {
        let db = Database::connect(&self.market.database_url).await.expect("the database answers");
        insert_organization(&db, bidder, "supplier", Some("large")).await;
        insert_bid(&db, &tender(), bidder, Money::cny(99_500_000)).await;
    }

    /// The tender as everybody reads it now.
    pub async fn state(&self) -> &'static str {
        let tender = app::tendering::tender::tender(&self.market.app, &self.officer(), self.tender).await;
        tender.expect("the tender is there").state.name().as_str()
    }
}

/// Lays the rows of a tender whose bids have just been opened.
pub async fn opened(market: &Market) -> Opened<'_> {
    let db = Database::connect(&market.database_url).await.expect("the database answers");
    organizations(&db).await;
    people(&db).await;
    let tender = tender();
    insert(&db, "tender", vec![
        ("id", tender.id.0.into()),
        ("version", 1_i64.into()),
        ("buyer_id", tender.buyer.0.into()),
        ("number", tender.number.as_str().into()),
        ("status", tender.state.name().as_str().into()),
        ("category_code", "A02010105".into()),
        ("budget_minor", tender.content.budget.amount_minor.into()),
        ("budget_currency", "CNY".into()),
        ("listed_at", now().into()),
        ("deadline_at", tender.content.deadline_at.into()),
        ("record", to_value(&tender).expect("serializes").into()),
    ])
    .await;
    for (bidder, _, yuan) in BIDDERS {
        insert_bid(&db, &tender, bidder, Money::cny(yuan * 100)).await;
    }
    Opened { market, tender: tender.id }
}

async fn insert(db: &DatabaseConnection, table: &'static str, row: Vec<(&'static str, SimpleExpr)>) {
    let (columns, values): (Vec<_>, Vec<_>) = row.into_iter().unzip();
    let statement = Query::insert().into_table(table).columns(columns).values_panic(values).to_owned();
    db.execute(&statement).await.unwrap_or_else(|error| panic!("a row of {table}: {error}"));
}

async fn organizations(db: &DatabaseConnection) {
    let mut all = vec![(BUYER, "buyer", None), (PLATFORM, "platform", None)];
    all.extend(BIDDERS.map(|(number, size, _)| (number, "supplier", Some(size))));
    for (number, kind, size) in all {
        insert_organization(db, number, kind, size).await;
    }
}

async fn insert_organization(db: &DatabaseConnection, number: u128, kind: &str, size: Option<&str>) {
    let first = format!("91330106MA27X{number:04}");
    let check = CreditCode::check_character(&first).expect("characters of the standard");
    insert(db, "organization", vec![
        ("id", organization(number).0.into()),
        ("version", 1_i64.into()),
        ("kind", kind.into()),
        ("name_zh", format!("单位{number}").into()),
        ("name_en", format!("Organization {number}").into()),
        ("credit_code", format!("{first}{check}").into()),
        ("enterprise_size", size.into()),
        ("region_code", "330100".into()),
        ("address_zh", "杭州市".into()),
        ("address_en", "".into()),
        ("registered_at", now().into()),
    ])
    .await;
}

async fn people(db: &DatabaseConnection) {
    let mut all = vec![(101, BUYER, "officer"), (102, BUYER, "approver"), (103, BUYER, "approver")];
    all.extend(EVALUATORS.map(|number| (number, PLATFORM, "evaluator")));
    all.extend(BIDDERS.map(|(number, _, _)| (number + 500, number, "seller")));
    // An evaluator who also works for a bidder.
    all.push((299, PLATFORM, "evaluator"));
    for (number, of, role) in &all {
        insert_account(db, *number).await;
        insert_membership(db, *number, *of, role).await;
    }
    insert_membership(db, 299, 11, "seller").await;
}

/// Evaluators alone, for a tender that comes to its evaluation by itself.
pub async fn evaluators(market: &Market) {
    let db = Database::connect(&market.database_url).await.expect("the database answers");
    insert_organization(&db, PLATFORM, "platform", None).await;
    for number in EVALUATORS {
        insert_account(&db, number).await;
        insert_membership(&db, number, PLATFORM, "evaluator").await;
    }
}

/// An evaluator of [`evaluators`].
pub fn member(market: &Market, number: u128) -> Context {
    Opened { market, tender: TenderId(Uuid::nil()) }.member(number)
}

async fn insert_account(db: &DatabaseConnection, number: u128) {
    insert(db, "account", vec![
        ("id", user(number).0.into()),
        ("version", 1_i64.into()),
        ("login", format!("user{number}").into()),
        ("name_zh", format!("用户{number}").into()),
        ("name_en", "".into()),
        ("language", "zh-CN".into()),
        ("password_hash", "-".into()),
        ("registered_at", now().into()),
    ])
    .await;
}

async fn insert_membership(db: &DatabaseConnection, number: u128, of: u128, role: &str) {
    insert(db, "membership", vec![
        ("id", Uuid::from_u128(number * 1_000 + of).into()),
        ("user_id", user(number).0.into()),
        ("organization_id", organization(of).0.into()),
        ("role", role.into()),
        ("granted_at", now().into()),
    ])
    .await;
}

fn tender() -> Tender {
    let text = |zh: &str, en: &str| LocalText::new(zh, en);
    let criterion = |key: &str, kind, weight_points| Criterion {
        key: key.into(),
        kind,
        name: text(key, key),
        weight_points,
        basis: text("按投标文件", "By the bid"),
        anchors: Vec::new(),
    };
    let deadline: DateTime<Utc> = now() - TimeDelta::hours(1);
    let mut content =
        TenderContent::begin(text("办公电脑", "Office computers"), "A02010105".into(), Nature::Goods, Money::cny(100_000_000));
    content.items.push(TenderItem { name: text("电脑", "Computer"), quantity: 100, unit: "台".into(), specification: text("", ""), lot: 1, green: None });
    content.requirements.push(Requirement { kind: RequirementKind::Plain, text: text("送货上门", "Delivered to the door") });
    content.requirements.push(Requirement { kind: RequirementKind::Essential, text: text("三年质保", "Three years' warranty") });
    content.papers.push(Paper { key: "licence".into(), name: text("营业执照", "Licence"), source: "法22".into(), is_obligatory: true });
    content.papers.push(Paper { key: "sme".into(), name: text("声明函", "Declaration"), source: "财库".into(), is_obligatory: false });
    content.criteria = vec![
        criterion("price", CriterionKind::Price, 30),
        criterion("technique", CriterionKind::Technical, 50),
        criterion("business", CriterionKind::Business, 20),
    ];
    content.deadline_at = Some(deadline);
    let publication = Publication {
        published_at: deadline - TimeDelta::days(21),
        published_by: user(101),
        invited_at: None,
        approved_by: user(103),
        rules: PolicyPack::load(CN).expect("the pack loads").on(now().date_naive()),
    };
    Tender {
        id: TenderId(Uuid::from_u128(7)),
        version: 1,
        number: "ZC-20261124-TEST".into(),
        buyer: organization(BUYER),
        plan: None,
        follows: None,
        lot: LotId(Uuid::from_u128(8)),
        failed_lots: Vec::new(),
        content,
        document_version: 1,
        created_by: user(101),
        created_at: publication.published_at,
        amendments: Vec::new(),
        invited: Vec::new(),
        mandate: None,
        ended_mandates: Vec::new(),
        first_deadline_at: None,
        panel: Vec::new(),
        state: TenderState::Opened(publication),
    }
}

async fn insert_bid(db: &DatabaseConnection, tender: &Tender, bidder: u128, price: Money) {
    let received_at = now() - TimeDelta::days(1) + TimeDelta::minutes(i64::try_from(bidder).expect("small"));
    let made = Bid {
        id: bid(bidder),
        consortium: None,
        version: 2,
        tender: tender.id,
        lot: tender.lot,
        bidder: organization(bidder),
        submitted_by: user(bidder + 500),
        received_at,
        receipt_event: EventId(Uuid::from_u128(bidder + 2_000)),
        sealing: Sealing { commitment: "00".into(), document_version: 1, ciphertext_bytes: 1 },
        replaces: None,
        confirmations: Vec::new(),
        state: BidState::Opened { at: now(), is_revealed: false },
    };
    let content =
        BidContent { price, answers: Vec::new(), papers: Vec::new(), technical: String::new(), brand: String::new(), subcontracts: Vec::new(), domestic_cost_percent: None, green_items: Vec::new() };
    insert(db, "bid", vec![
        ("id", made.id.0.into()),
        ("version", made.version.into()),
        ("tender_id", tender.id.0.into()),
        ("lot_id", tender.lot.0.into()),
        ("bidder_id", made.bidder.0.into()),
        ("status", "opened".into()),
        ("live_key", format!("{}:{}:{}", made.tender, made.lot, made.bidder).into()),
        ("received_at", received_at.into()),
        ("record", to_value(&made).expect("serializes").into()),
    ])
    .await;
    insert(db, "opened_bid", vec![
        ("id", made.id.0.into()),
        ("tender_id", tender.id.0.into()),
        ("price_minor", price.amount_minor.into()),
        ("currency", "CNY".into()),
        ("opened_at", now().into()),
        ("content", to_value(&content).expect("serializes").into()),
    ])
    .await;
}
