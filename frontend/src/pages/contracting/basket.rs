//! The basket: lines by supplier, what has changed since they were put in, and the form that orders them.

use super::value::{OnDay, Party};
use crate::prelude::*;
use crate::schema::UserError;

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query")]
struct BasketPage {
    basket: Basket,
    viewer: Option<Viewer>,
}

#[derive(cynic::QueryFragment)]
struct Basket {
    id: cynic::Id,
    changed_at: chrono::DateTime<chrono::Utc>,
    groups: Vec<BasketGroup>,
}

#[derive(cynic::QueryFragment)]
struct BasketGroup {
    supplier: Option<Party>,
    supplier_id: cynic::Id,
    total: Option<Sum>,
    lines: Vec<BasketLine>,
}

#[derive(cynic::QueryFragment)]
struct BasketLine {
    index: i32,
    item_id: cynic::Id,
    name: Words,
    unit: String,
    quantity: i32,
    unit_price: Sum,
    price: Option<Sum>,
    problem: Option<UserError>,
}

#[derive(cynic::QueryFragment)]
struct Viewer {
    user: User,
    organization: Organization,
}

#[derive(cynic::QueryFragment)]
struct User {
    name: Words,
}

#[derive(cynic::QueryFragment)]
struct Organization {
    region_code: String,
    address: Words,
}

/// The page.
pub(super) async fn page(visit: &Visit) -> Answered {
    visit.signed_in()?;
    let BasketPage { basket, viewer } = visit.ask(BasketPage::build(())).await?;
    Page::titled(visit.say("section-basket")).wide().show(move || {
        if basket.groups.is_empty() {
            return view! {
                <h1>{say("section-basket")}</h1>
                <Empty why=say("basket-empty")><p><a href="/items">{say("basket-empty-next")}</a></p></Empty>
            }
            .into_any();
        }
        let is_dearer = |line: &BasketLine| line.problem.as_ref().is_some_and(|problem| problem.code == "PRICE_CHANGED");
        let accept = basket.groups.iter().flat_map(|group| &group.lines).any(is_dearer).then(accept);
        // One key for one state of the basket: pressing twice orders once.
        let key = format!("basket:{}:{}", basket.id.inner(), basket.changed_at.timestamp_micros());
        let picks: Vec<Pick> = basket.groups.iter().map(pick).collect();
        let groups = basket.groups.into_iter().map(group).collect_view();
        view! {
            <h1>{say("section-basket")}</h1>
            {accept}
            {groups}
            {check_out(key, picks, viewer)}
        }
        .into_any()
    })
}

fn accept() -> impl IntoView {
    view! {
        <Notice tone=Tone::Warning title=say("basket-prices-changed")>
            <form method="post" action="/basket"><Button label=say("basket-accept-prices") name="do" value="accept"/></form>
        </Notice>
    }
}

fn pick(group: &BasketGroup) -> Pick {
    let name = group.supplier.as_ref().map(|supplier| visit().local(&supplier.name).to_owned());
    Pick::new(group.supplier_id.inner(), name.unwrap_or_default())
}

fn group(group: BasketGroup) -> impl IntoView {
    let visit = visit();
    let name = group.supplier.as_ref().map(|supplier| visit.local(&supplier.name).to_owned()).unwrap_or_default();
    let total = group.total.map(|total| view! { <p class="basket-total">{say("basket-total")} " " <strong><Amount money=total.clone().into()/></strong></p> });
    let rows = group.lines.into_iter().map(line).collect_view();
    let columns = vec![
        Column::new(say("order-item")),
        Column::number(say("order-unit-price")),
        Column::new(say("basket-quantity")),
        Column::number(say("basket-price")),
    ];
    view! {
        <section>
            <h2>{name.clone()}</h2>
            <Table caption=say_with("basket-caption", facts([("supplier", name.into())])) columns>{rows}</Table>
            {total}
        </section>
    }
}

