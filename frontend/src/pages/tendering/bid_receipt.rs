//! The receipt of a bid, and what its bidder can still do: replace, confirm, withdraw until the deadline; reveal after an
//! opening in which it did not open.

use super::bid::{Bid, BidState, OpeningFault, Room, titled};
use super::consortium::{ConsortiumMember, Standing};
use super::tenders::TenderStateName;
use crate::islands::bidding::bid_key::{BidKey, Print, Words as KeyWords};
use crate::prelude::*;

/// The page.
pub(super) fn page(visit: &Visit, room: Room) -> Answered {
    let Some(bid) = room.bid.clone() else { return Err(PageError::NotFound) };
    let title = match bid.state {
        BidState::Opened => "bid-receipt-opened",
        BidState::Unopened => "bid-receipt-unopened",
        _ => "bid-receipt-title",
    };
    titled(visit, &room.id, &room.tender, title).show(move || {
        let next = next(&room, &bid);
        let is_open = room.is_open;
        let facts = summary(&room, &bid);
        let confirmation = view! { <Confirmation title=say(title) facts fingerprint=bid.commitment.clone()>{next}</Confirmation> };
        let countdown = room.tender.deadline_at.filter(|_| is_open).map(|at| view! { <Countdown at/> }.into_any());
        view! {
            {confirmation.into_any()}
            <div class="acts">
                {countdown}
                {stale(&room, &bid)}
                {room.security_note()}
                {reveal(&room, &bid)}
                {keep(&room, &bid)}
                {is_open.then(|| change(&room, &bid))}
            </div>
        }
    })
}

fn summary(room: &Room, bid: &Bid) -> Vec<SummaryFact> {
    let organization = visit().viewer().map(|viewer| visit().local(&viewer.organization).to_owned());
    let tender = format!("{} {}", room.name(), room.tender.number);
    let state = match bid.state {
        BidState::Opened => (State::Good, "bid-state-opened"),
        BidState::Unopened => (State::Refused, "bid-state-unopened"),
        _ => (State::Sealed, "bid-state-sealed"),
    };
    let received = bid.received_at;
    vec![
        SummaryFact::new(say("bid-number"), view! { <code id="bid-number">{bid.number.clone()}</code> }),
        SummaryFact::new(say("tender-state"), view! { <Tag state=state.0 label=say(state.1)/> }),
        SummaryFact::new(say("bid-received"), view! { <Instant at=received to_second=true/> }),
        SummaryFact::new(say("bid-tender"), tender),
        SummaryFact::new(say("bid-bidder"), organization),
        SummaryFact::new(say("bid-for-whom"), for_whom(room, bid)),
        SummaryFact::new(say("bid-documents"), bid.document_version.to_string()),
    ]
}

/// Whether it is the bidder's alone, or a consortium's with its members.
fn for_whom(room: &Room, bid: &Bid) -> AnyView {
    match (&bid.consortium_id, &room.standing) {
        (None, _) => say("bid-for-itself").into_any(),
        (Some(id), Standing::Leads(one)) if one.id == *id => {
            let names = one.members.iter().map(ConsortiumMember::name).collect::<Vec<_>>().join(&say("list-separator"));
            say_with("bid-for-consortium-of", facts([("members", names.into())])).into_any()
        }
        (Some(_), _) => say("bid-for-consortium").into_any(),
    }
}

/// What happens next, by the state of bid and tender.
fn next(room: &Room, bid: &Bid) -> AnyView {
    let deadline = room.tender.deadline_at;
    let opening = format!("/tenders/{}", room.id);
    let key = match (bid.state, room.tender.state) {
        (BidState::Unopened, _) => match bid.fault {
            Some(OpeningFault::EnvelopeBroken) => "opening-fault-envelope-broken",
            Some(OpeningFault::ContentUnreadable) => "opening-fault-content-unreadable",
            _ => "opening-fault-too-few-shares",
        },
        (BidState::Opened, _) => "bid-next-opened",
        (_, TenderStateName::Failed | TenderStateName::Cancelled) => "bid-next-ended",
        _ if room.is_open => "bid-next-open",
        _ => "bid-next-waiting",
    };
    let until = facts([("deadline", deadline.unwrap_or_default().into())]);
    view! { <p>{say_with(key, until)}</p><p><a href=opening>{say("bid-to-tender")}</a></p> }.into_any()
}

