//! A consortium (联合体): suppliers that take part in a tender together, as one supplier (政府采购法第二十四条).
//!
//! ```text
//! Proposed ─agree (all)→ Standing
//!    ├─decline→ Declined      Proposed, Standing ─leave→ Left
//!                             Proposed, Standing ─dissolve→ Dissolved
//! ```
//!
//! The lead proposes, with the share and the work of each; every member agrees itself (联合体协议). Until the lead has a
//! bid in any member leaves and the lead dissolves it; afterwards the bid must be taken back first. Who has agreed to one
//! bids neither alone nor in another for the same lot (政府采购法实施条例第二十二条). Before the opening nobody but its
//! members knows of it.

use super::enterprise_share::{WHOLE_BASIS_POINTS, percent};
use super::tender::Tender;
use super::tender_content::TenderContent;
use super::tender_state::TenderState;
use crate::ident::{ConsortiumId, LotId, OrganizationId, TenderId, UserId};
use crate::language::LocalText;
use crate::oversight::event::{Event, Visibility};
use crate::oversight::policy_pack::Rules;
use crate::refusal::{Code, Fact, Refusal, Refusals, check_text};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// The longest description of a member's work, in characters.
pub const WORK_MOST_CHARS: usize = 500;
/// The figure of the most members that a consortium has unless the documents name fewer.
pub const MEMBERS_MOST: &str = "consortium.members_most";
/// The most members where neither the documents nor the law of the notice name fewer.
pub const MEMBERS_LIMIT: u32 = 20;
/// The article by which nobody takes part twice.
pub const ONCE_SOURCE: &str = "政府采购法实施条例第二十二条";

/// Whether a member has agreed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "name", rename_all = "snake_case")]
pub enum Agreement {
    /// It is asked.
    Asked,
    /// It has agreed; the lead does so by proposing.
    Agreed {
        /// Who did so for it.
        by: UserId,
        /// When.
        at: DateTime<Utc>,
    },
}

/// A member, with its part of the contract.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConsortiumMember {
    /// Who.
    pub organization: OrganizationId,
    /// Its part of the contract's sum, in hundredths of a percent.
    pub share_basis_points: u32,
    /// What it does.
    pub work: LocalText,
    /// Whether it has agreed.
    pub agreement: Agreement,
}

impl ConsortiumMember {
    /// Whether it has agreed.
    pub const fn has_agreed(&self) -> bool {
        matches!(self.agreement, Agreement::Agreed { .. })
    }
}

/// Where a consortium stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "name", rename_all = "snake_case")]
pub enum ConsortiumState {
    /// Members are asked.
    Proposed,
    /// All have agreed.
    Standing {
        /// Since when.
        since: DateTime<Utc>,
    },
    /// A member has declined.
    Declined {
        /// Which.
        member: OrganizationId,
        /// Who did so for it.
        by: UserId,
        /// When.
        at: DateTime<Utc>,
    },
    /// A member that had agreed has left.
    Left {
        /// Which.
        member: OrganizationId,
        /// Who did so for it.
        by: UserId,
        /// When.
        at: DateTime<Utc>,
    },
    /// The lead has dissolved it.
    Dissolved {
        /// Who did so.
        by: UserId,
        /// When.
        at: DateTime<Utc>,
    },
}

impl ConsortiumState {
    /// The names of all states, as they stand in the database's CHECK.
    pub const NAMES: [&'static str; 5] = ["proposed", "standing", "declined", "left", "dissolved"];

    /// The name in database and texts.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Proposed => "proposed",
            Self::Standing { .. } => "standing",
            Self::Declined { .. } => "declined",
            Self::Left { .. } => "left",
            Self::Dissolved { .. } => "dissolved",
        }
    }

    /// The key of its words.
    pub fn text_key(&self) -> String {
        format!("consortium-state-{}", self.name())
    }
}

