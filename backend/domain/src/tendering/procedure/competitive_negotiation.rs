//! Competitive negotiation (竞争性谈判; 政府采购法第三十条、第三十八条): the panel talks with each supplier apart; of the final offers
//! that meet the needs the lowest wins.

use super::super::tender_content::EvaluationMethod;
use super::part::NEGOTIATION;
use super::{Course, Offers, Procedure, ProcurementMethod, open_tender};

pub(super) const COURSE: Course = Course {
    procedure: Procedure::CompetitiveNegotiation,
    method: ProcurementMethod::Limited,
    compares: NEGOTIATION,
    is_approved: true,
    offers: Offers::Negotiated,
    is_read_out: false,
    evaluation_methods: &[EvaluationMethod::LowestPrice],
    panel_figure: "competitive_negotiation.panel_fewest_members",
    large_panel_figure: None,
    ..open_tender::COURSE
};
