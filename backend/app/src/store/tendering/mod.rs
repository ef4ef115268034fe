//! Plans, tenders, questions, bids.

pub(crate) mod clarification;
pub(crate) mod plan;
pub(crate) mod tender;
