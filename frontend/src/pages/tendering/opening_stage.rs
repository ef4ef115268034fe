//! How far an opening has come, what that means in words, and who must act.

use super::opening::{Opening, OpeningTable, Tender, local};
use super::state::tag;
use super::tenders::TenderStateName;
use crate::prelude::*;
use chrono::{DateTime, Utc};
use domain::identity::role::Role;

/// How far an opening has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stage {
    /// Bids are taken.
    Before,
    /// The deadline has passed; holders are awaited.
    Waiting,
    /// Bids are open and not yet judged: what could not be opened may still be.
    Opened,
    /// Bids are being judged, or there is nothing to open any more.
    Over,
}

impl Stage {
    pub(super) fn of(tender: &Tender, table: &OpeningTable, has_record: bool, now: DateTime<Utc>) -> Self {
        let has_passed = table.closed_at.is_some() || tender.deadline_at.is_some_and(|at| now > at);
        match tender.state {
            // The record of first responses is none of final offers.
            TenderStateName::Published if has_record => Self::Opened,
            TenderStateName::Published | TenderStateName::FinalOffers if has_passed => Self::Waiting,
            TenderStateName::Published | TenderStateName::FinalOffers => Self::Before,
            TenderStateName::Opened | TenderStateName::FinalOpened => Self::Opened,
            _ => Self::Over,
        }
    }

    /// Whether holders can hand in.
    pub(super) const fn is_holders_turn(self) -> bool {
        matches!(self, Self::Waiting | Self::Opened)
    }
}

/// How many more holders are needed.
fn missing(table: &OpeningTable) -> i64 {
    let acted = table.seats.iter().filter(|seat| seat.handed_in_at.is_some()).count();
    (i64::from(table.threshold) - i64::try_from(acted).unwrap_or_default()).max(0)
}

/// The state in a word: between deadline and opening it is no longer the tender's own.
pub(super) fn stage_tag(stage: Stage, state: TenderStateName) -> AnyView {
    if stage == Stage::Waiting {
        return view! { <Tag state=State::Waiting label=say("opening-state-waiting")/> }.into_any();
    }
    tag(state, None).into_any()
}

/// What the stage means, for everybody.
pub(super) fn stage_notice(stage: Stage, tender: &Tender, table: &OpeningTable) -> Option<AnyView> {
    match (stage, tender.state) {
        (_, TenderStateName::Failed) => {
            let reason = tender.reason.as_ref().map(local);
            let bids = table.bids.map(|bids| say_with("opening-failed-bids", facts([("bids", i64::from(bids).into())])));
            Some(view! {
                <Notice tone=Tone::Error title=say("opening-failed")>
                    <p>{reason}</p>
                    {bids.map(|bids| view! { <p>{bids}</p> })}
                    <p>{say("opening-failed-law")}</p>
                    <p>{say("opening-failed-next")}</p>
                </Notice>
            }
            .into_any())
        }
        (_, TenderStateName::Cancelled) => {
            let reason = tender.reason.as_ref().map(local);
            Some(view! { <Notice tone=Tone::Warning title=say("opening-cancelled")><p>{reason}</p></Notice> }.into_any())
        }
        (Stage::Waiting, _) if table.closed_at.is_none() => {
            Some(view! { <Notice tone=Tone::Info title=say("opening-closing")><p>{say("opening-closing-next")}</p></Notice> }.into_any())
        }
        (Stage::Waiting, _) => {
            let needs = facts([("missing", missing(table).into()), ("bids", i64::from(table.bids.unwrap_or_default()).into())]);
            Some(view! {
                <Notice tone=Tone::Sealed title=say_with("opening-waiting", needs)>
                    <p>{say("opening-waiting-next")}</p>
                </Notice>
            }
            .into_any())
        }
        _ => None,
    }
}

