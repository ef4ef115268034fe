//! Plans, tenders, questions, bids, their opening, evaluation and award.

pub(crate) mod application;
pub(crate) mod award;
pub(crate) mod bid;
mod bid_party;
pub(crate) mod clarification;
pub(crate) mod closing;
pub(crate) mod consortium;
pub(crate) mod document_registration;
pub(crate) mod draw;
pub(crate) mod evaluation;
pub(crate) mod holder_key;
pub(crate) mod like_purchase;
pub(crate) mod negotiation;
pub(crate) mod objection;
pub(crate) mod opening;
pub(crate) mod plan;
pub(crate) mod tender;
pub(crate) mod warning_override;
