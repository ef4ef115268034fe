//! What is taken off a bid's price for its evaluation, and for what: the size of its bidder (财库〔2020〕46号第九条,
//! 财库〔2022〕19号) and products made at home (国办发〔2025〕34号, from 2026-01-01). The contract has the price as bid.
//!
//! Both rules take their percentage off the price as bid, and neither says how the two go together. The marketplace adds
//! the percentages, says so in every notice that has both, and marks it in the editor as not settled by the text.

use super::contender::Contender;
use super::score_sheet::Scheme;
use super::tender_content::{Nature, TenderContent};
use crate::oversight::policy_pack::check::{Check, Verdict};
use crate::oversight::policy_pack::Rules;
use crate::refusal::Fact;
use serde::{Deserialize, Serialize};

/// The key of the figure of what is taken off the prices of products made at home.
pub const DOMESTIC: &str = "domestic_product.deduction_percent";
const DOMESTIC_COST: &str = "domestic_product.whole_bid_cost_least_percent";

/// By which terms products made at home are preferred (国办发〔2025〕34号).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DomesticTerms {
    /// Taken off the price of the whole bid, in percent.
    pub deduction_percent: i64,
    /// The least share of the cost of all its products that are made at home, in percent.
    pub cost_least_percent: i64,
    /// The rule.
    pub source: String,
}

impl DomesticTerms {
    /// The terms of the law of the day, for goods; nothing where it has none, so that bids are not asked.
    pub fn of(content: &TenderContent, rules: &Rules) -> Option<Self> {
        if content.nature != Nature::Goods {
            return None;
        }
        let (deduction, cost) = (rules.figure(DOMESTIC)?, rules.figure(DOMESTIC_COST)?);
        Some(Self { deduction_percent: deduction.value, cost_least_percent: cost.value, source: deduction.source.clone() })
    }

    /// Whether a bid counts as domestic as a whole. One that declares nothing does not.
    pub fn is_domestic(&self, declared_percent: Option<i64>) -> bool {
        declared_percent.is_some_and(|percent| percent >= self.cost_least_percent)
    }
}

/// What is taken off one bid's price, in percent of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deduction {
    /// For the size of its bidder.
    pub small_enterprise_percent: i64,
    /// For products made at home.
    pub domestic_percent: i64,
}

impl Deduction {
    /// Both together.
    pub const fn total_percent(self) -> i64 {
        self.small_enterprise_percent + self.domestic_percent
    }
}

/// What is taken off the price of each bid that is compared, in their order. Products made at home are preferred to others:
/// where all bids are domestic, or none is, nothing is taken off for it.
pub fn deductions(scheme: &Scheme, contenders: &[Contender]) -> Vec<Deduction> {
    let is_domestic = |terms: &DomesticTerms, contender: &Contender| terms.is_domestic(contender.domestic_cost_percent);
    let competes = |terms: &&DomesticTerms| {
        let domestic = contenders.iter().filter(|contender| is_domestic(terms, contender)).count();
        (1..contenders.len()).contains(&domestic)
    };
    let terms = scheme.domestic.as_ref().filter(competes);
    let of = |contender: &Contender| Deduction {
        // What is reserved has its preference in that.
        small_enterprise_percent: if contender.is_reserved { 0 } else { scheme.deduction_of(contender) },
        domestic_percent: terms.filter(|terms| is_domestic(terms, contender)).map_or(0, |terms| terms.deduction_percent),
    };
    contenders.iter().map(of).collect()
}

