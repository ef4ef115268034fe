//! Whether a purchase reserves for smaller enterprises what the law of the day asks: as a rule the whole of a small purchase,
//! and a share of what its buyer buys above that size (财库〔2020〕46号第七条、第八条; 财库〔2022〕19号). The figures are the
//! policy pack's; a pack without them, such as `gpa-2012`, has no reservation but what a coverage schedule allows.

use super::reservation::{Reservation, ReservedFor};
use super::tender_content::{Nature, TenderContent};
use super::warning::{Review, Surroundings, Warning, WarningKind};
use crate::money::{Currency, Money};
use crate::oversight::policy_pack::check::{Check, Verdict};
use crate::oversight::policy_pack::{Figure, Rules};
use crate::refusal::Fact;

/// The key of the figure below which a purchase is reserved as a whole.
pub const WHOLE_GOODS_SERVICES: &str = "reserved.whole_goods_services_most_minor";
const WHOLE_WORKS: &str = "reserved.whole_works_most_minor";
const SHARE_GOODS_SERVICES: &str = "reserved.goods_services_share_least_percent";
const SHARE_WORKS: &str = "reserved.works_share_least_percent";
/// The key of the figure of what micro and small enterprises get of what is reserved.
pub const SMALL_SHARE: &str = "reserved.small_share_least_percent";

/// What a buyer has bought of one kind (goods and services, or works) in a fiscal year above the size up to which a purchase
/// is reserved as a whole; in minor units of yuan. Cases in which the law asks for no share are left out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ReservedYear {
    /// All of it.
    pub bought_minor: i64,
    /// What of it was reserved.
    pub reserved_minor: i64,
    /// What of that was reserved for micro and small enterprises.
    pub reserved_small_minor: i64,
}

impl ReservedYear {
    /// Adds a purchase, if it counts by the law of the day.
    #[must_use]
    pub fn plus(mut self, content: &TenderContent, rules: &Rules) -> Self {
        let is_exempt = matches!(content.reservation, Reservation::Unreserved { .. });
        let limit = figures(rules, content.nature).0.map(|figure| figure.value);
        if is_exempt || content.budget.currency != Currency::CNY || limit.is_none_or(|limit| content.budget.amount_minor <= limit) {
            return self;
        }
        let reserved = reserved_minor(content);
        self.bought_minor = self.bought_minor.saturating_add(content.budget.amount_minor);
        self.reserved_minor = self.reserved_minor.saturating_add(reserved);
        if content.reservation.reserved_for() == Some(ReservedFor::MicroAndSmall) {
            self.reserved_small_minor = self.reserved_small_minor.saturating_add(reserved);
        }
        self
    }
}

/// Whether two natures are counted together: goods and services are, works stand alone.
pub fn is_counted_with(one: Nature, other: Nature) -> bool {
    (one == Nature::Works) == (other == Nature::Works)
}

/// What of a tender is reserved, in minor units of its budget.
pub fn reserved_minor(content: &TenderContent) -> i64 {
    content.reservation.reserved_minor(content.budget, &content.lot_budgets())
}

fn keys(nature: Nature) -> (&'static str, &'static str) {
    match nature {
        Nature::Works => (WHOLE_WORKS, SHARE_WORKS),
        Nature::Goods | Nature::Services => (WHOLE_GOODS_SERVICES, SHARE_GOODS_SERVICES),
    }
}

/// The limit up to which a purchase is reserved as a whole, and the least share above it.
fn figures(rules: &Rules, nature: Nature) -> (Option<&Figure>, Option<&Figure>) {
    let (whole, share) = keys(nature);
    (rules.figure(whole), rules.figure(share))
}

/// Whether `part` is at least so many percent of `whole`.
fn reaches(part: i64, whole: i64, percent: i64) -> bool {
    i128::from(part) * 100 >= i128::from(whole) * i128::from(percent)
}

