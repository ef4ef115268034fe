//! What becomes of a tender after its notice. Every move asks the procedure's course whether it is possible and where it
//! leads.

use super::lot::FailedLot;
use super::procedure::Procedure;
use super::procedure::command::Command;
use super::procedure::ground::Ground;
use super::procedure::{Announcement, DOCUMENTS_TO_DEADLINE};
use super::tender::{Amendment, Moved, Publication, REASON_MOST_CHARS, Tender, TenderState, TenderStateName};
use super::tender_check;
use super::tender_change::TenderChange;
use crate::ident::{LotId, OrganizationId, TenderId, UserId};
use crate::language::LocalText;
use crate::oversight::event::{Event, Visibility};
use crate::oversight::policy_pack::check::{self, Verdict};
use crate::refusal::{Code, Refusal, Refusals, check_text};
use crate::text::ZONE;
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;

impl Tender {
    /// Asks those drawn or named for bids, once the time for applications or objections is over. A deadline that leaves too
    /// few days from now on must be moved: `deadline_at` says to when.
    ///
    /// # Errors
    /// `WRONG_STATE`, `ANNOUNCEMENT_RUNS`, `INVITED_TOO_FEW`, `DEADLINE_MOVED_NEARER` and `DEADLINE_TOO_EARLY` at `deadlineAt`.
    pub fn invite(mut self, invited: Vec<OrganizationId>, deadline_at: Option<DateTime<Utc>>, now: DateTime<Utc>) -> Moved {
        let to = self.target(Command::Invite)?;
        let mut publication = self.publication()?;
        let until = self.content.choice.announced_until.ok_or_else(|| Refusal::at(Code::Required, "announcedUntil"))?;
        if now <= until {
            return Err(Refusal::new(Code::AnnouncementRuns).with("until", until).into());
        }
        let least = match self.procedure().course().announcement {
            Announcement::Prequalification => self.procedure().figure(&publication.rules, "fewest_invited").map_or(1, |figure| figure.value),
            Announcement::SingleSource | Announcement::None => 1,
        };
        if i64::try_from(invited.len()).is_ok_and(|count| count < least) {
            return Err(Refusal::at(Code::InvitedTooFew, "invited").with("least", least).into());
        }
        let old = self.deadline()?;
        let deadline_at = deadline_at.unwrap_or(old);
        if deadline_at < old {
            return Err(Refusal::at(Code::DeadlineMovedNearer, "deadlineAt").with("deadline", old).into());
        }
        let day = |at: DateTime<Utc>| at.with_timezone(&ZONE).date_naive();
        let figure = self.procedure().figure_key(DOCUMENTS_TO_DEADLINE);
        let answer = check::deadline(&publication.rules, &figure, day(now), day(deadline_at));
        if answer.verdict == Verdict::Violation || deadline_at <= now {
            return Err(tender_check::explain(Refusal::at(Code::DeadlineTooEarly, "deadlineAt"), answer).into());
        }
        publication.invited_at = Some(now);
        self.content.deadline_at = Some(deadline_at);
        self.invited = invited;
        self.state = TenderState::carrying(to, publication).ok_or_else(|| self.wrong_state())?;
        // Who was drawn is not told before the opening: bidders are hidden from each other.
        let event = self.event("tender.invited", Visibility::Public, &json!({ "invited": self.invited.len(), "deadline_at": deadline_at }));
        Ok((self, event))
    }

    /// Calls it off, with a reason that everybody reads.
    ///
    /// # Errors
    /// `WRONG_STATE`, `REQUIRED` at `reason.zh`.
    pub fn cancel(mut self, reason: LocalText) -> Moved {
        self.check(Command::Cancel)?;
        check_reason(&reason)?;
        let event = self.event("tender.cancelled", Visibility::Public, &json!({ "reason": reason }));
        self.state = TenderState::Cancelled { publication: self.publication()?, reason };
        Ok((self, event))
    }

    /// Ends it without an award, at any time between deadline and award.
    ///
    /// # Errors
    /// `WRONG_STATE`, `DEADLINE_NOT_REACHED`.
    pub fn fail(mut self, reason: LocalText, now: DateTime<Utc>) -> Moved {
        self.check(Command::Fail)?;
        match (self.state.name(), self.content.choice.announced_until) {
            // Nobody, or too few, have applied when the time for it is over.
            (TenderStateName::Announced, Some(until)) if now > until => {}
            _ => self.after_deadline(now)?,
        }
        let event = self.event("tender.failed", Visibility::Public, &json!({ "reason": reason }));
        self.state = TenderState::Failed { publication: self.publication()?, reason };
        Ok((self, event))
    }

