//! Where an order stands, and whose word put it there.

use crate::ident::UserId;
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// The two sides of an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// Who ordered.
    Buyer,
    /// Who delivers.
    Supplier,
}

impl Side {
    /// The name in database, API and texts (`order-side-…`).
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Buyer => "buyer",
            Self::Supplier => "supplier",
        }
    }
}

/// The supplier's word that it will deliver.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Confirmation {
    /// When it was given.
    pub confirmed_at: DateTime<Utc>,
    /// Who gave it.
    pub confirmed_by: UserId,
    /// The day on which all is promised; may be later than asked, the buyer can still cancel.
    pub promised_on: NaiveDate,
}

/// Where an order stands, with what is known only there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "name", rename_all = "snake_case")]
pub enum OrderState {
    /// Ordered; the supplier has not answered.
    Placed,
    /// The supplier will deliver; nothing has left.
    Confirmed {
        /// Its word.
        confirmation: Confirmation,
    },
    /// Some has left, nothing has been received.
    PartlyDespatched {
        /// The supplier's word.
        confirmation: Confirmation,
    },
    /// All that was not cancelled has left, nothing has been received.
    Despatched {
        /// The supplier's word.
        confirmation: Confirmation,
    },
    /// Some has arrived, more is owed.
    PartlyReceived {
        /// The supplier's word.
        confirmation: Confirmation,
    },
    /// All that was not cancelled has been accepted. Invoices and payment have their place here.
    Received {
        /// The supplier's word.
        confirmation: Confirmation,
        /// When the last of it was settled; terms of payment run from here.
        received_at: DateTime<Utc>,
    },
    /// Nothing is owed any more.
    Closed {
        /// The supplier's word.
        confirmation: Confirmation,
        /// When the last of it was settled.
        received_at: DateTime<Utc>,
        /// When it was closed.
        closed_at: DateTime<Utc>,
        /// Who closed it.
        closed_by: UserId,
    },
    /// The supplier will not deliver.
    Refused {
        /// Why.
        reason: String,
        /// When it said so.
        refused_at: DateTime<Utc>,
        /// Who said so.
        refused_by: UserId,
    },
    /// Called off before anything was accepted.
    Cancelled {
        /// Why.
        reason: String,
        /// Which side called it off.
        side: Side,
        /// When.
        cancelled_at: DateTime<Utc>,
        /// Who.
        cancelled_by: UserId,
    },
}

impl OrderState {
    /// The names of all states, as they stand in the database's CHECK.
    pub const NAMES: [&'static str; 9] = [
        "placed", "confirmed", "partly_despatched", "despatched", "partly_received", "received", "closed", "refused",
        "cancelled",
    ];

    /// The name in database and API.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Placed => "placed",
            Self::Confirmed { .. } => "confirmed",
            Self::PartlyDespatched { .. } => "partly_despatched",
            Self::Despatched { .. } => "despatched",
            Self::PartlyReceived { .. } => "partly_received",
            Self::Received { .. } => "received",
            Self::Closed { .. } => "closed",
            Self::Refused { .. } => "refused",
            Self::Cancelled { .. } => "cancelled",
        }
    }

    /// The key of its text: `order-state-partly-received`.
    pub fn text_key(&self) -> String {
        format!("order-state-{}", self.name().replace('_', "-"))
    }

    /// The supplier's word, once it was given and while it counts.
    pub const fn confirmation(&self) -> Option<&Confirmation> {
        match self {
            Self::Confirmed { confirmation }
            | Self::PartlyDespatched { confirmation }
            | Self::Despatched { confirmation }
            | Self::PartlyReceived { confirmation }
            | Self::Received { confirmation, .. }
            | Self::Closed { confirmation, .. } => Some(confirmation),
            Self::Placed | Self::Refused { .. } | Self::Cancelled { .. } => None,
        }
    }

    /// Whether nothing can happen to the order any more.
    pub const fn is_over(&self) -> bool {
        matches!(self, Self::Closed { .. } | Self::Refused { .. } | Self::Cancelled { .. })
    }
}
