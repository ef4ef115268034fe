//! Events with their leaves in the audit log, and jobs.

pub(crate) mod event;
pub(crate) mod figures;
pub(crate) mod file;
pub(crate) mod job;
pub(crate) mod log;
