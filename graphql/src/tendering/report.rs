//! The evaluation report.

use super::consortium::{ConsortiumShare, shares};
use super::subcontract::{DeclaredSubcontract, declared};
use super::evaluation::{LowPriceTrigger, RankingMethod, bid, place, triggers};
use super::lot;
use crate::ident;
use crate::identity::organization::Organization;
use crate::payload::coded;
use crate::request::asker;
use crate::values::{LocalText, Money};
use async_graphql::{Context, Enum, ID, Object, Result, SimpleObject};
use chrono::{DateTime, Utc};
use domain::ident::{LotId, UserId};
use domain::tendering::report::Report;
use domain::tendering::report_line::Outcome;
use domain::tendering::score_sheet::points;
use std::collections::BTreeMap;

/// How a criterion's points came about.
#[derive(SimpleObject)]
pub struct CriterionResult {
    /// The criterion's key.
    pub criterion: String,
    /// What each member gave, in the order of the report's members.
    pub given: Vec<String>,
    /// The mean, half up to a hundredth.
    pub points: String,
    /// The arithmetic.
    pub arithmetic: String,
}

/// An essential requirement that a majority found not met.
#[derive(SimpleObject)]
pub struct UnmetRequirement {
    /// The requirement's place among the tender's, from 0.
    pub requirement: i32,
    /// How many members found so.
    pub members: i32,
    /// Their reasons.
    pub reasons: Vec<String>,
}

/// One bid in the report.
#[derive(SimpleObject)]
pub struct ReportLine {
    /// The bid's global id.
    pub bid_id: ID,
    /// The lot's global id.
    pub lot_id: ID,
    /// The lot's number; null where the tender is not divided.
    pub lot_number: Option<u32>,
    /// Whose; of a consortium, its lead's.
    pub bidder: Option<Organization>,
    /// The members of the consortium that bids, with their shares, the lead first; empty where one bids alone.
    pub consortium: Vec<ConsortiumShare>,
    /// What the bidder means to leave to others, each with what is wrong with it.
    pub subcontracts: Vec<DeclaredSubcontract>,
    /// Its price as bid.
    pub price: Money,
    /// Whether it is the one to be awarded in its lot.
    pub is_candidate: bool,
    /// Whether it stands before that one and is passed over, because its bidder has won as many lots as it may.
    pub is_passed_over: bool,
    /// Its place in its lot, from 1; null when it was rejected.
    pub rank: Option<i32>,
    /// Its price after the deduction for micro and small enterprises, or for what goes to them in a consortium or by subcontract.
    pub evaluated_price: Option<Money>,
    /// The arithmetic of the deduction, where there was one.
    pub deduction_arithmetic: Option<String>,
    /// The points of its price.
    pub price_points: Option<String>,
    /// The arithmetic of the points of its price; null by the lowest price.
    pub price_arithmetic: Option<String>,
    /// Its points by criterion.
    pub criteria: Vec<CriterionResult>,
    /// All its points.
    pub total_points: Option<String>,
    /// What decided between it and its equals; null where it has none.
    pub tie_break: Option<TieBreak>,
    /// The essential requirements for which it was rejected.
    pub unmet: Vec<UnmetRequirement>,
    /// What makes it invalid whatever it offers: a price above the ceiling, or another bid with the same brand of the core
    /// product; null where nothing does.
    pub invalidity: Option<LocalText>,
    /// Why its price counts as abnormally low; a flag, no rejection.
    pub low_price: Vec<LowPriceTrigger>,
    /// What members noted on its price.
    pub price_notes: Vec<String>,
}

/// A member's signature.
#[derive(SimpleObject)]
pub struct ReportSignature {
    /// The global id of the member.
    pub user_id: ID,
    /// When it signed; null until then.
    pub signed_at: Option<DateTime<Utc>>,
    /// Its name.
    pub name: LocalText,
    /// On what the member disagrees and why; empty where it agrees.
    pub dissent: String,
}

/// What ranked bids that are equal in points, or in price where the lowest price ranks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::tendering::report::TieBreak")]
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

/// The evaluation report, with the names of those whom it names.
pub struct EvaluationReport {
    pub(super) report: Report,
    /// The numbers of the lots, where the tender is divided.
    pub(super) lots: BTreeMap<LotId, u32>,
    pub(super) organizations: Vec<domain::identity::organization::Organization>,
    pub(super) names: Vec<LocalText>,
    /// The viewer, if it is a member.
    pub(super) member: Option<UserId>,
}