/// What the law of the day says of products made at home for a draft, with the key of the words that explain it.
pub fn check(content: &TenderContent, rules: &Rules) -> (Check, &'static str) {
    let key = "check-domestic";
    let Some(figure) = rules.figure(DOMESTIC) else { return (Check::new(DOMESTIC, Verdict::NotApplicable, None), key) };
    let said = |verdict| Check::new(DOMESTIC, verdict, Some(figure)).with("remedy", figure.value);
    let Some(terms) = DomesticTerms::of(content, rules) else {
        return (said(Verdict::Uncertain).with("missing", Fact::word("fact-products-within")), "check-domestic-elsewhere");
    };
    let has_both = content.leaves_small_enterprise_preference();
    let check = said(if has_both { Verdict::Uncertain } else { Verdict::Compliant }).with("least", terms.cost_least_percent);
    if has_both { (check.with("missing", Fact::word("fact-both-preferences")), key) } else { (check, key) }
}

#[cfg(test)]
mod tests {
    use super::super::report::Basis;
    use super::super::reservation::{Reservation, ReservedFor};
    use super::super::scoring::{PriceOffer, price_scores};
    use super::*;
    use crate::ident::{BidId, LotId, OrganizationId};
    use crate::identity::organization::EnterpriseSize::{self, Large, Micro, Small};
    use crate::language::{Language, LocalText};
    use crate::money::Money;
    use crate::oversight::policy_pack::Packs;
    use crate::tendering::report::Report;
    use crate::text;
    use chrono::{DateTime, Utc};
    use uuid::Uuid;

    fn rules(pack: &str, on: &str) -> Rules {
        Packs::shipped().unwrap().get(pack).unwrap().on(on.parse().unwrap())
    }

    fn content() -> TenderContent {
        TenderContent::begin(LocalText::new("服务器", "Servers"), "A02010104".to_owned(), Nature::Goods, Money::cny(100_000_000))
    }

    fn bid(number: u128, yuan: i64, size: EnterpriseSize, domestic_cost_percent: Option<i64>) -> Contender {
        Contender {
            bid_id: BidId(Uuid::from_u128(number)),
            lot: LotId(Uuid::nil()),
            bidder: OrganizationId(Uuid::from_u128(number)),
            consortium: None,
            price: Money::cny(yuan * 100),
            size,
            joint_deduction_percent: 0,
            subcontracts: Vec::new(),
            brand: String::new(),
            exceeded_ceiling: None,
            has_withdrawn: false,
            security: None,
            domestic_cost_percent,
            is_reserved: false,
            green_items: 0,
        }
    }

    #[test]
    fn enough_for_small_members_brings_the_joint_preference_and_small_enterprises_alone_the_whole() {
        let scheme = Scheme::from(&content());
        // A consortium of small enterprises alone counts as small, however its shares are cut.
        let bids = [
            Contender { joint_deduction_percent: 4, ..bid(1, 900_000, Large, None) },
            Contender { joint_deduction_percent: 4, ..bid(2, 950_000, Small, None) },
            bid(3, 870_000, Large, None),
            Contender { joint_deduction_percent: 4, is_reserved: true, ..bid(4, 900_000, Large, None) },
        ];
        let taken: Vec<i64> = deductions(&scheme, &bids).into_iter().map(Deduction::total_percent).collect();
        assert_eq!(taken, [4, 10, 0, 0], "财库〔2020〕46号第四条、第九条");
    }

    /// Evaluated prices in yuan, and points of price in hundredths of 30.
    fn scored(content: &TenderContent, on: &str, bids: &[Contender]) -> Vec<(i64, i64)> {
        let scheme = Scheme::under(content, &rules("cn", on));
        let offers: Vec<PriceOffer> = bids.iter().zip(deductions(&scheme, bids)).map(|(bid, deduction)| PriceOffer { bid_id: bid.bid_id, price: bid.price, deduction_percent: deduction.total_percent() }).collect();
        price_scores(&offers, 30).unwrap().iter().map(|score| (score.evaluated_price.amount_minor / 100, score.score_hundredths)).collect()
    }

    #[test]
    fn worked_example_0_domestic_products_are_preferred_from_2026_on_and_not_before() {
        let bids = [bid(1, 900_000, Large, Some(100)), bid(2, 800_000, Large, Some(10)), bid(3, 950_000, Large, None)];
        assert_eq!(scored(&content(), "2025-12-20", &bids), [(900_000, 2_667), (800_000, 3_000), (950_000, 2_526)]);
        assert_eq!(scored(&content(), "2026-02-10", &bids), [(720_000, 3_000), (800_000, 2_700), (950_000, 2_274)]);
    }

