//! The bid of one supplier for one tender: prepared and sealed in the browser, handed in, and what can be done with it
//! until the deadline and after the opening.

use super::consortium::{Consortium, Standing};
use super::bid_policies::EnterpriseSize;
use super::lots::{Lot, Lots};
use super::tender_policies::{DomesticPreference, GreenRequirement, ReservationSaid};
use super::tenders::TenderStateName;
use super::{bid_lots, bid_receipt, bid_work};
use crate::pages::contracting::security_value::{BidSecurityState, note};
use crate::prelude::*;
use chrono::{DateTime, Utc};
use domain::identity::role::Role;

#[derive(cynic::QueryVariables, Debug)]
pub(super) struct Which {
    pub(super) id: cynic::Id,
}

#[derive(cynic::QueryVariables, Debug)]
struct WhichLot {
    id: cynic::Id,
    lot: cynic::Id,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Query", variables = "Which")]
struct TenderOfBid {
    #[arguments(id: $id)]
    tender: Option<Tender>,
    viewer: Option<Viewer>,
}

#[derive(cynic::QueryFragment, Debug)]
struct Viewer {
    organization: Bidder,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Organization")]
struct Bidder {
    enterprise_size: Option<EnterpriseSize>,
}

/// What a bid must answer.
#[derive(cynic::QueryFragment, Clone, Debug)]
pub(super) struct Tender {
    pub(super) number: String,
    is_viewer_invited: bool,
    pub(super) state: TenderStateName,
    pub(super) title: Words,
    pub(super) budget: Sum,
    pub(super) bid_security: Option<Sum>,
    pub(super) requirements: Vec<Requirement>,
    pub(super) papers: Vec<Paper>,
    pub(super) deadline_at: Option<DateTime<Utc>>,
    pub(super) document_version: i32,
    pub(super) threshold: i32,
    pub(super) joint_bidding: JointParts,
    pub(super) reservation: ReservationSaid,
    pub(super) domestic_preference: Option<DomesticPreference>,
    pub(super) items: Vec<Item>,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "JointBidding")]
pub(super) struct JointParts {
    pub(super) takes_consortia: bool,
    pub(super) subcontracting: Option<Words>,
}

/// What is bought.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "TenderItem")]
pub(super) struct Item {
    pub(super) name: Words,
    pub(super) green: Option<GreenRequirement>,
    pub(super) lot: i32,
}

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RequirementKind {
    Essential,
    Important,
    Plain,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
pub(super) struct Requirement {
    pub(super) kind: RequirementKind,
    pub(super) text: Words,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
pub(super) struct Paper {
    pub(super) key: String,
    pub(super) name: Words,
    pub(super) source: String,
    pub(super) is_obligatory: bool,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Query", variables = "WhichLot")]
struct OwnBid {
    #[arguments(tenderId: $id, lotId: $lot)]
    viewer_bid: Option<Bid>,
    #[arguments(tenderId: $id, lotId: $lot)]
    sealing_terms: Option<SealingTerms>,
    #[arguments(tenderId: $id)]
    viewer_bid_security: Option<OwnSecurity>,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Query", variables = "Which")]
pub(super) struct OwnBids {
    #[arguments(tenderId: $id)]
    pub(super) viewer_bids_for_tender: Vec<BidOfLot>,
}

/// A bid of the reader's organization, in the list of a tender's lots.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "Bid")]
pub(super) struct BidOfLot {
    pub(super) lot_id: cynic::Id,
    pub(super) state: BidState,
    pub(super) is_stale: bool,
    pub(super) received_at: DateTime<Utc>,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "BidSecurity")]
struct OwnSecurity {
    state: BidSecurityState,
}

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum BidState {
    Sealed,
    Replaced,
    Withdrawn,
    Opened,
    Unopened,
    Negotiated,
}

impl BidState {
    /// Whether the bid counts for its bidder.
    pub(super) const fn counts(self) -> bool {
        !matches!(self, Self::Replaced | Self::Withdrawn | Self::Negotiated)
    }
}

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum OpeningFault {
    TooFewShares,
    EnvelopeBroken,
    ContentUnreadable,
}

/// The bid of the reader's organization.
#[derive(cynic::QueryFragment, Clone, Debug)]
pub(super) struct Bid {
    pub(super) id: cynic::Id,
    pub(super) number: String,
    pub(super) state: BidState,
    pub(super) received_at: DateTime<Utc>,
    pub(super) commitment: String,
    pub(super) document_version: i32,
    pub(super) is_stale: bool,
    pub(super) fault: Option<OpeningFault>,
    pub(super) receipt: String,
    pub(super) proof_address: String,
    pub(super) consortium_id: Option<cynic::Id>,
}

/// What an envelope must say.
#[derive(cynic::QueryFragment, serde::Serialize, Clone, Debug)]
#[serde(rename_all = "camelCase")]
pub(super) struct SealingTerms {
    pub(super) tender_id: String,
    lot_id: String,
    document_version: i32,
    pub(super) bidder_id: String,
    holders: Vec<SealingHolder>,
    threshold: i32,
    most_bytes: i32,
    deadline_at: DateTime<Utc>,
}

#[derive(cynic::QueryFragment, serde::Serialize, Clone, Debug)]
#[serde(rename_all = "camelCase")]
struct SealingHolder {
    holder_id: String,
    recipient: String,
}

/// Everything that the page knows.
pub(super) struct Room {
    pub(super) id: String,
    pub(super) tender: Tender,
    pub(super) bid: Option<Bid>,
    /// Person, bidder and tender: whose draft a browser keeps.
    pub(super) scope: String,
    /// For whom the reader bids.
    pub(super) standing: Standing,
    /// How the bidder's security stands, if one was lodged.
    security: Option<BidSecurityState>,
    /// The size of the bidder, as far as it is registered.
    pub(super) size: Option<EnterpriseSize>,
    /// Whether bids are taken now.
    pub(super) is_open: bool,
    /// For which lot, where the tender is divided.
    pub(super) lot: Option<Lot>,
}

impl Room {
    /// What is said of the security that the tender asks, while it can be lodged or stands.
    pub(super) fn security_note(&self) -> Option<AnyView> {
        let asked = self.tender.bid_security.as_ref().filter(|_| self.is_open || self.security.is_some())?;
        Some(note(&self.id, asked, self.security))
    }

    /// The address of the page.
    pub(super) fn address(&self) -> String {
        self.beside("")
    }

    /// The address of what stands beside the page: its terms, its receipt.
    pub(super) fn beside(&self, what: &str) -> String {
        address(&self.id, what, self.lot.as_ref())
    }

    /// The address at which the bid is made anew.
    pub(super) fn anew(&self) -> String {
        let address = self.address();
        if self.lot.is_some() { format!("{address}&replace=1") } else { format!("{address}?replace=1") }
    }

    /// The number of the lot; 1 where the tender is not divided.
    pub(super) fn lot_number(&self) -> i32 {
        self.lot.as_ref().map_or(1, |lot| lot.number)
    }

    /// What is bid for, in the reader's language: the tender's title, and the lot's where it is divided.
    pub(super) fn name(&self) -> String {
        let title = visit().local(&self.tender.title).to_owned();
        match &self.lot {
            Some(lot) => format!("{title} · {}", lot.name()),
            None => title,
        }
    }
}

/// The address of a bid's page, or of what stands beside it.
fn address(id: &str, what: &str, lot: Option<&Lot>) -> String {
    let query = lot.map(|lot| format!("?lot={}", lot.number)).unwrap_or_default();
    format!("/tenders/{id}/bid{what}{query}")
}

/// Where a bid that was just acted on stands.
pub(super) fn back(visit: &Visit, id: &str) -> String {
    let query = visit.query("lot").and_then(|lot| lot.parse::<u32>().ok()).map(|lot| format!("?lot={lot}")).unwrap_or_default();
    format!("/tenders/{id}/bid{query}")
}

/// The page: the workspace, or the receipt once a bid is in; of a tender that is divided, one for each lot.
pub(super) async fn page(visit: &Visit, id: &str) -> Answered {
    let asked = visit.ask(TenderOfBid::build(Which { id: cynic::Id::new(id) })).await?;
    let tender = asked.tender.ok_or(PageError::NotFound)?;
    let size = asked.viewer.and_then(|viewer| viewer.organization.enterprise_size);
    if !visit.has_role(Role::Seller) {
        return not_for_this_reader(visit, id, &tender);
    }
    if !tender.is_viewer_invited {
        return not_invited(visit, id, &tender);
    }
    let lots = Lots::of(visit, id).await?;
    let Some(lot) = lots.named(visit).cloned() else { return bid_lots::page(visit, id, &tender, lots).await };
    let own = visit.ask(OwnBid::build(WhichLot { id: cynic::Id::new(id), lot: lot.id.clone() })).await?;
    let terms = own.sealing_terms.ok_or(PageError::NotFound)?;
    let takes = tender.joint_bidding.takes_consortia;
    let standing = if takes { super::consortium::standing(visit, id, &lot.id).await? } else { Standing::Alone };
    let lot = Some(lot).filter(|_| lots.is_divided);
    let login = visit.signed_in()?.login.clone();
    let in_time = tender.deadline_at.is_some_and(|at| visit.now() <= at);
    let room = Room {
        id: id.to_owned(),
        standing,
        is_open: in_time && tender.state.takes_bids(),
        scope: match &lot {
            Some(_) => format!("{login}/{}/{}/{}", terms.bidder_id, terms.tender_id, terms.lot_id),
            None => format!("{login}/{}/{}", terms.bidder_id, terms.tender_id),
        },
        tender: Tender { budget: lot.as_ref().map_or_else(|| tender.budget.clone(), |lot| lot.budget.clone()), ..tender },
        lot,
        bid: own.viewer_bid,
        size,
        security: own.viewer_bid_security.map(|own| own.state),
    };
    let counts = room.bid.as_ref().is_some_and(|bid| bid.state.counts());
    let is_anew = room.is_open && visit.query("replace").is_some();
    match (&room.bid, room.is_open) {
        (Some(_), _) if counts && !is_anew => bid_receipt::page(visit, room),
        (_, true) => match &room.standing {
            Standing::Bound(one) => bound(visit, &room, one),
            _ => bid_work::page(visit, room),
        },
        (_, false) => closed(visit, &room),
    }
}

/// The tender's title as the way here.
pub(super) fn titled(visit: &Visit, id: &str, tender: &Tender, title: &str) -> Page {
    let page = Page::titled(visit.say(title)).crumb(visit.say("section-tenders"), "/tenders");
    page.crumb(visit.local(&tender.title), format!("/tenders/{id}"))
}

/// For those who may not bid: who may, and what to do.
fn not_for_this_reader(visit: &Visit, id: &str, tender: &Tender) -> Answered {
    let is_known = visit.viewer().is_some();
    let page = titled(visit, id, tender, "bid-title").status(if is_known { 403 } else { 200 });
    let (name, sign_in) = (visit.local(&tender.title).to_owned(), format!("/sign-in?next=/tenders/{id}/bid"));
    let (back, deadline) = (format!("/tenders/{id}"), tender.deadline_at);
    page.show(move || {
        let why = if is_known {
            view! { <Notice tone=Tone::Info title=say("bid-not-for-you")><p>{say("bid-not-for-you-why")}</p></Notice> }.into_any()
        } else {
            view! {
                <Notice tone=Tone::Info title=say("bid-sign-in")><p>{say("bid-sign-in-why")}</p></Notice>
                <p><LinkButton label=say("sign-in") to=sign_in kind=Kind::Primary/></p>
            }
            .into_any()
        };
        view! {
            <h1>{say("bid-title")}</h1>
            <p class="lead">{name}</p>
            {deadline.map(|at| view! { <Countdown at/> })}
            {why}
            <p><a href=back>{say("bid-to-tender")}</a></p>
        }
    })
}

/// For suppliers that are not asked here: who is.
fn not_invited(visit: &Visit, id: &str, tender: &Tender) -> Answered {
    let (name, back) = (visit.local(&tender.title).to_owned(), format!("/tenders/{id}"));
    titled(visit, id, tender, "bid-title").status(403).show(move || {
        view! {
            <h1>{say("bid-title")}</h1>
            <p class="lead">{name}</p>
            <Notice tone=Tone::Info title=say("bid-not-invited")><p>{say("bid-not-invited-why")}</p></Notice>
            <p><a href=back>{say("bid-to-tender")}</a></p>
        }
    })
}

/// For suppliers that a consortium keeps from bidding: who bids for it, and the way to it.
fn bound(visit: &Visit, room: &Room, one: &Consortium) -> Answered {
    let (name, to) = (visit.local(&room.tender.title).to_owned(), format!("/tenders/{}/consortium", room.id));
    let lead = one.members.iter().find(|member| member.is_lead).and_then(|member| member.organization.as_ref());
    let lead = lead.map(|lead| visit.local(&lead.name).to_owned()).unwrap_or_default();
    let key = if one.is_viewer_lead { "bid-bound-lead" } else { "bid-bound" };
    let deadline = room.tender.deadline_at;
    titled(visit, &room.id, &room.tender, "bid-title").show(move || {
        view! {
            <h1>{say("bid-title")}</h1>
            <p class="lead">{name}</p>
            {deadline.map(|at| view! { <Countdown at/> })}
            <Notice tone=Tone::Info title=say(key)><p>{say_with(&format!("{key}-why"), facts([("lead", lead.into())]))}</p></Notice>
            <p><LinkButton label=say("consortium-page-title") to kind=Kind::Primary/></p>
        }
    })
}

/// For suppliers when no bids are taken: why, and that their draft is still theirs.
fn closed(visit: &Visit, room: &Room) -> Answered {
    let page = titled(visit, &room.id, &room.tender, "bid-title");
    let title = visit.local(&room.tender.title);
    let name = room.lot.as_ref().map_or_else(|| title.to_owned(), |lot| format!("{title} · {}", visit.local(&lot.title)));
    let (back, deadline) = (format!("/tenders/{}", room.id), room.tender.deadline_at);
    let is_withdrawn = room.bid.as_ref().is_some_and(|bid| bid.state == BidState::Withdrawn);
    page.show(move || {
        let why = if is_withdrawn { "bid-closed-withdrawn" } else { "bid-closed-why" };
        view! {
            <h1>{say("bid-title")}</h1>
            <p class="lead">{name}</p>
            <Notice tone=Tone::Warning title=say("bid-closed")>
                <p>{deadline.map(|at| view! { <Instant at to_second=true/> })}</p>
                <p>{say(why)}</p>
            </Notice>
            <p><a href=back>{say("bid-to-tender")}</a></p>
        }
    })
}

/// What the reader's organization has for the lot that the address names.
async fn own(visit: &Visit, id: &str) -> Result<OwnBid, PageError> {
    visit.signed_in()?;
    let lots = Lots::of(visit, id).await?;
    let lot = lots.named(visit).ok_or(PageError::NotFound)?;
    visit.ask(OwnBid::build(WhichLot { id: cynic::Id::new(id), lot: lot.id.clone() })).await
}

/// The terms as a file: for the page before it seals, and for `zhaocai seal`.
pub(super) async fn terms(visit: &Visit, id: &str) -> Answered {
    let own = own(visit, id).await?;
    let terms = own.sealing_terms.ok_or(PageError::NotFound)?;
    let json = serde_json::to_vec_pretty(&terms).map_err(|error| PageError::Internal(error.to_string()))?;
    Answer::file("terms.json", "application/json", json)
}

/// The signed receipt as a file.
pub(super) async fn receipt(visit: &Visit, id: &str) -> Answered {
    let own = own(visit, id).await?;
    let bid = own.viewer_bid.ok_or(PageError::NotFound)?;
    Answer::file(&format!("bid-receipt-{}.jwt", bid.number), "application/jwt", bid.receipt.into_bytes())
}

/// The one button of a tender's page that fits the reader: prepare a bid, or see the receipt. Nothing for those who buy.
pub(super) async fn way(visit: &Visit, id: &str, (state, is_invited): (TenderStateName, bool)) -> Result<Option<(String, &'static str)>, PageError> {
    let address = format!("/tenders/{id}/bid");
    let takes_bids = state.takes_bids();
    if visit.viewer().is_none() {
        return Ok((state == TenderStateName::Published).then_some((address, "bid-prepare")));
    }
    if !visit.has_role(Role::Seller) || state.is_before_notice() || !is_invited {
        return Ok(None);
    }
    let bids = visit.ask(OwnBids::build(Which { id: cynic::Id::new(id) })).await?.viewer_bids_for_tender;
    let counts = bids.iter().any(|bid| bid.state.counts());
    let key = match state {
        _ if counts => "bid-see-receipt",
        TenderStateName::FinalOffers => "bid-prepare-final",
        _ => "bid-prepare",
    };
    Ok((counts || takes_bids).then_some((address, key)))
}
