//! What is watched: files, events.

pub mod file;
pub mod timeline;
//! What is watched.

pub mod log;