    #[test]
    fn eighty_percent_of_the_cost_make_a_bid_domestic_and_less_do_not() {
        let bids = [bid(1, 900_000, Large, Some(80)), bid(2, 900_000, Large, Some(79))];
        assert_eq!(scored(&content(), "2026-02-10", &bids), [(720_000, 3_000), (900_000, 2_400)]);
    }

    #[test]
    fn where_every_bid_is_domestic_or_none_is_nothing_is_taken_off() {
        for declared in [Some(90), Some(20), None] {
            let bids = [bid(1, 900_000, Large, declared), bid(2, 800_000, Large, declared)];
            assert_eq!(scored(&content(), "2026-02-10", &bids), [(900_000, 2_667), (800_000, 3_000)], "{declared:?}");
        }
    }

    #[test]
    fn a_small_bidder_of_domestic_products_has_both_percentages_off_its_price() {
        let bids = [bid(1, 1_000_000, Small, Some(95)), bid(2, 800_000, Large, Some(0)), bid(3, 900_000, Micro, None)];
        assert_eq!(scored(&content(), "2026-02-10", &bids), [(700_000, 3_000), (800_000, 2_625), (810_000, 2_593)]);
    }

    #[test]
    fn article_9_in_a_reserved_purchase_prices_are_compared_as_bid() {
        let mut reserved = content();
        reserved.reservation = Reservation::Whole { reserved_for: ReservedFor::SmallAndMedium };
        let bids = [bid(1, 900_000, EnterpriseSize::Medium, None), bid(2, 950_000, Small, None), bid(3, 990_000, Micro, None)];
        assert_eq!(scored(&content(), "2026-11-24", &bids), [(900_000, 2_850), (855_000, 3_000), (891_000, 2_879)], "worked example 1, not reserved");
        assert_eq!(scored(&reserved, "2026-11-24", &bids), [(900_000, 3_000), (950_000, 2_842), (990_000, 2_727)]);
        reserved.reservation = Reservation::Subcontract { reserved_for: ReservedFor::MicroAndSmall, share_least_percent: 40 };
        assert_eq!(scored(&reserved, "2026-11-24", &bids)[1].0, 950_000);
    }

    #[test]
    fn article_9_a_bid_that_leaves_enough_to_small_enterprises_has_its_own_deduction_and_never_both() {
        let joint = Contender { joint_deduction_percent: 4, ..bid(1, 900_000, Large, None) };
        let small = Contender { joint_deduction_percent: 4, ..bid(2, 950_000, Small, None) };
        let bids = [joint, small, bid(3, 870_000, Large, None)];
        assert_eq!(scored(&content(), "2026-11-24", &bids), [(864_000, 2_969), (855_000, 3_000), (870_000, 2_948)]);
    }

    #[test]
    fn article_9_in_a_reserved_lot_prices_are_compared_as_bid_and_in_the_others_not() {
        let mut lots = content();
        lots.reservation = Reservation::Lots { reserved_for: ReservedFor::MicroAndSmall, lots: vec![2] };
        let in_lot = |is_reserved| [bid(1, 900_000, Micro, None), bid(2, 950_000, Small, None)].map(|bid| Contender { is_reserved, ..bid });
        assert_eq!(scored(&lots, "2026-11-24", &in_lot(true)), [(900_000, 3_000), (950_000, 2_842)]);
        assert_eq!(scored(&lots, "2026-11-24", &in_lot(false))[0].0, 810_000);
    }

