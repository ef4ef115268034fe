//! An order to one supplier: from the basket to goods received, as a state machine that can't be in two minds.
//!
//! ```text
//! Placed ─confirm→ Confirmed ─despatch→ PartlyDespatched → Despatched ─receive→ PartlyReceived → Received ─close→ Closed
//!   ├─refuse (supplier)→ Refused
//!   └─cancel (buyer; from Confirmed either side)→ Cancelled
//! ```
//!
//! Despatch and receipt alternate freely; the state follows from the quantities of the lines, which one place
//! counts ([`super::quantities`]). What has not been despatched can be cancelled by either side (`cancel_rest`), goods
//! that are refused at the door can be sent again. Transitions consume the order and return it with an event;
//! `despatch` stands in [`super::shipment`], `receive` in [`super::receipt`].
//!
//! **Invoices and money** have their place between `Received` and `Closed`: an invoice may cover what
//! [`Order::accepted_value`] says, payment falls due from `received_at` (30 days to SMEs, 国务院令第802号), and
//! [`Order::close`] will then also ask that both are settled.

use super::delivery::Delivery;
pub use super::order_state::{Confirmation, OrderState, Side};
pub use super::order_step::OrderStep;
use super::quantities::Quantities;
use super::receipt::Receipt;
use super::shipment::Shipment;
use crate::ident::{CatalogueItemId, OrderId, OrganizationId, UserId};
use crate::identity::actor::Person;
use crate::language::LocalText;
use crate::money::{Currency, Money};
use crate::oversight::event::{Event, Visibility};
use crate::refusal::{Code, Fact, Refusal, Refusals, check_text};
use crate::text::ZONE;
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// The longest reason, in characters.
pub const REASON_MOST_CHARS: usize = 500;

/// One line: an item at the price that the buyer saw. Name, unit and price are snapshots and never follow the catalogue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderLine {
    /// Its number within the order, from 1.
    pub number: u32,
    /// The item in the catalogue.
    pub item: CatalogueItemId,
    /// Its name when ordered.
    pub name: LocalText,
    /// Its unit when ordered.
    pub unit: String,
    /// Its price for one when ordered.
    pub unit_price: Money,
    /// What has become of the quantity.
    pub quantities: Quantities,
}

/// An order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Order {
    /// Its number in the database.
    pub id: OrderId,
    /// Counts its changes.
    pub version: i64,
    /// Its number on paper.
    pub number: String,
    /// Who ordered.
    pub buyer: OrganizationId,
    /// Who delivers.
    pub supplier: OrganizationId,
    /// The person who ordered.
    pub placed_by: UserId,
    /// When it was ordered.
    pub placed_at: DateTime<Utc>,
    /// The one currency of its lines.
    pub currency: Currency,
    /// What was ordered, at least one line.
    pub lines: Vec<OrderLine>,
    /// Where to and by when.
    pub delivery: Delivery,
    /// What the buyer adds, at most [`super::receipt::NOTE_MOST_CHARS`].
    pub note: String,
    /// What has been sent.
    pub shipments: Vec<Shipment>,
    /// What has arrived.
    pub receipts: Vec<Receipt>,
    /// Where it stands.
    pub state: OrderState,
}

impl Order {
    /// The supplier promises to deliver by `promised_on`.
    ///
    /// # Errors
    /// `NOT_ALLOWED` for anybody but the supplier, `WRONG_STATE`, `OUT_OF_RANGE` for a day that has passed.
    pub fn confirm(
        mut self,
        promised_on: NaiveDate,
        by: &Person,
        now: DateTime<Utc>,
    ) -> Result<(Self, Event), Refusals> {
        self.only(Side::Supplier, by)?;
        if self.state != OrderState::Placed {
            return Err(self.wrong_state().into());
        }
        let today = now.with_timezone(&ZONE).date_naive();
        let latest = today + chrono::Days::new(super::delivery::DELIVERY_MOST_DAYS);
        if promised_on < today || promised_on > latest {
            let refusal = Refusal::at(Code::OutOfRange, "promisedOn").with("least", today).with("most", latest);
            return Err(refusal.into());
        }
        let confirmation = Confirmation { confirmed_at: now, confirmed_by: by.user, promised_on };
        self.state = OrderState::Confirmed { confirmation };
        let content = json!({ "number": self.number, "state": self.state.name(), "promised_on": promised_on });
        let event = self.event("order.confirmed", &content);
        Ok((self, event))
    }

