//! Despatch: what the supplier sends, wholly or in parts.

use super::order::{Act, transition};
use crate::{App, Context, Result};
use domain::contracting::order::{Order, OrderStep};
use domain::contracting::shipment::Despatch;
use domain::ident::OrderId;

/// The supplier reports that goods have left, with carrier and tracking number.
///
/// # Errors
/// `NotFound`, `Forbidden`, and what [`Order::despatch`] says.
pub async fn despatch(app: &App, ctx: &Context, id: OrderId, despatch: Despatch) -> Result<Order> {
    let act = Act { operation: "despatchOrder", step: OrderStep::Despatch };
    transition(app, ctx, act, id, despatch, |order, despatch, ctx, by| order.despatch(despatch, ctx.new_id(), by, ctx.now())).await
}
