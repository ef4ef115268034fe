//! The evaluation (评审) of a tender's bids, from qualification to the signed report.
//!
//! ```text
//! Qualified ─appoint→ PanelAppointed ─declare (all)→ Scoring ─report→ Reported ─sign (all)→ Signed
//!     └─ fewer than three qualified, or fewer than three left after scoring ─→ Failed
//! ```

use super::contender::{Contender, competitors};
use super::lot::{LotCaps, winners};
use super::panel::{Candidate, Panel, PanelRule};
use super::procedure::Offers;
use super::qualification::{Qualification, REASON_MOST_CHARS};
use super::report::{Report, ReportSignature};
use crate::ident::{BidId, LotId, OrganizationId, TenderId, UserId};
use crate::language::{Language, LocalText};
use crate::oversight::event::{Event, Visibility};
use crate::refusal::{Code, Fact, Refusal, Refusals, check_text};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// Why a tender failed in its evaluation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Failure {
    /// Fewer bidders qualified than competition needs.
    TooFewQualified,
    /// Fewer bids met the essential requirements than competition needs.
    TooFewConforming,
    /// Fewer suppliers than competition needs made a final offer within the ceiling.
    TooFewFinalOffers,
    /// Every bidder of the lot has won as many lots as the notice lets it win.
    CapsReached,
}

impl Failure {
    /// The key of its text.
    pub const fn text_key(self) -> &'static str {
        match self {
            Self::TooFewQualified => "evaluation-failure-too-few-qualified",
            Self::TooFewConforming => "evaluation-failure-too-few-conforming",
            Self::TooFewFinalOffers => "evaluation-failure-too-few-final-offers",
            Self::CapsReached => "evaluation-failure-caps-reached",
        }
    }

    /// What the public notice of the failure says, in both languages.
    pub fn words(self) -> LocalText {
        let say = |language| crate::text::say(language, self.text_key());
        LocalText::new(say(Language::Chinese), say(Language::English))
    }
}

/// Where an evaluation stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "name", rename_all = "snake_case")]
pub enum Stage {
    /// Bidders are judged; there is no panel yet.
    Qualified,
    /// A panel is appointed; not all of it has declared.
    PanelAppointed {
        /// The panel.
        panel: Panel,
    },
    /// Everybody has declared; each scores alone.
    Scoring {
        /// The panel.
        panel: Panel,
    },
    /// All sheets are in and the report is drawn up; members sign.
    Reported {
        /// The panel.
        panel: Panel,
        /// The report.
        report: Report,
    },
    /// Every member has signed.
    Signed {
        /// The panel.
        panel: Panel,
        /// The report.
        report: Report,
    },
    /// Too few bids were left.
    Failed {
        /// Why.
        failure: Failure,
        /// The panel, if there was one.
        panel: Option<Panel>,
        /// The report, if there is one.
        report: Option<Report>,
    },
}

impl Stage {
    /// The names of all stages, as they stand in the database's CHECK.
    pub const NAMES: [&'static str; 6] = ["qualified", "panel_appointed", "scoring", "reported", "signed", "failed"];

    /// The name in database and texts.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Qualified => "qualified",
            Self::PanelAppointed { .. } => "panel_appointed",
            Self::Scoring { .. } => "scoring",
            Self::Reported { .. } => "reported",
            Self::Signed { .. } => "signed",
            Self::Failed { .. } => "failed",
        }
    }

    /// The key of its text: `evaluation-stage-panel-appointed`.
    pub fn text_key(&self) -> String {
        format!("evaluation-stage-{}", self.name().replace('_', "-"))
    }
}

/// A lot that failed in the evaluation while others went on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LotFailure {
    /// Which.
    pub lot: LotId,
    /// Why.
    pub failure: Failure,
}

/// The evaluation of one tender: one panel and one report, in which each lot is judged apart.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evaluation {
    /// The tender.
    pub tender: TenderId,
    /// Counts its changes.
    pub version: i64,
    /// Who buys.
    pub buyer: OrganizationId,
    /// The lots that are evaluated, in the order of their numbers.
    pub lots: Vec<LotId>,
    /// Those of them that have failed since.
    #[serde(default)]
    pub failed_lots: Vec<LotFailure>,
    /// Every bid that was opened.
    pub contenders: Vec<Contender>,
    /// The judgement of bidders.
    pub qualification: Qualification,
    /// Where it stands.
    pub stage: Stage,
}

