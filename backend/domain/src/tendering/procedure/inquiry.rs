//! Inquiry (询价; 政府采购法第三十二条、第四十条): each supplier quotes one price that stands; the lowest that meets the needs wins.

use super::part::PANEL_SCORES;
use super::{Course, Offers, Procedure, competitive_negotiation};

pub(super) const COURSE: Course = Course {
    procedure: Procedure::Inquiry,
    compares: PANEL_SCORES,
    offers: Offers::OnceForAll,
    panel_figure: "inquiry.panel_fewest_members",
    ..competitive_negotiation::COURSE
};
