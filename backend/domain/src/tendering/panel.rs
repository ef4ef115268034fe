//! The panel (评审委员会): who evaluates, and that none of them has an interest.

use super::qualification::REASON_MOST_CHARS;
use crate::ident::{OrganizationId, UserId};
use crate::refusal::{Code, Refusal, Refusals, check_text};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// Somebody who may be appointed, as far as the rules ask.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Who.
    pub user: UserId,
    /// Whether the person holds the role of an evaluator.
    pub is_evaluator: bool,
    /// The organizations in which the person holds any role.
    pub organizations: Vec<OrganizationId>,
}

/// A member of the panel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// Who.
    pub user: UserId,
    /// When the member declared that there is no conflict of interest; absent until then.
    pub declared_at: Option<DateTime<Utc>>,
}

/// Somebody who stepped back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recusal {
    /// Who.
    pub user: UserId,
    /// Why.
    pub reason: String,
    /// When.
    pub recused_at: DateTime<Utc>,
}

/// Those who evaluate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Panel {
    /// The members, in the order of their appointment.
    pub members: Vec<Member>,
    /// Those who stepped back.
    pub recusals: Vec<Recusal>,
    /// How many members it has when it is whole; odd.
    pub size: usize,
    /// Who appointed it.
    pub appointed_by: UserId,
    /// When it was last appointed.
    pub appointed_at: DateTime<Utc>,
}

/// Why somebody can't be a member, although an evaluator (政府采购法第十二条、财政部令第87号第四十七条).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bar {
    /// Drafted, approved or published the tender, or appoints the panel.
    ActedForBuyer,
    /// Works for the buyer: nobody is an expert on the purchases of its own organization.
    WorksForBuyer,
    /// Works for one of the bidders.
    TiedToBidder,
    /// Has stepped back.
    SteppedBack,
}

impl Bar {
    /// The key of its text.
    pub const fn text_key(self) -> &'static str {
        match self {
            Self::ActedForBuyer => "panel-bar-acted-for-buyer",
            Self::WorksForBuyer => "panel-bar-works-for-buyer",
            Self::TiedToBidder => "panel-bar-tied-to-bidder",
            Self::SteppedBack => "panel-bar-stepped-back",
        }
    }
}

/// What the rules ask of a panel.
#[derive(Clone, Debug)]
pub struct PanelRule<'a> {
    /// The fewest members (财政部令第87号第四十七条).
    pub fewest: usize,
    /// Who buys, and every agency that acts or has acted for it.
    pub buying: &'a [OrganizationId],
    /// Persons who acted for the buyer in this tender: its officers and its approver.
    pub barred: &'a [UserId],
    /// The organizations that bid.
    pub bidders: &'a [OrganizationId],
}

impl PanelRule<'_> {
    /// Why the person can't be a member, if so; `before` is the panel so far.
    pub fn bar(&self, candidate: &Candidate, before: Option<&Panel>) -> Option<Bar> {
        let belongs = |organizations: &[OrganizationId]| candidate.organizations.iter().any(|one| organizations.contains(one));
        let has_recused = before.is_some_and(|panel| panel.recusals.iter().any(|recusal| recusal.user == candidate.user));
        if self.barred.contains(&candidate.user) {
            Some(Bar::ActedForBuyer)
        } else if belongs(self.buying) {
            Some(Bar::WorksForBuyer)
        } else if belongs(self.bidders) {
            Some(Bar::TiedToBidder)
        } else {
            has_recused.then_some(Bar::SteppedBack)
        }
    }
}

impl Panel {
    /// Appoints a panel, or fills the places of those who stepped back: members of `before` who stay keep their
    /// declarations.
    ///
    /// # Errors
    /// `MEMBERS_TOO_FEW`, `PANEL_EVEN`; for a member `NOT_AN_EVALUATOR`, `MEMBER_CONFLICTED`, `LINE_TWICE`.
    pub fn appoint(
        before: Option<&Self>,
        candidates: &[Candidate],
        rule: &PanelRule<'_>,
        by: UserId,
        now: DateTime<Utc>,
    ) -> Result<Self, Refusals> {
        let mut refusals = Refusals::default();
        let stepped_down = before.map(|panel| panel.recusals.clone()).unwrap_or_default();
        for (index, candidate) in candidates.iter().enumerate() {
            let path = format!("members.{index}");
            let is_barred = candidate.user == by || rule.bar(candidate, before).is_some();
            if !candidate.is_evaluator {
                refusals.push(Refusal::at(Code::NotAnEvaluator, &path));
            } else if is_barred {
                refusals.push(Refusal::at(Code::MemberConflicted, &path));
            } else if candidates[..index].iter().any(|other| other.user == candidate.user) {
                refusals.push(Refusal::at(Code::LineTwice, &path));
            }
        }
        if candidates.len() < rule.fewest {
            refusals.push(Refusal::at(Code::MembersTooFew, "members").with("least", rule.fewest));
        } else if candidates.len().is_multiple_of(2) {
            refusals.push(Refusal::at(Code::PanelEven, "members").with("given", candidates.len()));
        }
        refusals.into_result()?;
        let declared = |user: UserId| before?.members.iter().find(|member| member.user == user)?.declared_at;
        let members: Vec<_> = candidates
            .iter()
            .map(|candidate| Member { user: candidate.user, declared_at: declared(candidate.user) })
            .collect();
        Ok(Self { size: members.len(), members, recusals: stepped_down, appointed_by: by, appointed_at: now })
    }

    /// A member declares that there is no conflict of interest, or steps back with the reason (`conflict`).
    ///
    /// # Errors
    /// `NOT_ALLOWED` for somebody who is no member; `REQUIRED`, `TOO_LONG` at `conflict`.
    pub fn declare(mut self, user: UserId, conflict: Option<&str>, now: DateTime<Utc>) -> Result<Self, Refusal> {
        let place = self.members.iter().position(|member| member.user == user);
        let place = place.ok_or_else(|| Refusal::new(Code::NotAllowed))?;
        match conflict {
            None => self.members[place].declared_at = Some(now),
            Some(reason) => {
                let reason = check_text(reason, true, REASON_MOST_CHARS).map_err(|refusal| refusal.under("conflict"))?;
                self.members.remove(place);
                self.recusals.push(Recusal { user, reason, recused_at: now });
            }
        }
        Ok(self)
    }

    /// Whether it is whole and everybody has declared to have no conflict: only then may it see the bids.
    pub fn is_ready(&self) -> bool {
        self.members.len() == self.size && self.members.iter().all(|member| member.declared_at.is_some())
    }

    /// How many places are empty because members have stepped back.
    pub fn vacancies(&self) -> usize {
        self.size.saturating_sub(self.members.len())
    }

    /// Whether the person is a member.
    pub fn has(&self, user: UserId) -> bool {
        self.members.iter().any(|member| member.user == user)
    }

    /// The members' numbers, in the order of their appointment.
    pub fn users(&self) -> Vec<UserId> {
        self.members.iter().map(|member| member.user).collect()
    }
}
