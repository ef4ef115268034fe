//! A member's sheet as pages know it: what is scored, what stands on it, and what is missing.

use super::qualification::EvaluationStage;
use crate::prelude::*;
use chrono::{DateTime, Utc};

#[derive(cynic::QueryVariables, Debug)]
pub(super) struct Which {
    pub(super) id: cynic::Id,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Query", variables = "Which")]
pub(super) struct ScoresPage {
    #[arguments(tenderId: $id)]
    pub(super) evaluation: Option<Evaluation>,
    #[arguments(tenderId: $id)]
    pub(super) opening: Option<Opening>,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
pub(super) struct Evaluation {
    pub(super) tender_title: Words,
    pub(super) stage: EvaluationStage,
    pub(super) is_member: bool,
    pub(super) declared_at: Option<DateTime<Utc>>,
    pub(super) panel: Vec<PanelMember>,
    pub(super) panel_vacancies: i32,
    pub(super) price_weight_points: i32,
    pub(super) criteria: Vec<ScoringCriterion>,
    pub(super) essential_requirements: Vec<EssentialRequirement>,
    pub(super) bids: Vec<EvaluatedBid>,
    pub(super) my_sheet: Option<ScoreSheet>,
    pub(super) submitted_count: i32,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
pub(super) struct PanelMember {
    pub(super) declared_at: Option<DateTime<Utc>>,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
pub(super) struct ScoringCriterion {
    pub(super) key: String,
    pub(super) name: Words,
    pub(super) basis: Words,
    pub(super) most_points: String,
    pub(super) anchors: Vec<ScoringAnchor>,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
pub(super) struct ScoringAnchor {
    pub(super) points: i32,
    pub(super) text: Words,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
pub(super) struct EssentialRequirement {
    pub(super) requirement: i32,
    pub(super) text: Words,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
pub(super) struct EvaluatedBid {
    pub(super) bid_id: cynic::Id,
    lot_number: Option<i32>,
    pub(super) bidder: Option<Organization>,
    pub(super) consortium: Vec<super::members::ConsortiumShare>,
    pub(super) subcontracts: Vec<super::members::DeclaredSubcontract>,
    pub(super) price: Sum,
    pub(super) low_price: Vec<LowPriceTrigger>,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
pub(super) struct Organization {
    pub(super) name: Words,
}

#[derive(cynic::Enum, Clone, Copy, Debug)]
#[expect(clippy::enum_variant_names, reason = "the contract's words")]
pub(super) enum LowPriceTrigger {
    OfMean,
    OfSecondLowest,
    OfCeiling,
}

impl LowPriceTrigger {
    pub(super) const fn text_key(self) -> &'static str {
        match self {
            Self::OfMean => "low-price-of-mean",
            Self::OfSecondLowest => "low-price-of-second-lowest",
            Self::OfCeiling => "low-price-of-ceiling",
        }
    }
}

#[derive(cynic::QueryFragment, Clone, Debug)]
pub(super) struct ScoreSheet {
    pub(super) scores: Vec<Score>,
    pub(super) judgements: Vec<Judgement>,
    pub(super) notes: Vec<PriceNote>,
    pub(super) submitted_at: Option<DateTime<Utc>>,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
pub(super) struct Score {
    pub(super) bid_id: cynic::Id,
    pub(super) criterion: String,
    pub(super) points: String,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
pub(super) struct Judgement {
    pub(super) bid_id: cynic::Id,
    pub(super) requirement: i32,
    pub(super) is_met: bool,
    pub(super) reason: String,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
pub(super) struct PriceNote {
    pub(super) bid_id: cynic::Id,
    pub(super) text: String,
}

/// The public record: who bids, so that a member knows of whom it declares.
#[derive(cynic::QueryFragment, Clone, Debug)]
pub(super) struct Opening {
    pub(super) lines: Vec<OpeningLine>,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
pub(super) struct OpeningLine {
    pub(super) bidder: Option<Organization>,
}

/// A bidder's name in the reader's language.
pub(super) fn name(organization: Option<&Organization>) -> String {
    organization.map(|one| visit().local(&one.name).to_owned()).unwrap_or_default()
}

impl EvaluatedBid {
    /// Whose it is, behind its lot where the tender is divided.
    pub(super) fn name(&self, visit: &Visit) -> String {
        let bidder = self.bidder.as_ref().map(|one| visit.local(&one.name).to_owned()).unwrap_or_default();
        super::lots::behind(visit, self.lot_number, bidder)
    }
}

impl Evaluation {
    /// The points given to a bid by a criterion.
    pub(super) fn score(&self, bid: &cynic::Id, criterion: &str) -> Option<&str> {
        let scores = self.my_sheet.iter().flat_map(|sheet| &sheet.scores);
        let mut found = scores.filter(|score| score.bid_id == *bid && score.criterion == criterion);
        found.next().map(|score| score.points.as_str())
    }