/// Who must act, for the tender's own people; and the way to the own bid, for suppliers.
pub(super) fn to_do(stage: Stage, id: &str, table: &OpeningTable, opening: Option<&Opening>) -> AnyView {
    let visit = visit();
    let is_own_people = table.seats.iter().any(|seat| seat.person.is_some());
    let unopened = opening.is_some_and(Opening::lacks_shares);
    let waits_for_keys = stage == Stage::Waiting || unopened && stage == Stage::Opened;
    let awaited = (is_own_people && waits_for_keys).then(|| {
        let lines = table.seats.iter().zip(table.offices()).filter(|(seat, _)| seat.handed_in_at.is_none()).map(|(seat, office)| {
            let person = seat.person.as_ref().map(|person| local(&person.name)).unwrap_or_default();
            view! { <li><strong>{person}</strong>" "{office}</li> }
        });
        view! {
            <section class="opening-to-do">
                <h2>{say("opening-awaited")}</h2>
                <ul>{lines.collect_view()}</ul>
                <p>{say("opening-awaited-next")}</p>
            </section>
        }
    });
    let judges = (stage == Stage::Opened && is_own_people && visit.has_role(Role::Officer)).then(|| {
        let to = format!("/tenders/{id}/qualification");
        view! { <p class="buttons"><LinkButton label=say("opening-to-evaluation") to/></p> }
    });
    let bids = (stage.is_holders_turn() && visit.has_role(Role::Seller)).then(|| {
        let to = format!("/tenders/{id}/bid");
        view! { <p class="buttons"><LinkButton label=say("opening-to-bid") to/></p><p>{say("opening-reveal")}</p> }
    });
    let without_keys = (unopened && stage == Stage::Opened).then(|| {
        view! { <Notice tone=Tone::Warning title=say("opening-unopened")><p>{say("opening-unopened-next")}</p></Notice> }
    });
    let sign_in = (stage == Stage::Waiting && visit.viewer().is_none()).then(|| {
        let to = format!("/sign-in?next=/tenders/{id}/opening");
        view! { <p class="buttons"><LinkButton label=say("opening-sign-in") to/></p> }
    });
    view! { {without_keys}{awaited}{judges}{bids}{sign_in} }.into_any()
}

/// How it works, in plain words.
pub(super) fn before(table: &OpeningTable) -> AnyView {
    let needs = facts([("needed", i64::from(table.threshold).into()), ("holders", table.seats.len().into())]);
    let steps = ["opening-how-sealed", "opening-how-deadline", "opening-how-holders", "opening-how-record", "opening-how-failure"];
    let steps = steps.map(|key| view! { <li>{say_with(key, needs.clone())}</li> }).collect_view();
    view! {
        <h2>{say("opening-how")}</h2>
        <ol class="opening-how">{steps}</ol>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::super::opening::Choice;
    use super::{OpeningTable, Stage, Tender, TenderStateName, missing};
    use crate::pages::tendering::opening::OpeningSeat;
    use crate::prelude::{Sum, Words};
    use chrono::{DateTime, TimeDelta, Utc};

    fn tender(state: TenderStateName, deadline_at: DateTime<Utc>) -> Tender {
        Tender {
            number: "ZC-1".to_owned(),
            state,
            reason: None,
            buyer: None,
            title: Words::default(),
            budget: Sum { amount_minor: 1, currency: "CNY".to_owned() },
            deadline_at: Some(deadline_at),
            lots: Vec::new(),
            choice: Choice { is_read_out: true },
        }
    }

    fn table(closed_at: Option<DateTime<Utc>>, acted: &[bool]) -> OpeningTable {
        let seat = |has_acted: &bool| OpeningSeat {
            holder_id: "x".into(),
            person: None,
            role: None,
            organization: None,
            recipient: String::new(),
            is_own: false,
            handed_in_at: has_acted.then_some(DateTime::UNIX_EPOCH),
        };
        OpeningTable { closed_at, bids: None, threshold: 2, seats: acted.iter().map(seat).collect() }
    }

    #[test]
    fn the_stage_follows_state_deadline_and_closing() {
        let now = DateTime::UNIX_EPOCH;
        let (ahead, past) = (now + TimeDelta::seconds(1), now - TimeDelta::seconds(1));
        let stage = |state, deadline, closed| Stage::of(&tender(state, deadline), &table(closed, &[]), false, now);
        assert_eq!(stage(TenderStateName::Published, ahead, None), Stage::Before);
        assert_eq!(stage(TenderStateName::Published, past, None), Stage::Waiting);
        assert_eq!(stage(TenderStateName::Published, past, Some(now)), Stage::Waiting);
        assert_eq!(stage(TenderStateName::Opened, past, Some(now)), Stage::Opened);
        assert_eq!(stage(TenderStateName::Qualified, past, Some(now)), Stage::Over);
        assert_eq!(stage(TenderStateName::Failed, past, Some(now)), Stage::Over);
    }

    #[test]
    fn holders_beyond_the_threshold_are_not_missing() {
        assert_eq!(missing(&table(None, &[false, false, false])), 2);
        assert_eq!(missing(&table(None, &[true, true, true])), 0);
    }
}
