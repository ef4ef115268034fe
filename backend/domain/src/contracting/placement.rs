//! Placing an order: the basket's lines of one supplier become a promise to buy.

use super::delivery::Delivery;
use super::order::{Order, OrderLine, OrderState};
use super::quantities::Quantities;
use super::receipt::NOTE_MOST_CHARS;
use crate::ident::{CatalogueItemId, OrderId, OrganizationId};
use crate::identity::actor::Person;
use crate::language::LocalText;
use crate::money::Money;
use crate::oversight::event::Event;
use crate::refusal::{Code, Refusal, Refusals, check_text};
use crate::text::ZONE;
use chrono::{DateTime, NaiveDate, Utc};
use serde_json::json;

/// The most lines of an order.
pub const ORDER_LINES_MOST: usize = 200;

/// The number of an order on paper: the day, and eight letters and digits of 40 random bits. Letters that are read as
/// digits are left out (Crockford's base 32), since it is told over the telephone.
pub fn number(today: NaiveDate, random: [u8; 5]) -> String {
    const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    let bits = random.iter().fold(0_u64, |bits, byte| bits << 8 | u64::from(*byte));
    let letters = (0..8).rev().map(|place| char::from(LETTERS[usize::try_from(bits >> (5 * place) & 31).unwrap_or(0)]));
    format!("DD{}-{}", today.format("%Y%m%d"), letters.collect::<String>())
}

/// One item to order, as checked against the catalogue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderedItem {
    /// The item.
    pub item: CatalogueItemId,
    /// Its name now.
    pub name: LocalText,
    /// Its unit now.
    pub unit: String,
    /// Its price for one at this quantity.
    pub unit_price: Money,
    /// How many.
    pub quantity: i64,
}

/// What a buyer orders of one supplier, in one currency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placement {
    /// The order's number in the database.
    pub id: OrderId,
    /// The order's number on paper.
    pub number: String,
    /// Who delivers.
    pub supplier: OrganizationId,
    /// What.
    pub items: Vec<OrderedItem>,
    /// Where to and by when.
    pub delivery: Delivery,
    /// What the buyer adds.
    pub note: String,
}

impl Placement {
    /// Places the order for the organization of `by`.
    ///
    /// # Errors
    /// `NOTHING_TO_ORDER`, `OUT_OF_RANGE` (more than [`ORDER_LINES_MOST`] lines, a quantity, a day), `CURRENCIES_DIFFER`,
    /// `AMOUNT_TOO_LARGE`, and what [`Delivery::check`] says under `delivery`.
    pub fn place(self, by: &Person, now: DateTime<Utc>) -> Result<(Order, Event), Refusals> {
        let mut refusals = Refusals::default();
        let delivery = match self.delivery.check(now.with_timezone(&ZONE).date_naive()) {
            Ok(delivery) => delivery,
            Err(found) => {
                found.0.into_iter().for_each(|refusal| refusals.push(refusal.under("delivery")));
                Delivery::default()
            }
        };
        let note = refusals.take("note", check_text(&self.note, false, NOTE_MOST_CHARS)).unwrap_or_default();
        let Some(first) = self.items.first() else {
            refusals.push(Refusal::at(Code::NothingToOrder, "items"));
            return Err(refusals);
        };
        let currency = first.unit_price.currency;
        if self.items.len() > ORDER_LINES_MOST {
            refusals.push(Refusal::at(Code::OutOfRange, "items").with("least", 1_i64).with("most", ORDER_LINES_MOST));
        }
        refusals.take("items", total(&self.items));
        let mut lines = Vec::with_capacity(self.items.len());
        for (index, item) in self.items.into_iter().enumerate() {
            let Some(quantities) = refusals.take(&format!("items.{index}.quantity"), Quantities::of(item.quantity)) else {
                continue;
            };
            let number = u32::try_from(index + 1).unwrap_or(u32::MAX);
            let OrderedItem { item, name, unit, unit_price, .. } = item;
            lines.push(OrderLine { number, item, name, unit, unit_price, quantities });
        }
        refusals.into_result()?;

        let order = Order {
            id: self.id,
            version: 1,
            number: self.number,
            buyer: by.organization,
            supplier: self.supplier,
            placed_by: by.user,
            placed_at: now,
            currency,
            lines,
            delivery,
            note,
            shipments: Vec::new(),
            receipts: Vec::new(),
            state: OrderState::Placed,
        };
        let content = json!({
            "number": order.number, "state": order.state.name(), "value": order.value(),
            "lines": order.lines.len(), "by_on": order.delivery.by_on,
        });
        let event = order.event("order.placed", &content);
        Ok((order, event))
    }
}

/// The value of items in one currency.
///
/// # Errors
/// `CURRENCIES_DIFFER`, `AMOUNT_TOO_LARGE`.
pub fn total(items: &[OrderedItem]) -> Result<Money, Refusal> {
    let currency = items.first().map_or(crate::money::Currency::CNY, |item| item.unit_price.currency);
    items.iter().try_fold(Money::new(0, currency), |sum, item| {
        if item.unit_price.currency != currency {
            return Err(Refusal::new(Code::CurrenciesDiffer));
        }
        let too_large = || Refusal::new(Code::AmountTooLarge).with("most", Money::new(Money::MOST_MINOR, currency));
        item.unit_price.times(item.quantity).and_then(|price| sum.plus(price)).ok_or_else(too_large)
    })
}
