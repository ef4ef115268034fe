//! Every act on a consortium in every state, and that no organization ever takes part twice.

use super::*;
use crate::tendering::bid::{Bid, BidTerms, Sealing, Submission};
use crate::tendering::lot::LotCaps;
use chrono::TimeDelta;
use proptest::prelude::*;
use uuid::Uuid;

fn deadline() -> DateTime<Utc> {
    DateTime::from_timestamp(1_800_000_000, 0).unwrap()
}

fn early() -> DateTime<Utc> {
    deadline() - TimeDelta::hours(1)
}

fn firm(number: u128) -> OrganizationId {
    OrganizationId(Uuid::from_u128(number))
}

fn lot() -> LotId {
    LotId(Uuid::from_u128(2))
}

const PERSON: UserId = UserId(Uuid::from_u128(9));
const BUYER: u128 = 100;

fn terms() -> ConsortiumTerms {
    ConsortiumTerms {
        tender: TenderId(Uuid::from_u128(1)),
        buyer: firm(BUYER),
        lots: vec![lot()],
        takes_consortia: true,
        members_most: 3,
        is_taking: true,
        deadline_at: deadline(),
    }
}

fn share(number: u128, share_basis_points: u32) -> ProposedShare {
    ProposedShare { organization: firm(number), share_basis_points, work: LocalText::new("供货", "Supply") }
}

fn proposal(lead: u128, members: &[u128]) -> Proposal {
    let each = 1_000;
    let rest = WHOLE_BASIS_POINTS - each * u32::try_from(members.len()).unwrap();
    Proposal { lots: vec![lot()], own: share(lead, rest), members: members.iter().map(|number| share(*number, each)).collect() }
}

fn propose(number: u128, proposal: Proposal, terms: &ConsortiumTerms, others: &[Consortium]) -> Result<Consortium, Vec<(Code, String)>> {
    let proposed = Consortium::propose(ConsortiumId(Uuid::from_u128(number)), proposal, terms, others, PERSON, early());
    proposed.map(|(consortium, _)| consortium).map_err(|faults| faults.0.into_iter().map(|one| (one.code, one.path.join("."))).collect())
}

fn proposed() -> Consortium {
    propose(10, proposal(1, &[2, 3]), &terms(), &[]).unwrap()
}

fn code<T>(result: Result<T, Refusal>) -> Option<Code> {
    result.err().map(|refusal| refusal.code)
}

fn agreed(consortium: Consortium, number: u128) -> Result<Consortium, Code> {
    consortium.agree((firm(number), PERSON), &terms(), &[], false, early()).map(|(consortium, _)| consortium).map_err(|refusal| refusal.code)
}

fn standing() -> Consortium {
    agreed(agreed(proposed(), 2).unwrap(), 3).unwrap()
}

fn whole(code: Code) -> Vec<(Code, String)> {
    vec![(code, String::new())]
}

#[test]
fn it_stands_when_the_last_member_has_agreed_and_only_its_lead_bids_for_it() {
    let one = agreed(proposed(), 2).unwrap();
    assert_eq!(code(one.for_bid(firm(1), lot())), Some(Code::ConsortiumNotAgreed), "a member never agreed");
    let standing = agreed(one, 3).unwrap();
    assert_eq!(standing.state, ConsortiumState::Standing { since: early() });
    let agreement = standing.for_bid(firm(1), lot()).unwrap();
    assert_eq!(agreement.members.iter().map(|member| member.share_basis_points).collect::<Vec<_>>(), [8000, 1000, 1000]);
    assert_eq!(code(standing.for_bid(firm(2), lot())), Some(Code::NotFound));
    assert_eq!(code(standing.for_bid(firm(1), LotId(Uuid::from_u128(7)))), Some(Code::NotFound));
}