    /// Ends lots without an award, each for its reason, while others go on. The tender itself fails with its last lot
    /// ([`Self::fail`]).
    pub fn fail_lots(mut self, failed: Vec<(LotId, LocalText)>, now: DateTime<Utc>) -> (Self, Vec<Event>) {
        let mut events = Vec::new();
        for (lot, reason) in failed {
            let number = self.lots().iter().find(|one| one.id == lot).map(|one| one.number);
            events.push(self.event("tender.lot_failed", Visibility::Public, &json!({ "lot": lot, "number": number, "reason": reason })));
            self.failed_lots.push(FailedLot { lot, reason, failed_at: now });
        }
        (self, events)
    }

    /// Stops everything for a while, with a reason that everybody reads.
    ///
    /// # Errors
    /// `WRONG_STATE`, `REQUIRED` at `reason.zh`.
    pub fn suspend(mut self, reason: LocalText, now: DateTime<Utc>) -> Moved {
        self.check(Command::Suspend)?;
        check_reason(&reason)?;
        let event = self.event("tender.suspended", Visibility::Public, &json!({ "reason": reason }));
        let (publication, before) = (self.publication()?, self.state.name());
        self.state = TenderState::Suspended { publication, reason, before, suspended_at: now };
        Ok((self, event))
    }

    /// Goes on where it was stopped. A deadline that still ran moves by the days of the stop, begun ones counted whole: the
    /// time that was left is left, and the hour stays.
    ///
    /// # Errors
    /// `WRONG_STATE`.
    pub fn resume(mut self, now: DateTime<Utc>) -> Moved {
        self.check(Command::Resume)?;
        let TenderState::Suspended { publication, reason, before, suspended_at } = self.state.clone() else {
            return Err(self.wrong_state().into());
        };
        let days = (now - suspended_at + TimeDelta::days(1) - TimeDelta::nanoseconds(1)).num_days();
        let mut changes = Vec::new();
        let mut moved = |end: &mut Option<DateTime<Utc>>| {
            let Some(old) = end.filter(|end| *end >= suspended_at) else { return };
            let new = old + TimeDelta::days(days);
            changes.push(TenderChange::of_deadline(old, new));
            *end = Some(new);
        };
        if before == TenderStateName::Announced {
            moved(&mut self.content.choice.announced_until);
        }
        if before.takes_bids() || before == TenderStateName::Announced {
            moved(&mut self.content.deadline_at);
            if let Some(until) = self.content.questions_until.as_mut().filter(|until| **until >= suspended_at) {
                *until += TimeDelta::days(days);
            }
        }
        let deadline_at = self.content.deadline_at;
        self.state = TenderState::carrying(before, publication).ok_or_else(|| self.wrong_state())?;
        let event = self.event("tender.resumed", Visibility::Public, &json!({ "deadline_at": deadline_at, "days": days }));
        if let Some(deadline_at) = deadline_at.filter(|_| !changes.is_empty()) {
            // The documents are the same: bids that are sealed stand.
            self.amendments.push(Amendment { document_version: self.document_version, amended_at: now, reason, deadline_at, changes });
        }
        Ok((self, event))
    }

    /// Bids, or final offers, are open.
    ///
    /// # Errors
    /// `WRONG_STATE`, `DEADLINE_NOT_REACHED`.
    pub fn open(self, now: DateTime<Utc>) -> Moved {
        self.after_deadline(now)?;
        if !self.state.name().takes_bids() {
            return Err(self.wrong_state().into());
        }
        self.step(Command::OpenBids, "tender.opened")
    }

    /// It is known who qualifies.
    ///
    /// # Errors
    /// `WRONG_STATE`.
    pub fn qualify(self) -> Moved {
        self.step(Command::Qualify, "tender.qualified")
    }

    /// The panel is whole and begins: to score, or to negotiate.
    ///
    /// # Errors
    /// `WRONG_STATE`.
    pub fn begin_evaluation(mut self, panel: Vec<UserId>) -> Moved {
        self.panel = panel;
        self.step(Command::DeclareConflict, "tender.evaluation_began")
    }

    /// Asks those who were negotiated with for their final offers, sealed until `deadline_at`. The documents are a version
    /// on, so that no first response can pass for a final offer.
    ///
    /// # Errors
    /// `WRONG_STATE`, `DEADLINE_TOO_EARLY` at `deadlineAt` unless it lies ahead.
    pub fn request_final_offers(mut self, asked: Vec<OrganizationId>, deadline_at: DateTime<Utc>, now: DateTime<Utc>) -> Moved {
        self.target(Command::RequestFinalOffers)?;
        if deadline_at <= now {
            return Err(Refusal::at(Code::DeadlineTooEarly, "deadlineAt").with("remedy", now).into());
        }
        self.first_deadline_at = Some(self.deadline()?);
        self.content.deadline_at = Some(deadline_at);
        self.document_version += 1;
        self.invited = asked;
        self.step(Command::RequestFinalOffers, "tender.final_offers_requested")
    }

