//! Plans, tenders, questions, bids, their opening.

pub(crate) mod bid;
pub(crate) mod clarification;
pub(crate) mod holder_key;
pub(crate) mod opening;
pub(crate) mod plan;
pub(crate) mod tender;
