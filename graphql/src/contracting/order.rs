//! Orders.

use crate::contracting::order_line::OrderLine;
use crate::contracting::receipt::Receipt;
use crate::contracting::shipment::Shipment;
use crate::ident;
use crate::identity::organization::Organization;
use crate::identity::user::User;
use crate::payload::coded;
use crate::request::{Asker, asker};
use crate::values::Money;
use app::contracting::order::{self as orders, OrderEvent as Happened};
use async_graphql::connection::PageInfo;
use async_graphql::{Context, Enum, ID, Object, Result, SimpleObject};
use chrono::{DateTime, NaiveDate, Utc};
use domain::contracting::delivery::Delivery as Wanted;
use domain::contracting::order::{Order as Kept, OrderState as State};
use domain::ident::{EventId, OrderId, OrganizationId};
use std::sync::Arc;

/// Where an order stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum OrderState {
    /// Ordered; the supplier has not answered.
    Placed,
    /// The supplier will deliver; nothing has left.
    Confirmed,
    /// Some has left, nothing has been received.
    PartlyDespatched,
    /// All that was not cancelled has left, nothing has been received.
    Despatched,
    /// Some has arrived, more is owed.
    PartlyReceived,
    /// All that was not cancelled has been accepted.
    Received,
    /// Nothing is owed any more.
    Closed,
    /// The supplier will not deliver.
    Refused,
    /// Called off before anything was accepted.
    Cancelled,
}

impl OrderState {
    const fn of(state: &State) -> Self {
        match state {
            State::Placed => Self::Placed,
            State::Confirmed { .. } => Self::Confirmed,
            State::PartlyDespatched { .. } => Self::PartlyDespatched,
            State::Despatched { .. } => Self::Despatched,
            State::PartlyReceived { .. } => Self::PartlyReceived,
            State::Received { .. } => Self::Received,
            State::Closed { .. } => Self::Closed,
            State::Refused { .. } => Self::Refused,
            State::Cancelled { .. } => Self::Cancelled,
        }
    }

    /// The domain's name.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Placed => "placed",
            Self::Confirmed => "confirmed",
            Self::PartlyDespatched => "partly_despatched",
            Self::Despatched => "despatched",
            Self::PartlyReceived => "partly_received",
            Self::Received => "received",
            Self::Closed => "closed",
            Self::Refused => "refused",
            Self::Cancelled => "cancelled",
        }
    }
}

/// A side of an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::contracting::order::Side")]
pub enum OrderSide {
    /// Who ordered.
    Buyer,
    /// Who delivers.
    Supplier,
}

/// A step that can be taken on an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::contracting::order::OrderStep")]
pub enum OrderStep {
    /// `confirmOrder`.
    Confirm,
    /// `refuseOrder`.
    Refuse,
    /// `cancelOrder`.
    Cancel,
    /// `cancelOrderRest`.
    CancelRest,
    /// `despatchOrder`.
    Despatch,
    /// `receiveGoods`.
    Receive,
    /// `closeOrder`.
    Close,
}

/// An order with the names of its sides.
#[derive(Clone)]
pub struct Order {
    order: Kept,
    parties: Arc<Vec<domain::identity::organization::Organization>>,
}

/// Gives orders the names of their sides, in one statement for all.
pub(crate) async fn with_parties(asker: &Asker, orders: Vec<Kept>) -> Result<Vec<Order>> {
    let mut ids: Vec<OrganizationId> = orders.iter().flat_map(|order| [order.buyer, order.supplier]).collect();
    ids.sort_unstable();
    ids.dedup();
    let parties = app::identity::organization::organizations(&asker.app, &asker.ctx, &ids).await;
    let parties = Arc::new(parties.map_err(|error| coded(&asker.ctx, error))?);
    Ok(orders.into_iter().map(|order| Order { order, parties: Arc::clone(&parties) }).collect())
}

impl Order {
    fn party(&self, graphql: &Context<'_>, id: OrganizationId) -> Result<Organization> {
        let found = self.parties.iter().find(|party| party.id == id).cloned().map(Organization);
        let missing = || app::Error::internal("read an order's side", format!("{id} is not registered"));
        let ctx = &asker(graphql)?.ctx;
        found.ok_or_else(|| coded(ctx, missing()))
    }
}

/// An order to one supplier: its two sides read it, and nobody else.
#[Object]
impl Order {
    /// Its global id.
    pub async fn id(&self) -> ID {
        ident::global(OrderId::KIND, self.order.id.0)
    }

    /// Its number on paper.
    async fn number(&self) -> &str {
        &self.order.number
    }

    /// Where it stands.
    async fn state(&self) -> OrderState {
        OrderState::of(&self.order.state)
    }

    /// What you may do to it now.
    async fn steps(&self, graphql: &Context<'_>) -> Result<Vec<OrderStep>> {
        Ok(orders::steps(&asker(graphql)?.ctx, &self.order).into_iter().map(Into::into).collect())
    }

    /// Who ordered.
    async fn buyer(&self, graphql: &Context<'_>) -> Result<Organization> {
        self.party(graphql, self.order.buyer)
    }

