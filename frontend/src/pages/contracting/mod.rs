//! Baskets, orders, shipments, receipts, contracts.

use crate::prelude::*;

/// The room's addresses.
pub(super) async fn route(_visit: &Visit, _path: &[&str]) -> Option<Answered> {
    None
}
