//! From the plan to the award.

pub mod clarification;
pub mod plan;
pub mod tender;
pub mod bid;
pub mod holder_key;
