//! When a bid security is due back, and what one counts for when bids are judged.

use super::bid_security::BidSecurity;
use super::bid_security_means::Means;
use super::bid_security_state::{Release, ReleaseCause, SecurityState};
use crate::ident::OrganizationId;
use crate::oversight::policy_pack::Rules;
use crate::oversight::policy_pack::calendar::Calendar;
use crate::tendering::bid::{Bid, BidState};
use crate::text::ZONE;
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// The figure of the working days within which a security goes back.
pub const RETURN_DAYS: &str = "bid_security.return_days";

/// What has happened to a tender, as far as its securities need it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Course {
    /// When the taking of bids ended, if it has.
    pub closed_at: Option<DateTime<Utc>>,
    /// When it ended without a contract, if it did.
    pub ended_at: Option<DateTime<Utc>>,
    /// When its awards were published.
    pub awarded_at: Option<DateTime<Utc>>,
    /// Who won a lot, and when the last side signed its contract, if all have.
    pub won: Vec<(OrganizationId, Option<DateTime<Utc>>)>,
}

/// Why a supplier's security is due back, if it is. `bids` are all that the supplier has had in.
pub fn release(course: &Course, supplier: OrganizationId, bids: &[Bid]) -> Option<Release> {
    let since = |cause, since| Some(Release { cause, since });
    if let Some(at) = course.ended_at {
        return since(ReleaseCause::TenderEnded, at);
    }
    if let Some(at) = course.awarded_at {
        let own: Vec<Option<DateTime<Utc>>> = course.won.iter().filter(|(winner, _)| *winner == supplier).map(|(_, signed_at)| *signed_at).collect();
        if own.is_empty() {
            return since(ReleaseCause::NotAwarded, at);
        }
        // Who has won several lots has it back with the last of their contracts.
        let signed: Option<Vec<DateTime<Utc>>> = own.into_iter().collect();
        return signed.and_then(|signed| signed.into_iter().max()).and_then(|at| since(ReleaseCause::ContractSigned, at));
    }
    let has_bid = bids.iter().any(|bid| !matches!(bid.state, BidState::Replaced { .. } | BidState::Withdrawn { .. }));
    if has_bid {
        return None;
    }
    let withdrawn = bids.iter().filter_map(|bid| match bid.state {
        BidState::Withdrawn { at, .. } => Some(at),
        _ => None,
    });
    match withdrawn.max() {
        Some(at) => since(ReleaseCause::BidWithdrawn, at),
        None => course.closed_at.and_then(|at| since(ReleaseCause::NoBid, at)),
    }
}

/// By when a security goes back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DueBack {
    /// On this day at the latest.
    On(NaiveDate),
    /// The working days of this year are not known yet.
    YearUnknown(i32),
    /// The law of the tender has no such figure.
    NoFigure,
}

/// By when what is due back since `since` goes back: so many working days later, the first day excluded
/// (政府采购法实施条例第三十三条).
pub fn due_back(since: DateTime<Utc>, rules: &Rules, calendar: &Calendar) -> DueBack {
    let days = rules.figure(RETURN_DAYS).and_then(|figure| u32::try_from(figure.value).ok());
    let Some(days) = days else { return DueBack::NoFigure };
    match calendar.after(since.with_timezone(&ZONE).date_naive(), days) {
        Ok(day) => DueBack::On(day),
        Err(unknown) => DueBack::YearUnknown(unknown.0),
    }
}

/// What a bidder's security counts for when bids are judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SecurityStanding {
    /// It was accepted and came in time.
    Good,
    /// None need be lodged.
    Exempt,
    /// Finance has not decided.
    Undecided,
    /// There is none.
    Missing,
    /// It was not accepted.
    Refused,
    /// The money was credited after the day of the deadline.
    Late,
}

impl SecurityStanding {
    /// All of them.
    pub const ALL: [Self; 6] = [Self::Good, Self::Exempt, Self::Undecided, Self::Missing, Self::Refused, Self::Late];

    /// Whether the bid is valid as far as its security goes (政府采购法实施条例第三十三条, 财政部令第87号第六十三条).
    pub const fn is_valid(self) -> bool {
        matches!(self, Self::Good | Self::Exempt)
    }

    /// The key of its words.
    pub const fn text_key(self) -> &'static str {
        match self {
            Self::Good => "security-standing-good",
            Self::Exempt => "security-standing-exempt",
            Self::Undecided => "security-standing-undecided",
            Self::Missing => "security-standing-missing",
            Self::Refused => "security-standing-refused",
            Self::Late => "security-standing-late",
        }
    }
}

/// What the securities that one bidder has lodged for a tender count for.
pub fn standing<'a>(lodged: impl IntoIterator<Item = &'a BidSecurity> + Clone, deadline_at: DateTime<Utc>) -> SecurityStanding {
    let live = lodged.clone().into_iter().find(|security| security.state.name().is_live());
    let Some(security) = live else {
        let is_refused = |security: &BidSecurity| matches!(security.state, SecurityState::Refused { .. });
        return if lodged.into_iter().any(is_refused) { SecurityStanding::Refused } else { SecurityStanding::Missing };
    };
    let deadline_on = deadline_at.with_timezone(&ZONE).date_naive();
    match &security.state {
        SecurityState::Exempt { .. } => SecurityStanding::Exempt,
        SecurityState::Held { acceptance }
        | SecurityState::Released { acceptance, .. }
        | SecurityState::ForfeitureProposed { acceptance, .. } => {
            let is_transfer = matches!(security.means, Means::Transfer { .. });
            let is_late = is_transfer && acceptance.credited_on.is_none_or(|day| day > deadline_on);
            if is_late { SecurityStanding::Late } else { SecurityStanding::Good }
        }
        _ => SecurityStanding::Undecided,
    }
}
