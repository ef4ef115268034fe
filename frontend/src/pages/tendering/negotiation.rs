//! Negotiation: the officer keeps the minutes of talks with each supplier and asks for final offers; a supplier reads its own.

use super::draft_form::moment;
use super::draft_reading::Reading;
use super::state::tag;
use super::tenders::TenderStateName;
use crate::prelude::*;
use chrono::{DateTime, Utc};
use domain::identity::role::Role;

#[derive(cynic::QueryVariables, Debug)]
struct Which {
    id: cynic::Id,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Query", variables = "Which")]
struct NegotiationPage {
    #[arguments(id: $id)]
    tender: Option<Tender>,
    #[arguments(tenderId: $id)]
    negotiations: Option<Vec<Negotiation>>,
    #[arguments(tenderId: $id)]
    evaluation: Option<Evaluation>,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
struct Tender {
    title: Words,
    number: String,
    state: TenderStateName,
    way: Vec<TenderStateName>,
    deadline_at: Option<DateTime<Utc>>,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
struct Negotiation {
    bidder: Option<Organization>,
    round: i32,
    held_at: DateTime<Utc>,
    minutes: String,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
struct Organization {
    id: cynic::Id,
    name: Words,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
struct Evaluation {
    bids: Vec<EvaluatedBid>,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
struct EvaluatedBid {
    bidder: Option<Organization>,
    price: Sum,
    is_qualified: Option<bool>,
}

struct Room {
    tender: Tender,
    talks: Vec<Negotiation>,
    suppliers: Vec<EvaluatedBid>,
}

async fn load(visit: &Visit, id: &str) -> Result<Room, PageError> {
    visit.signed_in()?;
    let asked = visit.ask(NegotiationPage::build(Which { id: id.into() })).await?;
    let tender = asked.tender.filter(|tender| tender.way.contains(&TenderStateName::Negotiating)).ok_or(PageError::NotFound)?;
    let talks = asked.negotiations.ok_or(PageError::NotFound)?;
    let suppliers = asked.evaluation.map(|evaluation| evaluation.bids).unwrap_or_default();
    let suppliers = suppliers.into_iter().filter(|bid| bid.is_qualified != Some(false)).collect();
    Ok(Room { tender, talks, suppliers })
}

/// The page.
pub(super) async fn page(visit: &Visit, id: &str) -> Answered {
    let room = load(visit, id).await?;
    let here = format!("/tenders/{id}");
    let title = visit.local(&room.tender.title).to_owned();
    let page = Page::titled(visit.say("negotiation-title")).wide().crumb(visit.say("section-tenders"), "/tenders").crumb(title.clone(), here);
    page.show(move || {
        let visit = visit_here();
        let is_officer = visit.has_role(Role::Officer);
        let forms = match room.tender.state {
            TenderStateName::Negotiating if is_officer => view! { {record(&room.suppliers)} {finals()} }.into_any(),
            TenderStateName::FinalOpened if is_officer => begin().into_any(),
            TenderStateName::FinalOffers => said("negotiation-final-offers").into_any(),
            _ => ().into_any(),
        };
        view! {
            <h1>{say("negotiation-title")}</h1>
            <p class="lead">{title}" "<span class="quiet">{room.tender.number.clone()}</span></p>
            <p>{tag(room.tender.state, room.tender.deadline_at)}</p>
            <p>{say("negotiation-lead")}</p>
            {suppliers(&room)}
            <h2>{say("negotiation-talks")}</h2>
            {talks(&room.talks)}
            {forms}
        }
    })
}

fn visit_here() -> Visit {
    visit()
}

fn name(organization: Option<&Organization>) -> String {
    organization.map(|one| visit().local(&one.name).to_owned()).unwrap_or_default()
}

/// Who is negotiated with, at which price it stands, and how often one has talked.
fn suppliers(room: &Room) -> Option<AnyView> {
    if room.suppliers.is_empty() {
        return None;
    }
    let rows = room.suppliers.iter().map(|bid| {
        let own = room.talks.iter().filter(|talk| talk.bidder.as_ref().map(|one| &one.id) == bid.bidder.as_ref().map(|one| &one.id));
        let count = own.count();
        let state = if count == 0 { State::Waiting } else { State::Good };
        let said = say_with("negotiation-talks-count", facts([("count", count.into())]));
        view! {
            <tr>
                <th scope="row">{name(bid.bidder.as_ref())}</th>
                <td class="number"><Amount money=bid.price.clone().into()/></td>
                <td><Tag state label=said/></td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    let columns = vec![Column::new(say("negotiation-supplier")), Column::number(say("negotiation-price")), Column::new(say("negotiation-held"))];
    Some(view! { <div class="brief"><Table caption=say("negotiation-suppliers") columns>{rows}</Table></div> }.into_any())
}

fn talks(talks: &[Negotiation]) -> AnyView {
    if talks.is_empty() {
        return view! { <Empty why=say("negotiation-none")><p>{say("negotiation-none-next")}</p></Empty> }.into_any();
    }
    let entries = talks.iter().map(|talk| {
        let heading = say_with("negotiation-talk", facts([("supplier", name(talk.bidder.as_ref()).into()), ("round", i64::from(talk.round).into())]));
        let lines = talk.minutes.lines().map(|line| view! { <p>{line.to_owned()}</p> }).collect_view();
        view! { <section><h3>{heading}</h3><p class="quiet"><Instant at=talk.held_at/></p>{lines}</section> }
    });
    entries.collect_view().into_any()
}

fn record(suppliers: &[EvaluatedBid]) -> impl IntoView + use<> {
    let picks = suppliers.iter().filter_map(|bid| bid.bidder.as_ref()).map(|one| Pick::new(one.id.inner(), visit().local(&one.name)));
    let picks = picks.collect::<Vec<_>>();
    let now = visit().now();
    view! {
        <h2>{say("negotiation-record")}</h2>
        <Form>
            <Select name="bidderId" label=say("negotiation-supplier") picks/>
            {moment("heldAt", Some(now), (say("negotiation-held-at"), say("negotiation-held-at-help")), false)}
            <TextArea name="minutes" label=say("negotiation-minutes") help=say("negotiation-minutes-help") rows=8/>
            <Button label=say("negotiation-record-do") name="do" value="record" kind=Kind::Primary/>
        </Form>
    }
}

fn finals() -> impl IntoView {
    view! {
        <h2>{say("negotiation-ask")}</h2>
        <p>{say("negotiation-ask-lead")}</p>
        <Form>
            {moment("deadlineAt", None, (say("negotiation-deadline"), say("negotiation-deadline-rule")), false)}
            <Button label=say("negotiation-ask-do") name="do" value="final" kind=Kind::Final/>
        </Form>
    }
}

fn begin() -> impl IntoView {
    view! {
        <h2>{say("negotiation-score")}</h2>
        <p>{say("negotiation-score-lead")}</p>
        <Form><Button label=say("negotiation-score-do") name="do" value="score" kind=Kind::Primary/></Form>
    }
}

fn said(key: &'static str) -> impl IntoView {
    view! { <Notice tone=Tone::Sealed title=say(key)><p>{say(&format!("{key}-why"))}</p></Notice> }
}

#[derive(cynic::QueryVariables, Debug)]
struct Talk {
    id: cynic::Id,
    bidder: cynic::Id,
    held_at: DateTime<Utc>,
    minutes: String,
}

#[derive(cynic::QueryFragment, Debug)]
struct RecordNegotiationPayload {
    user_errors: Vec<UserError>,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Mutation", variables = "Talk")]
struct Record {
    #[arguments(input: { tenderId: $id, bidderId: $bidder, heldAt: $held_at, minutes: $minutes })]
    record_negotiation: RecordNegotiationPayload,
}

#[derive(cynic::QueryVariables, Debug)]
struct Until {
    id: cynic::Id,
    deadline_at: DateTime<Utc>,
}

#[derive(cynic::QueryFragment, Debug)]
struct TenderPayload {
    user_errors: Vec<UserError>,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Mutation", variables = "Until")]
struct AskFinal {
    #[arguments(input: { tenderId: $id, deadlineAt: $deadline_at })]
    request_final_offers: TenderPayload,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Mutation", variables = "Which")]
struct BeginScoring {
    #[arguments(input: { tenderId: $id })]
    begin_scoring: TenderPayload,
}

/// Does what the pressed button says.
pub(super) async fn act(visit: &Visit, id: &str) -> Answered {
    let mut reading = Reading::new(visit);
    let text = |name: &str| visit.posted(name).unwrap_or_default().to_owned();
    let (errors, done, to) = match visit.posted("do").unwrap_or_default() {
        "record" => {
            let held_at = reading.moment("heldAt");
            if text("bidderId").is_empty() {
                reading.refuse("bidderId", "negotiation-supplier-missing");
            }
            if let Some(errors) = reading.errors() {
                return Answer::again(errors);
            }
            let talk = Talk { id: id.into(), bidder: text("bidderId").into(), held_at: held_at.unwrap_or(visit.now()), minutes: text("minutes") };
            (visit.ask(Record::build(talk)).await?.record_negotiation.user_errors, "negotiation-recorded", "/negotiation")
        }
        "final" => {
            let until = reading.moment("deadlineAt");
            if until.is_none() {
                reading.refuse("deadlineAt", "tender-deadline-wrong");
            }
            let (Some(deadline_at), None) = (until, reading.errors()) else {
                return Answer::again(vec![FormError::at("deadlineAt", visit.say("tender-deadline-wrong"))]);
            };
            (visit.ask(AskFinal::build(Until { id: id.into(), deadline_at })).await?.request_final_offers.user_errors, "negotiation-asked", "/negotiation")
        }
        "score" => (visit.ask(BeginScoring::build(Which { id: id.into() })).await?.begin_scoring.user_errors, "negotiation-scored", ""),
        _ => return Err(PageError::NotFound),
    };
    if errors.is_empty() { Answer::done(format!("/tenders/{id}{to}"), done) } else { Answer::again(errors) }
}
