//! Competitive consultation (竞争性磋商; 财库〔2014〕214号): as a negotiation, but the final offers are scored.

use super::super::tender_content::EvaluationMethod;
use super::part::{DRAFTING, NOTICE, SUBMISSIONS, OPENING, QUALIFICATION, NEGOTIATION, EVALUATION, AWARD, STOPS};
use super::{Announcement, Course, Offers, Procedure, ProcurementMethod};

pub(super) const COURSE: Course = Course {
    procedure: Procedure::CompetitiveConsultation,
    method: ProcurementMethod::Limited,
    parts: &[DRAFTING, NOTICE, SUBMISSIONS, OPENING, QUALIFICATION, NEGOTIATION, EVALUATION, AWARD, STOPS],
    announcement: Announcement::None,
    offers: Offers::Negotiated,
    is_read_out: false,
    evaluation_methods: &[EvaluationMethod::Comprehensive],
    panel_figure: "competitive_consultation.panel_fewest_members",
    large_panel_figure: None,
    weights: "competitive_consultation",
};
