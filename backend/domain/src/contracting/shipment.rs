//! Despatch advice: what the supplier has sent, how, and when (UBL `DespatchAdvice`).

use super::order::{Order, OrderState, Side};
use crate::ident::{ShipmentId, UserId};
use crate::identity::actor::Person;
use crate::oversight::event::Event;
use crate::refusal::{Code, Refusal, Refusals, check_text};
use crate::text::ZONE;
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use serde_json::json;

/// The most shipments of one order.
pub const SHIPMENTS_MOST: usize = 200;

/// One line of a shipment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShipmentLine {
    /// The line of the order, by its number.
    pub line: u32,
    /// How many were sent.
    pub quantity: i64,
}

/// What has been sent at one time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shipment {
    /// Its number.
    pub id: ShipmentId,
    /// What is in it.
    pub lines: Vec<ShipmentLine>,
    /// Who carries it; "own delivery" for the supplier's own van. At most 80 characters.
    pub carrier: String,
    /// The carrier's number, at most 60 characters; empty for own delivery.
    pub tracking_number: String,
    /// When it should arrive.
    pub expected_on: Option<NaiveDate>,
    /// When it was reported.
    pub despatched_at: DateTime<Utc>,
    /// Who reported it.
    pub despatched_by: UserId,
}

/// What a supplier reports.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Despatch {
    /// What was sent.
    pub lines: Vec<ShipmentLine>,
    /// Who carries it.
    pub carrier: String,
    /// The carrier's number, if there is one.
    pub tracking_number: String,
    /// When it should arrive.
    pub expected_on: Option<NaiveDate>,
}

impl Order {
    /// The supplier reports that goods have left.
    ///
    /// # Errors
    /// `NOT_ALLOWED` for anybody but the supplier; `WRONG_STATE` before confirmation and after the end;
    /// `REQUIRED`, `LINE_TWICE`, `NOT_FOUND`, `DESPATCH_TOO_LARGE`, `OUT_OF_RANGE` and the text checks, at their paths.
    pub fn despatch(
        mut self,
        despatch: Despatch,
        id: ShipmentId,
        by: &Person,
        now: DateTime<Utc>,
    ) -> Result<(Self, Event), Refusals> {
        self.only(Side::Supplier, by)?;
        let confirmation = match &self.state {
            OrderState::Confirmed { confirmation }
            | OrderState::PartlyDespatched { confirmation }
            | OrderState::Despatched { confirmation }
            | OrderState::PartlyReceived { confirmation } => confirmation.clone(),
            _ => return Err(self.wrong_state().into()),
        };
        let mut refusals = Refusals::default();
        let carrier = refusals.take("carrier", check_text(&despatch.carrier, true, 80)).unwrap_or_default();
        let tracking_number =
            refusals.take("trackingNumber", check_text(&despatch.tracking_number, false, 60)).unwrap_or_default();
        let today = now.with_timezone(&ZONE).date_naive();
        if despatch.expected_on.is_some_and(|on| on < today) {
            let refusal = Refusal::at(Code::OutOfRange, "expectedOn").with("least", today).with("most", NaiveDate::MAX);
            refusals.push(refusal);
        }
        if self.shipments.len() >= SHIPMENTS_MOST {
            refusals.push(Refusal::new(Code::OutOfRange).with("least", 1_i64).with("most", SHIPMENTS_MOST));
        }
        let named = despatch.lines.iter().map(|line| line.line);
        refusals.take("", self.check_lines_named(named));
        for (index, sent) in despatch.lines.iter().enumerate() {
            let Some(line) = self.line_mut(sent.line) else { continue };
            let after = line.quantities.despatch(sent.quantity);
            if let Some(quantities) = refusals.take(&format!("lines.{index}.quantity"), after) {
                line.quantities = quantities;
            }
        }
        refusals.into_result()?;

        self.state = self.progress(confirmation, now);
        let content = json!({
            "number": self.number, "state": self.state.name(), "shipment": id, "lines": despatch.lines,
            "carrier": carrier, "tracking_number": tracking_number,
        });
        self.shipments.push(Shipment {
            id,
            lines: despatch.lines,
            carrier,
            tracking_number,
            expected_on: despatch.expected_on,
            despatched_at: now,
            despatched_by: by.user,
        });
        let event = self.event("order.despatched", &content);
        Ok((self, event))
    }
}
