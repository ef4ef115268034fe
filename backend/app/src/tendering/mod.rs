//! From the plan to the award.

pub mod clarification;
pub mod plan;
pub mod tender;
