//! The award (中标): who won and why, confirmed by one person and published by another; and what losers are told.

use super::bid::OpeningFault;
use super::consortium::ConsortiumAgreement;
use super::contender::Contender;
use super::evaluation::{Evaluation, Failure, Stage};
use super::qualification::PaperFinding;
use super::report_line::{Invalid, Outcome, Unmet};
use super::score_sheet::points;
use crate::ident::{AwardId, BidId, LotId, OrganizationId, TenderId, UserId};
use crate::language::{Language, LocalText};
use crate::money::Money;
use crate::oversight::event::{Event, Visibility};
use crate::refusal::{Code, Fact, Facts, Refusal};
use crate::text;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::json;

/// A bid's place in the published ranking.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// The bid.
    pub bid_id: BidId,
    /// Whose; for a consortium, its lead's.
    pub bidder: OrganizationId,
    /// The consortium, if one bid.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub consortium: Option<ConsortiumAgreement>,
    /// Its price as bid.
    pub price: Money,
    /// Its place, from 1.
    pub rank: u32,
    /// Points of price, in hundredths.
    pub price_hundredths: i64,
    /// All points, in hundredths.
    pub total_hundredths: i64,
}

/// Where an award stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "name", rename_all = "snake_case")]
pub enum AwardState {
    /// The approver has confirmed it; it is not public.
    Confirmed,
    /// Everybody knows.
    Published {
        /// Who published it.
        published_by: UserId,
        /// When.
        published_at: DateTime<Utc>,
    },
}

impl AwardState {
    /// The names of all states, as they stand in the database's CHECK.
    pub const NAMES: [&'static str; 2] = ["confirmed", "published"];

    /// The name in the database.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Confirmed => "confirmed",
            Self::Published { .. } => "published",
        }
    }
}

/// The award of one lot of a tender.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Award {
    /// Its number.
    pub id: AwardId,
    /// Counts its changes.
    pub version: i64,
    /// The tender.
    pub tender: TenderId,
    /// The lot.
    pub lot: LotId,
    /// Who buys.
    pub buyer: OrganizationId,
    /// The winner; of a consortium, its lead.
    pub supplier: OrganizationId,
    /// The consortium that won, with its members and their shares.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub consortium: Option<ConsortiumAgreement>,
    /// The winning bid.
    pub bid_id: BidId,
    /// The price as bid, without any deduction.
    pub price: Money,
    /// All ranked bids of the lot, the first first.
    pub ranking: Vec<Place>,
    /// Who confirmed it.
    pub confirmed_by: UserId,
    /// When.
    pub confirmed_at: DateTime<Utc>,
    /// Where it stands.
    pub state: AwardState,
}

impl Award {
    /// Confirms the bid that is ranked first in its lot (政府采购法实施条例第四十三条), or the next where the caps of the notice
    /// pass its bidder over. `drafted_by` drafted the tender and may not.
    ///
    /// # Errors
    /// `REPORT_UNSIGNED` before every member has signed, `NOT_FIRST_RANKED`, `SAME_PERSON`, `WRONG_STATE`.
    pub fn confirm(
        id: AwardId,
        evaluation: &Evaluation,
        bid_id: BidId,
        drafted_by: UserId,
        by: UserId,
        now: DateTime<Utc>,
    ) -> Result<(Self, Event), Refusal> {
        let report = match &evaluation.stage {
            Stage::Signed { report, .. } => report,
            Stage::Failed { .. } => {
                return Err(Refusal::new(Code::WrongState).with("state", Fact::word(evaluation.stage.text_key())));
            }
            _ => return Err(Refusal::new(Code::ReportUnsigned)),
        };
        if by == drafted_by {
            return Err(Refusal::new(Code::SamePerson));
        }
        let lot = report.line(bid_id).map(|line| line.contender.lot);
        let lot = lot.filter(|lot| report.candidates.get(lot) == Some(&bid_id));
        let lot = lot.ok_or_else(|| Refusal::at(Code::NotFirstRanked, "bidId"))?;
        let ranking: Vec<Place> = report.ranked_of(lot).filter_map(|line| match &line.outcome {
            Outcome::Ranked { rank, price_hundredths, total_hundredths, .. } => Some(Place {
                bid_id: line.contender.bid_id,
                bidder: line.contender.bidder,
                consortium: line.contender.consortium.clone(),
                price: line.contender.price,
                rank: *rank,
                price_hundredths: *price_hundredths,
                total_hundredths: *total_hundredths,
            }),
            Outcome::Rejected { .. } => None,
        }).collect();
        let first = ranking.iter().find(|place| place.bid_id == bid_id);
        let first = first.ok_or_else(|| Refusal::at(Code::NotFirstRanked, "bidId"))?.clone();
        let award = Self {
            id,
            version: 1,
            tender: evaluation.tender,
            lot,
            buyer: evaluation.buyer,
            supplier: first.bidder,
            consortium: first.consortium,
            bid_id,
            price: first.price,
            ranking,
            confirmed_by: by,
            confirmed_at: now,
            state: AwardState::Confirmed,
        };
        let content = json!({ "award": id, "lot": lot, "bid": bid_id });
        let event = Event::new("award.confirmed", TenderId::KIND, award.tender.0, Visibility::Own, &content);
        Ok((award, event))
    }

