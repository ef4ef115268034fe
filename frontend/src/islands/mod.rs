//! What must live in the browser. An island gets its data and its words as properties from the server, and is built for
//! both: drawn in the server, woken in the browser.

pub mod amount;
pub mod autosave;
pub mod bid;
pub mod bid_check;
#[cfg(feature = "hydrate")]
mod bid_draft;
#[cfg(feature = "hydrate")]
mod bid_fields;
pub mod bid_key;
pub mod bid_offer;
#[cfg(feature = "hydrate")]
mod bid_seal;
#[cfg(feature = "hydrate")]
mod bid_store;
pub mod countdown;
pub mod holder_key;
pub mod import_progress;
pub mod opening_key;
pub mod opening_shares;
pub mod opening_table;
pub mod suggestions;
