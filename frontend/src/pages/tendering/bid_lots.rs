//! The lots of a divided tender, for a supplier that bids: one bid for each, and where it stands.

use super::bid::{BidState, OwnBids, Tender, Which, titled};
use super::lots::{Lots, short};
use crate::prelude::*;

/// The page.
pub(super) async fn page(visit: &Visit, id: &str, tender: &Tender, lots: Lots) -> Answered {
    let own = visit.ask(OwnBids::build(Which { id: cynic::Id::new(id) })).await?.viewer_bids_for_tender;
    let (name, to) = (visit.local(&tender.title).to_owned(), format!("/tenders/{id}/bid"));
    let deadline = tender.deadline_at;
    let is_open = tender.state.takes_bids() && deadline.is_some_and(|at| visit.now() <= at);
    titled(visit, id, tender, "bid-title").wide().show(move || {
        let columns = vec![
            Column::new(say("lots")),
            Column::new(say("lot-own-bid")),
            Column::number(say("tender-budget")),
        ];
        let rows = lots.lots.iter().map(|lot| {
            let bid = own.iter().find(|bid| bid.lot_id == lot.id);
            let counts = bid.is_some_and(|bid| bid.state.counts());
            let state = match bid {
                Some(bid) if counts => {
                    let key = if bid.is_stale && bid.state == BidState::Sealed { "lot-bid-stale" } else { "lot-bid-in" };
                    let stale = if key == "lot-bid-stale" { State::Waiting } else { State::Sealed };
                    view! { <Tag state=stale label=say(key)/> " " <Instant at=bid.received_at/> }.into_any()
                }
                Some(bid) if bid.state == BidState::Withdrawn => say("bid-state-withdrawn").into_any(),
                _ => say("lot-bid-none").into_any(),
            };
            let key = match (counts, is_open, &lot.failure_reason) {
                (true, _, None) => Some("bid-see-receipt"),
                (false, true, None) => Some("bid-prepare"),
                (_, _, Some(_)) | (false, false, None) => None,
            };
            let failed = lot.failure_reason.as_ref().map(|reason| view! { " " <strong>{say("lot-failed")}</strong> " " <small>{visit_local(reason)}</small> });
            let act = key.map(|key| {
                let number = lot.number;
                view! { <p><a class="button" href=format!("{to}?lot={number}")>{say(key)}<span class="hidden">" " {short(number)}</span></a></p> }
            });
            view! {
                <tr>
                    <th scope="row">{lot.name()}{failed}</th>
                    <td>{state}{act}</td>
                    <td class="number"><Amount money=lot.budget.clone().into()/></td>
                </tr>
            }
        });
        let rows = rows.collect_view();
        view! {
            <h1>{say("bid-title")}</h1>
            <p class="lead">{name}</p>
            {deadline.filter(|_| is_open).map(|at| view! { <Countdown at/> })}
            <p>{say("lot-choose")}</p>
            <Table caption=say("lots") columns>{rows}</Table>
        }
    })
}

fn visit_local(words: &Words) -> String {
    visit().local(words).to_owned()
}
