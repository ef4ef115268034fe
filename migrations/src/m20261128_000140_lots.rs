//! The room `tendering`: what is judged, awarded and contracted belongs to a lot. What there is belongs to the one lot that
//! its tender has.

use crate::column::{reference_null, unique};
use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::prelude::{Json, Uuid};
use std::collections::HashMap;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["award", "bidder_notice"] {
            let mut lot = reference_null("lot_id");
            manager.alter_table(Table::alter().table(table).add_column(&mut lot).to_owned()).await?;
        }
        let lots = lots(manager).await?;
        for (table, key) in [("award", "tender_id"), ("bidder_notice", "tender_id"), ("contract", "tender_id"), ("evaluation", "id"), ("opening", "id")] {
            for (id, tender, mut record) in records(manager, table, key).await? {
                let Some(lot) = lots.get(&tender) else { continue };
                belong(table, &mut record, lot);
                let mut update = Query::update().table(table).value("record", record).and_where(Expr::col("id").eq(id)).to_owned();
                if matches!(table, "award" | "bidder_notice") {
                    update.value("lot_id", lot.parse::<Uuid>().map_err(|error| DbErr::Custom(error.to_string()))?);
                }
                manager.exec_stmt(update).await?;
            }
        }
        // One award for a lot, however many confirm at once; one word to a bidder about each.
        manager.drop_index(Index::drop().name("award_by_tender_id").table("award").to_owned()).await?;
        manager.create_index(unique("award", &["tender_id", "lot_id"])).await?;
        manager.drop_index(Index::drop().name("bidder_notice_by_tender_id_bidder_id").table("bidder_notice").to_owned()).await?;
        manager.create_index(unique("bidder_notice", &["tender_id", "bidder_id", "lot_id"])).await
    }
}

/// The one lot of each tender.
async fn lots(manager: &SchemaManager<'_>) -> Result<HashMap<Uuid, String>, DbErr> {
    let read = records(manager, "tender", "id").await?;
    Ok(read.into_iter().filter_map(|(id, _, record)| Some((id, record.get("lot")?.as_str()?.to_owned()))).collect())
}

/// The records of a table, each with its id and its tender's.
async fn records(manager: &SchemaManager<'_>, table: &'static str, key: &'static str) -> Result<Vec<(Uuid, Uuid, Json)>, DbErr> {
    let db = manager.get_connection();
    let found = Query::select().expr_as(Expr::col("id"), "row_id").expr_as(Expr::col(key), "tender").column("record").from(table).to_owned();
    let rows = db.query_all(&found).await?;
    rows.iter().map(|row| Ok((row.try_get("", "row_id")?, row.try_get("", "tender")?, row.try_get("", "record")?))).collect()
}

/// Writes the lot into a record, wherever its shape now has one.
fn belong(table: &str, record: &mut Json, lot: &str) {
    match table {
        "evaluation" => {
            record["lots"] = Json::from(vec![lot.to_owned()]);
            each(&mut record["contenders"], |contender| contender["lot"] = lot.into());
            if let Some(report) = record["stage"].get_mut("report").filter(|report| report.is_object()) {
                let first = report["lines"][0].clone();
                each(&mut report["lines"], |line| line["contender"]["lot"] = lot.into());
                report["benchmarks"] = named(lot, &report["benchmark"]);
                let is_ranked = first["outcome"]["name"] == "ranked";
                report["candidates"] = if is_ranked { named(lot, &first["contender"]["bid_id"]) } else { named(lot, &Json::Null) };
            }
            if let Json::Object(stage) = &record["stage"]
                && let Some(failure) = stage.get("failure").cloned()
            {
                let mut failed = named("lot", &Json::from(lot));
                failed["failure"] = failure;
                record["failed_lots"] = Json::from(vec![failed]);
            }
        }
        "opening" => {
            each(&mut record["lines"], |line| line["lot"] = lot.into());
            if let Some(first) = record.get_mut("first").filter(|first| first.is_object()) {
                each(&mut first["lines"], |line| line["lot"] = lot.into());
            }
        }
        _ => record["lot"] = lot.into(),
    }
}

fn each(list: &mut Json, change: impl Fn(&mut Json)) {
    for one in list.as_array_mut().into_iter().flatten() {
        change(one);
    }
}

/// An object that says so of one name; an empty one where there is nothing to say.
fn named(name: &str, value: &Json) -> Json {
    let told = Some((name.to_owned(), value.clone())).filter(|_| !value.is_null());
    Json::Object(told.into_iter().collect())
}