/// What a tender says about those who bid together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConsortiumTerms {
    /// The tender.
    pub tender: TenderId,
    /// Who buys.
    pub buyer: OrganizationId,
    /// Its lots.
    pub lots: Vec<LotId>,
    /// Whether it takes consortia.
    pub takes_consortia: bool,
    /// The most members.
    pub members_most: u32,
    /// Whether first bids are taken now: not before the notice, nor while it is stopped, nor for final offers.
    pub is_taking: bool,
    /// Until when.
    pub deadline_at: DateTime<Utc>,
}

/// The most members of a consortium by a tender's documents, else by the law of its notice.
pub fn members_most(content: &TenderContent, rules: &Rules) -> u32 {
    let lawful = rules.count(MEMBERS_MOST).and_then(|most| u32::try_from(most).ok()).unwrap_or(MEMBERS_LIMIT);
    content.consortium_members_most.unwrap_or(lawful).min(MEMBERS_LIMIT)
}

impl ConsortiumTerms {
    /// What a tender says of it; nothing before its notice.
    pub fn of(tender: &Tender) -> Option<Self> {
        let rules = &tender.state.publication()?.rules;
        Some(Self {
            tender: tender.id,
            buyer: tender.buyer,
            lots: tender.lots().into_iter().map(|lot| lot.id).collect(),
            takes_consortia: tender.content.takes_consortia,
            members_most: members_most(&tender.content, rules),
            is_taking: matches!(tender.state, TenderState::Published(_)),
            deadline_at: tender.content.deadline_at?,
        })
    }

    fn check_open(&self, now: DateTime<Utc>) -> Result<(), Refusal> {
        if !self.is_taking || now > self.deadline_at {
            return Err(Refusal::new(Code::ConsortiumLate).with("deadline", self.deadline_at));
        }
        Ok(())
    }
}

/// A part that the lead proposes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProposedShare {
    /// Who takes it.
    pub organization: OrganizationId,
    /// In hundredths of a percent of the contract.
    pub share_basis_points: u32,
    /// What it does.
    pub work: LocalText,
}

/// What a lead proposes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposal {
    /// For which lots; where the tender is not divided, its one.
    pub lots: Vec<LotId>,
    /// The lead's own part.
    pub own: ProposedShare,
    /// The others'.
    pub members: Vec<ProposedShare>,
}

/// A consortium.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consortium {
    /// Its number.
    pub id: ConsortiumId,
    /// Counts its changes.
    pub version: i64,
    /// For which tender.
    pub tender: TenderId,
    /// For which of its lots.
    pub lots: Vec<LotId>,
    /// The members; the first leads (牵头人).
    pub members: Vec<ConsortiumMember>,
    /// Who proposed it.
    pub proposed_by: UserId,
    /// When.
    pub proposed_at: DateTime<Utc>,
    /// Where it stands.
    pub state: ConsortiumState,
}

/// What the members have agreed, as it goes with their bid and stands in the record, the award and the contract.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConsortiumAgreement {
    /// Of which consortium.
    pub consortium: ConsortiumId,
    /// The members; the first leads.
    pub members: Vec<AgreedShare>,
}

/// What one member has agreed to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgreedShare {
    /// Who.
    pub organization: OrganizationId,
    /// Its part of the contract's sum, in hundredths of a percent.
    pub share_basis_points: u32,
    /// What it does.
    pub work: LocalText,
}

impl ConsortiumAgreement {
    /// The members' numbers, the lead's first.
    pub fn organizations(&self) -> impl Iterator<Item = OrganizationId> {
        self.members.iter().map(|member| member.organization)
    }
}

