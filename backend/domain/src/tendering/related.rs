//! Related bidders (政府采购法实施条例第十八条): suppliers with one head, or of which one directly holds or manages the other,
//! don't take part in one contract. They are found when bids are open, shown to who judges bidders, and found invalid, or
//! not, with the reason on record.

use super::contender::Contender;
use super::qualification::REASON_MOST_CHARS;
use crate::ident::{BidId, OrganizationId};
use crate::identity::affiliation::{Affiliation, SuperiorKind};
use crate::identity::credit_code::CreditCode;
use crate::refusal::{Code, Refusal, Refusals, check_text};
use serde::{Deserialize, Serialize};

/// The article that forbids it.
pub const RELATED_SOURCE: &str = "政府采购法实施条例第十八条";

/// What an organization has stated, with the code by which others name it.
#[derive(Clone, Copy, Debug)]
pub struct Stated<'a> {
    /// The code.
    pub credit_code: &'a CreditCode,
    /// What it has stated.
    pub affiliation: &'a Affiliation,
}

/// How two organizations are related.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "name", rename_all = "snake_case")]
pub enum Tie {
    /// One person heads both.
    SameHead {
        /// The person's name.
        head: String,
    },
    /// The first directly holds the second.
    Holds,
    /// The first manages the second.
    Manages,
}

impl Tie {
    /// The key of its words.
    pub const fn text_key(&self) -> &'static str {
        match self {
            Self::SameHead { .. } => "related-same-head",
            Self::Holds => "related-holds",
            Self::Manages => "related-manages",
        }
    }
}

/// Two bids for one lot whose bidders are related.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RelatedBids {
    /// One bid.
    pub first: BidId,
    /// The other.
    pub second: BidId,
    /// The related organizations: the one that stands above first.
    pub organizations: [OrganizationId; 2],
    /// How they are related.
    pub tie: Tie,
}

/// How two organizations are related, if they are, and which of them stands above.
fn tie(one: &Stated<'_>, other: &Stated<'_>) -> Option<([OrganizationId; 2], Tie)> {
    let pair = |above: &Stated<'_>, below: &Stated<'_>| [above.affiliation.organization, below.affiliation.organization];
    let above = |above: &Stated<'_>, below: &Stated<'_>| {
        let kind = below.affiliation.superior(above.credit_code)?;
        let tie = if kind == SuperiorKind::Holds { Tie::Holds } else { Tie::Manages };
        Some((pair(above, below), tie))
    };
    let same_head = || {
        let is_same = one.affiliation.has_head_of(other.affiliation);
        is_same.then(|| (pair(one, other), Tie::SameHead { head: one.affiliation.head_name.clone() }))
    };
    same_head().or_else(|| above(one, other)).or_else(|| above(other, one))
}

/// Every pair of bids for one lot whose bidders are related, in the order of the bids. Members of one consortium may be.
pub fn related(contenders: &[Contender], stated: &[Stated<'_>]) -> Vec<RelatedBids> {
    let of = |organization: OrganizationId| stated.iter().find(|one| one.affiliation.organization == organization);
    let mut found = Vec::new();
    for (place, first) in contenders.iter().enumerate() {
        for second in contenders[place + 1..].iter().filter(|second| second.lot == first.lot) {
            let others = second.parties();
            let pairs = first.parties().into_iter().flat_map(|one| others.iter().map(move |other| (one, *other)));
            let tied = pairs.filter(|(one, other)| one != other).find_map(|(one, other)| tie(of(one)?, of(other)?));
            if let Some((organizations, tie)) = tied {
                found.push(RelatedBids { first: first.bid_id, second: second.bid_id, organizations, tie });
            }
        }
    }
    found
}

/// Whether a micro or small enterprise among these is held or managed by another of them, so that its part brings no price
/// preference (财库〔2020〕46号第九条).
pub fn is_held_within(organizations: &[OrganizationId], stated: &[Stated<'_>]) -> bool {
    let own: Vec<_> = stated.iter().filter(|one| organizations.contains(&one.affiliation.organization)).collect();
    own.iter().any(|below| own.iter().any(|above| below.affiliation.superior(above.credit_code).is_some()))
}

/// What the officer finds of two related bids.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RelationFinding {
    /// One bid.
    pub first: BidId,
    /// The other.
    pub second: BidId,
    /// Whether both are invalid for it.
    pub is_invalid: bool,
    /// Why not; required where they are valid.
    #[serde(default)]
    pub reason: String,
}

/// Checks that there is one finding for every pair, none besides, and a reason wherever bids are found valid.
///
/// # Errors
/// `RELATION_UNJUDGED` for each pair that is missing, `NOT_FOUND` for one that is none, `LINE_TWICE`, `REQUIRED` and
/// `TOO_LONG` at a reason.
pub fn judge(found: &[RelatedBids], findings: Vec<RelationFinding>) -> Result<Vec<RelationFinding>, Refusals> {
    let is_of = |finding: &RelationFinding, pair: &RelatedBids| finding.first == pair.first && finding.second == pair.second;
    let mut refusals = Refusals::default();
    let mut kept: Vec<RelationFinding> = Vec::new();
    for (place, finding) in findings.into_iter().enumerate() {
        let path = format!("relations.{place}");
        if !found.iter().any(|pair| is_of(&finding, pair)) {
            refusals.push(Refusal::at(Code::NotFound, &path));
        } else if kept.iter().any(|known| (known.first, known.second) == (finding.first, finding.second)) {
            refusals.push(Refusal::at(Code::LineTwice, &path));
        }
        let reason = check_text(&finding.reason, !finding.is_invalid, REASON_MOST_CHARS);
        let reason = refusals.take(&format!("{path}.reason"), reason).unwrap_or_default();
        kept.push(RelationFinding { reason, ..finding });
    }
    let missing = found.iter().filter(|pair| !kept.iter().any(|finding| is_of(finding, pair))).count();
    if missing > 0 && refusals.0.is_empty() {
        refusals.push(Refusal::at(Code::RelationUnjudged, "relations").with("missing", missing).with("source", RELATED_SOURCE));
    }
    refusals.into_result()?;
    Ok(kept)
}

#[cfg(test)]
#[path = "related_tests.rs"]
mod tests;
