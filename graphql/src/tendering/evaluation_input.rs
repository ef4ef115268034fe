//! What evaluation's acts are given and what they answer.

use super::award::Award;
use super::evaluation::Evaluation;
use super::related::RelationFindingInput;
use crate::ident;
use crate::payload::UserError;
use app::tendering::evaluation::Findings;
use async_graphql::{ID, InputObject, SimpleObject};
use domain::ident::{BidId, UserId};
use domain::refusal::{Code, Refusal};
use domain::tendering::qualification::PaperFinding;
use domain::tendering::related::RelationFinding;
use domain::tendering::score_sheet::{Judgement, Marks, PriceNote, Score, parse_points};

/// What was found about one paper of one bidder.
#[derive(Clone, Debug, InputObject)]
pub struct PaperFindingInput {
    /// The bid's global id.
    pub bid_id: ID,
    /// The paper's key.
    pub paper: String,
    /// Whether it was shown and is good.
    pub is_met: bool,
    /// Why not, at most 1000 characters; required where it is not met.
    #[graphql(default)]
    pub reason: String,
}

/// The judgement of bidders: one finding for every bid and every required paper.
#[derive(Clone, Debug, InputObject)]
pub struct QualifyBiddersInput {
    /// The tender's global id.
    pub tender_id: ID,
    /// The findings.
    pub findings: Vec<PaperFindingInput>,
    /// One for every pair of related bids; none where `relatedBids` is empty.
    #[graphql(default)]
    pub relations: Vec<RelationFindingInput>,
    /// Makes it happen once, however often it is sent.
    pub idempotency_key: Option<String>,
}

impl QualifyBiddersInput {
    pub(super) fn findings(&self) -> app::Result<Findings> {
        let read = |(place, finding): (usize, &PaperFindingInput)| {
            Ok(PaperFinding {
                bid_id: bid(&finding.bid_id, "findings", place)?,
                paper: finding.paper.clone(),
                is_met: finding.is_met,
                reason: finding.reason.clone(),
            })
        };
        let relation = |(place, finding): (usize, &RelationFindingInput)| {
            Ok(RelationFinding {
                first: ident::of_kind(&finding.first_bid_id, BidId::KIND, &format!("relations.{place}.firstBidId"))?,
                second: ident::of_kind(&finding.second_bid_id, BidId::KIND, &format!("relations.{place}.secondBidId"))?,
                is_invalid: finding.is_invalid,
                reason: finding.reason.clone(),
            })
        };
        let papers = self.findings.iter().enumerate().map(read).collect::<app::Result<_>>()?;
        let relations = self.relations.iter().enumerate().map(relation).collect::<app::Result<_>>()?;
        Ok(Findings { papers, relations })
    }
}

/// The members of a panel.
#[derive(Clone, Debug, InputObject)]
pub struct AppointPanelInput {
    /// The tender's global id.
    pub tender_id: ID,
    /// The global ids of all members, those who stay among them.
    pub members: Vec<ID>,
    /// Makes it happen once, however often it is sent.
    pub idempotency_key: Option<String>,
}

impl AppointPanelInput {
    pub(super) fn members(&self) -> app::Result<Vec<UserId>> {
        let read = |(place, id): (usize, &ID)| ident::of_kind(id, UserId::KIND, &format!("members.{place}"));
        self.members.iter().enumerate().map(read).collect()
    }
}

/// A declaration on conflicts of interest.
#[derive(Clone, Debug, InputObject)]
pub struct DeclareConflictInput {
    /// The tender's global id.
    pub tender_id: ID,
    /// The conflict for which you step back, at most 1000 characters; absent to declare that there is none.
    pub conflict: Option<String>,
    /// Makes it happen once, however often it is sent.
    pub idempotency_key: Option<String>,
}

/// Points for a bid by a criterion.
#[derive(Clone, Debug, InputObject)]
pub struct ScoreInput {
    /// The bid's global id.
    pub bid_id: ID,
    /// The criterion's key.
    pub criterion: String,
    /// The points, with at most two decimals: `28.5`.
    pub points: String,
}

/// A judgement of a bid by an essential requirement.
#[derive(Clone, Debug, InputObject)]
pub struct JudgementInput {
    /// The bid's global id.
    pub bid_id: ID,
    /// The requirement's place among the tender's, from 0.
    pub requirement: i32,
    /// Whether it is met.
    pub is_met: bool,
    /// Why not, at most 1000 characters; required where it is not met.
    #[graphql(default)]
    pub reason: String,
}

/// A note on an abnormally low price.
#[derive(Clone, Debug, InputObject)]
pub struct PriceNoteInput {
    /// The bid's global id.
    pub bid_id: ID,
    /// What the bidder explained and what you make of it, at most 1000 characters.
    pub text: String,
}

