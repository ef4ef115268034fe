//! Plans, tenders, questions, bids.

pub(crate) mod clarification;
pub(crate) mod plan;
//! Rows of the room `tendering`.

pub(crate) mod bid;
pub(crate) mod holder_key;
pub(crate) mod opening;
