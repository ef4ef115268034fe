//! What is watched: events in timelines and in the audit log; files; backups.

pub mod backup;
pub mod file;
pub mod log;
pub mod timeline;