/// A check with the key of the words that say what would satisfy it.
pub type Said = (Check, &'static str);

/// What the law of the day asks of a draft's reservation. `earlier` is what its buyer has bought of the kind this year, the
/// draft not among it.
pub fn checks(content: &TenderContent, rules: &Rules, earlier: ReservedYear) -> Vec<Said> {
    let key = keys(content.nature).0;
    let (Some(limit), Some(least)) = figures(rules, content.nature) else { return vec![uncovered(content, key)] };
    if content.budget.currency != Currency::CNY {
        let check = Check::new(key, Verdict::Uncertain, Some(limit)).with("missing", Fact::word("fact-budget-in-yuan"));
        return vec![(check, "check-reserve-whole")];
    }
    if content.budget.amount_minor <= limit.value {
        return vec![whole(content, limit)];
    }
    let year = earlier.plus(content, rules);
    let mut found = vec![share(content, least, year)];
    found.extend(rules.figure(SMALL_SHARE).filter(|_| year.reserved_minor > 0).map(|figure| small_share(figure, year)));
    found
}

/// Where the pack has no such figures, nothing is to be reserved, and what is needs a note in the schedule of coverage.
fn uncovered(content: &TenderContent, key: &str) -> Said {
    if content.reservation.reserved_for().is_none() {
        return (Check::new(key, Verdict::NotApplicable, None), "check-reserve-coverage");
    }
    let check = Check::new(key, Verdict::Uncertain, None).with("missing", Fact::word("fact-coverage")).with("remedy", Fact::word("reservation-unreserved"));
    (check, "check-reserve-coverage")
}

fn whole(content: &TenderContent, limit: &Figure) -> Said {
    let check = |verdict| Check::new(&limit.key, verdict, Some(limit)).with("remedy", Money::cny(limit.value));
    let check = match &content.reservation {
        Reservation::Undecided => check(Verdict::Uncertain).with("missing", Fact::word("fact-reservation")),
        Reservation::Unreserved { .. } => check(Verdict::Compliant),
        _ if reserved_minor(content) >= content.budget.amount_minor => check(Verdict::Compliant),
        _ => check(Verdict::Violation),
    };
    (check, "check-reserve-whole")
}

/// The share is one of all that the buyer buys of the kind in the year: a purchase that reserves less keeps the rule where
/// others have reserved more.
fn share(content: &TenderContent, least: &Figure, year: ReservedYear) -> Said {
    let is_enough = reaches(reserved_minor(content), content.budget.amount_minor, least.value)
        || (year.bought_minor > 0 && reaches(year.reserved_minor, year.bought_minor, least.value));
    let verdict = match &content.reservation {
        Reservation::Undecided => Verdict::Uncertain,
        Reservation::Unreserved { .. } => Verdict::Compliant,
        _ if is_enough => Verdict::Compliant,
        _ => Verdict::Violation,
    };
    let check = Check::new(&least.key, verdict, Some(least)).with("remedy", least.value);
    let check = check.with("year_bought", Money::cny(year.bought_minor)).with("year_reserved", Money::cny(year.reserved_minor));
    let check = if verdict == Verdict::Uncertain { check.with("missing", Fact::word("fact-reservation")) } else { check };
    (check, "check-reserve-share")
}

fn small_share(figure: &Figure, year: ReservedYear) -> Said {
    let is_enough = reaches(year.reserved_small_minor, year.reserved_minor, figure.value);
    let verdict = if is_enough { Verdict::Compliant } else { Verdict::Violation };
    let check = Check::new(SMALL_SHARE, verdict, Some(figure)).with("remedy", figure.value);
    (check.with("year_reserved", Money::cny(year.reserved_minor)).with("year_small", Money::cny(year.reserved_small_minor)), "check-reserve-small")
}

/// Asks before a draft is handed in why it reserves less than is due, or anything where no coverage is known to allow it.
pub(super) fn warn(review: &mut Review, content: &TenderContent, around: &Surroundings<'_>) {
    let path = "reservation.measure";
    let of = |kind, remedy: &str| Warning::at(kind, path).with("budget", content.budget).with("reserved", Money::new(reserved_minor(content), content.budget.currency)).with("remedy", Fact::word(remedy));
    let (Some(limit), Some(least)) = figures(around.rules, content.nature) else {
        if content.reservation.reserved_for().is_some() {
            review.warn(of(WarningKind::ReservationUncovered, "reservation-unreserved"));
        }
        return;
    };
    if content.budget.currency != Currency::CNY || matches!(content.reservation, Reservation::Unreserved { .. }) {
        return;
    }
    let is_small = content.budget.amount_minor <= limit.value;
    let percent = if is_small { 100 } else { least.value };
    if !reaches(reserved_minor(content), content.budget.amount_minor, percent) {
        let figure = if is_small { limit } else { least };
        let warning = of(WarningKind::ReservationMissing, "reservation-whole").with("percent", percent).with("limit", Money::cny(limit.value));
        review.warn(warning.with(super::warning::RULE, Fact::Source(figure.source.clone())));
    }
}

#[cfg(test)]
mod tests {
    use super::super::reservation::UnreservedGround;
    use super::*;
    use crate::language::{Language, LocalText};
    use crate::oversight::policy_pack::Packs;
    use crate::text;

    fn rules(pack: &str, on: &str) -> Rules {
        Packs::shipped().unwrap().get(pack).unwrap().on(on.parse().unwrap())
    }

    fn draft(nature: Nature, yuan: i64, reservation: Reservation) -> TenderContent {
        let mut content = TenderContent::begin(LocalText::new("办公家具", ""), "A05010200".to_owned(), nature, Money::cny(yuan * 100));
        content.reservation = reservation;
        content
    }

    fn whole_for(reserved_for: ReservedFor) -> Reservation {
        Reservation::Whole { reserved_for }
    }

    fn part(percent: i64, reserved_for: ReservedFor) -> Reservation {
        Reservation::Subcontract { reserved_for, share_least_percent: percent }
    }

    fn first(content: &TenderContent) -> Verdict {
        checks(content, &rules("cn", "2026-11-27"), ReservedYear::default())[0].0.verdict
    }

    const ANY: ReservedFor = ReservedFor::SmallAndMedium;

    #[test]
    fn article_7_a_purchase_up_to_two_million_and_works_up_to_four_are_reserved_as_a_whole() {
        for (nature, yuan) in [(Nature::Goods, 2_000_000), (Nature::Services, 2_000_000), (Nature::Works, 4_000_000)] {
            let found = checks(&draft(nature, yuan, whole_for(ANY)), &rules("cn", "2026-11-27"), ReservedYear::default());
            assert_eq!((found.len(), found[0].0.verdict, found[0].1), (1, Verdict::Compliant, "check-reserve-whole"), "{nature:?}");
            assert_eq!(first(&draft(nature, yuan, part(99, ANY))), Verdict::Violation);
            assert_eq!(first(&draft(nature, yuan, Reservation::Undecided)), Verdict::Uncertain);
            let none = Reservation::Unreserved { ground: UnreservedGround::OnlyOthersCan, reason: LocalText::default() };
            assert_eq!(first(&draft(nature, yuan, none)), Verdict::Compliant);
            let above = checks(&draft(nature, yuan + 1, Reservation::Undecided), &rules("cn", "2026-11-27"), ReservedYear::default());
            assert_eq!(above[0].1, "check-reserve-share");
        }
    }

    #[test]
    fn article_8_above_it_thirty_percent_are_reserved_and_forty_of_works_since_july_2022() {
        let of = |nature, on: &str, percent| checks(&draft(nature, 10_000_000, part(percent, ANY)), &rules("cn", on), ReservedYear::default())[0].0.verdict;
        assert_eq!([29, 30].map(|percent| of(Nature::Goods, "2026-11-27", percent)), [Verdict::Violation, Verdict::Compliant]);
        assert_eq!([39, 40].map(|percent| of(Nature::Works, "2026-11-27", percent)), [Verdict::Violation, Verdict::Compliant]);
        assert_eq!([29, 30].map(|percent| of(Nature::Works, "2022-06-30", percent)), [Verdict::Violation, Verdict::Compliant]);
    }

    #[test]
    fn article_8_of_what_is_reserved_sixty_percent_are_for_micro_and_small_enterprises_over_the_year() {
        let content = draft(Nature::Goods, 10_000_000, part(40, ANY));
        let judged = |earlier| checks(&content, &rules("cn", "2026-11-27"), earlier)[1].0.verdict;
        assert_eq!(judged(ReservedYear::default()), Verdict::Violation);
        let small = |yuan: i64| ReservedYear { bought_minor: yuan * 100, reserved_minor: yuan * 100, reserved_small_minor: yuan * 100 };
        assert_eq!([5_999_999, 6_000_000].map(|yuan| judged(small(yuan))), [Verdict::Violation, Verdict::Compliant]);
    }

    #[test]
    fn a_purchase_that_reserves_less_keeps_the_rule_where_the_year_has_reserved_more() {
        let content = draft(Nature::Goods, 10_000_000, part(20, ANY));
        let earlier = |reserved: i64| ReservedYear { bought_minor: 1_000_000_000, reserved_minor: reserved * 100, reserved_small_minor: reserved * 100 };
        let judged = |reserved| checks(&content, &rules("cn", "2026-11-27"), earlier(reserved))[0].0.verdict;
        assert_eq!([3_999_999, 4_000_000].map(judged), [Verdict::Violation, Verdict::Compliant]);
    }

    #[test]
    fn what_is_small_exempt_or_not_in_yuan_is_not_counted_in_the_year() {
        let rules = rules("cn", "2026-11-27");
        let none = Reservation::Unreserved { ground: UnreservedGround::Framework, reason: LocalText::default() };
        let year = ReservedYear::default().plus(&draft(Nature::Goods, 2_000_000, whole_for(ANY)), &rules).plus(&draft(Nature::Goods, 9_000_000, none), &rules);
        assert_eq!(year, ReservedYear::default());
        let year = year.plus(&draft(Nature::Services, 3_000_000, whole_for(ReservedFor::MicroAndSmall)), &rules);
        assert_eq!(year, ReservedYear { bought_minor: 300_000_000, reserved_minor: 300_000_000, reserved_small_minor: 300_000_000 });
        assert!(is_counted_with(Nature::Goods, Nature::Services) && !is_counted_with(Nature::Goods, Nature::Works));
    }

    #[test]
    fn under_the_agreement_of_2012_nothing_is_due_and_a_reservation_asks_for_its_coverage() {
        let rules = rules("gpa-2012", "2026-11-27");
        let check = |reservation| checks(&draft(Nature::Goods, 1_000_000, reservation), &rules, ReservedYear::default()).remove(0).0;
        assert_eq!(check(Reservation::Undecided).verdict, Verdict::NotApplicable);
        let reserved = check(whole_for(ANY));
        assert_eq!((reserved.verdict, &reserved.facts["missing"]), (Verdict::Uncertain, &Fact::word("fact-coverage")));
    }

    #[test]
    fn cities_may_ask_for_more() {
        let content = draft(Nature::Goods, 10_000_000, part(30, ANY));
        let judged = ["cn", "cn-demo-nixiang", "cn-demo-jiashe"].map(|pack| checks(&content, &rules(pack, "2026-11-27"), ReservedYear::default())[0].0.verdict);
        assert_eq!(judged[0], Verdict::Compliant);
        assert!(judged[1..].contains(&Verdict::Violation), "{judged:?}");
    }

    #[test]
    fn the_words_of_every_check_are_there_in_both_languages() {
        for key in ["check-reserve-whole", "check-reserve-share", "check-reserve-small", "check-reserve-coverage", "fact-reservation", "fact-coverage"] {
            for language in Language::ALL {
                assert!(text::has(language, key), "{key} in {language:?}");
            }
        }
    }
}