#[test]
fn a_proposal_tells_everything_that_is_wrong_with_it() {
    let none = ConsortiumTerms { takes_consortia: false, ..terms() };
    assert_eq!(propose(10, proposal(1, &[2]), &none, &[]).unwrap_err(), whole(Code::ConsortiumNotTaken));
    let stopped = ConsortiumTerms { is_taking: false, ..terms() };
    assert_eq!(propose(10, proposal(1, &[2]), &stopped, &[]).unwrap_err(), whole(Code::ConsortiumLate));
    let faults = |proposal| propose(10, proposal, &terms(), &[]).unwrap_err();
    let at = |code, path: &str| vec![(code, path.to_owned())];
    assert_eq!(faults(Proposal { members: vec![share(2, 3000)], own: share(1, 6999), ..proposal(1, &[]) }), at(Code::ConsortiumSharesNotWhole, "members"));
    assert_eq!(faults(proposal(1, &[])), [(Code::OutOfRange, "members".to_owned()), (Code::OutOfRange, "own.share".to_owned())]);
    assert_eq!(faults(proposal(1, &[2, 3, 4])), at(Code::OutOfRange, "members"));
    assert_eq!(faults(proposal(1, &[2, 2])), at(Code::LineTwice, "members.1.creditCode"));
    assert_eq!(faults(proposal(1, &[1])), at(Code::LineTwice, "members.0.creditCode"));
    assert_eq!(faults(proposal(1, &[BUYER])), at(Code::LineTwice, "members.0.creditCode"), "the buyer does not bid");
    assert_eq!(faults(Proposal { lots: vec![], ..proposal(1, &[2]) }), at(Code::Required, "lots"));
    assert_eq!(faults(Proposal { lots: vec![lot(), lot()], ..proposal(1, &[2]) }), at(Code::LineTwice, "lots.1"));
    let idle = ProposedShare { work: LocalText::default(), ..share(2, 1000) };
    assert_eq!(faults(Proposal { members: vec![idle], ..proposal(1, &[2]) }), at(Code::Required, "members.0.work.zh"));
}

#[test]
fn every_act_in_every_state_is_done_or_refused_with_its_code() {
    let end = |consortium: Consortium, act: &str| -> Result<Consortium, Code> {
        let (member, lead, now) = ((firm(2), PERSON), (firm(1), PERSON), early());
        let done = match act {
            "agree" => consortium.agree(member, &terms(), &[], false, now),
            "decline" => consortium.decline(member, now),
            "leave" => consortium.leave(member, false, now),
            _ => consortium.dissolve(lead, false, now),
        };
        done.map(|(consortium, _)| consortium).map_err(|refusal| refusal.code)
    };
    let declined = end(proposed(), "decline").unwrap();
    let left = end(standing(), "leave").unwrap();
    let dissolved = end(standing(), "dissolve").unwrap();
    let wrong = Some(Code::WrongState);
    let expected = [
        // agree, decline, leave, dissolve
        (proposed(), [None, None, Some(Code::NotFound), None]),
        (standing(), [wrong, wrong, None, None]),
        (declined, [wrong, wrong, Some(Code::NotFound), wrong]),
        (left, [wrong, wrong, wrong, wrong]),
        (dissolved, [wrong, wrong, wrong, wrong]),
    ];
    for (state, codes) in expected {
        for (act, expected) in ["agree", "decline", "leave", "dissolve"].into_iter().zip(codes) {
            assert_eq!(end(state.clone(), act).err(), expected, "{act} when {}", state.state.name());
        }
    }
}

#[test]
fn nobody_else_acts_and_nobody_leaves_while_the_bid_is_in() {
    let now = early();
    assert_eq!(agreed(proposed(), 7).unwrap_err(), Code::NotFound);
    assert_eq!(agreed(agreed(proposed(), 2).unwrap(), 2).unwrap_err(), Code::Conflict);
    assert_eq!(code(standing().leave((firm(1), PERSON), false, now)), Some(Code::NotAllowed), "the lead dissolves");
    assert_eq!(code(standing().dissolve((firm(2), PERSON), false, now)), Some(Code::NotAllowed));
    assert_eq!(code(standing().leave((firm(2), PERSON), true, now)), Some(Code::ConsortiumHasBid));
    assert_eq!(code(standing().dissolve((firm(1), PERSON), true, now)), Some(Code::ConsortiumHasBid));
    let late = proposed().agree((firm(2), PERSON), &terms(), &[], false, deadline() + TimeDelta::microseconds(1));
    assert_eq!(code(late), Some(Code::ConsortiumLate));
}

