//! The room `contracting`: root fields.

pub mod basket;
pub mod bid_security;
pub mod bid_validity;
pub mod bid_security_root;
pub mod contract;
pub mod order;
pub mod order_acts;
pub mod order_line;
pub mod receipt;
pub mod shipment;

use crate::connection::{cursor, page};
use crate::ident;
use crate::payload::{UserError, coded, found, settle};
use crate::request::{Asker, asker, once};
use app::contracting::basket as baskets;
use app::contracting::order::{self as orders, OrderKey};
use app::contracting::{receipt as receipts, shipment as shipments};
use async_graphql::{Context, ID, Object, Result};
use basket::{
    AcceptBasketPricesInput, AcceptBasketPricesPayload, AddToBasketInput, AddToBasketPayload, Basket, ChangeBasketLineInput,
    ChangeBasketLinePayload, PlaceOrdersInput, PlaceOrdersPayload, RemoveFromBasketInput, RemoveFromBasketPayload,
};
use domain::ident::{CatalogueItemId, OrderId};
use order::{Order, OrderConnection, OrderEdge, OrderState, with_parties};
use order_acts::{
    CancelOrderInput, CancelOrderPayload, CancelOrderRestInput, CancelOrderRestPayload, CloseOrderInput, CloseOrderPayload,
    ConfirmOrderInput, ConfirmOrderPayload, DespatchOrderPayload, ReceiveGoodsPayload, RefuseOrderInput, RefuseOrderPayload,
};
use receipt::ReceiveGoodsInput;
use shipment::DespatchOrderInput;

/// Root fields that read baskets and orders.
#[derive(Default)]
pub struct ContractingQuery;

#[Object]
impl ContractingQuery {
    /// Your basket for the buyer for whom you act. Officers only.
    async fn basket(&self, graphql: &Context<'_>) -> Result<Basket> {
        let asker = asker(graphql)?;
        let today = baskets::basket(&asker.app, &asker.ctx).await.map_err(|error| coded(&asker.ctx, error))?;
        Basket::of(asker, today).await
    }

    /// An order by its global id; null when there is none, or when you are on neither side of it.
    async fn order(&self, graphql: &Context<'_>, #[graphql(desc = "Its global id.")] id: ID) -> Result<Option<Order>> {
        let asker = asker(graphql)?;
        let id = ident::of_kind(&id, OrderId::KIND, "id").map_err(|error| coded(&asker.ctx, error))?;
        let order = found(&asker.ctx, orders::order(&asker.app, &asker.ctx, id).await)?;
        Ok(with_parties(asker, order.into_iter().collect()).await?.pop())
    }

    /// The orders of the organization for which you act, as buyer or supplier, the newest first.
    async fn orders(
        &self,
        graphql: &Context<'_>,
        #[graphql(desc = "How many, from 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "Begin after this cursor.")] after: Option<String>,
        #[graphql(desc = "In these states only; in all when left out.", default)] states: Vec<OrderState>,
    ) -> Result<OrderConnection> {
        let asker = asker(graphql)?;
        let page = page::<OrderKey>(first, after.as_deref()).map_err(|error| coded(&asker.ctx, error))?;
        let states: Vec<String> = states.into_iter().map(|state| state.name().to_owned()).collect();
        let most = u64::try_from(page.first).unwrap_or(1) + 1;
        let found = orders::orders(&asker.app, &asker.ctx, &states, page.after.as_ref(), most).await;
        let mut found = found.map_err(|error| coded(&asker.ctx, error))?;
        let has_next = found.len() > page.first;
        found.truncate(page.first);
        let keys: Vec<_> = found.iter().map(|order| cursor(&OrderKey::of(order))).collect();
        let orders = with_parties(asker, found).await?;
        let edges = keys.into_iter().zip(orders).map(|(cursor, node)| OrderEdge { cursor, node }).collect();
        Ok(OrderConnection { edges, has_next, states })
    }
}

/// Root fields that change baskets and orders.
#[derive(Default)]
pub struct ContractingMutation;

