//! The basket.

use crate::contracting::order::Order;
use crate::ident;
use crate::identity::organization::Organization;
use crate::payload::{UserError, coded};
use crate::request::{Asker, asker};
use crate::values::{LocalText, Money};
use app::contracting::basket::BasketToday;
use app::contracting::order::Checkout;
use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use chrono::{DateTime, NaiveDate, Utc};
use domain::contracting::basket::{BasketLine as Line, LineChange};
use domain::contracting::delivery::Delivery;
use domain::ident::{BasketId, CatalogueItemId, OrganizationId};
use domain::money::Currency;

/// Your basket beside the catalogue of today.
pub struct Basket {
    today: BasketToday,
    suppliers: Vec<domain::identity::organization::Organization>,
}

impl Basket {
    /// Gives a basket the names of its suppliers, in one statement.
    pub(crate) async fn of(asker: &Asker, today: BasketToday) -> Result<Self> {
        let mut ids: Vec<OrganizationId> = today.basket.lines.iter().map(|line| line.supplier).collect();
        ids.sort_unstable();
        ids.dedup();
        let suppliers = app::identity::organization::organizations(&asker.app, &asker.ctx, &ids).await;
        Ok(Self { suppliers: suppliers.map_err(|error| coded(&asker.ctx, error))?, today })
    }

    fn group(&self, supplier: OrganizationId, currency: Currency, total: Option<domain::money::Money>) -> BasketGroup {
        let lines = self.today.basket.lines.iter().enumerate();
        let lines = lines
            .filter(|(_, line)| line.supplier == supplier && line.unit_price.currency == currency)
            .map(|(index, line)| BasketLine {
                index,
                line: line.clone(),
                change: self.today.changes.iter().find(|change| change.item == line.item).cloned(),
            });
        BasketGroup {
            supplier: self.suppliers.iter().find(|organization| organization.id == supplier).cloned().map(Organization),
            supplier_id: ident::global(OrganizationId::KIND, supplier.0),
            total: total.map(Money::from),
            lines: lines.collect(),
        }
    }
}

/// Your basket: what you collect for the buyer for whom you act, until you order it.
#[Object]
impl Basket {
    /// Its global id.
    async fn id(&self) -> ID {
        ident::global(BasketId::KIND, self.today.basket.id.0)
    }

    /// When it was last changed.
    async fn changed_at(&self) -> DateTime<Utc> {
        self.today.basket.changed_at
    }

    /// How many lines it has, at most 200.
    async fn line_count(&self) -> usize {
        self.today.basket.lines.len()
    }

    /// Its lines by supplier and currency: each group becomes one order.
    async fn groups(&self) -> Vec<BasketGroup> {
        let groups = self.today.basket.groups();
        groups.into_iter().map(|group| self.group(group.supplier, group.currency, group.total)).collect()
    }
}

/// The lines of one supplier in one currency.
#[derive(SimpleObject)]
pub struct BasketGroup {
    /// Who sells; null when it is there no more.
    supplier: Option<Organization>,
    /// The supplier's global id.
    supplier_id: ID,
    /// The sum at the prices that you have seen; null when it is larger than amounts may be.
    total: Option<Money>,
    /// What.
    lines: Vec<BasketLine>,
}

/// One item of a basket.
pub struct BasketLine {
    index: usize,
    line: Line,
    change: Option<LineChange>,
}

/// One item of a basket.
#[Object]
impl BasketLine {
    /// Its place in the basket, from 0: `userErrors` name it as `lines.INDEX`.
    async fn index(&self) -> usize {
        self.index
    }

    /// The catalogue item's global id.
    async fn item_id(&self) -> ID {
        ident::global(CatalogueItemId::KIND, self.line.item.0)
    }

    /// Its name when it was put in.
    async fn name(&self) -> LocalText {
        self.line.name.clone().into()
    }

    /// Its unit.
    async fn unit(&self) -> &str {
        &self.line.unit
    }

    /// How many.
    async fn quantity(&self) -> i64 {
        self.line.quantity
    }

    /// The price for one that you have seen.
    async fn unit_price(&self) -> Money {
        self.line.unit_price.into()
    }

    /// The price for all; null when it is larger than amounts may be.
    async fn price(&self) -> Option<Money> {
        self.line.unit_price.times(self.line.quantity).map(Money::from)
    }

    /// What has changed since you saw it, so that it can't be ordered as it stands; null when nothing has. `PRICE_CHANGED`
    /// is mended by `acceptBasketPrices`, the others by another quantity or by taking the item out.
    async fn problem(&self, graphql: &Context<'_>) -> Result<Option<UserError>> {
        let ctx = &asker(graphql)?.ctx;
        Ok(self.change.as_ref().map(|change| UserError::new(ctx, &change.refusal)))
    }
}