    /// The supplier will not deliver, and says why.
    ///
    /// # Errors
    /// `NOT_ALLOWED` for anybody but the supplier, `WRONG_STATE` once confirmed, `REQUIRED` without a reason.
    pub fn refuse(mut self, reason: &str, by: &Person, now: DateTime<Utc>) -> Result<(Self, Event), Refusals> {
        self.only(Side::Supplier, by)?;
        if self.state != OrderState::Placed {
            return Err(self.wrong_state().into());
        }
        let reason = check_reason(reason)?;
        let content = json!({ "number": self.number, "state": "refused", "reason": reason });
        self.state = OrderState::Refused { reason, refused_at: now, refused_by: by.user };
        let event = self.event("order.refused", &content);
        Ok((self, event))
    }

    /// Calls the whole order off before anything has left: the buyer at any time until then, the supplier once it
    /// has confirmed (before that it refuses).
    ///
    /// # Errors
    /// `NOT_ALLOWED` for a stranger, `ALREADY_DESPATCHED` once goods have left, `WRONG_STATE`, `REQUIRED` without a reason.
    pub fn cancel(mut self, reason: &str, by: &Person, now: DateTime<Utc>) -> Result<(Self, Event), Refusals> {
        let side = self.side_of(by)?;
        match (&self.state, side) {
            (OrderState::Placed, Side::Buyer) | (OrderState::Confirmed { .. }, _) => {}
            (
                OrderState::PartlyDespatched { .. } | OrderState::Despatched { .. } | OrderState::PartlyReceived { .. },
                _,
            ) => return Err(Refusal::new(Code::AlreadyDespatched).into()),
            _ => return Err(self.wrong_state().into()),
        }
        let reason = check_reason(reason)?;
        self.call_off(side, reason.clone(), by, now);
        let content = json!({ "number": self.number, "state": "cancelled", "reason": reason, "side": side });
        let event = self.event("order.cancelled", &content);
        Ok((self, event))
    }

    /// Cancels what has not left yet, once something has. What is on its way stays ordered.
    ///
    /// # Errors
    /// `NOT_ALLOWED` for a stranger, `WRONG_STATE`, `NOTHING_TO_CANCEL` when all has left, `REQUIRED` without a reason.
    pub fn cancel_rest(mut self, reason: &str, by: &Person, now: DateTime<Utc>) -> Result<(Self, Event), Refusals> {
        let side = self.side_of(by)?;
        let confirmation = match &self.state {
            OrderState::PartlyDespatched { confirmation } | OrderState::PartlyReceived { confirmation } => {
                confirmation.clone()
            }
            OrderState::Despatched { .. } => return Err(Refusal::new(Code::NothingToCancel).into()),
            _ => return Err(self.wrong_state().into()),
        };
        if self.lines.iter().all(|line| line.quantities.to_despatch() == 0) {
            return Err(Refusal::new(Code::NothingToCancel).into());
        }
        let reason = check_reason(reason)?;
        let cancelled: Vec<Value> = self
            .lines
            .iter()
            .filter(|line| line.quantities.to_despatch() > 0)
            .map(|line| json!({ "line": line.number, "quantity": line.quantities.to_despatch() }))
            .collect();
        for line in &mut self.lines {
            line.quantities = line.quantities.cancel_rest();
        }
        let nothing_kept = self.lines.iter().all(|line| line.quantities.cancelled() == line.quantities.ordered());
        if nothing_kept {
            self.call_off(side, reason.clone(), by, now);
        } else {
            self.state = self.progress(confirmation, now);
        }
        let content = json!({
            "number": self.number, "state": self.state.name(), "reason": reason, "side": side, "lines": cancelled,
        });
        let event = self.event("order.rest_cancelled", &content);
        Ok((self, event))
    }

    /// The buyer closes the order: nothing is owed any more. Once invoices are here, they must be settled first.
    ///
    /// # Errors
    /// `NOT_ALLOWED` for anybody but the buyer, `ORDER_STILL_OPEN` while goods are owed, `WRONG_STATE`.
    pub fn close(mut self, by: &Person, now: DateTime<Utc>) -> Result<(Self, Event), Refusals> {
        self.only(Side::Buyer, by)?;
        let OrderState::Received { confirmation, received_at } = self.state else {
            let open: i64 = self.lines.iter().map(|line| line.quantities.open()).sum();
            let refusal = match self.state {
                OrderState::Closed { .. } | OrderState::Refused { .. } | OrderState::Cancelled { .. } => {
                    self.wrong_state()
                }
                _ => Refusal::new(Code::OrderStillOpen).with("open", open),
            };
            return Err(refusal.into());
        };
        self.state = OrderState::Closed { confirmation, received_at, closed_at: now, closed_by: by.user };
        let content =
            json!({ "number": self.number, "state": self.state.name(), "accepted_value": self.accepted_value() });
        let event = self.event("order.closed", &content);
        Ok((self, event))
    }

