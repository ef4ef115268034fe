//! The outside: files, search, mail, payment.

pub mod search;