/// The evaluation report: every figure with the way to it, so that anybody can add it up again.
#[Object]
impl EvaluationReport {
    /// How winners were found.
    async fn method(&self) -> RankingMethod {
        self.report.scheme.method.into()
    }

    /// The lowest evaluated price of a lot, against which its prices were scored; null when no bid was left.
    async fn benchmark(
        &self,
        graphql: &Context<'_>,
        #[graphql(desc = "The lot's global id; the first unless told.")] lot_id: Option<ID>,
    ) -> Result<Option<Money>> {
        let asker = asker(graphql)?;
        let lot = lot::named(lot_id.as_ref()).map_err(|error| coded(&asker.ctx, error))?;
        let first = self.report.lines.first().map(|line| line.contender.lot);
        Ok(lot.or(first).and_then(|lot| self.report.benchmarks.get(&lot)).copied().map(Into::into))
    }

    /// When it was drawn up.
    async fn drawn_up_at(&self) -> DateTime<Utc> {
        self.report.drawn_up_at
    }

    /// Whether every member has signed.
    async fn is_signed(&self) -> bool {
        self.report.is_signed()
    }

    /// When you signed it; null until then, and for who is no member.
    async fn my_signed_at(&self) -> Option<DateTime<Utc>> {
        let mut signatures = self.report.signatures.iter();
        signatures.find(|signature| Some(signature.member) == self.member).map(|signature| signature.signed_at)
    }

    /// The members in the order in which their points stand, with their signatures.
    async fn members(&self) -> Vec<ReportSignature> {
        let members = self.report.members.iter().zip(&self.names).map(|(member, name)| {
            let signature = self.report.signatures.iter().find(|signature| signature.member == *member);
            ReportSignature {
                user_id: ident::global(UserId::KIND, member.0),
                signed_at: signature.map(|signature| signature.signed_at),
                name: name.clone(),
                dissent: signature.map(|signature| signature.dissent.clone()).unwrap_or_default(),
            }
        });
        members.collect()
    }

    /// The bids, lot by lot: the ranked ones by rank, then the rejected ones.
    async fn lines(&self) -> Vec<ReportLine> {
        self.report.lines.iter().map(|line| self.line(line)).collect()
    }
}

impl EvaluationReport {
    fn line(&self, line: &domain::tendering::report_line::ReportLine) -> ReportLine {
        let (mut evaluated_price, mut price_points, mut criteria, mut unmet) = (None, None, Vec::new(), Vec::new());
        match &line.outcome {
            Outcome::Ranked { evaluated_price: evaluated, price_hundredths, criteria: results, .. } => {
                evaluated_price = Some((*evaluated).into());
                price_points = Some(points(*price_hundredths));
                criteria.extend(results.iter().map(|result| CriterionResult {
                    criterion: result.criterion.clone(),
                    given: result.given_hundredths.iter().map(|given| points(*given)).collect(),
                    points: points(result.mean_hundredths),
                    arithmetic: result.arithmetic(),
                }));
            }
            Outcome::Rejected { unmet: found, .. } => unmet.extend(found.iter().map(|found| UnmetRequirement {
                requirement: place(found.requirement),
                members: i32::try_from(found.members).unwrap_or(i32::MAX),
                reasons: found.reasons.clone(),
            })),
        }
        let bidder = self.organizations.iter().find(|one| one.id == line.contender.bidder);
        ReportLine {
            bid_id: bid(line.contender.bid_id),
            lot_id: lot::global(line.contender.lot),
            lot_number: self.lots.get(&line.contender.lot).copied(),
            is_candidate: self.report.candidates.get(&line.contender.lot) == Some(&line.contender.bid_id),
            is_passed_over: self.report.is_passed_over(line),
            bidder: bidder.cloned().map(Organization),
            consortium: shares(line.contender.consortium.as_ref(), &self.organizations),
            subcontracts: declared(&line.contender.subcontracts),
            price: line.contender.price.into(),
            rank: line.rank().map(place),
            evaluated_price,
            deduction_arithmetic: self.report.deduction_arithmetic(line),
            price_points,
            price_arithmetic: self.report.price_arithmetic(line),
            criteria,
            total_points: line.total_hundredths().map(points),
            tie_break: self.report.tie_break(line).map(Into::into),
            unmet,
            invalidity: match &line.outcome {
                Outcome::Rejected { invalid, .. } => invalid.map(|invalid| invalid.words().into()),
                Outcome::Ranked { .. } => None,
            },
            low_price: triggers(&line.low_price),
            price_notes: line.price_notes.clone(),
        }
    }
}