#[test]
fn article_22_who_has_agreed_to_one_neither_joins_another_nor_bids_alone() {
    let first = agreed(proposed(), 2).unwrap();
    let around = [first.clone()];
    assert_eq!(propose(11, proposal(2, &[4]), &terms(), &around).unwrap_err(), whole(Code::ConsortiumMemberTwice));
    assert!(propose(11, proposal(3, &[4]), &terms(), &around).is_ok(), "who is only asked is free");
    let second = propose(12, proposal(4, &[2]), &terms(), &[]).unwrap();
    assert_eq!(code(second.clone().agree((firm(2), PERSON), &terms(), &around, false, early())), Some(Code::ConsortiumMemberTwice));
    let declined = first.clone().decline((firm(3), PERSON), early()).unwrap().0;
    assert!(second.agree((firm(2), PERSON), &terms(), &[declined], false, early()).is_ok(), "what has ended binds nobody");
    assert_eq!(code(check_alone(firm(2), lot(), &around)), Some(Code::ConsortiumMemberBidsAlone));
    assert!(check_alone(firm(3), lot(), &around).is_ok());
    assert!(check_alone(firm(2), LotId(Uuid::from_u128(7)), &around).is_ok(), "another lot is another contract");
    let has_bid = proposed().agree((firm(2), PERSON), &terms(), &[], true, early());
    assert_eq!(code(has_bid), Some(Code::ConsortiumMemberHasBid));
}

#[test]
fn its_events_are_its_members_alone() {
    let (_, event) = proposed().agree((firm(2), PERSON), &terms(), &[], false, early()).unwrap();
    assert_eq!(event.visibility, Visibility::Parties);
    assert_eq!(event.parties, [1, 2, 3].map(Uuid::from_u128));
}

fn bid_terms() -> BidTerms {
    BidTerms {
        tender: terms().tender,
        lots: vec![lot()],
        caps: LotCaps::default(),
        is_final: false,
        buyer: firm(BUYER),
        document_version: 1,
        deadline_at: deadline(),
        invited: Vec::new(),
        is_once_for_all: false,
    }
}

/// What somebody does, chosen at random: the numbers are taken modulo what there is.
#[derive(Clone, Debug)]
enum Command {
    Propose(u128, Vec<u128>),
    Agree(usize, u128),
    Decline(usize, u128),
    Leave(usize, u128),
    Dissolve(usize, u128),
    BidAlone(u128),
    BidTogether(usize),
    Withdraw(usize),
}

fn commands() -> impl Strategy<Value = Vec<Command>> {
    let firms = || 1_u128..6;
    let one = prop_oneof![
        (firms(), prop::collection::vec(firms(), 1..3)).prop_map(|(lead, members)| Command::Propose(lead, members)),
        (any::<usize>(), firms()).prop_map(|(which, who)| Command::Agree(which, who)),
        (any::<usize>(), firms()).prop_map(|(which, who)| Command::Agree(which, who)),
        (any::<usize>(), firms()).prop_map(|(which, who)| Command::Decline(which, who)),
        (any::<usize>(), firms()).prop_map(|(which, who)| Command::Leave(which, who)),
        (any::<usize>(), firms()).prop_map(|(which, who)| Command::Dissolve(which, who)),
        firms().prop_map(Command::BidAlone),
        any::<usize>().prop_map(Command::BidTogether),
        any::<usize>().prop_map(Command::Withdraw),
    ];
    prop::collection::vec(one, 1..60)
}

/// The records of one lot, moved only by what the rules allow.
#[derive(Default)]
struct World {
    consortia: Vec<Consortium>,
    bids: Vec<Bid>,
}

impl World {
    fn live(&self) -> impl Iterator<Item = &Bid> {
        self.bids.iter().filter(|bid| bid.is_live())
    }

