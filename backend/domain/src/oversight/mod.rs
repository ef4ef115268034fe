//! What is watched: events, policy packs.

pub mod event;
pub mod policy_pack;
