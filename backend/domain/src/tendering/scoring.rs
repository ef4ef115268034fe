//! Scores by comprehensive scoring (综合评分法): integers in hundredths of a point, no floats, no rounding but the last.

use crate::ident::BidId;
use crate::money::Money;
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;

/// A price that takes part in the comparison.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PriceOffer {
    /// Whose.
    pub bid_id: BidId,
    /// As bid. It is also the contract's: a deduction is for evaluation alone.
    pub price: Money,
    /// What is taken off it for evaluation, in percent: see [`super::preference`].
    pub deduction_percent: i64,
}

/// A price's way to its score, shown in the report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PriceScore {
    /// Whose.
    pub bid_id: BidId,
    /// After what is taken off.
    pub evaluated_price: Money,
    /// In hundredths of a point.
    pub score_hundredths: i64,
}

/// Scores prices: benchmark ÷ evaluated price × weight, two decimals, half up; the benchmark is the lowest evaluated
/// price (财政部令第87号第五十五条; deduction: 财库〔2020〕46号, 财库〔2022〕19号).
///
/// `None` when there is no offer, an offer is not positive, or currencies differ.
pub fn price_scores(offers: &[PriceOffer], weight_points: i64) -> Option<Vec<PriceScore>> {
    let currency = offers.first()?.price.currency;
    let evaluated = offers.iter().map(|offer| {
        let is_good = offer.price.currency == currency && offer.price.amount_minor > 0;
        is_good.then(|| offer.price.part(100 - offer.deduction_percent, 100)).flatten().filter(|price| price.amount_minor > 0)
    });
    let evaluated: Vec<Money> = evaluated.collect::<Option<_>>()?;
    let benchmark = evaluated.iter().map(|price| price.amount_minor).min()?;
    offers.iter().zip(evaluated).map(|(offer, evaluated_price)| {
        let numerator = i128::from(benchmark) * i128::from(weight_points) * 100;
        let denominator = i128::from(evaluated_price.amount_minor);
        let score_hundredths = i64::try_from((2 * numerator + denominator) / (2 * denominator)).ok()?;
        Some(PriceScore { bid_id: offer.bid_id, evaluated_price, score_hundredths })
    }).collect()
}

/// What ranks a bid.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// Whose.
    pub bid_id: BidId,
    /// All points, in hundredths.
    pub total_hundredths: i64,
    /// The price as bid.
    pub price: Money,
    /// Technical points, in hundredths.
    pub technical_hundredths: i64,
    /// For how many preferred items it shows a certificate.
    pub green_items: u32,
    /// Its place in the draw that decides what nothing else does.
    pub draw_place: u32,
}

/// Ranks bids: more points, then the lower price, then more technical points, then the one with more
/// certificates of preferred green products, then the draw (财政部令第87号第五十七条, 财库〔2019〕9号). A total order as long as draw places differ.
pub fn rank(mut standings: Vec<Standing>) -> Vec<Standing> {
    standings.sort_by_key(|standing| {
        (
            Reverse(standing.total_hundredths),
            standing.price.amount_minor,
            Reverse(standing.technical_hundredths),
            Reverse(standing.green_items),
            standing.draw_place,
        )
    });
    standings
}

/// The three triggers of an abnormally low price, in percent (财库〔2026〕2号).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LowPriceTriggers {
    /// Of the mean of conforming bids.
    pub of_mean_percent: i64,
    /// Of the second lowest.
    pub of_second_lowest_percent: i64,
    /// Of the ceiling.
    pub of_ceiling_percent: i64,
}

/// Which triggers a price pulled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum LowPrice {
    /// Below its share of the mean.
    OfMean,
    /// Below its share of the second lowest.
    OfSecondLowest,
    /// Below its share of the ceiling.
    OfCeiling,
}

