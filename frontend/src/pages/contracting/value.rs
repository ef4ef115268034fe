//! Days, parties and states, as the contract gives them.

use crate::prelude::*;

/// A calendar day.
#[derive(cynic::Scalar, Clone, Copy, Debug)]
#[cynic(graphql_type = "NaiveDate")]
pub(super) struct OnDay(pub(super) chrono::NaiveDate);

impl OnDay {
    /// Reads what a date field posts.
    pub(super) fn posted(visit: &Visit, name: &str) -> Result<Self, FormError> {
        let day = visit.posted(name).and_then(|day| day.parse().ok()).map(Self);
        day.ok_or_else(|| FormError::at(name, visit.say("order-day-missing")))
    }
}

/// The name of an organization.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "Organization")]
pub(super) struct Party {
    pub(super) name: Words,
}

/// Where an order stands.
#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum OrderState {
    Placed,
    Confirmed,
    PartlyDespatched,
    Despatched,
    PartlyReceived,
    Received,
    Closed,
    Refused,
    Cancelled,
}

impl OrderState {
    /// All of them, with the names by which addresses and texts know them.
    pub(super) const ALL: [(Self, &'static str); 9] = [
        (Self::Placed, "placed"),
        (Self::Confirmed, "confirmed"),
        (Self::PartlyDespatched, "partly-despatched"),
        (Self::Despatched, "despatched"),
        (Self::PartlyReceived, "partly-received"),
        (Self::Received, "received"),
        (Self::Closed, "closed"),
        (Self::Refused, "refused"),
        (Self::Cancelled, "cancelled"),
    ];

    /// The word for it.
    pub(super) fn label(self) -> String {
        let name = Self::ALL.iter().find(|(state, _)| *state == self).map_or("placed", |(_, name)| name);
        say(&format!("order-state-{name}"))
    }

    /// The kind of its tag.
    pub(super) const fn kind(self) -> State {
        match self {
            Self::Placed => State::Waiting,
            Self::Confirmed | Self::PartlyDespatched | Self::Despatched | Self::PartlyReceived => State::Open,
            Self::Received => State::Good,
            Self::Closed => State::Closed,
            Self::Refused | Self::Cancelled => State::Refused,
        }
    }
}
