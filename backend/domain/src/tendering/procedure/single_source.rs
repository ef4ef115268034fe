//! Single source (单一来源采购; 政府采购法第三十一条、第三十九条): one supplier, after a notice to which anybody may object; its quality
//! and price are negotiated.

use super::part::SOLE_SUPPLIER;
use super::{Announcement, Course, Procedure, ProcurementMethod, competitive_negotiation};

pub(super) const COURSE: Course = Course {
    procedure: Procedure::SingleSource,
    method: ProcurementMethod::Direct,
    begins: SOLE_SUPPLIER,
    announcement: Announcement::SingleSource,
    panel_figure: "single_source.panel_fewest_members",
    ..competitive_negotiation::COURSE
};
