//! The contract: GraphQL types and resolvers over the use cases. Translates, never decides.
//!
//! One room for each room of the house, one file for each noun. A resolver reads its input, calls one use case and
//! wraps the answer; anything longer belongs a floor below.

// Each set of root fields that the schema merges nests its resolver once more.
#![recursion_limit = "256"]
#![allow(clippy::unused_async, reason = "async-graphql wants every field to be async, whether it waits for anything or not")]

pub mod catalogue;
pub mod coded;
pub mod connection;
pub mod contracting;
pub mod ident;
pub mod identity;
pub mod limits;
mod loader;
mod node;
pub mod oversight;
pub mod payload;
pub mod request;
mod schema;
pub mod tendering;
pub mod values;

pub use request::Asker;
pub use schema::{Schema, schema, sdl};
