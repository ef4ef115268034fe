//! What people do: use cases, which load, allow, decide, save and commit.
//!
//! This package owns transactions, the store and the gateways to the outside. Nothing outside is awaited inside a
//! transaction: that is what jobs are for.

mod app;
pub mod catalogue;
pub mod context;
pub mod contracting;
pub mod demo;
pub mod error;
pub mod gateway;
pub mod identity;
pub mod jobs;
pub mod oversight;
pub mod repeated;
pub(crate) mod store;
pub mod tendering;

pub use app::{App, Settings};
pub use context::{Clock, Context};
pub use error::{Error, Result};
pub use store::StatementCounter;