    /// Makes it public.
    ///
    /// # Errors
    /// `WRONG_STATE` when it is public already.
    pub fn publish(mut self, by: UserId, now: DateTime<Utc>) -> Result<(Self, Event), Refusal> {
        if self.published_at().is_some() {
            return Err(Refusal::new(Code::WrongState).with("state", Fact::word("award-state-published")));
        }
        self.state = AwardState::Published { published_by: by, published_at: now };
        let content = json!({ "award": self.id, "lot": self.lot, "supplier": self.supplier, "consortium": self.consortium, "price": self.price, "ranking": self.ranking });
        let event = Event::new("award.published", TenderId::KIND, self.tender.0, Visibility::Public, &content);
        Ok((self, event))
    }

    /// When it was made public, if it was.
    pub const fn published_at(&self) -> Option<DateTime<Utc>> {
        match &self.state {
            AwardState::Confirmed => None,
            AwardState::Published { published_at, .. } => Some(*published_at),
        }
    }
}

/// Why a bidder was not awarded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "name", rename_all = "snake_case")]
pub enum LossReason {
    /// Papers were not shown or not good.
    NotQualified {
        /// Which, and why.
        papers: Vec<PaperFinding>,
    },
    /// Essential requirements are not met.
    NotConforming {
        /// Which, and why.
        unmet: Vec<Unmet>,
    },
    /// It is invalid by law, whatever it offers.
    Invalid {
        /// Why.
        invalid: Invalid,
    },
    /// It could not be opened.
    Unopened {
        /// Why not.
        fault: OpeningFault,
    },
    /// The whole tender failed at the deadline for want of bids.
    TooFewBids {
        /// How many were in.
        bids: usize,
        /// How many competition needs.
        fewest: usize,
    },
    /// Another bid was ranked first.
    Outranked {
        /// One's own place, from 1.
        rank: u32,
        /// One's own points, in hundredths.
        total_hundredths: i64,
        /// The first one's points, in hundredths.
        first_hundredths: i64,
    },
    /// It was ranked before the winner, and has won as many lots as the notice lets it win.
    PassedOver {
        /// Its place, from 1.
        rank: u32,
    },
    /// It was negotiated with and made no final offer.
    NoFinalOffer,
    /// The whole lot failed, and with the last lot the tender.
    TenderFailed {
        /// Why.
        failure: Failure,
    },
}

impl LossReason {
    /// What the bidder reads, in both languages.
    pub fn words(&self) -> LocalText {
        if let Self::Invalid { invalid } = self {
            return invalid.words();
        }
        let say = |language| text::say_with(language, self.key(), &self.facts());
        LocalText::new(say(Language::Chinese), say(Language::English))
    }

