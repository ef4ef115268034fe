//! What the viewer must do: a few bounded loads, read by the domain.

use crate::store::contracting::{bid_security, contract, order};
use crate::store::identity::account;
use crate::store::tendering::{
    application, award, bid, clarification, consortium, document_registration, draw, evaluation, objection, opening, tender,
};
use crate::tendering::document_registration as registered;
use crate::{App, Context, Result};
use domain::ident::TenderId;
use domain::identity::actor::Person;
use domain::identity::role::Role;
use domain::oversight::task::{Around, Reader, Task, in_order};
use domain::tendering::evaluation::Evaluation;
use domain::tendering::tender::{Tender, TenderStateName};
use std::collections::BTreeMap;

/// The most records of a kind that are looked through, and the most tasks that are told.
const LOOKED_AT_MOST: u64 = 200;
const TASKS_MOST: usize = 100;

/// The states in which a tender waits for its buyer.
const WAITING_FOR_BUYER: [TenderStateName; 13] = [
    TenderStateName::Draft,
    TenderStateName::Submitted,
    TenderStateName::Approved,
    TenderStateName::Announced,
    TenderStateName::Published,
    TenderStateName::Opened,
    TenderStateName::Qualified,
    TenderStateName::Negotiating,
    TenderStateName::FinalOpened,
    TenderStateName::Suspended,
    TenderStateName::Reported,
    TenderStateName::AwardConfirmed,
    TenderStateName::Awarded,
];
/// The states in which an order waits for one of its sides.
const WAITING_ORDERS: [&str; 5] = ["placed", "confirmed", "partly_despatched", "despatched", "partly_received"];

/// What the viewer must do, what is due first first. Nothing for somebody who has not signed in.
///
/// # Errors
/// When the store does not answer.
pub async fn viewer_tasks(app: &App, ctx: &Context) -> Result<Vec<Task>> {
    let Some(person) = ctx.actor.person() else { return Ok(Vec::new()) };
    let holds = |roles: &[Role]| roles.iter().any(|role| person.roles.contains(role));
    // Suppliers and evaluators are only told what was frozen into a notice.
    let pack = if holds(&[Role::Officer, Role::Approver]) { app.pack_of(person.organization).await? } else { app.default_pack()? };
    let reader = Reader { actor: &ctx.actor, pack, now: ctx.now() };
    let mut tasks = Vec::new();
    if !account::with_given_passwords(app.store.reader(), &[person.user]).await?.is_empty() {
        let own = account::by_ids(app.store.reader(), &[person.user]).await?;
        tasks.extend(own.first().and_then(|user| reader.of_own_account(user)));
    }
    if holds(&[Role::Officer, Role::Approver]) {
        tasks.extend(for_buyer(app, &reader, person).await?);
    }
    if holds(&[Role::KeyHolder, Role::Supervisor]) {
        tasks.extend(for_holder(app, &reader, person).await?);
    }
    if holds(&[Role::Evaluator]) {
        tasks.extend(for_member(app, &reader, person).await?);
    }
    if holds(&[Role::Seller]) {
        tasks.extend(for_bidder(app, &reader, person).await?);
    }
    if holds(&[Role::Officer, Role::Seller]) {
        let statuses = WAITING_ORDERS.to_vec();
        let wanted = order::Wanted { of: person.organization, statuses, after: None };
        let orders = order::page(app.store.reader(), &wanted, LOOKED_AT_MOST).await?;
        tasks.extend(orders.iter().filter_map(|order| reader.of_order(order)));
    }
    if holds(&[Role::Finance, Role::Approver]) {
        tasks.extend(of_securities(app, &reader, person).await?);
    }
    if holds(&[Role::Approver, Role::Seller]) {
        let contracts = contract::unsigned_of(app.store.reader(), person.organization, LOOKED_AT_MOST).await?;
        tasks.extend(contracts.iter().filter_map(|contract| reader.of_contract(contract)));
    }
    let mut tasks = in_order(tasks);
    tasks.truncate(TASKS_MOST);
    Ok(tasks)
}

fn ids(tenders: &[Tender], in_states: &[TenderStateName]) -> Vec<TenderId> {
    tenders.iter().filter(|tender| in_states.contains(&tender.state.name())).map(|tender| tender.id).collect()
}

async fn for_buyer(app: &App, reader: &Reader<'_>, person: &Person) -> Result<Vec<Task>> {
    let db = app.store.reader();
    let tenders = tender::of_buyer(db, person.organization, &WAITING_FOR_BUYER, LOOKED_AT_MOST).await?;
    let judged = ids(&tenders, &[TenderStateName::Qualified, TenderStateName::Reported]);
    let evaluations: BTreeMap<_, _> =
        evaluation::by_tenders(db, &judged).await?.into_iter().map(|evaluation| (evaluation.tender, evaluation)).collect();
    let unanswered = clarification::unanswered(db, &ids(&tenders, &[TenderStateName::Published])).await?;
    let objections = objection::tallies(db, &ids(&tenders, &[TenderStateName::Announced])).await?;
    let draws = draw::by_tenders(db, &ids(&tenders, &[TenderStateName::Announced])).await?;
    let awarded = ids(&tenders, &[TenderStateName::Awarded]);
    let published = award::published(db, &awarded).await?;
    let contracts = contract::counts(db, &awarded).await?;
    let tasks = tenders.iter().flat_map(|tender| {
        let around = Around {
            evaluation: evaluations.get(&tender.id),
            awarded_at: published.get(&tender.id).copied(),
            has_contracts: contracts.get(&tender.id).is_some_and(|count| *count >= tender.standing_lots().len()),
            is_prequalified: draws.iter().any(|draw| draw.tender == tender.id && draw.judged.is_some()),
            unanswered: unanswered.get(&tender.id).copied().unwrap_or(0),
            objections: objections.get(&tender.id).copied().unwrap_or_default(),
        };
        reader.of_own_tender(tender, around)
    });
    Ok(tasks.collect())
}

