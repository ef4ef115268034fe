//! Orders: placed from the basket, confirmed, refused, called off, closed; read by their two sides.

use super::basket::{buyer, items_of, load_or_make, today};
use crate::oversight::file::attach_pictures;
use crate::store::Tx;
use crate::store::contracting::{basket as baskets, order as orders_kept, stock};
use crate::store::oversight::event;
use crate::{App, Context, Error, Result};
use chrono::{DateTime, NaiveDate, Utc};
use domain::contracting::basket::Basket;
use domain::contracting::delivery::Delivery;
use domain::contracting::order::{Order, OrderState, OrderStep, Side};
use domain::contracting::placement::{Placement, number};
use domain::ident::{EventId, OrderId, OrganizationId, UserId};
use domain::identity::actor::{Actor, Person};
use domain::identity::permission::{Action, Scope};
use domain::money::Currency;
use domain::oversight::event::Event;
use domain::refusal::{Code, Refusal, Refusals};
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use std::collections::BTreeMap;

/// What a buyer orders out of its basket.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Checkout {
    /// Of these suppliers; of all when empty.
    pub suppliers: Vec<OrganizationId>,
    /// Where to, to whom and by when.
    pub delivery: Delivery,
    /// What the buyer adds.
    pub note: String,
}

/// Places one order for each supplier and currency of the basket (or those that are named), all of them or none, and
/// takes the goods out of stock. What is ordered leaves the basket.
///
/// # Errors
/// `NOTHING_TO_ORDER`; at `lines.INDEX` of the basket `PRICE_CHANGED`, `NOT_ON_OFFER`, `STOCK_TOO_LOW`, `OUT_OF_RANGE`,
/// `NOT_DELIVERED_THERE`; what [`Placement::place`] says; `CONFLICT` when the basket was changed meanwhile.
pub async fn place(app: &App, ctx: &Context, checkout: Checkout) -> Result<Vec<Order>> {
    buyer(ctx)?;
    app.store
        .write_once(ctx, "placeOrders", checkout, |tx, checkout| async move {
            let ctx = tx.ctx();
            let person = ctx.person()?;
            let mut basket = load_or_make(&tx).await?;
            let items = items_of(&tx, &basket).await?;
            // As the buyer sees them: what is ordered leaves the basket one group after the other.
            let lines: Vec<_> = basket.lines.iter().map(|line| line.item).collect();
            let groups = wanted_groups(&basket, &checkout.suppliers)?;
            let place = checkout.delivery.region_code.trim();
            let mut refusals = Refusals::default();
            for group in &groups {
                // Against the basket as the buyer sees it, so that paths name its lines.
                if let Err(found) = basket.clone().check_out(*group, place, &items, today(ctx), ctx.now()) {
                    refusals.0.extend(found.0);
                }
            }
            if refusals.0.is_empty() {
                // The delivery is the same for all: one of them says all that is wrong with it.
                if let Err(found) = checkout.delivery.clone().check(today(ctx)) {
                    refusals.0.extend(found.0.into_iter().map(|refusal| refusal.under("delivery")));
                }
            }
            refusals.into_result()?;
            let mut orders = Vec::with_capacity(groups.len());
            for group in groups {
                let (rest, items) = basket.check_out(group, place, &items, today(ctx), ctx.now())?;
                basket = rest;
                let placement = Placement {
                    id: ctx.new_id(),
                    number: number(today(ctx), ctx.chance().bytes()),
                    supplier: group.0,
                    items,
                    delivery: checkout.delivery.clone(),
                    note: checkout.note.clone(),
                };
                let (order, event) = placement.place(person, ctx.now())?;
                if let Some((item, refusal)) = stock::take(&tx, order.reserved()).await? {
                    let line = lines.iter().position(|line| *line == item).unwrap_or_default();
                    return Err(refusal.under(&format!("lines.{line}")).into());
                }
                orders_kept::insert(&tx, &order).await?;
                tx.record(event).await?;
                orders.push(order);
            }
            baskets::save(&tx, basket).await?;
            Ok(orders)
        })
        .await
}

fn wanted_groups(basket: &Basket, suppliers: &[OrganizationId]) -> Result<Vec<(OrganizationId, Currency)>> {
    let groups = basket.groups();
    let is_there = |supplier: &OrganizationId| groups.iter().any(|group| group.supplier == *supplier);
    if groups.is_empty() || !suppliers.iter().all(is_there) {
        return Err(Error::refused(Code::NothingToOrder));
    }
    let wanted = groups.iter().filter(|group| suppliers.is_empty() || suppliers.contains(&group.supplier));
    Ok(wanted.map(|group| (group.supplier, group.currency)).collect())
}

