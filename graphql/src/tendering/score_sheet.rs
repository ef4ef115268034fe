//! Score sheets: each member reads its own.

use super::evaluation::{bid, place};
use async_graphql::{ID, SimpleObject};
use chrono::{DateTime, Utc};
use domain::tendering::score_sheet;

/// A member's points for a bid by a criterion.
#[derive(SimpleObject)]
pub struct Score {
    /// The bid's global id.
    pub bid_id: ID,
    /// The criterion's key.
    pub criterion: String,
    /// The points, with two decimals.
    pub points: String,
}

/// A member's judgement of a bid by an essential requirement.
#[derive(SimpleObject)]
pub struct Judgement {
    /// The bid's global id.
    pub bid_id: ID,
    /// The requirement's place among the tender's, from 0.
    pub requirement: i32,
    /// Whether it is met.
    pub is_met: bool,
    /// Why not.
    pub reason: String,
}

/// A member's note on an abnormally low price.
#[derive(SimpleObject)]
pub struct PriceNote {
    /// The bid's global id.
    pub bid_id: ID,
    /// What the bidder explained and what the member makes of it.
    pub text: String,
}

/// Your own score sheet. Nobody reads another's before all are in; then the report shows them.
#[derive(SimpleObject)]
pub struct ScoreSheet {
    /// The points.
    pub scores: Vec<Score>,
    /// The judgements by essential requirements.
    pub judgements: Vec<Judgement>,
    /// The notes on low prices.
    pub notes: Vec<PriceNote>,
    /// When you handed it in; null while it is a draft.
    pub submitted_at: Option<DateTime<Utc>>,
}

impl From<score_sheet::ScoreSheet> for ScoreSheet {
    fn from(sheet: score_sheet::ScoreSheet) -> Self {
        let scores = sheet.marks.scores.into_iter().map(|score| Score {
            bid_id: bid(score.bid_id),
            criterion: score.criterion,
            points: score_sheet::points(score.hundredths),
        });
        let judgements = sheet.marks.judgements.into_iter().map(|judgement| Judgement {
            bid_id: bid(judgement.bid_id),
            requirement: place(judgement.requirement),
            is_met: judgement.is_met,
            reason: judgement.reason,
        });
        let notes = sheet.marks.notes.into_iter().map(|note| PriceNote { bid_id: bid(note.bid_id), text: note.text });
        Self {
            scores: scores.collect(),
            judgements: judgements.collect(),
            notes: notes.collect(),
            submitted_at: sheet.submitted_at,
        }
    }
}
