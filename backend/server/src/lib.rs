//! The composition root: configuration, HTTP edges, workers. No business `if`.

pub mod commands;
pub mod configuration;
pub mod edges;
pub mod offline;

/// An answer is thousands of small pieces, which this allocator gives and takes with less work than the C library's.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;