/// The triggers that a conforming bid's raw price pulls, each strictly. A trigger is no rejection: the bidder explains.
/// All prices are in the same currency's minor units; `conforming` holds `price` itself.
pub fn low_price(price: i64, conforming: &[i64], ceiling: i64, triggers: LowPriceTriggers) -> Vec<LowPrice> {
    let is_below = |percent: i64, whole: i128, parts: i128| i128::from(price) * 100 * parts < whole * i128::from(percent);
    let sum: i128 = conforming.iter().map(|price| i128::from(*price)).sum();
    let count = i128::try_from(conforming.len()).unwrap_or(i128::MAX);
    let mut sorted = conforming.to_vec();
    sorted.sort_unstable();
    let second = sorted.get(1).copied();
    let mut pulled = Vec::new();
    if count > 0 && is_below(triggers.of_mean_percent, sum, count) {
        pulled.push(LowPrice::OfMean);
    }
    if second.is_some_and(|second| is_below(triggers.of_second_lowest_percent, i128::from(second), 1)) {
        pulled.push(LowPrice::OfSecondLowest);
    }
    if is_below(triggers.of_ceiling_percent, i128::from(ceiling), 1) {
        pulled.push(LowPrice::OfCeiling);
    }
    pulled
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use uuid::Uuid;

    fn offer(number: u128, yuan: i64, deduction_percent: i64) -> PriceOffer {
        PriceOffer { bid_id: BidId(Uuid::from_u128(number)), price: Money::cny(yuan * 100), deduction_percent }
    }

    #[test]
    fn worked_example_1_small_enterprises_are_compared_at_a_tenth_less() {
        let offers = [
            offer(1, 900_000, 0),
            offer(2, 950_000, 10),
            offer(3, 990_000, 10),
        ];
        let scores = price_scores(&offers, 30).unwrap();
        let seen: Vec<_> = scores.iter().map(|s| (s.evaluated_price.amount_minor / 100, s.score_hundredths)).collect();
        assert_eq!(seen, [(900_000, 2850), (855_000, 3000), (891_000, 2879)]);
        assert_eq!(offers[1].price, Money::cny(95_000_000), "the contract's price stays as bid");
    }

    #[test]
    fn article_9_a_large_lead_with_three_tenths_for_small_members_is_compared_at_four_percent_less() {
        let scores = price_scores(&[offer(1, 900_000, 4), offer(2, 950_000, 10), offer(3, 870_000, 0)], 30).unwrap();
        let seen: Vec<_> = scores.iter().map(|s| (s.evaluated_price.amount_minor / 100, s.score_hundredths)).collect();
        assert_eq!(seen, [(864_000, 2969), (855_000, 3000), (870_000, 2948)], "财库〔2020〕46号第四条、第九条");
    }

    #[test]
    fn worked_example_6_a_price_just_below_the_ceilings_share_is_asked_about() {
        let triggers = LowPriceTriggers { of_mean_percent: 50, of_second_lowest_percent: 50, of_ceiling_percent: 45 };
        let yuan = |price: i64| price * 100;
        let bids = |low: i64| [yuan(low), yuan(820_000), yuan(900_000)];
        assert_eq!(low_price(yuan(449_999), &bids(449_999), yuan(1_000_000), triggers), [LowPrice::OfCeiling]);
        assert_eq!(low_price(yuan(450_000), &bids(450_000), yuan(1_000_000), triggers), []);
    }

    #[test]
    fn a_price_of_nothing_or_another_currency_is_not_scored() {
        assert_eq!(price_scores(&[], 30), None);
        assert_eq!(price_scores(&[offer(1, 0, 0)], 30), None);
    }

    fn standings() -> impl Strategy<Value = Vec<Standing>> {
        prop::collection::vec((0_i64..4, 1_i64..4, 0_i64..3, 0_u32..3), 1..12).prop_map(|bids| {
            (0_u32..).zip(bids).map(|(number, (total, price, technical, green_items))| Standing {
                bid_id: BidId(Uuid::from_u128(u128::from(number))),
                total_hundredths: total,
                price: Money::cny(price),
                technical_hundredths: technical,
                green_items,
                draw_place: number,
            }).collect()
        })
    }

    proptest! {
        #[test]
        fn the_ranking_does_not_depend_on_the_order_of_bids(bids in standings(), seed in any::<usize>()) {
            let mut turned = bids.clone();
            let length = turned.len();
            turned.rotate_left(seed % length);
            turned.reverse();
            prop_assert_eq!(rank(turned), rank(bids));
        }

        #[test]
        fn a_price_scores_between_nothing_and_its_weight(yuan in prop::collection::vec(1_i64..10_000_000, 1..20)) {
            let offers: Vec<_> = (0_u128..).zip(yuan).map(|(number, yuan)| offer(number, yuan, 20)).collect();
            let scores = price_scores(&offers, 30).unwrap();
            prop_assert!(scores.iter().all(|score| (0..=3000).contains(&score.score_hundredths)));
            prop_assert!(scores.iter().any(|score| score.score_hundredths == 3000));
        }
    }
}
