//! Reserved contracts (预留份额): what of a purchase only small and medium enterprises may get, and why where nothing is
//! (政府采购促进中小企业发展管理办法, 财库〔2020〕46号, 第六条至第九条). What the law of the day asks of it is judged in
//! [`super::reservation_check`].

use super::tender_content::{ENTRIES_MOST, TEXT_MOST_CHARS};
use crate::identity::organization::EnterpriseSize;
use crate::language::{Language, LocalText};
use crate::money::Money;
use crate::oversight::policy_pack::check::Verdict;
use crate::refusal::{Code, Fact, Facts, Refusal, Refusals, check_text};
use crate::text;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// The rule by which a reserved purchase is open to smaller enterprises alone.
pub const SOURCE: &str = "财库〔2020〕46号第八条";

/// For whom it is reserved.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReservedFor {
    /// Small and medium enterprises, micro ones among them (中小企业).
    #[default]
    SmallAndMedium,
    /// Micro and small enterprises (小微企业).
    MicroAndSmall,
}

impl ReservedFor {
    /// Whether an enterprise of this size may have it.
    pub const fn fits(self, size: EnterpriseSize) -> bool {
        match self {
            Self::SmallAndMedium => !matches!(size, EnterpriseSize::Large),
            Self::MicroAndSmall => size.is_micro_or_small(),
        }
    }

    /// The key of its words.
    pub const fn text_key(self) -> &'static str {
        match self {
            Self::SmallAndMedium => "reserved-for-small-and-medium",
            Self::MicroAndSmall => "reserved-for-micro-and-small",
        }
    }
}

/// Why nothing is reserved (财库〔2020〕46号第六条).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UnreservedGround {
    /// Law or state policy gives precedence to public institutions, social organizations and other bodies that are no
    /// enterprises (第一项).
    NotForEnterprises,
    /// A patent, a technique or an infrastructure that can't be replaced, or a public service, leaves only other suppliers
    /// (第二项).
    OnlyOthersCan,
    /// With a reserved share supply or competition would not be enough, or the aim of the purchase would be in danger (第三项).
    CompetitionTooLittle,
    /// A framework agreement (第四项).
    Framework,
    /// Another case of the finance authority of a province (第五项).
    ProvincialCase,
}

impl UnreservedGround {
    /// All of them, in the order of the article.
    pub const ALL: [Self; 5] = [Self::NotForEnterprises, Self::OnlyOthersCan, Self::CompetitionTooLittle, Self::Framework, Self::ProvincialCase];

    /// Its name in data.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NotForEnterprises => "not_for_enterprises",
            Self::OnlyOthersCan => "only_others_can",
            Self::CompetitionTooLittle => "competition_too_little",
            Self::Framework => "framework",
            Self::ProvincialCase => "provincial_case",
        }
    }

    /// The key of its words.
    pub fn text_key(self) -> String {
        format!("unreserved-{}", self.as_str().replace('_', "-"))
    }

    /// The item of the article that allows it.
    pub const fn source(self) -> &'static str {
        match self {
            Self::NotForEnterprises => "财库〔2020〕46号第六条第一项",
            Self::OnlyOthersCan => "财库〔2020〕46号第六条第二项",
            Self::CompetitionTooLittle => "财库〔2020〕46号第六条第三项",
            Self::Framework => "财库〔2020〕46号第六条第四项",
            Self::ProvincialCase => "财库〔2020〕46号第六条第五项",
        }
    }
}

/// What of a purchase is reserved.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "measure", rename_all = "snake_case")]
pub enum Reservation {
    /// Nobody has said yet.
    #[default]
    Undecided,
    /// Nothing, in a case that the law names.
    Unreserved {
        /// Which.
        ground: UnreservedGround,
        /// Why it holds here.
        reason: LocalText,
    },
    /// The whole purchase (整体预留).
    Whole {
        /// For whom.
        reserved_for: ReservedFor,
    },
    /// Some lots (采购包预留).
    Lots {
        /// For whom.
        reserved_for: ReservedFor,
        /// The numbers of the lots.
        lots: Vec<u32>,
    },
    /// A part that smaller members of a consortium take (联合体预留).
    Consortium {
        /// Who these members are.
        reserved_for: ReservedFor,
        /// The least share of the contract, in percent.
        share_least_percent: i64,
    },
    /// A part that is subcontracted to smaller enterprises (分包预留).
    Subcontract {
        /// To whom.
        reserved_for: ReservedFor,
        /// The least share of the contract, in percent.
        share_least_percent: i64,
    },
}