#[Object]
impl ContractingMutation {
    /// Puts an item into your basket.
    async fn add_to_basket(
        &self,
        graphql: &Context<'_>,
        #[graphql(desc = "The item and how many.")] input: AddToBasketInput,
    ) -> Result<AddToBasketPayload> {
        let asker = once(graphql, input.idempotency_key)?;
        let result = match ident::of_kind(&input.item_id, CatalogueItemId::KIND, "itemId") {
            Ok(item) => baskets::add(&asker.app, &asker.ctx, item, input.quantity).await,
            Err(error) => Err(error),
        };
        let (basket, user_errors) = answer_basket(&asker, result).await?;
        Ok(AddToBasketPayload { basket, user_errors })
    }

    /// Changes how many of an item are in your basket; its price is the one of today.
    async fn change_basket_line(
        &self,
        graphql: &Context<'_>,
        #[graphql(desc = "The item and how many.")] input: ChangeBasketLineInput,
    ) -> Result<ChangeBasketLinePayload> {
        let asker = once(graphql, input.idempotency_key)?;
        let result = match ident::of_kind(&input.item_id, CatalogueItemId::KIND, "itemId") {
            Ok(item) => baskets::change(&asker.app, &asker.ctx, item, input.quantity).await,
            Err(error) => Err(error),
        };
        let (basket, user_errors) = answer_basket(&asker, result).await?;
        Ok(ChangeBasketLinePayload { basket, user_errors })
    }

    /// Takes an item out of your basket.
    async fn remove_from_basket(
        &self,
        graphql: &Context<'_>,
        #[graphql(desc = "The item.")] input: RemoveFromBasketInput,
    ) -> Result<RemoveFromBasketPayload> {
        let asker = once(graphql, input.idempotency_key)?;
        let result = match ident::of_kind(&input.item_id, CatalogueItemId::KIND, "itemId") {
            Ok(item) => baskets::remove(&asker.app, &asker.ctx, item).await,
            Err(error) => Err(error),
        };
        let (basket, user_errors) = answer_basket(&asker, result).await?;
        Ok(RemoveFromBasketPayload { basket, user_errors })
    }

    /// Accepts the prices that the catalogue says today for everything in your basket.
    async fn accept_basket_prices(
        &self,
        graphql: &Context<'_>,
        #[graphql(desc = "Nothing but the idempotency key.")] input: AcceptBasketPricesInput,
    ) -> Result<AcceptBasketPricesPayload> {
        let asker = once(graphql, input.idempotency_key)?;
        let result = baskets::accept_prices(&asker.app, &asker.ctx).await;
        let (basket, user_errors) = answer_basket(&asker, result).await?;
        Ok(AcceptBasketPricesPayload { basket, user_errors })
    }

    /// Orders what is in your basket: one order for each supplier and currency, all of them or none. A price that
    /// changed since you saw it is told, never silently taken.
    async fn place_orders(
        &self,
        graphql: &Context<'_>,
        #[graphql(desc = "Of whom, where to and by when.")] input: PlaceOrdersInput,
    ) -> Result<PlaceOrdersPayload> {
        let asker = once(graphql, input.idempotency_key.clone())?;
        let result = match input.checkout() {
            Ok(checkout) => orders::place(&asker.app, &asker.ctx, checkout).await,
            Err(error) => Err(error),
        };
        let (placed, user_errors) = settle(&asker.ctx, result)?;
        Ok(PlaceOrdersPayload { orders: with_parties(&asker, placed.unwrap_or_default()).await?, user_errors })
    }

    /// The supplier promises to deliver.
    async fn confirm_order(
        &self,
        graphql: &Context<'_>,
        #[graphql(desc = "The order and the day.")] input: ConfirmOrderInput,
    ) -> Result<ConfirmOrderPayload> {
        let asker = once(graphql, input.idempotency_key)?;
        let result = match order_id(&input.order_id) {
            Ok(id) => orders::confirm(&asker.app, &asker.ctx, id, input.promised_on).await,
            Err(error) => Err(error),
        };
        let (order, user_errors) = answer(&asker, result).await?;
        Ok(ConfirmOrderPayload { order, user_errors })
    }

    /// The supplier will not deliver, and says why.
    async fn refuse_order(
        &self,
        graphql: &Context<'_>,
        #[graphql(desc = "The order and the reason.")] input: RefuseOrderInput,
    ) -> Result<RefuseOrderPayload> {
        let asker = once(graphql, input.idempotency_key)?;
        let result = match order_id(&input.order_id) {
            Ok(id) => orders::refuse(&asker.app, &asker.ctx, id, &input.reason).await,
            Err(error) => Err(error),
        };
        let (order, user_errors) = answer(&asker, result).await?;
        Ok(RefuseOrderPayload { order, user_errors })
    }