impl Consortium {
    /// Proposes a consortium: the lead agrees by it, the others are asked. `others` are the consortia for the same tender to
    /// which the lead has agreed.
    ///
    /// # Errors
    /// `CONSORTIUM_NOT_TAKEN`, `CONSORTIUM_LATE`, `NOT_ALLOWED` for the buyer, `CONSORTIUM_MEMBER_TWICE`; `REQUIRED`,
    /// `NOT_FOUND` and `LINE_TWICE` at `lots`; `OUT_OF_RANGE` and `CONSORTIUM_SHARES_NOT_WHOLE` at `members`; `LINE_TWICE`,
    /// `OUT_OF_RANGE`, `REQUIRED` and `TOO_LONG` at each member.
    pub fn propose(
        id: ConsortiumId,
        proposal: Proposal,
        terms: &ConsortiumTerms,
        others: &[Self],
        by: UserId,
        now: DateTime<Utc>,
    ) -> Result<(Self, Event), Refusals> {
        if !terms.takes_consortia {
            return Err(Refusal::new(Code::ConsortiumNotTaken).into());
        }
        terms.check_open(now)?;
        let lead = proposal.own.organization;
        check_free(lead, &proposal.lots, others)?;
        let mut faults = Refusals::default();
        check_lots(&mut faults, &proposal.lots, terms);
        let count = proposal.members.len() + 1;
        if count < 2 || count > terms.members_most as usize {
            // Told as how many besides the lead, which is what the lead lists.
            let most = i64::from(terms.members_most.saturating_sub(1));
            faults.push(Refusal::at(Code::OutOfRange, "members").with("least", 1_i64).with("most", most));
        }
        let mut seen = BTreeSet::from([terms.buyer]);
        let mut members = Vec::with_capacity(count);
        let proposed = std::iter::once(("own".to_owned(), proposal.own));
        let proposed = proposed.chain((0..).zip(proposal.members).map(|(place, share): (usize, _)| (format!("members.{place}"), share)));
        for (path, share) in proposed {
            if !seen.insert(share.organization) {
                faults.push(Refusal::at(Code::LineTwice, &format!("{path}.creditCode")));
            }
            let agreement = if share.organization == lead { Agreement::Agreed { by, at: now } } else { Agreement::Asked };
            members.push(check_share(&mut faults, &path, share, agreement));
        }
        let sum = members.iter().map(|member| member.share_basis_points).fold(0, u32::saturating_add);
        if sum != WHOLE_BASIS_POINTS {
            faults.push(Refusal::at(Code::ConsortiumSharesNotWhole, "members").with("sum", percent(sum)));
        }
        faults.into_result()?;
        let proposed = Self {
            id,
            version: 1,
            tender: terms.tender,
            lots: proposal.lots,
            members,
            proposed_by: by,
            proposed_at: now,
            state: ConsortiumState::Proposed,
        };
        let event = proposed.event("consortium.proposed", &json!({ "tender_id": proposed.tender, "members": proposed.members }));
        Ok((proposed, event))
    }

    /// A member agrees; with the last one the consortium stands. `others` are the consortia for the same tender to which it
    /// has agreed, `has_own_bid` says whether it has a bid of its own in for one of the lots.
    ///
    /// # Errors
    /// `WRONG_STATE`, `CONFLICT` when it has agreed already, `CONSORTIUM_LATE`, `CONSORTIUM_MEMBER_TWICE`,
    /// `CONSORTIUM_MEMBER_HAS_BID`, `NOT_FOUND` for somebody else.
    pub fn agree(
        mut self,
        (member, by): (OrganizationId, UserId),
        terms: &ConsortiumTerms,
        others: &[Self],
        has_own_bid: bool,
        now: DateTime<Utc>,
    ) -> Result<(Self, Event), Refusal> {
        let place = self.asked(member)?;
        terms.check_open(now)?;
        check_free(member, &self.lots, others)?;
        if has_own_bid {
            return Err(Refusal::new(Code::ConsortiumMemberHasBid).with("source", Fact::Source(ONCE_SOURCE.to_owned())));
        }
        self.members[place].agreement = Agreement::Agreed { by, at: now };
        let left = self.members.iter().filter(|member| !member.has_agreed()).count();
        if left == 0 {
            self.state = ConsortiumState::Standing { since: now };
        }
        let event = self.event("consortium.agreed", &json!({ "member": member, "by": by, "members_left": left }));
        Ok((self, event))
    }

