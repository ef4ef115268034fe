//! What is watched: events in timelines and in the audit log; files.

pub mod file;
pub mod log;
pub mod timeline;
