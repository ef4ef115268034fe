//! What has happened to a tender, as far as the reader of its dates may know.

use super::objection::Tally;
use crate::contracting::bid_security_state::{Release, ReleaseCause, SecurityState};
use chrono::{DateTime, Utc};

/// When the steps of a tender happened, as far as the reader may know.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Milestones {
    /// Bids, or first responses, were opened.
    pub opened_at: Option<DateTime<Utc>>,
    /// The last member signed the report, and the buyer had it.
    pub reported_at: Option<DateTime<Utc>>,
    /// The buyer confirmed the award.
    pub confirmed_at: Option<DateTime<Utc>>,
    /// The award was published.
    pub awarded_at: Option<DateTime<Utc>>,
    /// Both sides had signed.
    pub contracted_at: Option<DateTime<Utc>>,
    /// How the objections to an announced single source stand.
    pub objections: Tally,
    /// How the losers' securities stand.
    pub securities: LosersSecurities,
}

/// How the securities of those who were not awarded stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LosersSecurities {
    /// Nobody has lost yet, or it is not the reader's to know.
    #[default]
    Unknown,
    /// No loser had lodged any that would have to go back.
    NoneLodged,
    /// Some are still with the buyer.
    Held,
    /// The last of them went back at this instant.
    Returned(DateTime<Utc>),
}

impl LosersSecurities {
    /// What the securities of a tender come to once its award is public.
    pub fn of<'a>(securities: impl IntoIterator<Item = &'a SecurityState>) -> Self {
        let lost = |release: &Release| release.cause == ReleaseCause::NotAwarded;
        securities.into_iter().fold(Self::NoneLodged, |so_far, security| match (so_far, security) {
            (_, SecurityState::Released { release, .. }) if lost(release) => Self::Held,
            (Self::Held, _) => Self::Held,
            (Self::Returned(before), SecurityState::Returned { at, release: Some(release), .. }) if lost(release) => Self::Returned(before.max(*at)),
            (_, SecurityState::Returned { at, release: Some(release), .. }) if lost(release) => Self::Returned(*at),
            (so_far, _) => so_far,
        })
    }

    /// When the last of them went back, if all have.
    pub(super) const fn returned_at(self) -> Option<DateTime<Utc>> {
        match self {
            Self::Returned(at) => Some(at),
            Self::Unknown | Self::NoneLodged | Self::Held => None,
        }
    }
}
