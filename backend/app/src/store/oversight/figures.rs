//! What the market's public figures are counted from.

use crate::Result;
use crate::store::catalogue::catalogue_item;
use crate::store::tendering::{award, tender};
use chrono::{DateTime, Utc};
use domain::money::{Currency, Money};
use domain::tendering::tender::TenderStateName;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Expr, SimpleExpr};
use sea_orm::{QueryOrder, QuerySelect};

/// How many records, and what they are worth together in yuan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counted {
    /// How many.
    pub count: i64,
    /// What they are worth.
    pub value: Money,
}

impl Counted {
    fn new((count, minor): (i64, i64)) -> Self {
        Self { count, value: Money::cny(minor) }
    }
}

/// A sum that both engines give as a whole number, nothing as 0.
fn sum(column: &str) -> SimpleExpr {
    Expr::cust(format!("CAST(COALESCE(SUM({column}), 0) AS BIGINT)"))
}

/// Tenders that take bids now, in yuan.
pub(crate) async fn open_tenders(db: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<Counted> {
    use tender::{Column, Entity};
    let open = Entity::find()
        .filter(Column::Status.eq(TenderStateName::Published.as_str()))
        .filter(Column::DeadlineAt.gt(now))
        .filter(Column::BudgetCurrency.eq(Currency::CNY.code()));
    let counted = open.select_only().column_as(Column::Id.count(), "many").column_as(sum("budget_minor"), "worth");
    Ok(Counted::new(counted.into_tuple().one(db).await?.unwrap_or_default()))
}

/// Items on sale.
pub(crate) async fn items_listed(db: &impl ConnectionTrait) -> Result<u64> {
    use catalogue_item::{Column, Entity};
    Ok(Entity::find().filter(Column::Status.eq("listed")).count(db).await?)
}

/// Awards published since an instant, in yuan.
pub(crate) async fn awarded(db: &impl ConnectionTrait, since: DateTime<Utc>) -> Result<Counted> {
    use award::{Column, Entity};
    let awarded = Entity::find().filter(Column::PublishedAt.gte(since)).filter(Column::Currency.eq(Currency::CNY.code()));
    let counted = awarded.select_only().column_as(Column::Id.count(), "many").column_as(sum("price_minor"), "worth");
    Ok(Counted::new(counted.into_tuple().one(db).await?.unwrap_or_default()))
}

/// Notices published since an instant by the first three characters of their category, the largest sum first.
pub(crate) async fn noticed_by_group(db: &impl ConnectionTrait, since: DateTime<Utc>) -> Result<Vec<(String, Counted)>> {
    use tender::{Column, Entity};
    let before_notice = [TenderStateName::Draft, TenderStateName::Submitted, TenderStateName::Approved];
    let noticed = Entity::find()
        .filter(Column::Status.is_not_in(before_notice.map(TenderStateName::as_str)))
        .filter(Column::ListedAt.gte(since))
        .filter(Column::BudgetCurrency.eq(Currency::CNY.code()));
    let group = || Expr::cust("substr(category_code, 1, 3)");
    let rows: Vec<(String, i64, i64)> = noticed
        .select_only()
        .column_as(group(), "grouped")
        .column_as(Column::Id.count(), "many")
        .column_as(sum("budget_minor"), "worth")
        .group_by(group())
        .order_by_desc(sum("budget_minor"))
        .order_by_asc(group())
        .into_tuple()
        .all(db)
        .await?;
    Ok(rows.into_iter().map(|(group, count, minor)| (group, Counted::new((count, minor)))).collect())
}