    fn submit(&mut self, bidder: OrganizationId, consortium: Option<ConsortiumAgreement>) {
        let number = 500 + self.bids.len() as u128;
        let replaces = self.live().find(|bid| bid.bidder == bidder).map(|bid| bid.id);
        let submission = Submission {
            id: crate::ident::BidId(Uuid::from_u128(number)),
            receipt_event: crate::ident::EventId(Uuid::from_u128(number)),
            bidder,
            consortium,
            by: PERSON,
            sealing: Sealing { commitment: String::new(), document_version: 1, ciphertext_bytes: 1 },
            lot: lot(),
            other_lots: 0,
            own: self.bids.iter().filter(|bid| bid.bidder == bidder).cloned().collect(),
        };
        let terms = bid_terms();
        let submitted = Bid::submit(submission, &terms, replaces, early()).unwrap();
        if let Some(replaced) = submitted.replaced {
            self.bids.retain(|bid| bid.id != replaced.id);
            self.bids.push(replaced);
        }
        self.bids.push(submitted.bid);
    }

    fn move_consortium(&mut self, which: usize, act: impl FnOnce(&Self, Consortium) -> Option<Consortium>) {
        if self.consortia.is_empty() {
            return;
        }
        let place = which % self.consortia.len();
        if let Some(moved) = act(self, self.consortia[place].clone()) {
            self.consortia[place] = moved;
        }
    }

    fn has_bid(&self, consortium: &Consortium) -> bool {
        self.live().any(|bid| bid.consortium.as_ref().is_some_and(|agreement| agreement.consortium == consortium.id))
    }

    fn obey(&mut self, command: Command) {
        match command {
            Command::Propose(lead, members) => {
                let number = 1_000 + self.consortia.len() as u128;
                self.consortia.extend(propose(number, proposal(lead, &members), &terms(), &self.consortia));
            }
            Command::Agree(which, who) => self.move_consortium(which, |world, one| {
                let has_own = world.live().any(|bid| bid.bidder == firm(who) && bid.consortium.is_none());
                let others: Vec<_> = world.consortia.iter().filter(|other| other.id != one.id).cloned().collect();
                one.agree((firm(who), PERSON), &terms(), &others, has_own, early()).ok().map(|(moved, _)| moved)
            }),
            Command::Decline(which, who) => self.move_consortium(which, |_, one| one.decline((firm(who), PERSON), early()).ok().map(|(moved, _)| moved)),
            Command::Leave(which, who) => self.move_consortium(which, |world, one| {
                let has_bid = world.has_bid(&one);
                one.leave((firm(who), PERSON), has_bid, early()).ok().map(|(moved, _)| moved)
            }),
            Command::Dissolve(which, who) => self.move_consortium(which, |world, one| {
                let has_bid = world.has_bid(&one);
                one.dissolve((firm(who), PERSON), has_bid, early()).ok().map(|(moved, _)| moved)
            }),
            Command::BidAlone(who) => {
                if check_alone(firm(who), lot(), &self.consortia).is_ok() {
                    self.submit(firm(who), None);
                }
            }
            Command::BidTogether(which) => {
                let one = self.consortia.get(which % self.consortia.len().max(1)).cloned();
                let ready = one.and_then(|one| Some((one.lead()?, one.for_bid(one.lead()?, lot()).ok()?)));
                if let Some((lead, agreement)) = ready {
                    self.submit(lead, Some(agreement));
                }
            }
            Command::Withdraw(which) => {
                let place = which % self.bids.len().max(1);
                if self.bids.get(place).is_some_and(Bid::is_live) {
                    let bid = self.bids.remove(place);
                    let terms = bid_terms();
                    self.bids.push(bid.withdraw(&terms, PERSON, early()).unwrap().0);
                }
            }
        }
    }
}

proptest! {
    #[test]
    fn no_organization_ever_has_two_live_bids_for_a_lot_alone_or_together(commands in commands()) {
        let mut world = World::default();
        for command in commands {
            world.obey(command.clone());
            let mut parties: Vec<_> = world.live().flat_map(Bid::parties).collect();
            let count = parties.len();
            parties.sort();
            parties.dedup();
            prop_assert_eq!(parties.len(), count, "after {:?}", command);
            for bid in world.live() {
                let Some(agreement) = &bid.consortium else { continue };
                let standing = world.consortia.iter().find(|one| one.id == agreement.consortium).unwrap();
                prop_assert!(matches!(standing.state, ConsortiumState::Standing { .. }), "a live bid of what has ended, after {:?}", command);
            }
        }
    }
}
