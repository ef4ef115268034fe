//! Applications to be invited to a tender (资格预审申请).
//!
//! A supplier applies once, with the papers of the notice, and may replace or withdraw its application until the time is
//! over (政府采购法实施条例第二十一条). Until then nobody else knows of it, the buyer no more than other suppliers. The buyer
//! then judges every application paper by paper; who is refused hears why.

use super::draw::Candidate;
use super::procedure::command::Command;
use super::qualification::{REASON_MOST_CHARS, check_findings};
use super::tender::{Tender, TenderState, TenderStateName};
use crate::ident::{ApplicationId, FileId, OrganizationId, TenderId, UserId};
use crate::oversight::event::{Event, Visibility};
use crate::refusal::{Code, Refusal, Refusals, check_text};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::json;

/// The longest note about one paper, in characters.
pub const NOTE_MOST_CHARS: usize = 2_000;
/// The most applications that one tender takes.
pub const APPLICATIONS_MOST: usize = 500;

/// What an applicant shows for one paper of the notice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShownPaper {
    /// The key of the paper in the tender.
    pub key: String,
    /// What the applicant says about it: a number, a date, where it can be looked up.
    pub note: String,
    /// The paper itself.
    pub file: Option<FileId>,
}

/// What the buyer found about one paper of one application.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApplicationFinding {
    /// Whose.
    pub application: ApplicationId,
    /// The key of the paper in the tender.
    pub paper: String,
    /// Whether it was shown and is good.
    pub is_met: bool,
    /// Why not; required where it is not met.
    pub reason: String,
}

/// The buyer's judgement of one application.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verdict {
    /// One finding for each required paper.
    pub findings: Vec<ApplicationFinding>,
    /// Who judged.
    pub judged_by: UserId,
    /// When.
    pub judged_at: DateTime<Utc>,
}

/// Where an application stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "name", rename_all = "snake_case")]
pub enum ApplicationState {
    /// It is in, and nobody but the applicant knows of it before the time is over.
    Received,
    /// Taken back in time.
    Withdrawn {
        /// When.
        at: DateTime<Utc>,
    },
    /// Its applicant does not qualify.
    Refused {
        /// Why.
        verdict: Verdict,
    },
    /// Its applicant qualifies, and waits for the draw.
    Qualified {
        /// What was found.
        verdict: Verdict,
    },
    /// Its applicant is asked for a bid.
    Invited {
        /// What was found.
        verdict: Verdict,
        /// Since when.
        at: DateTime<Utc>,
    },
    /// Its applicant qualifies and was not drawn.
    NotDrawn {
        /// What was found.
        verdict: Verdict,
        /// When the others were.
        at: DateTime<Utc>,
    },
}

impl ApplicationState {
    /// The name in the database.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::Withdrawn { .. } => "withdrawn",
            Self::Refused { .. } => "refused",
            Self::Qualified { .. } => "qualified",
            Self::Invited { .. } => "invited",
            Self::NotDrawn { .. } => "not_drawn",
        }
    }

    /// The judgement, once there is one.
    pub const fn verdict(&self) -> Option<&Verdict> {
        match self {
            Self::Received | Self::Withdrawn { .. } => None,
            Self::Refused { verdict } | Self::Qualified { verdict } | Self::Invited { verdict, .. } | Self::NotDrawn { verdict, .. } => {
                Some(verdict)
            }
        }
    }
}

/// An application to be invited to a tender.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Application {
    /// Its number in the database.
    pub id: ApplicationId,
    /// Counts its changes.
    pub version: i64,
    /// To which tender.
    pub tender: TenderId,
    /// Whose.
    pub applicant: OrganizationId,
    /// Who handed it in.
    pub applied_by: UserId,
    /// When it came in; a replaced one counts from its replacement.
    pub received_at: DateTime<Utc>,
    /// What is shown.
    pub papers: Vec<ShownPaper>,
    /// Where it stands.
    pub state: ApplicationState,
}

/// Whether the time for applications is over for good, so that the buyer may read them: not while a stop keeps what was
/// left of it, nor where the tender was called off before anybody was invited.
pub fn is_time_over(tender: &Tender, now: DateTime<Utc>) -> bool {
    let Some(until) = tender.content.choice.announced_until else { return false };
    match &tender.state {
        TenderState::Announced(_) => now > until,
        TenderState::Suspended { before: TenderStateName::Announced, suspended_at, .. } => *suspended_at > until,
        TenderState::Failed { .. } => true,
        state => state.publication().is_some_and(|publication| publication.invited_at.is_some()),
    }
}

