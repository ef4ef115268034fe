//! The evaluation report (评审报告): every figure with the way to it, so that anybody can add it up again.

use super::contender::Contender;
use super::lot::Ranked;
use super::preference::{Deduction, deductions};
use super::report_line::{CriterionResult, Invalid, Outcome, ReportLine, Unmet};
use super::score_sheet::{Method, Scheme, ScoreSheet, points};
use super::scoring::{LowPrice, LowPriceTriggers, PriceOffer, Standing, low_price, price_scores, rank};
use crate::ident::{BidId, LotId, UserId};
use crate::money::Money;
use crate::oversight::policy_pack::Rules;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// A member's signature under the report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportSignature {
    /// Who.
    pub member: UserId,
    /// When.
    pub signed_at: DateTime<Utc>,
    /// On what the member disagrees, and why; empty where it agrees. Who signs without it counts as agreeing
    /// (财政部令第87号第六十一条).
    #[serde(default)]
    pub dissent: String,
}

/// What ranked bids with the same points (财政部令第87号第五十七条).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TieBreak {
    /// The lower price.
    Price,
    /// More technical points.
    Technical,
    /// More certificates of preferred green products.
    Green,
    /// The draw.
    Draw,
}

/// The report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// How winners were found, and with which weights.
    pub scheme: Scheme,
    /// For each lot the lowest evaluated price, against which its prices are scored; none where no bid was left.
    pub benchmarks: BTreeMap<LotId, Money>,
    /// For each lot the bid to be awarded: the first, unless the caps of the notice pass its bidder over.
    #[serde(default)]
    pub candidates: BTreeMap<LotId, BidId>,
    /// The members, in the order in which their points stand.
    pub members: Vec<UserId>,
    /// The bids, lot by lot: the ranked ones by rank, then the rejected ones.
    pub lines: Vec<ReportLine>,
    /// When it was drawn up.
    pub drawn_up_at: DateTime<Utc>,
    /// Who has signed.
    pub signatures: Vec<ReportSignature>,
}

/// What a report is drawn up from, besides bids and sheets.
#[derive(Clone, Copy, Debug)]
pub struct Basis<'a> {
    /// What is scored.
    pub scheme: &'a Scheme,
    /// The law of the day of notice, frozen into the tender.
    pub rules: &'a Rules,
    /// The lots with their budgets, the ceilings of prices.
    pub lots: &'a [(LotId, Money)],
    /// The bids in the order of a draw, which decides what nothing else does.
    pub draw: &'a [BidId],
}

impl Report {
    /// Draws up the report from the sheets, all of which are in, lot by lot.
    ///
    /// Points are means of the members', half up to a hundredth. An essential requirement that a majority finds not met
    /// rejects a bid, and so does a price above the ceiling; of bids with one brand of the core product one is left.
    pub fn draw_up(basis: &Basis<'_>, contenders: &[Contender], sheets: &[ScoreSheet], now: DateTime<Utc>) -> Self {
        let (mut benchmarks, mut lines) = (BTreeMap::new(), Vec::with_capacity(contenders.len()));
        for (lot, ceiling) in basis.lots {
            let own: Vec<Contender> = contenders.iter().filter(|contender| contender.lot == *lot).cloned().collect();
            let (benchmark, compared) = Self::compare(basis, *ceiling, &own, sheets);
            benchmarks.extend(benchmark.map(|benchmark| (*lot, benchmark)));
            lines.extend(compared);
        }
        let members = sheets.iter().map(|sheet| sheet.member).collect();
        let scheme = basis.scheme.clone();
        Self { scheme, benchmarks, candidates: BTreeMap::new(), members, lines, drawn_up_at: now, signatures: Vec::new() }
    }

