//! Price tiers: what one unit costs from a quantity on.

use crate::money::{Currency, Money};
use crate::refusal::{Code, Refusal, Refusals};
use serde::{Deserialize, Serialize};

/// The most tiers of one item.
pub const TIERS_MOST: usize = 10;
/// The largest quantity that is taken anywhere: a thousand million units.
pub const QUANTITY_MOST: i64 = 1_000_000_000;
/// The highest price of one unit, in minor units: a thousand million yuan.
pub const PRICE_MOST_MINOR: i64 = 100_000_000_000;

/// The price of one unit when at least so many are bought.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PriceTier {
    /// From this quantity on; the first tier's is the least that can be ordered.
    pub least_quantity: i64,
    /// The price of one unit, taxes included.
    pub price: Money,
}

/// Checks an item's tiers: at least one, quantities strictly increasing, prices positive and in one currency.
///
/// # Errors
/// `REQUIRED`, `OUT_OF_RANGE`, `PRICE_NOT_POSITIVE`, `TIERS_NOT_INCREASING`, `TIERS_MIXED_CURRENCIES`,
/// each with the tier's index and field in its path.
pub fn check(tiers: &[PriceTier]) -> Result<(), Refusals> {
    let mut refusals = Refusals::default();
    if tiers.is_empty() {
        refusals.push(Refusal::at(Code::Required, "0.price"));
    }
    if tiers.len() > TIERS_MOST {
        refusals.push(Refusal::new(Code::OutOfRange).with("least", 1_usize).with("most", TIERS_MOST));
    }
    for (index, tier) in tiers.iter().enumerate() {
        refusals.take(&format!("{index}.price"), check_price(tier.price));
        if !(1..=QUANTITY_MOST).contains(&tier.least_quantity) {
            let refusal = Refusal::at(Code::OutOfRange, &format!("{index}.leastQuantity"));
            refusals.push(refusal.with("least", 1_i64).with("most", QUANTITY_MOST));
        }
    }
    for (index, pair) in tiers.windows(2).enumerate() {
        if pair[1].least_quantity <= pair[0].least_quantity {
            let refusal = Refusal::at(Code::TiersNotIncreasing, &format!("{}.leastQuantity", index + 1));
            refusals.push(refusal.with("previous", pair[0].least_quantity).with("given", pair[1].least_quantity));
        }
        if pair[1].price.currency != pair[0].price.currency {
            refusals.push(Refusal::at(Code::TiersMixedCurrencies, &format!("{}.price", index + 1)));
        }
    }
    refusals.into_result()
}

/// Checks that a price is more than nothing and believable.
///
/// # Errors
/// `PRICE_NOT_POSITIVE`, `OUT_OF_RANGE`.
pub fn check_price(price: Money) -> Result<Money, Refusal> {
    if price.amount_minor <= 0 {
        return Err(Refusal::new(Code::PriceNotPositive).with("given", price));
    }
    if price.amount_minor > PRICE_MOST_MINOR {
        return Err(out_of_range(price.currency));
    }
    Ok(price)
}

/// The refusal of a price beyond belief.
pub fn out_of_range(currency: Currency) -> Refusal {
    Refusal::new(Code::OutOfRange)
        .with("least", Money::new(1, currency))
        .with("most", Money::new(PRICE_MOST_MINOR, currency))
}

/// The price of one unit when `quantity` are bought; `None` below the first tier.
pub fn price_for(tiers: &[PriceTier], quantity: i64) -> Option<Money> {
    tiers.iter().rev().find(|tier| tier.least_quantity <= quantity).map(|tier| tier.price)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tier(least_quantity: i64, fen: i64) -> PriceTier {
        PriceTier { least_quantity, price: Money::cny(fen) }
    }

    #[test]
    fn the_price_is_that_of_the_highest_tier_reached() {
        let tiers = [tier(2, 1000), tier(10, 900)];
        assert_eq!(price_for(&tiers, 1), None);
        assert_eq!(price_for(&tiers, 9), Some(Money::cny(1000)));
        assert_eq!(price_for(&tiers, 10), Some(Money::cny(900)));
    }

    #[test]
    fn tiers_that_do_not_increase_or_mix_currencies_are_refused() {
        let mixed = [tier(1, 5), PriceTier { least_quantity: 1, price: Money::new(4, Currency::USD) }];
        let codes: Vec<_> = check(&mixed).unwrap_err().0.into_iter().map(|refusal| refusal.code).collect();
        assert_eq!(codes, [Code::TiersNotIncreasing, Code::TiersMixedCurrencies]);
        assert_eq!(check(&[tier(1, 0)]).unwrap_err().0[0].code, Code::PriceNotPositive);
        assert_eq!(check(&[]).unwrap_err().0[0].code, Code::Required);
        assert!(check(&[tier(1, 5), tier(10, 4)]).is_ok());
    }
}