    #[test]
    fn a_domestic_bid_keeps_its_preference_in_a_reserved_purchase() {
        let mut reserved = content();
        reserved.reservation = Reservation::Whole { reserved_for: ReservedFor::SmallAndMedium };
        let bids = [bid(1, 900_000, Small, Some(100)), bid(2, 800_000, Small, Some(0))];
        assert_eq!(scored(&reserved, "2026-02-10", &bids), [(720_000, 3_000), (800_000, 2_700)]);
    }

    #[test]
    fn the_report_shows_what_was_taken_off_and_for_what() {
        let (content, rules) = (content(), rules("cn", "2026-02-10"));
        let mut scheme = Scheme::under(&content, &rules);
        scheme.price_weight_points = 30;
        let bids = [bid(1, 1_000_000, Small, Some(95)), bid(2, 800_000, Large, Some(0))];
        let draw = bids.clone().map(|bid| bid.bid_id);
        let basis = Basis { scheme: &scheme, rules: &rules, lots: &[(LotId(Uuid::nil()), content.budget)], draw: &draw };
        let report = Report::draw_up(&basis, &bids, &[], DateTime::<Utc>::UNIX_EPOCH);
        let line = report.line(bids[0].bid_id).unwrap();
        assert_eq!(report.deduction_arithmetic(line).unwrap(), "¥1,000,000.00 × (100 − 10 − 20) ÷ 100 = ¥700,000.00");
        assert_eq!(report.deduction_arithmetic(report.line(bids[1].bid_id).unwrap()), None);
    }

    #[test]
    fn of_equal_bids_the_one_with_more_green_certificates_goes_first_whatever_the_draw() {
        let (content, rules) = (content(), rules("cn", "2026-02-10"));
        let mut scheme = Scheme::under(&content, &rules);
        scheme.method = crate::tendering::score_sheet::Method::LowestPrice;
        let bids = [bid(1, 800_000, Large, None), Contender { green_items: 2, ..bid(2, 800_000, Large, None) }, Contender { green_items: 1, ..bid(3, 800_000, Large, None) }];
        let draw = bids.clone().map(|bid| bid.bid_id);
        let basis = Basis { scheme: &scheme, rules: &rules, lots: &[(LotId(Uuid::nil()), content.budget)], draw: &draw };
        let report = Report::draw_up(&basis, &bids, &[], DateTime::<Utc>::UNIX_EPOCH);
        let order: Vec<_> = report.ranked().map(|line| line.contender.green_items).collect();
        assert_eq!(order, [2, 1, 0]);
        assert_eq!(report.tie_break(report.line(bids[1].bid_id).unwrap()), Some(crate::tendering::report::TieBreak::Green));
    }

    #[test]
    fn services_and_other_packs_ask_for_no_declaration_and_the_check_says_why() {
        let services = TenderContent { nature: Nature::Services, ..content() };
        let asked = |content: &TenderContent, pack: &str| DomesticTerms::of(content, &rules(pack, "2026-11-24")).is_some();
        assert_eq!([asked(&content(), "cn"), asked(&services, "cn"), asked(&content(), "gpa-2012")], [true, false, false]);
        let verdict = |content: &TenderContent, pack: &str, on: &str| check(content, &rules(pack, on)).0.verdict;
        assert_eq!(verdict(&content(), "gpa-2012", "2026-11-24"), Verdict::NotApplicable);
        assert_eq!(verdict(&content(), "cn", "2025-12-31"), Verdict::NotApplicable);
        assert_eq!(verdict(&services, "cn", "2026-11-24"), Verdict::Uncertain);
        assert_eq!(verdict(&content(), "cn", "2026-11-24"), Verdict::Uncertain, "how both go together is not said");
        let mut reserved = content();
        reserved.reservation = Reservation::Whole { reserved_for: ReservedFor::SmallAndMedium };
        assert_eq!(verdict(&reserved, "cn", "2026-11-24"), Verdict::Compliant);
        for key in ["check-domestic", "check-domestic-elsewhere", "fact-products-within", "fact-both-preferences"] {
            for language in Language::ALL {
                assert!(text::has(language, key), "{key} in {language:?}");
            }
        }
    }
}