/// The supplier promises to deliver all by `promised_on`.
///
/// # Errors
/// `NotFound`, `Forbidden`, and what [`Order::confirm`] says.
pub async fn confirm(app: &App, ctx: &Context, id: OrderId, promised_on: NaiveDate) -> Result<Order> {
    let act = Act { operation: "confirmOrder", step: OrderStep::Confirm };
    transition(app, ctx, act, id, promised_on, |order, promised_on, ctx, by| order.confirm(promised_on, by, ctx.now())).await
}

/// The supplier will not deliver, and says why. What it had in stock for the order is free again.
///
/// # Errors
/// `NotFound`, `Forbidden`, and what [`Order::refuse`] says.
pub async fn refuse(app: &App, ctx: &Context, id: OrderId, reason: &str) -> Result<Order> {
    let act = Act { operation: "refuseOrder", step: OrderStep::Refuse };
    transition(app, ctx, act, id, reason.to_owned(), |order, reason, ctx, by| order.refuse(&reason, by, ctx.now())).await
}

/// Either side calls the whole order off before anything has left.
///
/// # Errors
/// `NotFound`, `Forbidden`, and what [`Order::cancel`] says.
pub async fn cancel(app: &App, ctx: &Context, id: OrderId, reason: &str) -> Result<Order> {
    let act = Act { operation: "cancelOrder", step: OrderStep::Cancel };
    transition(app, ctx, act, id, reason.to_owned(), |order, reason, ctx, by| order.cancel(&reason, by, ctx.now())).await
}

/// Either side cancels what has not left yet.
///
/// # Errors
/// `NotFound`, `Forbidden`, and what [`Order::cancel_rest`] says.
pub async fn cancel_rest(app: &App, ctx: &Context, id: OrderId, reason: &str) -> Result<Order> {
    let act = Act { operation: "cancelOrderRest", step: OrderStep::CancelRest };
    transition(app, ctx, act, id, reason.to_owned(), |order, reason, ctx, by| order.cancel_rest(&reason, by, ctx.now())).await
}

/// The buyer closes an order on which nothing is owed any more.
///
/// # Errors
/// `NotFound`, `Forbidden`, and what [`Order::close`] says.
pub async fn close(app: &App, ctx: &Context, id: OrderId) -> Result<Order> {
    let act = Act { operation: "closeOrder", step: OrderStep::Close };
    transition(app, ctx, act, id, (), |order, (), ctx, by| order.close(by, ctx.now())).await
}

/// What is done to an order, apart from its input.
#[derive(Clone, Copy)]
pub(super) struct Act {
    /// The name of the mutation.
    pub(super) operation: &'static str,
    /// The step, which knows who may take it and what becomes of the stock.
    pub(super) step: OrderStep,
}

/// The pure step of an act.
pub(super) type Decide<I> = fn(Order, I, &Context, &Person) -> Result<(Order, Event), Refusals>;

/// Load, allow, decide, save: the same beats for every step of an order.
pub(super) async fn transition<I>(app: &App, ctx: &Context, act: Act, id: OrderId, input: I, decide: Decide<I>) -> Result<Order>
where
    I: Clone + Serialize + Send + Sync + 'static,
{
    ctx.person()?;
    app.store
        .write_once(ctx, act.operation, (id, input), move |tx: Tx, (id, input): (OrderId, I)| async move {
            let ctx = tx.ctx();
            let order = known(ctx, orders_kept::by_id(tx.db(), id).await?)?;
            ctx.allow(act.step.action(), &scope(&order))?;
            let kept = if act.step.frees_stock() { order.reserved() } else { Vec::new() };
            let received = order.receipts.len();
            let (order, event) = decide(order, input, ctx, ctx.person()?)?;
            // What a receipt shows, both sides may see.
            for receipt in order.receipts.iter().skip(received) {
                attach_pictures(&tx, &receipt.photos, id.0, "photoIds").await?;
            }
            let order = orders_kept::save(&tx, order).await?;
            stock::give_back(&tx, kept).await?;
            tx.record(event).await?;
            Ok(order)
        })
        .await
}

/// An order of which the actor may know: its two sides and the marketplace.
fn known(ctx: &Context, order: Option<Order>) -> Result<Order> {
    order.filter(|order| ctx.allow(Action::ReadOrder, &scope(order)).is_ok()).ok_or(Error::NotFound)
}

fn scope(order: &Order) -> Scope {
    Scope::owned_by(order.buyer).with_party(order.supplier)
}

/// The order with this id.
///
/// # Errors
/// `Unauthenticated`; `NotFound`, also for those who are neither of its sides.
pub async fn order(app: &App, ctx: &Context, id: OrderId) -> Result<Order> {
    if matches!(ctx.actor, Actor::Public) {
        return Err(Error::Unauthenticated);
    }
    known(ctx, orders_kept::by_id(app.store.reader(), id).await?)
}

