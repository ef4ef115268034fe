//! Rows of the room `contracting`.

pub(crate) mod basket;
pub(crate) mod bid_security;
pub(crate) mod contract;
pub(crate) mod order;
pub(crate) mod stock;
