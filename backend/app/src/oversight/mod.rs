//! What is watched.
