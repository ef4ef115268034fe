//! Receipt (验收): what the buyer accepts and what it sends back.

use super::order::{Act, transition};
use crate::{App, Context, Result};
use domain::contracting::order::{Order, OrderStep};
use domain::contracting::receipt::Receiving;
use domain::ident::OrderId;

/// The buyer records goods that have arrived, in whole or in part, those that it refuses with the reason. Both sides see
/// the photos, which the buyer has uploaded before.
///
/// # Errors
/// `NotFound`, `Forbidden`, and what [`Order::receive`] says; at `photoIds.INDEX` `NOT_FOUND` for a file that is not the
/// buyer's, `FILE_KIND_NOT_TAKEN` for what is no picture, `FILE_ELSEWHERE` for one of another record.
pub async fn receive(app: &App, ctx: &Context, id: OrderId, receiving: Receiving) -> Result<Order> {
    let act = Act { operation: "receiveGoods", step: OrderStep::Receive };
    transition(app, ctx, act, id, receiving, |order, receiving, ctx, by| order.receive(receiving, ctx.new_id(), by, ctx.now())).await
}
