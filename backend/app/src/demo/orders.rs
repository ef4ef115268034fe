//! The orders of the demonstration: in every state, made by the same use cases as everybody's.

use super::organizations::DemoOrganization;
use super::people::{People, acting};
use crate::catalogue::catalogue_item::{ItemFilter, ItemSort, items};
use crate::contracting::order::{self, Checkout};
use crate::contracting::{basket, receipt, shipment};
use crate::{App, Context, Result};
use chrono::{DateTime, Days, TimeDelta, Utc};
use domain::catalogue::catalogue_item::CatalogueItem;
use domain::contracting::delivery::Delivery;
use domain::contracting::order::Order;
use domain::contracting::receipt::{Defect, ReceiptLine, Receiving};
use domain::contracting::shipment::{Despatch, ShipmentLine};
use domain::identity::actor::{Actor, Person};
use domain::identity::organization::OrganizationKind;
use domain::identity::role::Role;
use domain::text::ZONE;

/// How many orders there are.
const ORDERS: usize = 32;
/// The most items of a supplier that are looked through.
const ITEMS: u64 = 40;
/// Whom goods travel with.
const CARRIERS: [&str; 4] = ["顺丰速运", "京东物流", "德邦快递", "自送"];
/// Why buyers call off.
const CANCELLED: [&str; 3] = ["科室需求变更,不再采购。", "预算调整,暂缓采购。", "重复下单。"];
/// Why suppliers refuse.
const REFUSED: [&str; 3] = ["该型号已停产,替代型号请另行下单。", "所需数量的货源不足,无法按期交付。", "该地址暂不能配送。"];

/// How far an order gets.
#[derive(Clone, Copy)]
enum Fate {
    Placed,
    Confirmed,
    PartlyDespatched,
    Despatched,
    PartlyReceived,
    Received,
    Closed,
    Refused,
    Cancelled,
}

impl Fate {
    /// As they come in a market that runs: most orders arrive.
    const ROUND: [Self; 16] = [
        Self::Closed,
        Self::Placed,
        Self::Despatched,
        Self::PartlyReceived,
        Self::Closed,
        Self::Confirmed,
        Self::Received,
        Self::Refused,
        Self::Closed,
        Self::Placed,
        Self::PartlyDespatched,
        Self::Received,
        Self::Cancelled,
        Self::Closed,
        Self::Confirmed,
        Self::PartlyReceived,
    ];

    /// How many days ago an order was placed that has got so far.
    const fn days_ago(self) -> i64 {
        match self {
            Self::Placed => 1,
            Self::Confirmed => 3,
            Self::PartlyDespatched | Self::Despatched => 6,
            Self::PartlyReceived => 10,
            Self::Received | Self::Refused | Self::Cancelled => 16,
            Self::Closed => 32,
        }
    }
}

/// Two people, one on each side, and what they deal in.
struct Deal {
    buyer: Person,
    buyer_city: String,
    buyer_address: String,
    contact: String,
    seller: Person,
    items: Vec<CatalogueItem>,
}

/// Makes the orders, the newest of them a day before `now`, and says how many.
///
/// # Errors
/// When a use case refuses, which the demonstration's own data gives no reason for.
pub(super) async fn seed(
    app: &App,
    ctx: &Context,
    people: &People,
    organizations: &[DemoOrganization],
    now: DateTime<Utc>,
) -> Result<usize> {
    let of_kind = |kind: OrganizationKind| organizations.iter().filter(move |described| described.kind == kind).collect::<Vec<_>>();
    let (buyers, suppliers) = (of_kind(OrganizationKind::Buyer), of_kind(OrganizationKind::Supplier));
    let mut made = 0;
    for number in 0..ORDERS {
        let buyer = buyers[number % buyers.len()];
        // Seven is prime to the number of suppliers, so that each order goes to another.
        let supplier = suppliers[number * 7 % suppliers.len()];
        let Some(deal) = deal(app, ctx, people, buyer, supplier, number).await? else { continue };
        let fate = Fate::ROUND[number % Fate::ROUND.len()];
        let hour = TimeDelta::minutes(i64::try_from(number).unwrap_or(0) * 17);
        run(app, ctx, &deal, fate, number, now - TimeDelta::days(fate.days_ago()) - hour).await?;
        made += 1;
    }
    Ok(made)
}

async fn deal(
    app: &App,
    ctx: &Context,
    people: &People,
    buyer: &DemoOrganization,
    supplier: &DemoOrganization,
    number: usize,
) -> Result<Option<Deal>> {
    let (seller, officer) = (people.of(supplier, Role::Seller)?.clone(), people.of(buyer, Role::Officer)?.clone());
    let filter = ItemFilter { supplier: Some(seller.organization), ..ItemFilter::default() };
    let mut offered = items(app, &ctx.acting_as(Actor::Public), &filter, ItemSort::NameChinese, None, ITEMS).await?;
    let day = ctx.now().with_timezone(&ZONE).date_naive();
    offered.retain(|item| {
        let is_there = item.content.stock.is_none_or(|stock| stock >= quantity(item, number));
        is_there && item.content.validity.holds(day) && item.content.is_delivered_to(&buyer.region_code)
    });
    if offered.is_empty() {
        return Ok(None);
    }
    let first = number % offered.len();
    offered.rotate_left(first);
    offered.truncate(1 + number % 3);
    let contact = buyer.users.iter().find(|user| user.roles.contains(&Role::Officer));
    Ok(Some(Deal {
        buyer: officer,
        buyer_city: buyer.region_code.clone(),
        buyer_address: buyer.address.zh.clone(),
        contact: contact.map(|user| user.name.zh.clone()).unwrap_or_default(),
        seller,
        items: offered,
    }))
}

