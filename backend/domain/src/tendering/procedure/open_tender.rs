//! Open tender (公开招标; 政府采购法第二十六条): everybody may bid, bids are opened in public.

use super::super::tender_content::EvaluationMethod;
use super::part::{NOTICE, PANEL_SCORES};
use super::{Announcement, Course, Offers, Procedure, ProcurementMethod};

pub(super) const COURSE: Course = Course {
    procedure: Procedure::OpenTender,
    method: ProcurementMethod::Open,
    begins: NOTICE,
    compares: PANEL_SCORES,
    announcement: Announcement::None,
    is_foretold: true,
    is_approved: false,
    offers: Offers::Once,
    is_read_out: true,
    evaluation_methods: &[EvaluationMethod::Comprehensive, EvaluationMethod::LowestPrice],
    panel_figure: "panel.fewest_members",
    large_panel_figure: Some("panel.fewest_members_large"),
    weights: "scoring",
};
