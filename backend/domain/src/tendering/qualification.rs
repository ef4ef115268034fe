//! Qualification (资格审查): whether each bidder shows every paper that the documents require.
//!
//! The buyer judges it, not the panel (财政部令第87号第四十四条). A bidder that fails hears why; fewer than three left
//! make the tender fail (政府采购法第三十六条).

use super::contender::Contender;
use super::related::{self, RelatedBids, RelationFinding};
use crate::ident::{BidId, UserId};
use crate::refusal::{Code, Refusal, Refusals, check_text};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// The longest reason, in characters.
pub const REASON_MOST_CHARS: usize = 1_000;

/// What was found about one paper of one bidder.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaperFinding {
    /// Whose bid.
    pub bid_id: BidId,
    /// The key of the paper in the tender.
    pub paper: String,
    /// Whether it was shown and is good.
    pub is_met: bool,
    /// Why not; required where it is not met.
    pub reason: String,
}

/// The findings about all bidders, as the officer signed them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Qualification {
    /// One for each bidder and required paper.
    pub findings: Vec<PaperFinding>,
    /// Who judged.
    pub judged_by: UserId,
    /// When.
    pub judged_at: DateTime<Utc>,
    /// The related bidders that were found at the opening.
    #[serde(default)]
    pub related: Vec<RelatedBids>,
    /// What was found of each such pair.
    #[serde(default)]
    pub relations: Vec<RelationFinding>,
}

impl Qualification {
    /// Judges: one finding for every bidder and every required paper (`papers` are their keys), none besides.
    ///
    /// # Errors
    /// `FINDING_MISSING` for each that is missing, `NOT_FOUND` for one about something else, `LINE_TWICE`, `REQUIRED` and
    /// `TOO_LONG` at a reason.
    pub fn judge(
        contenders: &[Contender],
        papers: &[String],
        findings: Vec<PaperFinding>,
        by: UserId,
        now: DateTime<Utc>,
    ) -> Result<Self, Refusals> {
        let bids: Vec<BidId> = contenders.iter().map(|contender| contender.bid_id).collect();
        let told = findings.iter().map(|one| (one.bid_id, one.paper.as_str(), one.is_met, one.reason.as_str()));
        let reasons = check_findings(&bids, papers, told, REASON_MOST_CHARS)?;
        let kept = findings.into_iter().zip(reasons).map(|(finding, reason)| PaperFinding { reason, ..finding }).collect();
        Ok(Self { findings: kept, judged_by: by, judged_at: now, related: Vec::new(), relations: Vec::new() })
    }

    /// Judges related bidders too: one finding for every pair that was found.
    ///
    /// # Errors
    /// Those of [`related::judge`].
    pub fn with_relations(self, found: Vec<RelatedBids>, findings: Vec<RelationFinding>) -> Result<Self, Refusals> {
        let relations = related::judge(&found, findings)?;
        Ok(Self { related: found, relations, ..self })
    }

    /// Whether the bidder shows every required paper, and its bid is not invalid for a related one.
    pub fn is_qualified(&self, bid_id: BidId) -> bool {
        !self.findings.iter().any(|finding| finding.bid_id == bid_id && !finding.is_met) && !self.is_out_as_related(bid_id)
    }

    /// Whether a bid was found invalid because its bidder is related to another (政府采购法实施条例第十八条).
    pub fn is_out_as_related(&self, bid_id: BidId) -> bool {
        self.relations.iter().any(|finding| finding.is_invalid && [finding.first, finding.second].contains(&bid_id))
    }

    /// The papers that a bidder lacks, with the reasons.
    pub fn failures(&self, bid_id: BidId) -> impl Iterator<Item = &PaperFinding> {
        self.findings.iter().filter(move |finding| finding.bid_id == bid_id && !finding.is_met)
    }
}

/// Checks that there is one finding for every subject and every required paper (`papers` are their keys), none besides, and
/// a reason of at most so many characters wherever a paper is not met. Answers the reasons, trimmed, in the same order.
///
/// # Errors
/// `FINDING_MISSING` for each that is missing, `NOT_FOUND` for one about something else, `LINE_TWICE`, `REQUIRED` and
/// `TOO_LONG` at a reason.
pub(super) fn check_findings<'a, Of: Copy + PartialEq>(
    subjects: &[Of],
    papers: &[String],
    findings: impl Iterator<Item = (Of, &'a str, bool, &'a str)>,
    most_chars: usize,
) -> Result<Vec<String>, Refusals> {
    let mut refusals = Refusals::default();
    let mut kept: Vec<(Of, &str)> = Vec::new();
    let mut reasons = Vec::new();
    for (index, (subject, paper, is_met, reason)) in findings.enumerate() {
        let path = format!("findings.{index}");
        if !subjects.contains(&subject) || !papers.iter().any(|known| known == paper) {
            refusals.push(Refusal::at(Code::NotFound, &path));
            continue;
        }
        if kept.contains(&(subject, paper)) {
            refusals.push(Refusal::at(Code::LineTwice, &path));
            continue;
        }
        let reason = check_text(reason, !is_met, most_chars);
        reasons.push(refusals.take(&format!("{path}.reason"), reason).unwrap_or_default());
        kept.push((subject, paper));
    }
    let expected = subjects.len() * papers.len();
    if refusals.0.is_empty() && kept.len() < expected {
        refusals.push(Refusal::at(Code::FindingMissing, "findings").with("missing", expected - kept.len()));
    }
    refusals.into_result()?;
    Ok(reasons)
}
