//! What may happen to an order next, so that pages and integrators offer exactly that.

use super::order::{Order, OrderState, Side};
use crate::ident::CatalogueItemId;
use crate::identity::permission::Action;

/// A step that one of the sides can take.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OrderStep {
    /// The supplier promises to deliver.
    Confirm,
    /// The supplier will not deliver.
    Refuse,
    /// The whole is called off.
    Cancel,
    /// What has not left is called off.
    CancelRest,
    /// The supplier sends goods.
    Despatch,
    /// The buyer records goods that have arrived.
    Receive,
    /// The buyer closes it.
    Close,
}

impl OrderStep {
    /// The row of the permission table that says who takes it.
    pub const fn action(self) -> Action {
        match self {
            Self::Confirm | Self::Refuse | Self::Despatch => Action::FulfilOrder,
            Self::Cancel | Self::CancelRest => Action::CancelOrder,
            Self::Receive | Self::Close => Action::ReceiveGoods,
        }
    }

    /// Whether goods that were kept for the order and have not left go back into stock.
    pub const fn frees_stock(self) -> bool {
        matches!(self, Self::Refuse | Self::Cancel | Self::CancelRest)
    }
}

impl Order {
    /// The steps that `side` can take now.
    pub fn steps(&self, side: Side) -> Vec<OrderStep> {
        let has_unsent = self.lines.iter().any(|line| line.quantities.to_despatch() > 0);
        let has_transit = self.lines.iter().any(|line| line.quantities.in_transit() > 0);
        let mut steps = Vec::new();
        match (&self.state, side) {
            (OrderState::Placed, Side::Supplier) => steps.extend([OrderStep::Confirm, OrderStep::Refuse]),
            (OrderState::Placed | OrderState::Confirmed { .. }, Side::Buyer) => steps.push(OrderStep::Cancel),
            (OrderState::Confirmed { .. }, Side::Supplier) => steps.extend([OrderStep::Despatch, OrderStep::Cancel]),
            (
                OrderState::PartlyDespatched { .. } | OrderState::Despatched { .. } | OrderState::PartlyReceived { .. },
                _,
            ) => {
                if side == Side::Supplier && has_unsent {
                    steps.push(OrderStep::Despatch);
                }
                if side == Side::Buyer && has_transit {
                    steps.push(OrderStep::Receive);
                }
                if has_unsent && !matches!(self.state, OrderState::Despatched { .. }) {
                    steps.push(OrderStep::CancelRest);
                }
            }
            (OrderState::Received { .. }, Side::Buyer) => steps.push(OrderStep::Close),
            (OrderState::Received { .. }, Side::Supplier)
            | (OrderState::Closed { .. } | OrderState::Refused { .. } | OrderState::Cancelled { .. }, _) => {}
        }
        steps
    }

    /// What is kept in stock for this order: ordered, never sent, not cancelled. Goods that came back refused are
    /// not for sale and don't count.
    pub fn reserved(&self) -> Vec<(CatalogueItemId, i64)> {
        if self.state.is_over() {
            return Vec::new();
        }
        let kept = self.lines.iter().map(|line| {
            let quantities = &line.quantities;
            (line.item, quantities.ordered() - quantities.cancelled() - quantities.despatched())
        });
        kept.filter(|(_, quantity)| *quantity > 0).collect()
    }
}
