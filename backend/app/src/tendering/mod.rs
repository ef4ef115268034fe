//! From the plan to the award.

pub mod award;
pub mod bid;
pub mod clarification;
mod contender;
pub mod evaluation;
pub mod holder_key;
mod invitation;
pub mod opening;
pub mod plan;
pub mod search;
pub mod tender;
