//! Emergency procurement (紧急采购; 财库〔2026〕12号): the marketplace asks openly first, without the usual periods, and goes on with
//! two bidders or one.

use super::{Course, Procedure, ProcurementMethod, open_tender};

pub(super) const COURSE: Course = Course {
    procedure: Procedure::Emergency,
    method: ProcurementMethod::Limited,
    is_foretold: false,
    is_read_out: false,
    panel_figure: "emergency.panel_fewest_members",
    large_panel_figure: None,
    ..open_tender::COURSE
};
