//! The opening of a tender's bids: before the deadline who will open and how, after it the table, then the public record.

pub(super) use super::opening_desk::act;
use super::members::ConsortiumShare;
use super::opening_desk::{desk, rehearsal};
use super::opening_record::record;
use super::opening_stage::{Stage, before, stage_notice, stage_tag, to_do};
use super::tenders::TenderStateName;
use crate::islands::bidding::opening_table::{Content, Envelope, Known, OpeningTable as Table, Place, Words as TableWords};
use super::lots::{Lot, behind};
use crate::prelude::*;
use chrono::{DateTime, Utc};
use domain::money::Money;

#[derive(cynic::QueryVariables, Debug)]
struct Which {
    id: cynic::Id,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Query", variables = "Which")]
struct OpeningPage {
    #[arguments(id: $id)]
    tender: Option<Tender>,
    #[arguments(tenderId: $id)]
    opening_table: Option<OpeningTable>,
    #[arguments(tenderId: $id)]
    opening: Option<Opening>,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
pub(super) struct Tender {
    pub(super) number: String,
    pub(super) state: TenderStateName,
    pub(super) reason: Option<Words>,
    pub(super) buyer: Option<Named>,
    pub(super) title: Words,
    pub(super) budget: Sum,
    pub(super) deadline_at: Option<DateTime<Utc>>,
    pub(super) lots: Vec<Lot>,
    pub(super) choice: Choice,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "ProcedureChoice")]
pub(super) struct Choice {
    pub(super) is_read_out: bool,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "Organization")]