    /// A member that was asked declines, which ends it.
    ///
    /// # Errors
    /// `WRONG_STATE`, `CONFLICT` when it has agreed, `NOT_FOUND` for somebody else.
    pub fn decline(mut self, (member, by): (OrganizationId, UserId), now: DateTime<Utc>) -> Result<(Self, Event), Refusal> {
        self.asked(member)?;
        self.state = ConsortiumState::Declined { member, by, at: now };
        let event = self.event("consortium.declined", &json!({ "member": member, "by": by }));
        Ok((self, event))
    }

    /// A member that had agreed leaves, which ends it. The lead dissolves instead.
    ///
    /// # Errors
    /// `WRONG_STATE`, `CONSORTIUM_HAS_BID`, `NOT_ALLOWED` for the lead, `NOT_FOUND` for one that has not agreed.
    pub fn leave(mut self, (member, by): (OrganizationId, UserId), has_bid: bool, now: DateTime<Utc>) -> Result<(Self, Event), Refusal> {
        let is_in = self.members.iter().any(|one| one.organization == member && one.has_agreed());
        if !is_in {
            return Err(Refusal::new(Code::NotFound));
        }
        if self.lead() == Some(member) {
            return Err(Refusal::new(Code::NotAllowed));
        }
        self.check_endable(has_bid)?;
        self.state = ConsortiumState::Left { member, by, at: now };
        let event = self.event("consortium.left", &json!({ "member": member, "by": by }));
        Ok((self, event))
    }

    /// The lead dissolves it.
    ///
    /// # Errors
    /// `WRONG_STATE`, `CONSORTIUM_HAS_BID`, `NOT_ALLOWED` for another member.
    pub fn dissolve(mut self, (lead, by): (OrganizationId, UserId), has_bid: bool, now: DateTime<Utc>) -> Result<(Self, Event), Refusal> {
        if self.lead() != Some(lead) {
            return Err(Refusal::new(Code::NotAllowed));
        }
        self.check_endable(has_bid)?;
        self.state = ConsortiumState::Dissolved { by, at: now };
        let event = self.event("consortium.dissolved", &json!({ "by": by }));
        Ok((self, event))
    }

    /// Who leads.
    pub fn lead(&self) -> Option<OrganizationId> {
        self.members.first().map(|member| member.organization)
    }

    /// The members' numbers, the lead's first.
    pub fn organizations(&self) -> impl Iterator<Item = OrganizationId> {
        self.members.iter().map(|member| member.organization)
    }

    /// Whether it is proposed or stands.
    pub const fn is_live(&self) -> bool {
        matches!(self.state, ConsortiumState::Proposed | ConsortiumState::Standing { .. })
    }

    /// Whether an organization is bound by it: it has agreed, and it has not ended.
    pub fn binds(&self, organization: OrganizationId) -> bool {
        self.is_live() && self.members.iter().any(|member| member.organization == organization && member.has_agreed())
    }

    /// What its members have agreed, for a bid of its lead for a lot.
    ///
    /// # Errors
    /// `NOT_FOUND` at `consortiumId` for somebody who does not lead it, or another lot; `CONSORTIUM_NOT_AGREED` while
    /// members are asked; `WRONG_STATE` when it has ended.
    pub fn for_bid(&self, bidder: OrganizationId, lot: LotId) -> Result<ConsortiumAgreement, Refusal> {
        if self.lead() != Some(bidder) || !self.lots.contains(&lot) {
            return Err(Refusal::at(Code::NotFound, "consortiumId"));
        }
        match &self.state {
            ConsortiumState::Standing { .. } => Ok(self.agreement()),
            ConsortiumState::Proposed => {
                let left = self.members.iter().filter(|member| !member.has_agreed()).count();
                Err(Refusal::at(Code::ConsortiumNotAgreed, "consortiumId").with("count", left))
            }
            _ => Err(self.wrong_state().under("consortiumId")),
        }
    }

    fn agreement(&self) -> ConsortiumAgreement {
        let members = self.members.iter().map(|member| AgreedShare {
            organization: member.organization,
            share_basis_points: member.share_basis_points,
            work: member.work.clone(),
        });
        ConsortiumAgreement { consortium: self.id, members: members.collect() }
    }

