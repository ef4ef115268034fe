//! The lines of orders.

use crate::ident;
use crate::values::{LocalText, Money};
use async_graphql::{ID, Object};
use domain::contracting::order::OrderLine as Line;
use domain::ident::CatalogueItemId;

/// One line of an order. Name, unit and price are as they were when it was ordered.
pub struct OrderLine(pub(super) Line);

/// One line of an order. Name, unit and price are as they were when it was ordered.
#[Object]
impl OrderLine {
    /// Its number within the order, from 1.
    async fn number(&self) -> u32 {
        self.0.number
    }

    /// The catalogue item's global id.
    async fn item_id(&self) -> ID {
        ident::global(CatalogueItemId::KIND, self.0.item.0)
    }

    /// Its name.
    async fn name(&self) -> LocalText {
        self.0.name.clone().into()
    }

    /// Its unit.
    async fn unit(&self) -> &str {
        &self.0.unit
    }

    /// The price for one.
    async fn unit_price(&self) -> Money {
        self.0.unit_price.into()
    }

    /// Ordered at first.
    async fn ordered(&self) -> i64 {
        self.0.quantities.ordered()
    }

    /// Despatched in all, replacements of refused goods included.
    async fn despatched(&self) -> i64 {
        self.0.quantities.despatched()
    }

    /// Received and accepted in all.
    async fn accepted(&self) -> i64 {
        self.0.quantities.accepted()
    }

    /// Received and refused in all: it went back, and may be sent again.
    async fn refused(&self) -> i64 {
        self.0.quantities.refused()
    }

    /// Cancelled before it was despatched.
    async fn cancelled(&self) -> i64 {
        self.0.quantities.cancelled()
    }

    /// On its way.
    async fn in_transit(&self) -> i64 {
        self.0.quantities.in_transit()
    }

    /// Still to be despatched, refused goods included.
    async fn to_despatch(&self) -> i64 {
        self.0.quantities.to_despatch()
    }
}