impl Evaluation {
    /// Begins with the judgement of bidders; a lot with fewer than `fewest` qualified, or fewer competitors whose bids the
    /// panel may evaluate, ends there, and with the last lot the whole (政府采购法第三十六条). What is only a first response
    /// counts whatever its price.
    pub fn begin(
        (tender, lots): (TenderId, Vec<LotId>),
        buyer: OrganizationId,
        contenders: Vec<Contender>,
        qualification: Qualification,
        (fewest, offers): (usize, Offers),
    ) -> (Self, Event) {
        let failed_lots = Vec::new();
        let mut begun = Self { tender, version: 1, buyer, lots, failed_lots, contenders, qualification, stage: Stage::Qualified };
        let qualified = begun.qualified();
        let evaluated = begun.evaluated();
        let failed = begun.judged(|lot| {
            let evaluated = evaluated.iter().filter(|one| one.lot == lot);
            if qualified.iter().filter(|one| one.lot == lot).count() < fewest {
                Some(Failure::TooFewQualified)
            } else if offers != Offers::Negotiated && competitors(evaluated) < fewest {
                Some(Failure::TooFewConforming)
            } else {
                None
            }
        });
        let content = json!({ "bidders": begun.contenders.len(), "qualified": qualified.len() });
        if let Some(failure) = begun.fail(failed) {
            begun.stage = Stage::Failed { failure, panel: None, report: None };
        }
        let event = begun.event("evaluation.bidders_qualified", &content);
        (begun, event)
    }