    /// The place of a member that is asked and has not answered.
    fn asked(&self, member: OrganizationId) -> Result<usize, Refusal> {
        let place = self.members.iter().position(|one| one.organization == member);
        let place = place.ok_or_else(|| Refusal::new(Code::NotFound))?;
        if !matches!(self.state, ConsortiumState::Proposed) {
            return Err(self.wrong_state());
        }
        if self.members[place].has_agreed() { Err(Refusal::new(Code::Conflict)) } else { Ok(place) }
    }

    fn check_endable(&self, has_bid: bool) -> Result<(), Refusal> {
        if !self.is_live() {
            return Err(self.wrong_state());
        }
        if has_bid { Err(Refusal::new(Code::ConsortiumHasBid)) } else { Ok(()) }
    }

    fn wrong_state(&self) -> Refusal {
        Refusal::new(Code::WrongState).with("state", Fact::word(self.state.text_key()))
    }

    /// Its members read it, and nobody else: before the opening nobody learns who bids with whom.
    fn event(&self, name: &str, content: &Value) -> Event {
        let parties = self.organizations().map(|organization| organization.0);
        Event::new(name, ConsortiumId::KIND, self.id.0, Visibility::Parties, content).with_parties(parties)
    }
}

/// Refuses an organization that another live consortium binds for one of these lots.
fn check_free(organization: OrganizationId, lots: &[LotId], others: &[Consortium]) -> Result<(), Refusal> {
    let is_bound = |other: &Consortium| other.binds(organization) && other.lots.iter().any(|lot| lots.contains(lot));
    if others.iter().any(is_bound) {
        return Err(Refusal::new(Code::ConsortiumMemberTwice).with("source", Fact::Source(ONCE_SOURCE.to_owned())));
    }
    Ok(())
}

/// Refuses a bid that an organization hands in alone while a consortium for the lot binds it. `around` are its consortia
/// for the tender.
///
/// # Errors
/// `CONSORTIUM_MEMBER_BIDS_ALONE`.
pub fn check_alone(bidder: OrganizationId, lot: LotId, around: &[Consortium]) -> Result<(), Refusal> {
    if around.iter().any(|one| one.binds(bidder) && one.lots.contains(&lot)) {
        return Err(Refusal::new(Code::ConsortiumMemberBidsAlone).with("source", Fact::Source(ONCE_SOURCE.to_owned())));
    }
    Ok(())
}

fn check_lots(faults: &mut Refusals, lots: &[LotId], terms: &ConsortiumTerms) {
    if lots.is_empty() {
        faults.push(Refusal::at(Code::Required, "lots"));
    }
    for (place, lot) in lots.iter().enumerate() {
        let path = format!("lots.{place}");
        if !terms.lots.contains(lot) {
            faults.push(Refusal::at(Code::NotFound, &path));
        } else if lots[..place].contains(lot) {
            faults.push(Refusal::at(Code::LineTwice, &path));
        }
    }
}

fn check_share(faults: &mut Refusals, path: &str, share: ProposedShare, agreement: Agreement) -> ConsortiumMember {
    let ProposedShare { organization, share_basis_points, work } = share;
    if !(1..WHOLE_BASIS_POINTS).contains(&share_basis_points) {
        let (least, most) = (percent(1), percent(WHOLE_BASIS_POINTS - 1));
        faults.push(Refusal::at(Code::OutOfRange, &format!("{path}.share")).with("least", least).with("most", most));
    }
    let zh = faults.take(&format!("{path}.work.zh"), check_text(&work.zh, true, WORK_MOST_CHARS)).unwrap_or_default();
    let en = faults.take(&format!("{path}.work.en"), check_text(&work.en, false, WORK_MOST_CHARS)).unwrap_or_default();
    ConsortiumMember { organization, share_basis_points, work: LocalText { zh, en }, agreement }
}

#[cfg(test)]
#[path = "consortium_tests.rs"]
mod tests;
