//! From the plan to the award.

pub mod application;
pub mod award;
pub mod clarification;
pub mod consortium;
pub mod contender;
pub mod document_registration;
pub mod draw;
pub mod enterprise_share;
pub mod evaluation;
pub mod green;
pub mod lot;
pub mod mandate;
pub mod negotiation;
pub mod objection;
pub mod panel;
pub mod plan;
pub mod preference;
pub mod procedure;
pub mod qualification;
pub mod related;
pub mod report;
pub mod report_line;
pub mod reservation;
pub mod reservation_check;
pub mod questions;
pub mod schedule;
pub mod schedule_acts;
mod schedule_milestones;
pub mod score_sheet;
pub mod bid;
pub mod bid_content;
#[cfg(test)]
mod bid_tests;
pub mod holder_key;
pub mod opening;
pub mod scoring;
pub mod standard_papers;
pub mod subcontract;
pub mod tender;
mod tender_amend;
pub mod tender_change;
pub mod tender_check;
pub mod tender_checks;
pub mod tender_content;
mod tender_course;
#[cfg(test)]
mod tender_course_tests;
pub mod tender_state;
pub mod warning;
mod warning_market;
mod warning_names;
pub mod warning_price;
mod warning_words;

#[cfg(test)]
mod evaluation_tests;
#[cfg(test)]
mod lot_evaluation_tests;
