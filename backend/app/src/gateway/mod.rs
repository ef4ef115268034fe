//! The outside: files, search, mail, payment.