pub(super) struct Named {
    pub(super) name: Words,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
pub(super) struct OpeningTable {
    pub(super) closed_at: Option<DateTime<Utc>>,
    pub(super) bids: Option<i32>,
    pub(super) threshold: i32,
    pub(super) seats: Vec<OpeningSeat>,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
pub(super) struct OpeningSeat {
    pub(super) holder_id: cynic::Id,
    pub(super) person: Option<User>,
    pub(super) role: Option<Role>,
    pub(super) organization: Option<Named>,
    pub(super) recipient: String,
    pub(super) is_own: bool,
    pub(super) handed_in_at: Option<DateTime<Utc>>,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
pub(super) struct User {
    pub(super) name: Words,
}

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Officer,
    Approver,
    Finance,
    KeyHolder,
    Evaluator,
    Supervisor,
    Seller,
    Administrator,
    Operator,
}

impl Role {
    /// The key of its words.
    pub(super) const fn text_key(self) -> &'static str {
        match self {
            Self::Officer => "role-officer",
            Self::Approver => "role-approver",
            Self::Finance => "role-finance",
            Self::KeyHolder => "role-key_holder",
            Self::Evaluator => "role-evaluator",
            Self::Supervisor => "role-supervisor",
            Self::Seller => "role-seller",
            Self::Administrator => "role-administrator",
            Self::Operator => "role-operator",
        }
    }
}

#[derive(cynic::QueryFragment, Clone, Debug)]
pub(super) struct Opening {
    pub(super) opened_at: DateTime<Utc>,
    pub(super) holders: Vec<OpeningHolder>,
    pub(super) lines: Vec<OpeningLine>,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
pub(super) struct OpeningHolder {
    pub(super) holder_id: cynic::Id,
    pub(super) submitted_at: DateTime<Utc>,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
pub(super) struct OpeningLine {
    pub(super) lot_number: Option<i32>,
    pub(super) bidder: Option<Bidder>,
    pub(super) consortium: Vec<ConsortiumShare>,
    pub(super) commitment: String,
    pub(super) received_at: DateTime<Utc>,
    pub(super) is_stale: bool,
    pub(super) price: Option<Sum>,
    pub(super) brand: Option<String>,
    pub(super) is_revealed: bool,
    pub(super) fault: Option<OpeningFault>,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "Organization")]
pub(super) struct Bidder {
    pub(super) name: Words,
    pub(super) enterprise_size: Option<EnterpriseSize>,
}

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum EnterpriseSize {
    Micro,
    Small,
    Medium,
    Large,
}

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum OpeningFault {
    TooFewShares,
    EnvelopeBroken,
    ContentUnreadable,
}

impl EnterpriseSize {
    /// The key of its words.
    pub(super) const fn text_key(self) -> &'static str {
        match self {
            Self::Micro => "enterprise-size-micro",
            Self::Small => "enterprise-size-small",
            Self::Medium => "enterprise-size-medium",
            Self::Large => "enterprise-size-large",
        }
    }
}

impl Opening {
    /// Whether a bid is closed because too few holders could open their share of it.
    pub(super) fn lacks_shares(&self) -> bool {
        self.lines.iter().any(|line| line.fault == Some(OpeningFault::TooFewShares))
    }
}

impl OpeningFault {
    /// Why, in words.
    pub(super) fn words(self) -> String {
        say(match self {
            Self::TooFewShares => "opening-fault-too-few-shares",
            Self::EnvelopeBroken => "opening-fault-envelope-broken",
            Self::ContentUnreadable => "opening-fault-content-unreadable",
        })
    }
}

impl OpeningTable {
    /// The office of each place; those of one office are numbered.
    pub(super) fn offices(&self) -> Vec<String> {
        let offices: Vec<String> = self.seats.iter().map(OpeningSeat::office).collect();
        let numbered = |(place, office): (usize, &String)| {
            if offices.iter().filter(|other| *other == office).count() == 1 {
                return office.clone();
            }
            let number = offices[..=place].iter().filter(|other| *other == office).count();
            say_with("opening-office-number", facts([("office", office.clone().into()), ("number", number.into())]))
        };
        offices.iter().enumerate().map(numbered).collect()
    }
}

impl OpeningSeat {
    /// As what and for whom it opens: `Key holder, Education Bureau of Fuzhou`.
    fn office(&self) -> String {
        let role = say(match self.role {
            Some(Role::Supervisor) => "role-supervisor",
            _ => "role-key_holder",
        });
        match &self.organization {
            Some(organization) => {
                say_with("opening-office", facts([("role", role.into()), ("organization", local(&organization.name).into())]))
            }
            None => role,
        }
    }
}

/// A text in the reader's language.
pub(super) fn local(words: &Words) -> String {
    visit().local(words).to_owned()
}

/// The bid that came in as the so-many-th.
pub(super) fn bid_name(place: usize) -> String {
    say_with("opening-bid-number", facts([("number", (place + 1).into())]))
}

/// The page.
pub(super) async fn page(visit: &Visit, id: &str) -> Answered {
    let asked = visit.ask(OpeningPage::build(Which { id: id.into() })).await?;
    let (Some(tender), Some(mut table)) = (asked.tender, asked.opening_table) else { return Err(PageError::NotFound) };
    let stage = Stage::of(&tender, &table, asked.opening.is_some(), visit.now());
    let own = table.seats.iter().find(|seat| seat.is_own).cloned();
    let can_open = own.as_ref().is_some_and(|seat| seat.handed_in_at.is_none()) && stage.is_holders_turn();
    let sealed = if can_open { super::opening_desk::ask(visit, id).await? } else { None };
    if can_open && table.closed_at.is_none() {
        // Asking for the shares has ended the taking of bids: show how many there are.
        table = visit.ask(OpeningPage::build(Which { id: id.into() })).await?.opening_table.unwrap_or(table);
    }
    let opening = asked.opening;
    let (id, of) = (id.to_owned(), visit.local(&tender.title).to_owned());
    let title = visit.say("opening-page-title");
    let page = Page::titled(title.clone()).ceremonial().crumb(visit.say("section-tenders"), "/tenders").crumb(of.clone(), format!("/tenders/{id}"));
    page.show(move || {
        let countdown = (stage == Stage::Before).then_some(tender.deadline_at).flatten();
        let desk = sealed.map(desk);
        let rehearsal = own.filter(|_| stage == Stage::Before).map(|seat| rehearsal(seat.recipient));
        view! {
            <h1>{title}</h1>
            <p class="opening-of">{of}</p>
            <p class="opening-number">{stage_tag(stage, tender.state)}" "{tender.number.clone()}</p>
            {countdown.map(|at| view! { <Countdown at/> })}
            {stage_notice(stage, &tender, &table)}
            {desk}
            {around(&id, (stage, tender.choice.is_read_out), &table, opening.as_ref())}
            {to_do(stage, &id, &table, opening.as_ref())}
            {rehearsal}
            {opening.as_ref().map(|opening| record(&tender, &table, opening))}
            {(stage == Stage::Before).then(|| before(&table))}
        }
    })
}

/// The table, alive as long as more is to be expected.
fn around(id: &str, (stage, is_read_out): (Stage, bool), table: &OpeningTable, opening: Option<&Opening>) -> Option<AnyView> {
    if stage == Stage::Over && opening.is_none() {
        return None;
    }
    let places = table.seats.iter().zip(table.offices()).map(|(seat, office)| Place {
        holder: seat.holder_id.inner().to_owned(),
        office,
        person: seat.person.as_ref().map(|person| local(&person.name)),
        is_own: seat.is_own,
        has_acted: seat.handed_in_at.is_some(),
    });
    let envelopes: Vec<Envelope> = if let Some(opening) = opening { opening.lines.iter().enumerate().map(|(place, line)| opened(place, line)).collect() } else {
        let bids = usize::try_from(table.bids.unwrap_or_default()).unwrap_or_default();
        (0..bids).map(|place| Envelope { name: bid_name(place), content: None }).collect()
    };
    let known = (stage != Stage::Over).then_some(Known { is_closed: table.closed_at.is_some(), is_open: is_read_out.then_some(opening.is_some()) });
    let needed = u32::try_from(table.threshold).unwrap_or_default();
    Some(view! { <Table tender=id.to_owned() needed places=places.collect() envelopes known words=table_words(stage, opening)/> }.into_any())
}

/// Who bids, as it is read out: of a consortium, its lead and that it is one.
fn bidder_name(line: &OpeningLine) -> String {
    let name = line.bidder.as_ref().map(|bidder| local(&bidder.name)).unwrap_or_default();
    let name = if line.consortium.is_empty() { name } else { say_with("opening-joint-bidder", facts([("name", name.into())])) };
    behind(&visit(), line.lot_number, name)
}

fn opened(place: usize, line: &OpeningLine) -> Envelope {
    let brand = line.brand.clone().map(|brand| say_with("opening-brand-is", facts([("brand", brand.into())])));
    let revealed = line.is_revealed.then(|| say("opening-revealed"));
    let content = Content {
        bidder: bidder_name(line),
        price: line.price.clone().map(|price| Money::from(price).to_string()),
        note: line.fault.map(OpeningFault::words).or(revealed).or(brand),
    };
    Envelope { name: bid_name(place), content: Some(content) }
}

fn table_words(stage: Stage, opening: Option<&Opening>) -> TableWords {
    let awaited = match (stage, opening) {
        (Stage::Before, _) => "opening-seat-later",
        (Stage::Waiting, _) => "opening-seat-awaited",
        (_, Some(opening)) if stage == Stage::Opened && opening.lacks_shares() => "opening-seat-awaited",
        _ => "opening-seat-unneeded",
    };
    let no_bids = if stage == Stage::Before { "opening-bids-secret" } else { "opening-bids-none" };
    TableWords {
        places: say("opening-places"),
        acted: say("opening-seat-acted"),
        awaited: say(awaited),
        own: say("opening-seat-own"),
        keys: say_with("opening-keys", facts([("count", "{count}".into()), ("needed", "{needed}".into())])),
        bids: say("opening-bids"),
        no_bids: say(no_bids),
        closed: say("opening-envelope-closed"),
        live: say("opening-live"),
        broken: say("opening-broken"),
        news: say("opening-news"),
        reload: say("opening-reload"),
        read_out: say("opening-read-out"),
        next: say("opening-next"),
        all: say("opening-all"),
    }
}
