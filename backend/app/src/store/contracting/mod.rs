//! Rows of the room `contracting`.

pub(crate) mod contract;
