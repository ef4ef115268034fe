//! What procurement is: types, state machines, rules, policy packs and the words for them.
//!
//! Pure: no input or output, no clock, no randomness. Everything here would be true on paper.
//! It builds for `wasm32`, so that a browser and the server decide alike.

pub mod catalogue;
pub mod contracting;
pub mod ident;
pub mod identity;
pub mod language;
pub mod money;
pub mod oversight;
pub mod refusal;
pub mod tendering;
pub mod text;
