//! What is watched: files, events.

pub mod file;
pub mod timeline;