    /// The lots that have not failed, in the order of their numbers.
    pub fn standing_lots(&self) -> impl Iterator<Item = LotId> + '_ {
        self.lots.iter().copied().filter(|lot| !self.has_failed(*lot))
    }

    fn has_failed(&self, lot: LotId) -> bool {
        self.failed_lots.iter().any(|failed| failed.lot == lot)
    }

    /// Which of the lots that stand fail, and why.
    fn judged(&self, failure: impl Fn(LotId) -> Option<Failure>) -> Vec<LotFailure> {
        self.standing_lots().filter_map(|lot| Some(LotFailure { lot, failure: failure(lot)? })).collect()
    }

    /// Ends lots; answers why the whole has failed, if none is left.
    fn fail(&mut self, failed: Vec<LotFailure>) -> Option<Failure> {
        let last = failed.last().map(|failed| failed.failure);
        self.failed_lots.extend(failed);
        last.filter(|_| self.standing_lots().next().is_none())
    }

    /// Whether a bidder qualifies: it shows every paper, and its bid is not invalid for want of a security.
    pub fn is_qualified(&self, contender: &Contender) -> bool {
        self.qualification.is_qualified(contender.bid_id) && !contender.lacks_security()
    }

    /// The bids whose bidders qualify.
    pub fn qualified(&self) -> Vec<Contender> {
        self.contenders
            .iter()
            .filter(|contender| self.is_qualified(contender)).cloned().collect()
    }

    /// The bids that the panel evaluates: of qualified bidders, in lots that stand, not above the ceiling, final where final
    /// ones are asked for.
    pub fn evaluated(&self) -> Vec<Contender> {
        self.in_report().into_iter().filter(|contender| contender.exceeded_ceiling.is_none() && !contender.has_withdrawn).collect()
    }

    /// The bids that the report tells of, or will: of qualified bidders, in lots that stood when it was drawn up.
    pub fn in_report(&self) -> Vec<Contender> {
        let stands = |contender: &Contender| match self.drawn_up() {
            Some(report) => report.line(contender.bid_id).is_some(),
            None => !self.has_failed(contender.lot),
        };
        self.qualified().into_iter().filter(stands).collect()
    }

    /// The suppliers that the panel negotiates with and that are asked for final offers: every one that qualifies. A first
    /// price above the ceiling is no reason to leave one out; the final one is.
    pub fn negotiated_with(&self) -> Vec<OrganizationId> {
        let mut suppliers: Vec<OrganizationId> = Vec::new();
        for contender in self.in_report() {
            if !suppliers.contains(&contender.bidder) {
                suppliers.push(contender.bidder);
            }
        }
        suppliers
    }

    /// Puts the final offers in the place of the first responses. Who made none has withdrawn; with fewer than `fewest`
    /// competitors left it ends.
    ///
    /// # Errors
    /// `CONFLICT_UNDECLARED`, `WRONG_STATE` unless the panel is whole and nothing is reported.
    pub fn take_final_offers(mut self, finals: Vec<Contender>, fewest: usize) -> Result<(Self, Event), Refusal> {
        let panel = self.scoring_panel()?.clone();
        let asked: Vec<BidId> = self.in_report().iter().map(|first| first.bid_id).collect();
        for first in self.contenders.iter_mut().filter(|first| asked.contains(&first.bid_id)) {
            first.has_withdrawn = true;
        }
        let has_final = |first: &Contender| finals.iter().any(|offer| offer.bidder == first.bidder && offer.lot == first.lot);
        self.contenders.retain(|first| !has_final(first));
        let count = finals.len();
        self.contenders.extend(finals);
        let evaluated = self.evaluated();
        let failed = self.judged(|lot| {
            let left = competitors(evaluated.iter().filter(|one| one.lot == lot));
            (left < fewest).then_some(Failure::TooFewFinalOffers)
        });
        if let Some(failure) = self.fail(failed) {
            self.stage = Stage::Failed { failure, panel: Some(panel), report: None };
        }
        let event = self.event("evaluation.final_offers_taken", &json!({ "offers": count }));
        Ok((self, event))
    }

    /// Appoints the panel, or fills the places of those who stepped back.
    ///
    /// # Errors
    /// `WRONG_STATE` once scoring has begun; those of [`Panel::appoint`].
    pub fn appoint(
        mut self,
        candidates: &[Candidate],
        rule: &PanelRule<'_>,
        by: UserId,
        now: DateTime<Utc>,
    ) -> Result<(Self, Event), Refusals> {
        let before = match &self.stage {
            Stage::Qualified => None,
            Stage::PanelAppointed { panel } => Some(panel),
            _ => return Err(self.wrong_stage().into()),
        };
        let panel = Panel::appoint(before, candidates, rule, by, now)?;
        let event = self.event("evaluation.panel_appointed", &json!({ "members": panel.members.len() }));
        self.stage = if panel.is_ready() { Stage::Scoring { panel } } else { Stage::PanelAppointed { panel } };
        Ok((self, event))
    }

    /// A member declares that there is no conflict, or steps back. Scoring begins with the last declaration.
    ///
    /// # Errors
    /// `WRONG_STATE`; those of [`Panel::declare`].
    pub fn declare(mut self, user: UserId, conflict: Option<&str>, now: DateTime<Utc>) -> Result<(Self, Event), Refusals> {
        let Stage::PanelAppointed { panel } = self.stage.clone() else { return Err(self.wrong_stage().into()) };
        let panel = panel.declare(user, conflict, now)?;
        self.stage = if panel.is_ready() { Stage::Scoring { panel } } else { Stage::PanelAppointed { panel } };
        let name = if conflict.is_some() { "evaluation.member_recused" } else { "evaluation.member_declared" };
        let event = self.event(name, &json!({ "member": user }));
        Ok((self, event))
    }

    /// The panel that scores now.
    ///
    /// # Errors
    /// `CONFLICT_UNDECLARED` while members have not declared, `WRONG_STATE` otherwise.
    pub fn scoring_panel(&self) -> Result<&Panel, Refusal> {
        match &self.stage {
            Stage::Scoring { panel } => Ok(panel),
            Stage::PanelAppointed { .. } => Err(Refusal::new(Code::ConflictUndeclared)),
            _ => Err(self.wrong_stage()),
        }
    }

    /// Takes the report that was drawn up from all sheets; a lot with fewer than `fewest` bids left fails, and so does one
    /// whose bidders have all won as many lots as they may.
    ///
    /// # Errors
    /// `WRONG_STATE`.
    pub fn report(mut self, mut report: Report, fewest: usize, caps: LotCaps) -> Result<(Self, Event), Refusals> {
        let Stage::Scoring { panel } = self.stage.clone() else { return Err(self.wrong_stage().into()) };
        let left = report.ranked().count();
        let failed = self.judged(|lot| {
            let ranked = competitors(report.ranked_of(lot).map(|line| &line.contender));
            (ranked < fewest).then_some(Failure::TooFewConforming)
        });
        let mut whole = self.fail(failed);
        if whole.is_none() {
            report.candidates = winners(caps, &self.standing_lots().map(|lot| (lot, report.order(lot))).collect::<Vec<_>>());
            let failed = self.judged(|lot| (!report.candidates.contains_key(&lot)).then_some(Failure::CapsReached));
            whole = self.fail(failed);
        }
        self.stage = match whole {
            Some(failure) => Stage::Failed { failure, panel: Some(panel), report: Some(report) },
            None => Stage::Reported { panel, report },
        };
        let event = self.event("evaluation.report_drawn_up", &json!({ "ranked": left }));
        Ok((self, event))
    }

    /// A member signs the report, with what it disagrees on (`dissent`) or agreeing. The last signature completes it.
    ///
    /// # Errors
    /// `NOT_ALLOWED` for somebody who is no member, `ALREADY_SIGNED`, `WRONG_STATE`; `TOO_LONG` at `dissent`.
    pub fn sign(mut self, user: UserId, dissent: &str, now: DateTime<Utc>) -> Result<(Self, Event), Refusals> {
        let Stage::Reported { panel, mut report } = self.stage.clone() else { return Err(self.wrong_stage().into()) };
        if !panel.has(user) {
            return Err(Refusal::new(Code::NotAllowed).into());
        }
        if report.signatures.iter().any(|signature| signature.member == user) {
            return Err(Refusal::new(Code::AlreadySigned).into());
        }
        let dissent = check_text(dissent, false, REASON_MOST_CHARS).map_err(|refusal| refusal.under("dissent"))?;
        report.signatures.push(ReportSignature { member: user, signed_at: now, dissent });
        let left = report.members.len() - report.signatures.len();
        self.stage = if report.is_signed() { Stage::Signed { panel, report } } else { Stage::Reported { panel, report } };
        let event = self.event("evaluation.report_signed", &json!({ "member": user, "signatures_left": left }));
        Ok((self, event))
    }

    /// The panel, if there is one.
    pub const fn panel(&self) -> Option<&Panel> {
        match &self.stage {
            Stage::Qualified => None,
            Stage::PanelAppointed { panel }
            | Stage::Scoring { panel }
            | Stage::Reported { panel, .. }
            | Stage::Signed { panel, .. } => Some(panel),
            Stage::Failed { panel, .. } => panel.as_ref(),
        }
    }

    /// The report, once all sheets are in.
    pub const fn drawn_up(&self) -> Option<&Report> {
        match &self.stage {
            Stage::Reported { report, .. } | Stage::Signed { report, .. } => Some(report),
            Stage::Failed { report, .. } => report.as_ref(),
            Stage::Qualified | Stage::PanelAppointed { .. } | Stage::Scoring { .. } => None,
        }
    }

    /// Why the tender failed here, if it did.
    pub const fn failure(&self) -> Option<Failure> {
        match &self.stage {
            Stage::Failed { failure, .. } => Some(*failure),
            _ => None,
        }
    }

    /// Why a lot failed here, if it did.
    pub fn failure_of(&self, lot: LotId) -> Option<Failure> {
        self.failed_lots.iter().find(|failed| failed.lot == lot).map(|failed| failed.failure)
    }

    fn wrong_stage(&self) -> Refusal {
        Refusal::new(Code::WrongState).with("state", Fact::word(self.stage.text_key()))
    }

    /// A member has saved or handed in a sheet: who, never what.
    pub fn sheet_kept(&self, member: UserId, is_submitted: bool) -> Event {
        let name = if is_submitted { "evaluation.sheet_submitted" } else { "evaluation.sheet_saved" };
        self.event(name, &json!({ "member": member }))
    }

    /// Evaluations are confidential (政府采购法第三十八条、条例第四十条): the buyer and who acted read their events.
    fn event(&self, name: &str, content: &Value) -> Event {
        Event::new(name, TenderId::KIND, self.tender.0, Visibility::Parties, content).with_parties([self.buyer.0])
    }
}
