//! Baskets, orders, shipments, receipts, contracts.

mod basket;
mod contract;
mod order;
mod order_acts;
mod order_forms;
mod order_list;
mod securities;
mod security;
mod security_forms;
mod security_lodge;
pub(super) mod security_value;
mod value;

use crate::prelude::*;

/// The room's addresses.
pub(super) async fn route(visit: &Visit, path: &[&str]) -> Option<Answered> {
    let answered = match (visit.method(), path) {
        (Get, ["basket"]) => basket::page(visit).await,
        (Post, ["basket"]) => basket::act(visit).await,
        (Get, ["orders"]) => order_list::page(visit).await,
        (Get, ["orders", id]) => order::page(visit, id).await,
        (Post, ["orders", id]) => order_acts::act(visit, id).await,
        (Get, ["contracts", id]) => contract::page(visit, id).await,
        (Post, ["contracts", id]) => contract::act(visit, id).await,
        (Get, ["securities"]) => securities::page(visit).await,
        (Get, ["securities", id]) => security::page(visit, id).await,
        (Post, ["securities", id]) => security_forms::act(visit, id).await,
        (Get, ["tenders", id, "security"]) => security_lodge::page(visit, id).await,
        (Post, ["tenders", id, "security"]) => security_lodge::act(visit, id).await,
        _ => return None,
    };
    Some(answered)
}