/// How much of a bid smaller enterprises take, in hundredths of a percent, as consortium agreements and subcontract
/// declarations say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SmallShares {
    /// Small and medium enterprises, micro ones among them.
    pub small_and_medium_basis_points: u32,
    /// Of it, micro and small ones.
    pub micro_and_small_basis_points: u32,
}

impl Reservation {
    /// The key of its words: `reservation-whole`.
    pub const fn text_key(&self) -> &'static str {
        match self {
            Self::Undecided => "reservation-undecided",
            Self::Unreserved { .. } => "reservation-unreserved",
            Self::Whole { .. } => "reservation-whole",
            Self::Lots { .. } => "reservation-lots",
            Self::Consortium { .. } => "reservation-consortium",
            Self::Subcontract { .. } => "reservation-subcontract",
        }
    }

    /// What the notice says of it, in both languages.
    pub fn words(&self) -> LocalText {
        let mut facts = Facts::new();
        let mut put = |name: &str, fact: Fact| facts.insert(name.to_owned(), fact);
        if let Some(reserved_for) = self.reserved_for() {
            put("reserved_for", Fact::word(reserved_for.text_key()));
        }
        match self {
            Self::Unreserved { ground, .. } => {
                put("ground", Fact::word(ground.text_key()));
                put("source", Fact::Source(ground.source().to_owned()));
            }
            Self::Lots { lots, .. } => {
                put("lots", lots.iter().map(u32::to_string).collect::<Vec<_>>().join(", ").into());
            }
            Self::Consortium { share_least_percent, .. } | Self::Subcontract { share_least_percent, .. } => {
                put("percent", (*share_least_percent).into());
            }
            Self::Undecided | Self::Whole { .. } => {}
        }
        let key = format!("{}-said", self.text_key());
        let say = |language| text::say_with(language, &key, &facts);
        LocalText::new(say(Language::Chinese), say(Language::English))
    }

    /// For whom something is reserved, if anything is.
    pub const fn reserved_for(&self) -> Option<ReservedFor> {
        match self {
            Self::Undecided | Self::Unreserved { .. } => None,
            Self::Whole { reserved_for }
            | Self::Lots { reserved_for, .. }
            | Self::Consortium { reserved_for, .. }
            | Self::Subcontract { reserved_for, .. } => Some(*reserved_for),
        }
    }

    /// The least share that smaller members or subcontractors take, in percent.
    pub const fn share_least_percent(&self) -> Option<i64> {
        match self {
            Self::Consortium { share_least_percent, .. } | Self::Subcontract { share_least_percent, .. } => Some(*share_least_percent),
            _ => None,
        }
    }

    /// Whose bids alone are taken for the lot with this number.
    pub fn bidders_for(&self, lot: u32) -> Option<ReservedFor> {
        match self {
            Self::Whole { reserved_for } => Some(*reserved_for),
            Self::Lots { reserved_for, lots } if lots.contains(&lot) => Some(*reserved_for),
            _ => None,
        }
    }

    /// Whether micro and small bidders for the lot are compared at a lower price: only where nothing is reserved
    /// (财库〔2020〕46号第九条).
    pub fn leaves_preference(&self, lot: u32) -> bool {
        match self {
            Self::Undecided | Self::Unreserved { .. } => true,
            Self::Lots { lots, .. } => !lots.contains(&lot),
            Self::Whole { .. } | Self::Consortium { .. } | Self::Subcontract { .. } => false,
        }
    }

    /// Refuses a bidder that is too large for the lot. Whoever has declared no size is not refused: the missing declaration
    /// is asked for with the papers.
    ///
    /// # Errors
    /// `BIDDER_TOO_LARGE`.
    pub fn check_bidder(&self, lot: u32, size: Option<EnterpriseSize>) -> Result<(), Refusal> {
        let (Some(reserved_for), Some(size)) = (self.bidders_for(lot), size) else { return Ok(()) };
        if reserved_for.fits(size) {
            return Ok(());
        }
        let refusal = Refusal::new(Code::BidderTooLarge).with("reserved_for", Fact::word(reserved_for.text_key()));
        let refusal = refusal.with("size", Fact::word(format!("enterprise-size-{}", size.as_str())));
        Err(refusal.with("source", Fact::Source(SOURCE.to_owned())))
    }

    /// Whether smaller members or subcontractors take as much of a bid as is reserved for them; uncertain while nobody has
    /// said how much they take.
    pub fn judge_share(&self, shares: Option<SmallShares>) -> Verdict {
        let (Some(least), Some(reserved_for)) = (self.share_least_percent(), self.reserved_for()) else { return Verdict::NotApplicable };
        let Some(shares) = shares else { return Verdict::Uncertain };
        if shares.micro_and_small_basis_points > shares.small_and_medium_basis_points || shares.small_and_medium_basis_points > 10_000 {
            return Verdict::InvalidInput;
        }
        let taken = match reserved_for {
            ReservedFor::SmallAndMedium => shares.small_and_medium_basis_points,
            ReservedFor::MicroAndSmall => shares.micro_and_small_basis_points,
        };
        if i64::from(taken) >= least * 100 { Verdict::Compliant } else { Verdict::Violation }
    }

    /// How much of a budget is reserved, in its minor units, rounded down. `lots` are the numbers and budgets of the lots.
    pub fn reserved_minor(&self, budget: Money, lots: &[(u32, Money)]) -> i64 {
        match self {
            Self::Undecided | Self::Unreserved { .. } => 0,
            Self::Whole { .. } => budget.amount_minor,
            Self::Lots { lots: reserved, .. } => {
                let of = lots.iter().filter(|(number, _)| reserved.contains(number));
                of.map(|(_, budget)| budget.amount_minor).fold(0, i64::saturating_add)
            }
            Self::Consortium { share_least_percent, .. } | Self::Subcontract { share_least_percent, .. } => {
                i64::try_from(i128::from(budget.amount_minor) * i128::from(*share_least_percent) / 100).unwrap_or_default()
            }
        }
    }

    /// What even a draft keeps to.
    ///
    /// # Errors
    /// `TOO_LONG` and `HIDDEN_CHARACTERS` at `reason`, `OUT_OF_RANGE` at `shareLeastPercent` and `lots`, `LINE_TWICE` at `lots`.
    pub fn check_draft(&self) -> Result<(), Refusals> {
        let mut faults = Refusals::default();
        match self {
            Self::Unreserved { reason, .. } => {
                faults.take("reason.zh", check_text(&reason.zh, false, TEXT_MOST_CHARS));
                faults.take("reason.en", check_text(&reason.en, false, TEXT_MOST_CHARS));
            }
            Self::Lots { lots, .. } => {
                if lots.len() > ENTRIES_MOST {
                    faults.push(Refusal::at(Code::OutOfRange, "lots").with("least", 0_i64).with("most", ENTRIES_MOST));
                }
                if lots.iter().collect::<BTreeSet<_>>().len() < lots.len() {
                    faults.push(Refusal::at(Code::LineTwice, "lots"));
                }
            }
            Self::Consortium { share_least_percent, .. } | Self::Subcontract { share_least_percent, .. } => {
                if !(0..=100).contains(share_least_percent) {
                    faults.push(Refusal::at(Code::OutOfRange, "shareLeastPercent").with("least", 0_i64).with("most", 100_i64));
                }
            }
            Self::Undecided | Self::Whole { .. } => {}
        }
        faults.into_result()
    }

    /// What a reservation must say before it is handed in. `lots` are the numbers of the tender's lots.
    ///
    /// # Errors
    /// `REQUIRED` at `reason.zh`, `lots` or `shareLeastPercent`; `NOT_FOUND` at `lots` for a number that no lot has.
    pub fn check(&self, lots: &[u32]) -> Result<(), Refusals> {
        let mut faults = Refusals::default();
        match self {
            Self::Unreserved { reason, .. } if reason.zh.trim().is_empty() => faults.push(Refusal::at(Code::Required, "reason.zh")),
            Self::Lots { lots: reserved, .. } if reserved.is_empty() => faults.push(Refusal::at(Code::Required, "lots")),
            Self::Lots { lots: reserved, .. } if reserved.iter().any(|number| !lots.contains(number)) => {
                faults.push(Refusal::at(Code::NotFound, "lots"));
            }
            Self::Consortium { share_least_percent: 0, .. } | Self::Subcontract { share_least_percent: 0, .. } => {
                faults.push(Refusal::at(Code::Required, "shareLeastPercent"));
            }
            _ => {}
        }
        faults.into_result()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIZES: [EnterpriseSize; 4] = [EnterpriseSize::Micro, EnterpriseSize::Small, EnterpriseSize::Medium, EnterpriseSize::Large];

    fn whole(reserved_for: ReservedFor) -> Reservation {
        Reservation::Whole { reserved_for }
    }

    #[test]
    fn article_8_a_reserved_purchase_takes_the_bids_of_those_alone_for_whom_it_is_reserved() {
        let taken = |reservation: &Reservation, lot| SIZES.map(|size| reservation.check_bidder(lot, Some(size)).is_ok());
        assert_eq!(taken(&whole(ReservedFor::SmallAndMedium), 1), [true, true, true, false]);
        assert_eq!(taken(&whole(ReservedFor::MicroAndSmall), 1), [true, true, false, false]);
        let lots = Reservation::Lots { reserved_for: ReservedFor::MicroAndSmall, lots: vec![2] };
        assert_eq!((taken(&lots, 1), taken(&lots, 2)), ([true; 4], [true, true, false, false]));
        // Larger ones lead a consortium or subcontract: their bids are taken, and the share is judged later.
        assert_eq!(taken(&Reservation::Subcontract { reserved_for: ReservedFor::SmallAndMedium, share_least_percent: 30 }, 1), [true; 4]);
    }

    #[test]
    fn a_bidder_that_is_too_large_is_told_the_rule_and_one_of_unknown_size_is_not_refused() {
        let refusal = whole(ReservedFor::SmallAndMedium).check_bidder(1, Some(EnterpriseSize::Large)).unwrap_err();
        assert_eq!((refusal.code, &refusal.facts["source"]), (Code::BidderTooLarge, &Fact::Source(SOURCE.to_owned())));
        assert_eq!(whole(ReservedFor::MicroAndSmall).check_bidder(1, None), Ok(()));
    }

    #[test]
    fn article_9_where_a_part_is_reserved_no_price_is_lowered_on_top() {
        let reserved_for = ReservedFor::SmallAndMedium;
        let lots = Reservation::Lots { reserved_for, lots: vec![2] };
        assert_eq!([1, 2].map(|lot| lots.leaves_preference(lot)), [true, false]);
        let none = Reservation::Unreserved { ground: UnreservedGround::CompetitionTooLittle, reason: LocalText::default() };
        assert!(none.leaves_preference(1) && Reservation::Undecided.leaves_preference(1));
        for reserved in [whole(reserved_for), Reservation::Consortium { reserved_for, share_least_percent: 40 }, Reservation::Subcontract { reserved_for, share_least_percent: 40 }] {
            assert!(!reserved.leaves_preference(1), "{reserved:?}");
        }
    }

    #[test]
    fn the_share_of_smaller_enterprises_is_judged_and_without_a_declaration_uncertain() {
        let shares = |small_and_medium_basis_points, micro_and_small_basis_points| Some(SmallShares { small_and_medium_basis_points, micro_and_small_basis_points });
        let for_whom = |reserved_for| Reservation::Consortium { reserved_for, share_least_percent: 30 };
        let (medium, small) = (for_whom(ReservedFor::SmallAndMedium), for_whom(ReservedFor::MicroAndSmall));
        assert_eq!(medium.judge_share(shares(3_000, 0)), Verdict::Compliant);
        assert_eq!(medium.judge_share(shares(2_999, 2_999)), Verdict::Violation);
        assert_eq!(small.judge_share(shares(9_000, 2_999)), Verdict::Violation);
        assert_eq!(small.judge_share(shares(3_000, 3_000)), Verdict::Compliant);
        assert_eq!(small.judge_share(shares(3_000, 3_001)), Verdict::InvalidInput);
        assert_eq!(small.judge_share(None), Verdict::Uncertain);
        assert_eq!(whole(ReservedFor::SmallAndMedium).judge_share(shares(0, 0)), Verdict::NotApplicable);
    }

    #[test]
    fn what_is_reserved_is_summed_in_minor_units() {
        let (budget, reserved_for) = (Money::cny(1_000_000_01), ReservedFor::SmallAndMedium);
        let lots = [(1, Money::cny(400_000_01)), (2, Money::cny(600_000_00))];
        assert_eq!(whole(reserved_for).reserved_minor(budget, &lots), 1_000_000_01);
        assert_eq!(Reservation::Lots { reserved_for, lots: vec![1] }.reserved_minor(budget, &lots), 400_000_01);
        assert_eq!(Reservation::Subcontract { reserved_for, share_least_percent: 30 }.reserved_minor(budget, &lots), 300_000_00);
        assert_eq!(Reservation::Undecided.reserved_minor(budget, &lots), 0);
    }

    #[test]
    fn what_is_left_open_is_told_where_it_stands() {
        let reserved_for = ReservedFor::SmallAndMedium;
        let at = |reservation: Reservation, lots: &[u32]| reservation.check(lots).err().map(|refusals| (refusals.0[0].code, refusals.0[0].path.join(".")));
        let ground = UnreservedGround::Framework;
        assert_eq!(at(Reservation::Unreserved { ground, reason: LocalText::default() }, &[1]), Some((Code::Required, "reason.zh".to_owned())));
        assert_eq!(at(Reservation::Lots { reserved_for, lots: Vec::new() }, &[1, 2]), Some((Code::Required, "lots".to_owned())));
        assert_eq!(at(Reservation::Lots { reserved_for, lots: vec![3] }, &[1, 2]), Some((Code::NotFound, "lots".to_owned())));
        assert_eq!(at(Reservation::Consortium { reserved_for, share_least_percent: 0 }, &[1]), Some((Code::Required, "shareLeastPercent".to_owned())));
        assert_eq!(at(whole(reserved_for), &[1]), None);
        let twice = Reservation::Lots { reserved_for, lots: vec![1, 1] }.check_draft().unwrap_err();
        assert_eq!(twice.0[0].code, Code::LineTwice);
        assert!(Reservation::Subcontract { reserved_for, share_least_percent: 101 }.check_draft().is_err());
    }

    #[test]
    fn every_measure_ground_and_group_has_words_in_both_languages() {
        let reserved_for = ReservedFor::SmallAndMedium;
        let measures = [
            Reservation::Undecided,
            Reservation::Unreserved { ground: UnreservedGround::Framework, reason: LocalText::default() },
            whole(reserved_for),
            Reservation::Lots { reserved_for, lots: Vec::new() },
            Reservation::Consortium { reserved_for, share_least_percent: 30 },
            Reservation::Subcontract { reserved_for, share_least_percent: 30 },
        ];
        let keys = measures.iter().flat_map(|measure| [measure.text_key().to_owned(), format!("{}-said", measure.text_key())]);
        let keys = keys.chain(UnreservedGround::ALL.map(UnreservedGround::text_key));
        let keys = keys.chain([ReservedFor::SmallAndMedium, ReservedFor::MicroAndSmall].map(|whom| whom.text_key().to_owned()));
        let keys = keys.chain(SIZES.map(|size| format!("enterprise-size-{}", size.as_str())));
        for key in keys {
            for language in Language::ALL {
                assert!(text::has(language, &key), "{key} in {language:?}");
            }
        }
    }
}
