//! The demonstration: invented, believable, bilingual, and the same at every start. In demo mode only.

pub mod catalogue;
pub mod clock;
mod market;
pub mod orders;
pub mod organizations;
pub mod tenders;

pub use market::{Seeded, seed};
