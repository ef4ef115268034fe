//! The public log and what happened when.

use crate::prelude::*;

/// The room's addresses.
pub(super) async fn route(_visit: &Visit, _path: &[&str]) -> Option<Answered> {
    None
}