    /// The benchmark and the lines of one lot.
    fn compare(basis: &Basis<'_>, ceiling: Money, contenders: &[Contender], sheets: &[ScoreSheet]) -> (Option<Money>, Vec<ReportLine>) {
        let scheme = basis.scheme;
        let (mut left, mut rejected) = (Vec::new(), Vec::new());
        for contender in contenders {
            let invalid = contender.exceeded_ceiling.map(|ceiling| Invalid::OverCeiling { ceiling });
            let unmet = if invalid.is_some() { Vec::new() } else { unmet(scheme, contender.bid_id, sheets) };
            if invalid.is_none() && unmet.is_empty() {
                left.push(contender.clone());
            } else {
                rejected.push(ReportLine::rejected(contender, unmet, invalid));
            }
        }
        // The triggers look at all conforming bids, before any of one brand goes.
        let flags = low_prices(&left, ceiling, basis.rules);
        if scheme.method == Method::LowestPrice {
            for gone in dearer_of_one_brand(&left, basis.draw) {
                let place = left.iter().position(|contender| contender.bid_id == gone);
                let contender = place.map(|place| left.remove(place));
                rejected.extend(contender.map(|contender| ReportLine::rejected(&contender, Vec::new(), Some(Invalid::SameBrand { total_hundredths: 0 }))));
            }
        }
        let (benchmark, mut lines) = compared(basis, &left, sheets, &flags);
        if scheme.method == Method::Comprehensive {
            leave_one_of_each_brand(&mut lines);
        }
        lines.extend(rejected);
        (benchmark, lines)
    }

    /// The ranked bids of a lot, the first first.
    pub fn ranked_of(&self, lot: LotId) -> impl Iterator<Item = &ReportLine> {
        self.ranked().filter(move |line| line.contender.lot == lot)
    }

    /// The order of a lot's bids.
    pub fn order(&self, lot: LotId) -> Vec<Ranked> {
        self.ranked_of(lot).map(|line| (line.contender.bid_id, line.contender.parties())).collect()
    }

    /// Whether a bid stands before the one to be awarded and is passed over, because its bidder has won as many lots as it
    /// may.
    pub fn is_passed_over(&self, line: &ReportLine) -> bool {
        let candidate = self.candidates.get(&line.contender.lot).and_then(|bid| self.line(*bid));
        line.rank().zip(candidate.and_then(ReportLine::rank)).is_some_and(|(own, first)| own < first)
    }

    /// The ranked bids, lot by lot, the first of each first.
    pub fn ranked(&self) -> impl Iterator<Item = &ReportLine> {
        self.lines.iter().filter(|line| line.rank().is_some())
    }

    /// The line of a bid.
    pub fn line(&self, bid_id: BidId) -> Option<&ReportLine> {
        self.lines.iter().find(|line| line.contender.bid_id == bid_id)
    }

    /// Whether every member has signed.
    pub fn is_signed(&self) -> bool {
        self.members.iter().all(|member| self.signatures.iter().any(|signature| signature.member == *member))
    }

    /// What decided between a bid and those that are equal to it: in points, or in price where the lowest price ranks;
    /// nothing where no bid is its equal.
    pub fn tie_break(&self, line: &ReportLine) -> Option<TieBreak> {
        let is_equal = |other: &&ReportLine| match self.scheme.method {
            Method::Comprehensive => other.total_hundredths() == line.total_hundredths(),
            Method::LowestPrice => other.evaluated_price() == line.evaluated_price(),
        };
        line.rank()?;
        let others = self.ranked_of(line.contender.lot).filter(|other| other.contender.bid_id != line.contender.bid_id).filter(is_equal);
        let decided = others.map(|other| {
            let is_comprehensive = self.scheme.method == Method::Comprehensive;
            if is_comprehensive && other.contender.price != line.contender.price {
                TieBreak::Price
            } else if is_comprehensive && self.technical(other) != self.technical(line) {
                TieBreak::Technical
            } else if other.contender.green_items != line.contender.green_items {
                TieBreak::Green
            } else {
                TieBreak::Draw
            }
        });
        // Of several equals the one that was hardest to tell apart says how.
        decided.max()
    }

    fn technical(&self, line: &ReportLine) -> i64 {
        let Outcome::Ranked { criteria, .. } = &line.outcome else { return 0 };
        let is_technical = |key: &str| self.scheme.criterion(key).is_some_and(|criterion| criterion.is_technical);
        criteria.iter().filter(|result| is_technical(&result.criterion)).map(|result| result.mean_hundredths).sum()
    }