/// Refuses an application, or its withdrawal, where none is taken any more.
fn check_in_time(tender: &Tender, now: DateTime<Utc>) -> Result<(), Refusal> {
    tender.check(Command::Apply)?;
    let until = tender.content.choice.announced_until.ok_or_else(|| tender.wrong_state())?;
    if now > until { Err(Refusal::new(Code::AnnouncementOver).with("until", until)) } else { Ok(()) }
}

impl Application {
    /// Applies with the papers of the notice, or replaces the application that is in. `existing` is the applicant's own, if
    /// it has one; `replaces` the one that it means to replace.
    ///
    /// # Errors
    /// `WRONG_STATE`, `ANNOUNCEMENT_OVER`, `APPLIED_ALREADY` where one is in and not named, `NOT_FOUND` at `replacesId` for
    /// another; at `papers` those of [`check_papers`].
    pub fn apply(
        (id, applicant, by): (ApplicationId, OrganizationId, UserId),
        tender: &Tender,
        papers: &[ShownPaper],
        (existing, replaces): (Option<Self>, Option<ApplicationId>),
        now: DateTime<Utc>,
    ) -> Result<(Self, Event), Refusals> {
        check_in_time(tender, now)?;
        let live = existing.as_ref().filter(|one| one.state == ApplicationState::Received);
        match (live, replaces) {
            (Some(_), None) => return Err(Refusal::new(Code::AppliedAlready).into()),
            (found, Some(named)) if found.is_none_or(|one| one.id != named) => {
                return Err(Refusal::at(Code::NotFound, "replacesId").into());
            }
            _ => {}
        }
        let papers = check_papers(tender, papers)?;
        let name = if live.is_some() { "application.replaced" } else { "application.received" };
        // A supplier has one record for each tender, however often it changes its mind.
        let (id, version) = existing.map_or((id, 1), |one| (one.id, one.version));
        let made = Self {
            id, version, tender: tender.id, applicant, applied_by: by, received_at: now, papers, state: ApplicationState::Received,
        };
        let event = made.event(name, Visibility::Own, &json!({ "tender": tender.id, "papers": made.papers.len() }));
        Ok((made, event))
    }

    /// Takes it back, as long as others could still be handed in.
    ///
    /// # Errors
    /// `WRONG_STATE`, `ANNOUNCEMENT_OVER`, `CONFLICT` when it has been taken back.
    pub fn withdraw(mut self, tender: &Tender, now: DateTime<Utc>) -> Result<(Self, Event), Refusal> {
        check_in_time(tender, now)?;
        if self.state != ApplicationState::Received {
            return Err(Refusal::new(Code::Conflict));
        }
        self.state = ApplicationState::Withdrawn { at: now };
        let event = self.event("application.withdrawn", Visibility::Own, &json!({ "tender": self.tender }));
        Ok((self, event))
    }

    /// The applicant is asked for a bid, or was not drawn; it is told at once, and nobody else before the opening.
    ///
    /// # Errors
    /// `CONFLICT` unless it qualifies and waits.
    pub fn settle(mut self, is_drawn: bool, now: DateTime<Utc>) -> Result<(Self, Event), Refusal> {
        let ApplicationState::Qualified { verdict } = self.state else { return Err(Refusal::new(Code::Conflict)) };
        let (state, name) = if is_drawn {
            (ApplicationState::Invited { verdict, at: now }, "application.drawn")
        } else {
            (ApplicationState::NotDrawn { verdict, at: now }, "application.not_drawn")
        };
        self.state = state;
        let event = self.event(name, Visibility::Parties, &json!({ "tender": self.tender }));
        let event = event.with_parties([self.applicant.0]);
        Ok((self, event))
    }

    /// Whether its applicant takes part in the draw, or took part.
    pub const fn is_qualified(&self) -> bool {
        matches!(self.state, ApplicationState::Qualified { .. } | ApplicationState::Invited { .. } | ApplicationState::NotDrawn { .. })
    }

    /// Its place in the draw.
    pub const fn candidate(&self) -> Candidate {
        Candidate { application: self.id, supplier: self.applicant }
    }

    fn event(&self, name: &str, visibility: Visibility, content: &impl Serialize) -> Event {
        Event::new(name, ApplicationId::KIND, self.id.0, visibility, content)
    }
}

