//! What must live in the browser. An island gets its data and its words as properties from the server, and is built for
//! both: drawn in the server, woken in the browser.

pub mod amount;
pub mod autosave;
pub mod countdown;
pub mod holder_key;
