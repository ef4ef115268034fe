//! Shipments.

use crate::ident;
use async_graphql::{ID, InputObject, SimpleObject};
use chrono::{DateTime, NaiveDate, Utc};
use domain::contracting::shipment;
use domain::ident::ShipmentId;

/// What has been sent at one time.
#[derive(SimpleObject)]
pub struct Shipment {
    /// Its global id.
    id: ID,
    /// What is in it.
    lines: Vec<ShipmentLine>,
    /// Who carries it.
    carrier: String,
    /// The carrier's number; empty for own delivery.
    tracking_number: String,
    /// When it should arrive.
    expected_on: Option<NaiveDate>,
    /// When it was reported.
    despatched_at: DateTime<Utc>,
}

/// One line of a shipment.
#[derive(SimpleObject)]
pub struct ShipmentLine {
    /// The line of the order, by its number.
    line: u32,
    /// How many were sent.
    quantity: i64,
}

impl From<shipment::Shipment> for Shipment {
    fn from(shipment: shipment::Shipment) -> Self {
        let lines = shipment.lines.iter().map(|line| ShipmentLine { line: line.line, quantity: line.quantity });
        Self {
            id: ident::global(ShipmentId::KIND, shipment.id.0),
            lines: lines.collect(),
            carrier: shipment.carrier,
            tracking_number: shipment.tracking_number,
            expected_on: shipment.expected_on,
            despatched_at: shipment.despatched_at,
        }
    }
}

/// How many of a line are sent.
#[derive(Clone, InputObject)]
pub struct ShipmentLineInput {
    /// The line of the order, by its number.
    pub line: u32,
    /// How many.
    pub quantity: i64,
}

/// Goods that have left.
#[derive(Clone, InputObject)]
pub struct DespatchOrderInput {
    /// The order.
    pub order_id: ID,
    /// What was sent, each line once.
    pub lines: Vec<ShipmentLineInput>,
    /// Who carries it, at most 80 characters.
    pub carrier: String,
    /// The carrier's number, at most 60 characters; empty for own delivery.
    #[graphql(default)]
    pub tracking_number: String,
    /// When it should arrive.
    pub expected_on: Option<NaiveDate>,
    /// Makes the act happen once however often it is sent; at most 200 bytes. The `Idempotency-Key` header serves too.
    pub idempotency_key: Option<String>,
}

impl From<DespatchOrderInput> for shipment::Despatch {
    fn from(input: DespatchOrderInput) -> Self {
        let lines = input.lines.iter().map(|line| shipment::ShipmentLine { line: line.line, quantity: line.quantity });
        Self {
            lines: lines.collect(),
            carrier: input.carrier,
            tracking_number: input.tracking_number,
            expected_on: input.expected_on,
        }
    }
}
