//! The market's public figures: counted when they are asked for, in five statements.

use crate::store::catalogue::category;
use crate::store::oversight::figures as kept;
use crate::{App, Context, Result};
use chrono::TimeDelta;
use domain::catalogue::category::CategoryCode;
use domain::identity::permission::{Action, Scope};
use domain::language::LocalText;

pub use kept::Counted;

/// Over how many days awards and notices are counted: not by the calendar, or there would be none on the first of a month.
pub const LATELY_DAYS: i64 = 30;

/// What the market does now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MarketFigures {
    /// Tenders that take bids.
    pub open_tenders: Counted,
    /// Items on sale.
    pub items_listed: u64,
    /// Awards published in the last [`LATELY_DAYS`] days.
    pub awarded: Counted,
    /// Notices of these days by group of categories, the largest sum first.
    pub noticed: Vec<NoticedGroup>,
}

/// What was noticed in one group of categories.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoticedGroup {
    /// The group's code.
    pub code: String,
    /// Its name; the code where the tree has none.
    pub name: LocalText,
    /// How much.
    pub noticed: Counted,
}

/// The figures of now.
///
/// # Errors
/// When the store does not answer.
pub async fn market_figures(app: &App, ctx: &Context) -> Result<MarketFigures> {
    ctx.allow(Action::ReadNotice, &Scope::market())?;
    let (db, now) = (app.store.reader(), ctx.now());
    let since = now - TimeDelta::days(LATELY_DAYS);
    let tree = category::tree(db).await?;
    let noticed = kept::noticed_by_group(db, since).await?.into_iter().map(|(group, noticed)| {
        // Categories of the national table have eight digits; the first two name the group.
        let code = format!("{group:0<9}");
        let name = CategoryCode::parse(&code).and_then(|code| tree.get(&code).map(|category| category.name.clone()));
        NoticedGroup { name: name.unwrap_or_else(|| LocalText::new(group.as_str(), group.as_str())), code, noticed }
    });
    Ok(MarketFigures {
        open_tenders: kept::open_tenders(db, now).await?,
        items_listed: kept::items_listed(db).await?,
        awarded: kept::awarded(db, since).await?,
        noticed: noticed.collect(),
    })
}
