//! Competitive negotiation (竞争性谈判; 政府采购法第三十条、第三十八条): the panel talks with each supplier apart; of the final offers
//! that meet the needs the lowest wins.

use super::super::tender_content::EvaluationMethod;
use super::part::{DRAFTING, NOTICE, SUBMISSIONS, OPENING, QUALIFICATION, NEGOTIATION, EVALUATION, AWARD, STOPS};
use super::{Announcement, Course, Offers, Procedure, ProcurementMethod};

pub(super) const COURSE: Course = Course {
    procedure: Procedure::CompetitiveNegotiation,
    method: ProcurementMethod::Limited,
    parts: &[DRAFTING, NOTICE, SUBMISSIONS, OPENING, QUALIFICATION, NEGOTIATION, EVALUATION, AWARD, STOPS],
    announcement: Announcement::None,
    offers: Offers::Negotiated,
    is_read_out: false,
    evaluation_methods: &[EvaluationMethod::LowestPrice],
    panel_figure: "competitive_negotiation.panel_fewest_members",
    large_panel_figure: None,
    weights: "scoring",
};
