//! A talk of the panel with one supplier (谈判、磋商), by its minutes.
//!
//! The panel talks with every supplier apart; what one says, offers or knows is not told to another
//! (政府采购法第三十八条第四项). Minutes are never changed: what was forgotten is another entry.

use crate::ident::{NegotiationId, OrganizationId, TenderId, UserId};
use crate::oversight::event::{Event, Visibility};
use crate::refusal::{Code, Refusal, Refusals, check_text};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::json;

/// The longest minutes, in characters.
pub const MINUTES_MOST_CHARS: usize = 10_000;
/// The most talks with one supplier.
pub const TALKS_MOST: usize = 50;

/// The minutes of one talk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Negotiation {
    /// Its number in the database.
    pub id: NegotiationId,
    /// About which tender.
    pub tender: TenderId,
    /// With whom.
    pub bidder: OrganizationId,
    /// The how-manyth talk with this supplier, from 1.
    pub round: u32,
    /// When it was held.
    pub held_at: DateTime<Utc>,
    /// What was said and agreed.
    pub minutes: String,
    /// Who kept the minutes.
    pub recorded_by: UserId,
    /// When they were written down here.
    pub recorded_at: DateTime<Utc>,
}

/// A talk as it is told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Talk {
    /// With whom.
    pub bidder: OrganizationId,
    /// When it was held.
    pub held_at: DateTime<Utc>,
    /// What was said and agreed.
    pub minutes: String,
}

impl Negotiation {
    /// Writes a talk down. `asked` are the suppliers that are negotiated with, `before` the talks with this one so far, and
    /// `opened_at` the end of the time for first responses.
    ///
    /// # Errors
    /// `NOT_FOUND` at `bidderId` for a supplier that is not negotiated with, `OUT_OF_RANGE` at `heldAt` before the responses
    /// were opened or ahead of now, `REQUIRED` and `TOO_LONG` at `minutes`, `OUT_OF_RANGE` at `bidderId` after fifty talks.
    pub fn record(
        (id, tender, buyer): (NegotiationId, TenderId, OrganizationId),
        talk: &Talk,
        (asked, before): (&[OrganizationId], usize),
        (opened_at, by, now): (DateTime<Utc>, UserId, DateTime<Utc>),
    ) -> Result<(Self, Event), Refusals> {
        let mut faults = Refusals::default();
        if !asked.contains(&talk.bidder) {
            faults.push(Refusal::at(Code::NotFound, "bidderId"));
        } else if before >= TALKS_MOST {
            faults.push(Refusal::at(Code::OutOfRange, "bidderId").with("least", 0_i64).with("most", TALKS_MOST));
        }
        if !(opened_at..=now).contains(&talk.held_at) {
            faults.push(Refusal::at(Code::OutOfRange, "heldAt").with("least", opened_at).with("most", now));
        }
        let minutes = faults.take("minutes", check_text(&talk.minutes, true, MINUTES_MOST_CHARS)).unwrap_or_default();
        faults.into_result()?;
        let round = u32::try_from(before + 1).unwrap_or(u32::MAX);
        let made = Self {
            id, tender, bidder: talk.bidder, round, held_at: talk.held_at, minutes, recorded_by: by, recorded_at: now,
        };
        // The supplier reads its own minutes; no other supplier learns that there was a talk.
        let content = json!({ "bidder": made.bidder, "round": round, "minutes": made.minutes });
        let event = Event::new("negotiation.recorded", TenderId::KIND, tender.0, Visibility::Parties, &content);
        Ok((made, event.with_parties([buyer.0, talk.bidder.0])))
    }
}

/// Checks that there are minutes of a talk with each supplier before final offers are asked for.
///
/// # Errors
/// `NEGOTIATION_MISSING`.
pub fn check_all_heard(asked: &[OrganizationId], talks: &[Negotiation]) -> Result<(), Refusal> {
    let missing = asked.iter().filter(|bidder| !talks.iter().any(|talk| talk.bidder == **bidder)).count();
    if missing == 0 { Ok(()) } else { Err(Refusal::new(Code::NegotiationMissing).with("count", missing)) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn organization(number: u128) -> OrganizationId {
        Uuid::from_u128(number).into()
    }

    fn at(hour: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + chrono::TimeDelta::hours(hour)
    }

    fn talk(bidder: u128, held_at: DateTime<Utc>, minutes: &str) -> Talk {
        Talk { bidder: organization(bidder), held_at, minutes: minutes.to_owned() }
    }

    fn record(talk: &Talk, before: usize) -> Result<(Negotiation, Event), Refusals> {
        let ids = (Uuid::from_u128(1).into(), Uuid::from_u128(2).into(), organization(3));
        Negotiation::record(ids, talk, (&[organization(4), organization(5)], before), (at(1), Uuid::from_u128(6).into(), at(9)))
    }

    #[test]
    fn each_supplier_is_heard_before_final_offers_are_asked_for() {
        let asked = [organization(4), organization(5)];
        let (first, event) = record(&talk(4, at(2), "质保由三年改为五年"), 0).unwrap();
        assert_eq!((first.round, event.visibility, event.parties), (1, Visibility::Parties, vec![organization(3).0, organization(4).0]));
        assert_eq!(check_all_heard(&asked, std::slice::from_ref(&first)).unwrap_err().code, Code::NegotiationMissing, "政府采购法第三十八条");
        let (second, _) = record(&talk(5, at(3), "同意付款条件"), 0).unwrap();
        assert!(check_all_heard(&asked, &[first, second]).is_ok());
    }

    #[test]
    fn minutes_are_of_a_talk_that_was_held_with_somebody_who_is_negotiated_with() {
        let codes = |talk: &Talk, before| record(talk, before).unwrap_err().0.iter().map(|one| (one.code, one.path.join("."))).collect::<Vec<_>>();
        let told = |code, path: &str| vec![(code, path.to_owned())];
        assert_eq!(codes(&talk(7, at(2), "谈"), 0), told(Code::NotFound, "bidderId"));
        assert_eq!(codes(&talk(4, at(0), "谈"), 0), told(Code::OutOfRange, "heldAt"));
        assert_eq!(codes(&talk(4, at(10), "谈"), 0), told(Code::OutOfRange, "heldAt"));
        assert_eq!(codes(&talk(4, at(2), " "), 0), told(Code::Required, "minutes"));
        assert_eq!(codes(&talk(4, at(2), "谈"), TALKS_MOST), told(Code::OutOfRange, "bidderId"));
    }
}
