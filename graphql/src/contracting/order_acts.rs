//! What is done to orders: what each act asks for, and what it answers.

use crate::contracting::order::Order;
use crate::payload::UserError;
use async_graphql::{ID, InputObject, SimpleObject};
use chrono::NaiveDate;

/// A supplier's promise.
#[derive(Clone, InputObject)]
pub struct ConfirmOrderInput {
    /// The order.
    pub order_id: ID,
    /// The day on which all is delivered.
    pub promised_on: NaiveDate,
    /// Makes the act happen once however often it is sent; at most 200 bytes. The `Idempotency-Key` header serves too.
    pub idempotency_key: Option<String>,
}

/// An order that is done with.
#[derive(Clone, InputObject)]
pub struct CloseOrderInput {
    /// The order.
    pub order_id: ID,
    /// Makes the act happen once however often it is sent; at most 200 bytes. The `Idempotency-Key` header serves too.
    pub idempotency_key: Option<String>,
}

macro_rules! with_reason {
    ($( $(#[$meta:meta])* $name:ident ),* $(,)?) => {
        $(
            $(#[$meta])*
            #[derive(Clone, InputObject)]
            pub struct $name {
                /// The order.
                pub order_id: ID,
                /// Why, at most 500 characters: the other side plans by it.
                pub reason: String,
                /// Makes the act happen once however often it is sent; at most 200 bytes. The `Idempotency-Key` header
                /// serves too.
                pub idempotency_key: Option<String>,
            }
        )*
    };
}
with_reason! {
    /// An order that the supplier will not deliver.
    RefuseOrderInput,
    /// An order to call off as a whole.
    CancelOrderInput,
    /// An order of which the rest is to be called off.
    CancelOrderRestInput,
}

macro_rules! payloads {
    ($( $(#[$meta:meta])* $name:ident ),* $(,)?) => {
        $(
            $(#[$meta])*
            #[derive(SimpleObject)]
            pub struct $name {
                /// The order as it is now; null when refused.
                pub order: Option<Order>,
                /// What to mend.
                pub user_errors: Vec<UserError>,
            }
        )*
    };
}
payloads! {
    /// An order confirmed.
    ConfirmOrderPayload,
    /// An order refused.
    RefuseOrderPayload,
    /// An order cancelled.
    CancelOrderPayload,
    /// The rest of an order cancelled.
    CancelOrderRestPayload,
    /// Goods despatched.
    DespatchOrderPayload,
    /// Goods received.
    ReceiveGoodsPayload,
    /// An order closed.
    CloseOrderPayload,
}
