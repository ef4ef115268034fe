//! One order: where it stands, its lines, what each side may do next, what was sent, what arrived, what happened.

use super::order_forms::forms;
use super::value::{OnDay, OrderState, Party};
use crate::prelude::*;
use crate::schema::StoredFile;
use domain::money::Money;

#[derive(cynic::QueryVariables)]
struct Which {
    id: cynic::Id,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query", variables = "Which")]
struct OrderPage {
    #[arguments(id: $id)]
    order: Option<Order>,
}

/// The order, as the page and its forms need it.
#[derive(cynic::QueryFragment, Clone)]
pub(super) struct Order {
    number: String,
    state: OrderState,
    pub(super) steps: Vec<OrderStep>,
    buyer: Party,
    supplier: Party,
    placed_at: chrono::DateTime<chrono::Utc>,
    promised_on: Option<OnDay>,
    reason: Option<String>,
    value: Sum,
    accepted_value: Sum,
    pub(super) lines: Vec<OrderLine>,
    pub(super) delivery: Delivery,
    note: String,
    shipments: Vec<Shipment>,
    receipts: Vec<Receipt>,
    pub(super) timeline: Vec<OrderEvent>,
}

/// A step that the reader may take.
#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum OrderStep {
    Confirm,
    Refuse,
    Cancel,
    CancelRest,
    Despatch,
    Receive,
    Close,
}

#[derive(cynic::QueryFragment, Clone)]
pub(super) struct OrderLine {
    pub(super) number: i32,
    pub(super) name: Words,
    pub(super) unit: String,
    unit_price: Sum,
    ordered: i32,
    despatched: i32,
    accepted: i32,
    refused: i32,
    cancelled: i32,
    pub(super) in_transit: i32,
    pub(super) to_despatch: i32,
}

#[derive(cynic::QueryFragment, Clone)]
pub(super) struct Delivery {
    region_code: String,
    address: String,
    contact_name: String,
    contact_phone: String,
    pub(super) by_on: OnDay,
    instructions: String,
}

#[derive(cynic::QueryFragment, Clone)]
struct Shipment {
    lines: Vec<ShipmentLine>,
    carrier: String,
    tracking_number: String,
    expected_on: Option<OnDay>,
    despatched_at: chrono::DateTime<chrono::Utc>,
}

#[derive(cynic::QueryFragment, Clone)]
struct ShipmentLine {
    line: i32,
    quantity: i32,
}

#[derive(cynic::QueryFragment, Clone)]
struct Receipt {
    lines: Vec<ReceiptLine>,
    photos: Vec<StoredFile>,
    note: String,
    received_at: chrono::DateTime<chrono::Utc>,
}

#[derive(cynic::QueryFragment, Clone)]
struct ReceiptLine {
    line: i32,
    accepted: i32,
    refused: i32,
    defect: Option<Defect>,
}

/// Why goods went back.
#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Defect {
    Damaged,
    WrongItem,
    NotAsOrdered,
    Faulty,
    PapersMissing,
    Expired,
    Other,
}

