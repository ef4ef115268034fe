//! What is watched: events, policy packs.

pub mod event;
pub mod file;
pub mod policy_pack;
pub mod task;
mod task_bidder;
mod task_security;
mod task_sides;
