//! What is watched: events in timelines and in the audit log; files; backups; figures; what waits for whom.

pub mod backup;
pub mod figures;
pub mod file;
pub mod log;
pub mod policy_pack;
pub mod task;
pub mod timeline;
