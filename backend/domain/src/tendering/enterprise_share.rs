//! How much of a contract goes to enterprises of which size, by a consortium's agreement or by declared subcontracts, and
//! the price preference that follows (财库〔2020〕46号第四条、第九条; 财库〔2022〕19号第四条).

use super::tender_content::{Nature, TenderContent};
use crate::identity::organization::EnterpriseSize;
use crate::oversight::policy_pack::Rules;

/// The whole of a contract, in hundredths of a percent.
pub const WHOLE_BASIS_POINTS: u32 = 10_000;

/// A part of the contract's sum, and the size of who does it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SizedShare {
    /// The size that it declares.
    pub size: EnterpriseSize,
    /// Its part, in hundredths of a percent of the contract.
    pub basis_points: u32,
}

/// What goes to the enterprises whose size counts, in hundredths of a percent of the contract.
pub fn share_of(parts: &[SizedShare], counts: impl Fn(EnterpriseSize) -> bool) -> u32 {
    parts.iter().filter(|part| counts(part.size)).map(|part| part.basis_points).fold(0, u32::saturating_add)
}

/// What goes to micro and small enterprises, in hundredths of a percent of the contract.
pub fn micro_and_small_share(parts: &[SizedShare]) -> u32 {
    share_of(parts, EnterpriseSize::is_micro_or_small)
}

/// What goes to small and medium enterprises (micro ones among them), in hundredths of a percent of the contract.
pub fn small_and_medium_share(parts: &[SizedShare]) -> u32 {
    share_of(parts, |size| size != EnterpriseSize::Large)
}

/// As what size a consortium counts: as its largest member. One of micro and small enterprises alone counts as small, one
/// of small and medium enterprises alone as medium (财库〔2020〕46号第四条).
pub fn joint_size(sizes: impl IntoIterator<Item = EnterpriseSize>) -> EnterpriseSize {
    sizes.into_iter().max().unwrap_or(EnterpriseSize::Large)
}

/// The rule by which a bid with a part for micro and small enterprises is compared at less than its price.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct JointRule {
    /// Their least part, in percent of the contract.
    pub share_least_percent: i64,
    /// What is taken off the price for evaluation, in percent.
    pub deduction_percent: i64,
}

impl JointRule {
    /// The rule of a tender under the law of its notice: the deduction that its documents name, else the least lawful one.
    /// Nothing where that law has none.
    pub fn of(content: &TenderContent, rules: &Rules) -> Option<Self> {
        let least = rules.figure(&joint_deduction_key(content.nature, "least"))?.value;
        let share_least_percent = rules.figure(SHARE_LEAST)?.value;
        Some(Self { share_least_percent, deduction_percent: content.joint_deduction_percent.unwrap_or(least) })
    }

    /// What is taken off a price, in percent: nothing while too little goes to micro and small enterprises, and nothing
    /// where they are held or managed by the others who do the contract (`is_held`; 财库〔2020〕46号第九条). A bidder that is
    /// micro or small itself has the full preference instead, which is not this function's affair.
    pub fn deduction_percent(self, parts: &[SizedShare], is_held: bool) -> i64 {
        let share = i64::from(micro_and_small_share(parts));
        if !is_held && share >= self.share_least_percent * 100 { self.deduction_percent } else { 0 }
    }
}

/// The figure of the part of the contract from which the preference is due.
pub const SHARE_LEAST: &str = "small_enterprise.consortium_share_least_percent";

/// The figure that bounds the deduction for what is bought, at its `least` or `most` end.
pub fn joint_deduction_key(nature: Nature, end: &str) -> String {
    let prefix = if nature == Nature::Works { "works_" } else { "" };
    format!("small_enterprise.{prefix}consortium_deduction_{end}_percent")
}

/// Hundredths of a percent as people write them: `33.33%`, `40%`.
pub fn percent(basis_points: u32) -> String {
    let (whole, rest) = (basis_points / 100, basis_points % 100);
    match rest {
        0 => format!("{whole}%"),
        rest if rest % 10 == 0 => format!("{whole}.{}%", rest / 10),
        rest => format!("{whole}.{rest:02}%"),
    }
}