    /// The value of what is ordered and not cancelled.
    pub fn value(&self) -> Money {
        self.sum(|quantities| quantities.ordered() - quantities.cancelled())
    }

    /// The value of what was accepted: what may be invoiced.
    pub fn accepted_value(&self) -> Money {
        self.sum(Quantities::accepted)
    }

    /// On which side of the order `person` stands.
    ///
    /// # Errors
    /// `NOT_ALLOWED` for a person of neither organization.
    pub fn side_of(&self, person: &Person) -> Result<Side, Refusal> {
        if person.organization == self.buyer {
            Ok(Side::Buyer)
        } else if person.organization == self.supplier {
            Ok(Side::Supplier)
        } else {
            Err(Refusal::new(Code::NotAllowed))
        }
    }

    pub(super) fn only(&self, side: Side, person: &Person) -> Result<(), Refusal> {
        if self.side_of(person)? == side { Ok(()) } else { Err(Refusal::new(Code::NotAllowed)) }
    }

    pub(super) fn wrong_state(&self) -> Refusal {
        Refusal::new(Code::WrongState).with("state", Fact::word(self.state.text_key()))
    }

    pub(super) fn line_mut(&mut self, number: u32) -> Option<&mut OrderLine> {
        self.lines.iter_mut().find(|line| line.number == number)
    }

    /// Lines that a paper names are there, and each once.
    pub(super) fn check_lines_named(&self, named: impl Iterator<Item = u32>) -> Result<(), Refusal> {
        let mut seen = std::collections::BTreeSet::new();
        for (index, number) in named.enumerate() {
            if !seen.insert(number) {
                return Err(Refusal::at(Code::LineTwice, &format!("lines.{index}.line")));
            }
            if !self.lines.iter().any(|line| line.number == number) {
                return Err(Refusal::at(Code::NotFound, &format!("lines.{index}.line")));
            }
        }
        if seen.is_empty() { Err(Refusal::at(Code::Required, "lines")) } else { Ok(()) }
    }

    /// The state that follows from the quantities, once something has left.
    pub(super) fn progress(&self, confirmation: Confirmation, now: DateTime<Utc>) -> OrderState {
        let all = |holds: fn(&Quantities) -> bool| self.lines.iter().all(|line| holds(&line.quantities));
        if all(|line| line.open() == 0) {
            OrderState::Received { confirmation, received_at: now }
        } else if !all(|line| line.accepted() + line.refused() == 0) {
            OrderState::PartlyReceived { confirmation }
        } else if all(|line| line.to_despatch() == 0) {
            OrderState::Despatched { confirmation }
        } else {
            OrderState::PartlyDespatched { confirmation }
        }
    }

    /// An event that both sides may read.
    pub(super) fn event(&self, name: &str, content: &Value) -> Event {
        Event::new(name, OrderId::KIND, self.id.0, Visibility::Parties, content)
            .with_parties([self.buyer.0, self.supplier.0])
    }

    fn call_off(&mut self, side: Side, reason: String, by: &Person, now: DateTime<Utc>) {
        for line in &mut self.lines {
            line.quantities = line.quantities.cancel_rest();
        }
        self.state = OrderState::Cancelled { reason, side, cancelled_at: now, cancelled_by: by.user };
    }

    /// Placing has checked that the whole fits, so a part of it fits too.
    fn sum(&self, quantity: impl Fn(&Quantities) -> i64) -> Money {
        let minor = self.lines.iter().map(|line| line.unit_price.amount_minor * quantity(&line.quantities)).sum();
        Money::new(minor, self.currency)
    }
}

/// A reason is owed to the other side: they plan by it, and the credit file of either counts it.
fn check_reason(reason: &str) -> Result<String, Refusal> {
    check_text(reason, true, REASON_MOST_CHARS).map_err(|refusal| refusal.under("reason"))
}
