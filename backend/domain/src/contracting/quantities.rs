//! What has become of an ordered quantity. The one place that counts, so that nothing is delivered twice.

use crate::refusal::{Code, Refusal};
use serde::{Deserialize, Serialize};

/// The smallest quantity of a line.
pub const QUANTITY_LEAST: i64 = 1;
/// The largest quantity of a line.
pub const QUANTITY_MOST: i64 = 1_000_000;

/// Checks the quantity of a line.
///
/// # Errors
/// `OUT_OF_RANGE` outside [`QUANTITY_LEAST`] and [`QUANTITY_MOST`].
pub fn check_quantity(quantity: i64) -> Result<i64, Refusal> {
    if (QUANTITY_LEAST..=QUANTITY_MOST).contains(&quantity) {
        Ok(quantity)
    } else {
        Err(Refusal::new(Code::OutOfRange).with("least", QUANTITY_LEAST).with("most", QUANTITY_MOST))
    }
}

/// The quantities of one line, as they stand in the record. See [`Quantities`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuantityRecord {
    /// Ordered at first.
    pub ordered: i64,
    /// Despatched in all, replacements of refused goods included.
    pub despatched: i64,
    /// Received and accepted in all.
    pub accepted: i64,
    /// Received and refused in all: it went back, and may be sent again.
    pub refused: i64,
    /// Cancelled before it was despatched.
    pub cancelled: i64,
}

/// The quantities of one line, sound by construction:
///
/// - `ordered = accepted + cancelled + in transit + to despatch`;
/// - none of them is below zero, so nothing is over-despatched or over-received.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "QuantityRecord", into = "QuantityRecord")]
pub struct Quantities(QuantityRecord);

impl Quantities {
    /// A fresh line.
    ///
    /// # Errors
    /// `OUT_OF_RANGE`.
    pub fn of(ordered: i64) -> Result<Self, Refusal> {
        Ok(Self(QuantityRecord { ordered: check_quantity(ordered)?, ..QuantityRecord::default() }))
    }

    /// Ordered at first.
    pub const fn ordered(&self) -> i64 {
        self.0.ordered
    }

    /// Despatched in all, replacements included.
    pub const fn despatched(&self) -> i64 {
        self.0.despatched
    }

    /// Received and accepted in all.
    pub const fn accepted(&self) -> i64 {
        self.0.accepted
    }

    /// Received and refused in all.
    pub const fn refused(&self) -> i64 {
        self.0.refused
    }

    /// Cancelled before it was despatched.
    pub const fn cancelled(&self) -> i64 {
        self.0.cancelled
    }

    /// On its way: despatched and neither accepted nor refused.
    pub const fn in_transit(&self) -> i64 {
        self.0.despatched - self.0.accepted - self.0.refused
    }

    /// Still owed by the supplier: in transit or to be despatched.
    pub const fn open(&self) -> i64 {
        self.0.ordered - self.0.accepted - self.0.cancelled
    }

    /// Still to be despatched, refused goods included.
    pub const fn to_despatch(&self) -> i64 {
        self.open() - self.in_transit()
    }

    /// The same after `quantity` more has left.
    ///
    /// # Errors
    /// `OUT_OF_RANGE` below one, `DESPATCH_TOO_LARGE` past what is still to be despatched.
    pub fn despatch(self, quantity: i64) -> Result<Self, Refusal> {
        let quantity = check_quantity(quantity)?;
        if quantity > self.to_despatch() {
            return Err(Refusal::new(Code::DespatchTooLarge).with("most", self.to_despatch()));
        }
        Ok(Self(QuantityRecord { despatched: self.0.despatched + quantity, ..self.0 }))
    }

    /// The same after goods have arrived, of which some were accepted and some refused.
    ///
    /// # Errors
    /// `OUT_OF_RANGE` for numbers below zero, `RECEIPT_TOO_LARGE` past what is on its way.
    pub fn receive(self, accepted: i64, refused: i64) -> Result<Self, Refusal> {
        for quantity in [accepted, refused] {
            if !(0..=QUANTITY_MOST).contains(&quantity) {
                return Err(Refusal::new(Code::OutOfRange).with("least", 0_i64).with("most", QUANTITY_MOST));
            }
        }
        if accepted + refused > self.in_transit() {
            return Err(Refusal::new(Code::ReceiptTooLarge).with("most", self.in_transit()));
        }
        let record =
            QuantityRecord { accepted: self.0.accepted + accepted, refused: self.0.refused + refused, ..self.0 };
        Ok(Self(record))
    }

    /// The same after all that has not been despatched is cancelled.
    #[must_use]
    pub fn cancel_rest(self) -> Self {
        Self(QuantityRecord { cancelled: self.0.cancelled + self.to_despatch(), ..self.0 })
    }
}

impl TryFrom<QuantityRecord> for Quantities {
    type Error = String;

    /// Reads a record; one that breaks the invariants is not a line.
    fn try_from(record: QuantityRecord) -> Result<Self, Self::Error> {
        let quantities = Self(record);
        let parts = [
            record.despatched,
            record.accepted,
            record.refused,
            record.cancelled,
            quantities.in_transit(),
            quantities.to_despatch(),
        ];
        let is_sound = check_quantity(record.ordered).is_ok() && parts.iter().all(|part| *part >= 0);
        if is_sound { Ok(quantities) } else { Err(format!("quantities do not add up: {record:?}")) }
    }
}

impl From<Quantities> for QuantityRecord {
    fn from(quantities: Quantities) -> Self {
        quantities.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refused_goods_may_be_sent_again_but_nothing_beyond_the_order() {
        let line = Quantities::of(10).unwrap().despatch(10).unwrap();
        assert_eq!(line.despatch(1).unwrap_err().code, Code::DespatchTooLarge);
        let line = line.receive(7, 3).unwrap();
        assert_eq!((line.open(), line.in_transit(), line.to_despatch()), (3, 0, 3));
        assert_eq!(line.receive(1, 0).unwrap_err().code, Code::ReceiptTooLarge);
        let line = line.despatch(3).unwrap().receive(3, 0).unwrap();
        assert_eq!((line.open(), line.despatched(), line.accepted(), line.refused()), (0, 13, 10, 3));
    }

    #[test]
    fn a_record_that_does_not_add_up_is_not_read() {
        let over = QuantityRecord { ordered: 5, despatched: 5, accepted: 6, ..QuantityRecord::default() };
        assert!(Quantities::try_from(over).is_err());
        let over = QuantityRecord { ordered: 5, despatched: 6, ..QuantityRecord::default() };
        assert!(Quantities::try_from(over).is_err());
        let good = QuantityRecord { ordered: 5, despatched: 6, accepted: 4, refused: 1, cancelled: 0 };
        assert_eq!(Quantities::try_from(good).unwrap().in_transit(), 1);
    }

    #[test]
    fn a_quantity_lies_between_one_and_a_million() {
        for quantity in [0, -1, QUANTITY_MOST + 1, i64::MAX] {
            assert_eq!(Quantities::of(quantity).unwrap_err().code, Code::OutOfRange, "{quantity}");
        }
        assert_eq!(Quantities::of(5).unwrap().receive(i64::MAX, i64::MAX).unwrap_err().code, Code::OutOfRange);
    }
}