impl Defect {
    /// All of them, with the names by which forms and texts know them.
    pub(super) const ALL: [(Self, &'static str); 7] = [
        (Self::Damaged, "damaged"),
        (Self::WrongItem, "wrong-item"),
        (Self::NotAsOrdered, "not-as-ordered"),
        (Self::Faulty, "faulty"),
        (Self::PapersMissing, "papers-missing"),
        (Self::Expired, "expired"),
        (Self::Other, "other"),
    ];

    fn label(self) -> String {
        let name = Self::ALL.iter().find(|(defect, _)| *defect == self).map_or("other", |(_, name)| name);
        say(&format!("receipt-defect-{name}"))
    }
}

#[derive(cynic::QueryFragment, Clone)]
pub(super) struct OrderEvent {
    name: String,
    user: Option<User>,
    reason: Option<String>,
    occurred_at: chrono::DateTime<chrono::Utc>,
}

#[derive(cynic::QueryFragment, Clone)]
struct User {
    name: Words,
}

/// Asks for the order.
pub(super) async fn order(visit: &Visit, id: &str) -> Result<Order, PageError> {
    visit.signed_in()?;
    visit.ask(OrderPage::build(Which { id: id.into() })).await?.order.ok_or(PageError::NotFound)
}

/// The page.
pub(super) async fn page(visit: &Visit, id: &str) -> Answered {
    let order = order(visit, id).await?;
    let title = visit.say_with("order-title", facts([("number", order.number.clone().into())]));
    Page::titled(title.clone()).crumb(visit.say("section-orders"), "/orders").wide().show(move || {
        view! {
            <h1>{title}</h1>
            <p><Tag state=order.state.kind() label=order.state.label()/></p>
            {order.reason.clone().map(|reason| view! { <Notice tone=Tone::Error title=say("order-reason")><p>{reason}</p></Notice> })}
            {forms(&order)}
            <h2>{say("order-lines")}</h2>
            {lines(&order)}
            <div class="columns">
                <section><h2>{say("order-facts")}</h2>{summary(&order)}</section>
                <section><h2>{say("order-timeline")}</h2>{timeline(&order)}</section>
            </div>
            {shipments(&order)}
            {receipts(&order)}
        }
    })
}

fn lines(order: &Order) -> impl IntoView + use<> {
    let visit = visit();
    let rows = order
        .lines
        .iter()
        .map(|line| {
            let mut also = Vec::new();
            if line.refused > 0 {
                also.push(say_with("order-line-refused", facts([("count", i64::from(line.refused).into())])));
            }
            if line.cancelled > 0 {
                also.push(say_with("order-line-cancelled", facts([("count", i64::from(line.cancelled).into())])));
            }
            let also = (!also.is_empty()).then(|| view! { <span class="help">{also.join(" · ")}</span> });
            view! {
                <tr>
                    <th scope="row">{line.number} ". " {visit.local(&line.name).to_owned()} " " {also}</th>
                    <td class="number"><Amount money=line.unit_price.clone().into()/> " / " {line.unit.clone()}</td>
                    <td class="number">{line.ordered}</td>
                    <td class="number">{line.despatched}</td>
                    <td class="number">{line.accepted}</td>
                </tr>
            }
        })
        .collect_view();
    let columns = vec![
        Column::new(say("order-item")),
        Column::number(say("order-unit-price")),
        Column::number(say("order-ordered")),
        Column::number(say("order-despatched")),
        Column::number(say("order-accepted")),
    ];
    view! { <Table caption=say("order-lines-caption") columns>{rows}</Table> }
}

fn summary(order: &Order) -> impl IntoView + use<> {
    let visit = visit();
    let Delivery { region_code, address, contact_name, contact_phone, by_on, instructions } = order.delivery.clone();
    let (value, accepted) = (Money::from(order.value.clone()), Money::from(order.accepted_value.clone()));
    let placed_at = order.placed_at;
    let mut facts = vec![
        SummaryFact::new(say("order-side-buyer"), visit.local(&order.buyer.name).to_owned()),
        SummaryFact::new(say("order-side-supplier"), visit.local(&order.supplier.name).to_owned()),
        SummaryFact::new(say("order-placed-at"), view! { <Instant at=placed_at/> }),
        SummaryFact::new(say("order-value"), view! { <Amount money=value in_words=true/> }),
        SummaryFact::new(say("order-accepted-value"), view! { <Amount money=accepted/> }),
        SummaryFact::new(say("delivery-by-on"), view! { <Day on=by_on.0/> }),
    ];
    if let Some(promised_on) = order.promised_on {
        facts.push(SummaryFact::new(say("order-promised-on"), view! { <Day on=promised_on.0/> }));
    }
    facts.push(SummaryFact::new(say("delivery-address"), format!("{address} ({region_code})")));
    facts.push(SummaryFact::new(say("delivery-contact"), format!("{contact_name} · {contact_phone}")));
    for (key, text) in [("delivery-instructions", instructions), ("order-note", order.note.clone())] {
        if !text.is_empty() {
            facts.push(SummaryFact::new(say(key), text));
        }
    }
    view! { <SummaryList facts/> }
}

fn timeline(order: &Order) -> impl IntoView + use<> {
    let visit = visit();
    let moments = order.timeline.iter().map(|event| {
        let by = event.user.as_ref().map(|user| visit.local(&user.name).to_owned());
        let note: Vec<String> = by.into_iter().chain(event.reason.clone()).collect();
        Moment {
            label: say(&format!("event-{}", event.name.replace(['.', '_'], "-"))),
            at: Some(event.occurred_at),
            note: (!note.is_empty()).then(|| note.join(" · ")),
        }
    });
    view! { <Timeline moments=moments.collect()/> }
}

fn shipments(order: &Order) -> Option<impl IntoView + use<>> {
    let entries = order.shipments.iter().map(|shipment| {
        let what: Vec<String> = shipment.lines.iter().map(|sent| counted(order, sent.line, sent.quantity)).collect();
        let expected = shipment.expected_on.map(|on| view! { <p>{say("shipment-expected-on")} " " <Day on=on.0/></p> });
        view! {
            <li>
                <p><Instant at=shipment.despatched_at/></p>
                <p>{what.join(" · ")}</p>
                <p>{shipment.carrier.clone()} " " <span class="number">{shipment.tracking_number.clone()}</span></p>
                {expected}
            </li>
        }
    });
    let entries = entries.collect::<Vec<_>>();
    (!entries.is_empty()).then(|| view! { <h2>{say("order-shipments")}</h2> <ol class="papers">{entries}</ol> })
}

fn receipts(order: &Order) -> Option<impl IntoView + use<>> {
    let entries = order.receipts.iter().map(|receipt| {
        let arrived = receipt.lines.iter().flat_map(|line| {
            let accepted = (line.accepted > 0).then(|| {
                say_with("receipt-accepted-line", facts([("what", counted(order, line.line, line.accepted).into())]))
            });
            let refused = line.defect.map(|defect| {
                let what = counted(order, line.line, line.refused);
                say_with("receipt-refused-line", facts([("what", what.into()), ("why", defect.label().into())]))
            });
            accepted.into_iter().chain(refused)
        });
        let arrived = arrived.map(|line| view! { <p>{line}</p> }).collect_view();
        let note = (!receipt.note.is_empty()).then(|| view! { <p class="quiet">{receipt.note.clone()}</p> });
        let photos = (!receipt.photos.is_empty()).then(|| view! { <Pictures files=receipt.photos.clone() of=say("receipt-photo")/> });
        view! { <li><p><Instant at=receipt.received_at/></p>{arrived}{note}{photos}</li> }
    });
    let entries = entries.collect::<Vec<_>>();
    (!entries.is_empty()).then(|| view! { <h2>{say("order-receipts")}</h2> <ol class="papers">{entries}</ol> })
}

/// `办公椅 × 4 把`.
fn counted(order: &Order, line: i32, quantity: i32) -> String {
    let visit = visit();
    let found = order.lines.iter().find(|found| found.number == line);
    found.map_or_else(String::new, |found| format!("{} × {quantity} {}", visit.local(&found.name), found.unit))
}
