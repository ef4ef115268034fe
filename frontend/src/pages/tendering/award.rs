//! The award of a tender: the public result, what a bidder was told, and what the buyer's people do next.

use super::award_acts;
use super::lots::{Lot, behind};
use super::members::{self, ConsortiumShare};
use crate::prelude::*;
use chrono::{DateTime, Utc};

#[derive(cynic::QueryVariables, Debug)]
struct Which {
    id: cynic::Id,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Query", variables = "Which")]
struct AwardPage {
    #[arguments(id: $id)]
    tender: Option<Tender>,
    #[arguments(tenderId: $id)]
    awards: Vec<Award>,
    #[arguments(tenderId: $id)]
    award_notices: Vec<AwardNotice>,
    #[arguments(tenderId: $id)]
    evaluation: Option<Evaluation>,
    #[arguments(tenderId: $id)]
    contracts_of_tender: Vec<Contract>,
}

#[derive(cynic::QueryFragment, Debug)]
pub(super) struct Tender {
    number: String,
    title: Words,
    buyer: Option<Organization>,
    reason: Option<Words>,
    is_divided: bool,
    pub(super) lots: Vec<Lot>,
    items: Vec<TenderItem>,
}

#[derive(cynic::QueryFragment, Debug)]
struct TenderItem {
    name: Words,
    quantity: i32,
    unit: String,
    specification: Words,
    lot: i32,
}

#[derive(cynic::QueryFragment, Debug)]
pub(super) struct Organization {
    name: Words,
    address: Words,
}

#[derive(cynic::QueryFragment, Debug)]
pub(super) struct Award {
    pub(super) lot_id: cynic::Id,
    supplier: Option<Organization>,
    consortium: Vec<ConsortiumShare>,
    price: Sum,
    ranking: Vec<AwardPlace>,
    pub(super) published_at: Option<DateTime<Utc>>,
}

#[derive(cynic::QueryFragment, Debug)]
struct AwardPlace {
    bidder: Option<Organization>,
    consortium: Vec<ConsortiumShare>,
    price: Sum,
    rank: i32,
    price_points: String,
    total_points: String,
}

#[derive(cynic::QueryFragment, Debug)]
struct AwardNotice {
    lot_id: cynic::Id,
    reason: Words,
    told_at: DateTime<Utc>,
}

#[derive(cynic::QueryFragment, Debug)]
struct Evaluation {
    report: Option<EvaluationReport>,
}

#[derive(cynic::QueryFragment, Debug)]
pub(super) struct EvaluationReport {
    pub(super) is_signed: bool,
    pub(super) lines: Vec<ReportLine>,
}

#[derive(cynic::QueryFragment, Debug)]
pub(super) struct ReportLine {
    pub(super) bid_id: cynic::Id,
    pub(super) lot_id: cynic::Id,
    pub(super) is_candidate: bool,
    pub(super) bidder: Option<Organization>,
    pub(super) consortium: Vec<ConsortiumShare>,
    pub(super) price: Sum,
    pub(super) total_points: Option<String>,
}

#[derive(cynic::QueryFragment, Debug)]
pub(super) struct Contract {
    pub(super) id: cynic::Id,
    pub(super) lot_id: cynic::Id,
}

impl Tender {
    /// The lots that have not failed.
    pub(super) fn standing(&self) -> impl Iterator<Item = &Lot> {
        self.lots.iter().filter(|lot| lot.failure_reason.is_none())
    }

