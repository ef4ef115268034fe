//! What is watched: events, policy packs.

pub mod event;
