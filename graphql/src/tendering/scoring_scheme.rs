//! What a panel scores and judges.

use crate::values::LocalText;
use async_graphql::SimpleObject;

/// A step on a criterion's scale.
#[derive(SimpleObject)]
pub struct ScoringAnchor {
    /// The points given, or taken where negative.
    pub points: i32,
    /// For what.
    pub text: LocalText,
}

/// A criterion that members score. The price isn't among them: it is computed.
#[derive(SimpleObject)]
pub struct ScoringCriterion {
    /// Its key in the tender.
    pub key: String,
    /// Its name.
    pub name: LocalText,
    /// By what it is judged.
    pub basis: LocalText,
    /// The most points; the fewest are none.
    pub most_points: String,
    /// Whether its points are technical ones, which break ties.
    pub is_technical: bool,
    /// The scale.
    pub anchors: Vec<ScoringAnchor>,
}

/// An essential requirement (★), on which every member judges every bid.
#[derive(SimpleObject)]
pub struct EssentialRequirement {
    /// Its place among the tender's requirements, from 0.
    pub requirement: i32,
    /// What it asks.
    pub text: LocalText,
}