    /// Who delivers.
    async fn supplier(&self, graphql: &Context<'_>) -> Result<Organization> {
        self.party(graphql, self.order.supplier)
    }

    /// When it was ordered.
    async fn placed_at(&self) -> DateTime<Utc> {
        self.order.placed_at
    }

    /// The day on which the supplier promised all; null until it confirmed.
    async fn promised_on(&self) -> Option<NaiveDate> {
        self.order.state.confirmation().map(|confirmation| confirmation.promised_on)
    }

    /// Why it was refused or cancelled; null when it was not.
    async fn reason(&self) -> Option<&str> {
        match &self.order.state {
            State::Refused { reason, .. } | State::Cancelled { reason, .. } => Some(reason),
            _ => None,
        }
    }

    /// The value of what is ordered and not cancelled.
    async fn value(&self) -> Money {
        self.order.value().into()
    }

    /// The value of what was accepted.
    async fn accepted_value(&self) -> Money {
        self.order.accepted_value().into()
    }

    /// Its lines.
    async fn lines(&self) -> Vec<OrderLine> {
        self.order.lines.iter().cloned().map(OrderLine).collect()
    }

    /// Where to, to whom and by when.
    async fn delivery(&self) -> Delivery {
        self.order.delivery.clone().into()
    }

    /// What the buyer added.
    async fn note(&self) -> &str {
        &self.order.note
    }

    /// What has been sent, the oldest first.
    async fn shipments(&self) -> Vec<Shipment> {
        self.order.shipments.iter().cloned().map(Shipment::from).collect()
    }

    /// What has arrived, the oldest first.
    async fn receipts(&self) -> Vec<Receipt> {
        self.order.receipts.iter().cloned().map(Receipt::from).collect()
    }

    /// What happened, the oldest first: a timeline for the two sides only.
    async fn timeline(&self, graphql: &Context<'_>) -> Result<Vec<OrderEvent>> {
        let told = crate::loader::one_beside(graphql, crate::loader::TimelineOf(self.order.id)).await?;
        Ok(told.unwrap_or_default().into_iter().map(|(event, user)| OrderEvent::new(event, user)).collect())
    }
}

/// Where, to whom and by when.
#[derive(SimpleObject)]
pub struct Delivery {
    /// The administrative region, six digits of GB/T 2260.
    region_code: String,
    /// Street, building and door.
    address: String,
    /// Who takes the goods.
    contact_name: String,
    /// Where to call.
    contact_phone: String,
    /// The last day on which it is in time.
    by_on: NaiveDate,
    /// Gate, opening hours, lift and the like.
    instructions: String,
}

impl From<Wanted> for Delivery {
    fn from(wanted: Wanted) -> Self {
        Self {
            region_code: wanted.region_code,
            address: wanted.address,
            contact_name: wanted.contact_name,
            contact_phone: wanted.contact_phone,
            by_on: wanted.by_on,
            instructions: wanted.instructions,
        }
    }
}

/// Something that happened to an order.
#[derive(SimpleObject)]
pub struct OrderEvent {
    /// Its global id.
    id: ID,
    /// What, noun and past participle: `order.despatched`.
    name: String,
    /// Which side acted; null when the marketplace did.
    side: Option<OrderSide>,
    /// Who acted.
    user: Option<User>,
    /// The reason that was given; null where none is asked for.
    reason: Option<String>,
    /// When.
    occurred_at: DateTime<Utc>,
}

impl OrderEvent {
    fn new(event: Happened, user: Option<domain::identity::user::User>) -> Self {
        Self {
            id: ident::global(EventId::KIND, event.id.0),
            name: event.name,
            side: event.side.map(Into::into),
            user: user.map(User),
            reason: event.content.get("reason").and_then(|reason| reason.as_str()).map(str::to_owned),
            occurred_at: event.occurred_at,
        }
    }
}

/// An order in a list.
#[derive(Clone, SimpleObject)]
pub struct OrderEdge {
    /// Its place: ask for what comes after it.
    pub cursor: String,
    /// The order.
    pub node: Order,
}

/// A page of a list of orders, the newest first.
pub struct OrderConnection {
    pub(super) edges: Vec<OrderEdge>,
    pub(super) has_next: bool,
    pub(super) states: Vec<String>,
}

/// A page of a list of orders, the newest first.
#[Object]
impl OrderConnection {
    /// The orders with their places.
    async fn edges(&self) -> &[OrderEdge] {
        &self.edges
    }

    /// The orders.
    async fn nodes(&self) -> Vec<Order> {
        self.edges.iter().map(|edge| edge.node.clone()).collect()
    }

    /// Where the list goes on.
    async fn page_info(&self) -> PageInfo {
        let end_cursor = self.edges.last().map(|edge| edge.cursor.clone());
        PageInfo { has_previous_page: false, has_next_page: self.has_next, start_cursor: None, end_cursor }
    }

    /// How many there are on all pages; counted only when asked for.
    async fn total_count(&self, graphql: &Context<'_>) -> Result<u64> {
        let asker = asker(graphql)?;
        orders::count(&asker.app, &asker.ctx, &self.states).await.map_err(|error| coded(&asker.ctx, error))
    }
}
