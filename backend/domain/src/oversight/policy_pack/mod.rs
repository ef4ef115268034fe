//! Policy packs: the figures of law as data, each with its source, its verification and its dates.

pub mod calendar;
pub mod check;
pub mod difference;
pub mod fault;
pub mod figure;
pub mod known;
pub mod pack;
pub mod registry;
pub mod rules;
pub mod source;
#[cfg(test)]
mod worked_examples;

pub use figure::{Figure, Unit, Verified};
pub use pack::PolicyPack;
pub use registry::{DEFAULT_PACK, Packs};
pub use rules::Rules;

/// The pack of the People's Republic of China, as it ships.
pub const CN: &str = include_str!("../../../packs/cn.toml");
