//! The demonstration: invented, believable, bilingual, and the same at every start. In demo mode only.

pub mod catalogue;
pub mod clock;
mod consortia;
mod documents;
pub mod holder_keys;
mod judged;
mod market;
pub mod orders;
pub mod organizations;
mod people;
mod securities;
pub mod tenders;
mod walk;

pub use market::{Seeded, seed};
