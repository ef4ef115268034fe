//! From the contract or the basket to goods received.

pub mod contract;