    /// A lot's name as a heading, where the tender is divided.
    pub(super) fn heading(&self, lot: &cynic::Id) -> Option<String> {
        self.lots.iter().filter(|_| self.is_divided).find(|one| one.id == *lot).map(Lot::name)
    }
}

pub(super) fn name(visit: &Visit, organization: Option<&Organization>) -> String {
    organization.map(|organization| visit.local(&organization.name).to_owned()).unwrap_or_default()
}

/// The page.
pub(super) async fn page(visit: &Visit, id: &str) -> Answered {
    let asked = visit.ask(AwardPage::build(Which { id: id.into() })).await?;
    let tender = asked.tender.ok_or(PageError::NotFound)?;
    let of = visit.local(&tender.title).to_owned();
    let (awards, notices, contracts) = (asked.awards, asked.award_notices, asked.contracts_of_tender);
    let report = asked.evaluation.and_then(|evaluation| evaluation.report);
    let to = format!("/tenders/{id}");
    Page::titled(visit.say("award-page-title")).wide().crumb(visit.say("section-tenders"), "/tenders").crumb(of.clone(), to.clone()).show(
        move || {
            let acts = award_acts::acts(&tender, &awards, report.as_ref(), &contracts);
            let nothing = awards.is_empty() && notices.is_empty() && acts.is_empty();
            let nothing = nothing.then(|| match &tender.reason {
                Some(reason) => {
                    let reason = visit_local(reason);
                    view! { <Notice tone=Tone::Warning title=say("award-failed")><p>{reason}</p></Notice> }.into_any()
                }
                None => view! { <Empty why=say("award-none")><p>{say("award-none-next")}</p></Empty> }.into_any(),
            });
            view! {
                <h1>{say("award-page-title")}</h1>
                <p class="quiet">{of}</p>
                {nothing}
                {notices.into_iter().map(|notice| told(&notice, &tender)).collect_view()}
                {acts}
                {results(awards, &tender)}
                {report.map(|_| view! { <p><a href=format!("{to}/report")>{say("report-read")}</a></p> })}
            }
        },
    )
}

fn visit_local(words: &Words) -> String {
    crate::visit::visit().local(words).to_owned()
}

/// What a bidder was told, of which lot.
fn told(notice: &AwardNotice, tender: &Tender) -> impl IntoView + use<> {
    let reason = visit_local(&notice.reason);
    let title = match tender.heading(&notice.lot_id) {
        Some(lot) => format!("{} · {lot}", say("award-notice-title")),
        None => say("award-notice-title"),
    };
    let at = notice.told_at;
    view! { <Notice tone=Tone::Info title><p>{reason}</p><p><Instant at/></p></Notice> }
}

/// The result of each lot, in the order of the lots; those that failed say why.
fn results(awards: Vec<Award>, tender: &Tender) -> impl IntoView + use<> {
    let failed = tender.lots.iter().filter(|_| !awards.is_empty()).filter_map(|lot| {
        let why = visit_local(lot.failure_reason.as_ref()?);
        Some(view! { <section class="lot"><h2>{lot.name()}</h2><Notice tone=Tone::Warning title=say("lot-failed")><p>{why}</p></Notice></section> })
    });
    let failed = failed.collect_view();
    let results = awards.into_iter().map(|award| {
        let heading = tender.heading(&award.lot_id).map(|name| view! { <h2>{name}</h2> });
        view! { <section class="lot">{heading}{result(award, tender)}</section> }
    });
    view! { {results.collect_view()} {failed} }
}

/// What the notice of an award says: for what, who won where, at which price, and the ranking.
fn result(award: Award, tender: &Tender) -> impl IntoView + use<> {
    let visit = crate::visit::visit();
    let lot = tender.lots.iter().find(|lot| lot.id == award.lot_id).map(|lot| lot.number);
    let told = lot.filter(|_| tender.is_divided);
    let published = award.published_at.map_or_else(
        || view! { <Tag state=State::Waiting label=say("award-state-confirmed")/> }.into_any(),
        |at| view! { <Instant at/> }.into_any(),
    );
    let address = award.supplier.as_ref().map(|supplier| visit.local(&supplier.address).to_owned());
    let facts = vec![
        SummaryFact::new(say("report-tender-number"), tender.number.clone()),
        SummaryFact::new(say("tender-buyer"), name(&visit, tender.buyer.as_ref())),
        SummaryFact::new(say("award-winner"), name(&visit, award.supplier.as_ref())),
        SummaryFact::new(say("award-winner-address"), address),
        SummaryFact::new(say("award-sum"), view! { <Amount money=award.price.into() in_words=true/> }),
        SummaryFact::new(say("award-published"), published),
    ];
    let joint = (!award.consortium.is_empty()).then(|| {
        view! { <h2>{say("award-consortium")}</h2><p>{say("award-consortium-why")}</p>{members::table(&award.consortium, &behind(&visit, told, name(&visit, award.supplier.as_ref())))} }
    });
    let is_scored = award.ranking.iter().any(|place| place.total_points != "0.00");
    let rows = award
        .ranking
        .into_iter()
        .map(|place| {
            let points = is_scored.then(|| {
                view! { <td class="number">{place.price_points.clone()}</td><td class="number">{place.total_points.clone()}</td> }
            });
            view! {
                <tr>
                    <td class="number">{place.rank}</td>
                    <th scope="row">{name(&visit, place.bidder.as_ref())}{members::beside(&place.consortium)}</th>
                    <td class="number"><Amount money=place.price.into()/></td>
                    {points}
                </tr>
            }
        })
        .collect_view();
    let mut columns = vec![Column::number(say("award-rank")), Column::new(say("award-bidder")), Column::number(say("award-price"))];
    if is_scored {
        columns.extend([Column::number(say("award-price-points")), Column::number(say("award-total-points"))]);
    }
    view! {
        <SummaryList facts/>
        {joint}
        <Table caption=behind(&visit, told, say("award-ranking")) columns>{rows}</Table>
        {items(tender, lot)}
    }
}

fn items(tender: &Tender, lot: Option<i32>) -> impl IntoView + use<> {
    let rows = tender.items.iter().filter(|item| lot.is_none_or(|lot| item.lot == lot)).map(|item| {
        view! {
            <tr>
                <th scope="row">{visit_local(&item.name)}</th>
                <td class="number">{item.quantity}" "{item.unit.clone()}</td>
                <td>{visit_local(&item.specification)}</td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    let columns = vec![
        Column::new(say("tender-item-name")),
        Column::number(say("tender-item-quantity")),
        Column::new(say("tender-item-specification")),
    ];
    view! { <div class="brief"><Table caption=behind(&crate::visit::visit(), lot.filter(|_| tender.is_divided), say("tender-items")) columns>{rows}</Table></div> }
}
