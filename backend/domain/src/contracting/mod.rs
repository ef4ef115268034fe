//! From the contract or the basket to goods received.

pub mod basket;
pub mod bid_security;
pub mod bid_security_due;
pub mod bid_security_means;
pub mod bid_security_state;
pub mod contract;
pub mod delivery;
pub mod order;
mod order_state;
mod order_step;
pub mod placement;
pub mod quantities;
pub mod receipt;
pub mod shipment;

#[cfg(test)]
mod order_tests;