/// A part as people type it, `33.33%` or `40`, in hundredths of a percent; nothing for what is none between nothing and the
/// whole.
pub fn basis_points(typed: &str) -> Option<u32> {
    use unicode_normalization::UnicodeNormalization;
    let plain: String = typed.nfkc().filter(|letter| !letter.is_whitespace()).collect();
    let plain = plain.strip_suffix('%').unwrap_or(&plain);
    let (whole, rest) = plain.split_once('.').unwrap_or((plain, ""));
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || whole.len() > 3 || rest.len() > 2 || !is_digits(whole) || !is_digits(rest) {
        return None;
    }
    let points = whole.parse::<u32>().ok()? * 100 + format!("{rest:0<2}").parse::<u32>().ok()?;
    (points <= WHOLE_BASIS_POINTS).then_some(points)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::LocalText;
    use crate::money::Money;
    use crate::oversight::policy_pack::{CN, PolicyPack};
    use EnterpriseSize::{Large, Medium, Micro, Small};

    fn rule(nature: Nature, day: &str) -> Option<JointRule> {
        let content = TenderContent::begin(LocalText::new("办公家具", ""), "A05".to_owned(), nature, Money::cny(100_000_000));
        JointRule::of(&content, &PolicyPack::load(CN).unwrap().on(day.parse().unwrap()))
    }

    fn parts(shares: &[(EnterpriseSize, u32)]) -> Vec<SizedShare> {
        shares.iter().map(|(size, basis_points)| SizedShare { size: *size, basis_points: *basis_points }).collect()
    }

    #[test]
    fn article_9_a_large_enterprise_that_leaves_three_tenths_to_small_ones_is_compared_at_less() {
        let goods = rule(Nature::Goods, "2026-11-28").unwrap();
        let cases = [
            (parts(&[(Large, 7000), (Small, 3000)]), 4),
            (parts(&[(Large, 7001), (Small, 2999)]), 0),
            (parts(&[(Large, 5000), (Medium, 5000)]), 0),
            (parts(&[(Medium, 7000), (Micro, 1000), (Small, 2000)]), 4),
            (parts(&[(Micro, 3000)]), 4),
        ];
        for (parts, expected) in cases {
            assert_eq!(goods.deduction_percent(&parts, false), expected, "{parts:?}");
            assert_eq!(goods.deduction_percent(&parts, true), 0, "small ones that the others hold bring nothing: {parts:?}");
        }
    }

    #[test]
    fn the_deduction_is_that_of_the_day_of_notice_and_of_what_is_bought() {
        let percent = |nature, day| rule(nature, day).map(|rule| rule.deduction_percent);
        assert_eq!(percent(Nature::Goods, "2022-06-30"), Some(2), "财库〔2020〕46号");
        assert_eq!(percent(Nature::Goods, "2022-07-01"), Some(4), "财库〔2022〕19号");
        assert_eq!(percent(Nature::Works, "2026-11-28"), Some(1));
        assert_eq!(percent(Nature::Goods, "2020-12-31"), None, "before the rule there is none");
    }

    #[test]
    fn article_4_a_consortium_counts_as_its_largest_member() {
        assert_eq!(joint_size([Micro, Small]), Small);
        assert_eq!(joint_size([Micro, Micro]), Micro);
        assert_eq!(joint_size([Small, Medium]), Medium);
        assert_eq!(joint_size([Micro, Large, Small]), Large);
        assert_eq!(small_and_medium_share(&parts(&[(Large, 2500), (Medium, 4000), (Micro, 3500)])), 7500);
    }

    #[test]
    fn shares_are_written_as_people_write_percents() {
        assert_eq!([4000, 3333, 3350, 5].map(percent), ["40%", "33.33%", "33.5%", "0.05%"]);
        assert_eq!(["40", " 33.33 %", "３３．５％", "0.05%", "100"].map(basis_points), [Some(4000), Some(3333), Some(3350), Some(5), Some(10_000)]);
        assert_eq!(["", "-5", "33.333", "101", "a", ".5", "1e2"].map(basis_points), [None; 7]);
    }
}
