//! Competitive consultation (竞争性磋商; 财库〔2014〕214号): as a negotiation, but the final offers are scored.

use super::super::tender_content::EvaluationMethod;
use super::{Course, Procedure, competitive_negotiation};

pub(super) const COURSE: Course = Course {
    procedure: Procedure::CompetitiveConsultation,
    evaluation_methods: &[EvaluationMethod::Comprehensive],
    panel_figure: "competitive_consultation.panel_fewest_members",
    weights: "competitive_consultation",
    ..competitive_negotiation::COURSE
};