    /// The final offers go before the panel.
    ///
    /// # Errors
    /// `WRONG_STATE`.
    pub fn begin_scoring(self) -> Moved {
        self.step(Command::BeginScoring, "tender.scoring_began")
    }

    /// The panel has reported.
    ///
    /// # Errors
    /// `WRONG_STATE`.
    pub fn report(self) -> Moved {
        self.step(Command::SignReport, "tender.reported")
    }

    /// The buyer has confirmed the award; who may is the award's affair ([`super::award::Award::confirm`]).
    ///
    /// # Errors
    /// `WRONG_STATE`.
    pub fn confirm_award(self) -> Moved {
        self.step(Command::ConfirmAward, "tender.award_confirmed")
    }

    /// The award is public.
    ///
    /// # Errors
    /// `WRONG_STATE`.
    pub fn publish_award(self) -> Moved {
        self.step(Command::PublishAward, "tender.awarded")
    }

    /// Both sides have signed.
    ///
    /// # Errors
    /// `WRONG_STATE`.
    pub fn contract(self) -> Moved {
        self.step(Command::SignContract, "tender.contracted")
    }

    /// Begins anew what ended without a contract, as a draft that says the same but for its dates, keys and procedure. After
    /// a failure the failure is its ground (政府采购法第三十七条); another person approves it as any draft.
    ///
    /// # Errors
    /// `WRONG_STATE` unless it failed or was called off.
    pub fn begin_again(&self, (id, lot, number): (TenderId, LotId, String), procedure: Procedure, by: UserId, now: DateTime<Utc>) -> Moved {
        self.check(Command::BeginAgain)?;
        let mut content = self.content.clone();
        content.deadline_at = None;
        content.questions_until = None;
        content.holders.clear();
        let has_failed = self.state.name() == TenderStateName::Failed;
        content.choice.announced_until = None;
        content.choice.procedure = procedure;
        content.choice.ground = (has_failed && procedure != Procedure::OpenTender).then_some(Ground::NoBidsOrFailed);
        if let [one] = procedure.course().evaluation_methods {
            content.method = *one;
        }
        let draft = Self {
            id,
            version: 1,
            number,
            buyer: self.buyer,
            plan: self.plan,
            follows: Some(self.id),
            lot,
            failed_lots: Vec::new(),
            content,
            document_version: 1,
            created_by: by,
            created_at: now,
            amendments: Vec::new(),
            invited: Vec::new(),
            mandate: None,
            ended_mandates: Vec::new(),
            first_deadline_at: None,
            panel: Vec::new(),
            state: TenderState::Draft { returned: None, writers: Vec::new() },
        };
        let event = draft.event("tender.begun_again", Visibility::Own, &json!({ "follows": self.id }));
        Ok((draft, event))
    }

    fn publication(&self) -> Result<Publication, Refusal> {
        self.state.publication().cloned().ok_or_else(|| self.wrong_state())
    }

    fn after_deadline(&self, now: DateTime<Utc>) -> Result<(), Refusal> {
        let deadline = self.deadline()?;
        if now > deadline { Ok(()) } else { Err(Refusal::new(Code::DeadlineNotReached).with("deadline", deadline)) }
    }

    /// The steps that only carry the publication on.
    fn step(mut self, command: Command, name: &str) -> Moved {
        let (to, publication) = (self.target(command)?, self.publication()?);
        self.state = TenderState::carrying(to, publication).ok_or_else(|| self.wrong_state())?;
        let event = self.step_event(to, name);
        Ok((self, event))
    }

    /// What the panel, the buyer and those who negotiate do in between is public once the award is. Who acts may be a member
    /// of the panel: the buyer takes part and must be able to read it, and so must those who are asked.
    fn step_event(&self, to: TenderStateName, name: &str) -> Event {
        use TenderStateName::{AwardConfirmed, FinalOffers, FinalOpened, Negotiating, Qualified, Reported};
        let is_public = !matches!(to, Qualified | Reported | AwardConfirmed | Negotiating | FinalOffers | FinalOpened);
        let visibility = if is_public { Visibility::Public } else { Visibility::Parties };
        let mut event = self.event(name, visibility, &json!({}));
        if to == FinalOffers {
            event.parties.extend(self.invited.iter().map(|supplier| supplier.0));
            event.content = json!({ "deadline_at": self.content.deadline_at });
        }
        event
    }
}

fn check_reason(reason: &LocalText) -> Result<(), Refusals> {
    check_text(&reason.zh, true, REASON_MOST_CHARS).map_err(|refusal| refusal.under("reason.zh"))?;
    check_text(&reason.en, false, REASON_MOST_CHARS).map_err(|refusal| refusal.under("reason.en"))?;
    Ok(())
}
