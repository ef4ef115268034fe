//! What must live in the browser. An island gets its data and its words as properties from the server, and is built for
//! both: drawn in the server, woken in the browser.
//!
//! There are two modules of them, so that who only reads does not wait for what only bidders and holders need: the islands
//! of every page, and with the feature `bidding` those of [`bidding`] besides.

pub mod amount;
pub mod autosave;
#[cfg(any(feature = "bidding", not(feature = "hydrate")))]
pub mod bidding;
pub mod countdown;
pub mod import_progress;
pub mod suggestions;