async fn of_securities(app: &App, reader: &Reader<'_>, person: &Person) -> Result<Vec<Task>> {
    let db = app.store.reader();
    let securities = bid_security::waiting(db, person.organization, LOOKED_AT_MOST).await?;
    let ids: Vec<TenderId> = securities.iter().map(|security| security.tender).collect();
    let tenders: BTreeMap<_, _> = tender::by_ids(db, &ids).await?.into_iter().map(|tender| (tender.id, tender)).collect();
    Ok(securities.iter().filter_map(|security| reader.of_security(security, tenders.get(&security.tender)?)).collect())
}

async fn for_holder(app: &App, reader: &Reader<'_>, person: &Person) -> Result<Vec<Task>> {
    let db = app.store.reader();
    let mut tenders = tender::unopened(db, reader.now, LOOKED_AT_MOST).await?;
    tenders.retain(|tender| tender.content.holders.iter().any(|holding| holding.user == person.user));
    let own: Vec<TenderId> = tenders.iter().map(|tender| tender.id).collect();
    let handed_in = opening::handed_in_by(db, person.user, &own).await?;
    Ok(tenders.iter().filter_map(|tender| reader.of_held_tender(tender, handed_in.contains(&tender.id))).collect())
}

async fn for_member(app: &App, reader: &Reader<'_>, person: &Person) -> Result<Vec<Task>> {
    let db = app.store.reader();
    let mut evaluations = evaluation::waiting_for_panels(db, LOOKED_AT_MOST).await?;
    evaluations.retain(|evaluation| evaluation.panel().is_some_and(|panel| panel.has(person.user)));
    let own: Vec<TenderId> = evaluations.iter().map(|evaluation| evaluation.tender).collect();
    let handed_in = evaluation::handed_in_by(db, person.user, &own).await?;
    let tenders = tender::by_ids(db, &own).await?;
    let tasks = evaluations.iter().filter_map(|evaluation| {
        let tender = tenders.iter().find(|tender| tender.id == evaluation.tender)?;
        reader.of_panel(tender, evaluation, handed_in.contains(&tender.id))
    });
    Ok(tasks.collect())
}

async fn of_consortia(app: &App, reader: &Reader<'_>, person: &Person) -> Result<Vec<Task>> {
    let db = app.store.reader();
    let consortia = consortium::waiting_for(db, person.organization, LOOKED_AT_MOST).await?;
    if consortia.is_empty() {
        return Ok(Vec::new());
    }
    let tenders = tender::by_ids(db, &consortia.iter().map(|one| one.tender).collect::<Vec<_>>()).await?;
    let bids = bid::of_consortia(db, &consortia.iter().map(|one| one.id).collect::<Vec<_>>()).await?;
    let has_bid = |id| bids.iter().any(|bid| bid.consortium.as_ref().is_some_and(|agreement| agreement.consortium == id));
    let tasks = consortia.iter().filter_map(|one| {
        let tender = tenders.iter().find(|tender| tender.id == one.tender)?;
        reader.of_consortium(tender, one, has_bid(one.id))
    });
    Ok(tasks.collect())
}

async fn for_bidder(app: &App, reader: &Reader<'_>, person: &Person) -> Result<Vec<Task>> {
    let db = app.store.reader();
    let bids = bid::sealed_of(db, person.organization, LOOKED_AT_MOST).await?;
    let ids: Vec<TenderId> = bids.iter().map(|bid| bid.tender).collect();
    let tenders = tender::by_ids(db, &ids).await?;
    let mut tasks: Vec<Task> =
        bids.iter().filter_map(|bid| reader.of_bid(tenders.iter().find(|tender| tender.id == bid.tender)?, bid)).collect();
    let registrations = document_registration::page_of_supplier(db, person.organization, None, LOOKED_AT_MOST).await?;
    let registrations = registered::own(app, registrations).await?;
    tasks.extend(registrations.iter().filter_map(|one| reader.of_registration(&one.registration, &one.tender, one.has_news)));
    tasks.extend(of_consortia(app, reader, person).await?);
    let negotiated = tender::negotiating_with(db, person.organization, LOOKED_AT_MOST).await?;
    let judged: Vec<TenderId> = negotiated.iter().map(|tender| tender.id).collect();
    let evaluations = evaluation::by_tenders(db, &judged).await?;
    let with = |id: TenderId| evaluations.iter().find(|one| one.tender == id).map(Evaluation::negotiated_with).unwrap_or_default();
    tasks.extend(negotiated.iter().filter_map(|tender| reader.of_changed_needs(tender, &with(tender.id))));
    let finals = tender::asking_for_final_offers(db, reader.now, LOOKED_AT_MOST).await?;
    let asked = application::inviting(db, person.organization, LOOKED_AT_MOST).await?;
    let invitations = if asked.is_empty() { Vec::new() } else { tender::by_ids(db, &asked).await? };
    let has_offered = |id: TenderId| bids.iter().any(|bid| bid.tender == id);
    tasks.extend(invitations.iter().filter_map(|tender| reader.of_invitation(tender, has_offered(tender.id))));
    tasks.extend(finals.iter().filter_map(|tender| reader.of_final_offer(tender, has_offered(tender.id))));
    Ok(tasks)
}