    const fn key(&self) -> &'static str {
        match self {
            Self::NotQualified { .. } => "loser-reason-not-qualified",
            Self::NotConforming { .. } | Self::Invalid { .. } => "loser-reason-not-conforming",
            // By the lowest price nobody has points.
            Self::Outranked { first_hundredths: 0, .. } => "loser-reason-outranked-by-price",
            Self::Outranked { .. } => "loser-reason-outranked",
            Self::PassedOver { .. } => "loser-reason-passed-over",
            Self::NoFinalOffer => "loser-reason-no-final-offer",
            Self::TenderFailed { failure } => failure.text_key(),
            Self::Unopened { fault } => fault.text_key(),
            Self::TooFewBids { .. } => "tender-failed-too-few-bids",
        }
    }

    fn facts(&self) -> Facts {
        let mut facts = Facts::new();
        let mut tell = |name: &str, fact: Fact| facts.insert(name.to_owned(), fact);
        match self {
            Self::NotQualified { papers } => {
                let reasons: Vec<_> = papers.iter().map(|paper| paper.reason.as_str()).collect();
                tell("reasons", reasons.join("; ").into());
            }
            Self::NotConforming { unmet } => {
                let reasons: Vec<_> = unmet.iter().flat_map(|unmet| &unmet.reasons).map(String::as_str).collect();
                tell("reasons", reasons.join("; ").into());
            }
            Self::Outranked { rank, total_hundredths, first_hundredths } => {
                tell("rank", i64::from(*rank).into());
                tell("own", points(*total_hundredths).into());
                tell("first", points(*first_hundredths).into());
            }
            Self::PassedOver { rank } => {
                tell("rank", i64::from(*rank).into());
            }
            Self::TooFewBids { bids, fewest } => {
                tell("bids", (*bids).into());
                tell("fewest", (*fewest).into());
            }
            Self::TenderFailed { .. } | Self::Invalid { .. } | Self::Unopened { .. } | Self::NoFinalOffer => {}
        }
        facts
    }
}

/// What a bidder that was not awarded is told: its own score and reason, nothing of others that isn't public
/// (财政部令第87号第六十九条).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LoserNotice {
    /// The tender.
    pub tender: TenderId,
    /// The lot.
    pub lot: LotId,
    /// The bid.
    pub bid_id: BidId,
    /// Who is told.
    pub bidder: OrganizationId,
    /// Why.
    pub reason: LossReason,
}

/// What each bidder but the winner of a lot is told; all of its bidders, without a winner.
pub fn loser_notices(evaluation: &Evaluation, lot: LotId, winner: Option<BidId>) -> Vec<LoserNotice> {
    let losers = evaluation.contenders.iter().filter(|contender| contender.lot == lot && Some(contender.bid_id) != winner);
    losers.filter_map(|contender| {
        let reason = reason(evaluation, contender)?;
        Some(LoserNotice { tender: evaluation.tender, lot, bid_id: contender.bid_id, bidder: contender.bidder, reason })
    }).collect()
}

fn reason(evaluation: &Evaluation, contender: &Contender) -> Option<LossReason> {
    let bid_id = contender.bid_id;
    let papers: Vec<PaperFinding> = evaluation.qualification.failures(bid_id).cloned().collect();
    if !papers.is_empty() {
        return Some(LossReason::NotQualified { papers });
    }
    if evaluation.qualification.is_out_as_related(bid_id) {
        return Some(LossReason::Invalid { invalid: Invalid::Related });
    }
    if contender.lacks_security() {
        return Some(LossReason::Invalid { invalid: Invalid::NoSecurity });
    }
    if contender.has_withdrawn {
        return Some(LossReason::NoFinalOffer);
    }
    if let Some(ceiling) = contender.exceeded_ceiling {
        return Some(LossReason::Invalid { invalid: Invalid::OverCeiling { ceiling } });
    }
    let report = evaluation.drawn_up();
    let line = report.and_then(|report| report.line(bid_id));
    if let Some(Outcome::Rejected { unmet, invalid }) = line.map(|line| &line.outcome) {
        let not_conforming = || LossReason::NotConforming { unmet: unmet.clone() };
        return Some(invalid.map_or_else(not_conforming, |invalid| LossReason::Invalid { invalid }));
    }
    if let Some(failure) = evaluation.failure_of(contender.lot) {
        return Some(LossReason::TenderFailed { failure });
    }
    let (line, report) = (line?, report?);
    if report.is_passed_over(line) {
        return Some(LossReason::PassedOver { rank: line.rank()? });
    }
    let first = report.ranked_of(contender.lot).next()?;
    Some(LossReason::Outranked {
        rank: line.rank()?,
        total_hundredths: line.total_hundredths()?,
        first_hundredths: first.total_hundredths()?,
    })
}