fn line(line: BasketLine) -> impl IntoView {
    let visit = visit();
    let name = visit.local(&line.name).to_owned();
    let quantity = say_with("basket-quantity-of", facts([("item", name.as_str().into())]));
    let item = line.item_id.inner().to_owned();
    let problem = line.problem.map(|problem| view! { <p class="field-error">{problem.message}</p> });
    view! {
        <tr id=field_id(&format!("lines.{}", line.index)) tabindex="-1">
            <th scope="row"><a href=format!("/items/{item}")>{name}</a>{problem}</th>
            <td class="number"><Amount money=line.unit_price.clone().into()/> " / " {line.unit}</td>
            <td>
                <form class="basket-line" method="post" action="/basket">
                    <input type="hidden" name="itemId" value=item/>
                    <input type="hidden" name="line" value=line.index/>
                    <input type="number" class="narrow" name="quantity" min="1" inputmode="numeric" value=line.quantity aria-label=quantity/>
                    <button class="button small" type="submit" name="do" value="change">{say("basket-change")}</button>
                    <button class="button small" type="submit" name="do" value="remove">{say("basket-remove")}</button>
                </form>
            </td>
            <td class="number">{line.price.map(|price| view! { <Amount money=price.clone().into()/> })}</td>
        </tr>
    }
}

fn check_out(key: String, picks: Vec<Pick>, viewer: Option<Viewer>) -> impl IntoView {
    let visit = visit();
    let (contact, region, address) = viewer.map_or_else(Default::default, |viewer| {
        let Organization { region_code, address } = viewer.organization;
        (visit.local(&viewer.user.name).to_owned(), region_code, visit.local(&address).to_owned())
    });
    let all: Vec<String> = picks.iter().map(|pick| pick.value().to_owned()).collect();
    let suppliers = (picks.len() > 1).then(|| {
        view! { <Choices name="supplierIds" label=say("basket-suppliers") help=say("basket-suppliers-help") values=all picks many=true/> }
    });
    view! {
        <h2>{say("basket-place")}</h2>
        <p class="help">{say("basket-place-help")}</p>
        <Form>
            <input type="hidden" name="key" value=key/>
            {suppliers}
            <Field name="delivery.address" label=say("delivery-address") value=address/>
            <Field name="delivery.regionCode" label=say("delivery-region-code") help=say("delivery-region-code-help") value=region inputmode="numeric" width="narrow"/>
            <Field name="delivery.contactName" label=say("delivery-contact-name") value=contact width="short"/>
            <Field name="delivery.contactPhone" label=say("delivery-contact-phone") kind="tel" width="short"/>
            <Field name="delivery.byOn" label=say("delivery-by-on") kind="date" width="short"/>
            <Field name="delivery.instructions" label=say("delivery-instructions") optional=true/>
            <TextArea name="note" label=say("order-note") rows=3 optional=true/>
            <Button label=say("basket-place") kind=Kind::Primary name="do" value="place"/>
        </Form>
    }
}

#[derive(cynic::InputObject)]
struct AddToBasketInput {
    item_id: cynic::Id,
    quantity: i32,
}

