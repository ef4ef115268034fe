//! From the plan to the award.

pub mod application;
pub mod award;
pub mod bid;
pub mod bid_list;
pub mod bid_paper;
pub mod choice;
pub mod clarification;
pub(crate) mod closing;
mod contender;
pub mod document_registration;
pub mod draft_check;
pub mod evaluation;
mod handing_in;
pub mod holder_key;
mod invitation;
pub mod negotiation;
pub mod objection;
pub mod opening;
pub mod opening_table;
pub mod panel;
pub mod plan;
mod reservation;
pub mod schedule;
pub mod search;
pub mod stop;
pub mod tender;
pub mod warning;