    /// The way to a bid's points of price: `¥855,000.00 ÷ ¥900,000.00 × 30 = 28.50`.
    pub fn price_arithmetic(&self, line: &ReportLine) -> Option<String> {
        let Outcome::Ranked { evaluated_price, price_hundredths, .. } = &line.outcome else { return None };
        let benchmark = self.benchmarks.get(&line.contender.lot).filter(|_| self.scheme.method == Method::Comprehensive)?;
        let (weight, score) = (self.scheme.price_weight_points, points(*price_hundredths));
        Some(format!("{benchmark} ÷ {evaluated_price} × {weight} = {score}"))
    }

    /// The way to a bid's evaluated price, where there was a deduction: `¥950,000.00 × (100 − 10) ÷ 100 = ¥855,000.00`.
    pub fn deduction_arithmetic(&self, line: &ReportLine) -> Option<String> {
        let Outcome::Ranked { evaluated_price, deduction, .. } = &line.outcome else { return None };
        if *evaluated_price == line.contender.price {
            return None;
        }
        // Reports from before deductions were kept line by line knew that of micro and small enterprises alone.
        let kept = deduction.unwrap_or(Deduction { small_enterprise_percent: self.scheme.deduction_of(&line.contender), domestic_percent: 0 });
        let taken = [kept.small_enterprise_percent, kept.domestic_percent].into_iter().filter(|percent| *percent != 0);
        let taken: String = taken.map(|percent| format!(" − {percent}")).collect();
        Some(format!("{} × (100{taken}) ÷ 100 = {evaluated_price}", line.contender.price))
    }
}

/// The triggers that each bid's raw price pulls by the law of the day of notice; none where it has none.
pub fn low_prices(contenders: &[Contender], ceiling: Money, rules: &Rules) -> Vec<(BidId, Vec<LowPrice>)> {
    let figure = |key: &str| rules.figure(key).map(|figure| figure.value);
    let triggers = || {
        Some(LowPriceTriggers {
            of_mean_percent: figure("low_price.of_mean_percent")?,
            of_second_lowest_percent: figure("low_price.of_second_lowest_percent")?,
            of_ceiling_percent: figure("low_price.of_ceiling_percent")?,
        })
    };
    let Some(triggers) = triggers() else { return Vec::new() };
    let prices: Vec<i64> = contenders.iter().map(|contender| contender.price.amount_minor).collect();
    let pulled = contenders.iter().map(|contender| {
        (contender.bid_id, low_price(contender.price.amount_minor, &prices, ceiling.amount_minor, triggers))
    });
    pulled.filter(|(_, pulled)| !pulled.is_empty()).collect()
}

/// The bids that go because a cheaper one offers the same brand; of equals the draw decides.
fn dearer_of_one_brand(contenders: &[Contender], draw: &[BidId]) -> Vec<BidId> {
    let mut ordered: Vec<&Contender> = contenders.iter().collect();
    ordered.sort_by_key(|contender| (contender.price.amount_minor, draw_place(draw, contender.bid_id)));
    let mut brands = BTreeSet::new();
    ordered.retain(|contender| contender.brand_key().is_some_and(|brand| !brands.insert(brand)));
    ordered.into_iter().map(|contender| contender.bid_id).collect()
}

/// Of the ranked bids with one brand the first stays; the others are no candidates, and those behind them move up.
fn leave_one_of_each_brand(lines: &mut [ReportLine]) {
    let mut brands = BTreeSet::new();
    let mut next = 1;
    for line in lines.iter_mut() {
        let is_again = line.contender.brand_key().is_some_and(|brand| !brands.insert(brand));
        match &mut line.outcome {
            Outcome::Ranked { total_hundredths, .. } if is_again => {
                let invalid = Some(Invalid::SameBrand { total_hundredths: *total_hundredths });
                line.outcome = Outcome::Rejected { unmet: Vec::new(), invalid };
            }
            Outcome::Ranked { rank, .. } => {
                *rank = next;
                next += 1;
            }
            Outcome::Rejected { .. } => {}
        }
    }
    // The ranked ones stand before the others.
    lines.sort_by_key(|line| line.rank().unwrap_or(u32::MAX));
}

