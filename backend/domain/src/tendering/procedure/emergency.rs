//! Emergency procurement (紧急采购; 财库〔2026〕12号): the marketplace asks openly first, without the usual periods, and goes on with
//! two bidders or one.

use super::super::tender_content::EvaluationMethod;
use super::part::{DRAFTING, NOTICE, SUBMISSIONS, OPENING, QUALIFICATION, PANEL_SCORES, EVALUATION, AWARD, STOPS};
use super::{Announcement, Course, Offers, Procedure, ProcurementMethod};

pub(super) const COURSE: Course = Course {
    procedure: Procedure::Emergency,
    method: ProcurementMethod::Limited,
    parts: &[DRAFTING, NOTICE, SUBMISSIONS, OPENING, QUALIFICATION, PANEL_SCORES, EVALUATION, AWARD, STOPS],
    announcement: Announcement::None,
    offers: Offers::Once,
    is_read_out: false,
    evaluation_methods: &[EvaluationMethod::Comprehensive, EvaluationMethod::LowestPrice],
    panel_figure: "emergency.panel_fewest_members",
    large_panel_figure: None,
    weights: "scoring",
};