/// An even number at least, so that it can be sent in halves.
fn quantity(item: &CatalogueItem, number: usize) -> i64 {
    let least = item.content.tiers.first().map_or(1, |tier| tier.least_quantity);
    let wanted = 2 + 2 * i64::try_from(number % 4).unwrap_or(0);
    least.max(wanted)
}

async fn run(app: &App, ctx: &Context, deal: &Deal, fate: Fate, number: usize, placed_at: DateTime<Utc>) -> Result<()> {
    let at = |person: &Person, hours: i64| acting(ctx, Actor::Person(person.clone()), placed_at + TimeDelta::hours(hours));
    for item in &deal.items {
        basket::add(app, &at(&deal.buyer, 0), item.id, quantity(item, number)).await?;
    }
    let today = placed_at.with_timezone(&ZONE).date_naive();
    let by_on = today.checked_add_days(Days::new(21)).unwrap_or(today);
    let delivery = Delivery {
        region_code: deal.buyer_city.clone(),
        address: deal.buyer_address.clone(),
        contact_name: deal.contact.clone(),
        contact_phone: format!("0571-8{:07}", 1_234_567 + number * 1_111),
        by_on,
        instructions: if number.is_multiple_of(3) { "工作日 9:00 至 17:00 收货,送前电话联系。".to_owned() } else { String::new() },
    };
    let checkout = Checkout { suppliers: Vec::new(), delivery, note: String::new() };
    let placed = order::place(app, &at(&deal.buyer, 0), checkout).await?;
    for order in placed {
        match fate {
            Fate::Placed => {}
            Fate::Refused => drop(order::refuse(app, &at(&deal.seller, 5), order.id, REFUSED[number % REFUSED.len()]).await?),
            Fate::Cancelled => drop(order::cancel(app, &at(&deal.buyer, 3), order.id, CANCELLED[number % CANCELLED.len()]).await?),
            _ => {
                let promised_on = by_on.checked_sub_days(Days::new(4)).unwrap_or(by_on);
                let order = order::confirm(app, &at(&deal.seller, 4), order.id, promised_on).await?;
                deliver(app, &at, deal, fate, order, number).await?;
            }
        }
    }
    Ok(())
}

/// Sends what was confirmed, in two parts or in one, as far as its fate goes.
async fn deliver<At>(app: &App, at: &At, deal: &Deal, fate: Fate, order: Order, number: usize) -> Result<()>
where
    At: Fn(&Person, i64) -> Context + Sync,
{
    let is_in_parts = matches!(fate, Fate::PartlyDespatched | Fate::PartlyReceived) || number.is_multiple_of(2);
    if matches!(fate, Fate::Confirmed) {
        return Ok(());
    }
    let share = if is_in_parts && !matches!(fate, Fate::Despatched) { 2 } else { 1 };
    let order = shipment::despatch(app, &at(&deal.seller, 30), order.id, parcel(&order, share, number)).await?;
    if matches!(fate, Fate::PartlyDespatched | Fate::Despatched) {
        return Ok(());
    }
    let broken = i64::from(matches!(fate, Fate::PartlyReceived));
    let order = receipt::receive(app, &at(&deal.buyer, 78), order.id, arrival(&order, broken)).await?;
    if matches!(fate, Fate::PartlyReceived) {
        return Ok(());
    }
    let order = if order.state.name() == "partly_received" {
        let order = shipment::despatch(app, &at(&deal.seller, 100), order.id, parcel(&order, 1, number + 1)).await?;
        receipt::receive(app, &at(&deal.buyer, 150), order.id, arrival(&order, 0)).await?
    } else {
        order
    };
    if matches!(fate, Fate::Closed) {
        order::close(app, &at(&deal.buyer, 200), order.id).await?;
    }
    Ok(())
}

/// The part of what is still to be sent: `1 / share`, at least one of each.
fn parcel(order: &Order, share: i64, number: usize) -> Despatch {
    let unsent = order.lines.iter().filter(|line| line.quantities.to_despatch() > 0);
    let lines = unsent.map(|line| ShipmentLine { line: line.number, quantity: (line.quantities.to_despatch() / share).max(1) });
    let carrier = CARRIERS[number % CARRIERS.len()];
    let tracking_number = if carrier == "自送" { String::new() } else { format!("ZH{:012}", 730_000_000 + number * 4_097) };
    Despatch { lines: lines.collect(), carrier: carrier.to_owned(), tracking_number, expected_on: None }
}

/// All that is on its way, of which `broken` of the first line go back.
fn arrival(order: &Order, broken: i64) -> Receiving {
    let on_the_way = order.lines.iter().filter(|line| line.quantities.in_transit() > 0).enumerate();
    let lines = on_the_way.map(|(index, line)| {
        let refused = if index == 0 { broken.min(line.quantities.in_transit()) } else { 0 };
        let defect = (refused > 0).then_some(Defect::Damaged);
        ReceiptLine { line: line.number, accepted: line.quantities.in_transit() - refused, refused, defect }
    });
    let note = if broken > 0 { "外包装受潮,一件外壳开裂,请补发。" } else { "" };
    Receiving { lines: lines.collect(), photos: Vec::new(), note: note.to_owned() }
}
