//! What people do with the catalogue.

pub mod import;
