//! The lots of a tender on its notice and beside everything that belongs to one of them.

use super::tender_policies::GreenRequirement;
use crate::prelude::*;

#[derive(cynic::QueryVariables, Debug)]
pub(super) struct Which {
    id: cynic::Id,
    lot: i32,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Query", variables = "Which")]
struct SubjectPage {
    #[arguments(id: $id)]
    tender: Option<Subject>,
}

/// What a tender buys: its lots, and what one of them holds.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "Tender", variables = "Which")]
pub(super) struct Subject {
    is_divided: bool,
    lots: Vec<Lot>,
    lot_caps: LotCaps,
    #[arguments(lot: $lot)]
    items: Vec<TenderItem>,
}

#[derive(cynic::QueryVariables, Debug)]
struct OfTender {
    id: cynic::Id,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Query", variables = "OfTender")]
struct LotsPage {
    #[arguments(id: $id)]
    tender: Option<Lots>,
}

/// The lots of a tender, by which what belongs to one is told apart.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "Tender")]
pub(super) struct Lots {
    pub(super) is_divided: bool,
    pub(super) lots: Vec<Lot>,
}

/// A lot.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "TenderLot")]
pub(super) struct Lot {
    pub(super) id: cynic::Id,
    pub(super) number: i32,
    pub(super) title: Words,
    pub(super) budget: Sum,
    item_count: i32,
    pub(super) failure_reason: Option<Words>,
}

/// How many lots one supplier may have.
#[derive(cynic::QueryFragment, Clone, Debug)]
pub(super) struct LotCaps {
    bid_most: Option<i32>,
    award_most: Option<i32>,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
struct TenderItem {
    name: Words,
    quantity: i32,
    unit: String,
    specification: Words,
    green: Option<GreenRequirement>,
}

impl Lot {
    /// "Lot 2: Desks".
    pub(super) fn name(&self) -> String {
        let title = visit().local(&self.title).to_owned();
        say_with("lot-name", facts([("number", i64::from(self.number).into()), ("title", title.into())]))
    }
}

impl Lots {
    /// The lots of a tender that this reader may know.
    pub(super) async fn of(visit: &Visit, id: &str) -> Result<Self, PageError> {
        visit.ask(LotsPage::build(OfTender { id: cynic::Id::new(id) })).await?.tender.ok_or(PageError::NotFound)
    }

    /// The lot that the address names by its number, or the only one there is.
    pub(super) fn named(&self, visit: &Visit) -> Option<&Lot> {
        if !self.is_divided {
            return self.lots.first();
        }
        let number: i32 = visit.query("lot")?.parse().ok()?;
        self.lots.iter().find(|lot| lot.number == number)
    }
}

/// "Lot 2".
pub(super) fn short(number: i32) -> String {
    say_with("lot-number", facts([("number", i64::from(number).into())]))
}

/// A bidder's name, behind the lot for which it bids where the tender is divided: "Lot 2 · Example Ltd".
pub(super) fn behind(visit: &Visit, lot: Option<i32>, bidder: String) -> String {
    match lot {
        Some(number) => format!("{} · {bidder}", visit.say_with("lot-number", facts([("number", i64::from(number).into())]))),
        None => bidder,
    }
}

/// What a notice says of its lots, and the items of the one that the address names, the first unless told.
pub(super) async fn subject(visit: &Visit, id: &str) -> Result<Subject, PageError> {
    let lot = visit.query("lot").and_then(|number| number.parse().ok()).unwrap_or(1);
    visit.ask(SubjectPage::build(Which { id: cynic::Id::new(id), lot })).await?.tender.ok_or(PageError::NotFound)
}

/// The lots and the items.
pub(super) fn shown(subject: &Subject) -> AnyView {
    let visit = visit();
    let chosen = visit.query("lot").and_then(|number| number.parse::<i32>().ok()).unwrap_or(1);
    let lot = subject.lots.iter().find(|lot| lot.number == chosen).filter(|_| subject.is_divided);
    let heading = lot.map_or_else(|| say("tender-items"), |lot| say_with("lot-items", facts([("lot", lot.name().into())])));
    let failed = lot.and_then(|lot| lot.failure_reason.clone()).map(|reason| {
        view! { <Notice tone=Tone::Warning title=say("lot-failed")><p>{visit.local(&reason).to_owned()}</p></Notice> }
    });
    view! {
        {subject.is_divided.then(|| table(subject, chosen))}
        <h2 id="items">{heading}</h2>
        {failed}
        {items(&subject.items)}
    }
    .into_any()
}

fn table(subject: &Subject, chosen: i32) -> AnyView {
    let visit = visit();
    let columns = vec![
        Column::new(say("lots")),
        Column::number(say("tender-budget")),
        Column::number(say("lot-item-count")),
    ];
    let path = visit.path().to_owned();
    let rows = subject.lots.iter().map(|lot| {
        let to = format!("{path}?lot={}#items", lot.number);
        let current = (lot.number == chosen).then_some("true");
        let failed = lot.failure_reason.as_ref().map(|_| view! { " " <strong>{say("lot-failed")}</strong> });
        view! {
            <tr>
                <th scope="row"><a href=to aria-current=current>{lot.name()}</a>{failed}</th>
                <td class="number"><Amount money=lot.budget.clone().into()/></td>
                <td class="number">{lot.item_count}</td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    let count = facts([("count", subject.lots.len().into())]);
    view! {
        <h2 id="lots">{say("lots")}</h2>
        <p>{caps(&subject.lot_caps)}</p>
        <Table caption=say_with("lots-count", count) columns>{rows}</Table>
    }
    .into_any()
}

/// What the notice lets one supplier do.
fn caps(caps: &LotCaps) -> String {
    let told = [("lot-caps-bid", caps.bid_most), ("lot-caps-award", caps.award_most)];
    let told = told.map(|(key, most)| match most {
        Some(most) => say_with(key, facts([("most", i64::from(most).into())])),
        None => say(&format!("{key}-none")),
    });
    told.join(" ")
}

fn items(items: &[TenderItem]) -> AnyView {
    let visit = visit();
    let columns = vec![
        Column::new(say("tender-item-name")),
        Column::number(say("tender-item-quantity")),
        Column::new(say("tender-item-specification")),
    ];
    let rows = items.iter().map(|item| {
        view! {
            <tr>
                <th scope="row">{visit.local(&item.name).to_owned()}</th>
                <td class="number">{item.quantity}" "{item.unit.clone()}</td>
                <td>{visit.local(&item.specification).to_owned()} " " {item.green.map(GreenRequirement::tag)}</td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    let count = facts([("count", items.len().into())]);
    view! { <div class="brief"><Table caption=say_with("tender-items-count", count) columns>{rows}</Table></div> }.into_any()
}
