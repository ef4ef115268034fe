//! The room `contracting`.

pub mod contract;
