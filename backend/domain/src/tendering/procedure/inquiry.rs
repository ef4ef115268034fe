//! Inquiry (询价; 政府采购法第三十二条、第四十条): each supplier quotes one price that stands; the lowest that meets the needs wins.

use super::super::tender_content::EvaluationMethod;
use super::part::{DRAFTING, NOTICE, SUBMISSIONS, OPENING, QUALIFICATION, PANEL_SCORES, EVALUATION, AWARD, STOPS};
use super::{Announcement, Course, Offers, Procedure, ProcurementMethod};

pub(super) const COURSE: Course = Course {
    procedure: Procedure::Inquiry,
    method: ProcurementMethod::Limited,
    parts: &[DRAFTING, NOTICE, SUBMISSIONS, OPENING, QUALIFICATION, PANEL_SCORES, EVALUATION, AWARD, STOPS],
    announcement: Announcement::None,
    offers: Offers::OnceForAll,
    is_read_out: false,
    evaluation_methods: &[EvaluationMethod::LowestPrice],
    panel_figure: "inquiry.panel_fewest_members",
    large_panel_figure: None,
    weights: "scoring",
};
