//! The draw of those who are asked for bids, as everybody reads it: what was promised, what it came to, and how to draw
//! again with nothing but `sha256sum`.

use super::applications::{Organization, Prequalification};
use crate::prelude::*;

#[derive(cynic::QueryFragment, Clone, Debug)]
pub(super) struct DrawResult {
    seed: String,
    mixed: String,
    application_numbers: Vec<String>,
    count: i32,
    tickets: Vec<DrawTicket>,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
struct DrawTicket {
    supplier: Option<Organization>,
    supplier_number: String,
    order: String,
    is_drawn: bool,
}

/// What was promised, and, for those who may read it, what the draw came to.
pub(super) fn shown(found: &Prequalification) -> impl IntoView + use<> {
    let at = facts([("at", found.committed_at.into())]);
    let hidden = (found.drawn_at.is_some() && found.draw.is_none()).then(|| view! { <p>{say("draw-hidden")}</p> });
    view! {
        <h2>{say("draw-title")}</h2>
        <p>{say_with("draw-lead", facts([("count", i64::from(found.invite_count).into())]))}</p>
        <p class="fingerprint"><span class="quiet">{say_with("draw-commitment", at)}</span>" "<code>{found.commitment.clone()}</code></p>
        {hidden}
        {found.draw.as_ref().map(|draw| result(draw, &found.commitment))}
    }
}

fn result(draw: &DrawResult, commitment: &str) -> impl IntoView + use<> {
    let rows = draw.tickets.iter().enumerate().map(|(place, ticket)| {
        let (state, key) = if ticket.is_drawn { (State::Good, "draw-drawn") } else { (State::Closed, "draw-not-drawn") };
        let name = ticket.supplier.as_ref().map(|one| visit().local(&one.name).to_owned()).unwrap_or_default();
        view! {
            <tr>
                <td class="number">{place + 1}</td>
                <th scope="row">{name}<br/><code class="quiet">{ticket.supplier_number.clone()}</code></th>
                <td><Tag state label=say(key)/></td>
                <td class="fingerprint"><code>{ticket.order.clone()}</code></td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    let columns = vec![
        Column::number(say("draw-place")),
        Column::new(say("draw-supplier")),
        Column::new(say("draw-result")),
        Column::new(say("draw-order")),
    ];
    let count = facts([("count", i64::from(draw.count).into())]);
    view! {
        <div class="brief"><Table caption=say_with("draw-caption", count) columns>{rows}</Table></div>
        {again(draw, commitment)}
    }
}

/// How to draw again, step by step.
fn again(draw: &DrawResult, commitment: &str) -> impl IntoView + use<> {
    let first = draw.tickets.first().map(|ticket| ticket.supplier_number.clone()).unwrap_or_default();
    let step = |key: &str, command: String, answer: String| {
        view! { <li><p>{say(key)}</p><p class="fingerprint"><code>{command}</code></p><p class="fingerprint">{say("draw-gives")}" "<code>{answer}</code></p></li> }
    };
    let sum = |parts: String| format!("printf %s {parts} | sha256sum");
    let order = draw.tickets.first().map(|ticket| ticket.order.clone()).unwrap_or_default();
    let steps = [
        step("draw-step-seed", sum(draw.seed.clone()), commitment.to_owned()),
        step("draw-step-mixed", sum(draw.application_numbers.concat()), draw.mixed.clone()),
        step("draw-step-order", sum(format!("{}{}{first}", draw.seed, draw.mixed)), order),
    ];
    view! {
        <details>
            <summary>{say("draw-again")}</summary>
            <p>{say("draw-again-lead")}</p>
            <ol>{steps.into_iter().collect_view()}</ol>
            <p>{say("draw-again-end")}</p>
        </details>
    }
}
