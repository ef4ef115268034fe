//! Invited tender (邀请招标; 政府采购法第二十九条、第三十四条): suppliers show that they qualify, and at least three of them, drawn at
//! random, are asked for bids.

use super::super::tender_content::EvaluationMethod;
use super::part::{DRAFTING, PREQUALIFICATION, SUBMISSIONS, OPENING, QUALIFICATION, PANEL_SCORES, EVALUATION, AWARD, STOPS};
use super::{Announcement, Course, Offers, Procedure, ProcurementMethod};

pub(super) const COURSE: Course = Course {
    procedure: Procedure::InvitedTender,
    method: ProcurementMethod::Selective,
    parts: &[DRAFTING, PREQUALIFICATION, SUBMISSIONS, OPENING, QUALIFICATION, PANEL_SCORES, EVALUATION, AWARD, STOPS],
    announcement: Announcement::Prequalification,
    offers: Offers::Once,
    is_read_out: true,
    evaluation_methods: &[EvaluationMethod::Comprehensive, EvaluationMethod::LowestPrice],
    panel_figure: "panel.fewest_members",
    large_panel_figure: Some("panel.fewest_members_large"),
    weights: "scoring",
};
