//! Warnings about budgets that are far from what like things cost.

use super::tender_content::{TenderContent, TenderItem};
use super::warning::{Review, Unchecked, Warning, WarningKind};
use crate::language::LocalText;
use crate::money::Money;
use std::collections::BTreeMap;

/// The fewest like purchases from which anything follows. A platform rule: with fewer, one odd price would decide.
pub const LIKE_LEAST: usize = 5;
/// A budget below so many percent of the usual cost is asked about. A platform rule: catalogue prices of one kind of thing
/// differ by a third between makers and quantities, seldom by half.
pub const LEAST_PERCENT: i64 = 50;
/// A budget above so many percent of the usual cost is asked about; see [`LEAST_PERCENT`].
pub const MOST_PERCENT: i64 = 200;

/// Where a like price was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Origin {
    /// A listed catalogue item.
    Catalogue,
    /// A line of an earlier order of the buyer.
    Order,
    /// An award for one kind of thing, divided by its quantity.
    Award,
}

/// What one unit of a like thing costs or was bought for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LikePrice {
    /// Where it was found.
    pub origin: Origin,
    /// The category's code.
    pub category: String,
    /// The thing.
    pub name: LocalText,
    /// Of which unit.
    pub unit: String,
    /// The price of one.
    pub price: Money,
}

/// Compares the budget with the usual cost of what is bought: quantity by quantity at the median of like prices. Like is
/// what is sold by the same unit and of which one name holds the other; where only one kind of thing is bought, everything
/// of the very category by the same unit.
pub(super) fn prices(review: &mut Review, content: &TenderContent, prices: &[LikePrice]) {
    if content.items.is_empty() || content.category.trim().is_empty() || content.budget.amount_minor <= 1 {
        return;
    }
    let is_alone = content.items.len() == 1;
    let mut usual: i128 = 0;
    let mut found: BTreeMap<Origin, usize> = BTreeMap::new();
    for item in &content.items {
        let is_like = |one: &&LikePrice| {
            let is_of_category = is_alone && one.category == content.category;
            one.price.currency == content.budget.currency && is_same_unit(&one.unit, &item.unit) && (is_of_category || is_named_alike(&one.name, item))
        };
        let like: Vec<&LikePrice> = prices.iter().filter(is_like).collect();
        if like.len() < LIKE_LEAST {
            let unchecked = Unchecked::new(WarningKind::PriceFar, "like").with("item", item.name.zh.as_str());
            review.unchecked.push(unchecked.with("count", like.len()).with("least", LIKE_LEAST));
            return;
        }
        for one in &like {
            *found.entry(one.origin).or_default() += 1;
        }
        usual += i128::from(median(like.iter().map(|one| one.price.amount_minor).collect())) * i128::from(item.quantity);
    }
    let Ok(usual) = i64::try_from(usual) else { return };
    // Whole percents, rounded down: the bounds themselves are no reason to ask.
    let percent = i128::from(content.budget.amount_minor) * 100 / i128::from(usual.max(1));
    let percent = i64::try_from(percent).unwrap_or(i64::MAX);
    let is_above = i128::from(content.budget.amount_minor) * 100 > i128::from(usual) * i128::from(MOST_PERCENT);
    if percent >= LEAST_PERCENT && !is_above {
        return;
    }
    let count = |origin: Origin| found.get(&origin).copied().unwrap_or_default();
    let warning = Warning::at(WarningKind::PriceFar, "budget").with("budget", content.budget);
    let warning = warning.with("usual", Money::new(usual, content.budget.currency)).with("percent", percent);
    let warning = warning.with("catalogue", count(Origin::Catalogue)).with("orders", count(Origin::Order));
    review.warn(warning.with("awards", count(Origin::Award)).with("least", LEAST_PERCENT).with("most", MOST_PERCENT));
}

fn is_same_unit(one: &str, other: &str) -> bool {
    one.trim().eq_ignore_ascii_case(other.trim())
}

/// Whether one of the names holds the other, in either language.
fn is_named_alike(name: &LocalText, item: &TenderItem) -> bool {
    let plain = |text: &str| text.chars().filter(|character| !character.is_whitespace()).flat_map(char::to_lowercase).collect::<String>();
    let holds = |one: &str, other: &str, least: usize| {
        let (one, other) = (plain(one), plain(other));
        let is_long = one.chars().count().min(other.chars().count()) >= least;
        is_long && (one.contains(&other) || other.contains(&one))
    };
    // Two Chinese characters name a thing; in Latin letters it takes more.
    holds(&name.zh, &item.name.zh, 2) || holds(&name.en, &item.name.en, 5)
}

/// The middle one; of two in the middle the lower.
fn median(mut prices: Vec<i64>) -> i64 {
    prices.sort_unstable();
    prices.get((prices.len().saturating_sub(1)) / 2).copied().unwrap_or_default()
}