/// An item to put into the basket.
#[derive(Clone, InputObject)]
pub struct AddToBasketInput {
    /// The catalogue item.
    pub item_id: ID,
    /// How many, from 1 to 1,000,000; joins what is in already.
    pub quantity: i64,
    /// Makes the act happen once however often it is sent; at most 200 bytes. The `Idempotency-Key` header serves too.
    pub idempotency_key: Option<String>,
}

/// Another quantity of an item in the basket.
#[derive(Clone, InputObject)]
pub struct ChangeBasketLineInput {
    /// The catalogue item.
    pub item_id: ID,
    /// How many, from 1 to 1,000,000.
    pub quantity: i64,
    /// Makes the act happen once however often it is sent; at most 200 bytes. The `Idempotency-Key` header serves too.
    pub idempotency_key: Option<String>,
}

/// An item to take out of the basket.
#[derive(Clone, InputObject)]
pub struct RemoveFromBasketInput {
    /// The catalogue item.
    pub item_id: ID,
    /// Makes the act happen once however often it is sent; at most 200 bytes. The `Idempotency-Key` header serves too.
    pub idempotency_key: Option<String>,
}

/// Acceptance of the prices of today.
#[derive(Clone, InputObject)]
pub struct AcceptBasketPricesInput {
    /// Makes the act happen once however often it is sent; at most 200 bytes. The `Idempotency-Key` header serves too.
    pub idempotency_key: Option<String>,
}

macro_rules! payloads {
    ($( $(#[$meta:meta])* $name:ident ),* $(,)?) => {
        $(
            $(#[$meta])*
            #[derive(SimpleObject)]
            pub struct $name {
                /// The basket as it is now; null when refused.
                pub basket: Option<Basket>,
                /// What to mend.
                pub user_errors: Vec<UserError>,
            }
        )*
    };
}
payloads! {
    /// An item put in.
    AddToBasketPayload,
    /// A quantity changed.
    ChangeBasketLinePayload,
    /// An item taken out.
    RemoveFromBasketPayload,
    /// Prices accepted.
    AcceptBasketPricesPayload,
}

/// Where, to whom and by when goods are delivered. Seen by the two sides of the order only.
#[derive(Clone, InputObject)]
pub struct DeliveryInput {
    /// The administrative region, six digits of GB/T 2260.
    pub region_code: String,
    /// Street, building and door, at most 300 characters.
    pub address: String,
    /// Who takes the goods, at most 60 characters.
    pub contact_name: String,
    /// Where to call: 5 to 30 digits, spaces, `+`, `-`, brackets.
    pub contact_phone: String,
    /// The last day on which it is in time.
    pub by_on: NaiveDate,
    /// Gate, opening hours, lift and the like, at most 500 characters.
    #[graphql(default)]
    pub instructions: String,
}

impl From<DeliveryInput> for Delivery {
    fn from(input: DeliveryInput) -> Self {
        Self {
            region_code: input.region_code,
            address: input.address,
            contact_name: input.contact_name,
            contact_phone: input.contact_phone,
            by_on: input.by_on,
            instructions: input.instructions,
        }
    }
}

/// What to order out of the basket.
#[derive(Clone, InputObject)]
pub struct PlaceOrdersInput {
    /// Of these suppliers; of all when left out.
    #[graphql(default)]
    pub supplier_ids: Vec<ID>,
    /// Where to and by when.
    pub delivery: DeliveryInput,
    /// What you add, at most 1,000 characters.
    #[graphql(default)]
    pub note: String,
    /// Makes the act happen once however often it is sent; at most 200 bytes. The `Idempotency-Key` header serves too.
    pub idempotency_key: Option<String>,
}

impl PlaceOrdersInput {
    /// Reads the ids.
    pub(crate) fn checkout(self) -> Result<Checkout, app::Error> {
        let suppliers = self.supplier_ids.iter().enumerate();
        let suppliers = suppliers.map(|(index, id)| ident::of_kind(id, OrganizationId::KIND, &format!("supplierIds.{index}")));
        Ok(Checkout { suppliers: suppliers.collect::<Result<_, _>>()?, delivery: self.delivery.into(), note: self.note })
    }
}

/// Orders placed, one for each supplier and currency: all of them or none.
#[derive(SimpleObject)]
pub struct PlaceOrdersPayload {
    /// The orders; empty when refused.
    pub orders: Vec<Order>,
    /// What to mend.
    pub user_errors: Vec<UserError>,
}