/// The documents have changed since: confirm, or replace.
fn stale(room: &Room, bid: &Bid) -> Option<AnyView> {
    let is_due = bid.is_stale && bid.state == BidState::Sealed;
    is_due.then(|| {
        let versions = facts([
            ("sealed", i64::from(bid.document_version).into()),
            ("current", i64::from(room.tender.document_version).into()),
        ]);
        let id = bid.id.inner().to_owned();
        let confirm = room.is_open.then(|| {
            view! {
                <Form>
                    <input type="hidden" name="bid" value=id/>
                    <Button label=say("bid-confirm") name="do" value="confirm" kind=Kind::Primary/>
                </Form>
            }
        });
        let why = if room.is_open { "bid-stale-why" } else { "bid-stale-over" };
        view! {
            <Notice tone=Tone::Warning title=say_with("bid-stale", versions)>
                <p>{say(why)}</p>
                {confirm}
            </Notice>
        }
        .into_any()
    })
}

/// Key and receipt to keep, proof to look up, paper to print.
fn keep(room: &Room, bid: &Bid) -> AnyView {
    let words = KeyWords {
        looking: say("bid-key-looking"),
        here: say("bid-key-here"),
        elsewhere: say("bid-key-elsewhere"),
        save: say("bid-key-save"),
    };
    let about = say_with("bid-key-about", facts([("tender", room.tender.number.clone().into())]));
    let receipt = room.beside("/receipt");
    view! {
        <section id="bid-keep">
            <h2>{say("bid-keep")}</h2>
            <h3>{say("bid-key")}</h3>
            <p>{say("bid-key-why")}</p>
            <BidKey scope=room.scope.clone() commitment=bid.commitment.clone() about words/>
            <noscript><p>{say("bid-key-no-script")}</p></noscript>
            <h3>{say("bid-receipt-signed")}</h3>
            <p>{say("bid-receipt-signed-why")}</p>
            <div class="buttons">
                <a id="bid-receipt-save" class="button" href=receipt download="">{say("bid-receipt-save")}</a>
                <a id="bid-proof" class="button" href=bid.proof_address.clone()>{say("bid-proof")}</a>
                <Print label=say("bid-print")/>
            </div>
        </section>
    }
    .into_any()
}

/// Replace and withdraw, until the deadline.
fn change(room: &Room, bid: &Bid) -> AnyView {
    let anew = room.anew();
    let id = bid.id.inner().to_owned();
    let what = facts([("number", bid.number.clone().into()), ("received", bid.received_at.into())]);
    view! {
        <section id="bid-change">
            <h2>{say("bid-change")}</h2>
            <p>{say("bid-change-why")}</p>
            <div class="buttons">
                <LinkButton label=say("bid-replace") to=anew/>
                <Dialog id="bid-withdraw" open=say("bid-withdraw") title=say("bid-withdraw-title")>
                    <p>{say_with("bid-withdraw-what", what)}</p>
                    <Form>
                        <input type="hidden" name="bid" value=id/>
                        <Button label=say("bid-withdraw") name="do" value="withdraw" kind=Kind::Final/>
                    </Form>
                </Dialog>
            </div>
        </section>
    }
    .into_any()
}

/// The bid did not open: its bidder can show what was in it.
fn reveal(room: &Room, bid: &Bid) -> Option<AnyView> {
    let is_opened = matches!(room.tender.state, TenderStateName::Opened | TenderStateName::FinalOpened);
    let can = bid.state == BidState::Unopened && is_opened;
    can.then(|| {
        let id = bid.id.inner().to_owned();
        view! {
            <section id="bid-reveal">
                <h2>{say("bid-reveal")}</h2>
                <p>{say("bid-reveal-why")}</p>
                <Form files=true>
                    <input type="hidden" name="bid" value=id/>
                    <FileField name="bidKeyFile" label=say("bid-key-file") accept=".txt" most_mb=1 optional=true/>
                    <Field name="bidKey" label=say("bid-key-text") help=say("bid-key-text-help") optional=true autocomplete="off"/>
                    <Button label=say("bid-reveal-do") name="do" value="reveal" kind=Kind::Primary/>
                </Form>
            </section>
        }
        .into_any()
    })
}