#[derive(cynic::QueryVariables)]
struct AddVariables {
    input: AddToBasketInput,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation", variables = "AddVariables")]
struct Add {
    #[arguments(input: $input)]
    add_to_basket: AddToBasketPayload,
}

#[derive(cynic::QueryFragment)]
struct AddToBasketPayload {
    user_errors: Vec<UserError>,
}

#[derive(cynic::InputObject)]
struct ChangeBasketLineInput {
    item_id: cynic::Id,
    quantity: i32,
}

#[derive(cynic::QueryVariables)]
struct ChangeVariables {
    input: ChangeBasketLineInput,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation", variables = "ChangeVariables")]
struct Change {
    #[arguments(input: $input)]
    change_basket_line: ChangeBasketLinePayload,
}

#[derive(cynic::QueryFragment)]
struct ChangeBasketLinePayload {
    user_errors: Vec<UserError>,
}

#[derive(cynic::InputObject)]
struct RemoveFromBasketInput {
    item_id: cynic::Id,
}

#[derive(cynic::QueryVariables)]
struct RemoveVariables {
    input: RemoveFromBasketInput,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation", variables = "RemoveVariables")]
struct Remove {
    #[arguments(input: $input)]
    remove_from_basket: RemoveFromBasketPayload,
}

#[derive(cynic::QueryFragment)]
struct RemoveFromBasketPayload {
    user_errors: Vec<UserError>,
}

#[derive(cynic::InputObject)]
struct AcceptBasketPricesInput {
    idempotency_key: Option<String>,
}

#[derive(cynic::QueryVariables)]
struct AcceptVariables {
    input: AcceptBasketPricesInput,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation", variables = "AcceptVariables")]
struct Accept {
    #[arguments(input: $input)]
    accept_basket_prices: AcceptBasketPricesPayload,
}

#[derive(cynic::QueryFragment)]
struct AcceptBasketPricesPayload {
    user_errors: Vec<UserError>,
}

#[derive(cynic::InputObject)]
struct DeliveryInput {
    region_code: String,
    address: String,
    contact_name: String,
    contact_phone: String,
    by_on: OnDay,
    instructions: String,
}

#[derive(cynic::InputObject)]
struct PlaceOrdersInput {
    supplier_ids: Vec<cynic::Id>,
    delivery: DeliveryInput,
    note: String,
    idempotency_key: Option<String>,
}

#[derive(cynic::QueryVariables)]
struct PlaceVariables {
    input: PlaceOrdersInput,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation", variables = "PlaceVariables")]
struct Place {
    #[arguments(input: $input)]
    place_orders: PlaceOrdersPayload,
}

#[derive(cynic::QueryFragment)]
struct PlaceOrdersPayload {
    orders: Vec<Placed>,
    user_errors: Vec<UserError>,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Order")]
struct Placed {
    id: cynic::Id,
}

/// Does what the pressed button says. A form on another page adds with `do=add`, `itemId` and `quantity`.
pub(super) async fn act(visit: &Visit) -> Answered {
    visit.signed_in()?;
    let item_id: cynic::Id = visit.posted("itemId").unwrap_or_default().into();
    // What is no number becomes one that is refused with the bounds told.
    let quantity = visit.posted("quantity").map_or(1, |quantity| quantity.parse().unwrap_or(0));
    let (errors, done) = match visit.posted("do") {
        Some("add") => {
            let input = AddToBasketInput { item_id, quantity };
            (visit.ask(Add::build(AddVariables { input })).await?.add_to_basket.user_errors, "basket-added")
        }
        Some("change") => {
            let input = ChangeBasketLineInput { item_id, quantity };
            (visit.ask(Change::build(ChangeVariables { input })).await?.change_basket_line.user_errors, "basket-changed")
        }
        Some("remove") => {
            let input = RemoveFromBasketInput { item_id };
            (visit.ask(Remove::build(RemoveVariables { input })).await?.remove_from_basket.user_errors, "basket-removed")
        }
        Some("accept") => {
            let input = AcceptBasketPricesInput { idempotency_key: None };
            (visit.ask(Accept::build(AcceptVariables { input })).await?.accept_basket_prices.user_errors, "basket-prices-accepted")
        }
        Some("place") => return place(visit).await,
        _ => return Err(PageError::NotFound),
    };
    if errors.is_empty() {
        return Answer::done("/basket", done);
    }
    // The row stands for its field: each row has a form of its own.
    let row = visit.posted("line").map(|line| format!("lines.{line}")).unwrap_or_default();
    Answer::again(errors.into_iter().map(|error| FormError::at(row.clone(), error.message)))
}

async fn place(visit: &Visit) -> Answered {
    let by_on = match OnDay::posted(visit, "delivery.byOn") {
        Ok(day) => day,
        Err(error) => return Answer::again([error]),
    };
    let posted = |name: &str| visit.posted(name).unwrap_or_default().to_owned();
    let input = PlaceOrdersInput {
        supplier_ids: visit.posted_all("supplierIds").into_iter().map(cynic::Id::from).collect(),
        delivery: DeliveryInput {
            region_code: posted("delivery.regionCode"),
            address: posted("delivery.address"),
            contact_name: posted("delivery.contactName"),
            contact_phone: posted("delivery.contactPhone"),
            by_on,
            instructions: posted("delivery.instructions"),
        },
        note: posted("note"),
        idempotency_key: visit.posted("key").map(str::to_owned),
    };
    let PlaceOrdersPayload { orders, user_errors } = visit.ask(Place::build(PlaceVariables { input })).await?.place_orders;
    if !user_errors.is_empty() {
        return Answer::again(user_errors);
    }
    let to = match orders.as_slice() {
        [order] => format!("/orders/{}", order.id.inner()),
        _ => "/orders".to_owned(),
    };
    Answer::done(to, "orders-placed")
}
