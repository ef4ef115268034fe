//! What the forms of one order post, and what is done then.

use super::order::{Defect, Order, order};
use super::value::OnDay;
use crate::pages::oversight::file::keep;
use crate::prelude::*;
use crate::schema::UserError;

#[derive(cynic::InputObject)]
struct ShipmentLineInput {
    line: i32,
    quantity: i32,
}

#[derive(cynic::InputObject)]
struct ReceiptLineInput {
    line: i32,
    accepted: i32,
    refused: i32,
    defect: Option<Defect>,
}

#[derive(cynic::InputObject)]
struct ConfirmOrderInput {
    order_id: cynic::Id,
    idempotency_key: Option<String>,
    promised_on: OnDay,
}

#[derive(cynic::QueryVariables)]
struct ConfirmVariables {
    input: ConfirmOrderInput,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation", variables = "ConfirmVariables")]
struct Confirm {
    #[arguments(input: $input)]
    confirm_order: ConfirmOrderPayload,
}

#[derive(cynic::QueryFragment)]
struct ConfirmOrderPayload {
    user_errors: Vec<UserError>,
}

#[derive(cynic::InputObject)]
struct RefuseOrderInput {
    order_id: cynic::Id,
    idempotency_key: Option<String>,
    reason: String,
}

#[derive(cynic::QueryVariables)]
struct RefuseVariables {
    input: RefuseOrderInput,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation", variables = "RefuseVariables")]
struct Refuse {
    #[arguments(input: $input)]
    refuse_order: RefuseOrderPayload,
}

#[derive(cynic::QueryFragment)]
struct RefuseOrderPayload {
    user_errors: Vec<UserError>,
}

#[derive(cynic::InputObject)]
struct CancelOrderInput {
    order_id: cynic::Id,
    idempotency_key: Option<String>,
    reason: String,
}

#[derive(cynic::QueryVariables)]
struct CancelVariables {
    input: CancelOrderInput,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation", variables = "CancelVariables")]
struct Cancel {
    #[arguments(input: $input)]
    cancel_order: CancelOrderPayload,
}

#[derive(cynic::QueryFragment)]
struct CancelOrderPayload {
    user_errors: Vec<UserError>,
}

#[derive(cynic::InputObject)]
struct CancelOrderRestInput {
    order_id: cynic::Id,
    idempotency_key: Option<String>,
    reason: String,
}

#[derive(cynic::QueryVariables)]
struct CancelRestVariables {
    input: CancelOrderRestInput,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation", variables = "CancelRestVariables")]
struct CancelRest {
    #[arguments(input: $input)]
    cancel_order_rest: CancelOrderRestPayload,
}

#[derive(cynic::QueryFragment)]
struct CancelOrderRestPayload {
    user_errors: Vec<UserError>,
}

#[derive(cynic::InputObject)]
struct DespatchOrderInput {
    order_id: cynic::Id,
    idempotency_key: Option<String>,
    lines: Vec<ShipmentLineInput>,
    carrier: String,
    tracking_number: String,
    expected_on: Option<OnDay>,
}

#[derive(cynic::QueryVariables)]
struct DespatchNowVariables {
    input: DespatchOrderInput,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation", variables = "DespatchNowVariables")]
struct DespatchNow {
    #[arguments(input: $input)]
    despatch_order: DespatchOrderPayload,
}

#[derive(cynic::QueryFragment)]
struct DespatchOrderPayload {
    user_errors: Vec<UserError>,
}

#[derive(cynic::InputObject)]
struct ReceiveGoodsInput {
    order_id: cynic::Id,
    idempotency_key: Option<String>,
    lines: Vec<ReceiptLineInput>,
    photo_ids: Vec<cynic::Id>,
    note: String,
}

#[derive(cynic::QueryVariables)]
struct ReceiveNowVariables {
    input: ReceiveGoodsInput,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation", variables = "ReceiveNowVariables")]
struct ReceiveNow {
    #[arguments(input: $input)]
    receive_goods: ReceiveGoodsPayload,
}

#[derive(cynic::QueryFragment)]
struct ReceiveGoodsPayload {
    user_errors: Vec<UserError>,
}

#[derive(cynic::InputObject)]
struct CloseOrderInput {
    order_id: cynic::Id,
    idempotency_key: Option<String>,
}

#[derive(cynic::QueryVariables)]
struct CloseNowVariables {
    input: CloseOrderInput,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation", variables = "CloseNowVariables")]
struct CloseNow {
    #[arguments(input: $input)]
    close_order: CloseOrderPayload,
}

#[derive(cynic::QueryFragment)]
struct CloseOrderPayload {
    user_errors: Vec<UserError>,
}

/// Does what the pressed button says.
pub(super) async fn act(visit: &Visit, id: &str) -> Answered {
    visit.signed_in()?;
    let order_id: cynic::Id = id.into();
    let idempotency_key = key(visit);
    let reason = visit.posted("reason").unwrap_or_default().to_owned();
    let (errors, done) = match visit.posted("do") {
        Some("confirm") => {
            let promised_on = match OnDay::posted(visit, "promisedOn") {
                Ok(day) => day,
                Err(error) => return Answer::again([error]),
            };
            let input = ConfirmOrderInput { order_id, idempotency_key, promised_on };
            (visit.ask(Confirm::build(ConfirmVariables { input })).await?.confirm_order.user_errors, "order-confirmed")
        }
        Some("refuse") => {
            let input = RefuseOrderInput { order_id, idempotency_key, reason };
            (visit.ask(Refuse::build(RefuseVariables { input })).await?.refuse_order.user_errors, "order-refused")
        }
        Some("cancel") => {
            let input = CancelOrderInput { order_id, idempotency_key, reason };
            (visit.ask(Cancel::build(CancelVariables { input })).await?.cancel_order.user_errors, "order-cancelled")
        }
        Some("cancel-rest") => {
            let input = CancelOrderRestInput { order_id, idempotency_key, reason };
            (visit.ask(CancelRest::build(CancelRestVariables { input })).await?.cancel_order_rest.user_errors, "order-rest-cancelled")
        }
        Some("despatch") => return send(visit, id).await,
        Some("receive") => return take(visit, id).await,
        Some("close") => {
            let input = CloseOrderInput { order_id, idempotency_key };
            (visit.ask(CloseNow::build(CloseNowVariables { input })).await?.close_order.user_errors, "order-closed")
        }
        _ => return Err(PageError::NotFound),
    };
    answer(id, errors, &[], done)
}

/// What the form was drawn for, and the act: pressing twice acts once. See [`super::order_forms::drawn_for`].
fn key(visit: &Visit) -> Option<String> {
    Some(format!("{}:{}", visit.posted("key")?, visit.posted("do")?))
}

/// Goes on with the order, or says what to mend.
fn answer(id: &str, errors: Vec<UserError>, lines: &[i32], done: &'static str) -> Answered {
    let here = format!("/orders/{id}");
    // The other press of the same button was quicker; the order shows what it did.
    if errors.iter().any(|error| error.code == "IDEMPOTENCY_KEY_REUSED") {
        return Answer::go(here);
    }
    if !errors.is_empty() {
        return Answer::again(errors.into_iter().map(|error| at_form(error, lines)));
    }
    Answer::done(here, done)
}

async fn send(visit: &Visit, id: &str) -> Answered {
    let lines = posted_lines(visit, &order(visit, id).await?);
    let lines: Vec<_> = lines.into_iter().filter(|line| number(visit, *line, "quantity") != 0).collect();
    let input = DespatchOrderInput {
        order_id: id.into(),
        idempotency_key: key(visit),
        lines: lines.iter().map(|line| ShipmentLineInput { line: *line, quantity: number(visit, *line, "quantity") }).collect(),
        carrier: visit.posted("carrier").unwrap_or_default().to_owned(),
        tracking_number: visit.posted("trackingNumber").unwrap_or_default().to_owned(),
        expected_on: visit.posted("expectedOn").and_then(|day| day.parse().ok()).map(OnDay),
    };
    let errors = visit.ask(DespatchNow::build(DespatchNowVariables { input })).await?.despatch_order.user_errors;
    answer(id, errors, &lines, "order-despatched")
}

async fn take(visit: &Visit, id: &str) -> Answered {
    let lines = posted_lines(visit, &order(visit, id).await?);
    let is_told = |line: &i32| number(visit, *line, "accepted") != 0 || number(visit, *line, "refused") != 0;
    let lines: Vec<_> = lines.into_iter().filter(is_told).collect();
    let told = lines.iter().map(|line| {
        let defect = visit.posted(&format!("lines.{line}.defect"));
        ReceiptLineInput {
            line: *line,
            accepted: number(visit, *line, "accepted"),
            refused: number(visit, *line, "refused"),
            defect: Defect::ALL.into_iter().find(|(_, name)| Some(*name) == defect).map(|(defect, _)| defect),
        }
    });
    let (photos, refused) = keep(visit, "photoIds").await?;
    if !refused.is_empty() {
        return Answer::again(refused);
    }
    let input = ReceiveGoodsInput {
        order_id: id.into(),
        idempotency_key: key(visit),
        lines: told.collect(),
        photo_ids: photos.into_iter().map(|photo| photo.id).collect(),
        note: visit.posted("note").unwrap_or_default().to_owned(),
    };
    let errors = visit.ask(ReceiveNow::build(ReceiveNowVariables { input })).await?.receive_goods.user_errors;
    answer(id, errors, &lines, "order-received")
}

/// The lines of the order that stood in the form.
fn posted_lines(visit: &Visit, order: &Order) -> Vec<i32> {
    let stood = |line: &i32| visit.form().iter().any(|(field, _)| field.starts_with(&format!("lines.{line}.")));
    order.lines.iter().map(|line| line.number).filter(stood).collect()
}

/// A posted quantity. What is no number becomes one that is refused with the bounds told.
fn number(visit: &Visit, line: i32, part: &str) -> i32 {
    visit.posted(&format!("lines.{line}.{part}")).map_or(0, |number| number.parse().unwrap_or(-1))
}

/// The contract names lines by their place in the input; the form names them by their number in the order.
fn at_form(error: UserError, lines: &[i32]) -> FormError {
    let mut path = error.path;
    if let [first, place, ..] = path.as_mut_slice()
        && first == "lines"
        && let Some(line) = place.parse().ok().and_then(|place: usize| lines.get(place))
    {
        *place = line.to_string();
    }
    // The photos stand in one field.
    if path.first().is_some_and(|first| first == "photoIds") {
        path.truncate(1);
    }
    FormError::at(path.join("."), error.message)
}
