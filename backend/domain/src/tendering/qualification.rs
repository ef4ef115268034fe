//! Qualification (资格审查): whether each bidder shows every paper that the documents require.
//!
//! The buyer judges it, not the panel (财政部令第87号第四十四条). A bidder that fails hears why; fewer than three left
//! make the tender fail (政府采购法第三十六条).

use super::contender::Contender;
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
        let mut refusals = Refusals::default();
        let mut kept: Vec<PaperFinding> = Vec::with_capacity(findings.len());
        for (index, finding) in findings.into_iter().enumerate() {
            let path = format!("findings.{index}");
            let is_known = contenders.iter().any(|contender| contender.bid_id == finding.bid_id)
                && papers.contains(&finding.paper);
            if !is_known {
                refusals.push(Refusal::at(Code::NotFound, &path));
                continue;
            }
            if kept.iter().any(|other| other.bid_id == finding.bid_id && other.paper == finding.paper) {
                refusals.push(Refusal::at(Code::LineTwice, &path));
                continue;
            }
            let reason = check_text(&finding.reason, !finding.is_met, REASON_MOST_CHARS);
            let reason = refusals.take(&format!("{path}.reason"), reason).unwrap_or_default();
            kept.push(PaperFinding { reason, ..finding });
        }
        let expected = contenders.len() * papers.len();
        if refusals.0.is_empty() && kept.len() < expected {
            refusals.push(Refusal::at(Code::FindingMissing, "findings").with("missing", expected - kept.len()));
        }
        refusals.into_result()?;
        Ok(Self { findings: kept, judged_by: by, judged_at: now })
    }

    /// Whether the bidder shows every required paper.
    pub fn is_qualified(&self, bid_id: BidId) -> bool {
        !self.findings.iter().any(|finding| finding.bid_id == bid_id && !finding.is_met)
    }

    /// The papers that a bidder lacks, with the reasons.
    pub fn failures(&self, bid_id: BidId) -> impl Iterator<Item = &PaperFinding> {
        self.findings.iter().filter(move |finding| finding.bid_id == bid_id && !finding.is_met)
    }
}
