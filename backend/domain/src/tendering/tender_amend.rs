//! Changes of a published tender (更正公告), and of the needs while suppliers are negotiated with.

use super::green::ask_for_certificates;
use super::procedure::CHANGE_TO_DEADLINE;
use super::procedure::command::Command;
use super::tender::{Amendment, Moved, REASON_MOST_CHARS, Tender};
use super::tender_change::{self, FileNames};
use super::tender_check;
use super::tender_content::TenderContent;
use crate::ident::{LotId, OrganizationId};
use crate::language::LocalText;
use crate::oversight::event::Visibility;
use crate::oversight::policy_pack::{Figure, check};
use crate::refusal::{Code, Refusal, check_text};
use crate::text::ZONE;
use chrono::{DateTime, Utc};
use uuid::Uuid;

impl Tender {
    /// Changes a published tender before its deadline, under the law of its notice; a change that affects bids moves the
    /// deadline when too few days are left (财政部令第87号第二十七条: fifteen; other procedures have figures of their own).
    /// While suppliers are negotiated with, `negotiated_with`, the change is told to each of them in writing and final offers
    /// follow it (政府采购法第三十八条, 财政部令第74号第三十二条).
    ///
    /// # Errors
    /// `WRONG_STATE`, `DEADLINE_PASSED`, `DEADLINE_MOVED_NEARER`, `REQUIRED` at `reason.zh`, `NOTHING_CHANGED`, those of
    /// [`tender_change::check_fixed`] and [`tender_check::lawful`] under `content`.
    pub fn amend(
        mut self,
        mut content: TenderContent,
        reason: LocalText,
        names: &FileNames,
        negotiated_with: &[OrganizationId],
        now: DateTime<Utc>,
    ) -> Moved {
        self.check(Command::Amend)?;
        let publication = self.state.publication().ok_or_else(|| self.wrong_state())?;
        let old = self.deadline()?;
        let takes_bids = self.state.name().takes_bids();
        if takes_bids && now > old {
            return Err(Refusal::new(Code::DeadlinePassed).with("deadline", old).into());
        }
        check_text(&reason.zh, true, REASON_MOST_CHARS).map_err(|refusal| refusal.under("reason.zh"))?;
        check_text(&reason.en, false, REASON_MOST_CHARS).map_err(|refusal| refusal.under("reason.en"))?;
        content.check_draft().map_err(|faults| faults.under("content"))?;
        // Who opens the bids can't change once bids may be sealed to them.
        content.holders.clone_from(&self.content.holders);
        content.threshold = self.content.threshold;
        // A lot keeps its name in envelopes; one that is new is refused below.
        content.name_lots(&self.content.lots, || LotId(Uuid::nil()));
        // Nor by which procedure it buys: another one is another notice.
        content.choice.clone_from(&self.content.choice);
        // Nor who may bid, by what is reserved; and what is obligatory keeps its certificate.
        content.reservation.clone_from(&self.content.reservation);
        ask_for_certificates(&mut content);
        let asked = content.deadline_at.filter(|_| takes_bids).unwrap_or(old);
        if asked < old {
            return Err(Refusal::at(Code::DeadlineMovedNearer, "content.deadlineAt").with("deadline", old).into());
        }
        content.deadline_at = Some(asked);
        content.questions_until = self.questions_after_change(content.questions_until)?;
        tender_change::check_fixed(&self.content, &content, &publication.rules).map_err(|faults| faults.under("content"))?;
        tender_check::lawful(&content, &publication.rules).map_err(|faults| faults.under("content"))?;
        if content == self.content {
            return Err(Refusal::new(Code::NothingChanged).into());
        }
        let deadline_at = if takes_bids { self.moved_deadline(asked, now)? } else { old };
        content.deadline_at = Some(deadline_at);
        let changes = tender_change::changes(&self.content, &content, names);
        self.content = content;
        self.document_version += 1;
        let amendment = Amendment { document_version: self.document_version, amended_at: now, reason, deadline_at, changes };
        let visibility = if takes_bids { Visibility::Public } else { Visibility::Parties };
        let told = negotiated_with.iter().map(|supplier| supplier.0).chain([self.buyer.0]);
        let event = self.event("tender.amended", visibility, &amendment).with_parties(told);
        self.amendments.push(amendment);
        Ok((self, event))
    }

    /// The deadline that a change made now leaves, when `asked` was asked for.
    fn moved_deadline(&self, asked: DateTime<Utc>, now: DateTime<Utc>) -> Result<DateTime<Utc>, Refusal> {
        let publication = self.state.publication().ok_or_else(|| self.wrong_state())?;
        let (today, day) = (now.with_timezone(&ZONE).date_naive(), asked.with_timezone(&ZONE).date_naive());
        let moved = check::deadline_after_change(&publication.rules, &self.change_figure(), today, day);
        Ok(asked + (moved - day))
    }

    fn change_figure(&self) -> String {
        self.procedure().figure_key(CHANGE_TO_DEADLINE)
    }

    /// The figure by which the last change moved the deadline behind the one that was `asked` for, if it did.
    pub fn deadline_rule(&self, asked: Option<DateTime<Utc>>) -> Option<&Figure> {
        let last = self.amendments.last()?;
        let moved = match asked {
            Some(asked) => last.deadline_at > asked,
            None => last.changes.iter().any(|change| change.field == "deadline"),
        };
        let rules = &self.state.publication()?.rules;
        rules.figure(&self.change_figure()).filter(|_| moved)
    }
}
