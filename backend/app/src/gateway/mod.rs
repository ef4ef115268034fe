//! The outside: files, search, mail, payment.

pub(crate) mod files;
pub mod search;
