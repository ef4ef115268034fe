//! The market's public figures.

use crate::payload::coded;
use crate::request::asker;
use crate::values::{LocalText, Money};
use app::oversight::figures::{self, Counted, LATELY_DAYS};
use async_graphql::{Context, Object, Result, SimpleObject};

/// How many, and what they are worth together in yuan.
#[derive(Clone, Debug, SimpleObject)]
pub struct CountedValue {
    /// How many.
    pub count: i64,
    /// What they are worth.
    pub value: Money,
}

impl From<Counted> for CountedValue {
    fn from(counted: Counted) -> Self {
        Self { count: counted.count, value: counted.value.into() }
    }
}

/// What was noticed in one group of categories.
#[derive(Clone, Debug, SimpleObject)]
pub struct NoticedGroup {
    /// The group's code, as the filter of tenders takes its beginning.
    pub code: String,
    /// Its name.
    pub name: LocalText,
    /// How many notices, and their budgets together.
    pub noticed: CountedValue,
}

/// What the market does now.
#[derive(Clone, Debug, SimpleObject)]
pub struct MarketFigures {
    /// Tenders that take bids, and their budgets together.
    pub open_tenders: CountedValue,
    /// Items on sale.
    pub items_listed: i64,
    /// Over how many days, up to now, awards and notices are counted.
    pub days: i64,
    /// Awards published in these days, and their prices together.
    pub awarded: CountedValue,
    /// Notices of these days by group of categories, the largest sum first.
    pub noticed: Vec<NoticedGroup>,
}

/// The root field of the figures.
#[derive(Default)]
pub struct FiguresQuery;

#[Object]
impl FiguresQuery {
    /// What the market does now, counted when you ask.
    #[graphql(complexity = "20 + child_complexity")]
    async fn market_figures(&self, graphql: &Context<'_>) -> Result<MarketFigures> {
        let asker = asker(graphql)?;
        let figures = figures::market_figures(&asker.app, &asker.ctx).await.map_err(|error| coded(&asker.ctx, error))?;
        let noticed = figures.noticed.into_iter().map(|group| NoticedGroup {
            code: group.code,
            name: group.name.into(),
            noticed: group.noticed.into(),
        });
        Ok(MarketFigures {
            open_tenders: figures.open_tenders.into(),
            items_listed: i64::try_from(figures.items_listed).unwrap_or(i64::MAX),
            days: LATELY_DAYS,
            awarded: figures.awarded.into(),
            noticed: noticed.collect(),
        })
    }
}