/// What the actor may do to the order now, by its state, the actor's side and roles.
pub fn steps(ctx: &Context, order: &Order) -> Vec<OrderStep> {
    let Some(side) = ctx.person().ok().and_then(|person| order.side_of(person).ok()) else { return Vec::new() };
    let may = |step: &OrderStep| ctx.allow(step.action(), &scope(order)).is_ok();
    order.steps(side).into_iter().filter(may).collect()
}

/// The place of an order in a list: when it was placed, and its id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderKey(pub DateTime<Utc>, pub Uuid);

impl OrderKey {
    /// The key of an order.
    pub const fn of(order: &Order) -> Self {
        Self(order.placed_at, order.id.0)
    }
}

/// At most `most` orders of the organization for which the actor acts, as buyer or supplier, the newest first, in one
/// statement. `states` are names of [`OrderState::NAMES`]; none means all.
///
/// # Errors
/// `Unauthenticated`; `MALFORMED` at `states` for a name that is none.
pub async fn orders(app: &App, ctx: &Context, states: &[String], after: Option<&OrderKey>, most: u64) -> Result<Vec<Order>> {
    let wanted = wanted(ctx, states, after)?;
    orders_kept::page(app.store.reader(), &wanted, most).await
}

/// How many orders [`orders`] would find on all pages.
///
/// # Errors
/// As [`orders`].
pub async fn count(app: &App, ctx: &Context, states: &[String]) -> Result<u64> {
    let wanted = wanted(ctx, states, None)?;
    orders_kept::count(app.store.reader(), &wanted).await
}

fn wanted(ctx: &Context, states: &[String], after: Option<&OrderKey>) -> Result<orders_kept::Wanted> {
    let of = ctx.person()?.organization;
    ctx.allow(Action::ReadOrder, &Scope::owned_by(of))?;
    let known = |state: &String| OrderState::NAMES.into_iter().find(|name| name == state);
    let statuses: Option<Vec<_>> = states.iter().map(known).collect();
    let statuses = statuses.ok_or_else(|| Refusal::at(Code::Malformed, "states").with("expected", "OrderState"))?;
    Ok(orders_kept::Wanted { of, statuses, after: after.map(|key| (key.0, key.1)) })
}

/// Something that happened to an order.
#[derive(Clone, Debug)]
pub struct OrderEvent {
    /// Its number.
    pub id: EventId,
    /// Noun and past participle: `order.despatched`.
    pub name: String,
    /// Which side acted; neither when the marketplace did.
    pub side: Option<Side>,
    /// Who acted.
    pub user: Option<UserId>,
    /// What is to be said of it.
    pub content: serde_json::Value,
    /// When.
    pub occurred_at: DateTime<Utc>,
}

/// What happened to an order, the oldest first: the timeline that its two sides read, and nobody else.
///
/// # Errors
/// As [`order`].
pub async fn order_events(app: &App, ctx: &Context, id: OrderId) -> Result<Vec<OrderEvent>> {
    order(app, ctx, id).await?;
    Ok(timelines(app, ctx, &[id]).await?.remove(&id).unwrap_or_default())
}

/// As [`order_events`], of many orders; one that the actor may not know of has none.
///
/// # Errors
/// When the store does not answer.
pub async fn timelines(app: &App, ctx: &Context, ids: &[OrderId]) -> Result<BTreeMap<OrderId, Vec<OrderEvent>>> {
    let orders = orders_kept::by_ids(app.store.reader(), ids).await?;
    let orders: BTreeMap<OrderId, Order> =
        orders.into_iter().filter_map(|order| known(ctx, Some(order)).ok()).map(|order| (order.id, order)).collect();
    let readable: Vec<OrderId> = orders.keys().copied().collect();
    let mut told_of: BTreeMap<OrderId, Vec<OrderEvent>> = BTreeMap::new();
    for row in orders_kept::events(app.store.reader(), &readable).await? {
        if let Some(order) = orders.get(&OrderId(row.subject_id)) {
            told_of.entry(order.id).or_default().push(told(order, row));
        }
    }
    Ok(told_of)
}

fn told(order: &Order, row: event::Model) -> OrderEvent {
    let side = row.organization_id.and_then(|organization| match OrganizationId(organization) {
        of if of == order.buyer => Some(Side::Buyer),
        of if of == order.supplier => Some(Side::Supplier),
        _ => None,
    });
    OrderEvent {
        id: EventId(row.id),
        name: row.name,
        side,
        user: row.user_id.map(UserId),
        content: row.content,
        occurred_at: row.occurred_at,
    }
}