fn unmet(scheme: &Scheme, bid_id: BidId, sheets: &[ScoreSheet]) -> Vec<Unmet> {
    let found = scheme.essential.iter().map(|requirement| {
        let judged = sheets.iter().filter_map(|sheet| sheet.judgement(bid_id, *requirement));
        let reasons: Vec<String> = judged.filter(|judged| !judged.is_met).map(|judged| judged.reason.clone()).collect();
        Unmet { requirement: *requirement, members: reasons.len(), reasons }
    });
    found.filter(|unmet| unmet.members * 2 > sheets.len()).collect()
}

/// The mean of what was given, in hundredths, half up.
fn mean(given: &[i64]) -> i64 {
    let count = i64::try_from(given.len()).unwrap_or(1).max(1);
    (2 * given.iter().sum::<i64>() + count).div_euclid(2 * count)
}

fn compared(
    basis: &Basis<'_>,
    left: &[Contender],
    sheets: &[ScoreSheet],
    flags: &[(BidId, Vec<LowPrice>)],
) -> (Option<Money>, Vec<ReportLine>) {
    let scheme = basis.scheme;
    let deductions = deductions(scheme, left);
    let offers: Vec<PriceOffer> = left
        .iter()
        .zip(&deductions)
        .map(|(contender, deduction)| PriceOffer { bid_id: contender.bid_id, price: contender.price, deduction_percent: deduction.total_percent() })
        .collect();
    let weight = if scheme.method == Method::Comprehensive { scheme.price_weight_points } else { 0 };
    let Some(prices) = price_scores(&offers, weight) else { return (None, Vec::new()) };
    let benchmark = prices.iter().map(|price| price.evaluated_price).min_by_key(|price| price.amount_minor);
    let mut standings = Vec::with_capacity(left.len());
    let mut lines = Vec::with_capacity(left.len());
    for ((contender, price), deduction) in left.iter().zip(&prices).zip(deductions) {
        let criteria: Vec<CriterionResult> = scheme.criteria.iter().map(|criterion| {
            let given: Vec<i64> =
                sheets.iter().filter_map(|sheet| sheet.score(contender.bid_id, &criterion.key)).collect();
            CriterionResult { criterion: criterion.key.clone(), mean_hundredths: mean(&given), given_hundredths: given }
        }).collect();
        let sum = |wants: fn(bool) -> bool| -> i64 {
            let means = scheme.criteria.iter().zip(&criteria).filter(|(criterion, _)| wants(criterion.is_technical));
            means.map(|(_, result)| result.mean_hundredths).sum()
        };
        let total_hundredths = sum(|_| true) + price.score_hundredths;
        // By the lowest price the evaluated one ranks; points break ties only by the other method.
        let ranking_price =
            if scheme.method == Method::LowestPrice { price.evaluated_price } else { contender.price };
        standings.push(Standing {
            bid_id: contender.bid_id,
            total_hundredths,
            price: ranking_price,
            technical_hundredths: sum(|is_technical| is_technical),
            green_items: contender.green_items,
            draw_place: draw_place(basis.draw, contender.bid_id),
        });
        let pulled = flags.iter().find(|(bid_id, _)| *bid_id == contender.bid_id);
        let notes = sheets.iter().filter_map(|sheet| sheet.note(contender.bid_id)).filter(|note| !note.is_empty());
        lines.push(ReportLine {
            contender: contender.clone(),
            outcome: Outcome::Ranked {
                rank: 0,
                evaluated_price: price.evaluated_price,
                deduction: Some(deduction),
                price_hundredths: price.score_hundredths,
                criteria,
                total_hundredths,
            },
            low_price: pulled.map(|(_, pulled)| pulled.clone()).unwrap_or_default(),
            price_notes: notes.map(str::to_owned).collect(),
        });
    }
    let order = rank(standings);
    for (place, standing) in (1_u32..).zip(&order) {
        let line = lines.iter_mut().find(|line| line.contender.bid_id == standing.bid_id);
        if let Some(ReportLine { outcome: Outcome::Ranked { rank, .. }, .. }) = line {
            *rank = place;
        }
    }
    lines.sort_by_key(ReportLine::rank);
    (benchmark, lines)
}

fn draw_place(draw: &[BidId], bid_id: BidId) -> u32 {
    let place = draw.iter().position(|drawn| *drawn == bid_id).unwrap_or(draw.len());
    u32::try_from(place).unwrap_or(u32::MAX)
}
