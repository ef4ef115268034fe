//! The composition root: configuration, HTTP edges, workers. No business `if`.

pub mod commands;
pub mod configuration;
pub mod edges;
pub mod offline;