/// Checks what an applicant shows: papers that the notice names, once each, and for every required one a note or a file.
///
/// # Errors
/// `NOT_FOUND` for a paper that the notice does not name, `LINE_TWICE`, `TOO_LONG` and `HIDDEN_CHARACTERS` at a note,
/// `REQUIRED` at the note of a required paper that is not shown, or at `papers` where nothing is said of it.
pub fn check_papers(tender: &Tender, papers: &[ShownPaper]) -> Result<Vec<ShownPaper>, Refusals> {
    let mut faults = Refusals::default();
    let mut kept: Vec<ShownPaper> = Vec::new();
    for (index, paper) in papers.iter().enumerate() {
        let path = format!("papers.{index}");
        let Some(asked) = tender.content.papers.iter().find(|asked| asked.key == paper.key) else {
            faults.push(Refusal::at(Code::NotFound, &path));
            continue;
        };
        if papers[..index].iter().any(|other| other.key == paper.key) {
            faults.push(Refusal::at(Code::LineTwice, &path));
            continue;
        }
        let is_needed = asked.is_obligatory && paper.file.is_none();
        let note = check_text(&paper.note, is_needed, NOTE_MOST_CHARS);
        let note = faults.take(&format!("{path}.note"), note).unwrap_or_default();
        kept.push(ShownPaper { note, ..paper.clone() });
    }
    let is_shown = |key: &str| papers.iter().any(|paper| paper.key == key);
    if tender.content.papers.iter().any(|asked| asked.is_obligatory && !is_shown(&asked.key)) {
        faults.push(Refusal::at(Code::Required, "papers"));
    }
    faults.into_result()?;
    // A paper of which nothing is said is not shown.
    kept.retain(|paper| paper.file.is_some() || !paper.note.is_empty());
    Ok(kept)
}

/// Judges all applications that are in, once their time is over: one finding for each and every required paper, none
/// besides. Every applicant is told its own result.
///
/// # Errors
/// `WRONG_STATE`, `ANNOUNCEMENT_RUNS`, and those of findings: `FINDING_MISSING`, `NOT_FOUND`, `LINE_TWICE`, `REQUIRED` and
/// `TOO_LONG` at a reason.
pub fn judge(
    tender: &Tender,
    applications: Vec<Application>,
    findings: Vec<ApplicationFinding>,
    (by, now): (UserId, DateTime<Utc>),
) -> Result<Vec<(Application, Event)>, Refusals> {
    tender.check(Command::JudgeApplications)?;
    if !is_time_over(tender, now) {
        let until = tender.content.choice.announced_until.unwrap_or(now);
        return Err(Refusal::new(Code::AnnouncementRuns).with("until", until).into());
    }
    let required = tender.content.papers.iter().filter(|paper| paper.is_obligatory);
    let required: Vec<String> = required.map(|paper| paper.key.clone()).collect();
    let live: Vec<Application> = applications.into_iter().filter(|one| one.state == ApplicationState::Received).collect();
    let subjects: Vec<ApplicationId> = live.iter().map(|one| one.id).collect();
    let told = findings.iter().map(|one| (one.application, one.paper.as_str(), one.is_met, one.reason.as_str()));
    let reasons = check_findings(&subjects, &required, told, REASON_MOST_CHARS)?;
    let findings: Vec<ApplicationFinding> =
        findings.into_iter().zip(reasons).map(|(finding, reason)| ApplicationFinding { reason, ..finding }).collect();
    let judged = live.into_iter().map(|mut application| {
        let own: Vec<ApplicationFinding> = findings.iter().filter(|one| one.application == application.id).cloned().collect();
        let refused: Vec<_> = own.iter().filter(|one| !one.is_met).map(|one| json!({ "paper": one.paper, "reason": one.reason })).collect();
        let is_qualified = refused.is_empty();
        let content = json!({ "tender": application.tender, "is_qualified": is_qualified, "refused": refused });
        let verdict = Verdict { findings: own, judged_by: by, judged_at: now };
        application.state = if is_qualified { ApplicationState::Qualified { verdict } } else { ApplicationState::Refused { verdict } };
        let event = application.event("application.judged", Visibility::Parties, &content).with_parties([application.applicant.0]);
        (application, event)
    });
    Ok(judged.collect())
}

#[cfg(test)]
#[path = "application_tests.rs"]
mod tests;
