//! From the plan to the award.

pub mod scoring;
