//! Panels: their members, those who stepped back, and who may be appointed.

use crate::values::LocalText;
use async_graphql::{Enum, ID, SimpleObject};
use chrono::{DateTime, Utc};

/// Why an evaluator can't be a member of a panel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::tendering::panel::Bar")]
pub enum PanelBar {
    /// Drafted, approved or published the tender.
    ActedForBuyer,
    /// Works for the buyer.
    WorksForBuyer,
    /// Works for one of the bidders.
    TiedToBidder,
    /// Has stepped back.
    SteppedBack,
}

/// A member of a panel.
#[derive(SimpleObject)]
pub struct PanelMember {
    /// The global id of the person.
    pub user_id: ID,
    /// Its name.
    pub name: LocalText,
    /// When the member declared to have no conflict of interest; null until then.
    pub declared_at: Option<DateTime<Utc>>,
}

/// Somebody who stepped back from a panel.
#[derive(SimpleObject)]
pub struct PanelRecusal {
    /// The global id of the person.
    pub user_id: ID,
    /// Its name.
    pub name: LocalText,
    /// Why.
    pub reason: String,
    /// When.
    pub recused_at: DateTime<Utc>,
}

/// An evaluator who can't be a member.
#[derive(SimpleObject)]
pub struct BarredCandidate {
    /// The global id of the person.
    pub user_id: ID,
    /// Its name.
    pub name: LocalText,
    /// Why not.
    pub bar: PanelBar,
}
