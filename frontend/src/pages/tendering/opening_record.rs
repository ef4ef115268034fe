//! The public record of an opening (开标记录): read on the screen, on paper, and without script.

use super::lots::short;
use super::members;
use super::opening::{Opening, OpeningLine, OpeningTable, Tender, local};
use crate::prelude::*;

/// The record.
pub(super) fn record(tender: &Tender, table: &OpeningTable, opening: &Opening) -> AnyView {
    let count = |is_opened: bool| opening.lines.iter().filter(|line| line.price.is_some() == is_opened).count();
    let counts = facts([("bids", opening.lines.len().into()), ("opened", count(true).into()), ("failed", count(false).into())]);
    let offices = table.offices();
    let holders = opening.holders.iter().map(|act| {
        let office = table.seats.iter().position(|seat| seat.holder_id == act.holder_id).map(|place| offices[place].clone());
        view! { <li>{office}" · "<Instant at=act.submitted_at/></li> }
    });
    let holders = holders.collect_view();
    let buyer = tender.buyer.as_ref().map(|buyer| local(&buyer.name));
    let needed = facts([("needed", i64::from(table.threshold).into()), ("holders", table.seats.len().into())]);
    let summary = vec![
        SummaryFact::new(say("opening-record-tender"), format!("{} {}", tender.number, local(&tender.title))),
        SummaryFact::new(say("tender-buyer"), buyer),
        SummaryFact::new(say("tender-budget"), view! { <Amount money=tender.budget.clone().into()/> }),
        SummaryFact::new(say("tender-deadline"), tender.deadline_at.map(|at| view! { <Instant at/> })),
        SummaryFact::new(say("opening-record-at"), view! { <Instant at=opening.opened_at/> }),
        SummaryFact::new(say("opening-record-bids"), say_with("opening-record-counts", counts)),
        SummaryFact::new(say_with("opening-record-holders", needed), view! { <ul class="plain">{holders}</ul> }),
    ];
    let is_divided = opening.lines.iter().any(|line| line.lot_number.is_some());
    let mut columns = vec![Column::number(say("opening-record-number"))];
    columns.extend(is_divided.then(|| Column::new(say("lot"))));
    columns.extend([
        Column::new(say("opening-record-bidder")),
        Column::number(say("opening-record-price")),
        Column::new(say("opening-record-brand")),
        Column::new(say("opening-record-result")),
        Column::new(say("opening-record-received")),
        Column::new(say("opening-record-commitment")),
    ]);
    let mut lines: Vec<&OpeningLine> = opening.lines.iter().collect();
    lines.sort_by_key(|line| line.lot_number);
    let rows = lines.into_iter().enumerate().map(|(place, line)| row(place, line)).collect_view();
    view! {
        <section class="opening-record" id="record">
            <h2>{say("opening-record")}</h2>
            <SummaryList facts=summary/>
            <Table caption=say("opening-record-caption") columns>{rows}</Table>
            <p class="quiet">{say("opening-record-check")}" "<a href="/log">{say("log")}</a></p>
        </section>
    }
    .into_any()
}

fn row(place: usize, line: &OpeningLine) -> impl IntoView + use<> {
    let bidder = line.bidder.as_ref().map(|bidder| local(&bidder.name));
    let size = line.bidder.as_ref().and_then(|bidder| bidder.enterprise_size).map(|size| say(size.text_key()));
    let price = line.price.clone().map(|price| view! { <Amount money=price.into()/> });
    let (state, word) = match (line.fault, line.is_revealed) {
        (Some(_), _) => (State::Refused, "opening-result-failed"),
        (None, true) => (State::Warning, "opening-result-revealed"),
        (None, false) => (State::Good, "opening-result-opened"),
    };
    let why = line.fault.map(|fault| view! { <p class="help">{fault.words()}</p> });
    let stale = line.is_stale.then(|| view! { <p class="help">{say("opening-record-stale")}</p> });
    view! {
        <tr>
            <td class="number">{place + 1}</td>
            {line.lot_number.map(|number| view! { <td>{short(number)}</td> })}
            <th scope="row">{bidder}<span class="record-size">{size}</span>{members::beside(&line.consortium)}</th>
            <td class="number record-price">{price}</td>
            <td>{line.brand.clone()}</td>
            <td><Tag state label=say(word)/>{why}{stale}</td>
            <td><Instant at=line.received_at/></td>
            <td><code class="record-commitment">{line.commitment.clone()}</code></td>
        </tr>
    }
}