    /// The judgement of a bid by an essential requirement.
    pub(super) fn judgement(&self, bid: &cynic::Id, requirement: i32) -> Option<&Judgement> {
        let judgements = self.my_sheet.iter().flat_map(|sheet| &sheet.judgements);
        judgements.into_iter().find(|judged| judged.bid_id == *bid && judged.requirement == requirement)
    }

    /// The note on a bid's price.
    pub(super) fn note(&self, bid: &cynic::Id) -> Option<&str> {
        let mut notes = self.my_sheet.iter().flat_map(|sheet| &sheet.notes);
        notes.find(|note| note.bid_id == *bid).map(|note| note.text.as_str())
    }

    /// How many marks a bid needs.
    pub(super) fn wanted(&self, bid: &EvaluatedBid) -> usize {
        self.criteria.len() + self.essential_requirements.len() + usize::from(!bid.low_price.is_empty())
    }

    /// How many of them are missing.
    pub(super) fn missing(&self, bid: &EvaluatedBid) -> usize {
        let id = &bid.bid_id;
        let scores = self.criteria.iter().filter(|criterion| self.score(id, &criterion.key).is_none()).count();
        let is_judged = |requirement: i32| {
            self.judgement(id, requirement).is_some_and(|judged| judged.is_met || !judged.reason.is_empty())
        };
        let judgements = self.essential_requirements.iter().filter(|one| !is_judged(one.requirement)).count();
        let note = !bid.low_price.is_empty() && self.note(id).is_none_or(str::is_empty);
        scores + judgements + usize::from(note)
    }

    /// When the own sheet was handed in.
    pub(super) fn submitted_at(&self) -> Option<DateTime<Utc>> {
        self.my_sheet.as_ref().and_then(|sheet| sheet.submitted_at)
    }
}

#[derive(cynic::InputObject, Debug)]
pub(super) struct SaveScoresInput {
    pub(super) tender_id: cynic::Id,
    pub(super) scores: Vec<ScoreInput>,
    pub(super) judgements: Vec<JudgementInput>,
    pub(super) notes: Vec<PriceNoteInput>,
}

#[derive(cynic::InputObject, Debug)]
pub(super) struct ScoreInput {
    pub(super) bid_id: cynic::Id,
    pub(super) criterion: String,
    pub(super) points: String,
}

#[derive(cynic::InputObject, Debug)]
pub(super) struct JudgementInput {
    pub(super) bid_id: cynic::Id,
    pub(super) requirement: i32,
    pub(super) is_met: bool,
    pub(super) reason: String,
}

#[derive(cynic::InputObject, Debug)]
pub(super) struct PriceNoteInput {
    pub(super) bid_id: cynic::Id,
    pub(super) text: String,
}

impl SaveScoresInput {
    /// What stands on the sheet about all bids but one.
    pub(super) fn but(tender: &str, evaluation: &Evaluation, bid: &cynic::Id) -> Self {
        let sheet = evaluation.my_sheet.clone();
        let (scores, judgements, notes) =
            sheet.map(|sheet| (sheet.scores, sheet.judgements, sheet.notes)).unwrap_or_default();
        let scores = scores.into_iter().filter(|one| one.bid_id != *bid);
        let judgements = judgements.into_iter().filter(|one| one.bid_id != *bid);
        let notes = notes.into_iter().filter(|one| one.bid_id != *bid);
        Self {
            tender_id: tender.into(),
            scores: scores.map(|one| ScoreInput { bid_id: one.bid_id, criterion: one.criterion, points: one.points }).collect(),
            judgements: judgements
                .map(|one| JudgementInput { bid_id: one.bid_id, requirement: one.requirement, is_met: one.is_met, reason: one.reason })
                .collect(),
            notes: notes.map(|one| PriceNoteInput { bid_id: one.bid_id, text: one.text }).collect(),
        }
    }
}
