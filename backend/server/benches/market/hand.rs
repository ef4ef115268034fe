//! The same answer as the query of `list.rs`, written by hand: axum, two statements, structs that serde writes. It is what the
//! GraphQL answer is measured against.

use axum::Router;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use axum::routing::post;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sea_orm::sqlx::{PgPool, Row as _, SqlitePool};
use serde::Serialize;
use std::collections::HashMap;
use uuid::Uuid;

const ITEMS: &str = "SELECT i.id, i.number, i.name_zh, i.name_en, i.brand, i.unit, i.stock, i.list_price_minor, i.list_price_currency, \
    o.id, o.name_zh, o.name_en, o.enterprise_size \
    FROM (SELECT * FROM catalogue_item WHERE status = 'listed' ORDER BY changed_at DESC, id DESC LIMIT 51) i \
    JOIN organization o ON o.id = i.supplier_id ORDER BY i.changed_at DESC, i.id DESC";
const TIERS: &str = "SELECT item_id, least_quantity, price_minor, currency FROM price_tier WHERE item_id IN";

#[derive(Serialize)]
struct Local {
    zh: String,
    en: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Money {
    amount_minor: i64,
    currency: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Tier {
    least_quantity: i64,
    price: Money,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Supplier {
    id: String,
    name: Local,
    enterprise_size: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Item {
    #[serde(skip)]
    key: Uuid,
    id: String,
    number: String,
    name: Local,
    brand: String,
    unit: String,
    stock: Option<i64>,
    list_price: Money,
    price_tiers: Vec<Tier>,
    supplier: Supplier,
}

fn global(kind: &str, id: Uuid) -> String {
    URL_SAFE_NO_PAD.encode(format!("{kind}:{id}"))
}

/// The answer's text: the envelope of GraphQL around a page of items.
fn answer(mut items: Vec<Item>, mut tiers: HashMap<Uuid, Vec<Tier>>) -> Response {
    #[derive(Serialize)]
    #[serde(rename_all = "camelCase")]
    struct PageInfo {
        has_next_page: bool,
    }
    #[derive(Serialize)]
    #[serde(rename_all = "camelCase")]
    struct Items {
        nodes: Vec<Item>,
        page_info: PageInfo,
    }
    #[derive(Serialize)]
    struct Data {
        items: Items,
    }
    #[derive(Serialize)]
    struct Answer {
        data: Data,
    }
    let page_info = PageInfo { has_next_page: items.len() > 50 };
    items.truncate(50);
    for item in &mut items {
        item.price_tiers = tiers.remove(&item.key).unwrap_or_default();
    }
    let text = serde_json::to_vec(&Answer { data: Data { items: Items { nodes: items, page_info } } }).expect("JSON");
    ([(header::CONTENT_TYPE, "application/json; charset=utf-8"), (header::CACHE_CONTROL, "no-store")], text).into_response()
}

macro_rules! by_hand {
    ($name:ident, $pool:ty, $mark:expr) => {
        async fn $name(State(pool): State<$pool>) -> Response {
            let rows = sea_orm::sqlx::query(ITEMS).fetch_all(&pool).await.expect("items");
            let items: Vec<Item> = rows
                .iter()
                .map(|row| Item {
                    key: row.get(0),
                    id: global("CatalogueItem", row.get(0)),
                    number: row.get(1),
                    name: Local { zh: row.get(2), en: row.get(3) },
                    brand: row.get(4),
                    unit: row.get(5),
                    stock: row.get(6),
                    list_price: Money { amount_minor: row.get(7), currency: row.get(8) },
                    price_tiers: Vec::new(),
                    supplier: Supplier {
                        id: global("Organization", row.get(9)),
                        name: Local { zh: row.get(10), en: row.get(11) },
                        enterprise_size: row.get::<Option<String>, _>(12).map(|size| size.to_uppercase()),
                    },
                })
                .collect();
            let marks: Vec<String> = (1..=items.len()).map($mark).collect();
            let statement = format!("{TIERS} ({}) ORDER BY least_quantity", marks.join(","));
            let mut query = sea_orm::sqlx::query(sea_orm::sqlx::AssertSqlSafe(statement));
            for item in &items {
                query = query.bind(item.key);
            }
            let mut tiers: HashMap<Uuid, Vec<Tier>> = HashMap::with_capacity(items.len());
            for row in query.fetch_all(&pool).await.expect("tiers") {
                let price = Money { amount_minor: row.get(2), currency: row.get(3) };
                tiers.entry(row.get(0)).or_default().push(Tier { least_quantity: row.get(1), price });
            }
            answer(items, tiers)
        }
    };
}

by_hand!(from_sqlite, SqlitePool, |_| "?".to_owned());
by_hand!(from_postgres, PgPool, |place| format!("${place}"));

/// The handler over the database at this address, with as many connections as the marketplace has.
pub async fn router(address: &str, connections: u32) -> Router {
    if address.starts_with("sqlite") {
        let pool = sea_orm::sqlx::sqlite::SqlitePoolOptions::new().max_connections(connections).connect(address).await;
        return Router::new().route("/hand", post(from_sqlite)).with_state(pool.expect("SQLite answers"));
    }
    let pool = sea_orm::sqlx::postgres::PgPoolOptions::new().max_connections(connections).connect(address).await;
    let pool = pool.expect("PostgreSQL answers");
    // A server does so by itself a minute after it was filled; until then it takes the list's index for not worth its while.
    sea_orm::sqlx::query("ANALYZE").execute(&pool).await.expect("statistics");
    Router::new().route("/hand", post(from_postgres)).with_state(pool)
}