    /// Either side calls an order off before anything has left.
    async fn cancel_order(
        &self,
        graphql: &Context<'_>,
        #[graphql(desc = "The order and the reason.")] input: CancelOrderInput,
    ) -> Result<CancelOrderPayload> {
        let asker = once(graphql, input.idempotency_key)?;
        let result = match order_id(&input.order_id) {
            Ok(id) => orders::cancel(&asker.app, &asker.ctx, id, &input.reason).await,
            Err(error) => Err(error),
        };
        let (order, user_errors) = answer(&asker, result).await?;
        Ok(CancelOrderPayload { order, user_errors })
    }

    /// Either side cancels what has not left yet, once something has.
    async fn cancel_order_rest(
        &self,
        graphql: &Context<'_>,
        #[graphql(desc = "The order and the reason.")] input: CancelOrderRestInput,
    ) -> Result<CancelOrderRestPayload> {
        let asker = once(graphql, input.idempotency_key)?;
        let result = match order_id(&input.order_id) {
            Ok(id) => orders::cancel_rest(&asker.app, &asker.ctx, id, &input.reason).await,
            Err(error) => Err(error),
        };
        let (order, user_errors) = answer(&asker, result).await?;
        Ok(CancelOrderRestPayload { order, user_errors })
    }

    /// The supplier reports goods that have left, wholly or in part.
    async fn despatch_order(
        &self,
        graphql: &Context<'_>,
        #[graphql(desc = "What was sent and how.")] input: DespatchOrderInput,
    ) -> Result<DespatchOrderPayload> {
        let asker = once(graphql, input.idempotency_key.clone())?;
        let result = match order_id(&input.order_id) {
            Ok(id) => shipments::despatch(&asker.app, &asker.ctx, id, input.into()).await,
            Err(error) => Err(error),
        };
        let (order, user_errors) = answer(&asker, result).await?;
        Ok(DespatchOrderPayload { order, user_errors })
    }

    /// The buyer records goods that have arrived, wholly or in part, and those that it refuses.
    async fn receive_goods(
        &self,
        graphql: &Context<'_>,
        #[graphql(desc = "What arrived.")] input: ReceiveGoodsInput,
    ) -> Result<ReceiveGoodsPayload> {
        let asker = once(graphql, input.idempotency_key.clone())?;
        let read = order_id(&input.order_id).and_then(|id| Ok((id, input.receiving()?)));
        let result = match read {
            Ok((id, receiving)) => receipts::receive(&asker.app, &asker.ctx, id, receiving).await,
            Err(error) => Err(error),
        };
        let (order, user_errors) = answer(&asker, result).await?;
        Ok(ReceiveGoodsPayload { order, user_errors })
    }

    /// The buyer closes an order on which nothing is owed any more.
    async fn close_order(
        &self,
        graphql: &Context<'_>,
        #[graphql(desc = "The order.")] input: CloseOrderInput,
    ) -> Result<CloseOrderPayload> {
        let asker = once(graphql, input.idempotency_key)?;
        let result = match order_id(&input.order_id) {
            Ok(id) => orders::close(&asker.app, &asker.ctx, id).await,
            Err(error) => Err(error),
        };
        let (order, user_errors) = answer(&asker, result).await?;
        Ok(CloseOrderPayload { order, user_errors })
    }
}

fn order_id(id: &ID) -> Result<OrderId, app::Error> {
    ident::of_kind(id, OrderId::KIND, "orderId")
}

async fn answer(
    asker: &Asker,
    result: app::Result<domain::contracting::order::Order>,
) -> Result<(Option<Order>, Vec<UserError>)> {
    let (order, user_errors) = settle(&asker.ctx, result)?;
    Ok((with_parties(asker, order.into_iter().collect()).await?.pop(), user_errors))
}

async fn answer_basket(asker: &Asker, result: app::Result<baskets::BasketToday>) -> Result<(Option<Basket>, Vec<UserError>)> {
    let (today, user_errors) = settle(&asker.ctx, result)?;
    let basket = match today {
        Some(today) => Some(Basket::of(asker, today).await?),
        None => None,
    };
    Ok((basket, user_errors))
}
