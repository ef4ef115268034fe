//! Invited tender (邀请招标; 政府采购法第二十九条、第三十四条): suppliers show that they qualify, and at least three of them, drawn at
//! random, are asked for bids.

use super::part::PREQUALIFICATION;
use super::{Announcement, Course, Procedure, ProcurementMethod, open_tender};

pub(super) const COURSE: Course = Course {
    procedure: Procedure::InvitedTender,
    method: ProcurementMethod::Selective,
    begins: PREQUALIFICATION,
    announcement: Announcement::Prequalification,
    is_approved: true,
    ..open_tender::COURSE
};