/// A score sheet. What it doesn't name is taken off the draft.
#[derive(Clone, Debug, InputObject)]
pub struct SaveScoresInput {
    /// The tender's global id.
    pub tender_id: ID,
    /// The points.
    #[graphql(default)]
    pub scores: Vec<ScoreInput>,
    /// The judgements by essential requirements.
    #[graphql(default)]
    pub judgements: Vec<JudgementInput>,
    /// The notes on low prices.
    #[graphql(default)]
    pub notes: Vec<PriceNoteInput>,
}

impl SaveScoresInput {
    pub(super) fn marks(&self) -> app::Result<Marks> {
        let score = |(place, score): (usize, &ScoreInput)| {
            let hundredths = parse_points(&score.points).map_err(|refusal| refusal.under(&format!("scores.{place}.points")))?;
            Ok(Score { bid_id: bid(&score.bid_id, "scores", place)?, criterion: score.criterion.clone(), hundredths })
        };
        let judgement = |(place, judgement): (usize, &JudgementInput)| {
            let unknown = || Refusal::at(Code::NotFound, &format!("judgements.{place}"));
            Ok(Judgement {
                bid_id: bid(&judgement.bid_id, "judgements", place)?,
                requirement: u32::try_from(judgement.requirement).map_err(|_| unknown())?,
                is_met: judgement.is_met,
                reason: judgement.reason.clone(),
            })
        };
        let note = |(place, note): (usize, &PriceNoteInput)| {
            Ok(PriceNote { bid_id: bid(&note.bid_id, "notes", place)?, text: note.text.clone() })
        };
        Ok(Marks {
            scores: self.scores.iter().enumerate().map(score).collect::<app::Result<_>>()?,
            judgements: self.judgements.iter().enumerate().map(judgement).collect::<app::Result<_>>()?,
            notes: self.notes.iter().enumerate().map(note).collect::<app::Result<_>>()?,
        })
    }
}

fn bid(id: &ID, list: &str, place: usize) -> app::Result<BidId> {
    ident::of_kind(id, BidId::KIND, &format!("{list}.{place}.bidId"))
}

/// Whose sheet is handed in: yours, for this tender.
#[derive(Clone, Debug, InputObject)]
pub struct SubmitScoresInput {
    /// The tender's global id.
    pub tender_id: ID,
    /// Makes it happen once, however often it is sent.
    pub idempotency_key: Option<String>,
}

/// Which report is signed.
#[derive(Clone, Debug, InputObject)]
pub struct SignReportInput {
    /// The tender's global id.
    pub tender_id: ID,
    /// On what you disagree and why, at most 1000 characters; empty to agree.
    #[graphql(default)]
    pub dissent: String,
    /// Makes it happen once, however often it is sent.
    pub idempotency_key: Option<String>,
}

/// Which award is confirmed.
#[derive(Clone, Debug, InputObject)]
pub struct ConfirmAwardInput {
    /// The tender's global id.
    pub tender_id: ID,
    /// The global id of the bid that is ranked first: named, so that nobody confirms what it has not read.
    pub bid_id: ID,
    /// Makes it happen once, however often it is sent.
    pub idempotency_key: Option<String>,
}

/// Which award is published.
#[derive(Clone, Debug, InputObject)]
pub struct PublishAwardInput {
    /// The tender's global id.
    pub tender_id: ID,
    /// Makes it happen once, however often it is sent.
    pub idempotency_key: Option<String>,
}

macro_rules! payloads {
    ($( $(#[$meta:meta])* $name:ident { $field:ident: $kind:ty, $said:literal } )*) => {
        $(
            $(#[$meta])*
            #[derive(SimpleObject)]
            pub struct $name {
                #[doc = $said]
                pub $field: Option<$kind>,
                /// What you can mend; empty when it is done.
                pub user_errors: Vec<UserError>,
            }
        )*
    };
}

payloads! {
    /// The answer to `qualifyBidders`.
    QualifyBiddersPayload { evaluation: Evaluation, "The evaluation as it stands now." }
    /// The answer to `appointPanel`.
    AppointPanelPayload { evaluation: Evaluation, "The evaluation as it stands now." }
    /// The answer to `declareConflict`.
    DeclareConflictPayload { evaluation: Evaluation, "The evaluation as you may know it now; null once you have stepped back." }
    /// The answer to `saveScores`.
    SaveScoresPayload { evaluation: Evaluation, "The evaluation with your sheet as it is kept now." }
    /// The answer to `submitScores`.
    SubmitScoresPayload { evaluation: Evaluation, "The evaluation as it stands now." }
    /// The answer to `signReport`.
    SignReportPayload { evaluation: Evaluation, "The evaluation as it stands now." }
    /// The answer to `confirmAward`.
    ConfirmAwardPayload { award: Award, "The award." }
}

/// The answer to `publishAward`.
#[derive(SimpleObject)]
pub struct PublishAwardPayload {
    /// The award of the first lot; of a tender that is not divided, the award.
    pub award: Option<Award>,
    /// The awards of all lots, in the order of the lots.
    pub awards: Vec<Award>,
    /// What you can mend; empty when it is done.
    pub user_errors: Vec<UserError>,
}
