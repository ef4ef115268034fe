//! From the contract or the basket to goods received.

pub mod basket;
pub mod bid_security;
pub mod contract;
pub mod order;
pub mod receipt;
pub mod shipment;
