//! Single source (单一来源采购; 政府采购法第三十一条、第三十九条): one supplier, after a notice to which anybody may object; its quality
//! and price are negotiated.

use super::super::tender_content::EvaluationMethod;
use super::part::{DRAFTING, SOLE_SUPPLIER, SUBMISSIONS, OPENING, QUALIFICATION, NEGOTIATION, EVALUATION, AWARD, STOPS};
use super::{Announcement, Course, Offers, Procedure, ProcurementMethod};

pub(super) const COURSE: Course = Course {
    procedure: Procedure::SingleSource,
    method: ProcurementMethod::Direct,
    parts: &[DRAFTING, SOLE_SUPPLIER, SUBMISSIONS, OPENING, QUALIFICATION, NEGOTIATION, EVALUATION, AWARD, STOPS],
    announcement: Announcement::SingleSource,
    offers: Offers::Negotiated,
    is_read_out: false,
    evaluation_methods: &[EvaluationMethod::LowestPrice],
    panel_figure: "single_source.panel_fewest_members",
    large_panel_figure: None,
    weights: "scoring",
};
