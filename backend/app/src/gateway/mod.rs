//! The outside: files, search, mail, payment.

pub(crate) mod files;
pub(crate) mod folder;
pub mod search;
