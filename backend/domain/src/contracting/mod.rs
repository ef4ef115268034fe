//! From the contract or the basket to goods received.
